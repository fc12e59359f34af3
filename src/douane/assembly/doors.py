"""The doors of a node as applications and listeners, the same beside the core and in a process of their own."""

from __future__ import annotations

import datetime as dt
import socket
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from ssl import SSLContext
from typing import cast

from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from douane.channels.browser.refusing import browsers_told
from douane.channels.otlp.binding import Otlp
from douane.channels.rest.binding import Rest
from douane.channels.soap.binding import Soap
from douane.configuration.access_point import Point, access_point
from douane.configuration.partners import FILE as AGREEMENTS
from douane.configuration.payloads import payload_store
from douane.configuration.ports import SystemIds, cpu_ns, monotonic
from douane.configuration.settings import NodeSettings
from douane.identity.authentication import Authenticator
from douane.identity.gate import PlatformGate
from douane.identity.policy import enter
from douane.identity.signers import Submissions
from douane.identity.taken import Taken
from douane.identity.tokens import TokenIssuer, TokenVerifier
from douane.model.circles import Platform
from douane.platforms.operations.entry import ROUTES, Readiness, operations
from douane.platforms.speed2.agreements import Agreements, read
from douane.platforms.speed2.entry import AgreedGate
from douane.platforms.uumds import entry as uumds
from douane.platforms.uumds.entry import Known, UumDs
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.door import door as doors
from douane.runtime.door.decoding import Decoding
from douane.runtime.door.describing import Describing
from douane.runtime.door.link import Link
from douane.runtime.door.traces import Told, nobody
from douane.runtime.store.ports import Clock
from douane.runtime.turns.spending import Asker, Budget, Spending
from douane.shared_services.payloads.files import FilePayloads
from douane.shared_services.web.answers import Response
from douane.shared_services.web.counting import counted
from douane.shared_services.web.fair_use import FairUse, Limit
from douane.shared_services.web.listener import ClientCertificate, Door, Listeners, ListenerSettings
from douane.shared_services.web.proxies import Doubt
from douane.shared_services.web.requests import Application, Limits, Request, Served, routed
from douane.standards.soap.security import Signer
from douane.standards.xml_signature.algorithms import PrivateKey
from douane.supervision.descriptors import descriptors_each
from douane.supervision.listening import Beat, NodeListeners
from douane.trust.development_identity import DevelopmentIdentity
from douane.trust.following import Followed
from douane.trust.holding import Holding
from douane.trust.known import KnownClients
from douane.trust.signing import judging
from douane.trust.trusting import keep_trust
from douane.vocabulary.errors import DeclarationFault, DouaneError, SenderFault, StoreUnavailable

LEAVING = Readiness({"doors": "told to stop; send to another node"})
INSIDE = "127.0.0.1"
"""Where the CDCO desk listens, whatever the other doors do: it has no outside listener."""
BUSINESS = (Platform.SPEED2, Platform.CCN2, Platform.CDCO)
SWITCH_SECONDS = 0.001
"""After so long the interpreter lets the event loop go on while a large body is read beside it."""


def spending_of(platforms: Iterable[str], budget: Budget) -> dict[str, Spending]:
    """By platform: what questions, pages and descriptions may cost."""
    own = {Platform.UUMDS.value: budget.signing_in(), Platform.OPERATIONS.value: budget.operators()}
    return {name: Spending(own.get(name, budget), monotonic, cpu_ns) for name in platforms}


Bound = Mapping[str, socket.socket]
"""By platform: sockets that a parent process bound."""


