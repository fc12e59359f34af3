"""Letting somebody into the pages from the command line: who may write the data folder of a node for development."""

from __future__ import annotations

from pathlib import Path

import msgspec

from douane.assembly.pages.inviting import sites_of
from douane.assembly.pages.proving import address, invitation, tickets_in
from douane.assembly.pages.sites import FOLDER, SITES, WHERE
from douane.channels.browser.safety import local
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.identity.sessions import Sessions
from douane.portal.start import Persona
from douane.supervision.operating.reading import note_command
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.persons import BY_CLIENT
from douane.vocabulary.errors import DeclarationFault, NotFound


def address_of(settings: NodeSettings, client: str, to: str) -> str:
    """A link that lets a client in once, within ten minutes. Raises DeclarationFault, NotFound; it is audited first."""
    identity = DevelopmentIdentity(settings.identity_folder)
    if not identity.development:
        raise DeclarationFault(
            f"{settings.identity_folder} is no development identity: people sign in there by UUM&DS.",
            remedy="Name the data folder of a node for development: --data DIR.",
        )
    sites = sites_of(settings)
    found = identity.load_register().client(client)
    platform = next((each for each in SITES if found is not None and each.admits(found.kind)), None)
    if found is None or platform is None:
        raise NotFound(f"{client[:60]!r} enters by no pages.", remedy="Name a trader, an officer or the Commission's.")
    note_command(settings, "enter", client)
    sessions = Sessions(settings.data / FOLDER, now=SystemClock().now, random=SystemIds().random)
    return invitation(sessions, sites[SITES[platform]], client, platform, local(to), "command line")


def sign_in_at(data: Path, persona: Persona, to: str) -> str:
    """Where one signs in to the pages of another node of this union, as a person of the demonstration.

    data: the folder of that node, which only its user may write. Raises StoreUnavailable.
    """
    sites = msgspec.json.decode((data / WHERE).read_bytes(), type=dict[str, str])
    person = BY_CLIENT[persona.client]
    ticket = tickets_in(data / FOLDER, SystemIds().random, SystemClock().now).give(person.account)
    return address(sites["signin"], person, ticket, SITES[persona.platform], to)
