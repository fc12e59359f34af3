"""Incidents of configuration, certificates, database, disk and limits, on a node of one process with its console.

Each is seen from outside: in the log, in the metrics and on the page *What happened*, each with cause and remedy.
What was read before holds on meanwhile: callers who had nothing to do with it are served.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from douane.assembly.pages.serving import HOSTS
from douane.cli.main import main as command
from douane.configuration.settings import PagesAt
from douane.model.circles import ActorKind, Platform
from douane.shared_services.logging.events import CATALOGUE, Event
from douane.trust.demo import DemoClient
from tests.circles.test_pages import GENEROUS, Pages
from tests.incidents.scene import CLOSED, NOTICED, Missed, Scene
from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.supervised import JSON, OFFICER, registration

OPERATOR = "operator"
ROLE = "reference data publisher"
LEAVING, FIRST, SECOND = (
    DemoClient(f"publisher.{name}", ActorKind.COMMISSION, administration="EU", roles=frozenset({ROLE}))
    for name in ("leaving", "first", "second")
)
BALLAST = 1 << 30
"""Octets by which the volume is filled, and half of which its reserve lacks then."""
HOLDER = """import sqlite3, sys
store = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
store.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
store.execute("ROLLBACK")
"""
NONSENSE = b"nonsense ["


@dataclass
class Alone(Scene[Standing]):
    """A node of one process, with its console."""

    pages: Pages = field(kw_only=True)
    shown: dict[str, str] = field(default_factory=dict)
    number: int = 0

    @property
    def identity(self) -> Path:
        """Its identity folder."""
        return self.node.identity.folder

    def begin(self) -> None:
        """From here on log and console count."""
        super().begin()
        self.shown = self.rows()

    def rows(self) -> dict[str, str]:
        """What the page *What happened* says of each event."""
        cookie = self.pages.session(OPERATOR, Platform.OPERATIONS)
        body = self.pages.ask("GET", HOSTS["console"], "/events", cookie=cookie).body
        plain = (re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", row))) for row in body.split("<tr")[2:])
        return {next((e.value for e in Event if f" {e.value} " in row), ""): row for row in plain}

    def noticed(self, event: Event, *, metric: str = "douane_events_total", **labels: str) -> None:
        """It stands in log, metrics and console, with cause and remedy."""
        before = self.metric(metric, **labels) if metric != "douane_events_total" else None
        self.within(NOTICED, "log", lambda: self.told(event))
        if before is None:
            self.within(
                NOTICED, "metric", lambda: (self.metric(metric, **(labels or {"event": event.value})) or 0) >= 1
            )
        known = CATALOGUE[event]

        def on_page() -> bool:
            row = self.rows().get(event.value, "")
            return row != self.shown.get(event.value, "") and known.cause[:40] in row and known.remedy[:40] in row

        self.within(NOTICED, "console", on_page)

    def served(self) -> None:
        """A caller who has nothing to do with it is served. Raises Missed."""
        if self.node.client("ccn2", OFFICER).ask("GET", "/v1/inbox").status != 200:
            raise Missed("a caller was hit who has nothing to do with it")

    def does(self, *words: str) -> None:
        """A command of the runbook. Raises Missed where it fails."""
        if command([*words, "--data", str(self.data)]) != 0:
            raise Missed(f"{words[0]} {words[1]} does not do what the runbook says")

    def accepted(self) -> int:
        """The status of a message that is sent now."""
        self.number += 1
        return (
            self.node.client("ccn2", OFFICER)
            .ask("POST", "/guarantees/v1/register", registration(self.number), JSON)
            .status
        )


def unreadable(name: Callable[[Alone], Path], content: bytes = NONSENSE) -> Callable[[Alone], None]:
    """A file by which the node works cannot be read any more; putting back what it was, ends it."""

    def play(scene: Alone) -> None:
        path = name(scene)
        before = path.read_bytes() if path.is_file() else None
        path.write_bytes(content) if content else path.unlink()
        try:
            scene.noticed(Event.FAILED)
            scene.served()
        finally:
            path.write_bytes(before) if before is not None else path.unlink()
        scene.within(CLOSED, "over", lambda: scene.told(Event.SWAPPED))
        scene.served()

    return play


def by_command(name: str, content: str, *words: str) -> Callable[[Alone], None]:
    """The same of a file in whose place the command of the runbook puts another one."""

    def play(scene: Alone) -> None:
        path = scene.data / name
        before = path.read_bytes() if path.is_file() else b""
        good = scene.data / "good.toml"
        good.write_bytes(before)
        path.write_text(content)
        scene.noticed(Event.FAILED)
        scene.served()
        scene.does(*words, "replace", str(good), "--reason", "it could not be read")
        scene.within(CLOSED, "over", lambda: scene.told(Event.SWAPPED))
        scene.within(NOTICED, "act in the log", lambda: scene.told(Event.ACTED))

    return play


def older_list(scene: Alone) -> None:
    """Somebody puts an older revocation list back: it does not hold, and whoever was revoked stays so."""
    scene.does("certificate", "revoke", FIRST.id, "--reason", "key-compromise")
    scene.within(CLOSED, "first list", lambda: scene.told(Event.SWAPPED))
    lists = {path: path.read_bytes() for path in scene.node.identity.revocation_files}
    scene.does("certificate", "revoke", SECOND.id, "--reason", "key-compromise")
    changed = {p: p.read_bytes() for p in scene.node.identity.revocation_files if p.read_bytes() != lists.get(p)}
    scene.within(
        CLOSED, "second list", lambda: sum(each["event"] == Event.SWAPPED.value for each in scene.lines()) >= 2
    )
    scene.begin()
    for path in changed:
        path.write_bytes(lists[path])
    scene.noticed(Event.FAILED)
    for path, content in changed.items():
        path.write_bytes(content)
    scene.within(CLOSED, "over", lambda: scene.told(Event.SWAPPED))


def store_locked(scene: Alone) -> None:
    """Another program holds the database: nothing is accepted until it lets go."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(scene.data / "store" / "node.db")], text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        if holder.stdout.readline() != "held\n":
            raise Missed("the other program could not hold it")
        if (status := scene.accepted()) != 503:
            raise Missed(f"a message was answered {status} while nothing could be stored")
        scene.noticed(Event.STORE_REFUSES)
        scene.within(
            NOTICED, "metric of the partition", lambda: scene.metric("douane_store_refusing", partition="0") == 1
        )
        scene.within(NOTICED, "not ready", lambda: not scene.ready())
    finally:
        holder.stdin.close()
        holder.wait(20)
        holder.stdout.close()
    scene.within(CLOSED, "over", lambda: scene.told(Event.STORE_BACK) and scene.ready() and scene.accepted() == 202)


