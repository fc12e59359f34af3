"""Drafts: saved while they are filled in, and seen by their owner alone."""

from __future__ import annotations

from typing import Any, Final

from douane.applications.drafts.messages import (
    DraftChanged,
    DraftDiscarded,
    DraftLine,
    DraftLines,
    DraftQuestion,
    DraftSaved,
    DraftShown,
    DraftsQuestion,
)
from douane.model.architecture import Element, ProcessLevel, Requirement, Task
from douane.model.caller import Caller
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, command, query, service
from douane.model.needs import CHANGE_DRAFT, DISCARD_DRAFT, DRAFT, DRAFTS, SAVE_DRAFT
from douane.model.parties import CaseRole, Members

__all__ = ["DraftLine", "DraftSaved", "Drafts"]

UNION: Final = "EU"
PREPARER = Actor("", ActorKind.TRADER, "Prepares what he, or whoever may, sends later")
OWNER = CaseRole("owner of the draft", "Whose declaration it is to be")


def keeper(_message: Any) -> str:
    """Drafts are kept by the Union, whose portal they are made in."""
    return UNION


def own_draft(message: Any, caller: Caller) -> tuple[str, str]:
    """A draft under its name, which is scoped by whose it is: nobody can name another's."""
    return "draft", f"{caller.party.identifier}/{message.name}"


def owner(_message: Any, caller: Caller) -> Members:
    """Whoever it is made for."""
    return ((caller.party, OWNER),)


@service(
    "drafts",
    title="Drafts",
    owner="Commission and Member States",
    level=Level.SILVER,
    legal=("UCC art. 6(1)",),
    administration=keeper,
    realises=("customs transit",),
)
class Drafts:
    """What traders have begun to fill in and not sent yet."""

    @command(
        DraftSaved, by=(PREPARER,), task="DRA-PRE-01", opens=own_draft, about=own_draft, parties=owner, roles=(OWNER,),
        issued="whoever saves it: a draft is named within its party", requirements=("REQ-DRA-001",), fills=SAVE_DRAFT,
    )  # fmt: skip
    def save(self) -> None:
        """Save what is filled in so far; it is judged when it is sent, not before."""

    @command(
        DraftChanged, by=(PREPARER,), task="DRA-PRE-01", about=own_draft, roles=(OWNER,),
        requirements=("REQ-DRA-001",), fills=CHANGE_DRAFT,
    )  # fmt: skip
    def change(self) -> None:
        """Save what is otherwise than it was saved last."""

    @command(
        DraftDiscarded, by=(PREPARER,), task="DRA-PRE-01", about=own_draft, roles=(OWNER,),
        requirements=("REQ-DRA-001",), fills=DISCARD_DRAFT,
    )  # fmt: skip
    def discard(self) -> None:
        """Throw a draft away."""

    @query(
        DraftQuestion, DraftShown, by=(PREPARER,), task="DRA-PRE-02", roles=(OWNER,),
        requirements=("REQ-DRA-001",), fills=DRAFT,
    )  # fmt: skip
    def show(self) -> None:
        """Show a draft with what is filled in."""

    @query(
        DraftsQuestion, DraftLines, by=(PREPARER,), task="DRA-PRE-02", roles=(OWNER,),
        requirements=("REQ-DRA-001",), fills=DRAFTS,
    )  # fmt: skip
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
)  # fmt: skip
"""Where drafts stand in the Reference Architecture."""
