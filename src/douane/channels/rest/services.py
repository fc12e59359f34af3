"""The bus over REST: the registry, and the addresses of services, which stay the same whoever provides a service.

``GET /services`` pages through the registry, ``GET /services/SERVICE/vN`` shows a version with its contract,
``POST /services/SERVICE/vN/OPERATION`` calls it with the bare body, ``GET /exchanges/REFERENCE`` gives the end of an
exchange, ``POST /exchanges/REFERENCE`` is the provider's reply. They are operations of the service bus under addresses
of their own; a circle to which those are not open finds nothing here.

An accepted call is on disk before anybody waits for its answer. Who waits gets the same end as who comes back later.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, Final

import msgspec

from douane.channels.rest.translation import ending_headers, receipt_json
from douane.model.declare import Operation
from douane.model.needs import CALL, EXCHANGE, REPLY, SERVICE, SERVICES, Need
from douane.runtime.door.door import Authenticated, Call, Door
from douane.shared_services.monitoring.trace_context import context_of
from douane.shared_services.web.answers import JSON, Response, json_response, problem
from douane.shared_services.web.browsers import is_json, is_xml, wrong_media
from douane.shared_services.web.requests import Request, http_form
from douane.standards.content_schema.checking import check_size
from douane.vocabulary.errors import BadQuery, BadRequest, DouaneError, Fault, NotFound, NotValid, error_of

NAME: Final = "rest"
ADDRESSES: Final = {
    SERVICES: ("GET", "/services"),
    SERVICE: ("GET", "/services/{service}/{version}"),
    CALL: ("POST", "/services/{service}/{version}/{operation}"),
    EXCHANGE: ("GET", "/exchanges/{reference}"),
    REPLY: ("POST", "/exchanges/{reference}"),
}
"""Where operations that meet these needs have addresses of their own, by method and path."""
LONGEST: Final = 40.0
"""Seconds for which a caller waits at most: longer than every time limit."""
PATIENCE: Final = 50
"""Tenths of a second until a call that was accepted and not yet looked at is left to be asked for later."""
ELSEWHERE: Final = 0.5
"""Seconds between two looks at an exchange whose end is told elsewhere: pushed, or in the box of answers."""
Hosted = Callable[[Operation, Request, Authenticated], Awaitable[Response]]
KEPT: Final = ("content-type", "message-id", "content-digest", "signature-input", "signature")
"""Headers that say something of the message: kept for evidence."""
_VERSION = re.compile(r"v([1-9][0-9]{0,2})")
_MEDIA: Final = {"json": JSON, "xml": "application/xml"}


class Services:
    """The part of the REST channel that speaks for the bus."""

    def __init__(self, door: Door, hosted: Hosted) -> None:
        """``hosted``: serves an operation of the centre, which has an address on the bus as well."""
        self._door, self._hosted = door, hosted

    async def serve(self, request: Request, caller: Authenticated, parts: tuple[str, ...]) -> Response:
        """Answer a request whose path begins with ``services`` or ``exchanges``. Raises NotFound."""
        match (request.method, *parts):
            case ("GET", "services"):
                return await self._list(request, caller)
            case ("GET", "services", service, version):
                question = {"service": service, "version": _number(version)}
                return json_response(await self._ask(request, caller, SERVICE, question))
            case ("POST", "services", service, version, operation):
                return await self._call(request, caller, service, version, operation)
            case ("GET", "exchanges", reference):
                shown = await self._shown(request, caller, reference)
                return await self._end(request, caller, shown, _seconds(request))
            case ("POST", "exchanges", reference):
                return await self._reply(request, caller, reference)
            case _:
                raise NotFound("Nothing is served at this address.", remedy="GET /services lists what is.")

    async def _list(self, request: Request, caller: Authenticated) -> Response:
        query = request.parameters
        limit = query.get("limit") or "50"
        if not limit.isdecimal() or not 1 <= int(limit[:9]) <= 500:
            raise BadQuery(f"{limit[:20]!r} is no limit.", remedy="Ask for 1 to 500 services; a page has 200 at most.")
        wanted = {"after": query.get("after", ""), "limit": int(limit)}
        return json_response(await self._ask(request, caller, SERVICES, wanted))

    async def _call(
        self, request: Request, caller: Authenticated, service: str, version: str, operation: str
    ) -> Response:
        """Take a call; its end once there is one, or at once where the caller prefers not to wait (RFC 7240)."""
        self._check(caller, CALL)
        if service in self._door.catalogue.services and version == "v1":
            return await self._hosted(self._door.catalogue.operation(f"{service}.{operation}"), request, caller)
        own_id = request.header("message-id")[:35]
        if not own_id:
            remedy = "Give each call a message-id of its own, and repeat it with the same one."
            raise BadRequest("The call has no message-id.", remedy=remedy)
        wait = "respond-async" not in request.header("prefer")
        message = {
            "service": service, "version": _number(version), "operation": operation, "wait": wait,
            "provider": request.parameters.get("provider", ""), **await _content(request),
        }  # fmt: skip
        receipt = await self._send(request, caller, CALL, message, own_id)
        reference = f"{receipt.subject:016x}"
        shown = await self._judged(request, caller, reference)
        if shown is None:  # accepted, but this core is busy
            return _later(reference, "waiting")
        return await self._end(request, caller, shown, LONGEST if wait else 0.0)

    def _check(self, caller: Authenticated, need: Need) -> None:
        """Before anything of a body is read: whether the operation exists here for this caller, and is open to it."""
        self._door.check(caller, self._door.catalogue.filled(need))

    async def _shown(self, request: Request, caller: Authenticated, reference: str) -> Any:
        """An exchange as it stands. Raises NotFound."""
        return await self._ask(request, caller, EXCHANGE, {"reference": reference})

    async def _judged(self, request: Request, caller: Authenticated, reference: str) -> Any:
        """The exchange of an accepted call, which the tick that accepted it began as a rule, else one soon after."""
        for _ in range(PATIENCE):
            try:
                return await self._shown(request, caller, reference)
            except NotFound:
                async with request.waiting(0.1):
                    await self._door.collect(caller, "", 1, 0.1, box=reference)
        return None

    async def _reply(self, request: Request, caller: Authenticated, reference: str) -> Response:
        """Take a provider's reply; a problem document says why there is no answer."""
        self._check(caller, REPLY)
        refused = "problem" in request.header("content-type")
        message = {"reference": reference, "refused": refused, **await _content(request)}
        own_id = request.header("message-id")[:35] or f"reply.{reference}"
        receipt = await self._send(request, caller, REPLY, message, own_id)
        answer = (await self._shown(request, caller, reference)).answer
        if answer is not None and answer.faults:
            faults = tuple(Fault(f.pointer, "50", f.remedy, line=f.line) for f in answer.faults)
            raise NotValid(
                answer.detail, remedy="The exchange has ended as a refusal; mend this for the next.", faults=faults
            )
        return json_response(receipt_json(receipt), 202)

    async def _end(self, request: Request, caller: Authenticated, shown: Any, wait: float) -> Response:
        """The end of an exchange, waited for; where it does not come in time, where it will be found."""
        reference, until = shown.reference, asyncio.get_running_loop().time() + wait
        while True:
            left = until - asyncio.get_running_loop().time()
            if shown.stage.value != "waiting" or left <= 0:
                return _response(shown)
            seconds = min(left, shown.seconds + 1.0 if shown.wait else ELSEWHERE)
            async with request.waiting(seconds):
                items, _ = await self._door.collect(caller, "", 1, seconds, box=reference)
            for item in items:  # the box has told that there is an end; the exchange says which
                await self._door.acknowledge(caller, f"{item.position:x}", NAME, box=reference)
            shown = await self._shown(request, caller, reference)

    async def _ask(self, request: Request, caller: Authenticated, need: Need, question: dict[str, Any]) -> Any:
        body, trace = msgspec.json.encode(question), context_of(request.header("traceparent"))
        operation = self._door.catalogue.filled(need).qualified
        return await self._door.ask(Call(caller, NAME, body, True, operation=operation, trace=trace))

    async def _send(self, request: Request, caller: Authenticated, need: Need, message: dict[str, Any], id: str) -> Any:
        body, trace = msgspec.json.encode(message), context_of(request.header("traceparent"))
        form = http_form(request, KEPT, body=message["body"].encode())
        operation = self._door.catalogue.filled(need).qualified
        return await self._door.receive(
            Call(caller, NAME, body, True, operation=operation, id=id, trace=trace, form=form)
        )


