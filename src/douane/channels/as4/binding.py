"""The AS4 channel: what a door answers. ``POST /as4`` takes every message, and answers in ebMS form.

A user message enters by the door under its signer's identity; its receipt is kept in the commit that makes it durable
and leaves after that. A pull request hands out what waits in the puller's inbox; its receipt acknowledges there.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from douane.channels.as4.certificates import CertificateRegister
from douane.channels.as4.claims import TERM, is_name, read_note, write_note
from douane.channels.as4.receiving import Desk, Received, Receiver
from douane.channels.as4.sending import LONGEST_KEPT, SHORT, Packed, Packer, part_info
from douane.model.declare import Kind, Operation
from douane.model.routes import Opening, Route
from douane.runtime.delivery.recent import Item
from douane.runtime.door.door import Authenticated, Call, Door, party_of
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Clock, Ids, Payloads
from douane.runtime.store.transmission import Carried, WireForm
from douane.shared_services.monitoring.trace_context import context_of
from douane.shared_services.payloads.spool import SMALL, Spool, judged, publish, take_back
from douane.shared_services.web.answers import Response, error_headers, status_of
from douane.shared_services.web.requests import Application, Request, application, stream_body
from douane.standards.as4 import names
from douane.standards.as4.errors import EMPTY_CHANNEL, ebms_error, error_of
from douane.standards.as4.matching import AgreementBook, covers_channel
from douane.standards.as4.messages import (
    EbmsError,
    ErrorSignal,
    Message,
    Party,
    PartyId,
    PullRequest,
    Receipt,
    UserMessage,
)
from douane.standards.as4.opening import references_of
from douane.standards.as4.pmodes import SPARE, PMode
from douane.standards.as4.profiles import SecurityProfile
from douane.standards.as4.receipts import check_receipt
from douane.standards.mime.kinds import Taken
from douane.standards.mime.reading import Limits
from douane.vocabulary.errors import (
    BadPackaging,
    DeclarationFault,
    DouaneError,
    NoAgreement,
    NotAuthorised,
    NotFound,
    NotOffered,
    SenderFault,
    TooSlow,
    UnknownValue,
)

NAME: Final = "as4"
PATH: Final = "/as4"
BODY: Final = 4 * 1024 * 1024
"""The largest message that the door takes into the journal; larger content travels as attachments."""
_SOAP: Final = f"{names.SOAP_MEDIA}; charset=UTF-8"


def routes(operations: Iterable[Operation]) -> Iterator[Route]:
    """What comes in at the one address, by service and action; a leg of an agreement must cover it too."""
    yield Route(NAME, "POST", PATH, Opening.CALLER, element="pull")
    yield Route(NAME, "POST", PATH, Opening.CALLER, element="test")
    for each in operations:
        if each.kind is Kind.COMMAND:
            yield Route(NAME, "POST", PATH, Opening.OPERATION, (each.qualified,), each.qualified)


@dataclass(frozen=True, slots=True)
class AccessPoint:
    """What an access point is made of. ``host`` stands in the ids of its messages; ``body``: octets of a message."""

    host: str
    modes: Sequence[PMode]
    certificates: CertificateRegister
    payloads: Payloads
    clock: Clock
    ids: Ids
    body: int = BODY

    @property
    def limits(self) -> Limits:
        """What any agreement allows: bounds a message until its own agreement is known."""
        return Limits(
            parts=1 + max((m.limits.parts for m in self.modes), default=0),
            part=max((m.largest for m in self.modes), default=0) + SPARE,
            total=max((m.total for m in self.modes), default=0) + SPARE,
        )


class As4:
    """AS4 over one door."""

    def __init__(self, door: Door, point: AccessPoint) -> None:
        self._door, self._point = door, point
        self.routes = tuple(routes(door.catalogue.operations.values()))
        self._modes = {mode.id: mode for mode in point.modes}
        self._packer = Packer(point.certificates, point.payloads, point.ids)
        self._book, self._limits = AgreementBook(point.modes), point.limits

    def serves(self, request: Request) -> bool:
        """Whether a request is this channel's."""
        return request.path == PATH

    def application(self, failed: Callable[[BaseException], None] | None = None) -> Application:
        """What answers requests."""
        return application(self._serve, failed=failed)

    async def _serve(self, request: Request) -> Response:
        if request.method != "POST":
            error = NotOffered(f"{request.method} is not possible here.", remedy="POST an AS4 message.")
            error.offered = ("POST",)
            raise error
        known = functools.partial(self._known, request)
        point = self._point
        receiver = Receiver(Desk(
            self._book, point.certificates, point.payloads, known, self._profile_of, point.clock.now, self._limits,
            self._door.decoding, request.hold,
        ))  # fmt: skip
        wire = Spool(point.payloads, self._limits.total)
        try:
            received = await self._received(receiver, request, wire)
            try:
                request.reads(_size(received))
                return await self._answer(received, request, wire)
            finally:
                received.discard()
        except DouaneError as problem:
            return self._refusal(problem, receiver)
        finally:
            wire.discard()

    def _known(self, request: Request, certificate: bytes) -> Authenticated:
        """Whose certificate (DER) signed a request, which is this party's from now on."""
        caller = self._door.authenticate(certificate, "")
        request.belong(party_of(caller))
        return caller

    async def _received(self, receiver: Receiver, request: Request, wire: Spool) -> Received:
        """The message, proven. A refusal after the signature was proven leaves an audit leaf; before it, none."""
        try:
            body = stream_body(request)
            kept = _into(wire, body) if self._door.keeps(NAME, signed=True) else body
            return await receiver.take(request.header("content-type"), kept)
        except SenderFault as problem:
            known = receiver.received
            if known is not None and known.caller is not None:
                call = Call(known.caller, NAME, receiver.message_id.encode(), id=_identification(receiver.message_id))
                await self._door.refuse(call, problem)
            raise

    async def _answer(self, received: Received, asked: Request, wire: Spool) -> Response:
        caller, content_type = received.caller, asked.header("content-type")
        assert caller is not None
        match received.message:
            case UserMessage() as message:
                return Response(200, await self._take(received, caller, message, asked, wire), _SOAP)
            case PullRequest() as request:
                return await self._pulled(caller, request)
            case Receipt() as receipt:
                await self._receipted(received, caller, receipt, content_type, wire)
            case ErrorSignal():
                pass  # a partner's trouble with a pulled message: the claim ends by itself
        return Response(202)

    # --- push in

    async def _take(
        self, received: Received, caller: Authenticated, message: UserMessage, asked: Request, wire: Spool
    ) -> bytes:
        mode, content_type = received.mode, asked.header("content-type")
        assert mode is not None
        self._check_party(caller, received, message.sender.id)
        answer = self._receipt(received, message, mode)
        if message.is_test:
            return answer
        if not message.parts:
            raise BadPackaging("The message has no payload.", remedy="Send the business message as the first payload.")
        first, *others = message.parts
        media = first.value_of(names.MIME_TYPE)
        body = received.payloads[first.content_id].whole(self._point.body)
        kept = {
            each.content_id: (received.payloads[each.content_id], each.value_of(names.MIME_TYPE)) for each in others
        }
        qualified = f"{message.service.value}.{message.action}"
        operation = qualified if qualified in self._door.catalogue.operations else ""
        json = "json" in media
        small = 0 < wire.size <= SMALL

        async def settle(call: Call, taken: Taken) -> Call:
            party, form = party_of(caller), call.form
            attachments = await publish(self._point.payloads, party, judged(kept, taken))
            if wire.size > SMALL:
                (stored,) = await publish(self._point.payloads, party, {"": (wire, "")})
                form = _form(received, message.id, content_type, stored=stored.digest)
            return replace(call, attachments=attachments, form=form) if attachments or form is not call.form else call

        call = Call(
            caller, NAME, body, json=json, type=message.action if json and not operation else "", operation=operation,
            id=_identification(message.id), wire=message.id, answer=answer, conversation=message.conversation_id,
            form=_form(received, message.id, content_type, wire.whole(SMALL)) if small else None,
            told_later=True, refers_to=message.ref_to.partition("@")[0], settle=settle,
            trace=context_of(asked.header("traceparent")),
        )  # fmt: skip
        try:
            return (await self._door.receive(call)).answer
        except SenderFault:
            await take_back([wire, *(spool for spool, _ in kept.values())])
            raise

    def _check_party(self, caller: Authenticated, received: Received, party: PartyId) -> None:
        """The signer speaks for the party that it names: by its register entry here, or by its identity."""
        named = party.value.rpartition("@")[2]
        own = {caller.id, caller.eori, party_of(caller)} - {""}
        if named in own or self._point.certificates.belongs(party.value, received.certificate):
            return
        refusal = NotAuthorised(f"{caller.id} does not sign for {party.value[:80]!r}.",
                                remedy="Sign with a certificate that is bound to the From party.")  # fmt: skip
        refusal.because("agreements: who signs for a party", "a certificate bound to it", "the party, and the operator")
        raise self._door.turned_away(caller, "", refusal)

    def _receipt(self, received: Received, message: UserMessage, mode: PMode) -> bytes:
        now = self._point.clock.now()
        receipt = Receipt(self._message_id(), now, message.id, references_of(received.claims))
        return self._packer.signal(receipt, self._point.certificates.signer(mode, now))

    # --- pull

    async def _pulled(self, caller: Authenticated, request: PullRequest) -> Response:
        now = self._point.clock.now()
        mode = self._pull_mode(request.mpc, caller)
        items, _ = await self._door.collect(caller, "", 200)
        by_name = {f"{item.position:x}": item for item in items}
        name, answers, conversation = await self._door.claim(caller, list(by_name), TERM)
        if name:
            try:
                packed = self._packed(by_name[name], mode, request.mpc, caller, (answers, conversation))
            except BaseException:
                await self._door.note(caller, name, b"")
                raise
            await self._door.note(caller, name, write_note(mode.id, packed.references))
            body = packed.whole()
            if self._door.keeps(NAME, signed=True) and len(body) <= LONGEST_KEPT:
                went = Carried(packed.form(body))
                await self._door.note(caller, name, write_note(mode.id, packed.references, went))
            packed.discard()
            return Response(200, body, packed.content_type)
        empty = ErrorSignal(self._message_id(), now, request.id, (ebms_error(EMPTY_CHANNEL, ref_to=request.id),))
        return Response(200, self._packer.signal(empty, self._point.certificates.signer(mode, now)), _SOAP)

    def _pull_mode(self, mpc: str, caller: Authenticated) -> PMode:
        """The agreement of a pull; the signer must be its puller. Raises UnknownValue, NotAuthorised."""
        own = {caller.id, caller.eori, party_of(caller)} - {""}
        for mode in self._pull_modes(mpc):
            parties, sub_channel = _parties(mode), _sub_channel(mode, mpc)
            if (sub_channel in own or not sub_channel) and (not parties or parties & own):
                return mode
        refusal = NotAuthorised("This channel is another party's.", remedy="Pull your own sub-channel.")
        refusal.because("agreements: who pulls a channel", "an agreement about it", "the operator")
        raise self._door.turned_away(caller, "", refusal)

    def _pull_modes(self, mpc: str) -> list[PMode]:
        """The agreements of a channel, those of the party that its sub-channel names first. Raises UnknownValue."""
        modes = [m for m in self._point.modes if m.binding == names.PULL and covers_channel(m, mpc)]
        if not modes:
            raise UnknownValue(f"The channel {mpc[:160]!r} is not known.", remedy="Pull the agreed channel.")
        return sorted(modes, key=lambda mode: _sub_channel(mode, mpc) not in _parties(mode))

    def _packed(self, item: Item, mode: PMode, mpc: str, caller: Authenticated, answers: tuple[str, str]) -> Packed:
        row = item.row
        json = row.content.media is Media.JSON
        media = "application/json" if json else "text/xml"
        info = part_info("message", media, compress=mode.compress)
        party = next((p for p in mode.receiver.parties if p.value.rpartition("@")[2] in (caller.eori, caller.id)), None)
        receiver = party or PartyId(party_of(caller), mode.receiver.parties[0].type if mode.receiver.parties else "")
        message = UserMessage(
            f"{item.position:x}@{self._point.host}", row.at, Party(mode.sender.parties[0], mode.sender.role),
            Party(receiver, mode.receiver.role), mode.service, row.type, answers[1] or f"{row.subject:x}",
            mode.agreement, mpc, parts=(info,), ref_to=answers[0],
        )  # fmt: skip
        contents = [(info, [item.body], len(item.body))]
        return self._packer.pack(mode, message, contents, receiver.value, self._point.clock.now())

    async def _receipted(
        self, received: Received, caller: Authenticated, receipt: Receipt, content_type: str, wire: Spool
    ) -> None:
        party, mode, references, went = await self._claimed(receipt.ref_to)
        if party != party_of(caller):
            raise NotFound("No message of yours waits for this receipt.", remedy="Pull it again.")
        check_receipt(receipt, receipt.ref_to, references)
        name = receipt.ref_to.partition("@")[0]
        if went is not None and 0 < wire.size <= SHORT:
            proof = went.receipted(wire.whole(SHORT), content_type, received.chain)
            await self._door.note(caller, name, write_note(mode.id, references, proof))
        await self._door.acknowledge(caller, name, NAME)

    async def _claimed(self, message_id: str) -> tuple[str, PMode, tuple[str, ...], Carried | None]:
        """Who pulled a message, under which agreement, and what its receipt has to repeat. Raises NoAgreement."""
        name, _, host = message_id.partition("@")
        party, note = await self._door.noted(name) if host == self._point.host and is_name(name) else ("", b"")
        mode, references, went = read_note(note)
        if not party or mode not in self._modes:
            raise NoAgreement("The signal refers to no message that waits for one.", remedy="Pull the message again.")
        return party, self._modes[mode], references, went

    # --- signals

    async def _profile_of(self, message: Message) -> SecurityProfile:
        """Under which profile a signal comes: that of the channel it pulls, or of the message it refers to."""
        if isinstance(message, PullRequest):
            return self._pull_modes(message.mpc)[0].security_profile
        _, mode, _, _ = await self._claimed(getattr(message, "ref_to", ""))
        return mode.security_profile

    def _refusal(self, problem: DouaneError, receiver: Receiver) -> Response:
        """An error signal, signed where we can; 429 or 503 where trying again later helps."""
        error = error_of(problem, receiver.message_id)
        status = status_of(problem) if status_of(problem) in (429, 503) else 200
        headers = error_headers(problem) or (("retry-after", "5"),) if status != 200 else ()
        return Response(status, self._error(error, receiver), _SOAP, headers, close=isinstance(problem, TooSlow))

    def _error(self, error: EbmsError, receiver: Receiver) -> bytes:
        now = self._point.clock.now()
        signal = ErrorSignal(self._message_id(), now, receiver.message_id, (error,))
        profile = receiver.received.profile if receiver.received is not None else None
        mode = receiver.received.mode if receiver.received is not None else None
        for candidate in (mode, *(m for m in self._point.modes if profile is None or m.security_profile is profile)):
            if candidate is None:
                continue
            try:
                return self._packer.signal(signal, self._point.certificates.signer(candidate, now))
            except DeclarationFault:
                continue  # no valid certificate of that kind: another one, or none
        return self._packer.signal(signal, None)

    def _message_id(self) -> str:
        return f"{self._point.ids.random(16).hex()}@{self._point.host}"


