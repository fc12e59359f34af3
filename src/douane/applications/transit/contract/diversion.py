"""What may be asked of transit when goods come to an office that was not declared, and who is told what became of them.

The operations are those of the service ``Transit``, which names each of them.
"""

from __future__ import annotations

from douane.applications.transit.contract.parties import (
    AT_DEPARTURE,
    AT_DESTINATION,
    AT_INCIDENT,
    AT_TRANSIT,
    OFFICE,
    OFFICER_DESTINATION,
    OFFICER_TRANSIT,
    incident_on_the_way,
    issued_elsewhere,
    movement_at_departure,
    movement_at_destination,
    movement_at_transit,
    movement_expected,
    office_named,
    on_its_way,
    own_office,
    own_offices_ahead,
)
from douane.applications.transit.messages import (
    ArrivalRequest,
    DeskRefusal,
    IncidentReport,
    PassageRequest,
    PassageWithdrawn,
)
from douane.model.declare import Poison, command
from douane.model.parties import COMPETENT
from douane.standards.ncts.phase5 import (
    CC182C,
    CD002C,
    CD003C,
    CD010C,
    CD024C,
    CD114C,
    CD115C,
    CD180C,
    CD181C,
)


class Diversion:
    """Offices that were not declared (IA art. 304(4), 306(4)), invalidation and arrival told ahead (IA art. 307(2))."""

    @command(
        PassageRequest, replies=(DeskRefusal,), by=(OFFICER_TRANSIT,), task="TRA-TRA-02",
        opens=movement_at_transit, about=movement_at_transit, senders=own_office, parties=issued_elsewhere,
        roles=(COMPETENT,), in_office=office_named, issues=("passage",),
        poison=Poison.WAIT, legal=("IA art. 304",), requirements=("REQ-TRA-015",),
    )  # fmt: skip
    def request_passage(self) -> None:
        """Ask departure for the record of goods that are at an office of transit that was not declared."""

    @command(
        CD114C, replies=(CD115C,), by=(OFFICE,), task="TRA-TRA-02", requirements=("REQ-TRA-015",),
        about=movement_at_departure, senders=own_office, roles=(AT_TRANSIT,), joins=on_its_way, poison=Poison.WAIT,
        legal=("IA art. 304",),
    )  # fmt: skip
    def request_transit_record(self) -> None:
        """An office of transit that was not declared asks for the record (IE114)."""

    @command(
        CD115C, by=(OFFICE,), task="TRA-TRA-02", requirements=("REQ-TRA-015",), about=movement_at_transit,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=("IA art. 304",),
    )  # fmt: skip
    def receive_transit_record(self) -> None:
        """The record for an office of transit, or why there is none (IE115)."""

    @command(
        ArrivalRequest, replies=(DeskRefusal,), by=(OFFICER_DESTINATION,), task="TRA-DES-06",
        opens=movement_at_destination, about=movement_at_destination, senders=own_office, parties=issued_elsewhere,
        roles=(COMPETENT,), in_office=office_named, issues=("arrival",),
        poison=Poison.WAIT, legal=("UCC art. 233", "IA art. 306"), requirements=("REQ-TRA-015",),
    )  # fmt: skip
    def request_arrival(self) -> None:
        """Ask departure for the record of goods that are at an office of destination that was not declared."""

    @command(
        CD002C, replies=(CD003C,), by=(OFFICE,), task="TRA-DES-06", requirements=("REQ-TRA-015",),
        about=movement_at_departure, senders=own_office, roles=(AT_DESTINATION,), joins=on_its_way, poison=Poison.WAIT,
        legal=("IA art. 306",),
    )  # fmt: skip
    def request_arrival_record(self) -> None:
        """An office of destination that was not declared asks for the record (IE002)."""

    @command(
        CD003C, by=(OFFICE,), task="TRA-DES-06", requirements=("REQ-TRA-015",), about=movement_at_destination,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=("IA art. 306",),
    )  # fmt: skip
    def receive_arrival_record(self) -> None:
        """The record for an office of destination, or why there is none (IE003)."""

    @command(
        IncidentReport, replies=(DeskRefusal,), by=(OFFICER_TRANSIT,), task="TRA-TRA-03",
        opens=incident_on_the_way, about=incident_on_the_way, senders=own_office, parties=issued_elsewhere,
        roles=(COMPETENT,), in_office=office_named, poison=Poison.WAIT, legal=("IA art. 305",),
        issues=("incident",), requirements=("REQ-TRA-016",),
    )  # fmt: skip
    def record_incident(self) -> None:
        """Record an incident that happened to goods on their way; departure is told (IE180)."""

    @command(
        CD180C, replies=(CC182C,), by=(OFFICE,), task="TRA-TRA-03", requirements=("REQ-TRA-016",),
        about=movement_at_departure, senders=own_office, roles=(AT_INCIDENT,), joins=on_its_way, poison=Poison.WAIT,
        legal=("IA art. 305",),
    )  # fmt: skip
    def notify_incident(self) -> None:
        """An office on the way registered an incident (IE180); holder and offices ahead are told (IE182, IE181)."""

    @command(
        CD181C, by=(OFFICE,), task="TRA-TRA-03", requirements=("REQ-TRA-016",), about=movement_expected,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=("IA art. 305",),
    )  # fmt: skip
    def forward_incident(self) -> None:
        """An incident happened to a movement that is expected here (IE181)."""

    @command(
        CD010C, by=(OFFICE,), task="TRA-EXC-07", requirements=("REQ-TRA-004",), about=movement_expected,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=("UCC art. 174",),
    )  # fmt: skip
    def cancel_movement(self) -> None:
        """The office of departure invalidated a movement that was announced here (IE010)."""

    @command(
        CD024C, by=(OFFICE,), task="TRA-EXC-08", requirements=("REQ-TRA-015",), about=movement_expected,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=("IA art. 307",),
    )  # fmt: skip
    def forward_arrival(self) -> None:
        """A movement that was announced here arrived without coming by (IE024)."""

    @command(
        PassageWithdrawn, by=(OFFICE,), task="TRA-EXC-08", requirements=("REQ-TRA-015",), about=own_offices_ahead,
        senders=own_office, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 307",),
    )  # fmt: skip
    def withdraw_passage(self) -> None:
        """Own offices of transit or exit are told what one office was told for all of the administration."""
