"""Large bodies are read one at a time, parties in turn, and what is cancelled holds nobody up."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.runtime.door import decoding
from douane.runtime.door.decoding import BESIDE, Decoding
from douane.vocabulary.errors import NotValid, Overloaded

LARGE = BESIDE


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_a_small_body_is_read_at_once_and_a_large_one_in_a_thread() -> None:
    async def story() -> None:
        reader = Decoding()
        assert await reader.read(BESIDE - 1, "A", threading.get_ident) == threading.get_ident()
        assert await reader.read(BESIDE, "A", threading.get_ident) != threading.get_ident()

    run(story())


def test_what_is_raised_is_raised_and_the_next_has_its_turn() -> None:
    def refuse() -> None:
        raise NotValid("no")

    async def story() -> None:
        reader = Decoding()
        for _ in range(3):
            with pytest.raises(NotValid):
                await reader.read(LARGE, "A", refuse)
        assert await reader.read(LARGE, "A", lambda: 1) == 1

    run(story())


@given(st.lists(st.sampled_from("ABC"), min_size=1, max_size=30))
@settings(max_examples=40, deadline=None)
def test_parties_have_their_turns_in_turn(wanted: list[str]) -> None:
    """Whatever order they came in: no party has two turns while another one waits."""
    done: list[str] = []
    gate, at_once = threading.Event(), list[int]()

    def work(party: str) -> None:
        gate.wait(10)
        at_once.append(len(at_once) - len(done))
        done.append(party)

    async def story() -> None:
        reader = Decoding()
        tasks = [asyncio.create_task(reader.read(LARGE, each, lambda each=each: work(each))) for each in wanted]  # type: ignore[misc]  # mypy infers no types of lambda defaults
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(*tasks)
        assert reader.waiting == 0

    run(story())
    assert sorted(done) == sorted(wanted)
    assert set(at_once) == {0}, "one at a time"
    rest = {each: done[1:].count(each) for each in set(wanted)}  # the first had its turn before anybody waited
    for party, turns in ((party, len(list(group))) for party, group in groupby(done[1:])):
        others = sum(count for other, count in rest.items() if other != party)
        assert turns == 1 or others < len(done) - 1
    seen: dict[str, int] = {}
    for place, party in enumerate(done[1:], 1):
        seen[party] = seen.get(party, 0) + 1
        waiting = [other for other, count in rest.items() if seen.get(other, 0) < count and other != party]
        assert all(seen.get(other, 0) >= seen[party] - 1 for other in waiting), (place, done)


def test_a_cancelled_request_gives_its_turn_on() -> None:
    gate, began = threading.Event(), threading.Event()

    def slow() -> None:
        began.set()
        gate.wait(10)

    async def story() -> None:
        reader = Decoding()
        first = asyncio.create_task(reader.read(LARGE, "A", slow))
        second = asyncio.create_task(reader.read(LARGE, "B", lambda: 2))
        third = asyncio.create_task(reader.read(LARGE, "C", lambda: 3))
        await asyncio.to_thread(began.wait, 10)
        first.cancel()
        second.cancel()
        await asyncio.sleep(0)
        assert not third.done(), "the thread is still busy with what nobody waits for"
        gate.set()
        assert await third == 3
        assert await reader.read(LARGE, "B", lambda: 4) == 4

    run(story())


def test_a_party_lets_only_so_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "WAITING", 3)
    gate = threading.Event()

    async def story() -> None:
        reader = Decoding()
        tasks = [asyncio.create_task(reader.read(LARGE, "A", lambda: gate.wait(10))) for _ in range(4)]
        await asyncio.sleep(0)
        with pytest.raises(Overloaded):
            await reader.read(LARGE, "A", lambda: None)
        other = asyncio.create_task(reader.read(LARGE, "B", lambda: 1))
        gate.set()
        assert await other == 1
        assert all(await asyncio.gather(*tasks))

    run(story())
