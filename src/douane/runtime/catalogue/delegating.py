"""Delegates: whether whoever acts for another may still do so, when his message's turn comes and when he reads.

The register that a service declares for it (``@query(..., fills=DELEGATIONS)``), kept by the Union, is asked each
time, so that a delegation which ended lets nobody act any more, in any process, whatever a session says. Default deny:
no register, no answer, no delegation, no act. It is asked of callers whom UUM&DS knows as persons; who may act for whom
among clients of the node's own register is said there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol

from douane.model.caller import Caller
from douane.model.declare import Operation
from douane.vocabulary.errors import NotAuthorised


class Bounds(Protocol):
    """The answer of the register: whether a delegation holds, and its operations and cases; none named: all."""

    @property
    def holds(self) -> bool: ...
    @property
    def operations(self) -> Collection[str]: ...
    @property
    def cases(self) -> Collection[str]: ...


AskRegister = Callable[[Operation, Any], Bounds | None]
"""Asks the register of this node; None where this node does not have it."""


def is_judged(caller: Caller) -> bool:
    """Whether a caller is a person who acts for another."""
    return bool(caller.by and caller.person)


def bounds_of(vouching: Operation | None, ask: AskRegister, caller: Caller) -> Bounds | None:
    """Within which a person may act for his principal now; None where he may not."""
    if vouching is None:
        return None
    question = vouching.request(principal=caller.party.identifier, delegate=caller.by, person=caller.person)
    found = ask(vouching, question)
    return found if found is not None and found.holds else None


def covers(bounds: Bounds | None, operation: str, names: Iterable[str]) -> bool:
    """Whether a delegation is for an operation on a case of these names; of none: for one that has no name yet."""
    if bounds is None or (bounds.operations and operation not in bounds.operations):
        return False
    return not bounds.cases or any(each in bounds.cases for each in names)


def refused(caller: Caller) -> NotAuthorised:
    """The refusal of somebody who acts for another without a delegation that holds."""
    refusal = NotAuthorised(
        f"No delegation of {caller.party.identifier} lets {caller.by} act today.",
        remedy=f"{caller.party.identifier} gives one in UUM&DS, and the delegate accepts it.",
    )
    refusal.why = (
        "delegations: nothing known is nothing allowed", f"a delegation of {caller.party.identifier} that holds today",
        f"{caller.party.identifier}",
    )  # fmt: skip
    return refusal
