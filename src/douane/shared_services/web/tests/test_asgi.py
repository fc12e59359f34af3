from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from douane.model.routes import Opening, Route
from douane.shared_services.web.asgi import (
    Limits,
    Request,
    Response,
    application,
    problem,
    routes,
    status_of,
)
from douane.vocabulary.errors import (
    DouaneError,
    Fault,
    NotAuthenticated,
    NotValid,
    Overloaded,
    PartnerUnreachable,
    StoreUnavailable,
)


def scope(
    method: str = "POST", path: str = "/echo", headers: Sequence[tuple[bytes, bytes]] = (), **more: Any
) -> dict[str, Any]:
    return {"type": "http", "method": method, "path": path, "query_string": b"", "headers": list(headers), **more}


class Wire:
    """The server's side of one request: parts of the body to hand out, what the application sent."""

    def __init__(self, *parts: bytes, stall: bool = False, gone: bool = False) -> None:
        self.parts, self.stall, self.gone = list(parts) or [b""], stall, gone
        self.sent: list[dict[str, Any]] = []
        self.taken = 0

    async def receive(self) -> dict[str, Any]:
        if self.parts:
            self.taken += 1
            return {
                "type": "http.request",
                "body": self.parts.pop(0),
                "more_body": bool(self.parts) or self.stall or self.gone,
            }
        if self.gone:
            return {"type": "http.disconnect"}
        await asyncio.Event().wait()
        raise AssertionError

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        status: int = self.sent[0]["status"]
        return status

    @property
    def body(self) -> Any:
        return json.loads(self.sent[1]["body"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])


async def echo(request: Request) -> Response:
    return Response(200, await request.body())


def serve(handler: Any, wire: Wire, limits: Limits | None = None, **facts: Any) -> Wire:
    asyncio.run(application(handler, limits)(scope(**facts), wire.receive, wire.send))
    return wire


def test_a_body_in_parts_comes_whole() -> None:
    wire = serve(echo, Wire(b'{"a"', b":", b"1}"))
    assert (wire.status, wire.body) == (200, {"a": 1})
    assert wire.headers[b"content-length"] == b"7"


def test_too_much_is_refused_before_the_rest_is_read() -> None:
    wire = Wire(*[b"x" * 10] * 100)
    serve(echo, wire, Limits(body=25))
    assert (wire.status, wire.body["code"]) == (413, "DOU-1005")
    assert wire.taken == 3
    assert wire.headers[b"connection"] == b"close"


def test_an_announced_excess_is_refused_unread() -> None:
    wire = serve(echo, Wire(b"x"), Limits(body=25), headers=[(b"content-length", b"26")])
    assert (wire.status, wire.taken) == (413, 0)


def test_exactly_the_limit_passes() -> None:
    assert serve(echo, Wire(b"1" * 25), Limits(body=25), headers=[(b"content-length", b"25")]).status == 200


@pytest.mark.parametrize("length", [b"-1", b"+3", b"1e3", b"0x10", "٣".encode()])
def test_a_length_that_is_no_number_is_refused(length: bytes) -> None:
    assert serve(echo, Wire(b"x"), headers=[(b"content-length", length)]).status == 400


def test_a_stalled_body_ends_by_time() -> None:
    wire = serve(echo, Wire(b"x", stall=True), Limits(seconds=0.01))
    assert (wire.status, wire.body["code"], wire.headers[b"connection"]) == (408, "DOU-1006", b"close")


def test_a_body_that_stops_half_way_is_given_up_before_its_time_is_over() -> None:
    wire = serve(echo, Wire(b"x", stall=True), Limits(pause=0.01))
    assert (wire.status, wire.body["code"], wire.headers[b"connection"]) == (408, "DOU-1006", b"close")


def test_pieces_that_follow_each_other_in_time_are_one_body() -> None:
    assert serve(echo, Wire(b"a", b"b", b"c"), Limits(pause=1.0)).status == 200


def test_a_client_that_goes_away_is_no_failure_of_ours() -> None:
    assert serve(echo, Wire(b"x", gone=True)).status == 400


def test_a_header_that_comes_twice_is_refused() -> None:
    async def who(request: Request) -> Response:
        return Response(200, request.header("Authorization").encode())

    assert serve(who, Wire(), headers=[(b"authorization", b" a ")]).sent[1]["body"] == b"a"
    wire = serve(who, Wire(), headers=[(b"authorization", b"a"), (b"authorization", b"b")])
    assert (wire.status, wire.body["code"]) == (400, "DOU-1007")


