"""For whom a case was shown at other nodes: kept beside the case, and told to the party for which it was."""

from __future__ import annotations

from typing import Final

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.handlers.paging import micros
from douane.applications.case_files.messages import NoteShown, ShownTo
from douane.applications.case_files.records import Shown, ShownKept
from douane.author import PartyKind, machine
from douane.author.run import View, Work, handles

MOST: Final = 100
"""Showings of a case that are told, the latest; the audit log has all of them."""


@handles(CaseFiles.note_shown)
def note_shown(work: Work, m: NoteShown) -> None:
    """Keep it."""
    kept = work.get(ShownKept)
    to = m.to
    told = Shown(micros(to.at), to.account, to.party, to.by, to.person, to.roles)
    work.put(ShownKept(((kept.shown if kept is not None else ()) + (told,))[-MOST:]))


def shown_to(view: View, subject: int) -> tuple[ShownTo, ...]:
    """For whom a case was shown: to an officer all, to a party for whom of it."""
    beside = view.resolve("shown", f"{subject:016x}")
    kept = view.get(ShownKept, beside) if beside is not None else None
    staff, own = view.caller.party.kind is PartyKind.STAFF, view.caller.party.identifier
    return tuple(
        ShownTo(at=machine(each.at), account=each.account, party=each.party, by=each.by, person=each.person,
                roles=each.roles)
        for each in (kept.shown if kept is not None else ()) if staff or each.party == own
    )  # fmt: skip
