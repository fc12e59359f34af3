"""Services as web services: which elements an operation takes and answers with, and the schemas that hold them.

A projection of the declarations: channels read it, the core reads bodies back by it. The request of an operation is an
element of its own name; a message of a published family stays the element that it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import msgspec

from douane.model.declare import Kind, MessageFamily, Operation, Service
from douane.standards.xml_schema.parts import Element, Schema
from douane.standards.xml_schema.structs import Group, groups_of
from douane.vocabulary.clocks import Machine

NAMESPACE = "https://douane.example/services"
CONTENT_VERSION = "v1"


class Receipt(msgspec.Struct, frozen=True):
    """The message is on disk: what its sender keeps as proof."""

    id: str
    receipt: str
    case: str
    received: Machine
    digest: str
    leaf: str
    promise: str


class Page(msgspec.Struct, frozen=True):
    """Which page to collect: what came after a cursor, at most so many, waiting so many seconds."""

    after: str = ""
    limit: int = 50
    wait: float = 0.0


class Collected(msgspec.Struct, frozen=True):
    """A message that waits: its body is XML or JSON, as ``media`` says."""

    id: str
    type: str
    message: str
    answers: str
    case: str
    origin: str
    sent: Machine
    digest: str
    media: str
    body: str


class Collection(msgspec.Struct, frozen=True):
    """A page of messages and the cursor of the next."""

    after: str
    items: tuple[Collected, ...] = ()


class Problem(msgspec.Struct, frozen=True):
    """Why a call was refused, and what to do."""

    code: str
    title: str
    detail: str
    whose: str
    retry: str
    remedy: str = ""
    faults: tuple[ProblemFault, ...] = ()


class ProblemFault(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing wrong with a message."""

    pointer: str
    code: str
    remedy: str
    rule: str = ""
    value: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Exchange:
    """One operation of a web service: the elements that go in and come out, as ``{namespace}tag``."""

    operation: Operation
    name: str
    request: str
    answer: str
    action: str
    family: MessageFamily | None = None
    """The published family whose message the request is."""


@dataclass(frozen=True)
class WebService:
    """A service under one namespace and address: its own, or that of a contract which others have published."""

    name: str
    title: str
    purpose: str
    namespace: str
    path: str
    exchanges: tuple[Exchange, ...]

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """What the elements of this namespace hold, by tag."""
        return _groups(self, self.exchanges)

    def schema(self, exchanges: Iterable[Exchange] | None = None) -> Schema:
        """The schema document of this namespace, for all exchanges or some of them."""
        groups = self.groups if exchanges is None else _groups(self, exchanges)
        return Schema(self.namespace, tuple(Element(tag, group.type) for tag, group in groups.items()), self.title)

    def family_schemas(self, exchanges: Iterable[Exchange]) -> list[Schema]:
        """The schema documents of the published families that these exchanges speak."""
        found: dict[str, tuple[MessageFamily, list[str]]] = {}
        for each in exchanges:
            if each.family is not None:
                found.setdefault(each.family.namespace, (each.family, []))[1].append(each.operation.request.__name__)
        return [f.schema(dict.fromkeys(names)) for f, names in found.values() if f.schema is not None]


def web_services(service: Service) -> list[WebService]:
    """The web services of a declared service: its own first, then one for each published contract it serves."""
    namespace = f"{NAMESPACE}/{service.name}/{CONTENT_VERSION}"
    path = f"/{service.name}/{CONTENT_VERSION}"
    own = tuple(_exchange(o, service, namespace) for o in service.operations)
    found = [WebService(service.name, service.title, service.purpose, namespace, path, own)]
    contracts: dict[str, list[Exchange]] = {}
    for operation in service.operations:
        if operation.contract is not None:
            contracts.setdefault(operation.contract.path, []).append(_contracted(operation))
    for path, exchanges in contracts.items():
        contract = exchanges[0].operation.contract
        assert contract is not None
        title = f"{service.title}, by the contract {contract.namespace}"
        found.append(WebService(contract.name, title, service.purpose, contract.namespace, path, tuple(exchanges)))
    return found


def _exchange(operation: Operation, service: Service, namespace: str) -> Exchange:
    family = next((f for f in service.families if f.namespace and f.has(operation.request)), None)
    request = f"{{{namespace}}}{operation.name}"
    if family is not None and operation.kind is Kind.COMMAND:
        request = f"{{{family.namespace}}}{operation.request.__name__}"
    answer = f"{{{namespace}}}{operation.name}Response"
    taken = family if operation.kind is Kind.COMMAND else None
    return Exchange(operation, operation.name, request, answer, f"{namespace}/{operation.name}", taken)


def _contracted(operation: Operation) -> Exchange:
    contract = operation.contract
    assert contract is not None
    space = f"{{{contract.namespace}}}"
    return Exchange(operation, contract.request, space + contract.request, space + contract.answer, "")


def _groups(web: WebService, exchanges: Iterable[Exchange]) -> dict[str, Group]:
    qualified: dict[str, type] = {}
    plain: dict[str, type] = {}
    for each in exchanges:
        contract = each.operation.contract if web.path == getattr(each.operation.contract, "path", "") else None
        for clark, message in _contents(each):
            space, _, tag = clark.rpartition("}")
            if space == "{" + web.namespace:
                apart = contract is not None and contract.plain_answer and clark == each.answer
                (plain if apart else qualified)[tag] = message
    return {**groups_of(qualified), **groups_of(plain, qualified=False)}


def _contents(exchange: Exchange) -> Iterator[tuple[str, type]]:
    operation = exchange.operation
    match operation.kind:
        case Kind.COMMAND:
            yield exchange.request, operation.request
            yield exchange.answer, Receipt
        case Kind.QUERY:
            yield exchange.request, operation.request
            yield exchange.answer, operation.replies[0]
        case Kind.EVENT:
            yield exchange.request, Page
            yield exchange.answer, Collection
