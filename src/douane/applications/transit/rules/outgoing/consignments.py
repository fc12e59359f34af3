"""Rules of consignments that alone messages of customs name: releases, records, permissions to unload, findings."""

from __future__ import annotations

from typing import Any, Final

from douane.applications.transit.rules.outgoing.groups import naming, reached
from douane.applications.transit.rules.places import Found
from douane.author import Look, broken, missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC025C, CC029C, CC043C, CD001C, CD003C, CD018C

POST: Final = "5"
"""Mode of transport: mail (CL018)."""
WITH_SECURITY: Final = frozenset("123")
SIMPLIFIED: Final = "C521"
"""The authorisation of an authorised consignor (CL235)."""
UNION_STATUS: Final = frozenset({"T2", "T2F"})
PARTLY: Final = "1"
"""Release type: released in part (CC025C)."""


@rule("C0029", *naming("C0029"), text="State the mode of transport at the border with data of security and safety.")
def c0029(m: Any, *_: object) -> Found:
    goods = m.consignment
    if (
        goods is not None
        and m.transit_operation.security in WITH_SECURITY
        and not goods.mode_of_transport_at_the_border
    ):
        yield missing(f"/{type(m).__name__}/Consignment/modeOfTransportAtTheBorder")


@rule("C0908", *naming("C0908"), text="Name the means at the border with data of security, and none for mail.")
def c0908(m: Any, *_: object) -> Found:
    goods, place = m.consignment, f"/{type(m).__name__}/Consignment/ActiveBorderTransportMeans"
    if goods is None:
        return
    if goods.mode_of_transport_at_the_border == POST:
        if goods.active_border_transport_means:
            yield not_allowed(place)
    elif m.transit_operation.security in WITH_SECURITY and not goods.active_border_transport_means:
        yield missing(place)


@rule(
    "C0339", *naming("C0339"), text="Name the means of departure once, for the consignment or its houses; none of mail."
)
def c0339(m: Any, *_: object) -> Found:
    goods, place = m.consignment, f"/{type(m).__name__}/Consignment"
    if goods is None:
        return
    by_mail = goods.inland_mode_of_transport == POST
    if by_mail and goods.departure_transport_means:
        yield not_allowed(f"{place}/DepartureTransportMeans")
    if by_mail or goods.departure_transport_means:
        for n, house in enumerate(goods.house_consignment, 1):
            if house.departure_transport_means:
                yield not_allowed(f"{place}/HouseConsignment[{n}]/DepartureTransportMeans")


@rule("C0349", *naming("C0349"), text="Name the consignor once, for the consignment or its houses.")
def c0349(m: Any, *_: object) -> Found:
    if m.consignment is None or m.consignment.consignor is None:
        return
    for place, _consignor in reached(m, "Consignment/HouseConsignment/Consignor", f"/{type(m).__name__}"):
        yield not_allowed(place)


@rule("C0872", *naming("C0872"), text="Name the containers of goods that are in containers.")
def c0872(m: Any, *_: object) -> Found:
    if m.consignment is not None and m.consignment.container_indicator and not m.consignment.transport_equipment:
        yield missing(f"/{type(m).__name__}/Consignment/TransportEquipment")


@rule("C0489", CC029C, lists=("CL147",), text="Say where goods are that leave from outside the security area.")
def c0489(m: CC029C, _: object, look: Look) -> Found:
    inside = look.has("CL147", m.customs_office_of_departure.reference_number[:2])
    if not inside and m.consignment.location_of_goods is None:
        yield missing("/CC029C/Consignment/LocationOfGoods")


@rule(
    "R0910", CC029C, lists=("CL195",), text="Say 'satisfactory, simplified' of an authorised consignor's goods alone."
)
def r0910(m: CC029C, _: object, look: Look) -> Found:
    simplified = any(each.type == SIMPLIFIED for each in m.authorisation)
    if not simplified and m.control_result is not None and not look.has("CL195", m.control_result.code):
        yield broken("/CC029C/ControlResult/code", m.control_result.code)


@rule("R0912", CC029C, CD001C, CD003C, lists=("CL195",), text="There is no simplified procedure under a TIR carnet.")
def r0912(m: CC029C | CD001C | CD003C, _: object, look: Look) -> Found:
    tir, found = m.transit_operation.declaration_type == "TIR", m.control_result
    if tir and found is not None and not look.has("CL195", found.code):
        yield broken(f"/{type(m).__name__}/ControlResult/code", found.code)


# --- risk


@rule(
    "C0813", *naming("C0813"), lists=("CL010", "CL147"),
    text="Tell risk within the security area with data of security, else within the Union, and nobody beyond.",
)  # fmt: skip
def c0813(m: Any, _: object, look: Look) -> Found:
    parties = (m.message_sender[-2:], m.message_recipient[-2:])
    place, told = f"/{type(m).__name__}/RiskAnalysisIdentification", m.risk_analysis_identification is not None
    in_union = all(look.has("CL010", each) for each in parties)
    in_area = all(look.has("CL147", each) for each in parties)
    security = m.transit_operation.security
    if (in_area and security in WITH_SECURITY) or (in_union and security == "0"):
        if not told:
            yield missing(place)
    elif not in_union and told:
        yield not_allowed(place)


