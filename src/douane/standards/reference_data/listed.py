"""What both published forms yield: one entry of one list at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from douane.standards.reference_data.catalogue import KnownList
from douane.vocabulary.code_lists import Entry
from douane.vocabulary.errors import NotValid


class ListedEntry(NamedTuple):
    """An entry and the list it belongs to."""

    list: KnownList
    entry: Entry


class Dates:
    """Reads ISO dates; entries share few of them, so each is made once."""

    def __init__(self) -> None:
        self._seen: dict[str, dt.date] = {}

    def read(self, text: str) -> dt.date:
        """The date; NotValid where it is none."""
        found = self._seen.get(text)
        if found is None:
            try:
                found = self._seen[text] = dt.date.fromisoformat(text)
            except ValueError as bad:
                raise NotValid(f"{text[:40]!r} is not a date.", remedy="Give YYYY-MM-DD.") from bad
        return found


def listed(known: KnownList, code: str, state: str, since: dt.date, facts: Mapping[str, object]) -> ListedEntry:
    """An entry in the state ``valid`` or ``invalid``; NotValid for others and for entries without a code."""
    if state not in {"valid", "invalid"}:
        raise NotValid(
            f"List {known.name}, code {code[:40]!r}: the state {state[:40]!r} is unknown.",
            remedy="Give valid or invalid.",
        )
    if not code:
        raise NotValid(f"List {known.name} has an entry without a code.", remedy="Give every entry its code.")
    return ListedEntry(known, Entry.of(code, since, facts, valid=state == "valid"))
