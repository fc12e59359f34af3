"""Proof that a replica is equal to the centre: its entries are counted anew, and what differs is named by key.

Nothing that the replica keeps beside its entries is believed, so a row that was changed, added or taken away in it
shows. Of the centre nothing is believed but the root that it signs: each range that it tells leads there by digests.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, TypeVar

from douane.central_repository.replica.answers import Asking, Centre, View
from douane.central_repository.replica.replica import Replica
from douane.standards.replication import tree
from douane.standards.replication.statement import Root, SignedState, open_state
from douane.vocabulary.errors import PartnerUnreachable

T = TypeVar("T")
_PAGE: Final = 256
_TRIES: Final = 5
MOST: Final = 1_000
"""Differing keys that are named; all are counted."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A key that is held otherwise. here, there: whether the replica and the centre hold it at all. key: empty where
    neither tells it any more."""

    source: int
    key: str
    identity: bytes
    here: bool
    there: bool

    @property
    def what(self) -> str:
        """What became of it, in a word."""
        return "changed" if self.here and self.there else "added" if self.here else "missing"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of it for one view. note: what the centre signed of its roots and of those of the replica."""

    view: View
    equal: bool
    note: str
    roots: tuple[Root, ...]
    differing: int = 0
    differences: tuple[Difference, ...] = ()
    asked: int = 0
    """Ranges that were asked for."""


async def prove(replica: Replica, centre: Centre, view: View) -> Proof:
    """Count a view anew, have it compared, and name what differs. Raises what reading on raises, and PartnerUnreachable
    where the centre changes too fast to meet it at one position."""
    asking = Asking(centre, replica.key, view)
    for _ in range(_TRIES):
        await _read_on(replica, asking)
        counted = {source: _Counted(replica, view, source) for source in replica.sources(view)}
        roots = tuple(each.root for each in counted.values())
        said, note = await asking.state(roots)
        if said.equal:
            return Proof(view, True, note, roots)
        if [(r.source, r.position) for r in said.held] != [(r.source, r.position) for r in roots]:
            continue
        found = await _differences(asking, said, counted)
        if found is not None:
            differences, asked = found
            return Proof(view, False, note, roots, len(differences), tuple(differences[:MOST]), asked)
    raise PartnerUnreachable(f"The centre changes {view.name} too fast to be met.", remedy="Prove it again.")


async def _read_on(replica: Replica, asking: Asking) -> None:
    """Be where the centre is. That what is held has another root by then is what is to be found out."""
    said, _ = await asking.state()
    for held in said.held:
        await replica.read_on(asking, held)


def still_holds(replica: Replica, note: str) -> tuple[SignedState, bool]:
    """What a centre signed, and whether that is what the replica holds now by its entries; the centre is not asked.

    Raises NotWellFormed and ProofFailed where it is no statement of the centre that the replica trusts.
    """
    said = open_state(note, replica.key)
    view = View(said.data_set, said.view)
    roots = tuple(_Counted(replica, view, source).root for source in replica.sources(view))
    return said, bool(roots) and tuple(sorted(said.held)) == roots


class _Counted:
    """What a source of a replica holds, counted from its entries alone."""

    def __init__(self, replica: Replica, view: View, source: int) -> None:
        self.kept = replica.source(view, source)
        self.held = self.kept.counted_anew()
        entries = sum(len(held) // tree.ROW for digits, held in self.held.items() if len(digits) == tree.DIGITS)
        root = tree.digest_of("", self.held.get("", b""))
        self.root = Root(source, replica.cursor(view, source).after, entries, root)


async def _differences(
    asking: Asking, said: SignedState, counted: Mapping[int, _Counted]
) -> tuple[list[Difference], int] | None:
    """What is held otherwise, and how many ranges were asked for; None where the centre moved on meanwhile."""
    found, asked = list[Difference](), 0
    for there in said.held:
        mine = counted[there.source]
        level = {"": there.root} if there.root != mine.root.root else {}
        while level:
            asked += len(level)
            held = await _ranges(asking, there, level)
            if held is None:
                return None
            if len(next(iter(level))) == tree.DIGITS:
                found += await _named(asking, there.source, mine, held)
                break
            level = _below(mine.held, held)
    return found, asked


def _below(mine: Mapping[str, bytes], held: Mapping[str, bytes]) -> dict[str, bytes]:
    """The ranges below these that differ, with the digests that the centre has of them."""
    return {
        below: tree.children(digits, content).get(below, tree.EMPTY)
        for digits, content in held.items()
        for below in tree.differing(digits, mine.get(digits, b""), content)
    }


async def _ranges(asking: Asking, there: Root, level: Mapping[str, bytes]) -> dict[str, bytes] | None:
    held: dict[str, bytes] = {}
    for some in _some(list(level)):
        position, more = await asking.ranges(there.source, {digits: level[digits] for digits in some})
        if position != there.position:
            return None
        held |= more
    return held


async def _named(asking: Asking, source: int, mine: _Counted, held: Mapping[str, bytes]) -> list[Difference]:
    """The entries that differ in buckets, by key: as the replica has it, else as the centre tells it."""
    differ = {
        id: (here, there)
        for digits, content in held.items()
        for id, here, there in tree.differing_entries(mine.held.get(digits, b""), content)
    }
    names = mine.kept.names(list(islice(differ, MOST)))
    unnamed = [id for id in islice(differ, MOST) if not names.get(id)]
    for some in _some(unnamed):
        names |= {each.id: each.key for each in await asking.entries(source, some)}
    return [Difference(source, names.get(id, ""), id, here, there) for id, (here, there) in differ.items()]


def _some(whole: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(whole), _PAGE):
        yield whole[start : start + _PAGE]
