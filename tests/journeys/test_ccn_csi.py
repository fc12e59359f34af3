"""An administration that knows nothing but queues: a plain AMQP program exchanges transit messages with the union.

The program below uses an AMQP client and nothing of ours: it sets message id, user id and a few headers.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aio_pika
import pytest

from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from douane.standards.ncts import phase5 as p5
from tests.journeys.standing import Standing, identity_in, standing
from tests.services.rabbitmq import rabbitmq  # noqa: F401 - a fixture

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
DECLARATION = (EXAMPLES / "declaration.xml").read_bytes()
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
TRADER, OFFICER = "trader.fr.lesquin", "fr.officer"
CORE, REPORTS, CENTRE = "CORE-RCT-NCTS.DE", "REPORT-RCT-NCTS.DE", "CORE-RCT-NCTS.EU"
CENTRE_REPORTS = "REPORT-RCT-NCTS.EU"
Received = aio_pika.abc.AbstractIncomingMessage


class LegacyProgram:
    """The German transit system of 1999, on a library of today."""

    def __init__(self, address: str) -> None:
        self.address = address

    async def get(self, queue: str, seconds: float = 30) -> Received:
        """The next message of a queue, taken for good."""
        connection = await aio_pika.connect(self.address)
        async with connection:
            end = asyncio.get_running_loop().time() + seconds
            while True:
                assert asyncio.get_running_loop().time() < end, f"nothing came to {queue}"
                channel = await connection.channel()
                try:
                    found = await (await channel.get_queue(queue)).get(fail=False)
                except aio_pika.exceptions.ChannelClosed:  # the union has not made it yet
                    found = None
                if found is not None:
                    await found.ack()
                    return found
                await asyncio.sleep(0.1)

    async def put(self, queue: str, body: bytes, id: str, **properties: Any) -> None:
        """A message with every report asked for."""
        headers = {"csi-reports": "COA,COD,EXCEPTION,EXPIRATION", "csi-report-to": REPORTS}
        given = {"user_id": "guest", "headers": headers} | properties
        connection = await aio_pika.connect(self.address)
        async with connection:
            channel = await connection.channel(on_return_raises=True)
            for _ in range(300):
                try:
                    await channel.default_exchange.publish(aio_pika.Message(body, message_id=id, **given), queue)
                except aio_pika.exceptions.DeliveryError:  # the union has not made it yet, or it has no leader yet
                    await asyncio.sleep(0.1)
                else:
                    return
        raise AssertionError(f"there is no queue {queue}")


@pytest.fixture
def node(rabbitmq: str, tmp_path: Path) -> Iterator[Standing]:  # noqa: F811 - the fixture
    asyncio.run(_purge(rabbitmq))
    with standing(
        tmp_path, identity_in(tmp_path), elsewhere=frozenset({"DE"}), queues=rabbitmq, queue_users={"guest": "DE"}
    ) as made:
        guarantee = (EXAMPLES / "guarantee.json").read_bytes()
        assert made.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
        yield made


async def _purge(address: str) -> None:
    connection = await aio_pika.connect(address)
    async with connection:
        for queue in (CORE, REPORTS, CENTRE, CENTRE_REPORTS):
            channel = await connection.channel()
            try:
                await (await channel.get_queue(queue)).purge()
            except aio_pika.exceptions.ChannelClosed:
                continue


@pytest.fixture
def legacy(rabbitmq: str) -> LegacyProgram:  # noqa: F811 - the fixture
    return LegacyProgram(rabbitmq)


def lodge(node: Standing) -> str:
    """Lodge the declaration; the MRN of the release."""
    trader = node.client("speed2", TRADER)
    assert trader.ask("POST", "/v1/messages", DECLARATION, XML).status == 202
    items: list[dict[str, str]] = []
    while "CC029C" not in [item["type"] for item in items]:
        items = trader.ask("GET", "/v1/inbox?wait=10").json["items"]
    body = next(item["body"] for item in items if item["type"] == "CC029C")
    return body.partition("<MRN>")[2].partition("</MRN>")[0]


def crossing(mrn: str, identification: str) -> bytes:
    """What the German office of transit tells the office of departure (CD118C)."""
    return p5.write(
        p5.CD118C(
            message_sender="NTA.DE",
            message_recipient="NTA.FR",
            preparation_date_and_time=dt.datetime(2026, 11, 24, 12, 0),
            message_identification=identification,
            message_type="CD118C",
            transit_operation=p5.TransitOperation46(mrn=mrn, passage_date=dt.date(2026, 11, 24)),
            customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="FR005350"),
            customs_office_of_transit_actual=p5.CustomsOfficeOfTransitActual03(reference_number="DE004055"),
        )
    )


def test_a_movement_reaches_the_queue_and_its_crossing_comes_back(node: Standing, legacy: LegacyProgram) -> None:
    mrn = lodge(node)

    async def germany() -> list[str]:
        announced = await legacy.get(CORE)
        assert (announced.type, announced.reply_to) == ("CD050C", CENTRE)
        assert mrn.encode() in announced.body
        wanted = str(announced.headers["csi-report-to"])
        assert wanted == CENTRE_REPORTS
        headers = {"csi-kind": "REPORT", "csi-report": "COD"}
        await legacy.put(wanted, b"", "R1", correlation_id=announced.message_id, headers=headers)
        await legacy.put(CENTRE, crossing(mrn, "DE1"), "DE1")
        reports = [await legacy.get(REPORTS) for _ in range(2)]
        assert [r.correlation_id for r in reports] == ["DE1", "DE1"]
        return [str(announced.message_id), *(str(r.headers["csi-report"]) for r in reports)]

    position, *reports = asyncio.run(germany())
    assert reports == ["COA", "COD"]
    assert _delivery(node, int(position, 16)) == "delivered"
    assert ("transit.notify_crossing", "ccn_csi") in [(row.operation, row.origin.platform) for row in _rows(node)]


def _delivery(node: Standing, position: int) -> str:
    async def ask() -> str:
        for _ in range(100):
            found = node.node.core.inbox().delivery(position)
            if found is not None and found.state == "delivered":
                return found.state
            await asyncio.sleep(0.1)
        return "unknown"

    return node.run(ask())


def _rows(node: Standing) -> list[Any]:
    rows = node.node.core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 1000)
    return [JOURNAL.read(raw) for _, raw in rows]


def test_a_repeated_message_gets_the_same_reports_and_no_second_effect(node: Standing, legacy: LegacyProgram) -> None:
    mrn = lodge(node)

    async def germany() -> list[tuple[str, str]]:
        for _ in range(2):
            await legacy.put(CENTRE, crossing(mrn, "DE2"), "DE2")
        found = [await legacy.get(REPORTS) for _ in range(4)]
        return [(str(r.headers["csi-report"]), str(r.message_id)) for r in found]

    first, second = (found := asyncio.run(germany()))[:2], found[2:]
    assert [kind for kind, _ in first] == ["COA", "COD"]
    assert first == second
    assert sum(row.id == "DE2" for row in _rows(node)) == 1


@pytest.mark.parametrize(
    ("body", "properties", "says"),
    [
        (b"<CD118C/>", {}, "No message type CD118C is known"),
        (b"no xml", {}, "not well-formed"),
        (b"", {"user_id": None}, "no user that the queues have proved"),
    ],
)
def test_bad_input_is_answered_by_an_exception_with_its_faults(
    node: Standing, legacy: LegacyProgram, body: bytes, properties: dict[str, Any], says: str
) -> None:
    async def germany() -> Received:
        await legacy.put(CENTRE, body, "BAD1", **properties)
        return await legacy.get(REPORTS)

    told = asyncio.run(germany())
    assert told.headers["csi-report"] == "EXCEPTION"
    assert told.correlation_id == "BAD1"
    assert says in str(told.headers["csi-reason"])
    assert set(json.loads(told.body)) == {"code", "detail", "remedy", "faults"}


def test_what_another_administration_would_say_is_refused(node: Standing, legacy: LegacyProgram) -> None:
    mrn = lodge(node)
    forged = crossing(mrn, "AT1").replace(b"NTA.DE", b"NTA.AT")

    async def germany() -> Received:
        await legacy.put(CENTRE, forged, "AT1")
        return await legacy.get(REPORTS)

    told = asyncio.run(germany())
    assert "cannot send as NTA.AT" in str(told.headers["csi-reason"])
