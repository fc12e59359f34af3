"""Pairs for ``conditions_parties``."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_messages import arrival, incident, invalidation_request, presentation
from douane.applications.transit.tests.pairs import pair
from douane.standards.ncts import phase5 as p5

NORMAL = base.normal()
SEVERAL = base.several()
CONSIGNEE = NORMAL.consignment.consignee
NOBODY = edits.consignment(NORMAL, consignee=None)
HOUSE = "Consignment/HouseConsignment[1]"
UNKNOWN = (p5.AdditionalInformation02(sequence_number=1, code="30600"),)
EXIT_SUMMARY = edits.consignment(
    edits.operation(NORMAL, security="2"), country_of_destination="US", consignee=None, additional_information=UNKNOWN
)
IN_HOUSE = edits.house(edits.consignment(EXIT_SUMMARY, additional_information=()), additional_information=UNKNOWN)
BY_NAME = p5.Consignor03(name="Maison Delcourt", address=base.address())
NO_POSTCODE = p5.Address02(street_and_number="12 rue du Centre", city="Lesquin", country="FR")
IRISH = replace(NO_POSTCODE, city="Cork", country="IE")
DESTINATION_BY_ITEM = edits.item(
    edits.consignment(NORMAL, country_of_destination=None, consignee=None), country_of_destination="AT"
)


AT_BASEL = edits.departing(presentation(), "CH001251")


def holder(message: edits.M, **changes: object) -> edits.M:
    """Changes in the holder of the transit procedure."""
    return edits.inside(message, "holder_of_the_transit_procedure", **changes)


def at_address(message: edits.M, address: p5.Address02) -> edits.M:
    """Goods at an address in free text."""
    return edits.located(message, qualifier_of_identification="Z", customs_office=None, address=address)


def broken_down(postcode: str | None, country: str) -> p5.CC007C:
    """An arrival whose incident is placed by an address."""
    place = p5.Address01(street_and_number="A8, km 104", postcode=postcode, city="Ulm")
    location = p5.Location(qualifier_of_identification="Z", country=country, address=place)
    return edits.consignment(arrival(), incident=(replace(incident(), location=location),))


PAIRS = (
    pair("C0001", NORMAL, NOBODY, (f"{HOUSE}/Consignee", "13")),
    pair("C0001", edits.house(NOBODY, consignee=CONSIGNEE), edits.house(NORMAL, consignee=CONSIGNEE),
         (f"{HOUSE}/Consignee", "15")),
    pair("C0001", edits.house(DESTINATION_BY_ITEM, consignee=CONSIGNEE), DESTINATION_BY_ITEM,
         (f"{HOUSE}/Consignee", "13")),
    pair("C0001", edits.consignment(NOBODY, country_of_destination="US"),
         edits.house(edits.consignment(SEVERAL, country_of_destination=None, consignee=None), 2,
                     country_of_destination="DE"),
         ("Consignment/HouseConsignment[2]/Consignee", "13")),
    pair("C0001", EXIT_SUMMARY, edits.house(edits.consignment(EXIT_SUMMARY, consignee=CONSIGNEE), consignee=CONSIGNEE),
         ("Consignment/Consignee", "15"), (f"{HOUSE}/Consignee", "15")),
    pair("C0001", IN_HOUSE, edits.house(IN_HOUSE, consignee=CONSIGNEE), (f"{HOUSE}/Consignee", "15")),
    pair("C0001", edits.operation(IN_HOUSE, security="1"), edits.consignment(IN_HOUSE, consignee=CONSIGNEE),
         ("Consignment/Consignee", "15")),
    pair("C0250", NORMAL, holder(NORMAL, name="Delcourt SA", address=base.address()),
         ("HolderOfTheTransitProcedure/name", "15"), ("HolderOfTheTransitProcedure/Address", "15")),
    pair("C0250", base.tir(), holder(base.tir(), name=None, address=None),
         ("HolderOfTheTransitProcedure/name", "13"), ("HolderOfTheTransitProcedure/Address", "13")),
    pair("C0250", edits.consignment(NORMAL, consignor=BY_NAME),
         edits.consignment(NORMAL, consignor=p5.Consignor03(identification_number="US12345"),
                           consignee=p5.Consignee01(name="Wagner KG")),
         ("Consignment/Consignor/name", "13"), ("Consignment/Consignor/Address", "13"),
         ("Consignment/Consignee/Address", "13")),
    pair("C0250", edits.house(NORMAL, consignor=BY_NAME),
         edits.house(NORMAL, consignor=replace(BY_NAME, identification_number="DE12345")),
         (f"{HOUSE}/Consignor/name", "15"), (f"{HOUSE}/Consignor/Address", "15")),
    pair("C0250", invalidation_request(),
         holder(invalidation_request(), identification_number=None, name="Delcourt SA"),
         ("HolderOfTheTransitProcedure/Address", "13")),
    pair("C0250", presentation(), holder(presentation(), name="Delcourt SA"),
         ("HolderOfTheTransitProcedure/name", "15")),
    # Each office asks its own register: Swiss numbers in Basel, the Union's in Lesquin.
    pair("C0250", holder(AT_BASEL, identification_number="CHE123456789"), AT_BASEL,
         ("HolderOfTheTransitProcedure/name", "13"), ("HolderOfTheTransitProcedure/Address", "13")),
    pair("C0250", edits.house(NORMAL, consignor=replace(BY_NAME, identification_number="CHE123456789")),
         edits.house(NORMAL, consignor=p5.Consignor03(identification_number="CHE123456789")),
         (f"{HOUSE}/Consignor/name", "13"), (f"{HOUSE}/Consignor/Address", "13")),
    pair("C0505", base.tir(), holder(base.tir(), address=NO_POSTCODE),
         ("HolderOfTheTransitProcedure/Address/postcode", "13")),
    pair("C0505", edits.consignment(NORMAL, consignor=replace(BY_NAME, address=IRISH)),
         at_address(edits.house(edits.consignment(NORMAL, consignor=replace(BY_NAME, address=NO_POSTCODE),
                                                  consignee=p5.Consignee01(name="Wagner KG", address=NO_POSTCODE)),
                                consignee=p5.Consignee01(name="Wagner KG", address=NO_POSTCODE)), NO_POSTCODE),
         ("Consignment/Consignor/Address/postcode", "13"), ("Consignment/Consignee/Address/postcode", "13"),
         ("Consignment/LocationOfGoods/Address/postcode", "13"), (f"{HOUSE}/Consignee/Address/postcode", "13")),
    pair("C0505", broken_down("89081", "DE"), broken_down(None, "DE"),
         ("Consignment/Incident[1]/Location/Address/postcode", "13")),
    pair("C0505", broken_down(None, "IE"), at_address(arrival(), NO_POSTCODE),
         ("Consignment/LocationOfGoods/Address/postcode", "13")),
    pair("C0505", holder(invalidation_request(), address=IRISH), holder(invalidation_request(), address=NO_POSTCODE),
         ("HolderOfTheTransitProcedure/Address/postcode", "13")),
    pair("C0505", at_address(presentation(), base.address()),
         at_address(holder(presentation(), address=NO_POSTCODE), NO_POSTCODE),
         ("HolderOfTheTransitProcedure/Address/postcode", "13"),
         ("Consignment/LocationOfGoods/Address/postcode", "13")),
    pair("C0542", edits.consignment(NORMAL, consignor=BY_NAME),
         edits.house(edits.consignment(NORMAL, consignor=BY_NAME), consignor=BY_NAME), (f"{HOUSE}/Consignor", "15")),
    pair("C0542", edits.house(NORMAL, consignor=BY_NAME),
         edits.operation(edits.house(edits.consignment(NORMAL, consignor=BY_NAME), consignor=BY_NAME),
                         reduced_dataset_indicator=True),
         ("Consignment/Consignor", "15"), (f"{HOUSE}/Consignor", "15")),
)  # fmt: skip
