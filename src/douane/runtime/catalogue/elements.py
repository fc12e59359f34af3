"""Messages of our own types as XML elements: read by the schema of their web service, wherever they are met again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from douane.model.declare import Service
from douane.model.web_services import NAMESPACE, WebService, web_services
from douane.standards.xml.reading import Limits, read_tree
from douane.standards.xml_schema.binding import MOST_ELEMENTS, Binding
from douane.vocabulary.codes import PLATFORM
from douane.vocabulary.errors import Fault, UnknownMessageType

_SPACE = f"{NAMESPACE}/".encode()
_OWN = re.compile(rb"\s*<[^<>]*\sxmlns(?::[\w.-]+)?\s*=\s*[\"']" + re.escape(_SPACE))
_HEAD = 4096
LIMITS = Limits(size=8 * 1024 * 1024, depth=40, elements=MOST_ELEMENTS)


class Elements:
    """The web services of a node, and their bindings, each made when it is first needed."""

    def __init__(self, services: Iterable[Service]) -> None:
        self._services = tuple(services)
        self._webs: tuple[WebService, ...] | None = None
        self._bindings: dict[str, Binding] = {}

    @property
    def webs(self) -> tuple[WebService, ...]:
        """Every web service of the declared services."""
        if self._webs is None:
            self._webs = tuple(web for service in self._services for web in web_services(service))
        return self._webs

    def speaks(self, body: bytes) -> bool:
        """Whether a document is an element of a service of ours: told from its first tag, without parsing it."""
        start = body.find(b"?>", 0, _HEAD) + 2 if body.startswith(b"<?xml") else 0
        tag = body[start : body.find(b">", start, _HEAD)]
        return _SPACE in tag and _OWN.match(tag) is not None

    def binding(self, web: WebService) -> Binding:
        """Reader and writer of the elements of a web service."""
        made = self._bindings.get(web.namespace)
        if made is None:
            made = self._bindings[web.namespace] = Binding(web.schema(), web.groups)
        return made

    def read(self, body: bytes) -> Any:
        """The message in an element that stands by itself. Raises what ``Binding.read`` raises."""
        root = read_tree(body, LIMITS)
        namespace = str(root.tag)[1:].rpartition("}")[0]
        web = next((each for each in self.webs if each.namespace == namespace), None)
        if web is None:
            remedy = "Send an element that a service description names."
            raise UnknownMessageType(
                f"No web service has the namespace {namespace[:120]!r}.",
                remedy=remedy,
                faults=(Fault("/", PLATFORM.untaken, remedy),),
            )
        return self.binding(web).read(root)
