"""The web service of a door itself: send any message, collect what waits, acknowledge it."""

from __future__ import annotations

from typing import Final

import msgspec

from douane.model.declare import Kind, Operation
from douane.model.web_services import NAMESPACE, Collection, Exchange, Page, Receipt, WebService

NAME: Final = "messages"
PATH: Final = f"/{NAME}/v1"
SPACE: Final = f"{NAMESPACE}/{NAME}/v1"


class Send(msgspec.Struct, frozen=True):
    """Send any message: XML of a published family names its type itself, JSON needs ``type``."""

    body: str
    media: str = "application/xml"
    type: str = ""
    id: str = ""


class Acknowledge(msgspec.Struct, frozen=True):
    """A message was taken from the inbox."""

    id: str


class Acknowledged(msgspec.Struct, frozen=True):
    """The message is out of the inbox."""


def _operation(name: str, kind: Kind, request: type, answer: type, title: str) -> Operation:
    return Operation(name, kind, request, (answer,), (), "", title, service=NAME)


OPERATIONS: Final = (
    _operation("send", Kind.COMMAND, Send, Receipt, "Send any message; the answer is the receipt"),
    _operation("collect", Kind.QUERY, Page, Collection, "Collect messages that wait for you"),
    _operation("acknowledge", Kind.QUERY, Acknowledge, Acknowledged, "Confirm that a message was taken"),
)


def _exchange(operation: Operation) -> Exchange:
    name = operation.name
    return Exchange(operation, name, f"{{{SPACE}}}{name}", f"{{{SPACE}}}{name}Response", f"{SPACE}/{name}")


MAILBOX: Final = WebService(
    NAME, "Messages", "Messages of any type, and the inbox of the caller", SPACE, PATH,
    tuple(_exchange(each) for each in OPERATIONS),
)  # fmt: skip
