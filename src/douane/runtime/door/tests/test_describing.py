"""A document is written once for all for whom the same is open; whoever asks again pays for its octets."""

from __future__ import annotations

import asyncio
import functools
import threading
from collections.abc import Callable, Coroutine

import pytest

from douane.runtime.door import describing
from douane.runtime.door.describing import Describing
from douane.runtime.turns.spending import WRITING_NS, Asker, Budget, Spending
from douane.vocabulary.errors import TooMany

NS_A_MS = 1_000_000
ONE, OTHER = Asker("FR1"), Asker("DE1")


def on_one_loop(test: Callable[..., Coroutine[None, None, None]]) -> Callable[..., None]:
    """The test as pytest runs it."""

    @functools.wraps(test)
    def run(**fixtures: object) -> None:
        asyncio.run(test(**fixtures))

    return run


class Writer:
    """Writes documents of so many octets, each in 70 ms of a meter that it moves."""

    def __init__(self, octets: int = 1_000) -> None:
        self.ns, self.written, self._octets = 0, list[str](), octets

    def write(self, name: str) -> bytes:
        self.ns += 70 * NS_A_MS
        self.written.append(name)
        return b"d" * self._octets

    def spending(self, known: float) -> Spending:
        return Spending(Budget(known=known), lambda: 0.0, lambda: self.ns)


async def asked(described: Describing, writer: Writer, asker: Asker, *names: str) -> bytes:
    return await described.kept(asker, lambda: names, lambda: writer.write(names[0]))


@on_one_loop
async def test_it_is_written_once_for_each_set_of_operations_and_only_its_octets_are_charged_after_that() -> None:
    writer = Writer()
    spending = writer.spending(1_000.0)
    described = Describing(spending)
    assert await asked(described, writer, ONE, "a", "b") == await asked(described, writer, OTHER, "a", "b")
    await asked(described, writer, OTHER, "a")
    await asked(described, writer, OTHER, "a", "b")
    assert writer.written == ["a", "a"]
    octets = WRITING_NS * 1_000 / NS_A_MS
    assert spending.known.owed("FR1", 0.0) == pytest.approx(70.0 + octets, abs=octets / 2)
    assert spending.known.owed("DE1", 0.0) == pytest.approx(70.0 + 3 * octets, abs=octets / 2)


@on_one_loop
async def test_who_owes_is_refused_before_anything_is_written_and_also_where_it_is_kept() -> None:
    writer = Writer()
    described = Describing(writer.spending(1.0))
    await asked(described, writer, ONE, "a")
    for names in (("a",), ("b",)):
        with pytest.raises(TooMany):
            await asked(described, writer, ONE, *names)
    with pytest.raises(TooMany):
        described.written(ONE, lambda: writer.write("at once"))
    assert writer.written == ["a"]
    assert await asked(described, writer, OTHER, "a")


def test_several_who_ask_for_it_at_the_same_time_have_it_written_once() -> None:
    writer = Writer()
    described = Describing(writer.spending(1_000.0))

    async def together() -> None:
        each = (described.kept(ONE, lambda: ("a",), lambda: writer.write("a")) for _ in range(5))
        assert len(set(await asyncio.gather(*each))) == 1

    asyncio.run(together())
    assert writer.written == ["a"]


@on_one_loop
async def test_what_was_begun_is_charged_and_kept_though_nobody_waits_for_it_any_longer() -> None:
    writer, began, go_on = Writer(), threading.Event(), threading.Event()
    spending = writer.spending(1_000.0)
    described = Describing(spending)

    def slowly() -> bytes:
        began.set()
        assert go_on.wait(20)
        return writer.write("a")

    given_up = asyncio.create_task(described.kept(ONE, lambda: ("a",), slowly))
    await asyncio.to_thread(began.wait, 20)
    given_up.cancel()
    await asyncio.wait([given_up])
    go_on.set()
    await asked(described, writer, OTHER, "b")
    await asked(described, writer, OTHER, "a")
    assert writer.written == ["a", "b"]
    assert spending.known.owed("FR1", 0.0) == pytest.approx(70.0, abs=1.0)


@on_one_loop
async def test_what_is_kept_is_bounded_by_number_and_by_octets(monkeypatch: pytest.MonkeyPatch) -> None:
    writer = Writer()
    described = Describing(writer.spending(1_000_000.0))
    for number in range(describing.MOST + 10):
        await asked(described, writer, ONE, str(number))
    assert described.documents == describing.MOST
    monkeypatch.setattr(describing, "MOST_OCTETS", 5_000)
    await asked(described, writer, ONE, "another")
    assert (described.documents, described.octets) == (5, 5_000)
