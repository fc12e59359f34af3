"""Identity providers as an operator names them: ``providers.toml`` of the identity folder."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from douane.identity.federating.central import ISSUER
from douane.identity.federating.providers import STATING, MemberStateType, Provider, SamlTerms
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.four_eyes import DIGEST

PROVIDERS: Final = "providers.toml"


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    country: str
    title: str
    issuer: str = ""
    client_id: str = ""
    secret: str = ""
    type: MemberStateType = MemberStateType.IDENTITY
    protocol: Literal["oidc", "saml"] = "oidc"
    metadata: str = ""
    metadata_signer: str = ""
    metadata_sha256: Annotated[str, Meta(pattern=DIGEST)] = ""
    metadata_signer_sha256: Annotated[str, Meta(pattern=DIGEST)] = ""
    person: str = ""
    level: str = ""
    role_claim: str = ""
    roles: dict[str, str] = {}

    def provider(self, folder: Path) -> Provider:
        """The provider. ``folder``: where its files are. Raises DeclarationFault for what its protocol lacks."""
        if self.type is MemberStateType.CENTRAL:
            if self.issuer or self.client_id or self.secret or self.metadata:
                raise DeclarationFault(f"A country of type D has no provider of its own: {self.country}.",
                                       remedy="State country and title alone.")  # fmt: skip
            return Provider(self.country, self.title, ISSUER, type=self.type)
        saml = self.protocol == "saml"
        if not self.issuer or bool(self.metadata) is not saml or bool(self.client_id and self.secret) is saml:
            raise DeclarationFault(
                f"The provider of {self.country} lacks what {self.protocol} needs, or has what only another one needs.",
                remedy="State client_id and secret for oidc, metadata for saml. See docs/sign-in.md.",
            )
        if bool(self.roles) is not bool(self.role_claim) or (self.roles and self.type not in STATING):
            raise DeclarationFault(
                f"The provider of {self.country} cannot state roles as its entry says.",
                remedy="State role_claim and roles together, of a provider of type B or C.",
            )
        signer = folder / self.metadata_signer if self.metadata_signer else None
        terms = SamlTerms(
            folder / self.metadata, signer, self.person, self.level, self.metadata_sha256, self.metadata_signer_sha256
        ) if saml else None  # fmt: skip
        return Provider(
            self.country, self.title, self.issuer, self.client_id, self.secret, self.type, terms, self.role_claim,
            tuple(sorted(self.roles.items())),
        )  # fmt: skip


class _Document(msgspec.Struct, forbid_unknown_fields=True):
    provider: tuple[_Entry, ...] = ()


def read_providers(path: Path) -> dict[str, Provider]:
    """The providers that a file names, by country; none without it. Raises DeclarationFault."""
    return parse(path.read_text("utf-8"), path.parent, str(path)) if path.exists() else {}


def parse(text: str, folder: Path, where: str = "The file of providers") -> dict[str, Provider]:
    """The providers of a text, by country. ``folder``: where the files are that it names. Raises DeclarationFault."""
    try:
        document = msgspec.convert(tomllib.loads(text), _Document)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise DeclarationFault(f"{where} cannot be read: {problem}.", remedy="See docs/sign-in.md.") from problem
    return {each.country: each.provider(folder) for each in document.provider}


def must_hold(provider: Provider) -> None:
    """Raise DeclarationFault where a file that a provider's entry names does not hold in production."""
    if provider.saml is None:
        return
    try:
        provider.saml.read(held=True)
    except OSError as problem:
        raise DeclarationFault(
            f"The provider of {provider.country} names a file that cannot be read: {problem.filename}.",
            remedy="Put it beside the file of providers first.",
        ) from problem
