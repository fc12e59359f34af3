"""Somebody at the doors of a running union, as anybody is: a certificate, HTTP, messages of published forms.

What stands in this folder imports ``douane.standards`` and the standard library alone: whatever becomes of the product
inside, what is seen from here is what others see.
"""

from __future__ import annotations

import http.client
import json
import ssl
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

PATIENCE_SECONDS: Final = 20.0
AGAIN: Final = (429, 503)


class Unexpected(Exception):
    """A door answered what the case cannot go on with."""


@dataclass(frozen=True)
class Doors:
    """Where a union is: its ports of the loopback by platform, and the folder with its root and certificates."""

    ports: dict[str, int]
    identity: Path
    run: str
    """What is unlike any other run at this union, for references: eight digits."""


@dataclass(frozen=True)
class Item:
    """A message that waited for somebody."""

    type: str
    answers: str
    body: str


@dataclass
class Caller:
    """Somebody with a certificate at the door of a platform."""

    doors: Doors
    who: str
    platform: str
    _after: str = ""
    _items: list[Item] = field(default_factory=list)

    def send(self, text: str) -> None:
        """Send a message in XML. Raises Unexpected where the door does not take it."""
        status, answer = self._ask("POST", "/v1/messages", text, "application/xml")
        if status != 202:
            raise Unexpected(f"the door refuses the message with {status}: {answer[:200]}")

    def call(self, service: str, operation: str, **content: Any) -> Any:
        """Call an operation with JSON; its answer. Raises Unexpected where it has none."""
        status, answer = self._ask("POST", f"/{service}/v1/{operation}", json.dumps(content), "application/json")
        if status not in (200, 202):
            raise Unexpected(f"{service}.{operation} is answered with {status}: {answer[:200]}")
        return json.loads(answer)

    def gets(self, *types: str, about: str) -> Item:
        """The first message of one of these types that answers or names something, waited for. Raises Unexpected."""
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            for each in self._items:
                if each.type in types and (about == each.answers or about in each.body):
                    return each
            if time.monotonic() > until:
                came = [each.type for each in self._items if about == each.answers or about in each.body]
                raise Unexpected(f"of {', '.join(types)} none came about {about}, but {', '.join(came) or 'nothing'}")
            self._collect()

    def _collect(self) -> None:
        status, answer = self._ask("GET", f"/v1/inbox?wait=2&limit=500&after={self._after}")
        if status != 200:
            raise Unexpected(f"the inbox is answered with {status}: {answer[:200]}")
        page = json.loads(answer)
        self._after = page["after"]
        self._items += [Item(each["type"], each.get("answers", ""), each["body"]) for each in page["items"]]

    def _ask(self, method: str, path: str, body: str = "", media: str = "") -> tuple[int, str]:
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            connection = http.client.HTTPSConnection(
                "localhost", self.doors.ports[self.platform], timeout=40, context=self._tls()
            )
            try:
                connection.request(method, path, body.encode() or None, {"content-type": media} if media else {})
                answer = connection.getresponse()
                status, text, later = answer.status, answer.read().decode(), answer.headers.get("retry-after", "1")
            finally:
                connection.close()
            if status not in AGAIN or time.monotonic() > until:
                return status, text
            time.sleep(float(later))

    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=str(self.doors.identity / "root.pem"))
        clients = self.doors.identity / "clients"
        context.load_cert_chain(clients / f"{self.who}.pem", clients / f"{self.who}.key")
        return context
