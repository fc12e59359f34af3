"""Constraints of the transitional period on means of transport, places and the way (B).

They replace conditions that older systems of other administrations cannot meet, and end with the transition.
"""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration, Found, at
from douane.applications.transit.rules.published.transport import RAIL, ROAD
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.model.rules import Look, rule, transitional
from douane.standards.ncts.phase5 import CC013C, CC015C, CC170C, DepartureTransportMeans01, DepartureTransportMeans02

_Departing = tuple[DepartureTransportMeans01 | DepartureTransportMeans02, ...]
MAIL = "5"
NO_SECURITY = "0"
WITH_SECURITY = frozenset("123")
_UPGRADED = "99"
"""Type of identification that only a system writes which converts a message of the former phase."""


@rule(
    "B1016",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Name the customs office at the border for each means of transport that crosses it.",
)
def b1016(m: Declaration, *_: object) -> Found:
    """Only messages converted from the former phase, which do not pass this door, may lack the office."""
    for position, means in enumerate(m.consignment.active_border_transport_means, 1):
        if means.customs_office_at_border_reference_number is None:
            place = f"Consignment/ActiveBorderTransportMeans[{position}]/customsOfficeAtBorderReferenceNumber"
            yield transitional(at(m, place))


@rule(
    "B1091",
    CC013C,
    CC015C,
    CC170C,
    until=TRANSITION_END,
    text="Say what identifies the means of transport at departure; 99 is kept for converted messages.",
)
def b1091(m: Declaration | CC170C, *_: object) -> Found:
    """A message written in this phase knows how its means of transport is identified."""
    departing: _Departing = m.consignment.departure_transport_means
    for position, means in enumerate(departing, 1):
        if means.type_of_identification == _UPGRADED:
            place = f"Consignment/DepartureTransportMeans[{position}]/typeOfIdentification"
            yield transitional(at(m, place), _UPGRADED)


@rule(
    "B1806",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Name the means of transport at the border, unless goods cross it by rail or mail.",
)
def b1806(m: Declaration, *_: object) -> Found:
    """Who states the mode at the border states the means too."""
    mode = m.consignment.mode_of_transport_at_the_border
    if mode is not None and mode not in {RAIL, MAIL} and not m.consignment.active_border_transport_means:
        yield transitional(at(m, "Consignment/ActiveBorderTransportMeans"))


@rule(
    "B1838",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Give type and number of identification of a means at the border that has a nationality or runs on rail.",
)
def b1838(m: Declaration, *_: object) -> Found:
    """A nationality without a vehicle says nothing; wagons are known by number alone."""
    by_rail = m.consignment.mode_of_transport_at_the_border == RAIL
    for position, means in enumerate(m.consignment.active_border_transport_means, 1):
        if by_rail or means.nationality is not None:
            place = at(m, f"Consignment/ActiveBorderTransportMeans[{position}]")
            if means.type_of_identification is None:
                yield transitional(f"{place}/typeOfIdentification")
            if means.identification_number is None:
                yield transitional(f"{place}/identificationNumber")


@rule(
    "B1850",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="State the nationality of the means of transport at the border, unless it runs on rail.",
)
def b1850(m: Declaration, *_: object) -> Found:
    """Only trains have no nationality."""
    if m.consignment.mode_of_transport_at_the_border == RAIL:
        return
    for position, means in enumerate(m.consignment.active_border_transport_means, 1):
        if means.nationality is None:
            yield transitional(at(m, f"Consignment/ActiveBorderTransportMeans[{position}]/nationality"))


@rule(
    "B1889",
    CC013C,
    CC015C,
    lists=("CL010",),
    until=TRANSITION_END,
    text="State the mode of transport at the border: safety and security data from outside the Union need it.",
)
def b1889(m: Declaration, _: object, look: Look) -> Found:
    """Goods that enter the Union with security data say by which mode."""
    if (
        m.consignment.mode_of_transport_at_the_border is None
        and m.transit_operation.security in WITH_SECURITY
        and not look.has("CL010", m.customs_office_of_departure.reference_number[:2])
    ):
        yield transitional(at(m, "Consignment/modeOfTransportAtTheBorder"))


@rule(
    "B1890",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Name one means of transport at departure, by road at most three.",
)
def b1890(m: Declaration, *_: object) -> Found:
    """Older systems keep one means, or the three parts of a road train."""
    most = 3 if m.consignment.inland_mode_of_transport == ROAD else 1
    if len(m.consignment.departure_transport_means) > most:
        yield transitional(at(m, f"Consignment/DepartureTransportMeans[{most + 1}]"))


