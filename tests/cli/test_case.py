"""The business case from the command line: what a node counted, what a benchmark measured, what somebody prices."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.nodes import Printed, a_list, answer, publish, refused, said

PRICES = """
currency = "EUR"
by = "project officer"
grounds = "Contracts of the year."
years = 5
build = [10000, 20000]
run = [1000, 2000]
installation = [5000, 9000]
connect = [100, 200]
cpu_hour = [0.02, 0.05]
gigabyte_year = [0.1, 0.3]
"""
REPORT = {"results": [{"name": "units", "rows": [{"unit_cpu_us": 480.0}, {"unit_cpu_us": 910}, {"unit_cpu_us": True}]}]}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node that took two messages of one service."""
    folder = tmp_path_factory.mktemp("case") / "node"
    publish(folder, [a_list("CL010", "FR"), a_list("CL008", "DE")])
    return folder


def options(tmp_path: Path, node: Path, prices: str = PRICES, report: object = REPORT) -> tuple[str, ...]:
    (tmp_path / "prices.toml").write_text(prices)
    (tmp_path / "all.json").write_text(json.dumps(report))
    return ("--prices", str(tmp_path / "prices.toml"), "--bench", str(tmp_path / "all.json"), "--data", str(node))


def test_a_case_is_made_of_what_the_node_counted(capsys: Printed, node: Path, tmp_path: Path) -> None:
    (found,) = answer(capsys, "case", "reference_data", *options(tmp_path, node))
    assert found["verdict"] == "positive"
    assert set(found["costs"]) == {"own, 27 times", "central", "shared, 3 hosts"}
    assert all(least < most for least, most in found["costs"].values())
    assert found["assumptions"][0].startswith("2 messages of ")
    assert "480 to 910 microseconds" in found["assumptions"][1]


def test_a_central_service_without_a_case_is_a_finding(capsys: Printed, node: Path, tmp_path: Path) -> None:
    found = {each["service"]: each["verdict"] for each in answer(capsys, "case", *options(tmp_path, node), code=1)}
    assert found["reference_data"] == "positive"
    assert found["service_bus"] == "no case"
    told = said(capsys, "case", "service_bus", *options(tmp_path, node), code=1)
    assert "No message of it was measured." in told
    dear = PRICES.replace("connect = [100, 200]", "connect = [90000000, 99000000]")
    assert "negative" in said(capsys, "case", "reference_data", *options(tmp_path, node, dear), code=1)


@pytest.mark.parametrize(
    ("prices", "report", "mends"),
    [
        ("currency = 1", REPORT, "docs/programme.md"),
        (PRICES.replace("[100, 200]", "[200, 100]"), REPORT, "connect = [100.0, 200.0]"),
        (PRICES, {"results": []}, "make bench"),
        (PRICES, [1], "make bench"),
    ],
)
def test_what_is_not_measured_or_priced_is_refused(
    capsys: Printed, node: Path, tmp_path: Path, prices: str, report: object, mends: str
) -> None:
    assert mends in refused(capsys, "case", "reference_data", *options(tmp_path, node, prices, report))


def test_more_hosts_than_users_are_refused(capsys: Printed, node: Path, tmp_path: Path) -> None:
    call = ("case", "reference_data", *options(tmp_path, node), "--administrations", "3", "--hosts", "3")
    assert "Name fewer hosts" in refused(capsys, *call)


def test_a_case_is_written_as_the_message_that_states_it(capsys: Printed, node: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.json"
    said(capsys, "case", "reference_data", "--statement", str(out), *options(tmp_path, node))
    written = json.loads(out.read_bytes())
    assert (written["service"], written["usage"]["messages"]) == ("reference_data", 2)
    assert written["prices"]["by"] == "project officer"
    assert set(written) == {"service", "administrations", "hosts", "usage", "prices"}
    assert "no case to state" in refused(capsys, "case", "rex", "--statement", str(out), *options(tmp_path, node))
