"""The body of a request as it comes: pieces kept until somebody reads them, and one reader who may wait.

Invariants: pieces come out in the order in which they came, each once; ``b""`` is the end and comes once all are out;
a body that nobody wants any more keeps nothing.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from douane.vocabulary.errors import BadRequest, SenderFault

UNREAD_BYTES: Final = 64 * 1024
"""More than that waits for its reader in the kernel, and with the sender."""


def _nobody() -> None:
    """Who was fed needs not be told that pieces were taken."""


class Body:
    """Octets that a connection feeds and a handler takes.

    taking: told when a reader takes what there is, or waits for more. octets: what is there already, whole.
    """

    __slots__ = ("_pieces", "_reader", "_taking", "broken", "ended", "unread", "wanted")

    def __init__(self, octets: bytes | None = None, taking: Callable[[], None] = _nobody) -> None:
        self._pieces: list[bytes] = [octets] if octets else []
        self._taking = taking
        self._reader: asyncio.Future[None] | None = None
        self.wanted = True
        """Whether somebody may still read it."""
        self.broken: SenderFault | None = None
        """Why the rest will not come."""
        self.ended = octets is not None
        """Whether all of it has come."""
        self.unread = len(octets or b"")
        """Octets that nobody has taken yet."""

    # --- the connection's side

    def feed(self, octets: bytes) -> None:
        """A piece came."""
        if self.wanted:
            self._pieces.append(octets)
            self.unread += len(octets)
            self._wake()

    def end(self) -> None:
        """It is whole."""
        self.ended = True
        self._wake()

    def cut(self, why: SenderFault | None = None) -> None:
        """The rest will not come; without a reason, for the connection has closed."""
        if not self.ended:
            closed = BadRequest("The connection closed before the body was whole.", remedy="Send it again.")
            self.broken = why or closed
            self._wake()

    def drop(self) -> None:
        """Nobody wants the rest: its answer is out."""
        self.wanted, self._pieces, self.unread = False, [], 0

    # --- the handler's side

    def whole(self) -> bytes | None:
        """What is left of it, if all of it has come."""
        if not self.ended:
            return None
        pieces, self._pieces, self.unread = self._pieces, [], 0
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    async def piece(self) -> bytes:
        """What came since the last piece; ``b""`` at the end. Raises BadRequest where the rest will not come."""
        while not self._pieces:
            if self.ended:
                return b""
            if self.broken is not None:
                raise self.broken
            self._taking()
            self._reader = asyncio.get_running_loop().create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        pieces, self._pieces, self.unread = self._pieces, [], 0
        self._taking()
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)
