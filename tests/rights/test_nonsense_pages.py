"""Nonsense in every address and field of every page that a person meets: he is told, and nothing of ours breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.union import Union
from tests.pages.visitor import HIDDEN, Seen, Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
HREF = re.compile(r'href="(/[^"#]*)')
VALUE = re.compile(
    r"(?<=/apply/)[A-Z0-9]+|(?<=/explore/)[^?]+|(?<=/projects/)[^/]+|(?<=/specifications/)[^/]+"
    r"|(?<=/drafts/)[^/?]+|[0-9][0-9A-Z]{5,}|[0-9a-f]{16}|=[^&]*"
)
"""What differs between pages of one kind."""
FORMAT = re.compile(r"[?&]format=[a-z]*")
FIELD = re.compile(r'<(?:input|select|textarea)\b[^>]*\bname="([^"]+)"')
WORDS = ("\U0001f6c3\u202e'\"<b>&", "-1", "9" * 40, "9999-12-31", "0001-01-01", "%00../..", "")
"""What no field asks for, or asks for and nobody means."""
PAGES = 70
"""Pages of one person that are opened; each with every field of its forms and addresses."""
PEOPLE = (
    ("trader.fr.lesquin", "portal", Platform.SPEED2), ("fr.officer", "desk", Platform.CCN2),
    ("commission.officer", "centre", Platform.CDCO), ("", "portal", None),
    ("operator", "console", Platform.OPERATIONS),
)  # fmt: skip
ENDS = ("/leave", "/docs", "/assets")
"""What ends a session, and what has neither fields nor questions."""


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("nonsense")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


@dataclass
class Fool:
    """A person who types nonsense. shapes: of addresses that were opened, so that each kind of page counts once."""

    visitor: Visitor
    url: str
    broken: list[tuple[str, str, int]] = field(default_factory=list)
    shapes: set[str] = field(default_factory=set)
    sent_to: list[str] = field(default_factory=list)

    def wander(self) -> None:
        """Open pages by their links, breadth first, and misuse each."""
        waiting, known = ["/"], {"/"}
        while waiting and len(self.shapes) < PAGES:
            path = waiting.pop(0)
            shape = VALUE.sub("*", FORMAT.sub("", path))
            if shape in self.shapes:
                continue
            self.shapes.add(shape)
            seen = self.asked("GET", path)
            if 300 <= seen.status < 400:
                links = [urlsplit(seen.headers["location"]).path or "/"]
            else:
                self.misuse(path, seen)
                links = [unescape(each) for each in HREF.findall(seen.body)]
            found = [each for each in (*links, *self.sent_to) if not each.startswith(ENDS) and each not in known]
            known |= set(found)
            waiting += found
            self.sent_to.clear()

    def misuse(self, path: str, seen: Seen) -> None:
        """Every question of an address, its last part, and every field of its forms."""
        parts = urlsplit(path)
        questions = dict(parse_qsl(parts.query, keep_blank_values=True))
        for word in WORDS:
            for name in questions:
                self.asked("GET", f"{parts.path}?{urlencode(questions | {name: word})}")
            self.asked("GET", f"{parts.path.rpartition('/')[0]}/{quote(word, safe='')}")
        for method, action, _, content in seen.forms:
            if not action.startswith(ENDS):
                self.fill(method.upper(), action, content)

    def fill(self, method: str, action: str, content: str) -> None:
        """Every field of a form wrong at once, then each alone with the others empty."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(content)}
        names = [name for name in dict.fromkeys(FIELD.findall(content)) if name not in hidden]
        tries = [dict.fromkeys(names, word) for word in WORDS]
        tries += [{name: WORDS[0]} for name in [*names, *hidden][:12]]
        for said in tries:
            form = hidden | said
            if method == "GET":
                self.asked("GET", f"{action}{'&' if '?' in action else '?'}{urlencode(form)}")
            else:
                self.asked("POST", action, form)

    def asked(self, method: str, path: str, form: dict[str, str] | None = None) -> Seen:
        headers = {"sec_fetch_site": "same-origin"} if form is not None else {}
        seen = self.visitor.ask(method, self.url + path, form, **headers)
        if form is not None and seen.status in (302, 303):
            self.sent_to.append(seen.headers["location"])
        if seen.status >= 500 and seen.status != 503:
            self.broken.append((method, path + (f" {form}" if form else ""), seen.status))
        return seen


@pytest.mark.parametrize(("client", "site", "platform"), PEOPLE, ids=[f"{c or 'nobody'}-{s}" for c, s, _ in PEOPLE])
def test_nonsense_breaks_no_page(union: Union, client: str, site: str, platform: Platform | None) -> None:
    pages = union.node.node.pages
    assert pages is not None
    visitor, url = Visitor(pages.port), pages.url(site).rstrip("/")
    if platform is not None:
        name = pages.sessions.enter(platform, pages.sessions.invite(client, platform)).name
        visitor.jar[url.partition("//")[2].partition(":")[0]] = {f"douane-{site}": name}
    fool = Fool(visitor, url)
    fool.wander()
    assert fool.broken == []
    assert len(fool.shapes) >= {"": 5, "operator": 12}.get(client, 20), fool.shapes
