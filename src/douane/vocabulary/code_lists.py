"""Code lists with validity periods, looked up as of a date.

An entry of a list is a sequence of states, each valid or invalid from a date on. A message is judged by the entries
of its decisive date, never by today's. A list is a value: it never changes, and its ``version`` is a hash of its
content, so two nodes that show the same version answer alike. Lists are known by their CL number (``CL010``).

Some lists are not kept but follow from others: the offices of departure (CL171) are those customs offices (CL141)
that have the role DEP.
"""

from __future__ import annotations

import bisect
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from douane.vocabulary.errors import DeclarationFault

OFFICES = "CL141"
"""The customs office list."""

OFFICES_BY_ROLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "CL171": frozenset({"DEP"}),
        "CL172": frozenset({"DES"}),
        "CL173": frozenset({"TRA"}),
        "CL174": frozenset({"GUA"}),
        "CL175": frozenset({"TXT"}),
        "CL176": frozenset({"ENQ"}),
        "CL177": frozenset({"REC"}),
        "CL179": frozenset({"ENQ", "REC"}),
        "CL194": frozenset({"EXT", "EIN"}),
        "CL237": frozenset({"ENT"}),
        "CL294": frozenset({"EXT"}),
    }
)
"""Lists that are the customs offices with one of these roles."""

LAW = "LAW"
"""The list of dates that the law sets: for each name (``TPendDate``) its date and its source, with validity."""

REMEMBERED = 8
"""For how many states of a list, and how many dates, what was computed is kept; most messages share one or two."""

Facts = Mapping[str, object]


class Entry(msgspec.Struct, frozen=True, gc=False, order=True, array_like=True):
    """What holds for a code from a date on.

    ``facts`` is a JSON object with sorted keys: small in memory, and equal exactly where the content is.
    """

    code: str
    since: dt.date
    valid: bool = True
    facts: str = "{}"

    @property
    def attributes(self) -> Facts:
        """The facts of the entry by name."""
        return msgspec.json.decode(self.facts, type=dict[str, object])

    @property
    def description(self) -> str:
        """The English description, or nothing."""
        found = self.attributes.get("description", "")
        return found if isinstance(found, str) else ""

    @classmethod
    def of(cls, code: str, since: dt.date, attributes: Facts, *, valid: bool = True) -> Entry:
        """An entry with its facts in canonical form."""
        facts = msgspec.json.encode(attributes, order="sorted").decode() if attributes else "{}"
        return cls(code, since, valid, facts)


class _Office(msgspec.Struct, gc=False):
    roles: tuple[str, ...] = ()


_OFFICE = msgspec.json.Decoder(_Office)


def office_roles(office: Entry) -> tuple[str, ...]:
    """The roles of a customs office (an entry of CL141), in order."""
    return _OFFICE.decode(office.facts).roles


