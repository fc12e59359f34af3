"""Final data over every store: entries, their order of change and the digests over ranges say the same at any time."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.model.caller import CORE
from douane.model.circles import ActorKind
from douane.runtime.core.commands import Vanish
from douane.runtime.replication.keeping import Change, keep_changes
from douane.runtime.replication.reading import Entry, Source, sources
from douane.runtime.store import keys
from douane.runtime.store.envelope import Receipt
from douane.runtime.store.final import FULL, PUBLIC, Final, FinalView, Place, Provision
from douane.runtime.store.indexing import BuildIndex, unbuilt
from douane.runtime.store.ports import SECOND, Batch, Store
from douane.runtime.store.records import Value, kind_of, record
from douane.standards.replication import tree
from douane.vocabulary.errors import DeclarationFault, NotFound, Overloaded
from tests.contracts import toy

Act = Callable[[Any], None]


class Shown(msgspec.Struct, frozen=True):
    number: str
    name: str


def shown(kept: Licence, _place: Place) -> Shown:
    return Shown(kept.number, kept.name)


LICENCES = Final(
    "toy_licences", title="Licences", legal=("none",), purpose="tests", retention="none", decision="none",
    provision=Provision.CENTRAL, key=lambda kept, _: kept.number, order=lambda kept: kept.told,
    of=("number", "name", "told", "published"),
    views=(
        FinalView(FULL, shown, frozenset({ActorKind.MEMBER_STATE})),
        FinalView(
            PUBLIC, lambda kept, place: shown(kept, place) if kept.published else None,
            frozenset({ActorKind.MEMBER_STATE, ActorKind.PUBLIC}),
        ),
    ),
)  # fmt: skip


@record(907, final=LICENCES)
class Licence(Value, frozen=True):
    number: str
    name: str
    told: int = 0
    published: bool = True
    used: int = 0


KIND = kind_of(Licence)


@pytest.fixture
def acting(node: toy.Node) -> Iterator[Callable[..., None]]:
    """Let each act be the work of one message of a case, all in one tick. Earlier records, of which there are none, are
    entered first."""
    handlers = toy.BEHAVIOUR.handlers
    kept = handlers["orders.amend"]
    acts: list[Act] = []
    handlers["orders.amend"] = dataclasses.replace(kept, handle=lambda work, m: acts[m.amount](work))
    (receipt,) = node.run(node.envelope("orders.place", toy.Order("O1", "A", 1)))
    assert isinstance(receipt, Receipt)
    enter(node)

    def act(*new: Act) -> None:
        first = len(acts)
        acts.extend(new)
        node.clock.at += SECOND
        node.run(*(node.envelope("orders.amend", toy.Amend("O1", n)) for n in range(first, len(acts))))

    yield act
    handlers["orders.amend"] = kept


def enter(node: toy.Node) -> None:
    for kind, index in [each for each in unbuilt(node.store, 0) if each[0] is KIND]:
        while (kind, index) in list(unbuilt(node.store, 0)):
            node.run(commands=(BuildIndex(keys.log_position(0, 0), kind, index, 64),))


def put(number: str, name: str, local: bytes = b"", *, told: int = 0, published: bool = True, used: int = 0) -> Act:
    return lambda work: work.put(Licence(number, name, told, published, used), local)


def remove(local: bytes = b"") -> Act:
    return lambda work: work.remove(Licence, local)


def source(node: toy.Node, view: str = FULL, kind: ActorKind = ActorKind.MEMBER_STATE) -> Source:
    asked = toy.view(node, caller=msgspec.structs.replace(CORE, kind=kind))
    return sources(asked, Licence, view)[0]


def names(entries: Sequence[Entry]) -> list[str]:
    return [msgspec.json.decode(each.content)["name"] if each.content is not None else "gone" for each in entries]


def consistent(held: Source) -> None:
    """The ranges hold what the entries say, and the feed names each entry once."""
    anew = {digits: content for digits, content in held.counted_anew().items() if content}
    assert held.root() == tree.digest_of("", anew.get("", b""))
    assert all(held.held(digits) == content for digits, content in anew.items())
    assert held.state().count == len(list(held.everything()))
    found = held.changes(0).entries
    assert [each.position for each in found] == sorted({each.position for each in found})
    assert len({each.id for each in found}) == len(found)


def test_what_changed_is_told_in_order_and_once(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(put("L1", "one", b"1"), put("L2", "two", b"2"))
    acting(put("L1", "uno", b"1"))
    held = source(node)
    page = held.changes(0)
    assert names(page.entries) == ["two", "uno"]
    assert (page.upto, page.more) == (3, False)
    assert names(held.changes(2).entries) == ["uno"]
    assert held.changes(3) == ((), 3, False)
    assert held.entry("L1") is not None
    assert held.entry("L3") is None
    consistent(held)


def test_a_deletion_leaves_a_tombstone_and_nothing_of_what_was(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(put("L1", "Somebody", b"1"), put("L2", "two", b"2"))
    acting(remove(b"1"))
    held = source(node)
    (two, gone) = held.changes(0).entries
    assert (two.key, gone.key, gone.content, gone.id) == ("L2", "", None, tree.identity("L1"))
    assert names(held.snapshot().entries) == ["two"]
    assert held.entry("L1") is None
    space = keys.space(keys.FINAL, 0)
    rows = node.store.scan(space, keys.after(space), 1_000)
    assert not [key for key, value in rows if b"Somebody" in value or b"L1" in value]
    consistent(held)
    acting(put("L1", "again", b"1"))
    assert names(source(node).changes(gone.position).entries) == ["again"]
    consistent(source(node))


def test_a_view_says_no_more_than_it_declares_and_forgets_what_is_withdrawn(
    node: toy.Node, acting: Callable[..., None]
) -> None:
    acting(put("L1", "one", b"1"), put("L2", "two", b"2", published=False))
    assert names(source(node).changes(0).entries) == ["one", "two"]
    assert names(source(node, PUBLIC, ActorKind.PUBLIC).changes(0).entries) == ["one"]
    acting(put("L1", "one", b"1", published=False))
    public = source(node, PUBLIC, ActorKind.PUBLIC)
    assert names(public.changes(0).entries) == ["gone"]
    assert public.root() == tree.EMPTY
    assert names(source(node).changes(0).entries) == ["one", "two"]
    consistent(public)


def test_a_view_is_for_its_recipients_and_there_is_none_for_others(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(put("L1", "one"))
    for kind in ActorKind:
        if kind is not ActorKind.MEMBER_STATE:
            with pytest.raises(NotFound):
                source(node, FULL, kind)
    for view in ("", "partner", "FULL", "full\0"):
        with pytest.raises(NotFound):
            source(node, view)
    with pytest.raises(NotFound):
        sources(toy.view(node), toy.Account, FULL)


def test_of_two_records_with_a_key_the_higher_order_counts(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(put("L1", "newer", b"2", told=2))
    acting(put("L1", "older", b"1", told=1))
    assert names(source(node).changes(0).entries) == ["newer"]
    acting(remove(b"1"))  # it had been superseded: what counts stays
    assert names(source(node).changes(0).entries) == ["newer"]
    acting(put("L1", "hidden", b"3", told=3, published=False), put("L1", "older", b"1", told=1))
    assert names(source(node, PUBLIC).changes(0).entries) == ["gone"]
    acting(remove(b"3"))
    assert names(source(node).changes(0).entries) == ["gone"]


def test_a_key_that_changes_leaves_the_former_behind(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(put("L1", "one"))
    acting(put("L2", "one"))
    held = source(node)
    assert [each.key for each in held.everything()] == ["L2"]
    assert held.entry("L1") is None
    consistent(held)


def test_what_the_views_are_not_made_of_changes_nothing(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(put("L1", "one"))
    before = source(node).state()
    seen: list[Batch] = []
    apply = node.store.apply

    def watched(batch: Batch, partition: int, epoch: int) -> None:
        seen.append(batch)
        apply(batch, partition, epoch)

    node.store.apply = watched  # type: ignore[method-assign]  # it goes on to what it watches
    acting(put("L1", "one", used=1))
    assert seen
    assert not [key for batch in seen for key in {**batch.put, **batch.new} if key[:1] == keys.FINAL]
    assert source(node).state() == before


@pytest.mark.parametrize("seed", range(3))
def test_a_follower_is_equal_whatever_happens(node: toy.Node, acting: Callable[..., None], seed: int) -> None:
    """One that reads on now and then, one that begins late with a snapshot: each ends with the same root."""
    chance = random.Random(seed)
    early = Follower()
    for n in range(25):
        local = [b"%d" % chance.randrange(12) for _ in range(chance.randrange(1, 6))]
        acting(*(
            remove(each) if chance.random() < 0.3
            else put(f"L{each.decode()}", f"N{chance.randrange(4)}", each, published=chance.random() < 0.7)
            for each in local
        ))  # fmt: skip
        if chance.random() < 0.4:
            early.follow(source(node, PUBLIC), limit=3)
        if n % 6 == 0:
            consistent(source(node))
            consistent(source(node, PUBLIC))
    late = Follower()
    late.begin(source(node, PUBLIC), limit=2)
    for follower in (early, late):
        follower.follow(source(node, PUBLIC), limit=3)
        assert follower.source.root() == source(node, PUBLIC).root()
        assert follower.source.state().count == source(node, PUBLIC).state().count
        consistent(follower.source)


class Follower:
    """A replica in memory: it applies pages with the positions that they give."""

    def __init__(self) -> None:
        self.store, self.head = MemoryStore(), keys.final_head(0, b"\0\0", 0)
        self.epoch, self.after = self.store.take(0), 0

    @property
    def source(self) -> Source:
        return Source(self.store, self.head)

    def begin(self, held: Source, limit: int) -> None:
        page = held.snapshot(limit=limit)
        self.after = page.upto
        while True:
            self._apply(page.entries)
            if not page.more:
                return
            page = held.snapshot(page.entries[-1].id, limit)

    def follow(self, held: Source, limit: int) -> None:
        more = True
        while more:
            page = held.changes(self.after, limit)
            self._apply(page.entries)
            self.after, more = page.upto, page.more

    def _apply(self, entries: Sequence[Entry]) -> None:
        changes = {each.id: Change(each.key, each.content, each.at, position=each.position) for each in entries}
        batch = Batch()
        keep_changes(self.store, {self.head: changes}, batch)
        self.store.apply(batch, 0, self.epoch)


def test_what_differs_is_found_with_reads_that_grow_with_it_alone(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(*(put(f"L{n}", "same", b"%d" % n) for n in range(200)))
    other = Follower()
    other.follow(source(node), limit=1_000)
    acting(put("L7", "changed", b"7"), remove(b"9"), put("L900", "added", b"900"))
    ours, theirs, asked, found = source(node), other.source, 0, set[bytes]()
    level = [""]
    while level:
        asked += len(level)
        pairs = list(zip(level, ours.ranges(level), theirs.ranges(level), strict=True))
        if len(level[0]) == tree.DIGITS:
            found = {id for _, mine, its in pairs for id, _, _ in tree.differing_entries(mine, its)}
            break
        level = [below for digits, mine, its in pairs for below in tree.differing(digits, mine, its)]
    assert found == {tree.identity(key) for key in ("L7", "L9", "L900")}
    assert asked <= 5 * len(found)


def test_an_entry_changed_behind_the_ranges_back_shows(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(put("L1", "one", b"1"), put("L2", "two", b"2"))
    head = keys.final_head(0, KIND.mark, 0)
    place = head + b"e" + tree.identity("L2")
    (raw,) = node.store.read([place])
    batch = Batch()
    batch.put[place] = (raw or b"").replace(b"two", b"two"[::-1])
    node.store.apply(batch, 0, node.owner.epoch)
    held, bucket = source(node), tree.bucket_of(tree.identity("L2"))
    found = list(tree.differing_entries(held.held(bucket), held.counted_anew()[bucket]))
    assert found == [(tree.identity("L2"), True, True)]


def test_a_page_ends_where_it_is_long_enough(node: toy.Node, acting: Callable[..., None]) -> None:
    acting(*(put(f"L{n}", "x" * 100, b"%d" % n) for n in range(10)))
    held = source(node)
    page = held.changes(0, octets=300)
    assert len(page.entries) == 3
    assert page.more
    assert page.upto == page.entries[-1].position
    assert len(held.snapshot(octets=1).entries) == 1
    ids, after = list[bytes](), b""
    while True:
        page = held.snapshot(after, 3)
        ids += [each.id for each in page.entries]
        if not page.more:
            break
        after = ids[-1]
    assert ids == sorted(tree.identity(f"L{n}") for n in range(10))


def test_records_of_an_earlier_release_are_entered_and_until_then_nothing_is_said(node: toy.Node, store: Store) -> None:
    """They lie in the store without entries; what is written meanwhile, counts."""
    for n in range(300):
        key = keys.record_key(0, "XX", (1 << 40) + (n << 12), KIND.number, b"")
        batch = Batch()
        batch.put[key] = KIND.stored.write(Licence(f"L{n}", "old", published=n % 2 == 0))
        store.apply(batch, 0, node.owner.epoch)
    node.begin()
    with pytest.raises(Overloaded):
        source(node)
    enter(node)
    held = source(node)
    assert held.state().count == 300
    assert source(node, PUBLIC).state().count == 150
    consistent(held)


def test_a_data_set_says_on_which_ground_it_is_kept() -> None:
    with pytest.raises(DeclarationFault):
        dataclasses.replace(LICENCES, legal=())
    with pytest.raises(DeclarationFault):
        dataclasses.replace(LICENCES, views=(LICENCES.views[0], LICENCES.views[0]))
    with pytest.raises(DeclarationFault, match="misspelt"):
        record(908, final=dataclasses.replace(LICENCES, of=("misspelt",)))(Licence)


def test_only_a_node_signs(node: toy.Node) -> None:
    with pytest.raises(NotFound):
        toy.view(node).signed("text\n")
    assert toy.view(node, sign=toy.SIGNER.sign).signed("text\n").startswith("text\n")


def test_what_was_deleted_after_a_backup_vanishes_from_the_view_or_with_its_record(
    node: toy.Node, acting: Callable[..., None]
) -> None:
    acting(put("1", "kept", b"a"), put("2", "hidden", b"b"), put("3", "deleted", b"c"))
    at = keys.log_position(0, 0)
    ids = {name: tree.identity(name) for name in "123"}
    node.run(commands=(Vanish(at, KIND, 1, {ids["2"]: 99, ids["1"]: 1}), Vanish(at, KIND, 0, {ids["3"]: 99})))
    full, public = source(node), source(node, PUBLIC)
    assert [each.key for each in full.everything()] == sorted("12", key=tree.identity)
    assert [each.key for each in public.everything()] == ["1"], "a change since the deletion counts"
    for view in (full, public):
        assert view.counted_anew()[""] == view.held("")
        assert names(view.changes(0).entries)[-1] == "gone"
    before = full.state(), public.state()
    node.run(commands=(Vanish(at, KIND, 1, {ids["2"]: 99}), Vanish(at, KIND, 0, {ids["3"]: 99})))
    assert (full.state(), public.state()) == before, "once is enough"
