"""What both ends of a link do alike: hold their transport, and write what one turn of the loop says as one piece."""

from __future__ import annotations

import asyncio
from typing import cast

from douane.shared_services.link.frames import Frame, write


class End(asyncio.Protocol):
    """One end of one connection."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._held: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """There is a line."""
        self._transport = cast("asyncio.Transport", transport)  # uvloop's transports are of no class of asyncio

    def _send(self, frame: Frame) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        if not self._held:
            asyncio.get_running_loop().call_soon(self._flush)
        self._held.append(write(frame))

    def _flush(self) -> None:
        held, self._held = self._held, []
        if held and self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"".join(held))
