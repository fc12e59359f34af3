"""What was said in cases: the timeline of one, and the list over all that concern a caller."""

from __future__ import annotations

import re
from typing import Final

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.handlers import paging
from douane.applications.case_files.handlers.letters import addressed
from douane.applications.case_files.handlers.paging import micros
from douane.applications.case_files.handlers.reasons import faults_of, reasons_of
from douane.applications.case_files.messages import (
    CaseMessage,
    Direction,
    MessageLine,
    MessageLines,
    MessagesQuery,
    SignatureFound,
    further_names,
    reference_of,
)
from douane.author import INNER, BadQuery, PartyKind, machine, statutory
from douane.author.run import Carried, Content, JournalRow, RowKind, SentKind, SentRow, View, answers, channel_of, named
from douane.runtime.door.signed import report_of

CASES: Final = 200
"""Cases, and places where there is none, at most looked at for one page of messages."""
OF_ONE: Final = 50
"""Messages of a case at most, each way, that a list looks at: a guarantee may have been used ten thousand times."""
_OF_LETTERS: Final = frozenset({"Letter", "Notice", "case_files.answer_letter"})
"""What is said in letters, whose cases are found by whom they are to."""
_SHOWN: Final = frozenset({RowKind.MESSAGE, RowKind.RELAY, RowKind.TIMER, RowKind.ANSWER})
_PLACE: Final = re.compile(r"\A([0-9]{1,6})[.](.*)\Z")


@answers(CaseFiles.my_messages)
def my_messages(view: View, question: MessagesQuery) -> MessageLines:
    """A page of messages, case by case in the order of the list of cases, those of one case in the order of time."""
    asked = paging.of_cases(view, question)
    if asked is None:
        return MessageLines(())
    read, wanted = asked
    if question.type in _OF_LETTERS and view.caller.party.kind is not PartyKind.STAFF:
        kept_here = [letters for each in paging.views(view, question.country) if (letters := addressed(each))]
        read = paging.one_after_another([*kept_here, _carried(read)]) if kept_here else read
    passed, after = _place(question.after)
    found: list[MessageLine] = []
    seen: set[int] = set()
    for _ in range(CASES):
        rows, following = read(1, after)
        for subject, case in rows:
            lines = _lines(case, subject, question) if subject not in seen and wanted(subject, case) else []
            seen.add(subject)
            room = question.limit - len(found)
            found += lines[passed : passed + room]
            if len(lines) > passed + room:
                return MessageLines(tuple(found), _mark(passed + room, after))
        passed, after = 0, following
        if not after or len(found) == question.limit:
            break
    return MessageLines(tuple(found), _mark(0, after) if after else "")


def _carried(read: paging.Read[paging.Seen]) -> paging.Read[paging.Seen]:
    """Of the cases that are read, those that other systems keep: their letters stand in no index here."""

    def those(limit: int, after: bytes) -> tuple[list[tuple[int, paging.Seen]], bytes]:
        rows, following = read(limit, after)
        return [row for row in rows if row[1].entry.kind == Carried.__name__], following

    return those


def _lines(case: paging.Seen, subject: int, question: MessagesQuery) -> list[MessageLine]:
    """The messages of a case that are asked for."""
    view, entry = case
    reference, since = reference_of(subject, entry.aliases), micros(question.since)
    ends = statutory(entry.deadline) if entry.deadline else None
    return [
        MessageLine(f"{subject:016x}", reference, entry.office, entry.state, each, ends, further_names(entry.aliases),
                    view.administration)
        for each in messages(view, subject, OF_ONE)
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


def messages(view: View, subject: int, most: int = 0) -> tuple[CaseMessage, ...]:
    """What was said, in the order of time: to an officer all, to a party what it sent and what was sent to it. most: of
    the latest messages of the case; 0 for all of them."""
    staff, own = view.caller.party.kind is PartyKind.STAFF, view.caller.party.name
    found = []
    for _, row in view.timeline(subject, most):
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
        machine(row.received), direction, named(row.kind, row.operation),
        row.sender, row.origin.channel, row.id, row.leaf - 1, row.content.digest.hex(),
        by=_delegate(row), signature=_signature(row),
    )  # fmt: skip


def _signature(row: JournalRow) -> SignatureFound | None:
    found = report_of(row.transmission)
    if found is None:
        return None
    return SignatureFound(
        indication=found.indication, sub_indication=found.sub_indication, at=machine(found.at), form=found.form,
        party=found.party, signer=found.signer, kind=found.kind, claimed=found.claimed, method=found.method,
        certificate=found.certificate, subject=found.subject, issuer=found.issuer, covers=found.covers,
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
        machine(row.at), direction, row.type, row.party, channel, row.id, row.leaf - 1, row.content.digest.hex(),
        faults_of(row), reasons=reasons_of(row),
    )  # fmt: skip


def row_of(view: View, subject: int, leaf: int) -> tuple[int, JournalRow | SentRow] | None:
    """The place and row of a message that ``messages`` tells of and that left or came to the node; None for others."""
    shown = {each.leaf for each in messages(view, subject) if each.direction is not Direction.INSIDE}
    found = ((position, row) for position, row in view.timeline(subject) if row.leaf - 1 == leaf)
    return next(found, None) if leaf in shown else None
