"""One node and one browser for all tests of pages: a movement that was lodged, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from douane.configuration.settings import PagesAt
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.pages.chromium import chromium
from tests.pages.given import GIVEN
from tests.pages.union import Union


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Ended with its module: while Playwright runs, this thread runs its event loop, and no test may begin another."""
    if given := request.config.stash.get(GIVEN, None):
        yield given.browser
        return
    with chromium() as made:
        yield made


@pytest.fixture(scope="module")
def union(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    if given := request.config.stash.get(GIVEN, None):
        yield given.union
        return
    folder = tmp_path_factory.mktemp("union")
    identity = identity_in(folder)
    with standing(folder, identity, pages=PagesAt(port=0), limits=GENEROUS) as node:
        yield made(node)


def made(node: Standing) -> Union:
    """A guarantee, a declaration that is released, and one that is refused for its rules."""
    found = Union(node)
    found.prepare()
    return found
