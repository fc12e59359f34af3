"""Incidents of a store on another host: a node of several processes in production whose PostgreSQL goes away.

Nobody sends anything meanwhile: what is noticed, the node notices by itself.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

from douane.cli.main import main
from douane.shared_services.logging.events import Event
from tests.circles.test_operators import Person
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed, Scene
from tests.journeys.supervised import Supervised
from tests.journeys.test_page_processes import several
from tests.pages.production import Production
from tests.services.postgresql import Instance, binaries, end_with, folder, make, new_database, prepared, run, start

NONE: frozenset[str] = frozenset()
STORE = "DouaneStoreRefuses"
STEP = "Start the database, end what holds it, or make space"
PARTITION = "0"


@dataclass
class Away(Scene[Supervised]):
    """A node, its database, and an operator who has signed in."""

    config: Path = field(kw_only=True)
    database: Instance = field(kw_only=True)
    anna: Person = field(kw_only=True)
    away: bool = False
    """Whether the database is."""

    def named(self) -> list[str]:
        """By its settings, which name the database."""
        return ["--config", str(self.config)]

    def hit(self) -> frozenset[str]:
        """Of a store that is away nobody can say which cases wait; a command says so. Raises Missed."""
        if not self.away:
            return super().hit()
        with contextlib.redirect_stderr(io.StringIO()) as said:
            code = main(["message", "hit", *self.named()])
        if not code or "no store to read" not in said.getvalue():
            raise Missed(f"a command that needs the store says {said.getvalue()!r}")
        return NONE

    def refused(self) -> bool:
        """Whether the node says of itself that its store refuses: by health, and by metric unless its core waits."""
        waits = self.metric("douane_process_answers", part="core") == 0
        shown = waits or self.metric("douane_store_refusing", partition=PARTITION) == 1
        return shown and not self.ready()

    def overview(self) -> str:
        """The first page of the console; empty while it does not open."""
        found = self.anna.open("/")
        return found.body.decode() if found.status == 200 else ""


def stands(scene: Away) -> None:
    """The node says that its store is away, by log, metric, health and on the first page of its console."""
    scene.within(NOTICED, "log", lambda: scene.told(Event.STORE_REFUSES))
    scene.within(NOTICED, "metric and health", scene.refused)
    scene.within(NOTICED, "console", lambda: "cannot be told" in scene.overview())


def over(scene: Away) -> None:
    """It works again, and the console tells everything."""
    scene.within(CLOSED, "over", lambda: scene.told(Event.STORE_BACK) and scene.ready())
    scene.within(CLOSED, "console again", lambda: bool(page := scene.overview()) and "cannot be told" not in page)


def stopped(scene: Away) -> Incident:
    """The database ends."""
    bin_, data = binaries(), Path(scene.database.data)
    assert bin_ is not None
    run([bin_ / "pg_ctl", "stop", "-m", "immediate", "-w", "-s", "-D", data])
    scene.away = True
    stands(scene)
    yield NONE
    scene.does(STORE, STEP, by=lambda: start(bin_, data, data.parent))
    scene.away = False
    over(scene)


def silent(scene: Away) -> Incident:
    """The database stands still, as one whose host has vanished: connections stay open and nothing answers."""
    held = scene.database.processes()
    for each in held:
        os.kill(each, signal.SIGSTOP)
    scene.away = True
    try:
        stands(scene)
        yield NONE
    finally:
        for each in held:
            with contextlib.suppress(ProcessLookupError):  # a server ends sessions that lie idle
                os.kill(each, signal.SIGCONT)
    scene.away = False
    scene.does(STORE, STEP, by=lambda: None)
    over(scene)


INCIDENTS = {"database stopped": stopped, "database that stands still": silent}


def why_not() -> str:
    """Why there is no server of one's own here; empty where there is."""
    return "" if binaries() is not None else "needs PostgreSQL 15 or newer"


@contextlib.contextmanager
def standing_away(place: Path) -> Iterator[Away]:
    """The node as long as the block lasts, with a database server of its own."""
    own = folder()
    end_with(os.getpid(), own)
    try:
        database = prepared(make(own))
        settings: dict[str, Any] = {"store": database.address(new_database(database))}
        with several(place, **settings) as (node, person), contextlib.redirect_stdout(io.StringIO()) as said:
            if main(["operator", "voucher", "--config", str(place / "douane.toml")]):
                raise Missed("no voucher is made")
            link = said.getvalue().strip().splitlines()[-1]
            front = Production(cast("Any", None), person.tls, urlsplit(link).port or 0, place / "none")
            anna = Person(front, "anna.berg")
            if anna.makes(link.removeprefix(front.url("console")), account="eu.anna.berg", name="Anna").status != 303:
                raise Missed("nobody can become an operator")
            yield Away(node, place / "data", config=place / "douane.toml", database=database, anna=anna)
    finally:
        shutil.rmtree(own, ignore_errors=True)
