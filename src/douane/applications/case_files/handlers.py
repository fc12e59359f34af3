"""Case files from the case index, the parties, the processes and the timeline that the runtime keeps of every case."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable
from itertools import takewhile
from typing import Final, TypeVar

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.messages import (
    CaseFile,
    CaseLine,
    CaseLines,
    CaseMessage,
    CaseQuery,
    CasesQuery,
    FaultFound,
    Limit,
    Standing,
    TaskLine,
    TaskLines,
    TasksQuery,
    TaskState,
)
from douane.model.caller import INNER, PartyKind
from douane.runtime.catalogue.behaviour import answers
from douane.runtime.store.envelope import JournalRow, RowKind, SentKind, SentRow, channel_of, named
from douane.runtime.store.origin import Media
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry, HumanTask, ProcessInstance, Timers, Value
from douane.standards.bpmn import state
from douane.standards.ncts import phase5
from douane.vocabulary.errors import BadQuery, DouaneError, NotFound

R = TypeVar("R", bound=Value)
NAMES: Final = ("mrn", "arrival", "passage")
"""Kinds of names under which an MRN leads to a case: at departure, at destination, at an office of transit."""
ROWS: Final = 400
"""Of an index at most looked at for one page: what is not the caller's to see, or not asked for, is passed over."""
_NUMBER = re.compile(r"\A[0-9a-f]{16}\Z")
_REFUSALS: Final = frozenset({"CC056C", "CC057C", "CC906C", "CD906C"})
_SHOWN: Final = frozenset({RowKind.MESSAGE, RowKind.RELAY, RowKind.TIMER, RowKind.ANSWER})


@answers(CaseFiles.my_cases)
def my_cases(view: View, question: CasesQuery) -> CaseLines:
    """A page of cases: those of a party, else of an office, by state and deadline."""
    own = view.caller.party.name
    staff = view.caller.party.kind is PartyKind.STAFF
    if not staff and question.party not in ("", own):
        return CaseLines(())
    party, before = question.party if staff else own, _micros(question.ends_before)
    index, first = ("by_party", party) if party else ("by_office", question.office)
    equal = _known(first, question.state)
    low, high = (1, before) if before and len(equal) == 2 else (None, None)

    def wanted(subject: int, entry: CaseEntry) -> bool:
        asked = (question.office in ("", entry.office) and question.state in ("", entry.state)
                 and _ends(entry.deadline, before))  # fmt: skip
        return asked and _has(view.roles_seen(subject), question.role)

    found, following = _page(
        lambda limit, after: view.find(CaseEntry, index, *equal, low=low, high=high, limit=limit, after=after),
        wanted,
        question,
    )
    return CaseLines(tuple(_line(subject, entry) for subject, entry in found), following)


@answers(CaseFiles.my_tasks)
def my_tasks(view: View, question: TasksQuery) -> TaskLines:
    """A page of tasks, by office, role and when they are due."""
    before, done = _micros(question.due_before), question.state is TaskState.DONE
    equal: tuple[object, ...] = _known(question.office, question.role)
    equal += (done,) if len(equal) == 2 else ()
    low, high = (1, before) if before and len(equal) == 3 else (None, None)

    def wanted(subject: int, task: HumanTask) -> bool:
        asked = question.role in ("", task.role) and task.done is done and _ends(task.due, before)
        return asked and task.role in view.roles and bool(view.roles_seen(subject))

    found, following = _page(
        lambda limit, after: view.find(HumanTask, "by_office", *equal, low=low, high=high, limit=limit, after=after),
        wanted, question,
    )  # fmt: skip
    return TaskLines(tuple(_task(view, subject, task) for subject, task in found), following)


def _known(*leading: str) -> tuple[str, ...]:
    """What is asked for of the leading fields of an index, up to the first that is left out."""
    return tuple(takewhile(bool, leading))


def _has(roles: frozenset[str], asked: str) -> bool:
    return asked in roles if asked else bool(roles)


def _ends(at: int, before: int) -> bool:
    """Whether something ends before a moment that is asked for; what never ends does not."""
    return not before or 0 < at < before


def _page(
    read: Callable[[int, bytes], tuple[list[tuple[int, R]], bytes]], wanted: Callable[[int, R], bool],
    question: CasesQuery | TasksQuery,
) -> tuple[list[tuple[int, R]], str]:  # fmt: skip
    """A page of what is wanted, and the cursor behind it. No more is looked at than costs a bounded time: a page may be
    short though more follows."""
    found: list[tuple[int, R]] = []
    after, left = _cursor(question.after), ROWS
    while left > 0:
        missing = question.limit - len(found)
        rows, after = read(missing, after)
        left -= missing
        found += [(subject, row) for subject, row in rows if wanted(subject, row)]
        if len(found) == question.limit or not after:
            break
    return found, base64.urlsafe_b64encode(after).decode()


