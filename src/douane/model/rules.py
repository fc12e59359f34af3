"""Business rules: named predicates with an official id, a dating and a text, evaluated as of a decisive date.

A rule is a generator over a message, what is known of its case, and a look-up, that yields a violation for each place
that breaks it::

    @rule("C0153", CC013C, CC015C, text="State the carrier when ...", lists=("CL010",))
    def c0153(m: CC013C | CC015C, case: object, look: Look) -> Iterator[Violation]:
        if ... :
            yield missing("/CC015C/Consignment/Carrier")

Codes follow CL180: 12 code list, 13 condition (missing), 14 rule, 15 condition (not allowed),
50 transitional constraint.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from types import ModuleType
from typing import Any, Protocol, TypeVar

from douane.vocabulary.errors import DeclarationFault, Fault
from douane.vocabulary.faults import COUNTED


class Look(Protocol):
    """What a rule may look at besides the message."""

    @property
    def date(self) -> dt.date:
        """The decisive date: lists, periods and the transition are judged as of it."""

    @property
    def transition(self) -> bool:
        """True while the transitional period lasts on the decisive date (setting ``transition_end``)."""

    def has(self, code_list: str, code: str | None) -> bool:
        """Whether the code list (``CL010``) holds this code on the decisive date; never for None."""

    def office_has(self, office: str | None, role: str) -> bool:
        """Whether the customs office is known and has this role (DEP, DES, TRA, EXT, GUA, ...)."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A place that breaks a rule: pointer, CL180 code, original value."""

    pointer: str
    code: str
    value: str = ""


def missing(pointer: str) -> Violation:
    """A condition demands what is not there (13)."""
    return Violation(pointer, "13")


def not_allowed(pointer: str, value: object = "") -> Violation:
    """A condition forbids what is there (15)."""
    return Violation(pointer, "15", str(value))


def broken(pointer: str, value: object = "") -> Violation:
    """A rule is broken (14)."""
    return Violation(pointer, "14", str(value))


def not_in_list(pointer: str, value: object = "") -> Violation:
    """The value is not in its code list on the decisive date (12)."""
    return Violation(pointer, "12", str(value))


def transitional(pointer: str, value: object = "") -> Violation:
    """A constraint of the transitional period is broken (50)."""
    return Violation(pointer, "50", str(value))


REMEMBERED = 256
Predicate = Callable[[Any, Any, Look], Iterable[Violation]]
P = TypeVar("P", bound=Predicate)


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule. ``transition``: True only during the transitional period, False only after it, None always."""

    id: str
    text: str
    messages: tuple[type, ...]
    predicate: Predicate
    lists: tuple[str, ...] = ()
    transition: bool | None = None
    since: dt.date | None = None
    until: dt.date | None = None

    def applies(self, look: Look) -> bool:
        """Whether the rule holds on the decisive date."""
        if self.transition is not None and self.transition is not look.transition:
            return False
        return not ((self.since and look.date < self.since) or (self.until and look.date > self.until))


def rule(
    id: str,
    *messages: type,
    text: str,
    lists: Sequence[str] = (),
    transition: bool | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Callable[[P], P]:
    """Declare the decorated generator as a rule for these message types; ``text`` says how to mend a violation."""

    def declare(predicate: P) -> P:
        declared = Rule(id, text, messages, predicate, tuple(lists), transition, since, until)
        predicate.__dict__["__rule__"] = declared
        return predicate

    return declare


class Book(Protocol):
    """What judges messages before their handlers see them (``handles(rules=...)``)."""

    def faults(self, message: Any, case: Any, look: Look) -> tuple[Fault, ...]:
        """What is wrong with a message of a case (None: not known), as of the decisive date of ``look``."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A book of one function of (message, case, look-up), where an application judges a message as a whole."""

    judge: Callable[[Any, Any, Look], tuple[Fault, ...]]

    def faults(self, message: Any, case: Any, look: Look) -> tuple[Fault, ...]:
        """What the function finds."""
        return self.judge(message, case, look)


class RuleBook:
    """The rules of one application, by message type, in order of their ids."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules: tuple[Rule, ...] = tuple(sorted(rules, key=lambda r: r.id))
        self._by_message: dict[type, tuple[Rule, ...]] = {}
        self._applying: dict[tuple[type, dt.date, bool], tuple[Rule, ...]] = {}
        seen: set[tuple[str, type]] = set()
        for each in self.rules:
            for message in each.messages:
                if (each.id, message) in seen:
                    raise DeclarationFault(f"Rule {each.id} is declared twice for {message.__name__}.")
                seen.add((each.id, message))
                self._by_message[message] = (*self._by_message.get(message, ()), each)

    @classmethod
    def of(cls, *modules: ModuleType) -> RuleBook:
        """All rules that stand in these modules."""
        found = {id(r): r for m in modules for f in vars(m).values() if (r := getattr(f, "__rule__", None))}
        return cls(found.values())

    def rules_for(self, message: type) -> tuple[Rule, ...]:
        """The rules declared for a message type."""
        return self._by_message.get(message, ())

    def faults(self, message: object, case: object, look: Look) -> tuple[Fault, ...]:
        """Every violation of every rule that applies, each with its remedy; a thousand at most."""
        return tuple(islice(self._violations(message, case, look), COUNTED))

    def _violations(self, message: object, case: object, look: Look) -> Iterator[Fault]:
        for each in self.applying(type(message), look):
            for found in each.predicate(message, case, look):
                yield Fault(found.pointer, found.code, each.text, rule=each.id, value=found.value)

    def applying(self, message: type, look: Look) -> tuple[Rule, ...]:
        """The rules that apply to a message type on the decisive date; selected once per date."""
        key = (message, look.date, look.transition)
        found = self._applying.get(key)
        if found is None:
            if len(self._applying) >= REMEMBERED:
                self._applying.clear()
            found = tuple(r for r in self._by_message.get(message, ()) if r.applies(look))
            self._applying[key] = found
        return found
