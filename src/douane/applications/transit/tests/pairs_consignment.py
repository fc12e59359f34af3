"""Pairs for ``conditions_consignment`` and ``conditions_arrival``."""

from __future__ import annotations

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_messages import (
    amendment,
    arrival,
    incident,
    old_arrival_with_incident,
    presentation,
    remarks,
    simplified_arrival,
    unloading_permission,
)
from douane.applications.transit.tests.code_lists import DURING
from douane.applications.transit.tests.pairs import pair
from douane.standards.ncts import phase5 as p5

NORMAL = base.normal()
SECURE = base.with_security()
CONTACT = p5.ContactPerson01(name="Gare de fret", phone_number="+33320000001")
CHARGES = p5.TransportCharges(method_of_payment="D")
PLACE = "Consignment/LocationOfGoods"
OPERATOR = p5.EconomicOperator(identification_number="FR55512345600027")
DUTCH = p5.PostcodeAddress(postcode="3011 AA", country="NL", house_number="17")
MOVED = old_arrival_with_incident()
SEALED = KnownCase(permission=unloading_permission(seals=1))
UNSEALED = KnownCase(permission=unloading_permission(seals=0))
ELEMENTS: dict[str, tuple[str, dict[str, edits.Changes]]] = {
    "T": ("PostcodeAddress", {"postcode_address": DUTCH}),
    "U": ("UNLocode", {"un_locode": "FRLIL"}),
    "V": ("CustomsOffice", {"customs_office": p5.CustomsOffice(reference_number="FR005350")}),
    "W": ("GNSS", {"gnss": p5.GNSS(latitude="+50.57212", longitude="+3.08876")}),
    "X": ("EconomicOperator", {"economic_operator": OPERATOR}),
    "Y": ("authorisationNumber", {"authorisation_number": "FRACR2024000077"}),
    "Z": ("Address", {"address": base.address()}),
}
"""Qualifier: the element that it stands for, and that element's value."""


def placed(message: edits.M, qualifier: str, element: str = "") -> edits.M:
    """Goods located by one element, by default the one that the qualifier stands for."""
    bare = edits.located(message, qualifier_of_identification=qualifier, customs_office=None, authorisation_number=None)
    return edits.located(bare, **ELEMENTS[element or qualifier][1])


def by_postcode(message: edits.M, number: str | None, country: str) -> edits.M:
    """Goods located by postcode and house number."""
    address = p5.PostcodeAddress(postcode="T12 X2YZ", country=country, house_number=number)
    return edits.located(placed(message, "T"), postcode_address=address)


def happened(code: str, *, container: bool = False, equipment: bool = True, moved: bool = True) -> p5.CC007C:
    """An arrival after an incident with this code."""
    changes: dict[str, object] = {"code": code}
    if not equipment:
        changes["transport_equipment"] = ()
    if not moved:
        changes["transhipment"] = None
    if container:
        transhipment = incident().transhipment
        assert transhipment is not None
        means = transhipment.transport_means
        changes["transhipment"] = p5.Transhipment(container_indicator=True, transport_means=means)
    return edits.incident(MOVED, **changes)


def equipped(**changes: object) -> p5.CC007C:
    """Changes in the equipment of an incident with code 2."""
    base_arrival = happened("2", moved=False)
    equipment = base_arrival.consignment.incident[0].transport_equipment
    return edits.incident(base_arrival, transport_equipment=edits.nth(equipment, 1, **changes))


def in_container(number: str | None) -> p5.CC007C:
    """Goods moved into a container."""
    moved = happened("3", container=True)
    equipment = moved.consignment.incident[0].transport_equipment
    changed = edits.nth(equipment, 1, container_identification_number=number)
    return edits.incident(moved, transport_equipment=changed)


def located_incident(**changes: edits.Changes) -> p5.CC007C:
    """An incident placed in another way."""
    return edits.incident(MOVED, location=p5.Location(country="DE", **changes))


