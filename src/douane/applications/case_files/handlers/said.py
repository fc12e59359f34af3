"""What was said in cases: the timeline of one, and the list over all that concern a caller."""

from __future__ import annotations

import re
from typing import Final

import msgspec

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.handlers import paging
from douane.applications.case_files.handlers.paging import micros, moment
from douane.applications.case_files.messages import (
    CaseMessage,
    Direction,
    FaultFound,
    MessageLine,
    MessageLines,
    MessagesQuery,
    reference_of,
)
from douane.model.caller import INNER, PartyKind
from douane.runtime.catalogue.behaviour import answers
from douane.runtime.store.envelope import JournalRow, RowKind, SentKind, SentRow, channel_of, named
from douane.runtime.store.origin import Content, Media
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry
from douane.standards.ncts import phase5
from douane.vocabulary.errors import BadQuery, DouaneError

CASES: Final = 100
"""Cases at most looked at for one page of messages."""
_REFUSALS: Final = frozenset({"CC056C", "CC057C", "CC906C", "CD906C"})
_SHOWN: Final = frozenset({RowKind.MESSAGE, RowKind.RELAY, RowKind.TIMER, RowKind.ANSWER})
_PLACE: Final = re.compile(r"\A([0-9]{1,6})[.](.*)\Z")


@answers(CaseFiles.my_messages)
def my_messages(view: View, question: MessagesQuery) -> MessageLines:
    """A page of messages, case by case in the order of the list of cases, those of one case in the order of time."""
    asked = paging.of_cases(view, question)
    if asked is None:
        return MessageLines(())
    read, wanted = asked
    passed, after = _place(question.after)
    found: list[MessageLine] = []
    for _ in range(CASES):
        rows, following = read(1, after)
        for subject, entry in rows:
            lines = _lines(view, subject, entry, question) if wanted(subject, entry) else []
            room = question.limit - len(found)
            found += lines[passed : passed + room]
            if len(lines) > passed + room:
                return MessageLines(tuple(found), _mark(passed + room, after))
        passed, after = 0, following
        if not after or len(found) == question.limit:
            break
    return MessageLines(tuple(found), _mark(0, after) if after else "")


def _lines(view: View, subject: int, entry: CaseEntry, question: MessagesQuery) -> list[MessageLine]:
    """The messages of a case that are asked for."""
    reference, since = reference_of(subject, entry.aliases), micros(question.since)
    return [
        MessageLine(f"{subject:016x}", reference, entry.office, entry.state, each)
        for each in messages(view, subject)
        if question.type in ("", each.type) and question.direction in (None, each.direction)
        and micros(each.at) >= since
    ]  # fmt: skip


def _place(after: str) -> tuple[int, bytes]:
    """How many messages of the case behind a cursor were shown, and the cursor of the list of cases."""
    if not after:
        return 0, b""
    match = _PLACE.match(after)
    if match is None:
        raise BadQuery("This cursor is none of ours.", remedy="Begin at the first page.")
    return int(match[1]), paging.parsed(match[2])


def _mark(shown: int, after: bytes) -> str:
    return f"{shown}.{paging.written(after)}"


def messages(view: View, subject: int) -> tuple[CaseMessage, ...]:
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


def octets(view: View, subject: int, leaf: int) -> tuple[str, Content] | None:
    """The type and content of a message that ``messages`` tells of, by its number in the audit log."""
    shown = {each.leaf: each.type for each in messages(view, subject)}
    if leaf not in shown:
        return None
    rows = (row for _, row in view.timeline(subject) if row.leaf - 1 == leaf)
    return next(((shown[leaf], row.content) for row in rows), None)


def _came(row: JournalRow) -> CaseMessage:
    direction = Direction.IN if row.origin.platform else Direction.INSIDE
    return CaseMessage(
        moment(row.received), direction, named(row.kind, row.operation),
        row.sender, row.origin.channel, row.id, row.leaf - 1, row.content.digest.hex(),
        by=_delegate(row),
    )  # fmt: skip


def _delegate(row: JournalRow) -> str:
    """Who acted for the party: the delegate, and the person who did it as him."""
    caller = row.caller
    return ", ".join(dict.fromkeys(each for each in (caller.by, caller.person) if each)) if caller.by else ""


def _sent(row: SentRow) -> CaseMessage:
    inside = row.lane.startswith(INNER)
    channel = "feed" if row.kind is SentKind.EVENT else channel_of(row.lane) if row.lane else "inbox"
    direction = Direction.INSIDE if inside else Direction.OUT
    return CaseMessage(
        moment(row.at), direction, row.type, row.party, channel, row.id, row.leaf - 1, row.content.digest.hex(),
        _faults(row),
    )  # fmt: skip


class _Fault(msgspec.Struct, frozen=True):
    pointer: str
    code: str
    remedy: str = ""
    value: str = ""
    rule: str = ""


class _Refusal(msgspec.Struct, frozen=True):
    """What refusals of our own have in common: their faults."""

    faults: tuple[_Fault, ...] = ()


def is_refusal(row: SentRow) -> bool:
    """Whether a message that was sent refuses what it answers."""
    return bool(_faults(row))


def _faults(row: SentRow) -> tuple[FaultFound, ...]:
    """The faults that a refusal names: of a published family its functional errors, of ours what it calls so; none
    where its body is no longer read as one."""
    if row.content.media is Media.JSON:
        try:
            told = msgspec.json.decode(row.content.octets, type=_Refusal).faults
        except (msgspec.DecodeError, DouaneError):
            return ()
        return tuple(FaultFound(each.pointer, each.code, each.rule, each.value, each.remedy) for each in told)
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
