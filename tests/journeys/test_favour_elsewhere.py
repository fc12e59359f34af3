"""Rights that a declaration claims of the register of another node: absent until it answers, said, and given back.

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

from douane.applications.aeo.contract import AeoStatus, AeoType
from douane.applications.aeo.messages import AuthorisationGranted
from douane.applications.authorisations.contract import AuthorisationAnswer, Standing, State
from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.applications.transit.messages import RegisterNotice
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, normal, prelodged
from douane.applications.transit.tests.base_messages import amendment, arrival, simplified_arrival
from douane.assembly.node import running
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.runtime.store.envelope import SentRow
from douane.simulator.messages.declarations import HOLDER, Cover, declaration
from douane.simulator.messages.numbers import Numbers
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC015C
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import NotFound
from douane.vocabulary.known import NO, YES, Says, Why, not_known
from tests.journeys.movements import Movement, by_trusted_holder, fresh, risky
from tests.journeys.office import Office
from tests.journeys.registered import ACE, AEO, act, operators, trusted
from tests.journeys.standing import identity_in
from tests.journeys.test_cover_elsewhere import MINUTE, Offices, carry, fails, hears, keeper_of, saying
from tests.journeys.test_peers import caller, free_ports, national, until
from tests.journeys.test_registers_asked import ACR, claiming, faults

FOREIGN = "DEACR2026000001"
REDUCED = "DETRD2026000001"
SEALS = "FRSSE2024000001"
ACCEPTED = ["CC928C", "CC028C", "RegisterNotice"]


class Nodes(Offices):
    """France, where goods are declared, and whoever keeps what the declaration claims."""

    def __init__(self, keeper: str, *acts: tuple[str, Any], here: Office | None = None) -> None:
        self.keeper = keeper
        self.here = here or Office(kept=frozenset({"FR", "EU", "AT"}))
        kept = {"EU", "FR"} if keeper == "EU" else {keeper}
        self.there = Office(kept=frozenset(kept), clock=self.here.clock)
        for sender, message in acts:
            self.there.give(message, sender)
        self.carried: set[tuple[str, str]] = set()

    def lodged(self, content: CC015C, **more: Any) -> Movement:
        return Untrusted(content, self.here, **more)

    def questions(self) -> list[SentRow]:
        party = f"NTA.{self.keeper}"
        return [row for kind in ("AuthorisationQuestion", "AeoCheck") for row in self.waiting(self.here, party, kind)]

    def ask(self, question: SentRow) -> SentRow:
        self.carried.add((question.type, question.id))
        of = "aeo.check" if question.type == "AeoCheck" else "authorisations.ask"
        carry(self.there, question, "FR", self.keeper, of)
        kind = "AeoStatus" if question.type == "AeoCheck" else "AuthorisationAnswer"
        (answer,) = self.waiting(self.there, "NTA.FR", kind)
        self.carried.add((answer.type, answer.id))
        return answer

    def told(self, answer: SentRow, by: str = "", id: str = "") -> Any:
        by = by or self.keeper
        return carry(self.here, answer, by, by, answer.type, id=id)


class Untrusted(Movement):
    """A movement whose holder nobody makes an AEO here."""

    def be_trusted(self) -> None:
        pass


def centralised(*acts: tuple[str, Any]) -> Nodes:
    """France's decisions are kept by another system, as where the central one keeps them."""
    return Nodes("FR", *acts, here=Office(kept=frozenset({"FR", "EU", "DE"}), apart=frozenset({"authorisations"})))


def early(*named: tuple[str, str]) -> CC015C:
    """A declaration with these authorisations, before the goods are presented."""
    claimed, base = claiming(*named), prelodged()
    operation = replace(base.transit_operation, limit_date=claimed.transit_operation.limit_date)
    return replace(base, authorisation=claimed.authorisation, transit_operation=operation)


def notices(office: Office, party: str = TRADER) -> list[RegisterNotice]:
    return [each for each in office.sent(party) if isinstance(each, RegisterNotice)]


def names(content: p5.CC029C) -> list[str]:
    return [each.type for each in content.authorisation]


def released(movement: Movement) -> p5.CC029C:
    (found,) = [each for each in movement.office.sent(TRADER) if isinstance(each, p5.CC029C)]
    return found


# --- authorisations in a declaration ----------------------------------------------------------------------------------


