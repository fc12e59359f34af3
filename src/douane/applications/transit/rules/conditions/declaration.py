"""Conditions on the head of a declaration: procedure, authorisation, offices, holder, guarantee."""

from __future__ import annotations

from douane.applications.transit.rules.case import KnownCase, declared
from douane.applications.transit.rules.places import Declaration, Found, Message, guarantees, root
from douane.applications.transit.rules.transition import TRANSITION_END
from douane.author import Look, missing, not_allowed, rule
from douane.standards.ncts.alike import correlated
from douane.standards.ncts.phase5 import CC007C, CC013C, CC014C, CC015C, CC044C, CC141C, CC170C


def _transit_office_needed(m: Declaration, look: Look) -> bool:
    """Whether C0030 demands an office of transit; the declaration types that forbid one are handled before."""
    departure = m.customs_office_of_departure.reference_number[:2]
    destination = m.customs_office_of_destination_declared.reference_number[:2]
    if departure == destination and look.has("CL112", departure):
        return False
    kind = m.transit_operation.declaration_type
    if kind == "T2" or look.has("CL112", departure) or look.has("CL112", destination):
        return True
    if "AD" in (departure, destination) or m.customs_office_of_exit_for_transit_declared:
        return True
    if kind == "T" and any(
        i.declaration_type == "T2" for h in m.consignment.house_consignment for i in h.consignment_item
    ):
        return True
    return any(look.has("CL112", c.country) for c in m.consignment.country_of_routing_of_consignment)


@rule(
    "C0030",
    CC013C,
    CC015C,
    text="Declare an office of transit where the route enters, leaves or crosses a partner country or Andorra, "
    "for T2 goods, "
    "or with an office of exit for transit; declare none for TIR and T2SM.",
    lists=("CL112",),
)
def c0030(m: Declaration, _: object, look: Look) -> Found:
    if m.transit_operation.declaration_type in {"TIR", "T2SM"}:
        for n, office in enumerate(m.customs_office_of_transit_declared, 1):
            yield not_allowed(f"{root(m)}/CustomsOfficeOfTransitDeclared[{n}]", office.reference_number)
    elif not m.customs_office_of_transit_declared and _transit_office_needed(m, look):
        yield missing(f"{root(m)}/CustomsOfficeOfTransitDeclared")


@rule(
    "C0085",
    CC013C,
    CC015C,
    text="Give a guarantee reference for the guarantee types of CL076 and leave it out for the others.",
    lists=("CL076",),
)
def c0085(m: Declaration, _: object, look: Look) -> Found:
    for n, guarantee in enumerate(guarantees(m), 1):
        with_reference = look.has("CL076", guarantee.guarantee_type)
        if with_reference and not guarantee.guarantee_reference:
            yield missing(f"{root(m)}/Guarantee[{n}]/GuaranteeReference")
        elif guarantee.guarantee_reference and not with_reference:
            yield not_allowed(f"{root(m)}/Guarantee[{n}]/GuaranteeReference")


@rule(
    "C0086",
    CC013C,
    CC015C,
    text="State GRN and access code for the guarantee types of CL286 and neither of them for other types.",
    lists=("CL286",),
)
def c0086(m: Declaration, _: object, look: Look) -> Found:
    for n, guarantee in enumerate(guarantees(m), 1):
        with_grn = look.has("CL286", guarantee.guarantee_type)
        for k, reference in enumerate(guarantee.guarantee_reference, 1):
            place = f"{root(m)}/Guarantee[{n}]/GuaranteeReference[{k}]"
            if with_grn:
                if reference.grn is None:
                    yield missing(f"{place}/GRN")
                if reference.access_code is None:
                    yield missing(f"{place}/accessCode")
            else:
                if reference.grn is not None:
                    yield not_allowed(f"{place}/GRN", reference.grn)
                if reference.access_code is not None:
                    # The code opens the guarantee: it is never repeated in an answer.
                    yield not_allowed(f"{place}/accessCode")


@rule("C0101", CC013C, CC015C, text="Name the authorisation under which the reduced dataset is used.")
def c0101(m: Declaration, *_: object) -> Found:
    if m.transit_operation.reduced_dataset_indicator and not m.authorisation:
        yield missing(f"{root(m)}/Authorisation")


@rule(
    "C0130",
    CC013C,
    CC015C,
    text="Give the other guarantee reference for guarantee type 8; it may stand for type 3 and for no other type.",
)
def c0130(m: Declaration, *_: object) -> Found:
    for n, guarantee in enumerate(guarantees(m), 1):
        kind = guarantee.guarantee_type
        if kind == "8" and guarantee.other_guarantee_reference is None:
            yield missing(f"{root(m)}/Guarantee[{n}]/otherGuaranteeReference")
        elif guarantee.other_guarantee_reference is not None and kind not in {"3", "8"}:
            yield not_allowed(f"{root(m)}/Guarantee[{n}]/otherGuaranteeReference", guarantee.other_guarantee_reference)


@rule(
    "C0411",
    CC013C,
    CC015C,
    text="State the TIR carnet number for declaration type TIR and leave it out for every other type.",
)
def c0411(m: Declaration, *_: object) -> Found:
    number = m.transit_operation.tir_carnet_number
    if m.transit_operation.declaration_type == "TIR":
        if number is None:
            yield missing(f"{root(m)}/TransitOperation/TIRCarnetNumber")
    elif number is not None:
        yield not_allowed(f"{root(m)}/TransitOperation/TIRCarnetNumber", number)