def _response(shown: Any) -> Response:
    """What the consumer or the provider of an exchange is told of its end."""
    headers = [("douane-exchange", shown.reference), *_life(shown)]
    answer = shown.answer
    if answer is None:
        return _later(shown.reference, shown.stage.value, tuple(headers))
    if shown.stage.value == "answered":
        return Response(200, answer.body.encode(), _MEDIA[answer.form.value], tuple(headers))
    faults = tuple(Fault(f.pointer, "50", f.remedy, line=f.line) for f in answer.faults)
    error: DouaneError = error_of(answer.code)(answer.detail, remedy=answer.remedy, faults=faults)
    told_so = problem(error, instance=f"/exchanges/{shown.reference}")
    content = msgspec.json.decode(told_so.body) | ({"answer": answer.body} if answer.body else {})
    return Response(told_so.status, msgspec.json.encode(content), told_so.media, (*told_so.headers, *headers))


def _later(reference: str, stage: str, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    location = f"/exchanges/{reference}"
    told = {"reference": reference, "stage": stage, "location": location}
    return json_response(told, 202, (*headers, ("location", location)))


def _life(shown: Any) -> tuple[tuple[str, str], ...]:
    """How long the version called is served."""
    later = f"/services/{shown.service}/v{shown.successor}" if shown.successor else ""
    return ending_headers(shown.deprecated, shown.sunset, later)


async def _content(request: Request) -> dict[str, str]:
    """The body as text, and its form."""
    media = request.header("content-type")
    form = "json" if is_json(media) else "xml" if is_xml(media) else ""
    if not form:
        raise wrong_media(media, _MEDIA.values())
    try:
        text = (await request.body()).decode()
    except UnicodeDecodeError as broken:
        raise BadRequest("The body is not UTF-8.", remedy="Send it in UTF-8.") from broken
    check_size(text)
    return {"form": form, "body": text}


def _number(version: str) -> int:
    found = _VERSION.fullmatch(version)
    if found is None:
        raise NotFound(f"{version[:20]!r} is no version.", remedy="Write it like v1.")
    return int(found[1])


def _seconds(request: Request) -> float:
    text = request.parameters.get("wait") or "0"
    if not re.fullmatch(r"[0-9]{1,4}(\.[0-9]{1,3})?", text):
        raise BadQuery(f"{text[:20]!r} is no number of seconds.", remedy="Give wait in seconds.")
    return min(float(text), LONGEST)
