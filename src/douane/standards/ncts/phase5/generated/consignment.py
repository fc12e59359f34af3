"""Structs and writers of consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase5.generated.group import Group
from douane.standards.ncts.phase5.generated.active_border_transport_means import ActiveBorderTransportMeans02, write_active_border_transport_means02
from douane.standards.ncts.phase5.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase5.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase5.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase5.generated.carrier import Carrier01, Carrier03, write_carrier01, write_carrier03
from douane.standards.ncts.phase5.generated.consignee import Consignee01, Consignee06, write_consignee01, write_consignee06
from douane.standards.ncts.phase5.generated.consignee_actual import ConsigneeActual, write_consignee_actual
from douane.standards.ncts.phase5.generated.consignor import Consignor01, Consignor03, write_consignor01, write_consignor03
from douane.standards.ncts.phase5.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment, write_country_of_routing_of_consignment
from douane.standards.ncts.phase5.generated.departure_transport_means import DepartureTransportMeans01, write_departure_transport_means01
from douane.standards.ncts.phase5.generated.house_consignment import HouseConsignment10, HouseConsignment11, HouseConsignment12, write_house_consignment10, write_house_consignment11, write_house_consignment12
from douane.standards.ncts.phase5.generated.incident import Incident01, write_incident01
from douane.standards.ncts.phase5.generated.location_of_goods import LocationOfGoods, write_location_of_goods
from douane.standards.ncts.phase5.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase5.generated.place_of_unloading import PlaceOfUnloading, write_place_of_unloading
from douane.standards.ncts.phase5.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase5.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase5.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase5.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase5.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
from douane.standards.ncts.binding.writing import remembered, text

class Consignment07(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType07, ConsignmentType17; in CC141C, CD142C."""
    consignee_actual: ConsigneeActual

@remembered
def write_consignment07(v: Consignment07) -> str:
    return f'<ConsigneeActual>{write_consignee_actual(v.consignee_actual)}</ConsigneeActual>'

class Consignment10(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType10, ConsignmentType15, ConsignmentType18; in CD001C, CD050C, CD160C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment12, ...]

@remembered
def write_consignment10(v: Consignment10) -> str:
    out = ''
    if (v0 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v0)}</countryOfDispatch>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    if (v3 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v3)}</inlandModeOfTransport>'
    if (v4 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v4)}</modeOfTransportAtTheBorder>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v6 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v6)}</referenceNumberUCR>'
    if (v7 := v.carrier) is not None: out += f'<Carrier>{write_carrier01(v7)}</Carrier>'
    if (v8 := v.consignor) is not None: out += f'<Consignor>{write_consignor01(v8)}</Consignor>'
    if (v9 := v.consignee) is not None: out += f'<Consignee>{write_consignee06(v9)}</Consignee>'
    for v10 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v10)}</AdditionalSupplyChainActor>'
    for v11 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v11)}</TransportEquipment>'
    for v12 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means01(v12)}</DepartureTransportMeans>'
    for v13 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(v13)}</CountryOfRoutingOfConsignment>'
    for v14 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(v14)}</ActiveBorderTransportMeans>'
    if (v15 := v.place_of_loading) is not None: out += f'<PlaceOfLoading>{write_place_of_loading(v15)}</PlaceOfLoading>'
    if (v16 := v.place_of_unloading) is not None: out += f'<PlaceOfUnloading>{write_place_of_unloading(v16)}</PlaceOfUnloading>'
    for v17 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v17)}</PreviousDocument>'
    for v18 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v18)}</SupportingDocument>'
    for v19 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v19)}</TransportDocument>'
    for v20 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v20)}</AdditionalReference>'
    for v21 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v21)}</AdditionalInformation>'
    if (v22 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v22)}</TransportCharges>'
    for v23 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment12(v23)}</HouseConsignment>'
    return out

class Consignment11(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType11, ConsignmentType16, ConsignmentType19; in CD003C, CD115C, CD165C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier01 | None = None
    consignor: Consignor01 | None = None
    consignee: Consignee06 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    incident: tuple[Incident01, ...] = ()
    house_consignment: tuple[HouseConsignment12, ...]

@remembered
def write_consignment11(v: Consignment11) -> str:
    out = ''
    if (v0 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v0)}</countryOfDispatch>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    if (v3 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v3)}</inlandModeOfTransport>'
    if (v4 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v4)}</modeOfTransportAtTheBorder>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v6 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v6)}</referenceNumberUCR>'
    if (v7 := v.carrier) is not None: out += f'<Carrier>{write_carrier01(v7)}</Carrier>'
    if (v8 := v.consignor) is not None: out += f'<Consignor>{write_consignor01(v8)}</Consignor>'
    if (v9 := v.consignee) is not None: out += f'<Consignee>{write_consignee06(v9)}</Consignee>'
    for v10 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v10)}</AdditionalSupplyChainActor>'
    for v11 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v11)}</TransportEquipment>'
    for v12 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means01(v12)}</DepartureTransportMeans>'
    for v13 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(v13)}</CountryOfRoutingOfConsignment>'
    for v14 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(v14)}</ActiveBorderTransportMeans>'
    if (v15 := v.place_of_loading) is not None: out += f'<PlaceOfLoading>{write_place_of_loading(v15)}</PlaceOfLoading>'
    if (v16 := v.place_of_unloading) is not None: out += f'<PlaceOfUnloading>{write_place_of_unloading(v16)}</PlaceOfUnloading>'
    for v17 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v17)}</PreviousDocument>'
    for v18 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v18)}</SupportingDocument>'
    for v19 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v19)}</TransportDocument>'
    for v20 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v20)}</AdditionalReference>'
    for v21 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v21)}</AdditionalInformation>'
    if (v22 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v22)}</TransportCharges>'
    for v23 in v.incident: out += f'<Incident>{write_incident01(v23)}</Incident>'
    for v24 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment12(v24)}</HouseConsignment>'
    return out

