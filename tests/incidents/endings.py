"""Incidents of certificates that end: that of the doors, that of the pages, and that of a client.

Each is in place some seconds before its end, as if nobody had seen what was told in the month before; the node says so
by hours, at the second of the end, and once more that it is over.
"""

from __future__ import annotations

import datetime as dt
import secrets
import ssl
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from douane.identity.authorities import (
    Credential,
    Period,
    create_root,
    issue_requested,
    issue_server,
    read_credential,
)
from douane.identity.certificates import thumbprint_of
from douane.model.circles import ActorKind, Circle
from douane.shared_services.logging.events import Event
from douane.trust.demo import DemoClient
from douane.trust.development_identity import HOSTS, DevelopmentIdentity
from douane.trust.expiring import CERTIFICATE, CLIENT
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed, Scene
from tests.journeys.standing import Client, trust
from tests.pages.production import DOMAIN, SITES

NONE: frozenset[str] = frozenset()
SOON, NOW = "DouaneExpiresSoon", "DouaneExpires"
LEFT = dt.timedelta(seconds=12)
"""What is left of a certificate once it lies in its place."""
LATER = 1e12
LONG = dt.timedelta(days=365)
LESSEE = DemoClient("publisher.lessee", ActorKind.COMMISSION, administration="EU", roles=frozenset())
"""A client whose certificate ends."""


def period(left: dt.timedelta) -> Period:
    """From an hour ago, for so long from now."""
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    return Period(now - dt.timedelta(hours=1), now + left)


def put(path: Path, content: bytes) -> None:
    """Another file in the place of one, as a whole."""
    new = path.with_name(f".{path.name}.new")
    new.touch(0o600)
    new.write_bytes(content)
    new.replace(path)


def ends(
    place: Callable[[Any, Period], None], greeted: Callable[[Any], bool], *, alert: str, step: str, kind: str,
    **words: Callable[[Any], str],
) -> Callable[[Any], Incident]:  # fmt: skip
    """A certificate ends. place: puts one in its place. greeted: whether TLS lets the two sides meet anew.

    step: of the runbook; a person does it by putting the next one in place, or commands do, where it has words.
    """

    def play(scene: Any) -> Incident:
        scene.served()  # over a connection that stays open
        was = scene.metric("douane_expiry_seconds", kind=kind)
        until = period(LEFT)
        place(scene, until)
        scene.within(NOTICED, "hours before, log", lambda: scene.told(Event.EXPIRES_TODAY, count=1, outcome=kind))
        scene.within(NOTICED, "metric", lambda: scene.metric("douane_expiry_seconds", kind=kind) != was)
        if (kind == CERTIFICATE) is not ("runs out within 1 hours" in notes(scene)):
            raise Missed(f"readiness notes {notes(scene)!r}")
        if not greeted(scene):
            raise Missed("it was refused before its end")
        time.sleep(max(0.0, until.end.timestamp() - time.time()))
        scene.within(NOTICED, "end, log", lambda: scene.told(Event.EXPIRED, outcome=kind))
        scene.within(NOTICED, "refused", lambda: not greeted(scene))
        scene.served()
        yield NONE
        if words:
            scene.does(alert, step, **{name: made(scene) for name, made in words.items()})
        else:
            scene.does(alert, step, by=lambda: place(scene, period(LONG)))
        scene.within(CLOSED, "greeted", lambda: greeted(scene))
        scene.within(CLOSED, "over", lambda: (scene.metric("douane_expiry_seconds", kind=kind) or LATER) > time.time())
        scene.within(CLOSED, "readiness", lambda: "expiry" not in notes(scene))

    return play


def notes(scene: Scene[Any]) -> str:
    """What the operator has to look at while the node goes on."""
    answer = scene.node.client("operations", "operator").ask("GET", "/health/ready")
    return str(answer.json.get("notes", {})) if answer.status == 200 else ""


def server_certificate(scene: Scene[Any], until: Period) -> None:
    """One for the doors, by the authority of servers."""
    own: DevelopmentIdentity = scene.node.identity
    _, issuer = own.server_certificate.read_bytes().split(b"-----END CERTIFICATE-----\n", 1)
    issuing = read_credential(issuer, (own.authorities / "servers.key").read_bytes())
    made = issue_server(HOSTS, issuer=issuing, period=until, serial=secrets.randbits(120))
    put(own.server_key, made.key_pem())
    put(own.server_certificate, made.certificate_pem() + issuer)


