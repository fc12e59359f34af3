"""What may be asked of transit where goods leave the security area: at an office of exit for transit.

The operations are those of the service ``Transit``, which names each of them.
"""

from __future__ import annotations

from douane.applications.transit import tasks
from douane.applications.transit.contract.parties import (
    AT_DEPARTURE,
    AT_EXIT,
    OFFICE,
    OFFICER_EXIT,
    announced_by,
    issued_elsewhere,
    issuing,
    movement_at_departure,
    movement_at_exit,
    office_named,
    on_its_way,
    own_office,
)
from douane.applications.transit.messages import DeskRefusal, Leaving, LeavingRequest
from douane.author import COMPETENT, Law, OfCase, Poison, Who, command
from douane.standards.ncts.phase5 import CD160C, CD164C, CD165C, CD168C

LAW = ("UCC art. 267", "Convention on a common transit procedure")


class Exit:
    """Offices of exit for transit: a declaration with security data also covers that goods leave the security area."""

    @command(
        CD160C,
        task="TRA-EXC-09",
        who=Who(by=(OFFICE,), senders=issuing),
        law=Law(legal=LAW, requirements=("REQ-TRA-017",)),
        case=OfCase(opens=movement_at_exit, parties=announced_by, poison=Poison.WAIT),
    )
    def anticipate_exit(self) -> None:
        """Anticipated exit record: a movement will leave the security area at an office of exit here (IE160)."""

    @command(
        Leaving,
        replies=(DeskRefusal,),
        task="TRA-EXI-01",
        who=Who(by=(OFFICER_EXIT,), roles=(COMPETENT,), in_office=office_named),
        law=Law(legal=LAW, requirements=("REQ-TRA-017",)),
        case=OfCase(ends=(tasks.Leaving.record_exit,), about=movement_at_exit, poison=Poison.WAIT),
    )
    def record_exit(self) -> None:
        """Record that the goods left the security area at an office of exit for transit."""

    @command(
        CD168C,
        task="TRA-EXC-10",
        who=Who(by=(OFFICE,), roles=(AT_EXIT,)),
        law=Law(legal=LAW, requirements=("REQ-TRA-017",)),
        case=OfCase(about=movement_at_departure),
    )
    def notify_leaving(self) -> None:
        """The goods left the security area at an office of exit (IE168)."""

    @command(
        LeavingRequest,
        replies=(DeskRefusal,),
        task="TRA-EXI-02",
        who=Who(by=(OFFICER_EXIT,), roles=(COMPETENT,), senders=own_office, in_office=office_named),
        law=Law(legal=LAW, requirements=("REQ-TRA-017",)),
        case=OfCase(
            opens=movement_at_exit,
            about=movement_at_exit,
            parties=issued_elsewhere,
            issues=("leaving",),
            poison=Poison.WAIT,
        ),
    )
    def request_exit(self) -> None:
        """Ask departure for the record of goods that are at an office of exit that was not declared."""

    @command(
        CD164C,
        replies=(CD165C,),
        task="TRA-EXI-02",
        who=Who(by=(OFFICE,), roles=(AT_EXIT,), senders=own_office),
        law=Law(legal=LAW, requirements=("REQ-TRA-017",)),
        case=OfCase(about=movement_at_departure, joins=on_its_way, poison=Poison.WAIT),
    )
    def request_exit_record(self) -> None:
        """An office of exit that was not declared asks for the record (IE164)."""

    @command(
        CD165C,
        task="TRA-EXI-02",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=LAW, requirements=("REQ-TRA-017",)),
        case=OfCase(about=movement_at_exit, poison=Poison.WAIT),
    )
    def receive_exit_record(self) -> None:
        """The record for an office of exit, or why there is none (IE165)."""
