"""Somebody with a browser at the pages of a node: hosts told apart by name, cookies by host, forms as they stand."""

from __future__ import annotations

import html
import http.client
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode, urljoin, urlsplit

from tests.hostile.party import CannotBePlayed

MOST = 12
"""Addresses to which one is led in a row."""


@dataclass(frozen=True)
class Seen:
    """A page as it came. host, path: where it is, after everything that led there."""

    status: int
    host: str
    path: str
    body: str
    leads: str = ""

    @property
    def text(self) -> str:
        """What people read."""
        plain = re.sub(r"<[^>]+>", " ", self.body.partition("<main")[2] or self.body)
        return re.sub(r"\s+", " ", html.unescape(plain)).strip()

    def form(self, action: str) -> dict[str, str]:
        """The fields of the form that goes to an address, as the page has them. Raises CannotBePlayed for none."""
        for found in re.findall(r"<form.*?</form>", self.body, re.DOTALL):
            if re.search(rf'action="{re.escape(html.escape(action))}"', found):
                fields = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', found)
                return {html.unescape(name): html.unescape(value) for name, value in fields}
        raise CannotBePlayed(f"{self.path} has no form for {action}: {self.text[:120]}")


@dataclass
class Browser:
    """A browser. port: of the pages."""

    port: int
    cookies: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, host: str, path: str) -> Seen:
        """A page, and where it leads."""
        return self._led(self._ask("GET", host, path, {}))

    def post(self, host: str, path: str, fields: dict[str, str]) -> Seen:
        """Send a form, and go where it leads."""
        return self._led(self._ask("POST", host, path, fields))

    def become(self, client: str) -> Seen:
        """Come in as a person of the union in a box, by the start page of a development node."""
        fields = self.get("localhost", "/").form("/as")
        return self.post("localhost", "/as", {**fields, "as": client, "go": "/"})

    def enter(self, link: str) -> Seen:
        """Come in by a link that holds once."""
        parts = urlsplit(link)
        return self.get(parts.hostname or "", f"{parts.path}?{parts.query}")

    def _led(self, seen: Seen) -> Seen:
        for _ in range(MOST):
            if not seen.leads:
                return seen
            parts = urlsplit(urljoin(f"http://{seen.host}:{self.port}{seen.path}", seen.leads))
            path = parts.path + (f"?{parts.query}" if parts.query else "")
            seen = self._ask("GET", parts.hostname or seen.host, path, {})
        raise CannotBePlayed(f"{seen.host}{seen.path} leads on and on")

    def _ask(self, verb: str, host: str, path: str, fields: dict[str, str]) -> Seen:
        at = f"{host}:{self.port}"
        own = self.cookies.setdefault(host, {})
        headers = {"Host": at, "Accept": "text/html", "Accept-Language": "en"}
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in own.items())} if own else {}
        if verb == "POST":
            headers |= {"Origin": f"http://{at}", "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        try:
            connection.request(verb, path, body=urlencode(fields) if verb == "POST" else None, headers=headers)
            answer = connection.getresponse()
            body = answer.read().decode(errors="replace")
        finally:
            connection.close()
        for said in answer.headers.get_all("set-cookie", []):
            name, _, value = said.partition("=")
            own[name] = value.partition(";")[0]
            if "max-age=0" in said.lower():
                del own[name]
        leads = answer.headers.get("location", "") if answer.status in (302, 303) else ""
        return Seen(answer.status, host, path, body, leads)
