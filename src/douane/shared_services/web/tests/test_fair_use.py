"""The invariants in the head of ``fair_use``, each looked for by sequences that would break it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from douane.shared_services.web.fair_use import Allowance, FairUse, Guesses, Limit, Rates, Shares, site_of
from douane.shared_services.web.place import Place
from douane.shared_services.web.turns import Turns
from douane.vocabulary.errors import BadRequest, DouaneError, Overloaded, TooMany

HOLDERS = st.sampled_from("abcd")
STEPS = st.lists(st.tuples(st.booleans(), HOLDERS, st.integers(1, 6)), max_size=80)


@given(STEPS, st.integers(1, 9), st.integers(1, 20))
def test_nobody_holds_more_than_his_share_nor_all_more_than_there_is(
    steps: list[tuple[bool, str, int]], each: int, together: int
) -> None:
    shares, held = Shares(each, together), dict.fromkeys("abcd", 0)
    for taking, holder, amount in steps:
        if taking:
            before = dict(held), shares.held
            if shares.take(holder, amount):
                held[holder] += amount
            else:
                assert held[holder] + amount > min(each, together) or sum(held.values()) + amount > together
                assert before == ({h: shares.of(h) for h in held}, shares.held), "a refusal changes nothing"
        elif held[holder]:
            amount = min(amount, held[holder])
            shares.give(holder, amount)
            held[holder] -= amount
        assert {h: shares.of(h) for h in held} == held
        assert shares.held == sum(held.values()) <= together
        assert max(held.values()) <= each
        assert len(shares) == sum(1 for amount in held.values() if amount), "who holds nothing is forgotten"


@given(
    st.lists(st.tuples(st.floats(0, 3), HOLDERS, st.floats(0.1, 60)), max_size=80),
    st.floats(0.5, 20),
    st.integers(1, 3),
)
def test_nobody_takes_more_than_his_rate_and_one_burst_and_memory_is_bounded(
    steps: list[tuple[float, str, float]], rate: float, most: int
) -> None:
    rates, now = Rates(rate), 0.0
    forgetful = Rates(rate, most)
    taken = dict.fromkeys("abcd", 0.0)
    for pause, holder, amount in steps:
        now += pause
        wait = rates.take(holder, now, amount)
        if not wait:
            # one that is larger than a burst may go into debt; the next one waits for it
            assert taken[holder] <= rates.burst + rate * now + 1e-6
            taken[holder] += amount
        else:
            assert rates.take(holder, now, amount) == pytest.approx(wait), "a refusal changes nothing"
            assert rates.take(holder, now + wait + 1e-6, amount) == 0.0, "and says when it would be taken"
            now += wait + 1e-6
            taken[holder] += amount
        forgetful.take(holder, now, amount)
        assert len(forgetful) <= most
    assert len(rates) <= 4


def test_who_rested_is_forgotten() -> None:
    rates = Rates(10.0)
    for n in range(1000):
        rates.take(f"h{n}", n * 10.0)
    assert len(rates) <= 2


def test_a_wrong_guess_costs_ever_more_time_up_to_a_limit_and_who_rests_begins_anew() -> None:
    guesses, now, pauses = Guesses(2, 60.0), 0.0, []
    for _ in range(12):
        guesses.wrong("a", now)
        pauses.append(guesses.wait("a", now))
        assert guesses.wait("b", now) == 0.0
        now += pauses[-1]
    assert pauses == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    guesses.wrong("a", now + 61)
    assert guesses.wait("a", now + 61) == 0.0


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.floats(0, 100)), max_size=60))
def test_guesses_remember_a_bounded_number(steps: list[tuple[str, float]]) -> None:
    guesses, now = Guesses(1, 30.0, most=3), 0.0
    for name, pause in steps:
        now += pause
        guesses.wrong(name, now)
        assert len(guesses) <= 3
        assert 0.0 <= guesses.wait(name, now) <= 30.0


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1%eth0", "2001:db8::/64"),
        ("2001:db8:0:1::1", "2001:db8:0:1::/64"),
        ("", ""),
    ],
)
def test_an_address_stands_for_the_site_that_one_client_can_have(address: str, site: str) -> None:
    assert site_of(address) == site


@given(st.integers(50, 5_000))
def test_a_door_keeps_within_its_descriptors_and_no_holder_takes_them_all(descriptors: int) -> None:
    allowance = Allowance().within(descriptors)
    use = FairUse(allowance, lambda: 0.0)
    most = allowance.all_handshakes + use.connections.together + use.told.together
    assert most <= descriptors
    assert use.connections.each <= max(1, use.connections.together // 4)


# --- one request


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def place(use: FairUse, holder: str = "192.0.2.1") -> Place:
    made = Place(use, holder)
    made.enter()
    return made


@settings(max_examples=200)
@given(
    st.lists(st.tuples(st.sampled_from(("enter", "belong", "hold", "read", "leave")), st.integers(0, 9)), max_size=60)
)
def test_whatever_a_request_does_it_gives_back_all_it_held(steps: list[tuple[str, int]]) -> None:
    use = FairUse(Allowance(requests_at_once=2, all_requests_at_once=5, body_bytes=50, all_body_bytes=120), Clock())
    places: list[Place] = []
    waits: list[int] = []
    for step, number in steps:
        try:
            match step:
                case "enter":
                    places.append(place(use, f"192.0.2.{number % 3}"))
                case "belong" if places:
                    places[number % len(places)].belong(f"party {number % 3}")
                case "hold" if places:
                    places[number % len(places)].hold(number * 7)
                case "read" if places:
                    places[number % len(places)].read(number)
                case "leave" if places:
                    places.pop(number % len(places)).leave()
        except (TooMany, Overloaded) as problem:
            waits.append(problem.after)
        assert use.requests.held <= 5
        assert use.bodies.held <= 120
    for each in places:
        each.leave()
        each.leave()
    assert {limit: amount for limit, amount in use.held().items() if amount} == {}
    assert min(waits, default=1) >= 1


def test_a_known_party_costs_its_address_nothing_and_a_stranger_does() -> None:
    clock = Clock()
    use = FairUse(Allowance(strangers_per_second=1), clock)
    for _ in range(100):
        known = place(use)
        known.belong("party")
        known.leave()
    for _ in range(4):
        place(use).leave()
    with pytest.raises(TooMany) as refused:
        place(use)
    assert refused.value.after == 1
    place(use, "192.0.2.2").leave()
    clock.now = 1.0
    place(use).leave()


def test_who_exceeds_his_share_is_told_so_and_all_together_something_else() -> None:
    use = FairUse(Allowance(requests_at_once=2, all_requests_at_once=3), Clock())
    for _ in range(2):
        place(use).belong("a")
    with pytest.raises(TooMany):
        place(use).belong("a")
    place(use).belong("b")
    with pytest.raises(Overloaded):
        place(use).belong("b")
    assert use.refused == {Limit.REQUESTS: 2}


def told(work: Any) -> Any:
    """What came of something: its value, or the kind of its refusal."""

    async def run() -> Any:
        try:
            return await work
        except DouaneError as problem:
            return type(problem)

    return run()


def test_who_waits_holds_no_share_of_the_work_and_waits_no_longer_than_his_client() -> None:
    async def wait(mine: Place, event: asyncio.Event) -> str:
        async with mine.waiting():
            await event.wait()
        return "came"

    async def story() -> list[Any]:
        use, event = FairUse(Allowance(requests_at_once=1, polls=2), Clock()), asyncio.Event()
        places = [place(use) for _ in range(3)]
        tasks = []
        for each in places:
            each.belong("a")
            tasks.append(asyncio.create_task(told(wait(each, event))))
            await asyncio.sleep(0)
        assert (use.requests.held, use.polls.held) == (1, 2), "the third polls too many, and works until it is told so"
        places[0].gone()
        first = await tasks[0]
        assert use.polls.held == 1
        event.set()
        return [first, await tasks[1], await tasks[2]]

    assert asyncio.run(story()) == [BadRequest, "came", TooMany]


def test_who_waits_for_a_client_that_has_gone_already_does_not_wait() -> None:
    async def story() -> Any:
        mine = place(FairUse(Allowance(), Clock()))
        mine.belong("a")
        mine.gone()

        async def wait() -> None:
            async with mine.waiting():
                await asyncio.Event().wait()

        return await told(wait())

    assert asyncio.run(story()) is BadRequest


def test_a_time_limit_within_a_wait_is_its_own() -> None:
    async def story() -> None:
        mine = place(FairUse(Allowance(), Clock()))
        mine.belong("a")
        async with mine.waiting(), asyncio.timeout(0):
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        asyncio.run(story())


# --- turns


def test_a_long_queue_of_one_delays_another_by_one_turn() -> None:
    async def story() -> list[str]:
        use, turns, order = FairUse(Allowance(), Clock()), Turns(1, waiting=5, all_waiting=8), list[str]()

        async def one(holder: str) -> None:
            async with turns.of(holder, use, Limit.SECRETS):
                await asyncio.sleep(0)
                order.append(holder)

        results = await asyncio.gather(*(told(one(holder)) for holder in "aaaaaaaabbc"))
        assert [each for each in results if each] == [TooMany, TooMany]
        assert turns.waiting == 0
        return order

    assert asyncio.run(story()) == list("aabcabaaa")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=12))
def test_turns_are_given_back_whoever_gives_up(comers: list[tuple[str, bool]]) -> None:
    async def story() -> None:
        use, turns, at_work = FairUse(Allowance(), Clock()), Turns(2, waiting=9, all_waiting=20), 0

        async def one(holder: str) -> None:
            nonlocal at_work
            async with turns.of(holder, use, Limit.SECRETS):
                at_work += 1
                assert at_work <= 2
                await asyncio.sleep(0)
                at_work -= 1

        tasks = [(asyncio.create_task(one(holder)), gives_up) for holder, gives_up in comers]
        await asyncio.sleep(0)
        for task, gives_up in tasks:
            if gives_up and task not in [t for t, _ in tasks[:2]]:
                task.cancel()
        await asyncio.gather(*(task for task, _ in tasks), return_exceptions=True)
        async with turns.of("z", use, Limit.SECRETS), turns.of("z", use, Limit.SECRETS):
            assert turns.waiting == 0

    asyncio.run(story())