def test_what_a_dead_register_does_not_confirm_counts_as_not_claimed_and_is_said() -> None:
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR)))
    assert movement.told == ACCEPTED
    (notice,) = notices(nodes.here)
    assert (notice.claim, notice.reference, notice.mrn) == ("C521", ACR, movement.mrn)
    assert (notice.known.says, notice.known.whom) == (Says.NOT_KNOWN, "FR")
    assert notice.known.since is not None
    assert "not known since" in notice.reason
    assert "UCC art. 172(1), 233(4)(a)" in notice.article
    nodes.here.wait(14 * MINUTE)
    assert movement.told == ACCEPTED, "its register may still answer"
    nodes.here.wait(2 * MINUTE)
    assert movement.told == [*ACCEPTED, "CC029C"]
    sent = released(movement)
    assert (movement.case.control, names(sent), movement.case.limit_date != dt.date(2026, 11, 25)) == ("A2", [], True)


def test_an_answer_in_time_gives_back_what_was_claimed() -> None:
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR)))
    (question,) = nodes.questions()
    nodes.told(nodes.ask(question))
    assert movement.told == [*ACCEPTED, "RegisterNotice", "CC029C"]
    assert notices(nodes.here)[-1].known == YES
    sent = released(movement)
    assert (movement.case.control, names(sent), movement.case.limit_date) == ("A3", ["C521"], dt.date(2026, 11, 25))


@pytest.mark.parametrize(
    "acts",
    [(), (act(ACR, CONSIGNEE),), (act(ACR, TRADER), act(ACR, TRADER, 2, state=State.SUSPENDED))],
    ids=["nobody granted it", "another's", "suspended"],
)
def test_what_its_register_denies_stays_absent_and_is_said(acts: tuple[Any, ...]) -> None:
    nodes = centralised(*acts)
    movement = nodes.lodged(claiming(("C521", ACR)))
    nodes.answered()
    assert movement.told == [*ACCEPTED, "RegisterNotice", "CC029C"]
    assert notices(nodes.here)[-1].known == NO
    assert (movement.case.control, names(released(movement))) == ("A2", [])


def test_an_authorisation_that_was_withdrawn_meanwhile_held_on_the_day_of_acceptance() -> None:
    """UCC art. 172(2): the date of acceptance is the one by which the procedure is judged."""
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR)))
    later = dt.datetime.fromtimestamp(nodes.here.clock.at / 1e6, dt.UTC) + dt.timedelta(minutes=1)
    sender, gone = act(ACR, TRADER, 2, state=State.REVOKED, effect_from=later)
    nodes.here.wait(5 * MINUTE)
    nodes.there.give(gone, sender)
    nodes.answered()
    assert (notices(nodes.here)[-1].known, movement.case.control) == (YES, "A3")


def test_an_answer_after_the_release_changes_nothing() -> None:
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR)))
    (question,) = nodes.questions()
    nodes.here.wait(20 * MINUTE)
    assert movement.told[-1] == "CC029C"
    before = movement.case
    nodes.told(nodes.ask(question))
    assert "too late" in notices(nodes.here)[-1].reason
    assert replace(movement.case, claims=before.claims) == before
    nodes.here.wait(3 * 60 * MINUTE)
    assert nodes.questions() == [], "nobody is asked for what is of no use"


def test_an_answer_of_another_to_nothing_and_twice_is_not_taken() -> None:
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR)))
    answer = nodes.ask(nodes.questions()[0])
    assert isinstance(nodes.told(answer, by="BE", id="of BE"), NotFound)
    assert isinstance(nodes.told(replace(answer, correlation="invented"), id="invented"), NotFound)
    assert movement.told == ACCEPTED
    nodes.told(answer)
    assert movement.told[-1] == "CC029C"
    assert isinstance(nodes.told(answer, id="again"), NotFound)


@pytest.mark.parametrize(
    "said",
    [
        AuthorisationAnswer(reference="FRACR2024000078", known=YES, standing=Standing.USABLE, holder=TRADER),
        AuthorisationAnswer(reference="FRACR2024000078", known=NO, standing=Standing.UNKNOWN),
        AuthorisationAnswer(reference=ACR, known=not_known("FR", Why.UNREACHABLE), standing=Standing.USABLE,
                            holder=TRADER),
    ],
    ids=["yes to another", "no to another", "not known, and usable nevertheless"],
)  # fmt: skip
def test_a_register_that_answers_something_else_is_asked_again(said: AuthorisationAnswer) -> None:
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(early(("C521", ACR)))
    nodes.told(saying(nodes.ask(nodes.questions()[0]), said))
    assert (len(notices(nodes.here)), nodes.questions()) == (1, [])
    nodes.here.wait(16 * MINUTE)
    nodes.answered()
    assert notices(nodes.here)[-1].known == YES
    assert movement.case.state == "pre-lodged"