@rule(
    "C0251", *naming("C0251"), lists=("CL010",), text="Give the analyses of a risk that is told, and none of no risk."
)
def c0251(m: Any, _: object, look: Look) -> Found:
    told, place = m.risk_analysis_identification, f"/{type(m).__name__}/RiskAnalysisIdentification/RiskAnalysis"
    if told is None:
        return
    wanted = told.code in ("R", "Y") or (told.code == "X" and look.has("CL010", m.message_sender[-2:]))
    if wanted and not told.risk_analysis:
        yield missing(place)
    if told.risk_analysis and told.code not in ("R", "X", "Y"):
        yield not_allowed(place)


@rule("C0715", *naming("C0715"), text="Give the result of a common risk by its code, of a national one by its area.")
def c0715(m: Any, *_: object) -> Found:
    told, place = m.risk_analysis_identification, f"/{type(m).__name__}/RiskAnalysisIdentification/RiskAnalysis"
    if told is None:
        return
    results = [result for each in told.risk_analysis for result in each.risk_analysis_result]
    common = [each for each in results if each.code]
    national = [each for each in results if not each.code and each.risk_area_code]
    kept = {
        "R": len(common) == len(results), "X": len(national) == len(results), "Y": bool(common) and bool(national),
    }  # fmt: skip
    if not kept.get(told.code, True):
        yield broken(place, told.code)


# --- at destination


@rule("C0353", CC025C, text="Describe the items of a house that is released in part, and of no other.")
def c0353(m: CC025C, *_: object) -> Found:
    for place, house in reached(m, "Consignment/HouseConsignment", "/CC025C"):
        partly = house.release_type == PARTLY
        if partly != bool(house.consignment_item):
            yield (missing if partly else not_allowed)(f"{place}/ConsignmentItem")


@rule(
    "C0816", CD018C, lists=("CL112",), text="Leave out the combined nomenclature code at an office outside the Union."
)
def c0816(m: CD018C, _: object, look: Look) -> Found:
    country = m.customs_office_of_destination_actual.reference_number[:2]
    if country not in ("AD", "SM") and not look.has("CL112", country):
        return
    path = "Consignment/HouseConsignment/ConsignmentItem/Commodity/CommodityCode/combinedNomenclatureCode"
    for place, code in reached(m, path, "/CD018C"):
        yield not_allowed(place, code)


@rule("R0020", CC043C, lists=("CL112", "CL178"), text="Name the proof of Union status of goods from a partner country.")
def r0020(m: CC043C, _: object, look: Look) -> Found:
    """The message names no office of departure: its country is that of the MRN."""
    goods = m.consignment
    if goods is None or not look.has("CL112", m.transit_operation.mrn[2:4]):
        return
    if any(look.has("CL178", each.type) for each in goods.previous_document):
        return
    whole = m.transit_operation.declaration_type in UNION_STATUS
    for place, item in reached(m, "Consignment/HouseConsignment/ConsignmentItem", "/CC043C"):
        proven = any(look.has("CL178", each.type) for each in item.previous_document)
        if (whole or item.declaration_type in UNION_STATUS) and not proven:
            yield broken(f"{place}/PreviousDocument[1]/type")


@rule(
    "R0909",
    CC043C,
    lists=("CL010",),
    text="Goods from Italy to San Marino go under T2SM, from the Union under T2 or T2F.",
)
def r0909(m: CC043C, _: object, look: Look) -> Found:
    operation, place = m.transit_operation, "/CC043C/TransitOperation/declarationType"
    begun = operation.mrn[2:4]
    if m.customs_office_of_destination_actual.reference_number[:2] != "SM" or operation.declaration_type is None:
        return
    if begun == "IT":
        right = operation.declaration_type == "T2SM"
    else:
        items = (item for _, item in reached(m, "Consignment/HouseConsignment/ConsignmentItem", ""))
        of_union = operation.declaration_type in UNION_STATUS or any(i.declaration_type in UNION_STATUS for i in items)
        right = of_union or not look.has("CL010", begun)
    if not right:
        yield broken(place, operation.declaration_type)


@rule("R0911", CC043C, lists=("CL010",), text="Goods from San Marino to the Union go under T2 or T2F.")
def r0911(m: CC043C, _: object, look: Look) -> Found:
    operation = m.transit_operation
    to_union = look.has("CL010", m.customs_office_of_destination_actual.reference_number[:2])
    if operation.mrn[2:4] == "SM" and to_union and operation.declaration_type not in (None, *UNION_STATUS):
        yield broken("/CC043C/TransitOperation/declarationType", operation.declaration_type)
