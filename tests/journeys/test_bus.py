"""The bus at the doors of a real node: one administration provides, another calls, neither knows where the other is."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from douane.channels.webhook.signing import Signed, verify
from douane.configuration.partners import webhook_key
from douane.configuration.ports import SystemIds
from tests.journeys.standing import Answer, Client, Standing, identity_in, standing

JSON = {"content-type": "application/json"}
PERMITS = {"provider": "DE", "service": "permits", "version": 1}
CHECK = {
    "name": "check", "pattern": "request_response",
    "takes": {"form": "json", "schema": '{"type": "object", "required": ["permit"]}'},
    "answers": {"form": "json", "schema": '{"type": "object", "required": ["valid"]}'},
}  # fmt: skip
NOTE = {
    "name": "note", "pattern": "one_way", "takes": {"form": "xml"}, "answers": {"form": "xml"}, "within": 600,
}  # fmt: skip
ISSUED = {"name": "issued", "pattern": "publish", "takes": {"form": "json"}}
OFFER: dict[str, Any] = {**PERMITS, "title": "Permits", "level": "silver", "operations": [CHECK, NOTE, ISSUED]}
VALID = {"valid": True}


class Provider:
    """A national system that is called: answers by a function of what came; keeps what it got."""

    def __init__(self) -> None:
        self.got: list[tuple[Signed, bytes]] = []
        self.answer: Callable[[bytes], tuple[int, Any]] = lambda _body: (200, VALID)
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                url = f"http://{self.headers['host']}{self.path}"
                provider.got.append((Signed("POST", url, {k.lower(): v for k, v in self.headers.items()}), body))
                status, content = provider.answer(body)
                said = b"" if content is None else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/bus"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bus")


@pytest.fixture(scope="module")
def node(folder: Path) -> Iterator[Standing]:
    with standing(folder, identity_in(folder), partitions=3) as made:
        offer(made)
        yield made


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.close()


def tell(client: Client, operation: str, message: dict[str, Any]) -> None:
    """Send a message about services."""
    answer = client.ask("POST", f"/service_bus/v1/{operation}", json.dumps(message).encode(), JSON)
    assert answer.status == 202, answer.body


def offer(node: Standing, **more: Any) -> None:
    """Germany offers permits, the Commission approves, France may consume."""
    german, french = node.client("ccn2", "de.system"), node.client("ccn2", "fr.system")
    given = OFFER | more
    named = {name: given[name] for name in PERMITS}
    tell(german, "offer", given)
    assert french.ask("GET", f"/services/permits/v{named['version']}").status == 404
    approval = {**named, "approved": True, "networks": ["127.0.0.0/8"]}
    tell(node.client("cdco", "commission.officer"), "decide", approval)
    tell(french, "ask_to_consume", named)
    tell(german, "permit", {**named, "consumer": "FR", "permitted": True})


_numbers = iter(range(1, 1_000_000))


def call(
    node: Standing, operation: str = "check", body: Any = None, *, by: str = "fr.system", **headers: str
) -> Answer:
    """Call the permits of version 1."""
    content = b"<note/>" if operation == "note" else json.dumps(body or {"permit": "DE1"}).encode()
    media = "application/xml" if operation == "note" else "application/json"
    given = {"content-type": media, "message-id": f"call-{next(_numbers)}"}
    given |= {name.replace("_", "-"): value for name, value in headers.items()}
    client = node.client("ccn2", by)
    client.timeout = 60
    return client.ask("POST", f"/services/permits/v1/{operation}", content, given)


def requests(node: Standing) -> list[dict[str, Any]]:
    """What waits in the box of the provider, taken out."""
    german = node.client("ccn2", "de.system")
    items = german.ask("GET", "/v1/inbox?box=permits/v1&wait=20").json["items"]
    for item in items:
        assert german.ask("POST", f"/v1/inbox/{item['id']}/ack?box=permits/v1").status == 204
    return [json.loads(item["body"]) for item in items]


def move(node: Standing, address: str) -> None:
    """Germany moves; what was pushed by now is out of its box."""
    tell(node.client("ccn2", "de.system"), "move", {**PERMITS, "address": address})


def reply(node: Standing, reference: str, body: Any, **headers: str) -> Answer:
    client = node.client("ccn2", "de.system")
    return client.ask("POST", f"/exchanges/{reference}", json.dumps(body).encode(), {**JSON, **headers})


# --- the registry


def test_an_offered_service_is_in_the_registry_of_ccn2_only(node: Standing) -> None:
    for name in ("fr.system", "fr.officer", "commission.system"):
        entry = node.client("ccn2", name).ask("GET", "/services/permits/v1").json
        assert (entry["state"], entry["level"]) == ("offered", "silver")
        assert [(c["name"], c["state"]) for c in entry["consumers"]] == [("FR", "permitted")]
    for name in ("trader.fr.lesquin", "third.ch", "partner.dg"):
        for method, path in (("GET", "/services"), ("GET", "/services/permits/v1"), ("GET", f"/exchanges/{'0' * 16}"),
                             ("POST", "/services/permits/v1/check"), ("POST", f"/exchanges/{'0' * 16}")):  # fmt: skip
            given = {**JSON, "message-id": "stranger"}
            assert node.client("speed2", name).ask(method, path, b"{}", given).status == 404
            assert node.client("ccn2", name).ask(method, path, b"{}", given).status == 403
    assert node.client("ccn2", "").ask("GET", "/services").status == 401


def test_the_registry_is_read_in_pages(node: Standing) -> None:
    client = node.client("ccn2", "at.system")
    names, cursor = [], ""
    while True:
        page = client.ask("GET", f"/services?limit=3&after={cursor}").json
        names += [f"{each['service']}/v{each['version']}" for each in page["services"]]
        cursor = page["after"]
        if not cursor:
            break
    assert names == sorted(set(names))
    assert {"permits/v1", "transit/v1"} <= set(names)
    for query in ("limit=0", "limit=x", "after=nowhere"):
        assert client.ask("GET", f"/services?{query}").status == 400
    for path in ("/services/permits/1", "/services/permits/v2", "/services/permits"):
        assert client.ask("GET", path).status == 404


def test_openapi_shows_the_bus_where_it_is_open(node: Standing) -> None:
    paths = node.client("ccn2", "fr.system").ask("GET", "/openapi.json").json["paths"]
    assert {"/services", "/services/{service}/{version}/{operation}", "/exchanges/{reference}"} <= set(paths)
    paths = node.client("speed2", "trader.fr.lesquin").ask("GET", "/openapi.json").json["paths"]
    closed = [path for path in paths if path.startswith(("/services", "/service_bus", "/exchanges"))]
    assert set(closed) == {"/service_bus/v1/consultations", "/service_bus/v1/answer_consultation"}, "trade is asked"


def test_a_service_of_the_centre_is_called_at_the_address_of_the_bus(node: Standing) -> None:
    client = node.client("ccn2", "fr.system")
    answer = client.ask("POST", "/services/eori/v1/validate", b'{"eori": ["DE123"]}', JSON)
    assert (answer.status, answer.json["return"]["result"][0]["status"]) == (200, 1)


# --- calls


def test_a_provider_that_cannot_be_called_collects_and_the_caller_waits_at_the_door(node: Standing) -> None:
    move(node, "")
    answers: list[Answer] = []
    caller = threading.Thread(target=lambda: answers.append(call(node)))
    caller.start()
    (request,) = requests(node)
    assert (request["consumer"], json.loads(request["body"])) == ("FR", {"permit": "DE1"})
    assert reply(node, request["reference"], VALID).status == 202
    caller.join(60)
    assert (answers[0].status, answers[0].json) == (200, VALID)
    shown = node.client("ccn2", "fr.system").ask("GET", f"/exchanges/{request['reference']}")
    assert (shown.status, shown.json) == (200, VALID)
    assert node.client("ccn2", "at.system").ask("GET", f"/exchanges/{request['reference']}").status == 404


def test_a_provider_with_an_address_is_called_and_signed_for(node: Standing, provider: Provider, folder: Path) -> None:
    move(node, provider.url)
    first = call(node, message_id="known")
    assert (first.status, first.json) == (200, VALID)
    ((request, body),) = provider.got
    key = webhook_key(folder, SystemIds().random)
    verify(request, body, {key.id: key.public})
    assert (request.url, json.loads(body)) == (f"{provider.url}/check", {"permit": "DE1"})
    again = call(node, message_id="known")  # repeated: the same exchange, the same answer
    assert (again.status, again.json, len(provider.got)) == (200, VALID, 1)
    assert call(node, body={"permit": "other"}, message_id="known").status == 409
    requests(node)  # what was pushed waits in the box until it is taken out


def test_the_provider_moves_and_the_consumer_notices_nothing(node: Standing, provider: Provider) -> None:
    other = Provider()
    try:
        for place in (provider, other):
            move(node, place.url)
            assert call(node).json == VALID
        assert (len(provider.got), len(other.got)) == (1, 1)
    finally:
        other.close()
        requests(node)


def test_a_refusal_of_the_provider_and_an_answer_against_its_contract_are_told_apart(
    node: Standing, provider: Provider
) -> None:
    move(node, provider.url)
    provider.answer = lambda _: (422, {"detail": "no such permit"})
    refused = call(node)
    assert (refused.status, refused.json["whose"], json.loads(refused.json["answer"])) == (
        502, "partner", {"detail": "no such permit"},
    )  # fmt: skip
    provider.answer = lambda _: (200, {"sound": True})
    broken = call(node)
    assert (broken.status, "contract" in broken.json["detail"], len(broken.json["faults"])) == (502, True, 1)
    requests(node)


def test_what_the_caller_did_wrong_is_told_at_the_door(node: Standing) -> None:
    wrong = call(node, body={"number": 1})
    assert (wrong.status, wrong.json["code"], len(wrong.json["faults"])) == (422, "DOU-1003", 1)
    assert call(node, by="at.system").status == 403
    assert call(node, "nothing").status == 404
    assert call(node, message_id="").status == 400
    assert call(node, content_type="text/plain").status == 415
    assert call(node, prefer="respond-async", body={"number": 1}).status == 422


def test_a_one_way_message_is_taken_at_once_and_its_answer_is_collected(node: Standing) -> None:
    move(node, "")
    taken = call(node, "note", prefer="respond-async")
    assert (taken.status, taken.json["stage"]) == (202, "waiting")
    (request,) = requests(node)
    german = node.client("ccn2", "de.system")
    given = {"content-type": "application/xml"}
    assert german.ask("POST", f"/exchanges/{request['reference']}", b"<noted/>", given).status == 202
    items = node.client("ccn2", "fr.system").ask("GET", "/v1/inbox?box=answers&wait=20").json["items"]
    told = next(json.loads(item["body"]) for item in items if request["reference"] in item["body"])
    assert (told["stage"], told["body"]) == ("answered", "<noted/>")
    late = reply(node, request["reference"], VALID, **{"message-id": "once more"})
    assert late.status == 202  # taken, and answered in the inbox: it changes nothing
    ended = node.client("ccn2", "fr.system").ask("GET", f"/exchanges/{request['reference']}")
    assert ended.body == b"<noted/>"


def test_answers_are_pushed_to_a_registered_callback(node: Standing, provider: Provider) -> None:
    consumer = Provider()
    try:
        tell(node.client("ccn2", "fr.system"), "ask_to_consume", {**PERMITS, "callback": consumer.url})
        move(node, provider.url)
        taken = call(node, prefer="respond-async")
        assert taken.status == 202
        ended = node.client("ccn2", "fr.system").ask("GET", f"{taken.json['location']}?wait=30")
        assert ended.json == VALID
        for _ in range(600):
            if consumer.got:
                break
            threading.Event().wait(0.1)
        else:
            raise AssertionError("nothing was pushed")
        (request, body) = consumer.got[0]
        assert (request.headers["douane-type"], json.loads(json.loads(body)["body"])) == ("ServiceAnswer", VALID)
    finally:
        tell(node.client("ccn2", "fr.system"), "ask_to_consume", PERMITS)
        consumer.close()
        requests(node)


def test_events_are_collected_by_sequence_or_pushed_to_who_subscribed(node: Standing, provider: Provider) -> None:
    french, german = node.client("ccn2", "fr.system"), node.client("ccn2", "de.system")
    topic = {**PERMITS, "operation": "issued"}
    given = [{"pointer": "/office", "value": '"FR005350"'}]
    tell(french, "subscribe", {**topic, "name": "ours", "filters": given})
    tell(french, "subscribe", {**topic, "name": "pushed", "callback": provider.url})
    for number, office in enumerate(("FR005350", "DE004055", "FR005350"), 1):
        body = json.dumps({"office": office, "number": number})
        tell(german, "publish", {**topic, "form": "json", "body": body})
    box = "/v1/inbox?box=events/permits/v1"
    events = [json.loads(item["body"]) for item in french.ask("GET", f"{box}/ours&wait=20").json["items"]]
    assert [(e["sequence"], json.loads(e["body"])["number"]) for e in events] == [(1, 1), (2, 3)]
    for _ in range(600):
        if len(provider.got) == 3:
            break
        threading.Event().wait(0.1)
    assert sorted(json.loads(body)["sequence"] for _, body in provider.got) == [1, 2, 3]
    assert len(french.ask("GET", f"{box}/pushed").json["items"]) == 3  # until they are taken out
    assert node.client("ccn2", "at.system").ask("GET", f"{box}/ours").json["items"] == []


def test_a_version_that_ends_says_so_in_every_answer(node: Standing, provider: Provider) -> None:
    offer(node, version=2)
    tell(node.client("ccn2", "de.system"), "change_life", {**PERMITS, "sunset": "2099-12-31", "successor": 2})
    move(node, provider.url)
    url = f"{node.node.url('ccn2')}/services/permits/v1/check"
    client = node.client("ccn2", "fr.system")
    connection = client.connection()
    given = {**JSON, "message-id": "ending"}
    connection.request("POST", url.partition("//")[2].partition("/")[2].join(("/", "")), b'{"permit": "DE1"}', given)
    answer = connection.getresponse()
    assert answer.getheader("deprecation", "").startswith("@")
    assert answer.getheader("sunset") == "Thu, 31 Dec 2099 00:00:00 GMT"
    assert answer.getheader("link") == '</services/permits/v2>; rel="successor-version"'
    connection.close()
    requests(node)


def test_a_call_that_nobody_answers_ends_within_the_time_limit(tmp_path: Path) -> None:
    with standing(tmp_path, identity_in(tmp_path)) as made:
        offer(made, level="gold")
        late = call(made)
        assert (late.status, late.json["code"], late.json["whose"]) == (504, "DOU-3004", "partner")


def test_a_call_outlives_the_node_that_took_it(tmp_path: Path, provider: Provider) -> None:
    """Taken, and the node stops before the provider could be reached; its successor carries the call and the answer."""
    identity = identity_in(tmp_path)
    with standing(tmp_path, identity) as made:
        offer(made, level="bronze")
        provider.answer = lambda _: (503, None)
        tell(made.client("ccn2", "de.system"), "move", {**PERMITS, "address": provider.url})
        taken = call(made, "note", prefer="respond-async")
        assert taken.status == 202
    provider.answer = lambda _: (200, None)
    with standing(tmp_path, identity) as made:
        for _ in range(600):
            if [r for r, _ in provider.got if r.headers["douane-answers"] == taken.json["reference"]]:
                break
            threading.Event().wait(0.1)
        else:
            raise AssertionError("the provider was not asked again")
        german = made.client("ccn2", "de.system")
        given = {"content-type": "application/xml"}
        assert german.ask("POST", f"/exchanges/{taken.json['reference']}", b"<noted/>", given).status == 202
        ended = made.client("ccn2", "fr.system").ask("GET", f"{taken.json['location']}?wait=30")
        assert ended.body == b"<noted/>"
        failures = iter([503] * 5)  # with pauses that double, the sixth attempt would come after the time limit
        provider.answer = lambda _: (next(failures, 200), VALID)
        assert call(made).json == VALID
