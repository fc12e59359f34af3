"""No status is taken from a declaration: what no register confirms is a functional error, and earns nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.authorisations.contract import State
from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.applications.risk_analysis.contract import Procedure, TrustedTrader
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, address, normal
from douane.applications.transit.tests.base_messages import simplified_arrival
from douane.runtime.core.owner import Owner
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC015C
from tests.journeys.movements import Movement, by_trusted_holder, risky
from tests.journeys.office import BEHAVIOUR, Office
from tests.journeys.registered import ACE, act, operators, trusted
from tests.journeys.test_one_risk_analysis import exported, imported

ACR = "FRACR2024000077"
FAULT = "functional_error"


def claiming(*named: tuple[str, str]) -> CC015C:
    """The base declaration under these authorisations, with the limit date that a consignor may set."""
    base = normal()
    found = tuple(p5.Authorisation(sequence_number=n, type=t, reference_number=r) for n, (t, r) in enumerate(named, 1))
    operation = replace(base.transit_operation, limit_date=dt.date(2026, 11, 25))
    return replace(base, authorisation=found, transit_operation=operation)


def faults(movement: Movement) -> list[tuple[str, str, str, str]]:
    """What the last message to the holder says is wrong."""
    last: Any = movement.office.sent(movement.sender)[-1]
    return [
        (e.error_pointer, e.error_code, e.error_reason or "", e.original_attribute_value or "")
        for e in getattr(last, FAULT, ())
    ]


def office(*acts: Any) -> Office:
    """An office whose registers hold these acts beside what every journey has."""
    made = Office()
    for sender, message in acts:
        made.give(message, sender)
    return made


def test_an_invented_authorisation_is_a_functional_error_where_it_stands() -> None:
    movement = Movement(claiming(("C521", "XXACRINVENTED")))
    pointer = "/CC015C/Authorisation[1]/referenceNumber"
    assert movement.told == ["CC056C"]
    assert faults(movement) == [(pointer, "14", "G0033", "XXACRINVENTED")]


def test_an_authorisation_of_the_holder_that_is_in_force_is_used() -> None:
    movement = Movement(claiming(("C521", ACR)), office(act(ACR, TRADER)))
    assert movement.told == ["CC928C", "CC028C", "CC029C"]
    assert movement.case.control == "A3"


def test_an_authorisation_is_used_as_before_once_the_node_began_anew() -> None:
    """What the register answers from its store is what it answered while the act was in memory."""
    kept = office(act(ACR, TRADER))
    kept.owner = Owner(kept.partition, kept.owner.ports)
    kept.owner.begin()
    movement = Movement(claiming(("C521", ACR)), kept)
    assert movement.told == ["CC928C", "CC028C", "CC029C"]
    assert movement.case.control == "A3"
    notice = simplified_arrival()
    kept.give(movement.about(notice), CONSIGNEE)
    assert kept.names(CONSIGNEE)[-1] == "CC043C"


@pytest.mark.parametrize(
    "acts",
    [
        [act(ACR, CONSIGNEE)],
        [act(ACR, TRADER), act(ACR, TRADER, 2, state=State.SUSPENDED)],
        [act(ACR, TRADER), act(ACR, TRADER, 2, state=State.REVOKED)],
        [act(ACR, TRADER, effect_from=dt.datetime(2027, 1, 1, tzinfo=dt.UTC))],
        [act(ACR, TRADER, effect_to=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))],
    ],
    ids=["another's", "suspended", "revoked", "not yet", "no more"],
)
def test_an_authorisation_that_may_not_be_used_is_refused(acts: list[Any]) -> None:
    movement = Movement(claiming(("C521", ACR)), office(*acts))
    assert movement.told == ["CC056C"]
    assert [fault[2] for fault in faults(movement)] == ["G0033"]


def test_an_authorisation_of_another_type_or_member_state_is_refused() -> None:
    """A consignor's authorisation holds for movements that begin where it was granted (IA art. 313(1))."""
    foreign, seals = "DEACR2024000001", "FRSSE2024000001"
    made = office(act(foreign, TRADER), act(seals, TRADER))
    movement = Movement(claiming(("C521", foreign)), made)
    assert movement.told == ["CC056C"]
    movement = Movement(claiming(("C521", seals)), office(act(seals, TRADER)))
    assert movement.told == ["CC056C"]


