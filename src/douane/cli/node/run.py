"""``douane run``: one node, or the part of one, until it is told to stop."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Coroutine, Mapping
from typing import Any

from douane.assembly.node import running
from douane.cli.node_options import add_start, start_options
from douane.cli.output import describe
from douane.configuration.collecting import settle, stay_settled
from douane.configuration.settings import NodeSettings, read_settings
from douane.runtime.upkeep.ending import hangups, until_stopped
from douane.supervision.statutory import statutory_time


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(
        parser, "douane run --config douane.toml",
        codes="exit codes: 0 it was told to stop; 1 it ended by itself; 2 it cannot start, the reason stands above",
    )  # fmt: skip
    add_start(parser)


def run(arguments: argparse.Namespace) -> int:
    """Start, say where the doors are, run until SIGINT or SIGTERM; 1 when the node ended by itself."""
    settings = read_settings(arguments.config, **start_options(arguments))
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
    _tell(node.addresses, settings)

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
        _tell({name: address.url for name, address in node.listeners.addresses.items()}, settings)
        settle()
        node.tasks.append(asyncio.create_task(stay_settled()))
        print(f"node {settings.name} is ready; stop it with Ctrl-C", flush=True)
        code = await until_stopped(node, stop, 0 if settings.role == "core" else settings.notice)
        for problem in node.problems:
            explain(problem)
        return code


def _tell(addresses: Mapping[str, str], settings: NodeSettings) -> None:
    """Where the doors are, and by whose identity."""
    for name, address in addresses.items():
        print(f"{name:<11} {address}", flush=True)
    print(f"identity    {settings.identity_folder}", flush=True)
    for line in statutory_time(settings):
        print(f"statutory   {line}", flush=True)
    if settings.development:
        print(
            "development this node made its identity itself: for trials on this machine, never for production",
            flush=True,
        )
