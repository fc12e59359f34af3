"""What is remembered of providers is what the choices say, at every instant and in any order of asking."""

from __future__ import annotations

import random

import pytest

from douane.vocabulary.provision import ALL, Chosen, Provided
from douane.vocabulary.time import Instant


@pytest.mark.parametrize("seed", range(50))
def test_asked_in_any_order_the_answer_is_that_of_who_was_never_asked(seed: int) -> None:
    chance = random.Random(seed)
    choices = [
        Chosen(Instant(chance.randrange(20)), chance.choice(("FR", "BE", ALL)), chance.choice((ALL, "a", "a.use")),
               chance.choice(("EU", "FR", "BE", "")))
        for _ in range(chance.randrange(8))
    ]  # fmt: skip
    asked = Provided(choices)
    for _ in range(200):
        question = chance.choice(("FR", "BE", "NL")), chance.choice(("a.use", "a.show", "b.use"))
        at = Instant(chance.randrange(-2, 23))
        assert asked.providers(*question, at) == Provided(choices).providers(*question, at)
