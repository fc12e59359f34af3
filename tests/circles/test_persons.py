"""The circles at the pages for whoever signed in: every route with every kind of person, session and host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.configuration.settings import PagesAt
from douane.identity.sessions import Person
from douane.model.circles import ActorKind, Platform
from douane.model.routes import Opening
from tests.circles.test_pages import NAMES, PLATFORM, Pages, address, routes, wanted_of
from tests.journeys.standing import GENEROUS, identity_in, standing


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    folder = tmp_path_factory.mktemp("persons")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        yield Pages(node)


@pytest.mark.parametrize(
    ("account", "keeper", "kind"),
    [
        ("fr.anne.martin", "EU", ActorKind.TRADER), ("fr.luc.bernard", "FR", ActorKind.OFFICER),
        ("eu.maria.rossi", "EU", ActorKind.COMMISSION),
    ],
)  # fmt: skip
def test_every_page_meets_every_kind_of_person_as_the_policy_says(
    pages: Pages, account: str, keeper: str, kind: ActorKind
) -> None:
    """The same matrix for whoever signed in: a session of UUM&DS opens its own pages, and none of a platform."""
    assert pages.node.node.pages is not None
    cookies = {}
    for platform, name in NAMES.items():
        made = pages.node.signed_in(platform, Person(account, keeper))
        cookies[platform] = f"douane-{name}={made}"
    for host, route in routes(pages):
        if route.method != "GET" or host not in PLATFORM:
            continue
        for platform, cookie in cookies.items():
            found = pages.ask("GET", host, address(route), cookie=cookie)
            wanted = wanted_of(route, kind, platform, PLATFORM[host])
            if PLATFORM[host] is Platform.UUMDS and route.opening is not Opening.ANYBODY:
                there = {404} if route.path == "/vouch" else {200}  # which names no place, and is asked of a link alone
                wanted = there if platform is Platform.UUMDS else {401}
            if PLATFORM[host] is Platform.OPERATIONS and route.opening is not Opening.ANYBODY:
                wanted = {401}  # the console asks no register: no person of it has a session there
            if wanted == {200, 303, 404}:
                wanted |= {403}  # a role that this person does not have
            assert found.status in wanted, (host, route.path, platform, found.status)
