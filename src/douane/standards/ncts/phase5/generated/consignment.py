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
    out = f'<ConsigneeActual>{write_consignee_actual(v.consignee_actual)}</ConsigneeActual>'
    return out

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
    out = f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    out += f'<inlandModeOfTransport>{text(v5)}</inlandModeOfTransport>' if (v5 := v.inland_mode_of_transport) is not None else ''
    out += f'<modeOfTransportAtTheBorder>{text(v6)}</modeOfTransportAtTheBorder>' if (v6 := v.mode_of_transport_at_the_border) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v8)}</referenceNumberUCR>' if (v8 := v.reference_number_ucr) is not None else ''
    out += f'<Carrier>{write_carrier01(v9)}</Carrier>' if (v9 := v.carrier) is not None else ''
    out += f'<Consignor>{write_consignor01(v10)}</Consignor>' if (v10 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee06(v11)}</Consignee>' if (v11 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<TransportEquipment>{write_transport_equipment05(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means01(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(x)}</CountryOfRoutingOfConsignment>' for x in v.country_of_routing_of_consignment])
    out += ''.join([f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(x)}</ActiveBorderTransportMeans>' for x in v.active_border_transport_means])
    out += f'<PlaceOfLoading>{write_place_of_loading(v17)}</PlaceOfLoading>' if (v17 := v.place_of_loading) is not None else ''
    out += f'<PlaceOfUnloading>{write_place_of_unloading(v18)}</PlaceOfUnloading>' if (v18 := v.place_of_unloading) is not None else ''
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v24)}</TransportCharges>' if (v24 := v.transport_charges) is not None else ''
    out += ''.join([f'<HouseConsignment>{write_house_consignment12(x)}</HouseConsignment>' for x in v.house_consignment])
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
    out = f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<containerIndicator>{v.container_indicator:d}</containerIndicator>'
    out += f'<inlandModeOfTransport>{text(v5)}</inlandModeOfTransport>' if (v5 := v.inland_mode_of_transport) is not None else ''
    out += f'<modeOfTransportAtTheBorder>{text(v6)}</modeOfTransportAtTheBorder>' if (v6 := v.mode_of_transport_at_the_border) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v8)}</referenceNumberUCR>' if (v8 := v.reference_number_ucr) is not None else ''
    out += f'<Carrier>{write_carrier01(v9)}</Carrier>' if (v9 := v.carrier) is not None else ''
    out += f'<Consignor>{write_consignor01(v10)}</Consignor>' if (v10 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee06(v11)}</Consignee>' if (v11 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<TransportEquipment>{write_transport_equipment05(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means01(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(x)}</CountryOfRoutingOfConsignment>' for x in v.country_of_routing_of_consignment])
    out += ''.join([f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(x)}</ActiveBorderTransportMeans>' for x in v.active_border_transport_means])
    out += f'<PlaceOfLoading>{write_place_of_loading(v17)}</PlaceOfLoading>' if (v17 := v.place_of_loading) is not None else ''
    out += f'<PlaceOfUnloading>{write_place_of_unloading(v18)}</PlaceOfUnloading>' if (v18 := v.place_of_unloading) is not None else ''
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v24)}</TransportCharges>' if (v24 := v.transport_charges) is not None else ''
    out += ''.join([f'<Incident>{write_incident01(x)}</Incident>' for x in v.incident])
    out += ''.join([f'<HouseConsignment>{write_house_consignment12(x)}</HouseConsignment>' for x in v.house_consignment])
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
    out = f'<countryOfDispatch>{text(v2)}</countryOfDispatch>' if (v2 := v.country_of_dispatch) is not None else ''
    out += f'<countryOfDestination>{text(v3)}</countryOfDestination>' if (v3 := v.country_of_destination) is not None else ''
    out += f'<containerIndicator>{v4:d}</containerIndicator>' if (v4 := v.container_indicator) is not None else ''
    out += f'<inlandModeOfTransport>{text(v5)}</inlandModeOfTransport>' if (v5 := v.inland_mode_of_transport) is not None else ''
    out += f'<modeOfTransportAtTheBorder>{text(v6)}</modeOfTransportAtTheBorder>' if (v6 := v.mode_of_transport_at_the_border) is not None else ''
    out += f'<grossMass>{v.gross_mass:f}</grossMass>'
    out += f'<referenceNumberUCR>{text(v8)}</referenceNumberUCR>' if (v8 := v.reference_number_ucr) is not None else ''
    out += f'<Carrier>{write_carrier03(v9)}</Carrier>' if (v9 := v.carrier) is not None else ''
    out += f'<Consignor>{write_consignor03(v10)}</Consignor>' if (v10 := v.consignor) is not None else ''
    out += f'<Consignee>{write_consignee01(v11)}</Consignee>' if (v11 := v.consignee) is not None else ''
    out += ''.join([f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(x)}</AdditionalSupplyChainActor>' for x in v.additional_supply_chain_actor])
    out += ''.join([f'<TransportEquipment>{write_transport_equipment05(x)}</TransportEquipment>' for x in v.transport_equipment])
    out += f'<LocationOfGoods>{write_location_of_goods(v14)}</LocationOfGoods>' if (v14 := v.location_of_goods) is not None else ''
    out += ''.join([f'<DepartureTransportMeans>{write_departure_transport_means01(x)}</DepartureTransportMeans>' for x in v.departure_transport_means])
    out += ''.join([f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment(x)}</CountryOfRoutingOfConsignment>' for x in v.country_of_routing_of_consignment])
    out += ''.join([f'<ActiveBorderTransportMeans>{write_active_border_transport_means02(x)}</ActiveBorderTransportMeans>' for x in v.active_border_transport_means])
    out += f'<PlaceOfLoading>{write_place_of_loading(v18)}</PlaceOfLoading>' if (v18 := v.place_of_loading) is not None else ''
    out += f'<PlaceOfUnloading>{write_place_of_unloading(v19)}</PlaceOfUnloading>' if (v19 := v.place_of_unloading) is not None else ''
    out += ''.join([f'<PreviousDocument>{write_previous_document06(x)}</PreviousDocument>' for x in v.previous_document])
    out += ''.join([f'<SupportingDocument>{write_supporting_document05(x)}</SupportingDocument>' for x in v.supporting_document])
    out += ''.join([f'<TransportDocument>{write_transport_document02(x)}</TransportDocument>' for x in v.transport_document])
    out += ''.join([f'<AdditionalReference>{write_additional_reference02(x)}</AdditionalReference>' for x in v.additional_reference])
    out += ''.join([f'<AdditionalInformation>{write_additional_information02(x)}</AdditionalInformation>' for x in v.additional_information])
    out += f'<TransportCharges>{write_transport_charges(v25)}</TransportCharges>' if (v25 := v.transport_charges) is not None else ''
    out += ''.join([f'<HouseConsignment>{write_house_consignment10(x)}</HouseConsignment>' for x in v.house_consignment])
    return out

class Consignment21(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType21; in CD200C, CD203C."""
    house_consignment: tuple[HouseConsignment11, ...]

@remembered
def write_consignment21(v: Consignment21) -> str:
    out = ''.join([f'<HouseConsignment>{write_house_consignment11(x)}</HouseConsignment>' for x in v.house_consignment])
    return out

class Consignment22(Group, frozen=True, kw_only=True, gc=False):
    """ConsignmentType22; in CC182C, CD180C, CD181C."""
    incident: tuple[Incident01, ...]

@remembered
def write_consignment22(v: Consignment22) -> str:
    out = ''.join([f'<Incident>{write_incident01(x)}</Incident>' for x in v.incident])
    return out
