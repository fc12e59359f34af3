"""A few of the incidents and one decoy; all of them: ``python -m tests.incidents``."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.incidents.alone import DECOYS, INCIDENTS, Alone, standing_alone
from tests.incidents.scene import judged

FAST = ("register unreadable", "agreement that nothing carries", "database held by another program",
        "client withdrawn by mistake", "revocation list unreadable", "provider that drips")  # fmt: skip


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Alone]:
    with standing_alone(tmp_path_factory.mktemp("alone")) as made:
        yield made


@pytest.mark.parametrize("name", [*FAST, "register written anew"])
def test_an_incident_is_seen_and_ends_and_a_decoy_raises_nothing(scene: Alone, name: str) -> None:
    scene.begin()
    judged(scene, INCIDENTS.get(name), DECOYS.get(name))
