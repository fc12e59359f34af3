"""A node in production with pages: an identity that was issued, a private authority for the hosts of its sites."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import shutil
import socket
import ssl
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from douane.configuration.ports import SystemIds
from douane.configuration.settings import PagesAt
from douane.shared_services.web.fair_use import Allowance
from douane.trust.demo import DemoClient, demo_clients
from douane.trust.development_identity import DevelopmentIdentity, prepare
from tests.journeys.standing import Standing, standing

DOMAIN: Final = "customs.test"
SITES: Final = ("portal", "desk", "centre", "signin", "console")
UUMDS: Final = "https://uumds.customs.test"
GENEROUS: Final = Allowance(connections_per_second=100_000, strangers_per_second=100_000, requests_per_second=100_000)


@dataclass(frozen=True)
class Tls:
    """A private authority's root, and what it issued for the hosts of a listener."""

    root: Path
    certificate: Path
    key: Path


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def private_tls(folder: Path, hosts: tuple[str, ...], days: int = 30) -> Tls:
    """An authority and a certificate for hosts, ending after so many days."""
    folder.mkdir(parents=True, exist_ok=True)
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Private root of the test")])
    now = dt.datetime.now(dt.UTC)

    def begun(subject: x509.Name, public: Any) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder().issuer_name(root_name).subject_name(subject).public_key(public)
            .serial_number(x509.random_serial_number()).not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=days))
        )  # fmt: skip

    root = begun(root_name, root_key.public_key()).add_extension(x509.BasicConstraints(True, 0), True).add_extension(
        x509.SubjectKeyIdentifier.from_public_key(root_key.public_key()), False
    ).add_extension(
        x509.KeyUsage(False, False, False, False, False, True, True, False, False), True
    ).sign(root_key, hashes.SHA256())  # fmt: skip
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, hosts[0])])
    leaf = begun(subject, key.public_key()).add_extension(
        x509.SubjectAlternativeName([x509.DNSName(each) for each in hosts]), False
    ).add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False).add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), False
    ).add_extension(x509.BasicConstraints(False, None), True).sign(root_key, hashes.SHA256())  # fmt: skip
    made = Tls(folder / "root.pem", folder / "pages.pem", folder / "pages.key")
    made.root.write_bytes(root.public_bytes(Encoding.PEM))
    made.certificate.write_bytes(leaf.public_bytes(Encoding.PEM) + root.public_bytes(Encoding.PEM))
    made.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    made.key.chmod(0o600)
    return made


def issued(folder: Path, clients: Sequence[DemoClient] = ()) -> DevelopmentIdentity:
    """What authorities issued for the node, with more clients than those of the demonstration; their keys lie
    elsewhere, and nothing in it says development."""
    made = prepare(
        folder / "authority" / "identity", now=time.time_ns() // 1000, random=SystemIds().random,
        clients=(*demo_clients(), *clients), authority="Union of the test",
    )  # fmt: skip
    shutil.copytree(made.folder, folder / "data" / "identity")
    return DevelopmentIdentity(folder / "data" / "identity")


def public(port: int, sites: tuple[str, ...] = SITES) -> dict[str, str]:
    """The public address of each site."""
    return {site: f"https://{site}.{DOMAIN}:{port}" for site in sites}


@dataclass(frozen=True)
class Answer:
    """What a site said."""

    status: int
    headers: Mapping[str, str]
    cookies: tuple[str, ...]
    body: bytes


@dataclass
class Production:
    """A node in production that serves pages by TLS."""

    node: Standing
    tls: Tls
    port: int
    socket: Path

    def url(self, site: str) -> str:
        """The address of a site."""
        return f"https://{site}.{DOMAIN}:{self.port}"

    def ask(self, method: str, url: str, **headers: str) -> Answer:
        """One request of somebody who trusts the private authority alone."""
        return _answer(self._reached(url), method, url, {"host": urlsplit(url).netloc, **headers})

    def send(self, url: str, form: Mapping[str, str], **headers: str) -> Answer:
        """A form of the same."""
        media = {"content-type": "application/x-www-form-urlencoded"}
        return _answer(
            self._reached(url), "POST", url, {"host": urlsplit(url).netloc, **media, **headers}, urlencode(form)
        )

    def _reached(self, url: str) -> http.client.HTTPConnection:
        made = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=20, context=ssl.create_default_context(cafile=self.tls.root)
        )  # fmt: skip
        made.host = urlsplit(url).hostname or ""  # the name of the certificate and of SNI; the socket leads here
        made._create_connection = lambda *_: socket.create_connection(("127.0.0.1", self.port), 20)  # type: ignore[attr-defined]  # http.client has no other way
        return made

    def behind(self, method: str, url: str, **headers: str) -> Answer:
        """The same by the socket at which a proxy reaches the node: headers are what the proxy says."""
        made = http.client.HTTPConnection("proxy")
        made.sock = socket.socket(socket.AF_UNIX)
        made.sock.settimeout(20)
        made.sock.connect(str(self.socket))
        return _answer(made, method, url, {"host": urlsplit(url).netloc, **headers})


def _answer(
    made: http.client.HTTPConnection, method: str, url: str, headers: Mapping[str, str], body: str | None = None
) -> Answer:
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    made.request(method, path, body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = made.getresponse()
    kept = tuple(answer.headers.get_all("set-cookie") or ())
    found = Answer(
        answer.status, {name.lower(): value for name, value in answer.getheaders()}, kept, answer.read()
    )  # fmt: skip
    made.close()
    return found


@contextlib.contextmanager
def in_production(
    folder: Path, providers: str = "", port: int = 0, clients: Sequence[DemoClient] = (),
    files: Mapping[str, bytes] = {}, **more: Any,
) -> Iterator[Production]:  # fmt: skip
    """The node, as long as the block lasts. providers: its ``providers.toml``. files: what lies beside it. more:
    settings of its own."""
    identity, port, at = issued(folder, clients), port or free_port(), folder / "pages.sock"
    hosts = tuple(f"{site}.{DOMAIN}" for site in (*SITES, "other"))  # a host that has a certificate, and no pages
    tls = private_tls(folder / "tls", hosts)
    for name, content in files.items():
        (identity.folder / name).write_bytes(content)
    if providers:
        (identity.folder / "providers.toml").write_text(providers)
    own = PagesAt(
        port=port, certificate=tls.certificate, key=tls.key, behind=(f"unix:{at}",), public=public(port)
    )  # fmt: skip
    said = {"development": False, "pages": own, "limits": GENEROUS, "public": {"uumds": UUMDS}, **more}
    with standing(folder / "data", identity, **said) as node:
        yield Production(node, tls, port, at)
