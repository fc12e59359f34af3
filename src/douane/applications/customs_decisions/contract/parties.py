"""Who speaks in a customs decision, in which role, and by which names cases are known."""

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
    DecisionExpired,
    EffectAwaited,
    HearingOpened,
    InformationRequested,
    SuspensionEnded,
    SuspensionExtended,
)
from douane.applications.customs_decisions.messages.consulting import (
    DecisionLost,
    OpinionAsked,
    OpinionGiven,
)
from douane.applications.customs_decisions.messages.explaining import TypeQuery
from douane.applications.customs_decisions.messages.overlays import (
    OverlayApproved,
    OverlayProposed,
    OverlaysQuery,
)
from douane.applications.customs_decisions.messages.showing import (
    OwnDecisionsQuery,
    QuestionQuery,
    QuestionsQuery,
    RequirementsQuery,
    TypesQuery,
)
from douane.applications.customs_decisions.messages.taking_over import OlderCase, OlderDecision
from douane.applications.customs_decisions.messages.words import ActKind, State
from douane.author import (
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Party,
    Tells,
    customs_of,
)
from douane.author import administration as administration_party

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


def older_name(message: OlderCase, _caller: Caller) -> tuple[str, str]:
    """An application that an older portal took, by its applicant's own reference."""
    return "application", f"{message.applicant}/{message.own_reference}"


def own_name(message: DecisionApplication, caller: Caller) -> tuple[str, str]:
    """An application by the own reference of who lodges it."""
    return "application", f"{caller.party.identifier}/{message.own_reference}"


def case(message: Any, _caller: Caller) -> tuple[str, str]:
    """A decision by the reference that the authority gave its application."""
    return "customs decision", message.reference


def question(message: Any, _caller: Caller) -> tuple[str, str]:
    """What an authority is asked about an application."""
    return "consultation", f"{message.reference}/{message.number}"


def asks(message: OpinionAsked) -> tuple[Party, ...]:
    """Who alone asks another authority: the one that decides."""
    return (administration_party(message.reference[:2]),)


def answers(message: OpinionGiven) -> tuple[Party, ...]:
    """Who alone answers: the authority that was asked."""
    return (administration_party(message.authority),)


def overlay(message: Any, _caller: Caller) -> tuple[str, str]:
    """What an administration adds to the common procedure."""
    return "national overlay", message.administration


def own_overlay(message: OverlayProposed | OverlayApproved) -> tuple[Party, ...]:
    """Who alone adds to it."""
    return (administration_party(message.administration),)


ACTS: Final = {
    ActKind.GRANT: State.IN_FORCE, ActKind.SUSPEND: State.SUSPENDED, ActKind.LIFT: State.IN_FORCE,
    ActKind.REFUSE: State.REFUSED, ActKind.REVOKE: State.REVOKED, ActKind.ANNUL: State.ANNULLED,
    ActKind.RESTORE: State.IN_FORCE, ActKind.COMMENCE: State.IN_FORCE,
}  # fmt: skip
"""What becomes of a decision by each kind of act."""
TOLD: Final = Tells(
    {
        ApplicationRegistered: State.LODGED.value, ApplicationAccepted: State.ACCEPTED.value,
        ApplicationNotAccepted: State.NOT_ACCEPTED.value, InformationRequested: State.COMPLETED.value,
        HearingOpened: State.HEARING.value,
        ActNotified: lambda m: State.NOTIFIED.value if m.act in (ActKind.GRANT, ActKind.REFUSE) else "",
        ActInEffect: lambda m: ACTS[m.act].value if m.act in ACTS else "",
        SuspensionEnded: State.IN_FORCE.value, SuspensionExtended: State.SUSPENDED.value,
        DecisionExpired: State.EXPIRED.value, EffectAwaited: State.GRANTED.value,
    },
    {ApplicationNotRegistered: State.REFUSED.value},
    named="customs decision", fields=("reference",),
)  # fmt: skip
"""What an applicant is told, in the words of the states that the authority keeps."""
