"""Two access points: a door over a real core, and a trader's side that speaks to it through ASGI, without a socket."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec

from douane.backends.sqlite.backend import open_store
from douane.channels.as4.binding import AccessPoint, As4
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.client import Answered, Correspondent
from douane.channels.as4.sending import Packed, Packer, part_info
from douane.model.caller import Caller
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Operation
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.delivery.claims import Claims
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.door.door import Authenticated, Door
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.runtime.door.proof import NONE, Possession
from douane.runtime.store.transmission import Keep
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.auditing.reads import Reads
from douane.shared_services.payloads.files import FilePayloads
from douane.shared_services.web.body import Body
from douane.shared_services.web.requests import Application, Request
from douane.standards.as4 import names
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.errors import error_of
from douane.standards.as4.messages import Party, PartyId, Typed, UserMessage
from douane.standards.as4.pmodes import PMode, Security, Side
from douane.standards.xml_signature.pki_path import read_certificate
from douane.standards.xml_signature.tests.certified import BEGIN, end
from douane.vocabulary.errors import NotAuthenticated
from tests.as4.over_httpx import OverHttpx
from tests.callers import trader
from tests.contracts import toy

ORIGIN = 1_795_514_400_000_000  # 2026-11-24T10:00:00Z
TYPE = "urn:example:party"
TRADERS = {"T1": {"1.x": "rsa", "2.0": "ed25519"}, "T2": {"1.x": "rsa2", "2.0": "p256"}}
"""Under which test certificate a trader signs and receives keys, by profile."""
OWN = {"1.x": ("rsa2", "rsa2"), "2.0": ("ed25519-own", "x25519")}
CHANNEL = "urn:example:answers"
T = TypeVar("T")


def mode_of(profile: str = "1.x", action: str = "place", **more: Any) -> PMode:
    """Traders push orders to the platform."""
    traders, platform = (
        Side(tuple(PartyId(t, TYPE) for t in TRADERS), "Trader"),
        Side((PartyId("PLATFORM", TYPE),), "Customs"),
    )
    fields: dict[str, Any] = {
        "id": f"{action}:{profile}",
        "initiator": traders,
        "responder": platform,
        "service": Typed("orders", "urn:s"),
        "action": action,
        "agreement": Typed(f"agreement {profile}"),
        "profile": profile,
        "largest": 400_000_000,
    }
    return PMode(**(fields | more))


def pull_mode(profile: str = "1.x") -> PMode:
    """Traders pull their answers, each from its own sub-channel."""
    return dataclasses.replace(
        mode_of(profile, "*"), id=f"pull:{profile}", binding=names.PULL, mpc=f"{CHANNEL}:{profile}"
    )


MODES = [m for profile in ("1.x", "2.0") for m in (mode_of(profile), mode_of(profile, "amend"), pull_mode(profile))]


@dataclass(frozen=True)
class Trader:
    """A trader as the gate knows it."""

    id: str
    eori: str
    kind: ActorKind = ActorKind.TRADER
    circle: Circle = Circle.UNTRUSTED
    administration: str = ""
    roles: frozenset[str] = frozenset({"trader"})
    acting_for: str = ""

    @property
    def caller(self) -> Caller:
        return trader(self.eori)


class Gate:
    """Knows the traders' certificates. Counts whom it was asked about."""

    def __init__(self) -> None:
        self.asked = 0

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        self.asked += 1
        found = read_certificate(certificate)
        for eori, kinds in TRADERS.items():
            if any(end(kind).certificate == found for kind in kinds.values()):
                return Trader(eori, eori)
        raise NotAuthenticated("This certificate belongs to nobody here.", remedy="Register it.")

    def still(self, caller: Authenticated) -> None:
        return

    def public(self) -> Authenticated:
        return Trader("", "")

    def authorise(self, caller: Authenticated, operation: Operation) -> None:
        return

    def open_to(self, caller: Authenticated, operation: Operation) -> bool:
        return True


class OneAdministration(Catalogue):
    """All orders are for the administration that the toy's accounts belong to."""

    def administration_of(self, operation: Operation, message: Any) -> str:
        return "XX"


class Clock:
    """Moves when it is told to."""

    def __init__(self) -> None:
        self.at = ORIGIN

    def now(self) -> int:
        self.at += 1
        return self.at


def own(*kinds: str) -> list[OwnCertificate]:
    return [OwnCertificate(end(kind).chain, end(kind).key) for kind in dict.fromkeys(kinds)]


