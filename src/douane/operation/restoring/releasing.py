"""Releasing a restored node from outside: itself where it is stopped, by a file in its folder where it runs."""

from __future__ import annotations

import asyncio

from douane.assembly.core import Core, make_core
from douane.configuration import discovery
from douane.configuration.settings import NodeSettings
from douane.runtime.store.envelope import RowKind
from douane.runtime.store.hold import Hold
from douane.shared_services.archiving.files import write_durably
from douane.shared_services.backup_restore.holding import RELEASE_FILE, announce, stored_hold
from douane.vocabulary.errors import StoreUnavailable


async def release(settings: NodeSettings, *, reason: str, seconds: float = 15.0) -> bool:
    """Let a restored node give out again; False where nothing was held. A running node is told, and waited for."""
    if _held(settings) is None:
        return False
    core = _stopped(settings)
    if core is None:
        await _ask_running(settings, reason, seconds)
        return True
    try:
        await announce(core.node, RowKind.RELEASED, reason, release=True)
    finally:
        core.close()
    return True


def _stopped(settings: NodeSettings) -> Core | None:
    """The core of a node that nobody runs; None where a process does, or where several may that share a store."""
    if settings.workers > 1:
        return None
    try:
        return make_core(settings, ended=_raise)
    except StoreUnavailable:
        return None


async def _ask_running(settings: NodeSettings, reason: str, seconds: float) -> None:
    file = settings.data / RELEASE_FILE
    write_durably(file, reason.encode())
    try:
        for _ in range(int(seconds * 10)):
            if _held(settings) is None:
                return
            await asyncio.sleep(0.1)
    finally:
        file.unlink(missing_ok=True)
    raise StoreUnavailable(
        "No process that runs this node released it.", remedy="Start it, or look at its log, and release once more."
    )


def _held(settings: NodeSettings) -> Hold | None:
    return stored_hold(discovery.open_reader(settings.store_address))


def _raise(problem: BaseException) -> None:
    raise problem
