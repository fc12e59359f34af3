"""Customs decisions: what applicants, officers, and authorities that are consulted may say, and what they may see.

One procedure serves every type. A decision that may be used is stated to the register that procedures ask
(``authorisations``); this service keeps how it came about.
"""

from __future__ import annotations

from douane.applications.customs_decisions import tasks
from douane.applications.customs_decisions.contract.architecture import ARCHITECTURE
from douane.applications.customs_decisions.contract.parties import (
    APPLICANT,
    APPLYING,
    ASKED,
    ASKING,
    AUTHORITY,
    COMMISSION,
    EXPERT,
    OFFICER,
    OPERATOR,
    OVERLAYING,
    PROCESS,
    PUBLIC,
    READER,
    TOLD,
    administration_of,
    answers,
    asks,
    case,
    older_name,
    overlay,
    own_name,
    own_overlay,
    question,
)
from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ActNotified,
    ApplicationAccepted,
    ApplicationNotAccepted,
    ApplicationNotRegistered,
    ApplicationRegistered,
    DecisionApplication,
    DecisionExpired,
    EffectAwaited,
    HearingOpened,
    HolderRequest,
    InformationRequested,
    InformationSupplied,
    LimitMoved,
    LimitPassed,
    NotPossible,
    ReassessmentResult,
    ReceiptConfirmed,
    StepRecorded,
    SuspensionEnded,
    SuspensionExtended,
    ViewGiven,
)
from douane.applications.customs_decisions.messages.consulting import (
    DecisionLost,
    OpinionAsked,
    OpinionFormed,
    OpinionGiven,
    OpinionNotTaken,
    OpinionTaken,
    ReassessmentDue,
)
from douane.applications.customs_decisions.messages.deciding import (
    AcceptanceJudged,
    ActTaken,
    ConsultationBegun,
    ConsultationExtended,
    DecisionTaken,
    InformationAsked,
    LimitExtended,
    MeasuresAccepted,
    ReassessmentConcluded,
    SuspensionLengthened,
)
from douane.applications.customs_decisions.messages.explaining import TypeExplained, TypeQuery
from douane.applications.customs_decisions.messages.overlays import (
    OverlayApproved,
    OverlayKept,
    OverlayProposed,
    OverlayRefused,
    OverlaysQuery,
    OverlaysShown,
    OwnTaskConcluded,
)
from douane.applications.customs_decisions.messages.questionnaire import (
    CriterionJudged,
    QuestionnaireAnswered,
    QuestionnaireQuery,
    QuestionnaireShown,
)
from douane.applications.customs_decisions.messages.showing import (
    DecisionQuery,
    DecisionShown,
    LetterQuery,
    LetterShown,
    OwnDecision,
    OwnDecisionQuery,
    OwnDecisions,
    OwnDecisionsQuery,
    QuestionQuery,
    QuestionShown,
    QuestionsQuery,
    QuestionsShown,
    RequirementsQuery,
    RequirementsShown,
    TypesQuery,
    TypesShown,
)
from douane.applications.customs_decisions.messages.taking_over import OlderCase, OlderDecision
from douane.applications.customs_decisions.messages.words import State
from douane.author import COMPETENT, Law, Level, OfCase, Who, command, derived, query, service, trader
from douane.author import administration as administration_party
from douane.author.needs import (
    APPROVE_OVERLAY,
    JUDGED,
    OLDER_CASE,
    OLDER_CASE_JUDGED,
    OLDER_DECISION,
    OLDER_DECISION_JUDGED,
    OVERLAYS,
    PROPOSE_OVERLAY,
    UNFIT,
)

__all__ = ["ARCHITECTURE", "CustomsDecisions", "DecisionApplication"]


