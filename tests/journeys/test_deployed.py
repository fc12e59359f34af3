"""A node as ``docs/deploy.md`` and the systemd unit say: judged, started, asked, told to read again, stopped.

What systemd does is played from the words of the unit itself: its command, umask, limit of descriptors, signals, and
the exit code after which it does not start a node again. Folders, addresses and ports are the test's own.
"""

from __future__ import annotations

import os
import re
import resource
import shlex
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from douane.configuration.ports import SystemIds
from douane.supervision.supervisor import processes_of
from douane.trust.development_identity import DevelopmentIdentity, prepare
from tests.journeys.supervised import COMMAND, ENVIRONMENT, Supervised

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy/douane.service").read_text()
PAGE = (ROOT / "docs/deploy.md").read_text()
INSTALLED = "/usr/local/lib/douane/bin/douane"
EVERYONE = stat.S_IRWXG | stat.S_IRWXO


def of_the_unit(name: str) -> str:
    """A value of the unit."""
    (found,) = re.findall(rf"^{name}=(.+)$", UNIT, re.MULTILINE)
    return str(found)


def free_port() -> int:
    """One that nobody has now: ``douane health`` asks where the settings say."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def settings_of_the_page(folder: Path) -> Path:
    """The settings that the page shows, in folders of the test and on loopback."""
    (text,) = re.findall(r"```toml\n(name = \"de\".+?)```", PAGE, re.DOTALL)
    for told, here in (("/var/lib/douane", folder / "state"), ("/etc/douane/identity", folder / "identity"),
                       ("0.0.0.0", "127.0.0.1")):  # fmt: skip
        assert f'"{told}"' in text
        text = text.replace(f'"{told}"', f'"{here}"')
    assert "\nnotice = 20\n" in text
    text = text.replace("notice = 20", "notice = 1")  # seconds that it announces its end, which are waited for here
    doors = ", ".join(f"{name} = 0" for name in ("speed2", "ccn2", "uumds", "cdco"))
    file = folder / "douane.toml"
    file.write_text(f"{text}ports = {{{doors}, operations = {free_port()}}}\n")
    return file


def installed(command: str, config: Path) -> list[str]:
    """A command line of page or unit, with this product in place of the installed one."""
    words = shlex.split(command.replace("/etc/douane/douane.toml", str(config)))
    assert words[0] in (INSTALLED, "douane")
    return [sys.executable, "-c", COMMAND, *words[1:]]


def of_the_page(command: str, config: Path) -> subprocess.CompletedProcess[str]:
    """What a command of the page says, as it stands there."""
    assert f"`{command}`" in PAGE
    return subprocess.run(
        installed(command, config), env=ENVIRONMENT, text=True, check=False, capture_output=True, timeout=60
    )


def descriptors() -> int:
    """As many as the unit gives, or as this machine lets a user have at most."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    told = int(of_the_unit("LimitNOFILE"))
    return told if most == resource.RLIM_INFINITY else min(told, most)


def started(config: Path, folder: Path) -> subprocess.Popen[str]:
    """The unit's command under the unit's umask and limit."""

    def as_systemd_does() -> None:
        os.umask(int(of_the_unit("UMask"), 8))
        resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors(), descriptors()))

    return subprocess.Popen(
        installed(of_the_unit("ExecStart"), config), env=ENVIRONMENT, text=True, cwd=folder,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=as_systemd_does,
    )  # fmt: skip


def issued(folder: Path) -> DevelopmentIdentity:
    """What authorities issued for the node; their keys lie elsewhere, and nothing in it says development."""
    made = prepare(
        folder / "authority" / "identity", now=time.time_ns() // 1000, random=SystemIds().random, clients=(),
        authority="Union of the test",
    )  # fmt: skip
    shutil.copytree(made.folder, folder / "identity")
    return DevelopmentIdentity(folder / "identity")


def test_a_node_runs_as_the_page_and_the_unit_say(tmp_path: Path) -> None:
    identity, config = issued(tmp_path), settings_of_the_page(tmp_path)
    state = tmp_path / "state"
    state.mkdir(mode=int(of_the_unit("StateDirectoryMode"), 8))
    judged = of_the_page("douane doctor --config /etc/douane/douane.toml", config)
    assert judged.returncode == 0, judged.stdout + judged.stderr
    process = started(config, state)
    node = Supervised(process, tmp_path, identity)
    try:
        node.ready()
        well = of_the_page("douane health --config /etc/douane/douane.toml", config)
        assert well.returncode == 0, well.stdout + well.stderr
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        assert re.search(rf"Max open files +{descriptors()} ", limits)
        open_to_others = [path for path in state.rglob("*") if path.stat().st_mode & EVERYONE and not path.is_socket()]
        assert open_to_others == []
        assert of_the_unit("ExecReload") == "/bin/kill -HUP $MAINPID"
        log, serving = state / "node.log", len(processes_of(state)) - 1  # all but the supervisor
        log.rename(state / "node.log.1")
        process.send_signal(signal.SIGHUP)
        node.until(lambda: log.exists() and log.read_text().count("artefact.swapped") == serving)
        assert process.poll() is None
        assert of_the_page("douane health --config /etc/douane/douane.toml", config).returncode == 0
        process.send_signal(signal.SIGTERM)  # KillMode=mixed: the supervisor alone is told
        assert process.wait(int(of_the_unit("TimeoutStopSec"))) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        node.close()
        print(node.left())
    gone = of_the_page("douane health --config /etc/douane/douane.toml", config)
    assert gone.returncode != 0, "a node that does not run is not well"


@pytest.mark.timeout(60)
def test_settings_that_are_wrong_end_it_with_the_code_that_the_unit_knows(tmp_path: Path) -> None:
    issued(tmp_path)
    config = settings_of_the_page(tmp_path)
    (tmp_path / "state").mkdir()
    config.write_text(config.read_text().replace("processes = 3", 'processes = "three"'))
    process = started(config, tmp_path)
    said, _ = process.communicate(timeout=60)
    assert (process.returncode, "processes" in said) == (int(of_the_unit("RestartPreventExitStatus")), True), said
    assert list((tmp_path / "state").iterdir()) == []