CONSIGNMENT_PAIRS = (
    pair("C0186", SECURE, edits.house(edits.consignment(NORMAL, transport_charges=CHARGES), transport_charges=CHARGES),
         ("Consignment/TransportCharges", "15"), ("Consignment/HouseConsignment[1]/TransportCharges", "15")),
    pair("C0191", SECURE, edits.consignment(SECURE, place_of_unloading=None), ("Consignment/PlaceOfUnloading", "13")),
    pair("C0191", edits.consignment(edits.operation(SECURE, security="2"), place_of_unloading=None),
         edits.consignment(NORMAL, place_of_unloading=p5.PlaceOfUnloading(un_locode="ATVIE")),
         ("Consignment/PlaceOfUnloading", "15")),
    pair("C0337", SECURE, edits.house(SECURE, transport_charges=CHARGES),
         ("Consignment/HouseConsignment[1]/TransportCharges", "15")),
    pair("C0382", by_postcode(NORMAL, None, "IE"), by_postcode(NORMAL, None, "NL"),
         (f"{PLACE}/PostcodeAddress/houseNumber", "13")),
    pair("C0382", by_postcode(arrival(), "17", "NL"), by_postcode(arrival(), None, "NL"),
         (f"{PLACE}/PostcodeAddress/houseNumber", "13")),
    pair("C0382", by_postcode(presentation(), "17", "NL"), by_postcode(presentation(), None, "NL"),
         (f"{PLACE}/PostcodeAddress/houseNumber", "13")),
    pair("C0387", SECURE, edits.consignment(SECURE, place_of_loading=p5.PlaceOfLoading(),
                                            place_of_unloading=p5.PlaceOfUnloading(country="AT")),
         ("Consignment/PlaceOfLoading/country", "13"), ("Consignment/PlaceOfLoading/location", "13"),
         ("Consignment/PlaceOfUnloading/location", "13")),
    pair("C0387", presentation(), edits.consignment(presentation(), place_of_loading=p5.PlaceOfLoading(country="FR")),
         ("Consignment/PlaceOfLoading/location", "13")),
    *(
        pair("C0394", placed(NORMAL, qualifier), placed(NORMAL, qualifier, "U" if qualifier != "U" else "Y"),
             *sorted([(f"{PLACE}/{name}", "13"), (f"{PLACE}/{ELEMENTS['U' if qualifier != 'U' else 'Y'][0]}", "15")],
                     key=lambda place: ["authorisationNumber", "UNLocode", "CustomsOffice", "GNSS", "EconomicOperator",
                                        "Address", "PostcodeAddress"].index(place[0].rpartition("/")[2])))
        for qualifier, (name, _) in ELEMENTS.items()
    ),
    pair("C0394", edits.located(placed(amendment(), "Y"), contact_person=CONTACT),
         edits.located(amendment(), contact_person=CONTACT),
         (f"{PLACE}/ContactPerson", "15")),
    pair("C0394", simplified_arrival(), edits.located(simplified_arrival(), authorisation_number=None),
         (f"{PLACE}/authorisationNumber", "13")),
    pair("C0394", presentation(), edits.located(presentation(), gnss=ELEMENTS["W"][1]["gnss"]),
         (f"{PLACE}/GNSS", "15")),
    pair("C0403", base.prelodged(), edits.consignment(NORMAL, place_of_loading=None),
         ("Consignment/PlaceOfLoading", "13")),
    pair("C0586", SECURE, edits.consignment(SECURE, country_of_routing_of_consignment=()),
         ("Consignment/CountryOfRoutingOfConsignment", "13")),
    pair("C0586", edits.consignment(NORMAL, country_of_routing_of_consignment=()),
         edits.operation(edits.consignment(NORMAL, country_of_routing_of_consignment=()), binding_itinerary=True),
         ("Consignment/CountryOfRoutingOfConsignment", "13")),
    pair("C0671", edits.located(placed(NORMAL, "X"), additional_identifier="07"),
         edits.located(NORMAL, additional_identifier="07"), (f"{PLACE}/additionalIdentifier", "15")),
    pair("C0671", edits.located(simplified_arrival(), additional_identifier="07"),
         edits.located(arrival(), additional_identifier="07"), (f"{PLACE}/additionalIdentifier", "15")),
    pair("C0671", presentation(), edits.located(presentation(), additional_identifier="07"),
         (f"{PLACE}/additionalIdentifier", "15")),
    pair("C0710", edits.consignment(NORMAL, location_of_goods=None),
         edits.departing(edits.consignment(NORMAL, location_of_goods=None), "GB000060"), (PLACE, "13")),
)  # fmt: skip

