"""Every route of every door, from the catalogue alone: what a node serves when it opens everything that it has."""

from __future__ import annotations

from typing import Final

from douane.assembly.link import LINKED
from douane.channels.as4 import binding as as4
from douane.channels.csi_folder import binding as csi_folder
from douane.channels.csi_queue import binding as csi_queue
from douane.channels.otlp import binding as otlp
from douane.channels.rest import binding as rest
from douane.channels.soap import binding as soap
from douane.identity.policy import OperationAccess
from douane.identity.surface import Surface
from douane.model.circles import Platform
from douane.model.routes import Opening, Route
from douane.platforms.operations import entry as operations
from douane.platforms.uumds import entry as uumds
from douane.runtime.catalogue.catalogue import Catalogue

LINK: Final = Route("link", "CONNECT", "link", Opening.DOOR)
"""Where the door of a platform reaches the core, when it is a process or a host of its own."""
CORE: Final = "core queue"
FOLDER: Final = "folder of an administration"


def surface(catalogue: Catalogue) -> Surface:
    """The routes of each platform, in the order in which its channels are asked."""
    declared = catalogue.operations.values()
    web = (*soap.routes(catalogue.elements.webs), *rest.routes(declared))
    with_as4 = (*web, *as4.routes(declared))
    inside = (*otlp.routes(declared), *with_as4)
    legacy = [o for o in declared if catalogue.services[o.service].legacy_queue]
    served: dict[Platform, tuple[Route, ...]] = {
        Platform.SPEED2: with_as4,
        Platform.CCN2: inside,
        Platform.CCN_CSI: (*csi_queue.routes(CORE, legacy), *csi_folder.routes(FOLDER, legacy)),
        Platform.CDCO: web,
        Platform.UUMDS: uumds.ROUTES,
        Platform.OPERATIONS: operations.ROUTES,
    }
    return {platform: (*routes, LINK) if platform in LINKED else routes for platform, routes in served.items()}


def accesses(catalogue: Catalogue) -> dict[str, OperationAccess]:
    """Every operation as the policy sees it."""
    return {
        o.qualified: OperationAccess(o.qualified, o.by, catalogue.services[o.service].legacy_queue)
        for o in catalogue.operations.values()
    }