def volume_full(scene: Alone) -> None:
    """The volume of the data folder has less than its reserve; making space ends it."""
    ballast = scene.data / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, BALLAST)
    try:
        scene.noticed(Event.VOLUME_LOW)
        scene.served()
    finally:
        ballast.unlink()
    scene.within(CLOSED, "over", lambda: scene.told(Event.VOLUME_BACK))


def not_theirs(scene: Alone) -> None:
    """A caller asks for what is for others: it is told with his name, and nobody else is hit."""
    answer = scene.node.client("operations", OFFICER).ask("GET", "/metrics")
    if answer.status != 403:
        raise Missed(f"it was answered {answer.status}")
    scene.within(NOTICED, "log", lambda: scene.told(Event.REFUSED, platform="operations"))
    scene.noticed(Event.REFUSED)
    scene.served()


def withdrawn(scene: Alone) -> None:
    """A client is missing in a register that was replaced: it is refused, nobody else is, the former one ends it."""

    def door() -> int:
        return scene.node.client("ccn2", LEAVING.id).ask("GET", "/v1/inbox").status

    register, fewer = scene.node.identity.register, scene.data / "fewer.toml"
    whole = scene.data / "whole.toml"
    whole.write_bytes(register.read_bytes())
    parts = register.read_text().split("[[client]]")
    fewer.write_text("[[client]]".join(each for each in parts if f'"{LEAVING.id}"' not in each))
    scene.does("client", "replace", str(fewer), "--reason", "a mistake")
    scene.within(CLOSED, "refused", lambda: door() in (401, 403))
    scene.noticed(Event.REFUSED)
    scene.served()
    scene.does("client", "replace", str(whole), "--reason", "it was a mistake")
    scene.within(CLOSED, "over", lambda: door() == 200)


