"""Pairs for ``conditions_items``."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_messages import amendment, remarks_with_discrepancy
from douane.applications.transit.tests.pairs import pair
from douane.standards.ncts import phase5 as p5

NORMAL = base.normal()
SEVERAL = base.several()
ITEM = "Consignment/HouseConsignment[1]/ConsignmentItem[1]"
EXPORT = (p5.PreviousDocument06(sequence_number=1, type="N830", reference_number="25FRE53500000147A1"),)
T2_FROM_SWITZERLAND = edits.departing(edits.operation(NORMAL, declaration_type="T2"), "CH001251")
SUMMARY = (p5.PreviousDocument03(sequence_number=1, type="N822", reference_number="25FR0053500001A7J7"),)
MIXED = edits.item(edits.operation(NORMAL, declaration_type="T"), declaration_type="T1")
EVERY_ITEM = edits.consignment(NORMAL, country_of_destination=None, country_of_dispatch=None)
NO_UCR = edits.consignment(NORMAL, reference_number_ucr=None)
IN_SWITZERLAND = edits.inside(
    remarks_with_discrepancy(), "customs_office_of_destination_actual", reference_number="CH003701"
)
REDUCED = edits.operation(NORMAL, reduced_dataset_indicator=True)
NO_NET = p5.GoodsMeasure02(gross_mass=Decimal("120.5"))


def excise(number: str | None) -> p5.CC015C:
    """An electronic administrative document among the references of the item."""
    reference = p5.AdditionalReference02(sequence_number=1, type="C651", reference_number=number)
    return edits.item(NORMAL, additional_reference=(reference,))


def previous(quantity: Decimal | None, unit: str | None) -> p5.CC015C:
    """A previous document with quantity and unit."""
    document = p5.PreviousDocument03(
        sequence_number=1,
        type="N337",
        reference_number="FR-TS-0147",
        quantity=quantity,
        measurement_unit_and_qualifier=unit,
    )
    return edits.item(NORMAL, previous_document=(document,))


def without_cn(message: p5.CC044C) -> p5.CC044C:
    """The remarks with the HS code alone."""
    assert message.consignment is not None
    found = message.consignment.house_consignment[0].consignment_item[0].commodity
    assert found is not None
    assert found.commodity_code is not None
    code = replace(found.commodity_code, combined_nomenclature_code=None)
    return edits.commodity(message, commodity_code=code)


PAIRS = (
    pair("C0015", excise("25FR00535000000147A18"), excise(None),
         (f"{ITEM}/AdditionalReference[1]/referenceNumber", "13")),
    pair("C0035", edits.item(T2_FROM_SWITZERLAND, previous_document=SUMMARY), T2_FROM_SWITZERLAND,
         (f"{ITEM}/PreviousDocument", "13")),
    pair("C0035", edits.consignment(T2_FROM_SWITZERLAND, previous_document=EXPORT),
         edits.item(edits.departing(MIXED, "CH001251"), declaration_type="T2F"), (f"{ITEM}/PreviousDocument", "13")),
    pair("C0045", MIXED, edits.item(MIXED, declaration_type=None), (f"{ITEM}/declarationType", "13")),
    pair("C0045", NORMAL, edits.item(NORMAL, declaration_type="T1"), (f"{ITEM}/declarationType", "15")),
    pair("C0060", NORMAL, edits.packaging(NORMAL, number_of_packages=None, shipping_marks=None),
         (f"{ITEM}/Packaging[1]/numberOfPackages", "13"), (f"{ITEM}/Packaging[1]/shippingMarks", "13")),
    pair("C0060", edits.packaging(NORMAL, type_of_packages="VL", number_of_packages=None, shipping_marks=None),
         edits.packaging(NORMAL, type_of_packages="VL"), (f"{ITEM}/Packaging[1]/numberOfPackages", "15")),
    pair("C0060", edits.packaging(NORMAL, type_of_packages="NE", shipping_marks=None),
         edits.packaging(NORMAL, type_of_packages="NE", number_of_packages=None),
         (f"{ITEM}/Packaging[1]/numberOfPackages", "13")),
    pair("C0153", edits.commodity(base.tir(), commodity_code=None), edits.commodity(NORMAL, commodity_code=None),
         (f"{ITEM}/Commodity/CommodityCode", "13")),
    pair("C0153", base.tir(), edits.house(edits.commodity(base.tir(), commodity_code=None), previous_document=EXPORT),
         (f"{ITEM}/Commodity/CommodityCode", "13")),
    pair("C0298", previous(Decimal(40), "KGM"), previous(Decimal(40), None),
         (f"{ITEM}/PreviousDocument[1]/measurementUnitAndQualifier", "13")),
    pair("C0298", previous(None, None), previous(None, "KGM"),
         (f"{ITEM}/PreviousDocument[1]/measurementUnitAndQualifier", "15")),
    pair("C0343", NORMAL, edits.house(edits.item(NORMAL, country_of_destination="AT"), country_of_destination="AT"),
         ("Consignment/HouseConsignment[1]/countryOfDestination", "15"), (f"{ITEM}/countryOfDestination", "15")),
    pair("C0343", edits.item(EVERY_ITEM, country_of_destination="AT"), EVERY_ITEM,
         (f"{ITEM}/countryOfDestination", "13")),
    pair("C0343", edits.house(EVERY_ITEM, country_of_destination="AT"),
         edits.item(edits.house(EVERY_ITEM, country_of_destination="AT"), country_of_destination="DE"),
         (f"{ITEM}/countryOfDestination", "15")),
    pair("C0343", amendment(), edits.item(amendment(), country_of_destination="AT"),
         (f"{ITEM}/countryOfDestination", "15")),
    pair("C0502", NORMAL, edits.house(edits.item(NORMAL, reference_number_ucr="B"), reference_number_ucr="A"),
         ("Consignment/HouseConsignment[1]/referenceNumberUCR", "15"), (f"{ITEM}/referenceNumberUCR", "15")),
    pair("C0502", NO_UCR, edits.consignment(NO_UCR, transport_document=()), (f"{ITEM}/referenceNumberUCR", "13")),
    pair("C0502", edits.item(edits.consignment(NO_UCR, transport_document=()), reference_number_ucr="B"),
         edits.item(edits.house(NO_UCR, reference_number_ucr="A"), reference_number_ucr="B"),
         (f"{ITEM}/referenceNumberUCR", "15")),
    pair("C0816", without_cn(IN_SWITZERLAND), IN_SWITZERLAND,
         (f"{ITEM}/Commodity/CommodityCode/combinedNomenclatureCode", "15")),
    pair("C0816", remarks_with_discrepancy(),
         edits.inside(IN_SWITZERLAND, "customs_office_of_destination_actual", reference_number="AD000001"),
         (f"{ITEM}/Commodity/CommodityCode/combinedNomenclatureCode", "15")),
    pair("C0821", NORMAL, edits.departing(NORMAL, "CH001251"),
         (f"{ITEM}/Commodity/CommodityCode/combinedNomenclatureCode", "15")),
    pair("C0837", edits.house(NORMAL, previous_document=EXPORT),
         edits.house(edits.commodity(NORMAL, goods_measure=NO_NET), previous_document=EXPORT),
         (f"{ITEM}/Commodity/GoodsMeasure/netMass", "13")),
    pair("C0837", edits.commodity(REDUCED, goods_measure=NO_NET), REDUCED,
         (f"{ITEM}/Commodity/GoodsMeasure/netMass", "15")),
    pair("C0909", SEVERAL,
         edits.house(edits.item(SEVERAL, 2, 3, country_of_dispatch="FR"), 3, country_of_dispatch="FR"),
         ("Consignment/HouseConsignment[2]/ConsignmentItem[3]/countryOfDispatch", "15"),
         ("Consignment/HouseConsignment[3]/countryOfDispatch", "15")),
    pair("C0909", edits.item(EVERY_ITEM, country_of_dispatch="FR"), EVERY_ITEM, (f"{ITEM}/countryOfDispatch", "13")),
)  # fmt: skip