@rule(
    "C0467",
    CC013C,
    CC014C,
    text="Name the movement by one of the two: its MRN once the declaration is accepted, the LRN before.",
)
def c0467(m: CC013C | CC014C, case: KnownCase | None, _: Look) -> Found:
    lrn, mrn = m.transit_operation.lrn, m.transit_operation.mrn
    accepted = case.accepted if case is not None else None
    # Where the case is not at hand the number given decides; exactly one of the two is due in either state.
    by_mrn = mrn is not None if accepted is None else accepted
    place = f"{root(m)}/TransitOperation"
    due, other = ("MRN", "LRN") if by_mrn else ("LRN", "MRN")
    due_value, other_value = (mrn, lrn) if by_mrn else (lrn, mrn)
    if due_value is None:
        yield missing(f"{place}/{due}")
    if other_value is not None:
        yield not_allowed(f"{place}/{other}", other_value)


def _correlation(m: Message, look: Look) -> Found:
    due = correlated(m.message_type, look.has)
    if due and m.correlation_identifier is None:
        yield missing(f"{root(m)}/correlationIdentifier")
    if due is False and m.correlation_identifier is not None:
        yield not_allowed(f"{root(m)}/correlationIdentifier", m.correlation_identifier)


CORRELATION_TEXT = "Give the correlation identifier in messages of CL610, leave it out in messages of CL385."


@rule("C0511", CC007C, CC014C, CC044C, CC141C, CC170C, text=CORRELATION_TEXT, lists=("CL385", "CL610"))
def c0511(m: CC007C | CC014C | CC044C | CC141C | CC170C, _: object, look: Look) -> Found:
    return _correlation(m, look)


@rule("C0511", CC013C, CC015C, text=CORRELATION_TEXT, lists=("CL385", "CL610"), after=TRANSITION_END)
def c0511_declaration(m: Declaration, _: object, look: Look) -> Found:
    # B1833 makes it free for declarations during the transitional period.
    return _correlation(m, look)


@rule(
    "C0587",
    CC013C,
    CC015C,
    text="Declare an office of exit for transit only with exit security data and an office of transit outside "
    "the security area.",
    lists=("CL147",),
    after=TRANSITION_END,
)
def c0587(m: Declaration, _: object, look: Look) -> Found:
    if not m.customs_office_of_exit_for_transit_declared:
        return
    if m.transit_operation.security in {"2", "3"}:
        for transit in m.customs_office_of_transit_declared:
            if not look.has("CL147", transit.reference_number[:2]):
                return
    for n, office in enumerate(m.customs_office_of_exit_for_transit_declared, 1):
        yield not_allowed(f"{root(m)}/CustomsOfficeOfExitForTransitDeclared[{n}]", office.reference_number)


@rule(
    "C0598",
    CC013C,
    CC015C,
    text="With entry security data, estimate the arrival at each office of transit inside the security area.",
    lists=("CL147",),
    after=TRANSITION_END,
)
def c0598(m: Declaration, _: object, look: Look) -> Found:
    if m.transit_operation.security not in {"1", "3"}:
        return
    for n, office in enumerate(m.customs_office_of_transit_declared, 1):
        if office.arrival_date_and_time_estimated is None and look.has("CL147", office.reference_number[:2]):
            yield missing(f"{root(m)}/CustomsOfficeOfTransitDeclared[{n}]/arrivalDateAndTimeEstimated")


@rule(
    "C0839",
    CC013C,
    CC015C,
    text="Set the limit date in a standard declaration of an authorised consignor (C521); without that "
    "authorisation leave it out.",
)
def c0839(m: Declaration, *_: object) -> Found:
    limit = m.transit_operation.limit_date
    for authorisation in m.authorisation:
        if authorisation.type == "C521":
            if limit is None and m.transit_operation.additional_declaration_type != "D":
                yield missing(f"{root(m)}/TransitOperation/limitDate")
            return
    if limit is not None:
        yield not_allowed(f"{root(m)}/TransitOperation/limitDate", limit)


@rule(
    "C0840",
    CC170C,
    text="Set the limit date here if the authorised consignor (C521) declared none; without that authorisation "
    "leave it out.",
)
def c0840(m: CC170C, case: KnownCase | None, _: Look) -> Found:
    declaration = declared(case)
    if declaration is None:
        return
    limit = m.transit_operation.limit_date
    if not any(a.type == "C521" for a in declaration.authorisation):
        if limit is not None:
            yield not_allowed(f"{root(m)}/TransitOperation/limitDate", limit)
    elif limit is None and declaration.transit_operation.limit_date is None:
        yield missing(f"{root(m)}/TransitOperation/limitDate")


TIR_HOLDER_TEXT = "State the TIR holder's identification number for TIR movements and leave it out for all others."


def _tir_holder(m: CC013C | CC014C | CC015C | CC141C | CC170C, tir: bool) -> Found:
    number = m.holder_of_the_transit_procedure.tir_holder_identification_number
    place = f"{root(m)}/HolderOfTheTransitProcedure/TIRHolderIdentificationNumber"
    if tir and number is None:
        yield missing(place)
    elif number is not None and not tir:
        yield not_allowed(place, number)


@rule("C0904", CC013C, CC015C, text=TIR_HOLDER_TEXT)
def c0904(m: Declaration, *_: object) -> Found:
    return _tir_holder(m, m.transit_operation.declaration_type == "TIR")


@rule("C0904", CC014C, CC141C, CC170C, text=TIR_HOLDER_TEXT)
def c0904_later(m: CC014C | CC141C | CC170C, case: KnownCase | None, _: Look) -> Found:
    declaration = declared(case)
    if declaration is not None:
        yield from _tir_holder(m, declaration.transit_operation.declaration_type == "TIR")
