"""A row of the table of scenarios: what the law expects of one of them, as data that is read apart from the code.

``rows/NN-name.toml`` holds number, title, articles, the brakes without which the row must go wrong, and *looks*: what
is to be seen at certain moments. Messages are complete at each look: a message too many is as wrong as one too few. Of
state, ledger, limits and tasks a look names what matters, and that must be exact.

A row with ``kept = false`` is *planned*: it was written from the law before the product keeps it. It tells in ``given``
what happens, quotes its provisions, and is asked of nobody until the mark is taken away (:func:`planned`).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

ROWS: Final = Path(__file__).parent / "rows"
ASKED: Final = (*range(1, 37), 39)
"""The rows that concern transit; 37, 38 and 40 concern import and export."""
_OWN: Final = frozenset({"at", "when", "told", "offices"})
_FACT: Final = frozenset({"at", "who", "does"})


@dataclass(frozen=True)
class Look:
    """What is seen at one moment: messages since the look before by recipient, those between offices, and facts."""

    at: str
    told: Mapping[str, tuple[str, ...]]
    offices: tuple[str, ...]
    facts: Mapping[str, Any]
    when: str = ""


@dataclass(frozen=True)
class Given:
    """Something that happens in a planned row: when, who does what, and what it says (amounts, types, dates)."""

    at: str
    who: str
    does: str
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Row:
    """A scenario with what the law expects of it. was: verdict of the first review (R right, W wrong, M missing).

    Of planned rows alone: kept, finding of the review, facts, words of each provision, provisions whose text was not
    at hand, and where the law leaves a choice.
    """

    number: int
    title: str
    law: tuple[str, ...]
    was: str
    without: tuple[str, ...]
    looks: tuple[Look, ...]
    kept: bool = True
    finding: str = ""
    given: tuple[Given, ...] = ()
    quotes: Mapping[str, str] = field(default_factory=dict)
    not_read: tuple[str, ...] = ()
    choice: str = ""


def read(path: Path) -> Row:
    """A row from its file. Raises KeyError where something is missing."""
    data = tomllib.loads(path.read_text())
    return Row(
        data["row"], data["title"], tuple(data["law"]), data["was"], tuple(data["without"]),
        tuple(look(each) for each in data["look"]),
        data.get("kept", True), data.get("finding", ""), tuple(given(each) for each in data.get("given", ())),
        data.get("quotes", {}), tuple(data.get("not_read", ())), data.get("choice", ""),
    )  # fmt: skip


def look(data: Mapping[str, Any]) -> Look:
    """A look from its table."""
    told = {party: tuple(messages) for party, messages in data.get("told", {}).items()}
    facts = {name: value for key, each in data.items() if key not in _OWN for name, value in flat(key, each)}
    return Look(data["at"], told, tuple(data.get("offices", ())), facts, data.get("when", ""))


def given(data: Mapping[str, Any]) -> Given:
    """A fact from its table."""
    says = {name: value for key, each in data.items() if key not in _FACT for name, value in flat(key, each)}
    return Given(data["at"], data["who"], data["does"], says)


def flat(name: str, value: Any) -> list[tuple[str, Any]]:
    """A nested table as names with dots."""
    if isinstance(value, dict):
        return [found for key, each in value.items() for found in flat(f"{name}.{key}", each)]
    return [(name, tuple(value) if isinstance(value, list) else value)]


def rows() -> dict[int, Row]:
    """Every row that the product must keep, by number. Raises ValueError where two files have one number."""
    return {number: row for number, row in _all().items() if row.kept}


def planned() -> dict[int, Row]:
    """Every row that is not kept yet, by number."""
    return {number: row for number, row in _all().items() if not row.kept}


def _all() -> dict[int, Row]:
    found: dict[int, Row] = {}
    for path in sorted(ROWS.glob("*.toml")):
        row = read(path)
        if row.number in found:
            raise ValueError(f"{path.name}: row {row.number} has a file already")
        found[row.number] = row
    return found


def differences(expected: tuple[Look, ...], seen: tuple[Look, ...]) -> list[str]:
    """What was seen otherwise than expected; empty where everything is right."""
    found = []
    if [each.at for each in expected] != [each.at for each in seen]:
        found.append(f"looks: {[each.at for each in seen]}, expected {[each.at for each in expected]}")
    for wanted, got in zip(expected, seen, strict=False):
        for party in sorted({*wanted.told, *got.told}):
            right, now = wanted.told.get(party, ()), got.told.get(party, ())
            if right != now:
                found.append(f"{wanted.at}: {party} was told {list(now)}, expected {list(right)}")
        if wanted.offices != got.offices:
            found.append(f"{wanted.at}: between offices {list(got.offices)}, expected {list(wanted.offices)}")
        for name, value in wanted.facts.items():
            if got.facts.get(name) != value:
                found.append(f"{wanted.at}: {name} is {got.facts.get(name)!r}, expected {value!r}")
    return found
