"""Authorised economic operators: who is one, and with whom that is shared under mutual recognition."""

from __future__ import annotations

from douane.applications.aeo.messages import (
    AeoCheck,
    AeoData,
    AeoDataAcknowledged,
    AeoListRequest,
    AeoNoted,
    AeoStatus,
    AeoType,
    AuthorisationChanged,
    AuthorisationGranted,
    AuthorisationKept,
    AuthorisationNotKept,
    OperatorListQuery,
    OperatorsListed,
    PartnerMembers,
    PartnerMembersKept,
    RecognitionConcluded,
    RecognitionEnded,
    RecognitionKept,
    RecognitionNotKept,
    RecognitionQuery,
    RecognitionState,
)
from douane.applications.aeo.messages import State as OperatorState
from douane.author import (
    COMPETENT,
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
    PartyKind,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    cannot_say,
    command,
    derived,
    query,
    service,
)

__all__ = [
    "UNION", "AeoCheck", "AeoStatus", "AeoType", "AuthorisationChanged", "AuthorisationGranted", "AuthorisedOperators",
    "OperatorState",
]  # fmt: skip

ADMINISTRATION = Actor("administration", ActorKind.MEMBER_STATE, "Grants authorisations and follows them")
DESK = Actor("administration", ActorKind.COMMISSION, "Keeps the agreements on mutual recognition")
PARTNER = Actor("partner of mutual recognition", ActorKind.THIRD_COUNTRY, "A third country that recognises operators")
PROCESS = Actor("process", ActorKind.SERVICE, "A procedure of this node")
OFFICER = Actor("", ActorKind.OFFICER, "Looks an operator up")
MEMBER_STATE = Actor("", ActorKind.MEMBER_STATE, "Looks an operator up")
COMMISSION = Actor("", ActorKind.COMMISSION, "Looks an operator up")

EVERYBODY = tuple(
    Actor("", kind, "Reads the public list")
    for kind in (ActorKind.TRADER, ActorKind.THIRD_COUNTRY, ActorKind.MEMBER_STATE, ActorKind.OFFICER,
                 ActorKind.COMMISSION, ActorKind.PUBLIC)
)  # fmt: skip

UNION = "EU"
GRANTING = CaseRole("granting authority", "The customs authority that took the decision (UCC art. 22)")
RECOGNISED = CaseRole("partner of mutual recognition", "The third country with which an agreement is in force")


def union(_message: object) -> str:
    """Authorisations hold in the whole Union, and agreements are the Union's."""
    return UNION


def _authorisation(message: AuthorisationGranted | AuthorisationChanged, _caller: Caller) -> tuple[str, str]:
    return "aeo", message.number


def _agreement(
    message: RecognitionConcluded | RecognitionEnded | AeoDataAcknowledged | AeoListRequest | PartnerMembers | AeoNoted,
    _caller: Caller,
) -> tuple[str, str]:
    return "mra", message.agreement


def not_told(question: AeoCheck, what: Known) -> AeoStatus:
    """The answer where the register cannot be asked."""
    return AeoStatus(question.identifier, what)


