"""The addresses of this channel that are no operation's, in OpenAPI: messages, inbox, bus."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from douane.channels.rest.answers import InboxPage, Later, Status
from douane.channels.rest.schemas import PLACE, Schema
from douane.model.web_services import Receipt

JSON: Final = "application/json"
XML: Final = "application/xml"
ASKED: Final = (400, 401, 403, 404, 408, 413, 415, 422, 429, 500, 502, 503)
"""Statuses by which a question may be refused; 502: who keeps what is asked cannot be."""
SENT: Final = (400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 500, 503)
"""Those by which a message may be."""
READ: Final = (400, 401, 403, 404, 408, 429, 500, 503)
"""Those by which a page may be."""
BUSY: Final = (429, 503)
CURSOR: Final[Schema] = {"type": "string", "maxLength": 400}
POSITION: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{1,16}$", "examples": ["6d"]}
WAIT: Final[Schema] = {"type": "number", "minimum": 0, "default": 0}
LIMIT: Final[Schema] = {"type": "integer", "minimum": 1, "default": 50}
ID: Final[Schema] = {
    "name": "message-id", "in": "header", "required": False, "schema": {"type": "string", "maxLength": 35},
    "description": "Identification of a message that carries none; the same one again gets the same receipt",
}  # fmt: skip


def refused(*statuses: int) -> dict[str, Any]:
    """The refusals of an operation, each by its status."""
    return {str(each): {"$ref": f"#/components/responses/Refused{each}"} for each in sorted(statuses)}


def answered(text: str, answer: type, **headers: Schema) -> dict[str, Any]:
    """An answer in JSON of one of the types of ``answers``."""
    found: dict[str, Any] = {"description": text, "content": {JSON: {"schema": {"$ref": PLACE + answer.__name__}}}}
    return found | ({"headers": headers} if headers else {})


def receipt() -> dict[str, Any]:
    """The answer to a message."""
    location = {"description": "Where it is told what became of it", "schema": {"type": "string"}}
    return {"202": answered("Durably accepted; the receipt", Receipt, Location=location)}


def parameter(name: str, text: str, schema: Schema) -> dict[str, Any]:
    """A parameter of the query string that may be left out."""
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}


def paging(limited: str = "At most so many; more than 500 are never told at once") -> list[dict[str, Any]]:
    """The parameters of a page of messages."""
    return [
        parameter("after", "Cursor: what a page before named as after", CURSOR),
        parameter("wait", "Seconds to wait for something new, at most 30", WAIT),
        parameter("limit", limited, LIMIT),
    ]


def _places(*names: str, schema: Schema | None = None) -> list[dict[str, Any]]:
    kind = schema or {"type": "string"}
    return [{"name": name, "in": "path", "required": True, "schema": kind} for name in names]


def common(published: Sequence[Schema], types: Iterable[str]) -> dict[str, Any]:
    """What everybody may call who may call anything. published: schemas of XML messages; types: of JSON messages."""
    xml: Schema = {"anyOf": list(published)} if published else {"type": "object"}
    kind: Schema = {"type": "string", "enum": sorted(types)}
    return {
        "/v1/messages": {"post": {
            "operationId": "send", "summary": "Send any message; its root element, or ?type=, names it",
            "parameters": [parameter("type", "Type of a JSON message", kind), ID],
            "requestBody": {"required": True, "content": {
                XML: {"schema": xml}, JSON: {"schema": {"type": "object"}},
                "multipart/related": {"schema": {"type": "string", "format": "binary", "description":
                    "The message first, then each attachment under its Content-ID"}},
            }},
            "responses": {**receipt(), **refused(*SENT, 410)},
        }},
        "/v1/messages/{id}": {"get": {
            "operationId": "status", "summary": "What became of a message that you sent, and what answered it",
            "parameters": [*_places("id", schema=POSITION), *paging()],
            "responses": {"200": answered("State, faults, answers", Status), **refused(*READ)},
        }},
        "/v1/inbox": {"get": {
            "operationId": "collect", "summary": "Messages that wait for you",
            "parameters": [*paging(), parameter(
                "box", "A box beside the inbox, as of a service that you provide",
                {"type": "string", "maxLength": 80})],
            "responses": {"200": answered("A page and the next cursor", InboxPage), **refused(*READ)},
        }},
        "/v1/inbox/{id}/ack": {"post": {
            "operationId": "acknowledge", "summary": "You took this message (confirmation of delivery)",
            "parameters": _places("id", schema=POSITION),
            "responses": {"204": {"description": "Noted"}, **refused(*READ)},
        }},
    }  # fmt: skip


def bus() -> dict[str, Any]:
    """The addresses of the bus, where it is open to the caller."""
    place, operation, reference = _places("service", "version"), _places("operation"), _places("reference")
    whatever: dict[str, Any] = {JSON: {"schema": {}}, XML: {"schema": {}}}
    later = answered("Taken; the answer comes later", Later)
    body = {"required": True, "content": whatever}
    end = {"200": {"description": "The answer, as its provider wrote it", "content": whatever}, "202": later}
    return {
        "/services": {"get": {
            "operationId": "services", "summary": "Page through the registry of services",
            "parameters": [parameter("after", "Cursor", CURSOR),
                           parameter("limit", "At most so many", {"type": "integer", "minimum": 1, "maximum": 100})],
            "responses": {"200": {"description": "A page and the next cursor", "content": {JSON: {"schema": {}}}},
                          **refused(*READ)},
        }},
        "/services/{service}/{version}": {"get": {
            "operationId": "service", "summary": "A version of a service: contract, providers, consumers",
            "parameters": place,
            "responses": {"200": {"description": "The entry", "content": {JSON: {"schema": {}}}}, **refused(*READ)},
        }},
        "/services/{service}/{version}/{operation}": {"post": {
            "operationId": "call", "summary": "Call a service, whoever provides it",
            "parameters": [
                *place, *operation, parameter("provider", "The administration, where several provide it",
                                              {"type": "string", "maxLength": 2})],
            "requestBody": body,
            "responses": {**end, **refused(*SENT, 410, 502, 504)},
        }},
        "/exchanges/{reference}": {
            "get": {
                "operationId": "exchange", "summary": "The end of an exchange, for the two that take part in it",
                "parameters": [*reference, parameter("wait", "Seconds to wait for it, at most 40", WAIT)],
                "responses": {**end, **refused(*SENT, 410, 502, 504)},
            },
            "post": {
                "operationId": "reply", "summary": "Reply to a request, as its provider",
                "parameters": reference, "requestBody": body,
                "responses": {**receipt(), **refused(*SENT)},
            },
        },
    }  # fmt: skip