def test_rights_of_several_registers_are_asked_at_once_and_each_counts_for_itself() -> None:
    nodes = centralised(act(ACR, TRADER))
    elsewhere = "BEACR2026000001"
    movement = nodes.lodged(claiming(("C521", ACR), ("C521", elsewhere)))
    assert [each.reference for each in notices(nodes.here)] == [ACR, elsewhere]
    nodes.answered()
    assert movement.told[-1] == "RegisterNotice", "Belgium may still answer"
    nodes.here.wait(16 * MINUTE)
    assert [each.reference_number for each in released(movement).authorisation] == [ACR]
    assert movement.case.control == "A3"


def test_a_right_that_holds_elsewhere_alone_is_denied_by_its_register() -> None:
    nodes = Nodes("DE", act(FOREIGN, TRADER))
    movement = nodes.lodged(claiming(("C521", FOREIGN)))
    nodes.answered()
    assert "IA art. 313(1)" in notices(nodes.here)[-1].reason
    assert names(released(movement)) == []


def test_two_rights_of_one_register_are_both_asked_about() -> None:
    nodes = centralised(act(ACR, TRADER), act(SEALS, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR), ("C523", SEALS)))
    for _ in range(2):
        nodes.answered()
    assert movement.told[-1] == "CC029C"
    assert names(released(movement)) == ["C521", "C523"]


def test_seals_of_a_special_type_identify_nothing_until_they_are_confirmed() -> None:
    nodes = centralised(act(ACR, TRADER), act(SEALS, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR), ("C523", SEALS)))
    nodes.here.wait(16 * MINUTE)
    assert movement.case.state == "under control", "the office seals the goods (UCC art. 192(1), IA art. 299)"


def test_what_cannot_be_declared_without_the_right_is_refused_saying_whose_register_is_silent() -> None:
    nodes = Nodes("DE", act(REDUCED, TRADER))
    base = with_named(("C524", REDUCED))
    reduced = replace(base.transit_operation, reduced_dataset_indicator=True)
    house = base.consignment.house_consignment[0]
    item = house.consignment_item[0]
    assert item.commodity.goods_measure is not None
    measure = replace(item.commodity.goods_measure, net_mass=None)
    bare = replace(item, commodity=replace(item.commodity, goods_measure=measure))
    houses = (replace(house, consignment_item=(bare,)),)
    consignment = replace(base.consignment, house_consignment=houses)
    movement = nodes.lodged(replace(base, transit_operation=reduced, consignment=consignment))
    assert movement.told == ["CC056C"]
    assert ("/CC015C/Authorisation[1]/referenceNumber", "14", "G0033", REDUCED) in faults(movement)
    assert nodes.questions() == []


def test_goods_at_an_authorised_place_are_not_presented_without_the_right() -> None:
    nodes = centralised(act(ACR, TRADER))
    base = claiming(("C521", ACR))
    place = p5.LocationOfGoods(type_of_location="B", qualifier_of_identification="Y", authorisation_number=ACR)
    movement = nodes.lodged(replace(base, consignment=replace(base.consignment, location_of_goods=place)))
    assert movement.told == ["CC056C"]
    assert "/CC015C/Consignment/LocationOfGoods/typeOfLocation" in [each[0] for each in faults(movement)]


def test_an_amendment_claims_anew() -> None:
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(claiming(("C521", ACR)))
    changed = fresh(replace(normal(), authorisation=()), 1)
    nodes.here.give(movement.about(amendment(changed)), TRADER)
    assert movement.told[-2:] == ["CC004C", "CC029C"], "what is not claimed is not waited for"
    nodes.answered()
    assert names(released(movement)) == []


def test_a_prelodged_declaration_has_its_rights_confirmed_as_of_the_day_of_its_presentation() -> None:
    nodes = centralised(act(ACR, TRADER))
    movement = nodes.lodged(early(("C521", ACR)))
    nodes.answered()
    assert notices(nodes.here)[-1].known == YES
    movement.present()
    assert movement.told[-1] == "RegisterNotice", "it is accepted now, and now its right is asked for (UCC art. 172(2))"
    nodes.answered()
    assert movement.told[-1] == "CC029C"
    assert names(released(movement)) == ["C521"]


def with_named(*named: tuple[str, str]) -> CC015C:
    """The base declaration with authorisations, and no limit date."""
    base = claiming(*named)
    return replace(base, transit_operation=replace(base.transit_operation, limit_date=None))


# --- authorised economic operators ------------------------------------------------------------------------------------


def without_centre(*acts: tuple[str, Any]) -> Nodes:
    return Nodes("EU", *operators(TRADER), *acts, here=Office(kept=frozenset({"FR", "DE", "AT"})))


