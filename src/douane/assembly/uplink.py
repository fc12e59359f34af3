"""A national node's ear at CCN2: collects what waits for its administration and hands it to the own core.

Each message is acknowledged only after the own core holds it; one that comes twice gets its original receipt.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
from typing import Any

from douane.channels.rest.client import Partner
from douane.model.circles import Circle, Platform
from douane.runtime.core.catalogue import UNION, Catalogue
from douane.runtime.core.node import Submit
from douane.runtime.core.refusing import faults_of, refusal_id, what_is_refused
from douane.runtime.core.route import ADMINISTRATION
from douane.runtime.store.envelope import Arrival, Envelope, Media, pack_faults
from douane.runtime.store.ports import Clock
from douane.vocabulary.errors import DouaneError, NotValid, PartnerFault, SenderFault

WAIT = 20.0
PAUSE = 1.0


class Connector:
    """Collects until cancelled."""

    def __init__(self, partner: Partner, catalogue: Catalogue, submit: Submit, clock: Clock, own: str = UNION) -> None:
        self._partner, self._catalogue, self._submit, self._clock = partner, catalogue, submit, clock
        self._own = own

    async def run(self) -> None:
        """Collect, hand over, acknowledge; wait while the centre is away."""
        cursor = ""
        while True:
            try:
                items, after = await self._partner.collect(cursor, WAIT)
                for item in items:
                    await self._take(item)
                cursor = after  # only now: where the line breaks in the middle of a page, the rest comes again
            except PartnerFault:
                await asyncio.sleep(PAUSE)

    async def _take(self, item: dict[str, Any]) -> None:
        """One message: into the own core, then acknowledged. What cannot be taken is kept too, and its sender told."""
        while True:
            try:
                try:
                    await self._submit(self._arrival(item))
                except SenderFault as problem:
                    await self._refuse(item, problem)
            except DouaneError:
                await asyncio.sleep(PAUSE)
            else:
                break
        await self._partner.acknowledge(item["id"])

    async def _refuse(self, item: dict[str, Any], problem: SenderFault) -> None:
        """Keep a message that is refused for good, to be answered by an error message where its family has one."""
        if item["media"] == "application/json" or not self._catalogue.answers_refusals:
            return
        body, what = item["body"].encode(), what_is_refused(problem)
        digest, sender = hashlib.sha256(body).digest(), item["origin"] or f"{ADMINISTRATION}{UNION}"
        circle, platform = _entered(sender)
        envelope = Envelope(
            refusal_id(item["message"], digest), sender, circle, platform, "rest", what, self._own, Media.FAMILY, body,
            digest, self._clock.now(), faults=pack_faults(faults_of(problem, what)),
        )  # fmt: skip
        with contextlib.suppress(NotValid):  # what it is answered with, kept or not
            await self._submit(Arrival(envelope))

    def _arrival(self, item: dict[str, Any]) -> Arrival:
        body = item["body"].encode()
        kind = self._catalogue.type_named(item["type"])
        json = item["media"] == "application/json"
        message = self._catalogue.read_json(kind, body) if json else self._catalogue.read_document(body)
        operation = self._catalogue.operation(self._catalogue.operation_for(type(message)))
        family = self._catalogue.family(type(message))
        sender = item["origin"] or (family.sender(message) if family else f"{ADMINISTRATION}{UNION}")
        circle, platform = _entered(sender)
        envelope = Envelope(
            item["message"], sender, circle, platform, "rest", operation.qualified,
            self._catalogue.administration_of(operation, message), Media.JSON if json else Media.FAMILY, body,
            hashlib.sha256(body).digest(), self._clock.now(),
            correlation=family.correlation(message) if family else item["answers"],
        )  # fmt: skip
        return Arrival(envelope, message)


def _entered(sender: str) -> tuple[str, str]:
    """The circle of a sender, and the platform where it entered the centre."""
    trusted = sender.startswith(ADMINISTRATION)
    return (Circle.TRUSTED if trusted else Circle.UNTRUSTED).value, (
        Platform.CCN2 if trusted else Platform.SPEED2
    ).value
