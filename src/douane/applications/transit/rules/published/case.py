"""Rules that compare a message with the declaration it follows (R); silent where the look does not see the case."""

from __future__ import annotations

from douane.applications.transit.rules.case import KnownCase, declared
from douane.applications.transit.rules.places import Declaration, Found, at, item_at
from douane.author import Look, broken, rule
from douane.standards.ncts.phase5 import CC013C, CC170C

_Names = tuple[tuple[str, str], ...]
"""Tag and attribute."""

_FIXED_ITEMS: _Names = (
    ("additionalDeclarationType", "additional_declaration_type"),
    ("declarationType", "declaration_type"),
    ("security", "security"),
)
_OTHER_ITEMS: _Names = (
    ("TIRCarnetNumber", "tir_carnet_number"),
    ("presentationOfTheGoodsDateAndTime", "presentation_of_the_goods_date_and_time"),
    ("reducedDatasetIndicator", "reduced_dataset_indicator"),
    ("specificCircumstanceIndicator", "specific_circumstance_indicator"),
    ("communicationLanguageAtDeparture", "communication_language_at_departure"),
    ("bindingItinerary", "binding_itinerary"),
    ("limitDate", "limit_date"),
)
_FIXED_GROUPS: _Names = (
    ("CustomsOfficeOfDeparture", "customs_office_of_departure"),
    ("HolderOfTheTransitProcedure", "holder_of_the_transit_procedure"),
    ("Representative", "representative"),
)
_OTHER_GROUPS: _Names = (
    ("Authorisation[1]", "authorisation"),
    ("CustomsOfficeOfDestinationDeclared", "customs_office_of_destination_declared"),
    ("CustomsOfficeOfTransitDeclared[1]", "customs_office_of_transit_declared"),
    ("CustomsOfficeOfExitForTransitDeclared[1]", "customs_office_of_exit_for_transit_declared"),
    ("Consignment", "consignment"),
)


def _changed(m: CC013C, before: Declaration, items: _Names, groups: _Names) -> Found:
    """Items of the operation and groups of the message that are not as they were."""
    for tag, name in items:
        stated = getattr(m.transit_operation, name)
        if stated != getattr(before.transit_operation, name):
            yield broken(at(m, f"TransitOperation/{tag}"), "" if stated is None else stated)
    for tag, name in groups:
        if getattr(m, name) != getattr(before, name):
            yield broken(at(m, tag))


def _references(m: CC013C, before: Declaration) -> Found:
    """An amendment names its declaration by LRN or MRN; the one it gives is the declaration's."""
    now, then = m.transit_operation, before.transit_operation
    if now.lrn is not None and then.lrn is not None and now.lrn != then.lrn:
        yield broken(at(m, "TransitOperation/LRN"), now.lrn)
    if isinstance(before, CC013C):
        mrn = before.transit_operation.mrn
        if now.mrn is not None and mrn is not None and now.mrn != mrn:
            yield broken(at(m, "TransitOperation/MRN"), now.mrn)


def _subheadings(declaration: Declaration) -> dict[int, str | None]:
    """The HS subheading of each item, by its number in the declaration."""
    return {
        item.declaration_goods_item_number: code.harmonized_system_sub_heading_code if code else None
        for house in declaration.consignment.house_consignment
        for item in house.consignment_item
        for code in (item.commodity.commodity_code,)
    }


def _reclassified(m: CC013C, before: Declaration) -> Found:
    """Items that were declared under another HS subheading; items added are free."""
    then = _subheadings(before)
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            code = item.commodity.commodity_code
            stated = code.harmonized_system_sub_heading_code if code else None
            if then.get(item.declaration_goods_item_number, stated) != stated:
                place = "Commodity/CommodityCode/harmonizedSystemSubHeadingCode"
                yield broken(item_at(m, h, i, place), stated or "")


def of_another_state(m: CC013C, case: KnownCase | None) -> bool:
    """Whether an amendment of the guarantee comes though none was asked for, or another one though one was."""
    asked = case.guarantee_asked if case is not None else None
    return asked is not None and m.transit_operation.amendment_type_flag is not asked


@rule(
    "R0520",
    CC013C,
    text="Amend the guarantee alone, with flag 1, when and only when another was asked for; holder, representative, "
    "office of departure, types, references and HS subheadings change by a new declaration only.",
)
def r0520(m: CC013C, case: KnownCase | None, _: Look) -> Found:
    """What makes a declaration this declaration stays; asked for another guarantee, everything else stays too."""
    before = declared(case)
    if before is None:
        return
    if of_another_state(m, case):
        yield broken(at(m, "TransitOperation/amendmentTypeFlag"), int(m.transit_operation.amendment_type_flag))
        return
    yield from _references(m, before)
    if m.transit_operation.amendment_type_flag:
        yield from _changed(m, before, _FIXED_ITEMS + _OTHER_ITEMS, _FIXED_GROUPS + _OTHER_GROUPS)
    else:
        yield from _changed(m, before, _FIXED_ITEMS, _FIXED_GROUPS)
        yield from _reclassified(m, before)


@rule(
    "R0790",
    CC170C,
    text="Name one means of transport at the border only: the declaration has no office of transit.",
)
def r0790(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    """R0789 for the presentation, whose declaration says whether borders are crossed."""
    before = declared(case)
    means = m.consignment.active_border_transport_means
    if before is not None and len(means) > 1 and not before.customs_office_of_transit_declared:
        yield broken(at(m, "Consignment/ActiveBorderTransportMeans[2]"))
