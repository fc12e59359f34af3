"""Structs and writers of cc170c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase6.generated.group import Group, Message
from douane.standards.ncts.phase6.generated.active_border_transport_means import ActiveBorderTransportMeans, write_active_border_transport_means
from douane.standards.ncts.phase6.generated.customs_office_of_departure import CustomsOfficeOfDeparture, write_customs_office_of_departure
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase6.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08, write_holder_of_the_transit_procedure08
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods, write_location_of_goods
from douane.standards.ncts.phase6.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase6.generated.representative import Representative02, write_representative02
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
from douane.standards.ncts.binding.writing import remembered, text

class CustomTransitOperation170(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationTypeErmisIE170; in CC170C."""
    lrn: str
    limit_date: datetime.date | None = None
    mrn: str | None = None

def write_custom_transit_operation170(v: CustomTransitOperation170) -> str:
    out = f'<LRN>{text(v.lrn)}</LRN>'
    if (v1 := v.limit_date) is not None: out += f'<limitDate>{v1.isoformat()}</limitDate>'
    if (v2 := v.mrn) is not None: out += f'<MRN>{text(v2)}</MRN>'
    return out

class HouseConsignment06(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType06; in CC170C."""
    sequence_number: int
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()

def write_house_consignment06(v: HouseConsignment06) -> str:
    out = f'<sequenceNumber>{v.sequence_number}</sequenceNumber>'
    for v1 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v1)}</DepartureTransportMeans>'
    return out

class Consignment08(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType08; in CC170C."""
    container_indicator: bool | None = None
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    house_consignment: tuple[HouseConsignment06, ...]

@remembered
def write_consignment08(v: Consignment08) -> str:
    out = ''
    if (v0 := v.container_indicator) is not None: out += f'<containerIndicator>{v0:d}</containerIndicator>'
    if (v1 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v1)}</inlandModeOfTransport>'
    if (v2 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v2)}</modeOfTransportAtTheBorder>'
    for v3 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v3)}</TransportEquipment>'
    out += f'<LocationOfGoods>{write_location_of_goods(v.location_of_goods)}</LocationOfGoods>'
    for v5 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v5)}</DepartureTransportMeans>'
    for v6 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means(v6)}</ActiveBorderTransportMeans>'
    if (v7 := v.place_of_loading) is not None: out += f'<PlaceOfLoading>{write_place_of_loading(v7)}</PlaceOfLoading>'
    for v8 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment06(v8)}</HouseConsignment>'
    return out

class CC170C(Message, frozen=True, kw_only=True, gc=False):
    """IE170: Goods of a pre-lodged declaration presented."""
    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: CustomTransitOperation170
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative02 | None = None
    consignment: Consignment08

def write_cc170c(v: CC170C) -> str:
    out = f'<messageSender>{text(v.message_sender)}</messageSender><messageRecipient>{text(v.message_recipient)}</messageRecipient><preparationDateAndTime>{v.preparation_date_and_time.isoformat(timespec="seconds")}</preparationDateAndTime><messageIdentification>{text(v.message_identification)}</messageIdentification><messageType>{text(v.message_type)}</messageType>'
    if (v5 := v.correlation_identifier) is not None: out += f'<correlationIdentifier>{text(v5)}</correlationIdentifier>'
    out += f'<TransitOperation>{write_custom_transit_operation170(v.transit_operation)}</TransitOperation><CustomsOfficeOfDeparture>{write_customs_office_of_departure(v.customs_office_of_departure)}</CustomsOfficeOfDeparture><HolderOfTheTransitProcedure>{write_holder_of_the_transit_procedure08(v.holder_of_the_transit_procedure)}</HolderOfTheTransitProcedure>'
    if (v9 := v.representative) is not None: out += f'<Representative>{write_representative02(v9)}</Representative>'
    return out + f'<Consignment>{write_consignment08(v.consignment)}</Consignment>'
