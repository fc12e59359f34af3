"""What may be asked of transit when something went wrong after the release: enquiry, other proof, recovery.

The operations are those of the service ``Transit``, which names each of them.
"""

from __future__ import annotations

from douane.applications.transit.contract.parties import (
    AT_DEPARTURE,
    AT_DESTINATION,
    AT_RECOVERY,
    OFFICE,
    OFFICER_DEPARTURE,
    OFFICER_DESTINATION,
    announced_by,
    issuing,
    movement_at_departure,
    movement_at_destination,
    movement_expected,
    recovery_elsewhere,
)
from douane.applications.transit.messages import (
    AlternativeProof,
    AnswerTime,
    DeskRefusal,
    DutyCollection,
    DutyDetermination,
    DutyPayment,
    EnquiryClosure,
    EnquiryStart,
    GuarantorNotice,
    HolderQuestion,
    InformationForOffice,
    InformationRequest,
    RecoveryDecision,
    RecoveryTransfer,
)
from douane.model.declare import Poison, command
from douane.model.parties import COMPETENT
from douane.standards.ncts.phase5 import (
    CC023C,
    CC035C,
    CC045C,
    CC140C,
    CD059C,
    CD063C,
    CD142C,
    CD143C,
    CD144C,
    CD145C,
    CD150C,
    CD151C,
    CD152C,
)