@dataclass(slots=True)
class DoorMaker:
    """Makes the applications of doors and their listeners from the settings and identity of a node."""

    settings: NodeSettings
    identity: DevelopmentIdentity
    catalogue: Catalogue
    clock: Clock
    failed: Callable[[BaseException], None]
    bound: Bound = field(default_factory=dict)
    told: Told = nobody
    limited: Callable[[str, Limit], None] = lambda _platform, _limit: None
    answered: Callable[[str, str, str], None] = lambda _platform, _channel, _status: None
    """Counts an answer that refused a call."""
    guessed: Callable[[str], None] = lambda _client: None
    """Hears of a wrong secret."""
    known: KnownClients = field(init=False)
    uses: dict[str, FairUse] = field(init=False)
    """By platform: what the callers of its door hold."""
    leaving: bool = field(init=False, default=False)
    decoding: Decoding = field(default_factory=Decoding)
    speaks: Callable[[str, str], bool] = lambda _host, _guest: False
    """Whether the system of an administration serves another one, and speaks for it."""
    providers: Callable[[str, str], tuple[str, ...]] = lambda _administration, _operation: ("",)
    """Who provides an operation for an administration now, and did before; this node is the empty string."""
    left: Callable[[Platform, str], bool] = lambda _platform, _operation: False
    """Whether an operation has left a platform of this node; where the core is elsewhere, that one says so."""
    spending: Mapping[str, Spending] = field(default_factory=dict)
    """By platform: what pages and descriptions may cost, together with the questions that are asked."""
    foyer: Callable[[], str] = lambda: ""
    """Where the pages for people are; empty where this node has none."""
    doubted: Callable[[Doubt], None] = lambda _doubt: None
    """Hears of forwarded headers that are not believed."""
    agreed: list[AgreedGate] = field(default_factory=list)
    """Gates behind which agreements hold: beside a core they change together with its own."""
    payloads: FilePayloads = field(init=False)
    _point: Point | None = field(init=False)
    _trust: str = field(init=False)
    _submissions: Submissions = field(init=False)
    _doors: list[doors.Door] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        sys.setswitchinterval(SWITCH_SECONDS)
        self.known = KnownClients(self.identity, Holding(self.settings.data, needed=not self.settings.development,
                                                        told=self.settings.role == "pages"))  # fmt: skip
        allowance = self.settings.limits.within(descriptors_each(len(self.settings.platforms)))
        self.uses = {
            name: FairUse(allowance, monotonic, partial(self.limited, name)) for name in self.settings.platforms
        }
        self._trust = keep_trust(self.settings.data, self.identity)
        self._submissions = judging(self.known, self.identity, self.clock.now, self._retrust)
        sweep = self.settings.has_core
        self.payloads = payload_store(self.settings, sweep=sweep)
        self._point = access_point(
            self.settings.data, self.catalogue, self.clock, sweep=sweep, payloads=self.payloads,
            largest=self.settings.largest.as4,
        )  # fmt: skip

    def refuse(self, error: DouaneError, request: Request) -> Response:
        """How a door for programs refuses: a browser is told where the pages for people are."""
        return browsers_told(self.foyer())(error, request)

    def charge(self, spending: Mapping[str, Spending]) -> None:
        """Charge by these from now on; who is refused is counted."""
        self.spending = spending
        for name, each in spending.items():
            each.refused = partial(self.overspent, name)

    def overspent(self, platform: str, _asker: Asker | None = None, *, limit: Limit = Limit.WORK) -> None:
        """Count and log that somebody's questions or pages cost, or what is kept of him is, more than his share."""
        if platform in self.uses:
            self.uses[platform].refused[limit] += 1
        self.limited(platform, limit)

    def leave(self) -> None:
        """Say from now on that these doors are about to stop, and serve on."""
        self.leaving = True

    def gate(self, platform: Platform, legacy: Collection[str] = ()) -> PlatformGate:
        """Who may enter a platform; ``legacy``: the services that queues carry."""

        def authenticator(known: Known) -> Authenticator:
            tokens = TokenVerifier(issuer=self.settings.issuers, audience=platform.value, jwks=known.tokens)
            return Authenticator(register=known.register, certificates=known.certificates, tokens=tokens)

        def swap(known: Known) -> None:
            made.authenticator = authenticator(known)

        made = PlatformGate(platform, authenticator=authenticator(self.known.value), now=self.clock.now, legacy=legacy,
                            taken=self._taken(platform))  # fmt: skip
        self.known.follow(swap)
        return made

    def _taken(self, platform: Platform) -> Taken:
        """The proofs that the processes of this host have seen at a platform."""
        return Taken(self.settings.data / "proofs" / platform.value)

    def business(self, platform: Platform, link: Link) -> Served:
        """A platform's web door."""
        door = self.door(platform, self.business_gate(platform), link)
        describing, largest = Describing(self.spending.get(platform.value), self.decoding), self.settings.largest
        soap = self._soap(platform, door, describing)
        rest = Rest(door, self.payloads, Limits(body=largest.rest), largest.attachments, describing)
        routes = soap.routes
        served = [(soap.serves, self._counted(platform, "soap", soap.application(self.failed)))]
        routes += rest.routes
        if platform is Platform.CCN2:
            otlp = Otlp(door)
            served.append((otlp.serves, self._counted(platform, "otlp", otlp.application(self.failed))))
            routes = (*otlp.routes, *routes)
        if self._point is not None and platform is not Platform.CDCO:
            as4 = self._point.channel(door)
            served.append((as4.serves, self._counted(platform, "as4", as4.application(self.failed))))
            routes += as4.routes
        others = self._counted(platform, "rest", rest.application(self.failed, self.refuse))
        return Served(routed(served, others), routes)

    def _counted(self, platform: Platform, channel: str, application: Application) -> Application:
        """The same, of which every answer that refuses is counted."""
        name = platform.value
        return counted(application, lambda status: self.answered(name, channel, status))

    def business_gate(self, platform: Platform) -> doors.Gate:
        """Who may enter a business platform and call what, by whatever channel: pages are judged as programs are."""
        gate = self.gate(platform)
        return self._agreed(gate) if platform is Platform.SPEED2 else gate

    def _agreed(self, gate: doors.Gate) -> AgreedGate:
        """A gate behind which agreements with partners hold as their file says."""
        data = self.settings.data

        def swap(found: Agreements) -> None:
            made.agreements = found

        load = self.known.holding.reading(data / AGREEMENTS, lambda text: read(text, str(data / AGREEMENTS)))
        part = Followed(lambda: [data / AGREEMENTS, *self.known.holding.files], load, swap, "agreements")
        made = AgreedGate(gate, part.read())
        if not self.settings.has_core:
            self.known.add(part)
        self.agreed.append(made)
        return made

    def _soap(self, platform: Platform, door: doors.Door, describing: Describing) -> Soap:
        """SOAP over a door; answers to signed requests are signed by the certificate of the listener."""

        def swap(signer: Signer) -> None:
            made.signer = signer

        files = [self.identity.server_certificate, self.identity.server_key]
        part = self.known.add(Followed(lambda: files, self._signer, swap, "key of the listeners"))
        made = Soap(
            door, now=self._moment, signer=part.read(), demanded=platform.value in self.settings.soap_signed,
            public=self.settings.public.get(platform.value, ""), limits=Limits(body=self.settings.largest.soap),
            describing=describing,
        )  # fmt: skip
        return made

    def door(self, platform: Platform, gate: doors.Gate, link: Link) -> doors.Door:
        """A platform's door, without a channel. What it is said to judge by follows the files."""
        made = doors.Door(
            platform, gate=gate, catalogue=self.catalogue, link=link, clock=self.clock, keeping=self.settings.evidence,
            trust=self._trust, told=self.told, decoding=self.decoding,
            speaks=self._speaks, signatures=self._submissions, left=lambda name: self.left(platform, name),
        )  # fmt: skip

        self.known.follow(lambda _: self._retrust(made))
        self._doors.append(made)
        return made

    def _retrust(self, *some: doors.Door) -> None:
        """Keep anew what callers and signers are judged by, for some doors or all."""
        try:
            trust = keep_trust(self.settings.data, self.identity)
        except StoreUnavailable as problem:
            trust = ""  # better no list than one that does not hold any more
            self.failed(problem)
        for each in some or self._doors:
            each.trust = trust

    def provided(self, administration: str, operation: str) -> tuple[str, ...]:
        """As its node knows it by then."""
        return self.providers(administration, operation)

    def _speaks(self, host: str, guest: str) -> bool:
        return self.speaks(host, guest)  # its node says later who does

    def _moment(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.clock.now() / 1e6, dt.UTC)

    def _signer(self) -> Signer:
        """The certificate of the listener with its key. Raises DeclarationFault where they do not belong together."""
        chain = x509.load_pem_x509_certificates(self.identity.server_certificate.read_bytes())
        key = load_pem_private_key(self.identity.server_key.read_bytes(), None)
        if key.public_key() != chain[0].public_key():
            raise DeclarationFault(f"{self.identity.server_key} is not the key of {self.identity.server_certificate}.",
                                   remedy="Replace both.")  # fmt: skip
        return Signer(cast("PrivateKey", key), chain)

    def uumds(self) -> Served:
        """The door of UUM&DS; it alone needs the key that signs tokens."""
        audiences, random = {p.value: p for p in BUSINESS}, SystemIds().random

        def swap(known: Known) -> None:
            entry.known = known

        def roll(issuer: TokenIssuer) -> None:
            entry.issuer = issuer

        files = [self.identity.token_key, self.identity.token_keys]
        part = self.known.add(Followed(lambda: files, self._issuer, roll, "key that signs tokens"))
        entry = UumDs(
            known=self.known.value, issuer=part.read(), audiences=audiences, now=self.clock.now, random=random,
            refused=partial(self.told, Platform.UUMDS), use=self.uses[Platform.UUMDS.value],
            guessed=self.guessed, renew=self.known.renew_secret, public=self.settings.public.get("uumds", ""),
            taken=self._taken(Platform.UUMDS),
        )  # fmt: skip
        self.known.follow(swap)
        return Served(self._counted(Platform.UUMDS, "uumds", entry.application(self.refuse)), uumds.ROUTES)

    def _issuer(self) -> TokenIssuer:
        """By the key in its file, which is one of those that are published, or DeclarationFault."""
        published = self.identity.load_token_keys()["keys"]
        keys = [self.identity.load_token_key()]
        return TokenIssuer(issuer=self.settings.issuers, keys=keys, published=published)

    def operations(self, ready: Callable[[], Readiness], metrics: Callable[[], bytes], beat: Beat) -> Served:
        """The operator's door."""
        gate = self.gate(Platform.OPERATIONS)

        def guard(request: Request) -> None:
            try:
                caller = gate.authenticate(request.certificate, request.header("authorization"), request.possession)
                enter(caller.kind, Platform.OPERATIONS).enforce()
            except SenderFault as problem:
                self.told(Platform.OPERATIONS, problem)
                raise

        def staying() -> Readiness:
            return LEAVING if self.leaving else ready()

        made = operations(
            ready=staying, metrics=metrics, guard=guard, silence=lambda: beat.silence, refuse=self.refuse
        )  # fmt: skip
        return Served(self._counted(Platform.OPERATIONS, "operations", made), ROUTES)

    def listening(self, name: str, served: Served) -> Door:
        """What a door serves, where its platform listens."""
        settings = listener_settings(self.settings, self.identity, name)
        bound, use = self.bound.get(name), self.uses[name]
        return Door(settings, served.application, bound, served.routes, lambda: self.leaving, use)


def listener_settings(settings: NodeSettings, identity: DevelopmentIdentity, name: str) -> ListenerSettings:
    """How a platform listens."""
    return ListenerSettings(
        name=name, certificate=identity.server_certificate, key=identity.server_key,
        host=INSIDE if name == Platform.CDCO.value else settings.host, port=settings.ports[name],
        client_authorities=identity.client_authorities, client_certificate=ClientCertificate.OPTIONAL,
    )  # fmt: skip


def followed(listeners: NodeListeners | Listeners) -> Followed[Sequence[SSLContext]]:
    """Certificate, key and trusted authorities of doors that listen, read again when their files change."""
    return Followed(listeners.files, listeners.contexts, listeners.renew, "certificates of the doors")
