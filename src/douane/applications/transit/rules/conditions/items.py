"""Conditions on goods items: what stands at the item depends on what stands above it."""

from __future__ import annotations

from douane.applications.transit.rules.exported import EXPORT_DECLARATION
from douane.applications.transit.rules.places import Declaration, Found, house_at, item_at
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC013C, CC015C, CC044C

UNION_GOODS = frozenset({"T2", "T2F"})


@rule(
    "C0015",
    CC013C,
    CC015C,
    text="State the reference number of each excise document (types of CL234).",
    lists=("CL234",),
)
def c0015(m: Declaration, _: object, look: Look) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for n, reference in enumerate(item.additional_reference, 1):
                if reference.reference_number is None and look.has("CL234", reference.type):
                    yield missing(f"{item_at(m, h, i)}/AdditionalReference[{n}]/referenceNumber")


@rule(
    "C0035",
    CC013C,
    CC015C,
    text="Name a previous document for T2 and T2F goods that depart in a partner country, for the consignment or "
    "for the item.",
    lists=("CL112",),
)
def c0035(m: Declaration, _: object, look: Look) -> Found:
    if m.consignment.previous_document or not look.has("CL112", m.customs_office_of_departure.reference_number[:2]):
        return
    all_items = m.transit_operation.declaration_type in UNION_GOODS
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if not item.previous_document and (all_items or item.declaration_type in UNION_GOODS):
                yield missing(f"{item_at(m, h, i)}/PreviousDocument")


@rule(
    "C0045",
    CC013C,
    CC015C,
    text="Give every item its declaration type in a mixed declaration (T); in any other declaration give none.",
)
def c0045(m: Declaration, *_: object) -> Found:
    mixed = m.transit_operation.declaration_type == "T"
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            if item.declaration_type is None:
                if mixed:
                    yield missing(f"{item_at(m, h, i)}/declarationType")
            elif not mixed:
                yield not_allowed(f"{item_at(m, h, i)}/declarationType", item.declaration_type)


@rule(
    "C0060",
    CC013C,
    CC015C,
    text="Count the packages and give their marks; bulk goods (CL181) have no number, unpacked goods (CL182) "
    "need no marks.",
    lists=("CL181", "CL182"),
)
def c0060(m: Declaration, _: object, look: Look) -> Found:
    has = look.has
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for n, packaging in enumerate(item.packaging, 1):
                kind = packaging.type_of_packages
                if has("CL181", kind):
                    if packaging.number_of_packages is not None:
                        place = f"{item_at(m, h, i)}/Packaging[{n}]/numberOfPackages"
                        yield not_allowed(place, packaging.number_of_packages)
                    continue
                if packaging.number_of_packages is None:
                    yield missing(f"{item_at(m, h, i)}/Packaging[{n}]/numberOfPackages")
                if packaging.shipping_marks is None and not has("CL182", kind):
                    yield missing(f"{item_at(m, h, i)}/Packaging[{n}]/shippingMarks")


@rule(
    "C0153",
    CC013C,
    CC015C,
    text="State the commodity code; only goods under a TIR carnet without preceding export declaration (N830) "
    "may lack it.",
    after=TRANSITION_END,
)
def c0153(m: Declaration, *_: object) -> Found:
    tir = m.transit_operation.declaration_type == "TIR"
    for h, house in enumerate(m.consignment.house_consignment, 1):
        if tir and not any(d.type == EXPORT_DECLARATION for d in house.previous_document):
            continue
        for i, item in enumerate(house.consignment_item, 1):
            if item.commodity.commodity_code is None:
                yield missing(f"{item_at(m, h, i)}/Commodity/CommodityCode")


@rule("C0298", CC013C, CC015C, text="Give quantity and measurement unit of a previous document together or neither.")
def c0298(m: Declaration, *_: object) -> Found:
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            for n, document in enumerate(item.previous_document, 1):
                unit = document.measurement_unit_and_qualifier
                if (document.quantity is None) is (unit is None):
                    continue
                place = f"{item_at(m, h, i)}/PreviousDocument[{n}]/measurementUnitAndQualifier"
                yield missing(place) if unit is None else not_allowed(place, unit)


@rule(
    "C0343",
    CC013C,
    CC015C,
    text="State the country of destination at one level only: consignment, house consignment or each of its items.",
)
def c0343(m: Declaration, *_: object) -> Found:
    above = m.consignment.country_of_destination is not None
    for h, house in enumerate(m.consignment.house_consignment, 1):
        country = house.country_of_destination
        if country is not None and above:
            yield not_allowed(f"{house_at(m, h)}/countryOfDestination", country)
        stated = above or country is not None
        for i, item in enumerate(house.consignment_item, 1):
            if (item.country_of_destination is None) is stated:
                continue
            place = f"{item_at(m, h, i)}/countryOfDestination"
            yield not_allowed(place, item.country_of_destination) if stated else missing(place)


