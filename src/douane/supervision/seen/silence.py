"""Who is silent: whoever collects from a node, judged in one place for console, metrics, alerts, pages and commands.

A process looks every few seconds; a command beside it looks by what the processes wrote down.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from douane.configuration.absences import absent, knowing
from douane.configuration.partners import agreements
from douane.configuration.settings import NodeSettings
from douane.identity.certificates import moment
from douane.model.caller import OFFICE_OF
from douane.platforms.speed2.agreements import Agreements, Protocol
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.delivery.collecting import Collects, collectors
from douane.runtime.observing.observed import Observed
from douane.runtime.observing.signs import Collector, Sign, Signs
from douane.runtime.store.ports import SECOND, Clock, Instant, Reader
from douane.runtime.store.queries import View
from douane.shared_services.auditing.waiting import partitions_of
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring import catalogue as known
from douane.supervision.seen.written_down import kept
from douane.supervision.telemetry import Telemetry
from douane.trust.expiring import PARTNER
from douane.vocabulary.errors import DeclarationFault, NotFound, StoreUnavailable

EVERY: Final = 2.0
"""Seconds between two looks."""
STALE: Final = 15 * SECOND
"""What processes wrote down tells of the time until then, and of so long after."""


def watched(settings: NodeSettings, agreed: Agreements, signs: Signs) -> list[Collects]:
    """Whoever is watched: administrations of which a node was heard, and parties with whom it was agreed."""
    own = settings.administrations or frozenset({UNION})
    nodes = [Collects(f"{OFFICE_OF}{code}", code) for code in sorted(signs.heard) if code not in own]
    have = {each.party for each in nodes}
    return nodes + [
        Collects(each.party, each.party.removeprefix(OFFICE_OF), each.collects_within * SECOND, has_nodes=False)
        for each in agreed
        if each.protocol is Protocol.INBOX and each.collects_within and each.party not in have
    ]


@dataclass(slots=True)
class Silence:
    """Looks at whoever collects. telemetry: told of it by one process of a node; None for the others."""

    settings: NodeSettings
    reader: Reader
    clock: Clock
    observed: Observed
    agreed: Callable[[], Agreements]
    telemetry: Telemetry | None = None
    _found: tuple[Collector, ...] = ()
    _read_at: Instant = 0
    _silent: frozenset[str] = frozenset()
    _unheard: frozenset[str] = frozenset()

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            with contextlib.suppress(StoreUnavailable):  # which is told elsewhere
                self.look()
            await asyncio.sleep(EVERY)

    def watches(self, party: str) -> bool:
        """Whether a sign of life of this party is worth noting."""
        return party.startswith(OFFICE_OF) or self.agreed().get(party) is not None

    def found(self) -> Sequence[Collector]:
        """Each who is watched, as he was within the last second."""
        now = self.clock.now()
        if not 0 <= now - self._read_at < SECOND:
            self._found, self._read_at = tuple(self._look(now)), now
        return self._found

    def notes(self) -> dict[str, str]:
        """For readiness, which everybody may ask: of the last look, administrations by name and others by number."""
        silent = [each for each in self._found if each.sign is Sign.SILENT]
        told = [said(each) for each in silent if each.has_nodes or each.party.startswith(OFFICE_OF)]
        if others := len(silent) - len(told):
            told.append(f"{others} others that collect are silent")
        return {"silent": f"{'; '.join(told)}: douane lane list"} if told else {}

    def look(self) -> None:
        """Look anew; how it is now as metrics, and each change as an event."""
        found = self.found()
        if self.telemetry is None:
            return
        show, now = self.telemetry.metrics.show, self.clock.now()
        show(known.INBOX_WAITING, _most(found, lambda each: each.waiting))
        show(known.INBOX_OLDEST, _most(found, lambda each: (now - each.oldest) / SECOND if each.oldest else 0.0))
        silent = [each for each in found if each.sign is Sign.SILENT]
        show(known.SILENT_SECONDS, _most(found, lambda each: (now - each.since) / SECOND if each in silent else 0.0))
        signs = self.observed.every_sign()
        nodes = {each.name: signs.heard[each.name] / SECOND for each in found if each.has_nodes}
        show(known.HEARD_AT, nodes)
        self._tell(silent, [each for each in found if each.sign is Sign.AWAY])

    def _tell(self, silent: Sequence[Collector], away: Sequence[Collector]) -> None:
        assert self.telemetry is not None
        for each in silent:
            if each.party not in self._silent:
                self.telemetry.collector(Event.PARTY_SILENT, label_of(each.party), each.waiting)
        now, unheard = frozenset(each.party for each in silent), frozenset(each.party for each in away)
        for party in sorted(self._silent - now):
            self.telemetry.collector(Event.PARTY_BACK, label_of(party))
        for each in away:
            if each.party not in self._unheard:
                self.telemetry.collector(Event.NODE_UNHEARD, each.name)
        for party in sorted(self._unheard - unheard - now):
            self.telemetry.collector(Event.NODE_HEARD, label_of(party))
        self._silent, self._unheard = now, unheard

    def _look(self, now: Instant) -> list[Collector]:
        signs = self.observed.every_sign()
        return _judged(self.settings, self.reader, self.agreed(), signs, now)


def of_folder(
    settings: NodeSettings, reader: Reader, now: Instant, unread: Callable[[DeclarationFault], object]
) -> list[Collector]:  # fmt: skip
    """The same for a command beside the node, by what its processes wrote down last; a node that does not run hears
    nobody, so it is judged as of when it ended. unread: hears why the agreements cannot be read; then nobody is known
    of whom they say when he collects, and the others are told all the same."""
    seen = kept(settings)
    if not seen:
        return []
    until, agreed = max(each.at for each in seen) + STALE, Agreements()
    try:
        agreed = agreements(settings.data)
    except DeclarationFault as problem:
        unread(problem)
    return _judged(settings, reader, agreed, Signs.of(each.signs for each in seen), min(now, until))


def said(each: Collector) -> str:
    """One who is silent, in a line for people: who, since when (UTC), what waits, and how many cases it hits."""
    waiting = f"{'more than ' if each.more else ''}{each.waiting} {'message' if each.waiting == 1 else 'messages'}"
    cases = f"{len(each.cases)} {'case' if len(each.cases) == 1 else 'cases'}"
    how = "reads and confirms nothing" if each.reads else "silent"
    return f"{each.name}, {how} since {moment(each.since):%Y-%m-%d %H:%M}, {waiting}, {cases}"


def _judged(
    settings: NodeSettings, reader: Reader, agreed: Agreements, signs: Signs, now: Instant
) -> list[Collector]:  # fmt: skip
    partitions = partitions_of(reader)
    view = View(reader, knowing(settings), now, _no_lists, partitions=partitions)
    return collectors(reader, partitions, watched(settings, agreed, signs), signs, now,
                      lambda name, _now: absent(view, name), round(settings.presence_seconds * SECOND))  # fmt: skip


def _no_lists(_day: dt.date) -> NoReturn:
    raise NotFound("Whether somebody said that he is away stands in no code list.")


def _most(found: Sequence[Collector], value: Callable[[Collector], float]) -> dict[str, float]:
    """By label: the largest value of those who have it."""
    shown: dict[str, float] = {}
    for each in found:
        label = label_of(each.party)
        shown[label] = max(value(each), shown.get(label, 0.0))
    return shown


def label_of(party: str) -> str:
    """What metrics and log call a party: an administration by its code, everybody else a partner (decision 0336)."""
    return party.removeprefix(OFFICE_OF) if party.startswith(OFFICE_OF) else PARTNER
