"""The queues of a node: which carrier, whose queues, and the gateway between them and the core."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from douane.assembly.doors import DoorMaker
from douane.model.circles import ActorKind, Platform
from douane.platforms.ccn_csi.entry import QueueCallers
from douane.platforms.uumds.entry import Known
from douane.runtime.commands import Reported
from douane.runtime.link import CoreEnd, DirectLink
from douane.runtime.ports import Clock
from douane.runtime.queues import Queues
from douane.vocabulary.errors import DeclarationFault

if TYPE_CHECKING:
    from douane.channels.csi_queue.binding import QueueGateway, QueueTransport

SYSTEM: Final = "NCTS"
CENTRE: Final = "EU"


def open_queues(address: str, clock: Clock) -> Queues:
    """Queues behind an address: ``amqp://USER:SECRET@HOST/VHOST`` or ``embedded:PATH``."""
    scheme, _, rest = address.partition(":")
    if scheme in ("amqp", "amqps"):
        from douane.backends.rabbitmq.backend import RabbitQueues

        return RabbitQueues(address, clock)
    if scheme == "embedded" and rest:
        from douane.backends.sqlite.queues import EmbeddedQueues

        return EmbeddedQueues(Path(rest), clock)
    raise DeclarationFault(
        "The setting queues names no carrier.", remedy="Write amqp://USER:SECRET@HOST/VHOST or embedded:PATH."
    )


def gateway(
    maker: DoorMaker, end: CoreEnd, queues: Queues, command: Callable[[Reported], Awaitable[None]]
) -> tuple[QueueGateway, QueueTransport]:
    """What carries between the queues and the core of a node."""
    from douane.channels.csi_queue.binding import QueueGateway, QueueTransport, Stations

    users = maker.settings.queue_users
    stations = Stations(SYSTEM, CENTRE, sorted(set(users.values())))
    legacy = [service.name for service in maker.catalogue.services.values() if service.legacy_queue]
    door = maker.door(Platform.CCN_CSI, maker.gate(Platform.CCN_CSI, legacy), DirectLink(Platform.CCN_CSI, end))
    callers = QueueCallers(users, maker.known.value.register)
    made = QueueGateway(queues, stations, door, callers, command, maker.clock, maker.failed)

    def swap(known: Known) -> None:
        systems = {each.administration for each in known.register if each.kind is ActorKind.MEMBER_STATE}
        registered = {user: administration for user, administration in users.items() if administration in systems}
        made.callers = QueueCallers(registered, known.register)  # a user without a system is nobody from now on

    maker.known.follow(swap)
    return made, QueueTransport(queues, stations)
