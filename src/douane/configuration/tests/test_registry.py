"""What a registry remembers of providers is what one would say that was never asked."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.configuration.registry import AGAIN, Choosing, Registry
from douane.configuration.settings import NodeSettings
from douane.model import discovery
from douane.model.circles import Move, Moves, Platform
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.provision import ALL, Chosen, Provided
from douane.vocabulary.time import Instant

CATALOGUE = Catalogue(discovery.services())
OPERATIONS = ("transit.lodge_declaration", "guarantees.use", "nobody.knows")


def choices(chance: random.Random, now: int) -> list[Chosen]:
    """Some that hold, and some that begin later."""
    return [
        Chosen(Instant(now + chance.randrange(-5, 10)), chance.choice(("FR", "BE", ALL)),
               chance.choice((ALL, "transit", "guarantees.use")), chance.choice(("EU", "FR", "BE", "")))
        for _ in range(chance.randrange(6))
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_while_time_goes_on_and_choices_are_replaced_nothing_old_is_said(seed: int, tmp_path: Path) -> None:
    chance, time = random.Random(seed), [0]
    settings = NodeSettings(name="here", data=tmp_path)
    asked = Registry(settings, CATALOGUE, provided=Provided(choices(chance, 0)), now=lambda: time[0])
    for _ in range(300):
        time[0] += chance.randrange(3)
        if not chance.randrange(20):
            asked.provided = Provided(choices(chance, time[0]))
        question = chance.choice(("FR", "BE", "NL", "EU")), chance.choice(OPERATIONS)
        fresh = Registry(settings, CATALOGUE, provided=asked.provided, now=lambda: time[0])
        assert asked.providers(*question) == fresh.providers(*question)
        assert asked.hosts(*question) == (fresh.providers(*question)[:1] == ("",))


@dataclass
class Time:
    """A clock that a test sets."""

    at: int = AGAIN

    def now(self) -> int:
        return self.at


@dataclass(slots=True)
class Elsewhere(Choosing):
    """What another process commits: a move, as soon as the store is looked at."""

    looked: list[int] = field(default_factory=list)

    def load(self) -> None:
        self.looked.append(self.clock.now())
        self.registry.moves = Moves([Move(Instant(0), "transit", Platform.CCN_CSI, Platform.CCN2)])


def test_a_process_that_handles_nothing_hears_of_moves_when_it_is_asked_and_looks_no_more_often_than_it_must(
    tmp_path: Path,
) -> None:
    time = Time()
    registry = Registry(NodeSettings(name="here", data=tmp_path), CATALOGUE, now=time.now)
    found = Elsewhere(registry, MemoryStore(), time, lambda _: None)  # type: ignore[arg-type,return-value] # no rule looks
    assert not registry.left(Platform.CCN_CSI, "transit.find_movement")
    registry.again = found.again
    time.at += 1
    for _ in range(5):
        assert registry.left(Platform.CCN_CSI, "transit.find_movement")
    assert found.looked == [AGAIN + 1]
    time.at += AGAIN + 1
    registry.present()
    assert len(found.looked) == 2
