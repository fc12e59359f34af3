"""Structs and writers of consignment. Written by tools/ncts_family.py; do not edit."""

from __future__ import annotations

from decimal import Decimal

from douane.standards.ncts.phase6.generated.group import Group
from douane.standards.ncts.phase6.generated.active_border_transport_means import ActiveBorderTransportMeans, write_active_border_transport_means
from douane.standards.ncts.phase6.generated.additional_information import AdditionalInformation02, write_additional_information02
from douane.standards.ncts.phase6.generated.additional_reference import AdditionalReference02, write_additional_reference02
from douane.standards.ncts.phase6.generated.additional_supply_chain_actor import AdditionalSupplyChainActor, write_additional_supply_chain_actor
from douane.standards.ncts.phase6.generated.carrier import Carrier03, write_carrier03
from douane.standards.ncts.phase6.generated.consignee import Consignee, write_consignee
from douane.standards.ncts.phase6.generated.consignor import Consignor03, write_consignor03
from douane.standards.ncts.phase6.generated.country_of_routing_of_consignment import CountryOfRoutingOfConsignment01, write_country_of_routing_of_consignment01
from douane.standards.ncts.phase6.generated.departure_transport_means import DepartureTransportMeans02, write_departure_transport_means02
from douane.standards.ncts.phase6.generated.house_consignment import HouseConsignment10, write_house_consignment10
from douane.standards.ncts.phase6.generated.location_of_goods import LocationOfGoods, write_location_of_goods
from douane.standards.ncts.phase6.generated.place_of_loading import PlaceOfLoading, write_place_of_loading
from douane.standards.ncts.phase6.generated.place_of_unloading import PlaceOfUnloading, write_place_of_unloading
from douane.standards.ncts.phase6.generated.previous_document import PreviousDocument06, write_previous_document06
from douane.standards.ncts.phase6.generated.supporting_document import SupportingDocument05, write_supporting_document05
from douane.standards.ncts.phase6.generated.transport_charges import TransportCharges, write_transport_charges
from douane.standards.ncts.phase6.generated.transport_document import TransportDocument02, write_transport_document02
from douane.standards.ncts.phase6.generated.transport_equipment import TransportEquipment05, write_transport_equipment05
from douane.standards.ncts.binding.writing import remembered, text

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
    consignee: Consignee | None = None
    additional_supply_chain_actor: tuple[AdditionalSupplyChainActor, ...] = ()
    transport_equipment: tuple[TransportEquipment05, ...] = ()
    location_of_goods: LocationOfGoods | None = None
    departure_transport_means: tuple[DepartureTransportMeans02, ...] = ()
    country_of_routing_of_consignment: tuple[CountryOfRoutingOfConsignment01, ...] = ()
    active_border_transport_means: tuple[ActiveBorderTransportMeans, ...] = ()
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
    if (v9 := v.consignee) is not None: out += f'<Consignee>{write_consignee(v9)}</Consignee>'
    for v10 in v.additional_supply_chain_actor: out += f'<AdditionalSupplyChainActor>{write_additional_supply_chain_actor(v10)}</AdditionalSupplyChainActor>'
    for v11 in v.transport_equipment: out += f'<TransportEquipment>{write_transport_equipment05(v11)}</TransportEquipment>'
    if (v12 := v.location_of_goods) is not None: out += f'<LocationOfGoods>{write_location_of_goods(v12)}</LocationOfGoods>'
    for v13 in v.departure_transport_means: out += f'<DepartureTransportMeans>{write_departure_transport_means02(v13)}</DepartureTransportMeans>'
    for v14 in v.country_of_routing_of_consignment: out += f'<CountryOfRoutingOfConsignment>{write_country_of_routing_of_consignment01(v14)}</CountryOfRoutingOfConsignment>'
    for v15 in v.active_border_transport_means: out += f'<ActiveBorderTransportMeans>{write_active_border_transport_means(v15)}</ActiveBorderTransportMeans>'
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
