"""Whether a node answers as the former one did: exchange by exchange, and which differences are meant."""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.transcripts.exchanges import Facts, Names, changed, load
from tests.transcripts.played import Played, played

EXCEPTIONS: Final = Path(__file__).parent / "exceptions.toml"
SHOWN_LINES: Final = 12


@dataclass(frozen=True)
class Difference:
    """An answer that is not the recorded one. missing: a name of the given that nobody told this node."""

    transcript: str
    number: int
    given: Facts
    recorded: Facts
    told: Facts
    missing: str = ""

    def text(self) -> str:
        """For a person."""
        given = " ".join(str(self.given.get(each, "")) for each in ("who", "collect", "method", "path")).split()
        first = f"{self.transcript} {self.number}: {' '.join(given)}"
        if self.missing:
            return f"{first}\n  {self.missing} was not told, so this was not given"
        lines = difflib.unified_diff(_lines(self.recorded), _lines(self.told), "recorded", "told", n=0, lineterm="")
        return "\n".join([first, *(f"  {line[:300]}" for line in list(lines)[2 : 2 + SHOWN_LINES])])


@dataclass(frozen=True)
class Meant:
    """A difference that somebody meant: in which exchanges of a transcript, and why.

    replaces: what is said now, each with what was recorded in its place; the rest is the same. status, contains: what
    the answer is now, where the whole of it is another one.
    """

    transcript: str
    exchanges: tuple[int, ...]
    reason: str
    replaces: tuple[tuple[str, str], ...] = ()
    status: int = 0
    contains: str = ""

    def covers(self, names: Names, recorded: Facts, told: Facts) -> bool:
        """Whether it says all of a difference."""
        if self.contains:
            said = json.dumps(told, ensure_ascii=False)
            return told.get("status", 0) == self.status and self.contains in said
        return names.matches(recorded, changed(told, self._replaced))

    def _replaced(self, _key: str, text: str) -> str:
        for now, then in self.replaces:
            text = text.replace(now, then)
        return text


@dataclass
class Found:
    """What a replay found. open: differences that nobody meant. unused: exceptions that met none."""

    exchanges: int = 0
    transcripts: int = 0
    open: list[Difference] = field(default_factory=list)
    meant: list[Difference] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)

    def summary(self) -> str:
        """In one line."""
        told = f"{self.exchanges} exchanges of {self.transcripts} transcripts: {len(self.open)} differ"
        return f"{told}, {len(self.meant)} differ as {EXCEPTIONS.name} says" + "".join(
            f"; {each}" for each in self.unused
        )


def exceptions() -> list[Meant]:
    """What is meant. Raises KeyError for one without a reason."""
    rows = tomllib.loads(EXCEPTIONS.read_text(encoding="utf-8")).get("exception", [])
    return [
        Meant(
            row["transcript"],
            tuple(row["exchanges"]),
            row["reason"],
            tuple((now, then) for now, then in row.get("replaces", [])),
            row.get("status", 0),
            row.get("contains", ""),
        )
        for row in rows
    ]


def replay(names: Sequence[str], root: Path, issued: Path) -> Found:
    """Give transcripts to nodes of a checkout, each to one of its own. issued: as for a node that is played."""
    found, meant = Found(transcripts=len(names)), exceptions()
    for name in names:
        with played(root, issued) as node:
            _replayed(node, name, [each for each in meant if each.transcript == name], found)
    return found


def _replayed(node: Played, name: str, meant: Sequence[Meant], found: Found) -> None:
    names, unmet = Names(), {(number, each) for each in meant for number in each.exchanges}
    recorded = load(name)
    found.exchanges += len(recorded)
    for number, each in enumerate(recorded, start=1):
        try:
            given = names.said(each.given)
        except KeyError as unknown:
            found.open.append(Difference(name, number, each.given, each.told, {}, str(unknown.args[0])))
            continue
        told = node.give(given, each.told)
        if names.matches(each.told, told):
            continue
        difference = Difference(name, number, each.given, each.told, deepcopy(names).told(told))
        covering = [one for one in meant if number in one.exchanges and one.covers(names, each.told, told)]
        (found.meant if covering else found.open).append(difference)
        unmet -= {(number, one) for one in covering}
    if unexpected := node.unexpected():
        found.open.append(Difference(name, len(recorded) + 1, {"collect": "all"}, {"items": []}, {"items": unexpected}))
    found.unused += sorted(f"the exception of {name} {number} meets no difference" for number, _ in unmet)


def _lines(facts: Facts) -> list[str]:
    text = json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True)
    return text.replace("><", ">\n<").replace(',\\"', ',\n\\"').splitlines()
