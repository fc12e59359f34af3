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
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

from douane.assembly.pages.sites import HOSTS
from douane.cli.main import main as command
from douane.configuration.settings import PagesAt
from douane.model.circles import ActorKind, Platform
from douane.shared_services.logging.events import CATALOGUE, Event
from douane.trust.demo import DemoClient
from tests.agreeing import PROPOSER, agree_in
from tests.circles.test_pages import Pages
from tests.hostile.partner import Manners, Misbehaving, drips
from tests.incidents import endings
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed, Scene
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.journeys.supervised import JSON, OFFICER, ROOT, registration
from tests.journeys.test_workers import with_lrn
from tests.services.rabbitmq import SERVER, Broker

OPERATOR = "operator"
EXAMPLES = ROOT / "docs" / "examples"
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

    def compares(self, ours: frozenset[str], when: str) -> None:
        """They stand in the console, too."""
        super().compares(ours, when)
        named = {each["known_as"] for each in self.says("message", "hit")}

        def on_page() -> bool:
            cookie = self.pages.session(OPERATOR, Platform.OPERATIONS)
            body = self.pages.ask("GET", HOSTS["console"], "/?part=node", cookie=cookie).body
            card = body.partition('id="h-hit"')[2].partition("</section>")[0]
            found = set(re.findall(r"/find\?reference=([^\"&]+)", card))
            return bool(card) and found == named

        self.within(NOTICED, f"console names {len(named)} {when}", on_page)

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

    def done(self, *words: str, account: str = PROPOSER) -> None:
        """A command of the operator's, in whose name it asks for one. Raises Missed where it fails."""
        named = ["--as", account] if account else []
        if command([*words, *named, *self.named()]) != 0:
            raise Missed(f"{words[0]} {words[1]} does not do what the runbook says")
        self.agreed()

    def agreed(self) -> None:
        agree_in(self.node)

    def accepted(self) -> int:
        """The status of a message that is sent now."""
        self.number += 1
        return (
            self.node.client("ccn2", OFFICER)
            .ask("POST", "/guarantees/v1/register", registration(self.number), JSON)
            .status
        )


NONE: frozenset[str] = frozenset()
FAILED, REFUSALS = "DouaneFailed", "DouaneRefusals"
CLIENTS, LISTS, OTHER = "Where it is the register", "Where it is a revocation list", "Where it is another file"
"""Steps of the runbook of what failed."""


def unreadable(
    name: Callable[[Alone], Path], content: bytes = NONSENSE, step: str = OTHER
) -> Callable[[Alone], Incident]:
    """A file by which the node works cannot be read any more; the runbook puts back what it was."""

    def play(scene: Alone) -> Incident:
        path = name(scene)
        before = path.read_bytes() if path.is_file() else None
        path.write_bytes(content) if content else path.unlink()

        def put_back() -> None:
            path.write_bytes(before) if before is not None else path.unlink()

        try:
            scene.noticed(Event.FAILED)
            scene.within(  # another failure may be told before this one
                NOTICED, "its name",
                lambda: scene.told(Event.FAILED, file=str(path)) and str(path) in scene.rows()[Event.FAILED.value],
            )  # fmt: skip
            scene.served()
            yield NONE
            if step == OTHER:
                scene.does(FAILED, step, by=put_back)
            else:
                good = scene.data / "good"
                good.write_bytes(before or b"")
                if step == LISTS:
                    scene.does(FAILED, "Where a revocation list cannot be read", by=path.unlink)
                scene.does(FAILED, step, FILE=str(good), WHY="unreadable")
            scene.within(CLOSED, "over", lambda: scene.told(Event.SWAPPED))
        finally:
            if before is not None and (not path.is_file() or path.read_bytes() == content):
                path.write_bytes(before)
        scene.served()

    return play


