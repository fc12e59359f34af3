"""Bodies judged by the contract of an operation, and carried to the version that serves them."""

from __future__ import annotations

import msgspec

from douane.applications.service_bus.handlers.platform import catalogue
from douane.applications.service_bus.messages.registry import Content, Form, OfferedOperation, Steps
from douane.applications.service_bus.rules.offers import translation_of
from douane.author import BadRequest, UnknownMessageType
from douane.standards.content_schema.checking import check_content, check_size, read_json


def judge(content: Content, form: Form, body: str) -> None:
    """Silent where a body keeps the contract. Raises BadRequest, TooLarge, NotWellFormed, NotValid, ... with faults."""
    check_size(body)
    if form is not content.form:
        raise BadRequest(f"The body is {form.value}; the contract says {content.form.value}.",
                         remedy=f"Send {content.form.value}.")  # fmt: skip
    if not content.message:
        check_content(form.value, content.schema, body)
        return
    message = catalogue().type_named(content.message)
    if form is Form.JSON:
        catalogue().read_json(message, body.encode())
    elif type(catalogue().read_document(body.encode())) is not message:
        raise UnknownMessageType(f"The body is no {content.message}.", remedy=f"Send a {content.message}.")


def forth(steps: Steps, body: str) -> str:
    """A body of an earlier version in the later one that serves it. NotValid where it has no way."""
    return body if steps == Steps() else _text(translation_of(steps).forth(read_json(body)))


def back(steps: Steps, body: str) -> str:
    """A body of the later version in the earlier one."""
    return body if steps == Steps() else _text(translation_of(steps).back(read_json(body)))


def operation_named(operations: tuple[OfferedOperation, ...], name: str) -> OfferedOperation | None:
    """An operation of an offer by its name."""
    return next((each for each in operations if each.name == name), None)


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()
