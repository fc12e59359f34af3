"""OpenAPI 3.1 of what a caller may do at a platform: a projection of the model, nothing is written a second time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from douane.channels.rest.schemas import PLACE, Published, Schema, add_facts, component_of
from douane.model.declare import Kind, MessageFamily, Operation
from douane.model.needs import SERVICES

PROBLEM = {"description": "A refusal that names each fault", "content": {"application/problem+json": {
    "schema": {"type": "object"}}}}  # fmt: skip

FamilyOf = Callable[[type], MessageFamily | None]


def document(platform: str, operations: Sequence[Operation], family: FamilyOf) -> dict[str, Any]:
    """The OpenAPI document of these operations. ``family``: the published family of a message type, if it has one."""
    types = dict.fromkeys(t for o in operations for t in (o.request, *o.replies))
    own = [t for t in types if not family(t)]
    _, components = msgspec.json.schema_components(own, ref_template=PLACE + "{name}")
    for each in own:
        add_facts(components, each)
    published = Published(taken=components)
    requests = {o.request: published.message(o.request, spoken) for o in operations if (spoken := family(o.request))}
    paths = _common()
    for o in operations:
        if o.kind is Kind.EVENT:
            paths[f"/v1/feeds/{o.qualified}"] = {"get": _feed(o)}
        else:
            paths[f"/{o.service}/v1/{o.name}"] = {"post": _path(o, requests.get(o.request), components)}
    if any(o.fills is SERVICES for o in operations):
        paths |= _bus()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Douane {platform}",
            "version": "1.0",
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "paths": paths,
        "components": {
            "schemas": {**components, **published.components},
            "securitySchemes": {"mutualTLS": {"type": "mutualTLS"}, "bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"mutualTLS": []}, {"bearer": []}],
    }


def _path(operation: Operation, published: Schema | None, known: Schema) -> dict[str, Any]:
    request = {"application/xml": {"schema": published}} if published else _content(operation.request, known)
    query = operation.kind is Kind.QUERY
    if query:
        answer = {"200": {"description": "The answer", "content": _content(operation.replies[0], known)}}
    else:
        receipt = {"application/json": {"schema": {"type": "object"}}}
        answer = {"202": {"description": "Durably accepted; the receipt", "content": receipt}}
    replies = ", ".join(t.__name__ for t in operation.replies)
    return {
        "operationId": operation.qualified,
        "summary": operation.title.split("\n")[0],
        "description": f"Task {operation.task}." + (f" Answered by {replies}." if replies and not query else ""),
        "tags": [operation.service],
        "deprecated": operation.status.value == "deprecated",
        "requestBody": {"required": True, "content": request},
        "responses": {**answer, "422": PROBLEM, "403": PROBLEM, "429": PROBLEM, "503": PROBLEM},
    }


def _feed(operation: Operation) -> dict[str, Any]:
    return {
        "operationId": operation.qualified,
        "summary": operation.title.split("\n")[0],
        "tags": [operation.service],
        "parameters": [_parameter("after", "Cursor"), _parameter("wait", "Seconds to wait for something new")],
        "responses": {"200": {"description": "A page and the next cursor"}, "403": PROBLEM},
    }


def _content(message: type, known: Schema) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": PLACE + component_of(message, known)}}}


def _parameter(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": text, "schema": {"type": "string"}}


def _bus() -> dict[str, Any]:
    """The addresses of the bus, where it is open to the caller."""
    place, operation, reference = _places("service", "version"), _places("operation"), _places("reference")
    answers = {"200": {"description": "The answer"}, "202": {"description": "Taken; the answer comes later"}}
    return {
        "/services": {"get": {
            "operationId": "services", "summary": "Page through the registry of services",
            "parameters": [_parameter("after", "Cursor"), _parameter("limit", "At most so many")],
            "responses": {"200": {"description": "A page and the next cursor"}},
        }},
        "/services/{service}/{version}": {"get": {
            "operationId": "service", "summary": "A version of a service: contract, providers, consumers",
            "parameters": place, "responses": {"200": {"description": "The entry"}, "404": PROBLEM},
        }},
        "/services/{service}/{version}/{operation}": {"post": {
            "operationId": "call", "summary": "Call a service, whoever provides it",
            "parameters": [*place, *operation, _parameter("provider", "The administration, where several provide it")],
            "requestBody": {"required": True, "content": {"application/json": {}, "application/xml": {}}},
            "responses": {**answers, "410": PROBLEM, "422": PROBLEM, "502": PROBLEM, "504": PROBLEM},
        }},
        "/exchanges/{reference}": {
            "get": {
                "operationId": "exchange", "summary": "The end of an exchange, for the two that take part in it",
                "parameters": [*reference, _parameter("wait", "Seconds to wait for it")],
                "responses": {**answers, "404": PROBLEM},
            },
            "post": {
                "operationId": "reply", "summary": "Reply to a request, as its provider",
                "parameters": reference,
                "requestBody": {"required": True, "content": {"application/json": {}, "application/xml": {}}},
                "responses": {"202": {"description": "Durably accepted; the receipt"}, "422": PROBLEM},
            },
        },
    }  # fmt: skip


def _places(*names: str) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _common() -> dict[str, Any]:
    page = {"200": {"description": "A page and the next cursor"}}
    return {
        "/v1/messages": {"post": {
            "operationId": "send", "summary": "Send any message; its root element, or ?type=, names it",
            "parameters": [_parameter("type", "Type of a JSON message")],
            "requestBody": {"required": True, "content": {
                "application/xml": {}, "application/json": {}, "multipart/related": {}}},
            "responses": {"202": {"description": "Durably accepted; the receipt"}, "422": PROBLEM},
        }},
        "/v1/messages/{id}": {"get": {
            "operationId": "status", "summary": "What became of a message that you sent, and what answered it",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                           _parameter("after", "Cursor of the next page of answers"),
                           _parameter("limit", "At most so many answers")],
            "responses": {"200": {"description": "State, faults, answers"}, "404": PROBLEM},
        }},
        "/v1/inbox": {"get": {
            "operationId": "collect", "summary": "Messages that wait for you",
            "parameters": [_parameter("after", "Cursor"), _parameter("wait", "Seconds to wait for something new"),
                           _parameter("limit", "At most so many"),
                           _parameter("box", "A box beside the inbox, as of a service that you provide")],
            "responses": page,
        }},
        "/v1/inbox/{id}/ack": {"post": {
            "operationId": "acknowledge", "summary": "You took this message (confirmation of delivery)",
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
            "responses": {"204": {"description": "Noted"}, "404": PROBLEM},
        }},
    }  # fmt: skip
