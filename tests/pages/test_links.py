"""No link leads to a refusal: whoever comes by the menu follows every kind of link of his pages, and arrives."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.union import Union
from tests.pages.visitor import Visitor

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
SITES = {"portal": Platform.SPEED2, "desk": Platform.CCN2, "centre": Platform.CDCO, "console": Platform.OPERATIONS}
ALIKE = 2
"""Pages of a kind that are looked at."""
APART = ("/docs", "/assets/", "/explore/", "/language", "/enter")
"""Held by tests of their own, or changing who visits."""


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("links")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


def visiting(node: Standing, client: str, site: str) -> tuple[Visitor, str]:
    pages = node.node.pages
    assert pages is not None
    visitor, url = Visitor(pages.port), pages.url(site).rstrip("/")
    name = pages.sessions.enter(SITES[site], pages.sessions.invite(client, SITES[site])).name
    visitor.jar[url.partition("//")[2].partition(":")[0]] = {f"douane-{site}": name}
    return visitor, url


def kind(path: str) -> str:
    """The page without what names one of many."""
    return "/".join("*" if re.search(r"\d|[A-Z]{2}", part) else part for part in path.split("/"))


@pytest.mark.parametrize(
    ("client", "site"),
    [
        ("trader.fr.lesquin", "portal"), ("trader.at.wien", "portal"), ("fr.officer", "desk"),
        ("commission.officer", "centre"), ("commission.officer", "desk"), ("operator", "console"),
    ],
)  # fmt: skip
def test_no_link_leads_to_a_refusal(union: Union, client: str, site: str) -> None:
    visitor, url = visiting(union.node, client, site)
    waiting, known, seen = [f"{url}/"], {f"{url}/"}, Counter[str]()
    refused = []
    while waiting:
        at = waiting.pop(0)
        if seen[kind(urlsplit(at).path)] >= ALIKE:
            continue
        seen[kind(urlsplit(at).path)] += 1
        page = visitor.get(at)
        if page.status >= 400:
            refused.append((page.status, at))
        for href in re.findall(r'<a[^>]* href="([^"]+)"', page.body):
            to = urljoin(page.url, unescape(href)).partition("#")[0]
            path = urlsplit(to).path
            if to.startswith(f"{url}/") and to not in known and not path.startswith(APART) and "format=" not in to:
                known.add(to)
                waiting.append(to)
    assert refused == []
    assert len(seen) > 5


@pytest.mark.parametrize("language", ["en", "fr", "de"])
@pytest.mark.parametrize(
    ("asked", "field"),
    [("/tasks?state=zebra", "state"), ("/messages?since=2026-99-99", "since"), ("/tasks?state=%3Cb%3E%22", "state")],
)
def test_what_cannot_be_asked_is_named_with_a_way_back(union: Union, asked: str, field: str, language: str) -> None:
    visitor, url = visiting(union.node, "fr.officer", "desk")
    refused = visitor.ask("GET", url + asked, accept_language=language)
    assert refused.status == 422
    assert faults(refused.body) == []
    assert f"<dt>{field}</dt>" in refused.body
    assert "TasksQuery" not in refused.body
    assert f'href="{asked.partition("?")[0]}"' in refused.body
    assert visitor.get(url + asked.partition("?")[0]).status == 200


@pytest.mark.parametrize("said", ["2026-11-27", "2026-11-27T08:00:00Z"])
def test_a_day_and_a_moment_as_the_remedy_writes_it_are_both_taken(union: Union, said: str) -> None:
    visitor, url = visiting(union.node, "fr.officer", "desk")
    for path in ("/messages?since=", "/cases?ends_before=", "/tasks?due_before="):
        assert visitor.get(f"{url}{path}{said}").status == 200, path