def test_an_aeo_that_cannot_be_asked_for_counts_as_any_operator_and_is_told() -> None:
    nodes = without_centre(trusted())
    movement = nodes.lodged(by_trusted_holder(normal()))
    assert movement.told == ACCEPTED
    (notice,) = notices(nodes.here)
    assert (notice.claim, notice.known.whom, notice.article) == ("Y026", "EU", "UCC art. 38(6)")
    nodes.here.wait(16 * MINUTE)
    assert movement.told[-1] == "CC029C"
    assert movement.case.trusted is False
    assert released(movement).consignment.additional_reference == ()


def test_an_aeo_whose_register_answers_in_time_is_trusted() -> None:
    nodes = without_centre(trusted())
    movement = nodes.lodged(by_trusted_holder(normal()))
    nodes.answered()
    assert movement.told == [*ACCEPTED, "RegisterNotice", "CC029C"]
    assert movement.case.trusted is True
    assert [each.type for each in released(movement).consignment.additional_reference] == ["Y026"]


def test_an_aeo_is_told_of_a_control_in_advance_once_the_register_said_so() -> None:
    nodes = without_centre(trusted())
    movement = nodes.lodged(by_trusted_holder(replace(prelodged(), consignment=risky().consignment)))
    assert movement.told == ["CC928C", "RegisterNotice"]
    nodes.answered()
    assert movement.case.trusted is True


@pytest.mark.parametrize(
    ("said", "known"),
    [
        (AeoStatus(TRADER, NO), NO),
        (AeoStatus(TRADER, YES, types=(AeoType.CUSTOMS_SIMPLIFICATIONS,), numbers=("FRAEOC00000001",)), NO),
        (AeoStatus(CONSIGNEE, YES, numbers=(AEO,)), None),
    ],
    ids=["none", "another number", "another operator"],
)
def test_a_register_that_does_not_confirm_the_number_gives_no_trust(said: AeoStatus, known: Any) -> None:
    nodes = without_centre(trusted())
    movement = nodes.lodged(by_trusted_holder(normal()))
    nodes.told(saying(nodes.ask(nodes.questions()[0]), said))
    told = notices(nodes.here)
    assert [each.known for each in told[1:]] == ([known] if known is not None else [])
    nodes.here.wait(16 * MINUTE)
    assert (movement.told[-1], movement.case.trusted) == ("CC029C", False)


def test_an_officer_reads_that_trust_could_not_be_asked_for() -> None:
    nodes = without_centre()
    movement = nodes.lodged(risky())
    (task,) = movement.tasks
    assert any("AEO is not known" in each for each in task.risk)
    assert notices(nodes.here) == [], "the holder claims nothing, and is told nothing"


# --- the authorised consignee -----------------------------------------------------------------------------------------


def arriving(*acts: tuple[str, Any]) -> tuple[Nodes, Movement]:
    """Goods on their way to Wien, where the decisions of Austria are kept by another system."""
    here = Office(kept=frozenset({"FR", "DE", "AT", "EU"}), apart=frozenset({"authorisations"}))
    nodes = Nodes("AT", *acts, here=here)
    return nodes, nodes.lodged(normal())


def test_a_consignee_whose_authorisation_is_not_known_is_refused_and_told_to_notify_again() -> None:
    nodes, movement = arriving()
    movement.arrive(simplified_arrival())
    (refusal,) = [each for each in nodes.here.sent(CONSIGNEE) if isinstance(each, p5.CC057C)]
    assert [e.error_reason for e in refusal.functional_error] == ["G0033"]
    nodes.here.wait(16 * MINUTE)
    movement.arrive(simplified_arrival())
    assert nodes.here.names(CONSIGNEE)[-1] == "CC057C"
    assert ask_at(nodes) == 1, "one question is under way"
    nodes.told(nodes.ask(nodes.questions()[0]), by="AT")
    assert notices(nodes.here, CONSIGNEE)[-1].known == YES
    movement.arrive(simplified_arrival())
    assert nodes.here.names(CONSIGNEE)[-1] == "CC043C"


def ask_at(nodes: Nodes) -> int:
    return len(nodes.questions())


def test_a_confirmation_of_yesterday_is_asked_for_again() -> None:
    nodes, movement = arriving()
    movement.arrive(simplified_arrival())
    nodes.answered()
    nodes.here.wait(60 * MINUTE)
    movement.arrive(simplified_arrival())
    assert nodes.here.names(CONSIGNEE)[-1] == "CC057C"


