"""Answers that refuse, told as they go out: whatever part of a door refused, and for whatever reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from douane.shared_services.web.asgi import Application, Message, Receive, Scope, Send

REFUSES: Final = 400
"""From this status on an answer refuses a call, or says that it failed."""


def counted(application: Application, told: Callable[[int], None]) -> Application:
    """The same application; ``told`` hears the status of each answer that refuses."""

    async def telling(scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= REFUSES:
                told(message["status"])
            await send(message)

        await application(scope, receive, sending)

    return telling
