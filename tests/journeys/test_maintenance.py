"""Services at rest for maintenance: what is refused and what waits, who is told what, and what it costs their level."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from douane.configuration.settings import FolderRoute
from tests.cli.nodes import Printed, answer, refused, said
from tests.journeys.standing import identity_in, standing
from tests.journeys.supervised import JSON, OFFICER, Supervised, registration, supervised
from tests.journeys.test_csi_folder import EXAMPLES, XML, Program, advice, interchange, rows, until
from tests.journeys.test_operator import asked, interventions
from tests.journeys.test_rolling import Roll
from tests.services.postgresql import database, postgresql

__all__ = ["database", "postgresql"]

TRADER, ELSE = "trader.fr.lesquin", "trader.de.rhein"
FOLLOWED = 10.0
"""Seconds within which every process goes by what an act changed."""
DECLARATION = (EXAMPLES / "declaration.xml").read_bytes()


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Supervised]:
    """Doors and core in processes of their own."""
    with supervised(tmp_path_factory.mktemp("several"), "--processes", "3") as node:
        yield node


def declared(node: Supervised, accept: str = "application/json") -> tuple[int, dict[str, str], Any]:
    """A declaration at the traders' door: status, headers and body of the answer."""
    connection = node.client("speed2", TRADER).connection()
    connection.request("POST", "/v1/messages", DECLARATION, XML | {"accept": accept})
    found = connection.getresponse()
    body = json.loads(found.read())
    connection.close()
    return found.status, {name.lower(): value for name, value in found.getheaders()}, body


def registered(node: Supervised, number: int) -> int:
    return node.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", registration(number), JSON).status


def test_a_circle_is_refused_with_a_time_and_notices_while_others_and_inboxes_go_on(
    several: Supervised, capsys: Printed
) -> None:
    data = ("--data", str(several.folder / "data"))
    begin = ("maintenance", "begin", "transit", "--circle", "untrusted", "--minutes", "30", "--reason", "new rules")
    began = answer(capsys, *begin, *data)
    assert (began["on"], began["state"], sorted(began["notices"])) == ("transit@untrusted", "rests", ["de", "en", "fr"])
    several.until(lambda: declared(several)[0] == 503, FOLLOWED)
    status, headers, body = declared(several)
    assert (status, body["code"], body["retry"]) == (503, "DOU-2125", "later")
    assert 1600 < int(headers["retry-after"]) <= 1800
    assert "business continuity procedure (IA annex 72-04)" in body["notices"]["en"]
    assert "wegen Wartung" in body["notices"]["de"]
    assert "Anhang 72-04" in body["notices"]["de"]
    assert "hors service" in body["notices"]["fr"]
    assert several.client("speed2", TRADER).ask("GET", "/v1/inbox").status == 200
    asked_once = several.client("speed2", TRADER).ask("POST", "/availability/v1/show", b"{}", JSON)
    assert asked_once.status == 200, "other services of the same door work"
    assert registered(several, 1) == 202, "another circle is served"
    (listed,) = answer(capsys, "maintenance", "list", *data, code=1)
    assert (listed["service"], listed["circle"], listed["late"]) == ("transit", "untrusted", False)
    assert "new rules" in said(capsys, "maintenance", "list", *data, code=1)
    operator = several.client("operations", "operator")
    several.until(lambda: b'status="DOU-2125"' in operator.ask("GET", "/metrics").body, FOLLOWED)
    assert "call.unavailable" not in (several.folder / "data" / "node.log").read_text()
    end = ("maintenance", "end", "transit", "--circle", "untrusted", "--reason", "done", *data)
    assert answer(capsys, *end)["state"] == "works"
    several.until(lambda: declared(several)[0] == 202, FOLLOWED)
    assert said(capsys, "maintenance", "list", *data) == "Nothing rests for maintenance.\n"
    acts = [asked(row) for row in interventions(several.folder)]
    assert [(each.act, each.on.partition(" ")[0], each.reason) for each in acts] == [
        ("maintenance.begin", "transit@untrusted", "new rules"), ("maintenance.end", "transit@untrusted", "done"),
    ]  # fmt: skip


def test_what_is_no_maintenance_is_refused_and_changes_nothing(several: Supervised, capsys: Printed) -> None:
    data = ("--data", str(several.folder / "data"), "--reason", "x")
    begin = ("maintenance", "begin")
    assert "There is no service" in refused(capsys, *begin, "nothing", "--minutes", "5", *data)
    assert "It cannot rest until" in refused(capsys, *begin, "transit", "--minutes", "-5", *data)
    assert "It cannot rest until" in refused(capsys, *begin, "transit", "--minutes", "99999", *data)
    assert "has no zone" in refused(capsys, *begin, "transit", "--until", "2030-01-01T00:00", *data)
    assert "is no time" in refused(capsys, *begin, "transit", "--until", "noon", *data)
    assert "knows no 'internal'" in refused(capsys, *begin, "transit", "--circle", "internal", "--minutes", "5", *data)
    assert "does not rest" in refused(capsys, "maintenance", "end", "transit", *data)
    assert "needs a reason" in refused(capsys, *begin, "transit", "--minutes", "5", *data[:2], "--reason", " ")
    assert declared(several)[0] in (202, 409)
    assert not (several.folder / "data" / "maintenance.json").read_bytes().strip(b"[]")


