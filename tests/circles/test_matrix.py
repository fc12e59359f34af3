"""Nothing from the wrong circle: every route of every door with every kind of identity, on one running node.

The routes come from the channels, which serve no others; what must happen comes from the policy. Bodies are garbage:
who is let in is told so after the body was read, everybody else before.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import socket
import ssl
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key as read_key

from douane.assembly.surface import LINK, accesses, surface
from douane.backends.sqlite.queues import EmbeddedQueues
from douane.channels.as4.agreements import CHANNEL
from douane.channels.as4.certificates import CertificateRegister, OwnCertificate
from douane.channels.as4.sending import Packer, part_info
from douane.channels.csi_queue.binding import QueueGateway
from douane.configuration.access_point import access_point
from douane.configuration.discovery import services
from douane.configuration.ports import SystemClock, SystemIds
from douane.identity.policy import Ground, reaches
from douane.identity.surface import Evidence, Identity, Meeting, verdict
from douane.model.circles import ActorKind, Platform
from douane.model.declare import Kind
from douane.model.routes import Opening, Route
from douane.platforms.ccn_csi.entry import FolderCallers
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.tick import Tick
from douane.runtime.store.envelope import JournalRow, Refusal, RowKind
from douane.shared_services.link.frames import VERSION, Failure, Frame, FrameReader, Hello, Welcome, write
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.as4 import names
from douane.standards.as4.messages import PartInfo, Party, PartyId, PullRequest, Typed, UserMessage
from douane.standards.as4.pmodes import PMode
from douane.standards.as4.securing import Signer
from douane.standards.csi.message import ALL_REPORTS, Message, Qos
from douane.standards.xml_signature.tests.certified import end
from douane.vocabulary.errors import NotAuthenticated
from tests.as4.test_node import EORI
from tests.as4.test_node import write as write_certificate
from tests.circles.identities import OPERATIONS, SECOND, TRADER, Everybody, Who, chain_of, everybody
from tests.circles.wire import REFUSED_BY_TLS, Met, Wire
from tests.journeys.standing import GENEROUS, Standing, standing

CATALOGUE = Catalogue(services())
SURFACE, ACCESSES = surface(CATALOGUE), accesses(CATALOGUE)
pytestmark = pytest.mark.timeout(600)  # the matrix is made once; a slow machine takes minutes
GARBAGE = b"\x00<no message at all"
WEB = (Platform.SPEED2, Platform.CCN2, Platform.CDCO, Platform.UUMDS, Platform.OPERATIONS)
QUEUE, REPORTS = "CORE-RCT-NCTS.EU", "REPORT-RCT-NCTS.DE"
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
EXAMPLES = {"{item}": "0", "{service}": "eori", "{version}": "v1", "{operation}": "validate", "{reference}": "0"}
CODE = re.compile(rb"DOU-\d{4}")


@dataclass(frozen=True)
class Cell:
    """What somebody met at a route, and what it should have been."""

    who: Who
    meeting: Meeting
    met: Met

    @property
    def name(self) -> str:
        route = self.meeting.route
        where = f"{self.meeting.platform.value} {route.channel} {route.method} {route.path} {route.element}"
        return f"{self.who.name or 'nobody'}/{self.who.identity.name} at {where}"


@dataclass
class Matrix:
    """The node after everybody tried everything."""

    node: Standing
    people: Everybody
    cells: list[Cell] = field(default_factory=list)
    rows: list[JournalRow] = field(default_factory=list)
    leaves: list[Refusal] = field(default_factory=list)

    def watch(self, tick: Tick) -> None:
        self.rows += [row for _, row in tick.overlay.rows]
        self.leaves += [refusal for _, refusal in tick.overlay.refusals]

    def of(self, *channels: str) -> list[Cell]:
        return [c for c in self.cells if c.meeting.route.channel in channels]


@pytest.fixture(scope="module")
def matrix(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matrix]:
    folder = tmp_path_factory.mktemp("matrix")
    people = everybody(folder)
    _agree(folder, people)
    queues = f"embedded:{folder / 'queues.db'}"
    users = {"french": "FR", "german": "DE"}
    links = ("tls://127.0.0.1:0",)
    with standing(folder, people.identity, queues=queues, queue_users=users, links=links, limits=GENEROUS) as node:
        made = Matrix(node, people)
        node.node.core.node.watchers.append(made.watch)
        sent = asyncio.run(_put(made, folder))
        for try_everything in (_by_web, _by_as4, _by_link):
            made.cells += try_everything(made, folder)
        made.cells += asyncio.run(_told(folder, sent))
        _let_leaves_fall(made)
        yield made


def _meeting(platform: Platform, route: Route, who: Who) -> Meeting:
    return Meeting(platform, route, who.identity, verdict(platform, route, who.identity, ACCESSES))


def _let_leaves_fall(made: Matrix) -> None:
    """A leaf is left beside the answer, not before it: wait until those that must come are there."""
    wanted, until = _leaves_due(made), time.monotonic() + 60
    while missing := wanted - _leaves_left(made):
        assert time.monotonic() < until, f"no leaf was left of {missing}"
        time.sleep(0.05)


# --- the web doors


def _by_web(made: Matrix, folder: Path) -> list[Cell]:
    def trying(platform: Platform, who: Who, head: dict[str, str]) -> list[Cell]:
        wire = Wire(made.node.node.url(platform.value), made.people.trust(who.name), refused=who.refused)
        routes = [r for r in SURFACE[platform] if r.channel in ("rest", "soap", "otlp", "http")]
        found = [Cell(who, _meeting(platform, r, who), _asked(wire, r, head)) for r in routes]
        wire.close()
        return found

    with ThreadPoolExecutor(3) as pool:  # that many callers at once
        tried = [(platform, who, _bearing(made, platform, who)) for platform in WEB for who in made.people.whos]
        return [cell for found in pool.map(trying, *zip(*tried, strict=True)) for cell in found]


def _asked(wire: Wire, route: Route, head: dict[str, str]) -> Met:
    path = re.sub(r"\{\w+\}", lambda m: EXAMPLES[m[0]], route.path)
    if route.method == "GET":
        return wire.ask("GET", path + ("?wsdl" if route.channel == "soap" else ""), head=head)
    if route.channel == "soap":
        space, _, tag = route.element[1:].rpartition("}")
        body = f'<e:Envelope xmlns:e="{SOAP}"><e:Body><{tag} xmlns="{space}"><garbage/></{tag}></e:Body></e:Envelope>'
        return wire.ask("POST", path, body.encode(), head | {"content-type": "text/xml"})
    if route.opening is Opening.CLIENT:
        form = b"grant_type=client_credentials&keeper=FR&country=FR&reference=X"
        return wire.ask("POST", path, form, head | {"content-type": "application/x-www-form-urlencoded"})
    return wire.ask("POST", path, GARBAGE, head | {"content-type": "application/json"})


def _bearing(made: Matrix, platform: Platform, who: Who) -> dict[str, str]:
    """The Authorization header of who bears the token of another certificate."""
    if who.identity.evidence is not Evidence.OTHERS_TOKEN:
        return {}
    owner = {Platform.CCN2: SECOND, Platform.CDCO: "commission.system"}.get(platform, "trader.fr.lesquin")
    form = urlencode({"grant_type": "client_credentials", "resource": _audience(platform)}).encode()
    answer = made.node.client("uumds", owner).ask(
        "POST", "/token", form, {"content-type": "application/x-www-form-urlencoded"}
    )
    return {"authorization": f"Bearer {answer.json['access_token']}"}


def _audience(platform: Platform) -> str:
    return platform.value if platform in (Platform.CCN2, Platform.CDCO) else "speed2"


def _due(cell: Cell) -> bool:
    """Whether a web door did what the policy says."""
    route, met, ground = cell.meeting.route, cell.met, cell.meeting.verdict.ground
    if cell.who.refused:
        return met.status == 0
    if route.opening is Opening.CLIENT:  # it reads the form: the secret may stand there
        return met.status == {Ground.NO_PROOF: 401, Ground.WRONG_PLATFORM: 400}.get(ground, met.status) and (
            not cell.meeting.verdict.allowed or _granted(cell)
        )
    match ground:
        case Ground.NO_PROOF:
            unproven = cell.who.identity.evidence is not Evidence.NONE or not _in_an_open_web(cell)
            return (met.status, met.read) == (401, False) if unproven else _closed_element(cell)
        case Ground.WRONG_PLATFORM:
            return (met.status, met.read, _code(met)) == (403, False, "DOU-1102")
        case Ground.NOT_OPEN | Ground.NOT_CARRIED if route.channel == "soap" and route.element:
            return _closed_element(cell)
        case Ground.NOT_OPEN | Ground.NOT_CARRIED:
            return (met.status, met.read, _code(met)) == (404, False, "DOU-1203")
        case Ground.ADMITTED:
            return _admitted(cell)
        case _:
            return False


def _in_an_open_web(cell: Cell) -> bool:
    """Whether something of the same web service is open: then only the element tells what is asked."""
    path, platform = cell.meeting.route.path, cell.meeting.platform
    same = [r for r in SURFACE[platform] if (r.channel, r.path) == ("soap", path) and r.element]
    return any(_meeting(platform, r, cell.who).verdict.allowed for r in same)


def _granted(cell: Cell) -> bool:
    """A token, or for parties whom no customs door admits the answer that none does; a statement of traders alone."""
    kind, doors = cell.who.identity.kind, WEB[:3] if cell.meeting.route.path == "/token" else ()
    return cell.met.status == (200 if kind is ActorKind.TRADER or any(each.admits(kind) for each in doors) else 400)


def _closed_element(cell: Cell) -> bool:
    """A web service of which nothing is open does not exist; of others the element is unknown here."""
    known = cell.met.status in (400, 422, 500) and b"No operation here takes" in cell.met.body
    return known if _in_an_open_web(cell) else (cell.met.status, cell.met.read) == (404, False)


def _admitted(cell: Cell) -> bool:
    """It was let in: the body was asked for, and found to be garbage."""
    route, met = cell.meeting.route, cell.met
    if "{item}" in route.path:
        return (met.status, _code(met)) == (404, "DOU-1203")
    if route.method == "GET":
        return met.status == (422 if "{reference}" in route.path else 200)
    if route.channel == "soap":
        return met.read and met.status not in (401, 403) and b"No operation here takes" not in met.body
    return (met.status, met.read) == (422, True)


def _code(met: Met) -> str:
    found = CODE.search(met.body)
    return found[0].decode() if found else ""


def test_every_route_of_the_web_doors_opens_to_whom_it_should_and_to_nobody_else(matrix: Matrix) -> None:
    cells = matrix.of("rest", "soap", "otlp", "http")
    assert [(c.name, c.meeting.verdict.ground, c.met) for c in cells if not _due(c)] == []
    routes = sum(len([r for r in SURFACE[p] if r.channel in ("rest", "soap", "otlp", "http")]) for p in WEB)
    assert len(cells) == routes * len(matrix.people.whos)


def test_a_message_is_refused_by_the_type_it_names_before_it_is_decoded(matrix: Matrix) -> None:
    """``/v1/messages`` takes every type: of those that are not open to the caller only the name is looked at."""
    different = []
    for platform, kind in itertools.product((Platform.SPEED2, Platform.CCN2, Platform.CDCO), ActorKind):
        client = matrix.node.client(platform.value, f"all.{kind.value}")
        for operation in (o for o in OPERATIONS.values() if o.kind is Kind.COMMAND and platform.admits(kind)):
            taking = [o for o in CATALOGUE.taking(operation.request) if o.kind is Kind.COMMAND]
            open_ = any(reaches(kind, platform, o.qualified, o.by, legacy_queue=False).allowed for o in taking)
            name = operation.request.__name__
            xml = f"<?xml version='1.0'?><!-- x --><a:{name} xmlns:a='urn:x'".encode()
            json_media, xml_media = {"content-type": "application/json"}, {"content-type": "application/xml"}
            met = {
                client.ask("POST", f"/v1/messages?type={name}", GARBAGE, json_media).status,
                client.ask("POST", "/v1/messages", xml, xml_media).status,
            }
            if met != {422 if open_ else 403}:
                different.append((platform, kind, name, met))
    assert different == []


def test_the_doors_serve_the_declared_routes_and_no_others(matrix: Matrix) -> None:
    served = {Platform(name): set(routes) for name, routes in matrix.node.node.listeners.routes.items()}
    assert served == {p: set(SURFACE[p]) - {LINK} for p in WEB}
    assert set(SURFACE) == set(Platform)
    assert {name for routes in SURFACE.values() for r in routes for name in r.operations} == set(OPERATIONS)


def test_no_path_beside_the_declared_ones_answers(matrix: Matrix) -> None:
    """Prefixes, suffixes and other methods of what is served; a customs door tells them apart from no address."""
    for platform in WEB:
        known = {(r.method, r.path) for r in SURFACE[platform]}
        paths = {path for _, path in known}
        kind = min(platform.kinds, key=lambda k: k.value)
        client = matrix.node.client(platform.value, f"all.{kind.value}")
        for path in ("/", "/v1", "/metrics", "/token", "/health/live", "/transit", "/transit/v2/x", "/as4/x", "/v1/x",
                     "/.git/config", "/payloads/0", "/lodged/", "/identity/clients.toml"):  # fmt: skip
            if path not in paths:
                assert client.ask("GET", path).status == 404, (platform, path)
        for method, path in sorted(known):
            if method in ("GET", "POST") and "{" not in path:
                assert client.ask("DELETE", path).status in (404, 405), (platform, path)


# --- AS4: who signs is who calls


def _agree(folder: Path, people: Everybody) -> None:
    """An access point with an agreement for everybody."""
    write_certificate(folder / "as4/own", "p256", "customs")
    parties = sorted({who.party for who in people.whos})
    for party in parties:
        write_certificate(folder / "as4/partners" / party, "p256-trader", "encryption")
    head = 'host = "as4.customs.example"\nparty = "customs"\ntype = "urn:t"\nrole = "Customs"\n'
    partners = "".join(
        f'[[partner]]\nparty = "{party}"\ntype = "{EORI}"\nprofile = "2.0"\nsignature = "ecdsa"\n'
        f'key = "ecdh-es-hkdf"\nagreement = "agreed with {party}"\n'
        for party in parties
    )
    (folder / "as4/as4.toml").write_text(head + partners)


def _by_as4(made: Matrix, folder: Path) -> list[Cell]:
    point = access_point(folder, CATALOGUE, SystemClock(), sweep=False)
    assert point is not None
    modes: dict[str, dict[str, PMode]] = {}
    for mode, party in point.legs:
        modes.setdefault(party, {})[mode.id.removeprefix(f"{party}:")] = mode
    found = []
    for platform in (Platform.SPEED2, Platform.CCN2):
        wire = Wire(made.node.node.url(platform.value), made.people.trust(""))
        for who in made.people.whos:
            packer = _packer(made, who, folder)
            for route in SURFACE[platform]:
                if route.channel == "as4":
                    media, body = _packed(packer, route, who, modes[who.party])
                    met = wire.ask("POST", "/as4", body, {"content-type": media})
                    found.append(Cell(who, _meeting(platform, route, who), met))
        wire.close()
    return found


class Dishonest(CertificateRegister):
    """Signs with the card it has, whatever that is worth."""

    def signer(self, mode: PMode, now: int) -> Signer:
        card = self._own[0]
        return Signer(card.key, card.chain, mode.security.signature, mode.security.signer_form)  # type: ignore[arg-type]


def _packer(made: Matrix, who: Who, folder: Path) -> Packer:
    """Its own card to sign with, ours to encrypt for."""
    payloads = FilePayloads(folder / "sent", SystemIds().random)
    name = who.name or "all.trader"
    key = read_key(made.people.identity.client(name).key.read_bytes(), None)
    own = OwnCertificate(chain_of(made.people.identity, name), key)  # type: ignore[arg-type]
    return Packer(Dishonest([own], {"customs": [end("p256").chain]}), payloads, SystemIds())


def _packed(packer: Packer, route: Route, who: Who, modes: dict[str, PMode]) -> tuple[str, bytes]:
    now, id = SystemClock().now(), f"{SystemIds().random(8).hex()}@x"
    signed = who.identity.evidence is not Evidence.NONE
    if route.element == "pull":
        request = PullRequest(id, now, f"{CHANNEL}/{who.party}")
        signer = packer.certificates.signer(modes["pull"], now) if signed else None
        return names.SOAP_MEDIA, packer.signal(request, signer)
    mode = modes["transit.lodge_declaration" if route.element == "test" else route.element]
    service, action = mode.service, mode.action
    parts: tuple[PartInfo, ...] = (part_info("message", "application/json", compress=False),)
    if route.element == "test" or not signed:
        parts = ()
    if route.element == "test":
        service, action = Typed(names.TEST_SERVICE), names.TEST_ACTION
    message = UserMessage(
        id, now, Party(PartyId(who.party, EORI), "Trader"), Party(PartyId("customs", "urn:t"), "Customs"), service,
        action, "1", mode.agreement, mode.mpc, parts=parts,
    )  # fmt: skip
    if not signed:
        return names.SOAP_MEDIA, packer.signal(message, None)
    packed = packer.pack(mode, message, [(each, [GARBAGE], len(GARBAGE)) for each in parts], "customs", now)
    return packed.content_type, packed.whole()


def _due_as4(cell: Cell) -> bool:
    """Whether the access point did what the policy says. Who proves nothing may be told so, or that it is unsigned."""
    verdict, code, evidence = cell.meeting.verdict, _code(cell.met), cell.who.identity.evidence
    answered = b"NonRepudiationInformation" in cell.met.body, b"EBMS:0006" in cell.met.body
    if verdict.allowed:
        wanted = {"pull": (False, True), "test": (True, False)}.get(cell.meeting.route.element, (False, False))
        return answered == wanted and code not in CLOSED
    if any(answered) or cell.met.status != 200:
        return False
    if evidence is Evidence.NONE:
        return b"EBMS:0103" in cell.met.body or b"EBMS:0101" in cell.met.body
    if evidence is Evidence.OTHERS_TOKEN:  # it signs well, in the name of another party
        return code == ("DOU-1103" if cell.meeting.platform is Platform.SPEED2 else "DOU-1102")
    return code == CODES[verdict.ground]


CODES = {
    Ground.NO_PROOF: "DOU-1101", Ground.WRONG_PLATFORM: "DOU-1102", Ground.NOT_OPEN: "DOU-1203",
    Ground.NOT_CARRIED: "DOU-1203",
}  # fmt: skip
CLOSED = {"DOU-1101", "DOU-1102", "DOU-1103", "DOU-1203"}


def test_as4_takes_messages_and_hands_them_out_as_the_policy_says(matrix: Matrix) -> None:
    cells = matrix.of("as4")
    assert [(c.name, c.meeting.verdict.ground, c.met) for c in cells if not _due_as4(c)] == []
    assert len(cells) == 2 * len(matrix.people.whos) * len([r for r in SURFACE[Platform.SPEED2] if r.channel == "as4"])


# --- the link


def _by_link(made: Matrix, folder: Path) -> list[Cell]:
    assert made.node.node.links is not None
    address = ("127.0.0.1", made.node.node.links.port)
    found = []
    for platform in (p for p in Platform if LINK in SURFACE[p]):
        for who in made.people.whos:
            name = (
                f"link.{platform.value.replace('_', '-')}" if who.identity == Identity(ActorKind.SERVICE) else who.name
            )
            found.append(Cell(who, _meeting(platform, LINK, who), _greeted(made, address, platform, name)))
    return found


def _greeted(made: Matrix, address: tuple[str, int], platform: Platform, name: str) -> Met:
    """What the core answers to the first frame of somebody who says to be a platform's door."""
    context = made.people.trust(name)
    frames: list[Frame] = []
    try:
        with (
            socket.create_connection(address, timeout=60) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as line,
        ):
            line.sendall(write(Hello(VERSION, platform.value, "somebody", int(time.time() * 1e6))))
            reader = FrameReader()
            while not frames and (octets := line.recv(65536)):
                frames = reader.feed(octets)
    except (ssl.SSLError, ConnectionError):
        return Met(REFUSED_BY_TLS)
    match frames:
        case [Welcome(), *_]:
            return Met(200)
        case [Failure(code=code), *_]:
            return Met(403, body=code.encode())
        case _:
            return Met(REFUSED_BY_TLS)


