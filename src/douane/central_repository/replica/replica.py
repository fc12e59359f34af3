"""A replica: its views in a store of its own, read on from where they are, and asked by key.

It keeps what the centre keeps (``runtime.replication``), so whoever holds one can prove it, and hand it over. Each page
is applied with how far it reaches in one commit: killed anywhere, it goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from douane.central_repository.replica.answers import Asking, Believing, Centre, Page, View
from douane.runtime.replication.keeping import keep_changes
from douane.runtime.replication.reading import Entry, Source
from douane.runtime.store import keys
from douane.runtime.store.ports import SECOND, Batch, Clock, Instant, Store
from douane.runtime.store.records import Value
from douane.runtime.store.values import Stored
from douane.standards.replication import tree
from douane.standards.replication.statement import Root
from douane.standards.transparency_log.note import Key
from douane.vocabulary.errors import EntryChanged, LostOwnership, NotFound, TooOld

_TRIES: Final = 5
"""How often it is tried to meet the centre at one position while that goes on."""
_MOST_SOURCES: Final = 1_024


class Cursor(Value, frozen=True):
    """How far a source was read. after: the position behind which to go on, or to begin once the snapshot is read.

    snapshot: the identity behind which a snapshot goes on; None once it was read. read_at: of when the newest state is
    that the centre signed and that was found here, in microseconds; 0: none was.
    """

    after: int = 0
    snapshot: bytes | None = b""
    read_at: int = 0


CURSOR: Final = Stored(60_012, Cursor)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a source of a view stands here."""

    view: View
    source: int
    position: int
    entries: int
    read_at: Instant


@dataclass(frozen=True, slots=True)
class Answered:
    """What a view says under a key. content: JSON as the centre hashed it; None where there is no entry. as_of: the
    instant up to which this replica knows the data."""

    content: bytes | None
    changed_at: Instant
    as_of: Instant


