"""A node whose store is PostgreSQL: found by its address, looked into while it runs, begun anew after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from douane.configuration import discovery
from tests.cli.nodes import Printed, answer, refused
from tests.journeys.movements import Movement
from tests.journeys.office import Office
from tests.services.postgresql import Instance, database, postgresql

MAIN = "import sys; from douane.cli.main import main; sys.exit(main(sys.argv[1:]))"


def test_a_movement_is_carried_and_its_timeline_read_from_beside(
    capsys: Printed, database: str, tmp_path: Path
) -> None:
    store = discovery.open_store(database)
    movement = Movement(office=Office(store=store))  # type: ignore[arg-type]  # any store serves an office
    movement.pass_frontier()
    movement.arrive()
    movement.inspect()
    config = tmp_path / "douane.toml"
    config.write_text(f'store = "{database}"\n')
    cases = answer(capsys, "timeline", movement.mrn, "--data", str(tmp_path), "--config", str(config))
    assert {case["administration"] for case in cases} == {"FR", "DE", "AT"}
    store.close()


def test_the_command_line_prepares_a_database_and_says_what_it_did(
    capsys: Printed, database: str, tmp_path: Path
) -> None:
    assert answer(capsys, "database", "migrate", "--store", database) == []
    said = answer(capsys, "database", "migrate", "--store", database, "--roles")
    assert "role douane_speed2 has its grants" in said
    assert "needs no preparation" in refused(capsys, "database", "migrate", "--store", f"sqlite:{tmp_path}/x.db")


def test_a_refused_address_is_not_repeated_for_it_may_hold_a_password(capsys: Printed) -> None:
    said = refused(capsys, "database", "migrate", "--store", "postgres://someone:hunter2@db.example/douane")
    assert "'postgres'" in said
    assert "hunter2" not in said


def start(address: str, folder: Path) -> subprocess.Popen[str]:
    """A node with one door, ready."""
    (folder / "douane.toml").write_text("[ports]\noperations = 0\n")
    options = [
        "--config",
        "douane.toml",
        "--store",
        address,
        "--platform",
        "operations",
        "--data",
        "data",
        "--development",
    ]
    node = subprocess.Popen(
        [sys.executable, "-c", MAIN, "run", *options], cwd=folder, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert node.stdout is not None
    while (line := node.stdout.readline()) and "is ready" not in line:
        pass
    assert line, f"the node ended with {node.wait()}"
    return node


@pytest.mark.slow
def test_a_node_runs_on_a_database_stops_and_starts_again(postgresql: Instance, database: str, tmp_path: Path) -> None:
    epochs = []
    for end in (signal.SIGKILL, signal.SIGTERM):
        with start(database, tmp_path) as node:
            node.send_signal(end)
            assert node.wait(30) == (0 if end == signal.SIGTERM else -signal.SIGKILL)
        with psycopg.connect(database) as db:
            row = db.execute("SELECT epoch FROM douane.lease WHERE partition = 0").fetchone()
        assert row is not None
        epochs.append(row[0])
    assert epochs == [1, 2]


__all__ = ["database", "postgresql"]