def test_only_the_door_of_a_platform_holds_its_link(matrix: Matrix) -> None:
    cells = matrix.of("link")
    assert [c.name for c in cells if (c.met.status == 200) != c.meeting.verdict.allowed] == []
    assert {c.meeting.platform for c in cells if c.met.status == 200} == {p for p in Platform if LINK in SURFACE[p]}
    operators = [c.met for c in cells if c.who.identity == Identity(ActorKind.OPERATOR)]
    assert {(m.status, _code(m)) for m in operators} == {(403, "DOU-1102")}


def test_the_link_of_one_platform_is_not_held_by_the_door_of_another(matrix: Matrix) -> None:
    assert matrix.node.node.links is not None
    address = ("127.0.0.1", matrix.node.node.links.port)
    for own in (p for p in Platform if LINK in SURFACE[p]):
        for other in (p for p in Platform if LINK in SURFACE[p] and p is not own):
            met = _greeted(matrix, address, other, f"link.{own.value.replace('_', '-')}")
            assert (met.status, _code(met)) == (403, "DOU-1102"), (own, other)


# --- the queues: the carrier proves the user


async def _put(made: Matrix, folder: Path) -> dict[str, tuple[Who, Route]]:
    """Everybody puts every message; the gateway works on them while the other doors are tried."""
    queues = EmbeddedQueues(folder / "queues.db", SystemClock())
    for name in (QUEUE, REPORTS):
        await queues.declare(name)  # as the gateway does, perhaps later
    sent: dict[str, tuple[Who, Route]] = {}
    qos = Qos(reports=ALL_REPORTS, report_to=REPORTS)
    for who in made.people.whos:
        for route in SURFACE[Platform.CCN_CSI]:
            if route.channel == "csi_queue":
                id = f"Q{len(sent)}"
                sent[id] = (who, route)
                await queues.put(QUEUE, Message(id, f"<{route.element}/>".encode(), qos=qos, user=who.queue_user))
    await queues.close()
    return sent