@rule(
    "B1891",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Name the means of transport at departure, unless goods travel in containers; name none for mail.",
)
def b1891(m: Declaration, *_: object) -> Found:
    """Mail has no means of transport of its own; containers may wait for theirs."""
    consignment = m.consignment
    if consignment.inland_mode_of_transport == MAIL:
        if consignment.departure_transport_means:
            yield transitional(at(m, "Consignment/DepartureTransportMeans[1]"))
    elif not consignment.container_indicator and not consignment.departure_transport_means:
        yield transitional(at(m, "Consignment/DepartureTransportMeans"))


@rule(
    "B1892",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="Give type and number of identification of each means at departure, unless goods travel in containers.",
)
def b1892(m: Declaration, *_: object) -> Found:
    """Outside containers the vehicle identifies the load."""
    if m.consignment.container_indicator:
        return
    for position, means in enumerate(m.consignment.departure_transport_means, 1):
        place = at(m, f"Consignment/DepartureTransportMeans[{position}]")
        if means.identification_number is None:
            yield transitional(f"{place}/identificationNumber")
        if means.type_of_identification is None:
            yield transitional(f"{place}/typeOfIdentification")


@rule(
    "B1897",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="State the nationality of each means at departure, unless goods travel in containers; by rail state none.",
)
def b1897(m: Declaration, *_: object) -> Found:
    """Trains have no nationality; containers may wait for their vehicle."""
    by_rail = m.consignment.inland_mode_of_transport == RAIL
    for position, means in enumerate(m.consignment.departure_transport_means, 1):
        if by_rail:
            wrong = means.nationality is not None
        else:
            wrong = means.nationality is None and not m.consignment.container_indicator
        if wrong:
            place = at(m, f"Consignment/DepartureTransportMeans[{position}]/nationality")
            yield transitional(place, means.nationality or "")


@rule(
    "B1831",
    CC013C,
    CC015C,
    lists=("CL010",),
    until=TRANSITION_END,
    text="State when the goods are expected at the office of transit where they enter the Union.",
)
def b1831(m: Declaration, _: object, look: Look) -> Found:
    """Security data are assessed before goods enter the Union, so the time of entry counts."""
    if m.transit_operation.security not in WITH_SECURITY:
        return
    if look.has("CL010", m.customs_office_of_departure.reference_number[:2]):
        return
    for position, office in enumerate(m.customs_office_of_transit_declared, 1):
        if office.arrival_date_and_time_estimated is None and look.has("CL010", office.reference_number[:2]):
            yield transitional(at(m, f"CustomsOfficeOfTransitDeclared[{position}]/arrivalDateAndTimeEstimated"))


@rule(
    "B1848",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="List the countries of routing with safety and security data; without such data leave them out.",
)
def b1848(m: Declaration, *_: object) -> Found:
    """The route belongs to the security data."""
    routing = m.consignment.country_of_routing_of_consignment
    if (m.transit_operation.security in WITH_SECURITY) is not bool(routing):
        position = "[1]" if routing else ""
        yield transitional(at(m, f"Consignment/CountryOfRoutingOfConsignment{position}"))


@rule(
    "B1858",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="State the place of unloading with safety and security data (free for circumstance XXX); without them none.",
)
def b1858(m: Declaration, *_: object) -> Found:
    """The place of unloading belongs to the security data."""
    place = m.consignment.place_of_unloading
    if m.transit_operation.security == NO_SECURITY:
        wrong = place is not None
    else:
        wrong = place is None and m.transit_operation.specific_circumstance_indicator != "XXX"
    if wrong:
        yield transitional(at(m, "Consignment/PlaceOfUnloading"))


@rule(
    "B1893",
    CC013C,
    CC015C,
    until=TRANSITION_END,
    text="State the place of loading with safety and security data; without such data leave it out.",
)
def b1893(m: Declaration, *_: object) -> Found:
    """The place of loading belongs to the security data."""
    if (m.transit_operation.security == NO_SECURITY) is (m.consignment.place_of_loading is not None):
        yield transitional(at(m, "Consignment/PlaceOfLoading"))


@rule(
    "B1966",
    CC013C,
    CC015C,
    lists=("CL147",),
    until=TRANSITION_END,
    text="Name no office of exit for transit while every office of transit lies in the security area.",
)
def b1966(m: Declaration, _: object, look: Look) -> Found:
    """Who does not leave the security area with exit data has no office of exit."""
    if (
        m.customs_office_of_exit_for_transit_declared
        and m.transit_operation.security in {"2", "3"}
        and all(look.has("CL147", office.reference_number[:2]) for office in m.customs_office_of_transit_declared)
    ):
        yield transitional(at(m, "CustomsOfficeOfExitForTransitDeclared[1]"))
