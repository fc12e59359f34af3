"""Records: what an application keeps of a case. A record belongs to one subject; nobody else writes it.

::

    @record(20, indexes={"by_destination": ("destination", "state", "deadline")},
            case=Case(parties=("holder",), office="office", state="state", deadline="deadline"))
    class Movement(Value, frozen=True):
        lrn: str
        ...

Type numbers 1 to 19 and from 60,000 on are the runtime's, those between the applications'; they are stored and never
reused.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from douane.model.caller import Party
from douane.model.parties import Members
from douane.runtime.store import keys
from douane.runtime.store.final import Final
from douane.runtime.store.values import Stored, Upgrade
from douane.vocabulary.counting import Events
from douane.vocabulary.errors import BadQuery, DeclarationFault
from douane.vocabulary.limits import Extension, Length, Suspension
from douane.vocabulary.time import Instant

MAX_INDEXES = 4
_FILLING = 0xFF
"""Stands in the place of an index number where it is kept how far the records of a type are entered as final."""
OF_APPLICATIONS = range(20, 60_000)
"""Numbers of the record types of applications; those below and above are the runtime's."""


PartiesOfRecord = Callable[[Any], Members]


class Value(msgspec.Struct, frozen=True, array_like=True):
    """Base of every stored value: frozen, compact, comparable."""


