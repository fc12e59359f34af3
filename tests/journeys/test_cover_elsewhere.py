"""Cover that rests on a decision of another node: it waits while that is silent, and neither releases nor refuses.

Two offices by hand, between which messages are carried or not; then two nodes through their doors.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from douane.applications.authorisations.contract import AuthorisationAnswer, Standing, State
from douane.applications.guarantees.messages import GuaranteeNotRegistered, GuaranteeRegistration
from douane.applications.guarantees.records import Held, Waiting
from douane.applications.transit.tests.base_declarations import GRN, TRADER
from douane.applications.transit.tests.base_messages import amendment, invalidation_request
from douane.applications.transit.tests.test_cover import carrying, guaranteed
from douane.assembly.node import RunningNode, running
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.runtime.catalogue import arrived
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT, Arrival, Receipt, SentRow
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import DAY, SECOND, Log
from douane.simulator.messages.declarations import HOLDER, Cover, declaration
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5
from douane.vocabulary.errors import NotFound
from douane.vocabulary.known import NO, YES, Why, not_known
from tests.callers import admitted, system
from tests.journeys.movements import Movement, fresh
from tests.journeys.office import CATALOGUE, Office
from tests.journeys.registered import act
from tests.journeys.standing import identity_in
from tests.journeys.test_peers import caller, free_ports, national, until

DECISION = "DECGU2026000001"
OFFICER = "fr.officer"
MINUTE = 60 * SECOND
WAITS = ["CC928C", "CC028C", "CoverWaits", "RegisterNotice"]
"""What the holder is told of his guarantee and of his movement, until the register answers."""


class Offices:
    """France, which keeps the guarantee, and Germany, which granted the decision on which it rests."""

    def __init__(self, *acts: tuple[str, Any]) -> None:
        self.here = Office(kept=frozenset({"FR", "EU", "AT"}))
        self.there = Office(kept=frozenset({"DE"}))
        for sender, message in acts:
            self.there.give(message, sender)
        day = dt.date(2025, 1, 1)
        registration = GuaranteeRegistration(GRN, "1", TRADER, "A1B2", Decimal(10_000), day, authorisation=DECISION)
        self.here.give(registration, OFFICER)
        self.carried: set[tuple[str, str]] = set()

    def movement(self, number: int = 2) -> Movement:
        """A movement that uses the guarantee."""
        return Movement(office=self.here, number=number, limit=Decimal(10_000))

    def waiting(self, office: Office, party: str, kind: str) -> list[SentRow]:
        """What waits for a party, and was not carried."""
        prefix = keys.space(keys.INBOX, 0) + keys.text(party)
        found = office.store.scan(prefix, keys.after(prefix), 1000)
        rows = [SENT.read(raw or b"") for raw in office.store.read_log(
            Log.SENT, [int.from_bytes(key[-8:], "big") for key, _ in found])]  # fmt: skip
        return [row for row in rows if row.type == kind and (row.type, row.id) not in self.carried]

    def questions(self) -> list[SentRow]:
        """What France asks Germany, and nobody carried."""
        return self.waiting(self.here, "NTA.DE", "AuthorisationQuestion")

    def ask(self, question: SentRow) -> SentRow:
        """Carry a question to Germany; its answer."""
        self.carried.add((question.type, question.id))
        assert isinstance(carry(self.there, question, "FR", "DE", "authorisations.ask"), Receipt)
        (answer,) = self.waiting(self.there, "NTA.FR", "AuthorisationAnswer")
        self.carried.add((answer.type, answer.id))
        return answer

    def told(self, answer: SentRow, by: str = "DE", id: str = "") -> Any:
        """Carry an answer to France; what its door says."""
        return carry(self.here, answer, by, by, "AuthorisationAnswer", id=id)

    def answered(self) -> None:
        """Carry what was asked, and its answer."""
        for question in self.questions():
            self.told(self.ask(question))


def carry(office: Office, row: SentRow, by: str, administration: str, operation: str, *, id: str = "") -> Any:
    """Hand a message to another node as its door would; its core decodes it."""
    envelope = admitted(
        system(by), operation, row.content.octets, id=id or row.id, administration=administration, media=Media.JSON,
        correlation=row.correlation, received=office.clock.now(),
    )  # fmt: skip
    (result,) = Tick(office.owner).run([arrived.read(CATALOGUE, Arrival(envelope))])
    office.settle()
    return result


def saying(row: SentRow, answer: msgspec.Struct) -> SentRow:
    """An answer with other words in it."""
    return replace(row, content=replace(row.content, body=CATALOGUE.encode(answer)[2]))


def held(offices: Offices) -> Decimal:
    """What movements hold of the guarantee."""
    view = offices.here.view("FR")
    subject = view.resolve("grn", GRN)
    assert subject is not None
    return sum((each.reservation.amount for each in view.all_of(Held, subject)), Decimal(0))


def waits(offices: Offices) -> int:
    """How many uses wait."""
    view = offices.here.view("FR")
    subject = view.resolve("grn", GRN)
    assert subject is not None
    return len(list(view.all_of(Waiting, subject)))


def usable() -> tuple[str, Any]:
    return act(DECISION, TRADER)


def test_cover_whose_decision_cannot_be_asked_neither_releases_nor_refuses_and_goes_on_by_itself() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    assert movement.told == WAITS, "neither released nor told that the guarantee is not valid"
    offices.here.wait(3 * DAY)
    assert (movement.told, movement.case.state) == (WAITS, "accepted")
    assert held(offices) == Decimal(0)
    offices.told(offices.ask(offices.questions()[-1]))  # Germany is back, and nobody acts for it to go on
    assert movement.told[-1] == "CC029C"
    assert (waits(offices), held(offices) > 0) == (0, True)
    offices.here.wait(3 * DAY)
    assert len(offices.questions()) < 80, "what is answered is asked no more"
    before = len(offices.questions())
    offices.here.wait(DAY)
    assert len(offices.questions()) == before


@pytest.mark.parametrize(
    "acts",
    [
        (),
        (act(DECISION, "FR99999999900001"),),
        (usable(), act(DECISION, TRADER, 2, state=State.SUSPENDED)),
    ],
    ids=["nobody granted it", "another's", "suspended"],
)  # fmt: skip
def test_what_its_keeper_says_no_to_covers_nothing(acts: tuple[Any, ...]) -> None:
    offices = Offices(*acts)
    movement = offices.movement()
    offices.answered()
    assert movement.told[-1] == "CC055C"
    assert (waits(offices), held(offices)) == (0, Decimal(0))


def test_an_answer_of_another_and_one_that_names_no_question_are_not_taken() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    answer = offices.ask(offices.questions()[0])
    assert isinstance(offices.told(answer, by="BE", id="of BE"), NotFound)
    assert isinstance(offices.told(replace(answer, correlation="invented"), id="invented"), NotFound)
    assert movement.told == WAITS
    offices.told(answer)
    assert movement.told[-1] == "CC029C"
    assert isinstance(offices.told(answer, id="again"), NotFound), "an answer is taken once"


@pytest.mark.parametrize(
    "said",
    [
        AuthorisationAnswer(reference="DECGU2026000002", known=YES, standing=Standing.USABLE, holder=TRADER),
        AuthorisationAnswer(reference="DECGU2026000002", known=NO, standing=Standing.UNKNOWN),
        AuthorisationAnswer(
            reference=DECISION, known=not_known("DE", Why.UNREACHABLE), standing=Standing.USABLE, holder=TRADER
        ),
    ],
    ids=["yes to another", "no to another", "not known, and usable nevertheless"],
)  # fmt: skip
def test_a_keeper_that_answers_something_else_is_asked_again(said: AuthorisationAnswer) -> None:
    offices = Offices(usable())
    movement = offices.movement()
    offices.told(saying(offices.ask(offices.questions()[0]), said))
    assert (movement.told[-1], waits(offices), offices.questions()) == ("RegisterNotice", 1, [])
    offices.here.wait(16 * MINUTE)
    offices.answered()
    assert movement.told[-1] == "CC029C"


def test_uses_that_wait_together_take_no_more_than_the_guarantee_has() -> None:
    offices = Offices(usable())
    movements = [offices.movement(number) for number in (2, 3, 4)]
    assert len(offices.questions()) == 1, "the decision is asked about once"
    for _ in range(4):
        offices.answered()
    states = [each.case.state for each in movements]
    assert states == ["released", "released", "guarantee not valid"], "oldest first"
    assert Decimal(0) < held(offices) <= Decimal(10_000)
    assert waits(offices) == 0


def test_a_movement_that_ends_while_it_waits_holds_nothing_when_the_answer_comes() -> None:
    offices = Offices(usable())
    movement = offices.movement()
    offices.here.give(movement.about(invalidation_request()), TRADER)
    assert movement.case.state == "invalidated"
    assert waits(offices) == 0
    offices.answered()
    assert held(offices) == Decimal(0)
    offices.here.wait(2 * 60 * MINUTE)
    assert offices.questions() == []


@pytest.mark.parametrize(
    ("goods", "before", "after"),
    [("870899", "4500.00", "10000.01"), ("220830", "4500.00", "50.00")],
    ids=["more than the guarantee has", "less than the goods owe"],
)  # fmt: skip
def test_a_use_that_waits_is_taken_back_with_the_amount_that_takes_its_place_and_is_refused(
    goods: str, before: str, after: str
) -> None:
    """Nothing is reserved for a movement that is not released, whatever the register says later."""
    offices = Offices(usable())
    first, changed = (fresh(carrying(guaranteed("1", each), goods, "110.5"), 2) for each in (before, after))
    movement = Movement(first, offices.here, number=2)
    assert (movement.told[-1], waits(offices)) == ("RegisterNotice", 1)
    offices.here.give(movement.about(amendment(changed)), TRADER)
    assert (movement.told[-1], movement.case.state) == ("CC055C", "guarantee not valid")
    assert waits(offices) == 0
    offices.answered()
    assert held(offices) == Decimal(0)
    offices.here.wait(60 * DAY)
    offices.answered()
    assert (movement.case.state, held(offices)) == ("not released", Decimal(0))


def test_a_decision_whose_register_is_here_must_be_known() -> None:
    office = Office()
    day = dt.date(2025, 1, 1)
    said = GuaranteeRegistration(GRN, "1", TRADER, "A1B2", Decimal(10_000), day, authorisation="FRCGU2026000001")
    office.give(said, OFFICER)
    assert isinstance(office.sent(OFFICER)[-1], GuaranteeNotRegistered)


# --- through doors ----------------------------------------------------------------------------------------------------


def keeper_of(folder: Path, way: str, centre: int, ports: dict[str, int], french: int) -> NodeSettings:
    """Who keeps Germany's decisions: its own node beside the French one, or the centre."""
    if way == "peer":
        return national(folder, "DE", ports, centre, FR=french)
    return NodeSettings(
        name="centre", data=folder / "EU", identity=folder / "identity", development=True,
        platforms=("speed2", "ccn2"), ports={"speed2": 0, "ccn2": centre}, elsewhere=frozenset({"FR"}),
    )  # fmt: skip


