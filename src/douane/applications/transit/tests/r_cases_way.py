"""Cases of the R rules about offices, guarantees, means of transport and seals."""

from __future__ import annotations

import datetime as dt
from typing import Any

from douane.applications.transit.tests.r_base import (
    AMENDMENT,
    ARRIVAL,
    CONSIGNMENT,
    DECLARATION,
    IN_TRANSITION,
    PRESENTATION,
    REMARKS,
    WRITTEN,
)
from douane.applications.transit.tests.r_cases import Case
from douane.applications.transit.tests.r_groups import (
    AT_HOUSE,
    AT_ITEM,
    DEPARTURE,
    DESTINATION,
    HOUSE,
    ITEM,
    TRANSIT,
    TYPE,
    authorisations,
    equipment,
    exits,
    incident,
    means,
    offices,
)

BORDER = "consignment__active_border_transport_means__0"
AT_BORDER = "Consignment/ActiveBorderTransportMeans[1]"

OFFICES = [
    Case(
        "R0003",
        DECLARATION,
        {TRANSIT: offices("DE004055", "CH001251")},
        {TRANSIT: offices("DE004055", "DE004055")},
        ("CustomsOfficeOfTransitDeclared[2]/referenceNumber",),
    ),
    Case(
        "R0005",
        DECLARATION,
        {TRANSIT: offices("DE004055", expected=WRITTEN + dt.timedelta(hours=1))},
        {TRANSIT: offices("DE004055", expected=WRITTEN)},
        ("CustomsOfficeOfTransitDeclared[1]/arrivalDateAndTimeEstimated",),
    ),
    Case(
        "R0006",
        DECLARATION,
        {DESTINATION: "CH001251", TRANSIT: offices("DE004055", "CH001251")},
        {DESTINATION: "CH001251", TRANSIT: offices("DE004055")},
        ("CustomsOfficeOfTransitDeclared[1]/referenceNumber",),
    ),
    Case(
        "R0006",
        AMENDMENT,
        {DEPARTURE: "CH001251", TRANSIT: offices("DE004055")},
        {DEPARTURE: "CH001251"},
        ("CustomsOfficeOfTransitDeclared[1]/referenceNumber",),
    ),
    Case(
        "R0103",
        DECLARATION,
        {"customs_office_of_exit_for_transit_declared": exits("BE000001"), TRANSIT: offices("DE004055")},
        {
            "customs_office_of_exit_for_transit_declared": exits("BE000001", "AT100000", "DE004055"),
            TRANSIT: offices("DE004055"),
        },
        (
            "CustomsOfficeOfExitForTransitDeclared[2]/referenceNumber",
            "CustomsOfficeOfExitForTransitDeclared[3]/referenceNumber",
        ),
    ),
    Case(
        "R0901",
        DECLARATION,
        {TYPE: "TIR"},
        {TYPE: "TIR", DEPARTURE: "CH001251", DESTINATION: "RS000001"},
        ("CustomsOfficeOfDeparture/referenceNumber", "CustomsOfficeOfDestinationDeclared/referenceNumber"),
    ),
    Case(
        "R0904",
        DECLARATION,
        {DEPARTURE: "AD000003"},
        {DEPARTURE: "AD000003", DESTINATION: "CH001251"},
        ("CustomsOfficeOfDestinationDeclared/referenceNumber",),
    ),
    Case(
        "R0905",
        DECLARATION,
        {DEPARTURE: "CH001251"},
        {DEPARTURE: "CH001251", DESTINATION: "AD000003"},
        ("CustomsOfficeOfDestinationDeclared/referenceNumber",),
    ),
    Case(
        "R0906",
        DECLARATION,
        {DESTINATION: "AD000003", TRANSIT: offices("AD000001")},
        {DESTINATION: "AD000003", TRANSIT: offices("AD000001", "ES000001")},
        ("CustomsOfficeOfTransitDeclared[2]/referenceNumber",),
    ),
    Case(
        "R0909",
        DECLARATION,
        {DEPARTURE: "IT262103", DESTINATION: "SM000001", TYPE: "T2SM"},
        {DEPARTURE: "IT262103", DESTINATION: "SM000001", TYPE: "T2"},
        ("TransitOperation/declarationType",),
    ),
    Case(
        "R0909",
        DECLARATION,
        {DESTINATION: "SM000001", TYPE: "T2F"},
        {DESTINATION: "SM000001", TYPE: "T1"},
        ("TransitOperation/declarationType",),
    ),
    Case(
        "R0909",
        DECLARATION,
        {DESTINATION: "SM000001", TYPE: "T", f"{ITEM}__declaration_type": "T2"},
        {DESTINATION: "SM000001", TYPE: "T", f"{ITEM}__declaration_type": "T1"},
        (f"{AT_ITEM}/declarationType",),
    ),
    Case(
        "R0911",
        DECLARATION,
        {DEPARTURE: "SM000001", TYPE: "T2"},
        {DEPARTURE: "SM000001", TYPE: "T1"},
        ("TransitOperation/declarationType",),
    ),
]
REDUCED = {"transit_operation__reduced_dataset_indicator": True}
GUARANTEES = [
    Case(
        "R0165",
        DECLARATION,
        {
            "authorisation": authorisations("C521", "C523"),
            "consignment__transport_equipment": (equipment("TransportEquipment05", seals=("S1",)),),
        },
        {
            "authorisation": authorisations("C521", "C523"),
            "consignment__transport_equipment": (equipment("TransportEquipment05", container="CMAU1234567"),),
        },
        ("Consignment/TransportEquipment[1]/numberOfSeals",),
    ),
    Case(
        "R0318",
        DECLARATION,
        {"guarantee__0__guarantee_type": "4", "guarantee__0__guarantee_reference__0__grn": "25FR0000010000297A123456"},
        {"guarantee__0__guarantee_type": "4"},
        ("Guarantee[1]/GuaranteeReference[1]/GRN",),
    ),
    Case(
        "R0318",
        AMENDMENT,
        {},
        {"guarantee__0__guarantee_reference__0__grn": "25FR0000010000297A123456"},
        ("Guarantee[1]/GuaranteeReference[1]/GRN",),
    ),
    Case(
        "R0350",
        DECLARATION,
        {**REDUCED, "consignment__inland_mode_of_transport": "2", "authorisation": authorisations("C521", "C524")},
        {**REDUCED, "consignment__inland_mode_of_transport": "2", "authorisation": authorisations("C521")},
        ("Authorisation[1]/type",),
    ),
    Case("R0849", DECLARATION, {TYPE: "TIR"}, {TYPE: "TIR", **REDUCED}, ("TransitOperation/reducedDatasetIndicator",)),
    Case(
        "R0859", DECLARATION, {**REDUCED, "authorisation": authorisations("C524")}, REDUCED, ("Authorisation[1]/type",)
    ),
    Case(
        "R0859",
        DECLARATION,
        {"authorisation": authorisations("C521")},
        {"authorisation": authorisations("C521", "C524")},
        ("Authorisation[2]/type",),
    ),
    Case("R0900", DECLARATION, {}, {"guarantee__0__guarantee_type": "9"}, ("Guarantee[1]/guaranteeType",)),
    Case(
        "R0900",
        DECLARATION,
        {DEPARTURE: "CH001251", "guarantee__0__guarantee_type": "9"},
        {DEPARTURE: "CH001251", "guarantee__0__guarantee_type": "5"},
        ("Guarantee[1]/guaranteeType",),
    ),
    Case(
        "R0900",
        DECLARATION,
        {TYPE: "TIR", "guarantee__0__guarantee_type": "B"},
        {TYPE: "TIR"},
        ("Guarantee[1]/guaranteeType",),
    ),
]
MODE = "consignment__inland_mode_of_transport"
KIND = "consignment__departure_transport_means__0__type_of_identification"
NUMBER = "consignment__departure_transport_means__0__identification_number"
OWN = "consignment__departure_transport_means"
OF_HOUSE = f"{HOUSE}__departure_transport_means"
FLIGHT = {"consignment__mode_of_transport_at_the_border": "4"}
TRANSPORT = [
    Case(
        "R0076",
        DECLARATION,
        {},
        {f"{BORDER}__identification_number": "ab123cd"},
        (f"{AT_BORDER}/identificationNumber",),
    ),
    Case(
        "R0076",
        PRESENTATION,
        {f"{BORDER}__type_of_identification": "11", f"{BORDER}__identification_number": "Titania"},
        {f"{BORDER}__identification_number": "ab123cd"},
        (f"{AT_BORDER}/identificationNumber",),
    ),
    Case(
        "R0315",
        DECLARATION,
        {**FLIGHT, f"{BORDER}__conveyance_reference_number": "AF1234"},
        {**FLIGHT, f"{BORDER}__conveyance_reference_number": "Paris"},
        (f"{AT_BORDER}/conveyanceReferenceNumber",),
    ),
    Case(
        "R0315",
        PRESENTATION,
        {**FLIGHT, f"{BORDER}__conveyance_reference_number": "AF1234B"},
        {**FLIGHT, f"{BORDER}__conveyance_reference_number": "A"},
        (f"{AT_BORDER}/conveyanceReferenceNumber",),
    ),
    Case(
        "R0472",
        DECLARATION,
        {MODE: "1", KIND: "11"},
        {MODE: "1"},
        ("Consignment/DepartureTransportMeans[1]/typeOfIdentification",),
    ),
    Case(
        "R0472",
        PRESENTATION,
        {MODE: "1", OWN: (), OF_HOUSE: means("10")},
        {MODE: "1", OWN: (), OF_HOUSE: means("20")},
        (f"{AT_HOUSE}/DepartureTransportMeans[1]/typeOfIdentification",),
    ),
    Case(
        "R0473",
        DECLARATION,
        {MODE: "1", KIND: "11", NUMBER: "Titania"},
        {NUMBER: "ab123cd"},
        ("Consignment/DepartureTransportMeans[1]/identificationNumber",),
    ),
    Case(
        "R0473",
        PRESENTATION,
        {},
        {NUMBER: "ab123cd"},
        ("Consignment/DepartureTransportMeans[1]/identificationNumber",),
        look=IN_TRANSITION,
    ),
    Case("R0474", DECLARATION, {}, {KIND: "31"}, ("Consignment/DepartureTransportMeans[1]/typeOfIdentification",)),
    Case(
        "R0474",
        PRESENTATION,
        {OWN: (), OF_HOUSE: means("30")},
        {OWN: (), OF_HOUSE: means("31")},
        (f"{AT_HOUSE}/DepartureTransportMeans[1]/typeOfIdentification",),
    ),
    Case(
        "R0476",
        DECLARATION,
        {OWN: means("30", "31", struct="DepartureTransportMeans01")},
        {OWN: means("30", "31", "30", struct="DepartureTransportMeans01")},
        ("Consignment/DepartureTransportMeans[3]/typeOfIdentification",),
    ),
    Case(
        "R0476",
        PRESENTATION,
        {OWN: (), OF_HOUSE: means("30", "31")},
        {OWN: (), OF_HOUSE: means("30", "30")},
        (f"{AT_HOUSE}/DepartureTransportMeans[2]/typeOfIdentification",),
    ),
    Case(
        "R0789",
        DECLARATION,
        {
            "consignment__active_border_transport_means": CONSIGNMENT.active_border_transport_means * 2,
            TRANSIT: offices("DE004055"),
        },
        {"consignment__active_border_transport_means": CONSIGNMENT.active_border_transport_means * 2},
        ("Consignment/ActiveBorderTransportMeans[2]",),
    ),
    Case(
        "R0855",
        DECLARATION,
        {MODE: "2", OWN: means("20", "21", struct="DepartureTransportMeans01")},
        {MODE: "1", OWN: means("10", "11", struct="DepartureTransportMeans01")},
        ("Consignment/DepartureTransportMeans[2]",),
    ),
    Case(
        "R0855",
        PRESENTATION,
        {OWN: (), OF_HOUSE: means("30", "31", "31")},
        {OWN: (), OF_HOUSE: means("30", "31", "31", "31")},
        (f"{AT_HOUSE}/DepartureTransportMeans[4]",),
    ),
]
EQUIPMENT = "consignment__transport_equipment"
AT_EQUIPMENT = "Consignment/TransportEquipment[1]"
AT_INCIDENT = "Consignment/Incident[1]/TransportEquipment[1]"


