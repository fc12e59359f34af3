"""A gateway between queues and a node: what comes in goes through the door, what goes out waits for its reports.

Browse, process, delete: a message leaves its queue only when the core has it, or when it is refused for good and its
sender was told. A message that comes twice is known by its identification and answered with the same reports.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from douane.channels.csi_queue.reports import form_of, refused, taken
from douane.model.declare import Kind as OperationKind
from douane.model.declare import Operation
from douane.model.routes import Opening, Route
from douane.runtime.core.commands import Reported
from douane.runtime.door.door import Authenticated, Call, Door
from douane.runtime.store.ports import Attempt, Clock, Offered, Outcome
from douane.runtime.store.queues import Queues, Taken
from douane.runtime.upkeep.beside import side_by_side
from douane.shared_services.monitoring.trace_context import context_of
from douane.standards.csi.message import ALL_REPORTS, LARGEST, Kind, Message, Qos, Report
from douane.standards.csi.message import report as report_about
from douane.standards.csi.names import Address, Environment, Purpose
from douane.vocabulary.errors import (
    DouaneError,
    NotAuthenticated,
    OurFault,
    PartnerFault,
    PartnerUnreachable,
    SenderFault,
    TooLarge,
)

NAME: Final = "csi_queue"
BATCH: Final = 50
WAIT: Final = 5.0
PAUSE: Final = 1.0
STATES: Final = {Report.COD: "delivered", Report.EXCEPTION: "exception", Report.EXPIRATION: "expired"}
"""What a report makes of a delivery; arrival was told by the queue itself when it took the message."""
Command = Callable[[Reported], Awaitable[None]]


def routes(queue: str, operations: Iterable[Operation]) -> Iterator[Route]:
    """What comes in by a queue: the commands of services with a legacy interface."""
    for each in operations:
        if each.kind is OperationKind.COMMAND:
            yield Route(NAME, "PUT", queue, Opening.OPERATION, (each.qualified,), each.request.__name__)


@dataclass(frozen=True, slots=True)
class Stations:
    """Whose queues there are: our own, and those of the administrations that are reached by queue."""

    system: str
    own: str
    others: Sequence[str]
    environment: Environment = Environment.OPERATIONS

    def queue(self, administration: str, purpose: Purpose = Purpose.CORE) -> str:
        """The receiving queue of an administration."""
        return Address(purpose, self.system, administration, self.environment).queue

    def all(self) -> list[str]:
        """Every queue of this environment."""
        return [self.queue(each, purpose) for each in (self.own, *self.others) for purpose in Purpose]


@dataclass(slots=True)
class QueueGateway:
    """Carries between the queues of a system and the node. ``callers``: who is behind a user of the queues;
    ``largest``: bytes of a message that is taken."""

    queues: Queues
    stations: Stations
    door: Door
    callers: Callable[[str], Authenticated]
    command: Command
    clock: Clock
    failed: Callable[[BaseException], None]
    largest: int = LARGEST
    counts: dict[str, int] = field(default_factory=dict)
    refused: Callable[[str], None] = lambda _code: None
    """Hears of each message that is refused, by error code."""
    carried: Callable[[bool], None] = lambda _there: None
    """Hears whether the carrier answers, each time that it is asked."""

    async def run(self) -> None:
        """Until cancelled; while the carrier is away, try again each second."""
        await self._patient(self._declare)
        work: list[Callable[[], Awaitable[None]]] = [self._reports, self._dead]
        work += [functools.partial(self._incoming, purpose) for purpose in (Purpose.CORE, Purpose.ADMIN)]
        await side_by_side(*(self._patient(each, forever=True) for each in work))

    async def _patient(self, work: Callable[[], Awaitable[None]], *, forever: bool = False) -> None:
        while True:
            try:
                await work()
            except (PartnerFault, OurFault) as problem:
                self._count(problem.code)
                if isinstance(problem, PartnerUnreachable):
                    self.carried(False)
                await asyncio.sleep(PAUSE)
            except Exception as problem:  # noqa: BLE001 - what is wrong with one message must not stop the others
                self.failed(problem)
                await asyncio.sleep(PAUSE)
            else:
                self.carried(True)
                if not forever:
                    return

    async def _declare(self) -> None:
        await side_by_side(*(self.queues.declare(queue) for queue in self.stations.all()))

    # --- what comes in

    async def _incoming(self, purpose: Purpose) -> None:
        batch = await self.queues.take(self.stations.queue(self.stations.own, purpose), BATCH, WAIT)
        for n, each in enumerate(batch):
            try:
                await self._admit(each, purpose)
            except BaseException:
                for left in batch[n:]:
                    with contextlib.suppress(PartnerFault):
                        await self.queues.give_back(left)
                raise

    async def _admit(self, item: Taken, purpose: Purpose) -> None:
        """One message through the door; told and deleted, or left in the queue while the node cannot take it."""
        message = item.message
        try:
            if message.kind is not Kind.DATA:
                raise NotAuthenticated("A report came where business messages belong.", remedy="Use the report queue.")
            if len(message.body) > self.largest:
                raise TooLarge(f"A message has at most {self.largest} bytes here.", remedy="Send it by a web service.")
            queue = self.stations.queue(self.stations.own, purpose)
            call = Call(
                self._caller(message.user), NAME, message.body, id=message.id[:35], form=form_of(message, queue),
                told_later=True, refers_to=message.qos.correlation, trace=context_of(message.trace),
            )  # fmt: skip
            receipt = await self.door.receive(call)
        except SenderFault as problem:
            self._count("refused")
            self.refused(problem.code)
            await self._tell(message, refused(message, problem, message.id))
        else:
            self._count("taken")
            await self._tell(message, taken(message, receipt.position))
        await self.queues.delete(item)

    def _caller(self, user: str) -> Authenticated:
        try:
            return self.callers(user)
        except NotAuthenticated as problem:
            raise self.door.unproven(problem) from None

    async def _tell(self, about: Message, reports: Sequence[Message]) -> None:
        for each in reports:
            with contextlib.suppress(DouaneError):  # a sender whose report queue is not there is told nothing
                await self.queues.put(about.qos.report_to, each)

    # --- reports about what went out

    async def _reports(self) -> None:
        for each in await self.queues.take(self.stations.queue(self.stations.own, Purpose.REPORT), BATCH, WAIT):
            state = STATES.get(each.message.report) if each.message.report is not None else None
            position = _position(each.message.qos.correlation)
            if state is not None and position:
                with contextlib.suppress(SenderFault):  # about a message that was never ours
                    await self.command(Reported(position, state, self.clock.now(), each.message.reason))
            await self.queues.delete(each)

    async def _dead(self) -> None:
        """Tell senders what the carrier could not deliver, whoever they are."""
        await asyncio.sleep(PAUSE)
        for queue in self.stations.all():
            for each in await self.queues.dead(queue, BATCH):
                about = each.message
                if about.asks_for(each.report):
                    told = report_about(about, each.report, id=f"{each.report.value[:3]}-{about.id}"[:64],
                                        reason=each.reason)  # fmt: skip
                    await self._tell(about, [told])
                await self.queues.bury(each)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


class QueueTransport:
    """Carries lanes ``csi_queue:ADMINISTRATION`` into the queues of an administration, every report asked for.

    notices: the types of message that go into its queue for notices; all others go into its core queue.
    """

    def __init__(self, queues: Queues, stations: Stations, notices: Collection[str] = ()) -> None:
        self._queues, self._stations, self._notices = queues, stations, frozenset(notices)

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Put in order; the carrier's confirm is the arrival."""
        administration = lane.partition(":")[2]
        report_to = self._stations.queue(self._stations.own, Purpose.REPORT)
        reply_to = self._stations.queue(self._stations.own)
        attempts: list[Attempt] = []
        for position, facts, body in items:
            purpose = Purpose.ADMIN if facts["type"] in self._notices else Purpose.CORE
            queue = self._stations.queue(administration, purpose)
            qos = Qos(reply_to=reply_to, reports=ALL_REPORTS, report_to=report_to, integrity=True)
            message = Message(position, body, facts["type"], qos, trace=facts.get("traceparent", ""))
            try:
                await self._queues.put(queue, message)
            except PartnerFault as problem:
                attempts.append(Attempt(Outcome.FAILED, problem.text))
                break
            attempts.append(Attempt(Outcome.ARRIVED))
        return attempts


def _position(correlation: str) -> int:
    """The position of a sent message, which is its identification in the queue; 0 for what is none of ours."""
    try:
        return int(correlation, 16)
    except ValueError:
        return 0
