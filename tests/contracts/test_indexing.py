"""An index that a later release adds, over every store: built in slices while records are written and removed."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.runtime.core import node as nodes
from douane.runtime.core.overlay import GONE
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.indexing import BuildIndex, Unbuilt, unbuilt
from douane.runtime.store.ports import SECOND, Batch, Store
from douane.runtime.store.queries import View
from douane.runtime.store.records import Value, kind_of, record
from douane.runtime.store.values import Stored
from douane.runtime.upkeep.indexer import build_indexes
from douane.vocabulary.errors import DeclarationFault, Overloaded, StoreUnavailable
from tests.contracts import toy

NUMBER = 991


class Before(Value, frozen=True):
    """The record as the release before wrote it."""

    name: str
    weight: int


@record(
    NUMBER, version=2, upgrades={1: lambda fields: [*fields, f"C{fields[1] % 5}"]},
    indexes={"by_name": ("name",), "by_origin": ("origin", "weight")}, later=("by_origin",),
)  # fmt: skip
class Parcel(Value, frozen=True):
    """The record of this release: with a field and an index more."""

    name: str
    weight: int
    origin: str


KIND = kind_of(Parcel)
BY_ORIGIN = KIND.index("by_origin")
OLD = Stored(NUMBER, Before, 1)


def subject(number: int) -> int:
    return 1 << 40 | number << 12  # partition 0


def key_of(number: int, administration: str = "XX") -> bytes:
    return keys.record_key(0, administration, subject(number), NUMBER, b"")


def mine(store: Store) -> list[Unbuilt]:
    """What is to be built of these records: others that tests declare are not looked at here."""
    return [each for each in unbuilt(store, 0) if each[0] is KIND]


def fill(store: Store, count: int, administration: str = "XX") -> None:
    """What the release before left: records, and entries of the index it knew."""
    epoch = store.take(0)
    head = keys.space(keys.INDEX, 0) + administration.encode()
    for start in range(0, count, 5_000):
        batch = Batch()
        for number in range(start, min(count, start + 5_000)):
            value, key = Before(f"P{number:06}", number % 97), key_of(number, administration)
            batch.put[key] = OLD.write(value)
            tail = key[5:13]
            for entry in KIND.indexes[0].entries((value.name,), head, tail):
                batch.put[entry] = key
        store.apply(batch, 0, epoch)


def change(tick: Tick, chance: random.Random, count: int) -> None:
    """Write, change or remove a few records, as handlers would."""
    for _ in range(chance.randrange(6)):
        number = chance.randrange(count + 50)
        found = tick.overlay.record(KIND, key_of(number))
        match chance.randrange(4):
            case 0:
                tick.overlay.change(KIND, key_of(number), GONE)
            case 1 if isinstance(found, Parcel):  # nothing of the new index changes
                tick.overlay.change(KIND, key_of(number), msgspec.structs.replace(found, name=f"Q{number}"))
            case _:
                made = Parcel(f"N{number}", chance.randrange(97), f"C{chance.randrange(5)}")
                tick.overlay.change(KIND, key_of(number), made)


def build(node: toy.Node, records: int, chance: random.Random, count: int) -> int:
    """Slices with load between and beside them, until nothing is left; how many there were."""
    slices = 0
    while unbuilt_here := mine(node.store):
        slices += 1
        tick = Tick(node.owner)
        change(tick, chance, count)
        order = node.envelope("orders.place", toy.Order(f"O{slices}", "A", 1))
        tick.run([order], [BuildIndex(0, kind, index, records) for kind, index in unbuilt_here])
        if chance.random() < 0.02:
            node.begin()
    return slices


def entries(store: Store, administration: str = "XX") -> dict[bytes, bytes]:
    """The index as it stands."""
    prefix = keys.space(keys.INDEX, 0) + administration.encode() + BY_ORIGIN.mark
    return dict(store.scan(prefix, keys.after(prefix), 1_000_000))


def expected(store: Store, administration: str = "XX") -> dict[bytes, bytes]:
    """The index as the records say it must be."""
    return dict(_expected(store, administration.encode()))


def _expected(store: Store, administration: bytes) -> Iterator[tuple[bytes, bytes]]:
    prefix, head = keys.space(keys.RECORD, 0) + administration, keys.space(keys.INDEX, 0) + administration
    for key, raw in store.scan(prefix, keys.after(prefix), 1_000_000):
        if key[13:15] == KIND.mark:
            value = KIND.stored.read(raw)
            for entry in BY_ORIGIN.entries(BY_ORIGIN.values(value), head, key[5:13]):
                yield entry, key


@pytest.mark.parametrize("seed", range(3))
def test_an_index_built_in_slices_under_load_is_what_the_records_say(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    fill(store, 300)
    slices = build(toy.Node(store), 16, chance, 300)
    assert slices >= 300 // 16
    assert entries(store) == expected(store)
    assert len(entries(store)) > 200


@pytest.mark.parametrize("records", [3, 8, 40, 500])
def test_a_build_ends_though_more_is_written_than_slices_reach(store: Store, records: int) -> None:
    administrations = ("AA", "XX", "ZZ")
    for n, each in enumerate(administrations):
        fill(store, 40 * n, each)
    node, slices = toy.Node(store), 0
    while mine(store):
        node.clock.at += SECOND
        tick = Tick(node.owner)
        for number in range(30):
            key = keys.record_key(0, administrations[number % 3], tick.overlay.fresh_subject(), NUMBER, b"")
            tick.overlay.change(KIND, key, Parcel(f"N{number}", number, "C1"))
        tick.run([], [BuildIndex(0, KIND, BY_ORIGIN, records)])
        slices += 1
        assert slices < 100
    assert slices <= 150 // records + 1  # those of the first tick may count as old
    for each in administrations:
        assert entries(store, each) == expected(store, each)
    assert len(entries(store, "ZZ")) == 80 + 10 * slices


def test_find_is_refused_until_the_index_is_whole_and_right_after(store: Store) -> None:
    fill(store, 40)
    node = toy.Node(store)
    view = View(store, "XX", 0, toy.Look)
    with pytest.raises(Overloaded, match="by_origin is being built"):
        view.find(Parcel, "by_origin", "C1")
    assert [parcel.name for _, parcel in view.find(Parcel, "by_name", "P000007")[0]] == ["P000007"]
    build(node, 16, random.Random(1), 1)
    found, _ = view.find(Parcel, "by_origin", "C1", limit=50)
    assert {parcel.weight % 5 for _, parcel in found if parcel.name.startswith("P")} == {1}
    assert mine(store) == []
    assert Tick(node.owner).run([], [BuildIndex(0, KIND, BY_ORIGIN)]) == []


def test_how_far_it_is_built_survives_the_owner(store: Store) -> None:
    fill(store, 100)
    node = toy.Node(store)
    Tick(node.owner).run([], [BuildIndex(0, KIND, BY_ORIGIN, 30)])
    node.begin()
    assert 0 < len(entries(store)) <= 30
    slices = build(node, 30, random.Random(2), 1)
    assert slices == 3
    assert entries(store) == expected(store)


def test_an_index_of_a_later_release_must_be_one_that_is_declared() -> None:
    with pytest.raises(DeclarationFault, match="by_weight"):
        record(992, indexes={"by_name": ("name",)}, later=("by_weight",))(Before)


def test_a_node_builds_what_is_missing_beside_its_messages(store: Store) -> None:
    fill(store, 600)
    made = toy.Node(store)

    async def journey() -> None:
        problems: list[BaseException] = []
        node = nodes.Node([made.owner], ended=problems.append)
        building = asyncio.create_task(build_indexes(node))
        for number in range(5):
            await node.submit(made.envelope("orders.place", toy.Order(f"O{number}", "A", 1)))
        async with asyncio.timeout(30):
            await building
        await node.stop()
        assert problems == []

    asyncio.run(journey())
    assert entries(store) == expected(store)
    assert len(entries(store)) == 600


@pytest.mark.parametrize("reading", [False, True])
def test_where_the_store_refuses_a_node_tries_again(
    store: Store, reading: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, 10)
    made = toy.Node(store)

    def refuse(*_: object) -> None:
        raise StoreUnavailable("The connection is lost.")

    async def journey() -> None:
        node = nodes.Node([made.owner], ended=lambda problem: None)
        made.owner.end()
        with monkeypatch.context() as away:
            if reading:
                away.setattr(store, "read", refuse)
                away.setattr(store, "scan", refuse)
            building = asyncio.create_task(build_indexes(node, look=0.001))
            await asyncio.sleep(0.01)
        assert not building.done()
        made.begin()
        node.owners[0] = made.owner
        async with asyncio.timeout(30):
            await building
        await node.stop()

    asyncio.run(journey())
    assert len(entries(store)) == 10


@pytest.mark.slow
def test_a_hundred_thousand_records_are_indexed_while_orders_pass(store: Store) -> None:
    count = 5_000 if isinstance(store, MemoryStore) else 100_000  # which sorts its keys anew for each scan
    fill(store, count)
    node = toy.Node(store)
    node.run(node.envelope("accounts.open", toy.Open("A", 1 << 60)))
    slices = build(node, 4_096, random.Random(3), count)
    assert slices > count // 4_096
    assert node.owner.parked() == []
    assert entries(store) == expected(store)
    assert len(entries(store)) > 0.99 * count
    assert toy.sent_to(store, "T1") == ["Confirmed"] * slices
