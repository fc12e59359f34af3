from __future__ import annotations

import contextlib
import json
import re
from typing import Any

import pytest

from douane.shared_services.web.answers import Response
from douane.shared_services.web.http_protocol import ConnectionLimits
from douane.shared_services.web.listener import Address
from douane.shared_services.web.requests import Application, Request

GOOD = b"POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok"


def first(answer: bytes) -> tuple[int, dict[str, Any]]:
    """Status and body of the first answer of a connection."""
    head, _, rest = answer.partition(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head)
    assert found, answer
    return int(head.split()[1]), json.loads(rest[: int(found[1])])


def test_a_good_request_passes_as_raw_bytes_too(union: Any, mirror: Application) -> None:
    assert first(union.visit(mirror, lambda where: union.raw(where, GOOD))) == (200, {
        "certificate": "", "size": 2, "scheme": "https", "client": "127.0.0.1",
    })  # fmt: skip


def test_a_small_answer_is_one_record(union: Any, mirror: Application) -> None:
    def client(where: Address) -> bytes:
        with union.link(where) as link:
            link.sendall(GOOD)
            return bytes(link.recv(65536))  # TLS hands over one record at a time

    answer = union.visit(mirror, client)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"}")


GARBAGE = {
    "no http": b"\x16\x03\x01 nonsense\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
    "length and chunks": b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n"
    b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks not last": b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    "odd encoding": b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
    "space before colon": b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length : 2\r\n\r\nab",
    "folded header": b"POST / HTTP/1.1\r\nhost: a\r\nx: 1\r\n 2\r\n\r\n",
    "bare line feed": b"POST / HTTP/1.1\nhost: a\ncontent-length: 0\n\n",
    "negative length": b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
    "signed length": b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: +2\r\n\r\nab",
    "null in header": b"POST / HTTP/1.1\r\nhost: a\r\nx: a\x00b\r\n\r\n",
    "bad chunk": b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n",
    "no host": b"POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n",
    "two hosts": b"POST / HTTP/1.1\r\nhost: a\r\nhost: b\r\ncontent-length: 0\r\n\r\n",
    "old version": b"POST / HTTP/9.9\r\nhost: a\r\n\r\n",
    "second protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "no path": b"POST  HTTP/1.1\r\nhost: a\r\n\r\n",
    "path of other bytes": b"POST /\xff HTTP/1.1\r\nhost: a\r\n\r\n",
}


@pytest.mark.parametrize("name", GARBAGE)
def test_what_two_readers_could_read_differently_is_refused_and_the_connection_ends(
    union: Any, mirror: Application, name: str
) -> None:
    smuggled = b"GET /smuggled HTTP/1.1\r\nhost: a\r\n\r\n"
    answer = union.visit(mirror, lambda where: union.raw(where, GARBAGE[name] + smuggled))
    status, body = first(answer)
    assert status == 400, answer
    assert body["code"] == "DOU-1007"
    assert len(re.findall(rb"HTTP/1\.1 \d{3} ", answer)) == 1, "nothing after it was answered"


@pytest.mark.parametrize(
    "head",
    [
        b"POST /" + b"a" * 3000 + b" HTTP/1.1\r\nhost: a\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\nx: " + b"b" * 3000 + b"\r\n\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\n" + b"".join(b"x%d: y\r\n" % n for n in range(400)) + b"\r\n",
        b"POST / HTTP/1.1\r\nhost: a\r\nx: " + b"never ends " * 300,
    ],
)
def test_an_oversized_head_is_refused(union: Any, mirror: Application, head: bytes, tight: ConnectionLimits) -> None:
    status, body = first(union.visit(mirror, lambda where: union.raw(where, head), limits=tight))
    assert (status, body["code"], body["remedy"]) == (431, "DOU-1005", "Send fewer or shorter headers.")


def test_a_head_within_the_limit_passes_with_a_long_body(
    union: Any, mirror: Application, tight: ConnectionLimits
) -> None:
    status, body, _ = union.visit(mirror, lambda where: union.ask(where, body=b"x" * 90_000), limits=tight)
    assert (status, body["size"]) == (200, 90_000)


def test_each_request_on_a_connection_has_a_head_of_its_own(
    union: Any, mirror: Application, tight: ConnectionLimits
) -> None:
    def client(where: Address) -> list[int]:
        link, statuses = union.connection(where), []
        for _ in range(5):
            link.request("POST", "/", b"x" * 3000, {"x": "y" * 1200})
            answer = link.getresponse()
            answer.read()
            statuses.append(answer.status)
        link.close()
        return statuses

    assert union.visit(mirror, client, limits=tight) == [200] * 5


def test_a_slow_head_ends_by_time(union: Any, mirror: Application, tight: ConnectionLimits) -> None:
    answer = union.visit(mirror, lambda where: union.raw(where, b"POST / HTTP/1.1\r\nhost"), limits=tight)
    assert first(answer)[1]["code"] == "DOU-1006"


def test_a_silent_connection_is_closed(union: Any, mirror: Application, tight: ConnectionLimits) -> None:
    assert union.visit(mirror, lambda where: union.raw(where), limits=tight) == b""
    assert union.visit(mirror, lambda where: union.raw(where, b"\r\n"), limits=tight)[:12] in {b"", b"HTTP/1.1 408"}


def test_a_slow_body_ends_by_time(union: Any, hasty: Application) -> None:
    part = b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf"
    status, body = first(union.visit(hasty, lambda where: union.raw(where, part)))
    assert (status, body["code"]) == (408, "DOU-1006")


def test_a_body_beyond_the_limit_is_refused_by_length_and_by_count(union: Any, mirror: Application) -> None:
    status, body, headers = union.visit(mirror, lambda where: union.ask(where, body=b"x" * 100_001))
    assert (status, body["code"], headers["connection"]) == (413, "DOU-1005", "close")
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    head = b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n"
    assert first(union.visit(mirror, lambda where: union.raw(where, head, chunk * 7)))[0] == 413


def test_a_body_that_drips_after_the_answer_does_not_hold_the_connection(union: Any, tight: ConnectionLimits) -> None:
    async def early(_request: Request) -> Response:
        return Response(401, b"{}")

    def client(where: Address) -> bytes:
        got = b""
        with union.link(where) as link, contextlib.suppress(OSError):
            link.sendall(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000000\r\n\r\n")
            link.settimeout(0.02)
            for _ in range(500):
                link.sendall(b"x")
                with contextlib.suppress(TimeoutError):
                    chunk = link.recv(1000)
                    if not chunk:
                        return got
                    got += chunk
            return b"held"
        return got

    assert union.visit(early, client, limits=tight).startswith(b"HTTP/1.1 401")


def test_pipelined_requests_are_answered_in_order(union: Any, mirror: Application) -> None:
    many = b"".join(
        b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: %d\r\n\r\n%s" % (n, b"x" * n) for n in range(5)
    ) + GOOD.replace(b"ok", b"99")
    sizes = re.findall(rb'"size":(\d+)', union.visit(mirror, lambda where: union.raw(where, many)))
    assert sizes == [b"0", b"1", b"2", b"3", b"4", b"2"]


def test_an_upgrade_is_ignored(union: Any, mirror: Application) -> None:
    head = (
        b"POST / HTTP/1.1\r\nhost: a\r\nconnection: close, upgrade\r\nupgrade: websocket\r\ncontent-length: 0\r\n\r\n"
    )
    assert b"101" not in union.visit(mirror, lambda where: union.raw(where, head), limits=ConnectionLimits(head_seconds=0.2))[:20]  # fmt: skip # noqa: E501
