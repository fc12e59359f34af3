"""The REST channel: what a door answers.

``POST /v1/messages`` takes any message (the root element, or ``?type=``, names it), ``POST /SERVICE/v1/OPERATION`` one
operation's, both with attachments as ``multipart/related``; ``GET /v1/inbox`` and ``POST /v1/inbox/ID/ack`` collect
answers; ``GET /v1/feeds/EVENT`` follows an event.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

import msgspec

from douane.channels.rest.attachments import LARGEST, MULTIPART, Parts
from douane.channels.rest.client import ANSWERS, RECIPIENT
from douane.channels.rest.openapi import document
from douane.channels.rest.services import ADDRESSES, KEPT, Services
from douane.channels.rest.translation import ending_headers, item_json, receipt_json, status_json
from douane.model.declare import Kind, Operation
from douane.model.routes import Opening, Route
from douane.runtime.door.describing import Describing
from douane.runtime.door.door import Authenticated, Call, Door, party_of
from douane.runtime.door.link import asker_of
from douane.runtime.store.ports import Payloads
from douane.shared_services.monitoring.trace_context import context_of
from douane.shared_services.web.answers import JSON, Response, json_response
from douane.shared_services.web.browsers import is_json, is_xml, wrong_media
from douane.shared_services.web.requests import (
    Application,
    Limits,
    Refuse,
    Request,
    application,
    http_form,
    told_as_problem,
)
from douane.standards.mime.kinds import Taken
from douane.vocabulary.errors import BadQuery, DouaneError, NotFound, NotOffered, SenderFault
from douane.vocabulary.listing import MOST_LISTED

NAME = "rest"
LONGEST_WAIT = 30.0
LIMITS = Limits(body=4 * 1024 * 1024, seconds=30.0)
SEND = Route(NAME, "POST", "/v1/messages", Opening.CALLER)
STATUS = Route(NAME, "GET", "/v1/messages/{item}", Opening.CALLER)
COLLECT = Route(NAME, "GET", "/v1/inbox", Opening.CALLER)
ACKNOWLEDGE = Route(NAME, "POST", "/v1/inbox/{item}/ack", Opening.CALLER)
DESCRIBE = Route(NAME, "GET", "/openapi.json", Opening.CALLER)
TAKEN = (JSON, "application/xml", MULTIPART)
"""Media types of messages; text/xml and formats made of JSON or XML are taken as well."""
_HOST: Final = re.compile(r"[A-Za-z0-9.\-]{1,253}(?::[0-9]{1,5})?|\[[0-9a-fA-F:.]{2,45}\](?::[0-9]{1,5})?")
"""A host as a client names it, so that what was asked for is described at the address by which it was reached."""
_ANYWHERE: Final = b'"servers":[{"url":"/"'
"""How a document names its server as it is kept."""
Answering = Callable[[Request, Authenticated], Awaitable[Response]]


def routes(operations: Iterable[Operation]) -> Iterator[Route]:
    """The addresses of this channel: its own, and one for each operation."""
    yield from (SEND, STATUS, COLLECT, ACKNOWLEDGE, DESCRIBE)
    for each in operations:
        if each.fills in ADDRESSES:
            yield Route(NAME, *ADDRESSES[each.fills], Opening.OPERATION, (each.qualified,))
        if each.kind is Kind.EVENT:
            yield Route(NAME, "GET", f"/v1/feeds/{each.qualified}", Opening.OPERATION, (each.qualified,))
        else:
            yield Route(NAME, "POST", f"/{each.service}/v1/{each.name}", Opening.OPERATION, (each.qualified,))


class Rest:
    """REST over one door.

    payloads: where attachments go; without it none are taken. limits: of a message. attachments: octets of all that
    come with one message. describing: keeps what describes this channel.
    """

    def __init__(
        self,
        door: Door,
        payloads: Payloads | None = None,
        limits: Limits = LIMITS,
        attachments: int = LARGEST,
        describing: Describing | None = None,
    ) -> None:
        self._door, self._payloads, self._describing = door, payloads, describing or Describing()
        self._limits, self._attachments = limits, attachments
        self._services = Services(door, self._operation)
        self.routes = tuple(routes(door.catalogue.operations.values()))
        named = {(r.method, r.path): r.operations for r in self.routes}
        self._queries = {
            address: door.catalogue.operation(names[0]) for address, names in named.items() if len(names) == 1
        }
        self._table = {route.address: self._answering(route) for route in self.routes if "{" not in route.path}

    def application(
        self, failed: Callable[[BaseException], None] | None = None, refuse: Refuse = told_as_problem
    ) -> Application:
        """What answers requests. ``refuse``: the form of a refusal."""
        return application(self._serve, self._limits, failed, refuse)

    async def _serve(self, request: Request) -> Response:
        method, path = request.method, f"/{request.path.strip('/')}"
        caller = self._caller(request, (method, path))
        answering = self._table.get((method, path))
        if answering is not None:
            return await answering(request, caller)
        parts = path.split("/")
        if (method, *parts[1:3], *parts[4:]) == ("POST", "v1", "inbox", "ack"):
            await self._door.acknowledge(caller, parts[3], NAME, _box(request))
            return Response(204)
        if (method, *parts[1:3]) == ("GET", "v1", "messages") and len(parts) == 4:
            return await self._status(parts[3], request, caller)
        if parts[1] in ("services", "exchanges"):
            return await self._bus(request, caller)
        raise self._unknown(caller, method, path)

    def _unknown(self, caller: Authenticated, method: str, path: str) -> NotFound | NotOffered:
        """What is not served here; of an address that is open to the caller, by which method it is."""
        for route in self.routes:
            operation = self._queries.get(route.address) if route.operations else None
            if route.path == path and (operation is None or self._door.gate.open_to(caller, operation)):
                error = NotOffered(f"{method} is not possible here.", remedy="GET /openapi.json lists what is.")
                error.offered = (route.method,)
                return error
        remedy = "GET /openapi.json lists what is open to you here."
        return NotFound("Nothing is served at this address.", remedy=remedy)

    def _caller(self, request: Request, address: tuple[str, str]) -> Authenticated:
        """Who is calling: whoever shows something must prove it; nobody in particular is let in to public queries."""
        shown = request.certificate or request.header("authorization")
        nobody = None if shown else self._door.public(self._queries.get(address))
        if nobody is not None:
            request.stay_unknown()
            return nobody
        caller = self._door.authenticate(request.certificate, request.header("authorization"), request.possession)
        request.belong(party_of(caller))
        return caller

    def _answering(self, route: Route) -> Answering:
        match route.operations:
            case (name,):
                operation = self._door.catalogue.operation(name)
                if operation.fills in ADDRESSES and route.address == ADDRESSES[operation.fills]:
                    return self._bus
                if operation.kind is Kind.EVENT:
                    return functools.partial(self._feed, name)
                return functools.partial(self._operation, operation)
            case _:
                return {SEND: self._any, COLLECT: self._inbox, DESCRIBE: self._describe}[route]

    async def _describe(self, request: Request, caller: Authenticated) -> Response:
        host = request.header("host")
        server = f"https://{host}" if _HOST.fullmatch(host) else "/"
        door, asker = self._door, asker_of(caller.caller, request.holder)
        written = await self._describing.kept(
            asker, lambda: (each.qualified for each in door.offered(caller)), lambda: self._document(caller)
        )
        return Response(200, written.replace(_ANYWHERE, _ANYWHERE.replace(b"/", server.encode()), 1), JSON)

    def _document(self, caller: Authenticated) -> bytes:
        """The same at whatever address it is asked for."""
        door, known = self._door, self._door.catalogue
        shown = document(door.platform.value, door.offered(caller), known.family, "/", known.names())
        return msgspec.json.encode(shown)

    async def _bus(self, request: Request, caller: Authenticated) -> Response:
        return await self._services.serve(request, caller, tuple(request.path.strip("/").split("/")))

    async def _any(self, request: Request, caller: Authenticated) -> Response:
        return await self._message(request, caller, "")

    async def _operation(self, operation: Operation, request: Request, caller: Authenticated) -> Response:
        self._door.check(caller, operation)  # before anything of the body is read
        answer = await self._served(operation, request, caller)
        return replace(answer, headers=(*answer.headers, *_ending(operation)))

    async def _served(self, operation: Operation, request: Request, caller: Authenticated) -> Response:
        if operation.kind is not Kind.QUERY:
            return await self._message(request, caller, operation.qualified)
        if not is_json(request.header("content-type")):
            raise wrong_media(request.header("content-type"), (JSON,))
        trace = context_of(request.header("traceparent"))
        call = Call(
            caller, NAME, await request.body(), True, operation=operation.qualified, trace=trace,
            stranger=request.holder,
        )  # fmt: skip
        async with request.waiting(float(self._door.catalogue.asks_others(operation.qualified))):
            return json_response(await self._door.ask(call))

    async def _message(self, request: Request, caller: Authenticated, operation: str) -> Response:
        media = request.header("content-type")
        if media.lower().startswith(MULTIPART) and self._payloads is not None:
            return await self._with_attachments(request, caller, operation, self._payloads)
        if not (is_json(media) or is_xml(media)):
            raise wrong_media(media, TAKEN)
        return await self._received(self._call(request, caller, operation, await request.body(), media))

    async def _with_attachments(
        self, request: Request, caller: Authenticated, operation: str, payloads: Payloads
    ) -> Response:  # fmt: skip
        parts = Parts(request, payloads, self._limits.body, self._attachments)

        async def settle(call: Call, taken: Taken) -> Call:
            attached = await parts.attachments(party_of(caller), taken)
            if parts.signature is not None:
                name, written = parts.signature
                others = {each.name: each.digest for each in attached if each.name != name}
                call = self._door.signed_beside(call, written, parts.name, others)
            return replace(call, attachments=attached)

        try:
            call = self._call(request, caller, operation, await parts.message(), parts.media)
            return await self._received(replace(call, settle=settle))
        except DouaneError as problem:
            if isinstance(problem, SenderFault):  # after a fault of ours the core may have the message all the same
                await parts.take_back()
            await parts.drop()
            raise
        finally:
            parts.discard()

    def _call(self, request: Request, caller: Authenticated, operation: str, body: bytes, media: str) -> Call:
        json = is_json(media)
        return Call(
            caller, NAME, body, json, request.parameters.get("type", ""), operation,
            request.header("message-id")[:35], context_of(request.header("traceparent")),
            form=http_form(request, KEPT), refers_to=request.header(ANSWERS)[:35] if json else "",
            recipient=request.header(RECIPIENT)[:60] if json else "",
        )  # fmt: skip

    async def _received(self, call: Call) -> Response:
        receipt = await self._door.receive(call)
        return json_response(receipt_json(receipt), 202, (("location", f"/v1/messages/{receipt.position:x}"),))

    async def _inbox(self, request: Request, caller: Authenticated) -> Response:
        cursor, limit, wait = _page(request)
        async with request.waiting(wait):
            items, after = await self._door.collect(caller, cursor, limit, wait, _box(request))
        return json_response({"items": [item_json(each) for each in items], "after": after})

    async def _status(self, item: str, request: Request, caller: Authenticated) -> Response:
        cursor, limit, _ = _page(request)
        return json_response(status_json(await self._door.status(caller, item, cursor, limit)))

    async def _feed(self, event: str, request: Request, caller: Authenticated) -> Response:
        cursor, limit, wait = _page(request)
        async with request.waiting(wait):
            items, after = await self._door.follow(caller, event, cursor, limit, wait)
        return json_response({"items": [item_json(each) for each in items], "after": after})


def _ending(operation: Operation) -> tuple[tuple[str, str], ...]:
    """How long an operation is served that is on its way out."""
    end = operation.ending
    if end is None:
        return ()
    successor = f"/{operation.service}/v1/{end.successor}" if end.successor else ""
    return ending_headers(end.deprecated, end.sunset, successor)


def _page(request: Request) -> tuple[str, int, float]:
    """Cursor, limit and seconds to wait, as the query string asks for a page."""
    query = request.parameters
    wait, limit = _number(query.get("wait") or "0", LONGEST_WAIT), query.get("limit") or "50"
    if not limit.isascii() or not limit.isdecimal() or not int(limit[:9]):
        raise BadQuery(f"{limit[:20]!r} is no limit.", remedy=f"Ask for 1 to {MOST_LISTED} messages.")
    return query.get("after", ""), min(int(limit[:9]), MOST_LISTED), wait


def _box(request: Request) -> str:
    """The box beside the inbox that is meant; empty for the inbox itself."""
    return request.parameters.get("box", "")


def _number(text: str, most: float) -> float:
    try:
        value = float(text)
    except ValueError as problem:
        raise BadQuery(f"{text[:20]!r} is no number.", remedy="Give wait in seconds.") from problem
    if not math.isfinite(value) or value < 0:
        raise BadQuery(f"{text[:20]!r} is no time to wait.", remedy="Give wait in seconds, from 0.")
    return min(value, most)
