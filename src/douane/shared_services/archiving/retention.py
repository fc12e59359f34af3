"""How long messages stay: rules by class, trigger and calendar, and legal holds that suspend them.

The customs code (UCC art. 51, and 15) wants at least three years from the *end of the year* of the trigger: the end of
the procedure for a case that has one, else the acceptance of the message. Until the trigger happened, no clock runs.
"""

from __future__ import annotations

import datetime as dt
import enum
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.time import Instant, date_of, start_of

LEAST_YEARS = 3
ANY = "*"


class Trigger(enum.StrEnum):
    """What starts the clock."""

    ENDED = "ended"  # the last message of a case whose procedures are over
    ACCEPTED = "accepted"  # the acceptance of each message


@dataclass(frozen=True, slots=True)
class Rule:
    """A retention rule. ``of``: the service whose cases it is for, ``*`` for all that no other rule names."""

    of: str
    trigger: Trigger
    years: int
    legal: str

    def over(self, trigger: Instant) -> Instant:
        """When the period of something ends whose trigger was at this time: with a year, never in the middle of one."""
        return start_of(dt.date(date_of(trigger).year + 1 + self.years, 1, 1))


@dataclass(frozen=True, slots=True)
class LegalHold:
    """Keeps cases whatever the rules say: those of a party, or under a reference (MRN, LRN, GRN, decision).

    Two different people approved it.
    """

    name: str
    reason: str
    approved: tuple[str, ...]
    parties: frozenset[str] = frozenset()
    references: frozenset[str] = frozenset()

    def covers(self, parties: Iterable[str], references: Iterable[str]) -> bool:
        """Whether a case of these parties, known under these references, is held."""
        return not self.parties.isdisjoint(parties) or not self.references.isdisjoint(references)


LEGAL = Rule(ANY, Trigger.ENDED, LEAST_YEARS, "UCC art. 51, 15")


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules and holds in force."""

    rules: tuple[Rule, ...] = (LEGAL,)
    holds: tuple[LegalHold, ...] = ()

    def rule(self, service: str) -> Rule:
        """The rule for the cases of a service."""
        named = {rule.of: rule for rule in self.rules}
        return named.get(service) or named.get(ANY) or LEGAL

    def horizon(self, now: Instant) -> Instant:
        """Nothing received from here on can be over yet, under any rule."""
        years = min((rule.years for rule in self.rules), default=LEAST_YEARS)
        return start_of(dt.date(date_of(now).year - years, 1, 1))

    def hold(self, parties: Iterable[str], references: Iterable[str]) -> str:
        """The name of the first hold that covers a case; empty where none does."""
        parties, references = set(parties), set(references)
        return next((hold.name for hold in self.holds if hold.covers(parties, references)), "")


def read_policy(text: str) -> Policy:
    """A policy from TOML: ``[[rule]]`` (class, trigger, years, legal), ``[[hold]]`` (name, reason, approved, parties,
    references). Raises DeclarationFault that names what is wrong.
    """
    try:
        content = tomllib.loads(text)
        rules = tuple(_rule(each) for each in content.get("rule", ()))
        holds = tuple(_hold(each) for each in content.get("hold", ()))
    except (tomllib.TOMLDecodeError, KeyError, ValueError, TypeError) as problem:
        raise DeclarationFault(
            f"The retention policy cannot be read: {problem!r}.", remedy="docs/retention.md shows one."
        ) from problem
    for rule in rules:
        if rule.years < LEAST_YEARS:
            raise DeclarationFault(
                f"The rule for {rule.of} keeps {rule.years} years; the customs code wants {LEAST_YEARS} at the least."
            )
    for hold in holds:
        if len(set(hold.approved)) < 2:
            raise DeclarationFault(f"The hold {hold.name!r} needs the approval of two people.")
        if not hold.parties and not hold.references:
            raise DeclarationFault(f"The hold {hold.name!r} holds nothing.", remedy="Name parties or references.")
    return Policy(rules or (LEGAL,), holds)


def _rule(content: dict[str, Any]) -> Rule:
    return Rule(content["class"], Trigger(content.get("trigger", "ended")), int(content["years"]), content["legal"])


def _hold(content: dict[str, Any]) -> LegalHold:
    parties, references = (frozenset(content.get(name, ())) for name in ("parties", "references"))
    return LegalHold(content["name"], content["reason"], tuple(content["approved"]), parties, references)