class AfterRelease:
    """Enquiry in its stages (IA art. 310), alternative proof (312), recovery and its transfer (311, UCC art. 101)."""

    # --- officers of departure

    @command(
        EnquiryStart, replies=(CC140C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-ENQ-06",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 310",),
        requirements=("REQ-TRA-009",),
    )  # fmt: skip
    def begin_enquiry(self) -> None:
        """Begin an enquiry: when the limit for the journey is over, or at once on suspicion."""

    @command(
        HolderQuestion, replies=(CC140C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-ENQ-07",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 310",),
        requirements=("REQ-TRA-009",),
    )  # fmt: skip
    def ask_holder(self) -> None:
        """Ask the holder, as what destination replied does not suffice."""

    @command(
        AnswerTime, replies=(DeskRefusal,), by=(OFFICER_DEPARTURE,), task="TRA-ENQ-12",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 280",),
        requirements=("REQ-TRA-018",),
    )  # fmt: skip
    def prolong_answer(self) -> None:
        """Give the holder of a TIR carnet 28 more days to answer an enquiry, at his request."""

    @command(
        InformationForOffice, replies=(DeskRefusal,), by=(OFFICER_DEPARTURE,), task="TRA-ENQ-08",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 310",),
        requirements=("REQ-TRA-009",),
    )  # fmt: skip
    def inform_office(self) -> None:
        """Send the office involved what the holder said, and ask it once more (IE144)."""

    @command(
        EnquiryClosure, replies=(CC035C, CC045C, CC140C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-ENQ-05",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 310", "UCC art. 87"),
        requirements=("REQ-TRA-009",),
    )  # fmt: skip
    def close_enquiry(self) -> None:
        """Close an enquiry with discharge or with the start of recovery."""

    @command(
        AlternativeProof, replies=(CC045C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-ENQ-09",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 312",),
        requirements=("REQ-TRA-013",),
    )  # fmt: skip
    def accept_proof(self) -> None:
        """Accept another proof that the procedure was ended, also after recovery has begun."""

    @command(
        RecoveryTransfer, replies=(DeskRefusal,), by=(OFFICER_DEPARTURE,), task="TRA-REC-05",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 311",),
        requirements=("REQ-TRA-014",),
    )  # fmt: skip
    def hand_over_recovery(self) -> None:
        """Ask the authority of the place where the debt was incurred to recover it (IE150)."""

    @command(
        DutyDetermination, replies=(CC035C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-REC-01",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("UCC art. 101", "UCC art. 105"),
        requirements=("REQ-TRA-013",),
    )  # fmt: skip
    def determine_duty(self) -> None:
        """Determine the duty on goods that are lost; holder and offices are told (IE035, IE063)."""

    @command(
        GuarantorNotice, replies=(CC023C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-REC-02",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("DA art. 85",),
        requirements=("REQ-TRA-013",),
    )  # fmt: skip
    def tell_guarantor(self) -> None:
        """Tell the guarantor within nine months that the procedure was not discharged (IE023)."""

    @command(
        DutyPayment, replies=(CC045C, DeskRefusal), by=(OFFICER_DEPARTURE,), task="TRA-REC-03",
        about=movement_at_departure, roles=(COMPETENT,), poison=Poison.WAIT, legal=("UCC art. 108", "UCC art. 124"),
        requirements=("REQ-TRA-013",),
    )  # fmt: skip
    def record_payment(self) -> None:
        """Record that the duty was paid: the movement is written off (IE045)."""

    # --- between the offices of an enquiry

    @command(
        CD145C, by=(OFFICE,), task="TRA-ENQ-11", requirements=("REQ-TRA-009",), about=movement_at_departure,
        roles=(AT_DESTINATION,), poison=Poison.WAIT, legal=("IA art. 310",),
    )  # fmt: skip
    def ask_for_information(self) -> None:
        """Destination asks what else is known (IE145)."""

    @command(
        CD144C, replies=(CD143C,), by=(OFFICE,), task="TRA-ENQ-08", requirements=("REQ-TRA-009",),
        about=movement_at_destination, roles=(AT_DEPARTURE,), legal=("IA art. 310",),
    )  # fmt: skip
    def take_information(self) -> None:
        """What the holder said, for the office involved, which replies once more (IE144)."""

    @command(
        InformationRequest, replies=(CD142C, DeskRefusal), by=(OFFICER_DESTINATION,), task="TRA-ENQ-11",
        about=movement_at_destination, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 310",),
        requirements=("REQ-TRA-009",),
    )  # fmt: skip
    def request_information(self) -> None:
        """Ask the office of departure what else it knows of a movement that it enquires about (IE145)."""

    @command(
        CD059C, by=(OFFICE,), task="TRA-ENQ-10", requirements=("REQ-TRA-013",), about=movement_at_destination,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=("IA art. 310",),
    )  # fmt: skip
    def cancel_enquiry(self) -> None:
        """The office of departure looks no more for a movement: it has another proof (IE059)."""

    # --- between authorities of recovery

    @command(
        CD063C, by=(OFFICE,), task="TRA-REC-04", requirements=("REQ-TRA-013",), about=movement_expected,
        roles=(AT_DEPARTURE,), poison=Poison.WAIT, legal=("UCC art. 102",),
    )  # fmt: skip
    def note_recovery(self) -> None:
        """The duty on a movement that was announced here is being recovered (IE063)."""

    @command(
        CD150C, replies=(CD151C,), by=(OFFICE,), task="TRA-REC-05", requirements=("REQ-TRA-014",),
        opens=recovery_elsewhere, senders=issuing, parties=announced_by, poison=Poison.WAIT, legal=("IA art. 311",),
    )  # fmt: skip
    def request_recovery(self) -> None:
        """The office of departure asks an authority here to recover the duty (IE150)."""

    @command(
        RecoveryDecision, replies=(DeskRefusal,), by=(OFFICER_DESTINATION,), task="TRA-REC-06",
        about=recovery_elsewhere, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 311",),
        requirements=("REQ-TRA-014",),
    )  # fmt: skip
    def decide_recovery(self) -> None:
        """Say whether the authority here is competent to recover."""

    @command(
        CD151C, by=(OFFICE,), task="TRA-REC-06", requirements=("REQ-TRA-014",), about=movement_at_departure,
        roles=(AT_RECOVERY,), poison=Poison.WAIT, legal=("IA art. 311",),
    )  # fmt: skip
    def answer_transfer(self) -> None:
        """Another authority recovers the duty, or does not (IE151)."""

    @command(
        DutyCollection, replies=(DeskRefusal,), by=(OFFICER_DESTINATION,), task="TRA-REC-07",
        about=recovery_elsewhere, roles=(COMPETENT,), poison=Poison.WAIT, legal=("IA art. 311",),
        requirements=("REQ-TRA-014",),
    )  # fmt: skip
    def record_collection(self) -> None:
        """Record that the duty was collected here; the office of departure is told."""

    @command(
        CD152C, replies=(CC045C,), by=(OFFICE,), task="TRA-REC-07", requirements=("REQ-TRA-014",),
        about=movement_at_departure, roles=(AT_RECOVERY,), poison=Poison.WAIT, legal=("IA art. 311",),
    )  # fmt: skip
    def tell_collection(self) -> None:
        """The authority that took the recovery over collected the duty (IE152)."""