@answers(CaseFiles.show)
def show(view: View, question: CaseQuery) -> CaseFile:
    """A case in which who asks has a part; of any other nobody learns that it exists."""
    for subject in _subjects(view, question.reference):
        roles, entry = view.roles_seen(subject), view.get(CaseEntry, subject)
        if roles and entry is not None:
            return CaseFile(
                _line(subject, entry), view.administration, tuple(sorted(roles)), _procedures(view, subject),
                _limits(view, subject, entry.deadline), _messages(view, subject),
            )  # fmt: skip
    raise NotFound("No case of yours is known under this reference.", remedy="Check the reference.")


def _subjects(view: View, reference: str) -> list[int]:
    if _NUMBER.match(reference):
        return [int(reference, 16)]
    found = (view.resolve(kind, reference) for kind in NAMES)
    return [subject for subject in found if subject is not None]


def _cursor(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as problem:
        raise BadQuery("This cursor is none of ours.", remedy="Begin at the first page.") from problem


def _line(subject: int, entry: CaseEntry) -> CaseLine:
    known = tuple(value.rpartition("/")[2] for kind, value in entry.aliases if kind not in NAMES)
    return CaseLine(
        f"{subject:016x}", _reference(subject, entry), known, entry.kind, entry.state, entry.office,
        _moment(entry.opened), _moment(entry.deadline) if entry.deadline else None,
    )  # fmt: skip


def _reference(subject: int, entry: CaseEntry | None) -> str:
    """The name by which people know a case; its number where it has none."""
    names = dict(entry.aliases if entry is not None else ())
    return next((names[kind] for kind in NAMES if kind in names), f"{subject:016x}")


def _task(view: View, subject: int, task: HumanTask) -> TaskLine:
    return TaskLine(
        f"{subject:016x}", _reference(subject, view.get(CaseEntry, subject)), task.process, task.node, task.title,
        task.office, task.role, TaskState.DONE if task.done else TaskState.OPEN,
        _moment(task.due) if task.due else None, task.by, _moment(task.at) if task.at else None,
    )  # fmt: skip


def _procedures(view: View, subject: int) -> tuple[Standing, ...]:
    found = []
    for each in view.all_of(ProcessInstance, subject):
        tokens = state.decode(each.state).tokens if each.state and not each.ended else ()
        found.append(Standing(each.process, each.definition, each.steps, tuple(tokens[::3]), each.ended))
    return tuple(found)


def _limits(view: View, subject: int, deadline: int) -> tuple[Limit, ...]:
    """The time limits of a case, in the order in which they end; the one that its deadline is runs."""
    timers = view.get(Timers, subject)
    kept = sorted(timers.limits if timers is not None else (), key=lambda each: each.ends)
    return tuple(
        Limit(each.limit, each.place, _moment(each.event), _moment(each.ends), bool(deadline) and each.ends == deadline)
        for each in kept
    )


def _messages(view: View, subject: int) -> tuple[CaseMessage, ...]:
    """What was said, in the order of time: to an officer all, to a party what it sent and what was sent to it."""
    staff, own = view.caller.party.kind is PartyKind.STAFF, view.caller.party.name
    found = []
    for _, row in view.timeline(subject):
        if isinstance(row, SentRow):
            if (staff or row.party.partition("#")[0] == own) and row.kind is not SentKind.TRANSFER:
                found.append(_sent(row))
        elif row.kind in _SHOWN and (staff or (row.sender == own and bool(row.origin.platform))):
            found.append(_came(row))
    return tuple(found)


def _came(row: JournalRow) -> CaseMessage:
    direction = "in" if row.origin.platform else "inside"
    return CaseMessage(
        _moment(row.received), direction, named(row.kind, row.operation),
        row.sender, row.origin.channel, row.id, row.leaf - 1, row.content.digest.hex(),
    )  # fmt: skip


def _sent(row: SentRow) -> CaseMessage:
    inside = row.lane.startswith(INNER)
    channel = "feed" if row.kind is SentKind.EVENT else channel_of(row.lane) if row.lane else "inbox"
    return CaseMessage(
        _moment(row.at), "inside" if inside else "out", row.type, row.party, channel, row.id, row.leaf - 1,
        row.content.digest.hex(), _faults(row),
    )  # fmt: skip


def _faults(row: SentRow) -> tuple[FaultFound, ...]:
    """The functional errors that a refusal names; none where its body is no longer read as one of this family."""
    if row.type not in _REFUSALS or row.content.media is not Media.FAMILY:
        return ()
    try:
        errors = getattr(phase5.read(row.content.octets), "functional_error", ())
    except DouaneError:
        return ()
    return tuple(
        FaultFound(e.error_pointer, e.error_code, _rule(e.error_reason), e.original_attribute_value or "")
        for e in errors
    )


def _rule(reason: str | None) -> str:
    """The rule that a fault names; the families write N/A where a code list or a layout was broken."""
    return "" if reason in (None, "N/A") else str(reason)


def _micros(at: dt.datetime | None) -> int:
    """A moment as microseconds, at least 1; 0 for none."""
    return max(1, int(at.timestamp() * 1e6)) if at is not None else 0


def _moment(at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC)
