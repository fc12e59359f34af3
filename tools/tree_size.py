"""How large the tree is, room by room, at two commits: ``python -m tools.tree_size a7404ab [HEAD]``.

Lines of Python that people wrote, those of tests apart (``tests``, beside the code too), and lines that a tool wrote.
"""

from __future__ import annotations

import argparse
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OUTSIDE = ("bench", "crash", "tests", "tools")
"""Folders beside ``src`` that hold code."""


@dataclass
class Size:
    """Lines of a room."""

    code: int = 0
    tests: int = 0
    generated: int = 0


def sizes(commit: str, root: Path = ROOT) -> dict[str, Size]:
    """The size of each room at a commit; code in no room belongs to none. Raises CalledProcessError."""
    found: dict[str, Size] = defaultdict(Size)
    for path, text in _files(commit, root):
        parts = path.split("/")
        if path.startswith("src/douane/"):
            room = parts[2] if len(parts) > 3 else "(none)"
        elif parts[0] in OUTSIDE:
            room = f"{parts[0]}/"
        else:
            continue
        size, lines = found[room], text.count(b"\n")
        if "generated" in parts:
            size.generated += lines
        elif "tests" in parts or parts[-1] == "conftest.py":
            size.tests += lines
        else:
            size.code += lines
    return dict(found)


def _files(commit: str, root: Path) -> Iterator[tuple[str, bytes]]:
    """Every Python file of a commit with its text, by one process for all."""
    listed = _git(root, "ls-tree", "-r", commit).decode()
    entries = [line.split(None, 3) for line in listed.splitlines()]
    wanted = [(entry[2], entry[3]) for entry in entries if entry[1] == "blob" and entry[3].endswith(".py")]
    answer = _git(root, "cat-file", "--batch", given="".join(f"{blob}\n" for blob, _ in wanted).encode())
    at = 0
    for _, path in wanted:
        end = answer.index(b"\n", at)
        length = int(answer[at:end].split()[2])
        yield path, answer[end + 1 : end + 1 + length]
        at = end + 2 + length


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run(
        ["git", "-C", str(root), *arguments],
        input=given, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout


def table(before: dict[str, Size], after: dict[str, Size]) -> str:
    """Both, side by side."""
    rows = [("room", "code", "", "tests", "", "generated", "")]
    total = Size(), Size()
    for room in sorted(before.keys() | after.keys(), key=lambda name: (name.endswith("/"), name)):
        one, other = before.get(room, Size()), after.get(room, Size())
        rows.append((room, *_both(one, other)))
        for whole, part in zip(total, (one, other), strict=True):
            whole.code, whole.tests = whole.code + part.code, whole.tests + part.tests
            whole.generated += part.generated
    rows.append(("all", *_both(*total)))
    widths = [max(len(row[n]) for row in rows) for n in range(7)]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    room, *numbers = (cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    return "  ".join((room.strip().ljust(widths[0]), *numbers))


def _both(one: Size, other: Size) -> tuple[str, str, str, str, str, str]:
    return (
        f"{one.code:,}", f"{other.code:,}", f"{one.tests:,}", f"{other.tests:,}", f"{one.generated:,}",
        f"{other.generated:,}",
    )  # fmt: skip


def main() -> None:
    """Print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", help="a commit")
    parser.add_argument("after", nargs="?", default="HEAD", help="another one")
    arguments = parser.parse_args()
    print(table(sizes(arguments.before), sizes(arguments.after)))


if __name__ == "__main__":
    main()
