"""Who provides what: which administrations this node keeps, and by which lane it reaches the others."""

from __future__ import annotations

from dataclasses import dataclass

from douane.configuration.partners import lane_for
from douane.configuration.settings import NodeSettings
from douane.platforms.speed2.agreements import Agreements
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.route import ADMINISTRATION

NONE = Agreements()
UPLINK = "rest:ccn2"
"""The lane of a national node towards the centre."""


def peer_lane(administration: str) -> str:
    """The lane towards an administration's own CCN2 door."""
    return f"rest:{administration}"


def queue_lane(administration: str) -> str:
    """The lane into the queues of an administration."""
    return f"csi_queue:{administration}"


def folder_lane(administration: str) -> str:
    """The lane into the folder of an administration."""
    return f"csi_folder:{administration}"


@dataclass(slots=True)
class Registry:
    """The runtime's router. An administration is kept here when the settings say so, or when nobody else keeps it.

    ``agreements`` may be replaced while it runs: what is sent from then on goes by them.
    """

    settings: NodeSettings
    catalogue: Catalogue
    agreements: Agreements = NONE

    def hosts(self, administration: str, operation: str) -> bool:
        """Whether this node provides an operation for an administration."""
        if operation not in self.catalogue.operations:
            return False
        own = self.settings.administrations
        if administration == UNION:
            return not own or UNION in own
        return administration in own if own else administration not in self.settings.elsewhere

    def operation_for(self, message: type) -> str:
        """The operation that takes a message type."""
        return self.catalogue.operation_for(message)

    def lane(self, party: str, message: str) -> str:
        """A national node sends everything to the centre; there partners get pushed what was agreed, others collect.

        An administration with a peer route gets its messages by that, whether the centre runs or not.
        """
        if party.startswith("feed:"):
            return ""
        if party.startswith(ADMINISTRATION) and party.removeprefix(ADMINISTRATION) in self.settings.peers:
            return peer_lane(party.removeprefix(ADMINISTRATION))
        if self.settings.traders == "here" and not party.startswith(ADMINISTRATION):
            return lane_for(self.agreements, party, message)
        if self.settings.uplink is not None:
            return UPLINK
        administration = party.removeprefix(ADMINISTRATION)
        if administration != party and administration in self.settings.folders:
            return folder_lane(administration)
        if administration != party and administration in self.settings.queue_users.values():
            return queue_lane(administration)
        return lane_for(self.agreements, party, message)


def lanes_of_administrations(settings: NodeSettings) -> dict[str, str]:
    """The administration behind each lane that leads to one."""
    queues = {queue_lane(each): each for each in settings.queue_users.values()}
    folders = {folder_lane(each): each for each in settings.folders}
    return queues | folders | {peer_lane(each): each for each in settings.peers}