@dataclass
class Platform1:
    """The platform: an access point over a door and a real core."""

    folder: Path
    modes: list[PMode] = field(default_factory=lambda: list(MODES))
    clock: Clock = field(default_factory=Clock)
    keeping: dict[str, Keep] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.gate, self.claims, self.ids = Gate(), Claims(), toy.Ids(seed="platform")
        self.payloads = FilePayloads(self.folder / "payloads", self.ids.random)
        self.store = open_store(f"sqlite:{self.folder / 'node.db'}")
        self.certificates = register("PLATFORM")
        self.begin()

    def begin(self) -> None:
        """A process of the platform begins, perhaps anew."""
        auditor = AuditPort(toy.SIGNER, b"U\0\0", self.store)
        ports = Ports(
            self.store,
            self.clock,
            self.ids,
            toy.BEHAVIOUR,
            toy.Router(),
            toy.Codecs(),
            auditor,
            lambda on: toy.Look(on),
        )
        owner = Owner(0, ports)
        owner.begin()
        self.ended: list[BaseException] = []
        self.node = Node([owner], ended=self.ended.append)
        catalogue = OneAdministration([toy.Orders.__service__, toy.Accounts.__service__])  # type: ignore[attr-defined] # set by @service
        core = CoreEnd(
            catalogue, self.node.submit, Inbox(self.store, [0]), self.node.changed, lambda question: None,
            self.node.command, self.clock, Reads().note, self.claims,
        )  # fmt: skip
        self.core = core
        link = DirectLink(Platform.SPEED2, core)
        self.door = Door(
            Platform.SPEED2, gate=self.gate, catalogue=catalogue, link=link, clock=self.clock, keeping=self.keeping
        )
        point = AccessPoint("platform.example", self.modes, self.certificates, self.payloads, self.clock, self.ids)
        self.failed: list[BaseException] = []
        self.application = As4(self.door, point).application(self.failed.append)

    def another_door(self) -> Application:
        """A second door to the same core, as a process of its own would be: it shares nothing but the link."""
        link = DirectLink(Platform.SPEED2, self.core)
        door = Door(Platform.SPEED2, gate=self.gate, catalogue=self.core.catalogue, link=link, clock=self.clock)
        point = AccessPoint("platform.example", self.modes, self.certificates, self.payloads, self.clock, self.ids)
        return As4(door, point).application(self.failed.append)

    def close(self) -> None:
        self.store.close()


def register(whose: str) -> CertificateRegister:
    """The certificates that a side has: its own with keys, and its partners'."""
    if whose == "PLATFORM":
        traders = {
            name: [end(kind).chain for kind in (*kinds.values(), "x25519-trader")] for name, kinds in TRADERS.items()
        }
        return CertificateRegister(own("rsa2", "ed25519-own", "x25519", "p256"), traders)
    kinds = TRADERS[whose]
    platform = [end(kind).chain for kind in ("rsa2", "ed25519-own", "x25519", "p256")]
    return CertificateRegister(own(*kinds.values(), "x25519-trader"), {"PLATFORM": platform})


@dataclass
class Side1:
    """A trader's access point, which talks to a platform through ASGI."""

    platform: Platform1
    name: str = "T1"

    def __post_init__(self) -> None:
        self.ids = toy.Ids(seed=self.name)
        folder = self.platform.folder / self.name
        self.payloads = FilePayloads(folder, self.ids.random)
        self.point = AccessPoint(
            f"{self.name.lower()}.example", MODES, register(self.name), self.payloads, self.platform.clock, self.ids,
        )  # fmt: skip

    def correspondent(self, http: httpx.AsyncClient) -> Correspondent:
        return Correspondent(self.point, OverHttpx(http), party="PLATFORM")

    def packer(self) -> Packer:
        return Packer(self.point.certificates, self.point.payloads, self.ids)

    def message(self, mode: PMode, count: int = 1, media: str = "application/json", **more: Any) -> UserMessage:
        infos = tuple(
            part_info(f"payload{n}", names.OCTETS_MEDIA if n else media, compress=mode.compress) for n in range(count)
        )
        sender, receiver = Party(PartyId(self.name, TYPE), "Trader"), Party(PartyId("PLATFORM", TYPE), "Customs")
        found = UserMessage(
            f"{self.ids.random(8).hex()}@{self.name}", self.platform.clock.now(), sender, receiver, mode.service,
            mode.action, "1", mode.agreement, mode.mpc, parts=infos,
        )  # fmt: skip
        return dataclasses.replace(found, **more)

    def pack(self, mode: PMode, body: Any, **more: Any) -> Packed:
        message = self.message(mode, **more)
        return self.correspondent(None).pack(mode, message, [(msgspec.json.encode(body), "application/json")])  # type: ignore[arg-type]


class InProcess(httpx.AsyncBaseTransport):
    """Requests that reach an application without a connection."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange."""
        headers = [(name.decode().lower(), value.decode("latin-1")) for name, value in request.headers.raw]
        wanted = asyncio.Event()
        content = Body(taking=wanted.set)
        asked = Request(request.method, request.url.path, query=request.url.query, headers=headers, content=content)

        async def feed() -> None:
            async for piece in request.stream:  # type: ignore[union-attr] # of an async client
                await wanted.wait()
                wanted.clear()
                content.feed(piece)
            content.end()

        feeding = asyncio.ensure_future(feed())
        answer = await self._application(asked)
        feeding.cancel()
        return httpx.Response(
            answer.status, headers=[("content-type", answer.media), *answer.headers], content=answer.body
        )


def run(platform: Platform1, work: Callable[[httpx.AsyncClient], Awaitable[T]]) -> T:
    """Do something with a client of the platform, on a loop of its own."""

    async def main() -> T:
        platform.node.start()
        transport = InProcess(platform.application)
        async with httpx.AsyncClient(transport=transport, base_url="http://platform") as http:
            try:
                return await work(http)
            finally:
                await platform.node.stop()
                platform.begin()

    return asyncio.run(main())


def push(platform: Platform1, side: Side1, mode: PMode, packed: Packed) -> Answered:
    return run(platform, lambda http: side.correspondent(http).push(mode, packed))


def codes(answered: Answered) -> list[str]:
    errors = getattr(answered.message, "errors", ())
    return [e.code for e in errors]


__all__ = ["BEGIN", "CHANNEL", "MODES", "Platform1", "Security", "Side1", "Verdict", "codes", "error_of", "mode_of",
           "pull_mode", "push", "register", "run"]  # fmt: skip
