"""Rules about guarantees and authorisations (R)."""

from __future__ import annotations

from douane.applications.transit.rules.places import Declaration, Found, at, guarantees
from douane.author import Look, broken, rule
from douane.standards.ncts.phase5 import CC013C, CC015C

VOUCHERS = "4"
"""Guarantee type: individual guarantee by vouchers, whose reference carries the voucher's number."""
AUTHORISED_CONSIGNOR = "C521"
SPECIAL_SEALS = "C523"
REDUCED_DATASET = "C524"
_REDUCIBLE_MODES = frozenset(("1", "2", "4"))


@rule(
    "R0165",
    CC013C,
    CC015C,
    text="An authorised consignor who may use special seals states how many seals he put on: more than none.",
)
def r0165(m: Declaration, *_: object) -> Found:
    """Who declares under the simplified procedure and names a seal authorisation has sealed.

    Whether an authorisation foresees seals stands in its own text; the message shows it by naming C521 and C523.
    """
    named = {each.type for each in m.authorisation}
    if AUTHORISED_CONSIGNOR not in named or SPECIAL_SEALS not in named:
        return
    for position, equipment in enumerate(m.consignment.transport_equipment, 1):
        if equipment.number_of_seals == 0:
            yield broken(at(m, f"Consignment/TransportEquipment[{position}]/numberOfSeals"), 0)


@rule(
    "R0318",
    CC013C,
    CC015C,
    text="Give the guarantee reference 24 characters for vouchers (type 4) and 17 characters for every other type.",
)
def r0318(m: Declaration, *_: object) -> Found:
    """Only a voucher's reference has the long form."""
    for g, guarantee in enumerate(guarantees(m), 1):
        length = 24 if guarantee.guarantee_type == VOUCHERS else 17
        for r, reference in enumerate(guarantee.guarantee_reference, 1):
            if reference.grn is not None and len(reference.grn) != length:
                yield broken(at(m, f"Guarantee[{g}]/GuaranteeReference[{r}]/GRN"), reference.grn)


@rule(
    "R0350",
    CC013C,
    CC015C,
    text="Add an authorisation of type C524: a reduced dataset by sea, rail or air needs it.",
)
def r0350(m: Declaration, *_: object) -> Found:
    """A reduced dataset by sea, rail or air is an authorised simplification."""
    if (
        m.transit_operation.reduced_dataset_indicator
        and m.consignment.inland_mode_of_transport in _REDUCIBLE_MODES
        and not any(each.type == REDUCED_DATASET for each in m.authorisation)
    ):
        yield broken(at(m, "Authorisation[1]/type"))


@rule(
    "R0849",
    CC013C,
    CC015C,
    text="Under TIR set the reduced dataset indicator to 0.",
)
def r0849(m: Declaration, *_: object) -> Found:
    """TIR knows no reduced dataset."""
    if m.transit_operation.reduced_dataset_indicator and m.transit_operation.declaration_type == "TIR":
        yield broken(at(m, "TransitOperation/reducedDatasetIndicator"), "1")


@rule(
    "R0859",
    CC013C,
    CC015C,
    text="Name an authorisation of type C524 exactly when the reduced dataset indicator is 1.",
)
def r0859(m: Declaration, *_: object) -> Found:
    """Reduced dataset and its authorisation stand together."""
    if m.transit_operation.reduced_dataset_indicator:
        if not any(each.type == REDUCED_DATASET for each in m.authorisation):
            yield broken(at(m, "Authorisation[1]/type"))
        return
    for position, each in enumerate(m.authorisation, 1):
        if each.type == REDUCED_DATASET:
            yield broken(at(m, f"Authorisation[{position}]/type"), each.type)


@rule(
    "R0900",
    CC013C,
    CC015C,
    lists=("CL010", "CL229", "CL230"),
    text="Use guarantee type B under TIR, otherwise a type that the country of the office of departure accepts.",
)
def r0900(m: Declaration, _: object, look: Look) -> Found:
    """The types of guarantee depend on TIR and on the contracting party of departure."""
    accepted = None
    if m.transit_operation.declaration_type != "TIR":
        departure = m.customs_office_of_departure.reference_number[:2]
        in_union = departure in {"SM", "AD"} or look.has("CL010", departure)
        accepted = "CL230" if in_union else "CL229"
    for position, guarantee in enumerate(guarantees(m), 1):
        kind = guarantee.guarantee_type
        if not (kind == "B" if accepted is None else look.has(accepted, kind)):
            yield broken(at(m, f"Guarantee[{position}]/guaranteeType"), kind)