def test_the_certificate_comes_from_the_listener_only() -> None:
    card: dict[str, Any] = {"extensions": {"tls": {"client_cert": b"DER"}}}
    assert Request(scope(**card), Wire().receive).certificate == b"DER"
    cardless: tuple[dict[str, Any], ...] = (
        {},
        {"extensions": None},
        {"extensions": {"tls": {"client_cert": None}}},
        {"extensions": {"tls": {}}},
    )
    for nothing in cardless:
        assert Request(scope(**nothing), Wire().receive).certificate == b""
    forged = scope(headers=[(b"x-client-cert", b"DER"), (b"x-forwarded-client-cert", b"DER")])
    assert Request(forged, Wire().receive).certificate == b""


def test_problem_details_name_every_fault() -> None:
    faults = (
        Fault("/CC015C/LRN", "12", "Give an LRN.", rule="C0001", value="?", line=3, column=5),
        Fault("/CC015C", "13", "Add it."),
    )
    answer = problem(NotValid("2 faults.", remedy="Mend them.", faults=faults), instance="urn:x")
    assert answer.media == "application/problem+json"
    assert json.loads(answer.body) == {
        "type": "https://douane.example/errors/DOU-1003", "title": "Not valid", "status": 422, "detail": "2 faults.",
        "code": "DOU-1003", "retry": "never", "whose": "sender", "remedy": "Mend them.", "instance": "urn:x",
        "faults": [
            {"pointer": "/CC015C/LRN", "code": "12", "rule": "C0001", "value": "?", "remedy": "Give an LRN.", "line": 3,
             "column": 5},
            {"pointer": "/CC015C", "code": "13", "remedy": "Add it."},
        ],
    }  # fmt: skip


def test_a_refusal_says_when_or_how_to_come_again() -> None:
    late = Overloaded("Full.")
    late.after = 7
    assert ("retry-after", "7") in problem(late).headers
    assert ("retry-after", "5") in problem(StoreUnavailable("Disk full.")).headers
    assert problem(NotAuthenticated("Who?")).headers[0][0] == "www-authenticate"


def test_every_error_of_the_tree_has_a_status_that_fits_its_fault() -> None:
    def tree(kind: type[DouaneError]) -> list[type[DouaneError]]:
        return [kind, *(each for child in kind.__subclasses__() for each in tree(child))]

    for kind in tree(DouaneError):
        if kind.__module__ != DouaneError.__module__ or kind is DouaneError:
            continue
        first = {"sender": 4, "us": 5, "partner": 5}[kind.whose]
        assert status_of(kind("x")) // 100 == first, kind
    assert status_of(PartnerUnreachable("x")) == 502


def test_a_bug_is_a_plain_500_and_its_text_stays_inside() -> None:
    async def broken(request: Request) -> Response:
        raise KeyError("EORI FR40123456700017")

    wire, told = Wire(), list[BaseException]()
    asyncio.run(application(broken, failed=told.append)(scope(), wire.receive, wire.send))
    assert (wire.status, wire.body["code"]) == (500, "DOU-2000")
    assert "FR40123456700017" not in str(wire.sent)
    assert [type(each) for each in told] == [KeyError]


def test_who_is_cut_off_by_a_stop_is_told_to_send_again() -> None:
    async def waiting(_request: Request) -> Response:
        await asyncio.Event().wait()
        raise AssertionError

    async def story(wire: Wire) -> None:
        serving = asyncio.create_task(application(waiting)(scope(), wire.receive, wire.send))
        await asyncio.sleep(0)
        serving.cancel()
        with pytest.raises(asyncio.CancelledError):
            await serving

    wire = Wire()
    asyncio.run(story(wire))
    assert (wire.status, wire.body["code"], wire.headers[b"retry-after"]) == (503, "DOU-2108", b"1")


def test_a_bug_that_nobody_is_told_of_goes_on_to_the_listener() -> None:
    async def broken(request: Request) -> Response:
        raise ZeroDivisionError

    wire = Wire()
    with pytest.raises(ZeroDivisionError):
        serve(broken, wire)
    assert wire.status == 500


def test_routes_tell_unknown_address_from_wrong_method() -> None:
    table = routes({Route("http", method, "/echo", Opening.ANYBODY): echo for method in ("POST", "GET")})
    assert serve(table, Wire(b"1")).status == 200
    missing = serve(table, Wire(), path="/other")
    assert (missing.status, missing.body["remedy"]) == (404, "Served are: /echo.")
    wrong = serve(table, Wire(), method="DELETE")
    assert (wrong.status, wrong.headers[b"allow"]) == (405, b"GET, POST")


def test_lifespan_is_answered_and_other_protocols_are_refused() -> None:
    async def story() -> list[str]:
        sent: list[str] = []
        events = iter(["lifespan.startup", "lifespan.shutdown"])

        async def receive() -> dict[str, Any]:
            return {"type": next(events)}

        async def send(message: Any) -> None:
            sent.append(message["type"])

        await application(echo)({"type": "lifespan"}, receive, send)
        with pytest.raises(DouaneError, match="HTTP only"):
            await application(echo)({"type": "websocket"}, receive, send)
        return sent

    assert asyncio.run(story()) == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
