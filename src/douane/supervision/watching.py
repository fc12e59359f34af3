"""What the console of a node is told, read from its core, its lanes and its identity folder when it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from douane.configuration.ports import SystemIds, monotonic
from douane.configuration.settings import NodeSettings
from douane.identity.certificates import moment
from douane.identity.operators import Doer
from douane.model.caller import INNER
from douane.platforms.operations.entry import Readiness
from douane.portal.watched import (
    Acted,
    Aside,
    Came,
    Collecting,
    Days,
    Expiring,
    Found,
    Glance,
    Going,
    Happened,
    Health,
    Hit,
    Holder,
    Lane,
    Level,
    Proposed,
    Rest,
    Standing,
)
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lane as Running
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.observing.signs import Collector
from douane.runtime.store import keys
from douane.runtime.store.decided import Proposal
from douane.runtime.store.envelope import SENT
from douane.runtime.store.ports import DAY, SECOND, Clock, Log, Reader
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.auditing.cases import Case, Cases
from douane.shared_services.auditing.happenings import Happening
from douane.shared_services.auditing.reads import Read, about_of
from douane.shared_services.auditing.waiting import cases_hit, reference
from douane.shared_services.logging.events import CATALOGUE
from douane.shared_services.logging.line import LogLine
from douane.supervision.level_report import month_of, year_of
from douane.supervision.levels import Ledger
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.declared import ACTS, AGREE, DISCARD, PROVIDERS, REGISTER
from douane.supervision.operating.kept_lists import OperatorsLists
from douane.supervision.operating.lodging import lodge
from douane.supervision.operating.maintenance import asked_for, holding
from douane.supervision.operating.outcome import Asked
from douane.supervision.seen.curves import curves_of, days_of
from douane.supervision.telemetry import Telemetry
from douane.trust import expiring
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DouaneError

COUNTED: Final = 500
"""Messages of a lane that are counted; what is beyond is said to be more."""
SHOWN: Final = 30
"""Kinds and states of cases that are told."""
NAMED: Final = 12
"""Cases that are named of a lane."""
KEPT_SECONDS: Final = 60.0
"""For so long the calendar is not read anew: it lies in files."""


@dataclass(slots=True)
class Beside:
    """What the console is told without asking a core: from the folders of its host."""

    settings: NodeSettings
    clock: Clock
    catalogue: Catalogue
    _calendar: tuple[float, tuple[Expiring, ...]] = field(default=(0.0, ()), init=False)

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

    def holders(self) -> Sequence[Holder]:
        """The clients of whom a certificate lies here, the next that runs out first."""
        now = self.clock.now()
        found = expiring.held(DevelopmentIdentity(self.settings.identity_folder))
        return [
            Holder(client, holder, round(until.timestamp() * SECOND), (until - moment(now)).days)
            for client, holder, until in sorted(found, key=lambda each: each[2])
        ]

    async def days(self) -> Sequence[Days]:
        """The doors by day, for thirty days; read beside the doors, since it is long."""
        found = await beside(Purpose.UPKEEP, days_of, Ledger(self.settings.data), moment(self.clock.now()))
        return [Days(door, shares) for door, shares in found.items()]

    def year(self) -> str:
        """The year that it is."""
        return f"{moment(self.clock.now()):%Y}"

    async def levels(self, year: str = "") -> Sequence[Level]:
        """Every service of this month, or of a year, as its ledger has it; read beside the doors, since it is long."""
        now = moment(self.clock.now())
        if year:
            found = await beside(Purpose.UPKEEP, year_of, self.settings, year, now)
        else:
            found = await beside(Purpose.UPKEEP, month_of, self.settings, f"{now:%Y-%m}", now)
        return [
            Level(each.service, each.platform, each.administration, each.level.value / 100, each.inherited, each.agreed,
                  each.round_the_clock, each.coverage, each.bad, each.planned, each.left, each.exceeds_its_parts)
            for each in found
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

    def replaceable(self) -> Sequence[tuple[str, str]]:
        """The acts that put another file in place of one by which the node goes, with their titles."""
        return [(act, ACTS[act].title) for act in (PROVIDERS, AGREE, REGISTER)]

    def lodge(self, text: str) -> str:
        """Lodge a file, so that an act can name it by its digest."""
        return lodge(self.settings.data, text.encode())


@dataclass(slots=True)
class Watching(Beside):
    """The node behind the console. ``lanes``: none where nothing leaves it. ``note``: tells the log who looked."""

    node: Node
    reader: Reader
    ready: Callable[[], Readiness]
    lanes_of: Callable[[], Lanes | None]
    note: Callable[[Read], None]
    acts: Acts
    telemetry: Telemetry
    collectors: Callable[[], Sequence[Collector]] = tuple

    async def health(self) -> Health:
        """Whether it works."""
        found = self.ready()
        return Health(found.parts, found.notes)

    async def figures(self) -> Sequence[tuple[str, int]]:
        """What this process has: sums over its partitions."""
        owners = [owner for owner in self.node.owners if owner.partition not in self.node.away]
        return (
            ("Messages accepted", sum(keys.position_number(owner.state.journal) for owner in owners)),
            ("Waiting to be handled", sum(len(owner.pending) for owner in owners)),
            ("Leaves in the audit log", sum(owner.state.leaf for owner in owners)),
        )

    async def lanes(self) -> Sequence[Lane]:
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

    async def going(self) -> Sequence[Going]:
        """The partners that answered since this process began, the slowest first."""
        running = self.lanes_of()
        if running is None:
            return ()
        now = running.pace()
        found = [
            Going(each.channel, each.name.partition(":")[2] or each.name, each.going.an_hour(now),
                  round(each.going.answers * 1000 / SECOND), each.going.last)
            for each in list(running.lanes.values())
            if each.channel != INNER and each.going.last
        ]  # fmt: skip
        return sorted(found, key=lambda each: (-each.answers_ms, each.partner))

    def _lane(self, lane: Running, describing: Cases, lanes: Lanes) -> Lane:
        now = lanes.pace()
        every = self._waiting(lane.name)
        positions = [each for each in every if each not in lanes.aside]
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
            first=f"out:{rows[0][0]:x}" if rows else "", out=tuple(f"out:{p:x}" for p in every if p in lanes.aside),
            hit=tuple(dict.fromkeys(reference(self.reader, row) for _, row in rows)),
        )  # fmt: skip

    def _waiting(self, name: str) -> list[int]:
        found: list[int] = []
        for owner in self.node.owners:
            prefix = keys.LANE + keys.u16(owner.partition) + keys.text(name)
            rows = self.reader.scan(prefix, keys.after(prefix), COUNTED + 1)
            found += [int.from_bytes(key[-8:], "big") for key, _ in rows]
        return found

    async def collecting(self) -> Sequence[Collecting]:
        """Whoever collects, those that are silent first."""
        return [
            Collecting(each.name, each.sign.value, each.seen, each.since, each.waiting, each.more, each.oldest,
                       len(each.cases), self._references(each.places[:NAMED]), each.reads)
            for each in self.collectors()
        ]  # fmt: skip

    def _references(self, places: Sequence[int]) -> tuple[str, ...]:
        rows = self.reader.read_log(Log.SENT, places)
        return tuple(dict.fromkeys(reference(self.reader, SENT.read(raw)) for raw in rows if raw is not None))

    async def glance(self) -> Glance:
        """What the first page shows at one look."""
        now, moved = self.clock.now(), self.telemetry.moved
        standing = tuple(Standing(*each) for each in moved.standing(now)[:SHOWN])
        acts = tuple(Acted(*each) for each in self.acts.done)
        return Glance(curves_of(tuple(self.telemetry.ring.samples)), standing, moved.opened(now - now % DAY), acts)

    async def hit(self) -> Sequence[Hit]:
        """The cases that do not go on."""
        return [
            Hit(each.known_as, each.cause.value, each.on, each.since)
            for each in cases_hit(self.reader, self.clock.now(), self.collectors())
        ]

    async def aside(self) -> Sequence[Aside]:
        """What is set aside, oldest first."""
        wanted = {each.on: each for each in self.acts.waiting() if each.act == DISCARD}
        found = []
        for each in Cases(self.reader).parked():
            place = f"{each.position:x}"
            mine = wanted.get(place)
            said, seen = ((mine.by, mine.reason), mine.digest) if mine is not None else (("", ""), "")
            behind = f"{each.waits_for:x}" if each.waits_for else ""
            found.append(Aside(place, each.at, each.operation, each.sender, each.id, each.reason, each.attempts,
                               each.kind, behind, said, seen))  # fmt: skip
        return found

    async def happened(self) -> Sequence[Happened]:
        """What asked for an act since this process began, the last first."""
        found = [
            Happened(
                event.value, round(line.time.timestamp() * SECOND), times, _of(line), CATALOGUE[event].cause,
                CATALOGUE[event].remedy,
            )
            for event, (line, times) in list(self.telemetry.happened.items())
        ]  # fmt: skip
        return sorted(found, key=lambda each: -each.at)

    async def find(self, reference: str, person: str) -> Sequence[Found]:
        """The cases of a reference; who looked is written to the audit log. Raises NotFound."""
        cases = Cases(self.reader).timelines(reference)
        self.note(Read(person, person, "timeline", about_of(reference), self.clock.now()))
        return [_found(each) for each in cases]

    async def resting(self) -> Sequence[Rest]:
        """Services that rest for maintenance."""
        now, services = self.clock.now(), self.catalogue.services
        return [
            Rest(each.name, services[each.service].title if each.service in services else each.service,
                 each.circle.value if each.circle is not None else "", each.begun, each.until, each.until <= now,
                 each.reason, each.by, each.notices)
            for each in holding(self.settings.data, self.reader, range(self.settings.partitions))
        ]  # fmt: skip

    async def proposed(self) -> Sequence[Proposed]:
        """What waits for another person."""
        return [proposed(each) for each in self.acts.waiting() if each.act in ACTS]

    async def clock_behind(self) -> tuple[int, int] | None:
        """A core that serves has a clock that is not behind what it committed."""
        return None

    async def have_done(
        self, act: str, on: str, *, id: str, reason: str, doer: Doer, seen: str = ""
    ) -> tuple[str, str]:  # fmt: skip
        """Do an act of the operator's; what came of it, and why where it was not what was wanted."""
        made = id if _is_act(id) else self.new_act()
        came = await self.acts.perform(Asked(act, made, on, reason, seen=seen), doer)
        return came.state, came.reason


def proposed(each: Proposal) -> Proposed:
    """A proposal as the console tells it."""
    return Proposed(each.act, ACTS[each.act].title, each.on, each.by, each.at, each.reason, each.drawn, each.digest,
                    each.confirmed)  # fmt: skip


def _of(line: LogLine) -> str:
    """What a line is about, in the words that it has."""
    partition = f"partition {line.partition}" if line.partition >= 0 else ""
    told = (line.platform, line.channel, line.partner, line.client, line.operation, line.code, line.outcome, partition,
            line.file)  # fmt: skip
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
