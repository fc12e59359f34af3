"""REX: exporters apply to be registered, authorities register and revoke, everybody checks a number."""

from __future__ import annotations

from typing import Any, Final

from douane.applications.rex import tasks
from douane.applications.rex.messages import (
    BeneficiaryKept,
    BeneficiaryStated,
    RexApplication,
    RexCheck,
    RexDecided,
    RexEntered,
    RexIncomplete,
    RexInformed,
    RexLines,
    RexListQuery,
    RexModified,
    RexNotKept,
    RexNotRegistered,
    RexPublished,
    RexQuery,
    RexQuestion,
    RexReceived,
    RexRegistered,
    RexRevocationAsked,
    RexRevocationCancelled,
    RexRevocationNotified,
    RexRevoked,
    RexShown,
    RexStanding,
    RexStepKept,
    State,
)
from douane.author import (
    COMPETENT,
    MEMBER_STATES,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Known,
    Law,
    Level,
    OfCase,
    Party,
    ProcessLevel,
    Requirement,
    Task,
    Tells,
    Who,
    administration,
    command,
    customs_of,
    derived,
    query,
    service,
    trader,
)

__all__ = ["UNION", "RegisteredExporters", "RexQuestion", "RexStanding"]

UNION: Final = "EU"

EXPORTER_ACTOR: Final = Actor("", ActorKind.TRADER, "Exports originating products under a preferential scheme")
OFFICER: Final = Actor("origin officer", ActorKind.OFFICER, "Registers exporters for the own administration")
ABROAD: Final = Actor("authority of a beneficiary country", ActorKind.THIRD_COUNTRY, "Registers its own exporters")
DESK: Final = Actor("preferential schemes", ActorKind.COMMISSION, "States which countries benefit")
SYSTEM: Final = Actor("", ActorKind.MEMBER_STATE, "Verifies statements on origin")
COMMISSION: Final = Actor("", ActorKind.COMMISSION, "Follows the schemes")
PROCESS: Final = Actor("process", ActorKind.SERVICE, "A procedure of this node")
PUBLIC: Final = Actor("", ActorKind.PUBLIC, "Checks numbers without an identity")
CHECKING: Final = (EXPORTER_ACTOR, Actor("", ActorKind.THIRD_COUNTRY, "Checks numbers"), SYSTEM,
                   Actor("", ActorKind.OFFICER, "Verifies statements on origin"), COMMISSION, PUBLIC)  # fmt: skip

EXPORTER: Final = CaseRole("registered exporter", "Who applied, and makes statements on origin out (IA art. 86)")
REGISTERING: Final = CaseRole("authority of a beneficiary country", "Who entered the registration (IA art. 80)")


def administration_of(message: Any) -> str:
    """A Member State keeps its own exporters; those of beneficiary countries are kept by the Union's register."""
    said = getattr(message, "authority", "") or getattr(message, "country", "")
    return keeper_of(said or str(getattr(message, "number", "") or getattr(message, "reference", "")))


def keeper_of(number: str) -> str:
    """The administration that keeps the exporter of a number, or those of a country."""
    country = customs_of(number[:2])
    return country if country in MEMBER_STATES else UNION


def _own_name(message: RexApplication, caller: Caller) -> tuple[str, str]:
    return "rex application", f"{caller.party.identifier}/{message.own_reference}"


def _case(message: Any, _caller: Caller) -> tuple[str, str]:
    return "rex", getattr(message, "number", "") or message.reference


def _beneficiary(message: BeneficiaryStated, _caller: Caller) -> tuple[str, str]:
    return "rex beneficiary", message.country


def _applicant(message: RexApplication) -> tuple[Party, ...]:
    return (trader(message.exporter),)


def standing_not_told(question: RexQuestion, what: Known) -> RexStanding:
    """The answer about a statement on origin where the register cannot be asked."""
    return RexStanding(number=question.number, known=what, needed=question.needs_registration)


def not_told(question: RexCheck, what: Known) -> RexPublished:
    """The answer to a check where the register cannot be asked."""
    return RexPublished(number=question.number, known=what)


def list_not_told(_question: RexListQuery, what: Known) -> RexLines:
    """No line where whoever keeps them is not asked."""
    return RexLines((), "", what)


_TOLD: Final = Tells(
    {RexReceived: State.APPLIED.value, RexRegistered: State.REGISTERED.value, RexNotRegistered: State.REFUSED.value,
     RexRevocationNotified: State.REVOKED.value},
    {RexIncomplete: State.REFUSED.value}, named="rex", fields=("number", "reference"),
)  # fmt: skip
"""What an exporter is told, in the words of the states that the authority keeps."""


