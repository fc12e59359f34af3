"""Case files from the case index, the parties, the processes and the timeline that the runtime keeps of every case."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import re
from typing import Final

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
)
from douane.model.caller import INNER, PartyKind
from douane.runtime.core.behaviour import answers
from douane.runtime.store.envelope import JournalRow, RowKind, SentKind, SentRow, channel_of, named
from douane.runtime.store.origin import Media
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry, ProcessInstance, Timers
from douane.standards.bpmn import state
from douane.standards.ncts import phase5
from douane.vocabulary.errors import BadQuery, DouaneError, NotFound

NAMES: Final = ("mrn", "arrival", "passage")
"""Kinds of names under which an MRN leads to a case: at departure, at destination, at an office of transit."""
_NUMBER = re.compile(r"\A[0-9a-f]{16}\Z")
_REFUSALS: Final = frozenset({"CC056C", "CC057C", "CC906C", "CD906C"})
_SHOWN: Final = frozenset({RowKind.MESSAGE, RowKind.RELAY, RowKind.TIMER, RowKind.ANSWER})


@answers(CaseFiles.list)
def list_cases(view: View, question: CasesQuery) -> CaseLines:
    """A page of cases, in the order of state and deadline."""
    after = _cursor(question.after)
    if view.caller.party.kind is PartyKind.STAFF:
        found, following = view.find(CaseEntry, "by_office", limit=question.limit, after=after)
    else:
        party = view.caller.party.name
        found, following = view.find(CaseEntry, "by_party", party, limit=question.limit, after=after)
    lines = tuple(_line(subject, entry) for subject, entry in found if view.roles_in(subject))
    return CaseLines(lines, base64.urlsafe_b64encode(following).decode())


@answers(CaseFiles.show)
def show(view: View, question: CaseQuery) -> CaseFile:
    """A case in which who asks has a part; of any other nobody learns that it exists."""
    for subject in _subjects(view, question.reference):
        roles, entry = view.roles_in(subject), view.get(CaseEntry, subject)
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
    names = dict(entry.aliases)
    reference = next((names[kind] for kind in NAMES if kind in names), "")
    known = tuple(value.rpartition("/")[2] for kind, value in entry.aliases if kind not in NAMES)
    number = f"{subject:016x}"
    deadline = _moment(entry.deadline) if entry.deadline else None
    return CaseLine(
        number, reference or number, known, entry.kind, entry.state, entry.office, _moment(entry.opened), deadline
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


def _moment(at: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC)
