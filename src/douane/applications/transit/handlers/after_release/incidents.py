"""What happens to goods on their way: registered where they are, told to departure, holder and the offices ahead."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import AT_INCIDENT
from douane.applications.transit.handlers import exchanges
from douane.applications.transit.handlers.after_release.offices import nack
from douane.applications.transit.handlers.desk import must_be_an_mrn, tell_officer
from douane.applications.transit.handlers.destination import refuse_office
from douane.applications.transit.handlers.envelopes import head, now, office_of
from douane.applications.transit.handlers.lodging import READS
from douane.applications.transit.handlers.replies import declared, office
from douane.applications.transit.messages import IncidentReport
from douane.applications.transit.records.arrival import Arrival, IncidentsSeen, LeavingRecord, PassageRecord
from douane.applications.transit.records.departure import Departure
from douane.applications.transit.rules.conditions.arrival import SEALS_AFFECTED, SEALS_BROKEN, TRANSHIPPED
from douane.author import Fault, administration, issuer_of_mrn
from douane.author.run import Work, handles
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC182C, CD180C, CD181C

BY_UN_LOCODE = "U"
"""A place is named by its UN/LOCODE (CL038, C0460)."""


@handles(Transit.record_incident, reads=(IncidentsSeen,), refuse=tell_officer)
def record_incident(work: Work, m: IncidentReport) -> None:
    """IE180 to the administration that issued the MRN; it says whether the movement is on its way."""
    must_be_an_mrn(m.mrn)
    wrong = against_report(m)
    if wrong is not None:
        tell_officer(work, m, (wrong,))
        return
    seen = work.get(IncidentsSeen) or IncidentsSeen(m.mrn, m.office)
    work.put(replace(seen, number=seen.number + 1))
    to = office_of(issuer_of_mrn(m.mrn))
    work.send(
        CD180C(
            **head(work, CD180C, to),
            transit_operation=p5.TransitOperation47(mrn=m.mrn, incident_notification_date_and_time=now(work)),
            customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number=m.departure),
            customs_office_of_incident_registration=p5.CustomsOfficeOfIncidentRegistration02(reference_number=m.office),
            consignment=p5.Consignment22(incident=(_incident(work, m),)),
        ),
        to,
    )


def against_report(m: IncidentReport) -> Fault | None:
    """Why an incident cannot be told so: its kind calls for seals, for another means of transport, or for none."""
    if (m.code in TRANSHIPPED) != bool(m.means):
        return Fault("/means", "14", "Name another means of transport with codes 3 and 6 alone (C0240).", rule="C0240")
    if m.code == SEALS_BROKEN and not m.seals:
        return Fault("/seals", "13", "Name the new seals: after code 2 they are counted (C0396, R0448).", rule="C0396")
    if m.seals and m.code not in SEALS_AFFECTED:
        return Fault("/seals", "15", "New seals are put after codes 2 and 4 alone (C0240).", rule="C0240")
    return None


def _incident(work: Work, m: IncidentReport) -> p5.Incident01:
    country = m.un_locode[:2]
    seals = tuple(p5.Seal02(sequence_number=n, identifier=each) for n, each in enumerate(m.seals, 1))
    equipment = p5.TransportEquipment01(sequence_number=1, number_of_seals=len(seals) or None, seal=seals)
    return p5.Incident01(
        sequence_number=1,
        code=m.code,
        text=m.text,
        endorsement=p5.Endorsement01(
            date=work.today(m.office), authority=m.office, place=m.un_locode, country=m.office[:2]
        ),
        location=p5.Location(qualifier_of_identification=BY_UN_LOCODE, un_locode=m.un_locode, country=country),
        transport_equipment=(equipment,) if m.code in SEALS_AFFECTED else (),
        transhipment=_transhipment(m) if m.means else None,
    )


def _transhipment(m: IncidentReport) -> p5.Transhipment:
    named = p5.TransportMeans(
        type_of_identification=m.means_type, identification_number=m.means, nationality=m.means_nationality
    )
    return p5.Transhipment(container_indicator=False, transport_means=named)


@handles(Transit.notify_incident, reads=READS, refuse=nack)
def notify_incident(work: Work, m: CD180C) -> None:
    """Keep what happened; tell the holder (IE182) and the offices ahead, one message an administration (IE181)."""
    case = work.need(Departure)
    registering = m.customs_office_of_incident_registration
    work.admit(administration(registering.reference_number[:2]), AT_INCIDENT)
    work.put(replace(case, incidents=(*case.incidents, work.remember(m))))
    told: dict[str, Any] = {
        "transit_operation": m.transit_operation, "customs_office_of_departure": office(case),
        "customs_office_of_incident_registration": registering, "consignment": m.consignment,
    }  # fmt: skip
    work.send(CC182C(**head(work, CC182C, case.declarant), **told), case.declarant)
    for country in exchanges.ahead(case):
        forwarded = CD181C(
            **head(work, CD181C, office_of(country)), **told,
            customs_office_of_destination_declared=declared(work).customs_office_of_destination_declared,
            customs_office_of_transit_declared=exchanges.transits_ahead(case),
            customs_office_of_exit_for_transit_declared=exchanges.exits_ahead(work, case, country),
        )  # fmt: skip
        work.send(forwarded, office_of(country))


def all_of(work: Work, case: Departure) -> tuple[p5.Incident01, ...]:
    """Every incident of a movement, numbered anew: what a record that is asked for tells (G0143)."""
    told = [work.journalled(each) for each in case.incidents]
    found = [each for message in told for each in message.consignment.incident]
    return tuple(replace(each, sequence_number=n) for n, each in enumerate(found, 1))


@handles(Transit.forward_incident, reads=(Arrival, PassageRecord, LeavingRecord), refuse=refuse_office)
def forward_incident(work: Work, m: CD181C) -> None:
    """Who expects the goods sees that something happened to them."""
    case = work.get(Arrival) or work.get(PassageRecord) or work.need(LeavingRecord)
    work.put(replace(case, incidents=case.incidents + len(m.consignment.incident)))
