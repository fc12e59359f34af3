"""One administration's folder: files go in and out whole, once, whatever ends at whichever moment.

``in``: the program puts files there, by renaming them into place. ``out``: what is for it; it takes a file by moving or
deleting it. ``taken``: its files that were taken in, as they came. ``aside``: a file that the node failed on. ``ready``
and ``sent`` are ours: what is about to go out, and a mark for each message that went. All of them lie on one volume, so
that a rename is one step.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.shared_services.archiving.files import flush_folder, make_folder, write_durably
from douane.vocabulary.errors import StoreUnavailable, TooLarge

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of a file, where nothing else is set."""
BOUND: Final = 10_000
"""Messages that a program has not taken; beyond it, others wait in their lane."""
ANSWER: Final = "A"
"""Begins the name of an answer to a file; what is no answer begins with the position of its message."""
FOR_BOTH: Final = 0o660
"""Files for the program: its group reads and takes them."""
_UNFINISHED: Final = (".part", ".tmp")
_STRANGE = re.compile(r"[^A-Za-z0-9._-]")


class Folder:
    """Raises StoreUnavailable where the volume refuses; what was begun goes on when it is asked again."""

    def __init__(self, path: Path, largest: int = 0) -> None:
        self.path, self._largest = path, largest
        self._in, self._out, self._taken = path / "in", path / "out", path / "taken"
        self._ready, self._sent, self._aside = path / "ready", path / "sent", path / "aside"

    def prepare(self) -> None:
        """Make the folders that are missing."""
        for each in (self._in, self._out, self._taken, self._ready, self._sent, self._aside):
            if not each.is_dir():
                make_folder(each)

    def recover(self) -> None:
        """Finish what was begun: an answer goes out if its file was taken, and is made anew if not.

        For the one process that takes files; others may put at the same time.
        """
        for answer in sorted(self._ready.glob(f"{ANSWER}*")):
            if (self._taken / answer.stem).exists():
                self._release(answer.name)
            else:
                answer.unlink()

    # --- in

    def waiting(self, most: int) -> list[str]:
        """The names of the oldest files that are whole. Folders, links and the like are passed over."""
        found = []
        with os.scandir(self._in) as entries:
            for each in entries:
                if each.name.startswith(".") or each.name.endswith(_UNFINISHED):
                    continue
                if each.is_file(follow_symlinks=False):
                    found.append((each.stat(follow_symlinks=False).st_mtime_ns, each.name))
        return [name for _, name in sorted(found)[:most]]

    def read(self, name: str) -> bytes:
        """What a file holds. Raises TooLarge."""
        try:
            with os.fdopen(os.open(self._in / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise StoreUnavailable(f"{name} is no file any more.")
                most = self._largest or LARGEST
                content = file.read(most + 1)
        except OSError as problem:
            raise StoreUnavailable(
                f"{self._in / name} cannot be read: {problem.strerror}.", remedy="Give the node's user the right to."
            ) from problem
        if len(content) > most:
            raise TooLarge(f"The file has more than {most} bytes.", remedy="Split it.")
        return content

    def settle(self, name: str, content: bytes, answer: bytes, suffix: str) -> None:
        """Take a file in, and let its answer out: both or neither. ``answer``: empty for none."""
        key = key_of(name, content)
        if answer:
            write_durably(self._ready / f"{key}.{suffix}", answer, mode=FOR_BOTH)
        _move(self._in / name, self._taken / key)
        if answer:
            self._release(f"{key}.{suffix}")

    def set_aside(self, name: str) -> None:
        """Let the files behind it pass; an operator puts it back once it can be read."""
        _move(self._in / name, self._aside / _STRANGE.sub("_", name)[:200])

    # --- out

    def put(self, name: str, content: bytes, mark: str) -> None:
        """Let a message out under a name of its own; the same name again changes nothing, also once it was taken.

        ``mark`` tells messages apart: a folder that still knows the name of another node's message takes no other.
        """
        if not (self._sent / name).exists():
            if len(os.listdir(self._sent)) >= BOUND:
                raise StoreUnavailable(f"{self._out} takes no more.", remedy="Let its administration read it.")
            write_durably(self._ready / name, content, mode=FOR_BOTH)
            write_durably(self._sent / name, mark.encode())
        elif (self._sent / name).read_text() != mark:
            raise StoreUnavailable(
                f"{self._sent / name} was another message.", remedy="Give a new node a folder that no other has used."
            )
        if (self._ready / name).exists():
            self._release(name)

    def gone(self) -> Iterator[str]:
        """The names of messages that went out and were taken by the program."""
        sent = set(os.listdir(self._sent))
        there = {*os.listdir(self._ready), *os.listdir(self._out)}  # in this order: it goes from the one to the other
        yield from sorted(each for each in sent - there if not each.endswith(_UNFINISHED))

    def forget(self, name: str) -> None:
        """It is known elsewhere what became of this message."""
        (self._sent / name).unlink(missing_ok=True)

    def _release(self, name: str) -> None:
        _move(self._ready / name, self._out / name)


def key_of(name: str, content: bytes) -> str:
    """Under which name a file is kept, and its answer made: no other content has it, and its own name shows."""
    digest = sha256(name.encode(errors="surrogateescape") + b"\0" + content).hexdigest()[:16]
    return f"{ANSWER}{digest}-{_STRANGE.sub('_', name)[:100]}"


def _move(source: Path, target: Path) -> None:
    """Rename, durably: it is in the new place before it is gone from the old one."""
    try:
        source.rename(target)
        flush_folder(target.parent)
        flush_folder(source.parent)
    except OSError as problem:
        raise StoreUnavailable(
            f"{source.name} cannot be moved to {target.parent}: {problem.strerror}.",
            remedy="Let all folders of an administration lie on one volume that the node may write.",
        ) from problem
