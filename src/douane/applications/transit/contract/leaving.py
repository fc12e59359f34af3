"""What may be asked of transit where goods leave the security area: at an office of exit for transit.

The operations are those of the service ``Transit``, which names each of them.
"""

from __future__ import annotations

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
from douane.model.declare import Poison, command
from douane.model.parties import COMPETENT
from douane.standards.ncts.phase5 import CD160C, CD164C, CD165C, CD168C

LAW = ("UCC art. 267", "Convention on a common transit procedure")


class Exit:
    """Offices of exit for transit: a declaration with security data also covers that goods leave the security area."""

    @command(
        CD160C, by=(OFFICE,), task="TRA-EXC-09", requirements=("REQ-TRA-017",), opens=movement_at_exit,
        senders=issuing, parties=announced_by, poison=Poison.WAIT, legal=LAW,
    )  # fmt: skip
    def anticipate_exit(self) -> None:
        """Anticipated exit record: a movement will leave the security area at an office of exit here (IE160)."""

    @command(
        Leaving, replies=(DeskRefusal,), by=(OFFICER_EXIT,), task="TRA-EXI-01", about=movement_at_exit,
        in_office=office_named, roles=(COMPETENT,), poison=Poison.WAIT, legal=LAW, requirements=("REQ-TRA-017",),
    )  # fmt: skip
    def record_exit(self) -> None:
        """Record that the goods left the security area at an office of exit for transit."""

    @command(
        CD168C, by=(OFFICE,), task="TRA-EXC-10", requirements=("REQ-TRA-017",), about=movement_at_departure,
        roles=(AT_EXIT,), legal=LAW,
    )  # fmt: skip
    def notify_leaving(self) -> None:
        """The goods left the security area at an office of exit (IE168)."""

    @command(
        LeavingRequest, replies=(DeskRefusal,), by=(OFFICER_EXIT,), task="TRA-EXI-02", opens=movement_at_exit,
        about=movement_at_exit, senders=own_office, parties=issued_elsewhere, roles=(COMPETENT,), poison=Poison.WAIT,
        in_office=office_named, issues=("leaving",), legal=LAW, requirements=("REQ-TRA-017",),
    )  # fmt: skip
    def request_exit(self) -> None:
        """Ask departure for the record of goods that are at an office of exit that was not declared."""

    @command(
        CD164C, replies=(CD165C,), by=(OFFICE,), task="TRA-EXI-02", requirements=("REQ-TRA-017",),
        about=movement_at_departure, senders=own_office, roles=(AT_EXIT,), joins=on_its_way, poison=Poison.WAIT,
        legal=LAW,
    )  # fmt: skip
    def request_exit_record(self) -> None:
        """An office of exit that was not declared asks for the record (IE164)."""

    @command(
        CD165C, by=(OFFICE,), task="TRA-EXI-02", requirements=("REQ-TRA-017",), about=movement_at_exit,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=LAW,
    )  # fmt: skip
    def receive_exit_record(self) -> None:
        """The record for an office of exit, or why there is none (IE165)."""
