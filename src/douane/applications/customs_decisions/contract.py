"""Customs decisions: what applicants, officers, and authorities that are consulted may say, and what they may see.

One procedure serves every type. A decision that may be used is stated to the register that procedures ask
(``authorisations``); this service keeps how it came about.
"""

from __future__ import annotations

from typing import Any, Final

from douane.applications.authorisations.contract import authority_of
from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ActNotified,
    ApplicationAccepted,
    ApplicationNotAccepted,
    ApplicationNotRegistered,
    ApplicationRegistered,
    DecisionApplication,
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
    ReassessmentConcluded,
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
from douane.applications.customs_decisions.messages.words import ActKind, State
from douane.model.architecture import Element, ProcessLevel, Requirement, Task
from douane.model.caller import Caller, Party
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Tells, command, derived, query, service
from douane.model.needs import (
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
from douane.model.parties import COMPETENT, CaseRole, customs_of, trader
from douane.model.parties import administration as administration_party

__all__ = ["CustomsDecisions", "DecisionApplication"]

APPLICANT: Final = Actor(
    "applicant for decisions", ActorKind.TRADER, "Applies for a decision, or holds one: any person may (UCC art. 22(1))"
)
READER: Final = Actor("", ActorKind.TRADER, "Reads which decisions there are, and what an application must say")
OFFICER: Final = Actor("decisions officer", ActorKind.OFFICER, "Takes decisions for the competent authority")
EXPERT: Final = Actor("process expert", ActorKind.OFFICER, "Says what the own administration adds to the procedure")
AUTHORITY: Final = Actor("competent customs authority", ActorKind.MEMBER_STATE, "Asks other authorities and answers")
COMMISSION: Final = Actor("", ActorKind.COMMISSION, "Looks what administrations add, and which types there are")
PUBLIC: Final = Actor("", ActorKind.PUBLIC, "Reads what the law says of a type of decision")
OPERATOR: Final = Actor("", ActorKind.OPERATOR, "Takes over what is open in an older portal")
PROCESS: Final = Actor("process", ActorKind.SERVICE, "A procedure of this node")

UNION: Final = "EU"
APPLYING: Final = CaseRole("applicant for a decision", "Who applied, and holds what was granted (UCC art. 22)")
ASKED: Final = CaseRole("consulted authority", "An authority that is asked about an application (IA art. 14)")
ASKING: Final = CaseRole("consulting authority", "The authority that decides and asks others (UCC art. 22(1))")
OVERLAYING: Final = CaseRole("administration with an overlay", "Whose own additions to the common procedure they are")


def administration_of(message: Any) -> str:
    """The authority that the office or the reference names; a question to a consulted one is for that."""
    if isinstance(message, DecisionApplication | OlderCase | OlderDecision):
        return customs_of(message.office[:2])
    if isinstance(message, OpinionAsked | DecisionLost):
        return customs_of(message.authority)
    if isinstance(message, OverlayProposed | OverlayApproved | OverlaysQuery):
        return customs_of(message.administration)
    if isinstance(message, RequirementsQuery | TypesQuery | TypeQuery):
        return UNION
    if isinstance(message, QuestionsQuery | QuestionQuery):
        return ""  # an officer asks his own authority
    if isinstance(message, OwnDecisionsQuery):
        return customs_of(message.country)
    return authority_of(message.reference)


def _older_name(message: OlderCase, _caller: Caller) -> tuple[str, str]:
    return "application", f"{message.applicant}/{message.own_reference}"


def _own_name(message: DecisionApplication, caller: Caller) -> tuple[str, str]:
    return "application", f"{caller.party.identifier}/{message.own_reference}"


def _case(message: Any, _caller: Caller) -> tuple[str, str]:
    return "customs decision", message.reference


def _question(message: Any, _caller: Caller) -> tuple[str, str]:
    return "consultation", f"{message.reference}/{message.number}"


def _asks(message: OpinionAsked) -> tuple[Party, ...]:
    return (administration_party(message.reference[:2]),)


def _answers(message: OpinionGiven) -> tuple[Party, ...]:
    return (administration_party(message.authority),)


def _overlay(message: Any, _caller: Caller) -> tuple[str, str]:
    return "national overlay", message.administration


def _own_overlay(message: OverlayProposed | OverlayApproved) -> tuple[Party, ...]:
    return (administration_party(message.administration),)


_ACTS: Final = {
    ActKind.GRANT: State.IN_FORCE, ActKind.SUSPEND: State.SUSPENDED, ActKind.LIFT: State.IN_FORCE,
    ActKind.REFUSE: State.REFUSED, ActKind.REVOKE: State.REVOKED, ActKind.ANNUL: State.ANNULLED,
    ActKind.RESTORE: State.IN_FORCE,
}  # fmt: skip
_TOLD: Final = Tells(
    {
        ApplicationRegistered: State.LODGED.value, ApplicationAccepted: State.ACCEPTED.value,
        ApplicationNotAccepted: State.NOT_ACCEPTED.value, InformationRequested: State.COMPLETED.value,
        HearingOpened: State.HEARING.value,
        ActNotified: lambda m: State.NOTIFIED.value if m.act in (ActKind.GRANT, ActKind.REFUSE) else "",
        ActInEffect: lambda m: _ACTS[m.act].value if m.act in _ACTS else "",
        SuspensionEnded: State.IN_FORCE.value,
    },
    {ApplicationNotRegistered: State.REFUSED.value},
    named="customs decision", fields=("reference",),
)  # fmt: skip
"""What an applicant is told, in the words of the states that the authority keeps."""


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
        replies=(ApplicationRegistered, ApplicationNotRegistered, ApplicationAccepted, ApplicationNotAccepted,
                 InformationRequested, LimitMoved, LimitPassed, HearingOpened, ActNotified, ActInEffect,
                 SuspensionEnded, ReassessmentResult),
        by=(APPLICANT,), task="DEC-APP-01", opens=_own_name, senders=lambda m: (trader(m.applicant),),
        parties=lambda m, _: ((trader(m.applicant), APPLYING),),
        requirements=("REQ-DEC-001", "REQ-DEC-002"), legal=("UCC art. 22(1)", "IA 2015/2447 art. 12"), tells=_TOLD,
    )  # fmt: skip
    def lodge(self) -> None:
        """Lodge an application for a customs decision of any type."""

    @command(
        OlderCase,
        replies=(ApplicationRegistered, ApplicationAccepted, ApplicationNotAccepted, LimitMoved, LimitPassed),
        by=(OPERATOR,), task="DEC-APP-06", opens=_older_name,
        issued="the applicant: a portal in which he applied says so, and an operator answers for what it says",
        parties=lambda m, _: ((trader(m.applicant), APPLYING),), requirements=("REQ-DEC-010",),
        legal=("UCC art. 22(2)", "UCC art. 22(3)"), fills=OLDER_CASE,
    )  # fmt: skip
    def take_over(self) -> None:
        """Take over a case that is open in an older portal, with the clock of its original dates."""

    @command(
        OlderDecision, replies=(ActInEffect,), by=(OPERATOR,), task="DEC-APP-06",
        opens=lambda m, _: ("customs decision", m.decision),
        issued="the holder: a portal in which it was granted says so, and an operator answers for what it says",
        parties=lambda m, _: ((trader(m.holder), APPLYING),), requirements=("REQ-DEC-010",),
        legal=("UCC art. 22(4)", "UCC art. 26"), fills=OLDER_DECISION,
    )  # fmt: skip
    def take_decision_over(self) -> None:
        """Take over a decision that was granted in an older portal and is in force, with its number and periods."""

    @command(
        InformationSupplied, replies=(StepRecorded, NotPossible), by=(APPLICANT,), task="DEC-APP-02", about=_case,
        roles=(APPLYING,), requirements=("REQ-DEC-002",), legal=("IA 2015/2447 art. 12(2)", "DA 2015/2446 art. 13(1)"),
    )  # fmt: skip
    def supply_information(self) -> None:
        """Supply the information that the authority asked for."""

    @command(
        ViewGiven, replies=(StepRecorded, NotPossible), by=(APPLICANT,), task="DEC-APP-03", about=_case,
        roles=(APPLYING,), requirements=("REQ-DEC-003",), legal=("UCC art. 22(6)",),
    )  # fmt: skip
    def give_view(self) -> None:
        """Express a point of view before an adverse act."""

    @command(
        ReceiptConfirmed, replies=(StepRecorded, NotPossible), by=(APPLICANT, OFFICER), task="DEC-APP-04", about=_case,
        roles=(APPLYING, COMPETENT), requirements=("REQ-DEC-004",), legal=("UCC art. 22(4)",),
    )  # fmt: skip
    def confirm_receipt(self) -> None:
        """Confirm that an act was received, from which on it has effect."""

    @command(
        HolderRequest, replies=(StepRecorded, NotPossible), by=(APPLICANT,), task="DEC-APP-05", about=_case,
        roles=(APPLYING,), requirements=("REQ-DEC-002",), legal=("UCC art. 28(1)(b)", "DA 2015/2446 art. 16(1)(c)"),
    )  # fmt: skip
    def request(self) -> None:
        """Withdraw an application, or ask for an act on a decision."""

    # --- the competent authority

    @command(
        AcceptanceJudged, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-DEC-01", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-002",), legal=("UCC art. 22(2)", "DA 2015/2446 art. 11"),
    )  # fmt: skip
    def judge_acceptance(self) -> None:
        """Accept an application, or do not; nobody is heard about that."""

    @command(
        InformationAsked, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-DEC-02", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-002",), legal=("IA 2015/2447 art. 12(2)", "DA 2015/2446 art. 13(1)"),
    )  # fmt: skip
    def ask_information(self) -> None:
        """Ask the applicant for information; after acceptance the decision moves by as long."""

    @command(
        ConsultationBegun, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-DEC-03", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-005",), legal=("IA 2015/2447 art. 14",),
    )  # fmt: skip
    def consult(self) -> None:
        """Consult other authorities, on criteria or on a draft."""

    @command(
        ConsultationExtended, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-DEC-03", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-005",), legal=("IA 2015/2447 art. 14(2)", "DA 2015/2446 art. 13(3)"),
    )  # fmt: skip
    def extend_consultation(self) -> None:
        """Give a consulted authority the time that it asked for; the decision moves by as long."""

    @command(
        LimitExtended, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-DEC-04", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-002",), legal=("UCC art. 22(3)", "DA 2015/2446 art. 28(1)"),
    )  # fmt: skip
    def extend_limit(self) -> None:
        """Announce, before the limit ends, that the decision takes longer."""

    @command(
        DecisionTaken, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-DEC-05", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-003", "REQ-DEC-005"), legal=("UCC art. 22(3)", "UCC art. 22(6)"),
    )  # fmt: skip
    def decide(self) -> None:
        """Decide on an application; where that is adverse, the applicant is heard first."""

    @command(
        ActTaken, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-MAN-01", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-003", "REQ-DEC-004"),
        legal=("UCC art. 23(3)", "UCC art. 27", "UCC art. 28", "DA 2015/2446 art. 16"),
    )  # fmt: skip
    def act(self) -> None:
        """Amend, suspend, revoke, annul, lift or restore a decision; its holder is heard before an adverse act."""

    @command(
        ReassessmentDue, by=(PROCESS,), task="DEC-MAN-02", about=_case, roles=(COMPETENT,),
        requirements=("REQ-DEC-006",), legal=("DA 2015/2446 art. 15", "DA 2015/2446 art. 30(1)"),
    )  # fmt: skip
    def reassess(self) -> None:
        """Lay a decision before its officer, since one on which it rests is lost; nothing changes by itself."""

    @command(
        ReassessmentConcluded, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-MAN-02", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-006",), legal=("DA 2015/2446 art. 15",),
    )  # fmt: skip
    def conclude_reassessment(self) -> None:
        """Say what came of a re-assessment; the holder is told the result."""

    @command(
        DecisionLost, by=(PROCESS, AUTHORITY), task="DEC-MAN-03",
        senders=lambda m: (administration_party(m.decision[:2]),), requirements=("REQ-DEC-006",),
        legal=("IA 2015/2447 art. 10(1)", "DA 2015/2446 art. 30(1)"),
    )  # fmt: skip
    def note_loss(self) -> None:
        """Learn that a decision is lost, and find the own ones of its holder that rest on it."""

    # --- consulted authorities

    @command(
        OpinionAsked, replies=(OpinionGiven,), by=(PROCESS, AUTHORITY), task="DEC-CON-01", opens=_question,
        senders=_asks, parties=lambda m, _: ((administration_party(m.reference[:2]), ASKING),),
        requirements=("REQ-DEC-005",), legal=("IA 2015/2447 art. 14(1)", "IA 2015/2447 art. 260(2)"),
    )  # fmt: skip
    def ask_opinion(self) -> None:
        """Ask another authority about an application."""

    @command(
        OpinionFormed, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-CON-02", about=_question,
        roles=(COMPETENT,), requirements=("REQ-DEC-005",), legal=("IA 2015/2447 art. 14(2)",),
    )  # fmt: skip
    def form_opinion(self) -> None:
        """Say what the own authority thinks of an application elsewhere."""

    @command(
        OpinionGiven, replies=(OpinionTaken, OpinionNotTaken), by=(PROCESS, AUTHORITY), task="DEC-CON-02", about=_case,
        roles=(ASKED,), senders=_answers, requirements=("REQ-DEC-005",), legal=("IA 2015/2447 art. 14(3)",),
    )  # fmt: skip
    def take_opinion(self) -> None:
        """Take what a consulted authority says; late it reopens nothing."""

    # --- the questionnaire of an economic operator

    @command(
        QuestionnaireAnswered, replies=(StepRecorded, NotPossible), by=(APPLICANT,), task="DEC-AEO-01", about=_case,
        roles=(APPLYING,), requirements=("REQ-DEC-009",), legal=("UCC art. 39", "IA 2015/2447 art. 24"),
    )  # fmt: skip
    def answer_questionnaire(self) -> None:
        """Answer the questionnaire of an application as authorised economic operator."""

    @command(
        CriterionJudged, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-AEO-02", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-009",), legal=("UCC art. 39", "IA 2015/2447 art. 29"),
    )  # fmt: skip
    def judge_criterion(self) -> None:
        """Judge whether a criterion of UCC art. 39 is fulfilled."""

    @query(
        QuestionnaireQuery, QuestionnaireShown, by=(APPLICANT, OFFICER), task="DEC-AEO-03", of_named=True,
        roles=(APPLYING, COMPETENT), requirements=("REQ-DEC-009",),
    )  # fmt: skip
    def show_questionnaire(self) -> None:
        """Show the questionnaire of an application with its answers; to officers how criteria were judged."""

    # --- what an administration adds

    @command(
        OverlayProposed, replies=(OverlayKept, OverlayRefused), by=(EXPERT,), task="DEC-OWN-01", opens=_overlay,
        about=_overlay, senders=_own_overlay, roles=(COMPETENT,),
        parties=lambda m, _: ((administration_party(m.administration), OVERLAYING),),
        requirements=("REQ-DEC-008",), legal=("IA 2015/2447 art. 10(1)", "UCC art. 55(1)"), fills=PROPOSE_OVERLAY,
    )  # fmt: skip
    def propose_overlay(self) -> None:
        """Propose what the own administration adds to the common procedure, from a day on."""

    @command(
        OverlayApproved, replies=(OverlayKept, OverlayRefused), by=(EXPERT,), task="DEC-OWN-02", about=_overlay,
        senders=_own_overlay, roles=(COMPETENT,), requirements=("REQ-DEC-008",),
        legal=("IA 2015/2447 art. 10(1)",), fills=APPROVE_OVERLAY,
    )  # fmt: skip
    def approve_overlay(self) -> None:
        """Approve what a colleague proposed (four eyes)."""

    @command(
        OwnTaskConcluded, replies=(StepRecorded, NotPossible), by=(OFFICER,), task="DEC-OWN-03", about=_case,
        roles=(COMPETENT,), requirements=("REQ-DEC-008",),
    )  # fmt: skip
    def conclude_own_task(self) -> None:
        """Conclude a task that the overlay of the own administration added to a case."""

    @query(
        OverlaysQuery, OverlaysShown, by=(EXPERT, OFFICER, AUTHORITY, COMMISSION), task="DEC-OWN-04",
        requirements=("REQ-DEC-008",), of_nobody=True, fills=OVERLAYS,
    )  # fmt: skip
    def overlays(self) -> None:
        """Show what an administration adds to the common procedure: every version, by whom and why."""

    # --- looking

    @query(
        DecisionQuery, DecisionShown, by=(OFFICER,), task="DEC-QRY-01", of_named=True, roles=(COMPETENT,),
        requirements=("REQ-DEC-001",),
    )  # fmt: skip
    def show(self) -> None:
        """Show an application and the decision that came of it to officers of its authority: clock, opinions, notes."""

    @query(
        OwnDecisionQuery, OwnDecision, by=(APPLICANT,), task="DEC-QRY-03", of_named=True, roles=(APPLYING,),
        requirements=("REQ-DEC-001",),
    )  # fmt: skip
    def follow(self) -> None:
        """Show its applicant how an application or a decision stands, and until when it is decided."""

    @query(
        OwnDecisionsQuery, OwnDecisions, by=(APPLICANT,), task="DEC-QRY-03", roles=(APPLYING,),
        requirements=("REQ-DEC-001",),
    )  # fmt: skip
    def mine(self) -> None:
        """List what the caller applied for in a Member State, with the decisions that came of it."""

    @query(
        LetterQuery, LetterShown, by=(APPLICANT, OFFICER), task="DEC-QRY-04", of_named=True,
        roles=(APPLYING, COMPETENT), requirements=("REQ-DEC-007",),
    )  # fmt: skip
    def letter(self) -> None:
        """Write the letter about an act: what was decided, by which article, why, and how to appeal; signed."""

    @query(
        RequirementsQuery, RequirementsShown, by=(READER, OFFICER, AUTHORITY), task="DEC-QRY-02",
        requirements=("REQ-DEC-001",),
    )  # fmt: skip
    def requirements(self) -> None:
        """Show which data an application of a type consists of, who decides on it and how fast."""

    @query(
        TypeQuery, TypeExplained, by=(PUBLIC, READER, OFFICER, AUTHORITY, COMMISSION), task="DEC-QRY-02",
        requirements=("REQ-DEC-001",), of_nobody=True,
    )  # fmt: skip
    def explain(self) -> None:
        """Explain a type of decision: data elements, criteria, authority, limits, consultation, what it rests on."""

    @query(
        TypesQuery, TypesShown, by=(PUBLIC, READER, OFFICER, AUTHORITY, COMMISSION), task="DEC-QRY-02",
        requirements=("REQ-DEC-001",), of_nobody=True,
    )  # fmt: skip
    def types(self) -> None:
        """Show which types of decision there are."""

    @query(
        QuestionsQuery, QuestionsShown, by=(OFFICER,), task="DEC-CON-02", roles=(COMPETENT,),
        requirements=("REQ-DEC-005",),
    )  # fmt: skip
    def questions(self) -> None:
        """List the questions of other authorities that the own one has not answered."""

    @query(
        QuestionQuery, QuestionShown, by=(OFFICER,), task="DEC-CON-02", roles=(COMPETENT,),
        requirements=("REQ-DEC-005",),
    )  # fmt: skip
    def show_question(self) -> None:
        """Show an officer of a consulted authority what is asked, and the application."""


