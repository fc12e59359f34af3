"""Two operators at odds, and an administrator who left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.incidents.people import INCIDENTS, People, standing_people
from tests.incidents.scene import judged

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    with standing_people(tmp_path_factory.mktemp("people")) as made:
        yield made


@pytest.mark.parametrize("name", INCIDENTS)
def test_nobody_changes_alone_what_two_answer_for_and_who_left_is_out(scene: People, name: str) -> None:
    scene.begin()
    judged(scene, INCIDENTS[name], None)
