"""NCTS messages as fixed-width records: a line for each group, whose items stand at fixed places.

::

    000CD118C01UNOC                          type, version of this form, repertoire of what follows
    MSG0NCTS5.1NTA.DE ...                    code, level, then every item in its own width, filled with spaces
    TOP126FR...
    9990000005                               how many lines, with the first and this one

Widths come from the published formats (an..35: 35). A date is CCYYMMDD, a moment CCYYMMDDhhmmss, a number is written
from the left with a decimal point. A file holds one message behind the other. Lines end with LF; CR LF is read as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from douane.standards.edifact.repertoires import REPERTOIRES, Repertoire
from douane.standards.ncts.binding.kinds import Wrong
from douane.standards.ncts.legacy.rows import KEPT, Column, Loss, expanded, fitted, groups
from douane.standards.ncts.legacy.rows import read as read_rows
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated.structs import Message
from douane.vocabulary.errors import Fault, NotValid, NotWellFormed, TooLarge, UnknownMessageType

SIZE: Final = 8 * 1024 * 1024
"""Bytes of a file."""
LINES: Final = 100_000
FIRST, LAST, VERSION = "000", "999", "01"


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one message of a file, its first and last among them. ``start``: the line it begins at, from 1."""

    start: int
    lines: tuple[str, ...]

    @property
    def type(self) -> str:
        """The message type that the first line names."""
        return self.lines[0][3:9].rstrip()


def write(message: Message, repertoire: Repertoire) -> tuple[bytes, tuple[Loss, ...]]:
    """A message as records, with what its repertoire or its filling cannot say as losses.

    Raises NotValid where that cannot be replaced: it identifies something, or its replacement is not allowed there.
    """
    name = type(message).__name__
    lines = [f"{FIRST}{name:6}{VERSION}{repertoire.name}"]
    losses: list[Loss] = []
    faults: list[Fault] = []
    for group in groups(message):
        values, lost, wrong = fitted(group, repertoire)
        losses += lost
        faults += wrong
        for value, column in zip(values, group.columns, strict=True):
            pointer = f"{group.pointer}/{column.leaf.tag}"
            if len(value) > column.width:
                faults.append(Fault(pointer, "39", f"Write at most {column.width} characters.", value=value))
            elif (kept := value.rstrip(" ")) != value:
                if column.leaf.tag in KEPT or isinstance(column.leaf.kind.read(kept), Wrong):
                    faults.append(Fault(pointer, "51", "Let it end with another character than a space.", value=value))
                else:
                    losses.append(Loss(pointer, value, kept))
        lines.append(f"{group.code}{group.level}" + "".join(v.ljust(c.width) for v, c in
                                                            zip(values, group.columns, strict=True)))  # fmt: skip
    if faults:
        raise NotValid(f"The {name} cannot be written in records.", remedy="Agree on another form.",
                       faults=tuple(faults))  # fmt: skip
    lines.append(f"{LAST}{len(lines) + 1:07}")
    return ("\n".join(lines) + "\n").encode(repertoire.codec), tuple(losses)


def blocks(data: bytes) -> list[Block]:
    """The messages of a file. Raises TooLarge, or NotWellFormed with the line where it stops being one."""
    if len(data) > SIZE:
        raise TooLarge(f"The file has {len(data)} bytes.", remedy=f"Write at most {SIZE} bytes into one file.")
    name = data[11:15].decode("ascii", errors="replace").rstrip()
    repertoire = REPERTOIRES.get(name)
    if repertoire is None:
        raise _malformed(1, f"The repertoire {name!r} is not read here.", f"Name one of {', '.join(REPERTOIRES)}.")
    try:
        text = data.decode(repertoire.codec)
    except UnicodeDecodeError as problem:
        raise _malformed(data.count(b"\n", 0, problem.start) + 1, f"It holds bytes that are none of {name}.",
                         "Write it in the repertoire that it names.") from problem  # fmt: skip
    count = text.count("\n") + 1
    if count > LINES:  # before they are made: an empty line costs thirty times what it weighs
        raise TooLarge(f"The file has {count} lines.", remedy=f"Write at most {LINES} lines into one file.")
    lines = [each.removesuffix("\r") for each in text.removesuffix("\n").split("\n")]
    for n, line in enumerate(lines, 1):
        if not repertoire.holds(line):
            raise _malformed(n, f"The line holds characters that are none of {name}.", "Leave them out.")
    return list(_blocks(lines))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    start = 0
    for n, line in enumerate(lines):
        if n == start and not line.startswith(FIRST):
            raise _malformed(n + 1, "No message begins here.", f"Begin it with {FIRST} and its type.")
        if n == start and line[9:11] != VERSION:
            raise _malformed(n + 1, "The records are of another version than is read here.", f"Write {VERSION}.")
        if line.startswith(LAST):
            count = n + 1 - start
            if line[3:].rstrip() != f"{count:07}":
                raise _malformed(n + 1, f"The last line counts {line[3:].rstrip()[:10]!r}; there are {count} lines.",
                                 f"Write {LAST}{count:07}.")  # fmt: skip
            yield Block(start + 1, tuple(lines[start : n + 1]))
            start = n + 1
    if start < len(lines) or not lines:
        raise _malformed(len(lines), "The file ends inside a message.", f"End it with {LAST} and its number of lines.")


def _malformed(line: int, text: str, remedy: str) -> NotWellFormed:
    return NotWellFormed(text, remedy=remedy, faults=(Fault("", "52", remedy, line=line, column=1),))


def read(block: Block) -> Message:
    """The message in records. Raises UnknownMessageType, or NotValid with every fault by line and column."""
    if block.type not in CODECS.names:
        remedy = "Name a type of NCTS phase 5 in the first line."
        fault = Fault("/", "15", remedy, value=block.type, line=block.start, column=4)
        raise UnknownMessageType(f"No message type {block.type!r} is known.", remedy=remedy, faults=(fault,))
    return read_rows(block.type, _Records(block))


@dataclass(frozen=True, slots=True)
class _Records:
    """The lines of a block as rows."""

    block: Block

    def heads(self) -> Sequence[tuple[str, int]]:
        """Code and level; a level that is no digit is beyond every other, so that its line belongs nowhere."""
        return [(line[:3], int(line[3]) if line[3:4].isascii() and line[3:4].isdigit() else 10)
                for line in self.block.lines[1:-1]]  # fmt: skip

    def values(self, row: int, columns: Sequence[Column]) -> Sequence[str]:
        """The line cut by the widths of its items; what is behind the last one is one more."""
        line, at, found = self.block.lines[row + 1], 4, []
        for each in columns:
            found.append(expanded(each.leaf.kind, line[at : at + each.width].rstrip(" ")))
            at += each.width
        return [*found, line[at:].rstrip(" ")]

    def place(self, row: int, column: int | None, columns: Sequence[Column]) -> tuple[int, int]:
        """Line of the file, and where the item begins in it."""
        return self.block.start + row + 1, 1 if column is None else 5 + sum(c.width for c in columns[:column])
