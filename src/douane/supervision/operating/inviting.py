"""Inviting a person of a country without a provider to make a passkey: who makes it is that person from then on.

Invariants. (1) Two persons answer for an invitation: before they agreed its link is worth nothing. (2) What they agree
with names the person and the digest of the secret in the link; the secret is kept nowhere. (3) A link holds once, for a
day from when they agreed; the same act again makes no second one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from douane.configuration.ports import SystemIds
from douane.identity.federating.central import PASSING, Invitation, invite, uses
from douane.identity.federating.providers import MemberStateType
from douane.identity.kept import Kept
from douane.runtime.core.commands import Act
from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.decided import proposals
from douane.runtime.store.ports import Reader
from douane.supervision.operating.beside import Doing
from douane.supervision.operating.declared import INVITE
from douane.supervision.operating.outcome import Asked, Outcome
from douane.supervision.operating.two_persons import Drawn
from douane.trust.providers import PROVIDERS, read_providers
from douane.vocabulary.errors import BadRequest, Elsewhere, NotFound

INVITED: Final = "invited"
_ABOUT: Final = re.compile(r"([A-Z]{2})/(\S{1,120}) ([0-9a-f]{64})")


def invitation_of(country: str, subject: str, digest: str) -> str:
    """What an act of inviting is about. digest: of the secret in the link. Raises BadRequest."""
    found = f"{country}/{subject} {digest}"
    if not _ABOUT.fullmatch(found):
        raise BadRequest(f"{found[:80]!r} names nobody who could be invited.", remedy="Name a country and a person.")
    return found


@dataclass(frozen=True, slots=True)
class Inviting:
    """Does it in one process of a node. data, identity: its folders."""

    node: Node
    reader: Reader
    data: Path
    identity: Path

    def acts(self) -> Mapping[str, Doing]:
        """The act with what does it."""
        return {INVITE: self._invite}

    def drawing(self) -> Mapping[str, Callable[[Asked], Drawn]]:
        """What it would do."""
        return {INVITE: self._draw}

    def _draw(self, asked: Asked) -> Drawn:
        country, subject, digest = self._read(asked)
        sentences = (
            f"Whoever holds the link with the digest {digest} makes a passkey, and is {subject} of {country} by it.",
            "The link holds once, for a day.",
        )
        return Drawn(f"{INVITE} {country}/{subject}", sentences, self._own_position())

    async def _invite(self, asked: Asked, _act: Act) -> Outcome:
        """Let the link hold that two persons agreed with."""
        country, subject, digest = self._read(asked)
        partitions = [owner.partition for owner in self.node.owners]
        agreed = proposals(self.reader, partitions).get(f"{INVITE} {country}/{subject}")
        if agreed is None or not agreed.over or agreed.on != asked.on or not agreed.second:
            raise NotFound("Two persons did not agree with this.", remedy="Propose it anew, and let another agree.")
        random = SystemIds().random
        invitation = Invitation(country, subject, agreed.at)
        if not uses(Kept(self.identity, random), invitation):
            invite(Kept(self.data / PASSING, random), digest, invitation)
        return Outcome(INVITED, f"{subject} of {country} makes a passkey by the link, within a day")

    def _read(self, asked: Asked) -> tuple[str, str, str]:
        """Country, person, and digest of the secret. Raises BadRequest, NotFound."""
        found = _ABOUT.fullmatch(asked.on)
        if found is None:
            raise BadRequest("This names nobody who could be invited.", remedy="Use douane passkey invite.")
        country, subject, digest = found.groups()
        provider = read_providers(self.identity / PROVIDERS).get(country)
        if provider is None or provider.type is not MemberStateType.CENTRAL:
            raise NotFound(
                f"{country} is no country of type D: its persons sign in at its own provider.",
                remedy=f'State it in {PROVIDERS} with type = "D".',
            )
        return country, subject, digest

    def _own_position(self) -> int:
        ours = next((owner.partition for owner in self.node.owners if not owner.ended), None)
        if ours is None:
            raise Elsewhere(self.node.owners[0].partition)
        return keys.log_position(ours, 0)