async def _told(folder: Path, sent: dict[str, tuple[Who, Route]]) -> list[Cell]:
    """What the reports say of each."""
    queues = EmbeddedQueues(folder / "queues.db", SystemClock())
    told: dict[str, bytes] = {}
    until = time.monotonic() + 300
    while len(told) < len(sent) and time.monotonic() < until:
        for each in await queues.take(REPORTS, 500, 1.0):
            told[each.message.qos.correlation] = each.message.reason.encode()
            await queues.delete(each)
    await queues.close()
    assert told.keys() >= sent.keys(), f"no report came of {sent.keys() - told.keys()}"
    return [
        Cell(who, _meeting(Platform.CCN_CSI, route, who), Met(1, body=told.get(id, b"")))
        for id, (who, route) in sent.items()
    ]


def test_queues_carry_what_systems_of_member_states_may_send(matrix: Matrix) -> None:
    cells = matrix.of("csi_queue")
    different = []
    for cell in cells:
        system = cell.who.identity == Identity(ActorKind.MEMBER_STATE)
        wanted = "DOU-1101" if not system else None if cell.meeting.verdict.allowed else "DOU-1103"
        if _code(cell.met) in CLOSED | {""} if wanted is None else _code(cell.met) != wanted:
            different.append((cell.name, wanted, cell.met))
    assert different == []
    assert len(cells) > 400
    assert {c.meeting.verdict.allowed for c in cells if c.who.name == SECOND} == {True, False}


