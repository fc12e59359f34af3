"""Drafts at work."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.drafts.contract import Drafts, DraftSaved
from douane.applications.drafts.messages import (
    DraftChanged,
    DraftDiscarded,
    DraftLines,
    DraftQuestion,
    DraftShown,
    DraftsQuestion,
)
from douane.applications.drafts.records import Draft, draft_of, line_of
from douane.applications.drafts.rules import changed
from douane.runtime.catalogue.behaviour import answers, handles
from douane.runtime.core.work import Work
from douane.runtime.store.queries import View
from douane.vocabulary.errors import BadQuery, Fault, NotFound

PAGE: Final = 50


def ignore(_work: Work, _m: DraftSaved | DraftChanged | DraftDiscarded, _faults: tuple[Fault, ...]) -> None:
    """Nothing changes by what names no draft of its sender; he sees which there are."""


@handles(Drafts.save, reads=(Draft,), refuse=ignore)
def save(work: Work, m: DraftSaved) -> None:
    """Keep it, unless it was begun before the last save: what somebody else wrote meanwhile is not written over."""
    kept, caller = work.get(Draft), work.caller
    if m.turn != (kept.turn if kept is not None else 0):
        return
    by = caller.person or caller.by
    work.put(draft_of(m, owner=caller.party.identifier, by=by, turn=m.turn + 1, at=work.now))


@handles(Drafts.change, reads=(Draft,), refuse=ignore)
def change(work: Work, m: DraftChanged) -> None:
    """Keep it with what is otherwise, unless it was saved meanwhile or a change does not fit."""
    kept, caller = work.get(Draft), work.caller
    content = changed(kept.content, m.changes) if kept is not None and kept.turn == m.turn else None
    if kept is None or content is None:
        return
    by, reference = caller.person or caller.by, m.reference or kept.reference
    work.put(replace(kept, content=content, reference=reference, turn=m.turn + 1, saved_at=work.now, saved_by=by))


@handles(Drafts.discard, reads=(Draft,), refuse=ignore)
def discard(work: Work, m: DraftDiscarded) -> None:
    """Nothing of it stays but what the audit log proves."""
    kept = work.get(Draft)
    if kept is not None and kept.turn == m.turn:
        work.remove(Draft)


@answers(Drafts.show)
def show(view: View, question: DraftQuestion) -> DraftShown:
    """A draft of the party of who asks; of any other nobody learns that it exists."""
    subject = view.resolve("draft", f"{view.caller.party.identifier}/{question.name}")
    kept = view.get(Draft, subject) if subject is not None and view.roles_seen(subject) else None
    if kept is None:
        raise NotFound("You have no draft of this name.", remedy="Choose one of your drafts.")
    return DraftShown(
        name=kept.name, operation=kept.operation, reference=kept.reference, turn=kept.turn, saved_at=kept.saved_at,
        saved_by=kept.saved_by, case=kept.case, country=kept.country, sent=kept.sent, content=kept.content,
        mends=kept.mends,
    )  # fmt: skip


@answers(Drafts.mine)
def mine(view: View, question: DraftsQuestion) -> DraftLines:
    """A page of drafts, the latest first: of a delegate those that his delegation shows him."""
    own = view.caller.party.identifier
    index, equal = ("by_case", (own, question.case)) if question.case else ("by_owner", (own,))
    found, after = view.find(Draft, index, *equal, limit=PAGE, after=_cursor(question.after), reverse=True)
    lines = tuple(line_of(kept) for subject, kept in found if view.roles_seen(subject))
    return DraftLines(drafts=lines, after=after.hex())


def _cursor(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as problem:
        raise BadQuery("This cursor is none of ours.", remedy="Begin at the first page.") from problem
