"""Queues of a whole node with bad input: errors are told in the domain's own messages, and never in circles."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from douane.backends.sqlite.queues import EmbeddedQueues
from douane.configuration.ports import SystemClock
from douane.runtime.core.commands import Release
from douane.runtime.turns import allowance
from douane.standards.csi.message import ALL_REPORTS, Message, Qos, Report
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import NotValid
from tests.journeys.standing import Standing, identity_in, standing

CORE, REPORTS, CENTRE = "CORE-RCT-NCTS.DE", "REPORT-RCT-NCTS.DE", "CORE-RCT-NCTS.EU"
MRN = "26FR005350000001J9"


def crossing(identification: str, sender: str = "NTA.DE") -> bytes:
    return p5.write(
        p5.CD118C(
            message_sender=sender, message_recipient="NTA.FR",
            preparation_date_and_time=dt.datetime(2026, 11, 24, 12, 0), message_identification=identification,
            message_type="CD118C", transit_operation=p5.TransitOperation46(mrn=MRN, passage_date=dt.date(2026, 11, 24)),
            customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
            customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number="DE004055"),
        )
    )  # fmt: skip


class Program:
    """The German system: puts messages into the centre's queue, and takes what comes back."""

    def __init__(self, queues: EmbeddedQueues) -> None:
        self.queues = queues

    async def put(self, body: bytes, id: str, correlation: str = "") -> None:
        qos = Qos(reports=ALL_REPORTS, report_to=REPORTS, correlation=correlation)
        await self.queues.put(CENTRE, Message(id, body, qos=qos, user="nta-de"))

    async def take(self, queue: str) -> Message:
        for _ in range(120):
            for item in await self.queues.take(queue, 1, 0.5):
                await self.queues.delete(item)
                return item.message
        raise AssertionError(f"nothing came to {queue}")

    async def told(self) -> tuple[str, Any, Message]:
        """The next business message: its type, itself, and what carried it."""
        message = await self.take(CORE)
        return message.type, p5.read(message.body), message

    async def depths(self) -> tuple[int, int, int]:
        return await self.queues.depth(CENTRE), await self.queues.depth(CORE), await self.queues.depth(REPORTS)


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("refusals")
    made = identity_in(folder)
    address = f"embedded:{folder / 'queues.db'}"
    with standing(folder, made, elsewhere=frozenset({"DE"}), queues=address, queue_users={"nta-de": "DE"}) as running:
        yield running


@pytest.fixture(scope="module")
def folder(node: Standing) -> Path:
    return node.node.core.settings.data


def run(folder: Path, work: Any) -> Any:
    async def main() -> Any:
        queues = EmbeddedQueues(folder / "queues.db", SystemClock())
        for _ in range(600):
            try:
                await queues.depth(CENTRE)
                await queues.put(REPORTS, Message("probe", b""))
                break
            except Exception:
                await asyncio.sleep(0.1)
        else:
            raise AssertionError("the node has made no queues")
        program = Program(queues)
        await program.take(REPORTS)
        try:
            return await work(program)
        finally:
            await queues.close()

    return asyncio.run(main())


def parked(node: Standing) -> list[Any]:
    return [p for owner in node.node.core.node.owners for p in owner.parked()]


def counted(node: Standing) -> dict[str, float]:
    """What the operator's door shows of messages that the queues refused, by error code."""
    page = node.client("operations", "operator").ask("GET", "/metrics").body.decode()
    series = r'^douane_refused_answers_total\{channel="csi_queue",platform="ccn_csi",status="([^"]*)"\} ([0-9.e+]+)$'
    return {code: float(number) for code, number in re.findall(series, page, re.MULTILINE)}


