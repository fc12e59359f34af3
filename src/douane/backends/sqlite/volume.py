"""A disk that forgets: files in memory, and what of their changes no sync has made lasting yet.

A power cut keeps any part of what was not synced: whole writes are lost while later ones stay, writes are torn between
sectors, sizes and names come and go. What was synced stays. The rules are those of POSIX and of SQLite's assumptions
(sqlite.org/atomiccommit.html, section 2): a write does not harm bytes beside it, and a name is lasting only when its
directory was synced.
"""

from __future__ import annotations

import enum
import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

SECTOR: Final = 512
Choose = Callable[[int], int]
"""A number from 0 to below the argument: where every decision of a power cut comes from."""


class Op(enum.Enum):
    """What a program can ask of the disk and a fault can strike."""

    OPEN = "open"
    READ = "read"
    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"
    DELETE = "delete"

    __hash__ = object.__hash__  # members are single: hashing their names was a fiftieth of a simulation


CHANGES: Final = frozenset({Op.WRITE, Op.TRUNCATE, Op.SYNC, Op.DELETE})
"""What moves the disk on: the moments at which a cut makes a difference."""


@dataclass(slots=True)
class _Change:
    """A write (``data``) or a truncation (``data`` is None) that is not lasting, and what it replaced."""

    offset: int
    data: bytes | None
    replaced: bytes | bytearray
    size: int


@dataclass(slots=True, eq=False)
class Content:
    """The bytes of one file as programs see them, with what a power cut may take back."""

    live: bytearray = field(default_factory=bytearray, repr=False)
    changes: list[_Change] = field(default_factory=list, repr=False)
    named: bool = False  # whether its name was lasting once; a new log or journal syncs its directory with itself

    def write(self, offset: int, data: bytes) -> None:
        """Replace or extend; a gap before the offset reads as zeros."""
        live = self.live
        size = len(live)
        if offset > size:
            live.extend(bytes(offset - size))
        end = offset + len(data)
        self.changes.append(_Change(offset, data, live[offset:end], size))
        live[offset:end] = data

    def truncate(self, size: int) -> None:
        """Cut off, or extend with zeros."""
        before = len(self.live)
        self.changes.append(_Change(size, None, bytes(self.live[size:]), before))
        if size < before:
            del self.live[size:]
        else:
            self.live.extend(bytes(size - before))

    def sync(self) -> None:
        """All of it is lasting."""
        self.changes.clear()

    def cut(self, choose: Choose) -> None:
        """What the power cut leaves: the lasting bytes with any part of the other changes."""
        changes, self.changes = self.changes, []
        for change in reversed(changes):
            self._undo(change)
        fate = choose(4)  # often the extremes: nothing written back, everything written back, and twice any mixture
        if fate == 0:
            return
        for change in changes:
            if fate == 1 or choose(2):
                self._redo(change, choose, torn=fate != 1 and choose(2) == 0)

    def _undo(self, change: _Change) -> None:
        live = self.live
        if len(live) < change.size:
            live.extend(bytes(change.size - len(live)))
        live[change.offset : change.offset + len(change.replaced)] = change.replaced
        del live[change.size :]

    def _redo(self, change: _Change, choose: Choose, *, torn: bool) -> None:
        data, live = change.data, self.live
        if data is None:
            self.truncate(change.offset)
            self.changes.clear()
            return
        end = change.offset + len(data)
        if len(live) < end:  # the size was written back before the bytes were: what stands there is anything
            live.extend(bytes((choose(256),)) * (end - len(live)))
        for start, stop in _sectors(change.offset, end):
            if not torn or choose(2):
                live[start:stop] = data[start - change.offset : stop - change.offset]


def _sectors(start: int, end: int) -> Iterator[tuple[int, int]]:
    """A range of bytes cut at the borders of sectors."""
    while start < end:
        stop = min(end, start - start % SECTOR + SECTOR)
        yield start, stop
        start = stop


@dataclass(slots=True)
class _Planned:
    """A fault that waits: the disk refuses the ``left``-th operation of a kind, or the power fails in it."""

    kinds: frozenset[Op]
    left: int
    error: int  # an errno; 0: the power fails


