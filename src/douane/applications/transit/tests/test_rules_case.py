"""Rules that need the declaration: silent without it, exact with it."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.published import case as rules_case
from douane.applications.transit.tests.r_base import AMENDMENT, DECLARATION, NOW, PRESENTATION, edit, group, item
from douane.applications.transit.tests.r_cases import declared, found
from douane.applications.transit.tests.r_groups import (
    DEPARTURE,
    DESTINATION,
    HOUSE,
    ITEM,
    TYPE,
    authorisations,
    offices,
)
from douane.author import RuleBook

BOOK = RuleBook.of(rules_case)
CASE = KnownCase(declaration=DECLARATION)
AMENDED = KnownCase(declaration=edit(AMENDMENT, transit_operation__mrn="24GB000246J8NY33L7"))
OF_GUARANTEE = {"transit_operation__amendment_type_flag": True}
SUBHEADING = f"{ITEM}__commodity__commodity_code__harmonized_system_sub_heading_code"
ADDED = {f"{HOUSE}__consignment_item": (*DECLARATION.consignment.house_consignment[0].consignment_item, item(9, 3))}

KEPT = [
    {},
    {DESTINATION: "DE004055", "authorisation": authorisations("C521")},
    ADDED,
    {**OF_GUARANTEE, "guarantee__0__guarantee_type": "0"},
]
CHANGED = [
    (
        {TYPE: "T2", "transit_operation__security": "1", "transit_operation__additional_declaration_type": "D"},
        ["TransitOperation/additionalDeclarationType", "TransitOperation/declarationType", "TransitOperation/security"],
    ),
    ({DEPARTURE: "DE004055"}, ["CustomsOfficeOfDeparture"]),
    ({"holder_of_the_transit_procedure__identification_number": "FR999"}, ["HolderOfTheTransitProcedure"]),
    ({"representative": group("Representative02", identification_number="FR1", status="2")}, ["Representative"]),
    ({"transit_operation__lrn": "OTHER"}, ["TransitOperation/LRN"]),
    (
        {SUBHEADING: "010121"},
        ["Consignment/HouseConsignment[1]/ConsignmentItem[1]/Commodity/CommodityCode/harmonizedSystemSubHeadingCode"],
    ),
    (
        {
            **OF_GUARANTEE,
            "transit_operation__binding_itinerary": True,
            "authorisation": authorisations("C521"),
            "consignment__container_indicator": True,
        },
        ["TransitOperation/bindingItinerary", "Authorisation[1]", "Consignment"],
    ),
]


@pytest.mark.parametrize("changes", KEPT, ids=str)
def test_an_amendment_may_change_this(changes: dict[str, Any]) -> None:
    assert found(BOOK, "R0520", edit(AMENDMENT, **changes), NOW, CASE) == []


@pytest.mark.parametrize(("changes", "pointers"), CHANGED, ids=str)
def test_an_amendment_may_not_change_that(changes: dict[str, Any], pointers: list[str]) -> None:
    message = edit(AMENDMENT, **changes)
    assert found(BOOK, "R0520", message, NOW, CASE) == [(f"/CC013C/{pointer}", "14") for pointer in pointers]
    assert found(BOOK, "R0520", message, NOW) == []


def test_an_amendment_follows_an_earlier_one() -> None:
    right = edit(AMENDMENT, transit_operation__mrn="24GB000246J8NY33L7")
    wrong = edit(AMENDMENT, transit_operation__mrn="19GB00006010021477")
    assert found(BOOK, "R0520", right, NOW, AMENDED) == []
    assert found(BOOK, "R0520", wrong, NOW, AMENDED) == [("/CC013C/TransitOperation/MRN", "14")]


def test_a_presentation_names_several_means_only_with_an_office_of_transit() -> None:
    means = PRESENTATION.consignment.active_border_transport_means
    message = edit(PRESENTATION, consignment__active_border_transport_means=means * 2)
    crossing = edit(DECLARATION, customs_office_of_transit_declared=offices("DE004055"))
    assert found(BOOK, "R0790", PRESENTATION, NOW, CASE) == []
    assert found(BOOK, "R0790", message, NOW, KnownCase(declaration=crossing)) == []
    assert found(BOOK, "R0790", message, NOW, CASE) == [("/CC170C/Consignment/ActiveBorderTransportMeans[2]", "14")]
    assert found(BOOK, "R0790", message, NOW) == []


def test_these_are_all_rules_of_the_module() -> None:
    assert declared(BOOK) == {("R0520", "CC013C"), ("R0790", "CC170C")}
