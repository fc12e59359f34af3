"""Reads of a node become leaves: those at its doors half a second later, those by commands through notes in a folder.

A command that looks into the store beside the node (``douane timeline``, ``douane message show``) lays a note into the
folder ``reads`` before it shows anything; the node tells its log of it, or does so when it starts.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.model.caller import OPERATOR
from douane.runtime.core.commands import Announce
from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.envelope import RowKind
from douane.shared_services.archiving.files import make_folder, write_durably
from douane.shared_services.auditing.reads import Block, Read, Reads, about_of, text_of
from douane.vocabulary.errors import DouaneError

FOLDER: Final = "reads"
WINDOW_SECONDS: Final = 0.5
"""So long reads are collected; with the commit of their row they are durable within a second."""


def note_command(settings: NodeSettings, operation: str, reference: str) -> None:
    """Lay a note that whoever runs this process looked something up. Raises StoreUnavailable: then nothing is shown."""
    now = SystemClock().now()
    lay_note(
        settings.data,
        Read(OPERATOR.id, OPERATOR.name, operation, about_of(reference), now, person=f"uid {os.getuid()}"),
    )


def lay_note(data: Path, read: Read) -> None:
    """Lay a note of a read, for a process beside the core. Raises StoreUnavailable."""
    write_durably(
        make_folder(data / FOLDER) / f"{read.at}-{SystemIds().random(4).hex()}.json", msgspec.json.encode(read)
    )


class ReadLog:
    """Tells the audit log of a running node what was read.

    folder: where commands lay their notes; None for all workers of a host but the first.
    """

    def __init__(self, node: Node, reads: Reads, folder: Path | None, failed: Callable[[BaseException], None]) -> None:
        self._node, self._reads, self._folder, self._failed = node, reads, folder, failed

    async def run(self) -> None:
        """Every half second, until cancelled."""
        while True:
            await asyncio.sleep(WINDOW_SECONDS)
            await self.tell()

    async def tell(self) -> None:
        """Everything that was noted until now. What the log cannot be told is kept for the next time."""
        notes = self._notes()
        for _, read in notes:
            self._reads.add(read)
        if not self._reads:
            return
        owner = next((each for each in self._node.owners if not each.ended), None)
        blocks = self._reads.take() if owner is not None else []
        while owner is not None and blocks:
            at = keys.log_position(owner.partition, 0)
            try:
                await self._node.command(Announce(at, RowKind.READ, text_of(blocks[0])))
            except BaseException as problem:
                self._put_back(blocks, {read for _, read in notes})
                if not isinstance(problem, DouaneError):
                    raise
                self._failed(problem)
                return
            blocks = blocks[1:]
        for path, _ in notes:
            with contextlib.suppress(FileNotFoundError):
                path.unlink()

    def _put_back(self, blocks: list[Block], noted: set[Read]) -> None:
        for block in blocks:
            for read in block.reads:
                if read not in noted:  # its note lies there still
                    self._reads.add(read)

    def _notes(self) -> list[tuple[Path, Read]]:
        """Notes of commands, oldest first."""
        found = []
        for path in sorted(self._folder.glob("*.json")) if self._folder is not None else ():
            try:
                found.append((path, msgspec.json.decode(path.read_bytes(), type=Read)))
            except FileNotFoundError:
                continue
            except (OSError, msgspec.MsgspecError):
                found.append((path, Read("", "", "a note that cannot be read", about_of(path.name), 0)))
        return found
