"""The same journey between nodes with a store of their own that exchange bytes, and what is in each message."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from douane.applications.guarantees.messages import GuaranteeQuery, GuaranteeRegistration
from douane.applications.representation.messages import Empowerment, Representing
from douane.applications.transit.messages import Inspection, Lateness, OfficeInvalidation, Passage
from douane.applications.transit.tests.base_declarations import CONSIGNEE, GRN, TRADER, normal, several
from douane.applications.transit.tests.base_messages import (
    amendment,
    arrival,
    invalidation_request,
    simplified_arrival,
)
from douane.runtime.store.ports import DAY
from douane.standards.ncts.phase5 import CC015C, Representative02, check
from douane.vocabulary.identifiers import Country, Grn
from tests.journeys.movements import Movement, covering, risky
from tests.journeys.office import BEHAVIOUR, CATALOGUE, Clock, Office


class Union:
    """Nodes by administration; ``carry`` takes what waits for another administration over, as bytes, in order."""

    def __init__(self, *kept: str) -> None:
        clock = Clock()
        self.nodes = [Office(frozenset(each.split()), clock) for each in kept]
        self.taken: dict[tuple[int, str], int] = {}
        self.carried: list[str] = []

    def node(self, administration: str) -> Office:
        return next(node for node in self.nodes if administration in node.kept)

    def carry(self) -> list[str]:
        before = len(self.carried)
        while self._round():
            pass
        return self.carried[before:]

    def _round(self) -> bool:
        moved = False
        for number, source in enumerate(self.nodes):
            for target in self.nodes:
                for administration in target.kept - source.kept:
                    party = f"NTA.{administration}"
                    waiting = source.sent(party)
                    for message in waiting[self.taken.get((number, party), 0) :]:
                        self._hand_over(message, target, administration)
                        moved = True
                    self.taken[number, party] = len(waiting)
        return moved

    def _hand_over(self, message: Any, target: Office, administration: str) -> None:
        assert check(message) == (), (message, check(message))
        self.carried.append(f"{message.message_sender[-2:]}>{administration} {type(message).__name__}")
        _, _, body, _ = CATALOGUE.encode(message)
        target.give(CATALOGUE.read_document(body), message.message_sender, administration=administration)


FOREIGN_GRN = str(Grn.issue(2025, Country("DE"), "004055000007"))


def registration() -> GuaranteeRegistration:
    return GuaranteeRegistration(
        FOREIGN_GRN, "1", TRADER, "A1B2", Decimal(10_000), dt.date(2025, 1, 1), "de.officer", office="DE004055"
    )


def abroad(declaration: CC015C) -> CC015C:
    (guarantee,) = declaration.guarantee
    references = (replace(guarantee.guarantee_reference[0], grn=FOREIGN_GRN),)
    return replace(declaration, guarantee=(replace(guarantee, guarantee_reference=references),))


def doubly(declaration: CC015C) -> CC015C:
    (guarantee,) = declaration.guarantee
    (reference,) = guarantee.guarantee_reference
    other = replace(reference, sequence_number=2, grn=FOREIGN_GRN)
    return replace(declaration, guarantee=(replace(guarantee, guarantee_reference=(reference, other)),))


def held_abroad(union: Union) -> Decimal:
    answer = BEHAVIOUR.queries["guarantees.show"].answer
    found: Decimal = answer(union.node("DE").view("DE"), GuaranteeQuery(FOREIGN_GRN)).reserved
    return found


def test_three_administrations_with_nodes_of_their_own_discharge_a_movement() -> None:
    union = Union("FR", "DE", "AT")
    movement = Movement(several(), office=union.node("FR"))
    assert movement.told == ["CC928C", "CC028C", "CC029C"]
    assert sorted(union.carry()) == ["FR>AT CD001C", "FR>DE CD050C"]
    assert movement.case.released_on is not None
    passage = Passage(mrn=movement.mrn, office="DE004055", officer="de.officer", passed_on=movement.case.released_on)
    union.node("DE").give(passage, "de.officer", administration="DE")
    assert union.carry() == ["DE>FR CD118C"]
    union.node("AT").give(movement.about(arrival()), CONSIGNEE)
    assert union.carry() == ["AT>FR CD006C"]
    union.node("AT").give(
        Inspection(mrn=movement.mrn, officer="at.officer", code="A1"), "at.officer", administration="AT"
    )
    assert union.carry() == ["AT>FR CD018C"]
    assert union.node("AT").names(CONSIGNEE) == ["CC025C"]
    assert movement.told == ["CC928C", "CC028C", "CC029C", "CC045C"]
    assert movement.account.reserved == 0


def test_a_guarantee_of_another_node_is_reserved_and_credited_by_message() -> None:
    union = Union("FR", "DE AT")
    home = union.node("FR")
    movement = Movement(abroad(normal()), office=home)
    assert movement.told == ["CC928C", "CC028C"]
    union.node("DE").give(registration(), "de.officer", administration="DE")
    assert union.carry()[:2] == ["FR>DE CD203C", "DE>FR CD205C"]
    assert movement.told == ["CC928C", "CC028C", "CC029C"]
    union.node("AT").give(movement.about(arrival()), CONSIGNEE)
    union.node("AT").give(
        Inspection(mrn=movement.mrn, officer="at.officer", code="A2"), "at.officer", administration="AT"
    )
    assert union.carry()[-1] == "FR>DE CD209C"
    assert held_abroad(union) == 0
    assert movement.case.state == "discharged"


def test_a_guarantee_of_another_administration_of_the_same_node_is_reserved() -> None:
    centre = Office()
    centre.give(registration(), "de.officer", administration="DE")
    movement = Movement(abroad(normal()), office=centre)
    assert movement.told == ["CC928C", "CC028C", "CC029C"]
    answer = BEHAVIOUR.queries["guarantees.show"].answer
    assert answer(centre.view("DE"), GuaranteeQuery(FOREIGN_GRN)).reserved == 4500


def test_a_lost_movement_is_enquired_about_across_nodes() -> None:
    union = Union("FR", "DE AT")
    movement = Movement(office=union.node("FR"))
    union.carry()
    movement.office.wait(16 * DAY)
    assert union.carry() == ["FR>AT CD142C", "AT>FR CD143C"]
    movement.office.give(movement.information("Unknown."), movement.sender)
    movement.close(discharged=False, amount="812.50")
    assert movement.told == ["CC928C", "CC028C", "CC029C", "CC140C", "CC035C"]
    assert sorted(union.carry()) == ["FR>AT CD063C", "FR>DE CD063C"]
    union.node("AT").give(movement.about(arrival()), CONSIGNEE)
    assert union.carry() == ["AT>FR CD006C", "FR>DE CD024C"]
    inspected = Inspection(mrn=movement.mrn, code="A1")
    union.node("AT").give(inspected, "at.officer", administration="AT")
    assert union.carry() == []
    assert "8 days after the limit" in union.node("AT").sent("at.officer")[-1].reason, "its record says by when"
    late = replace(inspected, lateness=Lateness.NOT_EXCUSED)
    union.node("AT").give(late, "at.officer", administration="AT")
    assert union.carry() == ["AT>FR CD018C"]
    assert movement.case.state == "discharged"


def test_an_invalidated_movement_is_not_expected_at_destination_any_more() -> None:
    union = Union("FR", "DE AT")
    movement = Movement(office=union.node("FR"))
    union.carry()
    decision = OfficeInvalidation(mrn=movement.mrn, officer="fr.officer", justification="Goods destroyed.")
    movement.office.give(decision, "fr.officer", administration="FR")
    assert sorted(union.carry()) == ["FR>AT CD010C", "FR>DE CD010C"]
    union.node("AT").give(movement.about(simplified_arrival()), CONSIGNEE)
    assert union.node("AT").names(CONSIGNEE) == ["CC057C"]
    assert movement.office.names(TRADER)[-1] == "CC009C"


def test_an_amendment_overtakes_the_answer_about_a_guarantee_elsewhere() -> None:
    union = Union("FR", "DE AT")
    union.node("DE").give(registration(), "de.officer", administration="DE")
    movement = Movement(abroad(normal()), office=union.node("FR"))
    smaller = movement.about(amendment(covering(movement.declaration, "1000.00")))
    movement.office.give(smaller, TRADER)  # the first question is still on its way
    assert movement.told == ["CC928C", "CC028C", "CC004C"]
    carried = union.carry()
    assert carried[:4] == ["FR>DE CD203C", "FR>DE CD203C", "DE>FR CD205C", "DE>FR CD205C"]
    assert movement.told == ["CC928C", "CC028C", "CC004C", "CC029C"]
    assert held_abroad(union) == 1000


def test_an_invalidation_overtakes_the_answer_about_a_guarantee_elsewhere() -> None:
    union = Union("FR", "DE AT")
    union.node("DE").give(registration(), "de.officer", administration="DE")
    movement = Movement(abroad(normal()), office=union.node("FR"))
    movement.office.give(movement.about(invalidation_request()), TRADER)
    assert union.carry() == ["FR>DE CD203C", "FR>DE CD204C", "DE>FR CD205C"]
    assert movement.told == ["CC928C", "CC028C", "CC009C"]
    assert held_abroad(union) == 0


def test_two_guarantees_are_reserved_one_after_the_other_and_given_back_together() -> None:
    union = Union("FR", "DE AT")
    movement = Movement(doubly(risky()), office=union.node("FR"))
    union.carry()
    assert movement.told == ["CC928C", "CC028C", "CC055C"]  # the German one is not registered
    assert [use.state for use in movement.case.guarantees] == ["held", "refused"]
    union.node("DE").give(registration(), "de.officer", administration="DE")
    movement.office.give(movement.about(amendment(movement.declaration, of_guarantee=True)), TRADER)
    union.carry()
    assert movement.told == ["CC928C", "CC028C", "CC055C", "CC004C", "CC060C"]
    assert (movement.account.reserved, held_abroad(union)) == (Decimal(4500), Decimal(4500))
    movement.decide(good=False)
    assert union.carry() == ["FR>DE CD204C"]
    assert (movement.account.reserved, held_abroad(union)) == (Decimal(0), Decimal(0))


def test_an_amendment_that_drops_a_guarantee_gives_it_back() -> None:
    union = Union("FR", "DE AT")
    union.node("DE").give(registration(), "de.officer", administration="DE")
    movement = Movement(doubly(risky()), office=union.node("FR"))
    movement.office.give(movement.about(amendment(replace(movement.declaration, guarantee=risky().guarantee))), TRADER)
    assert union.carry() == ["FR>DE CD203C", "FR>DE CD204C", "DE>FR CD205C"]
    assert held_abroad(union) == 0
    assert [use.grn for use in movement.case.guarantees] == [GRN]


def test_a_representative_lodges_and_both_may_speak_of_the_movement() -> None:
    representative = "BE0123456789"
    lodged = replace(
        covering(normal(), "20000.00"),
        representative=Representative02(identification_number=representative, status="2"),
    )
    office = Office()
    office.give(
        Empowerment(
            administration="FR", principal=TRADER, representative=representative, kind=Representing.DIRECT,
            valid_from=dt.date(2026, 1, 1),
        ),
        TRADER,
    )  # fmt: skip
    movement = Movement(lodged, office=office, sender=representative)
    assert movement.told == ["CC928C", "CC028C", "CC055C"]
    movement.office.give(movement.about(invalidation_request()), TRADER)
    assert movement.told == ["CC928C", "CC028C", "CC055C", "CC009C"]
