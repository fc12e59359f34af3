"""Answers that refuse, told as they go out: whatever part of a door refused, and for whatever reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from douane.shared_services.web.answers import Response
from douane.shared_services.web.requests import Application, Request

REFUSES: Final = 400
"""From this status on an answer refuses a call, or says that it failed."""


def counted(application: Application, told: Callable[[int], None]) -> Application:
    """The same application; ``told`` hears the status of each answer that refuses."""

    async def telling(request: Request) -> Response:
        answer = await application(request)
        if answer.status >= REFUSES:
            told(answer.status)
        return answer

    return telling
