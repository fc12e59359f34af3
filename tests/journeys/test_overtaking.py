"""A message about a case that is sooner at the centre than the word of where that case began."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.channels.rest.client import Partner
from douane.runtime.core import commands
from douane.runtime.store.ports import Attempt, Offered, Outcome, Transport
from douane.simulator.messages.later import guarantee_query
from douane.standards.ncts import phase5
from tests.journeys.test_provision import Union, chosen, offered, registration

HOLDER = "FR40123456700017"


@dataclass
class Line:
    """The way of a system to the centre, cut for a while."""

    carries: Transport
    cut: bool = True

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Carry, or say that nobody answers."""
        return [Attempt(Outcome.FAILED, "cut")] if self.cut else await self.carries.send(lane, items)


def cut(union: Union, code: str) -> Line:
    lanes = union.nodes[code].lanes
    assert lanes is not None
    line = Line(lanes.transports["rest"])
    lanes.transports = {**lanes.transports, "rest": line}
    return line


def waiting(union: Union) -> list[str]:
    """The lanes of the centre in which something waits for the name of its case."""
    lanes = union.nodes["EU"].lanes
    assert lanes is not None
    return [name for name, lane in lanes.lanes.items() if name.startswith("unnamed:FR:") and lane.failures]


def registered(grn: str, union: Union) -> bytes:
    """A registration with a guarantor: of others the holder asks nothing here."""
    guarantor = {"identification": "FR00BANK", "name": "Bank", "street": "1 rue du Lin", "postcode": "59000",
                 "city": "Lille", "country": "FR"}  # fmt: skip
    return msgspec.json.encode(msgspec.json.decode(registration(grn, union)) | {"guarantor": guarantor})


async def asked(union: Union, trader: Partner, grn: str) -> str:
    """The holder asks about his guarantee; the identification of his question."""
    question = guarantee_query(union.numbers, HOLDER, grn, "A1B2", "1")
    assert (await trader.send(phase5.write(question))).status == 202
    return question.message_identification


async def answers(trader: Partner, number: int) -> list[tuple[str, str]]:
    """Type of so many answers and what they answer, as they come."""
    found: list[Any] = []
    async with asyncio.timeout(60):
        cursor = ""
        while len(found) < number:
            items, cursor = await trader.collect(cursor, 2.0)
            found += items
    said: list[Any] = [phase5.read(each["body"].encode()) for each in found]
    return [(type(each).__name__, each.correlation_identifier) for each in said]


def test_what_overtakes_the_name_of_its_case_waits_for_it_and_keeps_its_order(tmp_path: Path) -> None:
    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            await offered(union)
            await chosen(union, "FR")
            await chosen(union, "BE")
            grn, trader = union.numbers.grn(), union.client("EU", "speed2", "trader.fr.lesquin")
            officer = union.client("BE", "ccn2", "fr.officer")
            line = cut(union, "BE")
            await officer.call("guarantees.register", registered(grn, union))
            items, _ = await officer.collect(wait=10.0)
            assert [each["type"] for each in items] == ["GuaranteeRegistered"]
            sent = [await asked(union, trader, grn) for _ in range(3)]
            async with asyncio.timeout(20):
                while not waiting(union):  # noqa: ASYNC110 - nobody tells
                    await asyncio.sleep(0.05)
            assert len(waiting(union)) == 1, "one case, one lane"
            assert grn not in waiting(union)[0]
            items, _ = await trader.collect(wait=2.0)
            assert items == [], "neither lost, nor refused by who does not know it"
            line.cut = False
            assert await answers(trader, 3) == [("CC037C", each) for each in sent]
            sent.append(await asked(union, trader, grn))
            assert (await answers(trader, 4))[-1] == ("CC037C", sent[-1])

    asyncio.run(journey())


def test_a_name_that_nobody_tells_is_refused_in_the_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "PATIENCE", 1_000_000)

    async def journey() -> None:
        async with Union(tmp_path).running() as union:
            await offered(union)
            await chosen(union, "FR")
            await chosen(union, "BE")
            trader = union.client("EU", "speed2", "trader.fr.lesquin")
            own = await asked(union, trader, union.numbers.grn())
            ((kind, about),) = await answers(trader, 1)
            assert (kind, about) != ("CC037C", own)
            assert about == own

    asyncio.run(journey())
