"""The page of the command line is current, and every command has what it needs."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from douane.cli.main import COMMANDS, parser_with
from tests.cli.nodes import Printed, refused, said
from tools import cli_pages


def test_the_page_is_current() -> None:
    current = cli_pages.PAGE.read_text(encoding="utf-8") == cli_pages.page()
    assert current, "run: PYTHONPATH=src:. .venv/bin/python -m tools.cli_pages"


def test_every_recorded_output_belongs_to_a_command() -> None:
    page = cli_pages.page()
    for command in cli_pages.RECORDED:
        assert f"douane {command}\n" in page


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: Printed) -> None:
    assert f"usage: douane {command}" in said(capsys, command, "--help")
    assert "usage: douane" in refused(capsys, command, "--no-such-option")


SAYS_NO_FACTS = (
    "run",
    "demo",
    "audit checkpoint",
    "monitoring rules",
    "monitoring dashboard",
    "monitoring openslo",
    "timekeeping open",
)
"""Commands without ``--json``: they go on, or print what has a form of its own: a signed note, another tool's file."""


def leaves() -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """Every command that does something, by its words."""
    for name, parser in cli_pages.below(parser_with(list(COMMANDS))).items():
        for way, sub in (cli_pages.below(parser) or {"": parser}).items():
            yield f"{name} {way}".strip(), sub


@pytest.mark.parametrize(("words", "parser"), list(leaves()), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_has_an_example_and_says_its_exit_codes(words: str, parser: argparse.ArgumentParser) -> None:
    example, _, codes = (parser.epilog or "").partition("\n")
    assert example.startswith(f"example: douane {words}")
    assert codes.startswith("exit codes: 0 ")
    assert words in SAYS_NO_FACTS or any("--json" in each.option_strings for each in parser._actions)


def test_without_a_command_the_commands_are_listed(capsys: Printed) -> None:
    text = said(capsys, code=2)
    for command in COMMANDS:
        assert command in text
