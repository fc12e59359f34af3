"""A national node's ear at CCN2: nothing is skipped when either side is away for a while."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pytest

from douane.assembly import uplink
from douane.assembly.uplink import Connector
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Who, command, query, service
from douane.model.families import NCTS5
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.envelope import Arrival, Receipt, RowKind
from douane.standards.ncts.phase5 import CD917C
from douane.vocabulary.errors import NotValid, PartnerUnreachable, StoreUnavailable


class Notice(msgspec.Struct, frozen=True):
    number: int


@service("notices", title="Notices", owner="tests", level=Level.BRONZE)
class Notices:
    """Notices of a test."""

    @command(Notice, task="N", who=Who(by=(Actor("state", ActorKind.MEMBER_STATE),)))
    def take(self) -> None:
        """Take a notice."""


@service("spoken", title="Spoken", owner="tests", level=Level.BRONZE, families=(NCTS5,))
class Spoken:
    """A family that has error messages."""

    @command(CD917C, task="N", who=Who(by=(Actor("state", ActorKind.MEMBER_STATE),)))
    def take(self) -> None:
        """Take an error message."""


class Number(msgspec.Struct, frozen=True):
    number: int


class Found(msgspec.Struct, frozen=True):
    number: int


@service("asked", title="Asked", owner="tests", level=Level.BRONZE)
class Asked:
    """What another node asks."""

    @query(Number, Found, task="N", who=Who(by=(Actor("state", ActorKind.MEMBER_STATE),)), of_named=True)
    def look(self) -> None:
        """Look for a number."""


@dataclass
class Centre:
    """An inbox at the centre; the connection breaks at some acknowledgements."""

    items: dict[int, dict[str, Any]]
    breaks: set[int] = field(default_factory=set)
    cursors: list[str] = field(default_factory=list)

    async def collect(self, after: str = "", wait: float = 0) -> tuple[list[dict[str, Any]], str]:
        await asyncio.sleep(0)
        self.cursors.append(after)
        found = [item for n, item in sorted(self.items.items()) if n > int(after or 0)]
        return found, max((i["id"] for i in found), default=after or "0")

    async def acknowledge(self, item: str) -> None:
        if int(item) in self.breaks:
            self.breaks.discard(int(item))
            raise PartnerUnreachable("The line broke.")
        self.items.pop(int(item), None)


@dataclass
class Core:
    """A core whose store refuses for a while."""

    refusals: int = 0
    taken: list[int] = field(default_factory=list)
    correlations: list[str] = field(default_factory=list)

    async def submit(self, arrival: Arrival) -> Receipt:
        if self.refusals:
            self.refusals -= 1
            raise StoreUnavailable("full")
        if arrival.message.number not in self.taken:
            self.taken.append(arrival.message.number)
            self.correlations.append(arrival.envelope.origin.correlation)
        return Receipt(arrival.envelope.id, 1, 1, 1, b"", b"", 1)


class Clock:
    """Stands still."""

    def now(self) -> int:
        return 1


def item(number: int) -> dict[str, Any]:
    return {"id": str(number), "type": "Notice", "media": "application/json", "body": f'{{"number":{number}}}',
            "origin": "", "origin_kind": "", "administration": "DE",
            "message": f"M{number}", "answers": f"Q{number}"}  # fmt: skip


def collect_all(centre: Centre, core: Core) -> None:
    async def journey() -> None:
        catalogue = Catalogue([Notices.__service__])  # type: ignore[attr-defined] # set by @service
        task = asyncio.create_task(Connector(centre, catalogue, core.submit, Clock()).run())  # type: ignore[arg-type]
        while centre.items and not task.done():  # noqa: ASYNC110 - the connector tells nobody
            await asyncio.sleep(0)
        assert not task.done()
        task.cancel()

    asyncio.run(journey())


def test_a_line_that_breaks_in_the_middle_of_a_page_skips_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uplink, "PAUSE", 0.0)
    centre, core = Centre({n: item(n) for n in range(1, 6)}, breaks={2, 4}), Core()
    collect_all(centre, core)
    assert core.taken == [1, 2, 3, 4, 5]
    assert core.correlations == ["Q1", "Q2", "Q3", "Q4", "Q5"]  # what each answers: a process here may wait for it


def test_an_answer_to_a_question_is_handed_over_by_its_type() -> None:
    """No operation takes it; the core knows whether a process waits for it."""
    taken: list[Arrival] = []

    async def submit(arrival: Arrival) -> Receipt:
        taken.append(arrival)
        return Receipt(arrival.envelope.id, 1, 1, 1, b"", b"", 1)

    catalogue = Catalogue([Asked.__service__])  # type: ignore[attr-defined] # set by @service
    connector = Connector(Centre({}), catalogue, submit, Clock(), "FR")  # type: ignore[arg-type]
    asyncio.run(connector._take(item(1) | {"type": "Found"}))
    asyncio.run(connector._take(item(2) | {"type": "Number"}))
    assert [(each.envelope.operation, each.envelope.origin.correlation) for each in taken] == [
        ("Found", "Q1"), ("asked.look", "Q2"),
    ]  # fmt: skip


def test_what_the_own_core_refuses_is_kept_and_told_to_its_sender() -> None:
    """A message that an older release cannot read: it is handed over as refused, then acknowledged."""
    kept: list[Arrival] = []

    async def submit(arrival: Arrival) -> Receipt:
        kept.append(arrival)
        raise NotValid("kept")

    catalogue = Catalogue([Spoken.__service__])  # type: ignore[attr-defined] # set by @service
    broken = item(1) | {
        "type": "CD917C",
        "media": "application/xml",
        "body": "<CD917C>",
        "origin": "NTA.FR",
        "origin_kind": "member_state",
    }
    centre = Centre({1: broken, 2: item(2) | {"type": "CD917C"}})

    async def journey() -> None:
        connector = Connector(centre, catalogue, submit, Clock(), "DE")  # type: ignore[arg-type]
        task = asyncio.create_task(connector.run())
        while centre.items and not task.done():  # noqa: ASYNC110 - the connector tells nobody
            await asyncio.sleep(0)
        task.cancel()

    asyncio.run(journey())
    (arrival,) = kept  # JSON has no error message
    envelope = arrival.envelope
    assert (envelope.kind, envelope.sender, envelope.administration) == (RowKind.UNREADABLE, "NTA.FR", "DE")
    assert envelope.content.body == b"<CD917C>"
    assert envelope.faults


def test_an_outage_of_the_own_store_may_last(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uplink, "PAUSE", 0.0)
    centre, core = Centre({1: item(1)}), Core(refusals=3000)
    collect_all(centre, core)
    assert core.taken == [1]
