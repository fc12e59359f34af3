"""Metrics and log lines of a node, fed from its ticks."""

from __future__ import annotations

import datetime as dt
import itertools
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from string import ascii_uppercase
from typing import Final

import douane.channels
from douane.configuration.ports import monotonic
from douane.model.caller import INNER, Caller, Strength
from douane.model.circles import Platform
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.core.owner import Owner
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.lanes import Lane, Lanes, Trouble
from douane.runtime.observing.pace import Pace
from douane.runtime.store import keys
from douane.runtime.store.envelope import RowKind, channel_of
from douane.runtime.store.ports import SECOND, Clock, Instant, Outcome
from douane.runtime.turns.pools import POOLS, Purpose
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.link.translation import Figure
from douane.shared_services.logging.events import Event
from douane.shared_services.logging.line import OTHER, LogLine, LogWriter, error_codes, file_of, moment
from douane.shared_services.logging.sink import LogFile
from douane.shared_services.monitoring import catalogue as known
from douane.shared_services.monitoring.metrics import Metrics
from douane.shared_services.monitoring.moved import Moved
from douane.shared_services.monitoring.ring import Ring
from douane.shared_services.monitoring.trace_context import trace_id
from douane.shared_services.web.away import others
from douane.shared_services.web.fair_use import FairUse, Limit
from douane.shared_services.web.proxies import Doubt
from douane.supervision.listening import Beat
from douane.supervision.operating.declared import ACTS
from douane.trust.expiring import CERTIFICATE, CLIENT, LIST, PARTNER
from douane.vocabulary.errors import DouaneError, LinkViolation, NotAuthenticated

MINUTE: Final[Instant] = 60 * SECOND
LATE_SECONDS: Final = 0.2
"""By so much a process comes round too late, in the middle, before it is called slow."""
SLOW_SECONDS: Final = 0.25
"""So long a commit, or the answer of an identity provider, takes in the middle before it is called slow."""
CASES: Final = "cases"
JUDGED = (RIGHT, WRONG) = ("right", "wrong")
WHICH = (FIRST, LAST) = ("first", "last")
KEYS = ("audit", "tokens", "webhooks")
WORDS = (
    *JUDGED, *WHICH, *KEYS, CASES, CERTIFICATE, CLIENT, LIST, PARTNER, "untrusted", "trusted", "internal", "accepted",
    "refused", "taken", "unknown", "", *Purpose,
)  # fmt: skip
DELIVERING = ("bus", INNER, *(each.value for each in Outcome))
"""What lanes are called that no channel of ours carries, and what becomes of attempts."""
INSIDE = tuple(each.value for each in RowKind if each is not RowKind.MESSAGE)
"""What the runtime journals for itself, beside the operations of services."""
ADMINISTRATIONS = tuple(map("".join, itertools.product(ascii_uppercase, repeat=2)))
"""Codes of countries: that of an administration may stand in a metric."""
CHANNELS = tuple(each.name for each in pkgutil.iter_modules(douane.channels.__path__))


LIMITS = (*(each.value for each in Limit), *(each.value for each in Doubt))
UNAVAILABLE: Final = "503"
REFUSES: Final = 400
"""From this status on an answer refuses a call, or says that it failed."""
MOST_COUNTED = 1e9
"""More than a door can refuse between two reports."""


_FEED: Final = "feed:NTA."
_NOW: tuple[tuple[known.Gauge, Callable[[Owner], float]], ...] = (
    (known.PENDING, lambda owner: len(owner.pending)),
    (known.JOURNAL_POSITION, lambda owner: owner.state.journal),
    (known.HANDLED_POSITION, lambda owner: owner.state.cursor),
    (known.AUDIT_LEAVES, lambda owner: owner.state.leaf),
)


_LANES: tuple[tuple[known.Gauge, Callable[[list[Lane], Instant], float]], ...] = (
    (known.LANES_WAITING, lambda lanes, _: sum(each.waiting for each in lanes)),
    (known.LANES_FAILING, lambda lanes, _: sum(each.failures > 0 for each in lanes)),
    (known.LANE_FAILURES, lambda lanes, _: max((each.failures for each in lanes), default=0)),
    (
        known.LANE_BUSY_SECONDS,
        lambda lanes, now: max(((now - each.since) / SECOND for each in lanes if each.busy), default=0),
    ),
)


def _client(caller: Caller) -> str:
    """The registered client behind a caller; empty for a person, and for somebody for whom another node speaks."""
    return "" if caller.person or caller.strength is Strength.RELAYED else caller.id


