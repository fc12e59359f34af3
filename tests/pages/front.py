"""A person before a front in production, without a screen: TLS by the private authority, sign-in by a provider."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from typing import Final
from urllib.parse import SplitResult

from tests.pages.production import Tls, public
from tests.pages.visitor import Seen, Visitor

SERVED: Final = ("portal", "desk", "centre", "signin")
LONGEST_SECONDS: Final = 90.0
BUSY: Final = 503


class Person(Visitor):
    """A browser that trusts the private authority of the pages."""

    def __init__(self, tls: Tls, port: int) -> None:
        super().__init__(port)
        self.tls = tls
        self.context = ssl.create_default_context(cafile=tls.root)
        self.urls = public(port, SERVED)
        self.public = dict(self.urls)

    def connected(self, parts: SplitResult) -> http.client.HTTPConnection:
        if parts.scheme == "http":
            return super().connected(parts)
        made = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self.context)
        made.host = parts.hostname or ""  # the name of the certificate and of SNI; the socket leads here
        made._create_connection = lambda *_: socket.create_connection(("127.0.0.1", self.port), 20)  # type: ignore[attr-defined]  # http.client has no other way
        return made

    def sign_in(self) -> Seen:
        """As a person does it: whom he comes as, his provider, and back."""
        first = self.get(self.urls["signin"])
        return self.send(first, "/begin", domain="customs", country="FR", actor="economic operator", identifier="",
                         acting_for="")  # fmt: skip

    def to(self, path: str) -> Seen:
        """A page of the portal."""
        return self.get(self.urls["portal"] + path)


def insisting(ask: Callable[[], Seen]) -> Seen:
    """What somebody is answered who asks again for as long as nothing comes."""
    end = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            found = ask()
        except (OSError, http.client.HTTPException):
            found = None
        if found is not None and found.status != BUSY:
            return found
        assert time.monotonic() < end
        time.sleep(0.05)
