"""Authorisations: what customs authorities state about them, and how procedures ask.

``state`` is what the authority that takes a decision sends after each of its acts; whoever runs the procedures of
decisions fills the register through it. Each authority's authorisations are kept by whoever serves it, so a question
goes to the administration that the reference names.
"""

from __future__ import annotations

from douane.applications.authorisations.messages import (
    ENDED,
    TYPE_OF_DOCUMENT,
    TYPES,
    AuthorisationActKept,
    AuthorisationActNotKept,
    AuthorisationAnswer,
    AuthorisationHistory,
    AuthorisationHistoryQuery,
    AuthorisationLines,
    AuthorisationQuestion,
    AuthorisationStated,
    Condition,
    OwnAuthorisationsQuery,
    Standing,
    State,
    Territory,
)
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
    ProcessLevel,
    Requirement,
    Task,
    Who,
    administration,
    command,
    customs_of,
    derived,
    query,
    service,
    trader,
)

__all__ = [
    "ENDED", "TYPES", "TYPE_OF_DOCUMENT", "AuthorisationAnswer", "AuthorisationQuestion", "AuthorisationStated",
    "Authorisations", "Condition", "Standing", "State", "Territory", "authority_of",
]  # fmt: skip

AUTHORITY = Actor("competent customs authority", ActorKind.MEMBER_STATE, "Takes the decisions (UCC art. 22(1))")
DECIDING_OFFICER = Actor("decisions officer", ActorKind.OFFICER, "Takes decisions for the competent authority")
PROCESS = Actor("process", ActorKind.SERVICE, "A procedure of this node")
MEMBER_STATE = Actor("administration", ActorKind.MEMBER_STATE, "A national procedure that relies on an authorisation")
OFFICER = Actor("", ActorKind.OFFICER, "Looks an authorisation up for a declaration or a control")
CENTRAL_NODE = Actor("central node", ActorKind.COMMISSION, "Asks who keeps an authorisation, for somebody who asks it")
HOLDER_ACTOR = Actor("holder of authorisations", ActorKind.TRADER, "Sees the own authorisations")

HOLDER = CaseRole("holder of the authorisation", "To whom it was granted")


def authority_of(reference: str) -> str:
    """The administration whose authority took the decision: the country with which its reference begins."""
    return customs_of(reference[:2])


def _administration(
    message: AuthorisationStated | AuthorisationQuestion | AuthorisationHistoryQuery | OwnAuthorisationsQuery
) -> str:  # fmt: skip
    if isinstance(message, OwnAuthorisationsQuery):
        return customs_of(message.country)
    return authority_of(message.reference)


def _case(message: AuthorisationStated, _caller: Caller) -> tuple[str, str]:
    return "authorisation", message.reference


def _issuer(message: AuthorisationStated) -> tuple[Party, ...]:
    return (administration(message.reference[:2]),)


def not_told(question: AuthorisationQuestion, what: Known) -> AuthorisationAnswer:
    """The answer where the register of that authority cannot be asked."""
    return AuthorisationAnswer(reference=question.reference, known=what, standing=Standing.UNKNOWN)


def list_not_told(_question: OwnAuthorisationsQuery, what: Known) -> AuthorisationLines:
    """No line where whoever keeps them is not asked."""
    return AuthorisationLines(lines=(), known=what)


@service(
    "authorisations",
    title="Authorisations",
    owner="Commission and Member States",
    level=Level.GOLD,
    agreed=derived("transit and guarantees, which are Gold, ask it while they work"),
    legal=("UCC art. 22", "UCC art. 26", "IA art. 313"),
    administration=_administration,
    realises=("reference data management",),
)
class Authorisations:
    """Which simplifications customs authorities granted to whom: stated by them alone, asked by procedures."""

    @command(
        AuthorisationStated,
        replies=(AuthorisationActKept, AuthorisationActNotKept),
        task="AUT-REG-01",
        who=Who(by=(AUTHORITY, DECIDING_OFFICER), roles=(COMPETENT,), senders=_issuer),
        law=Law(legal=("UCC art. 22(1)", "UCC art. 22(4)"), requirements=("REQ-AUT-001", "REQ-AUT-002")),
        case=OfCase(
            opens=_case, about=_case, parties=lambda m, _: ((trader(m.holder), HOLDER),), issues=("authorisation",)
        ),
    )
    def state(self) -> None:
        """State an act of the competent authority: grant, amendment, suspension and its end, revocation, annulment."""

    @query(
        AuthorisationQuestion,
        AuthorisationAnswer,
        task="AUT-ASK-01",
        who=Who(by=(PROCESS, MEMBER_STATE, OFFICER, CENTRAL_NODE)),
        law=Law(requirements=("REQ-AUT-002", "REQ-AUT-003")),
        of_named=True,
        not_known=not_told,
    )
    def ask(self) -> None:
        """Ask whether an authorisation may be used for an operation, as of its decisive date and by what was known."""

    @query(
        AuthorisationHistoryQuery,
        AuthorisationHistory,
        task="AUT-ASK-02",
        who=Who(by=(HOLDER_ACTOR, OFFICER), roles=(HOLDER, COMPETENT)),
        law=Law(requirements=("REQ-AUT-001",)),
        of_named=True,
    )
    def show(self) -> None:
        """Show every act of an authorisation to its holder and to the authority that took it."""

    @query(
        OwnAuthorisationsQuery,
        AuthorisationLines,
        task="AUT-ASK-02",
        who=Who(by=(HOLDER_ACTOR,), roles=(HOLDER,)),
        law=Law(requirements=("REQ-AUT-001",)),
        not_known=list_not_told,
    )
    def mine(self) -> None:
        """List what the authority of a Member State granted to the caller, and how it stands."""


_TESTS = "src/douane/applications/authorisations/tests"
_JOURNEY = "tests/journeys/test_authorisations.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel(
        "authorisations", 2, "Simplifications and who may use them", "common foundations",
        ("reference data management",),
    ),
    Task("AUT-REG-01", "Take over an act about an authorisation", "authorisations"),
    Task("AUT-ASK-01", "Check whether an authorisation may be used", "authorisations"),
    Task("AUT-ASK-02", "See what was decided about an authorisation", "authorisations"),
    Requirement(
        "REQ-AUT-001", "Only the authority that the reference names states acts, and only it and the holder see them.",
        (_JOURNEY,), ("UCC art. 22(1)",),
    ),
    Requirement(
        "REQ-AUT-002", "What was known at an instant is answered later as it was answered then.",
        (f"{_TESTS}/test_standing.py", _JOURNEY), ("UCC art. 22(4)", "UCC art. 30"),
    ),
    Requirement(
        "REQ-AUT-003", "A simplification of transit is used where it was granted for, and nowhere else.",
        (f"{_TESTS}/test_standing.py",), ("IA art. 313",),
    ),
)  # fmt: skip
"""Where the register stands in the Reference Architecture."""