@service(
    "customs_decisions",
    title="Customs decisions",
    owner="Commission and Member States",
    level=Level.SILVER,
    agreed=derived("its limits count days"),
    legal=("UCC art. 22", "UCC art. 16(1)", "IA art. 10"),
    administration=administration_of,
    realises=("reference data management",),
    supplies=(UNFIT, JUDGED, OLDER_CASE_JUDGED, OLDER_DECISION_JUDGED),
)
class CustomsDecisions:
    """Applications for customs decisions, how they are decided, and what becomes of what was granted."""

    # --- the applicant
    @command(
        DecisionApplication,
        replies=(
            ApplicationRegistered,
            ApplicationNotRegistered,
            ApplicationAccepted,
            ApplicationNotAccepted,
            InformationRequested,
            LimitMoved,
            LimitPassed,
            HearingOpened,
            ActNotified,
            ActInEffect,
            SuspensionEnded,
            SuspensionExtended,
            DecisionExpired,
            EffectAwaited,
            ReassessmentResult,
        ),
        task="DEC-APP-01",
        who=Who(by=(APPLICANT,), senders=lambda m: (trader(m.applicant),)),
        law=Law(legal=("UCC art. 22(1)", "IA 2015/2447 art. 12"), requirements=("REQ-DEC-001", "REQ-DEC-002")),
        case=OfCase(opens=own_name, parties=lambda m, _: ((trader(m.applicant), APPLYING),), tells=TOLD),
    )
    def lodge(self) -> None:
        """Lodge an application for a customs decision of any type."""

    @command(
        OlderCase,
        replies=(ApplicationRegistered, ApplicationAccepted, ApplicationNotAccepted, LimitMoved, LimitPassed),
        task="DEC-APP-06",
        who=Who(by=(OPERATOR,)),
        law=Law(legal=("UCC art. 22(2)", "UCC art. 22(3)"), requirements=("REQ-DEC-010",)),
        case=OfCase(
            opens=older_name,
            parties=lambda m, _: ((trader(m.applicant), APPLYING),),
            issued="the applicant: a portal in which he applied says so, and an operator answers for what it says",
        ),
        fills=OLDER_CASE,
    )
    def take_over(self) -> None:
        """Take over a case that is open in an older portal, with the clock of its original dates."""

    @command(
        OlderDecision,
        replies=(ActInEffect, EffectAwaited),
        task="DEC-APP-06",
        who=Who(by=(OPERATOR,)),
        law=Law(legal=("UCC art. 22(4)", "UCC art. 26"), requirements=("REQ-DEC-010",)),
        case=OfCase(
            opens=lambda m, _: ("customs decision", m.decision),
            parties=lambda m, _: ((trader(m.holder), APPLYING),),
            issued="the holder: a portal in which it was granted says so, and an operator answers for what it says",
        ),
        fills=OLDER_DECISION,
    )
    def take_decision_over(self) -> None:
        """Take over a decision that was granted in an older portal and is in force, with its number and periods."""

    @command(
        InformationSupplied,
        replies=(StepRecorded, NotPossible),
        task="DEC-APP-02",
        who=Who(by=(APPLICANT,), roles=(APPLYING,)),
        law=Law(legal=("IA 2015/2447 art. 12(2)", "DA 2015/2446 art. 13(1)"), requirements=("REQ-DEC-002",)),
        case=OfCase(open_in=(State.COMPLETED, State.ACCEPTED, State.HEARING), about=case),
    )
    def supply_information(self) -> None:
        """Supply the information that the authority asked for."""

    @command(
        ViewGiven,
        replies=(StepRecorded, NotPossible),
        task="DEC-APP-03",
        who=Who(by=(APPLICANT,), roles=(APPLYING,)),
        law=Law(legal=("UCC art. 22(6)",), requirements=("REQ-DEC-003",)),
        case=OfCase(about=case),
    )
    def give_view(self) -> None:
        """Express a point of view before an adverse act."""

    @command(
        ReceiptConfirmed,
        replies=(StepRecorded, NotPossible),
        task="DEC-APP-04",
        who=Who(by=(APPLICANT, OFFICER), roles=(APPLYING, COMPETENT)),
        law=Law(legal=("UCC art. 22(4)",), requirements=("REQ-DEC-004",)),
        case=OfCase(about=case),
    )
    def confirm_receipt(self) -> None:
        """Confirm that an act was received, from which on it has effect."""

    @command(
        HolderRequest,
        replies=(StepRecorded, NotPossible),
        task="DEC-APP-05",
        who=Who(by=(APPLICANT,), roles=(APPLYING,)),
        law=Law(legal=("UCC art. 28(1)(b)", "DA 2015/2446 art. 16(1)(c)"), requirements=("REQ-DEC-002",)),
        case=OfCase(about=case),
    )
    def request(self) -> None:
        """Withdraw an application, or ask for an act on a decision."""

    # --- the competent authority

    @command(
        AcceptanceJudged,
        replies=(StepRecorded, NotPossible),
        task="DEC-DEC-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 22(2)", "DA 2015/2446 art. 11"), requirements=("REQ-DEC-002",)),
        case=OfCase(open_in=(State.LODGED,), about=case),
    )
    def judge_acceptance(self) -> None:
        """Accept an application, or do not; nobody is heard about that."""

    @command(
        InformationAsked,
        replies=(StepRecorded, NotPossible),
        task="DEC-DEC-02",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("IA 2015/2447 art. 12(2)", "DA 2015/2446 art. 13(1)"), requirements=("REQ-DEC-002",)),
        case=OfCase(open_in=(State.LODGED, State.ACCEPTED), about=case),
    )
    def ask_information(self) -> None:
        """Ask the applicant for information; after acceptance the decision moves by as long."""

    @command(
        ConsultationBegun,
        replies=(StepRecorded, NotPossible),
        task="DEC-DEC-03",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("IA 2015/2447 art. 14",), requirements=("REQ-DEC-005",)),
        case=OfCase(open_in=(State.ACCEPTED,), about=case),
    )
    def consult(self) -> None:
        """Consult other authorities, on criteria or on a draft."""

    @command(
        ConsultationExtended,
        replies=(StepRecorded, NotPossible),
        task="DEC-DEC-03",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("IA 2015/2447 art. 14(2)", "DA 2015/2446 art. 13(3)"), requirements=("REQ-DEC-005",)),
        case=OfCase(open_in=(State.ACCEPTED,), about=case),
    )
    def extend_consultation(self) -> None:
        """Give a consulted authority the time that it asked for; the decision moves by as long."""

    @command(
        LimitExtended,
        replies=(StepRecorded, NotPossible),
        task="DEC-DEC-04",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 22(3)", "DA 2015/2446 art. 28(1)"), requirements=("REQ-DEC-002",)),
        case=OfCase(open_in=(State.ACCEPTED, State.HEARING), about=case),
    )
    def extend_limit(self) -> None:
        """Announce, before the limit ends, that the decision takes longer."""

    @command(
        DecisionTaken,
        replies=(StepRecorded, NotPossible),
        task="DEC-DEC-05",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 22(3)", "UCC art. 22(6)"), requirements=("REQ-DEC-003", "REQ-DEC-005")),
        case=OfCase(open_in=(State.ACCEPTED, State.HEARING), about=case),
    )
    def decide(self) -> None:
        """Decide on an application; where that is adverse, the applicant is heard first."""

    @command(
        ActTaken,
        replies=(StepRecorded, NotPossible),
        task="DEC-MAN-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(
            legal=("UCC art. 23(3)", "UCC art. 27", "UCC art. 28", "DA 2015/2446 art. 16"),
            requirements=("REQ-DEC-003", "REQ-DEC-004"),
        ),
        case=OfCase(about=case),
    )
    def act(self) -> None:
        """Amend, suspend, revoke, annul, lift or restore a decision; its holder is heard before an adverse act."""

    @command(
        SuspensionLengthened,
        replies=(StepRecorded, NotPossible),
        task="DEC-MAN-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("DA 2015/2446 art. 17(2)",), requirements=("REQ-DEC-004",)),
        case=OfCase(open_in=(State.SUSPENDED,), about=case),
    )
    def lengthen_suspension(self) -> None:
        """Give the holder more time for measures, or the authority time to verify them."""

    @command(
        MeasuresAccepted,
        replies=(StepRecorded, NotPossible),
        task="DEC-MAN-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("IA 2015/2447 art. 15",), requirements=("REQ-DEC-004",)),
        case=OfCase(ends=(tasks.Suspended.revoke,), about=case),
    )
    def accept_measures(self) -> None:
        """Record that measures were taken after all, so that nothing is revoked."""

    @command(
        ReassessmentDue,
        task="DEC-MAN-02",
        who=Who(by=(PROCESS,), roles=(COMPETENT,)),
        law=Law(legal=("DA 2015/2446 art. 15", "DA 2015/2446 art. 30(1)"), requirements=("REQ-DEC-006",)),
        case=OfCase(about=case),
    )
    def reassess(self) -> None:
        """Lay a decision before its officer, since one on which it rests is lost; nothing changes by itself."""

    @command(
        ReassessmentConcluded,
        replies=(StepRecorded, NotPossible),
        task="DEC-MAN-02",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("DA 2015/2446 art. 15",), requirements=("REQ-DEC-006",)),
        case=OfCase(ends=(tasks.Reassessing.reassess,), about=case),
    )
    def conclude_reassessment(self) -> None:
        """Say what came of a re-assessment; the holder is told the result."""

    @command(
        DecisionLost,
        task="DEC-MAN-03",
        who=Who(by=(PROCESS, AUTHORITY), senders=lambda m: (administration_party(m.decision[:2]),)),
        law=Law(legal=("IA 2015/2447 art. 10(1)", "DA 2015/2446 art. 30(1)"), requirements=("REQ-DEC-006",)),
    )
    def note_loss(self) -> None:
        """Learn that a decision is lost, and find the own ones of its holder that rest on it."""

    @command(
        OpinionAsked,
        replies=(OpinionGiven,),
        task="DEC-CON-01",
        who=Who(by=(PROCESS, AUTHORITY), senders=asks),
        law=Law(legal=("IA 2015/2447 art. 14(1)", "IA 2015/2447 art. 260(2)"), requirements=("REQ-DEC-005",)),
        case=OfCase(opens=question, parties=lambda m, _: ((administration_party(m.reference[:2]), ASKING),)),
    )
    def ask_opinion(self) -> None:
        """Ask another authority about an application."""

    @command(
        OpinionFormed,
        replies=(StepRecorded, NotPossible),
        task="DEC-CON-02",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("IA 2015/2447 art. 14(2)",), requirements=("REQ-DEC-005",)),
        case=OfCase(about=question),
    )
    def form_opinion(self) -> None:
        """Say what the own authority thinks of an application elsewhere."""

    @command(
        OpinionGiven,
        replies=(OpinionTaken, OpinionNotTaken),
        task="DEC-CON-02",
        who=Who(by=(PROCESS, AUTHORITY), roles=(ASKED,), senders=answers),
        law=Law(legal=("IA 2015/2447 art. 14(3)",), requirements=("REQ-DEC-005",)),
        case=OfCase(about=case),
    )
    def take_opinion(self) -> None:
        """Take what a consulted authority says; late it reopens nothing."""

    # --- the questionnaire of an economic operator

    @command(
        QuestionnaireAnswered,
        replies=(StepRecorded, NotPossible),
        task="DEC-AEO-01",
        who=Who(by=(APPLICANT,), roles=(APPLYING,)),
        law=Law(legal=("UCC art. 39", "IA 2015/2447 art. 24"), requirements=("REQ-DEC-009",)),
        case=OfCase(about=case),
    )
    def answer_questionnaire(self) -> None:
        """Answer the questionnaire of an application as authorised economic operator."""

    @command(
        CriterionJudged,
        replies=(StepRecorded, NotPossible),
        task="DEC-AEO-02",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("UCC art. 39", "IA 2015/2447 art. 29"), requirements=("REQ-DEC-009",)),
        case=OfCase(about=case),
    )
    def judge_criterion(self) -> None:
        """Judge whether a criterion of UCC art. 39 is fulfilled."""

    @query(
        QuestionnaireQuery,
        QuestionnaireShown,
        task="DEC-AEO-03",
        who=Who(by=(APPLICANT, OFFICER), roles=(APPLYING, COMPETENT)),
        law=Law(requirements=("REQ-DEC-009",)),
        of_named=True,
    )
    def show_questionnaire(self) -> None:
        """Show the questionnaire of an application with its answers; to officers how criteria were judged."""

    # --- what an administration adds

    @command(
        OverlayProposed,
        replies=(OverlayKept, OverlayRefused),
        task="DEC-OWN-01",
        who=Who(by=(EXPERT,), roles=(COMPETENT,), senders=own_overlay),
        law=Law(legal=("IA 2015/2447 art. 10(1)", "UCC art. 55(1)"), requirements=("REQ-DEC-008",)),
        case=OfCase(
            opens=overlay, about=overlay, parties=lambda m, _: ((administration_party(m.administration), OVERLAYING),)
        ),
        fills=PROPOSE_OVERLAY,
    )
    def propose_overlay(self) -> None:
        """Propose what the own administration adds to the common procedure, from a day on."""

    @command(
        OverlayApproved,
        replies=(OverlayKept, OverlayRefused),
        task="DEC-OWN-02",
        who=Who(by=(EXPERT,), roles=(COMPETENT,), senders=own_overlay),
        law=Law(legal=("IA 2015/2447 art. 10(1)",), requirements=("REQ-DEC-008",)),
        case=OfCase(about=overlay),
        fills=APPROVE_OVERLAY,
    )
    def approve_overlay(self) -> None:
        """Approve what a colleague proposed (four eyes)."""

    @command(
        OwnTaskConcluded,
        replies=(StepRecorded, NotPossible),
        task="DEC-OWN-03",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-DEC-008",)),
        case=OfCase(about=case),
    )
    def conclude_own_task(self) -> None:
        """Conclude a task that the overlay of the own administration added to a case."""

    @query(
        OverlaysQuery,
        OverlaysShown,
        task="DEC-OWN-04",
        who=Who(by=(EXPERT, OFFICER, AUTHORITY, COMMISSION)),
        law=Law(requirements=("REQ-DEC-008",)),
        of_nobody=True,
        fills=OVERLAYS,
    )
    def overlays(self) -> None:
        """Show what an administration adds to the common procedure: every version, by whom and why."""

    # --- looking

    @query(
        DecisionQuery,
        DecisionShown,
        task="DEC-QRY-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-DEC-001",)),
        of_named=True,
    )
    def show(self) -> None:
        """Show an application and the decision that came of it to officers of its authority: clock, opinions, notes."""

    @query(
        OwnDecisionQuery,
        OwnDecision,
        task="DEC-QRY-03",
        who=Who(by=(APPLICANT,), roles=(APPLYING,)),
        law=Law(requirements=("REQ-DEC-001",)),
        of_named=True,
    )
    def follow(self) -> None:
        """Show its applicant how an application or a decision stands, and until when it is decided."""

    @query(
        OwnDecisionsQuery,
        OwnDecisions,
        task="DEC-QRY-03",
        who=Who(by=(APPLICANT,), roles=(APPLYING,)),
        law=Law(requirements=("REQ-DEC-001",)),
    )
    def mine(self) -> None:
        """List what the caller applied for in a Member State, with the decisions that came of it."""

    @query(
        LetterQuery,
        LetterShown,
        task="DEC-QRY-04",
        who=Who(by=(APPLICANT, OFFICER), roles=(APPLYING, COMPETENT)),
        law=Law(requirements=("REQ-DEC-007",)),
        of_named=True,
    )
    def letter(self) -> None:
        """Write the letter about an act: what was decided, by which article, why, and how to appeal; signed."""

    @query(
        RequirementsQuery,
        RequirementsShown,
        task="DEC-QRY-02",
        who=Who(by=(READER, OFFICER, AUTHORITY)),
        law=Law(requirements=("REQ-DEC-001",)),
    )
    def requirements(self) -> None:
        """Show which data an application of a type consists of, who decides on it and how fast."""

    @query(
        TypeQuery,
        TypeExplained,
        task="DEC-QRY-02",
        who=Who(by=(PUBLIC, READER, OFFICER, AUTHORITY, COMMISSION)),
        law=Law(requirements=("REQ-DEC-001",)),
        of_nobody=True,
    )
    def explain(self) -> None:
        """Explain a type of decision: data elements, criteria, authority, limits, consultation, what it rests on."""

    @query(
        TypesQuery,
        TypesShown,
        task="DEC-QRY-02",
        who=Who(by=(PUBLIC, READER, OFFICER, AUTHORITY, COMMISSION)),
        law=Law(requirements=("REQ-DEC-001",)),
        of_nobody=True,
    )
    def types(self) -> None:
        """Show which types of decision there are."""

    @query(
        QuestionsQuery,
        QuestionsShown,
        task="DEC-CON-02",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-DEC-005",)),
    )
    def questions(self) -> None:
        """List the questions of other authorities that the own one has not answered."""

    @query(
        QuestionQuery,
        QuestionShown,
        task="DEC-CON-02",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-DEC-005",)),
    )
    def show_question(self) -> None:
        """Show an officer of a consulted authority what is asked, and the application."""
