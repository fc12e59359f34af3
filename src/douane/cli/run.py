"""``douane run``: one node until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import signal
from pathlib import Path

from douane.assembly.node import running
from douane.assembly.settings import NodeSettings, read_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("--config", type=Path, help="settings of the node (TOML)")
    parser.add_argument("--platform", help="doors to open, separated by commas (speed2,ccn2,uumds,cdco,operations)")
    parser.add_argument("--store", help="where messages survive: sqlite:PATH or memory:")
    parser.add_argument("--data", type=Path, help="folder of everything the node keeps (default: douane-data)")


def run(arguments: argparse.Namespace) -> int:
    """Start, say where the doors are, run until SIGINT or SIGTERM; 1 when the node ended by itself."""
    settings = read_settings(arguments.config, platforms=arguments.platform, store=arguments.store, data=arguments.data)
    return _loop(_serve(settings))


def _loop(work: object) -> int:
    import uvloop

    return int(uvloop.run(work))  # type: ignore[arg-type]  # a coroutine that returns an exit code


async def _serve(settings: NodeSettings) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings) as node:
        for name, address in node.listeners.addresses.items():
            print(f"{name:<11} {address.url}", flush=True)
        print(f"identity    {settings.identity_folder}", flush=True)
        print(f"node {settings.name} is ready; stop it with Ctrl-C", flush=True)
        waits = [asyncio.ensure_future(stop.wait()), asyncio.ensure_future(node.ended.wait())]
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        return 1 if node.ended.is_set() else 0
