"""Promises: what a receipt carries until the checkpoint that covers its leaf exists.

One Ed25519 signature costs as much as eighty hashes, so a tick signs once: over the root of a small Merkle tree of the
tick's leaf hashes and a deadline. Each receipt carries that note and its own path through the small tree.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from douane.standards.transparency_log.checkpoint import decimal
from douane.standards.transparency_log.note import Key, Note, Signer, decode_base64, parse_note
from douane.standards.transparency_log.tree import HASH_BYTES, check_inclusion, leaf_hash, node_hash
from douane.vocabulary.errors import NotWellFormed, ProofFailed

FORMAT = "douane.promise.1"


class Promise(NamedTuple):
    """The log's word that a leaf will be in it: the signed note, and the leaf's place under the signed root."""

    note: str
    place: int
    path: tuple[bytes, ...]

    def facts(self) -> dict[str, object]:
        """The promise as a JSON object, for receipts and evidence; ``evidence.read_promise`` reads it back."""
        return {"note": self.note, "place": self.place, "path": [each.hex() for each in self.path]}


class Terms(NamedTuple):
    """What was promised: which log, for how many leaves, under which root, until when (microseconds UTC)."""

    origin: str
    leaves: int
    root: bytes
    deadline: int


def promise(signer: Signer, leaf_hashes: Sequence[bytes], deadline: int) -> tuple[Promise, ...]:
    """One promise per leaf hash, in order, all under one signature."""
    if not leaf_hashes:
        return ()
    rows = _rows(leaf_hashes)
    root = b64encode(rows[-1][0]).decode()
    note = signer.sign(f"{FORMAT} {signer.key.name}\n{len(leaf_hashes)}\n{root}\ntime {deadline}\n")
    return tuple(Promise(note, index, _path(rows, index)) for index in range(len(leaf_hashes)))


def paths(leaf_hashes: Sequence[bytes]) -> tuple[tuple[bytes, ...], ...]:
    """The path of each leaf under the root that was signed, for a promise that has to be given again."""
    rows = _rows(leaf_hashes)
    return tuple(_path(rows, index) for index in range(len(leaf_hashes)))


def _rows(leaf_hashes: Sequence[bytes]) -> list[Sequence[bytes]]:
    """The small tree, row by row, from the leaves to the root."""
    rows: list[Sequence[bytes]] = [[leaf_hash(each) for each in leaf_hashes]]
    while len(rows[-1]) > 1:
        rows.append(_next_row(rows[-1]))
    return rows


def _next_row(row: Sequence[bytes]) -> list[bytes]:
    """Pair the hashes; an odd last one moves up unchanged, which gives the tree of RFC 6962."""
    pairs = iter(row)
    above = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=False)]
    if len(row) & 1:
        above.append(row[-1])
    return above


def _path(rows: Sequence[Sequence[bytes]], index: int) -> tuple[bytes, ...]:
    path = []
    for row in rows:
        sibling = index ^ 1
        if sibling < len(row):
            path.append(row[sibling])
        index >>= 1
    return tuple(path)


def read_terms(note: Note) -> Terms:
    """Read the text of a promise; signatures are not looked at."""
    lines = note.text[:-1].split("\n")
    form, _, origin = lines[0].partition(" ")
    if form != FORMAT or not origin or len(lines) != 4 or not lines[3].startswith("time "):
        raise NotWellFormed(f"The promise is not of the form {FORMAT}.")
    root = decode_base64(lines[2])
    if len(root) != HASH_BYTES:
        raise NotWellFormed("The root of the promise does not have 32 bytes.")
    return Terms(origin, decimal(lines[1]), root, decimal(lines[3][5:]))


def check_promise(given: Promise, leaf: bytes, origin: str, trusted: Iterable[Key]) -> Terms:
    """Check that the log gave its word for this leaf hash; raises ProofFailed."""
    note = parse_note(given.note)
    terms = read_terms(note)
    if terms.origin != origin:
        raise ProofFailed(f"The promise is of the log {terms.origin!r}, not of {origin!r}.")
    if not note.signers(trusted):
        raise ProofFailed("No trusted key signed the promise.")
    check_inclusion(leaf_hash(leaf), given.place, terms.leaves, terms.root, given.path)
    return terms
