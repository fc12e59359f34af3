"""Incidents of a full disk: the volume of the store, and that of everything else a node keeps.

A node in production lies on two small volumes of its own, made in a mount namespace of this process; it needs root.
Whatever was acknowledged is there afterwards, once; whatever was refused was refused as something to be sent again.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crash.volumes import enter_namespace
from douane.shared_services.logging.events import Event
from tests.circles.test_operators import ANNA
from tests.incidents.people import People, standing_people
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed
from tests.journeys.standing import Client, trust
from tests.journeys.supervised import JSON, OFFICER, registration

NONE: frozenset[str] = frozenset()
STORE, LOG, LOW = "DouaneStoreRefuses", "DouaneLogLost", "DouaneVolumeLow"
MEGABYTES, RESERVE = 64, 8 << 20
"""Of each volume, and octets that the node wants free of its data folder."""
TRIED = 200
"""Messages after which a full volume must have refused one."""


@dataclass
class Full(People):
    """A node whose volumes fill up. stored: that of the store. acknowledged: numbers of what was accepted."""

    stored: Path = field(kw_only=True)
    acknowledged: list[int] = field(default_factory=list)
    number: int = 0

    def lines(self) -> list[dict[str, Any]]:
        """But for what the full volume cut off."""
        text = (self.data / "node.log").read_text().splitlines()
        return [json.loads(line) for line in text[self.begun :] if line.endswith("}")]

    def sends(self, number: int) -> tuple[int, str]:
        """The status of a message, and after how many seconds it may be sent again."""
        files = self.node.identity.client(OFFICER)
        client = Client(self.node.node.url("ccn2"), trust(self.node.identity, files.certificate, files.key))
        asked = client.connection()
        headers = {**JSON, "message-id": f"FULL-{number}"}
        asked.request("POST", "/guarantees/v1/register", registration(number), headers)
        answer = asked.getresponse()
        answer.read()
        asked.close()
        if answer.status == 202 and number not in self.acknowledged:
            self.acknowledged.append(number)
        return answer.status, answer.getheader("retry-after") or ""

    def next(self) -> int:
        """Another message."""
        self.number += 1
        return self.number

    def kept(self, number: int) -> bool:
        """Whether the guarantee of a message is registered, by its only message."""
        grn = registration(number).decode().partition('"grn": "')[2].partition('"')[0]
        found = self.says("timeline", grn)
        return len(found) == 1 and sum(each["direction"] == "in" for each in found[0]["messages"]) == 1


def fill(folder: Path) -> Path:
    """Take what is free of a volume, to the last block."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file:
        step = 4 << 20
        while step >= 4096:
            try:
                os.posix_fallocate(file.fileno(), os.fstat(file.fileno()).st_size, step)
            except OSError as problem:
                if problem.errno != errno.ENOSPC:
                    raise
                step //= 2
    return ballast


def store_full(scene: Full) -> Incident:
    """The volume of the store is full: senders are told to come again, nothing acknowledged is lost, it goes on."""
    if (told := scene.sends(scene.next())) != (202, ""):
        raise Missed(f"a message was not accepted: {told}")
    ballast = fill(scene.stored)
    try:
        number, told = scene.next(), (202, "")
        while told[0] == 202 and number < TRIED:
            number = scene.next()
            told = scene.sends(number)
        if told[0] != 503 or not told[1].isdecimal():
            raise Missed(f"a sender was told {told}")
        scene.within(NOTICED, "log", lambda: scene.told(Event.STORE_REFUSES))
        scene.within(NOTICED, "metric", lambda: scene.metric("douane_store_refusing", partition="0") == 1)
        scene.within(NOTICED, "not ready", lambda: not scene.ready())
        if scene.signed_in(ANNA).open("/lanes").status != 200:
            raise Missed("the console does not open")
        yield NONE
        scene.does(STORE, "Start the database, end what holds it, or make space", by=ballast.unlink)
    finally:
        ballast.unlink(missing_ok=True)
    scene.within(CLOSED, "over", lambda: scene.told(Event.STORE_BACK) and scene.ready())
    if scene.sends(number)[0] != 202:
        raise Missed("what was refused is refused again")
    scene.within(CLOSED, "all there, once", lambda: all(scene.kept(each) for each in scene.acknowledged))
    whole(scene)


def data_full(scene: Full) -> Incident:
    """The volume of log and data folder is full: messages are accepted, who signs in is told why he cannot, whoever is
    signed in goes on, and the log says how much it lacks afterwards."""
    before = scene.signed_in(ANNA)
    ballast = fill(scene.data)
    try:
        for _ in range(20):
            if (told := scene.sends(scene.next())) != (202, ""):
                raise Missed(f"a message was not accepted: {told}")
        scene.within(NOTICED, "metric", lambda: scene.metric("douane_volume_free_bytes") == 0)

        def lost() -> bool:  # the last block of the log takes some lines still
            return scene.sends(scene.next())[0] == 202 and scene.total("douane_log_lines_lost_total") > 0

        scene.within(NOTICED, "lines", lost)
        if before.open("/lanes").status != 200:
            raise Missed("who had signed in is out")
        for _ in range(2):
            page = scene.person(ANNA).proves()
            if page.status != 503 or b"make room" not in page.body:
                raise Missed(f"who signs in is told {page.status}")
        yield NONE
        scene.does(LOG, "Make space", by=ballast.unlink)
    finally:
        ballast.unlink(missing_ok=True)
    scene.within(CLOSED, "over", lambda: scene.told(Event.LOG_LOST) and scene.told(Event.VOLUME_BACK))
    scene.within(CLOSED, "all there, once", lambda: all(scene.kept(each) for each in scene.acknowledged))
    scene.signed_in(ANNA)
    whole(scene)


def whole(scene: Full) -> None:
    """The store fits its audit log. Raises Missed."""
    code, said = scene.shell("audit", "inspect")
    if code:
        raise Missed(said)


INCIDENTS = {"volume of the store full": store_full, "volume of the log full": data_full}


def why_not() -> str:
    """Why volumes of one's own are not possible here; empty where they are."""
    return "needs root on Linux" if os.geteuid() else ""


@contextlib.contextmanager
def standing_full(folder: Path) -> Iterator[Full]:
    """The node as long as the block lasts. Raises Missed where nothing can be mounted."""
    if problem := why_not() or enter_namespace():
        raise Missed(problem)
    with contextlib.ExitStack() as stack:
        for name in ("data", "store"):
            place = folder / name
            place.mkdir()
            options = f"size={MEGABYTES}m,mode=700"
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)], check=True)
            stack.callback(subprocess.run, ["umount", "--lazy", str(place)], check=True)
        settings: dict[str, Any] = {
            "store": f"sqlite:{folder / 'store' / 'node.db'}",
            "reserve_bytes": RESERVE,
            "serves": frozenset({"EU", "FR"}),
        }
        people = stack.enter_context(standing_people(folder, **settings))
        yield Full(people.node, people.data, made=people.made, config=people.config, stored=folder / "store")
