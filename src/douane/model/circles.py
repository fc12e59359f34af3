"""Circles of trust: who may enter by which platform, before any operation is looked at.

The strategy's security claim in one table. The untrusted enter by SPEED2 only, the trusted by CCN2 and CCN/CSI,
Commission staff also by the CDCO desk, everybody reaches UUM&DS. What is not written here is denied.
"""

from __future__ import annotations

import enum
from typing import Final


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
