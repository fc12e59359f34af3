"""Pairs for ``conditions_transport`` and ``conditions_presentation``."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.applications.transit.tests.base_messages import amendment, presentation
from douane.applications.transit.tests.pairs import pair
from douane.standards.ncts import phase5 as p5

NORMAL = base.normal()
SECURE = base.with_security()
PRELODGED = base.prelodged()
PRESENTED = presentation()
EQUIPMENT = "Consignment/TransportEquipment[1]"
LORRY = NORMAL.consignment.departure_transport_means[0]
HOUSE_LORRY = p5.DepartureTransportMeans02(
    sequence_number=1, type_of_identification="30", identification_number="GK482RT", nationality="FR"
)
AT_BORDER = p5.ActiveBorderTransportMeans01(
    sequence_number=1,
    customs_office_at_border_reference_number="DE004055",
    type_of_identification="40",
    identification_number="LX318",
    nationality="CH",
)
CONTAINED = edits.equipment(
    edits.consignment(NORMAL, container_indicator=True), container_identification_number="MSCU1234566"
)
TWO = edits.consignment(
    CONTAINED,
    transport_equipment=(
        *CONTAINED.consignment.transport_equipment,
        p5.TransportEquipment05(sequence_number=2, number_of_seals=0),
    ),
)
BY_AIR = edits.consignment(
    SECURE,
    mode_of_transport_at_the_border="4",
    active_border_transport_means=(replace(base.border_means(), conveyance_reference_number="LX318"),),
)
FLOWN = edits.consignment(PRESENTED, mode_of_transport_at_the_border="4", active_border_transport_means=(AT_BORDER,))
AFTER_PRELODGED = KnownCase(declaration=PRELODGED)
AFTER_SECURE = KnownCase(
    declaration=edits.consignment(SECURE, active_border_transport_means=(), mode_of_transport_at_the_border=None)
)
AFTER_REDUCED = KnownCase(declaration=edits.operation(PRELODGED, reduced_dataset_indicator=True))


def mailed(message: edits.M) -> edits.M:
    """Goods that leave by mail."""
    return edits.consignment(message, inland_mode_of_transport="5", departure_transport_means=())


PAIRS = (
    pair("C0055", CONTAINED, edits.equipment(CONTAINED, container_identification_number=None),
         (f"{EQUIPMENT}/containerIdentificationNumber", "13")),
    pair("C0055", TWO, edits.consignment(TWO, container_indicator=False),
         (f"{EQUIPMENT}/containerIdentificationNumber", "15")),
    pair("C0055", PRESENTED, edits.equipment(PRESENTED, container_identification_number="MSCU1234566"),
         (f"{EQUIPMENT}/containerIdentificationNumber", "15")),
    pair("C0531", BY_AIR, edits.consignment(BY_AIR, active_border_transport_means=(base.border_means(),)),
         ("Consignment/ActiveBorderTransportMeans[1]/conveyanceReferenceNumber", "13")),
    pair("C0569", NORMAL, edits.equipment(NORMAL, seal=()), (f"{EQUIPMENT}/Seal", "13")),
    pair("C0569", TWO, edits.equipment(CONTAINED, number_of_seals=0), (f"{EQUIPMENT}/Seal", "15")),
    pair("C0569", PRESENTED, edits.equipment(PRESENTED, seal=()), (f"{EQUIPMENT}/Seal", "13")),
    pair("C0599", SECURE, edits.consignment(SECURE, mode_of_transport_at_the_border=None),
         ("Consignment/modeOfTransportAtTheBorder", "13")),
    pair("C0670", edits.equipment(CONTAINED, goods_reference=()), edits.equipment(NORMAL, goods_reference=()),
         (f"{EQUIPMENT}/GoodsReference", "13")),
    pair("C0670", PRESENTED, TWO, ("Consignment/TransportEquipment[2]/GoodsReference", "13")),
    pair("C0806", SECURE, edits.consignment(SECURE, active_border_transport_means=()),
         ("Consignment/ActiveBorderTransportMeans", "13")),
    pair("C0806", edits.consignment(SECURE, mode_of_transport_at_the_border="5", active_border_transport_means=()),
         edits.consignment(SECURE, mode_of_transport_at_the_border="5"),
         ("Consignment/ActiveBorderTransportMeans[1]", "15")),
    pair("C0822", PRELODGED, edits.operation(PRELODGED, additional_declaration_type="A"),
         ("Consignment/containerIndicator", "13")),
    pair("C0823", CONTAINED, edits.consignment(CONTAINED, transport_equipment=()),
         ("Consignment/TransportEquipment", "13")),
    pair("C0823", PRELODGED, edits.consignment(PRELODGED, transport_equipment=TWO.consignment.transport_equipment),
         ("Consignment/TransportEquipment[1]", "15"), ("Consignment/TransportEquipment[2]", "15")),
    pair("C0823", PRESENTED, edits.consignment(PRESENTED, container_indicator=None),
         ("Consignment/TransportEquipment[1]", "15")),
    pair("C0826", NORMAL, edits.house(NORMAL, departure_transport_means=(HOUSE_LORRY,)),
         ("Consignment/HouseConsignment[1]/DepartureTransportMeans[1]", "15")),
    pair("C0826", mailed(NORMAL), edits.consignment(amendment(), inland_mode_of_transport="5",
                                                    departure_transport_means=(LORRY,)),
         ("Consignment/DepartureTransportMeans[1]", "15")),
    pair("C0826", edits.house(edits.consignment(NORMAL, departure_transport_means=()),
                              departure_transport_means=(HOUSE_LORRY,)),
         edits.house(mailed(NORMAL), departure_transport_means=(HOUSE_LORRY,)),
         ("Consignment/HouseConsignment[1]/DepartureTransportMeans[1]", "15")),
    # A presentation notification completes the declaration that the case holds.
    pair("C0170", edits.consignment(PRESENTED, inland_mode_of_transport=None), PRESENTED,
         ("Consignment/inlandModeOfTransport", "15"), case=AFTER_REDUCED),
    pair("C0404", PRESENTED, edits.consignment(PRESENTED, place_of_loading=None), ("Consignment/PlaceOfLoading", "13"),
         case=AFTER_PRELODGED),
    pair("C0600", FLOWN, PRESENTED, ("Consignment/modeOfTransportAtTheBorder", "13"), case=AFTER_SECURE),
    pair("C0807", FLOWN, edits.consignment(FLOWN, mode_of_transport_at_the_border="5"),
         ("Consignment/ActiveBorderTransportMeans[1]", "15")),
    pair("C0807", FLOWN, edits.consignment(FLOWN, active_border_transport_means=()),
         ("Consignment/ActiveBorderTransportMeans", "13"), case=AFTER_SECURE),
    pair("C0808", edits.consignment(FLOWN, active_border_transport_means=(
             replace(AT_BORDER, conveyance_reference_number="LX318"),)), FLOWN,
         ("Consignment/ActiveBorderTransportMeans[1]/conveyanceReferenceNumber", "13"), case=AFTER_SECURE),
    pair("C0824", PRESENTED, edits.consignment(PRESENTED, container_indicator=None),
         ("Consignment/containerIndicator", "13"), case=AFTER_PRELODGED),
    pair("C0833", PRESENTED, edits.house(PRESENTED, departure_transport_means=(HOUSE_LORRY,)),
         ("Consignment/HouseConsignment[1]/DepartureTransportMeans[1]", "15"), case=AFTER_PRELODGED),
    pair("C0833", mailed(PRESENTED), edits.consignment(PRESENTED, inland_mode_of_transport="5"),
         ("Consignment/DepartureTransportMeans[1]", "15")),
)  # fmt: skip