def agreements(content: str) -> Callable[[Alone], Incident]:
    """The agreements cannot be read, or hold what nothing carries; the command of the runbook puts others in place."""

    def play(scene: Alone) -> Incident:
        path = scene.data / "partners.toml"
        good = scene.data / "good.toml"
        good.write_bytes(path.read_bytes() if path.is_file() else b"")
        path.write_text(content)
        scene.noticed(Event.FAILED)
        scene.served()
        yield NONE
        scene.does(FAILED, "Where it is the agreements", FILE=str(good), WHY="unreadable")
        scene.within(CLOSED, "over", lambda: scene.told(Event.SWAPPED))
        scene.within(NOTICED, "act in the log", lambda: scene.told(Event.ACTED))

    return play


def older_list(scene: Alone) -> Incident:
    """Somebody puts an older revocation list back: it does not hold, and whoever was revoked stays so."""
    scene.done("certificate", "revoke", FIRST.id, "--reason", "key-compromise", account="")
    scene.within(CLOSED, "first list", lambda: scene.told(Event.SWAPPED))
    lists = {path: path.read_bytes() for path in scene.node.identity.revocation_files}
    scene.done("certificate", "revoke", SECOND.id, "--reason", "key-compromise", account="")
    changed = {p: p.read_bytes() for p in scene.node.identity.revocation_files if p.read_bytes() != lists.get(p)}
    scene.within(
        CLOSED, "second list", lambda: sum(each["event"] == Event.SWAPPED.value for each in scene.lines()) >= 2
    )
    scene.begin_again()
    for path in changed:
        path.write_bytes(lists[path])
    scene.noticed(Event.FAILED)
    yield NONE
    newest = scene.data / "newest.pem"
    newest.write_bytes(b"".join(changed.values()))
    scene.does(FAILED, LISTS, FILE=str(newest))
    scene.within(CLOSED, "over", lambda: scene.told(Event.SWAPPED))


