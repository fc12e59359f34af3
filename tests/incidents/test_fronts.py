"""Every incident of what stands before the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.incidents.fronts import INCIDENTS, Front, standing_front
from tests.incidents.scene import judged

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with standing_front(tmp_path_factory.mktemp("front")) as made:
        yield made


@pytest.mark.parametrize("name", INCIDENTS)
def test_what_happens_before_the_pages_is_seen_and_hits_nobody(scene: Front, name: str) -> None:
    scene.begin()
    judged(scene, INCIDENTS[name], None)
