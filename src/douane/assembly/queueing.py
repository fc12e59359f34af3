"""CCN/CSI at a node: its queues and folders, and the gateways between them and the core."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from douane.assembly.doors import DoorMaker
from douane.configuration.settings import NodeSettings
from douane.model.circles import Platform
from douane.model.declare import Service
from douane.platforms.ccn_csi.entry import FolderCallers, QueueCallers, systems_of
from douane.platforms.uumds.entry import Known
from douane.runtime.core.commands import Reported
from douane.runtime.door.door import Door
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.runtime.store.envelope import Delivery
from douane.runtime.store.ports import Clock
from douane.runtime.store.queues import Queues
from douane.vocabulary.errors import DeclarationFault

if TYPE_CHECKING:
    from douane.channels.csi_folder.binding import FolderGateway, FolderTransport, Station
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
    door = _door(maker, end)
    callers = QueueCallers(users, maker.known.value.register)
    largest = maker.settings.largest.csi_queue
    made = QueueGateway(queues, stations, door, callers, command, maker.clock, maker.failed, largest,
                        refused=_counting(maker, "csi_queue"))  # fmt: skip

    def swap(known: Known) -> None:
        systems = systems_of(known.register)
        registered = {user: administration for user, administration in users.items() if administration in systems}
        made.callers = QueueCallers(registered, known.register)  # a user without a system is nobody from now on

    maker.known.follow(swap)
    return made, QueueTransport(queues, stations, _notices(maker.catalogue.services.values()))


def _notices(services: Iterable[Service]) -> frozenset[str]:
    """The types of message that only services of notices exchange: they have a queue of their own."""
    types: dict[bool, set[str]] = {True: set(), False: set()}
    for service in services:
        used = (t for operation in service.operations for t in (operation.request, *operation.replies))
        types[service.admin_queue].update(each.__name__ for each in used)
    return frozenset(types[True] - types[False])


def stations(settings: NodeSettings) -> list[Station]:
    """The administrations that are reached by a folder, with what was agreed with each.

    Raises DeclarationFault for a form or repertoire that there is not.
    """
    from douane.channels.csi_folder.binding import station
    from douane.channels.csi_folder.translation import Agreed, Form
    from douane.standards.edifact.repertoires import REPERTOIRES

    found = []
    for code, route in sorted(settings.folders.items()):
        if route.form not in list(Form) or route.repertoire not in REPERTOIRES:
            raise DeclarationFault(
                f"The folder of {code} has the form {route.form!r} and the repertoire {route.repertoire!r}.",
                remedy=f"Write one of {', '.join(Form)}, and one of {', '.join(REPERTOIRES)}.",
            )
        agreed = Agreed(code, Form(route.form), REPERTOIRES[route.repertoire], frozenset(route.fixed))
        found.append(station(route.path, agreed, settings.largest.csi_folder))
    return found


def folder_transport(settings: NodeSettings, clock: Clock) -> FolderTransport:
    """What carries messages into the folders of administrations."""
    from douane.channels.csi_folder.binding import FolderTransport

    return FolderTransport(stations(settings), clock)


def folder_gateway(
    maker: DoorMaker, end: CoreEnd, command: Callable[[Reported], Awaitable[None]],
    delivery: Callable[[int], Delivery | None],
) -> FolderGateway:  # fmt: skip
    """What carries files from the folders of administrations into the core."""
    from douane.channels.csi_folder.binding import FolderGateway

    callers = FolderCallers(maker.known.value.register)
    made = FolderGateway(
        stations(maker.settings),
        _door(maker, end),
        callers,
        command,
        delivery,
        maker.clock,
        maker.failed,
        refused=_counting(maker, "csi_folder"),
    )

    def swap(known: Known) -> None:
        made.callers = FolderCallers(known.register)

    maker.known.follow(swap)
    return made


def _counting(maker: DoorMaker, channel: str) -> Callable[[str], None]:
    """Counts what a channel without HTTP refuses, by error code."""
    return lambda code: maker.answered(Platform.CCN_CSI.value, channel, code)


def _door(maker: DoorMaker, end: CoreEnd) -> Door:
    """The door of CCN/CSI: it carries the services that declare a legacy interface."""
    legacy = [service.name for service in maker.catalogue.services.values() if service.legacy_queue]
    return maker.door(Platform.CCN_CSI, maker.gate(Platform.CCN_CSI, legacy), DirectLink(Platform.CCN_CSI, end))
