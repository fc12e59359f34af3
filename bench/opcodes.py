"""Instructions of the interpreter for a unit of work in the core, by module and function: no neighbour disturbs them.

``python -m bench.opcodes`` counts each byte code and call of 64 units, after 128 that fill the caches: a declaration
accepted, handled by its services and committed. Work in libraries (SQLite, zstd, signatures) is not in it;
``bench.instructions`` counts that too, in five minutes instead of one. The budget of a tick is lifted: counting slows
the interpreter twentyfold, and ticks would end after each message. Needs CPython 3.12 or newer.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import CodeType
from typing import Any

from bench.node import FILL_AT_ONCE, Filler
from bench.steps import NO_BUDGET, arrival, started
from douane.configuration.collecting import settle
from douane.runtime.core.tick import Tick

TOOL, SHOWN, BEFORE = 3, 40, 2


def counted() -> tuple[Counter[CodeType], Counter[CodeType]]:
    """Instructions and calls of 64 units, by code."""
    instructions, calls = Counter[CodeType](), Counter[CodeType]()
    with tempfile.TemporaryDirectory(prefix="douane-bench-") as folder:
        core = started(Path(folder), budget=NO_BUDGET)
        filler, owner = Filler(core), core.node.owners[0]
        settle()
        watch: Any = vars(sys)["monitoring"]  # Any: what 3.11 has not, checkers do not know
        for n in range(BEFORE + 1):
            arrivals = [arrival(core, filler) for _ in range(FILL_AT_ONCE)]
            if n == BEFORE:
                watch.use_tool_id(TOOL, "douane")
                watch.register_callback(TOOL, watch.events.INSTRUCTION, lambda code, _: instructions.update((code,)))
                watch.register_callback(TOOL, watch.events.PY_START, lambda code, _: calls.update((code,)))
                watch.set_events(TOOL, watch.events.INSTRUCTION | watch.events.PY_START)
            Tick(owner).run(arrivals)
            while owner.pending:
                Tick(owner).run()
        watch.set_events(TOOL, 0)
        watch.free_tool_id(TOOL)
        core.store.close()
    return instructions, calls


def main() -> None:
    """Print the sums, and the functions that take most."""
    instructions, calls = counted()
    print(f"{instructions.total() / FILL_AT_ONCE:,.0f} instructions, {calls.total() / FILL_AT_ONCE:,.0f} calls a unit")
    for code, count in instructions.most_common(SHOWN):
        place = f"{Path(code.co_filename).name}:{code.co_firstlineno}"
        print(f"{count / FILL_AT_ONCE:8.0f} {calls[code] / FILL_AT_ONCE:7.1f}  {code.co_qualname} ({place})")


if __name__ == "__main__":
    main()
