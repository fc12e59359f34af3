"""Business rules: named predicates with an official id, a dating and a text, evaluated as of a decisive date.

A rule is a generator over a message, what is known of its case, and a look-up, that yields a violation for each place
that breaks it::

    @rule("C0153", CC013C, CC015C, text="State the carrier when ...", lists=("CL010",))
    def c0153(m: CC013C | CC015C, case: object, look: Look) -> Iterator[Violation]:
        if ... :
            yield missing("/CC015C/Consignment/Carrier")

What a violation is called in an answer is said by the codes of the family that the messages of a book are of
(``vocabulary.codes``); a rule may name a code of that family itself.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import attrgetter, methodcaller
from types import ModuleType
from typing import Any, Protocol, TypeVar

from douane.vocabulary.codes import PLATFORM, Codes
from douane.vocabulary.errors import DeclarationFault, Fault
from douane.vocabulary.faults import COUNTED


class Look(Protocol):
    """What a rule may look at besides the message."""

    @property
    def date(self) -> dt.date:
        """The decisive date: lists, periods and settings of law are judged as of it."""

    def legal_date(self, name: str) -> dt.date:
        """A date that the law sets (``LegalDate``), as it stood on the decisive date. Raises where none is known."""

    def has(self, code_list: str, code: str | None) -> bool:
        """Whether the code list (``CL010``) holds this code on the decisive date; never for None."""

    def office_has(self, office: str | None, role: str) -> bool:
        """Whether the customs office is known and has this role (DEP, DES, TRA, EXT, GUA, ...)."""


class Breach(enum.Enum):
    """How a rule is broken; the value names the code of it (``Codes``)."""

    MISSING = "missing"
    UNWANTED = "unwanted"
    BROKEN = "broken"
    UNLISTED = "unlisted"
    TRANSITIONAL = "transitional"


@dataclass(frozen=True, slots=True)
class Violation:
    """A place that breaks a rule: pointer, how or by which code of the family, original value."""

    pointer: str
    breach: Breach | str
    value: str = ""

    def code(self, codes: Codes) -> str:
        """What it is called in a family of messages."""
        return self.breach if isinstance(self.breach, str) else str(getattr(codes, self.breach.value))


def missing(pointer: str) -> Violation:
    """A condition demands what is not there."""
    return Violation(pointer, Breach.MISSING)


def not_allowed(pointer: str, value: object = "") -> Violation:
    """A condition forbids what is there."""
    return Violation(pointer, Breach.UNWANTED, str(value))


def broken(pointer: str, value: object = "") -> Violation:
    """A rule is broken."""
    return Violation(pointer, Breach.BROKEN, str(value))


def not_in_list(pointer: str, value: object = "") -> Violation:
    """The value is not in its code list on the decisive date."""
    return Violation(pointer, Breach.UNLISTED, str(value))


def transitional(pointer: str, value: object = "") -> Violation:
    """A constraint of the transitional period is broken."""
    return Violation(pointer, Breach.TRANSITIONAL, str(value))


REMEMBERED = 256
Predicate = Callable[[Any, Any, Look], Iterable[Violation]]
Asked = Callable[[Predicate], Iterable[Violation]]
"""A predicate asked about one message, case and look."""
_PREDICATE = attrgetter("predicate")
P = TypeVar("P", bound=Predicate)


@dataclass(frozen=True, slots=True)
class LegalDate:
    """A date that the law sets and may move, by its published name. Its values are reference data with validity and
    source (list ``LAW``), so that a move needs no release and a message of last year is judged by the date of then."""

    name: str

    def on(self, look: Look) -> dt.date:
        """The date itself, as the law stood on the decisive date."""
        return look.legal_date(self.name)


@dataclass(frozen=True, slots=True)
class Rule:
    """A declared rule. since, until: first and last day on which it holds. after: it holds from the next day on."""

    id: str
    text: str
    messages: tuple[type, ...]
    predicate: Predicate
    lists: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | LegalDate | None = None
    after: LegalDate | None = None

    @property
    def legal_dates(self) -> tuple[LegalDate, ...]:
        """What of the law decides whether it holds."""
        return tuple(each for each in (self.until, self.after) if isinstance(each, LegalDate))

    @property
    def period(self) -> str:
        """When it holds, for people."""
        until = self.until.name if isinstance(self.until, LegalDate) else self.until
        said = (("from", self.since), ("until", until), ("after", self.after and self.after.name))
        return " ".join(f"{word} {day}" for word, day in said if day) or "always"

    def applies(self, look: Look) -> bool:
        """Whether the rule holds on the decisive date."""
        until = self.until.on(look) if isinstance(self.until, LegalDate) else self.until
        if self.after is not None and look.date <= self.after.on(look):
            return False
        return not ((self.since and look.date < self.since) or (until and look.date > until))


def rule(
    id: str,
    *messages: type,
    text: str,
    lists: Sequence[str] = (),
    since: dt.date | None = None,
    until: dt.date | LegalDate | None = None,
    after: LegalDate | None = None,
) -> Callable[[P], P]:
    """Declare the decorated generator as a rule for these message types; ``text`` says how to mend a violation."""

    def declare(predicate: P) -> P:
        declared = Rule(id, text, messages, predicate, tuple(lists), since, until, after)
        predicate.__dict__["__rule__"] = declared
        return predicate

    return declare


def declared_in(module: ModuleType) -> Iterator[Rule]:
    """The rules that a module declares: as functions, or as rows of a table (a tuple of rules)."""
    for value in vars(module).values():
        marked = getattr(value, "__rule__", None)
        if isinstance(marked, Rule):
            yield marked
        elif isinstance(value, tuple):
            yield from (each for each in value if isinstance(each, Rule))


class Book(Protocol):
    """What judges messages before their handlers see them (``handles(rules=...)``)."""

    def faults(self, message: Any, case: Any, look: Look) -> tuple[Fault, ...]:
        """What is wrong with a message of a case (None: not known), as of the decisive date of ``look``."""

    def lists_of(self, message: type) -> Iterable[str]:
        """The code lists that messages of a type are judged by: one that is not kept would judge nothing."""


@dataclass(frozen=True, slots=True)
class Judge:
    """A book of one function of (message, case, look-up), where an application judges a message as a whole."""

    judge: Callable[[Any, Any, Look], tuple[Fault, ...]]
    lists: tuple[str, ...] = ()

    def lists_of(self, message: type) -> Iterable[str]:  # noqa: ARG002  # the function judges one type
        """What the function looks up."""
        return self.lists

    def faults(self, message: Any, case: Any, look: Look) -> tuple[Fault, ...]:
        """What the function finds."""
        return self.judge(message, case, look)


class RuleBook:
    """The rules of one application, by message type, in order of their ids.

    codes: those of the family that its messages are of; else what breaks a rule is told by the platform's own.
    """

    def __init__(self, rules: Iterable[Rule], codes: Codes = PLATFORM) -> None:
        self._codes = codes
        self.rules: tuple[Rule, ...] = tuple(sorted(rules, key=lambda r: r.id))
        self._by_message: dict[type, tuple[Rule, ...]] = {}
        self._applying: dict[tuple[type, dt.date, tuple[dt.date, ...]], tuple[Rule, ...]] = {}
        self._law = tuple(dict.fromkeys(date for each in self.rules for date in each.legal_dates))
        seen: set[tuple[str, type]] = set()
        for each in self.rules:
            for message in each.messages:
                if (each.id, message) in seen:
                    raise DeclarationFault(f"Rule {each.id} is declared twice for {message.__name__}.")
                seen.add((each.id, message))
                self._by_message[message] = (*self._by_message.get(message, ()), each)

    @classmethod
    def of(cls, *modules: ModuleType, codes: Codes = PLATFORM) -> RuleBook:
        """All rules that stand in these modules."""
        return cls({id(each): each for module in modules for each in declared_in(module)}.values(), codes)

    def rules_for(self, message: type) -> tuple[Rule, ...]:
        """The rules declared for a message type."""
        return self._by_message.get(message, ())

    def lists_of(self, message: type) -> Iterable[str]:
        """What the rules of a message type look up."""
        return {number for each in self.rules_for(message) for number in each.lists}

    def faults(self, message: object, case: object, look: Look) -> tuple[Fault, ...]:
        """Every violation of every rule that applies, each with its remedy; a thousand at most."""
        rules = self.applying(type(message), look)
        judge = methodcaller("__call__", message, case, look)
        found = chain.from_iterable(map(judge, map(_PREDICATE, rules)))
        if next(found, None) is None:  # so with most messages, and asked without a line of Python for each rule
            return ()
        return tuple(islice(self._violations(rules, judge), COUNTED))

    def _violations(
        self, rules: tuple[Rule, ...], judge: Callable[[Predicate], Iterable[Violation]]
    ) -> Iterator[Fault]:
        for each in rules:
            for found in judge(each.predicate):
                code = found.code(self._codes)
                yield Fault(found.pointer, code, each.text, rule=each.id, value=found.value)

    def applying(self, message: type, look: Look) -> tuple[Rule, ...]:
        """The rules that apply to a message type on the decisive date; selected once per date and state of the law."""
        key = (message, look.date, tuple(date.on(look) for date in self._law))
        found = self._applying.get(key)
        if found is None:
            if len(self._applying) >= REMEMBERED:
                self._applying.clear()
            found = tuple(r for r in self._by_message.get(message, ()) if r.applies(look))
            self._applying[key] = found
        return found
