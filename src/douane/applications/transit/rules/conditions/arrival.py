"""Conditions on arrival: arrival notification with its incidents (CC007C) and unloading remarks (CC044C)."""

from __future__ import annotations

from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.rules.places import Found, consignment_at, root
from douane.author import Look, missing, not_allowed, rule
from douane.standards.ncts.phase5 import CC007C, CC043C, CC044C

SEALS_BROKEN = "2"
SEALS_AFFECTED = frozenset("24")
"""Incident codes: seals broken, or goods unloaded in imminent danger."""
TRANSHIPPED = frozenset("36")
"""Incident codes: goods moved to another means of transport, or a part of the means (tractor, trailer) changed."""


@rule(
    "C0040",
    CC007C,
    text="Describe the transport equipment that the goods were moved into when they went into a container.",
)
def c0040(m: CC007C, *_: object) -> Found:
    for n, incident in enumerate(m.consignment.incident, 1):
        # S1023: C0240 goes first; only where it allows a transhipment is there anything left to ask.
        moved = incident.transhipment if incident.code in TRANSHIPPED else None
        if moved is not None and moved.container_indicator and not incident.transport_equipment:
            yield missing(f"{consignment_at(m)}/Incident[{n}]/TransportEquipment")


@rule("C0102", CC007C, text="Name the authorisation for a simplified arrival; for a normal arrival name none.")
def c0102(m: CC007C, *_: object) -> Found:
    if m.transit_operation.simplified_procedure:
        if not m.authorisation:
            yield missing(f"{root(m)}/Authorisation")
    else:
        for n, authorisation in enumerate(m.authorisation, 1):
            yield not_allowed(f"{root(m)}/Authorisation[{n}]", authorisation.reference_number)


@rule(
    "C0240",
    CC007C,
    text="Give with each incident what its code calls for: transport equipment for codes 2 and 4, "
    "a transhipment for 3 and 6, neither for the others.",
)
def c0240(m: CC007C, *_: object) -> Found:
    for n, incident in enumerate(m.consignment.incident, 1):
        place = f"{consignment_at(m)}/Incident[{n}]"
        if incident.code in TRANSHIPPED:
            if incident.transhipment is None:
                yield missing(f"{place}/Transhipment")
            continue
        if incident.transhipment is not None:
            yield not_allowed(f"{place}/Transhipment")
        if incident.code in SEALS_AFFECTED:
            if not incident.transport_equipment:
                yield missing(f"{place}/TransportEquipment")
        else:
            for k in range(1, len(incident.transport_equipment) + 1):
                yield not_allowed(f"{place}/TransportEquipment[{k}]")


@rule("C0396", CC007C, text="Count the seals of the transport equipment when an incident affected them (code 2).")
def c0396(m: CC007C, *_: object) -> Found:
    for n, incident in enumerate(m.consignment.incident, 1):
        if incident.code != "2":
            continue
        for k, equipment in enumerate(incident.transport_equipment, 1):
            if equipment.number_of_seals is None:
                yield missing(f"{consignment_at(m)}/Incident[{n}]/TransportEquipment[{k}]/numberOfSeals")


@rule("C0440", CC044C, text="State the condition of the seals if the goods arrived under seal; otherwise leave it out.")
def c0440(m: CC044C, case: KnownCase | None, _: Look) -> Found:
    permission = case.permission if case is not None else None
    if permission is None:
        return
    state = m.unloading_remark.state_of_seals
    if _under_seal(permission):
        if state is None:
            yield missing(f"{root(m)}/UnloadingRemark/stateOfSeals")
    elif state is not None:
        yield not_allowed(f"{root(m)}/UnloadingRemark/stateOfSeals", int(state))


def _under_seal(permission: CC043C) -> bool:
    """Whether the unloading permission speaks of any seal, from departure or from an incident."""
    consignment = permission.consignment
    if consignment is None:
        return False
    return any(e.number_of_seals for e in consignment.transport_equipment) or any(
        e.number_of_seals for i in consignment.incident for e in i.transport_equipment
    )


INCIDENT_PLACED_BY = {"U": "UNLocode", "W": "GNSS", "Z": "Address"}
"""Qualifier of identification: the one element that then tells where the incident happened."""


@rule("C0460", CC007C, text="Place each incident by the one element that its qualifier stands for, and by no other.")
def c0460(m: CC007C, *_: object) -> Found:
    for n, incident in enumerate(m.consignment.incident, 1):
        location = incident.location
        wanted = INCIDENT_PLACED_BY.get(location.qualifier_of_identification)
        if wanted is None:
            continue
        for name, value in (("UNLocode", location.un_locode), ("GNSS", location.gnss), ("Address", location.address)):
            pointer = f"{consignment_at(m)}/Incident[{n}]/Location/{name}"
            if name == wanted:
                if value is None:
                    yield missing(pointer)
            elif value is not None:
                yield not_allowed(pointer, value if isinstance(value, str) else "")


@rule(
    "C0569",
    CC007C,
    text="List the seals that an incident left on a transport equipment; list none where there are none.",
)
def c0569_incident(m: CC007C, *_: object) -> Found:
    for n, incident in enumerate(m.consignment.incident, 1):
        for k, equipment in enumerate(incident.transport_equipment, 1):
            pointer = f"{consignment_at(m)}/Incident[{n}]/TransportEquipment[{k}]/Seal"
            if equipment.number_of_seals:
                if not equipment.seal:
                    yield missing(pointer)
            elif equipment.seal:
                yield not_allowed(pointer, equipment.seal[0].identifier)


@rule("C0820", CC007C, text="Number every container that the goods were moved into.")
def c0820(m: CC007C, *_: object) -> Found:
    for n, incident in enumerate(m.consignment.incident, 1):
        if incident.transhipment is None or not incident.transhipment.container_indicator:
            continue
        for k, equipment in enumerate(incident.transport_equipment, 1):
            if equipment.container_identification_number is None:
                yield missing(
                    f"{consignment_at(m)}/Incident[{n}]/TransportEquipment[{k}]/containerIdentificationNumber"
                )
