"""Systems of administrations tell what they measure by OTLP; each administration sees its own, strangers nothing."""

from __future__ import annotations

import gzip
import json
import struct
from collections.abc import Iterator
from typing import Any

import pytest

from douane.standards.otlp.protobuf import field, fields
from tests.journeys.standing import Answer, Standing, identity_in, standing

JSON, PROTOBUF = "application/json", "application/x-protobuf"
AT = 1_790_000_000_000_000_000
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("otlp")
    with standing(folder, identity_in(folder)) as made:
        yield made


def fixed64(number: int, value: bytes) -> bytes:
    """A field of eight octets."""
    return bytes([number << 3 | 1]) + value


def pair(key: str, value: str) -> bytes:
    return field(1, key.encode()) + field(2, field(1, value.encode()))


RESOURCE = field(1, pair("service.name", "ncts-de"))
SPAN = (
    field(1, bytes.fromhex(TRACE)) + field(2, b"\1" * 8) + field(5, b"lodge") + fixed64(7, struct.pack("<Q", AT))
    + fixed64(8, struct.pack("<Q", AT + 250_000_000)) + field(9, pair("office", "DE004058")) + field(15, field(3, 2))
)  # fmt: skip
SPANS = field(1, field(1, RESOURCE) + field(2, field(2, SPAN)))
POINT = fixed64(3, struct.pack("<Q", AT)) + fixed64(4, struct.pack("<d", 0.75))
METRICS = field(
    1, field(1, RESOURCE) + field(2, field(2, field(1, b"queue.depth") + field(3, b"1") + field(5, field(1, POINT))))
)
LOG: dict[str, Any] = {
    "resourceLogs": [{
        "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "ncts-de"}}]},
        "scopeLogs": [{"logRecords": [{
            "timeUnixNano": str(AT), "severityText": "ERROR", "traceId": TRACE,
            "body": {"stringValue": "the store refuses"}, "attributes": [{"key": "code", "value": {"intValue": "7"}}],
        }]}],
    }],
}  # fmt: skip


def tell(
    node: Standing, signal: str, body: bytes, media: str = PROTOBUF, *, by: str = "de.system", platform: str = "ccn2",
    **headers: str,
) -> Answer:  # fmt: skip
    given = {"content-type": media} | {name.replace("_", "-"): value for name, value in headers.items()}
    return node.client(platform, by).ask("POST", f"/v1/{signal}", body, given)


def shown(node: Standing, signal: str, by: str = "de.officer") -> list[dict[str, Any]]:
    answer = node.client("ccn2", by).ask(
        "POST", "/telemetry/v1/show", json.dumps({"signal": signal}).encode(), {"content-type": JSON}
    )
    assert answer.status == 200, answer.body
    return list(answer.json["items"])


def test_spans_points_and_lines_come_in_and_are_the_administration_s_own(node: Standing) -> None:
    assert tell(node, "traces", SPANS).body == b""
    assert tell(node, "metrics", gzip.compress(METRICS), content_encoding="gzip").status == 200
    assert tell(node, "logs", json.dumps(LOG).encode(), JSON).json == {}
    (span,) = shown(node, "traces")
    assert (span["source"], span["name"], span["value"], span["text"]) == ("ncts-de", "lodge", 0.25, "failed")
    assert (span["trace"], span["at"], span["facts"]) == (TRACE, AT // 1000, [{"name": "office", "value": "DE004058"}])
    (point,) = shown(node, "metrics")
    assert (point["name"], point["value"], point["text"]) == ("queue.depth", 0.75, "1")
    (line,) = shown(node, "logs", by="de.system")
    assert (line["name"], line["text"], line["facts"]) == (
        "ERROR",
        "the store refuses",
        [{"name": "code", "value": "7"}],
    )
    for other in ("fr.officer", "fr.system"):
        assert [shown(node, signal, other) for signal in ("traces", "metrics", "logs")] == [[], [], []]


def test_nobody_but_a_system_of_an_administration_tells_and_nobody_outside_sees(node: Standing) -> None:
    for by, platform in (("de.officer", "ccn2"), ("commission.officer", "ccn2"), ("commission.officer", "cdco")):
        assert tell(node, "traces", SPANS, by=by, platform=platform).status in (403, 404), (by, platform)
    assert tell(node, "traces", SPANS, by="trader.fr.lesquin", platform="speed2").status == 404
    assert tell(node, "traces", SPANS, by="").status in (0, 401)
    question = json.dumps({"signal": "logs"}).encode()
    for by, platform in (("trader.fr.lesquin", "speed2"), ("commission.officer", "cdco")):
        answer = node.client(platform, by).ask("POST", "/telemetry/v1/show", question, {"content-type": JSON})
        assert answer.status in (403, 404), (by, answer.body)


BOMB = gzip.compress(b"\0" * (5 << 20))


@pytest.mark.parametrize(
    ("body", "media", "encoding", "status"),
    [
        (b"\x0a\xff", PROTOBUF, "", 400), (b"\x0b", PROTOBUF, "", 400), (b"\xff" * 11, PROTOBUF, "", 400),
        (field(1, field(2, field(2, b"\x28\x01"))), PROTOBUF, "", 400), (b"[]", JSON, "", 400), (b"{", JSON, "", 400),
        (b'{"resourceSpans": [7]}', JSON, "", 400), (b'{"resourceSpans": {"a": 1}}', JSON, "", 400),
        (b"[" * 100_000, JSON, "", 400), (SPANS, "text/plain", "", 415), (SPANS, PROTOBUF, "br", 415),
        (b"x", PROTOBUF, "gzip", 400), (gzip.compress(SPANS)[:-4], PROTOBUF, "gzip", 400),
        (BOMB, PROTOBUF, "gzip", 413), (b"x" * ((1 << 20) + 1), PROTOBUF, "", 413),
    ],
)  # fmt: skip
def test_what_is_no_request_is_refused_within_bounds(
    node: Standing, body: bytes, media: str, encoding: str, status: int
) -> None:
    more = {"content_encoding": encoding} if encoding else {}
    met = tell(node, "traces", body, media, **more).status
    assert met == status or (status == 400 and met == 422), met


def test_who_tells_too_much_is_told_how_much_was_left_out(node: Standing) -> None:
    """French systems flood; what is beyond a minute's share is rejected, and German ones are served."""
    line = LOG["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0] | {"attributes": []}
    many = {"resourceLogs": [{"scopeLogs": [{"logRecords": [line] * 3_000}]}]}
    body = gzip.compress(json.dumps(many).encode())
    answers = [tell(node, "logs", body, JSON, by="fr.system", content_encoding="gzip") for _ in range(3)]
    assert [each.status for each in answers] == [200] * 3
    assert answers[-1].json["partialSuccess"]["rejectedLogRecords"] == "3000"
    assert len(shown(node, "logs", "fr.officer")) == 100
    assert tell(node, "logs", json.dumps(LOG).encode(), JSON).json == {}
    partial = tell(node, "traces", SPANS, by="fr.system").body
    ((_, _, said),) = fields(partial)
    assert isinstance(said, bytes)
    assert next(value for number, _, value in fields(said) if number == 1) == 1
