"""What an operator reads of a node: each partition by itself, and nothing of one that moved away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from douane.backends.memory.backend import MemoryStore
from douane.model.circles import Platform
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.store.ports import SECOND, Attempt, Offered
from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring import catalogue as known
from douane.shared_services.web.fair_use import Limit
from douane.supervision.telemetry import Telemetry
from douane.vocabulary.errors import NotAuthenticated, WrongCircle
from tests.contracts import toy
from tests.contracts.test_partitions import PARTITIONS, Several, named

Samples = dict[tuple[str, str], float]


def samples(telemetry: Telemetry, several: Several) -> Samples:
    families = text_string_to_metric_families(telemetry.text(several.node).decode())
    return {(s.name, next(iter(s.labels.values()), "")): s.value for family in families for s in family.samples}


def test_each_partition_is_shown_by_itself_as_long_as_the_node_has_it(tmp_path: Path) -> None:
    several = Several(MemoryStore(toy.Clock()))
    telemetry = Telemetry(
        Catalogue([toy.Orders.__service__, toy.Accounts.__service__]),  # type: ignore[attr-defined] # set by @service
        several.clock,
        tmp_path / "node.log",
    )
    several.node.watchers.append(telemetry.watch)

    async def journey() -> tuple[Samples, Samples]:
        await several.send("accounts.open", toy.Open(named("account", 2), 100))
        await several.send("accounts.open", toy.Open(named("account", 2, 1), 100))
        await several.send("orders.place", toy.Order(named("order", 1), named("account", 2), 666))  # a poison
        await several.send("orders.place", toy.Order(named("order", 1, 1), named("account", 2), 40))
        await several.settle()
        every = samples(telemetry, several)
        several.node.lose(2)
        left = samples(telemetry, several)
        await several.node.stop()
        return every, left

    every, left = asyncio.run(journey())
    assert [every["douane_journal_position", str(p)] for p in PARTITIONS] == [0, 3, 3]  # an order asked an account
    assert [every["douane_handled_position", str(p)] for p in PARTITIONS] == [0, 3, 3]
    assert [every["douane_pending_messages", str(p)] for p in PARTITIONS] == [0, 0, 0]
    assert every["douane_messages_total", "accounts.open"] == 2
    assert every["douane_messages_total", "orders.place"] == 2
    assert ("douane_messages_total", "other") not in every
    assert every["douane_quarantined_total", "orders.place"] == 1
    assert ("douane_journal_position", "1") in left
    assert ("douane_journal_position", "2") not in left
    lines = [json.loads(line) for line in (tmp_path / "node.log").read_text().splitlines()]
    assert sorted(line["event"] for line in lines) == ["message.accepted"] * 4 + ["message.quarantined"]


class Away:
    """A carrier that breaks."""

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        raise KeyError(lane)


def test_what_a_lane_meets_is_a_log_line_and_metrics_without_a_name(tmp_path: Path) -> None:
    made = toy.Node(MemoryStore(toy.Clock()), router=toy.Router(lane="webhook:DE1234567890123"))
    services = [toy.Orders.__service__, toy.Accounts.__service__]  # type: ignore[attr-defined] # set by @service
    telemetry = Telemetry(Catalogue(services), made.clock, tmp_path / "node.log")
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    made.run(made.envelope("orders.place", toy.Order("O1", "A", 1)))
    problems: list[BaseException] = []
    node = Node([made.owner], ended=problems.append)
    lanes = telemetry.lanes = Lanes(
        node, made.store, made.clock, {"webhook": Away()}, told=telemetry.undelivered, pace=lambda: 0
    )
    lanes.recover()

    async def turn() -> None:
        node.start()
        await lanes.turn(lanes.lanes["webhook:DE1234567890123"])
        await node.stop()

    asyncio.run(turn())
    shown = telemetry.text(node).decode()
    for line in ('deliveries_total{channel="webhook",outcome="failed"} 1.0', 'lanes_waiting{channel="webhook"} 1.0',
                 'lanes_failing{channel="webhook"} 1.0', 'lane_failures{channel="webhook"} 1.0',
                 'lane_busy_seconds{channel="webhook"} 0.0'):  # fmt: skip
        assert f"douane_{line}\n" in shown
    said = [json.loads(line) for line in (tmp_path / "node.log").read_text().splitlines()]
    (told,) = [each for each in said if each["event"] == "message.undelivered"]
    assert (told["channel"], told["message"], told["count"], told["error"]["class"]) == ("webhook", "1", 1, "KeyError")
    assert "DE1234567890123" not in shown + (tmp_path / "node.log").read_text()
    assert problems == []


def test_refusals_are_one_line_a_minute_of_each_door_and_reason_with_their_number(tmp_path: Path) -> None:
    clock = toy.Clock()
    telemetry = Telemetry(Catalogue([]), clock, tmp_path / "node.log")

    def flood(times: int) -> None:
        for _ in range(times):
            telemetry.refused(Platform.UUMDS, WrongCircle("Someone's name"))
            telemetry.refused(Platform.OPERATIONS, NotAuthenticated("x"))
            telemetry.limited("speed2", Limit.GUESSES)
            telemetry.answered("speed2", "rest", "404")

    flood(500)
    clock.at += 61 * SECOND
    flood(1)
    lines = [json.loads(line) for line in (tmp_path / "node.log").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["call.refused", "call.refused", "call.limited"] * 2
    told = [(line["platform"], line.get("code", line.get("outcome")), line["count"]) for line in lines]
    reasons = [("uumds", "DOU-1102"), ("operations", "DOU-1101"), ("speed2", "guesses")]
    assert told == [(*each, 1) for each in reasons] + [(*each, 500) for each in reasons]
    assert "name" not in (tmp_path / "node.log").read_text()
    counted = [line for line in telemetry.text().decode().splitlines() if line.startswith("douane_refusals_total{")]
    assert [line.rpartition(" ")[2] for line in counted if "DOU-1102" in line] == ["501.0"]


def test_keepers_that_are_not_to_be_believed_are_shown_each_and_logged(tmp_path: Path) -> None:
    telemetry = Telemetry(Catalogue([]), toy.Clock(), tmp_path / "node.log")
    telemetry.doubtful(Event.KEEPERS_DISAGREE, ("AT", "EU"))
    telemetry.doubtful(Event.KEEPER_SET_BACK, ("DE",))
    assert telemetry.metrics.read(known.KEEPERS_DISAGREE) == [(("AT",), 1.0), (("EU",), 1.0)]
    assert telemetry.metrics.read(known.KEEPERS_SET_BACK) == [(("DE",), 1.0)]
    lines = [json.loads(line) for line in (tmp_path / "node.log").read_text().splitlines()]
    assert [(line["event"], line["partner"]) for line in lines] == [
        ("keepers.disagree", "AT"), ("keepers.disagree", "EU"), ("keeper.set_back", "DE"),
    ]  # fmt: skip
