"""Rules about what the goods are: Union goods, excise goods, negotiable bills (R)."""

from __future__ import annotations

from douane.applications.transit.rules.exported import EXPORT_DECLARATION
from douane.applications.transit.rules.places import Declaration, Found, at, house_at, item_at
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, broken, rule
from douane.standards.ncts.phase5 import CC013C, CC015C, CC044C

UNION_STATUS = frozenset(("T2", "T2F"))
NEGOTIABLE_BILL = "30600"
"""Additional information: a negotiable bill of lading to order blank endorsed stands in for the consignee."""


@rule(
    "R0020",
    CC013C,
    CC015C,
    lists=("CL112", "CL178"),
    text="For T2 or T2F goods that depart from a common transit country name a previous document that proves "
    "their Union status, at the consignment or at each item.",
)
def r0020(m: Declaration, _: object, look: Look) -> Found:
    """Outside the Union the status of Union goods is shown by the document under which they came."""
    if not look.has("CL112", m.customs_office_of_departure.reference_number[:2]):
        return
    if any(look.has("CL178", each.type) for each in m.consignment.previous_document):
        return
    everywhere = m.transit_operation.declaration_type in UNION_STATUS
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if (everywhere or item.declaration_type in UNION_STATUS) and not any(
                look.has("CL178", each.type) for each in item.previous_document
            ):
                yield broken(item_at(m, h, i, "PreviousDocument[1]/type"))


_EXCISE = "Give the reference of the excise document; 0 does not identify it."


@rule("R0023", CC013C, CC015C, lists=("CL234",), text=_EXCISE)
def r0023(m: Declaration, _: object, look: Look) -> Found:
    """A movement of excise goods is known by its reference."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if not item.additional_reference:
                continue
            for p, each in enumerate(item.additional_reference, 1):
                if each.reference_number == "0" and look.has("CL234", each.type):
                    yield broken(item_at(m, h, i, f"AdditionalReference[{p}]/referenceNumber"), "0")


@rule("R0023", CC044C, lists=("CL234",), text=_EXCISE)
def r0023_remarks(m: CC044C, _: object, look: Look) -> Found:
    """A movement of excise goods is known by its reference, in unloading remarks too."""
    if m.consignment is None:
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for p, each in enumerate(item.additional_reference, 1):
                if each.reference_number == "0" and look.has("CL234", each.type):
                    yield broken(item_at(m, h, i, f"AdditionalReference[{p}]/referenceNumber"), "0")


def wrong_excise_type(m: Declaration, h: int, i: int, allowed: frozenset[str]) -> Found:
    """A violation unless the item (house and item counted from 1) is declared as one of the allowed types.

    An item without a type of its own has that of the declaration.
    """
    own = m.consignment.house_consignment[h - 1].consignment_item[i - 1].declaration_type
    if own is not None:
        if own not in allowed:
            yield broken(item_at(m, h, i, "declarationType"), own)
    elif m.transit_operation.declaration_type not in allowed:
        yield broken(at(m, "TransitOperation/declarationType"), m.transit_operation.declaration_type)


EXPORTED = frozenset(("T1",))
EXPORTED_EVERYWHERE = frozenset(("T1", "TIR"))


@rule(
    "R0601",
    CC013C,
    CC015C,
    lists=("CL234",),
    after=TRANSITION_END,
    text="Declare excise goods after export as T1 (or TIR for the whole declaration), and excise goods moving under "
    "suspension inside the Union as T2 or T2F.",
)
def r0601(m: Declaration, _: object, look: Look) -> Found:
    """The status of excise goods follows from the procedure they are in."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if not item.additional_reference or not any(
                look.has("CL234", each.type) for each in item.additional_reference
            ):
                continue
            if any(each.type == EXPORT_DECLARATION for each in house.previous_document):
                yield from wrong_excise_type(m, h, i, EXPORTED if item.declaration_type else EXPORTED_EVERYWHERE)
            elif any(look.has("CL234", each.type) for each in item.supporting_document):
                yield from wrong_excise_type(m, h, i, UNION_STATUS)


def _to_common_transit(m: Declaration, look: Look) -> bool:
    """Whether any country of destination stated belongs to common transit (CL009)."""
    if look.has("CL009", m.consignment.country_of_destination):
        return True
    for house in m.consignment.house_consignment:
        if look.has("CL009", house.country_of_destination):
            return True
        for item in house.consignment_item:
            if look.has("CL009", item.country_of_destination):
                return True
    return False


@rule(
    "R3060",
    CC013C,
    CC015C,
    lists=("CL009",),
    text="For goods to a common transit country name the consignee instead of additional information 30600.",
)
def r3060(m: Declaration, _: object, look: Look) -> Found:
    """Inside common transit the consignee is known."""
    for position, each in enumerate(m.consignment.additional_information, 1):
        if each.code == NEGOTIABLE_BILL and _to_common_transit(m, look):
            yield broken(at(m, f"Consignment/AdditionalInformation[{position}]/code"), each.code)


@rule(
    "R3061",
    CC013C,
    CC015C,
    after=TRANSITION_END,
    text="State additional information 30600 at the consignment or house consignment, not at an item.",
)
def r3061(m: Declaration, *_: object) -> Found:
    """A bill of lading covers more than an item."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if not item.additional_information:
                continue
            for position, each in enumerate(item.additional_information, 1):
                if each.code == NEGOTIABLE_BILL:
                    yield broken(item_at(m, h, i, f"AdditionalInformation[{position}]/code"), each.code)


@rule(
    "R3062",
    CC013C,
    CC015C,
    lists=("CL009",),
    text="For goods to a common transit country name the consignee instead of additional information 30600.",
)
def r3062(m: Declaration, _: object, look: Look) -> Found:
    """Inside common transit the consignee is known, for each house consignment too."""
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for position, each in enumerate(house.additional_information, 1):
            if each.code == NEGOTIABLE_BILL and _to_common_transit(m, look):
                yield broken(house_at(m, h, f"AdditionalInformation[{position}]/code"), each.code)
