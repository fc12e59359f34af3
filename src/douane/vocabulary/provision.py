"""Whose system serves whom: choices of a provider for an administration and an operation, each from an instant on.

Invariants: what nobody chose is served by nobody; of the choices that apply by an instant, the latest holds; what was
chosen once stays known, since open cases end with the provider with whom they began.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from douane.vocabulary.time import Instant

ALL: Final = "*"
"""Every operation; in the first choices of a development node, every administration too."""


@dataclass(frozen=True, slots=True, order=True)
class Chosen:
    """A choice in force from ``since``. of: an operation (``guarantees.use``), a service, or ``ALL``. provider: the
    administration whose system serves, ``EU`` for the centre; empty: nobody from then on."""

    since: Instant
    administration: str
    of: str
    provider: str

    def covers(self, operation: str) -> bool:
        """Whether an operation is among what was chosen."""
        return self.of in (ALL, operation, operation.partition(".")[0])


Held = tuple[int, int, tuple[str, ...]]
"""From when, until when, and who provides all that while."""
ALWAYS: Final = (-(1 << 62), 1 << 62)
"""From when and until when no choice changes anything."""
NAMES_A_DAY: Final = 1_000
"""Names that a provider may tell a day of each administration: cases begin at its own doors too, which nobody sees."""
NEVER: Final = Instant(1 << 62)
"""When what has no end ends."""
_REMEMBERED: Final = 4_096


class Provided:
    """The choices of many administrations, asked by instant."""

    def __init__(self, choices: Iterable[Chosen] = ()) -> None:
        self._by: dict[str, list[Chosen]] = {}
        self._known: dict[tuple[str, str], Held] = {}
        for each in sorted(choices, reverse=True):
            self._by.setdefault(each.administration, []).append(each)

    def __bool__(self) -> bool:
        return bool(self._by)

    def hosts(self) -> tuple[tuple[str, str, Instant], ...]:
        """Whose system serves whom, from when on: provider, administration, instant; nobody is a guest of himself."""
        known = {(each.provider, each.administration): each.since for held in self._by.values() for each in held}
        return tuple(sorted((host, guest, at) for (host, guest), at in known.items() if host not in ("", guest)))

    def knows(self, administration: str) -> bool:
        """Whether an administration has chosen anything here."""
        return administration in self._by

    def of(self, administration: str) -> tuple[Chosen, ...]:
        """The choices that an administration made, the latest first."""
        return tuple(self._by.get(administration, ()))

    def providers(self, administration: str, operation: str, at: Instant) -> tuple[str, ...]:
        """Who provides an operation for an administration, then who did so before; each once. Empty: nobody now."""
        return self.held(administration, operation, at)[2]

    def held(self, administration: str, operation: str, at: Instant) -> Held:
        """The same, with the instants from when and until when it holds."""
        known = self._known.get((administration, operation))
        if known is not None and known[0] <= at < known[1]:
            return known
        choices = [each for each in self._of(administration) if each.covers(operation)]
        held = [each for each in choices if each.since <= at]
        found: tuple[str, ...] = ()
        if held and held[0].provider:
            found = tuple(dict.fromkeys(each.provider for each in held if each.provider))
        until = min((each.since for each in choices if each.since > at), default=NEVER)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        since = max((each.since for each in held), default=-NEVER)
        self._known[administration, operation] = answer = since, until, found
        return answer

    def dismissed(self, administration: str, operation: str, provider: str, at: Instant) -> Instant:
        """Since when somebody provides an operation no longer, as of an instant: ``NEVER`` for who provides it then,
        the beginning of time for who never did."""
        spells = sorted(each for each in self._of(administration) if each.covers(operation) and each.since <= at)
        last = max((n for n, each in enumerate(spells) if each.provider == provider), default=None)
        if last is None:
            return Instant(-NEVER)
        return spells[last + 1].since if last + 1 < len(spells) else NEVER

    def _of(self, administration: str) -> Iterable[Chosen]:
        """What holds for an administration: its own choices, else what holds for all."""
        return self._by.get(administration, self._by.get(ALL, ()))

    def with_(self, choices: Iterable[Chosen]) -> Provided:
        """These choices in place of those of the same administrations."""
        other = Provided(choices)
        kept = [each for code, held in self._by.items() if code not in other._by for each in held]
        return Provided((*kept, *(each for held in other._by.values() for each in held)))
