"""The published flows of the procedure are played, and what each party is sent is compared message by message."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.transit.messages import (
    DutyPayment,
    EnquiryStart,
    IncidentReport,
    OfficeInvalidation,
)
from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, normal
from douane.applications.transit.tests.base_messages import (
    amendment,
    invalidation_request,
    remarks,
    simplified_arrival,
)
from tests.journeys.movements import Movement, covering, described, risky
from tests.journeys.office import Office
from tests.journeys.test_guarantee_questions import BOTH, asked, office

FLOWS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "flows.toml").read_text(encoding="utf-8"))
DUTY = Decimal("812.50")
ABROAD = frozenset({"FR", "IT"})
UNCOVERED, COVERED = "20000.00", "9000.00"


def prelodged() -> Movement:
    """Lodged before the goods are presented; what is known only then is left out."""
    base = normal()
    operation = replace(base.transit_operation, additional_declaration_type="D")
    return Movement(replace(base, transit_operation=operation))


def by_lrn(movement: Movement, message: Any) -> Any:
    """A message about a declaration that has no MRN yet."""
    named = replace(message.transit_operation, mrn=None, lrn=movement.declaration.transit_operation.lrn)
    return replace(message, message_identification=f"L{movement.office.count}", transit_operation=named)


def presented() -> Office:
    movement = prelodged()
    movement.present()
    return movement.office


def never_presented() -> Office:
    movement = prelodged()
    stranger = replace(by_lrn(movement, amendment(movement.declaration)), consignment=replace(
        movement.declaration.consignment, container_indicator=None, gross_mass=Decimal(1)))  # fmt: skip
    movement.office.give(stranger, TRADER)
    movement.days(31)
    return movement.office


def corrected() -> Office:
    movement = prelodged()
    movement.office.give(by_lrn(movement, amendment(movement.declaration)), TRADER)
    movement.present()
    return movement.office


def withdrawn_early() -> Office:
    movement = prelodged()
    movement.office.give(by_lrn(movement, invalidation_request()), TRADER)
    return movement.office


def lodged() -> Office:
    return Movement().office


def rejected() -> Office:
    base = normal()
    return Movement(replace(base, consignment=replace(base.consignment, place_of_loading=None))).office


def uncovered() -> Movement:
    return Movement(covering(normal(), UNCOVERED))


def never_covered() -> Office:
    movement = uncovered()
    movement.days(40)
    return movement.office


def controlled(*, good: bool) -> Office:
    movement = Movement(risky())
    movement.decide(good=good)
    return movement.office


def amended() -> Office:
    movement = uncovered()
    mended = covering(movement.declaration, COVERED)
    broken = movement.about(amendment(mended, of_guarantee=True))
    consignment = replace(broken.consignment, container_indicator=None)
    movement.office.give(replace(broken, consignment=consignment), TRADER)
    movement.office.give(movement.about(amendment(mended, of_guarantee=True)), TRADER)
    return movement.office


def withdrawn() -> Office:
    movement = uncovered()
    movement.office.give(movement.about(invalidation_request()), TRADER)
    return movement.office


def withdrawn_late() -> Office:
    movement = Movement()
    movement.office.give(movement.about(invalidation_request()), TRADER)
    return movement.office


def invalidated() -> Office:
    movement = Movement()
    movement.decided(OfficeInvalidation(mrn=movement.mrn, justification="By mistake."))
    return movement.office


def unseen() -> Office:
    """Goods that nothing seals, and nothing speaks against."""
    movement = described()
    movement.arrive()
    return movement.office


def arrived() -> Office:
    movement = Movement()
    movement.arrive()
    movement.inspect()
    return movement.office


def unloaded(*first: Any, refused: bool = False) -> Office:
    """At an authorised consignee, with these remarks before the last; refused: an arrival that breaks a rule first."""
    movement = Movement()
    if refused:
        movement.arrive(replace(simplified_arrival(), authorisation=()))
    movement.arrive(simplified_arrival())
    for each in (*first, remarks()):
        movement.office.give(movement.about(each), CONSIGNEE)
    return movement.office


def goes_on() -> Any:
    part = remarks()
    return replace(part, unloading_remark=replace(part.unloading_remark, unloading_completion=False))


def against_the_rules() -> Any:
    part = remarks()
    return replace(part, unloading_remark=replace(part.unloading_remark, state_of_seals=None))


def discrepant(*, resolved: bool) -> Office:
    movement = Movement()
    movement.arrive()
    movement.inspect("B1", "Twelve cartons are missing.")
    movement.close(discharged=resolved, amount="" if resolved else str(DUTY))
    if not resolved:
        movement.decided(DutyPayment(mrn=movement.mrn, amount=DUTY, paid_by="holder"))
    return movement.office


def recovered(movement: Movement) -> Office:
    movement.office.give(movement.information("Stolen near Ulm."), TRADER)
    movement.close(discharged=False, amount=str(DUTY))
    movement.decided(DutyPayment(mrn=movement.mrn, amount=DUTY, paid_by="holder"))
    return movement.office


def never_arrived() -> Office:
    movement = Movement()
    movement.days(16)
    return recovered(movement)


def suspected() -> Office:
    movement = Movement(office=Office(ABROAD))
    movement.decided(
        IncidentReport(mrn=movement.mrn, office="IT015100", departure="FR005350", code="1", text="Off the itinerary.",
                       un_locode="ITMIL"), "it.officer",
    )  # fmt: skip
    movement.decided(EnquiryStart(mrn=movement.mrn, grounds="The lorry was seen empty."))
    movement.days(60)
    return recovered(movement)


def queried() -> Office:
    made = office()
    made.give(asked(BOTH), TRADER)
    return made


PLAYS: dict[str, Callable[[], Office]] = {
    "prelodged-presented": presented, "prelodged-not-valid": never_presented, "prelodged-corrected": corrected,
    "prelodged-cancelled": withdrawn_early, "standard-departure": lodged, "rejected": rejected,
    "guarantee-fails": never_covered, "refused-for-safety": lambda: controlled(good=False), "amended": amended,
    "cancelled-before-release": withdrawn, "cancellation-after-release": withdrawn_late,
    "cancelled-by-office": invalidated, "controlled-and-released": lambda: controlled(good=True),
    "controlled-not-released": lambda: controlled(good=False), "normal-arrival": arrived,
    "normal-arrival-without-control": unseen,
    "simplified-arrival": unloaded, "arrival-rejected": lambda: unloaded(refused=True),
    "unloading-continued": lambda: unloaded(goes_on()), "remarks-rejected": lambda: unloaded(against_the_rules()),
    "discrepancies-resolved": lambda: discrepant(resolved=True),
    "discrepancies-recovered": lambda: discrepant(resolved=False), "recovery": never_arrived,
    "recovery-after-incident": suspected, "guarantee-queried": queried,
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FLOWS))
def test_a_published_flow_is_played_message_by_message(name: str) -> None:
    flow = FLOWS[name]
    made = PLAYS[name]()
    assert made.names(TRADER) == flow.get("ours", flow["holder"]), flow["title"]
    assert made.names(CONSIGNEE) == flow.get("destination", []), flow["title"]


def test_every_flow_is_played_and_a_difference_has_its_reason() -> None:
    assert FLOWS.keys() == PLAYS.keys()
    for name, flow in FLOWS.items():
        assert ("ours" in flow) == bool(flow.get("differs")), name
        assert flow.get("ours") != flow["holder"], name
        ours = iter(flow.get("ours", flow["holder"]))
        assert all(each in ours for each in flow["holder"]), f"{name}: nothing that is published is left out"
