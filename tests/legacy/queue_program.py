"""The German transit system of 1999: it knows the queues of CCN/CSI, through a plain AMQP client.

Nothing of Douane is used. It was written once and is not changed when others change.
usage: queue_program.py AMQP-ADDRESS TRANSCRIPT
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import sys
from pathlib import Path
from typing import Any

import aio_pika

OWN, USER = "NTA.DE", "guest"
CORE, REPORTS = "CORE-RCT-NCTS.DE", "REPORT-RCT-NCTS.DE"
NUMBERS = itertools.count(1)
CROSSING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<ncts:CD118C xmlns:ncts="http://ncts.dgtaxud.ec" PhaseID="NCTS5.1">'
    "<messageSender>{own}</messageSender><messageRecipient>{to}</messageRecipient>"
    "<preparationDateAndTime>{prepared}</preparationDateAndTime><messageIdentification>{number}</messageIdentification>"
    "<messageType>CD118C</messageType><TransitOperation><MRN>{mrn}</MRN><passageDate>{day}</passageDate>"
    "</TransitOperation><CustomsOfficeOfDeparture><referenceNumber>{departure}</referenceNumber>"
    "</CustomsOfficeOfDeparture><CustomsOfficeOfTransitActual><referenceNumber>{office}</referenceNumber>"
    "</CustomsOfficeOfTransitActual></ncts:CD118C>"
)


def value(body: str, *path: str) -> str:
    """What the first element of a name holds, looked for inside others."""
    for tag in path:
        body = body.partition(f"<{tag}>")[2].partition(f"</{tag}>")[0]
    return body


class Program:
    """Takes what is in its queues, reports, answers, and keeps a transcript of it."""

    def __init__(self, connection: Any, transcript: Path) -> None:
        self.connection, self.transcript = connection, transcript

    async def take(self, queue: str) -> Any:
        """The next message of a queue; None where it is empty or not made yet."""
        channel = await self.connection.channel()
        try:
            found = await (await channel.get_queue(queue)).get(fail=False)
        except aio_pika.exceptions.ChannelClosed:
            return None
        if found is not None:
            await found.ack()
        await channel.close()
        return found

    async def put(self, queue: str, body: str, **properties: Any) -> None:
        """A message for the exchange that every broker has."""
        channel = await self.connection.channel()
        self.note("out", queue, properties, body)
        message = aio_pika.Message(body.encode(), user_id=USER, **properties)
        await channel.default_exchange.publish(message, queue)
        await channel.close()

    async def received(self, message: Any) -> None:
        """A message of the union: report that it is here, and answer an announcement of a transit by its crossing."""
        body = message.body.decode()
        named = {
            "message_id": message.message_id, "correlation_id": message.correlation_id, "type": message.type,
            "reply_to": message.reply_to, "headers": {k: str(v) for k, v in sorted(message.headers.items())},
        }  # fmt: skip
        self.note("in", str(message.routing_key), named, body)
        if message.headers.get("csi-kind") != "DATA":
            return
        told = {"csi-kind": "REPORT", "csi-report": "COD"}
        reports = str(message.headers["csi-report-to"])
        await self.put(reports, "", message_id=f"COD{next(NUMBERS):06}", correlation_id=message.message_id,
                       headers=told)  # fmt: skip
        if message.type == "CD050C":
            number = f"DE{next(NUMBERS):06}"
            prepared, mrn = value(body, "preparationDateAndTime"), value(body, "MRN")
            offices = re.findall(r"<CustomsOfficeOfTransitDeclared>.*?</CustomsOfficeOfTransitDeclared>", body)
            office = next(o for o in (value(each, "referenceNumber") for each in offices) if o.startswith("DE"))
            crossing = CROSSING.format(
                own=OWN, to=f"NTA.{mrn[2:4]}", prepared=prepared, number=number, mrn=mrn, day=prepared[:10],
                departure=value(body, "CustomsOfficeOfDeparture", "referenceNumber"), office=office,
            )  # fmt: skip
            wanted = {"csi-reports": "COA,COD,EXCEPTION,EXPIRATION", "csi-report-to": REPORTS}
            await self.put(message.reply_to, crossing, message_id=number, type="CD118C", headers=wanted)

    def note(self, way: str, queue: str, properties: dict[str, Any], body: str) -> None:
        """A line of the transcript."""
        with self.transcript.open("a") as file:
            file.write(json.dumps({"way": way, "queue": queue, "properties": properties, "body": body}) + "\n")


async def main() -> None:
    """Until ended."""
    program = Program(await aio_pika.connect(sys.argv[1]), Path(sys.argv[2]))
    while True:
        for queue in (CORE, REPORTS):
            while (message := await program.take(queue)) is not None:
                await program.received(message)
        await asyncio.sleep(0.2)


if __name__ == "__main__":
    asyncio.run(main())