class Replica:
    """The views of one configuration in one store. max_age: seconds after which it answers no more unless it read on
    again; 0: it always answers, and says as of when."""

    def __init__(self, store: Store, views: Sequence[View], key: Key, clock: Clock, *, max_age: int = 0) -> None:
        self._store, self.views, self.key, self._clock, self._max_age = store, tuple(views), key, clock, max_age
        self._epochs: dict[int, int] = {}

    # --- reading on

    async def pull(self, centre: Centre) -> int:
        """Read every view up to where the centre is; how many entries changed.

        Raises PartnerUnreachable where the centre is away, and FeedBroken where what it says cannot be believed: what
        was taken before stays, and nothing of that page is taken.
        """
        return sum([await self._pull(Asking(centre, self.key, view)) for view in self.views])

    async def _pull(self, asking: Asking) -> int:
        changed = 0
        for _ in range(_TRIES):
            said, _note = await asking.state()
            for held in said.held:
                changed += await self.read_on(asking, held)
            if all(self.meets(asking, held, said.at) for held in said.held):
                return changed
        return changed  # the centre goes on all the time: what was read, holds

    async def read_on(self, asking: Asking, held: Root) -> int:
        """Read a source until it is where the centre said; how many entries changed. Raises FeedBroken."""
        changed, followed = 0, self.cursor(asking.view, held.source).snapshot is None
        while (cursor := self.cursor(asking.view, held.source)).snapshot is not None:
            changed += self.take_snapshot(asking.view, held.source, await asking.snapshot(held.source, cursor.snapshot))
        if followed and cursor.after > held.position:  # a snapshot may be of a later instant than what it said
            raise asking.broken(held.source, held.position, f"it was at {cursor.after} before, so it went back")
        while cursor.after < held.position:
            page = await asking.changes(held.source, cursor.after)
            if page.upto <= cursor.after:
                raise asking.broken(held.source, cursor.after, "it says that there is more, and tells nothing")
            changed += self.take_changes(asking.view, held.source, page)
            cursor = self.cursor(asking.view, held.source)
        return changed

    def take_snapshot(self, view: View, source: int, page: Page) -> int:
        """Take a page of a snapshot that holds and follows on what was read; how many entries it has."""
        cursor = self.cursor(view, source)
        after = cursor.after if cursor.snapshot else page.upto  # the first page says from where changes follow
        follows = page.entries[-1].id if page.more and page.entries else None
        return self._apply(view, source, page, Cursor(after, follows, cursor.read_at))

    def take_changes(self, view: View, source: int, page: Page) -> int:
        """Take a page of changes that holds and follows on what was read; how many entries it has."""
        return self._apply(view, source, page, Cursor(page.upto, None, self.cursor(view, source).read_at))

    def meets(self, believing: Believing, held: Root, at: Instant) -> bool:
        """Whether a source is where the centre said that it is, and then holds the same. Raises FeedBroken.

        at: when the centre signed that. A state that somebody repeats proves nothing about now, so the source counts as
        read at that instant; a centre whose clock is ahead makes it no younger than this clock says.
        """
        cursor, own = self.cursor(believing.view, held.source), self.root(believing.view, held.source)
        if cursor.after != held.position:
            return False
        if own != held:
            raise believing.broken(
                held.source, held.position, f"{own.entries} entries here do not have the root of {held.entries} there"
            )
        read_at = max(cursor.read_at, min(at, self._clock.now()))
        self._keep(believing.view, held.source, Cursor(cursor.after, None, read_at), Batch())
        return True

    def _apply(self, view: View, source: int, page: Page, cursor: Cursor) -> int:
        batch = Batch()
        changes = {each.id: each.change() for each in page.entries}
        keep_changes(self._store, {head(view, source): changes}, batch)
        self._keep(view, source, cursor, batch)
        return len(changes)

    def _keep(self, view: View, source: int, cursor: Cursor, batch: Batch) -> None:
        batch.put[head(view, source) + b"c"] = CURSOR.write(cursor)
        self.commit(source, batch)

    def commit(self, source: int, batch: Batch) -> None:
        """Commit what concerns a source. Raises LostOwnership where another process took the replica over."""
        if source not in self._epochs:
            self._epochs[source] = self._store.take(source)
        try:
            self._store.apply(batch, source, self._epochs[source])
        except LostOwnership:
            del self._epochs[source]  # whoever has it now goes on; the next reading takes it again
            raise

    # --- asking

    def cursor(self, view: View, source: int) -> Cursor:
        """How far a source was read."""
        raw = self._store.read([head(view, source) + b"c"])[0]
        return CURSOR.read(raw) if raw is not None else Cursor()

    def source(self, view: View, source: int) -> Source:
        """What is kept of a source."""
        return Source(self._store, head(view, source))

    def root(self, view: View, source: int) -> Root:
        """What is held of a source, by the ranges that are kept with each change."""
        kept = self.source(view, source)
        return Root(source, self.cursor(view, source).after, kept.state().count, kept.root())

    def sources(self, view: View) -> Iterator[int]:
        """The sources of which something was read: a centre numbers them without gaps."""
        wanted = [head(view, source) + b"c" for source in range(_MOST_SOURCES)]
        return (source for source, raw in enumerate(self._store.read(wanted)) if raw is not None)

    def standing(self) -> list[Standing]:
        """How every source of every view stands."""
        found = []
        for view in self.views:
            for source in self.sources(view):
                cursor, state = self.cursor(view, source), self.source(view, source).state()
                found.append(Standing(view, source, cursor.after, state.count, cursor.read_at))
        return found

    def look_up(self, data_set: str, key: str, view: str = "") -> Answered:
        """What a data set says under a key; in the view that is kept of it, or in the one named.

        Raises NotFound where no such view is kept or was read yet, TooOld where it was read too long ago, and
        EntryChanged where an entry is not the one that was read: somebody changed it here.
        """
        wanted = [each for each in self.views if each.data_set == data_set and view in ("", each.view)]
        if not wanted:
            raise NotFound(f"This replica keeps no {data_set}.", remedy="Name it in the configuration, and read it.")
        read = [(source, self.cursor(wanted[0], source)) for source in self.sources(wanted[0])]
        if not read or any(cursor.snapshot is not None or not cursor.read_at for _, cursor in read):
            raise NotFound(f"{wanted[0].name} was never read whole.", remedy="Let douane replica reach the centre.")
        as_of = min(cursor.read_at for _, cursor in read)
        if self._max_age and self._clock.now() - as_of > self._max_age * SECOND:
            raise TooOld(f"{wanted[0].name} was read more than {self._max_age} s ago.", remedy="Read on first.")
        best: Entry | None = None
        for source, _ in read:
            found = self.proven(wanted[0], source, key)
            best = found if best is None or (found is not None and found.at > best.at) else best
        return Answered(best.content, best.at, as_of) if best is not None else Answered(None, 0, as_of)

    def proven(self, view: View, source: int, key: str) -> Entry | None:
        """The entry of a key, if it is the one that the ranges hold. Raises EntryChanged."""
        entry, held = self.source(view, source).with_leaf(key)
        own = tree.leaf(entry.key, entry.content or b"") if entry is not None else None
        if held != own:
            raise EntryChanged(
                f"{view.name} holds something else under {key} than was read.", remedy="Prove the replica."
            )
        return entry


def head(view: View, source: int) -> bytes:
    """Where a source of a view lies."""
    return keys.FINAL + keys.u16(source) + keys.text(view.data_set) + keys.text(view.view)