def test_a_suspension_refuses_the_next_declaration_and_leaves_the_open_movement() -> None:
    first = Movement(claiming(("C521", ACR)), office(act(ACR, TRADER)))
    sender, suspended = act(ACR, TRADER, 2, state=State.SUSPENDED)
    first.office.give(suspended, sender)
    second = Movement(claiming(("C521", ACR)), first.office, number=2)
    assert first.case.state == "released"
    assert second.told[-1] == "CC056C"
    first.arrive()
    first.inspect()
    assert first.case.state == "discharged"


def test_an_unregistered_holder_is_a_functional_error() -> None:
    stranger = "FR00000000000XX"
    holder = replace(normal().holder_of_the_transit_procedure, identification_number=stranger)
    movement = Movement(replace(normal(), holder_of_the_transit_procedure=holder), sender=stranger)
    pointer = "/CC015C/HolderOfTheTransitProcedure/identificationNumber"
    assert movement.told == ["CC056C"]
    assert faults(movement) == [(pointer, "14", "R0850", stranger)]


def test_a_number_that_was_invalidated_is_no_number() -> None:
    made = Office()
    ended = OperatorEntry(
        eori=TRADER, legal_name="Transports", country="FR", valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2026, 10, 31),
    )  # fmt: skip
    made.give(OperatorRecords((ended,)), "NTA.FR")
    movement = Movement(normal(), made)
    assert movement.told == ["CC056C"]
    assert [fault[2] for fault in faults(movement)] == ["R0850"]


def test_an_answer_that_was_given_is_not_given_again_once_the_register_changed() -> None:
    first = Movement()
    ended = OperatorEntry(
        eori=TRADER, legal_name="Transports", country="FR", valid_from=dt.date(2020, 1, 1),
        valid_to=dt.date(2026, 10, 31),
    )  # fmt: skip
    first.office.give(OperatorRecords((ended,)), "NTA.FR")
    second = Movement(normal(), first.office, number=2)
    assert first.case.state == "released"
    assert second.told[-1] == "CC056C"


def test_a_holder_of_a_third_country_that_no_agreement_recognises_is_refused() -> None:
    holder = replace(
        normal().holder_of_the_transit_procedure,
        identification_number="US123456789",
        name="Acme",
        address=address("US"),
    )
    movement = Movement(replace(normal(), holder_of_the_transit_procedure=holder), sender="US123456789")
    assert movement.told == ["CC056C"]
    assert [fault[2] for fault in faults(movement)] == ["R0850"]


def test_an_invented_trusted_trader_is_a_functional_error_and_earns_nothing() -> None:
    declaration = by_trusted_holder(risky())
    made = Office()
    movement = object.__new__(Movement)  # without the grant that a journey of a trusted holder begins with
    movement.declaration, movement.office, movement.sender = declaration, made, TRADER
    made.give(declaration, TRADER)
    assert movement.told == ["CC056C"]
    reference = "/CC015C/Consignment/AdditionalReference[1]/referenceNumber"
    assert faults(movement) == [
        (reference, "14", "N/A", declaration.consignment.additional_reference[0].reference_number)
    ]


def test_a_simplified_arrival_under_an_invented_authorisation_learns_nothing() -> None:
    movement = Movement()
    invented = "ATACEINVENTED1"
    notice = simplified_arrival()
    notice = replace(
        notice, authorisation=(replace(notice.authorisation[0], reference_number=invented),),
        consignment=replace(
            notice.consignment,
            location_of_goods=replace(notice.consignment.location_of_goods, authorisation_number=invented),
        ),
    )  # fmt: skip
    trader = movement.arrive(notice)
    assert movement.office.names(trader) == ["CC057C"]
    (fault,) = movement.office.sent(trader)[-1].functional_error
    assert (fault.error_pointer, fault.error_code) == ("/CC007C/Authorisation[1]/referenceNumber", "14")


