"""A node as ``docs/deploy.md`` and the systemd unit say: judged, started, asked, told to read again, stopped.

What systemd does is played from the words of the unit itself: its command, umask, limit of descriptors, signals, and
the exit code after which it does not start a node again. Folders, addresses and ports are the test's own.
"""

from __future__ import annotations

import http.client
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
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from douane.configuration.ports import SystemIds
from douane.configuration.settings import PagesAt, read_settings
from douane.supervision.supervisor import processes_of
from douane.trust.development_identity import DevelopmentIdentity, prepare
from tests.journeys.supervised import COMMAND, ENVIRONMENT, Supervised
from tests.pages.production import Tls, in_production

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy/douane.service").read_text()
PAGE = (ROOT / "docs/deploy.md").read_text()
INSTALLED = "/usr/local/lib/douane/bin/douane"
AS_ITS_USER = "runuser -u douane -- "
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
    text, _of_the_front = re.findall(r"```toml\n# /etc/douane/douane.toml\n(.+?)```", PAGE, re.DOTALL)
    for line in ('store = "postgresql://douane_cdco@/douane"\n', 'links = ["tls://10.25.1.2:8450"]\n'):
        assert line in text
        text = text.replace(line, "")  # which tests.production plays
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
    words = shlex.split(command.removeprefix(AS_ITS_USER).replace("/etc/douane/douane.toml", str(config)))
    assert words[0] in (INSTALLED, "douane")
    return [sys.executable, "-c", COMMAND, *words[1:]]


def of_the_page(command: str, config: Path) -> subprocess.CompletedProcess[str]:
    """What a command of the page says, as it stands there."""
    assert f"```\n{command}\n```" in PAGE
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
    judged = of_the_page("runuser -u douane -- douane doctor --config /etc/douane/douane.toml", config)
    assert "0 faults" in judged.stdout, judged.stdout + judged.stderr
    assert "promises.witness" in judged.stdout, "of what else it warns tests/cli/test_doctor.py says"
    process = started(config, state)
    node = Supervised(process, tmp_path, identity)
    try:
        node.ready()
        well = of_the_page("runuser -u douane -- douane health --config /etc/douane/douane.toml", config)
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
        assert (
            of_the_page("runuser -u douane -- douane health --config /etc/douane/douane.toml", config).returncode == 0
        )
        process.send_signal(signal.SIGTERM)  # KillMode=mixed: the supervisor alone is told
        assert process.wait(int(of_the_unit("TimeoutStopSec"))) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        node.close()
        print(node.left())
    gone = of_the_page("runuser -u douane -- douane health --config /etc/douane/douane.toml", config)
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


def pages_of_the_page(folder: Path, port: int) -> PagesAt:
    """The pages that the page sets up: its commands done, and its settings, in a folder and at a port of the test."""
    (commands,) = re.findall(r"```\n(openssl req -x509.+?)```", PAGE, re.DOTALL)
    subprocess.run(["sh", "-e", "-c", commands], cwd=folder, check=True, capture_output=True, timeout=60)
    (folder / "pages.key").chmod(0o600)
    part = PAGE.partition("\n## On one host\n")[0]  # whose block a test of its own takes
    (text,) = re.findall(r"```toml\n# at the end of \S+\n(\[pages\].+?)```", part, re.DOTALL)
    text = (
        text.replace("/etc/douane/", f"{folder}/")
        .replace("console = 8441", f"port = {port}")
        .replace("10.25.1.2", "127.0.0.1")
    )
    text = text.replace('behind = ["10.25.1.1"]\n', "").replace('.example"', f'.example:{port}"')  # without its proxy
    file = folder / "pages.toml"
    file.write_text(text)
    found = read_settings(file).pages
    assert found is not None
    return found


@pytest.mark.timeout(120)
def test_the_pages_of_the_page_are_shown_to_whoever_trusts_its_root(tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("No openssl on this machine: the commands of docs/deploy.md are not tried")
    pages = pages_of_the_page(tmp_path, free_port())
    with in_production(
        tmp_path / "node", pages=pages, platforms=("speed2", "ccn2", "uumds", "cdco", "operations")
    ) as made:
        at = replace(made, tls=Tls(tmp_path / "root.pem", tmp_path / "pages.pem", tmp_path / "pages.key"),
                     port=pages.port)  # fmt: skip
        for site, address in pages.public.items():
            found = at.ask("GET", f"{address}/help")
            assert (found.status, b"<html" in found.body) == (200, True), site
        assert at.ask("GET", f"{pages.public['console']}/lanes").status == 401, "nobody is signed in"
        first = at.ask("GET", f"{pages.public['signin']}/")
        assert (first.status, b"As whom do you come?" in first.body) == (200, True)


def by_proxy(path: Path, host: str) -> tuple[int, bytes]:
    """What a proxy on this host is answered, which asks for somebody's page by a socket."""
    made = http.client.HTTPConnection("proxy")
    made.sock = socket.socket(socket.AF_UNIX)
    made.sock.settimeout(20)
    made.sock.connect(str(path))
    said = {"host": host, "x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https"}
    made.request("GET", "/help", headers=said)
    answer = made.getresponse()
    found = answer.status, answer.read()
    made.close()
    return found


def test_one_host_is_core_and_front_by_one_file(tmp_path: Path) -> None:
    """The blocks of *On one host*, in place of what they say: every site is shown, by the socket that they name."""
    part = PAGE.partition("\n## On one host\n")[2].partition("\n## ")[0]
    settings, proxied = re.findall(r"```(?:toml)?\n(.*?)```", part, re.DOTALL)
    short = Path(tempfile.mkdtemp(prefix="douane-"))  # a path of a socket holds about a hundred octets
    identity, config = issued(tmp_path), settings_of_the_page(tmp_path)
    config.write_text(config.read_text() + settings.replace("/run/douane", str(short)))
    (tmp_path / "state").mkdir(mode=0o700)
    node = Supervised(started(config, tmp_path / "state"), tmp_path, identity)
    try:
        node.ready()
        pages = read_settings(config).pages
        assert pages is not None
        assert proxied == "proxy_pass http://unix:/run/douane/pages.sock.console;\n"
        for site, address in pages.public.items():
            name = "pages.sock.console" if site == "console" else "pages.sock"
            status, body = by_proxy(short / name, urlsplit(address).netloc)
            assert (status, b"<html" in body) == (200, True), site
        assert node.stop() == 0
    finally:
        node.process.kill()
        node.process.wait()
        node.close()
        shutil.rmtree(short)
