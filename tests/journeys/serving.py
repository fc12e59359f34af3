"""A node as a process of its own, for journeys that measure or kill it: ``serving.py FOLDER SECONDS-FOR-A-BODY``."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from douane.assembly.node import running
from douane.channels.rest import binding
from douane.configuration.settings import CENTRAL, NodeSettings
from douane.shared_services.web.fair_use import Allowance

GENEROUS = Allowance(body_bytes_per_second=1 << 40, requests_per_second=1 << 20, work_ms_per_second=1 << 20)
"""What is tried here is large and comes fast; who may send how much is not the question."""


async def serve(folder: Path) -> None:
    """Print the addresses, then stay until the input ends."""
    ports = dict.fromkeys(CENTRAL, 0)
    settings = NodeSettings(name="journey", data=folder, development=True, ports=ports, limits=GENEROUS)
    async with running(settings) as node:
        print(json.dumps({name: node.url(name) for name in CENTRAL}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    binding.LIMITS = replace(binding.LIMITS, seconds=float(sys.argv[2]))
    asyncio.run(serve(Path(sys.argv[1])))
