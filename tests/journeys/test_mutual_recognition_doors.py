"""Mutual recognition through the doors: an administration at CCN2, a third country at SPEED2 with a webhook."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.applications.aeo.messages import AeoData, PartnerMember, PartnerMembers, Standing, State
from douane.configuration.discovery import installed_model
from douane.reference_architecture.impact import impact
from tests.journeys.standing import Standing as Node
from tests.journeys.standing import identity_in, standing
from tests.journeys.test_mutual_recognition import CH, SINCE, changed, granted, recognition
from tests.journeys.test_webhooks import JSON, Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def call(node: Node, platform: str, client: str, operation: str, message: Any) -> int:
    path = f"/aeo/v1/{operation}"
    return node.client(platform, client).ask("POST", path, msgspec.json.encode(message), JSON).status


def test_a_third_country_is_told_in_order_at_its_registered_address(tmp_path: Path, receiver: Receiver) -> None:
    (tmp_path / "partners.toml").write_text(f"""
[[partner]]
party = "{CH}"
title = "Switzerland"
basis = "Decision 1/2011"
protocol = "webhook"
address = "{receiver.url}"
networks = ["127.0.0.0/8"]
""")
    one = granted(1)
    with standing(tmp_path, identity_in(tmp_path)) as node:
        concluded = recognition(CH, "CH-2011", every=0)
        assert call(node, "speed2", CH, "conclude", concluded) == 404  # not open there
        assert call(node, "ccn2", "fr.system", "grant", one) == 202
        assert call(node, "ccn2", "commission.system", "conclude", concluded) == 202
        assert call(node, "ccn2", "fr.system", "change", changed(one, state=State.SUSPENDED)) == 202
        received = receiver.wait(2)
        told = [msgspec.json.decode(body, type=AeoData) for _, body in received]
        assert [(d.full, [m.standing for m in d.members]) for d in told] == [
            (True, [Standing.VALID]), (False, [Standing.SUSPENDED]),
        ]  # fmt: skip
        assert [request.headers["douane-sequence"] for request, _ in received] == ["1", "2"]
        members = PartnerMembers("CH-2011", (PartnerMember("CHE123", Standing.VALID, SINCE),))
        assert call(node, "speed2", CH, "deliver_members", members) == 202
        end = time.monotonic() + 60
        while recognised(node) != "CH-2011":
            assert time.monotonic() < end
            time.sleep(0.05)


def recognised(node: Node) -> str:
    answer = node.client("ccn2", "de.officer").ask("POST", "/aeo/v1/check", b'{"identifier": "CHE123"}', JSON)
    return str(json.loads(answer.body)["agreement"])


def test_the_architecture_shows_what_an_exchange_rests_on() -> None:
    model = installed_model()
    touched = {r.node.id for r in impact(model, model.node("type:AeoNoted")).touches}
    assert {"operation:aeo.note", "service:aeo", "capability:cooperation with other authorities"} <= touched
    rests = {r.node.id for r in impact(model, model.node("operation:aeo.conclude")).rests_on}
    assert {"process:aeo.exchange", "type:RecognitionConcluded"} <= rests