class CodeList:
    """One code list; a value. Entries stand in order of code and date."""

    __slots__ = ("_changes", "_codes", "_version", "entries", "name", "number")

    def __init__(self, number: str, name: str, entries: Iterable[Entry]) -> None:
        self.number, self.name = number, name
        self.entries: tuple[Entry, ...] = tuple(sorted(entries, key=_by_code_and_date))
        self._changes: tuple[dt.date, ...] = tuple(sorted({e.since for e in self.entries}))
        self._codes: dict[int, frozenset[str]] = {}
        self._version = ""

    @property
    def version(self) -> str:
        """A hash of the whole content."""
        if not self._version:
            digest = hashlib.sha256(f"{self.number}\n".encode())
            for e in self.entries:
                digest.update(f"{e.code}\t{e.since}\t{e.valid:d}\t{e.facts}\n".encode())
            self._version = digest.hexdigest()
        return self._version

    def __len__(self) -> int:
        return len(self.entries)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CodeList) and self.number == other.number and self.entries == other.entries

    def __hash__(self) -> int:
        return hash((self.number, self.version))

    def __repr__(self) -> str:
        return f"<CodeList {self.number} {self.name}: {len(self)} entries>"

    def history(self, code: str) -> tuple[Entry, ...]:
        """Every state of a code, oldest first."""
        first = bisect.bisect_left(self.entries, code, key=_code)
        return self.entries[first : bisect.bisect_right(self.entries, code, first, key=_code)]

    def entry(self, code: str, on: dt.date) -> Entry | None:
        """The entry valid on a date, or None."""
        held = next((e for e in reversed(self.history(code)) if e.since <= on), None)
        return held if held is not None and held.valid else None

    def holds(self, code: str, on: dt.date) -> bool:
        """Whether the list holds the code on a date."""
        return code in self.codes(on)

    def state_of(self, on: dt.date) -> int:
        """Which state the list is in on a date, counted from 0; it is the same between two changes."""
        return bisect.bisect_right(self._changes, on)

    def codes(self, on: dt.date) -> frozenset[str]:
        """All codes valid on a date; remembered for the states asked last."""
        state = self.state_of(on)
        found = self._codes.get(state)
        if found is None:
            if len(self._codes) >= REMEMBERED:
                self._codes.clear()
            found = self._codes[state] = frozenset(e.code for e in self.valid(on))
        return found

    def valid(self, on: dt.date) -> Iterator[Entry]:
        """The entries valid on a date, in order of their codes."""
        held: Entry | None = None
        for e in self.entries:
            if held is not None and held.code != e.code:
                if held.valid:
                    yield held
                held = None
            if e.since <= on:
                held = e
        if held is not None and held.valid:
            yield held


class Changed(NamedTuple):
    """The codes by which two versions of a list differ, in order, and the numbers of them that a version says."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    ended: tuple[str, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many are new, changed, ended."""
        return len(self.added), len(self.changed), len(self.ended)


def changed(old: CodeList | None, new: CodeList) -> Changed:
    """What a version makes of the one before it, from the entries of both.

    A code is new that was not there, or was not valid at last and is; ended, that was valid at last and is not, or is
    left out with all its history; changed, of which anything else is said differently.
    """
    before = old.entries if old is not None else ()
    found: tuple[list[str], list[str], list[str]] = ([], [], [])
    for code in sorted({each.code for each in set(before).symmetric_difference(new.entries)}):
        was = old.history(code)[-1:] if old is not None else ()
        will = new.history(code)[-1:]
        if not was or (will and will[0].valid and not was[0].valid):
            found[0].append(code)
        elif was[0].valid and not (will and will[0].valid):
            found[2].append(code)
        else:
            found[1].append(code)
    return Changed(*map(tuple, found))


def _by_code_and_date(entry: Entry) -> tuple[str, dt.date]:
    return entry.code, entry.since


def _code(entry: Entry) -> str:
    return entry.code


