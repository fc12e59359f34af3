"""How an import changes a code list.

A published file states, for one date (its snapshot), the entry of every code and since when it has been so. It does
not say what held before, nor which codes have gone. So a list keeps what it knew: a newer state follows the older
one, and a code that a later file no longer holds ends with that file's date. The same file again changes nothing.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from douane.applications.reference_data.messages import ListVersion
from douane.author import CodeList, Entry, Instant, NotValid, changed, date_of


class ListName(Protocol):
    """Number and name of a list."""

    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...


class Difference(NamedTuple):
    """A list after a file, and how many codes are new, different or gone."""

    codes: CodeList
    added: int
    changed: int
    ended: int


def check_version(old: CodeList | None, said: ListVersion) -> None:
    """Refuse a version that says of itself what its entries do not: its hash, or how many codes it changes.

    Persons read these numbers before they agree, and nobody counts entries by hand. Raises NotValid.
    """
    new = said.code_list()
    _check_distinct(new)
    if said.version != new.version:
        raise NotValid(
            f"The version of {said.number[:20]!r} is not the hash of its entries.", remedy="Make it by an import."
        )
    counts = changed(old, new).counts
    if counts != (said.added, said.changed, said.ended):
        told = f"{said.added} new, {said.changed} changed, {said.ended} ended"
        found = f"{counts[0]} new, {counts[1]} changed, {counts[2]} ended"
        raise NotValid(
            f"The version of {said.number[:20]!r} says {told}; its entries are {found}.", remedy="Make it by an import."
        )


def difference(old: CodeList | None, new: CodeList, snapshot: dt.date) -> Difference | None:
    """What a file's state of a list makes of what is known; None where nothing changes."""
    if old is None:
        return Difference(new, *changed(None, new).counts)
    if old.entries == new.entries:
        return None  # the common case, without an index over a large list
    entries = list(old.entries)
    places = {(e.code, e.since): place for place, e in enumerate(entries)}
    last = {e.code: e for e in old.entries}
    for stated in new.entries:
        known = last.pop(stated.code, None)
        follows = _follows(known, stated, snapshot)
        if follows is None:
            continue
        place = places.get((follows.code, follows.since))
        if place is None:
            entries.append(follows)
        else:
            entries[place] = follows
    gone = (each for each in last.values() if each.valid and each.since < snapshot)
    entries += [Entry(each.code, snapshot, valid=False) for each in gone]
    made = CodeList(old.number, new.name, entries)
    counts = changed(old, made).counts
    return Difference(made, *counts) if any(counts) else None


def _follows(known: Entry | None, stated: Entry, snapshot: dt.date) -> Entry | None:
    """The entry that a stated one adds to (or puts right in) the history of its code, or None."""
    if known is None or known.since < stated.since:
        return stated
    same = (known.valid, known.facts) == (stated.valid, stated.facts)
    if same or known.since > snapshot:
        return None  # nothing new, or the file is older than what is known
    if known.since == stated.since:
        return stated  # the authority put the entry right
    if known.since == snapshot and not known.valid:
        return None  # ended by a file of the same date
    return Entry(stated.code, snapshot, stated.valid, stated.facts)


def import_lists(
    entries: Iterable[tuple[ListName, Entry]],
    existing: Callable[[str], CodeList | None],
    *,
    snapshot: Callable[[], dt.date | None],
    source: str,
    now: Instant,
) -> Iterator[ListVersion]:
    """A version for each list that the file changes, one list in memory at a time.

    ``existing`` gives the list last stored under a number (never the built-in selection, which is no statement of the
    authority). ``snapshot`` is asked after the first entry; where the file states no date, that of the import counts.
    """
    for name, stated in _by_list(entries):
        on = snapshot() or date_of(now)
        old = existing(name.number)
        new = CodeList(name.number, name.name, stated)
        stated.clear()
        _check_distinct(new)
        found = difference(old, new, on)
        if found is not None:
            yield ListVersion(
                number=name.number,
                name=name.name,
                version=found.codes.version,
                previous=old.version if old is not None else "",
                source=source,
                snapshot=on,
                imported_at=now,
                added=found.added,
                changed=found.changed,
                ended=found.ended,
                entries=found.codes.entries,
            )


def _by_list(entries: Iterable[tuple[ListName, Entry]]) -> Iterator[tuple[ListName, list[Entry]]]:
    """The entries list by list; NotValid where a list comes twice."""
    done: set[str] = set()
    current: ListName | None = None
    held: list[Entry] = []
    for name, entry in entries:
        if current is None or name.number != current.number:
            if current is not None:
                yield current, held
            if name.number in done:
                raise NotValid(f"The file holds list {name.name} twice.", remedy="Give each list once.")
            done.add(name.number)
            current, held = name, []
        held.append(entry)
    if current is not None:
        yield current, held


def _check_distinct(codes: CodeList) -> None:
    """Entries stand in order of code and date, so a state that comes twice has itself as neighbour."""
    for one, next_one in itertools.pairwise(codes.entries):
        if one.since == next_one.since and one.code == next_one.code:
            raise NotValid(
                f"List {codes.name} states code {one.code[:40]!r} twice for {one.since}.",
                remedy="Give each state once.",
            )
