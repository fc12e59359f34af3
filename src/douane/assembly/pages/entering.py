"""Letting somebody into the pages from the command line: who may write the data folder of a node for development."""

from __future__ import annotations

import msgspec

from douane.assembly.pages.serving import FOLDER, SITES, WHERE, invitation
from douane.assembly.reading import note_command
from douane.channels.browser.safety import local
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.identity.sessions import Sessions
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DeclarationFault, NotFound


def address_of(settings: NodeSettings, client: str, to: str) -> str:
    """A link that lets a client in once, within ten minutes. Raises DeclarationFault, NotFound; it is audited first."""
    identity = DevelopmentIdentity(settings.identity_folder)
    if not identity.development:
        raise DeclarationFault(
            f"{settings.identity_folder} is no development identity: people sign in there by UUM&DS.",
            remedy="Name the data folder of a node for development: --data DIR.",
        )
    try:
        sites = msgspec.json.decode((settings.data / WHERE).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        raise DeclarationFault(
            f"No node with pages has run on {settings.data}.", remedy="Start it with [pages] in its settings."
        ) from None
    found = identity.load_register().client(client)
    platform = next((each for each in SITES if found is not None and each.admits(found.kind)), None)
    if found is None or platform is None:
        raise NotFound(f"{client[:60]!r} enters by no pages.", remedy="Name a trader, an officer or the Commission's.")
    note_command(settings, "enter", client)
    sessions = Sessions(settings.data / FOLDER, now=SystemClock().now, random=SystemIds().random)
    return invitation(sessions, sites[SITES[platform]], client, platform, local(to), "command line")