class CodeLists:
    """The code lists that a node works with, by CL number; a value. A list may be read at its first use."""

    def __init__(self, lists: Mapping[str, CodeList | Callable[[], CodeList]]) -> None:
        self._lists = dict(lists)
        self._looks: dict[dt.date, LookAsOf] = {}
        self._offices: dict[int, Mapping[str, frozenset[str]]] = {}

    def __contains__(self, number: object) -> bool:
        return number in self._lists or (number in OFFICES_BY_ROLE and OFFICES in self._lists)

    def numbers(self) -> tuple[str, ...]:
        """The numbers of the lists that are kept, in order."""
        return tuple(sorted(self._lists))

    def get(self, number: str) -> CodeList | None:
        """A kept or derived list by its number, or None."""
        found = self._lists.get(number)
        if found is None and number in self:
            return self._derived(number)
        if callable(found):
            found = self._lists[number] = found()
        return found

    def _derived(self, number: str) -> CodeList:
        """The customs offices that have, or had, one of the roles of a list."""
        roles = OFFICES_BY_ROLE[number]
        kept = [(each, each.valid and not roles.isdisjoint(office_roles(each))) for each in self[OFFICES].entries]
        ever = {each.code for each, valid in kept if valid}
        entries = (Entry(each.code, each.since, valid, each.facts) for each, valid in kept if each.code in ever)
        return CodeList(number, f"Customs offices with the role {' or '.join(sorted(roles))}", entries)

    def __getitem__(self, number: str) -> CodeList:
        found = self.get(number)
        if found is None:
            raise DeclarationFault(
                f"Code list {number} is not loaded.", remedy="Import the reference data of the domain that uses it."
            )
        return found

    def codes(self, number: str, on: dt.date) -> frozenset[str]:
        """All codes of a kept or derived list on a date; DeclarationFault where the list is not loaded."""
        roles = OFFICES_BY_ROLE.get(number)
        if roles is None or number in self._lists:
            return self[number].codes(on)
        by_role = self.offices(on)
        return frozenset[str]().union(*(by_role.get(role, ()) for role in roles))

    def offices(self, on: dt.date) -> Mapping[str, frozenset[str]]:
        """The customs offices of each role on a date."""
        offices = self[OFFICES]
        state = offices.state_of(on)
        found = self._offices.get(state)
        if found is None:
            if len(self._offices) >= REMEMBERED:
                self._offices.clear()
            found = self._offices[state] = _offices_by_role(offices.valid(on))
        return found

    def with_lists(self, newer: Iterable[CodeList]) -> CodeLists:
        """These lists, with some replaced or added."""
        return CodeLists({**self._lists, **{each.number: each for each in newer}})

    def look(self, on: dt.date) -> LookAsOf:
        """What rules see on a date; the same object for the dates asked last."""
        found = self._looks.get(on)
        if found is None:
            if len(self._looks) >= REMEMBERED:
                self._looks.clear()
            found = self._looks[on] = LookAsOf(self, on)
        return found


class LookAsOf:
    """What rules may look at besides the message, as of a decisive date (``douane.model.rules.Look``)."""

    __slots__ = ("_codes", "_law", "_lists", "_offices", "date")

    def __init__(self, lists: CodeLists, date: dt.date) -> None:
        self.date = date
        self._law: dict[str, dt.date] = {}
        self._lists = lists
        self._codes: dict[str, frozenset[str]] = {}
        self._offices: Mapping[str, frozenset[str]] | None = None

    @property
    def lists(self) -> CodeLists:
        """The lists behind it: which are loaded."""
        return self._lists

    def legal_date(self, name: str) -> dt.date:
        """A date that the law sets, as it stood on the decisive date. DeclarationFault where none is known."""
        found = self._law.get(name)
        if found is None:
            entry = self._lists[LAW].entry(name, self.date)
            if entry is None:
                raise DeclarationFault(
                    f"On {self.date} no date of the law is known as {name}.",
                    remedy=f"Publish a version of the list {LAW} that says it, with its source.",
                )
            found = self._law[name] = dt.date.fromisoformat(str(entry.attributes["date"]))
        return found

    def has(self, code_list: str, code: str | None) -> bool:
        """Whether the code list holds this code on the decisive date; never for None."""
        try:
            return code in self._codes[code_list]
        except KeyError:
            return code in self.codes(code_list)

    def codes(self, code_list: str) -> frozenset[str]:
        """All codes that the code list holds on the decisive date."""
        found = self._codes.get(code_list)
        if found is None:
            found = self._codes[code_list] = self._lists.codes(code_list, self.date)
        return found

    def office_has(self, office: str | None, role: str) -> bool:
        """Whether the customs office is known on the decisive date and has this role."""
        if self._offices is None:
            self._offices = self._lists.offices(self.date)
        return office in self._offices.get(role, ())


def _offices_by_role(offices: Iterable[Entry]) -> dict[str, frozenset[str]]:
    """The offices of each role."""
    found: dict[str, set[str]] = {}
    for office in offices:
        for role in office_roles(office):
            found.setdefault(role, set()).add(office.code)
    return {role: frozenset(codes) for role, codes in found.items()}
