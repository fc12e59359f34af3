"""The hold of a restored node: what it is, and how an operator lifts it, in a stopped node or in a running one."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from douane.runtime import keys
from douane.runtime.commands import Announce
from douane.runtime.hold import HOLD, RELEASED, Hold
from douane.runtime.node import Node
from douane.runtime.ports import Reader

RELEASE_FILE: Final = "restore.release"
"""Laid into the data folder of a running node; it lifts the hold and takes the file away."""


async def announce(node: Node, operation: str, text: str, *, release: bool = False) -> None:
    """Let every partition of a node journal what an operator did."""
    for owner in node.owners:
        await node.command(Announce(keys.log_position(owner.partition, 0), operation, text, release))


async def await_release(node: Node, folder: Path) -> None:
    """In a running node: lift the hold when an operator says so."""
    file = folder / RELEASE_FILE
    while node.held is not None:
        if file.exists():
            await announce(node, RELEASED, file.read_text()[:500], release=True)
            file.unlink(missing_ok=True)
        else:
            await asyncio.sleep(0.2)


def stored_hold(reader: Reader) -> Hold | None:
    """Why a node gives nothing out, as its store says; None where it does."""
    found = reader.scan(keys.HOLD, keys.after(keys.HOLD), 1)
    return HOLD.read(found[0][1]) if found else None
