"""``douane doctor``: judges the settings of a node before it runs, each fault with the sentence that mends it."""

from __future__ import annotations

import argparse

from douane.cli.node_options import add_start, start_options
from douane.cli.output import add_json, describe, print_json
from douane.examination.starting.finding import Finding, Level
from douane.operation.doctor.examination import examine, ids

SOUND, WARNINGS, FAULTS = range(3)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command: those of ``run``."""
    describe(
        parser, "douane doctor --config douane.toml",
        codes="exit codes: 0 sound; 1 warnings only; 2 faults: the node would not start, or not do what it is for",
    )  # fmt: skip
    add_start(parser)
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Examine and tell."""
    found = examine(arguments.config, **start_options(arguments))
    faults = sum(each.level is Level.FAULT for each in found)
    code = FAULTS if faults else WARNINGS if found else SOUND
    if arguments.json:
        print_json({"verdict": ("sound", "warnings", "faults")[code], "checks": ids(), "findings": found})
        return code
    for each in found:
        print(_lines(each))
    print(
        f"{_counted(faults, 'fault')}, {_counted(len(found) - faults, 'warning')}."
        if found
        else "Sound: nothing found."
    )
    return code


def _lines(finding: Finding) -> str:
    head = f"{finding.level:<8} {finding.check}: {finding.text}"
    return f"{head}\n         {finding.remedy}" if finding.remedy else head


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
