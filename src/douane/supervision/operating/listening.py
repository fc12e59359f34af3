"""The socket in the data folder by which the operator's commands and door reach each process of a node that runs.

``operator/N.sock`` of worker N and ``operator/door-N.sock``, mode 0600 in a folder of mode 0700; who connects must run
as the user of the node, or as root, as the system says. A connection carries one act, a line of JSON (``Asked``), or
the word ``LOOK``, or what a console asks (``Watch``), and one line back (``Answer``).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Final, TypeVar

import msgspec
from msgspec import Meta

from douane.identity.operators import USER, Doer
from douane.supervision.operating.acts import Acts
from douane.supervision.operating.local_sockets import bound, is_ours, user_of
from douane.supervision.operating.outcome import Asked, Outcome
from douane.vocabulary.errors import (
    BadRequest,
    DouaneError,
    Elsewhere,
    NotAuthenticated,
    NotFound,
    OurFault,
    Overloaded,
)

FOLDER: Final = "operator"
LARGEST: Final = 16 * 1024
"""Octets of a line."""
T = TypeVar("T", bound=msgspec.Struct)
WATCH: Final = b'{"watch":'
"""How a line of a console begins."""
LOOK: Final = b"look\n"
"""Asks what a process sees of itself."""
SECONDS: Final = 5.0
"""For the line to come."""
AT_ONCE: Final = 16


def user(number: int, asked: Asked) -> Doer:
    """A user of this machine, as an act names him, with the account that he says is his."""
    return Doer(user=f"{USER}{number}", named=asked.account)


class Refusal(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why nothing was done: an error of our tree. partition: whose owner could, where this process is not it."""

    code: str
    text: str
    remedy: str = ""
    partition: int = -1


class Sight(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a process sees of itself: its parts with what is wrong, what to look at, its metrics as Prometheus text."""

    parts: dict[str, str] = {}
    notes: dict[str, str] = {}
    metrics: str = ""


class Watch(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the console of another process of the node wants to be told, or has done for who signed in there.

    proof: of the one supervisor that started both: a command knows none, so it says for nobody that he signed in.
    """

    watch: str
    proof: str
    said: Annotated[tuple[str, ...], Meta(max_length=8)] = ()
    doer: Doer | None = None


Watched = Callable[[Watch], Awaitable[object]]


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of an act, or why nothing was done; or what a process sees; or what a console is told."""

    outcome: Outcome | None = None
    refused: Refusal | None = None
    sight: Sight | None = None
    told: msgspec.Raw = msgspec.Raw(b"null")


def socket_of(data: Path, worker: int) -> Path:
    """Where a core listens."""
    return data / FOLDER / f"{worker}.sock"


def door_socket_of(data: Path, number: int, role: str = "doors") -> Path:
    """Where doors, or pages, in a process of their own listen."""
    return data / FOLDER / f"{'pages' if role == 'pages' else 'door'}-{number}.sock"


class OperatorSocket:
    """Listens as long as its process runs. acts: None where a process does none. watched: answers the console."""

    def __init__(
        self, path: Path, acts: Acts | None, failed: Callable[[BaseException], None], look: Callable[[], Sight],
        watched: Watched | None = None,
    ) -> None:  # fmt: skip
        self._path, self._acts, self._failed, self._look, self._watched = path, acts, failed, look, watched
        self._server: asyncio.Server | None = None
        self._open = 0

    async def start(self) -> None:
        """Listen, in the place of what a former process left."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._server = await asyncio.start_unix_server(self._serve, sock=bound(self._path), limit=LARGEST)

    async def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.close()
            self._path.unlink(missing_ok=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open += 1
        try:
            answer = await self._answer(reader, writer)
            writer.write(msgspec.json.encode(answer) + b"\n")
            await writer.drain()
        except OSError:
            pass  # who asked is gone; what was done is done, and he may ask the same again
        finally:
            self._open -= 1
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Answer:
        try:
            peer = writer.get_extra_info("socket")
            if not is_ours(peer):
                raise NotAuthenticated("This socket is the node's own user's.", remedy="Run the command as that user.")
            if self._open > AT_ONCE:
                raise Overloaded("Too many acts are being done.", remedy="Ask again shortly.")
            line = await _line(reader)
            if line == LOOK:
                return Answer(sight=self._look())
            if self._acts is None:
                raise NotFound("This process does no acts.", remedy="Ask a core of the node.")
            if self._watched is not None and line.startswith(WATCH):
                told = await self._watched(_read(line, Watch))
                return Answer(told=msgspec.Raw(msgspec.json.encode(told)))
            asked = _read(line, Asked)
            return Answer(await self._acts.perform(asked, user(user_of(peer), asked)))
        except DouaneError as problem:
            return Answer(refused=_refusal(problem))
        except Exception as problem:  # noqa: BLE001 - one act must not end the socket
            self._failed(problem)
            return Answer(refused=_refusal(OurFault("The node failed; its log says where.")))


def _refusal(problem: DouaneError) -> Refusal:
    partition = problem.partition if isinstance(problem, Elsewhere) else -1
    return Refusal(problem.code, problem.text, problem.remedy, partition)


async def _line(reader: asyncio.StreamReader) -> bytes:
    try:
        async with asyncio.timeout(SECONDS):
            return await reader.readuntil(b"\n")
    except (TimeoutError, asyncio.IncompleteReadError, asyncio.LimitOverrunError) as problem:
        raise BadRequest("No act came.", remedy=f"Send a line of JSON of at most {LARGEST} octets.") from problem


def _read(line: bytes, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(line, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise BadRequest(f"This is no act: {problem}.") from problem
