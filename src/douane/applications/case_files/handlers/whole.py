"""A case in one place, for officers: from its timeline, its tasks and its letters, whichever application keeps it."""

from __future__ import annotations

from typing import Final

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.handlers.cases import limits_of, line_of, subjects
from douane.applications.case_files.handlers.letters import letters_of
from douane.applications.case_files.handlers.reasons import is_refusal
from douane.applications.case_files.handlers.tasks import tasks_of
from douane.applications.case_files.messages import Attached, CaseQuery, Statement, WholeFile
from douane.author import NotFound, PartyKind, machine
from douane.author.run import CaseEntry, JournalRow, Media, RowKind, SentRow, View, answers

STATEMENTS: Final = 40
LONGEST: Final = 1_000_000
"""Statements, and octets of all of them, that are told at most: the latest are."""


@answers(CaseFiles.whole)
def whole(view: View, question: CaseQuery) -> WholeFile:
    """A case of an office of the officer who asks; of any other nobody learns that it exists."""
    for subject in subjects(view, question.reference):
        entry = view.get(CaseEntry, subject)
        if entry is None or view.caller.party.kind is not PartyKind.STAFF or not view.roles_seen(subject):
            continue
        timeline = [row for _, row in view.timeline(subject)]
        stated = [each for each in timeline if isinstance(each, JournalRow) and _states(each)]
        refused = {row.correlation for row in timeline if isinstance(row, SentRow) and is_refusal(row)}
        told, left = [], LONGEST
        for row in reversed(stated[-STATEMENTS:]):
            left -= len(row.content.octets)
            if left >= 0:
                told.append(_statement(row, refused))
        tasks = tasks_of(view, subject)
        return WholeFile(
            line=line_of(view, subject, entry), administration=view.administration, tasks=tasks,
            risk=tuple(dict.fromkeys(reason for each in tasks for reason in each.risk)),
            limits=limits_of(view, subject, entry.deadline), letters=letters_of(view, subject),
            statements=tuple(reversed(told)), cut=len(told) < len(stated),
            documents=tuple(
                Attached(name=each.name, media=each.media_type, size=each.size, digest=each.digest, message=row.id)
                for row in stated for each in row.content.attachments
            ),
        )  # fmt: skip
    raise NotFound("No case of your office is known under this reference.", remedy="Check the reference.")


def _states(row: JournalRow) -> bool:
    """Whether a message was said in the case, and not refused before it was handled."""
    return row.kind in (RowKind.MESSAGE, RowKind.RELAY) and not row.faults and not row.conflict


def _statement(row: JournalRow, refused: set[str]) -> Statement:
    inner = row.content.media is Media.VALUE  # from another case of the node: it was never written as a document
    text = "" if inner else row.content.octets.decode("utf-8", "replace")
    return Statement(
        leaf=row.leaf - 1, at=machine(row.received), operation=row.operation, message=row.id, by=row.sender,
        xml=row.content.media not in (Media.JSON, Media.VALUE), text=text, refused=row.id in refused,
    )  # fmt: skip
