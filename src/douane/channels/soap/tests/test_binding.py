"""The SOAP binding over a door whose gate and link are ours: envelopes, receipts, faults, descriptions by circle."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from lxml import etree
from msgspec import Meta

from douane.channels.soap.binding import Soap
from douane.model.caller import Caller
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Actor, Level, OfCase, Operation, WebContract, Who, command, event, query, service
from douane.model.web_services import web_services
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.status import MessageStatus
from douane.runtime.door.door import Authenticated, Door
from douane.runtime.door.link import Published, Question, Reader
from douane.runtime.door.proof import NONE, Possession
from douane.runtime.store.envelope import Arrival, Receipt
from douane.runtime.store.origin import Media
from douane.shared_services.web.requests import Request
from douane.standards.soap.envelope import Version, envelope_text, read_envelope
from douane.standards.soap.security import Signer, read_security
from douane.standards.xml_signature.tests.certified import certify
from douane.vocabulary.errors import KnownIdChanged, NotAuthenticated, NotAuthorised, Overloaded, StoreUnavailable
from tests.callers import caller, sent_row

TRADER, STATE = Actor("trader", ActorKind.TRADER), Actor("state", ActorKind.MEMBER_STATE)
NOW = 1_800_000_000_123_456
MOMENT = dt.datetime.fromtimestamp(NOW / 1e6, dt.UTC)
CARD = certify("someone", ec.generate_private_key(ec.SECP256R1()))
SIGNER = Signer(CARD.key, CARD.chain)  # type: ignore[arg-type]  # a key that signs
SPACE = "https://douane.example/services/parcels/v1"
FAULTS = "https://douane.example/faults/v1"
WSA = "http://www.w3.org/2005/08/addressing"
BOTH = pytest.mark.parametrize("version", list(Version), ids=lambda v: v.name)


class Parcel(msgspec.Struct, frozen=True):
    """A parcel."""

    number: Annotated[str, Meta(pattern=r"\A[A-Z][0-9]+\Z")]
    mass: Decimal


class Ask(msgspec.Struct, frozen=True):
    """Which parcels."""

    number: tuple[str, ...]


class Found(msgspec.Struct, frozen=True):
    """What is known."""

    number: str
    known: bool


class Answered(msgspec.Struct, frozen=True, rename={"found": "return"}):
    """All that is known."""

    found: tuple[Found, ...]


class Arrived(msgspec.Struct, frozen=True):
    """A parcel is here."""

    number: str


class Secret(msgspec.Struct, frozen=True):
    """What nobody else sees."""

    number: str


CONTRACT = WebContract(
    "urn:old:parcels", "/old/parcel-check", "parcelCheck", "checkParcel", "checkParcelResponse", plain_answer=True
)


@service("parcels", title="Parcels", owner="tests", level=Level.BRONZE)
class Parcels:
    """Parcels of a test."""

    @command(
        Parcel,
        replies=(Arrived,),
        task="P-1",
        who=Who(by=(TRADER,)),
        case=OfCase(opens=lambda m, _: ("parcel", m.number)),
    )
    def announce(self) -> None:
        """Announce a parcel."""

    @query(Ask, Answered, task="P-2", who=Who(by=(TRADER,)), contract=CONTRACT)
    def look(self) -> None:
        """Look for parcels."""

    @event(Arrived, by=(TRADER,), task="P-3")
    def arrived(self) -> None:
        """A parcel arrived."""

    @command(Secret, task="P-4", who=Who(by=(STATE,)))
    def seize(self) -> None:
        """Seize a parcel."""


@dataclass(frozen=True)
class Someone:
    """A trader."""

    id: str = "someone"
    kind: ActorKind = ActorKind.TRADER
    circle: Circle = Circle.UNTRUSTED
    eori: str = "DE1"
    administration: str = ""
    roles: frozenset[str] = frozenset({"trader"})
    acting_for: str = ""

    @property
    def caller(self) -> Caller:
        return caller(self.kind, self.eori or self.id, id=self.id, administration=self.administration)


@dataclass
class Gate:
    """Lets in who says ``Bearer in``; opens what is declared for the kind."""

    signatory: str

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        if certificate and self.signatory != "wrong":
            return Someone(id=self.signatory)
        if authorization == "Bearer third":
            return Someone(kind=ActorKind.THIRD_COUNTRY)
        if authorization != "Bearer in":
            raise NotAuthenticated("Who are you?", remedy="Say it.")
        return Someone()

    def still(self, caller: Authenticated) -> None:
        return

    def public(self) -> Authenticated:
        return Someone(id="", kind=ActorKind.PUBLIC, eori="")

    def authorise(self, caller: Authenticated, operation: Operation) -> None:
        if not self.open_to(caller, operation):
            raise NotAuthorised("No.")

    def open_to(self, caller: Authenticated, operation: Operation) -> bool:
        return any(a.kind is caller.kind for a in operation.by)


@dataclass
class Desk:
    """The binding over a link that remembers what came."""

    arrivals: list[Arrival] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)
    collected: list[tuple[str, str, int, float]] = field(default_factory=list)
    acknowledged: list[tuple[str, str]] = field(default_factory=list)
    problem: Exception | None = None
    signatory: str = "someone"

    def __post_init__(self) -> None:
        catalogue = Catalogue([Parcels.__service__])  # type: ignore[attr-defined]  # set by @service
        self.door = Door(Platform.SPEED2, gate=Gate(self.signatory), catalogue=catalogue, link=self, clock=self)
        self.soap = Soap(self.door, now=lambda: MOMENT)
        self.failed: list[BaseException] = []
        self.application = self.soap.application(self.failed.append)

    def sign_answers(self, *, demanded: bool = False) -> None:
        self.application = Soap(self.door, now=lambda: MOMENT, signer=SIGNER, demanded=demanded).application()

    def now(self) -> int:
        return NOW

    async def submit(self, arrival: Arrival) -> Receipt:
        self.arrivals.append(arrival)
        if self.problem:
            raise self.problem
        return Receipt(arrival.envelope.id, 0x2A, 7, NOW, arrival.envelope.content.digest, bytes(32), 1, b"promise")

    async def ask(self, question: Question) -> Any:
        self.asked.append(question)
        return Answered(tuple(Found(n, n == "A1") for n in question.request.number))

    async def collect(self, reader: Reader, cursor: str, limit: int, wait: float) -> tuple[list[Item], str]:
        self.collected.append((reader.place, cursor, limit, wait))
        body = b'{"number":"A1"}'
        row = sent_row(
            reader.place,
            "Arrived",
            "M1",
            body,
            subject=7,
            media=Media.JSON,
            administration="DE",
            correlation="Q",
            digest=hashlib.sha256(body).digest(),
            at=NOW,
            leaf=1,
            cause=1,
        )
        return [Item(1, row, body)], "1"

    async def acknowledge(self, reader: Reader, item: str, channel: str) -> None:
        self.acknowledged.append((reader.place, item))

    async def claim(self, reader: Reader, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        raise AssertionError("no operation of this channel claims")

    async def published(self, number: str) -> Published:
        raise AssertionError("no channel asks for lists")

    async def handed(self, name: str, digest: str) -> bytes:
        raise AssertionError("no channel asks for files")

    async def approved(self) -> Mapping[str, tuple[str, ...]]:
        raise AssertionError("no channel asks which files hold")

    async def sealing(self) -> tuple[bytes, ...]:
        raise AssertionError("nobody signs in by this channel")

    async def came_in(self, caller: Caller, address: str) -> None:
        raise AssertionError("nobody comes in by this channel")

    async def note(self, reader: Reader, item: str, note: bytes) -> None:
        raise AssertionError("no operation of this channel notes")

    async def status(self, reader: Reader, item: str, after: str, limit: int) -> MessageStatus:
        raise AssertionError("no operation of this channel asks for the status of a message")

    async def noted(self, item: str) -> tuple[str, bytes]:
        raise AssertionError("no operation of this channel reads notes")

    def http(
        self, method: str, target: str, body: bytes = b"", headers: Sequence[tuple[str, str]] = (), who: str = "in"
    ) -> tuple[int, bytes, dict[str, str]]:
        """One request."""
        path, _, given = target.partition("?")
        head = [("authorization", f"Bearer {who}"), ("host", "door.example:8443"), *headers]
        if method == "POST" and "content-type" not in dict(headers):
            head.append(("content-type", Version.SOAP12.media))
        asked = Request(method, path, query=given.encode(), headers=head, content=body)
        answer = asyncio.run(self.application(asked))
        return answer.status, answer.body, {"content-type": answer.media, **dict(answer.headers)}

    def call(
        self, body: str, *, header: str = "", version: Version = Version.SOAP12, path: str = "/parcels/v1",
        who: str = "in", headers: Sequence[tuple[str, str]] = (),
    ) -> tuple[int, etree._Element]:  # fmt: skip
        """Post an envelope: status and the element in the body of the answer."""
        media = ("content-type", version.media)
        status, content, fields = self.http("POST", path, envelope_text(version, body, header), [media, *headers], who)
        assert fields["content-type"] == version.media
        root = etree.fromstring(content)
        assert root.tag == f"{{{version.value}}}Envelope"
        header_found = root.find(f"{{{version.value}}}Header")
        self.header: list[etree._Element] = [] if header_found is None else list(header_found)
        return status, root.find(f"{{{version.value}}}Body")[0]  # type: ignore[index]


PARCEL = f'<announce xmlns="{SPACE}"><number>A1</number><mass>5.50</mass></announce>'
LOOK = f'<look xmlns="{SPACE}"><number>A1</number><number>B2</number></look>'


def texts(element: etree._Element) -> dict[str, str]:
    return {etree.QName(e).localname: e.text or "" for e in element.iter() if not len(e)}


# --- calls


@BOTH
def test_a_command_answers_with_the_receipt(version: Version) -> None:
    desk = Desk()
    status, answer = desk.call(PARCEL, version=version)
    assert (status, answer.tag) == (200, f"{{{SPACE}}}announceResponse")
    envelope = desk.arrivals[0].envelope
    assert desk.arrivals[0].message == Parcel("A1", Decimal("5.50"))
    assert (envelope.operation, envelope.origin.channel, envelope.content.media) == (
        "parcels.announce",
        "soap",
        Media.XML,
    )
    facts = texts(answer)
    assert (facts["receipt"], facts["case"]) == ("2a", f"{7:016x}")
    assert facts["digest"] == hashlib.sha256(PARCEL.encode()).hexdigest() == envelope.content.digest.hex()
    assert facts["received"] == "2027-01-15T08:00:00.123000Z"


def test_what_is_kept_of_a_message_is_read_again() -> None:
    desk = Desk()
    desk.call(PARCEL.replace("<mass>", "\n <!-- heavy --><mass>"))
    kept = desk.arrivals[0].envelope
    catalogue = Catalogue([Parcels.__service__])  # type: ignore[attr-defined]  # set by @service
    assert catalogue.decode(kept.operation, "", kept.content.media, kept.content.body) == Parcel("A1", Decimal("5.50"))


@BOTH
def test_a_query_is_answered_at_once(version: Version) -> None:
    desk = Desk()
    status, answer = desk.call(LOOK, version=version)
    assert status == 200
    assert [[e.text for e in found] for found in answer] == [["A1", "true"], ["B2", "false"]]
    assert answer[0].tag == f"{{{SPACE}}}return"
    assert desk.asked[0].request == Ask(("A1", "B2"))
    assert desk.arrivals == []


def test_an_event_is_followed_by_cursor() -> None:
    desk = Desk()
    page = f'<arrived xmlns="{SPACE}"><after>9</after><limit>5000</limit><wait>99</wait></arrived>'
    status, answer = desk.call(page)
    assert (status, texts(answer)["body"]) == (200, '{"number":"A1"}')
    assert desk.collected == [("feed:parcels.arrived", "9", 500, 30.0)]


def test_the_mailbox_sends_collects_and_acknowledges() -> None:
    desk = Desk()
    box = "https://douane.example/services/messages/v1"
    body = '{"number":"A1","mass":"5"}'
    send = (
        f'<send xmlns="{box}"><body>{body}</body><media>application/json</media><type>Parcel</type><id>M7</id></send>'
    )
    assert texts(desk.call(send, path="/messages/v1")[1])["id"] == "M7"
    assert desk.arrivals[0].envelope.operation == "parcels.announce"
    _, page = desk.call(f'<collect xmlns="{box}"/>', path="/messages/v1")
    assert (texts(page)["message"], texts(page)["media"], texts(page)["after"]) == ("M1", "application/json", "1")
    assert desk.collected == [("DE1", "", 50, 0.0)]
    status, answer = desk.call(f'<acknowledge xmlns="{box}"><id>1</id></acknowledge>', path="/messages/v1")
    assert (status, answer.tag, desk.acknowledged) == (200, f"{{{box}}}acknowledgeResponse", [("DE1", "1")])


def test_a_published_contract_keeps_its_address_and_names() -> None:
    desk = Desk()
    ask = '<q:checkParcel xmlns:q="urn:old:parcels"><q:number>A1</q:number></q:checkParcel>'
    status, answer = desk.call(ask, path="/old/parcel-check", version=Version.SOAP11, headers=[("soapaction", '"x"')])
    assert (status, answer.tag) == (200, "{urn:old:parcels}checkParcelResponse")
    assert [e.tag for e in answer.iter()][1:] == ["return", "number", "known"]
    status, fault = desk.call(ask.replace("q:number", "number"), path="/old/parcel-check", version=Version.SOAP11)
    assert (status, texts(fault)["pointer"]) == (500, "/checkParcel/number")


# --- addressing


def test_an_addressed_request_gets_an_addressed_answer() -> None:
    desk = Desk()
    action = f'<w:Action xmlns:w="{WSA}">{SPACE}/announce</w:Action>'
    must = f'xmlns:s="{Version.SOAP12.value}" s:mustUnderstand="true"'
    ident = f'<w:MessageID xmlns:w="{WSA}" {must}>urn:uuid:0f-1</w:MessageID>'
    desk.call(PARCEL, header=action + ident)
    assert [(e.tag, e.text) for e in desk.header] == [
        (f"{{{WSA}}}Action", f"{SPACE}/announceResponse"), (f"{{{WSA}}}RelatesTo", "urn:uuid:0f-1"),
    ]  # fmt: skip
    assert desk.arrivals[0].envelope.id == "0f1"
    status, _ = desk.call(PARCEL, header=action.replace("announce", "look") + ident)
    assert status == 400
    assert desk.header[-1].text == "urn:uuid:0f-1"


@pytest.mark.parametrize(("action", "status"), [(f"{SPACE}/announce", 200), ("", 200), (f"{SPACE}/look", 500)])
def test_the_action_of_a_call_must_be_that_of_its_element(action: str, status: int) -> None:
    headers = [("soapaction", f'"{action}"')]
    assert Desk().call(PARCEL, version=Version.SOAP11, headers=headers)[0] == status


# --- signatures


def test_a_signed_request_is_checked_and_its_answer_signed() -> None:
    desk = Desk()
    desk.sign_answers()
    envelope = SIGNER.sign(envelope_text(Version.SOAP12, LOOK), MOMENT)
    status, content, _ = desk.http("POST", "/parcels/v1", envelope)
    secured = read_security(read_envelope(content), MOMENT)
    assert (status, secured is not None) == (200, True)
    assert desk.http("POST", "/parcels/v1", envelope_text(Version.SOAP12, LOOK))[0] == 200  # nobody demands it


@pytest.mark.parametrize("who", ["other", "wrong"])
def test_a_signature_of_somebody_else_is_refused(who: str) -> None:
    desk = Desk(signatory=who)
    envelope = SIGNER.sign(envelope_text(Version.SOAP12, PARCEL), MOMENT)
    status, content, _ = desk.http("POST", "/parcels/v1", envelope)
    assert (status, b"DOU-1301" in content or b"DOU-1101" in content) == (400 if who == "other" else 401, True)
    assert all(a.envelope.faults for a in desk.arrivals)


def test_where_signatures_are_demanded_nothing_else_is_taken() -> None:
    desk = Desk()
    desk.sign_answers(demanded=True)
    status, fault = desk.call(PARCEL)
    assert (status, fault.findtext(f".//{{{FAULTS}}}code")) == (400, "DOU-1301")
    assert desk.http("POST", "/parcels/v1", SIGNER.sign(envelope_text(Version.SOAP12, PARCEL), MOMENT))[0] == 200


# --- refusals


@BOTH
def test_a_fault_carries_the_fault_list(version: Version) -> None:
    desk = Desk()
    wrong = PARCEL.replace("A1", "1A").replace("5.50", "x")
    status, fault = desk.call(wrong, version=version)
    assert (status, fault.tag) == (400 if version is Version.SOAP12 else 500, f"{{{version.value}}}Fault")
    assert f"soap:{version.sender}" in "".join(map(str, fault.itertext()))
    problem = fault.find(f".//{{{FAULTS}}}problem")
    assert problem is not None
    places = [
        (f.findtext(f"{{{FAULTS}}}pointer"), f.findtext(f"{{{FAULTS}}}code"))
        for f in problem.iter(f"{{{FAULTS}}}faults")
    ]
    assert places == [("/announce/number", "51"), ("/announce/mass", "50")]
    assert problem.findtext(f"{{{FAULTS}}}code") == "DOU-1003"
    (refused,) = desk.arrivals
    assert len(refused.envelope.faults) == 2  # the core keeps an audit leaf of it


def test_broken_envelopes_are_refused_and_leave_a_trace() -> None:
    desk = Desk()
    for body in (b"<a/>", b"", b"\xff\xfe<", b"<!DOCTYPE a><a/>", b"<a><b>" * 50):
        status, content, _ = desk.http("POST", "/parcels/v1", body, [("content-type", "text/xml")])
        assert (status, b"faultcode>soap:Client<" in content) == (500, True)
    assert len(desk.arrivals) == 5
    assert all(a.envelope.faults for a in desk.arrivals)


def test_whatever_is_sent_is_answered_or_refused_never_our_failure() -> None:
    """Seeded damage to signed, addressed and plain envelopes."""
    rng, desk = random.Random(7), Desk()
    action = f'<w:Action xmlns:w="{WSA}">{SPACE}/announce</w:Action>'
    page = f'<arrived xmlns="{SPACE}"><wait>0</wait></arrived>'
    plain = [envelope_text(v, body, head) for v in Version for body in (PARCEL, LOOK, page) for head in ("", action)]
    bases = [*plain, *(SIGNER.sign(each, MOMENT) for each in plain)]
    pieces = (b"<", b"&", b'"', b"\0", b"\xff", b"<!--", b"<?x y?>", b"</", b'xmlns=""', b"NaN", b"1e9999", b"9" * 30)
    statuses = set()
    for _ in range(400):
        data = bytearray(rng.choice(bases))
        for _ in range(rng.choice((1, 1, 2, 3))):
            at, width = rng.randrange(len(data)), rng.randint(1, 40)
            other = rng.randrange(len(data))
            new = rng.choice((rng.choice(pieces), b"", data[other : other + width], bytes((rng.randrange(256),))))
            data[at : at + rng.choice((0, 1, width))] = new
        media = rng.choice(("text/xml", "application/soap+xml; action=x", ""))
        status, content, _ = desk.http("POST", "/parcels/v1", bytes(data), [("content-type", media)])
        statuses.add(status)
        assert b"<whose>us</whose>" not in content
    assert desk.failed == []
    assert statuses == {200, 400, 415, 500}


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (KnownIdChanged("x"), 500), (Overloaded("x"), 503), (StoreUnavailable("x"), 503), (NotAuthorised("x"), 403),
    ],
)  # fmt: skip
def test_what_the_core_refuses_is_a_fault(problem: Exception, status: int) -> None:
    desk = Desk(problem=problem)
    found, fault = desk.call(PARCEL, version=Version.SOAP11)
    assert (found, fault.findtext(f".//{{{FAULTS}}}code")) == (status, problem.code)  # type: ignore[attr-defined]


def test_a_bug_of_ours_is_a_fault_too() -> None:
    desk = Desk(problem=RuntimeError("secret text"))
    status, fault = desk.call(PARCEL)
    assert (status, fault.findtext(f".//{{{FAULTS}}}whose")) == (500, "us")
    assert "secret" not in "".join(map(str, fault.itertext()))
    assert [str(e) for e in desk.failed] == ["secret text"]


def test_nobody_unknown_is_listened_to() -> None:
    desk = Desk()
    status, fault = desk.call("<broken", who="out")
    assert (status, fault.findtext(f".//{{{FAULTS}}}code")) == (401, "DOU-1101")
    assert desk.http("GET", "/parcels/v1?wsdl", who="out")[0] == 401
    assert desk.arrivals == []


def test_what_must_be_understood_and_is_not_stops_the_call() -> None:
    header = f'<h xmlns="urn:h" xmlns:s="{Version.SOAP11.value}" s:mustUnderstand="1"/>'
    status, fault = Desk().call(PARCEL, header=header, version=Version.SOAP11)
    assert (status, fault.findtext("faultcode")) == (500, "soap:MustUnderstand")


# --- by circle


def test_what_is_not_open_to_a_circle_has_no_port() -> None:
    desk = Desk()
    _, wsdl, fields = desk.http("GET", "/parcels/v1?wsdl")
    names = {o.get("name") for o in etree.fromstring(wsdl).find("{*}portType").findall("{*}operation")}  # type: ignore[union-attr]
    assert names == {"announce", "look", "arrived"}
    assert fields["content-type"].startswith("text/xml")
    _, types, _ = desk.http("GET", "/parcels/v1?xsd=types")
    assert (b"seize" in types, b"Secret" in types, b'"announce"' in types) == (False, False, True)
    status, fault = desk.call(f'<seize xmlns="{SPACE}"><number>1</number></seize>')
    assert (status, fault.findtext(f".//{{{FAULTS}}}code")) == (400, "DOU-1004")
    assert desk.http("GET", "/parcels/v1?wsdl", who="third")[0] == 404
    assert desk.call(LOOK, who="third")[0] == 404


def test_the_description_names_the_address_that_was_called() -> None:
    desk = Desk()
    _, wsdl, _ = desk.http("GET", "/old/parcel-check?WSDL")
    assert b'location="https://door.example:8443/old/parcel-check"' in wsdl
    assert b'schemaLocation="https://door.example:8443/old/parcel-check?xsd=types"' in wsdl
    for target in ("/parcels/v1", "/parcels/v1?xsd=nothing", "/parcels/v2?wsdl"):
        assert desk.http("GET", target)[0] == 404
    assert desk.http("DELETE", "/parcels/v1")[0] == 405


def test_every_schema_compiles() -> None:
    desk = Desk()
    for path, names in {
        "/parcels/v1": ("types", "faults"),
        "/messages/v1": ("types",),
        "/old/parcel-check": ("types",),
    }.items():
        for name in names:
            status, content, _ = desk.http("GET", f"{path}?xsd={name}")
            assert status == 200
            etree.XMLSchema(etree.fromstring(content))


def test_the_channel_serves_its_own_addresses_only() -> None:
    soap = Desk().soap
    paths = ("/parcels/v1", "/parcels/v1/look", "/v1/messages", "/old/parcel-check")
    served = [soap.serves(Request("POST", path)) for path in paths]
    assert served == [True, False, False, True]


def test_web_services_of_a_service_are_its_own_and_its_contracts() -> None:
    own, old = web_services(Parcels.__service__)  # type: ignore[attr-defined]  # set by @service
    assert [e.name for e in own.exchanges] == ["announce", "look", "arrived", "seize"]
    assert (old.path, old.exchanges[0].request) == ("/old/parcel-check", "{urn:old:parcels}checkParcel")
