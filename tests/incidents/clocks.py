"""The incident of a clock that jumps both ways: ahead by an hour and back, while the node runs and while it stands.

The node is a process of its own whose clock is that of this machine and so many seconds; a file says how many.
"""

from __future__ import annotations

import contextlib
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, cast

from douane.configuration.settings import NodeSettings, PagesAt, settings_text
from douane.identity.console.operators_file import text_of
from douane.identity.operators import FILE
from douane.shared_services.logging.events import Event
from douane.trust.development_identity import DevelopmentIdentity
from tests.agreeing import PROPOSER, SECOND
from tests.circles.test_operators import Person, hidden
from tests.incidents.people import agrees, the_form, waiting
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed, Scene
from tests.journeys.standing import GENEROUS
from tests.journeys.supervised import JSON, OFFICER, Supervised, environment, registration
from tests.pages.production import DOMAIN, SITES, UUMDS, Production, free_port, issued, private_tls, public

NONE: frozenset[str] = frozenset()
HOUR: Final = 3_600
RUNBOOK: Final = "A clock that jumps"
REFUSED: Final = 2
"""Exit code of a start that is refused."""
COMMAND: Final = """import sys, time
from pathlib import Path
file, real = Path(sys.argv.pop(1)), time.time_ns
time.time_ns = lambda: real() + int(file.read_text()) * 10**9
time.time = lambda: time.time_ns() / 1e9
from douane.cli.main import main
sys.exit(main())
"""
HOSTS: Final = tuple(f"{site}.{DOMAIN}" for site in SITES)


@dataclass
class Clock(Scene[Supervised]):
    """A node in production whose clock is set. folder: holds its settings, its data and its clock. front: its pages."""

    folder: Path = field(kw_only=True)
    front: Production = field(kw_only=True)
    number: int = 0

    def named(self) -> list[str]:
        return ["--config", str(self.folder / "douane.toml")]

    def set(self, seconds: int) -> None:
        """Set the clock of the node beside that of the machine."""
        fresh = self.folder / "clock.new"
        fresh.write_text(str(seconds))
        fresh.replace(self.folder / "clock")

    def accepted(self) -> bool:
        """Whether an order is taken."""
        self.number += 1
        body = registration(self.number)
        try:
            return self.node.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", body, JSON).status == 202
        except OSError:
            return False

    def works(self) -> None:
        """Raise Missed where nobody is served."""
        if not self.accepted():
            raise Missed("an order was not taken")

    def start(self) -> None:
        """Start the node again; it is ready."""
        self.node.close()
        self.node = started(self.folder)
        self.node.ready()

    def is_refused(self) -> None:
        """A start is refused, and says how the node goes on. Raises Missed."""
        command = [sys.executable, "-c", COMMAND, str(self.folder / "clock"), "run", *self.named()]
        ended = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=False)
        if ended.returncode != REFUSED or "douane timekeeping open" not in ended.stdout + ended.stderr:
            raise Missed(f"it ended with {ended.returncode}: {ended.stdout[-300:]} {ended.stderr[-300:]}")

    def goes_back(self) -> None:
        """Two operators let the log go on, as the runbook says; it is sound, and the node serves. Raises Missed."""
        with ThreadPoolExecutor(1) as persons:
            agreeing = persons.submit(self._agree)
            self.does(RUNBOOK, "Else open its console alone")
            self.does(RUNBOOK, "Two operators sign in there", by=agreeing.result)
        self.start()
        self.works()
        if found := self.says("audit", "inspect")["findings"]:
            raise Missed(f"the inspection finds {found}")

    def _agree(self) -> None:
        """One proposes, and another one agrees, once the console is open. Raises Missed."""
        one, other = (Person(self.front, account.removeprefix("eu.")) for account in (PROPOSER, SECOND))
        self.within(NOTICED, "the console", lambda: _signs_in(one))
        if not _signs_in(other):
            raise Missed("the second operator cannot sign in")
        form = {"token": hidden(one.open("/proposed"))["token"], "act": secrets.token_hex(16), "reason": "it was ahead"}
        if one.ask("POST", "/proposed/clock", form).status != 303 or waiting(one):
            raise Missed("nothing is proposed, or its proposer may agree")
        if agrees(other, the_form(other)).status != 303:
            raise Missed("nobody can agree")


def _signs_in(who: Person) -> bool:
    with contextlib.suppress(OSError):
        return who.proves().status == 303
    return False


def started(folder: Path) -> Supervised:
    """The node, being started."""
    command = [sys.executable, "-c", COMMAND, str(folder / "clock"), "run", "--config", str(folder / "douane.toml")]
    process = subprocess.Popen(command, text=True, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return Supervised(process, folder, DevelopmentIdentity(folder / "data" / "identity"))


def jumps(scene: Clock) -> Incident:
    """Ahead, it goes on; back, nothing is committed by it, and two operators have to let the log go back."""
    scene.works()
    scene.set(HOUR)
    scene.within(NOTICED, "told that it was set", lambda: scene.told(Event.CLOCK_SET))
    scene.works()
    scene.does("DouaneClockSet", "Have it follow", by=lambda: scene.set(0))
    if scene.accepted():
        raise Missed("an order was committed by a clock that went back")
    scene.within(NOTICED, "the node ended", lambda: scene.node.process.poll() is not None)
    if not any("committed here was by" in line for line in [*scene.node.said, *map(str, scene.lines())]):
        raise Missed("it does not say why")
    scene.is_refused()
    yield NONE
    scene.goes_back()
    scene.node.stop()
    scene.set(HOUR)
    scene.start()
    scene.works()
    scene.node.stop()
    scene.set(0)
    scene.is_refused()
    scene.goes_back()
    scene.within(CLOSED, "over", scene.ready)


INCIDENTS: dict[str, Callable[[Clock], Incident]] = {"clock that jumps both ways": jumps}


@contextlib.contextmanager
def standing_clock(folder: Path) -> Iterator[Clock]:
    """The node as long as the block lasts."""
    identity, port = issued(folder), free_port()
    tls = private_tls(folder / "tls", HOSTS)
    front = Production(cast("Any", None), tls, port, folder / "none")
    operators = [Person(front, account.removeprefix("eu.")).public for account in (PROPOSER, SECOND)]
    (identity.folder / FILE).write_text(text_of(tuple(operators)))
    pages = PagesAt(port=port, certificate=tls.certificate, key=tls.key, public=public(port))
    settings = NodeSettings(
        name="clocks", data=folder / "data", ports=dict.fromkeys(NodeSettings().ports, 0), pages=pages,
        limits=GENEROUS, public={"uumds": UUMDS}, serves=frozenset({"EU", "FR"}),
    )  # fmt: skip
    (folder / "douane.toml").write_text(settings_text(settings, place=True))
    (folder / "clock").write_text("0")
    scene = Clock(started(folder), folder / "data", folder=folder, front=front)
    try:
        scene.node.ready()
        yield scene
    finally:
        if scene.node.process.poll() is None:
            scene.node.stop()
        scene.node.close()
        print(scene.node.left())