class Volume:
    """A directory on a disk with one power supply.

    ``choose`` decides what a cut leaves. After ``power_cut`` or ``kill`` the volume refuses everything (EIO), so that a
    program of that life can be closed without touching it; ``start`` begins the next life.
    """

    def __init__(self, choose: Choose, *, capacity: int | None = None) -> None:
        self.capacity = capacity
        self.life = 0
        self.running = True
        self.done: dict[Op, int] = dict.fromkeys(Op, 0)
        self._choose = choose
        self._names: dict[str, Content] = {}
        self._lasting: dict[str, Content] = {}
        self._renamed: dict[str, list[Content | None]] = {}
        self._planned: list[_Planned] = []

    # --- faults

    def fail(self, nth: int, kinds: frozenset[Op] = CHANGES, *, error: int = errno.EIO) -> None:
        """The disk refuses the nth operation of these kinds from now (1: the next one), once; nothing of it happens."""
        self._planned.append(_Planned(kinds, nth, error))

    def cut_at(self, nth: int, kinds: frozenset[Op] = CHANGES) -> None:
        """The power fails in the nth operation of these kinds from now: it and all that follow raise EIO."""
        self._planned.append(_Planned(kinds, nth, 0))

    def calm(self) -> None:
        """Forget faults that have not struck, and any limit of space."""
        self._planned.clear()
        self.capacity = None

    def power_cut(self) -> None:
        """The machine dies: what no sync made lasting is lost, or a part of it."""
        names = dict(self._lasting)
        for name, history in self._renamed.items():
            chosen = [self._lasting.get(name), *history][self._choose(len(history) + 1)]
            if chosen is None:
                names.pop(name, None)
            else:
                names[name] = chosen
        for content in {id(c): c for c in names.values()}.values():
            content.cut(self._choose)
            content.named = True
        self._names, self._lasting, self._renamed = names, dict(names), {}
        self.kill()

    def kill(self) -> None:
        """The process dies and the machine lives: everything written stays."""
        self.running = False
        self._planned.clear()

    def start(self) -> None:
        """Begin the next life: files may be opened again; those opened before stay void."""
        self.life += 1
        self.running = True

    # --- what a program does

    def open(self, name: str, *, create: bool) -> Content:
        """The content under a name. Raises ENOENT where there is none and none may be made."""
        self._strike(Op.OPEN)
        content = self._names.get(name)
        if content is None:
            if not create:
                raise FileNotFoundError(errno.ENOENT, "no such file on the volume", name)
            content = self._names[name] = Content()
            self._renamed.setdefault(name, []).append(content)
        return content

    def read(self, content: Content, offset: int, amount: int) -> bytes:
        """The bytes at an offset, fewer at the end."""
        self._strike(Op.READ)
        with memoryview(content.live) as live:
            return live[offset : offset + amount].tobytes()

    def write(self, content: Content, offset: int, data: bytes) -> None:
        """Write; raises ENOSPC beyond the capacity. A power cut in it may leave a part of it."""
        grown = offset + len(data) - len(content.live)
        if self.capacity is not None and grown > 0 and self.used() + grown > self.capacity:
            self.done[Op.WRITE] += 1
            raise OSError(errno.ENOSPC, "the volume is full")
        died = self._strike(Op.WRITE)
        content.write(offset, data)
        if died:
            raise self._dead()

    def truncate(self, content: Content, size: int) -> None:
        """Set the size of a file."""
        if self._strike(Op.TRUNCATE):
            content.truncate(size)
            raise self._dead()
        content.truncate(size)

    def sync(self, content: Content, *, directory: bool) -> None:
        """Make a file's content lasting, and with ``directory`` all names. A cut in it may come before or after."""
        if self._strike(Op.SYNC):
            if self._choose(2):
                content.sync()
            raise self._dead()
        content.sync()
        if directory:
            self.sync_names()

    def sync_names(self) -> None:
        """Make the directory lasting."""
        self._lasting, self._renamed = dict(self._names), {}
        for content in self._names.values():
            content.named = True

    def delete(self, name: str, *, directory: bool) -> None:
        """Take a name away; lasting only with the directory's sync. Raises ENOENT where there is none."""
        if name not in self._names:
            raise FileNotFoundError(errno.ENOENT, "no such file on the volume", name)
        died = self._strike(Op.DELETE)
        del self._names[name]
        self._renamed.setdefault(name, []).append(None)
        if died:
            raise self._dead()
        if directory:
            self.sync_names()

    def exists(self, name: str) -> bool:
        """Whether a name is there."""
        return name in self._names

    def used(self) -> int:
        """Bytes in all files."""
        return sum(len(content.live) for content in self._names.values())

    # --- between a volume and a real folder

    def save(self, folder: Path) -> None:
        """Write what programs see now as real files, for tools that open the default file system."""
        for name, content in self._names.items():
            (folder / name).write_bytes(content.live)

    def load(self, folder: Path) -> None:
        """Take the files of a folder over; they count as lasting."""
        for path in sorted(folder.iterdir()):
            self._names[path.name] = Content(bytearray(path.read_bytes()))
        self.sync_names()

    # --- inside

    def _strike(self, kind: Op) -> bool:
        """Count an operation; raise what was planned for it. True: the power fails while it happens."""
        if not self.running:
            raise self._dead()
        self.done[kind] += 1
        if not self._planned:
            return False
        for planned in self._planned:
            if kind in planned.kinds:
                planned.left -= 1
        due = next((p for p in self._planned if p.left == 0 and kind in p.kinds), None)
        if due is None:
            return False
        self._planned.remove(due)
        if due.error:
            raise OSError(due.error, "the disk refused")
        self.running = False
        if kind not in CHANGES:
            raise self._dead()
        return True

    def _dead(self) -> OSError:
        return OSError(errno.EIO, "the power failed")
