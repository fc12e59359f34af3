"""Identity providers as data, what is asked of them, and what they state: the same whatever a provider speaks."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from douane.vocabulary.errors import DeclarationFault

SECOND: Final = 1_000_000
SKEW: Final = 60
"""Seconds by which a provider's clock and ours may differ."""
OPEN: Final = 600 * SECOND
"""For how long a sign-in may take at the provider (microseconds)."""
AGAIN: Final = "Sign in again, from the beginning."


class MemberStateType(enum.Enum):
    """How much of identity and access a Member State runs itself."""

    IDENTITY = "A"  # authenticates persons
    AUTHORISATION = "B"  # also says what they may do
    DELEGATION = "C"  # also who acts for whom
    CENTRAL = "D"  # nothing: its persons have an account with the Commission


STATING: Final = (MemberStateType.AUTHORISATION, MemberStateType.DELEGATION)
"""Types of Member States whose provider may state what a person may do."""


@dataclass(frozen=True, slots=True)
class SamlTerms:
    """What is agreed with a provider that speaks SAML 2.0.

    metadata: the file with its metadata. signer: a file with the certificate by which that is signed, where it must be.
    person: the attribute by which a person is known; the name that the assertion gives him where it is empty. level:
    the least assurance that is asked for; any where it is empty. metadata_sha256, signer_sha256: the digests of the
    files, in hexadecimal; empty where none is stated.
    """

    metadata: Path
    signer: Path | None = None
    person: str = ""
    level: str = ""
    metadata_sha256: str = ""
    signer_sha256: str = ""

    def read(self, *, held: bool) -> tuple[bytes, bytes]:
        """The octets of the metadata and of the signer's certificate, empty without one.

        held: in production, where two persons answer for them: a signer holds by its digest, metadata by the signature
        of such a signer or by its own digest. Raises OSError, DeclarationFault.
        """
        signer = _read(self.signer, self.signer_sha256, must=held) if self.signer is not None else b""
        return _read(self.metadata, self.metadata_sha256, must=held and self.signer is None), signer


def _read(path: Path, digest: str, *, must: bool) -> bytes:
    octets = path.read_bytes()
    found = hashlib.sha256(octets).hexdigest()
    if digest != found if digest else must:
        raise DeclarationFault(
            f"{path.name} holds for no provider: its digest is not the one that its entry states.",
            remedy=f"Its SHA-256 is {found}: where that is what was agreed, propose an entry that states it.",
        )
    return octets


@dataclass(frozen=True, slots=True)
class Provider:
    """A national identity provider. ``country``: whose persons it knows. ``secret``: ours, at its token endpoint.

    saml: how it is spoken with, where it does not speak OpenID Connect; ``issuer`` is its entity then. role_claim,
    roles: of a provider of type B or C, in which claim or attribute it states what a person may do, and what each value
    means here.
    """

    country: str
    title: str
    issuer: str
    client_id: str = ""
    secret: str = field(default="", repr=False)
    type: MemberStateType = MemberStateType.IDENTITY
    saml: SamlTerms | None = None
    role_claim: str = ""
    roles: tuple[tuple[str, str], ...] = ()

    def stated(self, said: object) -> tuple[str, ...] | None:
        """The business profiles that a claim of this provider means, by the administration's own table; what stands in
        no row means nothing. None where it states none: then the register of accounts says all."""
        if not self.roles or self.type not in STATING:
            return None
        values = said if isinstance(said, list) else [said]
        return tuple(sorted({role for name, role in self.roles if name in values}))


class Wish(msgspec.Struct, frozen=True):
    """What a person asked for before he was sent to the provider.

    actor: as what he comes (``signing_in.Actor``). identifier, acting_for: EORI numbers. site, to: where he goes after.
    fresh: whether he is to prove anew who he is, whatever the provider remembers of him.
    """

    actor: str
    country: str
    identifier: str = ""
    acting_for: str = ""
    site: str = ""
    to: str = "/"
    fresh: bool = False


class Statement(msgspec.Struct, frozen=True):
    """What a provider says of somebody who signed in: who he is there, and when he proved it (seconds, UTC).

    roles: the business profiles that it states; None where it states none.
    """

    subject: str
    auth_time: int = 0
    acr: str = ""
    roles: tuple[str, ...] | None = None
