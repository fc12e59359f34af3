"""Letting somebody into the pages from the command line: who may write the data folder of a node for development."""

from __future__ import annotations

from pathlib import Path

import msgspec

from douane.assembly.pages.serving import FOLDER, SITES, WHERE, invitation
from douane.assembly.pages.signing_in import address, tickets_in
from douane.assembly.reading import note_command
from douane.channels.browser.safety import local
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.identity.federating.central import invite, withdraw
from douane.identity.federating.providers import MemberStateType
from douane.identity.kept import Kept
from douane.identity.sessions import Sessions
from douane.portal.start import Persona
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.persons import BY_CLIENT
from douane.trust.providers import PROVIDERS, read_providers
from douane.vocabulary.errors import DeclarationFault, NotFound


def address_of(settings: NodeSettings, client: str, to: str) -> str:
    """A link that lets a client in once, within ten minutes. Raises DeclarationFault, NotFound; it is audited first."""
    identity = DevelopmentIdentity(settings.identity_folder)
    if not identity.development:
        raise DeclarationFault(
            f"{settings.identity_folder} is no development identity: people sign in there by UUM&DS.",
            remedy="Name the data folder of a node for development: --data DIR.",
        )
    sites = _sites(settings)
    found = identity.load_register().client(client)
    platform = next((each for each in SITES if found is not None and each.admits(found.kind)), None)
    if found is None or platform is None:
        raise NotFound(f"{client[:60]!r} enters by no pages.", remedy="Name a trader, an officer or the Commission's.")
    note_command(settings, "enter", client)
    sessions = Sessions(settings.data / FOLDER, now=SystemClock().now, random=SystemIds().random)
    return invitation(sessions, sites[SITES[platform]], client, platform, local(to), "command line")


def invite_to_passkey(settings: NodeSettings, country: str, subject: str) -> tuple[str, str]:
    """The address of the sign-in pages, and an invitation to make a passkey. It is audited first.

    Raises DeclarationFault where the country has a provider of its own, or no node with pages has run.
    """
    sites = _sites(settings)
    provider = read_providers(settings.identity_folder / PROVIDERS).get(country)
    if provider is None or provider.type is not MemberStateType.CENTRAL:
        raise DeclarationFault(
            f"{country[:20]!r} is no country of type D: its persons sign in at its own provider.",
            remedy=f'State it in {PROVIDERS} with type = "D".',
        )
    note_command(settings, "passkey", subject)
    random = SystemIds().random
    return sites["signin"], invite(Kept(settings.data / FOLDER, random), country, subject, SystemClock().now())


def withdraw_passkeys(settings: NodeSettings, country: str, subject: str) -> int:
    """Take a person's passkeys away; how many there were. It is audited first."""
    note_command(settings, "passkey", subject)
    return withdraw(Kept(settings.identity_folder, SystemIds().random), country, subject)


def _sites(settings: NodeSettings) -> dict[str, str]:
    """Where each site of a node is. Raises DeclarationFault."""
    try:
        return msgspec.json.decode((settings.data / WHERE).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        raise DeclarationFault(
            f"No node with pages has run on {settings.data}.", remedy="Start it with [pages] in its settings."
        ) from None


def sign_in_at(data: Path, persona: Persona, to: str) -> str:
    """Where one signs in to the pages of another node of this union, as a person of the demonstration.

    data: the folder of that node, which only its user may write. Raises StoreUnavailable.
    """
    sites = msgspec.json.decode((data / WHERE).read_bytes(), type=dict[str, str])
    person = BY_CLIENT[persona.client]
    ticket = tickets_in(data / FOLDER, SystemIds().random, SystemClock().now).give(person.account)
    return address(sites["signin"], person, ticket, SITES[persona.platform], to)