@rule(
    "C0502",
    CC013C,
    CC015C,
    text="State the UCR at one level only; it may be missing where a transport document stands for the "
    "consignment or the house.",
    after=TRANSITION_END,
)
def c0502(m: Declaration, *_: object) -> Found:
    consignment = m.consignment
    above = consignment.reference_number_ucr is not None
    for h, house in enumerate(consignment.house_consignment, 1):
        if house.reference_number_ucr is not None and above:
            yield not_allowed(f"{house_at(m, h)}/referenceNumberUCR", house.reference_number_ucr)
        stated = above or house.reference_number_ucr is not None
        optional = bool(consignment.transport_document or house.transport_document)
        for i, item in enumerate(house.consignment_item, 1):
            if item.reference_number_ucr is None:
                if not (stated or optional):
                    yield missing(f"{item_at(m, h, i)}/referenceNumberUCR")
            elif stated:
                yield not_allowed(f"{item_at(m, h, i)}/referenceNumberUCR", item.reference_number_ucr)


@rule(
    "C0816",
    CC044C,
    text="Leave out the combined nomenclature code where the goods arrive in a partner country, Andorra or San Marino.",
    lists=("CL112",),
)
def c0816(m: CC044C, _: object, look: Look) -> Found:
    country = m.customs_office_of_destination_actual.reference_number[:2]
    if m.consignment is None or not (country in {"AD", "SM"} or look.has("CL112", country)):
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            code = item.commodity.commodity_code if item.commodity is not None else None
            if code is not None and code.combined_nomenclature_code is not None:
                place = f"{item_at(m, h, i)}/Commodity/CommodityCode/combinedNomenclatureCode"
                yield not_allowed(place, code.combined_nomenclature_code)


@rule(
    "C0821",
    CC013C,
    CC015C,
    text="Leave out the combined nomenclature code where the goods depart in a partner country.",
    lists=("CL112",),
)
def c0821(m: Declaration, _: object, look: Look) -> Found:
    if not look.has("CL112", m.customs_office_of_departure.reference_number[:2]):
        return
    for h, house in enumerate(m.consignment.house_consignment, 1):
        for i, item in enumerate(house.consignment_item, 1):
            code = item.commodity.commodity_code
            if code is not None and code.combined_nomenclature_code is not None:
                place = f"{item_at(m, h, i)}/Commodity/CommodityCode/combinedNomenclatureCode"
                yield not_allowed(place, code.combined_nomenclature_code)


@rule(
    "C0837",
    CC013C,
    CC015C,
    text="State the net mass of goods that follow an export declaration (N830); otherwise a reduced dataset has "
    "no net mass.",
    after=TRANSITION_END,
)
def c0837(m: Declaration, *_: object) -> Found:
    reduced = m.transit_operation.reduced_dataset_indicator
    for h, house in enumerate(m.consignment.house_consignment, 1):
        exported = any(d.type == EXPORT_DECLARATION for d in house.previous_document)
        if not (exported or reduced):
            continue
        for i, item in enumerate(house.consignment_item, 1):
            measure = item.commodity.goods_measure
            net = measure.net_mass if measure is not None else None
            if exported and net is None:
                yield missing(f"{item_at(m, h, i)}/Commodity/GoodsMeasure/netMass")
            elif net is not None and not exported:
                yield not_allowed(f"{item_at(m, h, i)}/Commodity/GoodsMeasure/netMass", net)


@rule(
    "C0909",
    CC013C,
    CC015C,
    text="State the country of dispatch at one level only: consignment, house consignment or each of its items.",
    after=TRANSITION_END,
)
def c0909(m: Declaration, *_: object) -> Found:
    above = m.consignment.country_of_dispatch is not None
    for h, house in enumerate(m.consignment.house_consignment, 1):
        country = house.country_of_dispatch
        if country is not None and above:
            yield not_allowed(f"{house_at(m, h)}/countryOfDispatch", country)
        stated = above or country is not None
        for i, item in enumerate(house.consignment_item, 1):
            if (item.country_of_dispatch is None) is stated:
                continue
            place = f"{item_at(m, h, i)}/countryOfDispatch"
            yield not_allowed(place, item.country_of_dispatch) if stated else missing(place)
