"""Final data: what a record type declares so that it is kept once and replicated.

::

    @record(90, ..., final=Final(
        "economic_operators", title="Economic operators", legal=("IA art. 7",), purpose="...", retention="...",
        provision=Provision.CENTRAL, decision="docs/decisions/0105-final-data.md",
        key=lambda kept, _: kept.eori, order=lambda kept: kept.delivered_at, of=("eori", "name", ...),
        views=(FinalView("full", operator_content, frozenset({ActorKind.MEMBER_STATE, ActorKind.COMMISSION})),),
    ))

A *data set* has an entry for each key. Its *views* are what recipients of a kind may have of it; each has digests and a
feed of its own, so that each is proven equal to its own root. What a view does not say to a recipient is not in it.
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple
from typing import Final as Constant

import msgspec

from douane.model.circles import ActorKind
from douane.vocabulary.errors import DeclarationFault

FULL: Constant = "full"
"""The view of authorities: everything that the data set holds."""
PARTNER: Constant = "partner"
"""The view of third countries that an agreement entitles."""
PUBLIC: Constant = "public"
"""The view of everybody: what the law publishes, or its holder agreed to."""


class Place(NamedTuple):
    """Where a record lies: its case, and the local part of its key, in hexadecimal digits."""

    case: str
    local: str


Content = Callable[[Any, Place], msgspec.Struct | None]
"""From a record and its place to what a view says of it; None where it says nothing."""

_encode = msgspec.json.Encoder(order="deterministic").encode


class Provision(enum.StrEnum):
    """Where the authoritative copy of a data set is kept."""

    CENTRAL = "central"  # by the centre, for all administrations
    DISTRIBUTED = "distributed"  # by each administration for what it issued


@dataclass(frozen=True, slots=True)
class FinalView:
    """What some recipients may have of a data set."""

    name: str
    content: Content
    recipients: frozenset[ActorKind]
    role: str = ""
    """Which of them: those in this role; empty for all. Nobody has it for another who asks, nor has it pushed."""

    def may_have(self, kind: ActorKind, roles: frozenset[str]) -> bool:
        """Whether somebody of a kind, in these roles, is a recipient."""
        return kind in self.recipients and (not self.role or self.role in roles)

    def octets(self, value: Any, place: Place) -> bytes | None:
        """What the view says of a record, as JSON in one form: fields in the order of their names."""
        said = self.content(value, place)
        return _encode(said) if said is not None else None


@dataclass(frozen=True, slots=True)
class Final:
    """A data set made of the records of one type.

    key: under which an entry is looked up, from a record and its place. order: of two records
    with one key the higher counts; without it, the one written later. of: the fields of the record that the views are
    made of; a change of others costs nothing. legal: on which ground it is kept and passed on; retention: for how long,
    by which article; decision: where it is recorded why it is central or distributed. whose: of a distributed one, the
    administration whose entry a key names; empty where it can be nobody's.
    """

    name: str
    title: str
    legal: tuple[str, ...]
    purpose: str
    retention: str
    provision: Provision
    decision: str
    key: Callable[[Any, Place], str]
    of: tuple[str, ...]
    views: tuple[FinalView, ...]
    order: Callable[[Any], int] = lambda _record: 0
    whose: Callable[[str], str] | None = None

    def __post_init__(self) -> None:
        names = [view.name for view in self.views]
        if not names or len(set(names)) < len(names):
            raise DeclarationFault(f"Data set {self.name} needs views of different names.")
        if not (self.legal and self.purpose and self.retention and self.decision):
            raise DeclarationFault(f"Data set {self.name} names no legal basis, purpose, retention or decision.")
        if (self.provision is Provision.DISTRIBUTED) is not (self.whose is not None):
            raise DeclarationFault(f"Data set {self.name} is distributed, or does not say whose an entry is.",
                                   remedy="Say by whose= of a distributed one whose a key is.")  # fmt: skip

    def view(self, name: str) -> int | None:
        """The number of a view; None where there is none of this name."""
        return next((n for n, each in enumerate(self.views) if each.name == name), None)

    def read(self, value: Any) -> tuple[Any, ...]:
        """The fields that the views are made of."""
        found = attrgetter(*self.of)(value)
        return found if len(self.of) > 1 else (found,)
