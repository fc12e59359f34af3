"""A trader at the centre's SPEED2 applies to an administration with a system of its own, and collects its answers."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec

from douane.applications.customs_decisions.messages.applying import ReceiptConfirmed
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, DecisionTaken
from douane.applications.customs_decisions.messages.words import DecisionType
from douane.applications.customs_decisions.tests.samples import CGU, application
from douane.channels.rest.client import Partner
from tests.journeys.test_kept_elsewhere import HOLDER, Union

encode = msgspec.json.encode
OWN = "LODGED-1"
TYPE = "ApplicationRegistered"
SAID = encode(
    {"own_reference": "x", "reference": "FRCGU26INVENTED", "received_on": "2027-01-01", "verified_by": "2027-01-31"}
)


class Box:
    """The inbox of a client, read once."""

    def __init__(self, partner: Partner) -> None:
        self.partner, self.cursor, self.seen = partner, "", list[dict[str, Any]]()

    async def told(self, type: str) -> Any:
        """The content of the next message of a type."""
        async with asyncio.timeout(60):
            while True:
                for each in self.seen:
                    if each["type"] == type:
                        self.seen.remove(each)
                        return msgspec.json.decode(each["body"])
                await self.read(2.0)

    async def read(self, wait: float = 0.0) -> None:
        items, self.cursor = await self.partner.collect(self.cursor, wait)
        self.seen += items


@contextlib.asynccontextmanager
async def applied(folder: Path) -> AsyncIterator[tuple[Union, Partner, Box, str]]:
    """An application of a French trader, sent at the centre to the French system, and its receipt."""
    async with Union(folder).running() as union, union.france():
        trader = union.client("EU", "speed2", "trader.fr.lesquin")
        content = encode(application(DecisionType.CGU, CGU, own="relay-1"))
        receipt = await trader.call("customs_decisions.lodge", content, OWN)
        yield union, trader, Box(trader), receipt["receipt"]


def test_a_decision_is_applied_for_and_taken_between_two_nodes(tmp_path: Path) -> None:
    async def journey() -> None:
        async with applied(tmp_path) as (union, trader, box, receipt):
            officer = union.client("FR", "ccn2", "fr.officer")
            reference = (await box.told(TYPE))["reference"]
            assert reference.startswith("FR")
            await officer.call("customs_decisions.judge_acceptance",
                               encode(AcceptanceJudged(reference=reference, accepted=True)))  # fmt: skip
            assert (await box.told("ApplicationAccepted"))["article"] == "UCC art. 22(2)"
            await officer.call("customs_decisions.decide", encode(DecisionTaken(reference=reference, granted=True)))
            decision = (await box.told("ActNotified"))["decision"]
            await trader.call("customs_decisions.confirm_receipt",
                              encode(ReceiptConfirmed(reference=decision, number=1)), "RECEIVED-1")  # fmt: skip
            assert (await box.told("StepRecorded"))["reference"] == reference
            await box.told("ActInEffect")
            await box.read()
            assert box.seen == []
            lanes = union.nodes["FR"].lanes
            assert lanes is not None
            assert lanes.lanes["rest:ccn2"].failures == 0
            status = await trader.status(receipt)
            assert {TYPE, "ApplicationAccepted", "ActNotified", "ActInEffect"} <= {e["type"] for e in status["answers"]}

    asyncio.run(journey())


def test_nobody_is_told_by_an_administration_that_he_did_not_address(tmp_path: Path) -> None:
    async def journey() -> None:
        async with applied(tmp_path) as (union, _trader, box, _):
            await box.told(TYPE)
            french = union.client("EU", "ccn2", "fr.system")
            number = iter(range(100))

            async def said(by: Partner, recipient: str, answers: str, type: str = TYPE) -> int:
                headers = {"message-id": f"TRY-{next(number)}", "recipient": recipient, "answers": answers}
                given = {each: value for each, value in headers.items() if value}
                return (await by.send(SAID, json=True, query=f"type={type}", headers=given)).status

            stranger = Box(union.client("EU", "speed2", "trader.de.rhein"))
            for recipient, answers in (
                (HOLDER, ""),
                (HOLDER, "LODGED-2"),
                ("DE1234567890123", OWN),
                (HOLDER + "0", OWN),
            ):
                assert await said(french, recipient, answers) == 403
            # an administration that was not addressed, and who is none
            assert await said(union.client("EU", "ccn2", "de.system"), HOLDER, OWN) == 403
            for platform, name in (
                ("ccn2", "fr.officer"),
                ("speed2", "trader.de.rhein"),
                ("ccn2", "commission.system"),
            ):
                assert await said(union.client("EU", platform, name), HOLDER, OWN) in (403, 404)
            # what is no answer of the operation that he addressed
            other = encode({"grn": "26FR000000000011A", "office": "FR001260"})
            sent = await french.send(other, json=True, query="type=GuaranteeRegistered",
                                     headers={"message-id": "TRY-G", "recipient": HOLDER, "answers": OWN})  # fmt: skip
            assert sent.status in (403, 422)
            assert await said(french, HOLDER, OWN) == 202
            assert (await box.told(TYPE))["reference"] == "FRCGU26INVENTED"
            await stranger.read()
            await box.read()
            assert (stranger.seen, box.seen) == ([], [])

    asyncio.run(journey())
