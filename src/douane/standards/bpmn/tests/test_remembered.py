"""What is remembered is what the engine says: many instances of seeded processes take their ways by both."""

from __future__ import annotations

import random

import pytest

from douane.standards.bpmn import compiler, engine, remembered
from douane.standards.bpmn.definition import Definition
from douane.standards.bpmn.remembered import Remembered
from douane.standards.bpmn.state import Completed, Enter, Event, Message, SetTimer, State, Subscribe, TimerFired
from douane.standards.bpmn.tests.notation import Model
from douane.standards.bpmn.tests.random_processes import RandomProcess
from douane.vocabulary.errors import DeclarationFault


def events(definition: Definition, state: State, chance: random.Random) -> Event:
    """Something that the instance waits for, or that nobody waits for any more."""
    waits = engine.waiting(definition, state)
    if not waits or chance.random() < 0.1:
        stale: list[Event] = [Completed(0, 999), Message("nobody"), TimerFired(1, 1)]
        return chance.choice(stale)
    match chance.choice(waits):
        case Enter(node=node, token=token):
            return Completed(node, token)
        case SetTimer(node=node, token=token):
            return TimerFired(node, token)
        case Subscribe(message=message):
            return Message(message)
        case other:
            raise AssertionError(other)


class Facts:
    """What predicates answer of one instance; how often the tree asked."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.known, self.asked = chance, dict[str, bool](), 0

    def __call__(self, name: str) -> bool:
        self.asked += 1
        return self.known.setdefault(name, self.chance.random() < 0.5)


@pytest.mark.parametrize("seed", range(60))
def test_it_says_what_the_engine_says(model: Model, seed: int) -> None:
    definition = compiler.compile(model(RandomProcess(seed).text))
    kept = Remembered(definition)
    for instance in range(25):
        chance = random.Random(f"{seed}.{instance % 8}")  # ways are taken again, with other numbers of events too
        facts, own, theirs = Facts(chance), list[int](), list[int]()
        expected = engine.start(definition, facts, trace=theirs)
        assert kept.start(facts, message=None, trace=own, first=1) == expected
        state = expected[0]
        for _ in range(12):
            facts.known.clear()
            event = events(definition, state, chance)
            expected = engine.advance(definition, state, event, facts, trace=theirs)
            assert kept.advance(state, event, facts, trace=own) == expected
            assert own == theirs
            state = expected[0]


def test_a_known_step_asks_each_predicate_once_and_computes_nothing(
    model: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "start s; user a; exclusive g default=g_c; user b; user c; end e; s -> a -> g; g -> b : yes; g -> c"
    definition = compiler.compile(model(f"{text}; b -> e; c -> e"))
    kept, asked = Remembered(definition), list[str]()

    def choose(name: str) -> bool:
        asked.append(name)
        return True

    state, (enter,) = kept.start(choose, message=None, trace=[], first=1)
    assert isinstance(enter, Enter)
    done = Completed(enter.node, enter.token)
    first = kept.advance(state, done, choose, trace=[])
    monkeypatch.setattr(remembered, "engine", None)
    asked.clear()
    trace: list[int] = []
    assert kept.advance(state, done, choose, trace=trace) == first
    assert (asked, len(trace)) == (["yes"], 2)


def test_what_is_refused_is_not_remembered_and_memory_is_bounded(model: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    definition = compiler.compile(model("start s; user a; end e; s -> a -> e"))
    kept = Remembered(definition)
    state = kept.start(lambda _: True, message=None, trace=[], first=1)[0]
    for _ in range(2):
        with pytest.raises(DeclarationFault, match="another version"):
            kept.advance(State(0, 1, (1, 0, 1)), Completed(1, 1), lambda _: True, trace=[])
    monkeypatch.setattr(remembered, "MOST", 5)
    for number in range(40):
        kept.advance(state, Completed(1, number), lambda _: True, trace=[])
        assert len(kept._known) <= 5
