"""A second authority for clients, beside the one of the development identity: what a roll-over brings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import Path

from douane.identity.authorities import (
    Credential,
    Period,
    Revocation,
    create_issuer,
    issue_client,
    issue_revocations,
    issue_server,
    read_credential,
)
from douane.identity.certificates import thumbprint_of
from douane.identity.register import Client, Register
from douane.model.circles import Circle
from douane.trust.development_identity import DevelopmentIdentity


def period(days: int = 30) -> Period:
    """From just before now."""
    return Period.days(dt.datetime.now(dt.UTC), days)


def credential(identity: DevelopmentIdentity, name: str) -> Credential:
    """An authority of a development identity, with its key."""
    return read_credential(
        (identity.folder / f"{name}.pem").read_bytes(), (identity.authorities / f"{name}.key").read_bytes()
    )


@dataclass(frozen=True)
class Second:
    """The next authority of the untrusted circle."""

    identity: DevelopmentIdentity
    issuer: Credential

    @classmethod
    def of(cls, identity: DevelopmentIdentity, name: str = "Second untrusted") -> Second:
        """Made, and not yet known to anybody."""
        return cls(identity, create_issuer(name, root=credential(identity, "root"), period=period(), serial=7701))

    def introduce(self) -> None:
        """Let the node know it, beside the first one."""
        path = self.identity.authority(Circle.UNTRUSTED)
        path.write_bytes(path.read_bytes() + self.issuer.certificate_pem())

    def card(self, client: str, serial: int = 7711) -> Credential:
        """A certificate of it for a client of the register, beside those that it has; its files: ``second.CLIENT``."""
        made = issue_client(client, issuer=self.issuer, period=period(), serial=serial)
        files = self.identity.client(f"second.{client}")
        files.certificate.write_bytes(made.certificate_pem())
        files.key.write_bytes(made.key_pem())
        known = found(self.identity, client).certificates
        registered(self.identity, client, certificates=(*known, thumbprint_of(made.certificate)))
        return made

    def listed(self, folder: Path, *serials: int, number: int = 50) -> str:
        """Its list in a file, for the command that loads it."""
        path, now = folder / f"second-{number}.pem", dt.datetime.now(dt.UTC)
        entries = [Revocation(serial, now) for serial in serials]
        path.write_bytes(issue_revocations(entries, issuer=self.issuer, period=period(), number=number))
        return str(path)


def found(identity: DevelopmentIdentity, client: str) -> Client:
    """A client of the register."""
    known = identity.load_register().client(client)
    assert known is not None
    return known


def registered(identity: DevelopmentIdentity, client: str, **change: object) -> None:
    """Change what the register says of a client, in one step."""
    clients = [replace(c, **change) if c.id == client else c for c in identity.load_register()]  # type: ignore[arg-type]  # fields by name
    made = identity.register.with_suffix(".new")
    made.write_text(Register(clients).toml())
    made.rename(identity.register)


def new_server(identity: DevelopmentIdentity) -> Credential:
    """Another certificate for the listeners; not yet in its place."""
    return issue_server(["localhost", "127.0.0.1"], issuer=credential(identity, "servers"), period=period(), serial=991)
