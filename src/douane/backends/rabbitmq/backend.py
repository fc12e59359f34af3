"""The port of queues on RabbitMQ quorum queues.

Every queue is bounded and refuses what is too much instead of dropping the oldest; what expires or was taken too often
goes to its dead-letter queue, at least once. Nothing is put without a confirm, nor deleted without an acknowledgement.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import Any, Final, TypeVar

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage, AbstractQueue
from aio_pika.exceptions import AMQPError, ChannelClosed, DeliveryError, PublishError
from aiormq.abc import FieldTable
from aiormq.exceptions import AMQPError as ProtocolError

from douane.runtime.store.ports import SECOND, Clock
from douane.runtime.store.queues import BOUND, Dead, Taken
from douane.standards.csi.amqp import Properties, read, write
from douane.standards.csi.message import Message, Report
from douane.standards.csi.names import dead
from douane.vocabulary.errors import NotWellFormed, PartnerRefused, PartnerUnreachable, TooLarge

SCHEME = "amqp"
DELIVERY_LIMIT: Final = 20
"""How often a message is given out before it counts as undeliverable."""
SETTLE: Final = 3.0
"""Seconds after which a new queue survives the death of its broker: RabbitMQ 4.0 keeps the registration of a quorum
queue in memory for a moment, and a broker killed within it starts the queue anew, empty and without a leader."""
TIMEOUT: Final = 15.0
POLL: Final = 0.05
# RuntimeError: what the library raises for a channel whose connection is gone
_LOST = (AMQPError, ProtocolError, ConnectionError, TimeoutError, asyncio.InvalidStateError, RuntimeError)
T = TypeVar("T")


class RabbitQueues:
    """Queues of one broker, over one connection that is made anew when it breaks."""

    def __init__(
        self, address: str, clock: Clock, *, delivery_limit: int = DELIVERY_LIMIT, settle: float = SETTLE
    ) -> None:
        self._address, self._clock, self._limit, self._settle = address, clock, delivery_limit, settle
        self._connection: AbstractConnection | None = None
        self._channel: AbstractChannel | None = None
        self._reading: dict[str, AbstractChannel] = {}
        self._opening = asyncio.Lock()
        self._closing: asyncio.Future[None] | None = None

    async def declare(self, queue: str) -> None:
        """A quorum queue and its dead-letter queue. Raises PartnerRefused where one exists with other arguments."""
        arguments: FieldTable = {"x-queue-type": "quorum", "x-overflow": "reject-publish", "x-max-length": BOUND}
        route: FieldTable = {
            "x-dead-letter-exchange": "", "x-dead-letter-routing-key": dead(queue),
            "x-dead-letter-strategy": "at-least-once",
            "x-delivery-limit": self._limit,
        }  # fmt: skip
        fresh = not await self._exists(queue)
        channel = await self._open()
        try:
            await channel.declare_queue(dead(queue), durable=True, arguments=arguments, timeout=TIMEOUT)
            await channel.declare_queue(queue, durable=True, arguments={**arguments, **route}, timeout=TIMEOUT)
        except ChannelClosed as problem:
            self._channel = None
            raise PartnerRefused(
                f"The queue {queue} exists with other arguments: {problem}.",
                remedy="A queue without dead-letter route loses messages: delete it, or let us declare it.",
            ) from problem
        except _LOST as problem:
            raise self._lost(problem) from problem

        if fresh:
            await asyncio.sleep(self._settle)

    async def _exists(self, queue: str) -> bool:
        """Asked on a channel of its own, since the broker closes the one that asks for what is not there."""
        await self._open()
        assert self._connection is not None
        try:
            async with await self._connection.channel() as channel:
                await channel.declare_queue(queue, passive=True, timeout=TIMEOUT)
        except ChannelClosed:
            return False
        except _LOST as problem:
            raise self._lost(problem) from problem
        return True

    async def put(self, queue: str, message: Message) -> None:
        """Publish and wait for the confirm of the quorum."""
        properties, body = write(message, self._clock.now())
        channel = await self._open()
        try:
            await channel.default_exchange.publish(_amqp(properties, body), queue, mandatory=True, timeout=TIMEOUT)
        except PublishError as problem:
            raise PartnerRefused(
                f"There is no queue {queue}.", remedy="Let its administration declare it."
            ) from problem
        except DeliveryError as problem:
            raise PartnerRefused(
                f"The queue {queue} takes no more.", remedy="Let its administration read it."
            ) from problem
        except _LOST as problem:
            raise self._lost(problem) from problem

    async def take(self, queue: str, limit: int, wait: float) -> list[Taken]:
        """Get messages one by one until there are enough or none comes within the time."""
        found: list[Taken] = []
        end = asyncio.get_running_loop().time() + wait
        while len(found) < limit:
            raw = await self._get(queue)
            if raw is None:
                if found or asyncio.get_running_loop().time() >= end:
                    break
                await asyncio.sleep(POLL)
                continue
            message = await self._read(raw)
            if message is not None:
                found.append(Taken(queue, message, raw, 1 + int(str(raw.headers.get("x-delivery-count", 0)))))
        return found

    async def _read(self, raw: AbstractIncomingMessage) -> Message | None:
        """A message as CSI; what is none goes to the dead-letter queue, where its sender is told."""
        try:
            return read(_properties(raw), raw.body, user=raw.user_id or "", now=self._sent(raw))
        except (NotWellFormed, TooLarge):
            await self._settled(raw.reject(requeue=False))
            return None

    async def _get(self, queue: str) -> AbstractIncomingMessage | None:
        """The next message of a queue, on a channel of that queue alone: answers to gets carry no mark of their own."""
        try:
            return await (await self._queue(await self._reader(queue), queue)).get(fail=False, timeout=TIMEOUT)
        except ChannelClosed as problem:
            self._reading.pop(queue, None)
            raise PartnerRefused(f"The queue {queue} cannot be read: {problem}.") from problem
        except _LOST as problem:
            raise self._lost(problem) from problem

    async def delete(self, taken: Taken) -> None:
        """Acknowledge."""
        await self._settled(taken.token.ack())

    async def give_back(self, taken: Taken) -> None:
        """Requeue at the head."""
        await self._settled(taken.token.reject(requeue=True))

    async def dead(self, queue: str, limit: int) -> list[Dead]:
        """What lies in the dead-letter queue, with the broker's reason."""
        found: list[Dead] = []
        while len(found) < limit and (raw := await self._get(dead(queue))) is not None:
            died: Any = raw.headers.get("x-death") or [{}]
            reason = str(died[0].get("reason", "undeliverable"))
            what = Report.EXPIRATION if reason == "expired" else Report.EXCEPTION
            try:
                message = read(_properties(raw)._replace(expiration=None), raw.body, user=raw.user_id or "")
            except (NotWellFormed, TooLarge) as problem:
                message, reason = Message(raw.message_id or "?", b""), problem.text
            found.append(Dead(queue, message, what, reason, raw))
        return found

    async def bury(self, dead: Dead) -> None:
        """Acknowledge in the dead-letter queue."""
        await self._settled(dead.token.ack())

    async def depth(self, queue: str) -> int:
        """Messages that wait, as the broker counts them."""
        channel = await self._open()
        try:
            found = await channel.declare_queue(queue, passive=True, timeout=TIMEOUT)
        except ChannelClosed as problem:
            self._channel = None
            raise PartnerRefused(f"There is no queue {queue}.") from problem
        except _LOST as problem:
            raise self._lost(problem) from problem
        return int(found.declaration_result.message_count or 0)

    async def close(self) -> None:
        """Hang up."""
        if self._closing is not None:
            await self._closing
        if self._connection is not None:
            await _hang_up(self._connection)

    # --- inside

    async def _open(self) -> AbstractChannel:
        async with self._opening:
            try:
                if self._connection is None or self._connection.is_closed:
                    self._connection = await aio_pika.connect(self._address, timeout=TIMEOUT)
                if self._channel is None or self._channel.is_closed:
                    channel = self._connection.channel(publisher_confirms=True, on_return_raises=True)
                    await asyncio.wait_for(channel.initialize(), TIMEOUT)
                    self._channel = channel
            except _LOST as problem:
                raise self._lost(problem) from problem
            return self._channel

    async def _reader(self, queue: str) -> AbstractChannel:
        await self._open()
        channel = self._reading.get(queue)
        if channel is None or channel.is_closed:
            assert self._connection is not None
            channel = self._reading[queue] = self._connection.channel(publisher_confirms=False)
            await asyncio.wait_for(channel.initialize(), TIMEOUT)
        return channel

    async def _queue(self, channel: AbstractChannel, name: str) -> AbstractQueue:
        return await channel.get_queue(name, ensure=False)

    async def _settled(self, settling: Awaitable[T]) -> None:
        try:
            await settling
        except _LOST as problem:  # the broker gives it out again; whoever took it knows it by its identification
            raise self._lost(problem) from problem

    def _lost(self, problem: BaseException) -> PartnerUnreachable:
        connection, self._connection, self._channel = self._connection, None, None
        self._reading = {}
        if connection is not None:
            self._closing = asyncio.ensure_future(_hang_up(connection))
        return PartnerUnreachable(f"The broker does not answer: {type(problem).__name__}.")

    def _sent(self, raw: AbstractIncomingMessage) -> int:
        """From when a time to live counts: when it was put, or now where nobody says."""
        return int(raw.timestamp.timestamp()) * SECOND if raw.timestamp else self._clock.now()


async def _hang_up(connection: AbstractConnection) -> None:
    with contextlib.suppress(*_LOST):
        await asyncio.wait_for(connection.close(), TIMEOUT)


def _amqp(properties: Properties, body: bytes) -> aio_pika.Message:
    return aio_pika.Message(
        body,
        headers=properties.headers,
        message_id=properties.message_id,
        correlation_id=properties.correlation_id or None,
        reply_to=properties.reply_to or None,
        priority=properties.priority,
        expiration=properties.expiration / 1000 if properties.expiration is not None else None,
        type=properties.type or None,
        delivery_mode=aio_pika.DeliveryMode.PERSISTENT,
    )


def _properties(raw: AbstractIncomingMessage) -> Properties:
    expiration = raw.expiration
    lives = None if expiration is None else int(float(str(expiration)) * 1000)
    return Properties(
        raw.message_id or "", raw.correlation_id or "", raw.reply_to or "", raw.priority or 0, lives, raw.type or "",
        dict(raw.headers or {}),
    )  # fmt: skip