@service(
    "aeo",
    title="Authorised economic operators",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("transit, which is Gold, asks it while it works"),
    legal=("UCC art. 38", "UCC art. 39", "IA art. 30"),
    administration=union,
    realises=("cooperation with other authorities",),
)
class AuthorisedOperators:
    """Authorised economic operators: delivered by administrations, checked by all, exchanged with third countries."""

    @command(
        AuthorisationGranted,
        replies=(AuthorisationKept, AuthorisationNotKept),
        task="AEO-REG-01",
        who=Who(by=(ADMINISTRATION,), senders=lambda m: (administration(m.number[:2]),)),
        law=Law(legal=("IA art. 30(1)",), requirements=("REQ-AEO-001",)),
        case=OfCase(opens=_authorisation, parties=lambda _, caller: ((caller.party, GRANTING),)),
    )
    def grant(self) -> None:
        """Deliver an authorisation that was granted."""

    @command(
        AuthorisationChanged,
        replies=(AuthorisationKept, AuthorisationNotKept),
        task="AEO-REG-02",
        who=Who(by=(ADMINISTRATION,), roles=(GRANTING,)),
        law=Law(legal=("IA art. 30(1)",), requirements=("REQ-AEO-001", "REQ-AEO-002")),
        case=OfCase(about=_authorisation),
    )
    def change(self) -> None:
        """Deliver an event: suspension and its end, revocation, annulment, consent given or withdrawn, new data."""

    @command(
        RecognitionConcluded,
        replies=(RecognitionKept, RecognitionNotKept),
        task="AEO-MRA-01",
        who=Who(by=(DESK,), senders=lambda _: (administration(UNION),)),
        law=Law(requirements=("REQ-AEO-003",)),
        case=OfCase(opens=_agreement, parties=lambda m, _: ((Party(PartyKind.THIRD_COUNTRY, m.party), RECOGNISED),)),
    )
    def conclude(self) -> None:
        """Put an agreement on mutual recognition into force; the exchange begins with the full list."""

    @command(
        RecognitionEnded,
        replies=(RecognitionKept, RecognitionNotKept),
        task="AEO-MRA-01",
        who=Who(by=(DESK,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-AEO-002",)),
        case=OfCase(about=_agreement),
    )
    def end(self) -> None:
        """End an agreement: the partner is told to forget, its members are recognised no longer."""

    @command(
        AeoNoted,
        replies=(AeoData,),
        task="AEO-MRA-02",
        who=Who(by=(PROCESS,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-AEO-002",)),
        case=OfCase(about=_agreement),
    )
    def note(self) -> None:
        """Note for a partner that an operator changed; it is told at the next exchange, of a worse standing at once."""

    @command(
        AeoDataAcknowledged,
        task="AEO-MRA-02",
        who=Who(by=(PARTNER,), roles=(RECOGNISED,)),
        law=Law(requirements=("REQ-AEO-003",)),
        case=OfCase(about=_agreement),
    )
    def acknowledge(self) -> None:
        """Acknowledge operators of the Union, and name the records that were not taken."""

    @command(
        AeoListRequest,
        replies=(AeoData,),
        task="AEO-MRA-02",
        who=Who(by=(PARTNER,), roles=(RECOGNISED,)),
        law=Law(requirements=("REQ-AEO-003",)),
        case=OfCase(about=_agreement),
    )
    def ask_list(self) -> None:
        """Ask for the full list again."""

    @command(
        PartnerMembers,
        replies=(PartnerMembersKept,),
        task="AEO-MRA-03",
        who=Who(by=(PARTNER,), roles=(RECOGNISED,)),
        law=Law(requirements=("REQ-AEO-003",)),
        case=OfCase(about=_agreement),
    )
    def deliver_members(self) -> None:
        """Deliver members of the partner's programme: the full list in pages, then changes."""

    @query(
        AeoCheck,
        AeoStatus,
        task="AEO-CHK-01",
        who=Who(by=(PROCESS, OFFICER, MEMBER_STATE, COMMISSION)),
        law=Law(requirements=("REQ-AEO-004",)),
        of_named=True,
        by_day=True,
        not_known=not_told,
    )
    def check(self) -> None:
        """Check whether an operator is authorised, or recognised."""

    @query(
        OperatorListQuery,
        OperatorsListed,
        task="AEO-CHK-02",
        who=Who(by=EVERYBODY),
        law=Law(requirements=("REQ-AEO-005",)),
        of_nobody=True,
        not_known=cannot_say,
    )
    def list_operators(self) -> None:
        """List the operators who agreed to that, for everybody."""

    @query(
        RecognitionQuery,
        RecognitionState,
        task="AEO-MRA-04",
        who=Who(by=(DESK,)),
        law=Law(requirements=("REQ-AEO-003",)),
    )
    def show_exchange(self) -> None:
        """Show how far the exchange with a partner is."""


_JOURNEY = "tests/journeys/test_mutual_recognition.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "trusted traders", 2, "Operators that customs trusts, here and abroad", "protection",
        ("cooperation with other authorities",),
    ),
    Task("AEO-REG-01", "Take over an authorisation", "trusted traders"),
    Task("AEO-REG-02", "Take over an event of an authorisation", "trusted traders"),
    Task("AEO-MRA-01", "Keep agreements on mutual recognition", "trusted traders"),
    Task("AEO-MRA-02", "Tell a partner of operators of the Union", "trusted traders"),
    Task("AEO-MRA-03", "Take over members of a partner's programme", "trusted traders"),
    Task("AEO-MRA-04", "Follow the exchange with a partner", "trusted traders"),
    Task("AEO-CHK-01", "Check whether an operator is trusted", "trusted traders"),
    Task("AEO-CHK-02", "Read the public list of trusted operators", "trusted traders"),
    Requirement(
        "REQ-AEO-005", "Nobody stands in the public list without consent, or while the authorisation does not hold.",
        ("src/douane/applications/customs_decisions/tests/test_operators.py",),
    ),
    Requirement(
        "REQ-AEO-004", "An authorisation is valid while it is in force, and neither suspended nor revoked.",
        ("tests/journeys/test_mutual_recognition.py",),
    ),
    Requirement(
        "REQ-AEO-001", "An administration delivers its own authorisations, and no older state over a newer one.",
        (_JOURNEY,), ("IA art. 30",),
    ),
    Requirement(
        "REQ-AEO-002", "No partner is told of an operator without its consent; when that ends, the partner forgets it.",
        (_JOURNEY, "tests/journeys/test_mutual_recognition_doors.py"),
    ),
    Requirement(
        "REQ-AEO-003", "Nothing is exchanged without an agreement in force that names the ground of the transfer.",
        (_JOURNEY,),
    ),
)  # fmt: skip
"""Where authorised economic operators stand in the Reference Architecture."""
