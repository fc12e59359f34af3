"""The trader's access point: what it pushes to a node that is played, and pulls from it, said without what is random.

It is this tree's own client, so what it tells is only what was on the wire: the ebMS header that answers, and a pulled
message's content, opened.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import replace as changed
from typing import Final

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from douane.channels.as4.binding import AccessPoint
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.client import Correspondent
from douane.channels.as4.receiving import Received
from douane.channels.as4.sending import part_info
from douane.configuration.access_point import access_point
from douane.configuration.ports import SystemIds
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.as4.messages import Party, UserMessage
from douane.standards.as4.pmodes import PMode
from douane.standards.xml_signature.tests.certified import end
from tests.as4.over_httpx import OverHttpx
from tests.as4.test_node import CLIENT, prepared
from tests.hostile.union import Node
from tests.journeys.office import CATALOGUE
from tests.transcripts.exchanges import Facts

__all__ = ["As4Party", "prepared"]
_HEADER: Final = re.compile(rb"<(\w+):Messaging\b.*?</\1:Messaging>", re.DOTALL)


class _Clock:
    """The node's."""

    def __init__(self, ahead_ns: int) -> None:
        self._ahead_ns = ahead_ns

    def now(self) -> int:
        return (time.time_ns() + self._ahead_ns) // 1000


class As4Party:
    """The trader at the access point of a node."""

    def __init__(self, node: Node, ahead_ns: int, tls: Callable[[str], ssl.SSLContext]) -> None:
        self._runner, self._answers = asyncio.Runner(), list[tuple[int, str, bytes]]()
        self._pulled: Received | None = None
        clock, ids = _Clock(ahead_ns), SystemIds()
        clients = node.identity / "clients"
        chain = tuple(x509.load_pem_x509_certificates((clients / f"{CLIENT}.pem").read_bytes()))
        key = load_pem_private_key((clients / f"{CLIENT}.key").read_bytes(), None)
        own = [OwnCertificate(chain, key), OwnCertificate(end("p256-trader").chain, end("p256-trader").key)]  # type: ignore[arg-type]  # as every key of a test
        found = access_point(node.data, CATALOGUE, clock, sweep=False)
        assert found is not None
        self._modes = {mode.id.partition(":")[2]: mode for mode, _ in found.legs}
        point = AccessPoint(
            "trader.example",
            list(self._modes.values()),
            CertificateRegister(own, {"customs": [end("p256").chain]}),
            FilePayloads(node.folder / "trader", ids.random),
            clock,
            ids,
        )
        self._clock = clock
        self._http = httpx.AsyncClient(
            verify=tls(""), trust_env=False, timeout=20, event_hooks={"response": [self._keep]}
        )
        address = f"https://localhost:{node.ports['speed2']}/as4"
        self._party = Correspondent(point, OverHttpx(self._http), party="customs", address=address)

    def give(self, given: Facts) -> Facts:
        """Push, pull or acknowledge; what was answered on the wire."""
        self._answers.clear()
        read = self._runner.run(self._given(given))
        (status, media, octets), header = self._answers[-1], _HEADER.search(self._answers[-1][2])
        return {
            "status": status,
            "headers": {"content-type": media.partition(";")[0]},
            "body": header[0].decode() if header else "" if not octets else octets.decode("latin-1"),
            **read,
        }

    async def _given(self, given: Facts) -> Facts:
        match given:
            case {"as4": "push", "leg": leg, "id": id, "body": body}:
                answered = await self._push(self._modes[leg], id, body, given)
                return {"verdict": answered}
            case {"as4": "pull", "channel": channel}:
                mode = self._modes["pull"]
                answer = await self._party.pull(mode, f"{mode.mpc}/{channel}")
                self._pulled = answer.received
                payloads = answer.received.payloads.values() if answer.received is not None else ()
                content = b"".join(octets for each in payloads for octets in each.read())
                return {"verdict": answer.verdict.name, "content": content.decode()}
            case {"as4": "acknowledge"}:
                assert self._pulled is not None
                return {"verdict": (await self._party.acknowledge(self._modes["pull"], self._pulled)).verdict.name}
        raise ValueError(f"nobody knows how this is given: {given}")

    async def _push(self, mode: PMode, id: str, body: str, given: Facts) -> str:
        info = part_info("message", "text/xml", compress=given.get("compress", True))
        message = UserMessage(
            id,
            self._clock.now(),
            Party(mode.sender.parties[0], mode.sender.role),
            Party(mode.receiver.parties[0], mode.receiver.role),
            mode.service,
            mode.action,
            given.get("conversation", "1"),
            mode.agreement,
            mode.mpc,
            parts=(info,),
        )
        message = changed(message, **given.get("says", {}))
        packed = self._party.pack(mode, message, [(body.encode(), "text/xml")])
        try:
            return (await self._party.push(mode, packed)).verdict.name
        finally:
            packed.discard()

    async def _keep(self, answer: httpx.Response) -> None:
        self._answers.append((answer.status_code, answer.headers.get("content-type", ""), await answer.aread()))

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(RuntimeError):
            self._runner.run(self._http.aclose())
        self._runner.close()
