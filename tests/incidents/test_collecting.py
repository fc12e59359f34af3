"""A few of the incidents of those who collect, and one decoy; all of them: ``python -m tests.incidents``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.incidents.collecting import DECOYS, INCIDENTS, Collected, standing_collected
from tests.incidents.scene import judged

pytestmark = pytest.mark.timeout(240)
FAST = ("administration unheard", "two administrations away", "store slow", "witness stands still", "provider away",
        "partner reads and confirms nothing")  # fmt: skip


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collected]:
    with standing_collected(tmp_path_factory.mktemp("collecting")) as made:
        yield made


@pytest.mark.parametrize("name", [*FAST, "node started anew"])
def test_who_is_silent_or_slow_is_named_with_its_cases_and_whoever_is_not_is_not(scene: Collected, name: str) -> None:
    scene.begin()
    judged(scene, INCIDENTS.get(name), DECOYS.get(name))
