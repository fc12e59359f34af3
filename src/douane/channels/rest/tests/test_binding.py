"""The REST binding over a door whose gate and link are ours: addresses, receipts, refusals, inbox, feeds, OpenAPI."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import jsonschema_rs
import msgspec
import pytest

from douane.channels.rest import openapi
from douane.channels.rest.binding import Rest
from douane.channels.rest.translation import instant, item_json, receipt_json
from douane.model.caller import Caller
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Actor, Level, OfCase, Operation, Who, command, event, query, service
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.commands import Acknowledge
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.recent import Item
from douane.runtime.door.door import Authenticated, Door
from douane.runtime.door.link import CoreEnd, DirectLink, Reader
from douane.runtime.door.proof import NONE, Possession
from douane.runtime.store.envelope import FEED, SENT, Arrival, Receipt, SentRow
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Log
from douane.shared_services.web.answers import problem as problem_of
from douane.shared_services.web.requests import Request
from douane.vocabulary.errors import (
    KnownIdChanged,
    NotAuthenticated,
    NotAuthorised,
    NotFound,
    Overloaded,
    StoreUnavailable,
)
from tests.callers import caller, sent_row

TRADER, STATE = Actor("trader", ActorKind.TRADER), Actor("state", ActorKind.MEMBER_STATE)
NOW = 1_800_000_000_123_456


class Parcel(msgspec.Struct, frozen=True):
    number: str
    mass: int


class Question(msgspec.Struct, frozen=True):
    number: str


class Found(msgspec.Struct, frozen=True):
    number: str
    known: bool


class Arrived(msgspec.Struct, frozen=True):
    number: str


class Secret(msgspec.Struct, frozen=True):
    number: str


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
        """Announce a parcel.

        The rest of the text is not a summary.
        """

    @query(Question, Found, task="P-2", who=Who(by=(TRADER,)))
    def look(self) -> None:
        """Look for a parcel."""

    @event(Arrived, by=(TRADER,), task="P-3")
    def arrived(self) -> None:
        """A parcel arrived."""

    @command(Secret, task="P-4", who=Who(by=(STATE,)))
    def seize(self) -> None:
        """Seize a parcel."""


OPERATIONS: Sequence[Operation] = Parcels.__service__.operations  # type: ignore[attr-defined] # set by @service


@dataclass(frozen=True)
class Someone:
    """A trader."""

    id: str = "someone"
    kind: ActorKind = ActorKind.TRADER
    circle: Circle = Circle.UNTRUSTED
    eori: str = "DE1"
    administration: str = ""
    roles: frozenset[str] = frozenset({"trader", "inbox"})
    acting_for: str = ""

    @property
    def caller(self) -> Caller:
        return caller(self.kind, self.eori or self.id, id=self.id, administration=self.administration)


class Gate:
    """Lets in who says ``Bearer in``; opens what is declared for the kind."""

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        if authorization == "Bearer state":
            return Someone(kind=ActorKind.MEMBER_STATE, circle=Circle.TRUSTED, eori="", administration="DE")
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
class Shelf:
    """A reader with two messages in an inbox and one in a feed."""

    rows: dict[int, SentRow] = field(default_factory=dict)

    def put(self, party: str, body: bytes, media: Media) -> None:
        position = len(self.rows) + 1
        self.rows[position] = sent_row(
            party,
            "Arrived",
            f"M{position}",
            body,
            subject=7,
            media=media,
            administration="DE",
            correlation="Q",
            digest=hashlib.sha256(body).digest(),
            at=NOW,
            leaf=1,
            cause=1,
        )

    def read(self, keys: Sequence[bytes]) -> list[bytes | None]:
        return [None] * len(keys)

    def scan(self, start: bytes, end: bytes, limit: int, *, reverse: bool = False) -> list[tuple[bytes, bytes]]:
        found = [(b"I\0\0" + r.party.encode() + b"\0" + p.to_bytes(8, "big"), b"") for p, r in self.rows.items()]
        return [pair for pair in found if start <= pair[0] < end][:limit]

    def read_log(self, log: Log, positions: Sequence[int]) -> list[bytes | None]:
        return [SENT.write(self.rows[p]) if p in self.rows else None for p in positions]

    def scan_log(self, log: Log, after: int, end: int, limit: int) -> list[tuple[int, bytes]]:
        return []


@dataclass
class Desk:
    """The binding and what came out behind it."""

    shelf: Shelf = field(default_factory=Shelf)
    arrivals: list[Arrival] = field(default_factory=list)
    acknowledged: list[Acknowledge] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    problem: Exception | None = None

    def __post_init__(self) -> None:
        catalogue = Catalogue([Parcels.__service__])  # type: ignore[attr-defined] # set by @service
        core = CoreEnd(
            catalogue, self._submit, Inbox(self.shelf, [0]), self._changed,
            lambda question: Found(question.request.number, True), self._acknowledge, self, lambda *_: None,
        )  # fmt: skip
        self.link = DirectLink(Platform.SPEED2, core)
        door = Door(Platform.SPEED2, gate=Gate(), catalogue=catalogue, link=self.link, clock=self)
        self.application = Rest(door).application()

    def now(self) -> int:
        return NOW

    async def _submit(self, arrival: Arrival) -> Receipt:
        self.arrivals.append(arrival)
        if self.problem:
            raise self.problem
        return Receipt(arrival.envelope.id, 0x2A, 7, NOW, arrival.envelope.content.digest, bytes(32), 1, b"promise")

    async def _acknowledge(self, command: Acknowledge) -> None:
        self.acknowledged.append(command)

    async def _changed(self, seconds: float, party: str) -> None:
        self.waited.append(seconds)
        self.shelf.put("DE1", b'{"number":"late"}', Media.JSON)

    def ask(
        self, method: str, target: str, body: bytes = b"", media: str = "application/json", who: str = "in",
        headers: Sequence[tuple[str, str]] = (),
    ) -> tuple[int, Any, dict[str, str]]:  # fmt: skip
        """One request: status, JSON, headers."""
        path, _, given = target.partition("?")
        head = [("authorization", f"Bearer {who}"), ("content-type", media), *headers]
        asked = Request(method, path, query=given.encode(), headers=head, content=body)
        answer = asyncio.run(self.application(asked))
        found = json.loads(answer.body) if answer.body else None
        must_be_described(method, path, answer.status, found)
        return answer.status, found, {"content-type": answer.media, **dict(answer.headers)}


DESCRIPTION = openapi.document("speed2", OPERATIONS, lambda _type: None)


def must_be_described(method: str, path: str, status: int, content: Any) -> None:
    """Every answer of these tests is one that the description promises at its address."""
    template = next((each for each in DESCRIPTION["paths"] if fits(each, path)), "")
    operation = DESCRIPTION["paths"].get(template, {}).get(method.lower())
    if operation is None:
        assert status in (200, 401, 404, 405, 410), (method, path, status)
        return
    answer = operation["responses"][str(status)]
    answer = DESCRIPTION["components"]["responses"][answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
    for media in answer.get("content", {}).values():
        schema = {**media["schema"], "components": DESCRIPTION["components"]}
        jsonschema_rs.validator_for(schema, validate_formats=True).validate(content)


def fits(template: str, path: str) -> bool:
    ours, theirs = template.split("/"), path.split("/")
    return len(ours) == len(theirs) and all(a == b or a[:1] == "{" for a, b in zip(ours, theirs, strict=True))


PARCEL = msgspec.json.encode(Parcel("P1", 5))


# --- messages


def test_an_operation_takes_its_message_and_answers_with_the_receipt() -> None:
    desk = Desk()
    trace = ("traceparent", f"00-{'ab' * 16}-{'cd' * 8}-01")
    status, receipt, head = desk.ask("POST", "/parcels/v1/announce", PARCEL, headers=[("message-id", "M9"), trace])
    assert (status, head["location"]) == (202, "/v1/messages/2a")
    assert receipt["id"] == "M9"
    assert receipt["digest"] == hashlib.sha256(PARCEL).hexdigest()
    (arrival,) = desk.arrivals
    envelope = arrival.envelope
    assert (envelope.operation, envelope.sender, envelope.origin.caller.circle.value) == (
        "parcels.announce",
        "DE1",
        "untrusted",
    )
    assert (envelope.origin.platform, envelope.origin.channel) == ("speed2", "rest")
    assert envelope.origin.trace == f"{'ab' * 16}-{'cd' * 8}"
    assert arrival.message == Parcel("P1", 5)


def test_a_message_without_an_address_is_taken_by_the_operation_of_its_type() -> None:
    desk = Desk()
    status, _, _ = desk.ask("POST", "/v1/messages?type=Parcel", PARCEL)
    assert status == 202
    assert desk.arrivals[0].envelope.operation == "parcels.announce"
    assert desk.ask("POST", "/parcels/v1/announce", PARCEL)[0] == 202
    first, by_operation = (arrival.envelope.id for arrival in desk.arrivals)
    assert first == by_operation, "the same words to the same operation are the same message"
    assert re.fullmatch(r"[0-9a-f]{24}", first)


@pytest.mark.parametrize(
    ("target", "body", "status"),
    [
        ("/parcels/v1/announce", b'{"number":"P1"}', 422),
        ("/parcels/v1/announce", b"{", 422),
        ("/v1/messages?type=Nothing", PARCEL, 422),
        ("/v1/messages", PARCEL, 422),
        ("/v1/messages?type=Secret", b'{"number":"x"}', 403),
        ("/parcels/v1/seize", b'{"number":"x"}', 404),
        ("/parcels/v1/arrived", b'{"number":"x"}', 404),
        ("/parcels/v1/nothing", PARCEL, 404),
        ("/parcels/v2/announce", PARCEL, 404),
        ("/", PARCEL, 404),
    ],
)
def test_what_is_not_taken_is_refused_as_a_problem(target: str, body: bytes, status: int) -> None:
    desk = Desk()
    found, problem, head = desk.ask("POST", target, body)
    assert found == problem["status"] == status
    assert head["content-type"] == "application/problem+json"
    assert problem["detail"]
    assert all(a.envelope.faults for a in desk.arrivals)  # what crossed the link is a refusal to be audited


def test_a_fault_names_the_place() -> None:
    _, problem, _ = Desk().ask("POST", "/parcels/v1/announce", b'{"number":"P1","mass":"heavy"}')
    (fault,) = problem["faults"]
    assert fault["pointer"] == "/mass"
    assert fault["remedy"] == "Write a whole number here, not a text."


@pytest.mark.parametrize(
    ("error", "status", "retry"),
    [
        (KnownIdChanged("changed"), 409, None),
        (Overloaded("full"), 503, "1"),
        (StoreUnavailable("full disk"), 503, "5"),
        (RuntimeError("a bug"), 500, None),
    ],
)
def test_what_the_core_refuses_is_told_in_http(error: Exception, status: int, retry: str | None) -> None:
    desk = Desk(problem=error)
    if status == 500:
        with pytest.raises(RuntimeError):
            desk.ask("POST", "/parcels/v1/announce", PARCEL)
        return
    found, _, head = desk.ask("POST", "/parcels/v1/announce", PARCEL)
    assert found == status
    assert head.get("retry-after") == retry


def test_nobody_is_heard_without_proof_or_at_the_wrong_door() -> None:
    desk = Desk()
    status, problem, head = desk.ask("POST", "/parcels/v1/announce", PARCEL, who="nobody")
    assert (status, problem["code"]) == (401, "DOU-1101")
    assert "Bearer" in head["www-authenticate"]
    status, problem, _ = desk.ask("POST", "/parcels/v1/announce", PARCEL, who="state")
    assert (status, problem["code"], problem["remedy"]) == (403, "DOU-1102", "Use ccn2 or ccn_csi.")
    assert all(a.envelope.faults for a in desk.arrivals)  # at most a refusal to be audited


@pytest.mark.parametrize(
    ("method", "target", "allowed"), [("GET", "/v1/messages", "POST"), ("POST", "/v1/inbox", "GET")]
)
def test_another_method_is_told_which_one(method: str, target: str, allowed: str) -> None:
    status, _, head = Desk().ask(method, target)
    assert (status, head["allow"]) == (405, allowed)


def test_a_header_that_stands_twice_is_refused() -> None:
    status, _, _ = Desk().ask(
        "POST", "/parcels/v1/announce", PARCEL, headers=[("message-id", "a"), ("message-id", "b")]
    )
    assert status == 400


def test_a_query_is_answered_at_once() -> None:
    desk = Desk()
    status, answer, _ = desk.ask("POST", "/parcels/v1/look", b'{"number":"P1"}')
    assert (status, answer) == (200, {"number": "P1", "known": True})
    assert desk.ask("POST", "/parcels/v1/look", b"[]")[0] == 422
    assert desk.arrivals == []


# --- inbox and feeds


def test_an_inbox_is_read_by_cursor_and_acknowledged() -> None:
    desk = Desk()
    desk.shelf.put("DE1", b'{"number":"1"}', Media.JSON)
    desk.shelf.put("DE2", b"{}", Media.JSON)
    desk.shelf.put("DE1", b"<x>\xc3\xa9</x>", Media.FAMILY)
    _, page, _ = desk.ask("GET", "/v1/inbox?limit=1")
    (first,) = page["items"]
    assert (first["id"], first["media"], first["body"]) == ("1", "application/json", '{"number":"1"}')
    _, rest, _ = desk.ask("GET", f"/v1/inbox?after={page['after']}")
    assert [(i["media"], i["body"]) for i in rest["items"]] == [("application/xml", "<x>é</x>")]
    assert desk.ask("POST", "/v1/inbox/3/ack")[0] == 204
    assert desk.acknowledged == [Acknowledge("DE1", 3, NOW, "rest")]
    assert desk.ask("POST", "/v1/inbox/2/ack")[0] == 404  # of another party
    assert desk.waited == []


def test_an_empty_inbox_waits_as_long_as_asked_and_no_longer_than_allowed() -> None:
    for asked, waited in (("5", 5.0), ("9999", 30.0)):
        desk = Desk()
        _, page, _ = desk.ask("GET", f"/v1/inbox?wait={asked}")
        assert desk.waited == [waited]
        assert [i["body"] for i in page["items"]] == ['{"number":"late"}']


def test_a_feed_is_followed_by_whom_it_is_open_to() -> None:
    desk = Desk()
    desk.shelf.put(f"{FEED}parcels.arrived", b'{"number":"1"}', Media.JSON)
    status, page, _ = desk.ask("GET", "/v1/feeds/parcels.arrived")
    assert (status, len(page["items"])) == (200, 1)
    assert desk.ask("GET", "/v1/feeds/parcels.announce")[0] == 404
    assert desk.ask("GET", "/v1/feeds/nothing.at_all")[0] == 404


def test_nobody_takes_away_what_all_are_told() -> None:
    """A feed is no box: who followed it as one would pass the role that it wants, and end it for everybody else."""
    desk = Desk()
    desk.shelf.put(f"{FEED}parcels.arrived", b'{"number":"1"}', Media.JSON)
    box = f"box={FEED}parcels.arrived"
    assert desk.ask("POST", f"/v1/inbox/1/ack?{box}")[0] == 400
    assert desk.ask("GET", f"/v1/inbox?{box}")[0] == 400
    reader = Reader(Someone().caller, f"{FEED}parcels.arrived", frozenset({"trader", "inbox"}))
    for verb in (desk.link.acknowledge(reader, "1", "rest"), desk.link.claim(reader, ["1"], 60)):
        with pytest.raises(NotFound):  # nor does a door that was captured
            asyncio.run(verb)
    assert desk.acknowledged == []


# --- translation


def test_a_receipt_and_an_item_as_json() -> None:
    receipt = Receipt("M1", 0x1_0000_0000_0005, 7 << 22, NOW, bytes(32), b"\1" * 32, 1, b"\xff\0")
    told = receipt_json(receipt)
    assert (told["receipt"], told["case"]) == ("1000000000005", "0000000001c00000")
    assert base64.b64decode(str(told["promise"])) == b"\xff\0"
    assert told["received"] == "2027-01-15T08:00:00.123Z"
    assert instant(0) == "1970-01-01T00:00:00.000Z"
    shelf = Shelf()
    shelf.put("DE1", b"<x/>", Media.FAMILY)
    item = item_json(Item(255, shelf.rows[1], b"<x/>"))
    assert (item["id"], item["answers"], item["case"]) == ("ff", "Q", f"{7:016x}")


# --- OpenAPI


def test_openapi_shows_what_is_open_and_nothing_else() -> None:
    status, document, _ = Desk().ask("GET", "/openapi.json")
    assert status == 200
    names = {m["operationId"] for p in document["paths"].values() for m in p.values()}
    assert names == {"send", "collect", "acknowledge", "status", "parcels.announce", "parcels.look", "parcels.arrived"}
    assert "Secret" not in json.dumps(document)


def test_openapi_is_the_same_at_every_address_but_for_its_name() -> None:
    desk = Desk()

    def described(host: str) -> dict[str, Any]:
        found = desk.ask("GET", "/openapi.json", headers=[("host", host)])[1]
        assert isinstance(found, dict)
        return found

    one, other = described("one.example"), described("two.example:8443")
    assert (one["servers"][0]["url"], other["servers"][0]["url"]) == ("https://one.example", "https://two.example:8443")
    assert {**one, "servers": 0} == {**other, "servers": 0}
    assert described('evil"},{')["servers"][0]["url"] == "/"


def test_openapi_has_the_shape_of_the_standard() -> None:
    document = openapi.document("speed2", OPERATIONS, lambda _type: None)
    assert document["openapi"] == "3.1.0"
    assert {"title", "version"} <= document["info"].keys()
    ids = []
    for path, methods in document["paths"].items():
        assert path.startswith("/")
        for method, operation in methods.items():
            ids.append(operation["operationId"])
            assert method in ("get", "post")
            assert operation["responses"]
            refusals = document["components"]["responses"]
            for code, answer in operation["responses"].items():
                found = refusals[answer["$ref"].rpartition("/")[2]] if "$ref" in answer else answer
                assert code.isdigit()
                assert found["description"]
            named = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "path"}
            assert {part[1:-1] for part in path.split("/") if part.startswith("{")} == named
    assert len(ids) == len(set(ids))
    _resolve(document, document)
    for requirement in document["security"]:
        assert requirement.keys() <= document["components"]["securitySchemes"].keys()


def _resolve(document: dict[str, Any], part: Any) -> None:
    """Every reference leads somewhere."""
    if isinstance(part, dict):
        target: Any = document
        for step in part.get("$ref", "#").split("/")[1:]:
            target = target[step]
        for each in part.values():
            _resolve(document, each)
    elif isinstance(part, list):
        for each in part:
            _resolve(document, each)


def test_openapi_says_what_an_operation_takes_and_answers() -> None:
    paths = openapi.document("speed2", OPERATIONS, lambda _type: None)["paths"]
    announce, look = paths["/parcels/v1/announce"]["post"], paths["/parcels/v1/look"]["post"]
    assert announce["summary"] == "Announce a parcel."
    assert announce["description"] == "Task P-1. Answered by Arrived."
    assert set(announce["responses"]) >= {"202", "422", "403", "503"}
    reference = look["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
    assert reference == "#/components/schemas/Found"
    assert look["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/Question")


@pytest.mark.parametrize("address", ["/parcels/v1/announce", "/v1/messages?type=Parcel"])
def test_a_json_body_is_refused_with_all_its_faults_each_with_its_pointer(address: str) -> None:
    status, problem, _ = Desk().ask("POST", address, b'{"mass":"heavy","number":7}')
    assert status == 422
    assert [(each["pointer"], each["remedy"]) for each in problem["faults"]] == [
        ("/number", "Write a text here, not a whole number."), ("/mass", "Write a whole number here, not a text."),
    ]  # fmt: skip
    _, problem, _ = Desk().ask("POST", address, b"{}")
    assert [each["remedy"] for each in problem["faults"]] == ["Add the field number.", "Add the field mass."]


def test_a_question_is_refused_with_all_its_faults() -> None:
    status, problem, _ = Desk().ask("POST", "/parcels/v1/look", b'{"number":[1]}')
    assert (status, [each["pointer"] for each in problem["faults"]]) == (422, ["/number"])


@pytest.mark.parametrize("query", ["limit=-4", "limit=0", "limit=1.5", "limit=x", "wait=-1", "wait=nan", "wait=x"])
def test_a_page_that_cannot_be_is_refused(query: str) -> None:
    status, problem, _ = Desk().ask("GET", f"/v1/inbox?{query}")
    assert (status, problem["retry"]) == (400, "never")
    assert problem["remedy"]


def test_a_refusal_says_why() -> None:
    refusal = NotAuthorised("No.", remedy="Ask.")
    refusal.why = "roles declared for it", "the role", "your administration"
    found = json.loads(problem_of(refusal).body)
    assert found["why"] == {"rule": "roles declared for it", "missing": "the role", "grants": "your administration"}
    must_be_described("POST", "/parcels/v1/look", 403, found)


def test_an_address_that_is_open_says_by_which_method() -> None:
    status, _, head = Desk().ask("GET", "/parcels/v1/look")
    assert (status, head["allow"]) == (405, "POST")
    assert Desk().ask("GET", "/parcels/v1/seize")[0] == 404, "what is not open is not there"
