"""Queues and events as an AsyncAPI 3 document: what this platform receives and sends by them.

*Receive* and *send* are said from this platform's side, as the format has it: an administration reads them the other
way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from douane.model.circles import Platform
from douane.model.declare import Kind, MessageFamily, Operation, Service, Status
from douane.model.discovery import application_of
from douane.model.naming import Names, names_of
from douane.standards.csi.names import Address, Purpose
from douane.standards.json.schemas import schemas_of

VERSION: Final = "3.0.0"
CENTRE: Final = "EU"
SYSTEM: Final = "NCTS"
"""The system in the names of queues where the settings of a node name no other."""
PLACE: Final = "#/components/schemas/{name}"
FamilyOf = Callable[[type], MessageFamily | None]


def asyncapi(services: Sequence[Service], family: FamilyOf, version: str, *, system: str = SYSTEM) -> dict[str, Any]:
    """The document. version: of the release. system: in the names of queues."""
    made = _Document(family, names_of(services))
    queued = [each for each in services if each.legacy_queue and each.status is not Status.RETIRED]
    for purpose, admin in ((Purpose.CORE, False), (Purpose.ADMIN, True)):
        operations = [
            o for s in queued if s.admin_queue is admin for o in s.operations
            if o.kind is Kind.COMMAND and o.status is not Status.RETIRED and _by_queue(o)
        ]  # fmt: skip
        made.queues(purpose, operations, system)
    for service in services:
        for operation in service.operations:
            if operation.kind is Kind.EVENT and operation.status is not Status.RETIRED:
                made.event(operation)
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "Douane, queues and events", "version": version,
            "license": {"name": "EUPL-1.2", "url": "https://eupl.eu/1.2/en/"},
            "description": "Queues of the CCN/CSI platform, and events that subscribers page through.",
        },
        "defaultContentType": "application/xml",
        "servers": {
            "queues": {"host": "{broker}", "protocol": "amqp", "variables": {"broker": {
                "default": "broker.example", "description": "The broker that an administration is given."}}},
            "feeds": {"host": "{platform}", "protocol": "https", "variables": {"platform": {
                "default": "ccn2.example", "description": "The platform of the subscriber's circle."}}},
        },
        "channels": made.channels,
        "operations": made.operations,
        "components": {"messages": made.messages, "schemas": made.schemas()},
    }  # fmt: skip


def _by_queue(operation: Operation) -> bool:
    """Whether somebody who may call it comes by queue."""
    return any(Platform.CCN_CSI.admits(actor.kind) for actor in operation.by)


class _Document:
    def __init__(self, family: FamilyOf, names: Names) -> None:
        self.family, self.names = family, names
        self.channels: dict[str, Any] = {}
        self.operations: dict[str, Any] = {}
        self.messages: dict[str, Any] = {}
        self.own: dict[str, type] = {}

    def queues(self, purpose: Purpose, operations: Sequence[Operation], system: str) -> None:
        """The queue of the centre, and those of the administrations."""
        taken = dict.fromkeys(each.request for each in operations)
        sent = dict.fromkeys(reply for each in operations for reply in each.replies)
        name = purpose.value.lower()
        if taken:
            own = self.channel(f"{name}_centre", Address(purpose, system, CENTRE).queue, taken, "queues")
            own["title"] = "What administrations put in for the centre"
            for each in operations:
                self.operation(each.qualified, "receive", f"{name}_centre", each.title, [each.request])
        if sent:
            address = Address(purpose, system, "{administration}").queue
            other = self.channel(f"{name}_administration", address, sent, "queues")
            other["title"] = "What the centre puts in for an administration"
            other["parameters"] = {"administration": {"description": "The country code of the administration."}}
            self.operation(f"answer_{name}", "send", f"{name}_administration", "Answers of the procedures", list(sent))

    def event(self, operation: Operation) -> None:
        """An event: its subscribers page through a feed of their platform."""
        name = operation.qualified.replace(".", "_")
        made = self.channel(name, f"/v1/feeds/{operation.qualified}", [operation.request], "feeds")
        made["title"] = operation.title.partition("\n")[0]
        self.operation(operation.qualified, "send", name, operation.title, [operation.request])

    def channel(self, name: str, address: str, types: Iterable[type], server: str) -> dict[str, Any]:
        """A channel with its messages."""
        messages = {self.names.of(each): {"$ref": f"#/components/messages/{self.message(each)}"} for each in types}
        made: dict[str, Any] = {"address": address, "servers": [{"$ref": f"#/servers/{server}"}], "messages": messages}
        if server == "queues":
            queue = {"is": "queue", "queue": {"durable": True, "exclusive": False, "autoDelete": False}}
            made["bindings"] = {"amqp": {**queue, "bindingVersion": "0.3.0"}}
        self.channels[name] = made
        return made

    def operation(self, name: str, action: str, channel: str, title: str, types: Sequence[type]) -> None:
        """What is done at a channel."""
        self.operations[name.replace(".", "_")] = {
            "action": action, "title": name, "summary": title.partition("\n")[0],
            "channel": {"$ref": f"#/channels/{channel}"},
            "messages": [{"$ref": f"#/channels/{channel}/messages/{self.names.of(each)}"} for each in types],
        }  # fmt: skip

    def message(self, type: type) -> str:
        """A message and its content; its name."""
        name, title = self.names.of(type), (type.__doc__ or type.__name__).partition("\n")[0]
        family = self.family(type)
        made: dict[str, Any] = {"name": name, "title": title}
        if family is not None:
            made["contentType"] = "application/xml"
            said = f"The document {name} of the family {family.name}, as its published schema has it."
            made["payload"] = {"type": "string", "contentMediaType": "application/xml", "description": said}
        else:
            self.own[name] = type
            made["contentType"] = "application/json"
        self.messages.setdefault(name, made)
        return name

    def _own(self) -> dict[str, type]:
        return {name: each for name, each in self.names.types.items() if self.family(each) is None}

    def schemas(self) -> dict[str, Any]:
        """The schemas of messages of our own."""
        payloads, components = schemas_of(self.own.values(), PLACE, application_of, self._own())
        for name, payload in zip(self.own, payloads, strict=True):
            self.messages[name]["payload"] = payload
        return components