# --- the folders: the file system lets in one administration, and nobody else


def test_a_folder_lets_in_the_system_of_its_administration_and_nobody_else(matrix: Matrix) -> None:
    door = next(each for each in matrix.node.node.gateways if isinstance(each, QueueGateway)).door  # of both channels
    callers = FolderCallers(matrix.people.identity.load_register())
    routes = [r for r in SURFACE[Platform.CCN_CSI] if r.channel == "csi_folder"]
    assert len(routes) > 10
    for who in (w for w in matrix.people.whos if w.identity.kind is ActorKind.MEMBER_STATE and w.registered):
        caller = callers(who.party.removeprefix("NTA."))
        offered = {each.qualified for each in door.offered(caller)}
        for route in routes:
            allowed = verdict(Platform.CCN_CSI, route, who.identity, ACCESSES).allowed
            assert (route.operations[0] in offered) == allowed, (who.name, route)
    for nobody in ("EU", "", "ZZ", TRADER):
        with pytest.raises(NotAuthenticated):
            callers(nobody)


# --- what is left of it


def test_nobody_moved_anything(matrix: Matrix) -> None:
    """No message was journalled to be handled, not even of those that were let in: what they brought was garbage.

    What is refused to a sender who does not wait is kept with its faults and answered by an error message; reads of
    what the node holds are noted.
    """
    moved = {(row.kind.is_refusal, row.conflict) for row in matrix.rows if row.kind is not RowKind.READ}
    assert moved <= {(True, "refused")}
    refused = [c for c in matrix.of("csi_queue") if c.who.party.startswith("NTA.") and _code(c.met) == "DOU-1103"]
    kept = [row for row in matrix.rows if row.kind is RowKind.UNACCEPTABLE and row.origin.channel == "csi_queue"]
    assert 0 < len(refused) <= len(kept) + sum(leaf.code == "14" for leaf in matrix.leaves)
    assert {row.sender for row in matrix.rows if row.kind is not RowKind.READ} <= {
        who.party for who in matrix.people.whos if who.registered
    }


