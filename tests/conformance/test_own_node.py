"""The bench against our own node: nothing may be wrong, and nothing worth a remark."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from pathlib import Path

import httpx
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.assembly.node import RunningNode
from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.client import As4Transport, Route
from douane.channels.rest.client import Identity, Partner, RestTransport
from douane.channels.webhook.binding import Subscription, WebhookTransport
from douane.channels.webhook.signing import WebhookKey
from douane.configuration.access_point import access_point
from douane.configuration.ports import SystemClock
from douane.conformance.cases import Finding, Verdict, run
from douane.conformance.dialects import As4Dialect, RestDialect, WebhookDialect
from douane.conformance.outgoing_as4 import As4Bench, Outgoing, trials
from douane.conformance.samples import Sample
from douane.conformance.wire import Target
from douane.runtime.store.ports import Attempt
from douane.shared_services.web.sending import Patience
from douane.standards.ncts import phase5
from tests.as4.access_points import MODES, Platform1, Side1, mode_of
from tests.as4.test_node import CLIENT, DECLARATION, FILE, on_node, prepared, trader_of
from tests.conformance.senders import drive, judged
from tests.contracts import toy
from tests.journeys.standing import identity_in

SMALL = FILE + "largest = 2097152\n"


def shown(findings: list[Finding]) -> str:
    return "\n".join(f"{f.case.id} {f.judged.verdict.value}: {f.judged.seen} | {f.judged.remedy}" for f in findings)


@pytest.mark.slow
def test_our_access_point_does_everything_right(tmp_path: Path) -> None:
    data = prepared(tmp_path / "node", SMALL)

    async def exchange(node: RunningNode, http: httpx.AsyncClient) -> None:
        found = access_point(data, node.core.catalogue, node.core.clock, sweep=False)
        assert found is not None
        mode = next(m for m, _ in found.legs if m.id.endswith("transit.lodge_declaration"))
        point = trader_of(node, data, http)._point
        content = Sample(DECLARATION.read_bytes(), toy.Ids(seed="bench"), node.core.clock)
        tls = ssl.create_default_context(cafile=str(node.identity.root))
        target = Target(f"{node.url('speed2')}/as4", tls, patience=60)
        bench = As4Bench(Outgoing(point, "customs", mode, target, content, mode.action))
        findings = await run(trials(lambda _case: bench), 300)
        assert {f.judged.verdict for f in findings} == {Verdict.RIGHT}, shown(findings)

    on_node(data, exchange)


def test_our_as4_sender_does_everything_right(tmp_path: Path) -> None:
    """As the lanes of a node drive it; only its patience for an answer is shorter."""
    platform = Platform1(tmp_path)
    side = Side1(platform)
    receiver = AccessPoint(
        "platform.example", MODES, platform.certificates, platform.payloads, platform.clock, platform.ids
    )

    async def send(url: str, count: int) -> None:
        async with httpx.AsyncClient(timeout=5, trust_env=False, base_url=url) as http:
            carrier = As4Transport(side.point, {"as4:x": Route(side.correspondent(http), lambda _type: mode_of())})

            async def offer(number: int) -> Attempt:
                body = msgspec.json.encode(toy.Order(f"O{number}", "A", 1))
                headers = {"type": "Order", "media": "json", "correlation": ""}
                (tried,) = await carrier.send("as4:x", [(f"{number}", headers, body)])
                return tried

            await drive(offer, count)

    findings = asyncio.run(judged(lambda _url: As4Dialect(receiver, "T1", phase5.read), send))
    all_right(findings)
    platform.close()


def all_right(findings: list[Finding], *, count: int = 9) -> None:
    assert len(findings) == count
    assert {f.judged.verdict for f in findings} == {Verdict.RIGHT}, shown(findings)


def test_our_webhooks_are_sent_right() -> None:
    """Each message in a lane of its own, as the lanes of a node drive it; only its patience is shorter."""
    key = WebhookKey(ed25519.Ed25519PrivateKey.generate())

    async def send(url: str, count: int) -> None:
        loopback = (ipaddress.ip_network("127.0.0.0/8"),)
        lanes = [Subscription(f"+webhook:{n}", f"{url}/hook", loopback) for n in range(count)]
        carrier = WebhookTransport(lanes, key, SystemClock(), seconds=5)

        async def offer(number: int) -> Attempt:
            facts = {"id": f"M{number}", "type": "CC928C", "media": "xml", "sequence": "1", "correlation": ""}
            body = f"<CC928C n='{number}'/>".encode()
            (tried,) = await carrier.send(f"+webhook:{number}", [(str(number), facts, body)])
            return tried

        try:
            await drive(offer, count)
        finally:
            await carrier.close()

    findings = asyncio.run(judged(lambda url: WebhookDialect(f"{url}/hook", {key.id: key.public}), send))
    all_right(findings, count=8)


def test_our_rest_sender_is_right(tmp_path: Path) -> None:
    """As a national node sends to the centre, over mutual TLS."""
    identity = identity_in(tmp_path)
    files = identity.client(CLIENT)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(identity.server_certificate, identity.server_key)

    async def send(url: str, count: int) -> None:
        card = Identity(files.certificate, files.key, identity.root)
        partner = Partner(url, card, Patience(5, 5, 5))
        carrier = RestTransport({"rest:ccn2": partner})

        async def offer(number: int) -> Attempt:
            body = DECLARATION.read_bytes().replace(b"QUICKSTART-1", f"BENCH-{number}".encode())
            headers = {"media": "xml", "type": "CC015C", "id": f"BENCH-{number}"}
            (tried,) = await carrier.send("rest:ccn2", [(str(number), headers, body)])
            return tried

        try:
            await drive(offer, count)
        finally:
            await partner.close()

    findings = asyncio.run(judged(lambda _url: RestDialect(phase5.read, SystemClock()), send, tls=tls))
    all_right(findings)
