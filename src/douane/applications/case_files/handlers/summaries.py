"""Joining what keepers tell of cases to what the centre carried of them: by reference, at the moment of asking.

Which cases somebody sees, the centre decides by his part, roles and delegation at that instant; of these a summary is
joined where its keeper names his party, too. A case that the keeper shows him no longer stays what was carried of it.
"""

from __future__ import annotations

import msgspec

from douane.applications.case_files.messages import Limit, Summarised
from douane.author import Circle, machine, statutory
from douane.author.run import Carried, CaseEntry, View
from douane.vocabulary.case_summaries import Asked, Heard, nobody_tells


def joins(view: View) -> bool:
    """Whether what other systems tell may be joined to the cases of who asks: an officer has those of his own."""
    return view.caller.circle is Circle.UNTRUSTED and view.elsewhere is not nobody_tells


def heard(view: View, subject: int, entry: CaseEntry) -> Heard | None:
    """What is told of a case that stands here as carried; None where nothing is, or nothing for who asks."""
    if entry.kind != Carried.__name__ or not joins(view):
        return None
    carried = view.get(Carried, subject)
    if carried is None:
        return None
    found = view.elsewhere(Asked(view.administration, carried.operation, entry.opened, entry.aliases))
    return found if found is not None and found.told.concerns(view.caller.party.name) else None


def joined(view: View, subject: int, entry: CaseEntry) -> CaseEntry:
    """An entry with state, office and deadline as its keeper tells them."""
    return as_told(entry, heard(view, subject, entry))


def as_told(entry: CaseEntry, found: Heard | None) -> CaseEntry:
    """The same, where what its keeper tells was asked for already: each question reads and proves an entry."""
    if found is None:
        return entry
    told = found.told
    return msgspec.structs.replace(entry, state=told.state, office=told.office, deadline=told.deadline)


def summarised(found: Heard) -> Summarised:
    """How it stands in a line."""
    told = found.told
    return Summarised(
        found.keeper, machine(found.as_of), statutory(max(0, found.as_of + told.changed_by_law - told.changed)),
        machine(told.changed), told.limit, told.article, told.turn, told.turn_office, found.why,
        machine(found.since) if found.since else None,
    )  # fmt: skip


def limits(found: Heard | None) -> tuple[Limit, ...]:
    """The limit that runs, as the page of the case shows those of cases that are here."""
    if found is None or not found.told.limit:
        return ()
    told = found.told
    return (Limit(told.limit, told.place, statutory(told.event), statutory(told.deadline), True),)
