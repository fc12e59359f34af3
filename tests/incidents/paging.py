"""A process of pages runs out of memory while a person sends forms: another one goes on, and none is sent twice.

The limit is one of the kernel (a memory group of its own, which needs root and the first version of control groups):
it kills the process at the next page that it wants. Where there is none, the process is killed by the same signal.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from douane.configuration.discovery import open_reader
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.shared_services.logging.events import Event
from douane.trust.demo import REPRESENTED
from tests.incidents.scene import CLOSED, NOTICED, Incident, Missed, Scene
from tests.journeys.supervised import Supervised
from tests.journeys.test_page_processes import several
from tests.pages.front import Person
from tests.pages.visitor import Seen

NONE: frozenset[str] = frozenset()
GONE, PART = "DouaneProcessGone", "pages-1"
GROUPS = Path("/sys/fs/cgroup/memory")
FORMS = 12
T = TypeVar("T")


@dataclass
class Paging(Scene[Supervised]):
    """A node with two processes of pages, and a person who signed in."""

    anne: Person = field(kw_only=True)
    interrupted: int = 0

    def named(self) -> list[str]:
        return ["--config", str(self.node.folder / "douane.toml")]

    def served(self) -> None:
        """A page comes. Raises Missed."""
        if self.again(lambda: self.anne.to("/cases")).status != 200:
            raise Missed("a person was hit who has nothing to do with it")

    def again(self, asks: Callable[[], T]) -> T:
        """What a browser's user does where the connection breaks off: the same once more."""
        end = time.monotonic() + CLOSED
        while True:
            try:
                return asks()
            except (OSError, http.client.HTTPException):
                self.interrupted += 1
                if time.monotonic() > end:
                    raise Missed("no process of pages answers") from None
                time.sleep(0.1)

    def gives(self, page: Seen, delegate: str) -> int:
        """She sends the form of a page by which she lets somebody act for her; the status."""
        said = {"scope": "full", "cases": "", "operations": "", "valid_from": "2026-01-01", "valid_to": ""}
        return self.anne.send(page, "/delegations/delegate", delegate=delegate, onward="false", **said).status

    def given(self) -> Counter[str]:
        """How often each message by which somebody was given one stands in the journal, by its body."""
        reader = open_reader(f"sqlite:{self.data / 'store' / 'node.db'}")
        rows = reader.scan_log(Log.JOURNAL, 0, keys.log_position(1 << 10, 0), 1 << 30)
        reader.close()  # type: ignore[attr-defined] # a snapshot of the embedded store
        found = (JOURNAL.read(raw) for _, raw in rows)
        return Counter(bytes(row.content.octets).decode() for row in found if row.operation == "accounts.delegate")


@contextlib.contextmanager
def little_memory(pid: int) -> Iterator[None]:
    """A process that gets no more memory than it has; killed where nothing can be limited."""
    group = GROUPS / f"douane-{os.getpid()}"
    try:
        group.mkdir()
        (group / "memory.limit_in_bytes").write_text("0")
        (group / "cgroup.procs").write_text(str(pid))
    except OSError:
        os.kill(pid, signal.SIGKILL)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            group.rmdir()


def out_of_memory(scene: Paging) -> Incident:
    """It is killed among forms; each of them is one declaration."""
    delegates = [f"BE{7_000_000_000 + number}" for number in range(FORMS)]
    page = scene.anne.to("/delegations")  # one page, in a window that stays open
    before = scene.node.pids[PART]
    with little_memory(before):
        for each in delegates:
            if (status := scene.again(partial(scene.gives, page, each))) != 200:
                raise Missed(f"a form was answered {status}")
        for _ in range(200):  # until one of them was its own
            scene.served()
            if scene.told(Event.ENDED, part=PART):
                break
        scene.within(NOTICED, "log", lambda: scene.told(Event.ENDED, part=PART))
    scene.within(NOTICED, "metric", lambda: (scene.metric("douane_process_restarts_total", part=PART) or 0) >= 1)
    scene.served()
    yield NONE
    back = lambda: scene.told(Event.SERVING, part=PART) and scene.ready()  # noqa: E731 - short
    scene.does(GONE, "Where it ended", by=lambda: scene.within(CLOSED, "over", back))
    if scene.node.pids[PART] == before:
        raise Missed("it is the same process")
    for each in delegates[:2]:  # who is not sure sends it once more
        scene.again(partial(scene.gives, page, each))
    found = scene.given()
    if sorted(found.values()) != [1] * FORMS or not all(any(each in said for said in found) for each in delegates):
        raise Missed(f"{FORMS} forms became {sum(found.values())} messages: {found}")


INCIDENTS = {"page process out of memory": out_of_memory}


@contextlib.contextmanager
def standing_paging(folder: Path) -> Iterator[Paging]:
    """The node as long as the block lasts."""
    with several(folder, (REPRESENTED,)) as (node, anne):
        if anne.sign_in().status != 200:
            raise Missed("nobody can sign in")
        scene = Paging(node, folder / "data", anne=anne)
        scene.within(CLOSED, "looked at", lambda: scene.metric("douane_process_answers", part=PART) == 1)
        yield scene
