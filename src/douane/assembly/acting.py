"""What an operator may have done to a node, put together; and agreements that hold as their file says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from douane.assembly.doors import DoorMaker
from douane.configuration.partners import FILE as AGREEMENTS
from douane.configuration.partners import judged, subscriptions
from douane.configuration.payloads import payload_store
from douane.configuration.registry import Registry
from douane.configuration.retaining import Retaining
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import supply_of
from douane.model.needs import STORED_LISTS
from douane.platforms.speed2.agreements import Agreements, read
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lanes, Terms
from douane.runtime.store.ports import Reader, Transport
from douane.runtime.store.queries import View
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.beside import Beside
from douane.supervision.operating.inviting import Inviting
from douane.supervision.operating.taking_over import TakingOver
from douane.trust.following import Followed
from douane.trust.holding import Holding
from douane.trust.operators import operators_file
from douane.vocabulary.code_lists import CodeList

if TYPE_CHECKING:
    from douane.channels.webhook.binding import WebhookTransport


def acts_of(
    settings: NodeSettings, node: Node, reader: Reader, catalogue: Catalogue, retaining: Retaining,
    lanes_of: Callable[[], Lanes | None], told: Callable[[str], None] = lambda _act: None,
    reread: Callable[[], None] = lambda: None, holding: Holding | None = None,
) -> Acts:  # fmt: skip
    """Every act that there is, done in this process."""

    def channels() -> Mapping[str, Transport]:
        lanes = lanes_of()
        return lanes.transports if lanes is not None else {}

    first = node.owners[0].ports

    def view_of(administration: str) -> View:
        partitions = [owner.partition for owner in node.owners]
        return View(reader, administration, first.clock.now(), first.look, partitions=partitions,
                    statutory=first.statutory)  # fmt: skip

    def published(number: str) -> CodeList | None:
        load = supply_of(STORED_LISTS)
        found = load(view_of(UNION)).get(number) if load is not None else None
        return found() if found is not None else None

    beside = Beside(node, catalogue, retaining, settings.data, settings.identity_folder, channels, reread, published,
                    holding)  # fmt: skip
    taking_over = TakingOver(node, catalogue, settings.data, view_of, payload_store(settings))
    inviting = Inviting(node, reader, settings.data, settings.identity_folder)
    return Acts(node, reader, lanes_of, told, {**beside.acts(), **taking_over.acts(), **inviting.acts()},
                operators_file(settings, holding).read, {**beside.drawing(), **inviting.drawing()})  # fmt: skip


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

    holding = maker.known.holding
    load = holding.reading(data / AGREEMENTS, lambda text: judged(read(text, str(data / AGREEMENTS)), transports))
    maker.known.add(Followed(lambda: [data / AGREEMENTS, *holding.files], load, agree, "agreements"))
