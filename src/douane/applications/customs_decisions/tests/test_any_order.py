"""Any order of acts and of waiting keeps state, clock and register in agreement: seeded lives of decisions."""

from __future__ import annotations

from collections import Counter

import pytest

from douane.applications.customs_decisions.messages.words import State
from douane.applications.customs_decisions.tests.chance import main, play

LIVES, BATCH = 200, 20


@pytest.mark.parametrize("first", range(0, LIVES, BATCH))
def test_state_clock_and_register_agree_whatever_is_done(first: int) -> None:
    seen: Counter[str] = Counter()
    for seed in range(first, first + BATCH):
        seen += play(seed)
    assert {State.IN_FORCE, State.ACCEPTED} <= set(seen), "lives get somewhere"


def test_the_harness_names_what_lives_went_through(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lives", "3", "--first", "500"]) == 0
    assert "3 lives agree" in capsys.readouterr().out