def test_a_consignee_with_a_suspended_authorisation_gets_no_permission_to_unload() -> None:
    movement = Movement(office=office(act(ACE, CONSIGNEE, 2, state=State.SUSPENDED)))
    trader = movement.arrive(simplified_arrival())
    assert movement.office.names(trader) == ["CC057C"]


def test_what_a_message_of_the_same_tick_stated_is_seen() -> None:
    """The registration and the declaration that needs it are handled in one tick."""
    made = Office()
    stranger = "FR77700000000017"
    ((sender, records),) = operators(stranger)
    holder = replace(normal().holder_of_the_transit_procedure, identification_number=stranger)
    declaration = replace(normal(), holder_of_the_transit_procedure=holder)
    made.together((records, sender), (declaration, stranger))
    assert "CC056C" not in made.names(stranger)
    assert "CC928C" in made.names(stranger)


def test_nobody_who_is_not_registered_declares_for_import_or_export() -> None:
    made, stranger = Office(), "FR77700000000018"
    made.give(replace(imported(), declarant=stranger), stranger)
    made.give(replace(exported(), declarant=stranger), stranger)
    assert made.names(stranger) == ["ImportRefused", "ExportRefused"]
    for refused in made.sent(stranger):
        assert stranger in refused.reasons[0]


def test_risk_analysis_learns_of_trust_from_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    """An authorised operator is asked about as such in each procedure, whatever its declaration says."""
    seen: list[tuple[Procedure, TrustedTrader]] = []
    made, assess = Office(), BEHAVIOUR.queries["risk_analysis.assess"]

    def watched(view: Any, question: Any) -> Any:
        asked = question.consignment
        party = asked.holder if asked.procedure is Procedure.TRANSIT else asked.declarant
        seen.append((asked.procedure, party.trusted))
        return assess.answer(view, question)

    monkeypatch.setitem(BEHAVIOUR.queries, "risk_analysis.assess", type(assess)(assess.operation, watched))
    sender, granted = trusted()
    for holds in (False, True):
        if holds:
            made.give(granted, sender)
        made.give(replace(imported(f"I{holds:d}"), declarant=TRADER), TRADER)
        made.give(replace(exported(f"E{holds:d}"), declarant=TRADER), TRADER)
        Movement(normal(), made, number=1 + holds)
    procedures = (Procedure.IMPORT, Procedure.EXPORT, Procedure.TRANSIT)
    assert seen == [(each, trust) for trust in (TrustedTrader.NONE, TrustedTrader.BOTH) for each in procedures]


# --- the register of operators is kept by another node ---------------------------------------------------------------


def national() -> Office:
    """The node of one administration: the Union's registers are kept elsewhere."""
    return Office(frozenset({"FR"}))


def test_where_the_register_is_elsewhere_an_operator_who_is_not_proven_is_settled_by_an_officer() -> None:
    """The holder proved who he is; whom he names as representative did not, and nobody here knows him."""
    named = p5.Representative02(identification_number="FR99999999900099", status="2")
    movement = Movement(replace(normal(), representative=named), national())
    assert movement.told == ["CC928C", "CC028C", "RegisterNotice"]
    assert ["FR99999999900099" in each.title for each in movement.tasks] == [True]


def test_where_the_register_is_elsewhere_who_proved_to_be_the_holder_declares() -> None:
    assert Movement(normal(), national()).told == ["CC928C", "CC028C", "CC029C"]


def test_where_the_register_is_elsewhere_no_trust_is_had_by_claiming_it() -> None:
    movement = Movement(by_trusted_holder(normal()), national())
    assert movement.told == ["CC928C", "CC028C", "RegisterNotice"]
    assert movement.case.trusted is False
