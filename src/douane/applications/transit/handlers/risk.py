"""A transit movement as risk analysis sees it: as it is declared, and as it arrives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from douane.applications.risk_analysis.contract import (
    Assess,
    ConsignmentView,
    ItemView,
    Party,
    Procedure,
    TrustedTrader,
)
from douane.applications.transit.handlers import registers
from douane.applications.transit.records.arrival import Arrival
from douane.applications.transit.records.departure import Departure
from douane.author.run import Work
from douane.standards.ncts import phase5 as p5

AUTHORISED_CONSIGNOR = "C521"


class Item(Protocol):
    """What risk analysis sees of an item, in a declaration and in a record alike."""

    @property
    def declaration_goods_item_number(self) -> int: ...
    @property
    def country_of_dispatch(self) -> str | None: ...
    @property
    def commodity(self) -> Any: ...
    @property
    def packaging(self) -> Sequence[Any]: ...
    @property
    def previous_document(self) -> Sequence[Any]: ...
    @property
    def supporting_document(self) -> Sequence[Any]: ...


def question(work: Work, case: Departure, content: p5.CC015C) -> Assess:
    """The question for one declaration."""
    return Assess(view(case, content, registers.trust(work, case.holder, case.claims)), work.today(case.office))


def question_on_arrival(work: Work, case: Arrival, record: p5.CD001C) -> Assess:
    """The question for goods that arrive: of the particulars that departure sent (IA art. 308(1))."""
    holder = record.holder_of_the_transit_procedure
    party = Party(id=case.holder, country=holder.address.country, trusted=registers.trust(work, case.holder))
    operation = record.transit_operation
    seen = _view(record.consignment, case.mrn, case.office, case.office, operation.declaration_type, party)
    return Assess(seen, work.today(case.office))


def view(case: Departure, content: p5.CC015C, trusted: TrustedTrader) -> ConsignmentView:
    """The neutral view of a declaration; ``trusted``: the AEO status of its holder, as the register knows it."""
    holder = content.holder_of_the_transit_procedure
    country = holder.address.country if holder.address else case.holder[:2]
    party = Party(id=case.holder, country=country, trusted=trusted)
    return _view(
        content.consignment, case.mrn or case.lrn, case.office, case.destination,
        content.transit_operation.declaration_type, party,
        simplified=any(each.type == AUTHORISED_CONSIGNOR for each in content.authorisation),
        declarant=Party(id=case.representative) if case.representative else Party(),
    )  # fmt: skip


def _view(
    c: Any, reference: str, office: str, destination: str, declared: str, holder: Party, *,
    simplified: bool = False, declarant: Party | None = None,
) -> ConsignmentView:  # fmt: skip
    return ConsignmentView(
        procedure=Procedure.TRANSIT,
        reference=reference,
        office=office,
        items=tuple(
            [_item(item, c.country_of_dispatch) for house in c.house_consignment for item in house.consignment_item]
        ),
        declaration_type=declared,
        simplified=simplified,
        country_of_dispatch=c.country_of_dispatch,
        country_of_destination=c.country_of_destination,
        route=tuple(each.country for each in c.country_of_routing_of_consignment),
        office_of_destination=destination,
        transport_mode=c.mode_of_transport_at_the_border or c.inland_mode_of_transport,
        containerised=bool(c.container_indicator),
        sealed=any(each.seal for each in c.transport_equipment),
        holder=holder,
        declarant=declarant or Party(),
    )


def _item(item: Item, dispatch: str | None) -> ItemView:
    commodity, measure = item.commodity, item.commodity.goods_measure
    code = commodity.commodity_code
    return ItemView(
        number=item.declaration_goods_item_number,
        commodity=code.harmonized_system_sub_heading_code + (code.combined_nomenclature_code or "") if code else None,
        origin=item.country_of_dispatch or dispatch,
        description=commodity.description_of_goods,
        gross_mass=measure.gross_mass if measure else None,
        net_mass=measure.net_mass if measure else None,
        packages=sum([each.number_of_packages or 0 for each in item.packaging]),
        dangerous=bool(commodity.dangerous_goods),
        previous_documents=tuple([each.type for each in item.previous_document]),
        documents=tuple([each.type for each in item.supporting_document]),
    )
