"""Answers, told as they go out: whatever part of a door made them, and for whatever reason."""

from __future__ import annotations

from collections.abc import Callable

from douane.shared_services.web.answers import MAINTENANCE, Response
from douane.shared_services.web.requests import Application, Request
from douane.vocabulary.errors import UnderMaintenance


def counted(application: Application, told: Callable[[str], None]) -> Application:
    """The same application; ``told`` hears the status of each answer, of maintenance its error code."""

    async def telling(request: Request) -> Response:
        answer = await application(request)
        told(UnderMaintenance.code if (MAINTENANCE, "1") in answer.headers else str(answer.status))
        return answer

    return telling
