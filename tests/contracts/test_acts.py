"""Acts of an operator: each declared, with who and why, journalled once in the commit of what it does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.backends.memory.backend import MemoryStore
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.identity.operators import Doer, Operator, Operators
from douane.model.caller import OPERATOR
from douane.model.circles import Circle
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core import node as nodes
from douane.runtime.core.commands import Act, HoldFirst, Holds
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.door.resting import Rest
from douane.runtime.store import keys
from douane.runtime.store.decided import (
    MAINTAINED,
    PAUSE,
    Approved,
    Pause,
    approvals,
    discarded,
    maintained,
    pause_key,
    paused,
    rest_key,
)
from douane.runtime.store.envelope import DELIVERY, JOURNAL, OWNER, RowKind
from douane.runtime.store.hold import HELD, Announcement, Hold
from douane.runtime.store.ports import Batch, Log
from douane.shared_services.auditing.cases import Cases
from douane.shared_services.auditing.waiting import SLOW, Cause, cases_hit, waiting_lanes
from douane.supervision.operating import acts as states
from douane.supervision.operating import declared as known
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.beside import REPLACED, Beside
from douane.supervision.operating.declared import ACTS, AGREE, MOVE, REGISTER
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.maintenance import FILE as MAINTENANCE
from douane.supervision.operating.maintenance import decision, holding, read_rests, write_down
from douane.supervision.operating.outcome import Asked
from douane.supervision.operating.two_persons import PROPOSED
from douane.trust.holding import Holding
from douane.vocabulary.errors import BadRequest, DeclarationFault, NotAuthorised, NotFound, Overloaded
from tests.contracts import toy, virtual
from tests.contracts.test_lanes import Partner, carried, waiting

LANE = "rest:partner"
FIRST, SECOND = "operator", "operator.deputy"
ONE, OTHER = Doer(FIRST), Doer(SECOND)


def rows(store: MemoryStore) -> list[tuple[str, dict[str, str]]]:
    """Who had what done, as the journal keeps it."""
    found = [JOURNAL.read(raw) for _, raw in store.scan_log(Log.JOURNAL, 0, 1 << 62, 1000)]
    return [
        (row.caller.person, json.loads(msgspec.msgpack.decode(row.content.octets, type=Announcement).text))
        for row in found
        if row.kind is RowKind.INTERVENED
    ]


def asked(act: str, on: str = "", reason: str = "it was agreed", number: int = 1, seen: str = "") -> Asked:
    return Asked(act, f"{number:032x}", on, reason, seen=seen)


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
            await acts.perform(asked(known.DISCARD, place, " "), ONE)
        with pytest.raises(NotFound, match="No message is set aside"):
            await acts.perform(asked(known.DISCARD, "99"), ONE)
        came = await acts.perform(asked(known.DISCARD, place, "sent twice", 1), ONE)
        for number in (1, 2):
            came = await acts.perform(asked(known.DISCARD, place, "sent twice", number), ONE)
            assert came.state == PROPOSED, "the same person again, by the same act or another one"
        seen = came.digest
        with pytest.raises(NotAuthorised, match="nobody in particular"):
            await acts.perform(asked(known.DISCARD, place, number=3, seen=seen), Doer(user="uid 0"))
        with pytest.raises(NotAuthorised, match="yourself"):
            await acts.perform(asked(known.DISCARD, place, number=3, seen=seen), ONE)
        with pytest.raises(NotAuthorised, match="alone"):
            await acts.perform(asked(known.DISCARD, place, number=3, seen=seen), Doer(SECOND, alone=True))
        assert [each.position for each in Cases(store).parked()] == [parked.position]
        for _ in range(2):
            came = await acts.perform(asked(known.DISCARD, place, "I agree", 4, seen), OTHER)
            assert came.state == states.DISCARDED
            assert Cases(store).parked() == []
        assert acts.waiting() == []
        with pytest.raises(NotFound, match="No message is set aside"):
            await acts.perform(asked(known.RELEASE, place, number=5), ONE)
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


def test_a_command_proposes_for_an_account_that_confirms_it_before_another_agrees() -> None:
    node, store, acts = aside()
    place = f"{Cases(store).parked()[0].position:x}"

    async def journey() -> None:
        node.start()
        with pytest.raises(NotAuthorised, match="nobody in particular"):
            await acts.perform(asked(known.DISCARD, place), Doer(user="uid 1000"))
        came = await acts.perform(asked(known.DISCARD, place), Doer(user="uid 1000", named=FIRST))
        assert (came.state, came.reason) == (PROPOSED, f"{FIRST} has to confirm it, signed in")
        (waits,) = acts.waiting()
        assert (waits.by, waits.confirmed, waits.user, waits.drawn) == (FIRST, False, "uid 1000", came.drawn)
        with pytest.raises(NotAuthorised, match="has not confirmed it"):
            await acts.perform(asked(known.DISCARD, place, number=2, seen=came.digest), OTHER)
        with pytest.raises(NotAuthorised, match="nobody in particular"):
            await acts.perform(asked(known.DISCARD, place, number=2, seen=came.digest), Doer(user="u", named=FIRST))
        mine = await acts.perform(asked(known.DISCARD, place, number=3, seen=came.digest), ONE)
        assert (mine.state, mine.digest) == (PROPOSED, came.digest)
        with pytest.raises(NotAuthorised, match="yourself"):
            await acts.perform(asked(known.DISCARD, place, number=4, seen=came.digest), ONE)
        done = await acts.perform(asked(known.DISCARD, place, number=5, seen=came.digest), OTHER)
        assert done.state == states.DISCARDED
        await node.stop()

    go(journey)


@pytest.mark.parametrize("by", [ONE, OTHER, Doer(user="uid 0", named=FIRST)], ids=["himself", "another", "the shell"])
def test_what_is_agreed_with_is_what_was_seen_and_a_new_proposal_voids_it(by: Doer) -> None:
    node, store, acts = aside()
    place, third = f"{Cases(store).parked()[0].position:x}", Doer("eu.third")

    async def journey() -> None:
        node.start()
        seen = (await acts.perform(asked(known.DISCARD, place, "sent twice"), ONE)).digest
        again = (await acts.perform(asked(known.DISCARD, place, "sent twice", 2), by)).digest
        assert again != seen, "also where it says the same"
        for wrong in (seen, "0" * 64):
            with pytest.raises(BadRequest, match="since you looked"):
                await acts.perform(asked(known.DISCARD, place, "I read it", 3, wrong), third)
        assert len(Cases(store).parked()) == 1
        await node.stop()

    go(journey)


def test_what_would_be_done_has_changed_since_it_was_proposed() -> None:
    node, store, acts = aside()
    place = f"{Cases(store).parked()[0].position:x}"

    async def journey() -> None:
        node.start()
        seen = (await acts.perform(asked(known.DISCARD, place), ONE)).digest
        await acts.perform(asked(known.RELEASE, place, number=2), OTHER)  # it fails again: an attempt more
        with pytest.raises(BadRequest, match="has changed"):
            await acts.perform(asked(known.DISCARD, place, number=3, seen=seen), OTHER)
        await node.stop()

    go(journey)


def test_where_operators_are_kept_a_command_says_whose_act_it_is() -> None:
    node, store, _ = aside()
    anna = Operator("eu.anna.berg", "Anna Berg", "https://id.example", "248")
    acts = Acts(node, store, operators=lambda: Operators({anna.account: anna}))
    place = f"{Cases(store).parked()[0].position:x}"

    async def journey() -> None:
        node.start()
        for nobody, why in (
            (Doer(user="uid 0"), "which person uid 0 is"),
            (Doer(user="uid 0", named="eu.carl.who"), "'eu.carl.who' is no operator"),
            (Doer(), "which person this is"),
        ):
            with pytest.raises(NotAuthorised, match=why):
                await acts.perform(asked(known.RELEASE, place), nobody)
        await acts.perform(asked(known.RELEASE, place), Doer(user="uid 0", named=anna.account))
        await node.stop()

    go(journey)
    assert [who for who, _ in rows(store)] == ["uid 0 for eu.anna.berg"]


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
        seen = (await acts.perform(asked(known.DISCARD, place), ONE)).digest
        await acts.perform(asked(known.DISCARD, place, number=2, seen=seen), OTHER)
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
            came = await acts.perform(asked(known.PAUSE, LANE, "until noon"), ONE)
            assert came.state == states.PAUSED
            await node.submit(
                toy.Node(MemoryStore(toy.Clock())).envelope("orders.place", toy.Order("O2", "A", 1), "m9")
            )
            await asyncio.sleep(7200)
            assert (await acts.perform(asked(known.RETRY, LANE, "", 2), ONE)).state == states.PAUSED
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
                await acts.perform(asked(known.PAUSE, "rest:nobody", number=3), ONE)
            assert (await acts.perform(asked(known.RESUME, LANE, "noon", 4), OTHER)).state == states.GOES_ON
            await asyncio.sleep(0.1)
            assert partner.taken == ["1", "2"]
            assert cases_hit(store, 1 << 62) == []
            assert paused(store, [0]) == {}
            with pytest.raises(NotFound, match="not paused"):
                await acts.perform(asked(known.RESUME, LANE, number=5), ONE)
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
                await acts.perform(asked(known.DROP, "out:1", ""), ONE)
            came = await acts.perform(asked(known.DROP, "out:1", "he had it by hand"), ONE)
            assert came.state == PROPOSED
            for _ in range(2):
                done = await acts.perform(asked(known.DROP, "out:1", "I agree", 4, came.digest), OTHER)
                assert done.state == states.DROPPED
            assert (await acts.perform(asked(known.RETRY, LANE, "", 2), ONE)).state == states.TRIED
            await asyncio.sleep(0.01)
            assert len(partner.asked) == before + 1, "without waiting for its next attempt"
            assert partner.taken == ["2"]
            for nothing in ("out:1", "out:2", "out:99", "1", "nonsense", ""):
                with pytest.raises(NotFound):
                    await acts.perform(asked(known.DROP, nothing, "again", 3), ONE)
        (raw,) = store.read([keys.REPORT + keys.u16(0) + keys.u64(1)])
        assert raw is not None
        kept = DELIVERY.read(raw)
        assert (kept.state, kept.reason) == ("exception", "dropped by two operators: he had it by hand")
        assert [each["act"] for _, each in rows(store)] == [known.DROP, known.DROP, known.RETRY]

    virtual.run(journey())


def test_a_message_is_taken_out_of_its_lane_by_one_and_put_back_by_another_also_after_a_restart() -> None:
    async def journey() -> None:
        node, store = waiting("O1", "O2")
        partner = Partner(there=False)
        async with carried(node, store, partner) as lanes:
            acts = Acts(node, store, lambda: lanes)
            await asyncio.sleep(600)
            assert (await acts.perform(asked(known.SET_ASIDE, "out:1", "he fails on it"), ONE)).state == states.OUT
            partner.there = True
            await acts.perform(asked(known.RETRY, LANE, "", 2), ONE)
            await asyncio.sleep(7200)
            assert partner.taken == ["2"], "what is behind it goes on"
            again = Lanes(node, store, node.owners[0].ports.clock, {"rest": partner})
            again.recover()
            assert again.aside == {1}
            with pytest.raises(NotFound, match="No message"):
                await acts.perform(asked(known.PUT_BACK, "out:2", "he is mended", 3), OTHER)
            assert (await acts.perform(asked(known.PUT_BACK, "out:1", "he is mended", 4), OTHER)).state == states.BACK
            await asyncio.sleep(1)
            assert partner.taken == ["2", "1"]
            again.recover()
            assert again.aside == set()

    virtual.run(journey())


def test_what_is_not_declared_does_not_exist() -> None:
    node, store, acts = aside()

    async def journey() -> None:
        node.start()
        for nonsense in ("node.stop", "", "lane"):
            with pytest.raises(NotFound, match="no act"):
                await acts.perform(asked(nonsense, "1"), ONE)
        for act in (known.PAUSE, known.RESUME, known.RETRY):
            with pytest.raises(NotFound, match="Nothing leaves"):
                await acts.perform(asked(act, LANE), ONE)
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
        catalogue = Catalogue(())
        beside = self.beside = Beside(
            self.node,
            catalogue,
            retaining,
            folder,
            self.clients.parent,
            lambda: self.channels,
            self._reread,
            lambda _number: None,
            Holding(folder, needed=False),
        )
        self.acts = Acts(self.node, self.store, beside=beside.acts(), drawing=beside.drawing())

    async def begun(self) -> None:
        """As a node that served before."""
        files = (Holds("clients.toml", Approved(1, "0" * 64)),)
        act = Act("f" * 32, "{}", OPERATOR)
        await self.node.command(HoldFirst(keys.log_position(0, 0), act, files))

    def _reread(self) -> None:
        self.read += 1

    async def put(self, act: str, content: str, number: int = 1, reason: str = "it was agreed") -> str:
        came = await self.acts.perform(asked(act, lodge(self.folder, content.encode()), reason, number), ONE)
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
                await made.acts.perform(asked(AGREE, nobody), ONE)
        assert not file.exists()
        assert rows(made.store) == []
        made.channels["webhook"] = None
        before = await made.put(AGREE, WEBHOOK)
        assert file.read_text() == WEBHOOK
        assert file.stat().st_mode & 0o077 == 0
        former = before.rpartition(" ")[2]
        assert await made.put(AGREE, WEBHOOK) == "no change"
        came = await made.acts.perform(asked(AGREE, former, "back to what was", 2), OTHER)
        assert came.state == REPLACED
        assert file.read_text() == ""
        (tmp_path / "lodged" / former).write_text("changed by hand")
        with pytest.raises(NotFound, match="lodged"):
            await made.acts.perform(asked(AGREE, former, "again", 3), OTHER)
        await made.node.stop()

    go(journey)
    assert made.read == 3
    assert [(who, each["reason"]) for who, each in rows(made.store)] == [
        (FIRST, "it was agreed"), (SECOND, "back to what was"),
    ]  # fmt: skip


def test_of_a_node_that_served_a_file_holds_by_two_persons_who_saw_what_it_changes(tmp_path: Path) -> None:
    made = Beginning(tmp_path)
    made.clients.write_text(OPERATORS)
    secret = "scrypt$16384$8$1$" + "A" * 22 + "==$" + "B" * 43 + "="
    evil = (
        OPERATORS
        + f"""
