"""Sessions of people in a browser, and the one-time entrances that begin them: records of the server, in files.

Invariants. (1) A browser holds a random name; the file is called by its SHA-256, so nobody who reads the folder can
make a cookie of what he finds. (2) A session lies in the folder of one platform and is found through no other. (3) An
entrance is used once: of two who try, the renaming of its file decides. (4) Times follow the real clock, and what is
over is as if it had never been. (5) A session names a registered client; what that client may do is asked anew with
each request, so that a right taken away is gone at once.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from douane.identity.principals import Principal, Proof, ProofKind
from douane.identity.register import Client
from douane.model.circles import Platform
from douane.vocabulary.errors import NotAuthenticated, StoreUnavailable

MINUTE: Final = 60 * 1_000_000
ENTRANCE: Final = 10 * MINUTE
"""How long a one-time link holds (microseconds)."""
IDLE: Final = 30 * MINUTE
LONGEST: Final = 8 * 60 * MINUTE
"""A session ends after so long without a request, and after so long in any case."""
T = TypeVar("T", "Session", "Entrance")
_NAME_BYTES: Final = 32
_ENTRANCES: Final = "entrances"


class Session(msgspec.Struct, frozen=True):
    """Somebody who is signed in. ``token``: what the forms of this session carry. Times in microseconds since 1970."""

    client: str
    platform: str
    token: str
    opened: int


class Entrance(msgspec.Struct, frozen=True):
    """A way in that was given to somebody. ``to``: the page that it leads to. ``by``: who gave it."""

    client: str
    platform: str
    to: str
    given: int
    by: str = ""


class Entered(msgspec.Struct, frozen=True):
    """A session that has just begun: the name that the browser keeps, and where it goes."""

    name: str
    session: Session
    to: str


class Sessions:
    """The sessions of a node. ``random``: as many random octets as are asked for; ``now``: of the real clock."""

    def __init__(self, folder: Path, *, now: Callable[[], int], random: Callable[[int], bytes]) -> None:
        self._folder, self._now, self._random = folder, now, random

    def invite(self, client: str, platform: Platform, *, to: str = "/", by: str = "") -> str:
        """A secret that lets somebody in once, within ten minutes. Raises StoreUnavailable."""
        secret = self._name()
        self._write(self._path(_ENTRANCES, secret), Entrance(client, platform.value, to, self._now(), by))
        return secret

    def enter(self, platform: Platform, secret: str) -> Entered:
        """Use an entrance. Raises NotAuthenticated for one that is unknown, used, too old, or for another platform."""
        path = self._path(_ENTRANCES, secret)
        taken = path.with_suffix(f".{self._random(8).hex()}")
        refusal = NotAuthenticated(
            "This link has been used, is older than ten minutes, or leads elsewhere.",
            remedy="Ask for a new one: choose a person on the start page, or run douane enter.",
        )
        try:
            path.rename(taken)
        except OSError:
            raise refusal from None
        entrance = self._read(taken, Entrance)
        taken.unlink(missing_ok=True)
        now = self._now()
        if entrance is None or entrance.platform != platform.value or not 0 <= now - entrance.given <= ENTRANCE:
            raise refusal
        self._forget_old(platform)
        name = self._name()
        session = Session(entrance.client, platform.value, self._name(), now)
        self._write(self._path(platform.value, name), session)
        return Entered(name, session, entrance.to)

    def find(self, platform: Platform, name: str) -> Session | None:
        """The session behind the name that a browser holds; None where there is none, or it is over."""
        path = self._path(platform.value, name)
        session = self._read(path, Session) if name else None
        if session is None:
            return None
        now = self._now()
        seen = path.stat().st_mtime_ns // 1000
        if session.platform != platform.value or now - seen > IDLE or now - session.opened > LONGEST:
            path.unlink(missing_ok=True)
            return None
        if now - seen > MINUTE:
            os.utime(path, ns=(now * 1000, now * 1000))
        return session

    def end(self, platform: Platform, name: str) -> None:
        """End a session."""
        self._path(platform.value, name).unlink(missing_ok=True)

    def _path(self, kind: str, name: str) -> Path:
        return self._folder / kind / hashlib.sha256(name.encode()).hexdigest()

    def _name(self) -> str:
        return base64.urlsafe_b64encode(self._random(_NAME_BYTES)).decode().rstrip("=")

    def _read(self, path: Path, kind: type[T]) -> T | None:
        try:
            return msgspec.json.decode(path.read_bytes(), type=kind)
        except (OSError, msgspec.MsgspecError):
            return None

    def _write(self, path: Path, content: Session | Entrance) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(msgspec.json.encode(content))
        except OSError as problem:
            raise StoreUnavailable(
                f"{path.parent} cannot be written.", remedy="Mend its rights, or make room."
            ) from problem

    def _forget_old(self, platform: Platform) -> None:
        """Remove files of sessions and entrances that are over: whoever enters sweeps, so none stay for ever."""
        for kind, longest in ((platform.value, LONGEST), (_ENTRANCES, ENTRANCE)):
            for path in self._folder.joinpath(kind).glob("*"):
                with contextlib.suppress(OSError):
                    if self._now() - path.stat().st_mtime_ns // 1000 > longest:
                        path.unlink()


def principal_of(session: Session, client: Client) -> Principal:
    """The caller of a session: its client as it is registered now."""
    proof = Proof(ProofKind.SESSION, hashlib.sha256(session.token.encode()).hexdigest())
    return Principal(
        id=client.id, kind=client.kind, circle=client.circle, proof=proof, country=client.country, eori=client.eori,
        administration=client.administration, roles=client.roles,
    )  # fmt: skip
