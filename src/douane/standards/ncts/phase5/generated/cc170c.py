"""Structs of cc170c. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

import datetime

from douane.standards.ncts.phase5.generated.group import Group, Message
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans01
from douane.standards.ncts.phase5.generated.customs_office_of_departure import CustomsOfficeOfDeparture
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans02
from douane.standards.ncts.phase5.generated.holder_of_the_transit_procedure import HolderOfTheTransitProcedure08
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading
from douane.standards.ncts.phase5.generated.representative import Representative02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05


class TransitOperation24(Group, frozen=True, kw_only=True, gc=False):
    """TransitOperationType24; in CC170C."""

    lrn: str
    limit_date: datetime.date | None = None


class HouseConsignment06(Group, frozen=True, kw_only=True, gc=False):
    """HouseConsignmentType06; in CC170C."""

    sequence_number: int
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()


class Consignment08(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType08; in CC170C."""

    container_indicator: bool | None = None
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans01, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    house_consignment: tuple[HouseConsignment06, ...]


class CC170C(Message, frozen=True, kw_only=True, gc=False):
    """IE170: Goods of a pre-lodged declaration presented."""

    message_sender: str
    message_recipient: str
    preparation_date_and_time: datetime.datetime
    message_identification: str
    message_type: str
    correlation_identifier: str | None = None
    transit_operation: TransitOperation24
    customs_office_of_departure: CustomsOfficeOfDeparture
    holder_of_the_transit_procedure: HolderOfTheTransitProcedure08
    representative: Representative02 | None = None
    consignment: Consignment08
    phase_id: str | None = None