class Telemetry:
    """What the operator sees of a node: no personal and no commercial data, by construction."""

    def __init__(
        self, operations: Catalogue, clock: Clock, log: Path, parts: Sequence[str] = (), rules: Iterable[str] = ()
    ) -> None:
        """``parts``: processes of the node that its metrics name; ``rules``: what ``broken`` may name."""
        carried = (f"{RowKind.RELAY}:{each}" for each in operations.names())  # passed on for others
        inner = (*WORDS, *ACTS, *parts, *rules, *DELIVERING, *INSIDE, *carried, "link", *error_codes(), *LIMITS)
        words = (
            *inner,
            *CHANNELS,
            *ADMINISTRATIONS,
            *operations.operations,
            *operations.services,
            *(each.value for each in (*Platform, *Event)),
        )
        self.metrics = Metrics(words)
        self.beat = Beat(told=self._paced)
        self.uses: Mapping[str, FairUse] = {}
        self._clock = clock
        self._file = LogFile(log)
        self._log = LogWriter(self._file, words)
        self._tick_seconds = self.metrics.histogram(known.TICK_SECONDS)
        self._commit_seconds = self.metrics.histogram(known.COMMIT_SECONDS)
        self._longest_tick = self.metrics.gauge(known.LONGEST_TICK)
        self._tick_messages = self.metrics.histogram(known.TICK_MESSAGES)
        self._unsaid: dict[
            tuple[str, ...], tuple[Instant, int]
        ] = {}  # by event, door or message, reason: said when, not said since
        self.partners: Mapping[str, str] = {}
        """The administration behind a lane; of other lanes no line says whose they are."""
        self._queues = True
        self._stale, self._away = False, 0
        self._commits = Pace(monotonic)
        self._slow: dict[Event, bool] = {}
        self.ring, self.moved = Ring(), Moved()
        self.lanes: Lanes | None = None
        self._checkpoint = self.metrics.gauge(known.AUDIT_CHECKPOINT)
        self._development = self.metrics.gauge(known.NODE_DEVELOPMENT)

    def watch(self, tick: Tick) -> None:
        """Count a committed tick; one log line for each message it accepted or set aside."""
        overlay, now = tick.overlay, self._clock.now()
        self.moved.watch(tick)
        for position, row in overlay.rows:
            origin = row.origin
            meter = self.metrics.message(row.named, origin.platform, row.conflict or "accepted")
            meter.record(now - row.received)
            if origin.platform:
                self._log.log_line(
                    LogLine(
                        time=moment(now), event=Event.ACCEPTED, message=f"{position:x}", trace=trace_id(origin.trace),
                        case=f"{row.subject:x}", operation=row.named, platform=origin.platform, channel=origin.channel,
                        outcome=row.conflict or "accepted", duration_us=now - row.received, bytes=len(row.content.body),
                        position=keys.position_number(position), partition=overlay.partition,
                        client=_client(origin.caller),
                    )
                )  # fmt: skip
        for position, row in overlay.guessed:
            self._log.log_line(
                LogLine(time=moment(now), event=Event.WRONG_CODE, message=f"{position:x}", case=f"{row.subject:x}",
                        operation=row.named, partition=overlay.partition, client=_client(row.origin.caller))
            )  # fmt: skip
        for position, parked in overlay.parked.items():
            if parked is not None:
                self.metrics.counter(known.QUARANTINED, parked.operation).add()
                self._log.log_line(
                    LogLine(time=moment(now), event=Event.QUARANTINED, message=f"{position:x}",
                            case=f"{parked.subject:x}", operation=parked.operation, partition=overlay.partition)
                )  # fmt: skip
        seconds = (now - overlay.started) / SECOND
        self._tick_seconds.observe(seconds)
        if overlay.committing is not None:
            self._commit_seconds.observe(overlay.committing / SECOND)
            self._commits.took(overlay.committing / SECOND)
        self._longest_tick.value = max(self._longest_tick.value, seconds)
        self._tick_messages.observe(overlay.handled)
        if overlay.leaves:
            self._checkpoint.value = overlay.now / SECOND

    def failed(self, problem: BaseException) -> None:
        """Log what failed: class and place, never the text; and the followed file that it is about."""
        self._log.log_line(LogLine(time=self._now(), event=Event.FAILED, error=problem, file=file_of(problem)))

    def undelivered(self, trouble: Trouble) -> None:
        """Log an attempt to deliver that came to nothing."""
        self._log.log_line(
            LogLine(time=self._now(), event=Event.UNDELIVERED, channel=trouble.channel,
                    message=f"{trouble.position:x}" if trouble.position else "", count=trouble.failures,
                    outcome=Outcome.FAILED.value, error=trouble.error, partner=self._partner(trouble.lane))
        )  # fmt: skip

    def collector(self, event: Event, party: str, count: int = 0) -> None:
        """Log that whoever collects fell silent, or is back. party: an administration by its code, else a partner."""
        named = party if party != PARTNER else ""
        self._log.log_line(LogLine(time=self._now(), event=event, partner=named, count=count))

    def doubtful(self, event: Event, keepers: Sequence[str]) -> None:
        """Log of each system that keeps entries of registers that it is not to be believed, and show it until this node
        is started anew."""
        metric = known.KEEPERS_SET_BACK if event is Event.KEEPER_SET_BACK else known.KEEPERS_DISAGREE
        for each in keepers:
            self.metrics.gauge(metric, each).value = 1.0
            self.collector(event, each)

    def carried_again(self, lane: str, failures: int) -> None:
        """Log that a partner takes messages again after attempts in vain."""
        self._log.log_line(LogLine(time=self._now(), event=Event.LANE_BACK, channel=channel_of(lane), count=failures,
                                   partner=self._partner(lane)))  # fmt: skip

    def _partner(self, lane: str) -> str:
        """The administration behind a lane, or behind a feed of final data, which is none; empty for everybody else."""
        known = self.partners.get(lane, "")
        return known or (lane.removeprefix(_FEED) if lane.startswith(_FEED) else "")

    def queues(self, there: bool) -> None:
        """Log that the carrier of the queues does not answer, and that it does again."""
        self.metrics.gauge(known.QUEUES_THERE).value = float(there)
        if there is not self._queues:
            self._queues = there
            self.note(Event.QUEUES_BACK if there else Event.QUEUES_AWAY)

    def refused(self, platform: Platform, problem: DouaneError, client: str = "") -> None:
        """Count a call that circle, role or the lack of a proof refused. client: who is known, and no person."""
        self.metrics.counter(known.REFUSALS, platform.value, problem.code).add()
        if isinstance(problem, NotAuthenticated):
            self.untrusted(platform.value)
        else:
            self._turned_away(Event.REFUSED, platform.value, problem.code, client=client)

    def answered(self, platform: str, channel: str, status: str) -> None:
        """Count an answer of a door: HTTP status, or code of a channel without one; refusals also apart."""
        if status.isdecimal():
            self.metrics.counter(known.ANSWERS, platform, channel, status).add()
            if int(status) < REFUSES:
                return
        self.metrics.counter(known.REFUSED, platform, channel, status).add()
        if status == UNAVAILABLE:
            self._turned_away(Event.UNAVAILABLE, platform)

    def guessed(self, client: str) -> None:
        """Log that somebody showed a wrong secret as that of a client; empty for one that nobody registered."""
        self._log.log_line(
            LogLine(time=self._now(), event=Event.WRONG_SECRET, client=client or OTHER,
                    platform=Platform.UUMDS.value)
        )  # fmt: skip

    def refusals(self) -> dict[tuple[str, tuple[str, ...]], float]:
        """What the doors of this process refused since it began, by metric and labels."""
        self._limits()
        return {(each.name, labels): number for each in known.OF_DOORS for labels, number in self.metrics.read(each)}

    def counted(self, platform: Platform, figures: Sequence[Figure]) -> None:
        """Take over what doors elsewhere refused. Raises LinkViolation for figures of other platforms."""
        theirs = (platform.value, Platform.UUMDS.value)
        by_name = {each.name: each for each in known.OF_DOORS}
        for name, labels, amount in figures:
            metric = by_name.get(name)
            fits = metric is not None and len(labels) == len(metric.labels) and labels[0] in theirs
            if metric is None or not fits or not 0 < amount < MOST_COUNTED:
                raise LinkViolation(f"The door of {platform.value} does not count {name[:40]} of {labels[:1]}.")
        for name, labels, amount in figures:
            self.metrics.counter(by_name[name], *labels).add(amount)

    def untrusted(self, name: str) -> None:
        """Count a call whose caller proved nothing; a handshake may have refused it already."""
        self.metrics.counter(known.UNAUTHENTICATED, name).add()
        self._turned_away(Event.REFUSED, name, NotAuthenticated.code)

    def limited(self, name: str, limit: Limit) -> None:
        """Log that somebody asked a door for more than its share, or guessed; its door counts it."""
        self._turned_away(Event.LIMITED, name, outcome=limit.value)

    def doubted(self, doubt: Doubt) -> None:
        """Log that what was forwarded to the pages was not believed."""
        self._turned_away(Event.DISBELIEVED, "", outcome=doubt.value)

    def judged(self, message: str, rules: Sequence[str], *, place: int, case: int) -> None:
        """Count a sent message that was judged. ``rules``: those that it breaks; one line a minute of each."""
        self.metrics.counter(known.JUDGED, WRONG if rules else RIGHT).add()
        now = self._clock.now()
        for rule in rules:
            self.metrics.gauge(known.BROKEN_AT, message, rule).value = now / SECOND
            if count := self._to_say((Event.BREAKS_RULE, message, rule), now):
                self._log.log_line(
                    LogLine(time=moment(now), event=Event.BREAKS_RULE, operation=message, code=rule,
                            message=f"{place:x}", case=f"{case:x}", count=count)
                )  # fmt: skip

    def _to_say(self, what: tuple[str, ...], now: Instant) -> int:
        """How many there were of something since the last line about it; 0 where that is less than a minute ago."""
        since, count = self._unsaid.get(what, (now - MINUTE, 0))
        if now - since < MINUTE:
            self._unsaid[what] = since, count + 1
            return 0
        self._unsaid[what] = now, 0
        return count + 1

    def _turned_away(self, event: Event, platform: str, code: str = "", outcome: str = "", client: str = "") -> None:
        """One log line a minute of each door, reason and client, with the number since the last: a flood is a number
        too. Clients are those of the register, so there are not many."""
        now = self._clock.now()
        if count := self._to_say((event, platform, code, outcome, client), now):
            self._log.log_line(LogLine(time=moment(now), event=event, platform=platform, code=code, outcome=outcome,
                                       count=count, client=client))  # fmt: skip

    def develops(self, development: bool) -> None:
        """Show whether the node has an identity that it made for itself; log that it has."""
        self._development.value = float(development)
        if development:
            self.note(Event.DEVELOPMENT)

    def reopen(self) -> None:
        """Go on in the log file that has the name now; in the former one where it cannot be made."""
        try:
            self._file.reopen()
        except OSError as problem:
            self.failed(problem)

    def inspected(self, partition: int, leaves: int, ended: Instant, found: Sequence[Finding], findings: int) -> None:
        """Show how far the inspection is; one log line for each row that it ``found`` not to fit."""
        self.metrics.gauge(known.AUDIT_INSPECTED, str(partition)).value = leaves
        self.metrics.gauge(known.AUDIT_INSPECTED_AT).value = ended / SECOND
        self.metrics.gauge(known.AUDIT_FINDINGS, str(partition)).value = findings
        for each in found:
            self._log.log_line(
                LogLine(time=self._now(), event=Event.DIFFERS, message=each.where,
                        partition=partition)
            )  # fmt: skip

    def witnessed(self, lag: Mapping[int, float]) -> None:
        """Show by partition for how many seconds the witness lacks the newest checkpoint; log that it does, and that it
        has it again."""
        self.metrics.show(known.AUDIT_WITNESS_LAG, {str(partition): each for partition, each in lag.items()})
        was, behind = self._slow.get(Event.WITNESS_BEHIND, False), sum(each > 0 for each in lag.values())
        if bool(behind) is not was:
            self._slow[Event.WITNESS_BEHIND] = bool(behind)
            self.note(Event.WITNESS_BEHIND if behind else Event.WITNESS_BACK, count=behind)

    def process(self, event: Event, name: str) -> None:
        """Log what a process of the node does."""
        self._log.log_line(LogLine(time=self._now(), event=event, part=name))

    def acted(self, act: str) -> None:
        """Log that an operator had something done."""
        self.note(Event.ACTED, operation=act)

    def trust(self, seconds: float, stale: bool) -> None:
        """Show since when trust was not read; log that it is too long, and that it is over; so of hosts of others."""
        self.metrics.gauge(known.TRUST_UNREAD).value = seconds
        if stale is not self._stale:
            self._stale = stale
            self.note(Event.UNREAD if stale else Event.READ)
        away = others().hosts
        self.metrics.gauge(known.HOSTS_AWAY).value = away
        if away and away != self._away:
            self.note(Event.HOST_AWAY, count=away)
        elif self._away and not away:
            self.note(Event.HOST_BACK)
        self._away = away

    def _paced(self) -> None:
        """Show how long things take just now; log what is slow, and that it is over. Called by the loop of the doors
        each second."""
        late, commits, hosts = self.beat.late.middle, self._commits.middle, others().slowest
        self.metrics.gauge(known.LOOP_LATE).value = late
        self.metrics.gauge(known.COMMITS_NOW).value = commits
        self.metrics.gauge(known.HOSTS_SLOWEST).value = hosts
        for seconds, most, slow, quick in (
            (late, LATE_SECONDS, Event.PROCESS_SLOW, Event.PROCESS_QUICK),
            (commits, SLOW_SECONDS, Event.STORE_SLOW, Event.STORE_QUICK),
            (hosts, SLOW_SECONDS, Event.HOST_SLOW, Event.HOST_QUICK),
        ):
            was, now = self._slow.get(slow, False), seconds > most
            if now is not was:
                self._slow[slow] = now
                self.note(slow if now else quick, count=round(seconds * 1000))

    def swapped(self, files: Sequence[str] = ()) -> None:
        """Log that another register, revocation list, key or certificate holds from now on: the first, and how many."""
        self._log.log_line(LogLine(time=self._now(), event=Event.SWAPPED, count=len(files),
                                   file=next(iter(files), "")))  # fmt: skip

    @property
    def happened(self) -> Mapping[Event, tuple[LogLine, int]]:
        """Of each event that has a remedy: the last line, and how often it was told since this process began."""
        return self._log.last

    def note(self, event: Event, *, partition: int = -1, count: int = 0, operation: str = "", client: str = "",
             outcome: str = "") -> None:  # fmt: skip
        """Log an event that says all by its name, and of what: a partition, a number, an act, a client, a kind."""
        self._log.log_line(LogLine(time=self._now(), event=event, partition=partition, count=count, operation=operation,
                                   client=client, outcome=outcome))  # fmt: skip

    def _now(self) -> dt.datetime:
        return moment(self._clock.now())

    def text(self, node: Node | None = None) -> bytes:
        """Everything as Prometheus text; what is so now is read now, of each partition that this node has."""
        here = node.owners if node is not None else ()
        owners = {str(each.partition): each for each in here if node is None or each.partition not in node.away}
        for metric, value in _NOW:
            self.metrics.show(metric, {partition: value(owner) for partition, owner in owners.items()})
        if node is not None:
            self.metrics.counter(known.STORE_FAILURES).value = node.counters.interrupted
        if self.lanes is not None:
            self._show(self.lanes)
        self._limits()
        for platform, use in self.uses.items():
            for limit, amount in use.held().items():
                self.metrics.gauge(known.HELD, platform, limit.value).value = amount
        for purpose, pool in POOLS.items():
            self.metrics.gauge(known.POOL_BUSY, purpose.value).value = pool.busy
            self.metrics.gauge(known.POOL_WAITING, purpose.value).value = pool.waiting
            self.metrics.counter(known.POOL_REFUSED, purpose.value).value = pool.refused
        self.metrics.gauge(known.LOOP_SILENCE).value = self.beat.silence
        self.metrics.counter(known.LOG_LOST).value = self._log.lost
        for event, times in self._log.counts.copy().items():
            self.metrics.counter(known.EVENTS, event.value).value = times
        return self.metrics.text()

    def _limits(self) -> None:
        for platform, use in self.uses.items():
            for limit, times in use.refused.copy().items():
                self.metrics.counter(known.LIMITED, platform, limit.value).value = times

    def _show(self, lanes: Lanes) -> None:
        """What the lanes are about, by channel: names of partners stand in no metric.

        The operator's door asks from a thread of its own while lanes come and go: each table is copied in one step.
        """
        for (channel, outcome), count in tuple(lanes.outcomes.items()):
            self.metrics.counter(known.DELIVERIES, channel, outcome.value).value = count
        by_channel: dict[str, list[Lane]] = {channel: [] for channel in lanes.transports}
        for lane in tuple(lanes.lanes.values()):
            by_channel.setdefault(lane.channel, []).append(lane)
        for metric, value in _LANES:
            now = lanes.pace()
            self.metrics.show(metric, {channel: value(found, now) for channel, found in by_channel.items()})
