"""What runs out: the certificates that a node shows and trusts, and the revocation lists that they are judged by."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography import x509

from douane.configuration.access_point import FOLDER as AS4
from douane.configuration.partners import KEY as WEBHOOKS
from douane.configuration.settings import NodeSettings
from douane.identity.certificates import moment, thumbprint_of
from douane.model.circles import ActorKind
from douane.runtime.store.ports import SECOND, Instant
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.revoking import Proof, vouching
from douane.vocabulary.errors import DouaneError

CERTIFICATE: Final = "certificate"
CLIENT: Final = "client"
LIST: Final = "list"
PARTNER: Final = "partner"
OWN: Final = frozenset({CERTIFICATE, LIST})
"""What the node itself shows or judges by; the others are for whom it belongs to to renew."""
NOTICE: Final = dt.timedelta(days=60)
"""How long before it runs out the certificate of a client is listed: a union has many."""
ASK: Final = "Ask the partner for the next one, put it beside it and start the node again"
LOAD: Final = "Load the next one: douane certificate load FILE"
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)
_LIST = re.compile(rb"-----BEGIN X509 CRL-----.+?-----END X509 CRL-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expiring:
    """What it is, until when it holds, and from when on where that is known.

    kind: CERTIFICATE, CLIENT, LIST or PARTNER. client: whose it is, of a client that is no person.
    """

    what: str
    until: dt.datetime
    remedy: str
    since: dt.datetime | None = None
    kind: str = CERTIFICATE
    client: str = ""


def calendar(settings: NodeSettings, now: Instant) -> list[Expiring]:
    """Everything that runs out of what a node goes by, the next first."""
    made = DevelopmentIdentity(settings.identity_folder)
    ways = [(each.identity, each.client) for each in settings.routes.values()]
    found = [*certificates(made, ways, shown_by(settings)), *clients(made, now), *lists(made, now)]
    return sorted([*found, *access_point(settings.data)], key=lambda each: each.until)


def shown_by(settings: NodeSettings) -> list[Path]:
    """The files of certificates that are shown besides those of the identity: that of the pages."""
    shown = settings.pages.certificate if settings.pages is not None else None
    return [shown] if shown is not None else []


def access_point(data: Path) -> Iterator[Expiring]:
    """What the AS4 access point signs and decrypts by, and the newest certificate of each of its partners."""
    for path in sorted((data / AS4 / "own").glob("*.pem")):
        yield from _listed(path, CERTIFICATE, "Put the next one beside it and start the node again")
    for folder in sorted((data / AS4 / "partners").glob("*")):
        theirs = [each for path in folder.glob("*.pem") for each in _listed(path, PARTNER, ASK)]
        if theirs:
            yield max(theirs, key=lambda each: each.until)


def _listed(path: Path, kind: str, remedy: str) -> Iterator[Expiring]:
    for pem in _CERTIFICATE.findall(_read(path))[:1]:  # the first of a chain is the own one
        yield _expiring(pem, path, kind, remedy)


def _expiring(pem: bytes, path: Path, kind: str, remedy: str) -> Expiring:
    found = x509.load_pem_x509_certificate(pem)
    what = f"The certificate of {found.subject.rfc4514_string()} ({path})"
    return Expiring(what, found.not_valid_after_utc, remedy, found.not_valid_before_utc, kind)


def key_files(settings: NodeSettings) -> dict[str, Path]:
    """The files of the keys that a node signs by, by kind; not each of them is there."""
    tokens = DevelopmentIdentity(settings.identity_folder).token_key
    return {"audit": settings.data / "audit.key", "tokens": tokens, "webhooks": settings.data / WEBHOOKS}


def certificates(
    made: DevelopmentIdentity, ways: Sequence[tuple[Path, str]], shown: Sequence[Path] = ()
) -> Iterator[Expiring]:  # fmt: skip
    """The listeners' chain, the authorities, the cards of links and of the ways to other nodes.

    ways: the identity folder and the name of the client as whom each other node is reached. shown: further chains.
    """
    paths = [made.root, made.server_certificate, *made.client_authorities]
    paths += sorted((made.folder / "clients").glob("link.*.pem"))
    paths += shown
    paths += [DevelopmentIdentity(folder).client(name).certificate for folder, name in ways]
    for path in dict.fromkeys(paths):
        for pem in _CERTIFICATE.findall(_read(path)):
            yield _expiring(pem, path, CERTIFICATE, "Have it renewed")


def clients(made: DevelopmentIdentity, now: Instant) -> Iterator[Expiring]:
    """The last certificates of registered systems that lie in the folder, where they run out within the notice."""
    try:
        register = made.load_register()
    except (DouaneError, OSError, ValueError):
        return  # the doctor says so, and doors go on by what they knew
    for path in sorted((made.folder / "clients").glob("*.pem")):
        client = register.client(path.stem)
        if client is None or client.person or client.kind is ActorKind.SERVICE:
            continue
        found = x509.load_pem_x509_certificate(path.read_bytes())
        if found.not_valid_after_utc - moment(now) < NOTICE and thumbprint_of(found) in client.certificates:
            remedy = f"Have it send a request: douane client renew {client.id} --csr FILE"
            yield Expiring(f"The certificate of client {client.id}", found.not_valid_after_utc, remedy,
                           found.not_valid_before_utc, CLIENT, client.id)  # fmt: skip


def held(made: DevelopmentIdentity) -> Iterator[tuple[str, str, dt.datetime]]:
    """Each registered client that is no person and of whom a certificate lies in the folder: its id, whose it is (an
    administration or a party), and until when it holds. Nothing where the register cannot be read."""
    try:
        register = made.load_register()
    except (DouaneError, OSError, ValueError):
        return
    for path in sorted((made.folder / "clients").glob("*.pem")):
        client = register.client(path.stem)
        if client is not None and not client.person:
            found = x509.load_pem_x509_certificate(path.read_bytes())
            if thumbprint_of(found) in client.certificates:
                yield client.id, client.party[1], found.not_valid_after_utc


def lists(made: DevelopmentIdentity, now: Instant) -> Iterator[Expiring]:
    """The revocation lists of the authorities that have one, and that of the root."""
    for each in vouching(made, now):
        if each.proof not in (Proof.MISSING, Proof.UNLISTED):
            yield Expiring(f"The revocation list of {each.name}", moment(each.until * SECOND), LOAD, kind=LIST)
    for pem in _LIST.findall(_read(made.root_revocations)):
        due = x509.load_pem_x509_crl(pem).next_update_utc
        if due is not None:
            yield Expiring(f"The list of the root ({made.root_revocations})", due, "Put the next one there", kind=LIST)


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
