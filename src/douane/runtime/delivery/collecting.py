"""Whoever collects from this node, and whether he does: the one source for all that tells an operator who is silent.

A lane tries to deliver and fails; an inbox waits, and nothing fails. So an inbox is watched where somebody is known to
collect it: an administration of which a node was heard, or a party with whom it was agreed within what time it does.
Who reads and never confirms is as silent as who does not read: what waits for it waits on. A party of whom nothing is
known may read whenever it likes, and its inbox raises nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from douane.runtime.observing.presence import GONE_AFTER
from douane.runtime.observing.signs import Collector, Sign, Signs
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT
from douane.runtime.store.ports import DAY, SECOND, Instant, Log, Reader

WITHIN: Final = 15 * SECOND
"""A node asks for its messages all the time: within so long after one was written it gives a sign."""
FORGOTTEN: Final = 7 * DAY
"""A node that was not heard for so long, and for which nothing waits, is not missed any more."""
CONFIRMS: Final = 4
"""Times the time within which it collects: so long it may read and confirm nothing, having much to do."""
MOST: Final = 1_000
"""Messages of an inbox that are looked at."""


@dataclass(frozen=True, slots=True)
class Collects:
    """Who is watched. party: whose inbox it is. name: for people; of an administration its code. within: microseconds
    in which it collects. has_nodes: whether nodes of it were heard."""

    party: str
    name: str
    within: Instant = WITHIN
    has_nodes: bool = True


def collectors(
    reader: Reader, partitions: Sequence[int], watched: Sequence[Collects], signs: Signs, now: Instant,
    absent: Callable[[str, Instant], bool] = lambda _name, _now: False, gone_after: Instant = GONE_AFTER,
) -> list[Collector]:  # fmt: skip
    """Each of those who are watched, those that are silent longest first. ``absent``: whether an administration said
    that it takes nothing now. ``gone_after``: microseconds without a word after which a node is gone."""
    found = [_collector(reader, partitions, each, signs, now, absent, gone_after) for each in watched]
    known = [each for each in found if each is not None]
    return sorted(known, key=lambda each: (each.sign is not Sign.SILENT, each.since, each.party))


def _collector(
    reader: Reader, partitions: Sequence[int], who: Collects, signs: Signs, now: Instant,
    absent: Callable[[str, Instant], bool], gone_after: Instant,
) -> Collector | None:  # fmt: skip
    places = _waiting(reader, partitions, who.party)
    heard, collected = signs.heard.get(who.name, 0) if who.has_nodes else 0, signs.collected.get(who.party, 0)
    confirmed = signs.confirmed.get(who.party, 0)
    made = Collector(who.party, who.name, Sign.COLLECTS, who.has_nodes, max(heard, collected), confirmed=confirmed)
    if not places:
        return _idle(made, heard, now, absent, gone_after)
    oldest, first = _oldest(reader, partitions, places)
    sign, begun = Sign.COLLECTS, max(oldest, signs.since)
    read = now - max(begun, collected) <= who.within
    if not read or now - max(begun, confirmed) > who.within * CONFIRMS:
        sign = Sign.ANNOUNCED if who.has_nodes and absent(who.name, now) else Sign.SILENT
    made = msgspec.structs.replace(made, sign=sign, waiting=min(len(places), MOST), more=len(places) > MOST,
                                   oldest=oldest, first=first, reads=read and sign is Sign.SILENT)  # fmt: skip
    if sign is not Sign.SILENT:
        return made
    rows = (SENT.read(raw) for raw in reader.read_log(Log.SENT, places[:MOST]) if raw is not None)
    cases = tuple(dict.fromkeys(row.subject for row in rows if row.subject))
    return msgspec.structs.replace(made, cases=cases, places=tuple(places[:MOST]))


def _idle(
    made: Collector, heard: Instant, now: Instant, absent: Callable[[str, Instant], bool], gone_after: Instant
) -> Collector | None:
    """Of one for whom nothing waits: whether its nodes are missed; None where they are forgotten."""
    if not made.has_nodes or now - heard <= gone_after:
        return made
    if now - heard > FORGOTTEN:
        return None
    return msgspec.structs.replace(made, sign=Sign.ANNOUNCED if absent(made.name, now) else Sign.AWAY)


def _waiting(reader: Reader, partitions: Sequence[int], party: str) -> list[int]:
    """The places of what waits in an inbox, of each partition oldest first; one more than ``MOST`` where there is."""
    found: list[int] = []
    for partition in partitions:
        prefix = keys.INBOX + keys.u16(partition) + keys.text(party)
        rows = reader.scan(prefix, keys.after(prefix), MOST + 1 - len(found))
        found += [int.from_bytes(key[-8:], "big") for key, _ in rows]
        if len(found) > MOST:
            break
    return found


def _oldest(reader: Reader, partitions: Sequence[int], places: Sequence[int]) -> tuple[Instant, int]:
    """When the oldest message was written, and its place: the first of one of the partitions."""
    first = [next((place for place in places if place >> 48 == each), 0) for each in partitions]
    wanted = [place for place in first if place]
    rows = reader.read_log(Log.SENT, wanted)
    return min(((SENT.read(raw).at, place) for place, raw in zip(wanted, rows, strict=True) if raw), default=(0, 0))
