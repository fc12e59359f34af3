from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.model.routes import Opening, Route
from douane.shared_services.web.answers import Response, problem, status_of
from douane.shared_services.web.body import Body
from douane.shared_services.web.requests import USUAL_LIMITS, Limits, Request, application, routes
from douane.vocabulary.errors import (
    BadRequest,
    DouaneError,
    Fault,
    NotAuthenticated,
    NotValid,
    Overloaded,
    PartnerUnreachable,
    StoreUnavailable,
)


class Coming(Body):
    """A body whose pieces come one by one as they are asked for; then it ends, stalls, or its sender goes."""

    def __init__(self, *parts: bytes, stall: bool = False, gone: bool = False) -> None:
        super().__init__(taking=self.come)
        self.parts, self.stall, self.gone, self.taken = list(parts), stall, gone, 0

    def come(self) -> None:
        if self.parts and not self.unread:
            self.taken += 1
            asyncio.get_running_loop().call_soon(self.feed, self.parts.pop(0))
        elif not self.parts and self.gone:
            asyncio.get_running_loop().call_soon(self.cut)
        elif not self.parts and not self.stall:
            asyncio.get_running_loop().call_soon(self.end)


@dataclass(frozen=True)
class Told:
    """An answer as a client reads it."""

    response: Response

    @property
    def status(self) -> int:
        return self.response.status

    @property
    def body(self) -> Any:
        return json.loads(self.response.body)

    @property
    def headers(self) -> dict[str, str]:
        return dict(self.response.headers)


async def echo(request: Request) -> Response:
    return Response(200, await request.body())


def serve(
    handler: Any, content: Body | bytes = b"", limits: Limits = USUAL_LIMITS, *, method: str = "POST",
    path: str = "/echo", headers: Sequence[tuple[str, str]] = (),
) -> Told:  # fmt: skip
    asked = Request(method, path, headers=headers, content=content)
    return Told(asyncio.run(application(handler, limits)(asked)))


def test_a_body_in_parts_comes_whole() -> None:
    told = serve(echo, Coming(b'{"a"', b":", b"1}"))
    assert (told.status, told.body) == (200, {"a": 1})


def test_too_much_is_refused_before_the_rest_is_read() -> None:
    coming = Coming(*[b"x" * 10] * 100)
    told = serve(echo, coming, Limits(body=25))
    assert (told.status, told.body["code"], told.response.close) == (413, "DOU-1005", True)
    assert coming.taken <= 4, "one that was on its way, of a hundred"
    assert serve(echo, b"x" * 26, Limits(body=25)).status == 413, "however whole it came"


def test_an_announced_excess_is_refused_unread() -> None:
    coming = Coming(b"x")
    told = serve(echo, coming, Limits(body=25), headers=[("content-length", "26")])
    assert (told.status, coming.taken) == (413, 0)


def test_exactly_the_limit_passes() -> None:
    assert serve(echo, b"1" * 25, Limits(body=25), headers=[("content-length", "25")]).status == 200


@pytest.mark.parametrize("length", ["-1", "+3", "1e3", "0x10", "٣"])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert serve(echo, b"x", headers=[("content-length", length)]).status == 400


def test_a_stalled_body_ends_by_time() -> None:
    told = serve(echo, Coming(b"x", stall=True), Limits(seconds=0.01))
    assert (told.status, told.body["code"], told.response.close) == (408, "DOU-1006", True)


def test_a_body_that_stops_half_way_is_given_up_before_its_time_is_over() -> None:
    told = serve(echo, Coming(b"x", stall=True), Limits(pause=0.01))
    assert (told.status, told.body["code"], told.response.close) == (408, "DOU-1006", True)


def test_pieces_that_follow_each_other_in_time_are_one_body() -> None:
    assert serve(echo, Coming(b"a", b"b", b"c"), Limits(pause=1.0)).status == 200


def test_a_client_that_goes_away_is_no_failure_of_ours() -> None:
    assert serve(echo, Coming(b"x", gone=True)).status == 400


def test_a_header_that_comes_twice_is_refused() -> None:
    async def who(request: Request) -> Response:
        return Response(200, request.header("authorization").encode())

    assert serve(who, headers=[("authorization", " a ")]).response.body == b"a"
    told = serve(who, headers=[("authorization", "a"), ("authorization", "b")])
    assert (told.status, told.body["code"]) == (400, "DOU-1007")


@given(st.lists(st.text(st.sampled_from("ab=&%+2 \xe9"), max_size=6), max_size=4))
def test_a_query_reads_as_the_standard_library_reads_it(parts: list[str]) -> None:
    """Where nothing is escaped, it is read without it."""
    query = "&".join(parts)
    pairs = parse_qsl(query, keep_blank_values=True)
    request = Request("GET", "/", query=query.encode("latin-1"))
    if len(dict(pairs)) == len(pairs):
        assert request.parameters == dict(pairs)
    else:
        with pytest.raises(BadRequest, match="twice"):
            _ = request.parameters


def test_the_certificate_comes_from_the_listener_only() -> None:
    assert Request("GET", "/", certificate=b"DER").certificate == b"DER"
    forged = Request("GET", "/", headers=[("x-client-cert", "DER"), ("x-forwarded-client-cert", "DER")])
    assert forged.certificate == b""


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

    failures = list[BaseException]()
    told = Told(asyncio.run(application(broken, failed=failures.append)(Request("POST", "/echo"))))
    assert (told.status, told.body["code"]) == (500, "DOU-2000")
    assert "FR40123456700017" not in str(told.response)
    assert [type(each) for each in failures] == [KeyError]


def test_who_is_cut_off_by_a_stop_is_told_to_send_again() -> None:
    async def waiting(_request: Request) -> Response:
        await asyncio.Event().wait()
        raise AssertionError

    async def story() -> Told:
        serving = asyncio.create_task(application(waiting)(Request("POST", "/echo")))
        await asyncio.sleep(0)
        serving.cancel()
        return Told(await serving)

    told = asyncio.run(story())
    assert (told.status, told.body["code"], told.headers["retry-after"]) == (503, "DOU-2108", "1")


def test_a_bug_that_nobody_is_told_of_goes_on_to_the_listener() -> None:
    async def broken(request: Request) -> Response:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        serve(broken)


def test_routes_tell_unknown_address_from_wrong_method() -> None:
    table = routes({Route("http", method, "/echo", Opening.ANYBODY): echo for method in ("POST", "GET")})
    assert serve(table, b"1").status == 200
    missing = serve(table, path="/other")
    assert (missing.status, missing.body["remedy"]) == (404, "Served are: /echo.")
    wrong = serve(table, method="DELETE")
    assert (wrong.status, wrong.headers["allow"]) == (405, "GET, POST")