def _leaves_due(made: Matrix) -> set[tuple[str, str, str, str]]:
    """Client, platform, operation, code: what must be in the audit log of refused clients that are known."""
    found = set()
    for cell in made.cells:
        verdict, route, platform = cell.meeting.verdict, cell.meeting.route, cell.meeting.platform
        if not cell.who.registered or verdict.allowed or route.channel in ("http", "link", "csi_queue"):
            continue
        if verdict.ground is Ground.WRONG_PLATFORM:
            found.add((cell.who.name, platform.value, "unknown", "DOU-1102"))
        elif route.channel != "soap":
            found.add((cell.who.name, platform.value, route.operations[0], "DOU-1203"))
    return found


def _leaves_left(made: Matrix) -> set[tuple[str, str, str, str]]:
    mine = [leaf for leaf in made.leaves if leaf.turned_away]
    return {(leaf.who, leaf.origin.platform, leaf.operation, leaf.code) for leaf in mine}


def test_every_refusal_of_a_known_client_is_in_the_audit_log(matrix: Matrix) -> None:
    due, left = _leaves_due(matrix), _leaves_left(matrix)
    assert due - left == set()
    assert len(due) > 100
    unknown = {each.value for each in Evidence} | {"confused", "revoked"}
    assert not any(sender in unknown for sender, *_ in left), "who proves nothing writes nothing"


