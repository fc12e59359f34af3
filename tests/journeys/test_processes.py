"""A node of several processes: killed, stopped and started again under load, nothing is lost and nothing doubled."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from douane.cli.main import main
from douane.configuration.ports import SystemIds
from douane.supervision.supervisor import RENEW
from douane.trust.development_identity import prepare
from tests.journeys.supervised import ENVIRONMENT, JSON, OFFICER, ROOT, Load, Supervised, accepted, supervised

EXAMPLES = ROOT / "docs" / "examples"
TRADER = "trader.fr.lesquin"


def running(pid: int) -> bool:
    """Whether a process exists and is more than its exit code."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def back(node: Supervised, name: str, before: int) -> None:
    """Wait until a process serves in the place of a former one."""
    mark = f"{name:<11} serving as process "
    node.until(lambda: any(line.startswith(mark) and line != f"{mark}{before}" for line in node.said[-12:]))
    node.until(lambda: node.pids.get(name, before) != before)


def more(load: Load, messages: int) -> None:
    """Wait until so many more are acknowledged."""
    so_far = len(load.held)
    load.node.until(lambda: len(load.held) >= so_far + messages)


def test_a_movement_through_doors_in_processes_of_their_own(tmp_path: Path) -> None:
    with supervised(tmp_path, "--processes", "3") as node:
        officer, trader = node.client("ccn2", OFFICER), node.client("speed2", TRADER)
        registered = officer.ask("POST", "/guarantees/v1/register", (EXAMPLES / "guarantee.json").read_bytes(), JSON)
        assert registered.status == 202
        body = (EXAMPLES / "declaration.xml").read_bytes()
        first = trader.ask("POST", "/v1/messages", body, {"content-type": "application/xml"})
        again = node.client("speed2", TRADER).ask("POST", "/v1/messages", body, {"content-type": "application/xml"})
        assert (first.status, first.body) == (202, again.body)
        items: list[Any] = []
        cursor = ""
        while len(items) < 3:
            page = trader.ask("GET", f"/v1/inbox?wait=10&after={cursor}").json
            items, cursor = items + page["items"], page["after"]
        assert [each["type"] for each in items] == ["CC928C", "CC028C", "CC029C"]
        assert trader.ask("POST", f"/v1/inbox/{items[0]['id']}/ack").status == 204
        broken = trader.ask("POST", "/v1/messages", body.replace(b"<LRN>", b"<LRNN>"), {"content-type": "text/xml"})
        assert broken.status == 422
        assert broken.json["faults"]
        assert trader.ask("GET", "/v1/inbox").json["items"][0]["type"] == "CC028C"
        assert node.client("ccn2", TRADER).ask("GET", "/v1/inbox").status == 403
        ready = node.client("operations", "operator").ask("GET", "/health/ready")
        assert ready.json["status"] == "ready"
        pids = node.pids
        assert set(pids) == {"supervisor", "core", "door-1", "door-2", "operations"}
        assert node.stop() == 0
        assert not any(running(pid) for pid in pids.values())


def test_the_operator_is_told_of_every_process_and_answered_whichever_is_gone(tmp_path: Path) -> None:
    with supervised(tmp_path, "--processes", "2") as node:
        operator = node.client("operations", "operator")

        def ready() -> tuple[int, dict[str, Any]]:
            answer = operator.ask("GET", "/health/ready")
            return answer.status, answer.json

        def series(text: str) -> bool:
            return text in operator.ask("GET", "/metrics").body.decode()

        parts = ["partition 0", "door speed2", "door ccn2", "door uumds", "door cdco", "trust"]
        node.until(lambda: ready() == (200, {"status": "ready", "parts": dict.fromkeys(parts, "ready")}))
        health = [
            "health",
            "--config",
            str(tmp_path / "douane.toml"),
            "--port",
            node.urls["operations"].rpartition(":")[2],
        ]
        assert main(health) == 0
        assert node.client("speed2", TRADER).ask("GET", "/v1/inbox/77/nowhere").status == 404
        node.until(lambda: series('douane_refused_answers_total{process="core",channel="rest",platform="speed2",'))
        assert not series('douane_refused_answers_total{process="door-1"'), "what the core has from doors is there once"
        for text in ('douane_held{process="door-1",', 'douane_process_answers{process="operations",part="core"} 1.0',
                     'douane_leased{process="core",partition="0"} 1.0', 'douane_memory_bytes{process="core"}',
                     'douane_process_restarts_total{process="operations",part="door-1"} 0.0'):  # fmt: skip
            assert series(text), text
        frozen = node.kill("core", signal.SIGSTOP)
        try:
            node.until(lambda: ready()[0] == 503)
            _, said = ready()
            assert said["parts"]["partition 0"] == "no process has it"
            assert list(said["notes"]) == ["core"]
            assert main(health) == 1
            assert series('douane_process_answers{process="operations",part="core"} 0.0')
        finally:
            os.kill(frozen, signal.SIGCONT)
        node.until(lambda: ready()[0] == 200)
        back(node, "door-1", node.kill("door-1"))
        node.until(lambda: series('douane_process_restarts_total{process="operations",part="door-1"} 1.0'))
        back(node, "operations", node.kill("operations"))
        node.until(lambda: _answers(lambda: ready()[0] == 200))
        assert node.stop() == 0
        assert main(health) == 2
    told = [line for line in (tmp_path / "data" / "node.log").read_text().splitlines() if '"process.' in line]
    named = [(each["event"], each["part"]) for each in map(json.loads, told)]
    assert named == [
        ("process.silent", "core"), ("process.heard", "core"),
        *((event, part) for part in ("door-1", "operations") for event in ("process.ended", "process.serving")),
    ]  # fmt: skip