async def hears(partner: Any, kind: str) -> list[str]:
    """What comes into an inbox until a message of a type does, that one last."""
    told, after = [], ""
    async with asyncio.timeout(60):
        while kind not in told:
            items, after = await partner.collect(after, 5.0)
            told += [each["type"] for each in items]
    return told


def fails(node: RunningNode) -> bool:
    """Whether a lane of a node reaches nobody."""
    assert node.lanes is not None
    return any(lane.failures for lane in node.lanes.lanes.values())


async def journey(folder: Path, way: str) -> None:
    identity, numbers = identity_in(folder), Numbers(SystemClock().now, SystemIds().random)
    centre, *free = free_ports(5)
    ports = {"speed2": free[2], "ccn2": free[3]}
    peers = {"DE": ports["ccn2"]} if way == "peer" else {}
    keeper = keeper_of(folder, way, centre, ports, free[1])
    async with running(keeper) as de:
        authority = caller(de, "ccn2", "de.officer", identity)
        since = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
        said = {"reference": DECISION, "number": 1, "holder": HOLDER, "effect_from": since}
        await authority.call("authorisations.state", msgspec.json.encode(said))
        question = msgspec.json.encode({"reference": DECISION})
        while (await authority.call("authorisations.ask", question))["standing"] != "usable":  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)
        await authority.close()
    async with running(national(folder, "FR", {"speed2": free[0], "ccn2": free[1]}, centre, **peers)) as fr:
        holder = caller(fr, "speed2", "trader.fr.lesquin", identity)
        officer = caller(fr, "ccn2", "fr.officer", identity)
        cover = Cover(numbers.grn())
        await officer.call("guarantees.register", msgspec.json.encode(
            GuaranteeRegistration(cover.grn, "1", HOLDER, cover.access_code, Decimal(100_000), dt.date(2025, 1, 1),
                                  "fr.officer", authorisation=DECISION)
        ))  # fmt: skip
        await hears(officer, "GuaranteeRegistered")
        lodged = await holder.send(phase5.write(declaration(numbers, cover)))
        assert lodged.status == 202, lodged.text
        await hears(holder, "RegisterNotice")
        await until(lambda: fails(fr))  # the question leaves, and nobody takes it
        items, _ = await holder.collect("", 1.0)
        assert [item["type"] for item in items] == WAITS, "neither released nor refused"
        async with running(keeper):
            assert await hears(holder, "CC029C") == [*WAITS, "CC029C"]
        for partner in (holder, officer):
            await partner.close()


@pytest.mark.parametrize("way", ["peer", "centre"])
def test_goods_are_released_once_the_keeper_of_the_decision_is_back(tmp_path: Path, way: str) -> None:
    asyncio.run(journey(tmp_path, way))
