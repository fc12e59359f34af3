"""What may be asked of transit when something went wrong after the release: enquiry, other proof, recovery.

The operations are those of the service ``Transit``, which names each of them.
"""

from __future__ import annotations

from douane.applications.transit import tasks
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
from douane.author import COMPETENT, Law, OfCase, Poison, Who, command
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
        EnquiryStart,
        replies=(CC140C, DeskRefusal),
        task="TRA-ENQ-06",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def begin_enquiry(self) -> None:
        """Begin an enquiry: when the limit for the journey is over, or at once on suspicion."""

    @command(
        HolderQuestion,
        replies=(CC140C, DeskRefusal),
        task="TRA-ENQ-07",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-009",)),
        case=OfCase(ends=(tasks.Enquiry.judge_reply,), about=movement_at_departure, poison=Poison.WAIT),
    )
    def ask_holder(self) -> None:
        """Ask the holder, as what destination replied does not suffice."""

    @command(
        AnswerTime,
        replies=(DeskRefusal,),
        task="TRA-ENQ-12",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 280",), requirements=("REQ-TRA-018",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def prolong_answer(self) -> None:
        """Give the holder of a TIR carnet 28 more days to answer an enquiry, at his request."""

    @command(
        InformationForOffice,
        replies=(DeskRefusal,),
        task="TRA-ENQ-08",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-009",)),
        case=OfCase(ends=(tasks.Enquiry.close_enquiry,), about=movement_at_departure, poison=Poison.WAIT),
    )
    def inform_office(self) -> None:
        """Send the office involved what the holder said, and ask it once more (IE144)."""

    @command(
        EnquiryClosure,
        replies=(CC035C, CC045C, CC140C, DeskRefusal),
        task="TRA-ENQ-05",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 310", "UCC art. 87"), requirements=("REQ-TRA-009",)),
        case=OfCase(
            ends=(
                tasks.Enquiry.close_enquiry,
                tasks.Journey.resolve_discrepancies,
                tasks.Departure.close_enquiry,
                tasks.Departure.resolve_discrepancies,
            ),
            about=movement_at_departure,
            poison=Poison.WAIT,
        ),
    )
    def close_enquiry(self) -> None:
        """Close an enquiry with discharge or with the start of recovery."""

    @command(
        AlternativeProof,
        replies=(CC045C, DeskRefusal),
        task="TRA-ENQ-09",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 312",), requirements=("REQ-TRA-013",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def accept_proof(self) -> None:
        """Accept another proof that the procedure was ended, also after recovery has begun."""

    @command(
        RecoveryTransfer,
        replies=(DeskRefusal,),
        task="TRA-REC-05",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 311",), requirements=("REQ-TRA-014",)),
        case=OfCase(ends=(tasks.Enquiry.close_enquiry,), about=movement_at_departure, poison=Poison.WAIT),
    )
    def hand_over_recovery(self) -> None:
        """Ask the authority of the place where the debt was incurred to recover it (IE150)."""

    @command(
        DutyDetermination,
        replies=(CC035C, DeskRefusal),
        task="TRA-REC-01",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 101", "UCC art. 105"), requirements=("REQ-TRA-013",)),
        case=OfCase(ends=(tasks.Collecting.determine_duty,), about=movement_at_departure, poison=Poison.WAIT),
    )
    def determine_duty(self) -> None:
        """Determine the duty on goods that are lost; holder and offices are told (IE035, IE063)."""

    @command(
        GuarantorNotice,
        replies=(CC023C, DeskRefusal),
        task="TRA-REC-02",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("DA art. 85",), requirements=("REQ-TRA-013",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def tell_guarantor(self) -> None:
        """Tell the guarantor within nine months that the procedure was not discharged (IE023)."""

    @command(
        DutyPayment,
        replies=(CC045C, DeskRefusal),
        task="TRA-REC-03",
        who=Who(by=(OFFICER_DEPARTURE,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 108", "UCC art. 124"), requirements=("REQ-TRA-013",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def record_payment(self) -> None:
        """Record that the duty was paid: the movement is written off (IE045)."""

    # --- between the offices of an enquiry

    @command(
        CD145C,
        task="TRA-ENQ-11",
        who=Who(by=(OFFICE,), roles=(AT_DESTINATION,)),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def ask_for_information(self) -> None:
        """Destination asks what else is known (IE145)."""

    @command(
        CD144C,
        replies=(CD143C,),
        task="TRA-ENQ-08",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_destination),
    )
    def take_information(self) -> None:
        """What the holder said, for the office involved, which replies once more (IE144)."""

    @command(
        InformationRequest,
        replies=(CD142C, DeskRefusal),
        task="TRA-ENQ-11",
        who=Who(by=(OFFICER_DESTINATION,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-009",)),
        case=OfCase(about=movement_at_destination, poison=Poison.WAIT),
    )
    def request_information(self) -> None:
        """Ask the office of departure what else it knows of a movement that it enquires about (IE145)."""

    @command(
        CD059C,
        task="TRA-ENQ-10",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("IA art. 310",), requirements=("REQ-TRA-013",)),
        case=OfCase(about=movement_at_destination, poison=Poison.WAIT),
    )
    def cancel_enquiry(self) -> None:
        """The office of departure looks no more for a movement: it has another proof (IE059)."""

    # --- between authorities of recovery

    @command(
        CD063C,
        task="TRA-REC-04",
        who=Who(by=(OFFICE,), roles=(AT_DEPARTURE,)),
        law=Law(legal=("UCC art. 102",), requirements=("REQ-TRA-013",)),
        case=OfCase(about=movement_expected, poison=Poison.WAIT),
    )
    def note_recovery(self) -> None:
        """The duty on a movement that was announced here is being recovered (IE063)."""

    @command(
        CD150C,
        replies=(CD151C,),
        task="TRA-REC-05",
        who=Who(by=(OFFICE,), senders=issuing),
        law=Law(legal=("IA art. 311",), requirements=("REQ-TRA-014",)),
        case=OfCase(opens=recovery_elsewhere, parties=announced_by, poison=Poison.WAIT),
    )
    def request_recovery(self) -> None:
        """The office of departure asks an authority here to recover the duty (IE150)."""

    @command(
        RecoveryDecision,
        replies=(DeskRefusal,),
        task="TRA-REC-06",
        who=Who(by=(OFFICER_DESTINATION,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 311",), requirements=("REQ-TRA-014",)),
        case=OfCase(ends=(tasks.Recovery.decide_recovery,), about=recovery_elsewhere, poison=Poison.WAIT),
    )
    def decide_recovery(self) -> None:
        """Say whether the authority here is competent to recover."""

    @command(
        CD151C,
        task="TRA-REC-06",
        who=Who(by=(OFFICE,), roles=(AT_RECOVERY,)),
        law=Law(legal=("IA art. 311",), requirements=("REQ-TRA-014",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def answer_transfer(self) -> None:
        """Another authority recovers the duty, or does not (IE151)."""

    @command(
        DutyCollection,
        replies=(DeskRefusal,),
        task="TRA-REC-07",
        who=Who(by=(OFFICER_DESTINATION,), roles=(COMPETENT,)),
        law=Law(legal=("IA art. 311",), requirements=("REQ-TRA-014",)),
        case=OfCase(ends=(tasks.Recovery.collect,), about=recovery_elsewhere, poison=Poison.WAIT),
    )
    def record_collection(self) -> None:
        """Record that the duty was collected here; the office of departure is told."""

    @command(
        CD152C,
        replies=(CC045C,),
        task="TRA-REC-07",
        who=Who(by=(OFFICE,), roles=(AT_RECOVERY,)),
        law=Law(legal=("IA art. 311",), requirements=("REQ-TRA-014",)),
        case=OfCase(about=movement_at_departure, poison=Poison.WAIT),
    )
    def tell_collection(self) -> None:
        """The authority that took the recovery over collected the duty (IE152)."""
