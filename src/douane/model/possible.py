"""What may be done at a case now: the one place that decides it.

Invariants. (1) An operation says where it is open: at tasks that it ends (``ends``), in states of its case
(``open_in``). It is open while one of its tasks waits, or its case is in one of its states. An operation that says
neither is open always, and its handler decides. (2) The answer depends on the state of the case and on the tasks that
wait there, and never on the definition of a process: a case that runs by a former definition is judged alike.
(3) Whoever asks gets this answer: the core before it runs the handler, a page before it offers a form. What depends on
other data (an amount, a day) is left to the handler.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from douane.model.declare import Operation, TaskRef


@dataclass(frozen=True, slots=True)
class NotNow:
    """Why an operation is not open now. article: that it rests on; empty where it names none."""

    article: str
    remedy: str


NOTHING: Final = "Nothing waits here for an officer now."
WITHIN: Final = "/"
"""Stands between the place of a call in its process and the id of a task in what is called."""


def possible(operation: Operation, *, state: str, waiting: Mapping[TaskRef, str]) -> NotNow | None:
    """None where the operation is open; else why not, and what may be done instead.

    state: of the case, empty where it has none. waiting: the tasks that are open there, each with its title.
    """
    if not (operation.ends or operation.open_in):
        return None
    if state in operation.open_in or any(_waits(each, waiting) for each in operation.ends):
        return None
    article = operation.legal[0] if operation.legal else ""
    stands = "; ".join(each for each in (f"state: {state}" if state else "", article) if each)
    told = [f"This is not possible now ({stands})." if stands else "This is not possible now."]
    if operation.open_in:
        told.append(f"It is possible in: {', '.join(operation.open_in)}.")
    titles = ", ".join(dict.fromkeys(waiting.values()))
    told.append(f"What waits here: {titles}." if titles else NOTHING)
    return NotNow(article, " ".join(told))


def _waits(wanted: TaskRef, waiting: Mapping[TaskRef, str]) -> bool:
    """Whether a task waits: also within a call, whose process is then the caller's."""
    return wanted in waiting or any(each.node.endswith(f"{WITHIN}{wanted.node}") for each in waiting)
