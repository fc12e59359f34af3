"""Technical constraints of the transitional period: what the older systems of other administrations can still read.

They hold only until the end of the transition and concern declarations, which are converted on their way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Protocol

from douane.applications.transit.rules.places import (
    Declaration,
    Found,
    consignment_at,
    guarantees,
    house_at,
    item_at,
    root,
)
from douane.model.rules import Violation, rule, transitional
from douane.standards.ncts.phase5 import CC013C, CC015C

MILLI = Decimal("0.001")
LARGEST_SIMPLE = Decimal(10) ** 8
"""Below this a number with three decimals has at most eleven digits."""


def _longer(value: str | None, limit: int, place: str) -> Iterator[Violation]:
    if value is not None and len(value) > limit:
        yield transitional(place, value)


class Address(Protocol):
    """What the rules read of an address."""

    @property
    def street_and_number(self) -> str: ...

    @property
    def postcode(self) -> str | None: ...


class Party(Protocol):
    """What the rules read of a party."""

    @property
    def name(self) -> str | None: ...

    @property
    def address(self) -> Address | None: ...


def _parties(m: Declaration) -> Iterator[tuple[str, Party]]:
    yield f"{root(m)}/HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure
    if m.consignment.consignor is not None:
        yield f"{consignment_at(m)}/Consignor", m.consignment.consignor
    if m.consignment.consignee is not None:
        yield f"{consignment_at(m)}/Consignee", m.consignment.consignee
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.consignee is not None:
                yield f"{item_at(m, h, i)}/Consignee", item.consignee


@rule(
    "E1102",
    CC013C,
    CC015C,
    text="Shorten the postcode to 9 characters during the transitional period.",
    transition=True,
)
def e1102(m: Declaration, *_: object) -> Found:
    for place, party in _parties(m):
        if party.address is not None:
            yield from _longer(party.address.postcode, 9, f"{place}/Address/postcode")
    location = m.consignment.location_of_goods
    if location is not None and location.address is not None:
        yield from _longer(location.address.postcode, 9, f"{consignment_at(m)}/LocationOfGoods/Address/postcode")


@rule(
    "E1103",
    CC013C,
    CC015C,
    text="Shorten the identification of the means of transport to 27 characters during the transitional period.",
    transition=True,
)
def e1103(m: Declaration, *_: object) -> Found:
    for n, departure in enumerate(m.consignment.departure_transport_means, 1):
        place = f"{consignment_at(m)}/DepartureTransportMeans[{n}]/identificationNumber"
        yield from _longer(departure.identification_number, 27, place)
    for n, border in enumerate(m.consignment.active_border_transport_means, 1):
        place = f"{consignment_at(m)}/ActiveBorderTransportMeans[{n}]/identificationNumber"
        yield from _longer(border.identification_number, 27, place)


@rule(
    "E1104",
    CC013C,
    CC015C,
    text="Shorten names, streets and document references to 35 characters during the transitional period.",
    transition=True,
)
def e1104(m: Declaration, *_: object) -> Found:
    for place, party in _parties(m):
        yield from _longer(party.name, 35, f"{place}/name")
        if party.address is not None:
            yield from _longer(party.address.street_and_number, 35, f"{place}/Address/streetAndNumber")
    location = m.consignment.location_of_goods
    if location is not None and location.address is not None:
        street = location.address.street_and_number
        yield from _longer(street, 35, f"{consignment_at(m)}/LocationOfGoods/Address/streetAndNumber")
    yield from _long_references(m)


class Document(Protocol):
    """What the rules read of a document or reference."""

    @property
    def reference_number(self) -> str | None: ...


def _long_references(m: Declaration) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            groups: tuple[tuple[str, Sequence[Document]], ...] = (
                ("PreviousDocument", item.previous_document),
                ("SupportingDocument", item.supporting_document),
                ("TransportDocument", item.transport_document),
                ("AdditionalReference", item.additional_reference),
            )
            for name, documents in groups:
                if not documents:
                    continue
                for n, document in enumerate(documents, 1):
                    number = document.reference_number
                    if number is not None and len(number) > 35:
                        yield transitional(f"{item_at(m, h, i)}/{name}[{n}]/referenceNumber", number)


@rule(
    "E1105",
    CC013C,
    CC015C,
    text="Shorten shipping marks to 42 characters during the transitional period.",
    transition=True,
)
def e1105(m: Declaration, *_: object) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for n, packaging in enumerate(item.packaging, 1):
                marks = packaging.shipping_marks
                if marks is not None and len(marks) > 42:
                    yield transitional(f"{item_at(m, h, i)}/Packaging[{n}]/shippingMarks", marks)


@rule(
    "E1107",
    CC013C,
    CC015C,
    text="Shorten the description of goods to 280 characters during the transitional period.",
    transition=True,
)
def e1107(m: Declaration, *_: object) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            description = item.commodity.description_of_goods
            if len(description) > 280:
                yield transitional(f"{item_at(m, h, i)}/Commodity/descriptionOfGoods", description)


def _too_precise(mass: Decimal) -> bool:
    """Whether a number does not fit eleven digits of which three decimals."""
    if mass % MILLI:
        return True
    if mass < LARGEST_SIMPLE:
        return False
    plain = mass.normalize()
    _, digits, exponent = plain.as_tuple()
    return len(digits) + max(int(exponent), 0) > 11


@rule(
    "E1109",
    CC013C,
    CC015C,
    text="Round the mass to 3 decimals and at most 11 digits during the transitional period.",
    transition=True,
)
def e1109(m: Declaration, *_: object) -> Found:
    if _too_precise(m.consignment.gross_mass):
        yield transitional(f"{consignment_at(m)}/grossMass", m.consignment.gross_mass)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            measure = item.commodity.goods_measure
            if measure is None:
                continue
            if measure.gross_mass is not None and _too_precise(measure.gross_mass):
                yield transitional(f"{item_at(m, h, i)}/Commodity/GoodsMeasure/grossMass", measure.gross_mass)
            if measure.net_mass is not None and _too_precise(measure.net_mass):
                yield transitional(f"{item_at(m, h, i)}/Commodity/GoodsMeasure/netMass", measure.net_mass)


@rule(
    "E1111",
    CC013C,
    CC015C,
    text="Declare at most 99999 packages in one group during the transitional period; split larger numbers.",
    transition=True,
)
def e1111(m: Declaration, *_: object) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for n, packaging in enumerate(item.packaging, 1):
                number = packaging.number_of_packages
                if number is not None and number > 99999:
                    yield transitional(f"{item_at(m, h, i)}/Packaging[{n}]/numberOfPackages", number)


@rule(
    "E1114",
    CC013C,
    CC015C,
    text="Shorten the location of the place of loading to 17 characters during the transitional period.",
    transition=True,
)
def e1114(m: Declaration, *_: object) -> Found:
    if m.consignment.place_of_loading is not None:
        yield from _longer(m.consignment.place_of_loading.location, 17, f"{consignment_at(m)}/PlaceOfLoading/location")


@rule(
    "E1117",
    CC013C,
    CC015C,
    text="Shorten the complement of information on a document to 26 characters during the transitional period.",
    transition=True,
)
def e1117(m: Declaration, *_: object) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for n, previous in enumerate(item.previous_document, 1):
                told = previous.complement_of_information
                if told is not None and len(told) > 26:
                    yield transitional(f"{item_at(m, h, i)}/PreviousDocument[{n}]/complementOfInformation", told)
            for n, supporting in enumerate(item.supporting_document, 1):
                told = supporting.complement_of_information
                if told is not None and len(told) > 26:
                    yield transitional(f"{item_at(m, h, i)}/SupportingDocument[{n}]/complementOfInformation", told)


@rule(
    "E1118",
    CC013C,
    CC015C,
    text="Use an access code of exactly 4 characters during the transitional period.",
    transition=True,
)
def e1118(m: Declaration, *_: object) -> Found:
    for n, guarantee in enumerate(guarantees(m), 1):
        for k, reference in enumerate(guarantee.guarantee_reference, 1):
            if reference.access_code is not None and len(reference.access_code) != 4:
                # The code opens the guarantee: it is never repeated in an answer.
                yield transitional(f"{root(m)}/Guarantee[{n}]/GuaranteeReference[{k}]/accessCode")


@rule(
    "E1301",
    CC013C,
    CC015C,
    text="Move it to the goods items during the transitional period: neither consignment nor house consignment "
    "may hold it yet.",
    transition=True,
)
def e1301(m: Declaration, *_: object) -> Found:
    consignment = m.consignment
    for name, group in (
        ("PreviousDocument", consignment.previous_document),
        ("SupportingDocument", consignment.supporting_document),
        ("TransportDocument", consignment.transport_document),
        ("AdditionalReference", consignment.additional_reference),
        ("AdditionalInformation", consignment.additional_information),
    ):
        for n in range(1, len(group) + 1):
            yield transitional(f"{consignment_at(m)}/{name}[{n}]")
    for h in range(1, len(consignment.house_consignment) + 1):
        yield from _not_yet_in_house(m, h)


def _not_yet_in_house(m: Declaration, h: int) -> Found:
    house = m.consignment.house_consignment[h - 1]
    for name, value in (
        ("countryOfDispatch", house.country_of_dispatch),
        ("countryOfDestination", house.country_of_destination),
        ("referenceNumberUCR", house.reference_number_ucr),
        ("Consignor", house.consignor),
        ("Consignee", house.consignee),
        ("TransportCharges", house.transport_charges),
    ):
        if value is not None:
            yield transitional(f"{house_at(m, h)}/{name}", value if isinstance(value, str) else "")
    for name, group in (
        ("DepartureTransportMeans", house.departure_transport_means),
        ("PreviousDocument", house.previous_document),
        ("SupportingDocument", house.supporting_document),
        ("TransportDocument", house.transport_document),
        ("AdditionalReference", house.additional_reference),
        ("AdditionalInformation", house.additional_information),
    ):
        for n in range(1, len(group) + 1):
            yield transitional(f"{house_at(m, h)}/{name}[{n}]")


@rule(
    "E1401",
    CC013C,
    CC015C,
    text="Name at most 9 previous documents for an item during the transitional period.",
    transition=True,
)
def e1401(m: Declaration, *_: object) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if len(item.previous_document) > 9:
                yield transitional(f"{item_at(m, h, i)}/PreviousDocument[10]", len(item.previous_document))


@rule(
    "E1406",
    CC013C,
    CC015C,
    text="Declare one house consignment, one means at the border and one dangerous good per item during the "
    "transitional period.",
    transition=True,
)
def e1406(m: Declaration, *_: object) -> Found:
    consignment = m.consignment
    if len(consignment.active_border_transport_means) > 1:
        place = f"{consignment_at(m)}/ActiveBorderTransportMeans[2]"
        yield transitional(place, len(consignment.active_border_transport_means))
    if len(consignment.house_consignment) > 1:
        yield transitional(house_at(m, 2), len(consignment.house_consignment))
    for h, house in enumerate(consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            goods = item.commodity.dangerous_goods
            if len(goods) > 1:
                yield transitional(f"{item_at(m, h, i)}/Commodity/DangerousGoods[2]", len(goods))


@rule(
    "E1407",
    CC013C,
    CC015C,
    text="Keep to 99 supporting documents, transport documents and additional references together per item "
    "during the transitional period.",
    transition=True,
)
def e1407(m: Declaration, *_: object) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            number = len(item.supporting_document) + len(item.transport_document) + len(item.additional_reference)
            if number > 99:
                yield transitional(item_at(m, h, i), number)
