"""Cases of the R rules about numbering, levels and identification numbers."""

from __future__ import annotations

from typing import Any

from douane.applications.transit.tests.base_messages import whereabouts
from douane.applications.transit.tests.r_base import (
    AMENDMENT,
    ARRIVAL,
    DECLARATION,
    INVALIDATION,
    PRESENTATION,
    REMARKS,
    group,
    item,
)
from douane.applications.transit.tests.r_cases import Case
from douane.applications.transit.tests.r_cases_goods import BILL, ITEMS, PACKAGING, TRANSIT_MRN, exported
from douane.applications.transit.tests.r_groups import (
    AT_HOUSE,
    AT_ITEM,
    DEPARTURE,
    HOUSE,
    HOUSES,
    ITEM,
    TRANSIT,
    actor,
    authorisations,
    consignee,
    equipment,
    incident,
    means,
    offices,
    packed,
)

SECOND = f"{HOUSE}__consignment_item__1"
EQUIPMENT = "consignment__transport_equipment"


def documents(*numbers: int) -> tuple[Any, ...]:
    """Supporting documents of unloading remarks."""
    return tuple(group("SupportingDocument03", sequence_number=n) for n in numbers)


NUMBERING = [
    Case(
        "R0007",
        DECLARATION,
        {},
        {f"{SECOND}__declaration_goods_item_number": 4},
        (f"{AT_HOUSE}/ConsignmentItem[2]/declarationGoodsItemNumber",),
    ),
    Case("R0988", DECLARATION, {}, {f"{ITEM}__goods_item_number": 2}, (f"{AT_ITEM}/goodsItemNumber",)),
    Case(
        "R0987",
        DECLARATION,
        {TRANSIT: offices("DE004055", "AT000001")},
        {
            "guarantee__0__sequence_number": 2,
            "guarantee__0__guarantee_reference__0__sequence_number": 3,
            f"{HOUSES}__1__sequence_number": 1,
        },
        (
            "Guarantee[1]/sequenceNumber",
            "Consignment/HouseConsignment[2]/sequenceNumber",
            "Guarantee[1]/GuaranteeReference[1]/sequenceNumber",
        ),
    ),
    Case(
        "R0987",
        AMENDMENT,
        {
            PACKAGING: (packed(1), packed(2, number=2)),
            EQUIPMENT: (equipment("TransportEquipment05", seals=("S1", "S2")),),
        },
        {PACKAGING: (packed(1), packed(2)), f"{HOUSE}__additional_information": BILL * 2},
        (f"{AT_HOUSE}/AdditionalInformation[2]/sequenceNumber", f"{AT_ITEM}/Packaging[2]/sequenceNumber"),
    ),
    Case(
        "R0987",
        PRESENTATION,
        {f"{HOUSE}__departure_transport_means": means("30", "31")},
        {f"{HOUSES}__1__sequence_number": 3, f"{HOUSE}__departure_transport_means": means("30") * 2},
        ("Consignment/HouseConsignment[2]/sequenceNumber", f"{AT_HOUSE}/DepartureTransportMeans[2]/sequenceNumber"),
    ),
    Case(
        "R0987",
        ARRIVAL,
        {"authorisation": authorisations("ACE"), **incident(equipment("TransportEquipment01", seals=("S1", "S2")))},
        {
            "authorisation": authorisations("ACE") * 2,
            **incident(equipment("TransportEquipment01"), equipment("TransportEquipment01")),
        },
        ("Authorisation[2]/sequenceNumber", "Consignment/Incident[1]/TransportEquipment[2]/sequenceNumber"),
    ),
    Case(
        "R0054",
        REMARKS,
        {"consignment__supporting_document": documents(2, 1)},
        {"consignment__supporting_document": documents(2, 2), f"{ITEM}__supporting_document": documents(1, 3, 1)},
        ("Consignment/SupportingDocument[2]/sequenceNumber", f"{AT_ITEM}/SupportingDocument[3]/sequenceNumber"),
    ),
    Case(
        "R0055",
        REMARKS,
        {f"{SECOND}__declaration_goods_item_number": 7, f"{SECOND}__goods_item_number": 9},
        {f"{SECOND}__declaration_goods_item_number": 1, f"{SECOND}__goods_item_number": 1},
        (f"{AT_HOUSE}/ConsignmentItem[2]/declarationGoodsItemNumber", f"{AT_HOUSE}/ConsignmentItem[2]/goodsItemNumber"),
    ),
]


