"""Every seeded bug is noticed. At its recorded seed; where the product has changed since, within the next few.

The whole search, with up to 200 seeds for each, is ``python -m tests.simulation.search``.
"""

from __future__ import annotations

import json

import pytest

from tests.simulation.mutations import MUTATIONS
from tests.simulation.patching import Mutation
from tests.simulation.search import RECORDED, notice
from tools import simulation_section

NEXT = 25
"""Seeds that are tried after the recorded one."""


def test_every_mutation_is_recorded_and_the_page_shows_it() -> None:
    recorded = json.loads(RECORDED.read_text())
    assert recorded.keys() == {m.name for m in MUTATIONS}
    assert len(MUTATIONS) >= 20
    current = simulation_section.PAGE.read_text(encoding="utf-8") == simulation_section.page()
    assert current, "run: python -m tools.simulation_section"


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda m: m.name.replace(" ", "-"))
def test_a_seeded_bug_is_noticed(mutation: Mutation) -> None:
    seed = json.loads(RECORDED.read_text())[mutation.name]["seed"]
    assert any(notice(mutation, each) for each in range(seed, seed + NEXT))
