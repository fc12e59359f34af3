"""No page shows its marks: what stays English in another language is marked, and the mark is no text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.channels.browser.safety import LANGUAGE
from douane.configuration.settings import PagesAt
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.pages.states import AT_DESK, AT_PORTAL, DECISIONS, LANDSCAPE
from tests.pages.union import OFFICER, TRADER, Union
from tests.pages.visitor import Visitor

CASES = "/cases"


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("marks")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


@pytest.mark.parametrize("language", ["fr", "de", "pl"])
@pytest.mark.parametrize(
    ("site", "client", "platform", "pages"),
    [
        ("portal", TRADER, Platform.SPEED2, (CASES, *AT_PORTAL.values(), *DECISIONS.values())),
        ("desk", OFFICER, Platform.CCN2, (CASES, *AT_DESK.values(), *LANDSCAPE.values())),
    ],
    ids=["portal", "desk"],
)
def test_no_page_shows_its_marks(
    union: Union, site: str, client: str, platform: Platform, pages: tuple[str, ...], language: str
) -> None:
    served = union.node.node.pages
    assert served is not None
    visitor, home = Visitor(served.port), served.url(site)
    visitor.get(f"{home}/enter?once={served.sessions.invite(client, platform)}")
    visitor.jar[f"{site}.localhost"][LANGUAGE] = language
    found = {}
    for path in (*pages, f"{CASES}/{union.mrn}"):
        seen = visitor.get(home + path)
        assert seen.status == (403 if path == "/keys" else 200), path  # keys are for accounts
        assert f'lang="{language}"' in seen.body or language == "pl", path
        found[path] = [each for each in faults(seen.body) if "shows its marks" in each]
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
