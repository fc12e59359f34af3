"""What is used, as a node counts it while messages and questions pass its doors, and still knows after a restart."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.configuration.settings import PagesAt
from douane.vocabulary.identifiers import Country, Grn
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import JSON, OFFICER, TRADER, Union

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
LODGE, COMMISSION = "transit.lodge_declaration", "commission.system"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("used")


@pytest.fixture(scope="module")
def union(folder: Path) -> Iterator[Union]:
    """A node that released a movement and refused another, was ended, and started again."""
    identity = identity_in(folder)
    store = f"sqlite:{folder / 'store' / 'node.db'}"
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS, store=store) as node:
        found = Union(node)
        found.prepare()
        ask(node, "ccn2", OFFICER, "guarantees.show", grn=str(Grn.issue(2025, Country("DE"), "004055000007")))
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS, store=store) as node:
        yield Union(node, found.mrn, found.refused)


def ask(node: Standing, platform: str, client: str, operation: str, **question: Any) -> Any:
    service, _, name = operation.partition(".")
    return node.client(platform, client).ask("POST", f"/{service}/v1/{name}", json.dumps(question).encode(), JSON)


def governed(node: Standing, told: str) -> Any:
    """The one governed service, once it tells something."""
    for _ in range(60):
        found = ask(node, "ccn2", OFFICER, "service_bus.governance").json["services"]
        if found and found[0][told]:
            return found[0]
        time.sleep(0.5)
    raise AssertionError(f"{told} is told by nobody")


def used(union: Union, operation: str) -> Any:
    answer = ask(union.node, "ccn2", OFFICER, "architecture.usage", text=operation)
    return next(each for each in answer.json["lines"] if each["line"]["name"] == operation)


def test_commands_are_counted_with_their_refusals_and_the_time_until_the_receipt(union: Union) -> None:
    line = used(union, LODGE)
    assert line["used"]["count"] == 2
    assert line["used"]["within"] > 0
    assert line["users"] == ["trader"]


def test_queries_count_too_and_one_that_is_refused_has_failed(union: Union) -> None:
    assert used(union, "case_files.show")["used"]["count"] >= 1
    asked = used(union, "guarantees.show")["used"]
    assert (asked["count"], asked["failed"]) == (1, 1)


def test_what_a_procedure_asks_is_counted_at_its_step(union: Union) -> None:
    for step, operation in (("reserve_guarantee", "guarantees.use"), ("assess_risk", "risk_analysis.assess")):
        shown = ask(union.node, "ccn2", OFFICER, "architecture.show", id=f"step:transit.departure.{step}").json
        (calls,) = (each for each in shown["neighbours"] if each["edge"] == "calls")
        (member,) = calls["members"]
        assert member["line"]["name"] == operation
        assert member["used"]["count"] >= 1, step
        assert used(union, operation)["used"]["count"] >= 1


def test_processes_and_platforms_say_what_messages_did_there(union: Union) -> None:
    def along(id: str, edge: str) -> dict[str, int]:
        shown = ask(union.node, "ccn2", OFFICER, "architecture.show", id=id).json
        return {member["line"]["name"]: member["used"]["count"] for group in shown["neighbours"]
                if group["edge"] == edge for member in group["members"]}  # fmt: skip

    assert along(f"operation:{LODGE}", "runs")["transit.departure"] == 1, "the one that was refused began none"
    assert along("service:transit", "runs")["transit.departure"] >= 1
    assert along("service:transit", "runs")["transit.enquiry"] == 0
    before = along("circle:untrusted", "enters")["speed2"]
    assert before >= 2, "two declarations"
    assert along("platform:ccn2", "enters")["trusted"] >= 1, "an officer registered the guarantee"
    (own,) = (each for each in ask(union.node, "ccn2", OFFICER, "architecture.nodes").json["nodes"])
    door = f"instance:{own['administration']} {own['instance']} at speed2"
    assert along(door, "provides")["transit"] == 2
    offices = along(door, "provides")["reference_data"]
    assert ask(union.node, "speed2", TRADER, "reference_data.look_up", number="CL171", code="FR000001").status in (
        200,
        404,
    )
    assert along("circle:untrusted", "enters")["speed2"] == before + 1, "questions count too"
    assert along(door, "provides")["reference_data"] == offices + 1
    assert along(door, "provides")["transit"] == 2


def test_messages_that_follow_are_counted_at_what_they_answer_and_others_never_were(union: Union) -> None:
    shown = ask(union.node, "ccn2", OFFICER, "architecture.show", id=f"operation:{LODGE}").json
    (answers,) = (each for each in shown["neighbours"] if each["edge"] == "answers")
    counts = {each["line"]["name"]: each["used"]["count"] for each in answers["members"]}
    assert counts["CC928C"] == 1
    assert counts["CC056C"] == 1, "the declaration that was refused"
    assert used(union, "transit.record_passage")["used"]["count"] == 0


def test_who_calls_a_service_stands_in_the_registry_and_is_asked_about_a_change(union: Union) -> None:
    """The registry and the explorer tell the same callers, and a consultation about the service asks them."""
    node, about = union.node, {"owner": "EU", "service": "guarantees", "version": 1}
    shown = ask(node, "ccn2", OFFICER, "architecture.show", id="service:guarantees").json
    counted = {each["administration"] for each in shown["in_use"]["users"] if each["administration"]}
    assert counted
    entry = node.client("ccn2", OFFICER).ask("GET", "/services/guarantees/v1").json
    seen = {each["name"]: each["seen"] for each in entry["consumers"] if each["state"] == "seen"}
    assert set(seen) == counted
    assert max(seen.values()) == shown["in_use"]["used"]["last"][:10], "the clocks of this node are one"
    candidate = {**about, "purpose": "Goods are covered.", "answers_for": "head of guarantees", "review": "2030-01-01"}
    assert ask(node, "ccn2", COMMISSION, "service_bus.put_forward", **candidate).status == 202
    noted = governed(node, "callers")["callers"]
    assert {each["administration"]: each["day"] for each in noted} == {who: seen[who] for who in counted - {"EU"}}
    question = {"step": "agreed", "question": "Does it fit?", "until": "2030-01-01"}
    assert ask(node, "ccn2", COMMISSION, "service_bus.consult", **about, **question).status == 202
    (about_it,) = governed(node, "rounds")["rounds"]
    assert set(about_it["asked"]) == counted - {"EU"}


def test_no_trader_learns_of_use_and_no_trader_is_named(union: Union) -> None:
    assert ask(union.node, "speed2", TRADER, "architecture.usage").status == 404
    shown = ask(union.node, "speed2", TRADER, "architecture.show", id=f"operation:{LODGE}")
    assert shown.json["in_use"] is None
    inside = ask(union.node, "ccn2", OFFICER, "architecture.show", id=f"operation:{LODGE}")
    assert inside.json["in_use"]["users"][0]["kind"] == "trader"
    assert b"FR0" not in inside.body
    kept = (union.node.node.core.settings.data / "observed" / "0.msgpack").read_bytes()
    assert b"trader" in kept
    assert union.mrn.encode() not in kept
    assert b"FR00" not in kept