INCIDENT = "Consignment/Incident[1]"

ARRIVAL_PAIRS = (
    pair("C0040", happened("3", container=True), happened("3", container=True, equipment=False),
         (f"{INCIDENT}/TransportEquipment", "13"), look=DURING),
    # S1023: an incident that C0240 refuses for its transhipment is not asked for equipment on top.
    pair("C0040", happened("1", container=True, equipment=False), happened("6", container=True, equipment=False),
         (f"{INCIDENT}/TransportEquipment", "13"), look=DURING),
    pair("C0102", simplified_arrival(), edits.operation(arrival(), simplified_procedure=True), ("Authorisation", "13")),
    pair("C0102", arrival(), edits.operation(simplified_arrival(), simplified_procedure=False),
         ("Authorisation[1]", "15")),
    pair("C0240", MOVED, happened("3", moved=False), (f"{INCIDENT}/Transhipment", "13"), look=DURING),
    pair("C0240", happened("2", moved=False), happened("4", equipment=False),
         (f"{INCIDENT}/Transhipment", "15"), (f"{INCIDENT}/TransportEquipment", "13"), look=DURING),
    pair("C0240", happened("1", moved=False, equipment=False), happened("5"),
         (f"{INCIDENT}/Transhipment", "15"), (f"{INCIDENT}/TransportEquipment[1]", "15"), look=DURING),
    pair("C0396", equipped(), equipped(number_of_seals=None), (f"{INCIDENT}/TransportEquipment[1]/numberOfSeals", "13"),
         look=DURING),
    pair("C0440", remarks(), edits.inside(remarks(), "unloading_remark", state_of_seals=None),
         ("UnloadingRemark/stateOfSeals", "13"), case=SEALED),
    pair("C0440", edits.inside(remarks(), "unloading_remark", state_of_seals=None), remarks(),
         ("UnloadingRemark/stateOfSeals", "15"), case=UNSEALED),
    pair("C0460", MOVED, located_incident(qualifier_of_identification="W", un_locode="DEULM"),
         (f"{INCIDENT}/Location/UNLocode", "15"), (f"{INCIDENT}/Location/GNSS", "13"), look=DURING),
    pair("C0460", located_incident(qualifier_of_identification="W", gnss=ELEMENTS["W"][1]["gnss"]),
         located_incident(qualifier_of_identification="Z"), (f"{INCIDENT}/Location/Address", "13"), look=DURING),
    pair("C0569", equipped(), equipped(seal=()), (f"{INCIDENT}/TransportEquipment[1]/Seal", "13"), look=DURING),
    pair("C0569", equipped(number_of_seals=0, seal=()), equipped(number_of_seals=None),
         (f"{INCIDENT}/TransportEquipment[1]/Seal", "15"), look=DURING),
    pair("C0820", in_container("MSCU1234566"), in_container(None),
         (f"{INCIDENT}/TransportEquipment[1]/containerIdentificationNumber", "13"), look=DURING),
)  # fmt: skip

PAIRS = CONSIGNMENT_PAIRS + ARRIVAL_PAIRS
