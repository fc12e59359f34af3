"""The bus over REST: the registry of services, at addresses that stay the same whoever provides a service.

``GET /services`` pages through the registry, ``GET /services/SERVICE/vN`` shows one version with its contract. They are
the queries of the service bus under addresses of their own; a circle to which those are not open finds nothing here.
"""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec

from douane.channels.rest.translation import trace_id
from douane.runtime.door import Call, Caller, Door
from douane.shared_services.web.asgi import Request, Response, json_response
from douane.vocabulary.errors import BadQuery, NotFound

NAME: Final = "rest"
FIND: Final = "service_bus.find"
SHOW: Final = "service_bus.show"
ADDRESSES: Final = {FIND: "/services", SHOW: "/services/{service}/{version}"}
"""Where these two questions have addresses of their own."""
_VERSION = re.compile(r"v([1-9][0-9]{0,2})")


class Services:
    """The part of the REST channel that speaks for the bus."""

    def __init__(self, door: Door) -> None:
        self._door = door

    async def serve(self, request: Request, caller: Caller, parts: tuple[str, ...]) -> Response:
        """Answer a request whose path begins with ``services``. Raises NotFound."""
        match (request.method, *parts):
            case ("GET", "services"):
                return await self._list(request, caller)
            case ("GET", "services", service, version):
                return json_response(await self._shown(request, caller, service, version))
            case _:
                raise NotFound("Nothing is served at this address.", remedy="GET /services lists what is.")

    async def _list(self, request: Request, caller: Caller) -> Response:
        query = dict(parse_qsl(request.query.decode("latin-1")))
        limit = query.get("limit", "50")
        if not limit.isdecimal() or not 1 <= int(limit[:9]) <= 500:
            raise BadQuery(f"{limit[:20]!r} is no limit.", remedy="Ask for 1 to 500 services.")
        wanted = {"after": query.get("after", ""), "limit": int(limit)}
        return json_response(await self._ask(request, caller, FIND, wanted))

    async def _shown(self, request: Request, caller: Caller, service: str, version: str) -> Any:
        found = _VERSION.fullmatch(version)
        if found is None:
            raise NotFound(f"{version[:20]!r} is no version.", remedy="Write it like v1.")
        return await self._ask(request, caller, SHOW, {"service": service, "version": int(found[1])})

    async def _ask(self, request: Request, caller: Caller, operation: str, question: dict[str, Any]) -> Any:
        body, trace = msgspec.json.encode(question), trace_id(request.header("traceparent"))
        return await self._door.ask(Call(caller, NAME, body, True, operation=operation, trace=trace))