def _answers(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except (OSError, http.client.HTTPException):
        return False


def test_whatever_is_killed_under_load_every_message_takes_effect_once(tmp_path: Path) -> None:
    """Doors and core killed, doors renewed one by one, then drained, while senders go on."""
    with supervised(tmp_path, "--processes", "3") as node:
        load = Load(node)
        load.begin()
        for name in ("door-1", "core", "door-2", "core"):
            more(load, 10)
            back(node, name, node.kill(name))
        before = node.pids
        os.kill(node.process.pid, RENEW)
        for name in ("door-1", "door-2", "core"):
            back(node, name, before[name])
        more(load, 10)
        load.end()
        assert load.faults == []
        assert node.stop() == 0
    found = accepted(tmp_path)
    assert {own for own, times in found.items() if times != 1} == set()
    assert set(found) == set(load.held)


def test_told_to_stop_a_node_answers_whom_it_took_a_message_from(tmp_path: Path) -> None:
    """Drained: no request is answered with a failure, and what was accepted has told its sender so."""
    with supervised(tmp_path, "--processes", "3") as node:
        load = Load(node, senders=6)
        load.begin()
        node.until(lambda: len(load.held) > 40)
        node.process.send_signal(signal.SIGTERM)
        assert node.process.wait(40) == 0
        load.gone.set()
        load.end()
        assert load.faults == []
        assert set(load.statuses) <= {202, 0, -1}, load.statuses
    assert set(accepted(tmp_path)) == set(load.held)


def test_told_to_stop_a_node_says_so_and_serves_until_its_notice_is_over(tmp_path: Path) -> None:
    """A load balancer has time to look; each answer closes its connection. Told again, it ends at once."""
    with supervised(tmp_path, "--processes", "2", notice=600) as node:
        officer = node.client("ccn2", OFFICER).connection()
        with contextlib.closing(officer):
            assert _asked(officer) == (200, None)
            ready = node.client("operations", "operator")
            assert ready.ask("GET", "/health/ready").status == 200
            node.process.send_signal(signal.SIGTERM)
            node.until(lambda: ready.ask("GET", "/health/ready").status == 503)
            node.until(lambda: _asked(officer) == (200, "close"))
            assert _asked(node.client("ccn2", OFFICER).connection()) == (200, "close")  # new ones are still taken
        node.process.send_signal(signal.SIGTERM)
        assert node.process.wait(40) == 0


def _asked(connection: http.client.HTTPSConnection) -> tuple[int, str | None]:
    connection.request("GET", "/v1/inbox")
    answer = connection.getresponse()
    answer.read()
    return answer.status, answer.getheader("connection")


def test_children_end_when_their_supervisor_is_killed(tmp_path: Path) -> None:
    with supervised(tmp_path, "--processes", "2") as node:
        pids = node.pids
        node.process.kill()
        node.process.wait()
        node.until(lambda: not any(running(pid) for pid in pids.values()))
    with supervised(tmp_path, "--processes", "2") as node:  # nothing is left that would hold the data folder
        assert node.client("ccn2", OFFICER).ask("GET", "/v1/inbox").status == 200


def test_a_second_node_on_the_same_folder_does_not_start(tmp_path: Path) -> None:
    refused = pytest.raises(AssertionError, match="Another process works on")
    with supervised(tmp_path, "--processes", "2"), refused, supervised(tmp_path, "--processes", "2"):
        pass


ORPHANS = """
import os, signal, sys, time
from douane.trust.development_identity import prepare
from douane.cli.main import main
from douane.configuration.ports import SystemIds
from douane.supervision.supervisor import Role, Supervisor

def work(parent, ready):
    if os.fork() == 0:  # a grandchild that outlives its parent, like a postmaster
        time.sleep(0.3)
        os._exit(0)
    ready()
    if not os.path.exists(sys.argv[1]):
        open(sys.argv[1], "w").close()
        os._exit(3)  # the first life is short
    signal.pause()
    return 0

def told(what, name, pid):
    print(what, name, pid, flush=True)

sys.exit(Supervisor([Role("one", work)], told).run())
"""


def test_what_a_child_leaves_behind_is_reaped(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ORPHANS, str(tmp_path / "mark")], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    starts = 0
    for line in process.stdout:
        starts += line.startswith("serving")
        if starts == 2:
            break
    end = time.monotonic() + 20
    while len(family := _children(process.pid)) > 1:  # the second life, without zombies and orphans
        assert time.monotonic() < end, family
        time.sleep(0.05)
    process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()


def _children(pid: int) -> list[str]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(parent) == pid:
            found.append(f"{stat.parent.name} {state}")
    return found


SLOW = """
import signal, sys
from douane.supervision.supervisor import Role, Supervisor

def work(parent, ready):
    signal.signal(signal.SIGTERM, lambda *_: print("asked", flush=True))
    ready()
    while True:
        signal.pause()

def told(what, name, pid):
    print(what, flush=True)

sys.exit(Supervisor([Role("one", work)], told).run())
"""


def test_a_supervisor_that_is_told_to_stop_while_it_renews_a_child_stops() -> None:
    process = subprocess.Popen([sys.executable, "-c", SLOW], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = iter(process.stdout.readline, "")
    assert "ready\n" in said
    process.send_signal(RENEW)
    assert "asked\n" in said  # the child does not stop
    process.terminate()
    assert process.wait(20) == 0
    assert "serving\n" not in said
    process.stdout.close()


UNWRITABLE = """
import os, signal, sys
from pathlib import Path
from douane.supervision.supervisor import Role, Supervisor

folder = Path(sys.argv[1])

def work(parent, ready):
    if os.path.exists(folder / "cannot"):  # a later life that does not get far
        os.rename(folder / "cannot", folder / "could not")
        return 2
    ready()
    signal.pause()
    return 0

def told(what, name, pid):
    print(what, pid, flush=True)

sys.exit(Supervisor([Role("one", work)], told, register=folder / "kept" / "processes.json").run())
"""


def test_a_supervisor_goes_on_without_space_and_after_a_life_that_could_not_start(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", UNWRITABLE, str(tmp_path)], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    served = (line for line in process.stdout if line.startswith("serving"))
    first = int(next(served).split()[1])  # nothing could be written: there is no folder
    (tmp_path / "cannot").touch()
    os.kill(first, signal.SIGKILL)
    second = int(next(served).split()[1])
    assert second != first
    assert (tmp_path / "could not").exists()
    (tmp_path / "kept").mkdir()
    end = time.monotonic() + 20
    while not (tmp_path / "kept" / "processes.json").exists():
        assert time.monotonic() < end
        time.sleep(0.05)
    process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()


def test_a_child_that_cannot_start_ends_the_node_with_a_reason(tmp_path: Path) -> None:
    issued = prepare(
        tmp_path / "identity", now=time.time_ns() // 1000, random=SystemIds().random, authority="Union of the test"
    )
    config = tmp_path / "douane.toml"
    config.write_text(
        f'data = "{tmp_path / "data"}"\nidentity = "{issued.folder}"\nhost = "203.0.113.7"\n'
        '[public]\nuumds = "https://uumds.customs.example"\n'
    )
    command = [sys.executable, "-c", "import sys; from douane.cli.main import main; sys.exit(main())"]
    done = subprocess.run(
        [*command, "run", "--config", str(config), "--processes", "2"], env=ENVIRONMENT, capture_output=True,
        text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "cannot listen on 203.0.113.7" in done.stderr
