"""The REST channel: one ASGI application over a door.

``POST /v1/messages`` takes any message (the root element, or ``?type=``, names it), ``POST /SERVICE/v1/OPERATION`` one
operation's; ``GET /v1/inbox`` and ``POST /v1/inbox/ID/ack`` collect answers; ``GET /v1/feeds/EVENT`` follows an event.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from urllib.parse import parse_qsl

from douane.channels.rest.openapi import document
from douane.channels.rest.services import Services
from douane.channels.rest.translation import item_json, receipt_json, trace_id
from douane.model.declare import Kind
from douane.runtime.door import Call, Caller, Door
from douane.shared_services.web.asgi import (
    Application,
    Limits,
    Request,
    Response,
    application,
    http_form,
    json_response,
)
from douane.vocabulary.errors import BadQuery, NotFound, NotOffered

NAME = "rest"
LONGEST_WAIT = 30.0
LIMITS = Limits(body=8 * 1024 * 1024, seconds=30.0)
_KEPT = ("content-type", "message-id", "content-digest", "signature-input", "signature")
"""Headers that say something of the message: kept for evidence."""


class Rest:
    """REST over one door."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._services = Services(door)

    def application(self, failed: Callable[[BaseException], None] | None = None) -> Application:
        """The ASGI application."""
        return application(self._serve, LIMITS, failed)

    async def _serve(self, request: Request) -> Response:
        caller = self._door.authenticate(request.certificate, request.header("authorization"))
        parts = tuple(request.path.strip("/").split("/"))
        match (request.method, *parts):
            case ("POST", "v1", "messages"):
                return await self._message(request, caller, "")
            case ("GET", "v1", "inbox"):
                return await self._inbox(request, caller)
            case ("POST", "v1", "inbox", item, "ack"):
                await self._door.acknowledge(caller, item)
                return Response(204)
            case ("GET", "v1", "feeds", event):
                return await self._feed(request, caller, event)
            case ("GET", "openapi.json"):
                return json_response(document(self._door.platform.value, self._door.offered(caller)))
            case (_, "services", *_):
                return await self._services.serve(request, caller, parts)
            case ("POST", service, "v1", operation):
                return await self._operation(request, caller, f"{service}.{operation}")
            case _:
                raise _unknown(request.method, parts)

    async def _operation(self, request: Request, caller: Caller, name: str) -> Response:
        operation = self._door.catalogue.operation(name)
        if operation.kind is not Kind.QUERY:
            return await self._message(request, caller, name)
        trace = trace_id(request.header("traceparent"))
        call = Call(caller, NAME, await request.body(), True, operation=name, trace=trace)
        return json_response(await self._door.ask(call))

    async def _message(self, request: Request, caller: Caller, operation: str) -> Response:
        query = dict(parse_qsl(request.query.decode("latin-1")))
        json = "json" in request.header("content-type")
        call = Call(
            caller, NAME, await request.body(), json, query.get("type", ""), operation,
            request.header("message-id")[:35], trace_id(request.header("traceparent")), form=http_form(request, _KEPT),
        )  # fmt: skip
        receipt = await self._door.receive(call)
        return json_response(receipt_json(receipt), 202, (("location", f"/v1/messages/{receipt.position:x}"),))

    async def _inbox(self, request: Request, caller: Caller) -> Response:
        cursor, limit, wait = _page(request)
        items, after = await self._door.collect(caller, cursor, limit, wait)
        return json_response({"items": [item_json(each) for each in items], "after": after})

    async def _feed(self, request: Request, caller: Caller, event: str) -> Response:
        cursor, limit, wait = _page(request)
        items, after = await self._door.follow(caller, event, cursor, limit, wait)
        return json_response({"items": [item_json(each) for each in items], "after": after})


def _page(request: Request) -> tuple[str, int, float]:
    """Cursor, limit and seconds to wait, as the query string asks for a page."""
    query = dict(parse_qsl(request.query.decode("latin-1")))
    wait, limit = _number(query.get("wait", "0"), LONGEST_WAIT), _number(query.get("limit", "50"), 500)
    return query.get("after", ""), int(limit), wait


def _number(text: str, most: float) -> float:
    try:
        value = float(text)
    except ValueError as problem:
        raise BadQuery(f"{text[:20]!r} is no number.", remedy="Give wait in seconds, limit as a count.") from problem
    if not math.isfinite(value):
        raise BadQuery(f"{text[:20]!r} is no number.", remedy="Give wait in seconds, limit as a count.")
    return min(max(value, 0.0), most)


def _unknown(method: str, parts: tuple[str, ...]) -> NotFound | NotOffered:
    if parts in (("v1", "messages"), ("v1", "inbox"), ("openapi.json",)):
        error = NotOffered(f"{method} is not possible here.", remedy="GET /openapi.json lists what is.")
        error.offered = ("POST",) if parts == ("v1", "messages") else ("GET",)
        return error
    return NotFound("Nothing is served at this address.", remedy="GET /openapi.json lists what is open to you here.")
