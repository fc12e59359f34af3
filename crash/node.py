"""The process under test: the product's own node, started anew from its store each time it was killed.

``python -m crash.node PLAN.json`` imports the product once, then forks: each child is a life of the node, which opens
store, audit log, identity and doors from disk like any other start; only reading the program is spared, so that lives
can be short. Other lives are started by ``douane run`` itself (``crash.system``). Each event is a line of JSON on
standard output.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from crash.messages import POISON
from douane.assembly.node import make_node
from douane.configuration import discovery
from douane.configuration.artefacts import versions
from douane.configuration.settings import NodeSettings, PagesAt, settings_text
from douane.configuration.supplies import must_be_declared
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.catalogue.catalogue import Catalogue
from douane.shared_services.web.fair_use import Allowance
from douane.standards.ncts.phase5.codecs import codec

AMEND = "transit.amend_declaration"
CODECS = (
    "CC015C", "CC013C", "CC170C", "CC004C", "CC028C", "CC029C", "CC055C", "CC056C", "CC928C", "CC007C", "CC025C",
    "CC043C", "CC044C", "CC045C", "CC182C", "CD001C", "CD006C", "CD018C", "CD050C",
)  # fmt: skip
PAUSE = 0.2
DOMAIN, SITES = "customs.test", ("portal", "signin")
TOKENS = {"uumds": f"https://uumds.{DOMAIN}"}
SERVED = frozenset({"EU", "FR", "DE", "AT", "CH"})
"""Whom a node in production serves: all on the way of a movement."""
MUCH = 100_000
GENEROUS = Allowance(
    connections_per_second=MUCH, strangers_per_second=MUCH, requests_per_second=MUCH, work_ms_per_second=MUCH,
    stranger_work_ms_per_second=MUCH, all_strangers_work_ms_per_second=MUCH, sign_ins_in_ten_minutes=MUCH,
)  # fmt: skip
"""What is to be seen is what kills do, not what a neighbour is refused."""
_SET_DEATH_SIGNAL = 1


class Plan(msgspec.Struct, frozen=True):
    """A node on folders, with SPEED2 and CCN2 on given ports. ``poisoned``: some amendments cannot be handled.

    pages: how many processes serve pages for people; with them the node stands as in production. front: their port;
    tls: the folder of their certificate."""

    data: str
    store: str
    identity: str
    speed2: int
    ccn2: int
    poisoned: bool = True
    partitions: int = 1
    workers: int = 1
    pages: int = 0
    front: int = 0
    tls: str = ""

    def settings(self) -> NodeSettings:
        """The settings of the node."""
        ports = {"speed2": self.speed2, "ccn2": self.ccn2, "uumds": 0, "cdco": 0, "operations": 0}
        alone = NodeSettings(
            name="crash", data=Path(self.data), store=self.store, platforms=("speed2", "ccn2"), ports=ports,
            identity=Path(self.identity), development=True, partitions=self.partitions, workers=self.workers,
        )  # fmt: skip
        if not self.pages:
            return alone
        tls = Path(self.tls)
        pages = PagesAt(
            port=self.front, certificate=tls / "pages.pem", key=tls / "pages.key", public=public(self.front, SITES),
            processes=self.pages,
        )  # fmt: skip
        platforms = (*alone.platforms, "uumds")
        return replace(
            alone, development=False, platforms=platforms, pages=pages, limits=GENEROUS, public=TOKENS, serves=SERVED
        )  # fmt: skip

    def toml(self) -> str:
        """The same for ``douane run --config``."""
        return settings_text(self.settings(), place=True)


def public(port: int, sites: tuple[str, ...]) -> dict[str, str]:
    """The public address of each site."""
    return {site: f"https://{site}.{DOMAIN}:{port}" for site in sites}


def die_with_parent() -> None:
    """Have the kernel kill this process when the one that started it ends, however it ends (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)


def tell(event: str, **facts: Any) -> None:
    """One line on standard output, in one system call: other processes write there too."""
    os.write(1, json.dumps({"event": event, "at": time.monotonic(), **facts}).encode() + b"\n")


def poison(behaviour: Behaviour) -> None:
    """Make the handler of amendments fail for some of them, as one with a fault would."""
    handlers = behaviour.handlers
    sound = handlers[AMEND]

    def failing(work: Any, message: Any) -> None:
        amount = message.guarantee[0].guarantee_reference[0].amount_to_be_covered
        if str(amount).endswith(f".{POISON}"):
            raise RuntimeError("poisoned for the crash run")
        sound.handle(work, message)

    handlers[AMEND] = replace(sound, handle=failing)


async def life(plan: Plan) -> int:
    """One life of the node, until it is told to end or ends by itself."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    node = make_node(plan.settings())
    if plan.poisoned:
        poison(node.core.behaviour)
    await node.start()
    tell("ready", pid=os.getpid())
    waits = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(node.ended.wait())]
    await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for problem in node.problems:
        print(f"ended: {type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
    if node.ended.is_set():
        return 1
    await node.stop()
    return 0


def child(plan: Plan, parent: int) -> None:
    """What the forked process does; never returns."""
    import uvloop

    from douane.vocabulary.errors import DouaneError

    code = 3
    try:
        die_with_parent()
        if os.getppid() != parent:
            return
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        code = uvloop.run(life(plan))
    except DouaneError as refusal:
        code = 2
        print(f"refused to start: {refusal.text}", file=sys.stderr, flush=True)
    except BaseException as problem:
        print(f"failed: {type(problem).__name__}: {problem}", file=sys.stderr, flush=True)
    finally:
        os._exit(code)


def main() -> None:
    """Fork lives until told to end."""
    plan = msgspec.json.decode(Path(sys.argv[1]).read_bytes(), type=Plan)
    die_with_parent()
    Catalogue(discovery.services())  # what a process reads of the program, and nothing of the store
    discovery.behaviour()
    must_be_declared()
    versions()
    for name in CODECS:
        codec(name)
    own, current = os.getpid(), 0
    ending = False

    def end(*_: object) -> None:
        nonlocal ending
        ending = True
        if current:
            os.kill(current, signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    while not ending:
        current = os.fork()
        if current == 0:
            child(plan, own)
        tell("started", pid=current)
        code = os.waitstatus_to_exitcode(os.waitpid(current, 0)[1])
        tell("ended", pid=current, code=code)
        if code >= 0 and not ending:
            time.sleep(PAUSE)


if __name__ == "__main__":
    main()
