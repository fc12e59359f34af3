"""Who declares, where no register can be asked: an officer settles it before the release, unless the register does.

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

from douane.applications.aeo.contract import AeoStatus
from douane.applications.eori.contract import OperatorStanding
from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.transit.messages import IdentityDecision
from douane.applications.transit.tests.base_declarations import GRN, TRADER, normal, prelodged
from douane.applications.transit.tests.base_messages import amendment, invalidation_request
from douane.assembly.node import running
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.runtime.store.envelope import SentRow
from douane.simulator.messages.declarations import HOLDER, Cover, declaration
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC015C
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.known import NO, YES, Why, not_known
from tests.journeys.movements import LIMIT, Movement, fresh, risky
from tests.journeys.office import Office
from tests.journeys.registered import operators
from tests.journeys.standing import identity_in
from tests.journeys.test_cover_elsewhere import MINUTE, Offices, carry, fails, hears, keeper_of, saying
from tests.journeys.test_favour_elsewhere import Untrusted, notices
from tests.journeys.test_peers import caller, free_ports, national, until
from tests.journeys.test_representation import AGENT, by

ACCEPTED = ["CC928C", "CC028C", "RegisterNotice"]
ASKED = {
    "OperatorQuestion": ("eori.standing", "OperatorStanding"), "AeoCheck": ("aeo.check", "AeoStatus"),
}  # fmt: skip
OFFICER = "fr.officer"


class Nodes(Offices):
    """France, where goods are declared, and who keeps the operators or the powers."""

    def __init__(self, keeper: str, here: Office, *stated: tuple[str, Any]) -> None:
        self.keeper, self.here = keeper, here
        self.there = Office(kept=frozenset({"EU", "FR"} if keeper == "EU" else {keeper}), clock=here.clock)
        for sender, message in stated:
            self.there.give(message, sender)
        self.carried: set[tuple[str, str]] = set()

    def questions(self) -> list[SentRow]:
        return [row for kind in ASKED for row in self.waiting(self.here, f"NTA.{self.keeper}", kind)]

    def ask(self, question: SentRow) -> SentRow:
        self.carried.add((question.type, question.id))
        operation, kind = ASKED[question.type]
        carry(self.there, question, "FR", self.keeper, operation)
        (answer,) = self.waiting(self.there, "NTA.FR", kind)
        self.carried.add((answer.type, answer.id))
        return answer

    def told(self, answer: SentRow, by: str = "", id: str = "") -> Any:
        by = by or self.keeper
        return carry(self.here, answer, by, by, answer.type, id=id)


def without_centre(*stated: tuple[str, Any]) -> Nodes:
    return Nodes("EU", Office(kept=frozenset({"FR", "DE", "AT"})), *stated)


def represented(number: str = AGENT) -> CC015C:
    """A declaration whose holder lodges it himself, and names a representative."""
    return by(normal(), number)


def powers() -> tuple[Nodes, Movement]:
    """A representative lodges for another, where the powers of France are kept by another system."""
    here = Office(kept=frozenset({"FR", "DE", "AT", "EU"}), apart=frozenset({"representation"}))
    here.give(GuaranteeRegistration(GRN, "1", TRADER, "A1B2", LIMIT, dt.date(2025, 1, 1)), OFFICER)
    nodes = Nodes("FR", here)
    return nodes, Untrusted(by(normal(), AGENT), here, sender=AGENT, number=2)


def decide(movement: Movement, *, confirmed: bool, proof: str = "Power of attorney of 3 March") -> None:
    movement.decided(IdentityDecision(mrn=movement.mrn, confirmed=confirmed, proof=proof))


def open_tasks(movement: Movement) -> list[str]:
    return [each.title for each in movement.tasks if each.node.endswith("settle_identity") and not each.done]


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_who_is_not_known_is_accepted_with_an_open_task_and_nothing_is_reserved() -> None:
    nodes = without_centre(*operators(TRADER, AGENT))
    movement = Movement(represented(), nodes.here)
    assert movement.told == ACCEPTED
    (task,) = open_tasks(movement)
    assert f"EORI {AGENT}" in task
    assert "not known since" in task
    assert "EU" in task
    (notice,) = notices(nodes.here)
    assert (notice.claim, notice.reference) == ("EORI", AGENT)
    nodes.here.wait(2 * 60 * MINUTE)
    assert movement.told == ACCEPTED, "no patience releases it"
    assert movement.account.reserved == Decimal(0)


def test_the_late_answer_settles_it_by_itself() -> None:
    nodes = without_centre(*operators(TRADER, AGENT))
    movement = Movement(represented(), nodes.here)
    nodes.answered()
    assert movement.told == [*ACCEPTED, "RegisterNotice", "CC029C"]
    assert open_tasks(movement) == []


def test_whom_the_register_does_not_hold_is_not_released() -> None:
    nodes = without_centre(*operators(TRADER))
    movement = Movement(represented("BE0999999999"), nodes.here)
    nodes.answered()
    assert movement.told == [*ACCEPTED, "RegisterNotice", "CC051C"]
    assert notices(nodes.here)[-1].known == NO
    assert open_tasks(movement) == []


def test_an_officer_settles_it_by_a_document() -> None:
    nodes = without_centre()
    movement = Movement(represented(), nodes.here)
    decide(movement, confirmed=True, proof=" ")
    assert nodes.here.names(OFFICER)[-1] == "DeskRefusal"
    assert open_tasks(movement) != []
    decide(movement, confirmed=True)
    assert movement.told == [*ACCEPTED, "CC029C"]
    (claim,) = movement.case.claims
    assert claim.proof == "Power of attorney of 3 March"
    decide(movement, confirmed=False)
    assert nodes.here.names(OFFICER)[-1] == "DeskRefusal", "it is settled"


def test_an_officer_who_finds_it_wrong_releases_nothing() -> None:
    nodes = without_centre()
    movement = Movement(represented(), nodes.here)
    decide(movement, confirmed=False, proof="The certificate is another's.")
    assert movement.told == [*ACCEPTED, "CC051C"]
    nodes.answered()
    assert movement.told[-1] == "CC051C", "an answer that comes later changes nothing"


def test_who_proved_himself_by_his_sign_in_waits_for_nobody() -> None:
    nodes = without_centre()
    movement = Movement(normal(), nodes.here)
    assert (movement.told, movement.tasks) == (["CC928C", "CC028C", "CC029C"], [])


@pytest.mark.parametrize(
    "said",
    [
        OperatorStanding(eori=TRADER, known=YES), OperatorStanding(eori=TRADER, known=NO),
        OperatorStanding(eori=AGENT, known=not_known("EU", Why.SET_BACK)),
    ],
    ids=["yes to another", "no to another", "not known"],
)  # fmt: skip
def test_a_register_that_says_something_else_settles_nothing(said: OperatorStanding) -> None:
    nodes = without_centre(*operators(AGENT))
    movement = Movement(represented(), nodes.here)
    nodes.told(saying(nodes.ask(nodes.questions()[0]), said))
    assert (movement.told, len(open_tasks(movement)), nodes.questions()) == (ACCEPTED, 1, [])
    nodes.here.wait(16 * MINUTE)
    nodes.answered()
    assert movement.told[-1] == "CC029C"


def test_a_number_of_a_third_country_is_asked_about_by_its_agreement() -> None:
    nodes = without_centre()
    movement = Movement(represented("US1234567890"), nodes.here)
    (question,) = nodes.questions()
    assert question.type == "AeoCheck"
    nodes.told(saying(nodes.ask(question), AeoStatus("US1234567890", YES, agreement="EU-US")))
    assert movement.told[-1] == "CC029C"


def test_the_holder_may_amend_and_take_it_back_meanwhile() -> None:
    nodes = without_centre()
    movement = Movement(represented(), nodes.here)
    nodes.here.give(movement.about(amendment(fresh(represented(), 1))), TRADER)
    assert movement.told[-2:] == ["CC004C", "RegisterNotice"]
    assert len(open_tasks(movement)) == 1
    nodes.here.give(movement.about(invalidation_request()), TRADER)
    assert (movement.told[-1], open_tasks(movement)) == ("CC009C", [])


def test_before_the_goods_are_presented_nobody_needs_to_settle_it() -> None:
    nodes = without_centre(*operators(AGENT))
    movement = Movement(by(prelodged(), AGENT), nodes.here)
    assert (movement.case.state, nodes.here.view("FR").resolve("mrn", "x")) == ("pre-lodged", None)
    movement.present()
    assert len(open_tasks(movement)) == 1
    for _ in range(2):
        nodes.answered()
        nodes.here.wait(16 * MINUTE)
    assert movement.told[-1] == "CC029C"


def test_goods_that_are_controlled_are_so_after_it_is_known_who_declares() -> None:
    nodes = without_centre(*operators(AGENT))
    movement = Movement(by(risky(), AGENT), nodes.here)
    assert movement.case.state == "accepted"
    nodes.answered()
    assert movement.case.state == "under control"


# --- powers -----------------------------------------------------------------------------------------------------------


def test_a_power_that_cannot_be_asked_for_is_an_officers_task() -> None:
    nodes, movement = powers()
    assert movement.told == ACCEPTED
    (task,) = open_tasks(movement)
    assert f"{AGENT} has a power" in task
    decide(movement, confirmed=True)
    assert movement.told[-1] == "CC029C"
    assert nodes.here.names(TRADER) == [], "the holder is a party of the case"


def test_of_powers_nobody_is_asked_by_message() -> None:
    nodes, movement = powers()
    nodes.here.wait(2 * 60 * MINUTE)
    assert (nodes.questions(), movement.told, len(open_tasks(movement))) == ([], ACCEPTED, 1)


def test_a_power_that_an_officer_does_not_find_releases_nothing() -> None:
    _, movement = powers()
    decide(movement, confirmed=False)
    assert movement.told == [*ACCEPTED, "CC051C"]


def test_who_may_not_be_empowered_ends_no_declaration() -> None:
    nodes, movement = powers()
    nodes.here.give(movement.about(invalidation_request()), AGENT)
    assert movement.told == [*ACCEPTED, "CC056C"]
    assert movement.case.state == "accepted"


def test_what_an_officer_settled_stays_settled_for_what_the_representative_does_next() -> None:
    nodes, movement = powers()
    risky_goods = fresh(by(risky(), AGENT), 3)
    second = Untrusted(risky_goods, nodes.here, sender=AGENT, number=3)
    decide(second, confirmed=True)
    assert second.case.state == "under control"
    assert [each.says for each in second.case.claims] == ["yes"]
    assert len(open_tasks(movement)) == 1, "of another declaration nothing is settled"


# --- through doors ----------------------------------------------------------------------------------------------------


REPRESENTATIVE = "DE1234567890123"


async def registered_at(keeper: NodeSettings, identity: DevelopmentIdentity) -> None:
    """The centre keeps the representative among its operators, and is stopped then."""
    async with running(keeper) as there:
        authority = caller(there, "ccn2", "de.system", identity)
        entry = {"eori": REPRESENTATIVE, "legal_name": "Rhein", "country": "DE", "valid_from": "2025-01-01"}
        await authority.call("eori.deliver", msgspec.json.encode({"operators": [entry]}))
        question = msgspec.json.encode({"eori": REPRESENTATIVE})
        while (await authority.call("eori.standing", question))["known"] != {"says": "yes"}:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.1)
        await authority.close()


async def journey(folder: Path) -> None:
    identity, numbers = identity_in(folder), Numbers(SystemClock().now, SystemIds().random)
    centre, *free = free_ports(3)
    keeper = keeper_of(folder, "centre", centre, {}, 0)
    await registered_at(keeper, identity)
    async with running(national(folder, "FR", {"speed2": free[0], "ccn2": free[1]}, centre)) as fr:
        holder = caller(fr, "speed2", "trader.fr.lesquin", identity)
        officer = caller(fr, "ccn2", "fr.officer", identity)
        cover = Cover(numbers.grn())
        await officer.call("guarantees.register", msgspec.json.encode(
            GuaranteeRegistration(cover.grn, "1", HOLDER, cover.access_code, Decimal(100_000), dt.date(2025, 1, 1),
                                  "fr.officer")
        ))  # fmt: skip
        await hears(officer, "GuaranteeRegistered")
        named = p5.Representative02(identification_number=REPRESENTATIVE, status="2")
        lodged = await holder.send(p5.write(replace(declaration(numbers, cover), representative=named)))
        assert lodged.status == 202, lodged.text
        assert await hears(holder, "RegisterNotice") == ["CC928C", "CC028C", "RegisterNotice"]
        await until(lambda: fails(fr))
        tasks = await officer.call("case_files.my_tasks", msgspec.json.encode({}))
        waiting = [each["task"].rpartition("/")[2] for each in tasks["tasks"]]
        assert waiting == ["settle_identity"], "it waits for an officer"
        assert "not known since" in tasks["tasks"][0]["title"]
        async with running(keeper):
            told = await hears(holder, "CC029C")
            assert told[-3:] == ["RegisterNotice", "RegisterNotice", "CC029C"]
        tasks = await officer.call("case_files.my_tasks", msgspec.json.encode({}))
        assert tasks["tasks"] == [], "the register settled it by itself"
        for partner in (holder, officer):
            await partner.close()


def test_goods_are_released_once_it_is_known_who_declares(tmp_path: Path) -> None:
    asyncio.run(journey(tmp_path))
