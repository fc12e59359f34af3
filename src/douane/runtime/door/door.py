"""The one door: every call, by whatever channel and platform, passes these steps in this order.

Authenticate, circle of trust, authorise, (known id: in the core), decode and validate, journal, receipt. Nothing of a
body is looked at before the caller is known and in the right circle.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from douane.model.caller import OFFICE_OF, Caller, relayed
from douane.model.circles import ActorKind, Circle, Platform
from douane.model.declare import Kind, MessageFamily, Operation
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.catalogue.texts import check_texts
from douane.runtime.core.refusing import UNREAD, faults_of, refusal_id, what_is_refused
from douane.runtime.delivery.recent import Item
from douane.runtime.delivery.status import MessageStatus
from douane.runtime.door.admitted import NOBODY, check_attached, check_role, refuse_retired
from douane.runtime.door.decoding import Decoding
from douane.runtime.door.link import Link, Question, Reader
from douane.runtime.door.proof import NONE, Possession
from douane.runtime.door.signed import SignatureReport, Signatures, with_report
from douane.runtime.door.traces import Told, Traces, nobody
from douane.runtime.store.envelope import FEED, Arrival, Envelope, Receipt, RowKind, pack_faults
from douane.runtime.store.origin import Attachment, Content, Media, Origin, digest_of, id_of
from douane.runtime.store.ports import Clock, Instant
from douane.runtime.store.transmission import Keep, Keeping, Transmission, WireForm, kept
from douane.standards.mime.kinds import DOCUMENTS, Taken
from douane.standards.xades.verdicts import Sub, refuse
from douane.standards.xades.verifying import MARK
from douane.standards.xml.root import root_name
from douane.vocabulary.codes import PLATFORM
from douane.vocabulary.errors import (
    BadQuery,
    Fault,
    Moved,
    NotAuthenticated,
    NotAuthorised,
    NotFound,
    NotValid,
    NotWellFormed,
    Retry,
    SenderFault,
    SignatureRefused,
    TooLarge,
    UnknownMessageType,
    WrongCircle,
)
from douane.vocabulary.faults import shortened

LONGEST_BOX = 80


class Authenticated(Protocol):
    """Somebody whom the gate let in (``identity.principals.Principal``)."""

    @property
    def caller(self) -> Caller:
        """Who acts, as it goes with every message."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> ActorKind: ...
    @property
    def circle(self) -> Circle: ...
    @property
    def eori(self) -> str: ...
    @property
    def administration(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def acting_for(self) -> str: ...


class Gate(Protocol):
    """Who may enter and call what: authentication and policy, filled in by ``assembly``."""

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        """Who is calling at this platform. Raises NotAuthenticated or WrongCircle."""

    def still(self, caller: Authenticated) -> None:
        """Silent where whoever was let in a while ago is let in now. Raises NotAuthenticated or WrongCircle."""

    def public(self) -> Authenticated:
        """The public: whoever shows no proof at all."""

    def authorise(self, caller: Authenticated, operation: Operation) -> None:
        """Raises WrongCircle or NotAuthorised."""

    def open_to(self, caller: Authenticated, operation: Operation) -> bool:
        """Whether the operation exists for this caller at all."""


@dataclass(frozen=True, slots=True)
class Guest:
    """The system of an administration that speaks for another one, which it serves."""

    host: Authenticated
    administration: str
    eori: str = ""
    acting_for: str = ""

    @property
    def id(self) -> str:
        """Of the client that proved itself."""
        return self.host.id

    @property
    def kind(self) -> ActorKind:
        """A system of an administration."""
        return self.host.kind

    @property
    def circle(self) -> Circle:
        """That of its host."""
        return self.host.circle

    @property
    def roles(self) -> frozenset[str]:
        """Those of its host."""
        return self.host.roles

    @property
    def caller(self) -> Caller:
        """The administration, passed on by the one that serves it."""
        return relayed(self.host.kind, self.administration, via=self.host.administration)


@dataclass(frozen=True, slots=True)
class Call:
    """A call as a channel hands it over."""

    caller: Authenticated
    channel: str
    body: bytes
    json: bool = False
    type: str = ""  # for JSON bodies: the message type, where the address does not name an operation
    operation: str = ""
    id: str = ""  # where the message does not carry its own
    trace: str = ""
    read: Callable[[], Any] | None = None
    """Where the body is an element that its channel has parsed: what makes the message of it, or raises its faults."""
    attachments: tuple[Attachment, ...] = ()
    settle: Callable[[Call, Taken], Awaitable[Call]] | None = None
    """What has to be durable before the message is handed over, done once the message is judged: the call with it, and
    with attachments of kinds that its operation takes."""
    wire: str = ""  # the id of the transmission, where the channel has one
    conversation: str = ""  # and its conversation
    answer: bytes = b""  # what the channel will answer to it, kept with the message
    form: WireForm | None = None  # how it came, for evidence
    told_later: bool = False
    """Whether its sender does not wait for an answer, so that a refusal is told by a message too."""
    refers_to: str = ""  # the position of what it answers, where the channel says so
    recipient: str = ""  # the party outside for whom an administration says it, where the message does not say so
    report: SignatureReport | None = None
    """Of the signature over the message, once it is judged."""
    came: bytes = b""
    """The octets with their signature, where what was signed is the message."""
    stranger: str = ""
    """What stands for its sender where nobody is known: the address, or the certificate of its connection."""

    @property
    def media(self) -> Media:
        """How the body is written."""
        if self.json:
            return Media.JSON
        return Media.FAMILY if self.read is None else Media.XML

    def digest(self) -> bytes:
        """What the message is known by: its body and attachments."""
        return digest_of(self.body, self.attachments)


def party_of(caller: Authenticated) -> str:
    """Under which name a caller sends and collects: the EORI, ``NTA.DE`` for an administration, else its id."""
    return caller.caller.name


def _known_as(call: Call, digest: bytes, operation: str) -> str:
    """The identification of a message that carries none itself: as its channel says, else by what is said to whom."""
    return call.id or id_of(digest, operation, call.caller.caller, call.recipient, call.refers_to)


def _reader(caller: Authenticated, name: str = "") -> Reader:
    """A caller at his inbox, or at a box beside it. Raises NotAuthorised for a delegate without an effective role."""
    if len(name) > LONGEST_BOX or name.startswith(FEED):  # a feed wants the role of its event: ``follow`` asks for it
        raise BadQuery("No box has such a name.", remedy="Leave it out to read the inbox.")
    if caller.acting_for and not caller.roles:
        raise NotAuthorised(
            f"{caller.id} has no role when acting for {caller.acting_for}.",
            remedy="Ask the principal for a role that the principal has.",
        ).because("delegations: the roles of both", "a role that both have", caller.acting_for)
    return Reader(caller.caller, name, caller.roles)


class Door:
    """One platform's entry to the core.

    keeping: of which channels' messages the transmission is kept. trust: SHA-256 of the list of what callers are judged
    by here (authorities, revocation lists, keys of tokens), as the statement of a transmission names it.
    """

    def __init__(
        self, platform: Platform, *, gate: Gate, catalogue: Catalogue, link: Link, clock: Clock,
        keeping: Keeping | None = None, trust: str = "", told: Told = nobody, decoding: Decoding | None = None,
        speaks: Callable[[str, str], bool] = lambda _host, _guest: False, signatures: Signatures | None = None,
        left: Callable[[str], bool] = lambda _operation: False,
    ) -> None:  # fmt: skip
        self._signatures, self._left = signatures, left
        self.platform, self.gate, self.catalogue = platform, gate, catalogue
        self._link, self._clock = link, clock
        self._keeping, self.trust = keeping or {}, trust
        self.decoding, self._speaks = decoding or Decoding(), speaks
        self._traces = Traces(platform, link, clock, told)

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        """The first step, before any byte of a body is read."""
        try:
            caller = self.gate.authenticate(certificate, authorization, possession)
        except (NotAuthenticated, WrongCircle) as problem:
            self._traces.count(problem)
            raise
        if not self.platform.admits(caller.kind):
            doors = [p.value for p in Platform if p.admits(caller.kind) and p is not Platform.UUMDS]
            refusal = WrongCircle(f"{caller.kind.value} callers do not enter by {self.platform.value}.",
                                  remedy=f"Use {' or '.join(doors)}.")  # fmt: skip
            raise self.turned_away(caller, "", refusal.because("circles of trust", "another door", NOBODY))
        return caller

    def public(self, operation: Operation | None) -> Authenticated | None:
        """The public, where a query is open to it here; None where who calls must prove who he is."""
        nobody = self.gate.public()
        if operation is None or operation.kind is not Kind.QUERY or not self.gate.open_to(nobody, operation):
            return None
        return nobody

    def check(self, caller: Authenticated, operation: Operation) -> None:
        """Silent when the caller may call an operation here. NotFound where it does not exist for this circle."""
        if not self.gate.open_to(caller, operation):
            refusal = NotFound(
                f"There is no operation {operation.qualified} here.", remedy="GET /openapi.json lists what is."
            )
            raise self.turned_away(caller, operation.qualified, refusal)
        try:
            self.gate.authorise(caller, operation)
        except (WrongCircle, NotAuthorised) as problem:
            raise self.turned_away(caller, operation.qualified, problem) from None
        refuse_retired(operation)

    def turned_away(self, caller: Authenticated, operation: str, problem: SenderFault) -> SenderFault:
        """Count a refusal for lack of right, leave an audit leaf of it, and hand it back to be raised."""
        self._traces.turned_away(caller, operation, problem)
        return problem

    def unproven(self, problem: SenderFault) -> SenderFault:
        """Count a refusal of somebody who proved nothing, and hand it back to be raised."""
        self._traces.count(problem)
        return problem

    async def receive(self, call: Call) -> Receipt:
        """Take a message: its receipt once it is durable. Raises with every fault when it is refused."""
        try:
            return await self._receive(call)
        except NotAuthenticated:  # nobody is told a refusal later who is let in no more
            raise
        except SenderFault as refusal:
            if self._tells_later(call) and refusal.retry is Retry.NEVER:
                await self._refuse_later(call, call.digest(), self._clock.now(), refusal)
            raise

    async def _receive(self, call: Call) -> Receipt:
        operation = self._named(call) if call.operation else None
        if operation is not None and operation.kind is not Kind.COMMAND:  # open to followers is not open to writers
            raise NotFound(f"No message is taken by {operation.qualified}.", remedy="GET /openapi.json lists what is.")
        digest = call.digest()
        now = self._clock.now()
        try:
            caller = call.caller
            named = self._check_named(call) if operation is None else None
            if self._may_be_signed(call):
                call = await self._beside(call, lambda: self._signed(call))
                digest = call.digest()
            message = await self._beside(call, lambda: self._read(call, operation))
            call = self._speaking(call, message)
            family = self.catalogue.family(type(message))
            relay_to = self._relayed(call, message, family) if operation is None else ""
            answers = operation is None and family is None and self._answers(call, type(message))
            if operation is None and not relay_to and not answers:
                told = named is not None and named.request is type(message) and call.caller is caller
                operation = named if told else self._operation_for(call, type(message))
            if operation is not None:
                check_role(call.caller.caller, call.caller.roles, operation, message)
        except (*UNREAD, NotAuthorised, WrongCircle, SignatureRefused) as refusal:
            if isinstance(refusal, NotAuthorised | WrongCircle):
                self._traces.count(refusal)
            if not self._tells_later(call):
                await self._refuse(call, operation.qualified if operation else self._meant(call, refusal), digest, now,
                                   refusal)  # fmt: skip
            raise
        taken = operation.attaches if operation is not None else DOCUMENTS
        try:
            if call.settle is None:
                check_attached(call.attachments, taken)
            else:
                call = await call.settle(call, taken)
                digest = call.digest()
        except (SignatureRefused, NotValid) as refusal:
            if isinstance(refusal, SignatureRefused) or not self._tells_later(call):
                await self._refuse(call, operation.qualified if operation else "unknown", digest, now, refusal)
            raise
        self._still(call.caller)
        name = operation.qualified if operation is not None else self.catalogue.name_of(type(message))
        own_id = (family.identification(message) if family else "") or _known_as(call, digest, name)
        correlation, about = call.refers_to if answers or relay_to else "", ""
        if family:
            correlation, about = family.correlation(message), family.case(message)
        origin = self._origin(call, own_id, now, correlation)
        media = Media.XML if family is None and not call.json else call.media
        content = Content(media, call.body, digest, call.attachments)
        administration = call.caller.administration
        if operation is not None:
            administration = self._administration(call.caller, operation, message)
        envelope = self._envelope(call, origin, content, name, administration, about, relay_to)
        return await self._link.submit(Arrival(envelope, message))

    async def judge(self, call: Call) -> None:
        """Raise what a message to an operation would be refused by at this door; it is not taken, and no case asked."""
        operation = self._named(call)
        message = await self._beside(call, lambda: self._read(call, operation))
        call = self._speaking(call, message)
        check_role(call.caller.caller, call.caller.roles, operation, message)

    async def ask(self, call: Call) -> Any:
        """Answer a query at once, from a committed state."""
        operation = self._named(call)
        if operation.kind is not Kind.QUERY:
            raise BadQuery(f"{operation.qualified} is not a query.", remedy="Send it as a message.")
        question = await self._beside(call, lambda: self._read(call, operation))
        own = "" if self.catalogue.is_read_by_all(operation, question) else call.caller.administration
        administration = own or self.catalogue.administration_of(operation, question)
        who, roles = call.caller.caller, call.caller.roles
        try:
            self._still(call.caller)
            return await self._link.ask(
                Question(
                    operation.qualified,
                    administration,
                    who,
                    roles,
                    question,
                    stranger=call.stranger if who.kind is ActorKind.PUBLIC else "",
                )
            )
        except Moved as problem:
            raise self.turned_away(call.caller, operation.qualified, problem) from None

    async def collect(
        self, caller: Authenticated, cursor: str, limit: int = 50, wait: float = 0.0, box: str = ""
    ) -> tuple[list[Item], str]:
        """What waits in the caller's inbox, or in a box beside it; else what comes within ``wait`` seconds."""
        found = await self._link.collect(_reader(caller, box), cursor, limit, wait)
        self._still(caller)
        return found

    async def follow(
        self, caller: Authenticated, event: str, cursor: str, limit: int = 50, wait: float = 0.0
    ) -> tuple[list[Item], str]:
        """What was published as an event, for callers to whom it is open."""
        operation = self.catalogue.operation(event)
        if operation.kind is not Kind.EVENT:
            raise NotFound(f"{event} is not an event.")
        self.check(caller, operation)
        found = await self._link.collect(Reader(caller.caller, FEED + event, caller.roles), cursor, limit, wait)
        self._still(caller)
        return found

    async def acknowledge(self, caller: Authenticated, item: str, channel: str, box: str = "") -> None:
        """The caller took a message from its inbox, or from a box beside it, by this channel."""
        await self._link.acknowledge(_reader(caller, box), item, channel)

    async def status(self, caller: Authenticated, item: str, after: str = "", limit: int = 50) -> MessageStatus:
        """What became of a message that the caller's party sent, and a page of what answered it."""
        return await self._link.status(_reader(caller), item, after, limit)

    async def claim(self, caller: Authenticated, items: Sequence[str], seconds: int) -> tuple[str, str, str]:
        """Claim for a caller the first of these messages of its inbox that nobody has claimed.

        Which one, and id and conversation of the transmission that it answers; all empty for none.
        """
        return await self._link.claim(_reader(caller), items, seconds) if items else ("", "", "")

    async def note(self, caller: Authenticated, item: str, note: bytes) -> None:
        """Remember something with a caller's claim; an empty note gives the claim up."""
        await self._link.note(_reader(caller), item, note)

    async def noted(self, item: str) -> tuple[str, bytes]:
        """The party of the claim on a message and what was noted with it; both empty for none."""
        return await self._link.noted(item)

    def offered(self, caller: Authenticated) -> list[Operation]:
        """The operations that exist for this caller at this platform."""
        return [o for o in self.catalogue.operations.values() if self.shows(caller, o)]

    def shows(self, caller: Authenticated, operation: Operation) -> bool:
        """Whether it is open to this caller and has not left this platform: who calls it all the same is told more."""
        return self.gate.open_to(caller, operation) and not self._left(operation.qualified)

    async def refuse(self, call: Call, refusal: SenderFault) -> None:
        """Leave an audit leaf of a call that its channel could not read."""
        await self._refuse(call, "unknown", call.digest(), self._clock.now(), refusal)

    def keeps(self, channel: str, *, signed: bool) -> bool:
        """Whether the transmission of such a message is kept for evidence."""
        keep = self._keeping.get(channel, Keep.EVERYTHING)
        return keep is Keep.EVERYTHING or (keep is Keep.SIGNED and signed)

    def signed_beside(self, call: Call, written: bytes, name: str, attached: Mapping[str, str]) -> Call:
        """The call with the report of a detached signature over its message. Raises SignatureRefused, StaleEvidence.

        name: Content-ID of the message. attached: SHA-256 of every other part but the signature, by Content-ID.
        """
        if self._signatures is None or call.report is not None:
            text = "The message is signed more than once." if call.report else "No signature is taken here."
            refuse(Sub.FORMAT, text, "Sign it once, inside or beside.")
        caller = call.caller.caller
        return replace(call, report=self._signatures.beside(written, call.body, name, attached, caller))

    # --- steps

    def _still(self, caller: Authenticated) -> None:
        """Raise where somebody was shut out while his message came, or while he waited."""
        try:
            self.gate.still(caller.host if isinstance(caller, Guest) else caller)
        except (NotAuthenticated, WrongCircle) as problem:
            raise self.unproven(problem) from None

    def _may_be_signed(self, call: Call) -> bool:
        return not call.json and call.read is None and self._signatures is not None and MARK in call.body

    def _signed(self, call: Call) -> Call:
        """The call about what was signed, where its message holds a signature: nothing else of it is read."""
        found = self._signatures.inside(call.body, call.caller.caller) if self._signatures is not None else None
        return call if found is None else replace(call, body=found[0], report=found[1], came=call.body)

    async def _beside(self, call: Call, read: Callable[[], Any]) -> Any:
        """What is read of a call's body: at once, or beside the event loop where it is large."""
        return await self.decoding.read(len(call.body), party_of(call.caller), read)

    def _tells_later(self, call: Call) -> bool:
        return call.told_later and not call.json and self.catalogue.answers_refusals

    def _administration(self, caller: Authenticated, operation: Operation, message: Any) -> str:
        """An officer acts for the own administration; otherwise the message says for whom it is."""
        if caller.kind is ActorKind.OFFICER:
            return caller.administration
        return self.catalogue.administration_of(operation, message)

    def _relayed(self, call: Call, message: Any, family: MessageFamily | None) -> str:
        """To whom an administration's answer to a trader is passed on; empty for messages that an operation takes."""
        if call.caller.kind is not ActorKind.MEMBER_STATE or self.catalogue.taking(type(message)):
            return ""
        if not self.catalogue.replies(type(message)):
            return ""
        return family.recipient(message) if family is not None else call.recipient

    def _named(self, call: Call) -> Operation:
        operation = self.catalogue.operation(call.operation)
        self.check(call.caller, operation)
        return operation

    def _read(self, call: Call, operation: Operation | None) -> Any:
        if not call.json:
            message = call.read() if call.read else self.catalogue.read_document(call.body)
            if operation is not None and type(message) is not operation.request:
                raise UnknownMessageType(f"{operation.qualified} takes {operation.request.__name__}.")
        else:
            wanted = operation.request if operation is not None else self.catalogue.type_named(call.type)
            message = self.catalogue.read_json(wanted, call.body)
        check_texts(message)
        return message

    def _answers(self, call: Call, message: type) -> bool:
        """Whether the system of an administration answers a question of ours: of a type that nothing else takes, with
        the question that it names. Whether that was asked, and of whom, the core knows."""
        system = call.caller.kind in (ActorKind.MEMBER_STATE, ActorKind.COMMISSION)
        answer = self.catalogue.replies(message) and not self.catalogue.taking(message)
        return system and answer and bool(call.refers_to)

    def _check_named(self, call: Call) -> Operation | None:
        """The operation for the type that a message names. Refuses before it is decoded where none is open here.

        What it names wrongly is found out when it is read; then ``_operation_for`` judges by the type that it has.
        """
        named = call.type if call.json else root_name(call.body) if call.read is None else ""
        message = self.catalogue.names().get(named)
        if message is None or not self.catalogue.taking(message):
            return None
        return self._operation_for(call, message)

    def _operation_for(self, call: Call, message: type) -> Operation:
        kind = call.caller.kind
        taking = [o for o in self.catalogue.taking(message) if o.kind is Kind.COMMAND or o.asked_by_message(kind)]
        mine = [o for o in taking if self.gate.open_to(call.caller, o)]
        if not mine:
            where = "from this circle" if taking else "here"
            refusal = NotAuthorised(f"{message.__name__} is not taken {where}.",
                                    remedy="GET /openapi.json lists what is.")  # fmt: skip
            raise refusal.because("operations: to whom each is open", "an operation that is open to you", NOBODY)
        self.gate.authorise(call.caller, mine[0])
        refuse_retired(mine[0])
        return mine[0]

    def _meant(self, call: Call, refusal: SenderFault) -> str:
        """Which operation a refused message was for, as far as its type tells; ``unknown`` otherwise."""
        if isinstance(refusal, NotWellFormed | TooLarge):
            return "unknown"
        message = self.catalogue.names().get(call.type if call.json else root_name(call.body))
        taking = self.catalogue.taking(message) if message is not None else []
        return next((o.qualified for o in taking if self.gate.open_to(call.caller, o)), "unknown")

    def _speaking(self, call: Call, message: Any) -> Call:
        """An administration speaks for itself only, and for those that its system serves: the call as of whom it is."""
        family, caller = self.catalogue.family(type(message)), call.caller
        if family is None or caller.kind is not ActorKind.MEMBER_STATE:
            return call
        sender = family.sender(message)
        guest = sender.removeprefix(OFFICE_OF)
        if guest not in (sender, caller.administration) and self._speaks(caller.administration, guest):
            return replace(call, caller=Guest(caller, guest))
        if sender != caller.caller.name:
            place, remedy = f"/{type(message).__name__}/messageSender", "Name your own administration."
            fault = Fault(place, family.codes.foreign, remedy, value=sender)
            refusal = NotAuthorised(f"{caller.id} cannot send as {sender[:40]}.", faults=(fault,))
            raise refusal.because("administrations: each speaks for itself", "to be served by your system",
                                  "the administration that is named, by its choice of a provider")  # fmt: skip
        return call

    def _origin(self, call: Call, own_id: str, now: Instant, correlation: str = "") -> Origin:
        return Origin(
            call.caller.caller, own_id, now, self.platform.value, call.channel, correlation, call.trace,
            wire=call.wire, conversation=call.conversation,
        )  # fmt: skip

    def _envelope(
        self, call: Call, origin: Origin, content: Content, operation: str, administration: str, about: str,
        relay_to: str = "",
    ) -> Envelope:  # fmt: skip
        """An admitted message. ``operation``: that of a service, or the type of what is only passed on."""
        form = with_report(call.form, call.report, call.came)
        transmission = self._kept(call.channel, form, call.body) if form is not None else None
        return Envelope(
            RowKind.RELAY if relay_to else RowKind.MESSAGE, operation, administration, origin, content,
            relay_to=relay_to, answer=call.answer, transmission=transmission, about=about,
            certificates=form.certificates if form is not None and transmission is not None else (),
        )  # fmt: skip

    def _kept(self, channel: str, form: WireForm, body: bytes) -> Transmission | None:
        """How a message came, where this is kept of its channel."""
        return kept(form, channel, self.trust, body) if self.keeps(channel, signed=form.signed) else None

    async def _refuse(self, call: Call, operation: str, digest: bytes, now: Instant, refusal: SenderFault) -> None:
        """An authenticated refusal leaves an audit leaf of the operation it was for; of who shows nothing a counter."""
        if call.caller.kind is ActorKind.PUBLIC:
            self._traces.count(refusal)
            return
        await self._submit_refused(call, RowKind.MESSAGE, operation, digest, now, refusal)

    async def _refuse_later(self, call: Call, digest: bytes, now: Instant, refusal: SenderFault) -> None:
        """A refusal that is told by a message leaves what was refused, too."""
        await self._submit_refused(call, what_is_refused(refusal), "", digest, now, refusal)

    async def _submit_refused(
        self, call: Call, kind: RowKind, operation: str, digest: bytes, now: Instant, refusal: SenderFault
    ) -> None:  # fmt: skip
        found = faults_of(refusal, kind, PLATFORM if call.json else self.catalogue.codes_for(call.body))
        own_id = _known_as(call, digest, operation)
        kept_as = refusal_id(own_id, digest) if kind.is_refusal else own_id
        form = call.form if kind.is_refusal else None
        transmission = self._kept(call.channel, form, call.body) if form is not None else None
        envelope = Envelope(
            kind, operation, "EU", self._origin(call, kept_as, now, call.refers_to),
            Content(call.media, call.body, digest, call.attachments), pack_faults(shortened(found, len(found))),
            answer=call.answer, transmission=transmission,
            certificates=form.certificates if form is not None and transmission is not None else (),
        )  # fmt: skip
        with contextlib.suppress(NotValid):
            await self._link.submit(Arrival(envelope))
