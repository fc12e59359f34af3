"""The union of ``make run``: found by its folder, or started for one run; and what one may do to its nodes.

Everything is done as somebody beside the machine does it: the command, the start page, signals to a process.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tests.hostile.browser import Browser
from tests.hostile.party import CannotBePlayed
from tests.outside.door import Doors

ROOT: Final = Path(__file__).parents[2]
NATIONS: Final = ("DE", "AT")
"""Administrations with a node of their own."""
USUAL: Final = {"speed2": 8443, "ccn2": 8444, "uumds": 8445, "cdco": 8446, "operations": 8447}
START_SECONDS, END_SECONDS, SWITCH_SECONDS = 600.0, 60.0, 120.0
UP: Final = "The platform stays up"
_DOOR: Final = re.compile(r"^  (centre|[A-Z]{2}) +(\w+) +https://[^:]+:(\d+)")


@dataclass
class Union:
    """A union that runs. pages: the port of the start page and of the pages of the centre."""

    data: Path
    pages: int
    centre: Doors
    nations: dict[str, Doors]

    def process(self, code: str) -> int:
        """The process of a national node. Raises CannotBePlayed where none runs."""
        settings = str(self.folder(code) / "douane.toml").encode()
        for each in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if settings in (each / "cmdline").read_bytes().split(b"\0") and _lives(each):
                    return int(each.name)
        raise CannotBePlayed(f"no process of the node of {code} runs")

    def folder(self, code: str) -> Path:
        """The data of a national node."""
        return self.data / code.lower()

    def works(self, code: str) -> bool:
        """Whether the process of a national node runs."""
        try:
            return bool(self.process(code))
        except CannotBePlayed:
            return False

    def freeze(self, code: str) -> None:
        """Let a node take connections and answer nothing."""
        os.kill(self.process(code), signal.SIGSTOP)

    def thaw(self, code: str) -> None:
        """Let it go on."""
        os.kill(self.process(code), signal.SIGCONT)

    def kill(self, code: str) -> None:
        """End it at once, and wait until it is gone."""
        os.kill(self.process(code), signal.SIGKILL)
        self._until(code, works=False)

    def stop(self, code: str) -> None:
        """Press the button of the start page that stops a node."""
        self._switch(code, "no")
        self._until(code, works=False)

    def start(self, code: str) -> None:
        """Press the button that starts it again, and wait until its door answers."""
        self._switch(code, "yes")
        self._until(code, works=True)

    def keep(self, code: str) -> Path:
        """A copy of the data of a node that does not run: its backup."""
        copy = self.data / f"backup-{code.lower()}"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.folder(code), copy, ignore=shutil.ignore_patterns("*.sock"))
        return copy

    def set_back(self, code: str, copy: Path) -> None:
        """Put a backup in the place of the data of a node that does not run."""
        shutil.rmtree(self.folder(code))
        shutil.move(copy, self.folder(code))

    def _switch(self, code: str, works: str) -> None:
        until = time.monotonic() + SWITCH_SECONDS
        while True:  # the page may not have noticed yet that a process ended
            browser = Browser(self.pages)
            page = browser.get("localhost", "/")
            fields = _switching(page.body, code, works)
            if fields is not None:
                break
            if time.monotonic() > until:
                raise CannotBePlayed(f"the start page has no button that switches {code}")
            time.sleep(0.2)
        shown = browser.post("localhost", "/switch", fields)
        if shown.status != 200:
            raise CannotBePlayed(f"the button of {code} is answered with {shown.status}: {shown.text[:200]}")

    def _until(self, code: str, *, works: bool) -> None:
        until = time.monotonic() + SWITCH_SECONDS
        while self.works(code) is not works:
            if time.monotonic() > until:
                raise CannotBePlayed(f"the node of {code} {'does not start' if works else 'does not end'}")
            time.sleep(0.1)


def _lives(process: Path) -> bool:
    """Whether a process is none that has ended and waits for its parent."""
    return (process / "stat").read_text().rpartition(")")[2].split()[0] not in "ZX"


def _switching(page: str, code: str, works: str) -> dict[str, str] | None:
    """The fields of the button that switches a node; None where the page has none."""
    for form in re.findall(r'<form[^>]*action="/switch".*?</form>', page, re.DOTALL):
        fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        if f'value="{code}"' in form and fields.get("works") == works:
            return {**fields, "name": code}
    return None


def _run_number() -> str:
    return f"{time.time_ns() // 10_000_000 % 100_000_000:08d}"


def found(data: Path) -> Union:
    """The union that runs on a folder. Raises CannotBePlayed where none does, or not at the usual ports."""
    try:
        who = json.loads((data / ".douane-demo").read_bytes())
        uplink = tomllib.loads((data / "de" / "douane.toml").read_text())["uplink"]["url"]
    except (OSError, ValueError, KeyError):
        raise CannotBePlayed(f"{data} is not the folder of a union that runs: start one by make run") from None
    if urlsplit(uplink).port != USUAL["ccn2"]:
        raise CannotBePlayed(f"the doors of {data} are not at the usual ports: leave --running out")
    return _union(data, int(urlsplit(who["address"]).port or 0), dict(USUAL), {})


@contextlib.contextmanager
def started(data: Path, *options: str) -> Iterator[Union]:
    """A union of this tree, on free ports, as long as the block lasts. Raises CannotBePlayed where it does not start.

    options: of ``douane demo``, besides those that name the folders.
    """
    command = [str(Path(sys.executable).with_name("douane")), "demo", "--free-ports", "--fresh", "--data", str(data)]
    command += ["--report", str(data.with_name("report")), *options]
    run = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    said: list[str] = []
    up = threading.Event()

    def listen() -> None:
        assert run.stdout is not None
        for line in run.stdout:
            said.append(line.rstrip())
            if UP in line:
                up.set()
        up.set()  # it ended

    threading.Thread(target=listen, daemon=True).start()
    try:
        up.wait(START_SECONDS)
        doors = [match.groups() for line in said if (match := _DOOR.match(line))]
        if run.poll() is not None or not any(UP in line for line in said) or not doors:
            raise CannotBePlayed(f"the union does not start: {' '.join(said[-3:])[-400:]}")
        (address,) = {match[1] for line in said if (match := re.match(r"Open http://localhost:(\d+)/", line))}
        centre = {door: int(port) for node, door, port in doors if node == "centre"}
        national = {node: int(port) for node, door, port in doors if node in NATIONS and door == "ccn2"}
        yield _union(data, int(address), centre, national)
    finally:
        run.send_signal(signal.SIGINT)
        try:
            run.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            run.kill()


def _union(data: Path, pages: int, centre: dict[str, int], national: dict[str, int]) -> Union:
    data = data.resolve()
    number = _run_number()
    doors = {}
    for code in NATIONS:
        folder = data / code.lower()
        port = national.get(code) or int(tomllib.loads((folder / "douane.toml").read_text())["ports"]["ccn2"])
        doors[code] = Doors({"ccn2": port}, folder / "identity", number)
    return Union(data, pages, Doors(centre, data / "centre" / "identity", number), doors)
