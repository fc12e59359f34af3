from __future__ import annotations

import asyncio
import hashlib
import os
import threading

import pytest

from douane.identity.register import COST, LEAST, SecretHash
from douane.platforms.uumds.secrets import Secrets
from douane.shared_services.web.fair_use import Allowance, FairUse, Limit
from douane.vocabulary.errors import TooMany

SALT = b"0123456789abcdef"
SECRET = SecretHash.of("right", salt=SALT, cost=LEAST)


class Office:
    """Secrets as they are checked, under a clock of its own; a refusal moves it to when it says."""

    def __init__(self, guesses: int = 2, cost: int = LEAST) -> None:
        self.now = 0.0
        self.use = FairUse(Allowance(guesses=guesses, guess_seconds=60), lambda: self.now)
        self.kept: list[tuple[str, SecretHash, SecretHash]] = []
        self.secrets = Secrets(self.use, os.urandom, lambda *new: self.kept.append(new), cost=cost)

    async def ask(self, id: str, secret: str, sender: str) -> bool | int:
        """Whether it is right, or the seconds to wait."""
        expected = SECRET if id.startswith("client") else None
        try:
            return await self.secrets.check(id, secret, expected, sender)
        except TooMany as problem:
            return problem.after


@pytest.fixture
def office() -> Office:
    return Office()


def test_who_guesses_waits_ever_longer_and_the_right_secret_does_not_help_meanwhile(office: Office) -> None:
    async def story() -> list[int]:
        waits = []
        for _ in range(5):
            while (found := await office.ask("client", "wrong", "attacker")) is not False:
                waits.append(int(found))
                assert await office.ask("client", "right", "attacker") == found
                office.now += found
        return waits

    assert asyncio.run(story()) == [1, 2]
    assert office.use.refused[Limit.GUESSES] == 4


def test_one_sender_that_tries_many_clients_is_delayed(office: Office) -> None:
    async def story() -> list[bool | int]:
        return [await office.ask(f"nobody{n}", "x", "attacker") for n in range(4)]

    assert asyncio.run(story()) == [False, False, False, 1]


def test_many_senders_that_try_one_client_are_delayed(office: Office) -> None:
    async def story() -> list[bool | int]:
        return [await office.ask("client", "x", f"192.0.2.{n}") for n in range(4)]

    assert asyncio.run(story()) == [False, False, False, 1]


def test_a_client_that_others_guess_at_is_let_in_from_where_it_was_before(office: Office) -> None:
    async def story() -> list[bool | int]:
        assert await office.ask("client", "right", "home") is True
        for n in range(9):
            await office.ask("client", "x", f"192.0.2.{n}")
        home = await office.ask("client", "right", "home")
        away = await office.ask("client", "right", "new")
        await office.ask("client", "wrong", "home")
        return [home, away, await office.ask("client", "right", "home")]

    assert asyncio.run(story()) == [True, 1, 2]


def test_a_crowd_of_one_sender_does_not_keep_another_waiting() -> None:
    office = Office(guesses=1000)

    async def story() -> tuple[bool | int, int]:
        crowd = [asyncio.create_task(office.ask(f"nobody{n}", "x", "attacker")) for n in range(60)]
        await asyncio.sleep(0)
        found = await office.ask("client", "right", "home")
        unheard = sum(not each.done() for each in crowd)
        await asyncio.gather(*crowd)
        return found, unheard

    found, unheard = asyncio.run(story())
    assert found is True
    assert unheard, "those who came before and wait in a queue of their own wait still"


def test_what_was_kept_by_a_cheaper_hash_is_hashed_anew_when_the_right_secret_comes() -> None:
    office = Office(cost=LEAST * 2)

    async def story() -> list[bool | int]:
        return [await office.ask("client", secret, "home") for secret in ("wrong", "right")]

    assert asyncio.run(story()) == [False, True]
    ((id, former, new),) = office.kept
    assert (id, former, new.cost, len(new.salt)) == ("client", SECRET, LEAST * 2, 16)
    assert new.salt != SALT
    assert (new.matches("right"), new.matches("wrong")) == (True, False)


def test_guesses_of_any_number_of_senders_take_the_memory_of_one_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """One at a time, whoever asks: a check at the advised cost takes 128 MB."""
    office, real = Office(guesses=1000), hashlib.scrypt
    lock, now, most, costs = threading.Lock(), [0], [0], set[int]()

    def counted(*given: object, **facts: int) -> bytes:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
            costs.add(facts["n"])
        try:
            return real(*given, **facts)  # type: ignore[arg-type] # as it was called
        finally:
            with lock:
                now[0] -= 1

    monkeypatch.setattr(hashlib, "scrypt", counted)

    async def story() -> None:
        await asyncio.gather(*(office.ask(f"nobody{n}", "x", f"192.0.2.{n}") for n in range(20)))

    asyncio.run(story())
    assert (most, costs) == ([1], {LEAST})
    assert Secrets(office.use, os.urandom)._nobody.cost == COST
