"""Rules about identification numbers of movements, operators and carnets (R)."""

from __future__ import annotations

from douane.applications.transit.rules.places import (
    Declaration,
    Found,
    Message,
    at,
    country_of_departure,
    house_at,
    item_at,
)
from douane.author import Eori, Look, Mrn, TirCarnet, Violation, broken, rule
from douane.standards.ncts.phase5 import CC007C, CC013C, CC014C, CC015C, CC044C, CC141C, CC170C, LocationOfGoods

INVALID_MRN = "93"
_EXPORT = frozenset("ABE")
"""17th character of an MRN: export, export with exit summary data, dispatch with special fiscal territories."""


@rule("R0028", CC007C, text="Check the MRN: 18 characters, of which the last is the check digit over the others.")
def r0028(m: CC007C, *_: object) -> Found:
    """The MRN of an arrival notification is typed from paper: its check digit finds the slips."""
    mrn = m.transit_operation.mrn
    if not (Mrn.accepts(mrn) and Mrn.trusted(mrn).has_right_check_digit):
        yield Violation(at(m, "TransitOperation/MRN"), INVALID_MRN, mrn)


@rule(
    "R0416",
    CC013C,
    CC015C,
    text="Give the MRN of an export declaration or of a dispatch with special fiscal territories.",
)
def r0416(m: Declaration, *_: object) -> Found:
    """The previous document of a house consignment is an export MRN, known by its 17th character."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for position, document in enumerate(house.previous_document, 1):
            mrn = document.reference_number
            if not (Mrn.accepts(mrn) and mrn[16] in _EXPORT and Mrn.trusted(mrn).has_right_check_digit):
                yield broken(house_at(m, h, f"PreviousDocument[{position}]/referenceNumber"), mrn)


@rule(
    "R0840",
    CC013C,
    CC015C,
    lists=("CL010",),
    text="Identify this party by EORI or TCUIN: two letters of the country and up to 15 characters without spaces.",
)
def r0840(m: Declaration, _: object, look: Look) -> Found:
    """In the Union carrier and supply chain actors bear an EORI or TCUIN; their registration is asked elsewhere."""
    if not look.has("CL010", m.customs_office_of_departure.reference_number[:2]):
        return
    c = m.consignment
    if c.carrier is not None and not Eori.accepts(c.carrier.identification_number):
        yield broken(at(m, "Consignment/Carrier/identificationNumber"), c.carrier.identification_number)
    for n, actor in enumerate(c.additional_supply_chain_actor, 1):
        if not Eori.accepts(actor.identification_number):
            place = at(m, f"Consignment/AdditionalSupplyChainActor[{n}]/identificationNumber")
            yield broken(place, actor.identification_number)
    for h, house in enumerate(c.house_consignment, 1):
        for n, actor in enumerate(house.additional_supply_chain_actor, 1):
            if not Eori.accepts(actor.identification_number):
                place = house_at(m, h, f"AdditionalSupplyChainActor[{n}]/identificationNumber")
                yield broken(place, actor.identification_number)
        for i, item in enumerate(house.consignment_item, 1):
            if not item.additional_supply_chain_actor:
                continue
            for n, actor in enumerate(item.additional_supply_chain_actor, 1):
                if not Eori.accepts(actor.identification_number):
                    place = item_at(m, h, i, f"AdditionalSupplyChainActor[{n}]/identificationNumber")
                    yield broken(place, actor.identification_number)


def _unlike_eori(message: Message, path: str, number: str | None) -> Found:
    if number is not None and not Eori.accepts(number):
        yield broken(at(message, f"{path}/identificationNumber"), number)


def _of_location(message: Message, location: LocationOfGoods | None) -> Found:
    if location is not None and location.economic_operator is not None:
        number = location.economic_operator.identification_number
        yield from _unlike_eori(message, "Consignment/LocationOfGoods/EconomicOperator", number)


_OPERATOR = "Identify the operator by EORI or TCUIN: two letters of the country and up to 15 characters without spaces."


@rule("R0850", CC013C, CC015C, lists=("CL010",), text=_OPERATOR)
def r0850(m: Declaration, _: object, look: Look) -> Found:
    """Who declares to an office in the Union uses numbers of the Union's shape.

    A trader's sender name bears no country, so the office of departure tells where the message is validated.
    """
    if not look.has("CL010", m.customs_office_of_departure.reference_number[:2]):
        return
    yield from _unlike_eori(m, "HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure.identification_number)
    if m.representative is not None:
        yield from _unlike_eori(m, "Representative", m.representative.identification_number)
    yield from _of_location(m, m.consignment.location_of_goods)
    if m.consignment.consignor is not None:
        yield from _unlike_eori(m, "Consignment/Consignor", m.consignment.consignor.identification_number)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if house.consignor is not None:
            number = house.consignor.identification_number
            yield from _unlike_eori(m, f"Consignment/HouseConsignment[{h}]/Consignor", number)


@rule("R0850", CC014C, CC141C, CC170C, lists=("CL010",), text=_OPERATOR)
def r0850_at_departure(m: CC014C | CC141C | CC170C, _: object, look: Look) -> Found:
    """What follows a declaration at an office of departure in the Union uses numbers of the Union's shape."""
    if not look.has("CL010", country_of_departure(m)):
        return
    yield from _unlike_eori(m, "HolderOfTheTransitProcedure", m.holder_of_the_transit_procedure.identification_number)
    if isinstance(m, CC170C):
        if m.representative is not None:
            yield from _unlike_eori(m, "Representative", m.representative.identification_number)
        yield from _of_location(m, m.consignment.location_of_goods)