def store_locked(scene: Alone) -> Incident:
    """Another program holds the database: nothing is accepted until it lets go."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(scene.data / "store" / "node.db")], text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdin is not None
    assert holder.stdout is not None
    lets_go = holder.stdin.close
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
        yield NONE
        scene.does("DouaneStoreRefuses", "Start the database, end what holds it", by=lets_go)
    finally:
        lets_go()
        holder.wait(20)
        holder.stdout.close()
    scene.within(CLOSED, "over", lambda: scene.told(Event.STORE_BACK) and scene.ready() and scene.accepted() == 202)


def broker_away(scene: Alone) -> Incident:
    """The carrier of the queues ends: what is for Austria waits, whose case is named, and goes when it is back."""
    (broker,) = BROKERS
    officer, trader = scene.node.client("ccn2", OFFICER), scene.node.client("speed2", "trader.fr.lesquin")
    officer.ask("POST", "/guarantees/v1/register", (EXAMPLES / "guarantee.json").read_bytes(), JSON)
    broker.end()
    try:
        scene.noticed(Event.QUEUES_AWAY, metric="douane_events_total")
        scene.within(NOTICED, "metric of the carrier", lambda: scene.metric("douane_queues_there") == 0)
        body = with_lrn((EXAMPLES / "declaration.xml").read_bytes(), "BROKERAWAY")
        if trader.ask("POST", "/v1/messages", body, {"content-type": "application/xml"}).status != 202:
            raise Missed("a caller was hit who has nothing to do with it")
        scene.within(NOTICED, "it waits", lambda: bool(scene.says("lane", "list")))
        scene.served()
        yield scene.cases("BROKERAWAY")
        scene.does("DouaneQueuesAway", "Start the broker", by=broker.start)
    except BaseException:
        broker.start()
        raise
    scene.within(CLOSED, "over", lambda: scene.told(Event.QUEUES_BACK) and not scene.says("lane", "list"))


BROKERS: list[Broker] = []
"""The broker of the node that plays; none where RabbitMQ is not installed."""


def refuses(taken: socket.socket) -> None:
    """It answers, whatever is asked."""
    taken.recv(65_536)
    taken.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class Provider:
    """The identity provider of Sweden, and how it treats who calls it now."""

    manners: Manners = staticmethod(refuses)


PROVIDERS: list[Misbehaving] = []


def provider_drips(scene: Alone) -> Incident:
    """A provider goes on answering without end: its visitors are told so, a revocation is followed, others served."""

    def click() -> int:
        return scene.pages.ask("GET", HOSTS["signin"], "/begin?country=SE&actor=economic+operator").status

    Provider.manners = staticmethod(drips)
    try:
        with ThreadPoolExecutor(12) as visitors:
            clicks = [visitors.submit(click) for _ in range(12)]
            scene.within(NOTICED, "called", lambda: PROVIDERS[0].taken > 0)
            scene.served()
            if scene.accepted() != 202:
                raise Missed("a message was not accepted")
            told = {each.result() for each in clicks}
        if told - {502, 429}:
            raise Missed(f"visitors were told {told}")
        scene.noticed(Event.HOST_AWAY)
        scene.within(NOTICED, "metric of hosts", lambda: scene.metric("douane_hosts_away") == 1)
        begun = time.monotonic()
        if click() != 502 or click() != 502 or time.monotonic() - begun > CLOSED / 4:
            raise Missed("who comes later waits, too")
        yield NONE
        scene.does("DouaneProviderAway", "Tell the operator of the provider", by=mended)
    finally:
        mended()

    def back() -> bool:
        click()
        return scene.told(Event.HOST_BACK)

    scene.within(CLOSED, "over", back)
    kept, copy = scene.node.identity.folder / "providers.toml", scene.data / "others.toml"
    copy.write_text(f"{kept.read_text()}# without the one that is gone\n")
    scene.does("DouaneProviderAway", "Where the provider will not come back", FILE=str(copy), WHY="gone")
    scene.within(CLOSED, "another file", lambda: scene.told(Event.SWAPPED, file=str(kept)))
    scene.served()


def mended() -> None:
    """The provider answers again."""
    Provider.manners = staticmethod(refuses)


def volume_full(scene: Alone) -> Incident:
    """The volume of the data folder has less than its reserve; making space ends it."""
    ballast = scene.data / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, BALLAST)
    try:
        scene.noticed(Event.VOLUME_LOW)
        scene.served()
        yield NONE
        scene.does("DouaneVolumeLow", "Remove what is not the node's", by=ballast.unlink)
    finally:
        ballast.unlink(missing_ok=True)
    scene.within(CLOSED, "over", lambda: scene.told(Event.VOLUME_BACK))


def not_theirs(scene: Alone) -> Incident:
    """A caller asks for what is for others: it is told with his name, and nobody else is hit."""
    answer = scene.node.client("operations", OFFICER).ask("GET", "/metrics")
    if answer.status != 403:
        raise Missed(f"it was answered {answer.status}")
    scene.within(NOTICED, "log", lambda: scene.told(Event.REFUSED, platform="operations"))
    scene.noticed(Event.REFUSED)
    yield NONE
    scene.does(REFUSALS, "Else tell the client", by=scene.served)


def withdrawn(scene: Alone) -> Incident:
    """A client is missing in a register that was replaced: it is refused, nobody else is, the former one ends it."""

    def door() -> int:
        return scene.node.client("ccn2", LEAVING.id).ask("GET", "/v1/inbox").status

    register, fewer = scene.node.identity.register, scene.data / "fewer.toml"
    whole = scene.data / "whole.toml"
    whole.write_bytes(register.read_bytes())
    parts = register.read_text().split("[[client]]")
    fewer.write_text("[[client]]".join(each for each in parts if f'"{LEAVING.id}"' not in each))
    scene.done("client", "replace", str(fewer), "--reason", "a mistake")
    scene.within(CLOSED, "refused", lambda: door() in (401, 403))
    scene.noticed(Event.REFUSED)
    scene.served()
    yield NONE
    scene.does(REFUSALS, "Where it should get in", FILE=str(whole), WHY="it-was-a-mistake")
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
    scene.done("partner", "replace", str(file), "--reason", "a new partner")
    file.write_text("")
    scene.done("partner", "replace", str(file), "--reason", "it ended")
    scene.within(CLOSED, "read", lambda: scene.told(Event.SWAPPED))
    scene.quiet(Event.ACTED)


def imported(scene: Alone) -> None:
    """Decoy: code lists come in while messages do."""
    lists = scene.data / "lists.json"
    entries = [{"state": "valid", "activeFrom": "2024-02-21", "code": "XX", "description": "Country XX"}]
    named = {"CountryCodesCTC": {"listName": "CountryCodesCTC", "listEntries": entries}}
    about = {"messageID": "1", "snapshotDate": "2025-02-12"}
    lists.write_text(json.dumps({"messageInformation": about, "lists": named}))
    scene.done("reference", "import", str(lists), "--reason", "lists of February")
    if scene.accepted() != 202:
        raise Missed("a message was not accepted")
    scene.quiet(Event.ACTED)


UNCARRIED = '[[partner]]\nparty = "FR40123456700017"\ntitle = "L"\nbasis = "b"\nprotocol = "as4"\n'
INCIDENTS: dict[str, Callable[[Alone], Incident]] = {
    "register unreadable": unreadable(lambda scene: scene.node.identity.register, step=CLIENTS),
    "register taken away": unreadable(lambda scene: scene.node.identity.register, b"", CLIENTS),
    "token keys unreadable": unreadable(lambda scene: scene.node.identity.token_keys),
    "authority unreadable": unreadable(lambda scene: scene.node.identity.client_authorities[0]),
    "certificate of the doors unreadable": unreadable(lambda scene: scene.node.identity.server_certificate),
    "revocation list unreadable": unreadable(lambda scene: scene.node.identity.revocation_files[0], step=LISTS),
    "older revocation list": older_list,
    "pace of the clock unreadable": unreadable(lambda scene: scene.data / "statutory-clock.json"),
    "agreements unreadable": agreements("nonsense ["), "agreement that nothing carries": agreements(UNCARRIED),
    "database held by another program": store_locked, "volume below its reserve": volume_full,
    "broker away": broker_away, "metrics asked by an officer": not_theirs,
    "client withdrawn by mistake": withdrawn, "provider that drips": provider_drips,
    "certificate of the doors ends at night": endings.DOORS,
    "certificate of a client ends at night": endings.CLIENTS,
}  # fmt: skip
DECOYS: dict[str, Callable[[Alone], None]] = {
    "register written anew": reread, "agreements replaced": agreed, "code lists imported": imported,
}  # fmt: skip


@contextlib.contextmanager
def standing_alone(folder: Path, *, broker: bool = False) -> Iterator[Alone]:
    """The node as long as the block lasts; its volume has half the ballast more than its reserve."""
    reserve = max(0, shutil.disk_usage(folder).free - BALLAST // 2)
    with contextlib.ExitStack() as stack:
        queues: dict[str, Any] = {}
        if broker and SERVER.exists():
            place = folder / "broker"
            place.mkdir()
            BROKERS[:] = [Broker(place)]
            BROKERS[0].start()
            stack.callback(BROKERS[0].end)
            queues = {"queues": BROKERS[0].address, "queue_users": {"guest": "AT"}, "elsewhere": frozenset({"AT"})}
        identity = identity_in(folder, (LEAVING, FIRST, SECOND, endings.LESSEE))
        PROVIDERS[:] = [stack.enter_context(Misbehaving(lambda taken: Provider.manners(taken)))]
        (identity.folder / "providers.toml").write_text(
            f'[[provider]]\ncountry = "SE"\ntitle = "Slow"\nissuer = "http://slow.localhost:{PROVIDERS[0].port}"\n'
            'client_id = "us"\nsecret = "s"\ntype = "A"\n'
        )
        node = stack.enter_context(
            standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS, reserve_bytes=reserve, **queues)
        )
        yield Alone(node, folder, pages=Pages(node))
