"""Access by CCN/CSI queues: as a program of an administration that knows nothing but queues."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from douane.runtime.store.queues import Queues
from douane.simulator.access.port import Answer, Delivered, refused
from douane.standards.csi.message import ALL_REPORTS, Message, Qos, Report, report
from douane.standards.csi.names import Address, Purpose
from douane.vocabulary.errors import PartnerUnreachable

PATIENCE = 60.0
"""Seconds until a report about an own message must have come."""


@dataclass
class QueueAccess:
    """A legacy system of one administration. ``user``: under which name its carrier knows it."""

    queues: Queues
    administration: str
    user: str
    identification: Callable[[], str]
    """A fresh identification for a message in the queue."""
    system: str = "NCTS"
    centre: str = "EU"
    channel: str = "CCN/CSI queue"
    _told: dict[str, Message] = field(default_factory=dict)

    async def send(self, body: bytes) -> Answer:
        """Put a message with every report asked for, and wait for what is reported about it."""
        id = self.identification()
        reports = self._queue(Purpose.REPORT)
        qos = Qos(reply_to=self._queue(), reports=ALL_REPORTS, report_to=reports, integrity=True)
        await self.queues.declare(reports)
        await self.queues.put(
            Address(Purpose.CORE, self.system, self.centre).queue, Message(id, body, "", qos, user=self.user)
        )
        told = await self._report_about(id)
        if told.report in (Report.COA, Report.COD):
            return Answer(202, {"id": id, "receipt": told.id})
        return refused(json.loads(told.body)) if told.body else refused({"detail": told.reason})

    async def _report_about(self, id: str) -> Message:
        end = asyncio.get_running_loop().time() + PATIENCE
        while id not in self._told:
            if asyncio.get_running_loop().time() > end:
                raise PartnerUnreachable(f"Nothing was reported about {id} within {PATIENCE:.0f} s.")
            for each in await self.queues.take(self._queue(Purpose.REPORT), 50, 1.0):
                self._told.setdefault(each.message.qos.correlation, each.message)
                await self.queues.delete(each)
        return self._told.pop(id)

    async def collect(self, wait: float) -> AsyncIterator[Delivered]:
        """Take what lies in the own queue; each is reported as delivered where its sender wants to know."""
        await self.queues.declare(self._queue())
        for each in await self.queues.take(self._queue(), 50, wait):
            about = each.message
            yield Delivered(about.id, about.type, about.id, about.qos.correlation, "", "", about.body.decode())
            if about.asks_for(Report.COD):
                await self.queues.put(about.qos.report_to, report(about, Report.COD, id=self.identification()))
            await self.queues.delete(each)

    async def close(self) -> None:
        """Let go of the carrier."""
        await self.queues.close()

    def _queue(self, purpose: Purpose = Purpose.CORE) -> str:
        return Address(purpose, self.system, self.administration).queue
