"""Cases of the R rules about goods and packages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from douane.applications.transit.tests.r_base import (
    AMENDMENT,
    DECLARATION,
    REMARKS,
    group,
)
from douane.applications.transit.tests.r_cases import Case
from douane.applications.transit.tests.r_groups import (
    AT_HOUSE,
    AT_ITEM,
    DEPARTURE,
    HOUSE,
    ITEM,
    TYPE,
    gross,
    information,
    packed,
    reference,
)
from douane.author import Country, Mrn, Procedure

EXPORT_MRN = str(Mrn.issue(25, Country("FR"), "005350AAA001", Procedure.EXPORT))
TRANSIT_MRN = str(Mrn.issue(25, Country("FR"), "005350AAA001", Procedure.TRANSIT))
SWISS = {DEPARTURE: "CH001251", TYPE: "T2"}
EXCISE = {f"{ITEM}__additional_reference": reference("C651")}
EMCS = {
    f"{ITEM}__supporting_document": (
        group("SupportingDocument05", sequence_number=1, type="C651", reference_number="23FRG0001"),
    )
}
BILL = information("30600")


def exported(mrn: str = EXPORT_MRN) -> dict[str, Any]:
    """A house consignment after export."""
    document = group("PreviousDocument06", sequence_number=1, type="N830", reference_number=mrn)
    return {f"{HOUSE}__previous_document": (document,)}


def came_under(kind: str, n: int = 0) -> dict[str, Any]:
    """A previous document of an item of the first house consignment."""
    document = group("PreviousDocument03", sequence_number=1, type=kind, reference_number="R1")
    return {f"{HOUSE}__consignment_item__{n}__previous_document": (document,)}


PROVEN = group("PreviousDocument06", sequence_number=1, type="N820", reference_number="R1")

GOODS = [
    Case(
        "R0020",
        DECLARATION,
        {**SWISS, "consignment__previous_document": (PROVEN,)},
        {**SWISS, **came_under("N820")},
        (
            f"{AT_HOUSE}/ConsignmentItem[2]/PreviousDocument[1]/type",
            "Consignment/HouseConsignment[2]/ConsignmentItem[1]/PreviousDocument[1]/type",
        ),
    ),
    Case(
        "R0020",
        AMENDMENT,
        {DEPARTURE: "CH001251", TYPE: "T", f"{ITEM}__declaration_type": "T2", **came_under("N820")},
        {DEPARTURE: "CH001251", TYPE: "T", f"{ITEM}__declaration_type": "T2", **came_under("N337")},
        (f"{AT_ITEM}/PreviousDocument[1]/type",),
    ),
    Case(
        "R0023",
        DECLARATION,
        EXCISE,
        {f"{ITEM}__additional_reference": reference("C651", "0")},
        (f"{AT_ITEM}/AdditionalReference[1]/referenceNumber",),
    ),
    Case(
        "R0023",
        REMARKS,
        {f"{ITEM}__additional_reference": reference("Y900", "0", "AdditionalReference01")},
        {f"{ITEM}__additional_reference": reference("C658", "0", "AdditionalReference01")},
        (f"{AT_ITEM}/AdditionalReference[1]/referenceNumber",),
    ),
    Case(
        "R0601",
        DECLARATION,
        {**EXCISE, **exported()},
        {**EXCISE, **exported(), TYPE: "T2"},
        ("TransitOperation/declarationType",),
    ),
    Case(
        "R0601",
        DECLARATION,
        {**EXCISE, **exported(), TYPE: "T", f"{ITEM}__declaration_type": "T1"},
        {**EXCISE, **exported(), TYPE: "T", f"{ITEM}__declaration_type": "T2"},
        (f"{AT_ITEM}/declarationType",),
    ),
    Case(
        "R0601", DECLARATION, {**EXCISE, **EMCS, TYPE: "T2F"}, {**EXCISE, **EMCS}, ("TransitOperation/declarationType",)
    ),
    Case(
        "R3060",
        DECLARATION,
        {"consignment__additional_information": BILL, "consignment__country_of_destination": "US"},
        {"consignment__additional_information": BILL},
        ("Consignment/AdditionalInformation[1]/code",),
    ),
    Case(
        "R3061",
        DECLARATION,
        {f"{ITEM}__additional_information": information("20100")},
        {f"{ITEM}__additional_information": BILL},
        (f"{AT_ITEM}/AdditionalInformation[1]/code",),
    ),
    Case(
        "R3062",
        DECLARATION,
        {f"{HOUSE}__additional_information": BILL, "consignment__country_of_destination": "US"},
        {
            f"{HOUSE}__additional_information": BILL,
            "consignment__country_of_destination": None,
            f"{HOUSE}__country_of_destination": "CN",
            f"{ITEM}__country_of_destination": "CH",
        },
        (f"{AT_HOUSE}/AdditionalInformation[1]/code",),
    ),
]
PACKAGING = f"{ITEM}__packaging"
OTHERS = f"{HOUSE}__consignment_item__1__packaging"
ITEMS = f"{HOUSE}__consignment_item"
PACKAGES = [
    Case(
        "R0219",
        DECLARATION,
        {PACKAGING: (packed(0), packed(0, number=2))},
        {PACKAGING: (packed(0), packed(5, number=2))},
        (f"{AT_ITEM}/Packaging[2]/numberOfPackages",),
    ),
    Case(
        "R0220",
        DECLARATION,
        {PACKAGING: (packed(0),)},
        {PACKAGING: (packed(0, "NE"),)},
        (f"{AT_ITEM}/Packaging[1]/typeOfPackages",),
    ),
    Case(
        "R0221",
        DECLARATION,
        {ITEMS: gross(100, 0)},
        {ITEMS: gross(100, 0), f"{ITEM}__commodity__goods_measure__gross_mass": Decimal(0)},
        (
            f"{AT_ITEM}/Commodity/GoodsMeasure/grossMass",
            f"{AT_HOUSE}/ConsignmentItem[2]/Commodity/GoodsMeasure/grossMass",
        ),
    ),
    Case(
        "R0221",
        AMENDMENT,
        {ITEMS: gross(0, 100)},
        {ITEMS: gross(100, 100), PACKAGING: (packed(0),)},
        (f"{AT_ITEM}/Commodity/GoodsMeasure/grossMass",),
    ),
    Case(
        "R0223",
        DECLARATION,
        {f"{ITEM}__commodity__goods_measure__net_mass": Decimal(100)},
        {f"{ITEM}__commodity__goods_measure__net_mass": Decimal("100.001")},
        (f"{AT_ITEM}/Commodity/GoodsMeasure/netMass",),
    ),
    Case(
        "R0364",
        DECLARATION,
        {PACKAGING: (packed(0),)},
        {PACKAGING: (packed(0, marks="M2"),)},
        (f"{AT_ITEM}/Packaging[1]/numberOfPackages",),
    ),
    Case(
        "R0364",
        AMENDMENT,
        {PACKAGING: (packed(0),)},
        {PACKAGING: (packed(0),), OTHERS: (packed(10, "NE"),)},
        (f"{AT_ITEM}/Packaging[1]/numberOfPackages",),
    ),
    Case(
        "R0983",
        DECLARATION,
        {f"{HOUSE}__gross_mass": Decimal(200)},
        {f"{HOUSE}__gross_mass": Decimal("199.9")},
        (f"{AT_HOUSE}/grossMass",),
    ),
    Case("R0994", DECLARATION, {}, {"consignment__gross_mass": Decimal("399.999")}, ("Consignment/grossMass",)),
]
OF_GOODS = [*GOODS, *PACKAGES]
"""All cases of this module."""
