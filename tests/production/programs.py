"""Programs that speak with the doors of the core, with the cards that its authority issued."""

from __future__ import annotations

import ctypes
import http.client
import json
import os
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Final

from tests.journeys.standing import Answer, Client
from tests.production.hosts import Failed, Host
from tests.production.shape import DOORS, Shape, persons

CLONE_NEWNET: Final = 0x40000000
JSON: Final = {"content-type": "application/json"}


def reached(at: Host, address: str, port: int) -> socket.socket:
    """A connection that begins on a host, whoever uses it later."""
    found: list[socket.socket | OSError] = []

    def live() -> None:
        with open(f"/proc/{at.pid}/ns/net") as place:
            if ctypes.CDLL(None, use_errno=True).setns(place.fileno(), CLONE_NEWNET):
                found.append(OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno())))
                return
        try:
            found.append(socket.create_connection((address, port), 20))
        except OSError as problem:
            found.append(problem)

    thread = threading.Thread(target=live)
    thread.start()
    thread.join()
    if isinstance(found[0], OSError):
        raise found[0]
    return found[0]


@dataclass
class Program(Client):
    """A program on the host of the core."""

    at: Host | None = None

    def connection(self) -> http.client.HTTPSConnection:
        made = super().connection()
        assert self.at is not None
        at, port = self.at, made.port or 0
        made._create_connection = lambda *_: reached(at, "127.0.0.1", port)  # type: ignore[attr-defined]  # no other way
        return made


@dataclass
class Programs:
    """All of them, each by its name."""

    shape: Shape
    _made: dict[tuple[str, str], Program] = field(default_factory=dict)

    def client(self, platform: str, name: str) -> Program:
        """A program at a door."""
        found = self._made.get((platform, name))
        if found is None:
            context = ssl.create_default_context(cafile=str(self.shape.cards / "root.pem"))
            if name:
                context.load_cert_chain(self.shape.cards / f"{name}.pem", self.shape.cards / f"{name}.key")
            url = f"https://localhost:{DOORS[platform]}"
            found = self._made[platform, name] = Program(url, context, at=self.shape.core)
        return found

    def ask(self, platform: str, name: str, path: str, said: object) -> Any:
        """A question. Raises Failed."""
        answer = self.client(platform, name).ask("POST", path, json.dumps(said).encode(), JSON)
        return _good(answer, path).json

    def handled(self, platform: str, name: str, path: str, body: bytes, media: dict[str, str] | None = None) -> Any:
        """Send a message, and wait until it was handled; the receipt. Raises Failed."""
        client = self.client(platform, name)
        sent = _good(client.ask("POST", path, body, media or JSON), path).json
        for _ in range(200):
            if client.ask("GET", f"/v1/messages/{sent['receipt']}").json["state"] == "handled":
                return sent
            time.sleep(0.05)
        raise Failed(f"{path} of {name} is not handled")

    def deliver(self) -> None:
        """The accounts of the persons of the journeys, each by the system of his country."""
        for about, entries in persons().items():
            keeper, country = about.split()
            system = "commission.system" if country == "EU" else f"{country.lower()}.system"
            said = json.dumps({"keeper": keeper, "accounts": entries}).encode()
            self.handled("ccn2", system, "/accounts/v1/deliver", said)


def _good(answer: Answer, path: str) -> Answer:
    if answer.status not in (200, 202):
        raise Failed(f"{path} is answered {answer.status}: {answer.body[:500]!r}")
    return answer
