"""Pairs for ``transition_technical``; all hold during the transitional period alone."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_messages import amendment
from douane.applications.transit.tests.code_lists import DURING
from douane.applications.transit.tests.pairs import pair
from douane.standards.ncts import phase5 as p5

NORMAL = base.old_normal()
AMENDMENT = amendment(NORMAL)
SECURE = base.old_with_security()
ITEM = "Consignment/HouseConsignment[1]/ConsignmentItem[1]"
HOUSE = "Consignment/HouseConsignment[1]"
LONG = "Gesellschaft fuer Handel mit Kaffee und Tee"
"""43 characters."""
FAR = p5.Address02(street_and_number=LONG, postcode="1234567890", city="Wien", country="AT")
NAMED = p5.Consignee01(name=LONG, address=FAR)
SHORT = p5.Consignee01(name=LONG[:35], address=replace(FAR, street_and_number=LONG[:35], postcode="123456789"))
CHARGES = p5.TransportCharges(method_of_payment="D")


def located_at(message: edits.M, address: p5.Address02) -> edits.M:
    """Goods at an address."""
    return edits.located(message, qualifier_of_identification="Z", customs_office=None, address=address)


def weighing(message: edits.M, gross: str, net: str) -> edits.M:
    """The first item with other masses."""
    return edits.commodity(message, goods_measure=p5.GoodsMeasure02(gross_mass=Decimal(gross), net_mass=Decimal(net)))


def documents(kind: type, number: int, **facts: object) -> tuple[object, ...]:
    """So many documents of a kind."""
    return tuple(kind(sequence_number=n, **facts) for n in range(1, number + 1))


def referring(reference: str) -> object:
    """The first item with one document of each kind under this reference."""
    facts = {"type": "N740", "reference_number": reference}
    return edits.item(
        NORMAL,
        previous_document=documents(p5.PreviousDocument03, 1, **facts),
        supporting_document=documents(p5.SupportingDocument05, 1, **facts),
        transport_document=documents(p5.TransportDocument02, 1, **facts),
        additional_reference=documents(p5.AdditionalReference02, 1, **facts),
    )


def complemented(text: str) -> object:
    """The first item with a complement of information on its documents."""
    facts = {"type": "N740", "reference_number": "1", "complement_of_information": text}
    return edits.item(
        NORMAL,
        previous_document=documents(p5.PreviousDocument03, 1, **facts),
        supporting_document=documents(p5.SupportingDocument05, 1, **facts),
    )


def with_invoices(number: int) -> object:
    """The first item with so many invoices and one transport document."""
    invoices = documents(p5.SupportingDocument05, number, type="N380", reference_number="1")
    return edits.item(NORMAL, supporting_document=invoices)


FULL_HOUSE = edits.house(
    NORMAL,
    country_of_dispatch="FR",
    country_of_destination="AT",
    reference_number_ucr="UCR1",
    consignor=p5.Consignor03(identification_number=base.TRADER),
    consignee=p5.Consignee01(identification_number=base.CONSIGNEE),
    transport_charges=CHARGES,
    departure_transport_means=documents(
        p5.DepartureTransportMeans02, 1, type_of_identification="30", identification_number="A1", nationality="FR"
    ),
    previous_document=documents(p5.PreviousDocument06, 1, type="N830", reference_number="1"),
    supporting_document=documents(p5.SupportingDocument05, 1, type="N380", reference_number="1"),
    transport_document=documents(p5.TransportDocument02, 1, type="N730", reference_number="1"),
    additional_reference=documents(p5.AdditionalReference02, 1, type="Y901"),
    additional_information=documents(p5.AdditionalInformation02, 1, code="20300"),
)
FULL_CONSIGNMENT = edits.consignment(
    AMENDMENT,
    previous_document=documents(p5.PreviousDocument06, 2, type="N830", reference_number="1"),
    supporting_document=documents(p5.SupportingDocument05, 1, type="N380", reference_number="1"),
    transport_document=documents(p5.TransportDocument02, 1, type="N730", reference_number="1"),
    additional_reference=documents(p5.AdditionalReference02, 1, type="Y901"),
    additional_information=documents(p5.AdditionalInformation02, 1, code="20300"),
)

PAIRS = (
    pair("E1102", edits.consignment(NORMAL, consignee=SHORT),
         located_at(edits.item(edits.consignment(NORMAL, consignee=NAMED), consignee=NAMED), FAR),
         ("Consignment/Consignee/Address/postcode", "50"), (f"{ITEM}/Consignee/Address/postcode", "50"),
         ("Consignment/LocationOfGoods/Address/postcode", "50"), look=DURING),
    pair("E1103", SECURE,
         edits.consignment(SECURE,
                           departure_transport_means=edits.nth(SECURE.consignment.departure_transport_means, 1,
                                                               identification_number="A" * 28),
                           active_border_transport_means=edits.nth(SECURE.consignment.active_border_transport_means, 1,
                                                                   identification_number="A" * 28)),
         ("Consignment/DepartureTransportMeans[1]/identificationNumber", "50"),
         ("Consignment/ActiveBorderTransportMeans[1]/identificationNumber", "50"), look=DURING),
    pair("E1104", edits.consignment(NORMAL, consignee=SHORT),
         located_at(edits.inside(NORMAL, "holder_of_the_transit_procedure", name=LONG, address=FAR), FAR),
         ("HolderOfTheTransitProcedure/name", "50"), ("HolderOfTheTransitProcedure/Address/streetAndNumber", "50"),
         ("Consignment/LocationOfGoods/Address/streetAndNumber", "50"), look=DURING),
    pair("E1104", referring("R" * 35), referring("R" * 36), (f"{ITEM}/PreviousDocument[1]/referenceNumber", "50"),
         (f"{ITEM}/SupportingDocument[1]/referenceNumber", "50"),
         (f"{ITEM}/TransportDocument[1]/referenceNumber", "50"),
         (f"{ITEM}/AdditionalReference[1]/referenceNumber", "50"), look=DURING),
    pair("E1105", edits.packaging(NORMAL, shipping_marks="M" * 42), edits.packaging(NORMAL, shipping_marks="M" * 43),
         (f"{ITEM}/Packaging[1]/shippingMarks", "50"), look=DURING),
    pair("E1107", edits.commodity(NORMAL, description_of_goods="G" * 280),
         edits.commodity(AMENDMENT, description_of_goods="G" * 281),
         (f"{ITEM}/Commodity/descriptionOfGoods", "50"), look=DURING),
    pair("E1109", weighing(NORMAL, "99999999.999", "0.001"), weighing(NORMAL, "120.5001", "0.0001"),
         (f"{ITEM}/Commodity/GoodsMeasure/grossMass", "50"), (f"{ITEM}/Commodity/GoodsMeasure/netMass", "50"),
         look=DURING),
    pair("E1109", weighing(NORMAL, "12345678901", "1234567890.5"), weighing(NORMAL, "123456789012", "1234567890.55"),
         (f"{ITEM}/Commodity/GoodsMeasure/grossMass", "50"), (f"{ITEM}/Commodity/GoodsMeasure/netMass", "50"),
         look=DURING),
    pair("E1109", edits.consignment(NORMAL, gross_mass=Decimal("120.500000")),
         edits.consignment(NORMAL, gross_mass=Decimal("120.500001")), ("Consignment/grossMass", "50"), look=DURING),
    pair("E1111", edits.packaging(NORMAL, number_of_packages=99999), edits.packaging(NORMAL, number_of_packages=100000),
         (f"{ITEM}/Packaging[1]/numberOfPackages", "50"), look=DURING),
    pair("E1114", SECURE,
         edits.consignment(SECURE, place_of_loading=p5.PlaceOfLoading(country="FR", location="Lesquin, zone fret")),
         ("Consignment/PlaceOfLoading/location", "50"), look=DURING),
    pair("E1117", complemented("C" * 26), complemented("C" * 27),
         (f"{ITEM}/PreviousDocument[1]/complementOfInformation", "50"),
         (f"{ITEM}/SupportingDocument[1]/complementOfInformation", "50"), look=DURING),
    pair("E1118", NORMAL, edits.guarantee_reference(NORMAL, access_code="A1B"),
         ("Guarantee[1]/GuaranteeReference[1]/accessCode", "50"), look=DURING),
    pair("E1301", NORMAL, FULL_HOUSE, *((f"{HOUSE}/{name}", "50") for name in (
        "countryOfDispatch", "countryOfDestination", "referenceNumberUCR", "Consignor", "Consignee", "TransportCharges",
        "DepartureTransportMeans[1]", "PreviousDocument[1]", "SupportingDocument[1]", "TransportDocument[1]",
        "AdditionalReference[1]", "AdditionalInformation[1]")), look=DURING),
    pair("E1301", AMENDMENT, FULL_CONSIGNMENT, *((f"Consignment/{name}", "50") for name in (
        "PreviousDocument[1]", "PreviousDocument[2]", "SupportingDocument[1]", "TransportDocument[1]",
        "AdditionalReference[1]", "AdditionalInformation[1]")), look=DURING),
    pair("E1401",
         edits.item(NORMAL, previous_document=documents(p5.PreviousDocument03, 9, type="N337", reference_number="1")),
         edits.item(NORMAL, previous_document=documents(p5.PreviousDocument03, 10, type="N337", reference_number="1")),
         (f"{ITEM}/PreviousDocument[10]", "50"), look=DURING),
    pair("E1406", SECURE,
         edits.consignment(edits.commodity(SECURE, dangerous_goods=documents(p5.DangerousGoods01, 2, un_number="1263")),
                           active_border_transport_means=(base.border_means(), base.border_means())),
         ("Consignment/ActiveBorderTransportMeans[2]", "50"), (f"{ITEM}/Commodity/DangerousGoods[2]", "50"),
         look=DURING),
    pair("E1406", NORMAL, base.several(), ("Consignment/HouseConsignment[2]", "50"), look=DURING),
    pair("E1407",
         with_invoices(98),
         with_invoices(99),
         (ITEM, "50"), look=DURING),
)  # fmt: skip
