"""Versions of code lists as they are kept: one row that says what it is, and the entries in chunks.

Each version is a case of its own and stays: a message of last year can be judged by what was published then.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from douane.applications.reference_data.messages import ListVersion
from douane.author import EVERYBODY, CodeList, Entry, Instant
from douane.author.needs import STORED_LISTS, supplied
from douane.author.run import PUBLIC, Final, FinalView, Provision, Value, View, record

CHUNK = 2_000
"""Entries in one stored value: a large list is read and written in pieces that no transaction notices."""


class FinalVersion(Struct, frozen=True, kw_only=True):
    """The version of a list that was published last. case: with which the keys of its entries begin."""

    number: str
    name: str
    version: str
    snapshot: dt.date
    entries: int
    case: str


class FinalChunk(Struct, frozen=True, kw_only=True):
    """Some entries of a version: code, day from which it holds, whether it is valid, facts as JSON text."""

    entries: tuple[Entry, ...]


_PUBLISHED_LAW = ("UCC art. 6(1)", "UCC art. 16(1)")
_DECISION = "docs/decisions/0105-data-sets.md"
_FOR_GOOD = "For good: a message is judged by what was published on its day; no personal data"

VERSIONS = Final(
    "code_lists",
    title="Code lists",
    legal=_PUBLISHED_LAW,
    purpose="The same codes in every administration",
    retention=_FOR_GOOD,
    provision=Provision.CENTRAL,
    decision=_DECISION,
    key=lambda kept, _: kept.number,
    order=lambda kept: kept.imported_at,
    of=("number", "name", "version", "snapshot", "entries", "imported_at"),
    views=(
        FinalView(
            PUBLIC,
            lambda kept, place: FinalVersion(
                number=kept.number, name=kept.name, version=kept.version, snapshot=kept.snapshot,
                entries=kept.entries, case=place.case,
            ),
            EVERYBODY,
        ),
    ),
)  # fmt: skip

ENTRIES = Final(
    "code_list_entries",
    title="Entries of code lists",
    legal=_PUBLISHED_LAW,
    purpose="The same codes in every administration",
    retention=_FOR_GOOD,
    provision=Provision.CENTRAL,
    decision=_DECISION,
    key=lambda _, place: f"{place.case}/{place.local}",
    of=("entries",),
    views=(FinalView(PUBLIC, lambda kept, _: FinalChunk(entries=kept.entries), EVERYBODY),),
)


@record(60, indexes={"by_number": ("number", "imported_at")}, final=VERSIONS)
class PublishedVersion(Value, frozen=True):
    """A version of a list, without its entries."""

    number: str
    name: str
    version: str
    previous: str
    source: str
    snapshot: dt.date
    imported_at: int
    entries: int
    added: int
    changed: int
    ended: int


@record(61, final=ENTRIES)
class Chunk(Value, frozen=True):
    """Some entries of a version; the local part of the key is the number of the chunk."""

    entries: tuple[Entry, ...]


def published(version: ListVersion) -> PublishedVersion:
    """What is kept of a version beside its entries."""
    return PublishedVersion(
        version.number, version.name, version.version, version.previous, version.source, version.snapshot,
        version.imported_at, len(version.entries), version.added, version.changed, version.ended,
    )  # fmt: skip


def newest(view: View, number: str) -> tuple[int, PublishedVersion] | None:
    """The version of a list that was published last, with its case."""
    found, _ = view.find(PublishedVersion, "by_number", number, limit=1, reverse=True)
    return found[0] if found else None


def list_of(view: View, subject: int, version: PublishedVersion) -> CodeList:
    """The list of a version, from its chunks."""
    chunks = view.all_of(Chunk, subject)
    return CodeList(version.number, version.name, itertools.chain.from_iterable(c.entries for c in chunks))


@dataclass(frozen=True, slots=True)
class Stored:
    """A version of a list as it is stored; another one of the same version is equal to it."""

    version: PublishedVersion
    subject: int
    view: View = field(compare=False, repr=False)

    @property
    def imported_at(self) -> Instant:
        """When it was published."""
        return Instant(self.version.imported_at)

    def __call__(self) -> CodeList:
        """Read it."""
        return list_of(self.view, self.subject, self.version)


@supplied(STORED_LISTS)
def load_stored(view: View) -> Mapping[str, Stored]:
    """The newest version of every published list, each read at its first use; equal where no list is newer."""
    every = view.every(PublishedVersion, "by_number")  # in order of number and time, so the last of a number stays
    return {version.number: Stored(version, subject, view) for subject, version in every}