def of_declaration(**fields: Any) -> dict[str, Any]:
    """A declaration's equipment."""
    return {EQUIPMENT: (equipment("TransportEquipment05", **fields),)}


SEALED = [
    Case(
        "R0106",
        DECLARATION,
        of_declaration(seals=("S1", "S2")),
        of_declaration(seals=("S1", "S2"), count=3),
        (f"{AT_EQUIPMENT}/numberOfSeals",),
    ),
    Case(
        "R0106",
        PRESENTATION,
        of_declaration(seals=("S1",)),
        of_declaration(seals=("S1",), count=0),
        (f"{AT_EQUIPMENT}/numberOfSeals",),
    ),
    Case(
        "R0106",
        ARRIVAL,
        incident(equipment("TransportEquipment01", seals=("S1",))),
        incident(equipment("TransportEquipment01", seals=("S1",), count=2)),
        (f"{AT_INCIDENT}/numberOfSeals",),
    ),
    Case(
        "R0107",
        DECLARATION,
        of_declaration(seals=("S1", "S2")),
        of_declaration(seals=("S1", "S1")),
        (f"{AT_EQUIPMENT}/Seal[2]/identifier",),
    ),
    Case(
        "R0107",
        PRESENTATION,
        of_declaration(seals=("S1", "S2")),
        of_declaration(seals=("S1", "S1")),
        (f"{AT_EQUIPMENT}/Seal[2]/identifier",),
    ),
    Case(
        "R0107",
        ARRIVAL,
        incident(equipment("TransportEquipment01", seals=("S1", "S2"))),
        incident(equipment("TransportEquipment01", seals=("S1", "S1"))),
        (f"{AT_INCIDENT}/Seal[2]/identifier",),
    ),
    Case(
        "R0107",
        REMARKS,
        {EQUIPMENT: (equipment("TransportEquipment01", seals=("S1", "S2")),)},
        {EQUIPMENT: (equipment("TransportEquipment01", seals=("S1", "S1")),)},
        (f"{AT_EQUIPMENT}/Seal[2]/identifier",),
    ),
    Case(
        "R0448",
        DECLARATION,
        of_declaration(container="CMAU1234567"),
        of_declaration(),
        (f"{AT_EQUIPMENT}/numberOfSeals",),
    ),
    Case("R0448", PRESENTATION, of_declaration(seals=("S1",)), of_declaration(), (f"{AT_EQUIPMENT}/numberOfSeals",)),
    Case(
        "R0448",
        ARRIVAL,
        incident(equipment("TransportEquipment01", container="CMAU1234567")),
        incident(equipment("TransportEquipment01")),
        (f"{AT_INCIDENT}/numberOfSeals",),
    ),
]

WAY = [*OFFICES, *GUARANTEES, *TRANSPORT, *SEALED]
"""All cases of this module."""
