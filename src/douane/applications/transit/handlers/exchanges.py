"""What offices tell each other, and the guarantee service, in the common domain."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from msgspec.structs import replace

from douane.applications.transit.handlers.envelopes import clock, head, now, office_of
from douane.applications.transit.handlers.recast import recast
from douane.applications.transit.handlers.replies import accepted, declared, limit, office
from douane.applications.transit.records.departure import Departure, GuaranteeUse
from douane.applications.transit.rules.cover import amount_of
from douane.author import Fault
from douane.author.run import Work
from douane.standards.ncts import phase5 as p5

A = TypeVar("A", p5.CD001C, p5.CD050C)
R = TypeVar("R", p5.CD050C, p5.CD160C)
GOODS_NAMED = frozenset("29")
"""Types of guarantee whose office is told of the goods (C0815)."""
BOUND = "2"
"""The guarantee that is given for one movement between two offices (individual, by undertaking)."""
_MOST = Decimal("99999999999999.99")
"""The highest amount that a message can carry; no guarantee covers it."""


def announced_consignment(sent: p5.CC029C) -> p5.Consignment10:
    """The consignment as other offices get to know it; the same in IE001 and IE050."""
    return recast(sent.consignment, p5.Consignment10)


def anticipated(
    work: Work, case: Departure, sent: p5.CC029C, kind: type[A], country: str, consignment: p5.Consignment10
) -> A:
    """The movement as another office gets to know it, from what was released."""
    to_destination = issubclass(kind, p5.CD001C)
    of, inside = sent.transit_operation, in_security_area(work, country)
    operation = recast(of, p5.TransitOperation27) if to_destination else recast(of, p5.TransitOperation34)
    if not inside:
        operation = replace(operation, specific_circumstance_indicator=None)
    return recast(
        sent,
        kind,
        **head(work, kind, office_of(country)),
        transit_operation=operation,
        control_result=p5.ControlResult04(code=case.control, date=limit(case)),
        risk_analysis_identification=risk_told(work, country, of.security),
        consignment=consignment if inside else without_security(consignment),
        customs_office_of_exit_for_transit_declared=(
            sent.customs_office_of_exit_for_transit_declared if inside else ()
        ),
    )


C = TypeVar("C", p5.Consignment10, p5.Consignment11)


def without_security(goods: C) -> C:
    """The consignment as an administration outside the security area gets to know it (C0812)."""
    houses = tuple(replace(each, transport_charges=None) for each in goods.house_consignment)
    return replace(
        goods, carrier=None, place_of_unloading=None, transport_charges=None, house_consignment=houses
    )  # fmt: skip


def in_security_area(work: Work, country: str) -> bool:
    """Whether an administration is of the security area: only there it is said where goods leave it (C0812)."""
    return work.look().has("CL147", country[:2])


def told_to(
    work: Work, sent: p5.CC029C, goods: p5.Consignment10, announced: p5.CD050C, kind: type[R], country: str
) -> R:  # fmt: skip
    """The same announcement to another administration on the way: at its offices of transit, or of exit."""
    changed: dict[str, Any] = {
        **head(work, kind, office_of(country)),
        "risk_analysis_identification": risk_told(work, country, announced.transit_operation.security),
        "consignment": goods,
        "customs_office_of_exit_for_transit_declared": sent.customs_office_of_exit_for_transit_declared,
        "transit_operation": recast(sent.transit_operation, p5.TransitOperation34),
    }
    if not in_security_area(work, country):
        operation = replace(announced.transit_operation, specific_circumstance_indicator=None)
        changed |= {"consignment": without_security(goods), "transit_operation": operation,
                    "customs_office_of_exit_for_transit_declared": ()}  # fmt: skip
    return replace(announced, **changed) if isinstance(announced, kind) else recast(announced, kind, **changed)


def risk_told(work: Work, country: str, security: str) -> p5.RiskAnalysisIdentification | None:
    """Where risk is to be told at all (C0813); its details are exchanged elsewhere (CL107: Z)."""
    area = "CL010" if security == "0" else "CL147"
    look = work.look()
    told = look.has(area, work.administration) and look.has(area, country[:2])
    return p5.RiskAnalysisIdentification(code="Z") if told else None


def use_of_guarantee(work: Work, case: Departure, use: GuaranteeUse) -> p5.CD203C:
    """Reserve what one guarantee is to cover: every amount that is declared under its GRN."""
    content = declared(work)
    references = [r for g in content.guarantee for r in g.guarantee_reference if r.grn == use.grn]
    amount = sum((amount_of(r) for r in references), Decimal(0))
    currencies = {r.currency or "EUR" for r in references}
    countries = dict.fromkeys(each[:2] for each in (case.office, *case.transits, case.destination))
    holder = content.holder_of_the_transit_procedure
    to_one = use.type == BOUND  # (C0233)
    return p5.CD203C(
        **head(work, p5.CD203C, office_of(use.grn[2:4])),
        transit_operation=p5.TransitOperation48(mrn=case.mrn, declaration_acceptance_date=accepted(work, case)),
        customs_office_of_departure=office(case),
        customs_office_of_destination_declared=content.customs_office_of_destination_declared if to_one else None,
        holder_of_the_transit_procedure=p5.HolderOfTheTransitProcedure01(
            identification_number=holder.identification_number or case.holder
        ),
        consignment=recast(content.consignment, p5.Consignment21) if use.type in GOODS_NAMED else None,
        country_involved=tuple(
            p5.CountryInvolved(sequence_number=n, country=each) for n, each in enumerate(countries, 1)
        ),
        guarantee=(
            p5.Guarantee06(
                sequence_number=1,
                guarantee_type=use.type,
                guarantee_reference=(
                    p5.GuaranteeReference04(
                        sequence_number=1,
                        grn=use.grn,
                        access_code=references[0].access_code or "",
                        amount_concerned=min(amount, _MOST),
                        currency=min(currencies - {"EUR"}, default="EUR"),
                    ),
                ),
            ),
        ),
    )


def _named(use: GuaranteeUse) -> tuple[p5.Guarantee04, ...]:
    return (
        p5.Guarantee04(
            sequence_number=1,
            guarantee_type=use.type,
            guarantee_reference=(
                p5.GuaranteeReference15(
                    sequence_number=1,
                    grn=use.grn,
                    customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(
                        reference_number=use.office or use.grn[2:10]
                    ),
                ),
            ),
        ),
    )


def cancellation_of_use(work: Work, case: Departure, use: GuaranteeUse) -> p5.CD204C:
    """Give back what was reserved for a movement that does not take place."""
    return p5.CD204C(
        **head(work, p5.CD204C, office_of(use.grn[2:4])),
        transit_operation=p5.TransitOperation42(mrn=case.mrn, usage_cancellation_date=work.today(case.office)),
        customs_office_of_departure=office(case),
        guarantee=_named(use),
    )


def credit(work: Work, case: Departure, use: GuaranteeUse) -> p5.CD209C:
    """Credit what a discharged movement held."""
    return p5.CD209C(
        **head(work, p5.CD209C, office_of(use.grn[2:4])),
        transit_operation=p5.TransitOperation45(
            mrn=case.mrn, arrival_date_and_time_actual=clock(case.arrived or work.now)
        ),
        customs_office_of_departure=office(case),
        guarantee=_named(use),
    )


def ahead(case: Departure) -> tuple[str, ...]:
    """The countries that expect a movement: of destination, of offices of transit and of exit that did not see it
    (G0150, G0152)."""
    waiting = (case.destination, *not_crossed(case), *not_left(case))
    return tuple(dict.fromkeys(each[:2] for each in waiting))


def not_crossed(case: Departure) -> tuple[str, ...]:
    """Offices of transit, declared or not, that did not see the goods pass."""
    seen = {office for office, _ in case.passages}
    return tuple(each for each in (*case.transits, *case.also_at) if each not in seen and each != case.destination)


def leaving_by(case: Departure) -> tuple[str, ...]:
    """The countries by which the goods are to leave the security area."""
    return tuple(dict.fromkeys(each[:2] for each in case.exits))


def not_left(case: Departure) -> tuple[str, ...]:
    """Offices of exit for transit, declared or not, that did not see the goods leave."""
    seen = {office for office, _ in case.leavings}
    return tuple(each for each in (*case.exits, *case.exits_also) if each not in seen)


def still_expecting(case: Departure) -> tuple[str, ...]:
    """The countries where an office still expects goods that arrived: that of the declared destination where they came
    to another office, of the same country too (IA art. 307(2)), and those of offices of transit or of exit that never
    saw them."""
    declared_office = () if case.destination == case.arrived_at else (case.destination,)
    waiting = (*declared_office, *not_crossed(case), *not_left(case))
    return tuple(dict.fromkeys(each[:2] for each in waiting))


def tell_arrival(work: Work, case: Departure) -> None:
    """IE024 to all who still expect the goods; one for all offices of an administration (G0170)."""
    for country in still_expecting(case):
        work.send(arrival_forwarded(work, case, country), office_of(country))


def transits_ahead(case: Departure) -> tuple[p5.CustomsOfficeOfTransitDeclared03, ...]:
    """The offices of transit that expect a movement, as messages name them."""
    return tuple(
        p5.CustomsOfficeOfTransitDeclared03(sequence_number=n, reference_number=each)
        for n, each in enumerate(not_crossed(case)[:9], 1)
    )


def exits_ahead(work: Work, case: Departure, country: str) -> tuple[p5.CustomsOfficeOfExitForTransitDeclared, ...]:
    """The offices of exit that expect a movement, as messages name them in the security area (C0812, G0152)."""
    named = not_left(case) if in_security_area(work, country) else ()
    return tuple(
        p5.CustomsOfficeOfExitForTransitDeclared(sequence_number=n, reference_number=each)
        for n, each in enumerate(named[:9], 1)
    )


def cancellation(work: Work, case: Departure, country: str) -> p5.CD010C:
    """IE010: the movement is invalidated; one for all offices of an administration that expect it (G0170)."""
    return p5.CD010C(
        **head(work, p5.CD010C, office_of(country)),
        transit_operation=p5.TransitOperation43(mrn=case.mrn),
        invalidation=p5.Invalidation03(decision_date_and_time=now(work)),
        customs_office_of_departure=office(case),
        customs_office_of_destination_declared=declared(work).customs_office_of_destination_declared,
        customs_office_of_transit_declared=transits_ahead(case),
        customs_office_of_exit_for_transit_declared=exits_ahead(work, case, country),
    )


def arrival_forwarded(work: Work, case: Departure, country: str) -> p5.CD024C:
    """IE024: the movement arrived; who still expects it need not wait (IA art. 307(2))."""
    return p5.CD024C(
        **head(work, p5.CD024C, office_of(country)),
        transit_operation=p5.TransitOperation31(mrn=case.mrn, arrival_date_and_time_actual=clock(case.arrived)),
        customs_office_of_departure=office(case),
        customs_office_of_destination_declared=declared(work).customs_office_of_destination_declared,
        customs_office_of_destination_actual=p5.CustomsOfficeOfDestinationActual(reference_number=case.arrived_at),
        customs_office_of_transit_declared=transits_ahead(case),
        customs_office_of_exit_for_transit_declared=exits_ahead(work, case, country),
    )


def functional_nack(work: Work, recipient: str, correlation: str, mrn: str, faults: tuple[Fault, ...]) -> p5.CD906C:
    """An office's message cannot be taken."""
    return p5.CD906C(
        **head(work, p5.CD906C, recipient, correlation),
        header=p5.Header03(mrn=mrn) if mrn else None,
        functional_error=tuple(
            p5.FunctionalError03(
                error_pointer=fault.pointer or "/",
                error_code=fault.code,
                error_reason=fault.rule or None,
                original_attribute_value=fault.value or None,
            )
            for fault in faults
        ),
    )
