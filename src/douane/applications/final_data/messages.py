"""Questions about final data, and their answers. What is hashed and signed is text in hexadecimal digits or JSON."""

from __future__ import annotations

import enum
from typing import Annotated

from msgspec import Meta, Struct

from douane.author import Known, Machine, MachineMicros

DataSetName = Annotated[str, Meta(pattern=r"\A[a-z_]{3,40}\Z", title="Name of the data set")]
ViewName = Annotated[str, Meta(pattern=r"\A(full|partner|public)\Z", title="View of the data set")]
Position = Annotated[int, Meta(ge=0, le=2**63 - 1, title="Position in the order of change")]
SourceNumber = Annotated[int, Meta(ge=0, le=1023, title="Number of the source")]
Identity = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z", title="SHA-256 of the key")]
Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z", title="Digest")]
Digits = Annotated[str, Meta(pattern=r"\A[0-9a-f]{0,4}\Z", title="Digits with which the identities of a range begin")]
Limit = Annotated[int, Meta(ge=1, le=1000, title="Entries at most")]
Note = Annotated[str, Meta(title="Signed note")]
Follower = Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Administration that keeps the replica; EU: Commission")]


class DataSetsQuestion(Struct, frozen=True):
    """Which data sets are there for whoever asks?"""


class DataSetFacts(Struct, frozen=True, kw_only=True):
    """A data set: why it is kept and passed on, for how long, by whom; the views that whoever asks may have of it."""

    name: str
    title: str
    legal: tuple[str, ...]
    purpose: str
    retention: str
    provision: str
    decision: str
    views: tuple[str, ...]
    recipients: tuple[str, ...]
    """The kinds of parties that may have these views."""


class DataSets(Struct, frozen=True):
    """The data sets of which whoever asks may have a view."""

    sets: tuple[DataSetFacts, ...]


class FinalSnapshotQuestion(Struct, frozen=True, kw_only=True):
    """What does a view hold? after: the identity of the last entry of the page before."""

    data_set: DataSetName
    view: ViewName
    source: SourceNumber = 0
    after: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")] = ""
    limit: Limit = 500


class FinalChangesQuestion(Struct, frozen=True, kw_only=True):
    """What changed after a position?"""

    data_set: DataSetName
    view: ViewName
    source: SourceNumber = 0
    after: Position = 0
    limit: Limit = 500


class FinalEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry: its key, and its content as JSON text in the form that is hashed; a tombstone has neither.

    position: of its last change; at: when that was, in microseconds since 1970 (UTC).
    """

    position: int
    at: MachineMicros
    identity: str
    key: Annotated[str, Meta(extra={"confidential": True})] = ""
    content: Annotated[str | None, Meta(extra={"confidential": True})] = None


class FinalPage(Struct, frozen=True, kw_only=True):
    """A page of a snapshot or of changes, and its signature.

    upto: the position up to which the changes are told; of a snapshot, after which to read changes once all its pages
    are read (that of its first page counts). note: what the node signed of the page.
    """

    entries: tuple[FinalEntry, ...]
    upto: int
    more: bool
    note: Note


class FinalRangesQuestion(Struct, frozen=True, kw_only=True):
    """What do these ranges hold?"""

    data_set: DataSetName
    view: ViewName
    source: SourceNumber = 0
    ranges: Annotated[tuple[Digits, ...], Meta(min_length=1, max_length=256)]


class FinalRanges(Struct, frozen=True):
    """What each range holds, in the order asked, in hexadecimal digits; position: up to which that is so."""

    position: int
    held: tuple[str, ...]


class FinalEntriesQuestion(Struct, frozen=True, kw_only=True):
    """Which entries have these identities?"""

    data_set: DataSetName
    view: ViewName
    source: SourceNumber = 0
    identities: Annotated[tuple[Identity, ...], Meta(min_length=1, max_length=256)]


class FinalEntries(Struct, frozen=True):
    """Entries and tombstones, as far as there are any."""

    entries: tuple[FinalEntry, ...]


class PresentedRoot(Struct, frozen=True, kw_only=True):
    """What a replica holds of a source: up to which position, how many entries, the digest of all of them."""

    source: SourceNumber
    position: Position
    count: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    root: Digest


class FinalStateQuestion(Struct, frozen=True, kw_only=True):
    """How far is a view? presented: what the asking replica holds, to be compared and signed."""

    data_set: DataSetName
    view: ViewName
    presented: Annotated[tuple[PresentedRoot, ...], Meta(max_length=1024)] = ()


class FinalState(Struct, frozen=True, kw_only=True):
    """What the view holds, source by source. equal: whether that was presented; note: what the node signed of it."""

    sources: tuple[PresentedRoot, ...]
    equal: bool
    note: Note


class FinalLookUp(Struct, frozen=True, kw_only=True):
    """What does a view say under a key?"""

    data_set: DataSetName
    view: ViewName
    key: Annotated[str, Meta(min_length=1, max_length=200, title="Key of the entry")]


class Asker(enum.StrEnum):
    """Of which kind whoever asks at a centre is; nobody else looks entries up."""

    MEMBER_STATE = "member_state"
    OFFICER = "officer"
    COMMISSION = "commission"


class FinalLookUpFor(Struct, frozen=True, kw_only=True):
    """What does a view say under a key, as far as the node that is asked keeps it? A centre asks for somebody whom it
    has judged. administration: his; EU: the Commission."""

    data_set: DataSetName
    view: ViewName
    key: Annotated[str, Meta(min_length=1, max_length=200, title="Key of the entry")]
    asker: Asker
    administration: Annotated[str, Meta(pattern=r"\A[A-Z]{2}\Z", title="Administration of whoever asks")]


class FinalFound(Struct, frozen=True, kw_only=True):
    """Whether there is such an entry, its content as JSON text, and when it changed last.

    as_of: the instant up to which whoever answers knows the data: now at the centre, the last reading at a replica;
    none where that is not known.
    """

    known: Known
    content: Annotated[str | None, Meta(extra={"confidential": True})] = None
    changed_at: Machine | None = None
    as_of: Machine | None = None


class PublishedQuestion(Struct, frozen=True, kw_only=True):
    """What is published of a data set, as far as it changed after a position?"""

    data_set: DataSetName
    source: SourceNumber = 0
    after: Position = 0
    limit: Limit = 500


class PublishedEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry of what is published: its key, and its content as JSON text; a tombstone has neither."""

    position: int
    at: MachineMicros
    identity: str
    key: str = ""
    content: str | None = None


class PublishedPage(Struct, frozen=True, kw_only=True):
    """A page of what is published, and its signature, as for administrations."""

    entries: tuple[PublishedEntry, ...]
    upto: int
    more: bool
    note: Note


class PublishedStateQuestion(Struct, frozen=True):
    """How far is what is published of a data set?"""

    data_set: DataSetName


class PublishedState(Struct, frozen=True):
    """What is published, source by source; note: what the node signed of it."""

    sources: tuple[PresentedRoot, ...]
    note: Note


class FeedWanted(Struct, frozen=True, kw_only=True):
    """Push a view to the address of a replica from now on, in place of where it was pushed; empty: to nowhere."""

    follower: Follower
    data_set: DataSetName
    view: ViewName
    address: Annotated[str, Meta(max_length=300, title="Address of the replica")] = ""


class FeedKept(Struct, frozen=True, kw_only=True):
    """So it is pushed from now on."""

    follower: str
    data_set: str
    view: str
    address: str


class FeedNotKept(Struct, frozen=True, kw_only=True):
    """Nothing changed; each reason says what to mend."""

    follower: str
    data_set: str
    view: str
    reasons: tuple[str, ...]


class FeedsQuestion(Struct, frozen=True, kw_only=True):
    """Which views are pushed to an administration, and where?"""

    follower: Follower


class Feeds(Struct, frozen=True):
    """The views that are pushed to whoever asks."""

    feeds: tuple[FeedKept, ...]
