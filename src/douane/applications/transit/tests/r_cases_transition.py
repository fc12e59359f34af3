"""Cases of the B rules: during the transitional period, and after its end."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from douane.applications.transit.tests.r_base import (
    AMENDMENT,
    ARRIVAL,
    DECLARATION,
    IN_TRANSITION,
    NOW,
    PRESENTATION,
    WRITTEN,
    group,
)
from douane.applications.transit.tests.r_cases import Case
from douane.applications.transit.tests.r_groups import (
    AT_HOUSE,
    AT_ITEM,
    DEPARTURE,
    HOUSE,
    ITEM,
    TRANSIT,
    TYPE,
    consignee,
    equipment,
    exits,
    incident,
    information,
    means,
    offices,
    reference,
)

SECURITY = "transit_operation__security"
BORDER = "consignment__active_border_transport_means"
AT_BORDER = "Consignment/ActiveBorderTransportMeans[1]"
MEANS = "consignment__departure_transport_means"
AT_MEANS = "Consignment/DepartureTransportMeans[1]"
SECOND = f"{HOUSE}__consignment_item__1"
THIRD = "consignment__house_consignment__1__consignment_item__0"
CHARGED = group("TransportCharges", method_of_payment="A")
LOADING = group("PlaceOfLoading", un_locode="FRLIL")
UNLOADING = group("PlaceOfUnloading", un_locode="ATVIE")
ROUTE = (group("CountryOfRoutingOfConsignment", sequence_number=1, country="FR"),)


def during(
    rule: str, accepted: dict[str, Any], refused: dict[str, Any], *pointers: str, ground: Any = DECLARATION
) -> Case:
    """A case of the transitional period, whose constraints have a code of their own."""
    return Case(rule, ground, accepted, refused, pointers, code="50", look=IN_TRANSITION)


def old_means(**fields: Any) -> tuple[Any, ...]:
    """One means at departure with what is given."""
    return (group("DepartureTransportMeans01", sequence_number=1, **fields),)


TRANSPORT = [
    during(
        "B1016",
        {},
        {f"{BORDER}__0__customs_office_at_border_reference_number": None},
        f"{AT_BORDER}/customsOfficeAtBorderReferenceNumber",
    ),
    during("B1091", {}, {f"{MEANS}__0__type_of_identification": "99"}, f"{AT_MEANS}/typeOfIdentification"),
    during(
        "B1091",
        {},
        {f"{MEANS}__0__type_of_identification": "99"},
        f"{AT_MEANS}/typeOfIdentification",
        ground=PRESENTATION,
    ),
    during(
        "B1806",
        {"consignment__mode_of_transport_at_the_border": "2", BORDER: ()},
        {BORDER: ()},
        "Consignment/ActiveBorderTransportMeans",
    ),
    during(
        "B1838",
        {f"{BORDER}__0__nationality": None, f"{BORDER}__0__identification_number": None},
        {f"{BORDER}__0__type_of_identification": None, f"{BORDER}__0__identification_number": None},
        f"{AT_BORDER}/typeOfIdentification",
        f"{AT_BORDER}/identificationNumber",
    ),
    during(
        "B1850",
        {"consignment__mode_of_transport_at_the_border": "2", f"{BORDER}__0__nationality": None},
        {f"{BORDER}__0__nationality": None},
        f"{AT_BORDER}/nationality",
    ),
    during(
        "B1889",
        {"consignment__mode_of_transport_at_the_border": None, SECURITY: "1"},
        {"consignment__mode_of_transport_at_the_border": None, SECURITY: "1", DEPARTURE: "CH001251"},
        "Consignment/modeOfTransportAtTheBorder",
    ),
    during(
        "B1890",
        {MEANS: means("30", "31", "31", struct="DepartureTransportMeans01")},
        {"consignment__inland_mode_of_transport": "2", MEANS: means("20", "20", struct="DepartureTransportMeans01")},
        "Consignment/DepartureTransportMeans[2]",
    ),
    during(
        "B1891",
        {"consignment__container_indicator": True, MEANS: ()},
        {MEANS: ()},
        "Consignment/DepartureTransportMeans",
    ),
    during(
        "B1891",
        {"consignment__inland_mode_of_transport": "5", MEANS: ()},
        {"consignment__inland_mode_of_transport": "5"},
        AT_MEANS,
        ground=AMENDMENT,
    ),
    during(
        "B1892",
        {"consignment__container_indicator": True, MEANS: old_means()},
        {MEANS: old_means(nationality="FR")},
        f"{AT_MEANS}/identificationNumber",
        f"{AT_MEANS}/typeOfIdentification",
    ),
    during(
        "B1897",
        {"consignment__container_indicator": True, MEANS: old_means()},
        {MEANS: old_means()},
        f"{AT_MEANS}/nationality",
    ),
    during(
        "B1897",
        {"consignment__inland_mode_of_transport": "2", MEANS: old_means()},
        {"consignment__inland_mode_of_transport": "2"},
        f"{AT_MEANS}/nationality",
        ground=AMENDMENT,
    ),
    during(
        "B1831",
        {SECURITY: "1", DEPARTURE: "CH001251", TRANSIT: offices("DE004055", expected=WRITTEN)},
        {SECURITY: "1", DEPARTURE: "CH001251", TRANSIT: offices("CH003701", "DE004055")},
        "CustomsOfficeOfTransitDeclared[2]/arrivalDateAndTimeEstimated",
    ),
    during(
        "B1848",
        {SECURITY: "1", "consignment__country_of_routing_of_consignment": ROUTE},
        {SECURITY: "1"},
        "Consignment/CountryOfRoutingOfConsignment",
    ),
    during(
        "B1848",
        {},
        {"consignment__country_of_routing_of_consignment": ROUTE},
        "Consignment/CountryOfRoutingOfConsignment[1]",
        ground=AMENDMENT,
    ),
    during(
        "B1858",
        {SECURITY: "1", "transit_operation__specific_circumstance_indicator": "XXX"},
        {SECURITY: "1"},
        "Consignment/PlaceOfUnloading",
    ),
    during(
        "B1858",
        {SECURITY: "1", "consignment__place_of_unloading": UNLOADING},
        {"consignment__place_of_unloading": UNLOADING},
        "Consignment/PlaceOfUnloading",
        ground=AMENDMENT,
    ),
    during(
        "B1893",
        {SECURITY: "1", "consignment__place_of_loading": LOADING},
        {SECURITY: "1"},
        "Consignment/PlaceOfLoading",
    ),
    during("B1893", {}, {"consignment__place_of_loading": LOADING}, "Consignment/PlaceOfLoading", ground=AMENDMENT),
    during(
        "B1966",
        {SECURITY: "2", "customs_office_of_exit_for_transit_declared": exits("DE000001"), TRANSIT: offices("RS000001")},
        {SECURITY: "2", "customs_office_of_exit_for_transit_declared": exits("DE000001"), TRANSIT: offices("CH001251")},
        "CustomsOfficeOfExitForTransitDeclared[1]",
    ),
]
ABROAD = {"consignment__country_of_destination": "US"}
OWN = {"consignment__consignee": consignee("AT1")}
AT_ITEM_CONSIGNEE = f"{AT_ITEM}/Consignee"
ALL_ITEMS = (
    f"{AT_ITEM}/Consignee",
    f"{AT_HOUSE}/ConsignmentItem[2]/Consignee",
    "Consignment/HouseConsignment[2]/ConsignmentItem[1]/Consignee",
)
POSTAL = group("Address02", street_and_number="Ring 1", city="Wien", country="AT")


def items(path: str, *values: object) -> dict[str, Any]:
    """The same field of all three items."""
    return {f"{where}__{path}": value for where, value in zip((ITEM, SECOND, THIRD), values, strict=True)}


PARTIES = [
    during("B1820", items("consignee", consignee("AT1"), consignee("AT2"), consignee("AT3")), {}, *ALL_ITEMS),
    during("B1820", OWN, {**OWN, f"{ITEM}__consignee": consignee("AT1")}, AT_ITEM_CONSIGNEE),
    during(
        "B1820",
        {**ABROAD, f"{ITEM}__consignee": consignee("AT1")},
        {**ABROAD, f"{ITEM}__country_of_destination": "CH"},
        AT_ITEM_CONSIGNEE,
    ),
    during("B1820", {**ABROAD, SECURITY: "2", **OWN}, {**ABROAD, SECURITY: "2"}, *ALL_ITEMS),
    during(
        "B1820",
        {**ABROAD, SECURITY: "2", "consignment__additional_information": information("30600")},
        {
            **ABROAD,
            SECURITY: "2",
            f"{ITEM}__additional_information": information("30600"),
            f"{ITEM}__consignee": consignee("AT1"),
        },
        *ALL_ITEMS,
    ),
    during(
        "B1821",
        {f"{ITEM}__consignee": consignee("AT1")},
        {f"{ITEM}__consignee": group("Consignee01")},
        f"{AT_ITEM}/Consignee/name",
        f"{AT_ITEM}/Consignee/Address",
    ),
    during(
        "B1822",
        {f"{ITEM}__consignee": group("Consignee01", address=POSTAL), f"{ITEM}__consignee__address__country": "HK"},
        {f"{ITEM}__consignee": group("Consignee01", address=POSTAL)},
        f"{AT_ITEM}/Consignee/Address/postcode",
    ),
    during("B1823", OWN, {**OWN, f"{ITEM}__consignee": consignee("AT1")}, "Consignment/Consignee"),
    during("B1823", {f"{ITEM}__consignee": consignee("AT1")}, {}, "Consignment/Consignee"),
    during(
        "B1823",
        {**ABROAD, **OWN},
        {**ABROAD, **OWN, SECURITY: "2", f"{ITEM}__additional_information": information("30600")},
        "Consignment/Consignee",
        ground=AMENDMENT,
    ),
    during(
        "B1877",
        items("consignee", consignee("AT1"), consignee("AT1"), consignee("AT2")),
        {**items("consignee", *[consignee("AT1")] * 3), **items("transport_charges", *[CHARGED] * 3)},
        AT_ITEM_CONSIGNEE,
        f"{AT_ITEM}/TransportCharges",
    ),
]
EXCISE = {f"{ITEM}__additional_reference": reference("C651")}
EMCS = {
    f"{ITEM}__supporting_document": (
        group("SupportingDocument05", sequence_number=1, type="C651", reference_number="23FRG0001"),
    )
}
EXPORTED = {
    f"{ITEM}__previous_document": (group("PreviousDocument03", sequence_number=1, type="N830", reference_number="R1"),)
}
DOCUMENT = (group("TransportDocument02", sequence_number=1, type="N705", reference_number="BL1"),)
TIR = {TYPE: "TIR"}
NOWHERE = {"consignment__country_of_dispatch": None}
CURRENCY = "Guarantee[1]/GuaranteeReference[1]/currency"
GUARANTEED = "guarantee__0__guarantee_reference__0"
GOODS = [
    during(
        "B1805",
        {},
        {"transit_operation__reduced_dataset_indicator": True},
        *(
            f"{where}/Commodity/GoodsMeasure/netMass"
            for where in (
                AT_ITEM,
                f"{AT_HOUSE}/ConsignmentItem[2]",
                "Consignment/HouseConsignment[2]/ConsignmentItem[1]",
            )
        ),
    ),
    during(
        "B1875",
        {SECURITY: "1", f"{ITEM}__transport_charges": CHARGED},
        {f"{ITEM}__transport_charges": CHARGED},
        f"{AT_ITEM}/TransportCharges",
    ),
    during(
        "B1895",
        {f"{ITEM}__reference_number_ucr": "U1"},
        {f"{ITEM}__reference_number_ucr": "U1", "consignment__reference_number_ucr": "U0"},
        f"{AT_ITEM}/referenceNumberUCR",
    ),
    during(
        "B1896",
        {SECURITY: "3", f"{ITEM}__transport_document": DOCUMENT, f"{THIRD}__transport_document": DOCUMENT},
        {SECURITY: "3", f"{ITEM}__transport_document": DOCUMENT},
        "Consignment/HouseConsignment[2]/ConsignmentItem[1]/TransportDocument",
    ),
    during(
        "B1896",
        {SECURITY: "3", f"{SECOND}__reference_number_ucr": "U1"},
        {SECURITY: "3"},
        f"{AT_ITEM}/TransportDocument",
        "Consignment/HouseConsignment[2]/ConsignmentItem[1]/TransportDocument",
        ground=AMENDMENT,
    ),
    during(
        "B1898",
        {f"{GUARANTEED}__currency": None, f"{GUARANTEED}__amount_to_be_covered": None},
        {f"{GUARANTEED}__currency": None},
        CURRENCY,
    ),
    during("B1898", {}, {f"{GUARANTEED}__amount_to_be_covered": None}, CURRENCY, ground=AMENDMENT),
    during(
        "B1922", {**EXCISE, **EXPORTED, **TIR}, {**EXCISE, **EXPORTED, TYPE: "T2"}, "TransitOperation/declarationType"
    ),
    during(
        "B1922",
        {**EMCS, TYPE: "T", f"{ITEM}__declaration_type": "T2F"},
        {**EMCS, TYPE: "T", f"{ITEM}__declaration_type": "T1"},
        f"{AT_ITEM}/declarationType",
    ),
    during(
        "B1965",
        NOWHERE,
        {f"{HOUSE}__country_of_dispatch": "FR", f"{ITEM}__country_of_dispatch": "FR"},
        "Consignment/countryOfDispatch",
        f"{AT_HOUSE}/countryOfDispatch",
        f"{AT_ITEM}/countryOfDispatch",
    ),
    during(
        "B1965",
        TIR,
        {**TIR, f"{HOUSE}__country_of_dispatch": "FR", f"{ITEM}__country_of_dispatch": "FR"},
        f"{AT_HOUSE}/countryOfDispatch",
        f"{AT_ITEM}/countryOfDispatch",
    ),
    during(
        "B1965",
        {**TIR, **NOWHERE, **items("country_of_dispatch", "FR", "FR", "BE")},
        {**TIR, **NOWHERE, f"{HOUSE}__country_of_dispatch": "FR"},
        "Consignment/HouseConsignment[2]/ConsignmentItem[1]/countryOfDispatch",
        ground=AMENDMENT,
    ),
]
MEASURE = f"{ITEM}__commodity__goods_measure"
ENDED = [
    Case(
        "B2101",
        DECLARATION,
        {},
        {
            f"{GUARANTEED}__currency": None,
            f"{GUARANTEED}__amount_to_be_covered": None,
            MEANS: old_means(),
            f"{BORDER}__0": group("ActiveBorderTransportMeans02", sequence_number=1),
            MEASURE: None,
            f"{SECOND}__commodity__goods_measure": group("GoodsMeasure02", net_mass=Decimal(1)),
        },
        (
            "Guarantee[1]/GuaranteeReference[1]/amountToBeCovered",
            CURRENCY,
            f"{AT_MEANS}/typeOfIdentification",
            f"{AT_MEANS}/identificationNumber",
            f"{AT_MEANS}/nationality",
            f"{AT_BORDER}/customsOfficeAtBorderReferenceNumber",
            f"{AT_BORDER}/typeOfIdentification",
            f"{AT_BORDER}/identificationNumber",
            f"{AT_BORDER}/nationality",
            f"{AT_ITEM}/Commodity/GoodsMeasure",
            f"{AT_HOUSE}/ConsignmentItem[2]/Commodity/GoodsMeasure/grossMass",
        ),
        code="13",
        look=NOW,
    ),
    Case(
        "B2400",
        DECLARATION,
        {},
        {
            f"{ITEM}__consignee": consignee("AT1"),
            f"{SECOND}__transport_document": DOCUMENT,
            f"{THIRD}__transport_charges": CHARGED,
        },
        (
            AT_ITEM_CONSIGNEE,
            f"{AT_HOUSE}/ConsignmentItem[2]/TransportDocument[1]",
            "Consignment/HouseConsignment[2]/ConsignmentItem[1]/TransportCharges",
        ),
        code="15",
        look=NOW,
    ),
    Case(
        "B2400",
        ARRIVAL,
        {},
        incident(equipment("TransportEquipment01", container="CMAU1234567")),
        ("Consignment/Incident[1]",),
        code="15",
        look=NOW,
    ),
]
OF_TRANSITION = [*TRANSPORT, *PARTIES, *GOODS, *ENDED]
"""All cases of this module."""