def door_greets(scene: Scene[Any]) -> bool:
    """Whether a caller trusts the door over a fresh connection."""
    return _asked(scene, trust(scene.node.identity, *_files(scene, "fr.officer")))


def _files(scene: Scene[Any], name: str) -> tuple[Path, Path]:
    files = scene.node.identity.client(name)
    return files.certificate, files.key


def _asked(scene: Scene[Any], context: Any) -> bool:
    client = Client(scene.node.node.url("ccn2"), context)
    try:
        return client.ask("GET", "/v1/inbox").status in (200, 403)
    finally:
        client.close()


def requested(scene: Scene[Any]) -> str:
    """The request of the client for its next certificate, by a key of its own; its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([])).sign(key, hashes.SHA256())
    _, path = _files(scene, LESSEE.id)
    put(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    file = scene.data / "lessee.csr"
    file.write_bytes(made.public_bytes(Encoding.PEM))
    return str(file)


def client_certificate(scene: Any, until: Period) -> None:
    """One for a client, registered as every other one."""
    own: DevelopmentIdentity = scene.node.identity
    request = x509.load_pem_x509_csr(Path(requested(scene)).read_bytes())
    (authority, *_) = own.load_authorities()[Circle.TRUSTED]
    issuer = Credential(authority, read_credential(
        authority.public_bytes(Encoding.PEM), own.authority_key(Circle.TRUSTED).read_bytes()).key)  # fmt: skip
    made = issue_requested(request, LESSEE.id, issuer=issuer, period=until, serial=secrets.randbits(120))
    put(own.client(LESSEE.id).certificate, made.public_bytes(Encoding.PEM) + issuer.certificate_pem())
    former = own.load_clients().client(LESSEE.id)
    if former is None:
        raise Missed("the client is not registered")
    register = scene.data / "lessee.toml"
    register.write_text(own.register.read_text().replace(former.certificates[-1], thumbprint_of(made)))
    scene.done("client", "replace", str(register), "--reason", "another card")


def client_greeted(scene: Scene[Any]) -> bool:
    """Whether the door takes the client, over a fresh connection and over one that it had. Raises Missed for one."""
    fresh = _asked(scene, trust(scene.node.identity, *_files(scene, LESSEE.id)))
    if fresh:
        scene.node.clients.pop(("ccn2", LESSEE.id), None)
    kept = scene.node.client("ccn2", LESSEE.id).ask("GET", "/v1/inbox").status
    if not fresh and kept not in (0, 401):
        raise Missed(f"over its open connection it was answered {kept}")
    return fresh


def pages_certificate(scene: Any, until: Period) -> None:
    """One for the hosts of the pages, by another private authority, which the browsers of the test trust."""
    made, trusted, key = scene.made, scene.data / "private-root.pem", scene.data / "private-root.key"
    if not trusted.exists():
        root = create_root("Private root", period=period(LONG), serial=secrets.randbits(120))
        put(trusted, root.certificate_pem())
        put(key, root.key_pem())
    root = read_credential(trusted.read_bytes(), key.read_bytes())
    hosts = [f"{site}.{DOMAIN}" for site in SITES]
    issued = issue_server(hosts, issuer=root, period=until, serial=secrets.randbits(120))
    put(made.tls.key, issued.key_pem())
    put(made.tls.certificate, issued.certificate_pem() + root.certificate_pem())
    made.tls = replace(made.tls, root=trusted)
    scene.within(CLOSED, "shown", lambda: scene.told(Event.SWAPPED))


def page_greets(scene: Any) -> bool:
    """Whether a browser trusts the pages. Raises what TLS says but for a certificate that has ended."""
    try:
        return bool(scene.made.ask("GET", scene.made.url("portal") + "/help").status == 200)
    except ssl.SSLCertVerificationError as problem:
        if "expired" not in str(problem):
            raise
        return False


PAGES = ends(
    pages_certificate, page_greets, alert=NOW, step="Where it is a certificate: put the next one", kind=CERTIFICATE
)
DOORS = ends(
    server_certificate, door_greets, alert=NOW, step="Where it is a certificate: put the next one", kind=CERTIFICATE
)
CLIENTS = ends(client_certificate, client_greeted, alert=SOON, step="Where it is a client's", kind=CLIENT,
               CLIENT=lambda _: LESSEE.id, FILE=requested, WHY=lambda _: "it-ended")  # fmt: skip
