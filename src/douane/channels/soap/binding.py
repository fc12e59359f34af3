"""The SOAP channel: what a door answers.

``POST /SERVICE/v1`` takes a document/literal envelope, ``GET /SERVICE/v1?wsdl`` describes what is open to the caller;
``/messages/v1`` sends any message and collects answers. Contracts that others have published keep their addresses.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from douane.channels.soap import mailbox
from douane.channels.soap.description import Documents, address_of, wsdl
from douane.channels.soap.translation import collection, receipt, refusal
from douane.model.declare import Kind
from douane.model.routes import Opening, Route
from douane.model.web_services import Exchange, Page, WebService
from douane.runtime.door.describing import Describing
from douane.runtime.door.door import Authenticated, Call, Door, party_of
from douane.runtime.door.link import asker_of
from douane.runtime.store.transmission import WireForm
from douane.shared_services.monitoring.trace_context import context_of
from douane.shared_services.web.answers import Response
from douane.shared_services.web.browsers import is_xml, wrong_media
from douane.shared_services.web.requests import Application, Limits, Request, application, http_form
from douane.standards.soap import addressing, envelope
from douane.standards.soap.addressing import Addressing
from douane.standards.soap.envelope import Envelope
from douane.standards.soap.security import Secured, Signer, read_security
from douane.standards.xml import reading as xml
from douane.standards.xml_signature.names import WSSE
from douane.vocabulary.codes import PLATFORM
from douane.vocabulary.errors import (
    BadRequest,
    BadSignature,
    DouaneError,
    Fault,
    NotFound,
    NotOffered,
    SenderFault,
    UnknownMessageType,
)

NAME = "soap"
LONGEST_WAIT = 30.0
MOST = 500
LIMITS = Limits(body=2 * 1024 * 1024, seconds=30.0)
_KEPT = ("content-type", "soapaction", "message-id")
"""Headers that say something of the message: kept for evidence."""
UNDERSTOOD = frozenset({addressing.NAMESPACE, WSSE})
XML = "text/xml; charset=utf-8"
T = TypeVar("T")


def routes(webs: Iterable[WebService]) -> Iterator[Route]:
    """The addresses of this channel: of each web service its description, and one call for each element it takes."""
    for web in (mailbox.MAILBOX, *webs):
        own = web is mailbox.MAILBOX
        everything = () if own else tuple(e.operation.qualified for e in web.exchanges)
        opening = Opening.CALLER if own else Opening.OPERATION
        yield Route(NAME, "GET", web.path, opening, everything)
        for each in web.exchanges:
            yield Route(NAME, "POST", web.path, opening, everything and (each.operation.qualified,), each.request)


class Soap:
    """SOAP over one door.

    now: the present in UTC. signer: signs answers to signed requests. demanded: whether every request must be signed.
    A signature is checked wherever one is sent. ``signer`` may be replaced while it runs. public: where others reach
    the door; empty: as the caller did. describing: charges what describes this channel.
    """

    def __init__(
        self, door: Door, *, now: Callable[[], dt.datetime], signer: Signer | None = None, demanded: bool = False,
        public: str = "", limits: Limits = LIMITS, describing: Describing | None = None,
    ) -> None:  # fmt: skip
        self._public, self._describing = public, describing or Describing()
        self._door, self._now, self.signer, self._demanded = door, now, signer, demanded
        self._limits, self._bounds = limits, replace(envelope.ENVELOPE_LIMITS, size=limits.body)
        self._elements = door.catalogue.elements
        self._documents: dict[tuple[str, tuple[str, ...]], Documents] = {}
        self.routes = tuple(routes(self._elements.webs))
        self._webs: dict[str, WebService] = {web.path: web for web in (mailbox.MAILBOX, *self._elements.webs)}

    def serves(self, request: Request) -> bool:
        """Whether a request is this channel's: its address is that of a web service."""
        return request.path in self._webs

    def application(self, failed: Callable[[BaseException], None] | None = None) -> Application:
        """What answers requests."""
        return application(self._serve, self._limits, failed, _refuse)

    async def _serve(self, request: Request) -> Response:
        web = self._webs.get(request.path)
        caller = self._caller(request, web)
        open_ = self._open(web, caller) if web is not None else ()
        if web is None or not open_:  # what is not open to a circle does not exist there
            refusal = NotFound(
                "No web service is at this address.", remedy="GET /openapi.json lists what is open to you."
            )
            raise self._door.turned_away(caller, web.exchanges[0].operation.qualified if web else "", refusal)
        if request.method == "GET":
            here = tuple(each for each in open_ if web is mailbox.MAILBOX or self._door.shows(caller, each.operation))
            asker = asker_of(caller.caller, request.holder)
            return Response(200, self._describing.written(asker, lambda: self._description(web, here, request)), XML)
        if request.method != "POST":
            error = NotOffered(f"{request.method} is not possible here.", remedy="POST an envelope, or GET ?wsdl.")
            error.offered = ("GET", "POST")
            raise error
        return await self._exchange(web, open_, caller, request)

    def _caller(self, request: Request, web: WebService | None) -> Authenticated:
        """Who is calling: whoever shows something must prove it; nobody in particular is let in to public queries."""
        shown = request.certificate or request.header("authorization")
        if web is not None and not shown:
            found = (self._door.public(exchange.operation) for exchange in web.exchanges)
            nobody = next((each for each in found if each is not None), None)
            if nobody is not None:
                request.stay_unknown()
                return nobody
        caller = self._door.authenticate(request.certificate, request.header("authorization"), request.possession)
        request.belong(party_of(caller))
        return caller

    def _description(self, web: WebService, open_: Sequence[Exchange], request: Request) -> bytes:
        query = {name.lower(): value for name, value in request.parameters.items()}
        key = (web.path, tuple(each.name for each in open_))  # as many as there are kinds of callers
        documents = self._documents.get(key)
        if documents is None:
            documents = self._documents[key] = Documents.of(web, open_)
        if "wsdl" in query:
            reached = address_of(web, request.header("host"), request.scheme)
            address = f"{self._public}{web.path}" if self._public else reached
            return wsdl(web, open_, documents, address)
        found = documents.texts.get(query.get("xsd", ""))
        if found is None:
            raise NotFound("There is no such description.", remedy=f"GET {web.path}?wsdl describes the service.")
        return found

    def _open(self, web: WebService, caller: Authenticated) -> tuple[Exchange, ...]:
        if web is mailbox.MAILBOX:
            return web.exchanges
        return tuple(e for e in web.exchanges if self._door.gate.open_to(caller, e.operation))

    async def _exchange(
        self, web: WebService, open_: Sequence[Exchange], caller: Authenticated, request: Request
    ) -> Response:
        if not is_xml(request.header("content-type")):
            raise wrong_media(request.header("content-type"), (v.media for v in envelope.Version))
        data = await request.body()
        given, addressed, signer = envelope.version_of(request.header("content-type")), Addressing(), b""
        try:
            try:
                message, body = await self._beside(caller, data, lambda: _opened(data, self._bounds))
                given = message.version
                secured = await self._beside(caller, data, lambda: read_security(message, self._now()))
                signer = self._signed_by(caller, secured)
            except SenderFault as problem:
                await self._door.refuse(Call(caller, NAME, data), problem)
                raise
            addressed = addressing.read_addressing(message.headers)
            envelope.demand(message, UNDERSTOOD)
            exchange = await self._chosen(open_, caller, message, body, _action(request, addressed))
            form = http_form(request, _KEPT, body=data, signer=signer)
            answer = await self._call(web, exchange, caller, message, body, form, request, addressed)
        except DouaneError as error:
            return refusal(error, given, addressed)
        text = self._elements.binding(web).write(exchange.answer.rpartition("}")[2], answer)
        content = envelope.envelope_text(given, text, addressed.answer(f"{exchange.action}Response"))
        if signer and self.signer is not None:
            content = self.signer.sign(content, self._now())
        return Response(200, content, given.media)

    async def _beside(self, caller: Authenticated, data: bytes, read: Callable[[], T]) -> T:
        """What is read of an envelope: at once, or beside the event loop where it is large."""
        return await self._door.decoding.read(len(data), party_of(caller), read)

    async def _chosen(
        self, open_: Sequence[Exchange], caller: Authenticated, message: Envelope, body: bytes, action: str
    ) -> Exchange:
        """The exchange that takes the element of the body; where several do, the one that the action names."""
        tag = str(message.body.tag)
        taking = [e for e in open_ if e.request == tag]
        if not taking:
            problem = await self._beside(caller, body, lambda: self._unknown(body, tag))
            await self._door.refuse(Call(caller, NAME, body), problem)
            raise problem
        named = [e for e in taking if e.action == action] or [e for e in taking if not (action and e.action)]
        if not named:
            raise BadRequest(
                f"The action {action[:120]} is not that of the element sent.",
                remedy=f"Send {taking[0].action}, or none.",
            )
        return named[0]

    def _unknown(self, body: bytes, tag: str) -> SenderFault:
        """Why an element is not taken: in the words of its family, as at every door, or because it is not open here."""
        families = [
            f for s in self._door.catalogue.services.values() for f in s.families if f"{{{f.namespace}}}" in tag
        ]
        try:
            if families:
                self._door.catalogue.read_document(body, families)
        except UnknownMessageType as problem:
            return problem
        except SenderFault:
            pass  # its type is known: what else is wrong with it does not matter where it is not taken
        remedy = "Send one of the elements that the service description (?wsdl) names."
        fault = Fault("/Envelope/Body", PLATFORM.untaken, remedy, value=tag)
        return UnknownMessageType(f"No operation here takes {tag[:120]}.", remedy=remedy, faults=(fault,))

    def _signed_by(self, caller: Authenticated, secured: Secured | None) -> bytes:
        """The certificate (DER) by which the caller signed; empty where it did not sign.

        Raises BadSignature or NotAuthenticated for what does not hold.
        """
        if secured is None:
            if self._demanded:
                raise BadSignature(
                    "Messages must be signed at this door.",
                    remedy="Sign body and timestamp by WS-Security.",
                )
            return b""
        signatory = self._door.authenticate(secured.certificate, "")
        if signatory.id != caller.id:
            raise BadSignature(
                f"{signatory.id} signed what {caller.id} sends.", remedy="Sign with the certificate of the caller."
            )
        return secured.certificate

    async def _call(
        self,
        web: WebService,
        exchange: Exchange,
        caller: Authenticated,
        message: Envelope,
        body: bytes,
        form: WireForm,
        request: Request,
        addressed: Addressing,
    ) -> Any:
        element, operation = message.body, exchange.operation
        read = None if exchange.family else lambda: self._elements.binding(web).read(element)
        if web is mailbox.MAILBOX and read is not None:
            return await self._mailbox(caller, await self._beside(caller, body, read), form, request)
        own_id = _identification(addressed.message_id) or request.header("message-id")[:35]
        call = Call(
            caller, NAME, body, operation=operation.qualified, id=own_id, trace=_trace(request),
            read=read, form=form, stranger=request.holder,
        )  # fmt: skip
        match operation.kind:
            case Kind.COMMAND:
                return receipt(await self._door.receive(call))
            case Kind.QUERY:
                async with request.waiting(float(self._door.catalogue.asks_others(operation.qualified))):
                    return await self._door.ask(call)
            case Kind.EVENT:
                page = await self._beside(caller, body, lambda: self._elements.binding(web).read(element))
                async with request.waiting(_wait(page)):
                    found = await self._door.follow(caller, operation.qualified, page.after, _limit(page), _wait(page))
                return collection(*found)

    async def _mailbox(self, caller: Authenticated, asked: Any, form: WireForm, request: Request) -> Any:
        match asked:
            case Page():
                async with request.waiting(_wait(asked)):
                    found = await self._door.collect(caller, asked.after, _limit(asked), _wait(asked))
                return collection(*found)
            case mailbox.Acknowledge():
                await self._door.acknowledge(caller, asked.id, NAME)
                return mailbox.Acknowledged()
            case _:
                json = "json" in asked.media
                body = asked.body.encode()
                call = Call(caller, NAME, body, json, asked.type, id=asked.id[:35], trace=_trace(request), form=form)
                return receipt(await self._door.receive(call))


