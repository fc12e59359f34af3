"""Availability: announced by an administration, told to all others, kept by everybody."""

from __future__ import annotations

from typing import Any

from douane.applications.availability.messages import (
    AvailabilityQuery,
    AvailabilityView,
    NothingAnnounced,
    ScheduleRequest,
)
from douane.author import (
    COMPETENT,
    NCTS5,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Law,
    Level,
    OfCase,
    Party,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    command,
    derived,
    query,
    service,
)
from douane.author.needs import ABSENCES, OUTAGES, PLANNED
from douane.standards.ncts.phase5 import CD070C, CD071C, CD906C, CD971C

ADMINISTRATION = Actor("administration", ActorKind.MEMBER_STATE, "Announces when its systems are out of service")
COMMISSION = Actor("", ActorKind.COMMISSION, "Watches the availability of the common domain")
OFFICER = Actor("", ActorKind.OFFICER, "Asks whether another administration can answer")
TRADER = Actor("", ActorKind.TRADER, "Asks whether an administration can answer")
PUBLIC = Actor("", ActorKind.PUBLIC, "Asks without an identity which systems are out of service")


def administration_of(message: Any) -> str:
    """The Union keeps what is announced (IE070); a notice is for the administration that is told."""
    if isinstance(message, (CD071C, CD971C)):
        return message.message_recipient[-2:]
    return ""


def schedule_of(message: Any, _caller: Caller) -> tuple[str, str]:
    """What one country has announced."""
    return "unavailability", message.country.country


def telling(message: CD071C) -> tuple[Party, ...]:
    """Who may tell what a country announced: itself, the centre, and whoever is told, from the schedule that it got."""
    told = message.message_recipient[-2:]
    return tuple(administration(code) for code in (message.country.country, "EU", told))


ANNOUNCING = CaseRole(
    "announcing administration", "The administration whose system is out of service, or who tells of it"
)


@service(
    "availability",
    title="Availability of systems",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("it says what is done while others are away"),
    legal=("UCC art. 6(3)", "UCC art. 280"),
    families=(NCTS5,),
    administration=administration_of,
    realises=("reference data management",),
    legacy_queue=True,
    admin_queue=True,
    supplies=(ABSENCES, PLANNED),
)
class Availability:
    """Unavailability of national systems: announced, told to every administration, kept in mind by deliveries."""

    @command(
        CD070C,
        replies=(CD906C,),
        task="AVA-ANN-01",
        who=Who(by=(ADMINISTRATION,), roles=(ANNOUNCING,), senders=lambda m: (administration(m.country.country),)),
        law=Law(requirements=("REQ-AVA-001", "REQ-AVA-002")),
        case=OfCase(opens=schedule_of, about=schedule_of, parties=lambda _, caller: ((caller.party, ANNOUNCING),)),
    )
    def announce(self) -> None:
        """Announce, change or take back times in which an own system is out of service (IE070)."""

    @command(
        CD071C,
        replies=(CD906C,),
        task="AVA-ANN-02",
        who=Who(by=(ADMINISTRATION,), roles=(ANNOUNCING, COMPETENT), senders=telling),
        law=Law(requirements=("REQ-AVA-001",)),
        case=OfCase(opens=schedule_of, about=schedule_of, parties=lambda _, caller: ((caller.party, ANNOUNCING),)),
    )
    def take_note(self) -> None:
        """Take note of what another administration has announced (IE071)."""

    @command(
        ScheduleRequest,
        replies=(CD971C, NothingAnnounced),
        task="AVA-ANN-03",
        who=Who(by=(ADMINISTRATION,)),
        law=Law(requirements=("REQ-AVA-003",)),
    )
    def request_schedule(self) -> None:
        """Ask for everything that is announced, as after a restart."""

    @command(
        CD971C,
        replies=(CD906C,),
        task="AVA-ANN-02",
        who=Who(by=(ADMINISTRATION,)),
        law=Law(requirements=("REQ-AVA-003",)),
    )
    def take_schedule(self) -> None:
        """Take the full schedule in place of what was known (IE971)."""

    @query(
        AvailabilityQuery,
        AvailabilityView,
        task="AVA-QRY-01",
        who=Who(by=(ADMINISTRATION, COMMISSION, OFFICER, TRADER, PUBLIC)),
        law=Law(requirements=("REQ-AVA-004",)),
        fills=OUTAGES,
    )
    def show(self) -> None:
        """Show who is out of service now, and next."""


_TESTS = "src/douane/applications/availability/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("availability", 2, "Availability of systems", "common foundations", ("reference data management",)),
    Task("AVA-ANN-01", "Announce that a system is out of service", "availability"),
    Task("AVA-ANN-02", "Take note of what others announce", "availability"),
    Task("AVA-ANN-03", "Ask for the full schedule", "availability"),
    Task("AVA-QRY-01", "See who is out of service", "availability"),
    Requirement(
        "REQ-AVA-001", "An announced unavailability is known to every administration.",
        (f"{_TESTS}/test_rules.py", "tests/journeys/test_availability.py"),
    ),
    Requirement(
        "REQ-AVA-002", "Deliveries to an administration wait while it is out of service, and go on at the end.",
        ("tests/journeys/test_availability.py",),
    ),
    Requirement(
        "REQ-AVA-003", "Who missed notices gets everything that is announced.", ("tests/journeys/test_availability.py",)
    ),
    Requirement(
        "REQ-AVA-004", "Everybody who depends on an administration can see when it is out of service.",
        (f"{_TESTS}/test_rules.py", "tests/journeys/test_availability.py"),
    ),
)  # fmt: skip
"""Where availability stands in the Reference Architecture."""