@dataclass(frozen=True, slots=True)
class Case:
    """Which fields of a record feed the case index. ``parties_of``: who had a part in a case of a former release, which
    kept no row of its parties, as its record tells. ``states``: every state that such a case can be in; their values
    are what people read, in English, and what is stored. ``office``: the field of the office whose case it is; a case
    that has none is the administration's. ``others``: the field of all offices that it is for, where it may be several.
    """

    parties_of: PartiesOfRecord
    office: str = ""
    others: str = ""
    state: str = ""
    deadline: str = ""
    states: type[enum.Enum] | None = None
    _known: frozenset[str] = field(default=frozenset(), init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", frozenset(str(each.value) for each in self.states or ()))

    def refuse_unknown(self, value: Any) -> None:
        """Raise DeclarationFault for a record in a state that is not declared."""
        if self.states is not None and str(getattr(value, self.state)) not in self._known:
            known = ", ".join(sorted(self._known))
            raise DeclarationFault(
                f"{type(value).__name__} has no state {getattr(value, self.state)!r}.", remedy=f"Declared: {known}."
            )


@dataclass(frozen=True, slots=True)
class Index:
    """A declared composite index: equality on leading fields, a range on the next."""

    number: int
    name: str
    fields: tuple[str, ...]
    mark: bytes  # type and index number as they stand in keys
    values: Callable[[Value], tuple[object, ...]]
    later: bool = False  # records of an earlier release lack it until it is built (``runtime.store.indexing``)

    def entries(self, values: tuple[object, ...], prefix: bytes, tail: bytes) -> list[bytes]:
        """Index keys of these field values: one, or one for each member where the first field is a tuple."""
        first, *others = values
        head, rest = prefix + self.mark, tail
        for each in reversed(others):
            rest = (each.replace("\0", "\1").encode() + b"\0" if type(each) is str else keys.field(each)) + rest
        if isinstance(first, tuple):
            return [head + keys.field(each) + rest for each in first]
        return [head + (first.replace("\0", "\1").encode() + b"\0" if type(first) is str else keys.field(first)) + rest]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """Everything the runtime knows of a record type."""

    number: int
    type: type[Value]
    stored: Stored[Any]
    indexes: tuple[Index, ...]
    case: Case | None
    history: bool
    union_wide: tuple[str, ...]
    mark: bytes  # the type number as it stands in keys
    final: Final | None = None
    filling: Index | None = None  # where it is final: under which mark it is kept how far earlier records are entered

    def index(self, name: str) -> Index:
        """The index of this name."""
        for each in self.indexes:
            if each.name == name:
                return each
        known = ", ".join(i.name for i in self.indexes) or "none"
        raise BadQuery(f"{self.type.__name__} has no index {name}.", remedy=f"Declared: {known}.")

    def entries(self, value: Value, prefix: bytes, tail: bytes) -> Iterator[bytes]:
        """Index keys of a value. ``prefix``: space, partition, administration; ``tail``: subject and local part."""
        for index in self.indexes:
            yield from index.entries(index.values(value), prefix, tail)


R = TypeVar("R", bound=Value)
_by_number: dict[int, RecordKind] = {}


def record(
    number: int,
    *,
    indexes: Mapping[str, Sequence[str]] | None = None,
    case: Case | None = None,
    history: bool = False,
    version: int = 1,
    upgrades: Mapping[int, Upgrade] | None = None,
    union_wide: Sequence[str] = (),
    later: Sequence[str] = (),
    final: Final | None = None,
) -> Callable[[type[R]], type[R]]:
    """Declare a record type under a number that is stored for ever.

    ``union_wide`` names roles that may find it across administrations; nobody else may. ``later`` names indexes that
    were added after a release had written such records: they stand last, and are built in slices. ``final`` makes it
    a data set (``runtime.store.final``); records of before are entered in slices, too.
    """

    def declare(cls: type[R]) -> type[R]:
        known = _by_number.get(number)
        if known and (known.type.__module__, known.type.__qualname__) != (cls.__module__, cls.__qualname__):
            raise DeclarationFault(
                f"Record type {number} is {known.type.__qualname__} already; {cls.__qualname__} needs another."
            )
        spec = indexes or {}
        if len(spec) > MAX_INDEXES:
            raise DeclarationFault(f"{cls.__name__} declares {len(spec)} indexes; {MAX_INDEXES} are the most.")
        names = set(cls.__struct_fields__)
        for name, fields in spec.items():
            unknown = [f for f in fields if f not in names]
            if unknown:
                raise DeclarationFault(f"Index {name} of {cls.__name__} names unknown fields: {', '.join(unknown)}.")
        if tuple(later) != tuple(spec)[len(spec) - len(later) :]:
            raise DeclarationFault(f"{cls.__name__} has later indexes {', '.join(later)}; declare them last, in order.")
        mark = keys.u16(number)
        made = tuple(
            Index(n, name, tuple(fields), mark + bytes((n,)), _values(fields), name in later)
            for n, (name, fields) in enumerate(spec.items())
        )
        stored = Stored(number, cls, version, upgrades)
        unknown = [f for f in final.of if f not in names] if final is not None else []
        if unknown:
            raise DeclarationFault(f"{cls.__name__} is final by unknown fields: {', '.join(unknown)}.")
        filling = Index(_FILLING, "final", (), mark + bytes((_FILLING,)), lambda _: (), later=True) if final else None
        kind = RecordKind(number, cls, stored, made, case, history, tuple(union_wide), mark, final, filling)
        _by_number[number] = kind
        cls.__record__ = kind  # type: ignore[attr-defined]  # read back by kind_of
        return cls

    return declare


def _values(fields: Sequence[str]) -> Callable[[Value], tuple[object, ...]]:
    """Reads these fields of a value."""
    read = attrgetter(*fields)
    return read if len(fields) > 1 else lambda value: (read(value),)


def _declared(cls: type[Value]) -> RecordKind:
    found: RecordKind | None = cls.__dict__.get("__record__")
    if found is None:
        raise DeclarationFault(f"{cls.__name__} is not declared with @record.")
    return found


kind_of: Callable[[type[Value]], RecordKind] = cache(_declared)
"""The declared kind of a record class. Raises DeclarationFault."""


def kinds() -> list[RecordKind]:
    """Every declared kind, by number."""
    return [_by_number[number] for number in sorted(_by_number)]


def kind_numbered(number: int) -> RecordKind:
    """The kind stored under a number."""
    return _by_number[number]


@record(
    1,
    indexes={
        "by_party": ("parties", "state", "deadline"), "by_office": ("office", "state", "deadline"),
        "by_other": ("others", "state", "deadline"),
    },
    union_wide=("union-operations",),
)  # fmt: skip
class CaseEntry(Value, frozen=True):
    """The case index: one row a case, maintained by the runtime in the same transaction as the case itself.

    others: further offices whose case it is. Entries of earlier releases name none, so the index of them is whole.
    """

    kind: str
    parties: tuple[str, ...]
    office: str
    state: str
    deadline: int
    aliases: tuple[tuple[str, str], ...] = ()
    opened: int = 0
    others: tuple[str, ...] = ()


def named(entry: CaseEntry | None) -> frozenset[str]:
    """The references of a case, each without the sender by whom it is scoped (an LRN)."""
    return frozenset(value.rpartition("/")[2] for _, value in entry.aliases) if entry is not None else frozenset()


@record(2)
class ProcessInstance(Value, frozen=True):
    """A running process of a case: pinned to the definition by its hash; its data live in the case's own record."""

    process: str
    definition: str
    state: bytes
    steps: tuple[int, ...] = ()
    ended: bool = False


@record(
    3, indexes={"by_office": ("office", "role", "done", "due"), "by_other": ("others", "role", "done", "due")},
    union_wide=("union-operations",),
)  # fmt: skip
class HumanTask(Value, frozen=True):
    """Work for an officer: opened by a user task of a process, completed by an operation.

    by, at: who completed it, and when. holder, held_since: who has taken it. offered_to: to whom it is handed over, and
    who alone may take it. turn: how often it changed hands. others: further offices at which it may be done. risk: why
    risk analysis chose what is to be done, in sentences; empty where it did not.
    """

    process: str
    node: str
    token: int
    office: str
    role: str
    title: str
    due: int
    done: bool = False
    by: str = ""
    at: int = 0
    holder: str = ""
    held_since: int = 0
    offered_to: str = ""
    turn: int = 0
    others: tuple[str, ...] = ()
    risk: tuple[str, ...] = ()


class Counted(Value, frozen=True):
    """A time limit as it was counted for a case, so that it can be told, and counted again.

    limit: its id. event: the statutory instant that began it. place: whose calendar counts. ends: its last instant,
    exclusive. days: what an office or agreement set in place of the declared length; fixed: it set the date itself.
    """

    limit: str
    event: int
    place: str
    ends: int
    days: int = 0
    fixed: bool = False

    @property
    def length(self) -> Length | None:
        """What was set in place of the declared length; None where nothing was."""
        return Length(days=self.days) if self.days else None


class Lengthened(Value, frozen=True):
    """An extension of a time limit. announced: when its holder was told; 0 where the law itself lengthens it."""

    article: str
    reason: str
    announced: int
    months: int = 0
    days: int = 0
    working_days: int = 0
    hours: int = 0


class Stopped(Value, frozen=True):
    """A time limit that stood still, from one instant until another; 0: it still does."""

    article: str
    since: int
    until: int = 0


class Changed(Value, frozen=True):
    """What lengthened and what stopped a time limit (its id) of a case, with the articles that let it."""

    limit: str
    extensions: tuple[Lengthened, ...] = ()
    suspensions: tuple[Stopped, ...] = ()

    @classmethod
    def of(cls, limit: str, extensions: Iterable[Extension], suspensions: Iterable[Suspension]) -> Changed:
        """As it is kept."""
        return cls(
            limit, tuple(Lengthened(e.article, e.reason, e.announced, *e.length.parts[:4]) for e in extensions),
            tuple(Stopped(s.article, s.since, s.until or 0) for s in suspensions),
        )  # fmt: skip

    def events(self, event: int) -> Events:
        """What the limit is counted from, with the event that began it."""
        return Events(
            Instant(event),
            tuple(Extension(e.article, _length(e), e.reason, Instant(e.announced)) for e in self.extensions),
            tuple(Suspension(s.article, Instant(s.since), Instant(s.until) or None) for s in self.suspensions),
        )


def _length(kept: Lengthened) -> Length:
    return Length(months=kept.months, days=kept.days, working_days=kept.working_days, hours=kept.hours)


@record(10)
class Timers(Value, frozen=True):
    """The timers of a subject that have not fired: what a timer row is checked against; and the limits of its case.

    due: by name, an instant of the machine, or with ``keys.STATUTORY`` a place on the count of time limits. changed:
    what lengthened or stopped some of the limits.
    """

    due: tuple[tuple[str, int], ...] = ()
    limits: tuple[Counted, ...] = ()
    changed: tuple[Changed, ...] = ()


@record(11)
class Expectation(Value, frozen=True):
    """Stored under a correlation id: which token waits for the answer of a partner, and what counts as one.

    party: who was asked. operation: what was asked. replies: types that are an answer. Release 0.1 did not keep these
    three; they are found from the question itself (``core.expecting``).
    """

    subject: int
    process: str
    node: int
    token: int
    party: str = ""
    operation: str = ""
    replies: tuple[str, ...] = ()


@record(60_020)
class Collecting(Value, frozen=True):
    """What a token that asked several still waits for. asked: the administrations, in the order of their questions,
    which are numbered from 1; left: the numbers of those not answered yet."""

    asked: tuple[str, ...]
    left: tuple[int, ...]


@record(60_021, case=Case(parties_of=lambda _: (), office="office", state="state"))
class Carried(Value, frozen=True):
    """A case that another system keeps, as far as this node carried its messages for one party.

    keeper: the administration that was addressed. operation, began: what began it here, and the position of that.
    told: when the keeper last said something of it (microseconds since 1970, UTC), 0 for not yet. refused: whether it
    refused what began it.
    """

    keeper: str
    operation: str
    began: int
    state: str
    office: str = ""
    told: int = 0
    refused: bool = False


CARRIED = "carried"
"""Under which kind of name a party's case is known that another system keeps; the name begins with the party's."""


def carried_name(party: str, name: str) -> str:
    """By which name a case of a party is known that another system keeps: nobody else finds or joins it by his own."""
    return f"{party}\0{name}"


class Member(Value, frozen=True):
    """One party of a case in one role. since: position of the message that admitted it."""

    party: Party
    role: str
    since: int


@record(15)
class Parties(Value, frozen=True):
    """Who has a part in a case: written with the acceptance of what opens it, changed by the case's own work alone."""

    members: tuple[Member, ...] = ()

    def roles_of(self, party: Party) -> frozenset[str]:
        """The roles of a party; none for whoever is no party."""
        return frozenset(member.role for member in self.members if member.party == party)


@record(60_000)
class Asking(Value, frozen=True):
    """Stored beside a token that waits for a partner: under which correlation id its expectation lies."""

    correlation: str