[[client]]
id = "trader.fr.backup"
kind = "trader"
country = "FR"
eori = "FR40123456700017"
secret = "{secret}"
"""
    )

    async def journey() -> None:
        made.node.start()
        await made.begun()
        on = lodge(tmp_path, evil.encode())
        came = await made.acts.perform(asked(REGISTER, on, "tidying up"), ONE)
        assert came.state == PROPOSED
        assert made.clients.read_text() == OPERATORS, "nothing holds yet"
        assert "client trader.fr.backup is new." in came.drawn
        assert "client trader.fr.backup: eori is FR40123456700017." in came.drawn
        assert "client trader.fr.backup: its secret is given." in came.drawn
        assert "scrypt" not in " ".join(came.drawn)
        other = lodge(tmp_path, OPERATORS.encode())
        with pytest.raises(BadRequest, match="since you looked"):
            await made.acts.perform(asked(REGISTER, other, "another file", 2, came.digest), OTHER)
        made.clients.write_text(OPERATORS + "# by hand\n")
        with pytest.raises(BadRequest, match="has changed"):
            await made.acts.perform(asked(REGISTER, on, "I read it", 3, came.digest), OTHER)
        made.clients.write_text(OPERATORS)
        done = await made.acts.perform(asked(REGISTER, on, "I read it", 4, came.digest), OTHER)
        assert done.state == REPLACED
        assert made.clients.read_text() == evil
        await made.node.stop()

    go(journey)
    kept = approvals(made.store, [0])["clients.toml"]
    assert (kept.digest, kept.by, kept.second) == (sha256(evil.encode()).hexdigest(), FIRST, SECOND)


def test_a_register_without_an_operator_is_refused(tmp_path: Path) -> None:
    made = Beginning(tmp_path)

    async def journey() -> None:
        made.node.start()
        made.clients.write_text(OPERATORS)
        for wrong in ("", OPERATORS.replace("operator", "x y", 1), "client = 1", "\udcff"):
            digest = lodge(tmp_path, wrong.encode("utf-8", "surrogateescape"))
            with pytest.raises(DeclarationFault):
                await made.acts.perform(asked(REGISTER, digest), ONE)
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
            await made.acts.perform(asked(MOVE, reason="space"), ONE)
        made.node.owners[0].held = None
        came = await made.acts.perform(asked(MOVE, reason="space"), ONE)
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
