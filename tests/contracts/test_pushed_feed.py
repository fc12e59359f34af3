"""A feed that is pushed: in order, to whoever chose it, alone with its replica, believed no more than a read one."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from douane.applications.final_data.messages import FeedKept, FeedNotKept, FeedsQuestion, FeedWanted
from douane.applications.final_data.records import feeds as kept_feeds
from douane.backends.memory.backend import MemoryStore
from douane.central_repository import feeding
from douane.central_repository.feeding import Feeding, Following
from douane.central_repository.pushed import Answered, Pushed
from douane.central_repository.replica.answers import View
from douane.central_repository.replica.proving import prove
from douane.central_repository.replica.receiving import Receiving
from douane.central_repository.replica.replica import Replica
from douane.runtime.store.ports import Store
from douane.runtime.upkeep.beside import kept_up
from douane.testing.office import Office, administration, trader
from douane.vocabulary.errors import (
    DouaneError,
    FeedBroken,
    NotAuthorised,
    NotFound,
    PartnerUnreachable,
    StoreUnavailable,
)
from douane.vocabulary.feeds import Feed
from tests.contracts.test_replica import (
    CATALOGUE,
    DE,
    FR,
    FULL,
    NAMES,
    PUBLIC,
    Centre,
    Clock,
    deliver,
    everything,
    name,
)

FEED = Feed("FR", "economic_operators", "full", "https://replica.fr.example/feed")
Change = Callable[[Pushed], Pushed | None]


@dataclass
class Way:
    """The way to replicas in this process. change: what becomes of what is pushed; None: it is lost."""

    replicas: dict[str, Receiving] = field(default_factory=dict)
    offered: list[Pushed] = field(default_factory=list)
    change: Change = lambda pushed: pushed
    waits: dict[str, float] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)

    async def offer(self, feed: Feed, order: str, body: bytes) -> Answered:
        pushed = msgspec.json.decode(body, type=Pushed)
        assert pushed.order == order
        await asyncio.sleep(self.waits.get(feed.subscriber, 0))
        if feed.subscriber in self.away:
            raise PartnerUnreachable("Nobody answers.")
        self.offered.append(pushed)
        came = self.change(pushed)
        if came is None:
            raise PartnerUnreachable("It was lost.")
        try:  # over JSON, as on the wire
            wire = msgspec.json.decode(msgspec.json.encode(came), type=Pushed)
            return msgspec.json.decode(msgspec.json.encode(self.replicas[feed.subscriber].take(wire)), type=Answered)
        except DouaneError as problem:
            raise PartnerUnreachable(problem.text) from problem

    async def close(self) -> None:
        pass


class Ask:
    """An office, asked in the name of a follower. limit: entries of a page."""

    def __init__(self, office: Office) -> None:
        self.office, self.limit, self.asked = office, 5, list[tuple[str, str]]()

    def __call__(self, operation: str, feed: Feed, question: Mapping[str, object]) -> Any:
        limit = {} if operation == "state" else {"limit": self.limit}
        asked = {"data_set": feed.data_set, "view": feed.view, **question, **limit}
        request = CATALOGUE.operation(f"final_data.{operation}").request
        self.asked.append((feed.subscriber, operation))
        return self.office.ask(msgspec.convert(asked, request), by=administration(feed.subscriber))

    def positions(self, feed: Feed) -> Sequence[int]:
        return [each.position for each in self("state", feed, {}).sources]


@pytest.fixture
def office() -> Office:
    made = Office("EU", "DE", "FR")
    deliver(made, NAMES)
    return made


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for each, value in (("PACE", 0.01), ("CURRENT", 0.05), ("FIRST_PAUSE", 0.02), ("LONGEST_PAUSE", 0.05)):
        monkeypatch.setattr(feeding, each, value)


def replica_of(office: Office, *views: View, store: Store | None = None) -> Replica:
    return Replica(store or MemoryStore(), views or (FULL,), office.key, Clock())


class Pushing:
    """Feeds of an office while a block lasts."""

    def __init__(self, office: Office, way: Way, feeds: list[Feed], *, limit: int = 5) -> None:
        self.ask = Ask(office)
        self.ask.limit = limit
        self.failures: list[str] = []
        self.backs = 0
        self.feeding = Feeding(lambda: feeds, self.ask.positions, self.ask, way, self._failed, self._back)

    def _failed(self, following: Following) -> None:
        self.failures.append(following.reason)

    def _back(self, _following: Following) -> None:
        self.backs += 1

    async def __aenter__(self) -> Pushing:
        self.task = asyncio.create_task(self.feeding.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.005)


def test_it_brings_a_replica_to_where_the_view_is_and_keeps_it_there(office: Office, store: Store) -> None:
    """Snapshot, changes and a tombstone, each in pages, over every store; what was proven is what was pushed."""
    replica = replica_of(office, FULL, PUBLIC, store=store)
    way = Way({"FR": Receiving(replica)})
    centre = Centre(office)

    async def journey() -> None:
        async with Pushing(office, way, [FEED, FEED._replace(view="public")]):
            await until(lambda: _current(replica, 2))
            assert {each.order for each in way.offered} == {"state", "snapshot"}
            deliver(office, {"DE1": "Anders"}, publish=False)
            await until(lambda: name(replica, "DE1") == "Anders" and name(replica, "DE1", "public") is None)
        assert [(await prove(replica, centre, view)).equal for view in (FULL, PUBLIC)] == [True, True]

    asyncio.run(journey())
    assert b'Name1"' not in everything(store), "a tombstone says nothing of what it was"


def _current(replica: Replica, views: int) -> bool:
    found = replica.standing()
    return len(found) == views and all(each.read_at for each in found)


def test_a_replica_that_is_away_or_slow_slows_no_other_and_catches_up(office: Office) -> None:
    replicas = {code: replica_of(office) for code in ("FR", "DE", "BE")}
    way = Way({code: Receiving(each) for code, each in replicas.items()})
    way.away.add("BE")
    way.waits["DE"] = 0.2
    feeds = [FEED._replace(subscriber=code) for code in ("BE", "DE", "FR")]

    async def journey() -> None:
        async with Pushing(office, way, feeds, limit=2) as pushing:
            await until(lambda: _current(replicas["FR"], 1))
            assert not _current(replicas["DE"], 1)
            assert not replicas["BE"].standing()
            for n in range(20):
                deliver(office, {f"DE9{n}": f"New{n}"})
            await until(lambda: name(replicas["FR"], "DE919") == "New19")
            assert not replicas["BE"].standing()
            way.away.clear()
            del way.waits["DE"]
            await until(lambda: all(_current(each, 1) and name(each, "DE919") == "New19" for each in replicas.values()))
            assert set(pushing.failures) == {"Nobody answers."}
            await until(lambda: pushing.backs == 1)

    asyncio.run(journey())


def test_what_is_lost_or_comes_twice_changes_nothing(office: Office) -> None:
    """Every other answer is lost behind the taking; every page comes a second time, late."""
    replica, earlier = replica_of(office), list[Pushed]()
    receiving = Receiving(replica)
    way = Way({"FR": receiving})

    def twice(pushed: Pushed) -> Pushed | None:
        for each in earlier:
            receiving.take(each)
        earlier.append(pushed)
        if len(earlier) % 2:
            receiving.take(pushed)
            return None
        return pushed

    way.change = twice

    async def journey() -> None:
        async with Pushing(office, way, [FEED], limit=3):
            await until(lambda: _current(replica, 1))
            deliver(office, {"DE1": "Anders", "DE77": "Neu"})
            await until(lambda: name(replica, "DE77") == "Neu")

    asyncio.run(journey())
    assert receiving.broken is None
    assert asyncio.run(prove(replica, Centre(office), FULL)).equal


def _other_name(pushed: Pushed) -> Pushed:
    return msgspec.json.decode(msgspec.json.encode(pushed).replace(b"Name", b"Evil"), type=Pushed)


def _turned(pushed: Pushed) -> Pushed:
    return msgspec.structs.replace(pushed, entries=pushed.entries[::-1])


def _shorter(pushed: Pushed) -> Pushed:
    return msgspec.structs.replace(pushed, entries=pushed.entries[:-1])


def _ended(pushed: Pushed) -> Pushed:
    return msgspec.structs.replace(pushed, more=False)


@pytest.mark.parametrize("lie", [_other_name, _turned, _shorter, _ended])
@pytest.mark.parametrize("order", ["snapshot", "changes"])
def test_what_is_forged_reordered_or_cut_short_stops_it_and_names_the_position(
    office: Office, lie: Change, order: str
) -> None:
    replica = replica_of(office)
    receiving = Receiving(replica)
    way = Way({"FR": receiving})
    place = 0

    async def journey() -> None:
        nonlocal place
        if order == "changes":
            async with Pushing(office, way, [FEED]):
                await until(lambda: _current(replica, 1))
            place = replica.standing()[0].position
            deliver(office, {f"DE{n}": f"Name{n}a" for n in range(1, 9)})
        way.change = lambda pushed: lie(pushed) if pushed.order == order else pushed
        async with Pushing(office, way, [FEED]) as pushing:
            await until(lambda: receiving.broken is not None and len(pushing.failures) > 1)
            assert f"source 0, cannot be believed at position {place}" in pushing.failures[0]
            way.change = lambda pushed: pushed
            seen = len(way.offered)
            await until(lambda: len(way.offered) > seen + 1)
            assert replica.cursor(FULL, 0).after == place, "once stopped, it takes nothing more"

    asyncio.run(journey())
    assert not any(b"Evil" in (each.content or b"") for each in replica.source(FULL, 0).everything())


@pytest.mark.parametrize(
    "places",
    [
        [("snapshot", "0" * 64), ("snapshot", "1" * 64)], [("changes", "1"), ("changes", "0")],
        [("snapshot", "f" * 64), ("changes", "0"), ("snapshot", "")],
    ],
)  # fmt: skip
def test_a_replica_that_goes_to_and_fro_is_left_alone_for_longer_and_longer(
    office: Office, places: list[tuple[str, str]]
) -> None:
    """Whoever answers at its address would have the centre make and sign pages for it as fast as it asks."""
    told = itertools.cycle(places)

    class Greedy(Way):
        async def offer(self, feed: Feed, order: str, body: bytes) -> Answered:
            self.offered.append(msgspec.json.decode(body, type=Pushed))
            await asyncio.sleep(0)
            place = dict(zip(("order", "after"), next(told), strict=True))
            return msgspec.convert({"reached": [{"source": 0, **place}]}, Answered)

    way = Greedy()

    async def journey() -> None:
        async with Pushing(office, way, [FEED]) as pushing:
            await asyncio.sleep(0.5)
            assert len(pushing.failures) >= 2
            assert len(way.offered) <= 5 * len(pushing.failures)

    asyncio.run(journey())


@pytest.mark.parametrize(
    "said",
    [{"order": "look_up"}, {"order": "changes", "after": "ff"}, {"order": "changes"}, {"after": "00"}],
)  # fmt: skip
def test_what_is_no_place_of_a_feed_is_no_answer_of_a_replica(said: dict[str, str]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode({"reached": [{"source": 0, **said}]}), type=Answered)


def test_a_page_that_is_left_out_or_a_centre_that_went_back_is_named(office: Office) -> None:
    replica, ask = replica_of(office), Ask(office)
    receiving = Receiving(replica)
    before = ask("state", FEED, {}).note

    async def journey() -> None:
        async with Pushing(office, Way({"FR": receiving}), [FEED]):
            await until(lambda: _current(replica, 1))

    asyncio.run(journey())
    place = replica.cursor(FULL, 0).after
    deliver(office, {f"DE{n}": f"Name{n}b" for n in range(1, 9)})
    first, second = (_page(ask, after) for after in (place, place + ask.limit))
    assert receiving.take(_state(before)).reached[0].after == str(place), "what was signed before is late, and no more"
    with pytest.raises(FeedBroken, match=f"at position {place}: what follows it is left out"):
        receiving.take(second)
    anew = Receiving(replica)
    assert anew.take(first).reached[0].after == str(place + ask.limit)
    with pytest.raises(FeedBroken, match="it went back"):
        Receiving(replica).take(_state(before))


def _page(ask: Ask, after: int) -> Pushed:
    page = ask("changes", FEED, {"source": 0, "after": after})
    return Pushed(FEED.data_set, FEED.view, "changes", page.note, 0, str(after), msgspec.to_builtins(page.entries),
                  page.upto, page.more)  # fmt: skip


def _state(note: str) -> Pushed:
    return Pushed(FEED.data_set, FEED.view, "state", note)


def test_a_replica_takes_nothing_for_a_view_that_it_does_not_keep_nor_what_is_no_page(office: Office) -> None:
    receiving = Receiving(replica_of(office, PUBLIC))
    ask = Ask(office)
    with pytest.raises(NotFound):
        receiving.take(_state(ask("state", FEED, {}).note))
    public = msgspec.structs.replace(_state(ask("state", FEED, {}).note), view="public")
    with pytest.raises(FeedBroken, match="it is about economic_operators"):
        receiving.take(public)


def _answer(office: Office, asked: FeedWanted, by: Any, id: str) -> Any:
    try:
        office.send(asked, by=by, id=id)
    except DouaneError as problem:
        return problem
    return next((m for m in reversed(office.inbox(by)) if isinstance(m, FeedKept | FeedNotKept)), None)


def test_who_chooses_it_is_pushed_to_and_nobody_chooses_for_another(office: Office) -> None:
    wanted = FeedWanted(follower="FR", data_set="economic_operators", view="full", address=FEED.address)
    assert isinstance(_answer(office, wanted, FR, "1"), FeedKept)
    assert kept_feeds(office._view("EU")) == [FEED]
    assert [each.address for each in office.ask(FeedsQuestion(follower="FR"), by=FR, of="EU").feeds] == [FEED.address]
    stolen = msgspec.structs.replace(wanted, address="https://de.example/feed")
    assert not isinstance(_answer(office, stolen, DE, "2"), FeedKept)
    assert isinstance(_answer(office, stolen, trader("FR1"), "3"), NotAuthorised)
    assert kept_feeds(office._view("EU")) == [FEED]
    with pytest.raises(NotAuthorised):
        office.ask(FeedsQuestion(follower="FR"), by=DE, of="EU")
    for number, change in enumerate(
        ({"data_set": "no_such_set"}, {"view": "partner", "data_set": "authorised_economic_operators"},
         {"address": "https://0x7f000001/feed"}, {"address": "ftp://fr.example/feed"})
    ):  # fmt: skip
        refused = _answer(office, msgspec.structs.replace(wanted, **change), FR, f"wrong {number}")
        assert isinstance(refused, FeedNotKept), change
        assert len(refused.reasons) == 1
    assert isinstance(_answer(office, msgspec.structs.replace(wanted, address=""), FR, "4"), FeedKept)
    assert kept_feeds(office._view("EU")) == []


def test_a_feed_that_ends_or_goes_elsewhere_ends_at_once(office: Office) -> None:
    replica, feeds = replica_of(office), [FEED]
    way = Way({"FR": Receiving(replica)})

    async def journey() -> None:
        async with Pushing(office, way, feeds) as pushing:
            await until(lambda: _current(replica, 1))
            feeds.clear()
            await until(lambda: not pushing.feeding.following)
            seen = len(way.offered)
            deliver(office, {"DE1": "Later"})
            await asyncio.sleep(0.1)
            assert len(way.offered) == seen

    asyncio.run(journey())
    assert json.loads(replica.look_up("economic_operators", "DE1").content or b"")["name"] == "Name1"


def test_a_page_is_made_once_for_all_who_follow_and_anew_once_the_view_moved(office: Office) -> None:
    replicas = {code: replica_of(office) for code in ("FR", "DE", "BE")}
    way = Way({code: Receiving(each) for code, each in replicas.items()})

    async def journey() -> None:
        async with Pushing(office, way, [FEED._replace(subscriber=code) for code in replicas], limit=3) as pushing:
            await until(lambda: all(_current(each, 1) for each in replicas.values()))
            made = [who for who, operation in pushing.ask.asked if operation == "snapshot"]
            assert len(made) == len(NAMES) // 3
            assert {who for who, operation in pushing.ask.asked if operation == "state"} >= set(replicas)
            deliver(office, {"DE1": "Anders"})
            await until(lambda: all(name(each, "DE1") == "Anders" for each in replicas.values()))

    asyncio.run(journey())


def test_a_store_that_refuses_for_a_moment_ends_no_feed_for_good(office: Office) -> None:
    """What pushes is begun anew beside the node, and then every feed is."""
    replica, refuses = replica_of(office), [True]
    way, ask = Way({"FR": Receiving(replica)}), Ask(office)

    def feeds() -> list[Feed]:
        if replica.standing() and refuses.pop() if refuses else False:
            raise StoreUnavailable("The disk is full.")
        return [FEED]

    async def journey() -> None:
        made, told = Feeding(feeds, ask.positions, ask, way), list[BaseException]()
        task = asyncio.create_task(kept_up(made.run, told.append))
        await until(lambda: bool(told))
        deliver(office, {"DE1": "Later"})
        await until(lambda: bool(replica.standing()) and name(replica, "DE1") == "Later")
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(journey())
