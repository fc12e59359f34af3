"""A replica that is pushed to: its door, which takes what its centre's key signed, and the choice to be pushed to."""

from __future__ import annotations

import asyncio
from typing import Final
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.central_repository.pushed import Pushed
from douane.central_repository.replica.choosing import choose_feed, chosen_feeds
from douane.central_repository.replica.receiving import Receiving
from douane.central_repository.replica.replica import Replica
from douane.channels.webhook.signing import Signed, thumbprint, verify
from douane.configuration.ports import SystemIds
from douane.configuration.replica_settings import PushedTo, ReplicaSettings
from douane.model.routes import Opening, Route
from douane.operation.replicating import Say, centre_of
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.listener import Door, Listeners, ListenerSettings
from douane.shared_services.web.requests import Limits, Request, application, routes
from douane.vocabulary.errors import DeclarationFault, FeedBroken, NotWellFormed, PartnerRefused

_TRIES: Final = 50
_PAUSE: Final = 0.1
_LARGEST: Final = Limits(body=8 * 1024 * 1024)
"""A page ends behind 256 kB of contents; its last entry may go beyond, and JSON is longer than what it says."""


async def be_pushed_to(settings: ReplicaSettings, replica: Replica, ended: asyncio.Event, say: Say) -> None:
    """Take what is pushed until told to end. Raises FeedBroken where what the centre signed cannot be believed."""
    assert settings.pushed is not None
    receiving, stopped = Receiving(replica), asyncio.Event()
    door = _door(settings.pushed, receiving, stopped, say)
    listeners = Listeners([door], failed=lambda problem: say(f"The door failed: {type(problem).__name__}."))
    await listeners.start()
    try:
        say(f"Listening for {settings.pushed.address}.")
        waits = [asyncio.ensure_future(each.wait()) for each in (ended, stopped)]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for each in waits:
            each.cancel()
    finally:
        await listeners.stop()  # who pushed what is not believed has been told so by then
    if receiving.broken is not None:
        raise receiving.broken


def _door(to: PushedTo, receiving: Receiving, stopped: asyncio.Event, say: Say) -> Door:
    key = ed25519.Ed25519PublicKey.from_public_bytes(to.key)
    keys, path = {thumbprint(key): key}, urlsplit(to.address).path

    async def take(request: Request) -> Response:
        body = await request.body()
        verify(Signed("POST", to.address, dict(request.headers)), body, keys)
        try:
            pushed = msgspec.json.decode(body, type=Pushed)
        except (msgspec.MsgspecError, RecursionError) as problem:
            raise NotWellFormed(f"This is nothing that a feed pushes: {problem}") from None
        before = receiving.changed
        try:
            answered = receiving.take(pushed)
        except FeedBroken:
            stopped.set()
            raise
        if receiving.changed > before:
            say(f"{receiving.changed - before} entries changed: {pushed.data_set} ({pushed.view}).")
        return json_response(answered)

    route = Route("webhook", "POST", path, Opening.ANYBODY)  # only what the key of the centre signed is looked at
    listening = ListenerSettings(
        "feed", to.certificate, to.private_key, to.host, to.port, plain=to.address.startswith("http:")
    )
    return Door(listening, application(routes({route: take}), _LARGEST), routes=(route,))


async def follow(settings: ReplicaSettings, replica: Replica, *, end: bool = False) -> None:
    """Have every view of a replica pushed to its address, or no more.

    Raises DeclarationFault without an address, and PartnerRefused where the centre does not keep it so.
    """
    to = settings.pushed
    if to is None:
        raise DeclarationFault("The settings do not say where it is pushed to.",
                               remedy="Add [pushed]; docs/replication.md shows it.")  # fmt: skip
    address, wanted = "" if end else to.address, list(replica.views)
    async with centre_of(settings) as centre:
        for view in wanted:
            own = SystemIds().random(16).hex()  # what is chosen again is another choice
            await choose_feed(centre, to.follower, view, address, own)
        for _ in range(_TRIES):
            kept = await chosen_feeds(centre, to.follower)
            if all(kept.get(view, "") == address for view in wanted):
                return
            await asyncio.sleep(_PAUSE)
    raise PartnerRefused(f"The centre does not keep {'the end of ' if end else ''}the feeds of {to.follower}.",
                         remedy="FeedNotKept in the inbox of the administration says why.")  # fmt: skip
