"""The AS4 access point of a development node, and those of its partners, from the certificates of its identity.

A partner signs with the certificate that UUM&DS knows, and receives with the same one; the node with that of its doors.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from douane.channels.as4.binding import PATH, AccessPoint
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate, PrivateKeys
from douane.channels.as4.client import correspond, tls_context
from douane.configuration.access_point import FOLDER, access_point
from douane.configuration.ports import SystemClock, SystemIds
from douane.model.web_services import NAMESPACE
from douane.runtime.catalogue.catalogue import Catalogue
from douane.shared_services.payloads.files import FilePayloads
from douane.shared_services.web.listener import ListenerSettings
from douane.simulator.access.as4 import As4Access, As4Inbox
from douane.standards.xml.root import root_name
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DeclarationFault

PLATFORM = "customs"
CALLER = "commission.system"
"""Under whose certificate the node connects to access points of its partners."""
TYPE = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"


@dataclass(frozen=True, slots=True)
class As4Client:
    """A partner with an access point. party: its EORI, or ``NTA.BE``. client: its entry in the register of clients.

    address: where what is for it is pushed; empty where it pulls.
    """

    party: str
    client: str
    address: str = ""

    def entry(self) -> str:
        """Its entry in ``as4.toml``."""
        pushed = f'address = "{self.address}"\n' if self.address else ""
        return (
            f'[[partner]]\nparty = "{self.party}"\ntype = "{TYPE}"\nprofile = "2.0"\nsignature = "ecdsa"\n'
            f'key = "ecdh-es-hkdf"\nagreement = "development"\n{pushed}'
        )


def prepare_access_point(data: Path, identity: DevelopmentIdentity, clients: Sequence[As4Client]) -> None:
    """Write the folder of a node's access point, before the node starts; each start may do so again."""
    folder = data / FOLDER
    (folder / "own").mkdir(parents=True, exist_ok=True)
    caller = identity.client(CALLER)
    for name, certificate, key in (
        ("own/doors", identity.server_certificate, identity.server_key), ("tls", caller.certificate, caller.key),
    ):  # fmt: skip
        shutil.copy(certificate, folder / f"{name}.pem")
        shutil.copy(key, folder / f"{name}.key")
    shutil.copy(identity.root, folder / "roots.pem")
    for each in clients:
        (folder / "partners" / each.party).mkdir(parents=True, exist_ok=True)
        shutil.copy(identity.client(each.client).certificate, folder / "partners" / each.party / "client.pem")
    head = f'host = "as4.douane.example"\nparty = "{PLATFORM}"\ntype = "{TYPE}"\nrole = "Customs"\n\n'
    (folder / "as4.toml").write_text(head + "\n".join(each.entry() for each in clients))


def as4_access(
    data: Path, identity: DevelopmentIdentity, client: As4Client, url: str, catalogue: Catalogue
) -> As4Access:
    """A partner's own access point. data: the folder of the node; url: the door by which the partner enters."""
    clock, ids = SystemClock(), SystemIds()
    point = access_point(data, catalogue, clock, sweep=False)
    if point is None:
        raise DeclarationFault(f"{data} holds no access point.", remedy="Prepare one before the node starts.")
    files = identity.client(client.client)
    own = [_own(files.certificate, files.key)]
    customs = _own(identity.server_certificate, identity.server_key)
    legs = {mode.id.removeprefix(f"{client.party}:"): mode for mode, party in point.legs if party == client.party}
    theirs = AccessPoint(
        f"{client.client}.example", [replace(mode) for mode in legs.values()],
        CertificateRegister(own, {PLATFORM: [customs.chain]}),
        FilePayloads(data.parent / f"{data.name}-{client.client}", ids.random, sweep=True), clock, ids,
    )  # fmt: skip
    tls = tls_context(roots=identity.root, certificate=files.certificate, key=files.key)
    return As4Access(
        client.party, theirs, correspond(theirs, PLATFORM, tls, address=url + PATH), legs, _operation_of(catalogue),
        As4Inbox(theirs) if client.address else None,
    )  # fmt: skip


def partner_listener(identity: DevelopmentIdentity, name: str) -> ListenerSettings:
    """How a partner's own access point, or its webhook, listens on this machine."""
    return ListenerSettings(
        name=name, certificate=identity.server_certificate, key=identity.server_key,
        client_authorities=identity.client_authorities,
    )  # fmt: skip


def _own(certificate: Path, key: Path) -> OwnCertificate:
    loaded = load_pem_private_key(key.read_bytes(), None)
    assert isinstance(loaded, PrivateKeys)  # an identity makes no other
    return OwnCertificate(tuple(x509.load_pem_x509_certificates(certificate.read_bytes())), loaded)


def _operation_of(catalogue: Catalogue) -> Callable[[bytes], str]:
    """The operation that takes a message: by its type, or the one whose element it is."""

    def operation(body: bytes) -> str:
        root, known = root_name(body), catalogue.names()
        if catalogue.elements.speaks(body):
            service = body.partition(NAMESPACE.encode() + b"/")[2].partition(b"/")[0].decode()
            return f"{service}.{root}"
        return catalogue.operation_for(known[root]) if root in known else ""

    return operation
