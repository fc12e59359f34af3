"""Rules about the customs offices on the way, their countries and what these countries demand (R)."""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration, Found, at, item_at
from douane.applications.transit.rules.published.goods import UNION_STATUS
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, broken, rule
from douane.standards.ncts.phase5 import CC013C, CC015C

MICROSTATES = frozenset(("AD", "SM"))


def _transit(m: Declaration, position: int, item: str = "referenceNumber") -> str:
    return at(m, f"CustomsOfficeOfTransitDeclared[{position}]/{item}")


@rule(
    "R0003",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="Name each customs office of transit once only; remove the repeated one.",
)
def r0003(m: Declaration, *_: object) -> Found:
    """A customs office of transit stands once in a declaration."""
    offices = m.customs_office_of_transit_declared
    if len(offices) < 2:
        return
    seen: set[str] = set()
    for position, office in enumerate(offices, 1):
        if office.reference_number in seen:
            yield broken(_transit(m, position), office.reference_number)
        seen.add(office.reference_number)


@rule(
    "R0005",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="State an estimated arrival at the office of transit that lies after the preparation of this message.",
)
def r0005(m: Declaration, *_: object) -> Found:
    """Goods cannot be expected at an office of transit before the message was written."""
    for position, office in enumerate(m.customs_office_of_transit_declared, 1):
        expected = office.arrival_date_and_time_estimated
        if expected is not None and expected <= m.preparation_date_and_time:
            yield broken(_transit(m, position, "arrivalDateAndTimeEstimated"), expected)


@rule(
    "R0006",
    CC013C,
    CC015C,
    lists=("CL010", "CL112"),
    after=TRANSITION_END,
    text="Declare an office of transit in the common transit country of destination, or, coming from such a "
    "country into the Union, an office of transit in a Member State.",
)
def r0006(m: Declaration, _: object, look: Look) -> Found:
    """Where the contracting party changes, an office of transit stands on the side of destination."""
    destination = m.customs_office_of_destination_declared.reference_number[:2]
    transit = m.customs_office_of_transit_declared
    if look.has("CL112", destination):
        if not any(office.reference_number[:2] == destination for office in transit):
            yield broken(_transit(m, 1), destination)
    elif (
        look.has("CL112", m.customs_office_of_departure.reference_number[:2])
        and look.has("CL010", destination)
        and not any(look.has("CL010", office.reference_number[:2]) for office in transit)
    ):
        yield broken(_transit(m, 1), destination)


@rule(
    "R0103",
    CC013C,
    CC015C,
    text="Name as office of exit for transit an office that is neither an office of transit nor the destination.",
)
def r0103(m: Declaration, *_: object) -> Found:
    """The office of exit for transit is another office than those of transit and destination."""
    exits = m.customs_office_of_exit_for_transit_declared
    if not exits:
        return
    others = {office.reference_number for office in m.customs_office_of_transit_declared}
    others.add(m.customs_office_of_destination_declared.reference_number)
    for position, office in enumerate(exits, 1):
        if office.reference_number in others:
            place = at(m, f"CustomsOfficeOfExitForTransitDeclared[{position}]/referenceNumber")
            yield broken(place, office.reference_number)


@rule(
    "R0901",
    CC013C,
    CC015C,
    lists=("CL010",),
    text="A TIR movement here begins and ends in a Member State: name offices of departure and destination there.",
)
def r0901(m: Declaration, _: object, look: Look) -> Found:
    """Under TIR both departure and destination lie in the Union."""
    if m.transit_operation.declaration_type != "TIR":
        return
    departure = m.customs_office_of_departure.reference_number
    if not look.has("CL010", departure[:2]):
        yield broken(at(m, "CustomsOfficeOfDeparture/referenceNumber"), departure)
    destination = m.customs_office_of_destination_declared.reference_number
    if not look.has("CL010", destination[:2]):
        yield broken(at(m, "CustomsOfficeOfDestinationDeclared/referenceNumber"), destination)


@rule(
    "R0904",
    CC013C,
    CC015C,
    lists=("CL553",),
    text="From Andorra or San Marino the movement ends in a Member State: name an office of destination there.",
)
def r0904(m: Declaration, _: object, look: Look) -> Found:
    """What leaves Andorra or San Marino goes to a Member State."""
    if m.customs_office_of_departure.reference_number[:2] in MICROSTATES:
        destination = m.customs_office_of_destination_declared.reference_number
        if not look.has("CL553", destination[:2]):
            yield broken(at(m, "CustomsOfficeOfDestinationDeclared/referenceNumber"), destination)


@rule(
    "R0905",
    CC013C,
    CC015C,
    lists=("CL112",),
    text="A movement from a common transit country cannot end in Andorra or San Marino: name another destination.",
)
def r0905(m: Declaration, _: object, look: Look) -> Found:
    """What leaves a common transit country does not end in Andorra or San Marino."""
    destination = m.customs_office_of_destination_declared.reference_number
    if destination[:2] in MICROSTATES and look.has("CL112", m.customs_office_of_departure.reference_number[:2]):
        yield broken(at(m, "CustomsOfficeOfDestinationDeclared/referenceNumber"), destination)


@rule(
    "R0906",
    CC013C,
    CC015C,
    text="For a destination in Andorra name only offices of transit in Andorra.",
)
def r0906(m: Declaration, *_: object) -> Found:
    """A movement to Andorra has its offices of transit in Andorra."""
    if not m.customs_office_of_destination_declared.reference_number.startswith("AD"):
        return
    for position, office in enumerate(m.customs_office_of_transit_declared, 1):
        if not office.reference_number.startswith("AD"):
            yield broken(_transit(m, position), office.reference_number)


@rule(
    "R0909",
    CC013C,
    CC015C,
    lists=("CL010",),
    text="To San Marino declare T2SM from Italy, and T2 or T2F from another Member State.",
)
def r0909(m: Declaration, _: object, look: Look) -> Found:
    """Goods for San Marino are Union goods, and from Italy they have a type of their own."""
    if not m.customs_office_of_destination_declared.reference_number.startswith("SM"):
        return
    declared = m.transit_operation.declaration_type
    departure = m.customs_office_of_departure.reference_number[:2]
    if departure == "IT":
        if declared != "T2SM":
            yield broken(at(m, "TransitOperation/declarationType"), declared)
    elif declared not in UNION_STATUS and look.has("CL010", departure):
        stated = False
        for h, house in enumerate(m.consignment.house_consignment, 1):
            for i, item in enumerate(house.consignment_item, 1):
                if item.declaration_type is None:
                    continue
                stated = True
                if item.declaration_type not in UNION_STATUS:
                    yield broken(item_at(m, h, i, "declarationType"), item.declaration_type)
        if not stated:
            yield broken(at(m, "TransitOperation/declarationType"), declared)


@rule(
    "R0911",
    CC013C,
    CC015C,
    lists=("CL010",),
    text="From San Marino to a Member State declare T2 or T2F.",
)
def r0911(m: Declaration, _: object, look: Look) -> Found:
    """Goods that come from San Marino into the Union move as Union goods."""
    if m.customs_office_of_departure.reference_number.startswith("SM"):
        declared = m.transit_operation.declaration_type
        if declared not in UNION_STATUS and look.has(
            "CL010", m.customs_office_of_destination_declared.reference_number[:2]
        ):
            yield broken(at(m, "TransitOperation/declarationType"), declared)
