"""A person's browser without a screen: cookies by host, redirects followed one by one, forms sent from their pages."""

from __future__ import annotations

import gzip
import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import SplitResult, urlencode, urlsplit

HTML = "text/html,application/xhtml+xml,*/*;q=0.8"
FORM = re.compile(r'<form method="(\w+)" action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
MOST = 12


@dataclass(frozen=True)
class Seen:
    """An answer."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def text(self) -> str:
        """What is read of it: without tags."""
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", self.body)).split())

    @property
    def forms(self) -> list[tuple[str, str, dict[str, str], str]]:
        """Its forms: method, action, hidden fields, content."""
        return [
            (method, unescape(action), {name: unescape(value) for name, value in HIDDEN.findall(content)}, content)
            for method, action, content in FORM.findall(self.body)
        ]


@dataclass
class Visitor:
    """A browser on this machine. ``port``: where an address without one leads.

    trail: each address that it was sent to.
    """

    port: int
    jar: dict[str, dict[str, str]] = field(default_factory=dict)
    trail: list[str] = field(default_factory=list)
    agent: str = "Visitor/1.0"

    def ask(self, method: str, url: str, form: Mapping[str, str] | None = None, **headers: str) -> Seen:
        """One request, not followed."""
        parts = urlsplit(url)
        kept = self.jar.setdefault(parts.hostname or "", {})
        said = {"host": parts.netloc, "accept": HTML, "user-agent": self.agent}
        said |= {"cookie": "; ".join(f"{name}={value}" for name, value in kept.items())} if kept else {}
        said |= {"content-type": "application/x-www-form-urlencoded"} if form is not None else {}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self.connected(parts)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, urlencode(form) if form is not None else None, said)
        answer = connection.getresponse()
        body = answer.read()
        if answer.getheader("content-encoding") == "gzip":
            body = gzip.decompress(body)
        for each in answer.headers.get_all("set-cookie") or ():
            name, _, value = each.partition(";")[0].partition("=")
            kept[name] = value
            if "Max-Age=0" in each:
                del kept[name]
        connection.close()
        found = {name.lower(): value for name, value in answer.getheaders()}
        return Seen(url, answer.status, found, body.decode(errors="replace"))  # a download need be no text

    def connected(self, parts: SplitResult) -> http.client.HTTPConnection:
        """A connection to an address, whatever its host is called: all of them are on this machine."""
        return http.client.HTTPConnection("127.0.0.1", parts.port or self.port, timeout=20)

    def get(self, url: str, *, until: str = "") -> Seen:
        """A page, through every redirect; ``until``: not beyond an address that holds this."""
        return self._followed(self.ask("GET", url), until)

    def send(self, seen: Seen, action: str, *, until: str = "", **fields: str) -> Seen:
        """Send the first form of a page with this action, through every redirect."""
        found = [each for each in seen.forms if each[1] == action]
        method, action, hidden, _ = found[0]
        parts = urlsplit(seen.url)
        to = f"{parts.scheme}://{parts.netloc}{action}"
        if method == "get":
            return self.get(f"{to}?{urlencode({**hidden, **fields})}", until=until)
        sent = self.ask("POST", to, {**hidden, **fields}, sec_fetch_site="same-origin")
        return self._followed(sent, until)

    def _followed(self, seen: Seen, until: str) -> Seen:
        for _ in range(MOST):
            if seen.status not in (302, 303):
                return seen
            to = seen.headers["location"]
            if to.startswith("/"):
                parts = urlsplit(seen.url)
                to = f"{parts.scheme}://{parts.netloc}{to}"
            self.trail.append(to)
            if until and until in to:
                return seen
            seen = self.ask("GET", to)
        raise AssertionError(f"no end of redirects: {self.trail[-MOST:]}")
