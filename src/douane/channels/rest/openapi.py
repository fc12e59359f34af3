"""OpenAPI 3.1 of what a caller may do at a platform: a projection of the model, nothing is written a second time.

A published message has one schema for both of its forms: its JSON has the tags of its XML as keys. What the channel
answers is described by the types of ``answers``, each refusal by its status.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import msgspec

from douane.channels.rest.addresses import (
    ASKED,
    ID,
    JSON,
    READ,
    SENT,
    XML,
    answered,
    bus,
    common,
    paging,
    receipt,
    refused,
)
from douane.channels.rest.answers import DESCRIBED, InboxPage, Problem
from douane.channels.rest.schemas import PLACE, Published, add_facts
from douane.model.declare import Kind, MessageFamily, Operation
from douane.model.discovery import application_of
from douane.model.form import described
from douane.model.needs import SERVICES
from douane.shared_services.web.answers import PROBLEM, refusals
from douane.standards.forms.examples import Example, example_of
from douane.standards.json.schemas import components_of, schemas_of

FamilyOf = Callable[[type], MessageFamily | None]


def document(
    platform: str,
    operations: Sequence[Operation],
    family: FamilyOf,
    server: str = "/",
    named: Mapping[str, type] = MappingProxyType({}),
) -> dict[str, Any]:
    """The OpenAPI document of these operations.

    family: the published family of a message type, if it has one. server: where the document was asked for.
    named: all message types of the node, so that a schema has one name for every caller.
    """
    types = dict.fromkeys(t for o in operations for t in (o.request, *o.replies))
    own = [t for t in types if not family(t)]
    known = {name: t for name, t in named.items() if not family(t)}
    _, components = schemas_of([*own, *DESCRIBED], PLACE + "{name}", application_of, known)
    called = components_of([*own, *DESCRIBED], application_of, known)
    for component in components.values():
        component.pop("title", None)  # of which tools make names, and two may be called alike
    for each in own:
        add_facts(components, called[each], each)
    projection = _Projection(family, called, Published(taken=components))
    commands = [o for o in operations if o.kind is Kind.COMMAND]
    spoken = [projection.published.message(o.request, its) for o in commands if (its := family(o.request))]
    paths = common(spoken, {o.request.__name__ for o in commands})
    for o in operations:
        if o.kind is Kind.EVENT:
            paths[f"/v1/feeds/{o.qualified}"] = {"get": _feed(o)}
        else:
            paths[f"/{o.service}/v1/{o.name}"] = {"post": projection.path(o)}
    if any(o.fills is SERVICES for o in operations):
        paths |= bus()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Douane {platform}",
            "version": "1.0",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": server, "description": f"The door of {platform} at which this was asked for"}],
        "paths": paths,
        "components": {
            "schemas": {**components, **projection.published.components},
            "responses": {f"Refused{status}": _refusal(titles) for status, titles in refusals().items()},
            "securitySchemes": {"mutualTLS": {"type": "mutualTLS"}, "bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"mutualTLS": []}, {"bearer": []}],
    }


def request_example(message: type, family: MessageFamily | None) -> Example:
    """An example of a message, valid as its type says; whether rules hold for it depends on the case."""
    items = described(message, family)
    found = example_of(items, published=family is not None)
    if family is not None:
        return found
    named = {each.encode_name for each in msgspec.structs.fields(message) if each.required}
    return found | {i.tag: None if i.most == 1 else [] for i in items if i.tag in named and not i.least}


@dataclass(frozen=True, slots=True)
class _Projection:
    """Operations as paths. ``called``: components of our own types; ``published``: the messages of families."""

    family: FamilyOf
    called: Mapping[type, str]
    published: Published

    def path(self, operation: Operation) -> dict[str, Any]:
        """An operation that is called: a question, or a message."""
        query = operation.kind is Kind.QUERY
        answer = {"200": {"description": "The answer", "content": self._content(operation.replies[0])}} if query else {}
        replies = ", ".join(t.__name__ for t in operation.replies)
        retired = (410,) if operation.ending is not None else ()
        return {
            "operationId": operation.qualified,
            "summary": operation.title.split("\n")[0],
            "description": f"Task {operation.task}." + (f" Answered by {replies}." if replies and not query else ""),
            "tags": [operation.service],
            "deprecated": operation.status.value == "deprecated",
            "externalDocs": {"description": "The same as a web service", "url": f"/{operation.service}/v1?wsdl"},
            **({} if query else {"parameters": [ID]}),
            "requestBody": {"required": True, "content": self._request(operation)},
            "responses": {**(answer or receipt()), **refused(*(ASKED if query else SENT), *retired)},
        }

    def _request(self, operation: Operation) -> dict[str, Any]:
        family = self.family(operation.request)
        shown = {"least": {"summary": "The least that is valid", "value": request_example(operation.request, family)}}
        if family is None:
            return {JSON: {**self._content(operation.request)[JSON], "examples": shown}}
        schema = self.published.message(operation.request, family)
        component = self.published.components[operation.request.__name__]
        component["externalDocs"] = {"description": "XML Schema", "url": f"/{operation.service}/v1?xsd=family1"}
        return {JSON: {"schema": schema, "examples": shown}, XML: {"schema": schema}}

    def _content(self, message: type) -> dict[str, Any]:
        return {JSON: {"schema": {"$ref": PLACE + self.called[message]}}}


def _feed(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.qualified,
        "summary": operation.title.split("\n")[0],
        "tags": [operation.service],
        "parameters": paging(),
        "responses": {"200": answered("A page and the next cursor", InboxPage), **refused(*READ)},
    }


def _refusal(titles: Sequence[str]) -> dict[str, Any]:
    """All refusals of one status."""
    schema = {"$ref": PLACE + Problem.__name__}
    return {"description": "; ".join(titles), "content": {PROBLEM: {"schema": schema}}}
