"""What pushes final data from a node that keeps it: the same answers as to who asks, each in the follower's name."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from douane.central_repository.data_sets import holding
from douane.central_repository.feeding import Feeding, Following
from douane.central_repository.pushed import Answered
from douane.configuration.partners import webhook_key
from douane.configuration.ports import SystemIds
from douane.configuration.supplies import supplier_of, supply_of
from douane.model.caller import OFFICE_OF, Caller, relayed
from douane.model.circles import ActorKind
from douane.model.needs import FEEDS
from douane.platforms.speed2.agreements import Agreements
from douane.runtime.catalogue.catalogue import UNION
from douane.runtime.delivery.lanes import Trouble
from douane.runtime.door.link import CoreEnd, Question
from douane.runtime.store.ports import Clock
from douane.runtime.store.queries import View
from douane.standards.json.bounds import decode
from douane.supervision.telemetry import Telemetry
from douane.vocabulary.errors import DeclarationFault, PartnerUnreachable
from douane.vocabulary.feeds import Feed

if TYPE_CHECKING:
    from douane.channels.webhook.pushing import Pushing

CHANNEL: Final = "feed"
LARGEST: Final = 64 * 1024
"""Octets of an answer: 1,024 sources at most."""
_SAID: Final = 200


class WebhookWay:
    """Pushes by webhook, made at the first feed: few nodes have one. agreements: whose networks may be reached."""

    def __init__(self, data: Path, trust: Path, clock: Clock, agreements: Callable[[], Agreements]) -> None:
        self._data, self._trust, self._clock, self._agreements = data, trust, clock, agreements
        self._made: Pushing | None = None
        self._count = 0

    async def offer(self, feed: Feed, order: str, body: bytes) -> Answered:
        """What a replica answers. Raises PartnerUnreachable."""
        agreement = self._agreements().get(f"{OFFICE_OF}{feed.subscriber}")
        self._count += 1
        headers = {
            "content-type": "application/json", "douane-message": SystemIds().random(16).hex(),
            "douane-type": f"final-data.{order}", "douane-sequence": str(self._count),
        }  # fmt: skip
        try:
            answer = await self._pushing().post(
                feed.address, agreement.networks if agreement is not None else (), headers,
                body, most=LARGEST,
            )  # fmt: skip
        except DeclarationFault as problem:
            raise PartnerUnreachable(f"{problem.text} {problem.remedy}") from problem
        if answer.status != 200:
            said = answer.body[:_SAID].decode(errors="replace")
            raise PartnerUnreachable(f"The replica of {feed.subscriber} answers {answer.status} {said}".rstrip())
        try:
            return decode(answer.body, Answered)
        except msgspec.MsgspecError as problem:
            raise PartnerUnreachable(f"The replica of {feed.subscriber} answers with something else.") from problem

    async def close(self) -> None:
        """Close the connections, where there are any."""
        made, self._made = self._made, None
        if made is not None:
            await made.close()

    def _pushing(self) -> Pushing:
        if self._made is None:
            from douane.channels.webhook.pushing import Pushing

            context = ssl.create_default_context()
            context.load_verify_locations(cafile=str(self._trust))
            self._made = Pushing(webhook_key(self._data, SystemIds().random), self._clock, context)
        return self._made


def feeding_of(
    data: Path, trust: Path, core: CoreEnd, view: Callable[..., View], agreements: Callable[[], Agreements],
    telemetry: Telemetry,
) -> Feeding:  # fmt: skip
    """What pushes the feeds that are kept here. trust: the root of the node's own authorities."""
    way = WebhookWay(data, trust, core.clock, agreements)
    listed, service = supply_of(FEEDS), supplier_of(FEEDS)

    def feeds() -> Sequence[Feed]:
        return listed(view(UNION)) if listed is not None else ()

    def positions(feed: Feed) -> Sequence[int]:
        found = holding(view(UNION, caller=_follower(feed)), feed.data_set, feed.view)
        return [source.state().position for _, source in sorted(found.items())]

    def ask(operation: str, feed: Feed, question: Mapping[str, object]) -> Any:
        qualified = f"{service}.{operation}"
        request: Any = msgspec.convert(
            {"data_set": feed.data_set, "view": feed.view, **question}, core.catalogue.operation(qualified).request
        )
        return core.answer(Question(qualified, UNION, _follower(feed), frozenset(), request))

    def failed(following: Following) -> None:
        telemetry.undelivered(Trouble(CHANNEL, 0, following.failures, lane=_lane(following.feed)))

    def worked(following: Following) -> None:
        telemetry.carried_again(_lane(following.feed), following.failures)

    return Feeding(feeds, positions, ask, way, failed, worked, telemetry.failed)


def _follower(feed: Feed) -> Caller:
    """In whose name the node asks itself, so that a feed holds what he may have, and his reads are evidenced."""
    kind = ActorKind.COMMISSION if feed.subscriber == UNION else ActorKind.MEMBER_STATE
    return relayed(kind, feed.subscriber, via=UNION)


def _lane(feed: Feed) -> str:
    return f"{CHANNEL}:{OFFICE_OF}{feed.subscriber}"
