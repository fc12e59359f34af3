"""Conditions on the consignment of a declaration: charges, loading and unloading, location, route."""

from __future__ import annotations

from typing import Protocol

from douane.applications.transit.rules.places import Declaration, Found, consignment_at, house_at
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC007C, CC013C, CC015C, CC170C


@rule("C0186", CC013C, CC015C, text="State transport charges only with security data.")
def c0186(m: Declaration, *_: object) -> Found:
    if m.transit_operation.security != "0":
        return
    if m.consignment.transport_charges is not None:
        yield not_allowed(f"{consignment_at(m)}/TransportCharges", m.consignment.transport_charges.method_of_payment)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if house.transport_charges is not None:
            yield not_allowed(f"{house_at(m, h)}/TransportCharges", house.transport_charges.method_of_payment)


@rule(
    "C0191",
    CC013C,
    CC015C,
    text="Name the place of unloading with entry security data; name none without security data.",
    after=TRANSITION_END,
)
def c0191(m: Declaration, *_: object) -> Found:
    security = m.transit_operation.security
    if m.consignment.place_of_unloading is None:
        if security in {"1", "3"}:
            yield missing(f"{consignment_at(m)}/PlaceOfUnloading")
    elif security == "0":
        yield not_allowed(f"{consignment_at(m)}/PlaceOfUnloading")


@rule("C0337", CC013C, CC015C, text="State transport charges once, for the consignment or for each house consignment.")
def c0337(m: Declaration, *_: object) -> Found:
    if m.consignment.transport_charges is None:
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if house.transport_charges is not None:
            yield not_allowed(f"{house_at(m, h)}/TransportCharges", house.transport_charges.method_of_payment)


POSTCODE_ADDRESS_TEXT = "Give the house number; only in a country of CL198 the postcode alone finds the place."


@rule("C0382", CC007C, CC013C, CC015C, CC170C, text=POSTCODE_ADDRESS_TEXT, lists=("CL198",))
def c0382(m: CC007C | Declaration | CC170C, _: object, look: Look) -> Found:
    location = m.consignment.location_of_goods
    if location is None or location.postcode_address is None:
        return
    address = location.postcode_address
    if address.house_number is None and not look.has("CL198", address.country):
        yield missing(f"{consignment_at(m)}/LocationOfGoods/PostcodeAddress/houseNumber")


class Place(Protocol):
    """What the rules read of a place of loading or unloading."""

    @property
    def un_locode(self) -> str | None: ...

    @property
    def country(self) -> str | None: ...

    @property
    def location(self) -> str | None: ...


PLACE_TEXT = "Name the place by its UN/LOCODE, or by country and location."


def _named_place(place: Place | None, pointer: str) -> Found:
    if place is None or place.un_locode is not None:
        return
    if place.country is None:
        yield missing(f"{pointer}/country")
    if place.location is None:
        yield missing(f"{pointer}/location")


@rule("C0387", CC170C, text=PLACE_TEXT)
def c0387_presentation(m: CC170C, *_: object) -> Found:
    return _named_place(m.consignment.place_of_loading, f"{consignment_at(m)}/PlaceOfLoading")


@rule("C0387", CC013C, CC015C, text=PLACE_TEXT)
def c0387(m: Declaration, *_: object) -> Found:
    yield from _named_place(m.consignment.place_of_loading, f"{consignment_at(m)}/PlaceOfLoading")
    yield from _named_place(m.consignment.place_of_unloading, f"{consignment_at(m)}/PlaceOfUnloading")


DESCRIBED_BY = {
    "T": "PostcodeAddress",
    "U": "UNLocode",
    "V": "CustomsOffice",
    "W": "GNSS",
    "X": "EconomicOperator",
    "Y": "authorisationNumber",
    "Z": "Address",
}
"""Qualifier of identification: the one element that then tells where the goods are."""


@rule(
    "C0394",
    CC007C,
    CC013C,
    CC015C,
    CC170C,
    text="Describe the location of goods by the one element that its qualifier of identification stands for, and "
    "by no other; "
    "a customs office has no contact person there.",
)
def c0394(m: CC007C | Declaration | CC170C, *_: object) -> Found:
    location = m.consignment.location_of_goods
    wanted = DESCRIBED_BY.get(location.qualifier_of_identification) if location is not None else None
    if location is None or wanted is None:
        return
    place = f"{consignment_at(m)}/LocationOfGoods"
    for name, value in (
        ("authorisationNumber", location.authorisation_number),
        ("UNLocode", location.un_locode),
        ("CustomsOffice", location.customs_office),
        ("GNSS", location.gnss),
        ("EconomicOperator", location.economic_operator),
        ("Address", location.address),
        ("PostcodeAddress", location.postcode_address),
    ):
        if name == wanted:
            if value is None:
                yield missing(f"{place}/{name}")
        elif value is not None:
            yield not_allowed(f"{place}/{name}", value if isinstance(value, str) else "")
    if location.contact_person is not None and wanted == "CustomsOffice":
        yield not_allowed(f"{place}/ContactPerson")


@rule("C0403", CC013C, CC015C, text="Name the place of loading in a standard declaration.", after=TRANSITION_END)
def c0403(m: Declaration, *_: object) -> Found:
    if m.consignment.place_of_loading is None and m.transit_operation.additional_declaration_type != "D":
        yield missing(f"{consignment_at(m)}/PlaceOfLoading")


@rule(
    "C0586",
    CC013C,
    CC015C,
    text="List the countries of routing for a binding itinerary and wherever security data are declared.",
    after=TRANSITION_END,
)
def c0586(m: Declaration, *_: object) -> Found:
    if m.consignment.country_of_routing_of_consignment:
        return
    if m.transit_operation.binding_itinerary or m.transit_operation.security in {"1", "2", "3"}:
        yield missing(f"{consignment_at(m)}/CountryOfRoutingOfConsignment")


@rule(
    "C0671",
    CC007C,
    CC013C,
    CC015C,
    CC170C,
    text="Add an additional identifier only to an economic operator or an authorisation number at the location "
    "of goods.",
)
def c0671(m: CC007C | Declaration | CC170C, *_: object) -> Found:
    location = m.consignment.location_of_goods
    if location is None or location.additional_identifier is None:
        return
    if location.economic_operator is None and location.authorisation_number is None:
        yield not_allowed(f"{consignment_at(m)}/LocationOfGoods/additionalIdentifier", location.additional_identifier)


@rule(
    "C0710",
    CC013C,
    CC015C,
    text="Say in a standard declaration where the goods are, unless they depart inside the security area.",
    lists=("CL147",),
    after=TRANSITION_END,
)
def c0710(m: Declaration, _: object, look: Look) -> Found:
    if m.consignment.location_of_goods is not None or m.transit_operation.additional_declaration_type == "D":
        return
    if not look.has("CL147", m.customs_office_of_departure.reference_number[:2]):
        yield missing(f"{consignment_at(m)}/LocationOfGoods")
