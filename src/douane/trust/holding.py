"""Which octets of a followed file hold: in production those alone that two persons approved.

Who approved what is decided in the store, in the commit of the act. A core asks its store; it writes the digests down
as ``approved.json`` in its data folder for the doors that follow it there. A process with a link asks over it, and
writes the same down on its host; in one of pages no followed file is read until it was told once, so nobody comes in. A
file in other octets changes nothing while a node runs, since what was read before holds on, and ends a start.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from douane.shared_services.archiving.files import write_durably
from douane.vocabulary.errors import DeclarationFault

T = TypeVar("T")
FILE: Final = "approved.json"
LOOKS: Final = 5
"""At most so often a file is read that is replaced while it is judged."""
Digests = Mapping[str, Collection[str]]
"""By the name of a file the digests (SHA-256) of its octets that hold: two while one takes the place of another."""


def digest_of(path: Path) -> str:
    """The digest of a file; of no octets where there is none."""
    return sha256(_octets(path) or b"").hexdigest()


class Holding:
    """Judges followed files. needed: in production. What the store says is told to that of a core, which asks nobody
    else; that of another process reads what a core wrote down. told: nothing holds before somebody was told what
    does; else, before a node first began, whatever stands there."""

    def __init__(self, data: Path, *, needed: bool, told: bool = False) -> None:
        self._path, self.needed, self._told = data / FILE, needed, told
        self._decided: Digests | None = None

    @property
    def files(self) -> list[Path]:
        """What changes with what holds."""
        return [self._path]

    def take(self, digests: Digests) -> None:
        """Go on by what the store says now, and let other processes know."""
        self._decided = digests
        said = msgspec.json.encode({name: sorted(each) for name, each in sorted(digests.items())})
        if digests and (not self._path.is_file() or self._path.read_bytes() != said):
            write_durably(self._path, said)

    def now(self, path: Path) -> Collection[str]:
        """The digests of a file that hold now; none before a node first began."""
        return self._digests().get(path.name, ())

    def octets(self, path: Path) -> bytes | None:
        """What a file says, which holds; None where there is no file. What was judged is what is used,
        whatever stands there a moment later. Raises DeclarationFault for octets that nobody approved; before a node
        first began all are. It says nothing while nobody knows what holds."""
        if self.unknown():
            return b""
        found = None
        for _ in range(LOOKS):  # it may be replaced, as agreed, between a look at it and one at what holds
            before, found = found, _octets(path)
            if self._holds(path, found):
                return found
            if found == before:
                break
        raise DeclarationFault(
            f"{path} was changed by nobody of whom two persons know.",
            remedy="Put back what was approved (the data folder has it, lodged under its digest), and propose the"
            " change: see docs/four-eyes.md.",
        )

    def _holds(self, path: Path, octets: bytes | None) -> bool:
        wanted = self._digests().get(path.name) if self.needed else None
        return wanted is None or sha256(octets or b"").hexdigest() in wanted

    def known(self) -> dict[str, tuple[str, ...]]:
        """What holds, as it is told to hosts without a core."""
        return {name: tuple(each) for name, each in self._digests().items()}

    def unknown(self) -> bool:
        """Whether nothing holds here, since nobody has said yet what does."""
        return self.needed and self._told and not self._digests()

    def must_hold(self, path: Path) -> None:
        """Raise DeclarationFault for a file in octets that nobody approved."""
        self.octets(path)

    def reading(self, path: Path, read: Callable[[str], T]) -> Callable[[], T]:
        """Reads a file that must hold: its text is given on, of no characters where there is no file."""

        def judged() -> T:
            try:
                return read((self.octets(path) or b"").decode())
            except UnicodeDecodeError as problem:
                raise DeclarationFault(f"{path} is no text in UTF-8.", remedy="Put back what was.") from problem

        return judged

    def _digests(self) -> Digests:
        if self._decided is not None:
            return self._decided
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, tuple[str, ...]])
        except FileNotFoundError:
            return {}
        except (OSError, msgspec.MsgspecError) as problem:
            raise DeclarationFault(
                f"{self._path} cannot be read.", remedy="The core of the node writes it."
            ) from problem


def _octets(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