@service(
    "rex",
    title="Registered exporters",
    owner="Commission, Member States and beneficiary countries",
    level=Level.SILVER,
    agreed=derived("numbers are asked beside a declaration, not by one"),
    legal=("UCC art. 64", "IA art. 78", "IA art. 80", "IA art. 82", "IA art. 86", "IA art. 89"),
    administration=administration_of,
    realises=("reference data management",),
)
class RegisteredExporters:
    """Exporters that make statements on origin out: registered by their authorities, checked by everybody."""

    @command(
        RexApplication,
        replies=(RexReceived, RexIncomplete, RexRegistered, RexNotRegistered, RexRevocationNotified),
        task="REX-APP-01",
        who=Who(by=(EXPORTER_ACTOR,), senders=_applicant),
        law=Law(legal=("IA 2015/2447 art. 86(2)", "IA 2015/2447 art. 86(5)"), requirements=("REQ-REX-001",)),
        case=OfCase(opens=_own_name, parties=lambda m, _: ((trader(m.exporter), EXPORTER),), tells=_TOLD),
    )
    def apply(self) -> None:
        """Apply to be registered; a representative applies in the exporter's name, never in his own."""

    @command(
        RexDecided,
        replies=(RexStepKept, RexNotKept),
        task="REX-REG-01",
        who=Who(by=(OFFICER,), roles=(COMPETENT,)),
        law=Law(legal=("IA 2015/2447 art. 86(4)",), requirements=("REQ-REX-001",)),
        case=OfCase(ends=(tasks.Registered.examine,), about=_case),
    )
    def decide(self) -> None:
        """Register an exporter that applied, or say why not."""

    @command(
        RexEntered,
        replies=(RexRegistered, RexIncomplete, RexNotKept),
        task="REX-REG-01",
        who=Who(by=(ABROAD,)),
        law=Law(legal=("IA 2015/2447 art. 80(2)",), requirements=("REQ-REX-001", "REQ-REX-002")),
        case=OfCase(
            opens=_case,
            parties=lambda m, caller: ((caller.party, REGISTERING), (trader(m.exporter), EXPORTER)),
            issued="the authority of a country that benefits, by what the Commission states of it",
        ),
    )
    def enter(self) -> None:
        """Enter an exporter that the authority of a beneficiary country registered."""

    @command(
        RexModified,
        replies=(RexStepKept, RexNotKept),
        task="REX-REG-02",
        who=Who(by=(EXPORTER_ACTOR, ABROAD), roles=(EXPORTER, REGISTERING)),
        law=Law(legal=("IA 2015/2447 art. 80(4)", "IA 2015/2447 art. 89(1)"), requirements=("REQ-REX-003",)),
        case=OfCase(about=_case),
    )
    def modify(self) -> None:
        """Keep the data of a registration up to date, consent to publication among them."""

    @command(
        RexRevoked,
        replies=(RexStepKept, RexNotKept),
        task="REX-REV-01",
        who=Who(by=(OFFICER, ABROAD), roles=(COMPETENT, REGISTERING)),
        law=Law(legal=("IA 2015/2447 art. 89(3)", "IA 2015/2447 art. 89(4)"), requirements=("REQ-REX-001",)),
        case=OfCase(about=_case),
    )
    def revoke(self) -> None:
        """Revoke a registration; the exporter is told, and statements made before that stay good."""

    @command(
        RexInformed,
        replies=(RexStepKept, RexNotKept),
        task="REX-REV-01",
        who=Who(by=(EXPORTER_ACTOR, OFFICER, ABROAD), roles=(EXPORTER, COMPETENT, REGISTERING)),
        law=Law(legal=("IA 2015/2447 art. 89(5)", "IA 2015/2447 art. 89(6)"), requirements=("REQ-REX-001",)),
        case=OfCase(about=_case),
    )
    def inform(self) -> None:
        """Say when the exporter was informed of the revocation."""

    @command(
        RexRevocationCancelled,
        replies=(RexStepKept, RexNotKept),
        task="REX-REV-01",
        who=Who(by=(OFFICER, ABROAD), roles=(COMPETENT, REGISTERING)),
        law=Law(legal=("IA 2015/2447 art. 89(8)",), requirements=("REQ-REX-001",)),
        case=OfCase(about=_case),
    )
    def cancel_revocation(self) -> None:
        """Cancel a revocation that was wrong; the number stays the same."""

    @command(
        RexRevocationAsked,
        replies=(RexStepKept, RexNotKept),
        task="REX-APP-02",
        who=Who(by=(EXPORTER_ACTOR,), roles=(EXPORTER,)),
        law=Law(legal=("IA 2015/2447 art. 89(3)(c)",), requirements=("REQ-REX-001",)),
        case=OfCase(about=_case),
    )
    def ask_revocation(self) -> None:
        """Ask to be revoked; the authority does it."""

    @command(
        BeneficiaryStated,
        replies=(BeneficiaryKept,),
        task="REX-BEN-01",
        who=Who(by=(DESK,), roles=(COMPETENT,), senders=lambda _: (administration(UNION),)),
        law=Law(legal=("IA 2015/2447 art. 88", "IA 2015/2447 art. 90"), requirements=("REQ-REX-002",)),
        case=OfCase(opens=_beneficiary, about=_beneficiary),
    )
    def state_beneficiary(self) -> None:
        """State from when until when a country benefits; the registrations of one that does not are good no longer."""

    # --- looking

    @query(
        RexQuestion,
        RexStanding,
        task="REX-CHK-02",
        who=Who(by=(PROCESS, SYSTEM, OFFICER, COMMISSION)),
        law=Law(requirements=("REQ-REX-001",)),
        of_named=True,
        by_day=True,
        not_known=standing_not_told,
    )
    def standing(self) -> None:
        """Ask whether a statement on origin was made out by an exporter registered on that day."""

    @query(
        RexCheck,
        RexPublished,
        task="REX-CHK-01",
        who=Who(by=CHECKING),
        law=Law(requirements=("REQ-REX-003",)),
        of_named=True,
        of_nobody=True,
        not_known=not_told,
    )
    def validate(self) -> None:
        """Check a number: what is always published, and what the exporter agreed to."""

    @query(
        RexQuery,
        RexShown,
        task="REX-CHK-03",
        who=Who(by=(EXPORTER_ACTOR, OFFICER, SYSTEM, COMMISSION, ABROAD), roles=(EXPORTER, COMPETENT, REGISTERING)),
        law=Law(requirements=("REQ-REX-002", "REQ-REX-003")),
        of_named=True,
    )
    def show(self) -> None:
        """Show a registration in full: to its exporter, to authorities of the Union, to the country that entered it."""

    @query(
        RexListQuery,
        RexLines,
        task="REX-CHK-03",
        who=Who(by=(EXPORTER_ACTOR, OFFICER, SYSTEM, COMMISSION, ABROAD), roles=(EXPORTER, COMPETENT, REGISTERING)),
        law=Law(requirements=("REQ-REX-002",)),
        of_named=True,
        not_known=list_not_told,
    )
    def list_exporters(self) -> None:
        """List registrations of a country: all of them to authorities of the Union, to others their own."""


