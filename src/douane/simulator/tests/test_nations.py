"""Waiting for national nodes: as long as their processes live, and it is said for whom."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from douane.simulator.nations import NationalNode, NationalSettings, Patience, all_ready, last_line
from douane.vocabulary.errors import OurFault

IMPATIENT = Patience(most=0.4, told_each=0.1)
NEVER = "import time; time.sleep(600)"
READY = "print('ccn2 https://localhost:1', flush=True); print('node de is ready; stop it', flush=True); " + NEVER
ENDS = "print('no port is free', flush=True)"
EVENT = '{"time":"2026-12-01T23:02:12.899680Z","event":"node.development","cause":"It was started so."}\n'


async def node(folder: Path, program: str) -> NationalNode:
    settings = NationalSettings("DE", folder, "https://localhost:1", folder, {"ccn2": 0}, 1)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE, stdin=asyncio.subprocess.DEVNULL
    )
    return NationalNode(settings, process)


async def waited(folder: Path, program: str, patience: Patience) -> tuple[NationalNode, list[str]]:
    """What is said while one waits for a program; it has ended afterwards."""
    started, said = await node(folder, program), list[str]()
    try:
        await all_ready([started], said.append, patience)
    except OurFault as problem:
        said.append(f"{problem.text} {problem.remedy}")
    finally:
        await started.stop()
    return started, said


def test_who_waits_is_told_for_whom_and_what_its_log_says_last(tmp_path: Path) -> None:
    (tmp_path / "node.log").write_text(EVENT)
    started, said = asyncio.run(waited(tmp_path, NEVER, IMPATIENT))
    assert len(said) == 5, said  # told four times, then no longer
    assert all("node of DE" in each for each in said)
    assert all("23:02:12 node.development It was started so." in each for each in said)
    assert f"process {started.process.pid} works" in said[0]
    assert str(tmp_path / "node.log") in said[-1]
    assert "run the command again" in said[-1]


def test_nobody_waits_longer_than_a_quarter_of_an_hour() -> None:
    assert Patience() == Patience(most=15 * 60, told_each=60)


def test_a_node_that_is_ready_is_not_spoken_of(tmp_path: Path) -> None:
    started, said = asyncio.run(waited(tmp_path, READY, Patience()))
    assert said == []
    assert started.addresses == {"ccn2": "https://localhost:1"}


def test_a_node_that_is_ready_believes_what_the_centre_states_about_persons(tmp_path: Path) -> None:
    own = tmp_path / "identity" / "tokens.jwks"
    own.parent.mkdir()
    own.write_text('{"keys": [{"kid": "own"}]}')
    (tmp_path / "tokens.jwks").write_text('{"keys": [{"kid": "of the centre"}]}')
    for _ in range(2):  # a node that is started again knows them already
        asyncio.run(waited(tmp_path, READY, Patience()))
        assert [each["kid"] for each in json.loads(own.read_text())["keys"]] == ["own", "of the centre"]
    assert own.stat().st_mode & 0o777 == 0o600


def test_a_node_that_ended_is_not_waited_for(tmp_path: Path) -> None:
    _, said = asyncio.run(waited(tmp_path, ENDS, Patience()))
    assert len(said) == 1
    assert "ended before it was ready: no port is free" in said[0]
    assert str(tmp_path / "node.log") in said[0]


@pytest.mark.parametrize(
    ("log", "told"),
    [("", "nothing was written yet"), ("a\nPanic!\n", "Panic!"), ('{"time": 1}\n', '{"time": 1}'), ("[1]", "[1]")],
)
def test_the_last_line_of_a_log_is_told_whatever_it_is(tmp_path: Path, log: str, told: str) -> None:
    (tmp_path / "node.log").write_text(log)
    assert last_line(tmp_path / "node.log") == told
    assert last_line(tmp_path / "none") == "nothing was written yet"
