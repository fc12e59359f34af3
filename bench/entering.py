"""Instructions of the interpreter for a unit of work outside the core: HTTP, door, inbox, receipts.

``python -m bench.entering`` drives the door of SPEED2 in this process, over transports in memory: 64 clients each post
a declaration and ask their inbox until its release is there, as ``bench.load`` does. Counted are byte codes and calls
of Python code, which no neighbour disturbs, but for what a tick runs (``bench.opcodes`` counts that) and the clients.
``python -m bench.entering --time`` takes the CPU time by function instead. Needs CPython 3.12 or newer.
"""

from __future__ import annotations

import asyncio
import cProfile
import pstats
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import Any, Final

import uvloop

from bench.messages import eori, grn, template
from bench.node import GUARANTEES, TRADERS, prepare_identity, registrations, settings_for
from bench.receiving import Wire
from bench.steps import NO_BUDGET
from douane.assembly.node import RunningNode, make_node
from douane.configuration.collecting import settle
from douane.runtime.core.node import Node
from douane.runtime.core.tick import Tick
from douane.shared_services.web.http_protocol import Connection, ConnectionLimits, Serving
from douane.shared_services.web.listener import PLAIN_LINES

TOOL: Final = 3
BEFORE, ROUNDS, SHOWN = 2, 2, 60
RELEASE: Final = b"CC029C"
POST: Final = b"POST /v1/messages HTTP/1.1\r\n%bcontent-type: application/xml\r\ncontent-length: %d\r\n\r\n%b"
GET: Final = b"GET /v1/inbox?after=%b&wait=5 HTTP/1.1\r\n%b\r\n"
AFTER: Final = re.compile(rb'"after":"([^"]*)"')


class Client(Wire):
    """A trader on a connection of his own, who posts a declaration and asks until it is released."""

    def __init__(self, number: int, token: str, connection: Connection) -> None:
        super().__init__()
        self._loop, self._connection = asyncio.get_running_loop(), connection
        guarantees = [grn(g) for g in range(number, GUARANTEES, TRADERS)]
        self._template, self._number = template(eori(number), guarantees), 0
        self._head = b"host: localhost:8443\r\nauthorization: Bearer %b\r\n" % token.encode()
        self.requests, self._after, self._released = 0, b"", asyncio.Event()
        connection.connection_made(self)

    async def unit(self) -> None:
        """A declaration, to its release."""
        self._number += 1
        self._released.clear()
        body = self._template.make(self._number, self._number)
        self._ask(POST % (self._head, len(body), body))
        await self._released.wait()

    def write(self, data: Any) -> None:
        """Take an answer, and ask on."""
        octets = bytes(data)
        if not octets.startswith((b"HTTP/1.1 200", b"HTTP/1.1 202")):
            raise RuntimeError(octets[:500])
        found = AFTER.search(octets)
        if found is not None:
            self._after = found[1]
        if RELEASE in octets:
            self._released.set()
        else:
            self._loop.call_soon(self._ask, GET % (self._after, self._head))

    def _ask(self, octets: bytes) -> None:
        self.requests += 1
        self._connection.data_received(octets)


class Counting:
    """Instructions and calls while no tick runs."""

    def __init__(self) -> None:
        self.instructions, self.calls = Counter[CodeType](), Counter[CodeType]()
        self._watch: Any = vars(sys)["monitoring"]  # Any: what 3.11 has not, checkers do not know
        self._own = {each.__code__ for each in vars(Client).values() if hasattr(each, "__code__")}

    def start(self) -> None:
        """Count from now on."""
        watch = self._watch
        watch.use_tool_id(TOOL, "douane")
        watch.register_callback(TOOL, watch.events.INSTRUCTION, lambda code, _: self.instructions.update((code,)))
        watch.register_callback(TOOL, watch.events.PY_START, lambda code, _: self.calls.update((code,)))
        self.go_on()

    def go_on(self) -> None:
        """After a tick."""
        events = self._watch.events
        self._watch.set_events(TOOL, events.INSTRUCTION | events.PY_START)

    def pause(self) -> None:
        """For a tick."""
        self._watch.set_events(TOOL, 0)

    def end(self) -> None:
        """Count no more."""
        self.pause()
        self._watch.free_tool_id(TOOL)
        for each in [each for each in self.calls if "bench" in Path(each.co_filename).parts]:
            del self.calls[each]
            self.instructions.pop(each, None)


class Timing:
    """The same by the thread's CPU time."""

    def __init__(self) -> None:
        self.profile = cProfile.Profile(time.thread_time)
        self.start, self.go_on = self.profile.enable, self.profile.enable
        self.pause, self.end = self.profile.disable, self.profile.disable


def outside(pause: Callable[[], None], go_on: Callable[[], None]) -> None:
    """Whatever ticks run is not counted."""
    run = Tick.run

    def uncounted(self: Tick, *args: Any) -> Any:
        pause()
        try:
            return run(self, *args)
        finally:
            go_on()

    Tick.run = uncounted  # type: ignore[assignment,method-assign]  # a measurement's own core


def clients(node: RunningNode, tokens: list[str]) -> list[Client]:
    """One a trader."""
    door = node.listeners.doors[0]
    assert door.use is not None
    serving = Serving(
        door.application, ConnectionLimits(), door.use, idle_seconds=30, lines=PLAIN_LINES,
        failed=lambda error: print(repr(error)), leaving=door.leaving,
    )  # fmt: skip
    return [Client(n, token, Connection(serving)) for n, token in enumerate(tokens)]


async def measured(how: Counting | Timing) -> tuple[int, int]:
    """Units and requests that were counted."""
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        _, tokens = prepare_identity(Path(folder))
        node = make_node(settings_for(Path(folder)))
        core: Node = node.core.node
        core.start()
        core.owners[0].ports.budget = NO_BUDGET
        await asyncio.gather(*(core.submit(each) for each in registrations(node.core)))
        traders, before = clients(node, tokens), 0
        settle()
        for n in range(BEFORE + ROUNDS):
            if n == BEFORE:
                before = sum(each.requests for each in traders)
                outside(how.pause, how.go_on)
                how.start()
            await asyncio.gather(*(each.unit() for each in traders))
        how.end()
        node.core.store.close()
    return ROUNDS * len(traders), sum(each.requests for each in traders) - before


def main() -> None:
    """Print the sums, and the functions that take most."""
    if "--time" in sys.argv:
        timing = Timing()
        units, asked = uvloop.run(measured(timing))
        print(f"{units} units, {asked / units:.2f} requests a unit")
        pstats.Stats(timing.profile).sort_stats("tottime").print_stats(SHOWN)
        return
    counting = Counting()
    units, asked = uvloop.run(measured(counting))
    instructions, calls = counting.instructions, counting.calls
    print(f"{instructions.total() / units:,.0f} instructions, {calls.total() / units:,.0f} calls a unit, "
          f"{asked / units:.2f} requests")  # fmt: skip
    for code, count in instructions.most_common(SHOWN):
        place = f"{Path(code.co_filename).name}:{code.co_firstlineno}"
        print(f"{count / units:8.0f} {calls[code] / units:7.2f}  {code.co_qualname} ({place})")


if __name__ == "__main__":
    main()
