from __future__ import annotations

import asyncio
import json
from typing import Any

from douane.platforms.operations.entry import Readiness, operations
from douane.shared_services.web.requests import Request
from douane.vocabulary.errors import NotAuthenticated


def get(path: str, parts: dict[str, str], **more: Any) -> tuple[int, bytes]:
    door = operations(ready=lambda: Readiness(parts), metrics=lambda: b"douane_messages_total 3\n", **more)
    answer = asyncio.run(door(Request("GET", path)))
    return answer.status, answer.body


def test_a_node_lives_even_when_it_is_not_ready() -> None:
    assert get("/health/live", {"store": "disk full"})[0] == 200


def test_a_node_that_stands_still_for_long_lives_no_more() -> None:
    assert get("/health/live", {}, silence=lambda: 59.9)[0] == 200
    status, body = get("/health/live", {}, silence=lambda: 60.5)
    assert (status, json.loads(body)) == (503, {"status": "stalled", "seconds": 60})


def test_readiness_names_what_is_wrong() -> None:
    status, body = get("/health/ready", {"store": "disk full", "journal": ""})
    assert status == 503
    assert json.loads(body) == {"status": "not ready", "parts": {"store": "disk full", "journal": "ready"}}
    assert get("/health/ready", {"store": ""})[0] == 200


def test_metrics_are_what_the_node_measures_and_may_be_guarded() -> None:
    assert get("/metrics", {}) == (200, b"douane_messages_total 3\n")

    def guard(request: Request) -> None:
        raise NotAuthenticated("Operators only.")

    assert get("/metrics", {}, guard=guard)[0] == 401
    assert get("/health/live", {}, guard=guard)[0] == 200
