"""Virtual time, lives that end between two steps, frozen ones, and a network that fails."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from douane.simulator.union.loop import LIFE, Life, VirtualLoop
from douane.simulator.union.network import Network, Weather
from douane.simulator.union.trace import Trace
from douane.vocabulary.errors import NotFound, OurFault, PartnerUnreachable


@contextlib.contextmanager
def loop() -> Iterator[VirtualLoop]:
    made = VirtualLoop()
    asyncio.set_event_loop(made)
    try:
        yield made
    finally:
        made.forget()
        asyncio.set_event_loop(None)
        made.close()


def in_life(made: VirtualLoop, life: Life, work: Awaitable[Any]) -> asyncio.Task[Any]:
    context = contextvars.copy_context()
    context.run(LIFE.set, life)
    return made.create_task(work, context=context)  # type: ignore[arg-type]


def test_a_day_passes_at_once() -> None:
    with loop() as made:
        made.run_until_complete(asyncio.sleep(86_400))
        assert made.time() == pytest.approx(86_400)


def test_timers_come_in_their_order() -> None:
    seen: list[int] = []

    async def late(seconds: int) -> None:
        await asyncio.sleep(seconds)
        seen.append(seconds)

    async def all_of_them() -> None:
        await asyncio.gather(*(late(n) for n in (5, 1, 3, 2, 4)))

    with loop() as made:
        made.run_until_complete(all_of_them())
    assert seen == [1, 2, 3, 4, 5]


def test_waiting_for_nothing_is_noticed() -> None:
    with loop() as made, pytest.raises(OurFault, match="for ever"):
        made.run_until_complete(made.create_future())


def test_running_in_circles_is_noticed() -> None:
    async def circles() -> None:
        while True:  # noqa: ASYNC110 - a circle is what it is to be
            await asyncio.sleep(0)

    with loop() as made, pytest.raises(OurFault, match="circles"):
        made.run_until_complete(circles())


def test_threads_are_refused() -> None:
    with loop() as made, pytest.raises(OurFault, match="thread"):
        made.run_until_complete(asyncio.to_thread(len, ()))


async def count(seen: list[int], steps: int) -> None:
    try:
        for number in range(steps):
            seen.append(number)
            await asyncio.sleep(1)
    finally:
        seen.append(-1)


def test_a_life_that_ended_takes_no_further_step_and_cleans_nothing_up() -> None:
    seen: list[int] = []
    ended: list[str] = []
    with loop() as made:
        life = Life("a", lambda life: ended.append(life.name))
        in_life(made, life, count(seen, 10))
        made.outside(3.5, life.end)
        made.run_until_complete(asyncio.sleep(20))
        assert seen == [0, 1, 2, 3]
        assert ended == ["a"]


@pytest.mark.parametrize("fuse", range(1, 6))
def test_a_fuse_ends_a_life_between_any_two_steps(fuse: int) -> None:
    seen: list[int] = []
    with loop() as made:
        life = Life("a", lambda life: None)
        life.fuse = fuse
        in_life(made, life, count(seen, 3))
        made.run_until_complete(asyncio.sleep(20))
        assert life.steps == fuse - 1
        assert not life.alive
        assert -1 not in seen


def test_a_step_in_which_the_power_fails_is_the_last() -> None:
    seen: list[int] = []
    powered = [True]

    async def work() -> None:
        seen.append(1)
        powered[0] = False
        await asyncio.sleep(0)
        seen.append(2)

    with loop() as made:
        life = Life("a", lambda life: None, lambda: powered[0])
        in_life(made, life, work())
        made.run_until_complete(asyncio.sleep(1))
    assert seen == [1]


def test_a_frozen_life_wakes_and_does_what_came_due() -> None:
    seen: list[float] = []

    async def work(made: VirtualLoop) -> None:
        for _ in range(3):
            await asyncio.sleep(1)
            seen.append(made.time())

    with loop() as made:
        life = Life("a", lambda life: None)
        in_life(made, life, work(made))
        made.outside(1.5, setattr, life, "frozen", True)
        made.outside(10, life.thaw)
        made.run_until_complete(asyncio.sleep(20))
    assert seen == pytest.approx([1, 10, 11])


def test_a_timer_cancelled_by_an_earlier_step_after_the_thaw_does_not_run() -> None:
    seen: list[str] = []

    async def work() -> None:
        timer = asyncio.get_running_loop().call_later(2, seen.append, "timer")
        asyncio.get_running_loop().call_later(1, timer.cancel)
        await asyncio.sleep(20)

    with loop() as made:
        life = Life("a", lambda life: None)
        in_life(made, life, work())
        made.outside(0.5, setattr, life, "frozen", True)
        made.outside(10, life.thaw)
        made.run_until_complete(asyncio.sleep(20))
    assert seen == []


# --- the network


@dataclass
class Host:
    name: str
    life: Life | None
    serves: Any
    served: int = 0


Ask = Callable[[Network, Host], Awaitable[Any]]


def over(ask: Ask, weather: Weather | None = None, seed: int = 1, life: Life | None = None) -> tuple[Any, Host]:
    """What a call gives, with the host that was asked."""
    with loop() as made:
        network = Network(made, random.Random(seed), Trace())
        network.weather = weather or network.weather
        host = Host("there", life or Life("there", lambda life: None), "served")

        async def run() -> Any:
            try:
                return await ask(network, host)
            except (PartnerUnreachable, NotFound) as problem:
                return problem

        return made.run_until_complete(run()), host


async def serve(host: Host) -> str:
    host.served += 1
    await asyncio.sleep(1)
    return str(host.serves)


def plain(network: Network, host: Host) -> Awaitable[Any]:
    return network.call("here", host, "ask", lambda _: serve(host), patience=5)


def test_a_call_is_answered() -> None:
    answer, host = over(plain)
    assert (answer, host.served) == ("served", 1)


def test_a_lost_call_or_answer_ends_the_patience() -> None:
    answer, host = over(plain, Weather(lost=1.0))
    assert isinstance(answer, PartnerUnreachable)
    assert host.served == 0

    async def back(network: Network, host: Host) -> Any:
        network.cuts.add((host.name, "here"))
        return await plain(network, host)

    answer, host = over(back)
    assert isinstance(answer, PartnerUnreachable)
    assert host.served == 1


def test_a_call_may_be_served_twice_and_is_answered_once() -> None:
    answer, host = over(plain, Weather(doubled=1.0))
    assert (answer, host.served) == ("served", 2)


def test_what_the_target_raises_comes_back_and_its_end_does_not() -> None:
    async def refuse(network: Network, host: Host) -> Any:
        async def served(_: Any) -> None:
            raise NotFound("nothing here")

        return await network.call("here", host, "ask", served)

    answer, _ = over(refuse)
    assert isinstance(answer, NotFound)

    async def die(network: Network, host: Host) -> Any:
        assert host.life is not None
        network.loop.outside(0.5, host.life.end)
        return await plain(network, host)

    answer, host = over(die)
    assert isinstance(answer, PartnerUnreachable)
    assert host.served == 1


def test_a_machine_without_a_process_refuses() -> None:
    async def down(network: Network, host: Host) -> Any:
        host.life = None
        return await plain(network, host)

    answer, host = over(down)
    assert isinstance(answer, PartnerUnreachable)
    assert host.served == 0
