"""What a node looks at by itself: a change is told once when it begins and once when it is over, and is a metric."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.core.owner import Owner
from douane.runtime.delivery.lanes import Lanes
from douane.runtime.store.ports import SECOND, Attempt, Offered, Outcome
from douane.shared_services.backup_restore.manifest import LAST_BACKUP
from douane.supervision.running_out import RunningOut
from douane.supervision.surroundings import Surroundings
from douane.supervision.telemetry import Telemetry
from douane.trust.expiring import CERTIFICATE, CLIENT, LIST, PARTNER, Expiring
from tests.contracts import toy
from tests.contracts.test_partitions import Several, named

SERVICES = [toy.Orders.__service__, toy.Accounts.__service__]  # type: ignore[attr-defined] # set by @service


def told(folder: Path) -> list[tuple[str, int, int]]:
    """Event, partition and count of each line so far, but for those of messages."""
    lines = [json.loads(line) for line in (folder / "node.log").read_text().splitlines()]
    return [
        (line["event"], line.get("partition", -1), line.get("count", 0))
        for line in lines
        if not line["event"].startswith("message.")
    ]


def looking(folder: Path, several: Several, **more: object) -> Surroundings:
    telemetry = Telemetry(Catalogue(SERVICES), several.clock, folder / "node.log")
    return Surroundings(several.node, several.store, several.clock, telemetry, folder, 1000, **more)  # type: ignore[arg-type] # as they come


def test_a_store_that_is_away_refuses_every_partition_that_is_here(tmp_path: Path) -> None:
    several, away = Several(MemoryStore(toy.Clock())), [""]
    look = looking(tmp_path, several, away=lambda: away[0])
    several.node.lose(2)
    look.store()
    away[0] = "the store has not answered for 7 s"
    for _ in range(2):
        look.store()
    ours = [owner.partition for owner in several.node.owners if owner.partition != 2]
    assert told(tmp_path) == [("store.refuses", each, 0) for each in ours]
    assert f'douane_store_refusing{{partition="{ours[0]}"}} 1.0' in look.telemetry.text(several.node).decode()
    away[0] = ""
    look.store()
    assert told(tmp_path)[len(ours) :] == [("store.back", each, 0) for each in ours]


def test_a_partition_that_the_store_refuses_and_one_that_moves_are_told_once_each(tmp_path: Path) -> None:
    several = Several(MemoryStore(toy.Clock()))
    look = looking(tmp_path, several)
    look.store()
    several.node.lose(2)
    several.node.owners[1].end()
    for _ in range(3):
        look.store()
    shown = look.telemetry.text(several.node).decode()
    assert 'douane_store_refusing{partition="1"} 1.0' in shown
    assert 'douane_leased{partition="2"} 0.0' in shown
    for partition in (1, 2):  # as a node renews and gains them, without its loop
        several.node.owners[partition] = Owner(partition, several.node.owners[partition].ports)
        several.node.owners[partition].begin()
    several.node.away.discard(2)
    for _ in range(3):
        look.store()
    several.node.counters.interrupted += 1  # gone and back between two looks
    look.store()
    look.store()
    assert told(tmp_path) == [
        ("lease.gone", 2, 0), ("store.refuses", 1, 0), ("lease.taken", 2, 0), ("store.back", 1, 0),
        ("store.refuses", -1, 0), ("store.back", -1, 0),
    ]  # fmt: skip
    assert 'douane_events_total{event="store.refuses"} 2.0' in look.telemetry.text().decode()


def test_a_volume_without_its_reserve_is_told_until_it_has_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, free = looking(tmp_path, Several(MemoryStore(toy.Clock()))), [2000]

    monkeypatch.setattr(shutil, "disk_usage", lambda _of: Usage(free[0]))
    for octets in (2000, 999, 998, 1000, 1001):
        free[0] = octets
        look.volume()
    look.process()
    assert "\ndouane_backup_seconds 1" not in look.telemetry.text().decode(), "none was taken"
    (tmp_path / LAST_BACKUP).write_text("B1")
    look.volume()
    finished = float(look.telemetry.text().decode().partition("\ndouane_backup_seconds ")[2].split()[0])
    assert finished == pytest.approx((tmp_path / LAST_BACKUP).stat().st_mtime)
    assert told(tmp_path) == [("volume.low", -1, 0), ("volume.back", -1, 0)]
    shown = look.telemetry.text().decode()
    assert "douane_volume_free_bytes 1001.0" in shown
    assert float(shown.partition("\ndouane_memory_bytes ")[2].split()[0]) > 1e6
    assert float(shown.partition("\ndouane_descriptors ")[2].split()[0]) > 3


class Ends:
    """Something that ends, and a node that looks at it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, toy.Clock()
        telemetry = Telemetry(Catalogue(SERVICES), self.clock, folder / "node.log")
        self.look = RunningOut(lambda: (), self.clock, telemetry)
        self.now = dt.datetime.fromtimestamp(self.clock.now() / SECOND, dt.UTC)

    def due(self, days: float, kind: str = CERTIFICATE) -> Expiring:
        return Expiring("The certificate of CN=Erika", self.now + dt.timedelta(days=days), "Renew it", kind=kind)

    def shown(self) -> str:
        return self.look.telemetry.text().decode()


