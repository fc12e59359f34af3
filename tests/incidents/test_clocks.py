"""The incident of a clock that jumps both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.incidents.clocks import INCIDENTS, standing_clock
from tests.incidents.scene import judged

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("name", INCIDENTS)
def test_what_happens_to_a_clock_is_seen_and_dates_nothing_back(tmp_path: Path, name: str) -> None:
    with standing_clock(tmp_path) as scene:
        scene.begin()
        judged(scene, INCIDENTS[name], None)
