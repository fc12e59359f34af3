"""How commands speak: help with an example, JSON for programs, lines for people."""

from __future__ import annotations

import argparse
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

CODES = "exit codes: 0 done; 1 the answer is no; 2 the call cannot be understood, or what it names cannot be read"


def describe(parser: argparse.ArgumentParser, example: str, *, codes: str = CODES) -> None:
    """Give a command its example and its exit codes; ``example`` is one line."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = f"example: {example}\n{codes}"


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option that every command has."""
    parser.add_argument("--json", action="store_true", help="the answer for programs")


def print_json(value: Any) -> None:
    """A value as indented JSON."""
    print(msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=1).decode())


def table(rows: Iterable[Sequence[str]], *, indent: str = "") -> str:
    """Columns as wide as their widest cell; the last one is not filled up."""
    held = [list(row) for row in rows]
    widths = [max(len(row[n]) for row in held) for n in range(len(held[0]) - 1)] if held else []
    lines = []
    for row in held:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        lines.append(indent + "  ".join([*cells, row[-1]]).rstrip())
    return "\n".join(lines)


def wrapped(text: str, *, indent: str) -> str:
    """Running text at 110 columns; further lines are indented more."""
    return textwrap.fill(text, 110, initial_indent=indent, subsequent_indent=indent + "    ", break_long_words=False)
