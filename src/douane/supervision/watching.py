"""What the console of a node is told, read from its core, its lanes and its identity folder when it asks."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from douane.configuration.ports import SystemIds, monotonic
from douane.configuration.settings import NodeSettings
from douane.identity.certificates import moment
from douane.model.caller import INNER
from douane.platforms.operations.entry import Readiness
from douane.portal.watched import Aside, Came, Expiring, Found, Happened, Health, Hit, Lane, Level, Rest
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lane as Running
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.store import keys
from douane.runtime.store.decided import discarded
from douane.runtime.store.envelope import SENT
from douane.runtime.store.ports import SECOND, Clock, Log, Reader
from douane.shared_services.auditing.cases import Case, Cases
from douane.shared_services.auditing.happenings import Happening
from douane.shared_services.auditing.reads import Read, about_of
from douane.shared_services.auditing.waiting import cases_hit, reference
from douane.shared_services.logging.events import CATALOGUE
from douane.shared_services.logging.line import LogLine
from douane.supervision.level_report import month_of, year_of
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.kept_lists import OperatorsLists
from douane.supervision.operating.maintenance import asked_for, holding
from douane.supervision.operating.outcome import Asked
from douane.supervision.telemetry import Telemetry
from douane.trust import expiring
from douane.vocabulary.errors import DouaneError

COUNTED: Final = 500
"""Messages of a lane that are counted; what is beyond is said to be more."""
NAMED: Final = 12
"""Cases that are named of a lane."""
KEPT_SECONDS: Final = 60.0
"""For so long the calendar is not read anew: it lies in files."""


@dataclass(slots=True)
class Watching:
    """The node behind the console. ``lanes``: none where nothing leaves it. ``note``: tells the log who looked."""

    settings: NodeSettings
    node: Node
    reader: Reader
    clock: Clock
    ready: Callable[[], Readiness]
    lanes_of: Callable[[], Lanes | None]
    note: Callable[[Read], None]
    acts: Acts
    telemetry: Telemetry
    catalogue: Catalogue
    _calendar: tuple[float, tuple[Expiring, ...]] = (0.0, ())

    def health(self) -> Health:
        """Whether it works."""
        found = self.ready()
        return Health(found.parts, found.notes)

    def figures(self) -> Sequence[tuple[str, int]]:
        """What this process has: sums over its partitions."""
        owners = [owner for owner in self.node.owners if owner.partition not in self.node.away]
        return (
            ("Messages accepted", sum(keys.position_number(owner.state.journal) for owner in owners)),
            ("Waiting to be handled", sum(len(owner.pending) for owner in owners)),
            ("Leaves in the audit log", sum(owner.state.leaf for owner in owners)),
        )

    def lanes(self) -> Sequence[Lane]:
        """The lanes to partners in which something waits or failed, those that fail first."""
        running = self.lanes_of()
        if running is None:
            return ()
        describing = Cases(self.reader)
        found = [
            self._lane(each, describing, running)
            for each in list(running.lanes.values())
            if each.channel != INNER and (each.waiting or each.failures or each.name in running.paused)
        ]
        shown = [each for each in found if each.waiting or each.failures or each.paused]
        return sorted(shown, key=lambda each: -each.failures)

    def _lane(self, lane: Running, describing: Cases, lanes: Lanes) -> Lane:
        now = lanes.pace()
        positions = self._waiting(lane.name)
        rows = [
            (position, SENT.read(raw))
            for position, raw in zip(
                positions[:NAMED], self.reader.read_log(Log.SENT, positions[:NAMED]), strict=True
            )
            if raw is not None
        ]  # fmt: skip
        first: Happening | None = describing.happening(*rows[0]) if rows else None
        return Lane(
            lane.channel, lane.name.partition(":")[2] or lane.name, min(len(positions), COUNTED),
            more=len(positions) > COUNTED, oldest=rows[0][1].at if rows else 0, failures=lane.failures,
            reason=first.reason if first is not None else "",
            again=max(0, round((lane.next_attempt - now) / SECOND)), name=lane.name, paused=_rest(lane.name, lanes),
            first=f"out:{rows[0][0]:x}" if rows else "",
            hit=tuple(dict.fromkeys(reference(self.reader, row) for _, row in rows)),
        )  # fmt: skip

    def _waiting(self, name: str) -> list[int]:
        found: list[int] = []
        for owner in self.node.owners:
            prefix = keys.LANE + keys.u16(owner.partition) + keys.text(name)
            rows = self.reader.scan(prefix, keys.after(prefix), COUNTED + 1)
            found += [int.from_bytes(key[-8:], "big") for key, _ in rows]
        return found

    def hit(self) -> Sequence[Hit]:
        """The cases that do not go on."""
        return [
            Hit(each.known_as, each.cause.value, each.on, each.since)
            for each in cases_hit(self.reader, self.clock.now())
        ]

    def aside(self) -> Sequence[Aside]:
        """What is set aside, oldest first."""
        return [
            Aside(
                f"{each.position:x}", each.at, each.operation, each.sender, each.id, each.reason, each.attempts,
                each.kind,
                f"{each.waits_for:x}" if each.waits_for else "", _proposal(self.reader, each.position),
            )
            for each in Cases(self.reader).parked()
        ]  # fmt: skip

    def happened(self) -> Sequence[Happened]:
        """What asked for an act since this process began, the last first."""
        found = [
            Happened(
                event.value, round(line.time.timestamp() * SECOND), times, _of(line), CATALOGUE[event].cause,
                CATALOGUE[event].remedy,
            )
            for event, (line, times) in list(self.telemetry.happened.items())
        ]  # fmt: skip
        return sorted(found, key=lambda each: -each.at)

    def expiring(self) -> Sequence[Expiring]:
        """What runs out, the next first."""
        until, found = self._calendar
        if monotonic() <= until:
            return found
        try:
            found = tuple(self._read_calendar())
        except (DouaneError, OSError, ValueError) as problem:  # what was known holds, and the page says what is wrong
            remedy = getattr(problem, "remedy", "") or "See what happened, and put back what it was."
            return (Expiring(str(problem), self.clock.now(), 0, remedy), *found)
        self._calendar = monotonic() + KEPT_SECONDS, found
        return found

    def _read_calendar(self) -> list[Expiring]:
        now = self.clock.now()
        return [
            Expiring(each.what, round(each.until.timestamp() * SECOND), (each.until - moment(now)).days,
                     f"{each.remedy}.")
            for each in expiring.calendar(self.settings, now)
        ]  # fmt: skip

    def year(self) -> str:
        """The year that it is."""
        return f"{moment(self.clock.now()):%Y}"

    async def levels(self, year: str = "") -> Sequence[Level]:
        """Every service of this month, or of a year, as its ledger has it; read beside the doors, since it is long."""
        now = moment(self.clock.now())
        if year:
            found = await asyncio.to_thread(year_of, self.settings, year, now)
        else:
            found = await asyncio.to_thread(month_of, self.settings, f"{now:%Y-%m}", now)
        return [
            Level(each.service, each.platform, each.administration, each.level.value / 100, each.inherited, each.agreed,
                  each.round_the_clock, each.coverage, each.bad, each.planned, each.left, each.exceeds_its_parts)
            for each in found
        ]  # fmt: skip

    def find(self, reference: str, person: str) -> Sequence[Found]:
        """The cases of a reference; who looked is written to the audit log. Raises NotFound."""
        cases = Cases(self.reader).timelines(reference)
        self.note(Read(person, person, "timeline", about_of(reference), self.clock.now()))
        return [_found(each) for each in cases]

    def resting(self) -> Sequence[Rest]:
        """Services that rest for maintenance."""
        now, services = self.clock.now(), self.catalogue.services
        return [
            Rest(each.name, services[each.service].title if each.service in services else each.service,
                 each.circle.value if each.circle is not None else "", each.begun, each.until, each.until <= now,
                 each.reason, each.by, each.notices)
            for each in holding(self.settings.data, self.reader, range(self.settings.partitions))
        ]  # fmt: skip

    def services(self) -> Sequence[tuple[str, str]]:
        """Name and title of each service, by title."""
        found = [(name, each.title) for name, each in self.catalogue.services.items()]
        return sorted(found, key=lambda each: each[1])

    def rest_asked(self, service: str, circle: str, minutes: int) -> str:
        """How an act says that a service rests for so long from now."""
        return asked_for(service, circle, moment(self.clock.now()) + dt.timedelta(minutes=minutes))

    @property
    def kept_lists(self) -> OperatorsLists:
        """What operators keep of its lists."""
        return OperatorsLists(self.settings.data, SystemIds().random)

    def new_act(self) -> str:
        """An identification for an act."""
        return SystemIds().random(16).hex()

    async def have_done(self, act: str, on: str, *, id: str, reason: str, person: str) -> tuple[str, str]:
        """Do an act of the operator's; what came of it, and why where it was not what was wanted."""
        came = await self.acts.perform(Asked(act, id if _is_act(id) else self.new_act(), on, reason), person)
        return came.state, came.reason


def _proposal(reader: Reader, position: int) -> tuple[str, str]:
    decided = discarded(reader, position)
    return (decided.proposed_by, decided.reason) if decided is not None else ("", "")


def _of(line: LogLine) -> str:
    """What a line is about, in the words that it has."""
    partition = f"partition {line.partition}" if line.partition >= 0 else ""
    told = (line.platform, line.channel, line.partner, line.client, line.operation, line.code, line.outcome, partition)
    return " ".join(each for each in told if each)


def _rest(name: str, lanes: Lanes) -> str:
    pause = lanes.paused.get(name)
    return f"{pause.by}: {pause.reason}" if pause is not None else ""


def _is_act(text: str) -> bool:
    return len(text) == 32 and all(each in "0123456789abcdef" for each in text)


def _found(case: Case) -> Found:
    number = f"{case.subject:x}" if case.subject else ""
    partition = keys.subject_partition(case.subject) if case.subject else -1
    return Found(case.administration, case.known_as, number, partition, [_came(each) for each in case.happenings])


def _came(each: Happening) -> Came:
    way = f"{each.platform} {each.channel}".strip()
    return Came(
        each.time, each.place, each.direction, each.what, each.party, way, each.state, each.reason, each.attempts
    )  # fmt: skip