_TESTS = "src/douane/applications/customs_decisions/tests"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "customs decisions", 2, "From the application to the end of a decision", "common foundations",
        ("reference data management",),
    ),
    Task("DEC-APP-01", "Apply for a decision", "customs decisions"),
    *(
        Task(id, f"Apply for {what}", "customs decisions", legal=(legal,), role="economic operator",
             fulfilled_by=("operation:customs_decisions.lodge",))
        for id, what, legal in (
            ("AEO-DEC-01", "the status of authorised economic operator", "UCC art. 38(1)"),
            ("EBT-APP-01", "binding tariff information", "UCC art. 33(1)"),
        )
    ),
    Task("DEC-APP-02", "Supply information", "customs decisions"),
    Task("DEC-APP-03", "Be heard", "customs decisions"),
    Task("DEC-APP-04", "Receive an act", "customs decisions"),
    Task("DEC-APP-05", "Withdraw an application, or ask for an act", "customs decisions"),
    Task("DEC-APP-06", "Take over a case of an older portal", "customs decisions"),
    Task("DEC-DEC-01", "Judge whether an application is accepted", "customs decisions"),
    Task("DEC-DEC-02", "Ask for information", "customs decisions"),
    Task("DEC-DEC-03", "Consult other authorities", "customs decisions"),
    Task("DEC-DEC-04", "Announce that a decision takes longer", "customs decisions"),
    Task("DEC-DEC-05", "Decide on an application", "customs decisions"),
    Task("DEC-MAN-01", "Act on a decision", "customs decisions"),
    Task("DEC-MAN-02", "Re-assess a decision", "customs decisions"),
    Task("DEC-MAN-03", "Learn that a decision of another authority is lost", "customs decisions"),
    Task("DEC-CON-01", "Take a question over from another authority", "customs decisions"),
    Task("DEC-CON-02", "Answer another authority", "customs decisions"),
    Task("DEC-QRY-01", "See an application and its decision", "customs decisions"),
    Task("DEC-QRY-03", "Follow the own application", "customs decisions"),
    Task("DEC-QRY-04", "Read the letter about an act", "customs decisions"),
    Task("DEC-QRY-02", "See what a type of decision demands", "customs decisions"),
    Task("DEC-AEO-01", "Answer the questionnaire of an economic operator", "customs decisions"),
    Task("DEC-AEO-02", "Judge a criterion of an economic operator", "customs decisions"),
    Task("DEC-AEO-03", "See the questionnaire of an economic operator", "customs decisions"),
    Requirement(
        "REQ-DEC-009", "The questionnaire is data in our own wording, each question with its criterion and article; "
        "nobody but applicant and deciding authority sees the answers.",
        (f"{_TESTS}/test_questionnaire.py",), ("UCC art. 39",),
    ),
    Task("DEC-OWN-01", "Propose what the own administration adds", "customs decisions"),
    Task("DEC-OWN-02", "Approve what the own administration adds", "customs decisions"),
    Task("DEC-OWN-03", "Conclude a task of the own administration", "customs decisions"),
    Task("DEC-OWN-04", "See what administrations add", "customs decisions"),
    Requirement(
        "REQ-DEC-010", "A case that was begun elsewhere goes on by its original dates, and none of them is invented.",
        (f"{_TESTS}/test_taking_over.py",), ("UCC art. 22(2)", "UCC art. 22(3)"),
    ),
    Requirement(
        "REQ-DEC-008", "An administration adds to the common procedure and removes nothing of it; two of its experts "
        "answer for it, and what began under a version ends under it.",
        (f"{_TESTS}/test_overlays.py",), ("UCC art. 55(1)", "UCC art. 22(6)", "IA 2015/2447 art. 10(2)"),
    ),
    Requirement(
        "REQ-DEC-007", "Each act has a letter with its grounds and the right of appeal, which anybody can check.",
        (f"{_TESTS}/test_letters.py",), ("UCC art. 22(7)", "UCC art. 44"),
    ),
    Requirement(
        "REQ-DEC-001", "Every type is declared data, and everything that an application lacks is told at once.",
        (f"{_TESTS}/test_elements.py", f"{_TESTS}/test_lodging.py"), ("DA 2015/2446 Annex A",),
    ),
    Requirement(
        "REQ-DEC-002", "Each step has its limit and its article; silence has the effect that the law says.",
        (f"{_TESTS}/test_clock.py",), ("UCC art. 22(2)", "UCC art. 22(3)"),
    ),
    Requirement(
        "REQ-DEC-003", "Nobody suffers an adverse act without having been heard, but where an article says so.",
        (f"{_TESTS}/test_clock.py",), ("UCC art. 22(6)",),
    ),
    Requirement(
        "REQ-DEC-004", "An act has effect from its receipt, and procedures feel it from then on.",
        (f"{_TESTS}/test_managing.py",), ("UCC art. 22(4)", "UCC art. 30"),
    ),
    Requirement(
        "REQ-DEC-006", "Who took a decision that rests on one that is lost gets a task; nothing changes by itself.",
        (f"{_TESTS}/test_resting.py",), ("DA 2015/2446 art. 15", "DA 2015/2446 art. 30(1)"),
    ),
    Requirement(
        "REQ-DEC-005",
        "Who is asked answers once and in time; silence on criteria is fulfilment, on a draft it is agreement.",
        (f"{_TESTS}/test_clock.py",), ("IA 2015/2447 art. 14(3)", "IA 2015/2447 art. 260(4)"),
    ),
)  # fmt: skip
"""Where customs decisions stand in the Reference Architecture."""
