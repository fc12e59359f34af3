"""Pages of a list over an index: a bounded number of entries is looked at, and a cursor says where the next begins."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
from collections.abc import Callable, Sequence
from heapq import merge
from itertools import islice, takewhile
from typing import Final, NamedTuple, Protocol, TypeVar

from douane.applications.case_files.handlers.summaries import joined, joins
from douane.author import BadQuery, PartyKind
from douane.author.run import CaseEntry, Value, View

R = TypeVar("R", bound=Value | tuple[object, ...])
Read = Callable[[int, bytes], tuple[list[tuple[int, R]], bytes]]
"""(most, cursor) -> entries with their subjects, and the cursor behind them."""
ROWS: Final = 400
"""Of an index at most looked at for one page: what is not the caller's to see, or not asked for, is passed over."""


class AskedOfCases(Protocol):
    """What lists of cases, and of their messages, are asked by."""

    @property
    def country(self) -> str: ...
    @property
    def party(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def office(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def ends_before(self) -> dt.datetime | None: ...
    @property
    def limit(self) -> int: ...


class Seen(NamedTuple):
    """A case as a list finds it: the view of its administration, and its entry in the index."""

    view: View
    entry: CaseEntry


def views(view: View, country: str) -> list[View]:
    """Where the cases of who asks are looked for: at the administration that is named; a party's that names none
    wherever something stands here, its own country first."""
    if country or view.caller.party.kind is PartyKind.STAFF:
        return [view]
    own = view.caller.party.identifier[:2]
    return sorted(view.everywhere(), key=lambda each: each.administration != own)


def of_cases(view: View, question: AskedOfCases) -> tuple[Read[Seen], Callable[[int, Seen], bool]] | None:
    """How the cases of a list are read, and which of them are the caller's and asked for; None where none can be:
    a trader names himself alone, since who else has a part is not his to try."""
    own, staff = view.caller.party.name, view.caller.party.kind is PartyKind.STAFF
    if not staff and question.party not in ("", own):
        return None
    party, before = question.party if staff else own, micros(question.ends_before)

    def reading(of: View, index: str, first: str) -> Read[Seen]:
        equal = known(first, "" if joins(view) else question.state)
        low, high = (1, before) if before and len(equal) == 2 else (None, None)

        def read(limit: int, after: bytes) -> tuple[list[tuple[int, Seen]], bytes]:
            found, cursor = of.find(CaseEntry, index, *equal, low=low, high=high, limit=limit, after=after)
            return [(subject, Seen(of, joined(of, subject, entry))) for subject, entry in found], cursor

        return read

    if party:
        places = [reading(each, "by_party", party) for each in views(view, question.country)]
        read = places[0] if len(places) == 1 else one_after_another(places)
    else:
        read = at_offices(view, question.office, lambda index, first: reading(view, index, first))

    def wanted(subject: int, seen: Seen) -> bool:
        entry = seen.entry
        asked = (question.office in ("", entry.office) and question.state in ("", entry.state)
                 and ends(entry.deadline, before))  # fmt: skip
        return asked and _has(seen.view.roles_seen(subject), question.role)

    return read, wanted


def soonest(view: View, question: AskedOfCases, wanted: Callable[[int, Seen], bool]) -> list[tuple[int, Seen]]:
    """The cases in which a limit ends first, of a party or of offices: the heads of what the index has in each state,
    merged; the index is by state and then by deadline."""
    own, staff = view.caller.party.name, view.caller.party.kind is PartyKind.STAFF
    party, before = question.party if staff else own, micros(question.ends_before) or None
    heads: list[list[tuple[int, Seen]]] = []
    for of in views(view, question.country):
        for index, first in [("by_party", party)] if party else _places(view, question.office):
            states = (question.state,) if question.state else of.values_of(CaseEntry, index, first)
            for each in states:
                found, _ = of.find(CaseEntry, index, first, each, low=1, high=before, limit=question.limit)
                heads.append([(subject, Seen(of, entry)) for subject, entry in found])
            heads += [_told(of, index, first)] if joins(view) else []
    merged = merge(*heads, key=lambda row: row[1].entry.deadline)
    rows = islice(merged, max(ROWS, question.limit))
    return list(islice((row for row in rows if wanted(*row)), question.limit))


def _told(view: View, index: str, first: str) -> list[tuple[int, Seen]]:
    """The cases of a party in which a limit ends as another system tells: here they stand without one. Of those that
    stand in one state here the newest ``ROWS`` are looked at, since each summary is proven: the others are in the list.
    """
    found: list[tuple[int, Seen]] = []
    for state in view.values_of(CaseEntry, index, first):
        rows, _ = view.find(CaseEntry, index, first, state, low=0, high=1, limit=ROWS, reverse=True)
        seen = ((subject, Seen(view, joined(view, subject, entry))) for subject, entry in rows)
        found += [each for each in seen if each[1].entry.deadline]
    return sorted(found, key=lambda row: row[1].entry.deadline)


def _places(view: View, office: str) -> list[tuple[str, str]]:
    """The indexes, each with an office, by which an officer finds the cases of one office, or of those of his own."""
    if office or view.caller.everywhere:
        return [("by_office", each) for each in ((office,) if office else view.values_of(CaseEntry, "by_office"))]
    return [(index, each) for index in ("by_office", "by_other") for each in view.caller.offices]


def at_offices(view: View, office: str, reading: Callable[[str, str], Read[R]]) -> Read[R]:
    """How entries of an index are read that begins with an office: those of the one asked for, else of each at which
    who asks works, and then of those whose further offices these are; of an administration where he works everywhere.
    """
    if office or view.caller.everywhere:
        return reading("by_office", office)
    return one_after_another([reading(i, each) for i in ("by_office", "by_other") for each in view.caller.offices])


def one_after_another(reads: Sequence[Read[R]]) -> Read[R]:
    """Several readings as one; its cursor begins with the number of the reading that it stands in."""

    def read(limit: int, after: bytes) -> tuple[list[tuple[int, R]], bytes]:
        at = after[0] if after else 0
        if at >= len(reads):
            return [], b""
        found, cursor = reads[at](limit, after[1:])
        if cursor:
            return found, after[:1] + cursor if after else b"\0" + cursor
        return found, bytes((at + 1,)) if at + 1 < len(reads) else b""

    return read


def known(*leading: str) -> tuple[str, ...]:
    """What is asked for of the leading fields of an index, up to the first that is left out."""
    return tuple(takewhile(bool, leading))


def ends(at: int, before: int) -> bool:
    """Whether something ends before a moment that is asked for; what never ends does not."""
    return not before or 0 < at < before


def page(read: Read[R], wanted: Callable[[int, R], bool], after: str, limit: int) -> tuple[list[tuple[int, R]], str]:
    """A page of what is wanted, and the cursor behind it. No more is looked at than costs a bounded time: a page may be
    short though more follows."""
    found: list[tuple[int, R]] = []
    at, left = parsed(after), ROWS
    while left > 0:
        missing = limit - len(found)
        rows, at = read(missing, at)
        left -= max(len(rows), 1)
        found += [(subject, row) for subject, row in rows if wanted(subject, row)]
        if len(found) == limit or not at:
            break
    return found, written(at)


def parsed(text: str) -> bytes:
    """A cursor as the store has it. Raises BadQuery for one that is none of ours."""
    try:
        return base64.b64decode(text.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as problem:
        raise BadQuery("This cursor is none of ours.", remedy="Begin at the first page.") from problem


def written(cursor: bytes) -> str:
    """A cursor as text."""
    return base64.urlsafe_b64encode(cursor).decode()


def micros(at: dt.datetime | None) -> int:
    """A moment as microseconds, at least 1; 0 for none."""
    return max(1, int(at.timestamp() * 1e6)) if at is not None else 0


def _has(roles: frozenset[str], asked: str) -> bool:
    return asked in roles if asked else bool(roles)
