"""Inviting persons of a country that has no provider of its own to make a passkey, and taking passkeys away."""

from __future__ import annotations

import msgspec

from douane.assembly.pages.sites import FOLDER, WHERE
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.identity.federating.central import Invitation, invite, withdraw
from douane.identity.federating.providers import MemberStateType
from douane.identity.kept import Kept
from douane.supervision.operating.reading import note_command
from douane.trust.providers import PROVIDERS, read_providers
from douane.vocabulary.errors import DeclarationFault


def invite_alone(settings: NodeSettings, country: str, subject: str, digest: str) -> None:
    """Let a link hold by the word of whoever runs this, in development. digest: of the secret in it. Audited first.

    Raises DeclarationFault where the country has a provider of its own, and in production: two persons answer for it.
    """
    provider = read_providers(settings.identity_folder / PROVIDERS).get(country)
    if not settings.development:
        raise DeclarationFault("Two persons answer for an invitation.", remedy="Propose it: see docs/four-eyes.md.")
    if provider is None or provider.type is not MemberStateType.CENTRAL:
        raise DeclarationFault(
            f"{country[:20]!r} is no country of type D: its persons sign in at its own provider.",
            remedy=f'State it in {PROVIDERS} with type = "D".',
        )
    note_command(settings, "passkey", subject)
    kept = Kept(settings.data / FOLDER, SystemIds().random)
    invite(kept, digest, Invitation(country, subject, SystemClock().now()))


def withdraw_passkeys(settings: NodeSettings, country: str, subject: str) -> int:
    """Take a person's passkeys away; how many there were. It is audited first."""
    note_command(settings, "passkey", subject)
    return withdraw(Kept(settings.identity_folder, SystemIds().random), country, subject)


def sites_of(settings: NodeSettings) -> dict[str, str]:
    """Where each site of a node is: as its settings say, or in development as it last listened. DeclarationFault."""
    if settings.pages is not None and not settings.development:
        return dict(settings.pages.public)
    try:
        return msgspec.json.decode((settings.data / WHERE).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.MsgspecError):
        raise DeclarationFault(
            f"No node with pages has run on {settings.data}.", remedy="Start it with [pages] in its settings."
        ) from None
