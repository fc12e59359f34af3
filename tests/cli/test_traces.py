"""Spans of a journal: twice the same, each with its parent, and nothing of what anybody wrote in them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from douane.backends.sqlite.backend import SqliteStore
from douane.shared_services.logging.leaks import scan
from tests.cli.nodes import Printed, refused, said
from tests.journeys.movements import Movement
from tests.journeys.office import Office


class Collector(BaseHTTPRequestHandler):
    """Takes what it is told to take."""

    got: list[dict[str, Any]]
    answers: list[tuple[int, bytes]]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        status, text = self.answers.pop(0) if self.answers else (200, b"{}")
        if status == 200:
            self.got.append(json.loads(body))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[tuple[str, type[Collector]]]:
    made = type("Made", (Collector,), {"got": [], "answers": []})
    server = HTTPServer(("127.0.0.1", 0), made)
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/traces", made
    server.shutdown()
    serving.join(10)
    server.server_close()


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Movement]:
    folder = tmp_path_factory.mktemp("traces")
    (folder / "store").mkdir()
    store = SqliteStore(str(folder / "store" / "node.db"))
    made = Movement(office=Office(store=store))  # type: ignore[arg-type]  # any store serves an office
    made.pass_frontier()
    made.arrive()
    store.close()
    return folder, made


def spans(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        span for each in requests for part in each["resourceSpans"] for scope in part["scopeSpans"]
        for span in scope["spans"]
    ]  # fmt: skip


def test_an_export_twice_gives_equal_spans_that_name_nobody(
    capsys: Printed, node: tuple[Path, Movement], tmp_path: Path
) -> None:
    folder, movement = node
    for name in ("first", "second"):
        said(capsys, "traces", "-o", str(tmp_path / name), "--data", str(folder))
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    found = spans([json.loads(line) for line in (tmp_path / "first").read_bytes().splitlines()])
    names = [each["name"] for each in found]
    assert {"transit.lodge_declaration", "CC028C", "CC029C"} <= set(names)
    by_id = {each["spanId"]: each for each in found}
    assert len(by_id) == len(found)
    parents = [each["parentSpanId"] for each in found if "parentSpanId" in each]
    assert len(parents) > 5
    assert set(parents) <= set(by_id), "each parent is a span, too"
    assert all(int(each["startTimeUnixNano"]) <= int(each["endTimeUnixNano"]) for each in found)
    released = next(each for each in found if each["name"] == "CC029C")
    for each in found:
        parent = by_id.get(each.get("parentSpanId", ""), each)
        assert parent["traceId"] == each["traceId"], f"{each['name']} lies in the trace of its parent"
    assert by_id[released["parentSpanId"]]["traceId"] == released["traceId"]
    text = (tmp_path / "first").read_text()
    assert scan([text], [movement.mrn, movement.declaration.transit_operation.lrn, movement.sender]) == ()


def test_a_collector_gets_what_is_new_once_and_what_it_refused_again(
    capsys: Printed, node: tuple[Path, Movement], collector: tuple[str, type[Collector]]
) -> None:
    (folder, _), (address, made) = node, collector
    made.answers += [(503, b""), (200, b'{"partialSuccess":{"rejectedSpans":"3"}}')]
    for _ in range(2):
        assert "collector" in refused(capsys, "traces", "--to", address, "--data", str(folder))
    made.got.clear()
    first = said(capsys, "traces", "--to", address, "--data", str(folder))
    once = spans(made.got)
    assert first == f"{len(once)} spans\n"
    assert said(capsys, "traces", "--to", address, "--data", str(folder)) == "0 spans\n"
    made.got.clear()
    said(capsys, "traces", "--to", address, "--again", "--data", str(folder))
    assert spans(made.got) == once
    for wrong, text in (("http://127.0.0.1:1", "does not answer"), ("ftp://x", "no address")):
        assert text in refused(capsys, "traces", "--to", wrong, "--again", "--data", str(folder))
