"""Somebody at a door of the union: sends, collects in order, acknowledges, and comes again when asked to."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

AGAIN, PATIENT_SECONDS = 4, 5


class CannotBePlayed(Exception):
    """The attempt has no ground here: what it needs does not start, or was not there."""


@dataclass(frozen=True)
class Item:
    """A message as an inbox shows it."""

    id: str
    type: str
    answers: str
    message: str
    body: str


class Party:
    """Somebody at a door: sends, collects in order, and acknowledges."""

    def __init__(self, client: httpx.Client, headers: dict[str, str] | None = None) -> None:
        self.client, self.headers = client, headers or {}
        self.after, self.items = "", list[Item]()

    def send(self, body: str) -> httpx.Response:
        """Send a message of the family."""
        headers = {"content-type": "application/xml", **self.headers}
        return self._patiently(lambda: self.client.post("/v1/messages", content=body.encode(), headers=headers))

    def order(self, service: str, operation: str, content: dict[str, Any], id: str = "") -> httpx.Response:
        """Call an operation with JSON."""
        headers = {"message-id": id, **self.headers} if id else self.headers
        return self._patiently(lambda: self.client.post(f"/{service}/v1/{operation}", json=content, headers=headers))

    def collect(self, seconds: float = 0.0) -> list[Item]:
        """What is new in the inbox, waited for."""
        question = {"wait": f"{seconds:g}", "limit": "500", "after": self.after}
        answer = self._patiently(lambda: self.client.get("/v1/inbox", params=question, headers=self.headers))
        if answer.status_code != 200:
            return []
        page = answer.json()
        self.after = page["after"]
        new = [Item(i["id"], i["type"], i.get("answers", ""), i.get("message", ""), i["body"]) for i in page["items"]]
        self.items += new
        return new

    def gets(self, type: str, about: str, seconds: float = 8.0) -> Item | None:
        """The first message of a type that names something (or answers it), waited for."""
        until = time.monotonic() + seconds
        while True:
            for each in self.items:
                if each.type == type and (about == each.answers or about in each.body):
                    return each
            left = until - time.monotonic()
            if left <= 0:
                return None
            self.collect(min(left, 2.0))

    def needs(self, type: str, about: str, seconds: float = 8.0) -> Item:
        """The same, where the attempt cannot be played without it."""
        found = self.gets(type, about, seconds)
        if found is None:
            got = [each.type for each in self.items if about == each.answers or about in each.body]
            raise CannotBePlayed(f"no {type} about {about} came, but {', '.join(got) or 'nothing'}")
        return found

    def acknowledge(self, item: str) -> httpx.Response:
        """Take a message out of the inbox."""
        return self._patiently(lambda: self.client.post(f"/v1/inbox/{item}/ack", headers=self.headers))

    @staticmethod
    def _patiently(call: Callable[[], httpx.Response]) -> httpx.Response:
        """The answer to a request; asked to come later, a party does so."""
        for _ in range(AGAIN):
            answer = call()
            later = answer.headers.get("retry-after", "")
            if answer.status_code not in (429, 503) or not later.isdecimal() or int(later) > PATIENT_SECONDS:
                return answer
            time.sleep(int(later))
        return call()
