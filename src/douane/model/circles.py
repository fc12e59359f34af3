"""Circles of trust: who may enter by which platform, before any operation is looked at.

The strategy's security claim in one table. The untrusted enter by SPEED2 only, the trusted by CCN2 and CCN/CSI,
Commission staff also by the CDCO desk, everybody reaches UUM&DS. What is not written here is denied.

At which platforms an operation is offered: wherever its contract permits, less what was moved away, by instant. The
contract names who may call it; a platform permits it where one of them may enter. That is where it is offered until
somebody decides otherwise. A *move* takes a service, or one operation, from one platform to another from an instant on.
Invariant: moves open nothing. Where the contract does not permit an operation it is never offered, whatever is kept,
and the circle of whoever calls is judged beside this.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from douane.vocabulary.time import Instant


class Circle(enum.Enum):
    """How far the union trusts a caller. Read from the authority that issued the proof, never from a name."""

    UNTRUSTED = "untrusted"  # traders, third countries, external flows of partner Directorates-General
    TRUSTED = "trusted"  # administrations of the Member States, the Commission
    INTERNAL = "internal"  # parts of a node itself and its operators; no customs door lets them in


class ActorKind(enum.Enum):
    """The kind of party that plays a role; operations declare their callers with it."""

    TRADER = "trader"
    THIRD_COUNTRY = "third_country"
    PARTNER_SERVICE = "partner_service"  # a partner Directorate-General's external flow
    MEMBER_STATE = "member_state"  # the system of an administration
    OFFICER = "officer"  # a person of an administration
    COMMISSION = "commission"  # staff and systems of the Commission
    SERVICE = "service"  # a part of the node: a process step, the link of a door
    OPERATOR = "operator"  # who runs the node
    PUBLIC = "public"  # nobody in particular: no identity, reads what is published

    @property
    def circle(self) -> Circle:
        """The circle this kind of party belongs to."""
        return _CIRCLES[self]


ADMINISTRATIONS: Final = frozenset({ActorKind.MEMBER_STATE, ActorKind.OFFICER, ActorKind.COMMISSION})
"""The customs authorities of the Union and the Commission: their systems and their people."""
EVERYBODY: Final = ADMINISTRATIONS | {
    ActorKind.TRADER, ActorKind.THIRD_COUNTRY, ActorKind.PARTNER_SERVICE, ActorKind.PUBLIC,
}  # fmt: skip
"""Whoever may call a door at all."""


class Platform(enum.Enum):
    """The doors of the strategy."""

    SPEED2 = "speed2"
    CCN2 = "ccn2"
    CCN_CSI = "ccn_csi"
    CDCO = "cdco"  # its desk: an inside listener; central applications have none
    UUMDS = "uumds"
    OPERATIONS = "operations"

    def admits(self, kind: ActorKind) -> bool:
        """Whether this kind of party may enter here at all."""
        return kind in _ENTRY[self]

    @property
    def kinds(self) -> frozenset[ActorKind]:
        """Everybody who may enter here."""
        return _ENTRY[self]

    @property
    def title(self) -> str:
        """What it is called in sentences."""
        return _TITLES[self]


_CIRCLES = {
    ActorKind.TRADER: Circle.UNTRUSTED,
    ActorKind.THIRD_COUNTRY: Circle.UNTRUSTED,
    ActorKind.PARTNER_SERVICE: Circle.UNTRUSTED,
    ActorKind.MEMBER_STATE: Circle.TRUSTED,
    ActorKind.OFFICER: Circle.TRUSTED,
    ActorKind.COMMISSION: Circle.TRUSTED,
    ActorKind.SERVICE: Circle.INTERNAL,
    ActorKind.OPERATOR: Circle.INTERNAL,
    ActorKind.PUBLIC: Circle.UNTRUSTED,
}

_UNTRUSTED = frozenset(kind for kind in ActorKind if kind.circle is Circle.UNTRUSTED)
_TRUSTED = frozenset(kind for kind in ActorKind if kind.circle is Circle.TRUSTED)

_ENTRY = {
    Platform.SPEED2: _UNTRUSTED,
    Platform.CCN2: _TRUSTED,
    Platform.CCN_CSI: _TRUSTED - {ActorKind.OFFICER},  # a queue carries systems, not people
    Platform.CDCO: frozenset({ActorKind.COMMISSION}),
    Platform.UUMDS: frozenset(ActorKind),
    Platform.OPERATIONS: frozenset({ActorKind.OPERATOR}),
}
_TITLES = {
    Platform.SPEED2: "SPEED2",
    Platform.CCN2: "CCN2",
    Platform.CCN_CSI: "CCN/CSI",
    Platform.CDCO: "the CDCO desk",
    Platform.UUMDS: "UUM&DS",
    Platform.OPERATIONS: "the operator's door",
}
BUSINESS: Final = frozenset({Platform.SPEED2, Platform.CCN2, Platform.CCN_CSI, Platform.CDCO})
"""Platforms that carry business operations; UUM&DS and the operator's door carry none."""
NEVER: Final = Instant(1 << 62)
"""The end of a move that nobody took back."""
_REMEMBERED: Final = 4_096


@dataclass(frozen=True, slots=True, order=True)
class Move:
    """In force from ``since`` until ``until``. of: a service, or one operation of it (``transit.lodge``)."""

    since: Instant
    of: str
    leaves: Platform = field(compare=False)
    enters: Platform = field(compare=False)
    until: Instant = NEVER

    def covers(self, operation: str) -> bool:
        """Whether an operation is among what moves."""
        return self.of in (operation, operation.partition(".")[0])


def doors(kind: ActorKind, *, queues: bool) -> frozenset[Platform]:
    """The platforms at which a kind of party finds what a contract opens to it. queues: whether the service declares a
    legacy interface."""
    return frozenset(p for p in BUSINESS if p.admits(kind) and (queues or p is not Platform.CCN_CSI))


class Moves:
    """Every move that is kept, asked by instant."""

    def __init__(self, moves: Iterable[Move] = ()) -> None:
        self._moves = sorted(moves)
        self._known: dict[str, tuple[int, int, frozenset[Platform]]] = {}

    def __bool__(self) -> bool:
        return bool(self._moves)

    def left(self, operation: str, at: Instant) -> frozenset[Platform]:
        """The platforms that an operation has left by an instant, and not entered again since."""
        known = self._known.get(operation)
        if known is None or not known[0] <= at < known[1]:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[operation] = self._left(operation, at)
        return known[2]

    def changes(self, operation: str) -> tuple[Instant, ...]:
        """The instants at which it changes where an operation is offered."""
        found = {at for each in self._moves if each.covers(operation) for at in (each.since, each.until)}
        return tuple(sorted(found - {NEVER}))

    def _left(self, operation: str, at: Instant) -> tuple[int, int, frozenset[Platform]]:
        left: set[Platform] = set()
        for each in self._moves:
            if each.covers(operation) and each.since <= at < each.until:
                left = (left | {each.leaves}) - {each.enters}
        edges = self.changes(operation)
        since = max((each for each in edges if each <= at), default=-NEVER)
        return since, min((each for each in edges if each > at), default=NEVER), frozenset(left)
