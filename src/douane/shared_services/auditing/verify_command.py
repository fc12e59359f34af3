"""``douane audit verify FILE``: check an evidence file or an evidence pack on any computer, offline.

Needs the standard library and ``cryptography``; runs alone as ``python -m
douane.shared_services.auditing.verify_command``. Exit codes: 0 the evidence holds, 1 it does not, 2 nothing was checked
because a file could not be read or a key is none, 3 a pack holds if its keys are who they say they are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from douane.shared_services.auditing.evidence import MAX_FILE_BYTES
from douane.shared_services.auditing.pack_verifier import pack
from douane.shared_services.auditing.verification import verify
from douane.standards.transparency_log.note import Key, parse_key
from douane.vocabulary.errors import DouaneError

HOLDS, FAILS, NOT_CHECKED = 0, 1, 2
CONTAINER = b"PK\x03\x04"
"""How a pack begins, and no evidence file."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command, for a parser of its own or of the ``douane`` command."""
    parser.add_argument("file", type=Path, help="the evidence file, or the pack")
    parser.add_argument(
        "--key",
        action="append",
        default=[],
        metavar="KEY",
        help="a key you trust, as NAME+ID+BASE64 or as a file that holds one a line; repeatable",
    )
    parser.add_argument(
        "--root", action="append", default=[], type=Path, metavar="PEM", help="certificates you trust, for packs"
    )
    parser.add_argument("--payload", type=Path, help="the message itself, to be compared with the leaf")
    parser.add_argument("--json", action="store_true", help="the verdict for programs")


def run(arguments: argparse.Namespace, out: TextIO) -> int:
    """Verify and write the verdict; returns the exit code."""
    try:
        with Path(arguments.file).open("rb") as file:
            packed = file.read(len(CONTAINER)) == CONTAINER
    except OSError as error:
        out.write(f"Nothing was checked: {arguments.file}: {error.strerror}\n")
        return NOT_CHECKED
    return pack.run(arguments, arguments.file, out) if packed else _run_file(arguments, out)


def _run_file(arguments: argparse.Namespace, out: TextIO) -> int:
    try:
        with Path(arguments.file).open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
        keys = [key for text in arguments.key for key in _keys(text)]
        payload = Path(arguments.payload).read_bytes() if arguments.payload else None
    except (OSError, UnicodeDecodeError, DouaneError) as error:
        out.write(f"Nothing was checked: {error}\n")
        return NOT_CHECKED
    verdict = verify(data, keys, payload=payload)
    out.write(json.dumps(verdict.facts(), indent=1) + "\n" if arguments.json else verdict.text())
    return HOLDS if verdict.ok else FAILS


def main(argv: Sequence[str] | None = None) -> int:
    """The command by itself."""
    parser = argparse.ArgumentParser(prog="douane audit verify", description="Verify an audit evidence file, offline.")
    add_arguments(parser)
    return run(parser.parse_args(argv), sys.stdout)


def _keys(text: str) -> list[Key]:
    if "+" in text:
        return [parse_key(text)]
    return [parse_key(line) for line in Path(text).read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