def in_houses(path: str, first: object, second: object) -> dict[str, Any]:
    """The same field of both house consignments."""
    return {f"{HOUSES}__0__{path}": first, f"{HOUSES}__1__{path}": second}


def in_items(path: str, *values: object) -> dict[str, Any]:
    """The same field of all three items."""
    first, second, third = values
    return {
        f"{ITEM}__{path}": first,
        f"{SECOND}__{path}": second,
        f"{HOUSES}__1__consignment_item__0__{path}": third,
    }


CHARGED = group("TransportCharges", method_of_payment="A")
LEVELS = [
    Case(
        "R0506",
        DECLARATION,
        in_houses("country_of_dispatch", "FR", "BE"),
        in_houses("country_of_dispatch", "FR", "FR"),
        (f"{AT_HOUSE}/countryOfDispatch",),
    ),
    Case(
        "R0506",
        DECLARATION,
        in_houses("country_of_destination", "AT", None),
        in_houses("country_of_destination", "AT", "AT"),
        (f"{AT_HOUSE}/countryOfDestination",),
    ),
    Case(
        "R0506",
        DECLARATION,
        in_houses("reference_number_ucr", "U1", "U2"),
        in_houses("reference_number_ucr", "U1", "U1"),
        (f"{AT_HOUSE}/referenceNumberUCR",),
    ),
    Case(
        "R0506",
        DECLARATION,
        in_houses("consignor", group("Consignor03", name="A"), group("Consignor03", name="B")),
        in_houses("consignor", group("Consignor03", name="A"), group("Consignor03", name="A")),
        (f"{AT_HOUSE}/Consignor",),
    ),
    Case(
        "R0506",
        DECLARATION,
        in_houses("consignee", consignee("AT1"), consignee("AT2")),
        in_houses("consignee", consignee("AT1"), consignee("AT1")),
        (f"{AT_HOUSE}/Consignee",),
    ),
    Case(
        "R0506",
        DECLARATION,
        in_houses("departure_transport_means", means("30"), ()),
        in_houses("departure_transport_means", means("30"), means("30")),
        (f"{AT_HOUSE}/DepartureTransportMeans[1]",),
    ),
    Case(
        "R0506",
        DECLARATION,
        in_houses("transport_charges", CHARGED, None),
        in_houses("transport_charges", CHARGED, CHARGED),
        (f"{AT_HOUSE}/TransportCharges",),
    ),
    Case(
        "R0506",
        PRESENTATION,
        in_houses("departure_transport_means", means("30"), means("30", number="XY99")),
        in_houses("departure_transport_means", means("30"), means("30")),
        (f"{AT_HOUSE}/DepartureTransportMeans[1]",),
    ),
    Case(
        "R0507",
        DECLARATION,
        in_items("declaration_type", "T1", "T1", "T2"),
        in_items("declaration_type", *["T1"] * 3),
        (f"{AT_ITEM}/declarationType",),
    ),
    Case(
        "R0507",
        DECLARATION,
        in_items("country_of_dispatch", "FR", "FR", None),
        in_items("country_of_dispatch", "FR", "FR", "FR"),
        (f"{AT_ITEM}/countryOfDispatch",),
    ),
    Case(
        "R0507",
        DECLARATION,
        in_items("country_of_destination", "AT", "DE", "AT"),
        in_items("country_of_destination", "AT", "AT", "AT"),
        (f"{AT_ITEM}/countryOfDestination",),
    ),
    Case(
        "R0507",
        DECLARATION,
        {HOUSES: (DECLARATION.consignment.house_consignment[0],), ITEMS: (item(1, 1, reference_number_ucr="U1"),)},
        in_items("reference_number_ucr", "U1", "U1", "U1"),
        (f"{AT_ITEM}/referenceNumberUCR",),
    ),
]
HOLDER = "holder_of_the_transit_procedure__identification_number"
AT_HOLDER = "HolderOfTheTransitProcedure/identificationNumber"
TRADER = "trader_at_destination__identification_number"
ACTORS = "additional_supply_chain_actor"
IDENTIFIERS = [
    Case("R0028", ARRIVAL, {}, {"transit_operation__mrn": "24GB000246J8NY33L8"}, ("TransitOperation/MRN",), code="93"),
    Case("R0416", DECLARATION, exported(), exported(TRANSIT_MRN), (f"{AT_HOUSE}/PreviousDocument[1]/referenceNumber",)),
    Case(
        "R0840",
        DECLARATION,
        {f"consignment__{ACTORS}": actor("FR1"), "consignment__carrier": None},
        {
            f"consignment__{ACTORS}": actor("12"),
            f"{HOUSE}__{ACTORS}": actor("fr1"),
            f"{ITEM}__{ACTORS}": actor("F R"),
            "consignment__carrier": group("Carrier03", identification_number="FR"),
        },
        (
            "Consignment/Carrier/identificationNumber",
            "Consignment/AdditionalSupplyChainActor[1]/identificationNumber",
            f"{AT_HOUSE}/AdditionalSupplyChainActor[1]/identificationNumber",
            f"{AT_ITEM}/AdditionalSupplyChainActor[1]/identificationNumber",
        ),
    ),
    Case(
        "R0850",
        DECLARATION,
        {DEPARTURE: "CH001251", HOLDER: "123"},
        {
            HOLDER: "123",
            "representative": group("Representative02", identification_number="FR", status="2"),
            "consignment__consignor": group("Consignor03", identification_number="Dupont"),
            f"{HOUSE}__consignor": group("Consignor03", identification_number="Dupont"),
        },
        (
            AT_HOLDER,
            "Representative/identificationNumber",
            "Consignment/Consignor/identificationNumber",
            f"{AT_HOUSE}/Consignor/identificationNumber",
        ),
    ),
    Case("R0850", INVALIDATION, {}, {HOLDER: "123"}, (AT_HOLDER,)),
    Case(
        "R0850",
        PRESENTATION,
        {},
        {
            HOLDER: "123",
            "consignment__location_of_goods__economic_operator": group(
                "EconomicOperator", identification_number="Dupont"
            ),
        },
        (AT_HOLDER, "Consignment/LocationOfGoods/EconomicOperator/identificationNumber"),
    ),
    Case("R0850", whereabouts(), {}, {HOLDER: "123"}, (AT_HOLDER,)),
    Case("R0850", ARRIVAL, {}, {TRADER: "123"}, ("TraderAtDestination/identificationNumber",)),
    Case("R0850", REMARKS, {}, {TRADER: "123"}, ("TraderAtDestination/identificationNumber",)),
    Case(
        "R0851",
        DECLARATION,
        {"consignment__consignee": consignee("Huber"), f"{ITEM}__consignee": consignee("AT1")},
        {
            "consignment__consignee": consignee("AT"),
            f"{HOUSE}__consignee": consignee("AT 1"),
            f"{ITEM}__consignee": consignee("DE"),
        },
        (
            "Consignment/Consignee/identificationNumber",
            f"{AT_HOUSE}/Consignee/identificationNumber",
            f"{AT_ITEM}/Consignee/identificationNumber",
        ),
    ),
    Case(
        "R0990",
        DECLARATION,
        {"transit_operation__tir_carnet_number": "XF25000001"},
        {"transit_operation__tir_carnet_number": "1234567"},
        ("TransitOperation/TIRCarnetNumber",),
    ),
]
OF_NUMBERS = [*NUMBERING, *LEVELS, *IDENTIFIERS]
"""All cases of this module."""
