"""Drafts at work."""

from __future__ import annotations

from typing import Final, TypeAlias

from msgspec.structs import replace

from douane.applications.drafts.contract import Drafts, DraftSaved
from douane.applications.drafts.messages import (
    DraftAttached,
    DraftChanged,
    DraftDetached,
    DraftDiscarded,
    DraftFile,
    DraftForgotten,
    DraftLines,
    DraftQuestion,
    DraftShown,
    DraftsQuestion,
    OlderDraft,
)
from douane.applications.drafts.records import Draft, KeptFile, draft_of, line_of
from douane.applications.drafts.rules import KEPT, changed, kept_until
from douane.author import BadQuery, Fault, NotFound
from douane.author.needs import OLDER_DRAFT_JUDGED, supplied
from douane.author.run import View, Work, answers, handles

CODE: Final = "14"
PAGE: Final = 50
MOST_FILES: Final = 20


Ignored: TypeAlias = (
    "DraftSaved | DraftChanged | DraftDiscarded | DraftForgotten | DraftAttached | DraftDetached | OlderDraft"
)


def ignore(_work: Work, _m: Ignored, _faults: tuple[Fault, ...]) -> None:
    """Nothing changes by what names no draft of its sender; he sees which there are."""


@handles(Drafts.save, reads=(Draft,), refuse=ignore)
def save(work: Work, m: DraftSaved) -> None:
    """Keep it, unless it was begun before the last save: what somebody else wrote meanwhile is not written over."""
    kept, caller = work.get(Draft), work.caller
    if m.turn != (kept.turn if kept is not None else 0):
        return
    by = caller.person or caller.by
    made = draft_of(m, owner=caller.party.identifier, by=by, turn=m.turn + 1, at=work.now)
    work.put(replace(made, files=kept.files) if kept is not None else made)


@handles(Drafts.forget, reads=(Draft,), refuse=ignore)
def forget(work: Work, m: DraftForgotten) -> None:
    """Nothing of it stays, unless it was saved meanwhile."""
    kept = work.get(Draft)
    if kept is not None and kept_until(kept.saved_at) < work.today():
        work.remove(Draft)


@handles(Drafts.change, reads=(Draft,), refuse=ignore)
def change(work: Work, m: DraftChanged) -> None:
    """Keep it with what is otherwise, unless it was saved meanwhile or a change does not fit."""
    kept, caller = work.get(Draft), work.caller
    content = changed(kept.content, m.changes) if kept is not None and kept.turn == m.turn else None
    if kept is None or content is None:
        return
    by, reference = caller.person or caller.by, m.reference or kept.reference
    work.put(replace(kept, content=content, reference=reference, turn=m.turn + 1, saved_at=work.now, saved_by=by))


@handles(Drafts.attach, reads=(Draft,), refuse=ignore)
def attach(work: Work, m: DraftAttached) -> None:
    """Keep which file it is; in place of one of the same name. Beyond ``MOST_FILES`` none is added."""
    kept = work.get(Draft)
    brought = work.row.content.attachments
    if kept is None or kept.turn != m.turn or len(brought) != 1:
        return
    (file,) = brought
    others = tuple(each for each in kept.files if each.name != file.name)
    if len(others) < MOST_FILES:
        _with_files(work, kept, (*others, KeptFile(file.name, file.media_type, file.digest, file.size)))


@handles(Drafts.detach, reads=(Draft,), refuse=ignore)
def detach(work: Work, m: DraftDetached) -> None:
    """It goes with the draft no more."""
    kept = work.get(Draft)
    if kept is not None and kept.turn == m.turn:
        _with_files(work, kept, tuple(each for each in kept.files if each.name != m.file))


def _with_files(work: Work, kept: Draft, files: tuple[KeptFile, ...]) -> None:
    by = work.caller.person or work.caller.by
    work.put(replace(kept, files=files, turn=kept.turn + 1, saved_at=work.now, saved_by=by))


@supplied(OLDER_DRAFT_JUDGED)
def judge(view: View, m: OlderDraft) -> tuple[bool, tuple[Fault, ...]]:
    """Whether it is here already, and what stands against taking it over."""
    if view.resolve("draft", f"{m.owner}/{m.name}") is not None:
        return True, ()
    today, saved = view.today(), round(m.saved_at.timestamp() * 1_000_000)
    if m.saved_at.date() > today:
        return False, (Fault("/saved_at", CODE, "Give when it was saved last; that is not to come."),)
    if kept_until(saved) < today:
        remedy = f"Leave it out: nobody saved it for {KEPT.length.days} days, and so long a draft is kept."
        return False, (Fault("/saved_at", CODE, remedy, rule=KEPT.id),)
    return False, ()


@handles(Drafts.take_over, refuse=ignore)
def take_over(work: Work, m: OlderDraft) -> None:
    """Keep it as it was saved there last; where its owner has one of its name this opens nothing."""
    at = round(m.saved_at.timestamp() * 1_000_000)
    if kept_until(at) >= work.today() and at <= work.now:
        saved = DraftSaved(name=m.name, operation=m.operation, turn=0, content=m.content, reference=m.reference)
        work.put(draft_of(saved, owner=m.owner, by="", turn=1, at=at))


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
    if kept is None or kept_until(kept.saved_at) < view.today():
        raise NotFound("You have no draft of this name.", remedy="Choose one of your drafts.")
    return DraftShown(
        name=kept.name, operation=kept.operation, reference=kept.reference, turn=kept.turn, saved_at=kept.saved_at,
        saved_by=kept.saved_by, case=kept.case, country=kept.country, sent=kept.sent, content=kept.content,
        mends=kept.mends, kept_until=kept_until(kept.saved_at),
        files=tuple(DraftFile(name=f.name, media=f.media, digest=f.digest, size=f.size) for f in kept.files),
    )  # fmt: skip


@answers(Drafts.mine)
def mine(view: View, question: DraftsQuestion) -> DraftLines:
    """A page of drafts, the latest first: of a delegate those that his delegation shows him."""
    own = view.caller.party.identifier
    index, equal = ("by_case", (own, question.case)) if question.case else ("by_owner", (own,))
    found, after = view.find(Draft, index, *equal, limit=PAGE, after=_cursor(question.after), reverse=True)
    today = view.today()
    lines = tuple(
        line_of(kept) for subject, kept in found if view.roles_seen(subject) and kept_until(kept.saved_at) >= today
    )
    return DraftLines(drafts=lines, after=after.hex())


def _cursor(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as problem:
        raise BadQuery("This cursor is none of ours.", remedy="Begin at the first page.") from problem