@pytest.mark.timeout(300)  # two workers on a busy machine
def test_every_worker_refuses_and_each_goes_on(tmp_path: Path, database: str, capsys: Printed) -> None:
    """Messages lie in partitions of both workers; the act is done by one of them."""
    data = ("--data", str(tmp_path / "data"), "--config", str(tmp_path / "douane.toml"), "--reason", "x")
    with supervised(tmp_path, "--workers", "2", store=database, partitions=8) as node:
        assert registered(node, 1) == 202
        answer(capsys, "maintenance", "begin", "guarantees", "--minutes", "5", *data)
        numbers = count(2)  # new ones each round: what was taken before all rest is known, and has its receipt

        def met() -> set[int]:
            time.sleep(1)  # within what one client may ask
            return {registered(node, next(numbers)) for _ in range(8)}

        node.until(lambda: met() == {503}, 90)
        answer(capsys, "maintenance", "end", "guarantees", *data)
        node.until(lambda: met() == {202}, 90)


@pytest.mark.timeout(300)  # two workers and a door, each by itself, on a busy machine
def test_hosts_that_share_a_database_and_no_folder_rest_and_work_together(
    tmp_path: Path, database: str, capsys: Printed
) -> None:
    """What one host is told holds on the other one, and that one ends it."""
    with contextlib.ExitStack() as stack:
        roll = Roll(tmp_path, database, stack)
        for place in (0, 1):
            roll.worker(place)
        door, numbers = roll.door(1), count(1)

        def met() -> set[int]:
            time.sleep(1)
            return {registered(door, next(numbers)) for _ in range(8)}

        def told(place: int) -> tuple[str, ...]:
            folder = tmp_path / f"worker-{place}"
            return ("--data", str(folder / "data"), "--config", str(folder / "douane.toml"))

        assert met() == {202}
        answer(capsys, "maintenance", "begin", "guarantees", "--minutes", "5", *told(0), "--reason", "x")
        door.until(lambda: met() == {503}, 90)
        for place in (0, 1):
            (listed,) = answer(capsys, "maintenance", "list", *told(place), code=1)
            (written,) = json.loads((tmp_path / f"worker-{place}" / "data" / "maintenance.json").read_bytes())
            assert listed["service"] == written["service"] == "guarantees"
        answer(capsys, "maintenance", "end", "guarantees", *told(1), "--reason", "x")
        door.until(lambda: met() == {202}, 90)
        assert answer(capsys, "maintenance", "list", *told(0)) == []


def test_a_file_for_a_service_at_rest_waits_in_its_folder(tmp_path: Path, capsys: Printed) -> None:
    data, place = ("--data", str(tmp_path), "--reason", "x"), tmp_path / "AT"
    route = FolderRoute(place, "edifact", "UNOC", ("CD118C",))
    with standing(tmp_path, identity_in(tmp_path), elsewhere=frozenset({"AT"}), folders={"AT": route}) as node:
        until((place / "out").is_dir)  # made after "in"
        answer(capsys, "maintenance", "begin", "transit", "--circle", "trusted", "--minutes", "5", *data)
        until(lambda: node.node.core.resting.rests)
        Program(place).write("0001.edi", interchange(advice("26FR005350000009J9", "WAITED")))
        time.sleep(3.0)
        assert (place / "in" / "0001.edi").is_file(), "it lies where it was put"
        assert not [each for each in rows(node) if each.id == "WAITED"]
        answer(capsys, "maintenance", "end", "transit", "--circle", "trusted", *data)
        until(lambda: not (place / "in" / "0001.edi").exists())
        assert [each.operation for each in rows(node) if each.id == "WAITED"] == ["transit.advise_arrival"]


def test_a_rest_that_lasts_longer_than_was_said_is_told_and_ends_by_no_clock(tmp_path: Path, capsys: Printed) -> None:
    identity = identity_in(tmp_path)
    data = ("--data", str(tmp_path), "--reason", "x")
    with standing(tmp_path, identity) as node:
        by = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=3)
        begin = ("maintenance", "begin", "transit", "--circle", "untrusted", "--until", by.isoformat())
        answer(capsys, *begin, *data)
        end = time.monotonic() + 30
        log = tmp_path / "node.log"
        while "maintenance.late" not in log.read_text():
            assert time.monotonic() < end
            time.sleep(0.2)
        line = next(json.loads(each) for each in log.read_text().splitlines() if "maintenance.late" in each)
        assert (line["operation"], line["level"]) == ("transit", "warning")
        metrics = node.client("operations", "operator").ask("GET", "/metrics").body.decode()
        assert 'douane_maintenance_until_seconds{service="transit"}' in metrics
        assert node.client("speed2", ELSE).ask("POST", "/v1/messages", DECLARATION, XML).status == 503, (
            "it ends by no clock"
        )
