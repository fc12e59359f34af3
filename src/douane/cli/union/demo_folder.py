"""The folder of a demonstration: one run works in it at a time, and the next one opens what the last one left."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec

from douane.portal.start import Journey
from douane.supervision.operating.lock import DataLock
from douane.vocabulary.errors import DeclarationFault, StoreUnavailable

MARKER: Final = ".douane-demo"
"""The file that makes a folder one of a demonstration. Who works there holds its lock and writes who he is."""
PLAYED: Final = "played.json"


@dataclass(frozen=True, slots=True)
class Runs:
    """Who works in the folder. process: its number; address: of its start page, empty before it listens; nodes: the
    processes of the national nodes, by administration."""

    process: int
    address: str = ""
    nodes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Played:
    """The run that made the union of a folder: its journeys in the order in which they ended, and its report."""

    journeys: tuple[Journey, ...]
    planned: int
    report: str


class DemoFolder:
    """A folder that this process alone works in, until it is closed or the process ends.

    Raises DeclarationFault for a folder that holds something else, StoreUnavailable while another run works there: the
    error names that run, and nothing was touched.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists() and any(path.iterdir()) and not (path / MARKER).exists():
            raise DeclarationFault(f"{path} holds something else.", remedy="Name an empty folder with --data.")
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._marker = os.open(path / MARKER, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as taken:
            os.close(self._marker)
            raise _taken(path) from taken

    def close(self) -> None:
        """Let the next run in."""
        os.ftruncate(self._marker, 0)
        os.close(self._marker)

    def tell(self, address: str = "", nodes: Mapping[str, int] | None = None) -> None:
        """Write down who works here, for whoever comes while it does."""
        facts = msgspec.json.encode(Runs(os.getpid(), address, nodes or {}))
        os.ftruncate(self._marker, os.pwrite(self._marker, facts, 0))

    def must_have_ended(self) -> None:
        """Raise StoreUnavailable while a node of the last run still works: a killed run leaves its nodes."""
        left_by = _who(self.path)
        for each in sorted(self.path.glob("*/node.lock")):
            _must_have_ended(each.parent, left_by)

    def empty(self) -> None:
        """Take away what the last run left. Raises StoreUnavailable while a node of it still works."""
        self.must_have_ended()
        for each in self.path.iterdir():
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each)
            elif each.name != MARKER:
                each.unlink()

    def played(self) -> Played | None:
        """What the last run played to its end; None where none did, or where a former release wrote it otherwise."""
        try:
            return msgspec.json.decode((self.path / PLAYED).read_bytes(), type=Played)
        except (FileNotFoundError, msgspec.MsgspecError):
            return None

    def remember(self, played: Played) -> None:
        """Keep what was played: the next start opens this union."""
        made = self.path / f"{PLAYED}.new"
        made.write_bytes(msgspec.json.encode(played))
        made.rename(self.path / PLAYED)


def _who(path: Path) -> Runs | None:
    """Who wrote that he works in a folder."""
    try:
        return msgspec.json.decode((path / MARKER).read_bytes(), type=Runs)
    except (FileNotFoundError, msgspec.MsgspecError):
        return None


def _taken(path: Path) -> StoreUnavailable:
    runs = _who(path)
    named = f" (process {runs.process}{f', {runs.address}' if runs.address else ''})" if runs is not None else ""
    return StoreUnavailable(
        f"Another run uses {path}{named}. It goes on, and nothing of it was touched.",
        remedy="Open its start page, or end it with Ctrl-C where it was started. A second union needs a folder of its"
        " own: --data DIR --report DIR.",
    )


def _must_have_ended(node: Path, left_by: Runs | None) -> None:
    """That no process works on the folder of a node: its run may have been killed, and the node have stayed."""
    try:
        DataLock(node).release()
    except StoreUnavailable as works:
        process = left_by.nodes.get(node.name) if left_by is not None else None
        end = f"End it: kill {process}." if process else "End that process."
        raise StoreUnavailable(f"A node of a run that was killed still works on {node}.", remedy=end) from works
