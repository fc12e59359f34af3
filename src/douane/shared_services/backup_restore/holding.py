"""The hold of a restored node: what it is, and how an operator lifts it, in a stopped node or in a running one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from douane.runtime.core.commands import Announce
from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.envelope import RowKind
from douane.runtime.store.hold import HOLD, Hold
from douane.runtime.store.ports import Reader

RELEASE_FILE: Final = "restore.release"
"""Laid into the data folder of a running node, which then lifts the hold; it says why."""


async def announce(node: Node, kind: RowKind, text: str, *, release: bool = False) -> None:
    """Let every partition that this process commits for journal what an operator did."""
    for owner in node.owners:
        if not owner.ended:
            await node.command(Announce(keys.log_position(owner.partition, 0), kind, text, release))


async def await_release(node: Node, folder: Path) -> None:
    """In a running node: lift the hold when an operator says so, until cancelled.

    The file stays: other processes may share the folder and the store. Whoever laid it takes it away.
    """
    file = folder / RELEASE_FILE
    while True:
        if node.held is not None and file.exists():
            await announce(node, RowKind.RELEASED, file.read_text()[:500], release=True)
        await asyncio.sleep(0.25)


async def once_released(node: Node, work: Callable[[], Awaitable[None]]) -> None:
    """Begin a work that tells others something only when nothing is held any more."""
    while node.held is not None:  # noqa: ASYNC110 - an owner tells nobody, and an operator is in no hurry
        await asyncio.sleep(0.25)
    await work()


def stored_hold(reader: Reader) -> Hold | None:
    """Why a node gives nothing out, as its store says; None where it does."""
    found = reader.scan(keys.HOLD, keys.after(keys.HOLD), 1)
    return HOLD.read(found[0][1]) if found else None
