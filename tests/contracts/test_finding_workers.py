"""How a door before several workers finds the one that answers: where it looks, how often, and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from douane.model.circles import Platform
from douane.runtime.store import keys
from douane.shared_services.link.door_end import RemoteLink
from douane.shared_services.link.workers import LONGEST_PATIENCE, PAUSE, Workers
from douane.vocabulary.errors import CoreUnreachable, DouaneError, Elsewhere, NewerRelease, NotFound, OurFault
from tests.contracts import toy, virtual
from tests.contracts.test_link import CATALOGUE


class Told(RemoteLink):
    """A link to a worker that answers, or refuses, as it is told, after some seconds."""

    def __init__(
        self, *owned: int, there: bool = True, answers: Sequence[DouaneError] = (), after: float = 0.0
    ) -> None:
        super().__init__(Platform.SPEED2, name="door", connect=_unused, catalogue=CATALOGUE, clock=toy.Clock())
        self.owns, self.there, self.answers, self.after = owned, there, list(answers), after
        self.asked: list[float] = []

    @property
    def connected(self) -> bool:
        return self.there

    @property
    def owned(self) -> tuple[int, ...]:
        return self.owns

    @property
    def partitions(self) -> tuple[int, ...]:
        return (0, 1, 2)

    async def noted(self, item: str) -> tuple[str, bytes]:
        self.asked.append(virtual.passed())
        await asyncio.sleep(self.after)
        if self.answers:
            raise self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return "T1", item.encode()


async def _unused(_make: Callable[[], asyncio.Protocol]) -> Any:
    raise ConnectionRefusedError


ITEM = f"{keys.log_position(1, 5):x}"
"""A message of partition 1."""


def test_a_partition_that_nobody_owns_is_looked_for_as_long_as_patience_lasts() -> None:
    async def journey() -> None:
        away, other = Told(1, there=False), Told(0, 2)
        made = Workers([away, other], CATALOGUE)
        with pytest.raises(CoreUnreachable, match="No worker owns this now"):
            await made.noted(ITEM)
        assert LONGEST_PATIENCE < virtual.passed() < LONGEST_PATIENCE + 2 * PAUSE
        assert away.asked == other.asked == []
        comes = asyncio.create_task(made.noted(ITEM))  # each question has the whole patience
        await asyncio.sleep(LONGEST_PATIENCE - 1)
        away.there, since = True, virtual.passed()
        assert await comes == ("T1", ITEM.encode())
        assert virtual.passed() - since < 2 * PAUSE

    virtual.run(journey())


def test_who_knows_better_is_followed_at_once_and_who_names_itself_is_given_a_moment() -> None:
    async def journey() -> None:
        first, second = Told(1, answers=[Elsewhere(2)]), Told(2)
        assert await Workers([first, second], CATALOGUE).noted(ITEM) == ("T1", ITEM.encode())
        assert (first.asked, second.asked, virtual.passed()) == ([0], [0], 0)
        lost = Told(1, answers=[Elsewhere(1)])  # its lease has gone, and it has not told so yet
        with pytest.raises(CoreUnreachable):
            await Workers([lost], CATALOGUE).noted(ITEM)
        assert len(lost.asked) == pytest.approx(LONGEST_PATIENCE / PAUSE, abs=2)

    virtual.run(journey())


@pytest.mark.parametrize("problem", [CoreUnreachable("It broke."), NewerRelease("Of a later release.")])
def test_the_fault_of_one_worker_is_told_only_where_no_other_answers_in_time(problem: OurFault) -> None:
    async def journey() -> None:
        broken, other = Told(1, answers=[problem]), Told(0)
        made = Workers([broken, other], CATALOGUE)
        with pytest.raises(type(problem), match=problem.text):
            await made.noted(ITEM)
        assert LONGEST_PATIENCE < virtual.passed() < LONGEST_PATIENCE + 2 * PAUSE
        assert len(broken.asked) == pytest.approx(LONGEST_PATIENCE / PAUSE, abs=2)
        asked = asyncio.create_task(made.noted(ITEM))
        await asyncio.sleep(1)
        broken.owns, other.owns = (), (0, 1)
        assert await asked == ("T1", ITEM.encode())

    virtual.run(journey())


def test_patience_begins_when_a_worker_has_failed_and_not_with_the_question() -> None:
    async def journey() -> None:
        slow = Told(1, answers=[CoreUnreachable("Late.")], after=LONGEST_PATIENCE + 1)
        asked = asyncio.create_task(Workers([slow], CATALOGUE).noted(ITEM))
        await asyncio.sleep(LONGEST_PATIENCE + 2)
        slow.answers, slow.after = [], 0.0
        assert await asked == ("T1", ITEM.encode())
        assert len(slow.asked) == 2

    virtual.run(journey())


def test_what_a_worker_refuses_for_good_is_told_at_once() -> None:
    async def journey() -> None:
        refusing = Told(1, answers=[NotFound("None.")])
        with pytest.raises(NotFound):
            await Workers([refusing], CATALOGUE).noted(ITEM)
        assert (refusing.asked, virtual.passed()) == ([0], 0)

    virtual.run(journey())


def test_what_only_reads_is_asked_of_all_in_turn_but_of_those_who_are_there() -> None:
    async def journey() -> None:
        links = [Told(0), Told(1, there=False), Told(2)]
        made = Workers(links, CATALOGUE)
        for _ in range(6):
            await made._at(None, lambda link: link.noted(ITEM))
        assert [bool(link.asked) for link in links] == [True, False, True]

    virtual.run(journey())
