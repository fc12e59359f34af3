"""What an operator may have done to a node, put together; and agreements that hold as their file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from douane.assembly.doors import DoorMaker
from douane.configuration.partners import FILE as AGREEMENTS
from douane.configuration.partners import carried, subscriptions
from douane.configuration.payloads import payload_store
from douane.configuration.registry import Registry
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.platforms.speed2.agreements import Agreements
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lanes, Terms
from douane.runtime.store.ports import Reader, Transport
from douane.runtime.store.queries import View
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.beside import Beside
from douane.supervision.operating.taking_over import TakingOver
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.following import Followed

if TYPE_CHECKING:
    from douane.channels.webhook.binding import WebhookTransport


def acts_of(
    settings: NodeSettings, node: Node, reader: Reader, catalogue: Catalogue, retaining: Retaining,
    lanes_of: Callable[[], Lanes | None], told: Callable[[str], None] = lambda _act: None,
    reread: Callable[[], None] = lambda: None,
) -> Acts:  # fmt: skip
    """Every act that there is, done in this process."""

    def channels() -> Mapping[str, Transport]:
        lanes = lanes_of()
        return lanes.transports if lanes is not None else {}

    register = DevelopmentIdentity(settings.identity_folder).register
    beside = Beside(node, catalogue, retaining, settings.data, register, channels, reread)
    first = node.owners[0].ports

    def view_of(administration: str) -> View:
        partitions = [owner.partition for owner in node.owners]
        return View(reader, administration, first.clock.now(), first.look, partitions=partitions,
                    statutory=first.statutory)  # fmt: skip

    taking_over = TakingOver(node, catalogue, settings.data, view_of, payload_store(settings))
    return Acts(node, reader, lanes_of, told, {**beside.acts(), **taking_over.acts()})


def follow_agreements(
    settings: NodeSettings, registry: Registry, maker: DoorMaker, lanes: Lanes | None,
    transports: Mapping[str, Transport], terms_of: Callable[[Agreements], Mapping[str, Terms]],
) -> None:  # fmt: skip
    """Let what is sent from now on go by the agreements as their file says, over the channels that are open.

    The doors of this process change in the same moment: what they let in by a file is answered by it.
    """
    data, webhook = settings.data, transports.get("webhook")

    def agree(found: Agreements) -> None:
        registry.agreements = found
        for gate in maker.agreed:
            gate.agreements = found
        if lanes is not None:
            lanes.agree(terms_of(found))
        if webhook is not None:
            cast("WebhookTransport", webhook).agree(subscriptions(found))

    maker.known.add(Followed(lambda: [data / AGREEMENTS], lambda: carried(data, transports), agree))