def test_what_cannot_be_read_is_told_by_an_exception_and_by_an_ie917(node: Standing, folder: Path) -> None:
    async def germany(program: Program) -> None:
        body = crossing("DE1").replace(b"</TransitOperation>", b"<extra>1</extra></TransitOperation>")
        await program.put(body, "Q1")
        report = await program.take(REPORTS)
        assert (report.report, report.qos.correlation) == (Report.EXCEPTION, "Q1")
        kind, told, _ = await program.told()
        assert kind == "CD917C"
        assert (told.correlation_identifier, told.header.mrn) == ("DE1", MRN)
        assert (told.message_sender, told.message_recipient) == ("NTA.FR", "NTA.DE")
        assert [(e.error_code, e.error_pointer) for e in told.xml_error] == [("15", "/CD118C/TransitOperation/extra")]
        await program.put(b"no message", "Q2")
        assert (await program.take(REPORTS)).qos.correlation == "Q2"
        kind, told, _ = await program.told()
        assert (kind, told.correlation_identifier, told.message_sender) == ("CD917C", "Q2", "NTA.EU")

    before = counted(node)
    run(folder, germany)
    after = counted(node)
    assert sum(after.values()) == sum(before.values()) + 2
    assert after[NotValid.code] == before.get(NotValid.code, 0) + 1


def test_what_cannot_be_taken_is_told_by_an_ie906(folder: Path) -> None:
    async def germany(program: Program) -> None:
        await program.put(crossing("AT1", "NTA.AT"), "Q3")
        kind, told, _ = await program.told()
        assert (kind, told.header.mrn) == ("CD906C", MRN)
        (error,) = told.functional_error
        assert (error.error_code, error.error_pointer, error.original_attribute_value) == (
            "14", "/CD118C/messageSender", "NTA.AT",
        )  # fmt: skip
        await program.put(crossing("DE2"), "Q4")
        kind, told, _ = await program.told()  # nobody knows this movement
        assert (kind, told.functional_error[0].error_code) == ("CD906C", "90")
        await program.put(crossing("DE2").replace(b"DE004055", b"DE004056"), "Q5")
        kind, told, _ = await program.told()
        (error,) = told.functional_error
        assert (error.error_code, error.error_pointer) == ("26", "/CD118C/messageIdentification")

    run(folder, germany)


def test_broken_error_messages_are_set_aside_and_never_answered(node: Standing, folder: Path) -> None:
    async def germany(program: Program) -> list[Report | None]:
        while (await program.depths())[2]:
            await program.take(REPORTS)
        for n, body in enumerate((b"<CD917C>", b"<CD906C/>", b"<x><messageType>CD907A</messageType>")):
            await program.put(body, f"E{n}")
        reports = [(await program.take(REPORTS)).report for _ in range(3)]
        assert (await program.depths())[1] == 0
        return reports

    assert run(folder, germany) == [Report.EXCEPTION] * 3
    aside = parked(node)
    assert [p.id.partition("!")[0] for p in aside] == ["E0", "E1", "E2"]
    for each in aside:
        node.run(node.node.core.node.command(Release(each.position)))
    assert parked(node) == []


def test_a_counterpart_that_throws_everything_back_is_left_alone(
    node: Standing, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers each message with garbage: with a reference the circle ends at once, without by the allowance."""
    monkeypatch.setattr(allowance, "MOST", 8)
    owners = node.node.core.node.owners
    for owner in owners:
        owner.allowance.given.clear()

    async def germany(program: Program) -> tuple[int, int]:
        await program.put(b"garbage", "P0")
        _, _, carried = await program.told()
        await program.put(b"garbage", "P1", correlation=carried.id)
        for _ in range(2):
            await program.take(REPORTS)
        assert (await program.depths())[1] == 0
        answers = 0
        await program.put(b"more garbage", "P2")
        while True:
            assert (await program.take(REPORTS)).report is Report.EXCEPTION
            if answers == 6:
                return answers, (await program.depths())[1]
            await program.told()
            answers += 1
            await program.put(b"more garbage", f"P{answers + 2}")

    assert run(folder, germany) == (6, 0)  # eight in all: the first, the one set aside, six more
    assert [p.id.partition("!")[0] for p in parked(node)] == ["P1"]
