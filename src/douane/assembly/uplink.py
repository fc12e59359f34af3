"""A national node's ear at CCN2: collects what waits for its administration and hands it to the own core.

Each message is acknowledged only after the own core holds it; one that comes twice gets its original receipt.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from douane.channels.rest.client import Identity, Partner
from douane.configuration.settings import Uplink
from douane.model.caller import OFFICE_OF, relayed
from douane.model.circles import ActorKind, Circle, Platform
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.node import Submit
from douane.runtime.core.refusing import faults_of, refusal_id, what_is_refused
from douane.runtime.store.envelope import Arrival, Envelope, RowKind, pack_faults
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import Clock
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DouaneError, NotFound, NotValid, PartnerFault, SenderFault

WAIT = 20.0
PAUSE = 1.0


def partner_by(route: Uplink) -> Partner:
    """The other end of a way that the settings name."""
    files = DevelopmentIdentity(route.identity)
    client = files.client(route.client)
    return Partner(route.url, Identity(client.certificate, client.key, files.root))


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
        digest = digest_of(body)
        envelope = Envelope(
            what, "", self._own, self._origin(item, refusal_id(item["message"], digest), ""),
            Content(Media.FAMILY, body, digest), pack_faults(faults_of(problem, what, self._catalogue.codes_for(body))),
        )  # fmt: skip
        with contextlib.suppress(NotValid):  # what it is answered with, kept or not
            await self._submit(Arrival(envelope))

    def _arrival(self, item: dict[str, Any]) -> Arrival:
        body = item["body"].encode()
        kind = self._catalogue.type_named(item["type"])
        json = item["media"] == "application/json"
        message = self._catalogue.read_json(kind, body) if json else self._catalogue.read_document(body)
        taken = self._catalogue.operation_for(type(message))
        operation = self._catalogue.operation(taken) if taken else None
        if operation is None and not self._catalogue.replies(type(message)):
            raise NotFound(f"Nobody takes {item['type'][:60]} here.", remedy="Ask the operator what is offered.")
        for_whom = self._catalogue.administration_of(operation, message) if operation is not None else self._own
        family = self._catalogue.family(type(message))
        envelope = Envelope(
            RowKind.MESSAGE, taken or item["type"], for_whom,
            self._origin(item, item["message"], family.correlation(message) if family else item["answers"]),
            Content(Media.JSON if json else Media.FAMILY, body, digest_of(body)),
        )  # fmt: skip
        return Arrival(envelope, message)

    def _origin(self, item: dict[str, Any], own_id: str, correlation: str) -> Origin:
        """How a message came to the centre, as the centre vouches for it: from a party that it passed it on for, else
        from the administration whose case there sent it."""
        kind = ActorKind(item["origin_kind"]) if item["origin_kind"] else ActorKind.MEMBER_STATE
        identifier = item["origin"].removeprefix(OFFICE_OF) if item["origin"] else item["administration"]
        caller = relayed(kind, identifier, via=UNION)
        platform = Platform.SPEED2 if caller.circle is Circle.UNTRUSTED else Platform.CCN2
        return Origin(caller, own_id, self._clock.now(), platform.value, "rest", correlation)