_TESTS = "src/douane/applications/rex/tests/test_register.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "registered exporters", 2, "Exporters that make out statements on origin", "common foundations",
        ("reference data management",),
    ),
    Task("REX-APP-01", "Apply to be registered as an exporter", "registered exporters"),
    Task("REX-APP-02", "Ask for the end of a registration", "registered exporters"),
    Task("REX-REG-01", "Register an exporter", "registered exporters"),
    Task("REX-REG-02", "Keep a registration up to date", "registered exporters"),
    Task("REX-REV-01", "Revoke a registration", "registered exporters"),
    Task("REX-BEN-01", "State which countries benefit", "registered exporters"),
    Task("REX-CHK-02", "Verify a statement on origin", "registered exporters"),
    Task("REX-CHK-01", "Check the number of an exporter", "registered exporters"),
    Task("REX-CHK-03", "See registrations", "registered exporters"),
    Requirement(
        "REQ-REX-001", "A registration is good from receipt of the whole form until its exporter was told of the end.",
        (_TESTS,), ("IA art. 86(4)", "IA art. 89(5)"),
    ),
    Requirement(
        "REQ-REX-002", "A beneficiary country enters and sees its own exporters, and those of no other country.",
        (_TESTS,), ("IA art. 82(3)", "IA art. 88"),
    ),
    Requirement(
        "REQ-REX-003", "Who did not agree to publication is known to the public by his number and its dates alone.",
        (_TESTS,), ("IA art. 82(7)", "IA art. 82(8)"),
    ),
)  # fmt: skip
"""Where the register stands in the Reference Architecture."""
