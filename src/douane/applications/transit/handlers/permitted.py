"""What the state of a movement still permits at departure, with the article that forbids the rest.

Each of these answers is empty where the act is permitted; else it is told to whoever asked: the state, the article, and
what may be done instead.
"""

from __future__ import annotations

from douane.applications.transit.records.departure import Departure
from douane.author import Fault

GUARANTEE_NOT_VALID = "guarantee not valid"
"""Another guarantee is asked for: the published state "Guarantee under amendment" (R0520)."""
EXAMINED = "accepted"
"""Accepted, and not released yet: guarantee and risk are looked at."""
UNDER_CONTROL = "under control"
"""The holder was told that the goods are examined."""
_OVER = frozenset({"rejected", "lapsed", "invalidated", "not released", "discharged", "recovery", "written off"})


def against_amendment(case: Departure) -> str:
    """Why the declaration cannot be amended now (UCC art. 173(2))."""
    if case.state == UNDER_CONTROL:
        return (
            "The movement is under control. UCC art. 173(2)(a) permits no amendment after the notice that the goods "
            "are to be examined. Await the result of the control."
        )
    if case.released_on is not None:
        return (
            f"The goods are released (state: {case.state}). UCC art. 173(2)(c) permits no amendment any more. Tell the "
            "office of departure what is wrong."
        )
    return _over(case, "amended")


def against_invalidation(case: Departure) -> str:
    """Why the declaration cannot be invalidated on application now (UCC art. 174)."""
    if case.state == UNDER_CONTROL:
        return (
            "The movement is under control. UCC art. 174(1) permits no invalidation before the examination that was "
            "notified has taken place. Await its result, then apply again."
        )
    if case.released_on is not None:
        return (
            f"The goods are released (state: {case.state}). UCC art. 174(2) permits no invalidation on application any "
            "more. Ask the office of departure."
        )
    return _over(case, "invalidated")


def against_invalidation_by_office(case: Departure) -> str:
    """Why the office cannot invalidate now: after the release only while nothing has arrived and nobody enquires."""
    if case.over_on is not None:
        return _over(case, "invalidated")
    if case.released_on is None or case.state in ("released", "overdue"):
        return ""
    instead = "its control results" if case.arrived else "the end of the enquiry"
    closing = "Resolve the discrepancies." if case.result else "Close the enquiry with discharge or recovery."
    return (
        f"The movement is past its journey (state: {case.state}). UCC art. 174(2) permits no invalidation after the "
        f"release; it ends by {instead} (UCC art. 215, IA 2015/2447 art. 310). "
        f"{closing if case.result or not case.arrived else 'Await them.'}"
    )


def _over(case: Departure, what: str) -> str:
    if case.state in _OVER:
        return f"The movement is over (state: {case.state}): there is nothing to be {what}. Lodge a new declaration."
    return ""


def out_of_sequence(why: str) -> Fault:
    """The message comes at a time when it is not permitted (92)."""
    return Fault("/", "92", why)
