"""What a delegation lets do, and when: everything that is not said is not allowed.

A delegation holds from its first day to its last, once it was accepted and until one of the two ended it. On the second
level two must hold: what the principal gave the representative, with the right to pass it on, and what the
representative gave his employee; of both the narrower counts.
"""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Final, Protocol

import msgspec

from douane.applications.accounts.contract import DelegationGiven, Scope
from douane.applications.accounts.messages import is_account

Today = Callable[[str], dt.date]
"""The local date in a country."""


class Standing(enum.StrEnum):
    """Where a delegation stands on a day."""

    OFFERED = "waits for acceptance"
    HOLDS = "holds"
    LATER = "has not begun"
    OVER = "is over"
    ENDED = "was ended"


class Grant(Protocol):
    """What was given (``records.Delegation``)."""

    @property
    def principal(self) -> str: ...
    @property
    def scope(self) -> Scope: ...
    @property
    def cases(self) -> tuple[str, ...]: ...
    @property
    def operations(self) -> tuple[str, ...]: ...
    @property
    def roles(self) -> tuple[str, ...]: ...
    @property
    def valid_from(self) -> dt.date: ...
    @property
    def valid_to(self) -> dt.date | None: ...
    @property
    def onward(self) -> bool: ...
    @property
    def accepted_at(self) -> int: ...
    @property
    def ended_at(self) -> int: ...


class Bounds(msgspec.Struct, frozen=True):
    """Within which somebody may act: empty sets bound nothing, except that ``roles`` is bounded by the principal's."""

    operations: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()

    @property
    def whole(self) -> bool:
        """Whether it is for everything."""
        return not self.operations and not self.cases


def standing(grant: Grant, today: Today) -> Standing:
    """Where a delegation stands: its days are those of its principal's country."""
    day = today(grant.principal[:2])
    if grant.ended_at:
        return Standing.ENDED
    if grant.valid_to is not None and day > grant.valid_to:
        return Standing.OVER
    if not grant.accepted_at:
        return Standing.OFFERED
    return Standing.HOLDS if grant.valid_from <= day else Standing.LATER


def bounds(grants: Iterable[Grant | None], today: Today) -> Bounds | None:
    """Within which one may act by these delegations, each of which must hold; None where one does not.

    The first is the principal's; where a second one follows, the first must have been given to be passed on.
    """
    found: list[Grant] = []
    for each in grants:
        if each is None or standing(each, today) is not Standing.HOLDS:
            return None
        found.append(each)
    if not found or any(not each.onward for each in found[:-1]):
        return None
    made = _of(found[0])
    for each in found[1:]:
        more = _of(each)
        narrower = [_narrower(*pair) for pair in (
            (made.operations, more.operations), (made.cases, more.cases), (made.roles, more.roles),
        )]  # fmt: skip
        if None in narrower:
            return None
        made = Bounds(*(part or frozenset() for part in narrower))
    return made


def wrong(m: DelegationGiven) -> tuple[str, ...]:
    """Why a delegation cannot be given; empty where it can."""
    reasons = []
    if m.principal == m.delegate:
        reasons.append("Nobody needs a delegation to act for himself.")
    if m.valid_to is not None and m.valid_to < m.valid_from:
        reasons.append("The last day lies before the first.")
    for scope, named, what in ((Scope.CASES, m.cases, "case"), (Scope.OPERATIONS, m.operations, "operation")):
        if m.scope is scope and not named:
            reasons.append(f"Name each {what} that the delegation is for.")
        if m.scope is not scope and named:
            reasons.append(f"A delegation of scope {m.scope.value} names no {what}.")
    if m.onward and is_account(m.delegate):
        reasons.append("Only a customs representative passes a delegation on to employees.")
    return tuple(reasons)


class Allowed(msgspec.Struct, frozen=True):
    """How many certificates of a trader hold at once, and how many requests he makes in a day (UTC)."""

    title: str
    source: str
    held: int
    asked_a_day: int

    def too_many_held(self, held: int) -> tuple[str, ...]:
        """Why no further certificate is issued where so many hold; empty where one is."""
        if held < self.held:
            return ()
        text = f"{held} certificates of yours hold, and {self.held} may."
        return (f"{text} Withdraw one that no program needs, then confirm.",)

    def too_many_asked(self, asked: int) -> tuple[str, ...]:
        """Why no further request is taken where so many were; empty where one is."""
        if asked < self.asked_a_day:
            return ()
        return (f"You asked for {asked} certificates today, and may for {self.asked_a_day}. Ask again tomorrow.",)


@functools.cache
def allowed() -> Allowed:
    """What is allowed to each trader, as ``certificates.json`` says it."""
    return msgspec.json.decode((files(__package__) / "certificates.json").read_bytes(), type=Allowed)


WEAK: Final = "The key of the request is too weak, or of a kind that is not taken."
_EORI: Final = re.compile(r"(?:EORI[:_-]?)?([A-Z]{2}[A-Z0-9]{4,15})")


def wrong_names(names: Iterable[tuple[str, str]], owner: str) -> tuple[str, ...]:
    """Why a request cannot be its sender's: it names an EORI number of somebody else.

    What else it says is not taken over, so it may say it. A text of digits and capitals behind two letters is an EORI
    number here, where a digit is among them.
    """
    found = []
    for kind, value in names:
        number = _EORI.fullmatch(value.strip().upper())
        if number is not None and any(each.isdigit() for each in number[1]) and number[1] != owner:
            found.append(f"The request names {number[1]} ({kind}); yours is {owner}. Make it without that name.")
    return tuple(found)


def _of(grant: Grant) -> Bounds:
    return Bounds(frozenset(grant.operations), frozenset(grant.cases), frozenset(grant.roles))


def _narrower(first: frozenset[str], second: frozenset[str]) -> frozenset[str] | None:
    """What both allow, where an empty set allows everything; None where they have nothing in common."""
    if not first or not second:
        return first or second
    return first & second or None
