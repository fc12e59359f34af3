"""Letters of officers to parties of a case, and what those answer. They are kept in the case that they are about."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from douane.applications.case_files.contract import ADDRESSED, HEARD, PROVIDED, CaseFiles, Template, template_named
from douane.applications.case_files.handlers.paging import Seen
from douane.applications.case_files.messages import (
    AnswerLetter,
    Letter,
    LetterAnswered,
    LetterRefused,
    LetterShown,
    LetterWritten,
    Notice,
    WriteLetter,
    case_name,
)
from douane.applications.case_files.records import LetterKept, local_of
from douane.author import Fault, Overloaded, PartyKind, SenderFault, Statutory, built_in, statutory, trader
from douane.author import Instant as At
from douane.author.run import CaseEntry, HumanTask, Instant, View, Work, handles

MOST = 500
"""Letters of a case at most."""


def refuse(work: Work, m: WriteLetter | AnswerLetter, faults: tuple[Fault, ...]) -> None:
    """Tell who asked why nothing was written."""
    work.reply(LetterRefused(case=m.case, code=faults[0].code, reason=faults[0].remedy))


@handles(CaseFiles.write_letter, refuse=refuse)
def write_letter(work: Work, m: WriteLetter) -> None:
    """An officer in whose role something waits, or was done, in the case writes to one of its parties."""
    template, tasks = template_named(m.template), work.all_of(HumanTask).values()
    if template is None:
        raise _fault(work.codes.unknown, "There is no letter of this name; the documentation lists them.", "/template")
    task = next((each for each in tasks if each.role == m.role), None)
    if task is None:
        raise _fault(work.codes.foreign, "Nothing in this case is for this role.", "/role")
    members = work.parties.members if work.parties is not None else ()
    if not any(each.party.kind is PartyKind.TRADER and each.party.identifier == m.to for each in members):
        raise _fault(work.codes.unknown, "Nobody of this number has a part in the case.", "/to")
    if m.days and not template.sets_days:
        raise _fault(
            work.codes.foreign, "The law sets the time for an answer to this letter: leave the days out.", "/days"
        )
    number = len(work.all_of(LetterKept)) + 1
    if number > MOST:
        raise _fault(work.codes.elsewhere, "There are too many letters in this case.", "/case")
    ends = _ends(work, template, task.office, m.days)
    kept = LetterKept(
        number, template.name, m.to, task.office, m.grounds, m.documents, work.caller.human, work.lawful_now, ends
    )  # fmt: skip
    work.put(kept, local_of(number))
    work.admit(trader(m.to), ADDRESSED)
    work.send(_letter(work, m.case, template, kept), m.to)
    work.reply(LetterWritten(case=m.case, letter=number, to=m.to, answer_by=_moment(ends)))


@handles(CaseFiles.answer_letter, refuse=refuse)
def answer_letter(work: Work, m: AnswerLetter) -> None:
    """Whom it is for, or who acts for him, answers it once; a late answer is kept and marked as such."""
    kept = work.get(LetterKept, local_of(m.letter)) if m.letter <= MOST else None
    if kept is None or kept.to != work.caller.party.identifier or not kept.answer_by:
        raise _fault(work.codes.unknown, "No letter to you of this number asks for an answer.", "/letter")
    if kept.answered_at:
        raise _fault(work.codes.elsewhere, "This letter was answered already.", "/letter")
    by = work.caller.by or work.caller.person or work.caller.party.identifier
    work.put(replace(kept, answer=m.text, answered_at=work.lawful_now, answered_by=by), local_of(m.letter))
    work.reply(LetterAnswered(case=m.case, letter=m.letter, late=work.lawful_now >= kept.answer_by))


def _ends(work: Work, template: Template, office: str, days: int) -> Instant:
    """When the time for an answer is over, by the calendar of the office that writes; 0 where none is asked for."""
    if template.limit is HEARD:
        return work.limit(HEARD, office).last_instant
    if template.limit is PROVIDED:
        return work.limit(PROVIDED, office, days=days).last_instant
    return 0


def letters_of(view: View, subject: int) -> tuple[LetterShown, ...]:
    """The letters of a case: to an officer all, to a party those to itself."""
    entry = view.get(CaseEntry, subject)
    name = case_name(entry.aliases) if entry is not None else ""
    staff, own = view.caller.party.kind is PartyKind.STAFF, view.caller.party.identifier
    return tuple(
        LetterShown(
            case=name, letter=each.number, template=each.template, to=each.to, office=each.office, grounds=each.grounds,
            documents=each.documents, at=statutory(each.at), by=each.by if staff else "",
            answer_by=_moment(each.answer_by),
            answer=each.answer, answered_at=_moment(each.answered_at), answered_by=each.answered_by,
            late=bool(each.answered_at) and each.answered_at >= each.answer_by,
        )
        for each in view.all_of(LetterKept, subject) if staff or each.to == own
    )  # fmt: skip


def addressed(view: View) -> Callable[[int, bytes], tuple[list[tuple[int, Seen]], bytes]] | None:
    """The cases in which letters to who asks are, those first whose answer is awaited soonest; once for each letter.
    None while the letters of a former release are being indexed: a page shows what it has rather than nothing."""
    own = view.caller.party.identifier
    try:
        view.find(LetterKept, "by_addressee", own, limit=1)
    except Overloaded:
        return None

    def read(limit: int, after: bytes) -> tuple[list[tuple[int, Seen]], bytes]:
        found, following = view.find(LetterKept, "by_addressee", own, limit=limit, after=after)
        entries = ((subject, view.get(CaseEntry, subject)) for subject, _ in found)
        return [(subject, Seen(view, entry)) for subject, entry in entries if entry is not None], following

    return read


def _letter(work: Work, case: str, template: Template, kept: LetterKept) -> Letter:
    """The letter as its addressee gets it."""
    day = built_in().at(kept.office).date(At(kept.answer_by - 1)).isoformat() if kept.answer_by else ""
    text = template.text % {
        "reference": case.partition("/")[2], "office": kept.office, "grounds": kept.grounds,
        "documents": kept.documents or "-", "day": day,
    }  # fmt: skip
    kind = Letter if kept.answer_by else Notice
    return kind(
        case=case, letter=kept.number, country=work.administration, office=kept.office, template=template.name,
        title=template.title, article=template.article, text=text, answer_by=_moment(kept.answer_by),
    )  # fmt: skip


def _moment(at: Instant) -> Statutory | None:
    return statutory(at) if at else None


def _fault(code: str, reason: str, pointer: str) -> SenderFault:
    return SenderFault(reason, faults=(Fault(pointer, code, reason),))
