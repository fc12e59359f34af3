"""Metrics and log lines of a node, fed from its ticks."""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import douane.channels
from douane.model.circles import Platform
from douane.runtime.core.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.core.owner import Owner
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import RowKind
from douane.runtime.store.ports import SECOND, Clock, Instant
from douane.shared_services.auditing.inspection import Finding
from douane.shared_services.logging.line import Event, Level, LogLine, LogWriter
from douane.shared_services.logging.sink import descriptor_sink
from douane.shared_services.monitoring import catalogue as known
from douane.shared_services.monitoring.metrics import Metrics
from douane.vocabulary.errors import DouaneError, NotAuthenticated, NotAuthorised, NotFound, WrongCircle

WORDS = ("untrusted", "trusted", "internal", "accepted", "refused", "taken", "unknown", "")
INSIDE = tuple(each.value for each in RowKind if each is not RowKind.MESSAGE)
"""What the runtime journals for itself, beside the operations of services."""
CHANNELS = tuple(each.name for each in pkgutil.iter_modules(douane.channels.__path__))


REFUSALS = tuple(each.code for each in (NotAuthenticated, WrongCircle, NotAuthorised, NotFound))
"""Codes of refusals for lack of right."""


_NOW: tuple[tuple[known.Gauge, Callable[[Owner], float]], ...] = (
    (known.PENDING, lambda owner: len(owner.pending)),
    (known.JOURNAL_POSITION, lambda owner: owner.state.journal),
    (known.HANDLED_POSITION, lambda owner: owner.state.cursor),
    (known.AUDIT_LEAVES, lambda owner: owner.state.leaf),
)


class Telemetry:
    """What the operator sees of a node: no personal and no commercial data, by construction."""

    def __init__(self, operations: Catalogue, clock: Clock, log: Path) -> None:
        carried = (f"{RowKind.RELAY}:{each}" for each in operations.names())  # passed on for others
        inner = (*WORDS, *INSIDE, *carried, "link", *REFUSALS)
        words = (*inner, *CHANNELS, *operations.operations, *(each.value for each in Platform))
        self.metrics = Metrics(words)
        self._clock = clock
        self._log = LogWriter(descriptor_sink(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)), words)
        self._tick_seconds = self.metrics.histogram(known.TICK_SECONDS)
        self._tick_messages = self.metrics.histogram(known.TICK_MESSAGES)
        self._checkpoint = self.metrics.gauge(known.AUDIT_CHECKPOINT)

    def watch(self, tick: Tick) -> None:
        """Count a committed tick; one log line for each message it accepted or set aside."""
        overlay, now = tick.overlay, self._clock.now()
        for position, row in overlay.rows:
            origin = row.origin
            meter = self.metrics.message(row.named, origin.platform, row.conflict or "accepted")
            meter.record(now - row.received)
            if origin.platform:
                self._log.log_line(
                    LogLine(
                        time=now, level=Level.INFO, event=Event.ACCEPTED, message=f"{position:x}", trace=origin.trace,
                        subject=row.subject, operation=row.named, platform=origin.platform, channel=origin.channel,
                        outcome=row.conflict or "accepted", duration_us=now - row.received, bytes=len(row.content.body),
                        position=keys.position_number(position), partition=overlay.partition,
                    )
                )  # fmt: skip
        for position, parked in overlay.parked.items():
            if parked is not None:
                self.metrics.counter(known.QUARANTINED, parked.operation).add()
                self._log.log_line(
                    LogLine(time=now, level=Level.ERROR, event=Event.QUARANTINED, message=f"{position:x}",
                            subject=parked.subject, operation=parked.operation)
                )  # fmt: skip
        self._tick_seconds.observe((now - overlay.started) / SECOND)
        self._tick_messages.observe(overlay.handled)
        if overlay.leaves:
            self._checkpoint.value = overlay.now / SECOND

    def failed(self, problem: BaseException) -> None:
        """Log what failed: class and place, never the text."""
        self._log.log_line(LogLine(time=self._clock.now(), level=Level.ERROR, event=Event.FAILED, error=problem))

    def refused(self, platform: Platform, problem: DouaneError) -> None:
        """Count a call that its circle, its role or the lack of a proof refused."""
        self.metrics.counter(known.REFUSALS, platform.value, problem.code).add()
        if isinstance(problem, NotAuthenticated):
            self.untrusted(platform.value)

    def untrusted(self, name: str) -> None:
        """Count a call whose caller proved nothing; a handshake may have refused it already."""
        self.metrics.counter(known.UNAUTHENTICATED, name).add()

    def inspected(self, partition: int, leaves: int, ended: Instant, found: Sequence[Finding], findings: int) -> None:
        """Show how far the inspection is; one log line for each row that it ``found`` not to fit."""
        self.metrics.gauge(known.AUDIT_INSPECTED, str(partition)).value = leaves
        self.metrics.gauge(known.AUDIT_INSPECTED_AT).value = ended / SECOND
        self.metrics.gauge(known.AUDIT_FINDINGS, str(partition)).value = findings
        for each in found:
            self._log.log_line(
                LogLine(time=self._clock.now(), level=Level.ERROR, event=Event.DIFFERS, message=each.where,
                        partition=partition)
            )  # fmt: skip

    def witnessed(self, lag: Mapping[int, float]) -> None:
        """Show by partition for how many seconds the witness lacks the newest checkpoint."""
        self.metrics.show(known.AUDIT_WITNESS_LAG, {str(partition): each for partition, each in lag.items()})

    def swapped(self) -> None:
        """Log that another register or revocation list holds from now on."""
        self.note(Event.SWAPPED)

    def note(self, event: Event) -> None:
        """Log an event that says everything by its name."""
        self._log.log_line(LogLine(time=self._clock.now(), level=Level.INFO, event=event))

    def text(self, node: Node) -> bytes:
        """Everything as Prometheus text; what is so now is read now, of each partition that this node has."""
        owners = {str(each.partition): each for each in node.owners if each.partition not in node.away}
        for metric, value in _NOW:
            self.metrics.show(metric, {partition: value(owner) for partition, owner in owners.items()})
        self.metrics.counter(known.LOG_LOST).value = self._log.lost
        return self.metrics.text()
