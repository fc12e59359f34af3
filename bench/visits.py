"""Pages for people, asked by one party as often as he is answered: who disturbs others in ``bench.fair``.

A node with pages stands as in production: TLS by a private authority, a provider, an account of the greedy trader, who
signs in once and shows his cookies over all his connections. Strangers show none.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode, urlsplit

from bench.node import prepare_identity, settings_for
from douane.configuration.settings import NodeSettings, PagesAt
from douane.identity.issuers import Issuers
from douane.model.graph import NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.visible import public_part
from douane.trust.development_identity import DevelopmentIdentity
from tests.pages.front import Person
from tests.pages.production import DOMAIN, Tls, free_port, private_tls, public
from tests.pages.provider import entry, providing

SITES: Final = ("portal", "signin")
TOKENS: Final = f"https://uumds.{DOMAIN}"
SUBJECT: Final = "greedy"
PATIENCE_SECONDS: Final = 30.0
CASE: Final = re.compile(r'href="(/cases/[^"]+)"')
DAYS: Final = 1_000


@dataclass(frozen=True)
class Front:
    """Where the pages of a node are."""

    tls: Tls
    port: int
    provider: int

    def person(self) -> Person:
        """A browser that nobody signed in at."""
        return Person(self.tls, self.port)


def lay(place: Path) -> tuple[Front, DevelopmentIdentity, list[str]]:
    """What a node with pages needs, in its folder; who may ask it, and a token of each trader."""
    made, tokens = prepare_identity(place / "issued", authority="Union of the bench", issuers=Issuers((TOKENS,)))
    shutil.copytree(made.folder, settings_for(place).identity_folder)
    front = Front(private_tls(place / "tls", tuple(f"{site}.{DOMAIN}" for site in SITES)), free_port(), free_port())
    (settings_for(place).identity_folder / "providers.toml").write_text(entry("FR", front.provider))
    return front, DevelopmentIdentity(settings_for(place).identity_folder), tokens


def with_pages(place: Path, front: Front, processes: int) -> NodeSettings:
    """The settings of such a node."""
    pages = PagesAt(
        port=front.port, certificate=front.tls.certificate, key=front.tls.key, public=public(front.port, SITES),
        processes=2 if processes > 1 else 1,
    )  # fmt: skip
    return replace(
        settings_for(place), development=False, pages=pages, public={"uumds": TOKENS}, serves=frozenset({"EU", "FR"}),
        platforms=("speed2", "ccn2", "uumds", "operations"),
    )  # fmt: skip


def account(front: Front, number: str) -> bytes:
    """Who the greedy person is, as an administration states it. number: his EORI number."""
    said = {
        "account": "fr.greedy", "provider": f"http://localhost:{front.provider}", "subject": SUBJECT, "name": "Greedy",
        "kind": "trader", "country": "FR", "eori": number, "roles": ["declarant", "holder of the transit procedure"],
    }  # fmt: skip
    return json.dumps({"keeper": "EU", "accounts": [said]}).encode()


@contextlib.contextmanager
def signed_in(front: Front) -> Iterator[Person]:
    """His browser, once he is known; the provider goes on as long as the block lasts, for those who begin again."""
    with providing(front.provider, f"{public(front.port, SITES)['signin']}/callback", SUBJECT):
        end = time.monotonic() + PATIENCE_SECONDS
        while (made := front.person()).sign_in().status != 200:
            if time.monotonic() > end:
                raise RuntimeError("nobody can sign in")
            time.sleep(0.5)
        yield made


def requests_of(path: str, person: Person, *, proven: bool) -> list[str]:
    """What is asked on pages, each a request about something else: the bytes of its head. path: a name of ``ASKED``."""
    site, made = ASKED[path]
    at = urlsplit(person.urls[site])
    kept = person.jar.get(at.hostname or "", {}) if proven else {}
    cookie = f"cookie: {'; '.join(f'{name}={value}' for name, value in kept.items())}\r\n" if kept else ""
    head = f"host: {at.netloc}\r\naccept: text/html\r\nuser-agent: crowd\r\n{cookie}\r\n"
    return [f"GET {each} HTTP/1.1\r\n{head}" for each in made(person)]


def _days() -> list[str]:
    return [(dt.date(2026, 1, 1) - dt.timedelta(days=each)).isoformat() for each in range(DAYS)]


def _sheets(_: Person) -> list[str]:
    return [f"/explore/{kind}?format=csv&on={day}" for kind, day in zip(("element", "type", "rule") * DAYS, _days())]  # noqa: B905 - as many as there are days


def _explored(_: Person) -> list[str]:
    model = public_part(installed_model())
    return [f"/explore/find?q={quote(each.id.partition(':')[2])}" for kind in NodeKind for each in model.of(kind)][
        :DAYS
    ]


def _sign_ins(_: Person) -> list[str]:
    said = {"domain": "customs", "country": "FR", "actor": "economic operator", "acting_for": ""}
    return [f"/begin?{urlencode({**said, 'identifier': f'FR{number:014}'})}" for number in range(DAYS)]


def _cases(person: Person) -> list[str]:
    """His own, of each list that names them."""
    found = dict.fromkeys(unescape(each) for each in CASE.findall(person.to("/cases?limit=200").body))
    if not found:
        raise RuntimeError("he has no cases")
    return list(found)


def _messages(_: Person) -> list[str]:
    return [f"/messages?format=csv&since={day}" for day in _days()]


def _found(_: Person) -> list[str]:
    return [f"/find?reference={quote(f'26FR{number:014}')}" for number in range(DAYS)]


def _lists(_: Person) -> list[str]:
    return [f"/cases?ends_before={day}" for day in _days()]


ASKED: Final[Mapping[str, tuple[str, Callable[[Any], list[str]]]]] = {
    "sheets of the explorer": ("portal", _sheets), "searches of the explorer": ("portal", _explored),
    "sign-ins": ("signin", _sign_ins), "case pages": ("portal", _cases), "sheets of messages": ("portal", _messages),
    "searches for a reference": ("portal", _found), "lists of cases": ("portal", _lists),
}  # fmt: skip
"""What is asked on pages: at which site, and how each question is made."""
