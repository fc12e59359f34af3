"""The operations of a node as doors and core use them: found by name, by root element or type, with codecs."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from douane.model.declare import Kind, MessageFamily, Operation, Refused, Service
from douane.model.naming import Names
from douane.model.needs import LIVE, LOOK_UP, Need
from douane.runtime.catalogue.elements import LIMITS, Elements
from douane.runtime.catalogue.faults import WRONG, faults_of, json_pointer
from douane.runtime.catalogue.mending import remedy_of
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Instant
from douane.standards.json.bounds import check
from douane.standards.xml.reading import read_tree
from douane.standards.xml.root import root_of
from douane.vocabulary.codes import PLATFORM, Codes
from douane.vocabulary.errors import (
    DeclarationFault,
    DouaneError,
    Fault,
    NotFound,
    NotValid,
    NotWellFormed,
    UnknownMessageType,
)
from douane.vocabulary.faults import first_of

UNION = "EU"
"""The administration of what belongs to no Member State."""


class Catalogue:
    """Operations by name and message; typed messages to bytes and back. Built from the declared services.

    later: by party, the first day on which it reads the later phase of a message family that has two.
    """

    def __init__(self, services: Iterable[Service], *, later: Mapping[str, dt.date] | None = None) -> None:
        self._later = dict(later or {})
        self.services: dict[str, Service] = {}
        self.operations: dict[str, Operation] = {}
        self._taking: dict[type, list[Operation]] = {}
        self._replies: set[type] = set()
        self._filling: dict[Need, Operation] = {}
        self._families: dict[type, MessageFamily] = {}
        self._json: dict[type, msgspec.json.Decoder[Any]] = {}
        self._value: dict[type, msgspec.msgpack.Decoder[Any]] = {}
        for service in services:
            self._add(service)
        self._spoken = tuple(dict.fromkeys(f for s in self.services.values() for f in s.families))
        self.elements = Elements(self.services.values())
        self._names = Names(self.services.values(), lambda message: message in self._families)
        self._encode = msgspec.json.Encoder().encode

    def _add(self, service: Service) -> None:
        if service.name in self.services:
            raise DeclarationFault(f"Two services are called {service.name}.", remedy="Rename one.")
        self.services[service.name] = service
        members = {t: family for family in service.families for t in _used(service) if t.__name__ in _names(family)}
        self._families.update(members)
        for operation in service.operations:
            self.operations[operation.qualified] = operation
            if operation.kind is not Kind.EVENT:
                self._taking.setdefault(operation.request, []).append(operation)
            self._replies.update(operation.replies)
            if operation.fills is not None:
                other = self._filling.setdefault(operation.fills, operation)
                if other is not operation:
                    text = f"{other.qualified} and {operation.qualified} are both {operation.fills.name}."
                    raise DeclarationFault(text, remedy="Install one of them.")

    def begins(self, qualified: str) -> bool:
        """Whether a case begins by what an operation takes: it is about none that is there already."""
        known = self.operations.get(qualified)
        return known is not None and known.about is None

    def gives(self, qualified: str, kind: str) -> bool:
        """Whether cases that begin by an operation may have a name of a kind: where services issue names of that kind,
        those of their operations; else all. A case that another began (an arrival, by the record of its departure) has
        a name that nobody here issued: whether its service issues such names decides."""
        known = self.operations.get(qualified)
        if known is None or known.opens is None:
            return False
        issuing = {each.service for each in self.operations.values() if kind in each.issues}
        return not issuing or known.service in issuing

    def operation(self, name: str) -> Operation:
        """The operation of this qualified name. Raises NotFound."""
        found = self.operations.get(name)
        if found is None:
            raise NotFound(f"There is no operation {name}.", remedy="GET /openapi.json lists what is open to you here.")
        return found

    def filling(self, need: Need) -> str:
        """The qualified name of the operation that meets a need of the platform; empty where none here does."""
        found = self._filling.get(need)
        return found.qualified if found is not None else ""

    def filled(self, need: Need) -> Operation:
        """The operation itself. Raises NotFound where this node has none."""
        found = self._filling.get(need)
        if found is None:
            raise NotFound(f"No application of this node is {need.name}.", remedy="Install one that is.")
        return found

    def asks_others(self, operation: str) -> bool:
        """Whether an answer may have to be fetched from another system, so that nobody fetches it for who has gone."""
        return operation in (self.filling(LOOK_UP), self.filling(LIVE))

    def taking(self, message: type) -> list[Operation]:
        """The operations that take this message type."""
        return self._taking.get(message, [])

    def replies(self, message: type) -> bool:
        """Whether this type is an answer of some operation."""
        return message in self._replies

    def operation_for(self, message: type) -> str:
        """The operation that takes this type; empty when none does."""
        found = self._taking.get(message)
        return found[0].qualified if found else ""

    def type_named(self, name: str) -> type:
        """The message type of this name: bare, or with its service (``single_window.CertificateVerdict``).

        Raises UnknownMessageType, for a bare name of several types too.
        """
        found = self._names.find(name)
        if found is None and len(called := self._names.called(name)) > 1:
            raise UnknownMessageType(
                f"Several message types are called {name[:60]}.", remedy=f"Name one of {', '.join(called)}."
            )
        if found is None:
            if not name:  # JSON, unlike a root element, says nothing of itself
                text = "The body does not say which message it is."
                raise UnknownMessageType(text, remedy="Name it: POST /v1/messages?type=NAME.")
            raise UnknownMessageType(
                f"No operation here takes a message {name[:60]!r}.", remedy="GET /openapi.json lists what is taken."
            )
        return found

    def family(self, message: type) -> MessageFamily | None:
        """The published family of a type; None for our own messages."""
        return self._families.get(message)

    def administration_of(self, operation: Operation, message: Any) -> str:
        """Which administration a message is for."""
        service = self.services[operation.service]
        return (service.administration(message) if service.administration else "") or UNION

    def is_read_by_all(self, operation: Operation, question: Any) -> bool:
        """Whether an administration may ask this of another: the query says so, or it is about what is the Union's."""
        service = self.services[operation.service]
        return operation.of_named or (service.administration is not None and service.administration(question) == UNION)

    def _reads_later(self, party: str, at: Instant) -> bool:
        since = self._later.get(party)
        return since is not None and dt.datetime.fromtimestamp(at / 1e6, dt.UTC).date() >= since

    # --- bytes

    def read_document(self, body: bytes, families: Iterable[MessageFamily] | None = None) -> Any:
        """A message in the wire form of a published family, or an element of a service: the root names the type."""
        if self.elements.speaks(body):
            return self.elements.read(body)
        family = self.family_of(body, families)
        if family is not None:
            return family.read(body)
        if not self._spoken:
            raise UnknownMessageType("No published message family is spoken here.")
        root = str(read_tree(body, LIMITS).tag)
        names = ", ".join(f"{each.name} ({each.namespace})" for each in self._spoken)
        remedy = f"Send a message of a family that is spoken here: {names}."
        raise UnknownMessageType(
            f"No family that is spoken here has the root element {root[:120]!r}.", remedy=remedy,
            faults=(Fault("/", PLATFORM.untaken, remedy),),
        )  # fmt: skip

    def family_of(self, body: bytes, families: Iterable[MessageFamily] | None = None) -> MessageFamily | None:
        """The family that a document is of: by the namespace of its root element, where two share one by its name.

        Where one family alone is spoken it reads everything, and says itself what is not its own. None: no family's.
        """
        known = tuple(dict.fromkeys(families)) if families is not None else self._spoken
        if len(known) == 1:
            return known[0]
        root = root_of(body)
        same = [each for each in known if root is not None and each.namespace == root.namespace]
        if len(same) > 1:
            same = [each for each in same if root is not None and root.name in _names(each)]
        return same[0] if same else None

    @property
    def answers_refusals(self) -> bool:
        """Whether a family is spoken here that has error messages for what was refused."""
        return any(family.refusal is not None for family in self._spoken)

    def refusal(self, refused: Refused) -> Any:
        """The error message of its own family about a refused one; None where there is none, or it is one itself."""
        family = self.family_of(refused.body)
        return family.refusal(refused) if family is not None and family.refusal is not None else None

    def tells_of_error(self, name: str) -> bool:
        """Whether a message type is an error message of its family."""
        return any(family.tells_of_error(name) for family in self._spoken if family.refusal is not None)

    def read_json(self, message: type, body: bytes) -> Any:
        """A message of a type from JSON, within bounds; its constraints are checked, of a family by its layouts."""
        family = self._families.get(message)
        if family is not None and family.read_json is not None:
            return family.read_json(message, body)
        return self._read_own(message, body)

    def _read_own(self, message: type, body: bytes) -> Any:
        check(body)
        decoder = self._json.get(message)
        if decoder is None:
            decoder = self._json[message] = msgspec.json.Decoder(message)
        try:
            return decoder.decode(body)
        except msgspec.ValidationError as problem:
            raise _not_valid(message, body, problem) from problem
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            raise _no_document(problem) from problem

    def encode(self, message: Any, party: str = "", at: Instant = 0) -> tuple[str, int, bytes, str]:
        """Type name, media, body, and the message's own identification where its family has one.

        A party that reads the later phase of a family by then gets it; what cannot be said there goes as it is.
        """
        kind = type(message)
        family = self._families.get(kind)
        if family is not None:
            body = family.write_later(message) if self._later and self._reads_later(party, at) else None
            if body is None:
                body = family.write(message)
            return self._names.of(kind), Media.FAMILY, body, family.identification(message)
        return self._names.of(kind), Media.JSON, self._encode(message), ""

    def codes_of(self, operation: str) -> Codes:
        """By which codes the platform's refusals of what an operation takes are told."""
        known = self.operations.get(operation)
        family = self._families.get(known.request) if known is not None else None
        return family.codes if family is not None else PLATFORM

    def codes_for(self, body: bytes) -> Codes:
        """The same for a document that was not read: by the family that its root element names."""
        family = self.family_of(body)
        return family.codes if family is not None else PLATFORM

    def name_of(self, message: type) -> str:
        """What a message type is called in this node."""
        return self._names.of(message)

    def read(self, operation: str, name: str, media: int, body: bytes) -> Any:
        """The message of an arrival, judged as a door judges it. Raises UnknownMessageType where it is of another type
        than ``operation`` takes (or, where that is the name of a type, than it is)."""
        if media == Media.VALUE:
            return self.decode(operation, name, media, body)
        known = self.operations.get(operation)
        wanted = known.request if known is not None else self.type_named(operation)
        message = self.read_json(wanted, body) if media == Media.JSON else self.read_document(body)
        if type(message) is not wanted:
            raise UnknownMessageType(f"{operation[:80]} takes {wanted.__name__}.")
        return message

    def decode(self, operation: str, name: str, media: int, body: bytes) -> Any:
        """The typed message of a journal row; ``name`` is its type where it never left the node."""
        if media == Media.FAMILY:
            return self.read_document(body, self.services[operation.partition(".")[0]].families)
        if media == Media.XML:
            return self.elements.read(body)
        if media == Media.JSON:
            known = self.operations.get(operation)  # an answer names its type
            return self._read_kept(known.request if known is not None else self.type_named(operation), body)
        message = self._names.find(name, self.operations.get(operation)) or self.type_named(name)
        decoder = self._value.get(message)
        if decoder is None:
            decoder = self._value[message] = msgspec.msgpack.Decoder(message)
        return decoder.decode(body)

    def _read_kept(self, message: type, body: bytes) -> Any:
        """A message from the JSON that was accepted: release 0.1 took such of a family by its types alone."""
        try:
            return self.read_json(message, body)
        except NotValid:
            return self._read_own(message, body)

    def names(self) -> Mapping[str, type]:
        """Every message type by what it is called."""
        return self._names.types


def _used(service: Service) -> list[type]:
    return [t for o in service.operations for t in (o.request, *o.replies)]


@functools.cache
def _names(family: MessageFamily) -> frozenset[str]:
    return frozenset(t.__name__ for t in family.types())


def _not_valid(message: type, body: bytes, first: msgspec.ValidationError) -> DouaneError:
    """Every fault of a body in which the decoder found a first one; it may be no JSON document behind that."""
    try:
        found = first_of(faults_of(body, message))
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        return _no_document(problem)
    if not found:  # a member that stands twice, of which the last one counts here
        text, _, place = str(first).partition(" - at ")
        found = (Fault(json_pointer(place), WRONG, remedy_of(text)),)
    return NotValid(f"The message is no valid {message.__name__}.", faults=found)


def _no_document(problem: Exception) -> DouaneError:
    return NotWellFormed("The body is no JSON document.", faults=(Fault("", PLATFORM.unreadable, f"{problem}."),))
