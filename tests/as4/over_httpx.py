"""The sender port over a client of httpx: what tests use that answer in the process itself, or need no TLS."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from douane.shared_services.web.sending import Answering, Request
from douane.vocabulary.errors import PartnerUnreachable


class OverHttpx:
    """Sends by a client that its owner closes."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def close(self) -> None:
        await self._client.aclose()

    @asynccontextmanager
    async def send(self, request: Request) -> AsyncIterator[Answering]:
        asked = {"content": request.body, "headers": request.headers}
        try:
            async with self._client.stream(request.method, request.url, **asked) as answer:  # type: ignore[arg-type]
                yield Answering(answer.status_code, answer.headers, answer.aiter_bytes())
        except httpx.HTTPError as problem:
            raise PartnerUnreachable(f"no answer: {type(problem).__name__}") from problem
