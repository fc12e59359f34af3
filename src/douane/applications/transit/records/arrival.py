"""What the office of destination and the offices of transit keep of a movement that comes to them."""

from __future__ import annotations

import datetime as dt

from douane.applications.transit.contract.parties import AT_DEPARTURE, PRESENTING
from douane.applications.transit.records.states import AtDestination, OnTheWay, Registered
from douane.applications.transit.rules.claims import Claim
from douane.author import Members, administration, issuer_of_mrn, trader
from douane.author.run import Case, Value, record
from douane.standards.ncts.phase5 import CD001C


def parties_of(kept: Arrival) -> Members:
    """The administration of departure, and who presented the goods."""
    departure = ((administration(kept.office_of_departure[:2]), AT_DEPARTURE),)
    return (*departure, (trader(kept.sender), PRESENTING)) if kept.sender else departure


@record(24, case=Case(parties_of, office="office", state="state", deadline="deadline", states=AtDestination))
class Arrival(Value, frozen=True):
    """A movement at its office of destination. States: expected, arrived, unloading, released, not released; of goods
    that were not: confiscated, destroyed, abandoned.

    named: the traders whom its record names are parties of the case; they are not in one that release 0.1 opened.
    lateness: what an officer said of a late arrival. remarks_at: where the unloading remarks with what was found stand
    in the journal. enquiry: identification of the last enquiry of departure. recovery: departure told that the duty is
    being recovered. control_for: why an officer is to see the goods, empty where nobody need; risk: what the tables of
    risk say of them. limit_date: by when departure had them presented (IA art. 297), None where that is not known here;
    late_days: how many days later they were. claims: what the register of another node is to confirm of whoever
    wants to receive the goods.
    """

    mrn: str
    office_of_departure: str
    office: str
    holder: str
    binding_itinerary: bool
    state: str = "expected"
    trader: str = ""
    sender: str = ""
    arrived: int = 0
    simplified: bool = False
    conform: bool = True
    unloaded: bool = False
    control: str = ""
    remarks: str = ""
    deadline: int = 0
    continuations: int = 0
    named: bool = False
    lateness: str = ""
    seals_intact: bool = True
    remarks_at: int = 0
    enquiry: str = ""
    recovery: bool = False
    reason: str = ""
    incidents: int = 0
    control_for: tuple[str, ...] = ()
    risk: tuple[str, ...] = ()
    limit_date: dt.date | None = None
    late_days: int = 0
    claims: tuple[Claim, ...] = ()


@record(25)
class AnticipatedArrival(Value, frozen=True):
    """The anticipated arrival record as the office of departure sent it, read for the permission.

    It is the message at ``position`` of the journal; earlier releases kept it in ``message``.
    """

    message: CD001C | None = None
    position: int = 0


def announced_by(kept: PassageRecord) -> Members:
    """The administration of departure."""
    return ((administration(kept.office_of_departure[:2]), AT_DEPARTURE),)


@record(26, case=Case(announced_by, office="office", others="offices", state="state", states=OnTheWay))
class PassageRecord(Value, frozen=True):
    """A movement at the offices of transit of one administration, by one record for all of them (G0170).

    offices: those that expect it; release 0.1 kept one alone. passages: those that saw it. asked: an office that was
    not declared and asks for the record. reason: why it is not expected any more, or not known at departure (CL225).
    """

    mrn: str
    office_of_departure: str
    office: str
    holder: str
    state: str = "expected"
    passed_on: str = ""
    officer: str = ""
    recovery: bool = False
    offices: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    released_on: dt.date | None = None
    asked: str = ""
    reason: str = ""
    incidents: int = 0


@record(29, case=Case(announced_by, office="office", others="offices", state="state", states=OnTheWay))
class LeavingRecord(PassageRecord, frozen=True):
    """A movement at the offices of exit for transit of one administration, kept as at its offices of transit.

    passages: the offices at which the goods left the security area.
    """


def registered_for(kept: IncidentsSeen) -> Members:
    """The administration of departure."""
    return ((administration(issuer_of_mrn(kept.mrn)), AT_DEPARTURE),)


@record(28, case=Case(registered_for, office="office", state="state", states=Registered))
class IncidentsSeen(Value, frozen=True):
    """What an administration registered of a movement on its way. number: of incidents so far."""

    mrn: str
    office: str
    number: int = 0
    state: str = Registered.REGISTERED.value
