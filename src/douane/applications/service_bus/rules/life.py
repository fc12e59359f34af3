"""The life of a governed version: one step at a time, none before what it needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from douane.applications.service_bus.messages.governance import Life

CONSULTED: Final = frozenset({Life.AGREED, Life.DEPRECATED, Life.RETIRED})
"""Steps that nobody decides before those who consume the service were asked."""
_ORDER: Final = tuple(Life)


class Given(Protocol):
    """An answer to a consultation."""

    @property
    def who(self) -> str: ...
    @property
    def disposition(self) -> str: ...


class Round(Protocol):
    """A consultation."""

    @property
    def step(self) -> Life: ...
    @property
    def until(self) -> dt.date: ...
    @property
    def answers(self) -> Iterable[Given]: ...


def step_faults(now: Life, to: Life) -> Iterator[str]:
    """Why a version cannot go there; each sentence says what to do."""
    if now is Life.RETIRED:
        yield "It is retired, and nothing follows. Put the next version forward."
        return
    following = _ORDER[_ORDER.index(now) + 1]
    if to is not following:
        yield f"It is {now.value}; the next step is {following.value}, not {to.value}."


def consultation_faults(to: Life, rounds: Iterable[Round], today: dt.date) -> Iterator[str]:
    """What of the consultation about a step is missing: it took place, is over, and every answer is disposed of."""
    if to not in CONSULTED:
        return
    about = [each for each in rounds if each.step is to]
    if not about:
        yield f"Nobody was asked about {to.value}: consult those who consume it first."
        return
    last = about[-1]
    if last.until >= today:
        yield f"The consultation about {to.value} is open until {last.until}; decide after it."
    open_ = [each.who for each in last.answers if not each.disposition]
    if open_:
        yield f"Say what becomes of the answers of {', '.join(open_)} first."