def test_a_client_that_calls_in_vain_leaves_one_leaf_a_minute(matrix: Matrix) -> None:
    mine = Counter((leaf.who, leaf.origin.platform, leaf.operation, leaf.code) for leaf in matrix.leaves)
    tried = sum(c.who.name == "all.trader" and c.meeting.platform is Platform.CCN2 for c in matrix.cells)
    assert tried > 100
    # a slow machine may take some minutes for all of it
    assert mine["all.trader", "ccn2", "unknown", "DOU-1102"] < tried / 10


def test_every_refusal_is_counted(matrix: Matrix) -> None:
    text = matrix.node.client("operations", "all.operator").ask("GET", "/metrics").body.decode()
    refusals = {
        (m[1], m[2]): float(m[3])
        for m in re.finditer(r'douane_refusals_total\{platform="(\w+)",code="([\w-]+)"\} (\S+)', text)
    } | {
        (m[2], m[1]): float(m[3])
        for m in re.finditer(r'refusals_total\{code="([\w-]+)",platform="(\w+)"\} (\S+)', text)
    }
    due = Counter(
        (c.meeting.platform.value, CODES[c.meeting.verdict.ground])
        for c in matrix.of("rest", "http")
        if not c.meeting.verdict.allowed and c.met.status
    )
    assert {each: (n, refusals.get(each, 0)) for each, n in due.items() if refusals.get(each, 0) < n} == {}
    unproven = {m[1]: float(m[2]) for m in re.finditer(r'unauthenticated_total\{platform="(\w+)"\} (\S+)', text)}
    for platform in WEB:
        tried = [c for c in matrix.of("rest", "soap", "otlp", "http") if c.meeting.platform is platform]
        assert unproven[platform.value] >= sum(c.meeting.verdict.ground is Ground.NO_PROOF for c in tried) / 10
        assert any(c.met.status == 0 for c in tried)
    assert unproven["link"] > 0
    assert "DOU-1101" in json.dumps(sorted(refusals))