def _opened(data: bytes, limits: xml.Limits) -> tuple[Envelope, bytes]:
    """An envelope, and the one element of its body as a document."""
    message = envelope.read_envelope(data, limits)
    return message, envelope.canonical(message.body)


def _refuse(error: DouaneError, request: Request) -> Response:
    """A refusal before there is an envelope to go by."""
    return refusal(error, envelope.version_of(_content_type(request)), Addressing())


def _content_type(request: Request) -> str:
    return next((value for name, value in request.headers if name == "content-type"), "")


def _action(request: Request, addressed: Addressing) -> str:
    """What the call says it is: by WS-Addressing, else by SOAPAction or the parameter of the content type."""
    if addressed.action:
        return addressed.action
    parameter = request.header("content-type").partition("action=")[2].partition(";")[0]
    return (request.header("soapaction") or parameter).strip().strip('"')


def _identification(message_id: str) -> str:
    """The message id of WS-Addressing as an identification of at most 35 characters."""
    return message_id.removeprefix("urn:uuid:").replace("-", "")[:35]


def _trace(request: Request) -> str:
    return context_of(request.header("traceparent"))


def _limit(page: Page) -> int:
    return min(max(page.limit, 1), MOST)


def _wait(page: Page) -> float:
    return min(max(page.wait, 0.0), LONGEST_WAIT) if math.isfinite(page.wait) else 0.0
