"""Partner agreements of a node: read from its file, and what they ask of lanes and doors.

What signs and pushes is loaded only where an agreement asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from douane.configuration.absences import Absences
from douane.configuration.keys import secret
from douane.platforms.speed2.agreements import Agreements, Protocol, read
from douane.runtime.core.route import ADMINISTRATION
from douane.runtime.delivery.lanes import Terms
from douane.runtime.store.ports import Clock, Instant
from douane.vocabulary.errors import DeclarationFault

if TYPE_CHECKING:
    from douane.channels.webhook.binding import Subscription, WebhookTransport
    from douane.channels.webhook.signing import WebhookKey

FILE: Final = "partners.toml"
KEY: Final = "webhook.key"


def agreements(data: Path) -> Agreements:
    """The agreements in a data folder; none where there is no file. Raises DeclarationFault that says what is wrong."""
    path = data / FILE
    return read(path.read_text(), str(path)) if path.exists() else Agreements()


def judged(found: Agreements, channels: Collection[str]) -> Agreements:
    """The same, where these channels carry all that they promise. Raises DeclarationFault."""
    for each in found:
        if each.protocol is not Protocol.INBOX and each.protocol not in channels:
            raise DeclarationFault(f"Nothing carries {each.protocol} to {each.party} in this process.",
                                   remedy="Start the node again, which opens that channel.")  # fmt: skip
    return found


def lane_for(found: Agreements, party: str, message: str) -> str:
    """The lane that pushes a message to a partner; empty when it collects."""
    agreement = found.get(party)
    return agreement.lane if agreement is not None and agreement.pushes(message) else ""


def webhook_key(data: Path, random: Callable[[int], bytes]) -> WebhookKey:
    """The key that signs this node's webhooks; made when it is missing."""
    from cryptography.hazmat.primitives.asymmetric import ed25519

    from douane.channels.webhook.signing import WebhookKey

    return WebhookKey(ed25519.Ed25519PrivateKey.from_private_bytes(secret(data / KEY, random)))


def webhooks(found: Agreements, data: Path, clock: Clock, random: Callable[[int], bytes]) -> WebhookTransport | None:
    """What carries webhooks; None where no agreement names one."""
    if all(each.protocol is not Protocol.WEBHOOK for each in found):
        return None
    from douane.channels.webhook.binding import WebhookTransport

    return WebhookTransport(subscriptions(found), webhook_key(data, random), clock)


def subscriptions(found: Agreements) -> list[Subscription]:
    """Where the messages of each partner with a webhook go."""
    from douane.channels.webhook.binding import Subscription

    return [Subscription(e.lane, e.address, e.networks) for e in found if e.protocol is Protocol.WEBHOOK]


def terms(found: Agreements, lanes: Mapping[str, str], absences: Absences) -> Mapping[str, Terms]:
    """When each lane may be tried. ``lanes``: those of administrations, which rest while these are out of service."""
    agreed = {each.lane: each.terms() for each in found if each.protocol is not Protocol.INBOX}
    named = {each.lane: each.party.removeprefix(ADMINISTRATION) for each in found if each.lane in agreed}
    resting = {}
    for lane, administration in {**named, **lanes}.items():
        own, absent = agreed.get(lane, Terms()), absences.rests(administration)
        resting[lane] = replace(own, rests=_both(own.rests, absent))
    return agreed | resting


def _both(one: Callable[[Instant], Instant], other: Callable[[Instant], Instant]) -> Callable[[Instant], Instant]:
    """The end of the later of two rests that hold now."""
    return lambda now: max(one(now), other(now))
