"""Checkpoints (C2SP tlog-checkpoint): the size and root of a log at one moment, as a signed note.

Lines: origin, size in decimal, root in base64, then extension lines; ours is ``time MICROSECONDS`` since 1970 (UTC).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from typing import NamedTuple

from douane.standards.transparency_log.note import Key, Note, Signer, decode_base64, parse_note
from douane.standards.transparency_log.tree import HASH_BYTES, MAX_SIZE
from douane.vocabulary.errors import NotWellFormed, ProofFailed


class Checkpoint(NamedTuple):
    """What a log's key signs. ``time`` is in microseconds since 1970 (UTC), 0 where the log states none."""

    origin: str
    size: int
    root: bytes
    time: int = 0

    def text(self) -> str:
        """The text that is signed."""
        extension = f"time {self.time}\n" if self.time else ""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n{extension}"

    def sign(self, signer: Signer) -> str:
        """The checkpoint as a signed note."""
        return signer.sign(self.text())


def parse_checkpoint(note: Note) -> Checkpoint:
    """Read the text of a note as a checkpoint; unknown extension lines are passed over, signatures not looked at."""
    lines = note.text[:-1].split("\n")
    if len(lines) < 3 or not all(lines):
        raise NotWellFormed("A checkpoint needs origin, size and root, and no empty line.")
    origin, size, root = lines[:3]
    digest = decode_base64(root)
    if len(digest) != HASH_BYTES:
        raise NotWellFormed("The root of the checkpoint does not have 32 bytes.")
    times = [decimal(each[5:]) for each in lines[3:] if each.startswith("time ")]
    if len(times) > 1:
        raise NotWellFormed("The checkpoint states two times.")
    return Checkpoint(origin, decimal(size), digest, times[0] if times else 0)


def open_checkpoint(data: str, origin: str, trusted: Iterable[Key]) -> Checkpoint:
    """Read a signed checkpoint of this origin; raises ProofFailed unless a trusted key signed it."""
    note = parse_note(data)
    checkpoint = parse_checkpoint(note)
    if checkpoint.origin != origin:
        raise ProofFailed(f"The checkpoint is of the log {checkpoint.origin!r}, not of {origin!r}.")
    if not note.signers(trusted):
        raise ProofFailed("No trusted key signed the checkpoint.")
    return checkpoint


def decimal(text: str) -> int:
    """A number in plain decimal, as large as a log can be; anything else is refused."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or (len(text) > 1 and text[0] == "0"):
        raise NotWellFormed(f"{text[:40]!r} is not a number in plain decimal.")
    value = int(text)
    if value > MAX_SIZE:
        raise NotWellFormed(f"{text} is larger than any log.")
    return value
