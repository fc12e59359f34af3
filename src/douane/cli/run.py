"""``douane run``: one node, or the part of one, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from douane.assembly.collecting import settle
from douane.assembly.node import hangups, running, until_stopped
from douane.assembly.settings import ROLES, NodeSettings, read_settings
from douane.cli.output import describe


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane run --platform speed2,ccn2,operations --data douane-data",
        codes="exit codes: 0 it was told to stop; 1 it ended by itself; 2 it cannot start, the reason stands above",
    )  # fmt: skip
    parser.add_argument("--config", type=Path, help="settings of the node (TOML)")
    parser.add_argument("--platform", help="doors to open, separated by commas (speed2,ccn2,uumds,cdco,operations)")
    parser.add_argument(
        "--store", help="where messages survive: sqlite:PATH, postgresql://USER@HOST/DATABASE or memory:"
    )
    parser.add_argument("--data", type=Path, help="folder of everything the node keeps (default: douane-data)")
    parser.add_argument("--processes", type=int, help="one core and the rest doors, under one supervisor (default: 1)")
    parser.add_argument("--workers", type=int, help="how many of them are cores that share a PostgreSQL store")
    parser.add_argument("--worker", type=int, help="which of the workers this core is, from 0")
    parser.add_argument("--role", choices=ROLES, help="what this process is: node, or core or doors joined by a link")
    parser.add_argument("--link", help="where core and doors meet: unix:FOLDER or tls://HOST:PORT")


def run(arguments: argparse.Namespace) -> int:
    """Start, say where the doors are, run until SIGINT or SIGTERM; 1 when the node ended by itself."""
    settings = read_settings(
        arguments.config, platforms=arguments.platform, store=arguments.store, data=arguments.data,
        processes=arguments.processes, workers=arguments.workers,
        worker=arguments.worker, role=arguments.role, links=arguments.link,
    )  # fmt: skip
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until there is something that reads its files again
    if settings.role == "node" and max(settings.processes, settings.workers) > 1:
        return _supervise(settings)
    return _loop(_serve(settings))


def _loop(work: Coroutine[Any, Any, int]) -> int:
    import uvloop

    return uvloop.run(work)


def _supervise(settings: NodeSettings) -> int:
    from douane.assembly.processes import Processes
    from douane.cli.main import explain

    node = Processes(settings, _loop, explain)
    node.bind()
    for name, address in node.addresses.items():
        print(f"{name:<11} {address}", flush=True)
    print(f"identity    {settings.identity_folder}", flush=True)

    def told(what: str, name: str, pid: int) -> None:
        if what == "ready":
            print(f"node {settings.name} is ready; stop it with Ctrl-C", flush=True)
        else:
            print(f"{name:<11} {what} as process {pid}", flush=True)

    return node.run(told)


async def _serve(settings: NodeSettings) -> int:
    from douane.cli.main import explain

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(settings, again=hangups()) as node:
        for name, address in node.listeners.addresses.items():
            print(f"{name:<11} {address.url}", flush=True)
        print(f"identity    {settings.identity_folder}", flush=True)
        settle()
        print(f"node {settings.name} is ready; stop it with Ctrl-C", flush=True)
        code = await until_stopped(node, stop, 0 if settings.role == "core" else settings.notice)
        for problem in node.problems:
            explain(problem)
        return code
