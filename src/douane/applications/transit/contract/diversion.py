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
from douane.author import COMPETENT, Law, OfCase, Poison, Who, command
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
        PassageRequest,
        replies=(DeskRefusal,),
        task="TRA-TRA-02",
        who=Who(by=(OFFICER_TRANSIT,), roles=(COMPETENT,), senders=own_office, in_office=office_named),
        law=Law(legal=("IA art. 304",), requirements=("REQ-TRA-015",)),
        case=OfCase(
            opens=movement_at_transit,
            about=movement_at_transit,
            parties=issued_elsewhere,
            issues=("passage",),
            poison=Poison.WAIT,
        ),
    )
    def request_passage(self) -> None:
        """Ask departure for the record of goods that are at an office of transit that was not declared."""

    @command(
        CD114C,
        replies=(CD115C,),
        task="TRA-TRA-02",
        who=Who(by=(OFFICE,), roles=(AT_TRANSIT,), senders=own_office),
        law=Law(legal=("IA art. 304",), requirements=("REQ-TRA-015",)),
        case=OfCase(about=movement_at_departure, joins=on_its_way, poison=Poison.WAIT),
    )
    def request_transit_record(self) -> None:
        """An office of transit that was not declared asks for the record (IE114)."""

    @command(
        CD115C,
        task="TRA-TRA-02",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("IA art. 304",), requirements=("REQ-TRA-015",)),
        case=OfCase(about=movement_at_transit, poison=Poison.WAIT),
    )
    def receive_transit_record(self) -> None:
        """The record for an office of transit, or why there is none (IE115)."""

    @command(
        ArrivalRequest,
        replies=(DeskRefusal,),
        task="TRA-DES-06",
        who=Who(by=(OFFICER_DESTINATION,), roles=(COMPETENT,), senders=own_office, in_office=office_named),
        law=Law(legal=("UCC art. 233", "IA art. 306"), requirements=("REQ-TRA-015",)),
        case=OfCase(
            opens=movement_at_destination,
            about=movement_at_destination,
            parties=issued_elsewhere,
            issues=("arrival",),
            poison=Poison.WAIT,
        ),
    )
    def request_arrival(self) -> None:
        """Ask departure for the record of goods that are at an office of destination that was not declared."""

    @command(
        CD002C,
        replies=(CD003C,),
        task="TRA-DES-06",
        who=Who(by=(OFFICE,), roles=(AT_DESTINATION,), senders=own_office),
        law=Law(legal=("IA art. 306",), requirements=("REQ-TRA-015",)),
        case=OfCase(about=movement_at_departure, joins=on_its_way, poison=Poison.WAIT),
    )
    def request_arrival_record(self) -> None:
        """An office of destination that was not declared asks for the record (IE002)."""

    @command(
        CD003C,
        task="TRA-DES-06",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("IA art. 306",), requirements=("REQ-TRA-015",)),
        case=OfCase(about=movement_at_destination, poison=Poison.WAIT),
    )
    def receive_arrival_record(self) -> None:
        """The record for an office of destination, or why there is none (IE003)."""

    @command(
        IncidentReport,
        replies=(DeskRefusal,),
        task="TRA-TRA-03",
        who=Who(by=(OFFICER_TRANSIT,), roles=(COMPETENT,), senders=own_office, in_office=office_named),
        law=Law(legal=("IA art. 305",), requirements=("REQ-TRA-016",)),
        case=OfCase(
            opens=incident_on_the_way,
            about=incident_on_the_way,
            parties=issued_elsewhere,
            issues=("incident",),
            poison=Poison.WAIT,
        ),
    )
    def record_incident(self) -> None:
        """Record an incident that happened to goods on their way; departure is told (IE180)."""

    @command(
        CD180C,
        replies=(CC182C,),
        task="TRA-TRA-03",
        who=Who(by=(OFFICE,), roles=(AT_INCIDENT,), senders=own_office),
        law=Law(legal=("IA art. 305",), requirements=("REQ-TRA-016",)),
        case=OfCase(about=movement_at_departure, joins=on_its_way, poison=Poison.WAIT),
    )
    def notify_incident(self) -> None:
        """An office on the way registered an incident (IE180); holder and offices ahead are told (IE182, IE181)."""

    @command(
        CD181C,
        task="TRA-TRA-03",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("IA art. 305",), requirements=("REQ-TRA-016",)),
        case=OfCase(about=movement_expected, poison=Poison.WAIT),
    )
    def forward_incident(self) -> None:
        """An incident happened to a movement that is expected here (IE181)."""

    @command(
        CD010C,
        task="TRA-EXC-07",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("UCC art. 174",), requirements=("REQ-TRA-004",)),
        case=OfCase(about=movement_expected, poison=Poison.WAIT),
    )
    def cancel_movement(self) -> None:
        """The office of departure invalidated a movement that was announced here (IE010)."""

    @command(
        CD024C,
        task="TRA-EXC-08",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("IA art. 307",), requirements=("REQ-TRA-015",)),
        case=OfCase(about=movement_expected, poison=Poison.WAIT),
    )
    def forward_arrival(self) -> None:
        """A movement that was announced here arrived without coming by (IE024)."""

    @command(
        PassageWithdrawn,
        task="TRA-EXC-08",
        who=Who(by=(OFFICE,), roles=(COMPETENT,), senders=own_office),
        law=Law(legal=("IA art. 307",), requirements=("REQ-TRA-015",)),
        case=OfCase(about=own_offices_ahead, poison=Poison.WAIT),
    )
    def withdraw_passage(self) -> None:
        """Own offices of transit or exit are told what one office was told for all of the administration."""