def _size(received: Received) -> int:
    """Octets of the business message itself, without its attachments."""
    message = received.message
    parts = message.parts if isinstance(message, UserMessage) else ()
    return min(received.payloads[parts[0].content_id].size, BODY) if parts else 0


def _parties(mode: PMode) -> set[str]:
    return {each.value.rpartition("@")[2] for each in mode.receiver.parties}


def _sub_channel(mode: PMode, mpc: str) -> str:
    """The party that a sub-channel names; empty for the channel itself."""
    return mpc.removeprefix(mode.mpc).rpartition("/")[2].rpartition("@")[2]


def _identification(message_id: str) -> str:
    """A message id as an identification of at most 35 characters, for messages that carry none of their own."""
    return message_id if len(message_id) <= 35 else hashlib.sha256(message_id.encode()).hexdigest()[:35]


def _form(received: Received, id: str, content_type: str, body: bytes = b"", stored: str = "") -> WireForm:
    """A message as evidence keeps it: all its octets, the signer's certificates, the key that opens its parts."""
    return WireForm(
        (("content-type", content_type),), body, stored, received.chain, key=received.content_key, signed=True, id=id
    )


async def _into(wire: Spool, body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same octets, kept on the way."""
    async for octets in body:
        wire.write(octets)
        yield octets
