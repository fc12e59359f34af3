"""What a centre answers, read by a replica that believes nothing: every page is signed, every range leads to the root.

The replica knows the documented answers of ``final_data`` alone, as any client elsewhere would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Protocol, TypeVar

import msgspec

from douane.runtime.replication.keeping import Change
from douane.standards.replication import tree
from douane.standards.replication.statement import Root, Row, SignedPage, SignedState, digest_of, open_page, open_state
from douane.standards.transparency_log.note import Key
from douane.vocabulary.errors import DouaneError, FeedBroken, PartnerRefused

T = TypeVar("T")
_LIMIT: Final = 1_000
"""Entries of a page at most; the centre ends one earlier where it is long enough."""


class Centre(Protocol):
    """A node that serves final data."""

    async def call(self, operation: str, body: bytes) -> Any:
        """The answer to a query, as JSON. Raises PartnerUnreachable, and PartnerRefused."""


Number = Annotated[int, msgspec.Meta(ge=0, le=(1 << 63) - 1)]
"""What a store can keep; what somebody tells beyond is no answer."""


class Told(msgspec.Struct, frozen=True):
    """An entry as it was told; a tombstone has no content."""

    position: Number
    at: Number
    identity: str
    key: str = ""
    content: str | None = None

    @property
    def id(self) -> bytes:
        """Its identity."""
        return bytes.fromhex(self.identity)

    @property
    def leaf(self) -> bytes:
        """Its digest; empty for a tombstone."""
        return tree.leaf(self.key, self.content.encode()) if self.content is not None else b""

    def change(self) -> Change:
        """What becomes of it here."""
        content = self.content.encode() if self.content is not None else None
        return Change(self.key, content, self.at, position=self.position)


class Page(msgspec.Struct, frozen=True):
    """A page that holds: signed for this question, with every entry under its own identity."""

    entries: tuple[Told, ...]
    upto: Number
    more: bool
    note: str


class Held(msgspec.Struct, frozen=True):
    """What ranges hold at a position, in hexadecimal digits."""

    position: int
    held: tuple[str, ...]


class Entries(msgspec.Struct, frozen=True):
    """Entries by identity."""

    entries: tuple[Told, ...]


class _Noted(msgspec.Struct, frozen=True):
    note: str


class View(msgspec.Struct, frozen=True):
    """A view of a data set that a replica keeps."""

    data_set: str
    view: str

    @property
    def name(self) -> str:
        """How it is told to people."""
        return f"{self.data_set} ({self.view})"


class Believing:
    """Takes nothing about a view that the centre's key did not sign."""

    def __init__(self, key: Key, view: View) -> None:
        self._key, self.view = key, view

    def state_in(self, note: str) -> SignedState:
        """The state that was signed of this view. Raises FeedBroken."""
        try:
            said = open_state(note, self._key)
        except DouaneError as problem:
            raise self.broken(0, 0, f"its state: {problem.text}") from problem
        if (said.data_set, said.view) != (self.view.data_set, self.view.view):
            raise self.broken(0, 0, f"it is about {said.data_set} ({said.view})")
        return said

    def signed(self, page: Page, source: int, order: str, place: int) -> SignedPage:
        """What was signed of a page of this view, whatever it was asked for. Raises FeedBroken."""
        try:
            said = open_page(page.note, self._key)
            digest = digest_of(Row(e.position, e.at, e.id, e.leaf) for e in page.entries)
        except (DouaneError, ValueError) as problem:
            raise self.broken(source, place, str(problem)) from problem
        if (said.data_set, said.view, said.source, said.order) != (self.view.data_set, self.view.view, source, order):
            raise self.broken(source, place, "the page answers another question")
        if (said.upto, said.more, said.digest) != (page.upto, page.more, digest):
            raise self.broken(source, place, "the page is not what was signed")
        return said

    def page_in(self, page: Page, source: int, order: str, after: str) -> Page:
        """A page that holds, for what was asked. Raises FeedBroken."""
        place = int(after) if order == "changes" else 0
        if self.signed(page, source, order, place).after != after:
            raise self.broken(source, place, "the page answers another question")
        for each in page.entries:
            if each.content is not None and tree.identity(each.key) != each.id:
                raise self.broken(source, each.position, "an entry lies under the identity of another key")
        if order == "changes":
            self._in_order(page, source, place)
        return page

    def _in_order(self, page: Page, source: int, after: int) -> None:
        last = after
        for each in page.entries:
            if not last < each.position <= page.upto:
                raise self.broken(source, each.position, "the order of changes is not kept")
            last = each.position
        if page.more and (not page.entries or last != page.upto):
            raise self.broken(source, last, "the page ends before what it says that it tells")

    def broken(self, source: int, position: int, why: str) -> FeedBroken:
        """What ends the reading of this view."""
        return FeedBroken(
            f"The feed of {self.view.name}, source {source}, cannot be believed at position {position}: {why}.",
            remedy="Nothing of it was taken. Compare with douane replica prove, and ask who runs the centre.",
        )


class Asking(Believing):
    """Asks a centre about one view."""

    def __init__(self, centre: Centre, key: Key, view: View) -> None:
        super().__init__(key, view)
        self._centre = centre

    async def state(self, presented: Sequence[Root] = ()) -> tuple[SignedState, str]:
        """What the centre holds, and what it signed of that and of what was presented."""
        roots = [
            {"source": r.source, "position": r.position, "count": r.entries, "root": r.root.hex()} for r in presented
        ]
        note = (await self._ask("state", {"presented": roots}, _Noted)).note
        said = self.state_in(note)
        if said.presented != tuple(presented):
            raise self.broken(0, 0, "its state answers another question")
        return said, note

    async def snapshot(self, source: int, after: bytes) -> Page:
        """A page of everything."""
        return self.page_in(await self._page("snapshot", source, after.hex()), source, "snapshot", after.hex())

    async def changes(self, source: int, after: int) -> Page:
        """A page of changes."""
        return self.page_in(await self._page("changes", source, after), source, "changes", str(after))

    async def ranges(self, source: int, wanted: Mapping[str, bytes]) -> tuple[int, dict[str, bytes]]:
        """What ranges of these digests hold, and at which position."""
        found = await self._ask("ranges", {"source": source, "ranges": list(wanted)}, Held)
        held = dict(zip(wanted, (bytes.fromhex(each) for each in found.held), strict=True))
        if any(tree.digest_of(digits, content) != wanted[digits] for digits, content in held.items()):
            return -1, {}  # it moved on meanwhile: nothing here leads to the root that was signed
        return found.position, held

    async def entries(self, source: int, ids: Sequence[bytes]) -> tuple[Told, ...]:
        """Entries by identity, to be compared with the leaves that lead to a signed root."""
        return (await self._ask("entries", {"source": source, "identities": [id.hex() for id in ids]}, Entries)).entries

    async def _page(self, order: str, source: int, after: int | str) -> Page:
        return await self._ask(order, {"source": source, "after": after, "limit": _LIMIT}, Page)

    async def _ask(self, operation: str, more: Mapping[str, object], type: type[T]) -> T:
        question = {"data_set": self.view.data_set, "view": self.view.view, **more}
        answer = await self._centre.call(f"final_data.{operation}", msgspec.json.encode(question))
        try:
            return msgspec.convert(answer, type)
        except (msgspec.ValidationError, ValueError) as problem:
            raise PartnerRefused(f"The centre answers final_data.{operation} with something else: {problem}") from None
