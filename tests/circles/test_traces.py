"""What a refused call leaves: a counter always, an audit leaf where a client is known, bounded; nothing else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

import pytest
from msgspec import structs

from douane.model.caller import Caller
from douane.model.circles import Platform
from douane.runtime.door import traces
from douane.runtime.door.link import DirectLink
from douane.runtime.door.traces import Traces
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.ports import MINUTE, SECOND
from douane.vocabulary.errors import CoreUnreachable, DouaneError, NotAuthenticated, NotFound, NotValid, WrongCircle
from tests.callers import admitted, trader


@dataclass(frozen=True)
class Trader:
    id: str = "trader"

    @property
    def caller(self) -> Caller:
        return trader(self.id)


@dataclass
class Core:
    """A link that remembers, and a clock that is set."""

    at: int = 1_000 * MINUTE
    problem: DouaneError = field(default_factory=lambda: NotValid("refused"))
    came: list[Envelope] = field(default_factory=list)
    counted: list[tuple[Platform, str]] = field(default_factory=list)
    keeping: None = None

    def now(self) -> int:
        return self.at

    def dated(self, arrival: Arrival) -> Arrival:
        return arrival

    async def submit(self, arrival: Arrival) -> object:
        self.came.append(arrival.envelope)
        raise self.problem

    def told(self, platform: Platform, problem: DouaneError, client: str = "") -> None:
        self.counted.append((platform, problem.code))


def door(core: Core, platform: Platform = Platform.CCN2) -> Traces:
    return Traces(platform, core, core, core.told)  # type: ignore[arg-type] # of a link only submit is used


def run(core: Core, *steps: tuple[int, Trader, str, DouaneError]) -> None:
    async def story() -> None:
        made = door(core)
        for later, who, operation, problem in steps:
            core.at += later
            made.turned_away(who, operation, problem)
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    asyncio.run(story())


WRONG, CLOSED = WrongCircle("no"), NotFound("no")


def test_a_known_client_leaves_one_leaf_a_minute_for_the_same_and_every_refusal_is_counted() -> None:
    core = Core()
    other = Trader("other")
    run(core, (0, Trader(), "x.y", WRONG), (SECOND, Trader(), "x.y", WRONG), (SECOND, Trader(), "x.y", CLOSED),
        (SECOND, Trader(), "x.z", WRONG), (SECOND, other, "x.y", WRONG), (MINUTE, Trader(), "x.y", WRONG))  # fmt: skip
    left = [(e.kind, e.origin.caller.id, e.operation, e.faults[0][1]) for e in core.came]
    wrong, closed = WrongCircle.code, NotFound.code
    assert left == [
        (RowKind.TURNED_AWAY, "trader", "x.y", wrong),
        (RowKind.TURNED_AWAY, "trader", "x.y", closed),
        (RowKind.TURNED_AWAY, "trader", "x.z", wrong),
        (RowKind.TURNED_AWAY, "other", "x.y", wrong),
        (RowKind.TURNED_AWAY, "trader", "x.y", wrong),
    ]
    assert len(core.counted) == 6
    assert {(e.origin.platform, e.origin.caller.circle.value, e.content.body) for e in core.came} == {
        ("ccn2", "untrusted", b"")
    }


def test_who_proves_nothing_is_counted_only() -> None:
    core = Core()
    door(core).count(NotAuthenticated("who?"))
    assert core.counted == [(Platform.CCN2, NotAuthenticated.code)]
    assert core.came == []


def test_a_core_that_is_away_keeps_no_door_from_refusing() -> None:
    core = Core(problem=CoreUnreachable("away"))
    run(core, (0, Trader(), "", WRONG))
    assert core.came[0].operation == "unknown"


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "MOST", 3)
    core = Core()
    run(core, *((0, Trader(f"t{n}"), "", WRONG) for n in range(7)))
    assert len(core.came) == 7


def test_a_link_carries_leaves_of_refusals_and_nothing_else_of_a_foreign_circle() -> None:
    """A captured door may write that somebody was turned away; it gets no receipt of anybody by it."""
    core = Core()

    async def submit(envelope: Envelope) -> None:
        link = DirectLink(Platform.CCN2, core)  # type: ignore[arg-type] # of the core only submit is used
        await link.submit(Arrival(envelope))

    fault = (("", "DOU-1102", "", "", "", 0, 0),)
    leaf = admitted(
        trader("FR1"), "unknown", platform="ccn2", channel="", kind=RowKind.TURNED_AWAY, faults=fault
    )  # facts as they are packed
    with pytest.raises(NotValid):
        asyncio.run(submit(leaf))
    assert core.came == [leaf]
    origin = leaf.origin
    for change in (
        {"faults": ()}, {"kind": RowKind.MESSAGE}, {"origin": structs.replace(origin, wire="w@x")},
        {"origin": structs.replace(origin, platform="speed2")},
    ):  # fmt: skip
        with pytest.raises(WrongCircle):
            asyncio.run(submit(structs.replace(leaf, **change)))
    assert core.came == [leaf]
