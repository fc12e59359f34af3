"""Drafts: saved while they are filled in, and seen by their owner alone."""

from __future__ import annotations

from typing import Any, Final

from douane.applications.drafts.messages import (
    DraftAttached,
    DraftChanged,
    DraftDetached,
    DraftDiscarded,
    DraftForgotten,
    DraftLine,
    DraftLines,
    DraftQuestion,
    DraftSaved,
    DraftShown,
    DraftsQuestion,
    OlderDraft,
)
from douane.author import (
    COMPETENT,
    Actor,
    ActorKind,
    Caller,
    CaseRole,
    Element,
    Law,
    Level,
    Members,
    OfCase,
    ProcessLevel,
    Requirement,
    Task,
    Who,
    command,
    derived,
    query,
    service,
    trader,
)
from douane.author.needs import (
    ATTACH_TO_DRAFT,
    CHANGE_DRAFT,
    DETACH_FROM_DRAFT,
    DISCARD_DRAFT,
    DRAFT,
    DRAFTS,
    DRAFTS_KEPT,
    OLDER_DRAFT,
    OLDER_DRAFT_JUDGED,
    OVERDUE,
    SAVE_DRAFT,
)
from douane.standards.mime.kinds import FILES

__all__ = ["DraftLine", "DraftSaved", "Drafts"]

UNION: Final = "EU"
PREPARER = Actor("", ActorKind.TRADER, "Prepares what he, or whoever may, sends later")
PROCESS = Actor("process", ActorKind.SERVICE, "Removes what nobody touched for long")
OPERATOR = Actor("", ActorKind.OPERATOR, "Takes over what was begun in an older portal")
OWNER = CaseRole("owner of the draft", "Whose declaration it is to be")


def keeper(_message: Any) -> str:
    """Drafts are kept by the Union, whose portal they are made in."""
    return UNION


def own_draft(message: Any, caller: Caller) -> tuple[str, str]:
    """A draft under its name, which is scoped by whose it is: nobody can name another's."""
    return "draft", f"{caller.party.identifier}/{message.name}"


def older_draft(message: OlderDraft, _caller: Caller) -> tuple[str, str]:
    """A draft of an older portal, under the name that it gets with its owner."""
    return "draft", f"{message.owner}/{message.name}"


def owner(_message: Any, caller: Caller) -> Members:
    """Whoever it is made for."""
    return ((caller.party, OWNER),)


@service(
    "drafts",
    title="Drafts",
    owner="Commission and Member States",
    level=Level.SILVER,
    agreed=derived("people write; nothing that was sent waits for it"),
    legal=("UCC art. 6(1)",),
    administration=keeper,
    realises=("customs transit",),
    supplies=(OVERDUE, OLDER_DRAFT_JUDGED, DRAFTS_KEPT),
)
class Drafts:
    """What traders have begun to fill in and not sent yet."""

    @command(
        DraftSaved,
        task="DRA-PRE-01",
        who=Who(by=(PREPARER,), roles=(OWNER,)),
        law=Law(requirements=("REQ-DRA-001",)),
        case=OfCase(
            opens=own_draft,
            about=own_draft,
            parties=owner,
            issued="whoever saves it: a draft is named within its party",
        ),
        fills=SAVE_DRAFT,
    )
    def save(self) -> None:
        """Save what is filled in so far; it is judged when it is sent, not before."""

    @command(
        DraftChanged,
        task="DRA-PRE-01",
        who=Who(by=(PREPARER,), roles=(OWNER,)),
        law=Law(requirements=("REQ-DRA-001",)),
        case=OfCase(about=own_draft),
        fills=CHANGE_DRAFT,
    )
    def change(self) -> None:
        """Save what is otherwise than it was saved last."""

    @command(
        DraftDiscarded,
        task="DRA-PRE-01",
        who=Who(by=(PREPARER,), roles=(OWNER,)),
        law=Law(requirements=("REQ-DRA-001",)),
        case=OfCase(about=own_draft),
        fills=DISCARD_DRAFT,
    )
    def discard(self) -> None:
        """Throw a draft away."""

    @command(
        DraftAttached,
        task="DRA-PRE-01",
        who=Who(by=(PREPARER,), roles=(OWNER,)),
        law=Law(requirements=("REQ-DRA-003",)),
        case=OfCase(about=own_draft),
        fills=ATTACH_TO_DRAFT,
        attaches=FILES,
    )
    def attach(self) -> None:
        """Add a file that goes with what is sent."""

    @command(
        DraftDetached,
        task="DRA-PRE-01",
        who=Who(by=(PREPARER,), roles=(OWNER,)),
        law=Law(requirements=("REQ-DRA-003",)),
        case=OfCase(about=own_draft),
        fills=DETACH_FROM_DRAFT,
    )
    def detach(self) -> None:
        """Take a file out again."""

    @command(
        OlderDraft,
        task="DRA-PRE-02",
        who=Who(by=(OPERATOR,)),
        law=Law(requirements=("REQ-DRA-004",)),
        case=OfCase(
            opens=older_draft,
            parties=lambda m, _: ((trader(m.owner), OWNER),),
            issued="its owner, as an older portal names it",
        ),
        fills=OLDER_DRAFT,
    )
    def take_over(self) -> None:
        """Take over what somebody began to fill in in an older portal."""

    @command(
        DraftForgotten,
        task="DRA-PRE-01",
        who=Who(by=(PROCESS,), roles=(COMPETENT,)),
        law=Law(requirements=("REQ-DRA-002",)),
        case=OfCase(about=lambda m, _: ("draft", f"{m.owner}/{m.name}")),
    )
    def forget(self) -> None:
        """Remove a draft that nobody touched for as long as drafts are kept: the clock asks for it."""

    @query(
        DraftQuestion,
        DraftShown,
        task="DRA-PRE-02",
        who=Who(by=(PREPARER,), roles=(OWNER,)),
        law=Law(requirements=("REQ-DRA-001",)),
        fills=DRAFT,
    )
    def show(self) -> None:
        """Show a draft with what is filled in."""

    @query(
        DraftsQuestion,
        DraftLines,
        task="DRA-PRE-02",
        who=Who(by=(PREPARER,), roles=(OWNER,)),
        law=Law(requirements=("REQ-DRA-001",)),
        fills=DRAFTS,
    )
    def mine(self) -> None:
        """List the drafts of whom the caller acts for."""


_TESTS = "src/douane/applications/drafts/tests/test_drafts.py"

ARCHITECTURE: tuple[Element, ...] = (
    ProcessLevel("drafts", 2, "Preparing what is sent", "customs procedures", ("customs transit",)),
    Task("DRA-PRE-01", "Prepare a declaration", "drafts"),
    Task("DRA-PRE-02", "Go on with what was begun", "drafts"),
    Requirement(
        "REQ-DRA-001", "A draft is lost by no failure and by no second window, and seen by its owner and whoever acts "
        "for him alone.", (_TESTS,), ("UCC art. 12", "UCC art. 18"),
    ),
    Requirement(
        "REQ-DRA-003", "A file goes with the draft to which it was added, whole and as what it is, or not at all.",
        ("tests/journeys/test_attached.py",),
    ),
    Requirement(
        "REQ-DRA-004", "A draft of an older portal is its owner's alone, and kept from when it was saved there.",
        ("src/douane/applications/drafts/tests/test_taking_over.py",),
    ),
    Requirement(
        "REQ-DRA-002", "A draft that nobody saves again is there for 90 days, is told to be, and then to nobody.",
        (_TESTS,),
    ),
)  # fmt: skip
"""Where drafts stand in the Reference Architecture."""
