"""Two acts with the same words are two, through the real door: by operation, by who acts, and for whom."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping

import pytest

from douane.identity.principals import Delegation
from douane.model.circles import ActorKind
from douane.trust.demo import DemoClient
from tests.journeys.standing import Answer, Client, Standing, identity_in, standing
from tests.journeys.test_delegates import EORI, HOLDER, IDLE, JSON, TRADER, Acting

DELEGATE = "BE0123456780"
PAIR = json.dumps({"principal": EORI, "delegate": DELEGATE}).encode()
ACCEPT, END = "/accounts/v1/accept", "/accounts/v1/end"
LIST = json.dumps({"keeper": "EU", "path": "/cases", "query": "page=2", "name": "mine"}).encode()


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("equal")
    acting, own = (Delegation(EORI, frozenset({HOLDER})),), frozenset({HOLDER, "person represented"})
    idle = DemoClient(IDLE, ActorKind.TRADER, "BE", DELEGATE, roles=own, delegations=acting)
    with standing(folder, identity_in(folder, (idle,))) as made:
        yield made


def taken(client: Client | Acting, path: str, body: bytes = PAIR, **more: str) -> Answer:
    """The receipt of a message, once it is handled."""
    headers: Mapping[str, str] = {**JSON, **{name.replace("_", "-"): value for name, value in more.items()}}
    answer = client.ask("POST", path, body, dict(headers))
    for _ in range(200 if answer.status == 202 else 0):
        if client.ask("GET", f"/v1/messages/{answer.json['receipt']}").json.get("state") != "waiting":
            return answer
        time.sleep(0.05)
    assert answer.status != 202, "it was never handled"
    return answer


def delegation(client: Client) -> dict[str, int]:
    answer = client.ask("POST", "/accounts/v1/mine", b"{}", JSON)
    (line,) = answer.json["lines"]
    return {name: line[name] for name in ("accepted_at", "ended_at")}


def kept(client: Client | Acting) -> list[str]:
    """The names of the lists of who asks, once there is one."""
    for _ in range(200):
        answer = client.ask("POST", "/accounts/v1/my_lists", b'{"keeper": "EU"}', JSON)
        names = [line["name"] for line in answer.json["lists"]]
        if names:
            return names
        time.sleep(0.05)
    return []


def test_what_is_said_to_another_operation_in_the_same_words_is_done(node: Standing) -> None:
    principal, delegate = node.client("speed2", TRADER), node.client("speed2", IDLE)
    given = json.loads(PAIR) | {"scope": "full", "valid_from": "2020-01-01"}
    assert taken(principal, "/accounts/v1/delegate", json.dumps(given).encode()).status == 202
    accepted = taken(delegate, ACCEPT)
    assert accepted.status == 202
    assert delegation(delegate)["accepted_at"]
    assert not delegation(delegate)["ended_at"]
    again = taken(delegate, ACCEPT)
    assert again.json == accepted.json, "the same words to the same operation are the same message"
    ended = taken(delegate, END)
    assert ended.status == 202
    assert ended.json["receipt"] != accepted.json["receipt"]
    assert delegation(delegate)["ended_at"], "given up, and not answered by what was accepted"


def test_an_identification_is_not_taken_for_a_second_operation(node: Standing) -> None:
    delegate = node.client("speed2", IDLE)
    first = taken(delegate, ACCEPT, message_id="one")
    assert first.status == 202
    refused = taken(delegate, END, message_id="one")
    assert (refused.status, refused.json["code"]) == (409, "DOU-1201")
    assert taken(delegate, ACCEPT, message_id="one").json == first.json


def test_a_delegate_who_says_the_same_as_his_principal_is_heard_too(node: Standing) -> None:
    principal, delegate = node.client("speed2", TRADER), Acting(node, IDLE)
    first, second = (taken(each, "/accounts/v1/keep_list", LIST) for each in (principal, delegate))
    assert (first.status, second.status) == (202, 202), second.body
    assert first.json["receipt"] != second.json["receipt"]
    for each in (principal, delegate):
        assert kept(each) == ["mine"]