@rule("R0850", CC007C, CC044C, lists=("CL010",), text=_OPERATOR)
def r0850_at_destination(m: CC007C | CC044C, _: object, look: Look) -> Found:
    """Who reports to an office of destination in the Union uses numbers of the Union's shape."""
    if not look.has("CL010", m.customs_office_of_destination_actual.reference_number[:2]):
        return
    yield from _unlike_eori(m, "TraderAtDestination", m.trader_at_destination.identification_number)
    if isinstance(m, CC007C):
        yield from _of_location(m, m.consignment.location_of_goods)


@rule(
    "R0851",
    CC013C,
    CC015C,
    lists=("CL010",),
    text="Check the number of the consignee: after the letters of the Member State follow up to 15 characters.",
)
def r0851(m: Declaration, _: object, look: Look) -> Found:
    """A consignee in the Union is checked by an office of departure in the Union, and by no other."""
    if not look.has("CL010", m.customs_office_of_departure.reference_number[:2]):
        return

    def wrong(number: str | None) -> bool:
        return number is not None and look.has("CL010", number[:2]) and not Eori.accepts(number)

    consignee = m.consignment.consignee
    if consignee is not None and wrong(consignee.identification_number):
        yield broken(at(m, "Consignment/Consignee/identificationNumber"), consignee.identification_number)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if house.consignee is not None and wrong(house.consignee.identification_number):
            yield broken(house_at(m, h, "Consignee/identificationNumber"), house.consignee.identification_number)
        for i, item in enumerate(house.consignment_item, 1):
            if item.consignee is not None and wrong(item.consignee.identification_number):
                yield broken(item_at(m, h, i, "Consignee/identificationNumber"), item.consignee.identification_number)


@rule(
    "R0990",
    CC013C,
    CC015C,
    text="Give the number as printed on the TIR carnet: two letters, one of them an X, and 8 or 9 digits.",
)
def r0990(m: Declaration, *_: object) -> Found:
    """Carnets have numbers of ten or eleven characters; IRU's own algorithm is not public and not checked."""
    number = m.transit_operation.tir_carnet_number
    if number is not None and not (len(number) in {10, 11} and TirCarnet.accepts(number)):
        yield broken(at(m, "TransitOperation/TIRCarnetNumber"), number)
