"""Thirty of the transit rules, as plain Python over the peer's models. Our side evaluates all that apply (about 95)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from bench.peers.declaration import Declaration, Party

MEMBER_STATES = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip

Fault = tuple[str, str]
Rule = Callable[[Declaration], Iterator[Fault]]
RULES: list[Rule] = []
CONTRACTING = frozenset(("CH", "NO", "IS", "LI", "TR", "MK", "RS", "GB", "UA", "GE"))
UNION = frozenset(MEMBER_STATES)
BULK = frozenset(("VG", "VL", "VO", "VQ", "VR", "VS", "VY"))
UNPACKED = frozenset(("NE", "NF", "NG"))


def rule(check: Rule) -> Rule:
    """Add a rule to the set."""
    RULES.append(check)
    return check


def faults(message: Declaration) -> list[Fault]:
    """Every violation."""
    return [fault for check in RULES for fault in check(message)]


def _in_order(numbers: list[int]) -> bool:
    return numbers == list(range(1, len(numbers) + 1))


def _party(party: Party | None, pointer: str) -> Iterator[Fault]:
    if party is None:
        return
    if party.identification_number and (party.name or party.address):
        yield pointer, "C0250"
    if not party.identification_number and not (party.name and party.address):
        yield pointer, "C0250"


@rule
def tir_carnet(m: Declaration) -> Iterator[Fault]:
    if (m.operation.declaration_type == "TIR") != (m.operation.tir_carnet_number is not None):
        yield "TransitOperation/TIRCarnetNumber", "C0411"


@rule
def tir_guarantee(m: Declaration) -> Iterator[Fault]:
    for guarantee in m.guarantees:
        if (guarantee.guarantee_type == "B") != (m.operation.declaration_type == "TIR"):
            yield "Guarantee/guaranteeType", "R0900"


@rule
def guarantee_reference(m: Declaration) -> Iterator[Fault]:
    for guarantee in m.guarantees:
        if guarantee.guarantee_type in "01249" and not guarantee.guarantee_reference:
            yield "Guarantee/GuaranteeReference", "C0086"


@rule
def guarantee_codes(m: Declaration) -> Iterator[Fault]:
    for guarantee in m.guarantees:
        for reference in guarantee.guarantee_reference:
            if guarantee.guarantee_type in "0124" and not reference.access_code:
                yield "Guarantee/GuaranteeReference/accessCode", "C0130"


@rule
def guarantee_amount(m: Declaration) -> Iterator[Fault]:
    for guarantee in m.guarantees:
        for reference in guarantee.guarantee_reference:
            if reference.amount_to_be_covered <= 0:
                yield "Guarantee/GuaranteeReference/amountToBeCovered", "R0793"


@rule
def guarantee_sequence(m: Declaration) -> Iterator[Fault]:
    if not _in_order([g.sequence_number for g in m.guarantees]):
        yield "Guarantee/sequenceNumber", "R0987"


@rule
def guarantee_once(m: Declaration) -> Iterator[Fault]:
    numbers = [r.grn for g in m.guarantees for r in g.guarantee_reference]
    if len(numbers) != len(set(numbers)):
        yield "Guarantee/GuaranteeReference/GRN", "R0261"


@rule
def prelodged(m: Declaration) -> Iterator[Fault]:
    if m.operation.additional_declaration_type == "A" and m.consignment.container_indicator is None:
        yield "Consignment/containerIndicator", "C0824"


@rule
def means_of_departure(m: Declaration) -> Iterator[Fault]:
    if m.operation.additional_declaration_type == "A" and not m.consignment.means:
        yield "Consignment/DepartureTransportMeans", "C0826"


@rule
def means_in_order(m: Declaration) -> Iterator[Fault]:
    if not _in_order([means.sequence_number for means in m.consignment.means]):
        yield "Consignment/DepartureTransportMeans/sequenceNumber", "R0987"


@rule
def means_by_mode(m: Declaration) -> Iterator[Fault]:
    for means in m.consignment.means:
        if m.consignment.inland_mode_of_transport == "3" and means.type_of_identification not in ("30", "31"):
            yield "Consignment/DepartureTransportMeans/typeOfIdentification", "R0474"


@rule
def inland_mode(m: Declaration) -> Iterator[Fault]:
    if m.operation.additional_declaration_type == "A" and m.consignment.inland_mode_of_transport is None:
        yield "Consignment/inlandModeOfTransport", "C0599"


@rule
def security_carrier(m: Declaration) -> Iterator[Fault]:
    if m.operation.security != "0" and m.consignment.carrier is None:
        yield "Consignment/Carrier", "C0505"


@rule
def security_border_mode(m: Declaration) -> Iterator[Fault]:
    if m.operation.security in "123" and m.consignment.mode_of_transport_at_the_border is None:
        yield "Consignment/modeOfTransportAtTheBorder", "C0599"


@rule
def unloading(m: Declaration) -> Iterator[Fault]:
    if m.operation.security == "0" and m.consignment.place_of_unloading is not None:
        yield "Consignment/PlaceOfUnloading", "C0191"


@rule
def loading(m: Declaration) -> Iterator[Fault]:
    place = m.consignment.place_of_loading
    if place is not None and (place.un_locode is None) == (place.country is None):
        yield "Consignment/PlaceOfLoading", "C0387"


@rule
def holder(m: Declaration) -> Iterator[Fault]:
    if m.holder.identification_number is None and m.operation.declaration_type != "TIR":
        yield "HolderOfTheTransitProcedure/identificationNumber", "C0335"


@rule
def parties(m: Declaration) -> Iterator[Fault]:
    yield from _party(m.consignment.consignor, "Consignment/Consignor")
    yield from _party(m.consignment.consignee, "Consignment/Consignee")


@rule
def parties_of_houses(m: Declaration) -> Iterator[Fault]:
    for house in m.consignment.houses:
        yield from _party(house.consignor, "Consignment/HouseConsignment/Consignor")
        yield from _party(house.consignee, "Consignment/HouseConsignment/Consignee")


@rule
def consignee_once(m: Declaration) -> Iterator[Fault]:
    if m.consignment.consignee and any(house.consignee for house in m.consignment.houses):
        yield "Consignment/Consignee", "C0542"


@rule
def dispatch_once(m: Declaration) -> Iterator[Fault]:
    if m.consignment.country_of_dispatch and any(item.country_of_dispatch for item in m.items):
        yield "Consignment/countryOfDispatch", "R0506"


@rule
def destination_once(m: Declaration) -> Iterator[Fault]:
    if m.consignment.country_of_destination and any(item.country_of_destination for item in m.items):
        yield "Consignment/countryOfDestination", "R0507"


@rule
def item_types(m: Declaration) -> Iterator[Fault]:
    mixed = m.operation.declaration_type == "T"
    if any((item.declaration_type is not None) != mixed for item in m.items):
        yield "Consignment/HouseConsignment/ConsignmentItem/declarationType", "C0045"


@rule
def item_numbers(m: Declaration) -> Iterator[Fault]:
    if not _in_order([item.declaration_goods_item_number for item in m.items]):
        yield "Consignment/HouseConsignment/ConsignmentItem/declarationGoodsItemNumber", "R0005"


@rule
def item_numbers_in_house(m: Declaration) -> Iterator[Fault]:
    for house in m.consignment.houses:
        if not _in_order([item.goods_item_number for item in house.items]):
            yield "Consignment/HouseConsignment/ConsignmentItem/goodsItemNumber", "R0987"


@rule
def masses(m: Declaration) -> Iterator[Fault]:
    if sum((house.gross_mass for house in m.consignment.houses), Decimal(0)) != m.consignment.gross_mass:
        yield "Consignment/grossMass", "R0223"


@rule
def net_not_above_gross(m: Declaration) -> Iterator[Fault]:
    for item in m.items:
        measure = item.commodity.goods_measure
        if measure and measure.net_mass and measure.gross_mass and measure.net_mass > measure.gross_mass:
            yield "Consignment/HouseConsignment/ConsignmentItem/Commodity/GoodsMeasure/netMass", "R0221"


@rule
def packages(m: Declaration) -> Iterator[Fault]:
    for item in m.items:
        for packaging in item.packaging:
            counted = packaging.type_of_packages not in BULK
            if counted != (packaging.number_of_packages is not None):
                yield "Consignment/HouseConsignment/ConsignmentItem/Packaging/numberOfPackages", "C0060"
            if counted and packaging.type_of_packages not in UNPACKED and not packaging.shipping_marks:
                yield "Consignment/HouseConsignment/ConsignmentItem/Packaging/shippingMarks", "C0060"


@rule
def seals(m: Declaration) -> Iterator[Fault]:
    numbers = {item.declaration_goods_item_number for item in m.items}
    for equipment in m.consignment.equipment:
        if equipment.number_of_seals != len(equipment.seals):
            yield "Consignment/TransportEquipment/numberOfSeals", "R0106"
        if any(goods.declaration_goods_item_number not in numbers for goods in equipment.goods):
            yield "Consignment/TransportEquipment/GoodsReference/declarationGoodsItemNumber", "R0448"


@rule
def transit_offices(m: Declaration) -> Iterator[Fault]:
    countries = {routing.country for routing in m.consignment.routing}
    outside = any(country in CONTRACTING for country in countries)
    if outside and not m.transit:
        yield "CustomsOfficeOfTransitDeclared", "C0030"
    for office in m.transit:
        country = office.reference_number[:2]
        if country not in CONTRACTING | UNION:
            yield "CustomsOfficeOfTransitDeclared/referenceNumber", "R0003"
