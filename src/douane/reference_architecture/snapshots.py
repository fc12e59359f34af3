"""What an administration declares of its systems: functions with whose system fulfils each, in numbered states.

The list is CSV (``read_holdings``); what travels is its JSON form, inside a statement that the administration signed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Final

import msgspec

from douane.reference_architecture.landscape import Column, Held, Holding
from douane.reference_architecture.tables import fault, refuse, rows, several
from douane.vocabulary.errors import Fault, NotValid

FORMAT: Final = "douane.landscape.1"
COLUMNS: Final = ("function", "held", "of", "operations", "volume", "level", "planned", "elements", "articles")
LEVELS: Final = ("", "gold", "silver", "bronze")
Name = Annotated[str, msgspec.Meta(max_length=200)]
Country = Annotated[str, msgspec.Meta(pattern="^[A-Z]{2}\\Z")]
Count = Annotated[int, msgspec.Meta(ge=0, le=10**12)]


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One function of an administration."""

    function: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    held: Held
    of: Annotated[str, msgspec.Meta(pattern="^([A-Z]{2})?\\Z")] = ""
    operations: Count = 0
    volume: Count | None = None
    level: Name = ""
    planned: dt.date | None = None
    elements: Annotated[tuple[Name, ...], msgspec.Meta(max_length=2000)] = ()
    articles: Annotated[tuple[Name, ...], msgspec.Meta(max_length=200)] = ()


class Snapshot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The state of an administration's systems at a day. number: greater than that of every earlier one."""

    format: str
    administration: Country
    number: Annotated[int, msgspec.Meta(ge=1, le=10**9)]
    taken: dt.date
    functions: Annotated[tuple[Entry, ...], msgspec.Meta(max_length=5000)]

    def column(self) -> Column:
        """It as a column of the landscape."""
        return Column(self.administration, {each.function: _holding(each) for each in self.functions}, self.taken,
                      self.number)  # fmt: skip


def _holding(each: Entry) -> Holding:
    return Holding(
        each.held, each.of, each.operations, each.volume, each.level, each.planned, frozenset(each.elements),
        frozenset(each.articles),
    )  # fmt: skip


def read_snapshot(content: bytes) -> Snapshot:
    """A snapshot from its JSON form. Raises NotValid."""
    try:
        found = msgspec.json.decode(content, type=Snapshot)
    except msgspec.MsgspecError as problem:
        raise NotValid(f"This is no snapshot: {problem}.", remedy="Make one: douane architecture snapshot.") from None
    if found.format != FORMAT:
        raise NotValid(f"This is no snapshot of the form {FORMAT}.", remedy="Make one: douane architecture snapshot.")
    if len({each.function for each in found.functions}) != len(found.functions):
        raise NotValid("A function stands in the snapshot twice.", remedy="Name each function once.")
    return found


def read_holdings(data: bytes) -> tuple[Entry, ...]:
    """The functions of an administration from its list. Raises NotValid with the line of each fault."""
    found: dict[str, Entry] = {}
    faults: list[Fault] = []
    for line, cells in rows(data, COLUMNS):
        try:
            entry = msgspec.convert(_values(cells), Entry)
        except (msgspec.ValidationError, ValueError) as problem:
            faults.append(fault(line, "F08", f"Mend this line: {problem}.", cells["function"]))
            continue
        what = _contradiction(entry)
        if what or entry.function in found:
            faults.append(fault(line, "F09", what or "Name each function once.", entry.function))
        found[entry.function] = entry
    refuse(faults)
    return tuple(found.values())


def _values(cells: Mapping[str, str]) -> dict[str, object]:
    planned = cells["planned"]
    return {
        "function": cells["function"], "held": cells["held"].lower(), "of": cells["of"].upper(),
        "operations": int(cells["operations"] or 0), "volume": int(cells["volume"]) if cells["volume"] else None,
        "level": cells["level"].lower(), "planned": dt.date.fromisoformat(planned) if planned else None,
        "elements": sorted(several(cells["elements"])), "articles": sorted(several(cells["articles"])),
    }  # fmt: skip


def _contradiction(entry: Entry) -> str:
    """What an entry says against itself, as what to do about it; empty where nothing."""
    if entry.held is Held.SHARED and not entry.of:
        return "Say whose system is shared: of."
    if entry.held is not Held.SHARED and entry.of:
        return "Leave of empty: only a shared system is another administration's."
    if (entry.held is Held.PLANNED) != (entry.planned is not None):
        return "A day of planned belongs to what is held as planned, and to nothing else."
    if entry.level not in LEVELS:
        return "Name the level gold, silver or bronze, or leave it empty."
    return ""