def test_what_runs_out_is_told_by_days_and_names_nobody(tmp_path: Path) -> None:
    ends = Ends(tmp_path)
    ends.look.found = [ends.due(-1), ends.due(7.5, LIST), ends.due(30.5), ends.due(12, LIST)]
    ends.look.look()
    ends.look.look()
    assert told(tmp_path) == [
        ("trust.expired", -1, 1), ("trust.expires_soon", -1, 7), ("trust.expires_soon", -1, 11),
    ]  # fmt: skip
    first = float(ends.shown().partition('\ndouane_expiry_seconds{kind="list"} ')[2].split()[0])
    assert first == (ends.now + dt.timedelta(days=7.5)).timestamp()
    assert "Erika" not in ends.shown() + (tmp_path / "node.log").read_text() + str(ends.look.notes())


def test_an_end_at_night_is_told_hours_before_and_at_its_second(tmp_path: Path) -> None:
    ends = Ends(tmp_path)
    ends.look.found, notes = [ends.due(1.5)], []
    for hours in range(36):
        ends.look.look()
        if (note := ends.look.notes().get("expiry", "")) not in notes:
            notes.append(note)
        ends.clock.at += (3600 if hours < 35 else 3598) * SECOND
    assert told(tmp_path) == [
        ("trust.expires_soon", -1, 1), *(("trust.expires_today", -1, hours) for hours in (24, 12, 6, 3, 1)),
    ]  # fmt: skip
    ends.look.look()
    ends.clock.at += 3 * SECOND
    ends.look.look()
    assert told(tmp_path)[-2:] == [("trust.expires_today", -1, 1), ("trust.expired", -1, 0)]
    assert notes == [
        "",
        *(f"a certificate or list runs out within {h} hours: douane doctor" for h in (24, 12, 6, 3, 1)),
    ]
    assert "has run out" in ends.look.notes()["expiry"]
    ends.look.found = [ends.due(400)]  # it was renewed
    ends.look.look()
    assert ends.look.notes() == {}


def test_a_client_whose_certificate_ends_is_no_note_of_the_node(tmp_path: Path) -> None:
    ends = Ends(tmp_path)
    ends.look.found = [ends.due(-1, CLIENT), ends.due(-1, PARTNER)]
    assert ends.look.notes() == {}


class Usage(NamedTuple):
    """What a volume has free."""

    free: int


class Partner:
    """A partner that is away, and then there."""

    there = False

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        return [Attempt(Outcome.ARRIVED if self.there else Outcome.FAILED, "away")] * len(items)


def test_a_partner_away_and_back_is_told_by_administration_and_the_oldest_message_has_its_age(tmp_path: Path) -> None:
    made = toy.Node(MemoryStore(toy.Clock()), router=toy.Router(lane="rest:AT"))
    telemetry = Telemetry(Catalogue(SERVICES), made.clock, tmp_path / "node.log")
    made.run(made.envelope("accounts.open", toy.Open("A", 100)))
    made.run(made.envelope("orders.place", toy.Order("O1", "A", 1)))
    node = Node([made.owner], ended=lambda problem: None)
    partner = Partner()
    lanes = telemetry.lanes = Lanes(
        node, made.store, made.clock, {"rest": partner}, told=telemetry.undelivered, pace=lambda: 0,
        back=telemetry.carried_again,
    )  # fmt: skip
    telemetry.partners = {"rest:AT": "AT"}
    lanes.recover()
    look = Surroundings(node, made.store, made.clock, telemetry, tmp_path, 0, lanes_of=lambda: lanes)

    async def journey() -> None:
        node.start()
        for partner.there in (False, False, True):
            await lanes.turn(lanes.lanes["rest:AT"])
            made.clock.at += 90 * SECOND
            look.waiting()
            shown.append(telemetry.text(node).decode())
        await node.stop()

    shown: list[str] = []
    asyncio.run(journey())
    lines = [json.loads(line) for line in (tmp_path / "node.log").read_text().splitlines()]
    assert [(each["event"], each["partner"], each["count"]) for each in lines] == [
        ("message.undelivered", "AT", 1), ("message.undelivered", "AT", 2), ("lane.back", "AT", 2),
    ]  # fmt: skip
    ages = [text.partition('douane_lane_oldest_seconds{channel="rest"} ')[2].split()[0] for text in shown]
    assert 90 <= float(ages[0]) < 100
    assert 180 <= float(ages[1]) < 190
    assert float(ages[2]) == 0


def test_a_message_set_aside_is_counted_as_long_as_it_is(tmp_path: Path) -> None:
    several = Several(MemoryStore(toy.Clock()))
    look = looking(tmp_path, several)

    async def journey() -> None:
        await several.send("accounts.open", toy.Open(named("account", 2), 100))
        await several.send("orders.place", toy.Order(named("order", 1), named("account", 2), 666))  # a poison
        await several.settle()
        await several.node.stop()

    asyncio.run(journey())
    look.waiting()
    assert 'douane_quarantine_messages{partition="1"} 1.0' in look.telemetry.text().decode()


def test_the_carrier_of_queues_is_told_away_and_back_once_each(tmp_path: Path) -> None:
    look = looking(tmp_path, Several(MemoryStore(toy.Clock())))
    for there in (True, False, False, False, True, True):
        look.telemetry.queues(there)
    assert told(tmp_path) == [("queues.away", -1, 0), ("queues.back", -1, 0)]
    assert "douane_queues_there 1.0" in look.telemetry.text().decode()
