"""A node whose database goes away, while nobody sends anything."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.incidents.away import INCIDENTS, Away, standing_away, why_not
from tests.incidents.scene import judged

pytestmark = [
    pytest.mark.timeout(240),
    pytest.mark.skipif(bool(why_not()) and "CI" not in os.environ, reason=why_not()),
]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Away]:
    with standing_away(tmp_path_factory.mktemp("away")) as made:
        yield made


@pytest.mark.parametrize("name", INCIDENTS)
def test_a_node_says_by_itself_that_its_database_is_away(scene: Away, name: str) -> None:
    scene.begin()
    judged(scene, INCIDENTS[name], None)
