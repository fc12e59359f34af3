"""An act that is asked again is done once; what differs in anything is another act, whatever id its asker gives it."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
from pathlib import Path

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.identity.operators import Doer
from douane.model.caller import OPERATOR
from douane.runtime.core.commands import Act, HoldFirst, Holds
from douane.runtime.store import keys
from douane.runtime.store.decided import Approved, approvals, set_aside
from douane.shared_services.auditing.cases import Cases
from douane.supervision.operating import acts as states
from douane.supervision.operating import declared as known
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.beside import REPLACED
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.outcome import Outcome
from douane.supervision.operating.two_persons import PROPOSED
from douane.trust.holding import Digests, Holding
from douane.vocabulary.errors import BadRequest, NotFound
from tests.contracts import toy, virtual
from tests.contracts.test_acts import (
    FIRST,
    LANE,
    ONE,
    OPERATORS,
    OTHER,
    WEBHOOK,
    Beginning,
    aside,
    asked,
    go,
    rows,
)
from tests.contracts.test_files_agreed import worker
from tests.contracts.test_lanes import Partner, carried, waiting

SHELL = Doer(user="uid 1000", named=FIRST)
GLASS = Doer(FIRST, alone=True)
EVIL = """
[[client]]
id = "trader.fr.backup"
kind = "trader"
country = "FR"
eori = "FR40123456700017"
certificates = ["{}"]
""".replace("{}", "B" * 43)


@pytest.mark.parametrize("restarted", [False, True], ids=["running", "restarted"])
@pytest.mark.parametrize("first", [ONE, SHELL, GLASS], ids=["himself", "the shell", "the glass"])
@pytest.mark.parametrize("again", [ONE, OTHER, SHELL, GLASS], ids=["himself", "another", "the shell", "the glass"])
def test_an_id_that_was_used_before_brings_no_file_in(
    tmp_path: Path, first: Doer, again: Doer, *, restarted: bool
) -> None:
    made = Beginning(tmp_path)
    made.clients.write_text(OPERATORS)
    made.channels["webhook"] = None
    harmless, *evil = (lodge(tmp_path, f"{OPERATORS}# {name}\n".encode()) for name in ("harmless", "evil", "worse"))
    agreement = lodge(tmp_path, WEBHOOK.encode())
    seen = ("", "0" * 64)

    async def tried(act: str, on: str, read: str) -> Outcome | None:
        try:
            return await made.acts.perform(asked(act, on, seen=read), again)
        except BadRequest:
            return None

    async def journey() -> None:
        made.node.start()
        await made.begun()
        await made.acts.perform(asked(known.REGISTER, harmless), first)
        if restarted:
            made.acts = Acts(made.node, made.store, beside=made.beside.acts(), drawing=made.beside.drawing())
        every = [(known.REGISTER, on, read) for on, read in itertools.product(evil, seen)]
        every += [(known.AGREE, agreement, read) for read in seen]
        for _ in range(2):
            came = [await tried(*each) for each in every]
            came += await asyncio.gather(*(tried(*each) for each in every))
            assert {each.state for each in came if each is not None} <= {PROPOSED}
        await made.node.stop()

    go(journey)
    assert made.clients.read_text() == OPERATORS
    assert not (tmp_path / "partners.toml").exists()
    assert approvals(made.store, [0])["clients.toml"].digest == "0" * 64, "as it was when the node first began"


def test_an_id_that_one_process_of_a_node_knows_brings_no_file_in_at_another_one(tmp_path: Path) -> None:
    store = MemoryStore(toy.Clock())
    first, second = (worker(store, own, tmp_path) for own in (0, 1))
    texts = (WEBHOOK, WEBHOOK.replace("vauban", "evil"), WEBHOOK.replace("vauban", "worse"))
    harmless, *evil = (lodge(tmp_path, each.encode()) for each in texts)

    async def journey() -> None:
        for node, _ in (first, second):
            node.start()
        files = (Holds("partners.toml", Approved(1, "0" * 64)),)
        await first[0].command(HoldFirst(keys.log_position(0, 0), Act("f" * 32, "{}", OPERATOR), files))
        await first[1].perform(asked(known.AGREE, harmless), SHELL)
        for _ in range(2):
            every = [acts.perform(asked(known.AGREE, on), SHELL) for on in evil for _, acts in (first, second)]
            came = await asyncio.gather(*every, return_exceptions=True)
            assert {each.state if isinstance(each, Outcome) else type(each) for each in came} <= {PROPOSED, BadRequest}
        for node, _ in (first, second):
            await node.stop()

    go(journey)
    assert not (tmp_path / "partners.toml").exists()
    assert approvals(store, [0, 1])["partners.toml"].digest == "0" * 64


def test_what_another_proposal_voided_is_not_done_as_it_is_asked_again(tmp_path: Path) -> None:
    made = Beginning(tmp_path)
    made.clients.write_text(OPERATORS)
    one, other = (lodge(tmp_path, f"{OPERATORS}# {name}\n".encode()) for name in ("one", "other"))

    async def journey() -> None:
        made.node.start()
        await made.begun()
        for _ in range(2):
            assert (await made.acts.perform(asked(known.REGISTER, one), ONE)).state == PROPOSED
        await made.acts.perform(asked(known.REGISTER, other, number=2), ONE)
        with pytest.raises(BadRequest, match="two persons agreed on last"):
            await made.acts.perform(asked(known.REGISTER, one), ONE)
        await made.node.stop()

    go(journey)
    assert made.clients.read_text() == OPERATORS


def test_an_act_on_which_two_agreed_is_finished_once_and_not_after_another_one(tmp_path: Path) -> None:
    made = Beginning(tmp_path)
    made.clients.write_text(OPERATORS)
    one, other = (f"{OPERATORS}# {name}\n" for name in ("one", "other"))

    async def agreed(text: str, number: int) -> str:
        on = lodge(tmp_path, text.encode())
        seen = (await made.acts.perform(asked(known.REGISTER, on, number=number), ONE)).digest
        for _ in range(2):
            done = await made.acts.perform(asked(known.REGISTER, on, "I read it", number + 1, seen), OTHER)
            assert done.state == REPLACED
            assert made.clients.read_text() == text
        assert (await made.acts.perform(asked(known.REGISTER, on, number=number), ONE)).state == REPLACED
        return seen

    async def journey() -> None:
        made.node.start()
        await made.begun()
        seen = await agreed(one, 1)
        made.clients.write_text(OPERATORS)  # as if the node had ended between the commit and the file
        on = lodge(tmp_path, one.encode())
        await made.acts.perform(asked(known.REGISTER, on, "I read it", 2, seen), OTHER)
        assert made.clients.read_text() == one
        await agreed(other, 11)
        with pytest.raises(BadRequest, match="two persons agreed on last"):
            await made.acts.perform(asked(known.REGISTER, on, "I read it", 2, seen), OTHER)
        await made.node.stop()

    go(journey)
    assert made.clients.read_text() == other
    assert len(rows(made.store)) == 1 + 4, "the beginning, and each act once"


class _Kept(Holding):
    """Keeps every answer that it was given, however short it held."""

    def __init__(self, data: Path) -> None:
        super().__init__(data, needed=True)
        self.held = set[str]()

    def take(self, digests: Digests) -> None:
        super().take(digests)
        self.held.update(digests["clients.toml"])


@pytest.mark.parametrize("edited", [False, True], ids=["as approved", "edited by hand"])
def test_while_a_file_takes_the_place_of_another_one_what_nobody_approved_holds_at_no_moment(
    tmp_path: Path, *, edited: bool
) -> None:
    made, kept = Beginning(tmp_path), _Kept(tmp_path)
    beside = dataclasses.replace(made.beside, holding=kept)
    made.acts = Acts(made.node, made.store, beside=beside.acts(), drawing=beside.drawing())
    first, evil, wanted = (lodge(tmp_path, f"{OPERATORS}{more}".encode()) for more in ("", EVIL, f"{EVIL}# wanted\n"))

    async def journey() -> None:
        made.node.start()
        holds = (Holds("clients.toml", Approved(1, first)),)
        await made.node.command(HoldFirst(keys.log_position(0, 0), Act("f" * 32, "{}", OPERATOR), holds))
        kept.take({"clients.toml": (first,)})
        made.clients.write_text(f"{OPERATORS}{EVIL}" if edited else OPERATORS)
        came = await made.acts.perform(asked(known.REGISTER, wanted), ONE)
        assert "client trader.fr.backup is new." in came.drawn, "told against what was approved"
        done = await made.acts.perform(asked(known.REGISTER, wanted, number=2, seen=came.digest), OTHER)
        assert done.state == REPLACED
        await made.node.stop()

    go(journey)
    assert kept.held == {first, wanted}
    assert evil not in kept.now(made.clients)
    kept.must_hold(made.clients)


def test_an_id_that_was_used_before_discards_no_message_and_each_other_act_has_its_leaf() -> None:
    node, store, acts = aside()
    (parked,) = Cases(store).parked()
    place = f"{parked.position:x}"

    async def journey() -> None:
        node.start()
        await acts.perform(asked(known.RELEASE, place), ONE)
        for doer in (ONE, OTHER, SHELL, GLASS):
            assert (await acts.perform(asked(known.DISCARD, place), doer)).state == PROPOSED
        await node.stop()

    go(journey)
    assert [each.position for each in Cases(store).parked()] == [parked.position]
    assert [each["act"] for _, each in rows(store)] == [known.RELEASE, *[known.DISCARD] * 4]


def test_an_id_that_was_used_before_gives_up_no_message_and_puts_none_back() -> None:
    async def journey() -> None:
        node, store = waiting("O1")
        partner = Partner(there=False)
        async with carried(node, store, partner) as lanes:
            acts = Acts(node, store, lambda: lanes)
            await asyncio.sleep(600)
            assert (await acts.perform(asked(known.SET_ASIDE, "out:1"), ONE)).state == states.OUT
            for doer in (ONE, OTHER, SHELL, GLASS):
                assert (await acts.perform(asked(known.DROP, "out:1"), doer)).state == PROPOSED
            assert lanes.aside == {1}
            assert set_aside(store, 1) is not None
            assert (await acts.perform(asked(known.PAUSE, LANE), ONE)).state == states.PAUSED
            with pytest.raises(NotFound):
                await acts.perform(asked(known.DROP, "out:2"), ONE)
        assert [each["act"] for _, each in rows(store)] == [known.SET_ASIDE, *[known.DROP] * 4, known.PAUSE]

    virtual.run(journey())


def test_what_one_person_undid_is_not_done_anew_as_an_older_act_is_asked_again() -> None:
    async def journey() -> None:
        node, store = waiting("O1")
        async with carried(node, store, Partner(there=False)) as lanes:
            acts = Acts(node, store, lambda: lanes)
            await asyncio.sleep(600)
            older = [asked(known.PAUSE, LANE, number=1), asked(known.RESUME, LANE, number=2)]
            older += [asked(known.SET_ASIDE, "out:1", number=3), asked(known.PUT_BACK, "out:1", number=4)]
            for each in older:
                await acts.perform(each, ONE)
            now = [(await acts.perform(each, ONE)).state for each in older]
            assert now == [states.GOES_ON, states.GOES_ON, states.BACK, states.BACK]
            assert (set(lanes.paused), lanes.aside) == (set(), set())
            await acts.perform(asked(known.SET_ASIDE, "out:1", number=5), OTHER)
            await acts.perform(asked(known.PAUSE, LANE, number=6), OTHER)
            now = [(await acts.perform(each, ONE)).state for each in older]
            assert now == [states.PAUSED, states.PAUSED, states.OUT, states.OUT]
            assert (set(lanes.paused), lanes.aside) == ({LANE}, {1})
        assert len(rows(store)) == 6

    virtual.run(journey())