def reread(scene: Alone) -> None:
    """Decoy: the register is written anew with the same clients."""
    path = scene.node.identity.register
    path.write_bytes(path.read_bytes())
    scene.within(CLOSED, "read", lambda: scene.told(Event.SWAPPED))
    scene.served()
    scene.quiet()


def agreed(scene: Alone) -> None:
    """Decoy: other agreements are put in place, and back."""
    file = scene.data / "agreed.toml"
    file.write_text('[[partner]]\nparty = "FR40123456700017"\ntitle = "Lesquin"\nbasis = "consent"\n')
    scene.does("partner", "replace", str(file), "--reason", "a new partner")
    file.write_text("")
    scene.does("partner", "replace", str(file), "--reason", "it ended")
    scene.within(CLOSED, "read", lambda: scene.told(Event.SWAPPED))
    scene.quiet(Event.ACTED)


def imported(scene: Alone) -> None:
    """Decoy: code lists come in while messages do."""
    lists = scene.data / "lists.json"
    entries = [{"state": "valid", "activeFrom": "2024-02-21", "code": "XX", "description": "Country XX"}]
    named = {"CountryCodesCTC": {"listName": "CountryCodesCTC", "listEntries": entries}}
    about = {"messageID": "1", "snapshotDate": "2025-02-12"}
    lists.write_text(json.dumps({"messageInformation": about, "lists": named}))
    scene.does("reference", "import", str(lists), "--reason", "lists of February")
    if scene.accepted() != 202:
        raise Missed("a message was not accepted")
    scene.quiet(Event.ACTED)


UNCARRIED = '[[partner]]\nparty = "FR40123456700017"\ntitle = "L"\nbasis = "b"\nprotocol = "as4"\n'
INCIDENTS: dict[str, Callable[[Alone], None]] = {
    "register unreadable": unreadable(lambda scene: scene.node.identity.register),
    "register taken away": unreadable(lambda scene: scene.node.identity.register, b""),
    "token keys unreadable": unreadable(lambda scene: scene.node.identity.token_keys),
    "authority unreadable": unreadable(lambda scene: scene.node.identity.client_authorities[0]),
    "certificate of the doors unreadable": unreadable(lambda scene: scene.node.identity.server_certificate),
    "revocation list unreadable": unreadable(lambda scene: scene.node.identity.revocation_files[0]),
    "older revocation list": older_list,
    "pace of the clock unreadable": unreadable(lambda scene: scene.data / "statutory-clock.json"),
    "agreements unreadable": by_command("partners.toml", "nonsense [", "partner"),
    "agreement that nothing carries": by_command("partners.toml", UNCARRIED, "partner"),
    "database held by another program": store_locked,
    "volume below its reserve": volume_full,
    "metrics asked by an officer": not_theirs, "client withdrawn by mistake": withdrawn,
}  # fmt: skip
DECOYS: dict[str, Callable[[Alone], None]] = {
    "register written anew": reread, "agreements replaced": agreed, "code lists imported": imported,
}  # fmt: skip


@contextlib.contextmanager
def standing_alone(folder: Path) -> Iterator[Alone]:
    """The node as long as the block lasts; its volume has half the ballast more than its reserve."""
    reserve = max(0, shutil.disk_usage(folder).free - BALLAST // 2)
    with standing(
        folder,
        identity_in(folder, (LEAVING, FIRST, SECOND)),
        pages=PagesAt(port=0),
        limits=GENEROUS,
        reserve_bytes=reserve,
    ) as node:
        yield Alone(node, folder, pages=Pages(node))
