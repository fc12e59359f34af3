"""Acts of an operator: each declared, with who and why, journalled once in the commit of what it does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.model.circles import Circle
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core import node as nodes
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.door.resting import Rest
from douane.runtime.store import keys
from douane.runtime.store.decided import MAINTAINED, PAUSE, Pause, discarded, maintained, pause_key, paused, rest_key
from douane.runtime.store.envelope import DELIVERY, JOURNAL, OWNER, RowKind
from douane.runtime.store.hold import HELD, Announcement, Hold
from douane.runtime.store.ports import Batch, Log
from douane.shared_services.auditing.cases import Cases
from douane.shared_services.auditing.waiting import SLOW, Cause, cases_hit, waiting_lanes
from douane.supervision.operating import acts as known
from douane.supervision.operating.acts import ACTS, Acts
from douane.supervision.operating.beside import AGREE, MOVE, REGISTER, REPLACED, Beside
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.maintenance import FILE as MAINTENANCE
from douane.supervision.operating.maintenance import decision, holding, read_rests, write_down
from douane.supervision.operating.outcome import Asked
from douane.vocabulary.errors import BadRequest, DeclarationFault, NotAuthorised, NotFound, Overloaded
from tests.contracts import toy, virtual
from tests.contracts.test_lanes import Partner, carried, waiting

LANE = "rest:partner"
FIRST, SECOND = "operator", "operator.deputy"


def rows(store: MemoryStore) -> list[tuple[str, dict[str, str]]]:
    """Who had what done, as the journal keeps it."""
    found = [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 62, 1000)]
    return [
        (row.caller.person, json.loads(msgspec.msgpack.decode(row.content.octets, type=Announcement).text))
        for row in found
        if row.kind is RowKind.INTERVENED
    ]


def asked(act: str, on: str = "", reason: str = "it was agreed", number: int = 1) -> Asked:
    return Asked(act, f"{number:032x}", on, reason)


def aside() -> tuple[nodes.Node, MemoryStore, Acts]:
    """A node in which one message failed, and another one of the same case waits behind it."""
    store = MemoryStore(toy.Clock())
    made = toy.Node(store)
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    made.run(made.envelope("orders.place", toy.Order("O1", "A", 666)))  # a poison
    node = nodes.Node([made.owner], ended=_raise)
    told: list[str] = []
    return node, store, Acts(node, store, told=told.append)


def _raise(problem: BaseException) -> None:
    raise problem


def go(journey: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(journey())


def test_nobody_discards_alone_and_a_user_of_the_machine_does_not_agree() -> None:
    node, store, acts = aside()
    (parked,) = Cases(store).parked()
    place = f"{parked.position:x}"

    async def journey() -> None:
        node.start()
        with pytest.raises(BadRequest, match="reason"):
            await acts.perform(asked(known.DISCARD, place, " "), FIRST)
        with pytest.raises(NotFound, match="No message is set aside"):
            await acts.perform(asked(known.DISCARD, "99"), FIRST)
        for number in (1, 1, 2):
            came = await acts.perform(asked(known.DISCARD, place, "sent twice", number), FIRST)
            assert came.state == known.PROPOSED, "the same person again, by the same act or another one"
        with pytest.raises(NotAuthorised, match="nobody in particular"):
            await acts.perform(asked(known.DISCARD, place, number=3), "uid 0")
        assert [each.position for each in Cases(store).parked()] == [parked.position]
        came = await acts.perform(asked(known.DISCARD, place, "I agree", 4), SECOND)
        assert came.state == known.DISCARDED
        assert Cases(store).parked() == []
        assert (await acts.perform(asked(known.DISCARD, place, "I agree", 4), SECOND)).state == known.DISCARDED
        with pytest.raises(NotFound, match="No message is set aside"):
            await acts.perform(asked(known.RELEASE, place, number=5), FIRST)
        await node.stop()

    go(journey)
    kept = discarded(store, parked.position)
    assert kept is not None
    assert (kept.proposed_by, kept.by, kept.reason) == (FIRST, SECOND, "sent twice")
    assert [(who, each["act"], each["reason"]) for who, each in rows(store)] == [
        (FIRST, known.DISCARD, "sent twice"), (FIRST, known.DISCARD, "sent twice"), (SECOND, known.DISCARD, "I agree"),
    ]  # fmt: skip
    (case,) = Cases(store).timelines(place)
    came = next(each for each in case.happenings if each.place == place)
    assert (came.state, came.reason) == ("discarded", f"{FIRST} and {SECOND}: sent twice")


def test_a_user_may_propose_and_a_person_agrees() -> None:
    node, store, acts = aside()
    place = f"{Cases(store).parked()[0].position:x}"

    async def journey() -> None:
        node.start()
        assert (await acts.perform(asked(known.DISCARD, place), "uid 1000")).state == known.PROPOSED
        assert (await acts.perform(asked(known.DISCARD, place, number=2), FIRST)).state == known.DISCARDED
        await node.stop()

    go(journey)


def test_the_cases_hit_are_those_of_what_is_set_aside_or_lies_unhandled_and_no_other() -> None:
    _, store, _ = aside()
    (parked,) = Cases(store).parked()
    (hit,) = cases_hit(store, parked.at)
    assert (hit.case, hit.cause, hit.on) == (f"{parked.subject:x}", Cause.ASIDE, "orders.place")
    assert (hit.place, hit.since) == (f"{parked.position:x}", parked.at)
    assert parked.id in hit.known_as or hit.known_as == "O1"
    ((key, raw),) = store.scan(keys.OWNER, keys.after(keys.OWNER), 1)
    last = OWNER.read(raw)
    first = JOURNAL.read(store.scan_log(Log.JOURNAL, 0, last.journal, 1)[0][1])
    last.cursor -= 2  # as if its node had accepted them and stood still
    (batch := Batch()).put[key] = OWNER.write(last)
    store.apply(batch, 0, store.epoch(0))
    assert {each.cause for each in cases_hit(store, first.received)} == {Cause.ASIDE}, "nothing is late yet"
    found = {(each.case, each.on) for each in cases_hit(store, parked.at + 2 * SLOW) if each.cause is Cause.UNHANDLED}
    assert found == {(f"{first.subject:x}", "accounts.open"), (f"{parked.subject:x}", "orders.place")}


def test_what_waited_behind_a_discarded_message_follows() -> None:
    store = MemoryStore(toy.Clock())
    made = toy.Node(store)
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    made.run(made.envelope("orders.place", toy.Order("O1", "A", 10)))
    made.run(made.envelope("orders.amend", toy.Amend("O1", 666)))  # a poison
    made.run(made.envelope("orders.amend", toy.Amend("O1", 7)))
    made.run(made.envelope("orders.amend", toy.Amend("O1", 666)))
    made.run(made.envelope("orders.amend", toy.Amend("O1", 8)))
    behind = [each for each in Cases(store).parked() if each.waits_for]
    assert len(behind) == 3
    node = nodes.Node([made.owner], ended=_raise)
    acts = Acts(node, store)

    async def journey() -> None:
        node.start()
        place = f"{behind[0].waits_for:x}"
        await acts.perform(asked(known.DISCARD, place), FIRST)
        await acts.perform(asked(known.DISCARD, place, number=2), SECOND)
        await node.stop()

    go(journey)
    (second, last) = Cases(store).parked()
    assert (second.waits_for, last.waits_for) == (0, second.position), "the next one that failed holds up the rest"
    notes = [each.note for _, each in toy.view(made).find(toy.OrderRecord, "by_trader", "T1")[0]]
    assert [note.split()[-1] for note in notes] == ["7/1"], "what waited behind it was handled"


def test_a_paused_lane_carries_nothing_also_after_a_restart_until_it_is_resumed() -> None:
    async def journey() -> None:
        node, store = waiting("O1")
        partner = Partner()
        async with carried(node, store, partner) as lanes:
            acts = Acts(node, store, lambda: lanes)
            await asyncio.sleep(1)
            assert partner.taken == ["1"]
            came = await acts.perform(asked(known.PAUSE, LANE, "until noon"), FIRST)
            assert came.state == known.PAUSED
            await node.submit(
                toy.Node(MemoryStore(toy.Clock())).envelope("orders.place", toy.Order("O2", "A", 1), "m9")
            )
            await asyncio.sleep(7200)
            assert (await acts.perform(asked(known.RETRY, LANE, "", 2), FIRST)).state == known.PAUSED
            await asyncio.sleep(7200)
            assert partner.taken == ["1"]
            (found,) = waiting_lanes(store)
            assert (found.lane, found.waiting, found.first) == (LANE, 1, "out:2")
            assert found.pause is not None
            assert (found.pause.by, found.pause.reason) == (FIRST, "until noon")
            (hit,) = cases_hit(store, 0)
            assert (hit.cause, hit.on, hit.place) == (Cause.PARTNER, LANE, "out:2")
            again = Lanes(node, store, node.owners[0].ports.clock, {"rest": partner})
            again.recover()
            assert set(again.paused) == {LANE}
            with pytest.raises(NotFound, match="no lane"):
                await acts.perform(asked(known.PAUSE, "rest:nobody", number=3), FIRST)
            assert (await acts.perform(asked(known.RESUME, LANE, "noon", 4), SECOND)).state == known.GOES_ON
            await asyncio.sleep(0.1)
            assert partner.taken == ["1", "2"]
            assert cases_hit(store, 1 << 62) == []
            assert paused(store, [0]) == {}
            with pytest.raises(NotFound, match="not paused"):
                await acts.perform(asked(known.RESUME, LANE, number=5), FIRST)
        assert [(who, each["act"]) for who, each in rows(store)] == [
            (FIRST, known.PAUSE), (FIRST, known.RETRY), (SECOND, known.RESUME),
        ]  # fmt: skip

    virtual.run(journey())


def test_a_lane_is_tried_at_once_and_a_dropped_message_never_goes() -> None:
    async def journey() -> None:
        node, store = waiting("O1", "O2")
        partner = Partner(there=False)
        async with carried(node, store, partner) as lanes:
            acts = Acts(node, store, lambda: lanes)
            await asyncio.sleep(600)
            before, partner.there = len(partner.asked), True
            with pytest.raises(BadRequest, match="reason"):
                await acts.perform(asked(known.DROP, "out:1", ""), FIRST)
            assert (await acts.perform(asked(known.DROP, "out:1", "he had it by hand"), FIRST)).state == known.DROPPED
            assert (await acts.perform(asked(known.DROP, "out:1", "he had it by hand"), FIRST)).state == known.DROPPED
            assert (await acts.perform(asked(known.RETRY, LANE, "", 2), FIRST)).state == known.TRIED
            await asyncio.sleep(0.01)
            assert len(partner.asked) == before + 1, "without waiting for its next attempt"
            assert partner.taken == ["2"]
            for nothing in ("out:1", "out:2", "out:99", "1", "nonsense", ""):
                with pytest.raises(NotFound):
                    await acts.perform(asked(known.DROP, nothing, "again", 3), FIRST)
        (raw,) = store.read([keys.REPORT + keys.u16(0) + keys.u64(1)])
        assert raw is not None
        kept = DELIVERY.read(raw)
        assert (kept.state, kept.reason) == ("exception", "dropped by an operator: he had it by hand")
        assert [each["act"] for _, each in rows(store)] == [known.DROP, known.RETRY]

    virtual.run(journey())


def test_what_is_not_declared_does_not_exist() -> None:
    node, store, acts = aside()

    async def journey() -> None:
        node.start()
        for nonsense in ("node.stop", "", "lane"):
            with pytest.raises(NotFound, match="no act"):
                await acts.perform(asked(nonsense, "1"), FIRST)
        for act in (known.PAUSE, known.RESUME, known.RETRY):
            with pytest.raises(NotFound, match="Nothing leaves"):
                await acts.perform(asked(act, LANE), FIRST)
        await node.stop()

    go(journey)
    assert rows(store) == []
    assert all(each.title and each.on for each in ACTS.values())


def test_the_latest_decision_about_a_lane_counts_whichever_partition_has_it() -> None:
    """A partition whose worker was away when its lane was paused, or resumed, has none or an older one."""
    store = MemoryStore(toy.Clock())

    def write(partition: int, pause: Pause) -> None:
        batch = Batch()
        batch.put[pause_key(partition, LANE)] = PAUSE.write(pause)
        store.apply(batch, partition, store.take(partition))

    write(0, Pause(10, FIRST, "until noon"))
    assert paused(store, [0, 1])[LANE].by == FIRST, "partition 1 comes back and knows"
    write(1, Pause(20, SECOND, "noon", over=True))
    assert paused(store, [0, 1]) == {}, "partition 0 comes back with the older pause"
    write(0, Pause(30, FIRST, "again"))
    assert set(paused(store, [1, 0])) == {LANE}


class Beginning:
    """A node whose acts beside messages are done in a folder."""

    def __init__(self, folder: Path) -> None:
        self.store = MemoryStore(toy.Clock())
        made = toy.Node(self.store)
        made.run(made.envelope("accounts.open", toy.Open("A", 100)))
        self.node = nodes.Node([made.owner], ended=_raise)
        self.folder, self.clients = folder, folder / "identity" / "clients.toml"
        self.clients.parent.mkdir()
        self.channels: dict[str, Any] = {}
        self.read = 0
        settings = NodeSettings(data=folder)
        retaining = Retaining(settings, self.node, self.store, toy.Clock())
        catalogue = cast("Catalogue", made.owner.ports.codecs)
        beside = Beside(
            self.node,
            catalogue,
            retaining,
            folder,
            self.clients,
            lambda: self.channels,
            self._reread,
        )
        self.acts = Acts(self.node, self.store, beside=beside.acts())

    def _reread(self) -> None:
        self.read += 1

    async def put(self, act: str, content: str, number: int = 1, reason: str = "it was agreed") -> str:
        came = await self.acts.perform(asked(act, lodge(self.folder, content.encode()), reason, number), FIRST)
        return came.reason


WEBHOOK = """[[partner]]
party = "FR41234567800015"
title = "Transports Vauban"
basis = "consent of 2026-03-01"
protocol = "webhook"
address = "https://customs.vauban.example/douane"
"""
OPERATORS = f"""[[client]]
id = "operator"
kind = "operator"
certificates = ["{"A" * 43}"]
"""


def test_agreements_are_judged_before_they_replace_others_which_stay_lodged(tmp_path: Path) -> None:
    made = Beginning(tmp_path)
    file = tmp_path / "partners.toml"

    async def journey() -> None:
        made.node.start()
        with pytest.raises(DeclarationFault, match="carries webhook"):
            await made.put(AGREE, WEBHOOK)
        with pytest.raises(DeclarationFault):
            await made.put(AGREE, "[[partner]]\nparty = 1\n")
        with pytest.raises(BadRequest, match="reason"):
            await made.put(AGREE, WEBHOOK, reason=" ")
        for nobody in ("", "..", "../partners.toml", "f" * 64):
            with pytest.raises(NotFound, match="lodged"):
                await made.acts.perform(asked(AGREE, nobody), FIRST)
        assert not file.exists()
        assert rows(made.store) == []
        made.channels["webhook"] = None
        before = await made.put(AGREE, WEBHOOK)
        assert file.read_text() == WEBHOOK
        assert file.stat().st_mode & 0o077 == 0
        former = before.rpartition(" ")[2]
        assert await made.put(AGREE, WEBHOOK) == "no change"
        came = await made.acts.perform(asked(AGREE, former, "back to what was", 2), SECOND)
        assert came.state == REPLACED
        assert file.read_text() == ""
        (tmp_path / "lodged" / former).write_text("changed by hand")
        with pytest.raises(NotFound, match="lodged"):
            await made.acts.perform(asked(AGREE, former, "again", 3), SECOND)
        await made.node.stop()

    go(journey)
    assert made.read == 3
    assert [(who, each["reason"]) for who, each in rows(made.store)] == [
        (FIRST, "it was agreed"), (SECOND, "back to what was"),
    ]  # fmt: skip


def test_a_register_without_an_operator_is_refused(tmp_path: Path) -> None:
    made = Beginning(tmp_path)

    async def journey() -> None:
        made.node.start()
        made.clients.write_text(OPERATORS)
        for wrong in ("", OPERATORS.replace("operator", "x y", 1), "client = 1", "\udcff"):
            digest = lodge(tmp_path, wrong.encode("utf-8", "surrogateescape"))
            with pytest.raises(DeclarationFault):
                await made.acts.perform(asked(REGISTER, digest), FIRST)
        assert made.clients.read_text() == OPERATORS
        await made.put(REGISTER, OPERATORS.replace('"operator"', '"operator.two"', 1))
        assert "operator.two" in made.clients.read_text()
        await made.node.stop()

    go(journey)
    assert [each["act"] for _, each in rows(made.store)] == [REGISTER]


def test_a_held_node_moves_nothing(tmp_path: Path) -> None:
    made = Beginning(tmp_path)

    async def journey() -> None:
        made.node.start()
        made.node.owners[0].held = Hold(HELD, 1, "a restore")
        with pytest.raises(Overloaded, match="held"):
            await made.acts.perform(asked(MOVE, reason="space"), FIRST)
        made.node.owners[0].held = None
        came = await made.acts.perform(asked(MOVE, reason="space"), FIRST)
        assert (came.state, came.counts["moved"]) == ("moved", 0)
        await made.node.stop()

    go(journey)
    assert [each["act"] for _, each in rows(made.store)] == [MOVE]


def test_the_latest_decision_about_a_service_counts_and_a_file_of_an_earlier_release_holds(tmp_path: Path) -> None:
    store = MemoryStore(toy.Clock())
    epochs = [store.take(partition) for partition in (0, 1)]

    def decided(partition: int, rest: Rest, at: int, *, over: bool = False) -> None:
        (batch := Batch()).put[rest_key(partition, rest.name)] = MAINTAINED.write(
            decision(None if over else rest, at, maintained(store, (0, 1)).get(rest.name))
        )
        store.apply(batch, partition, epochs[partition])

    transit, former = Rest("transit", 1, 9, Circle.UNTRUSTED), Rest("guarantees", 1, 9)
    (tmp_path / MAINTENANCE).write_bytes(msgspec.json.encode((former,)))
    decided(0, transit, 5)
    assert holding(tmp_path, store, (0, 1)) == (former, transit)
    write_down(tmp_path, store, (0, 1))
    assert read_rests(tmp_path) == (former, transit)
    decided(1, transit, 2, over=True)  # by a host whose clock is behind
    assert holding(tmp_path, store, (0, 1)) == (former,)
    decided(1, former, 7, over=True)
    assert holding(tmp_path, store, (0, 1)) == ()
    decided(0, transit, 8)
    assert holding(tmp_path / "another host", store, (0, 1)) == (transit,)