def test_a_consignee_may_present_the_goods_at_the_office_meanwhile() -> None:
    nodes, movement = arriving()
    movement.arrive(simplified_arrival())
    movement.arrive(arrival())
    movement.inspect()
    assert nodes.here.names(CONSIGNEE)[-1] == "CC025C"
    nodes.answered()
    assert notices(nodes.here, CONSIGNEE) == [], "what arrived otherwise needs no right"


def test_a_consignee_whom_the_register_denies_is_told_so() -> None:
    nodes, movement = arriving(act(ACE, CONSIGNEE, 2, state=State.REVOKED))
    movement.arrive(simplified_arrival())
    nodes.answered()
    assert notices(nodes.here, CONSIGNEE)[-1].known == NO


# --- through doors ----------------------------------------------------------------------------------------------------


async def granted_elsewhere(folder: Path, way: str, keeper: NodeSettings, identity: DevelopmentIdentity) -> None:
    """What the declaration claims is granted at its keeper, which is stopped then."""
    since = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    async with running(keeper) as there:
        if way == "peer":
            authority = caller(there, "ccn2", "de.officer", identity)
            said = {"reference": FOREIGN, "number": 1, "holder": HOLDER, "effect_from": since}
            await authority.call("authorisations.state", msgspec.json.encode(said))
            await hears(authority, "AuthorisationActKept")
        else:
            authority = caller(there, "ccn2", "fr.system", identity)
            granted = AuthorisationGranted(number=AEO, holder=HOLDER, legal_name="L", country="FR", since=since.date())
            await authority.call("aeo.grant", msgspec.json.encode(granted))
            question = msgspec.json.encode({"identifier": HOLDER})
            while (await authority.call("aeo.check", question))["known"] != {"says": "yes"}:  # noqa: ASYNC110
                await asyncio.sleep(0.1)
        await authority.close()


def claimed(way: str, content: CC015C) -> CC015C:
    if way == "centre":
        return by_trusted_holder(content)
    named = (p5.Authorisation(sequence_number=1, type="C521", reference_number=FOREIGN),)
    limit = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=5)
    operation = replace(content.transit_operation, limit_date=limit)
    return replace(content, authorisation=named, transit_operation=operation)


async def journey(folder: Path, way: str) -> None:
    identity, numbers = identity_in(folder), Numbers(SystemClock().now, SystemIds().random)
    centre, *free = free_ports(5)
    ports = {"speed2": free[2], "ccn2": free[3]}
    peers = {"DE": ports["ccn2"]} if way == "peer" else {}
    keeper = keeper_of(folder, way, centre, ports, free[1])
    await granted_elsewhere(folder, way, keeper, identity)
    async with running(national(folder, "FR", {"speed2": free[0], "ccn2": free[1]}, centre, **peers)) as fr:
        holder = caller(fr, "speed2", "trader.fr.lesquin", identity)
        officer = caller(fr, "ccn2", "fr.officer", identity)
        cover = Cover(numbers.grn())
        await officer.call("guarantees.register", msgspec.json.encode(
            GuaranteeRegistration(cover.grn, "1", HOLDER, cover.access_code, Decimal(100_000), dt.date(2025, 1, 1),
                                  "fr.officer")
        ))  # fmt: skip
        await hears(officer, "GuaranteeRegistered")
        lodged = await holder.send(p5.write(claimed(way, declaration(numbers, cover))))
        assert lodged.status == 202, lodged.text
        assert await hears(holder, "RegisterNotice") == ["CC928C", "CC028C", "RegisterNotice"]
        await until(lambda: fails(fr))  # the question leaves, and nobody takes it
        lines = await holder.call("case_files.my_cases", msgspec.json.encode({}))
        (case,) = [each["reference"] for each in lines["cases"] if each["state"] == "accepted"]
        shown = await holder.call("case_files.show", msgspec.json.encode({"reference": case}))
        (notice,) = [each for each in shown["messages"] if each["type"] == "RegisterNotice"]
        assert "not known since" in notice["reasons"][0]["remedy"], "the page of the case says it in words"
        assert not [each for each in shown["messages"] if each["type"] == "CC029C"], "the release waits a while"
        async with running(keeper):
            told = await hears(holder, "CC029C")
            assert told == ["CC928C", "CC028C", "RegisterNotice", "RegisterNotice", "CC029C"]
        for partner in (holder, officer):
            await partner.close()


@pytest.mark.parametrize("way", ["peer", "centre"])
def test_a_right_is_decided_upon_once_its_register_is_back(tmp_path: Path, way: str) -> None:
    """An authorisation of another Member State, by a way between two nodes; an AEO, by the centre."""
    asyncio.run(journey(tmp_path, way))