class Consignment20(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType20; in CC013C, CC015C."""
    country_of_dispatch: str | None = None
    country_of_destination: str | None = None
    container_indicator: bool | None = None
    inland_mode_of_transport: str | None = None
    mode_of_transport_at_the_border: str | None = None
    gross_mass: Decimal
    reference_number_ucr: str | None = None
    carrier: Carrier03 | None = None
    consignor: Consignor03 | None = None
    consignee: Consignee01 | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods | None = None
    departure_transport_means: tuple[DepartureTransportMeans01, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans02, ...] = ()
    place_of_loading: PlaceOfLoading | None = None
    place_of_unloading: PlaceOfUnloading | None = None
    previous_document: tuple[PreviousDocument06, ...] = ()
    supporting_document: tuple[SupportingDocument05, ...] = ()
    transport_document: tuple[TransportDocument02, ...] = ()
    additional_reference: tuple[AdditionalReference02, ...] = ()
    additional_information: tuple[AdditionalInformation02, ...] = ()
    transport_charges: TransportCharges | None = None
    house_consignment: tuple[HouseConsignment10, ...]

@remembered
def write_consignment20(v: Consignment20) -> str:
    out = ''
    if (v0 := v.country_of_dispatch) is not None: out += f'<countryOfDispatch>{text(v0)}</countryOfDispatch>'
    if (v1 := v.country_of_destination) is not None: out += f'<countryOfDestination>{text(v1)}</countryOfDestination>'
    if (v2 := v.container_indicator) is not None: out += f'<containerIndicator>{v2:d}</containerIndicator>'
    if (v3 := v.inland_mode_of_transport) is not None: out += f'<inlandModeOfTransport>{text(v3)}</inlandModeOfTransport>'
    if (v4 := v.mode_of_transport_at_the_border) is not None: out += f'<modeOfTransportAtTheBorder>{text(v4)}</modeOfTransportAtTheBorder>'
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    if (v6 := v.reference_number_ucr) is not None: out += f'<referenceNumberUCR>{text(v6)}</referenceNumberUCR>'
    if (v7 := v.carrier) is not None: out += f'<Carrier>{write_carrier03(v7)}</Carrier>'
    if (v8 := v.consignor) is not None: out += f'<Consignor>{write_consignor03(v8)}</Consignor>'
    if (v9 := v.consignee) is not None: out += f'<Consignee>{write_consignee01(v9)}</Consignee>'
    for v10 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v10)}</AdditionalSupplyChainActor>'
    for v11 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v11)}</TransportEquipment>'
    if (v12 := v.location_of_goods) is not None: out += f'<LocationOfGoods>{write_location_of_goods(v12)}</LocationOfGoods>'
    for v13 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means01(v13)}</DepartureTransportMeans>'
    for v14 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(v14)}</CountryOfRoutingOfConsignment>'
    for v15 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(v15)}</ActiveBorderTransportMeans>'
    if (v16 := v.place_of_loading) is not None: out += f'<PlaceOfLoading>{write_place_of_loading(v16)}</PlaceOfLoading>'
    if (v17 := v.place_of_unloading) is not None: out += f'<PlaceOfUnloading>{write_place_of_unloading(v17)}</PlaceOfUnloading>'
    for v18 in v.previous_document: out += f'<PreviousDocument>{write_previous_document06(v18)}</PreviousDocument>'
    for v19 in v.supporting_document: out += f'<SupportingDocument>{write_supporting_document05(v19)}</SupportingDocument>'
    for v20 in v.transport_document: out += f'<TransportDocument>{write_transport_document02(v20)}</TransportDocument>'
    for v21 in v.additional_reference: out += f'<AdditionalReference>{write_additional_reference02(v21)}</AdditionalReference>'
    for v22 in v.additional_information: out += f'<AdditionalInformation>{write_additional_information02(v22)}</AdditionalInformation>'
    if (v23 := v.transport_charges) is not None: out += f'<TransportCharges>{write_transport_charges(v23)}</TransportCharges>'
    for v24 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment10(v24)}</HouseConsignment>'
    return out

class Consignment21(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType21; in CD200C, CD203C."""
    house_consignment: tuple[HouseConsignment11, ...]

@remembered
def write_consignment21(v: Consignment21) -> str:
    out = ''
    for v0 in v.house_consignment: out += f'<HouseConsignment>{write_house_consignment11(v0)}</HouseConsignment>'
    return out

class Consignment22(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType22; in CC182C, CD180C, CD181C."""
    incident: tuple[Incident01, ...]

@remembered
def write_consignment22(v: Consignment22) -> str:
    out = ''
    for v0 in v.incident: out += f'<Incident>{write_incident01(v0)}</Incident>'
    return out
