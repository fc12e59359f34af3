"""What a question costs who asks, at the core's end of the link, where all processes of a door come together."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.model.circles import Platform
from douane.runtime.door.link import DirectLink, Question, asker_of
from douane.runtime.turns.later import worked
from douane.runtime.turns.spending import WRITING_NS, Budget, Spending
from douane.vocabulary.errors import NotValid, TooMany
from tests.callers import reads, trader
from tests.contracts import toy
from tests.contracts.test_link import Asked, Core

NS_A_MS = 1_000_000


def asked(number: str) -> Question:
    return Question("orders.find", "XX", trader("T1"), Asked, toy.Find(number))


def test_an_answer_that_costs_nothing_to_find_is_charged_by_its_octets(tmp_path: Path) -> None:
    """Two links of one door share what their askers owe; the clocks stand still, so that octets alone are counted."""
    spending = Spending(Budget(known=2.0), lambda: 0.0, lambda: 0)
    end = replace(Core(tmp_path).end, spending={Platform.SPEED2.value: spending})
    one, other = (DirectLink(Platform.SPEED2, end) for _ in range(2))
    large = "O" * NS_A_MS
    found = asyncio.run(one.ask(asked(large)))
    octets = len(msgspec.json.encode(found))
    assert spending.known.owed(trader("T1").name, 0.0) == pytest.approx(octets * WRITING_NS / NS_A_MS)
    asyncio.run(one.ask(asked("O1")))
    asyncio.run(one.ask(asked(large)))
    with pytest.raises(TooMany):
        asyncio.run(other.ask(asked("O1")))


def test_reading_an_inbox_and_what_became_of_a_message_is_charged_and_another_reader_is_served(tmp_path: Path) -> None:
    """The clocks stand still, so that octets alone are counted."""
    core = Core(tmp_path)
    spending = Spending(Budget(known=0.01), lambda: 0.0, lambda: 0)
    link = DirectLink(Platform.SPEED2, replace(core.end, spending={Platform.SPEED2.value: spending}))

    async def story() -> None:
        await link.submit(core.made.envelope("accounts.open", toy.Open("A", 1000)))
        receipts = [await link.submit(core.order(f"O{number}")) for number in range(30)]
        assert spending.known.owed(trader("T1").name, 0.0) == 0.0, "messages are not charged"
        items, _ = await link.collect(reads("T1"), "", 500, 0.0)
        assert len(items) == 30
        read = spending.known.owed(trader("T1").name, 0.0)
        assert read >= sum(len(each.body) for each in items) * WRITING_NS / NS_A_MS > 0.0
        with pytest.raises(TooMany):
            await link.collect(reads("T1"), "", 500, 0.0)
        with pytest.raises(TooMany):
            await link.collect(reads("T1"), "", 500, 20.0)
        with pytest.raises(TooMany):
            await link.status(reads("T1"), f"{receipts[0].position:x}", "", 50)
        await link.acknowledge(reads("T1"), f"{items[0].position:x}", "rest")
        assert await link.collect(reads("T2"), "", 500, 0.0) == ([], "0"), "another one is served"

    asyncio.run(story())


def test_what_became_of_a_message_is_charged_by_its_octets(tmp_path: Path) -> None:
    core = Core(tmp_path)
    spending = Spending(Budget(), lambda: 0.0, lambda: 0)
    link = DirectLink(Platform.SPEED2, replace(core.end, spending={Platform.SPEED2.value: spending}))

    async def story() -> None:
        await link.submit(core.made.envelope("accounts.open", toy.Open("A", 1000)))
        receipt = await link.submit(core.order("O1"))
        status = await link.status(reads("T1"), f"{receipt.position:x}", "", 50)
        octets = len(msgspec.json.encode(status))
        assert spending.known.owed(trader("T1").name, 0.0) == pytest.approx(octets * WRITING_NS / NS_A_MS)

    asyncio.run(story())


def test_who_waits_for_something_to_come_is_charged_for_reading_and_not_for_waiting(tmp_path: Path) -> None:
    """While he waits the meter runs, for others work; of that nothing is his."""
    core, ran = Core(tmp_path), [0]
    spending = Spending(Budget(known=1.0), lambda: 0.0, lambda: ran[0])
    link = DirectLink(Platform.SPEED2, replace(core.end, spending={Platform.SPEED2.value: spending}))

    async def story() -> None:
        await link.submit(core.made.envelope("accounts.open", toy.Open("A", 1000)))
        waiting = asyncio.create_task(link.collect(reads("T1"), "", 10, 20.0))
        await asyncio.sleep(0.05)
        ran[0] += 10_000 * NS_A_MS
        spending.charge(asker_of(trader("T1")), 100 * NS_A_MS)
        await link.submit(core.order("O1"))
        items, _ = await waiting
        assert len(items) == 1, "who was let begin is answered, though he owes by then"
        assert 100.0 < spending.known.owed(trader("T1").name, 0.0) < 101.0

    asyncio.run(story())


class Model:
    """Answers that need work first, of 100 ms each, which a test lets end; what was made is kept."""

    def __init__(self) -> None:
        self.began, self.go_on, self.ns, self.kept = threading.Event(), threading.Event(), 0, list[str]()

    def answer(self, question: Question) -> Any:
        number = question.request.number
        if number.startswith("slow") and number not in self.kept:
            worked(lambda: self.make(number), self.kept.append)
        return toy.Confirmed(number)

    def make(self, number: str) -> str:
        self.began.set()
        assert self.go_on.wait(20)
        self.ns += 100 * NS_A_MS
        if number.endswith("broken"):
            raise NotValid("It cannot be made.")
        return number


def test_what_reads_no_store_is_done_beside_the_loop_and_charged_and_others_are_answered_meanwhile(
    tmp_path: Path,
) -> None:
    model = Model()
    spending = Spending(Budget(known=10.0), lambda: 0.0, lambda: model.ns)
    end = replace(Core(tmp_path).end, answer=model.answer, spending={Platform.SPEED2.value: spending})
    link = DirectLink(Platform.SPEED2, end)

    async def story() -> list[Any]:
        slow = [asyncio.create_task(link.ask(asked(f"slow {number}"))) for number in range(3)]
        await asyncio.sleep(0)
        assert await link.ask(asked("O1")) == toy.Confirmed("O1"), "the loop is free"
        model.go_on.set()
        return await asyncio.gather(*slow, return_exceptions=True)

    first, *others = asyncio.run(story())
    assert first == toy.Confirmed("slow 0"), "who was let begin is answered"
    assert [type(each) for each in others] == [TooMany, TooMany], "who owes by then is refused when his turn comes"
    assert model.kept == ["slow 0"]
    assert spending.known.owed(trader("T1").name, 0.0) == pytest.approx(100.0, abs=1.0)


def test_work_that_nobody_waits_for_any_longer_is_charged_and_kept(tmp_path: Path) -> None:
    """A door cancels its question while a thread works on it, or its time is over: the work is done all the same."""
    model = Model()
    spending = Spending(Budget(known=10.0), lambda: 0.0, lambda: model.ns)
    end = replace(Core(tmp_path).end, answer=model.answer, spending={Platform.SPEED2.value: spending})
    link = DirectLink(Platform.SPEED2, end)

    async def story() -> None:
        given_up = asyncio.create_task(link.ask(asked("slow")))
        await asyncio.to_thread(model.began.wait, 20)
        given_up.cancel()
        with pytest.raises(asyncio.CancelledError):
            await given_up
        model.go_on.set()
        with pytest.raises(TooMany):
            await link.ask(asked("slow, another"))

    asyncio.run(story())
    assert model.kept == ["slow"], "so that nobody makes it again"
    assert spending.known.owed(trader("T1").name, 0.0) == pytest.approx(100.0, abs=1.0)


def test_work_of_which_nothing_comes_is_charged(tmp_path: Path) -> None:
    model = Model()
    model.go_on.set()
    spending = Spending(Budget(known=10.0), lambda: 0.0, lambda: model.ns)
    end = replace(Core(tmp_path).end, answer=model.answer, spending={Platform.SPEED2.value: spending})
    link = DirectLink(Platform.SPEED2, end)
    with pytest.raises(NotValid):
        asyncio.run(link.ask(asked("slow and broken")))
    with pytest.raises(TooMany):
        asyncio.run(link.ask(asked("slow and broken")))
    assert spending.known.owed(trader("T1").name, 0.0) == pytest.approx(100.0, abs=1.0)


def test_whoever_asks_past_a_link_has_the_work_done_at_once() -> None:
    model = Model()
    model.go_on.set()
    assert model.answer(asked("slow")) == toy.Confirmed("slow")
    assert model.kept == ["slow"]
