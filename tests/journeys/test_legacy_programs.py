"""Two national programs of the last century, in processes of their own, go on unchanged while the union moves on.

The German one knows queues, the Austrian one files. They take part in a French trader's movement and in movements of
Italy, which first is a queue like them and then a web service of CCN2: what they read and write stays the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aio_pika
import msgspec
import pytest

from douane.configuration.settings import FolderRoute
from douane.standards.edifact import interchange as edifact
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.legacy import segments
from douane.trust.development_identity import DevelopmentIdentity
from tests.journeys.standing import Standing, identity_in, standing
from tests.services.rabbitmq import broker

PROGRAMS = Path(__file__).parents[1] / "legacy"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
CENTRE, ITALY = "CORE-RCT-NCTS.EU", "CORE-RCT-NCTS.IT"
SECONDS = 90.0


def until(found: Callable[[], Any]) -> Any:
    end = time.monotonic() + SECONDS
    while not (value := found()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.1)
    return value


@dataclass
class Program:
    """A program that runs, and what it noted so far."""

    process: subprocess.Popen[bytes]
    transcript: Path

    def noted(self) -> list[dict[str, Any]]:
        assert self.process.poll() is None, "the program has ended"
        return (
            [json.loads(line) for line in self.transcript.read_text().splitlines()] if self.transcript.exists() else []
        )


@contextlib.contextmanager
def program(name: str, *given: str) -> Iterator[Program]:
    """A program in a process of its own, which finds nothing of ours."""
    command = [sys.executable, "-I", str(PROGRAMS / name), *given]
    process = subprocess.Popen(command, cwd=Path(given[-1]).parent, stderr=subprocess.PIPE)
    try:
        yield Program(process, Path(given[-1]))
    finally:
        ended = process.poll()
        process.kill()
        problem = process.communicate()[1].decode()
        assert ended is None, problem


@dataclass
class Legacy:
    """The programs, and what the union is told of the three administrations."""

    folder: Path
    identity: DevelopmentIdentity
    address: str
    german: Program
    austrian: Program

    @contextlib.contextmanager
    def union(self, **users: str) -> Iterator[Standing]:
        """A node that knows these users of the queues; Austria has a folder, and gets one type as records."""
        with standing(
            self.folder / "node", self.identity,
            elsewhere=frozenset({"DE", "AT", "IT"}), queues=self.address, queue_users=users,
            folders={"AT": FolderRoute(self.folder / "at", fixed=("CD050C",))},
        ) as node:  # fmt: skip
            yield node

    def said(self) -> tuple[int, int]:
        return len(self.german.noted()), len(self.austrian.noted())


@pytest.fixture(scope="module")
def legacy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Legacy]:
    folder = tmp_path_factory.mktemp("legacy")
    (folder / "at").mkdir()
    with (
        broker(users=("it",)) as queues,
        program("queue_program.py", queues.address, str(folder / "de.jsonl")) as german,
        program("folder_program.py", str(folder / "at"), str(folder / "at.jsonl")) as austrian,
    ):
        yield Legacy(folder, identity_in(folder / "node"), queues.address, german, austrian)


def types_in(noted: list[dict[str, Any]], way: str) -> list[str]:
    """What was read or written, by message type."""
    texts = [each.get("body") or each.get("text", "") for each in noted if each["way"] == way]
    return sorted(found[0] for text in texts if (found := re.search(r"\bC[CD]\d{3}[CD]|CONTRL|REPORT", text)))


# --- the parts


def movement_of_the_trader(node: Standing, legacy: Legacy) -> p5.CD001C:
    """From the declaration to the write-off; what was announced to Austria."""
    officer, trader = node.client("ccn2", "fr.officer"), node.client("speed2", "trader.fr.lesquin")
    guarantee = (EXAMPLES / "guarantee.json").read_bytes()
    assert officer.ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
    declaration = (EXAMPLES / "declaration.xml").read_bytes()
    assert trader.ask("POST", "/v1/messages", declaration, XML).status == 202
    until(lambda: "CC045C" in [item["type"] for item in trader.ask("GET", "/v1/inbox?wait=5").json["items"]])
    until(lambda: types_in(legacy.german.noted(), "out") == ["CD118C"])
    announced = next(each["text"] for each in legacy.austrian.noted() if "CD001C" in each["text"])
    found = segments.read(edifact.read(announced.encode("latin-1")).messages[0])
    assert isinstance(found, p5.CD001C)
    return found


def announcements(passage: p5.CD050C, arrival: p5.CD001C, mrn: str) -> list[bytes]:
    """What Italy tells of a movement that it released: to Germany and Austria on the way, to Austria at its end."""
    offices = tuple(p5.CustomsOfficeOfTransitDeclared01(sequence_number=n, reference_number=each)
                    for n, each in enumerate(("DE004055", "AT530000"), 1))  # fmt: skip
    made = []
    told: list[tuple[p5.CD050C | p5.CD001C, str]] = [(passage, "DE"), (passage, "AT"), (arrival, "AT")]
    for n, (like, recipient) in enumerate(told, 1):
        operation = msgspec.structs.replace(like.transit_operation, mrn=mrn)
        made.append(p5.write(msgspec.structs.replace(
            like, message_sender="NTA.IT", message_recipient=f"NTA.{recipient}", transit_operation=operation,
            message_identification=f"{mrn}{n}", customs_office_of_transit_declared=offices,
            customs_office_of_departure=p5.CustomsOfficeOfDeparture(reference_number="IT015100"),
        )))  # fmt: skip
    return made


def answered(legacy: Legacy, mrn: str, austrian: int = 5) -> None:
    """Wait until both programs have taken and answered everything about a movement, and read what is said of it.

    Austria may be quicker than Germany: an office that has not told a passage yet is told of the arrival (CD024C).
    """
    until(lambda: [types_in([e], e["way"]) for e in legacy.german.noted()
                   if mrn in e["body"] and "CD024C" not in e["body"]] == [["CD050C"], ["CD118C"]])  # fmt: skip
    until(lambda: len([e for e in legacy.austrian.noted() if mrn in e["text"]]) == austrian)
    written = {each["name"] for each in legacy.austrian.noted() if each["way"] == "out"}
    until(lambda: all(any(each["way"] == "in" and name in each["name"] for each in legacy.austrian.noted())
                      for name in written))  # fmt: skip
    crossings = {each["properties"]["message_id"] for each in legacy.german.noted() if each["queue"] == CENTRE}
    until(lambda: {number for number in crossings if len(reports(legacy, number)) == 2} == crossings)


def reports(legacy: Legacy, number: str) -> list[str]:
    found = [each["properties"] for each in legacy.german.noted() if each["way"] == "in"]
    return [each["headers"]["csi-report"] for each in found if each["correlation_id"] == number]


async def put(address: str, bodies: list[bytes]) -> None:
    """What the Italian program puts into the queue of the centre."""
    async with await aio_pika.connect(address) as connection:
        channel = await connection.channel()
        for body in bodies:
            announced: Any = p5.read(body)
            message = aio_pika.Message(body, message_id=announced.message_identification, user_id="it")
            await channel.default_exchange.publish(message, CENTRE)


async def taken(address: str) -> list[bytes]:
    """What waits in the Italian queue, taken out of it."""
    found = []
    async with await aio_pika.connect(address) as connection:
        queue = await (await connection.channel()).get_queue(ITALY)
        while (message := await queue.get(fail=False)) is not None:
            await message.ack()
            found.append(message.body)
    return found


def by_queue(legacy: Legacy, bodies: list[bytes]) -> list[bytes]:
    """Italy as a queue: it puts, and takes four answers."""
    address = legacy.address.replace("guest:guest", "it:it")
    asyncio.run(put(address, bodies))
    got: list[bytes] = []

    def complete() -> bool:
        got.extend(asyncio.run(taken(address)))
        return len(got) >= 4

    until(complete)
    return got


def by_web_service(node: Standing, bodies: list[bytes]) -> list[bytes]:
    """Italy as a web service of CCN2: it posts, and takes four answers from its inbox."""
    italy = node.client("ccn2", "it.system")
    for body in bodies:
        assert italy.ask("POST", "/v1/messages", body, XML).status == 202
    found = until(lambda: (items := italy.ask("GET", "/v1/inbox?wait=5").json["items"])[3:] and items)
    return [each["body"].encode() for each in found]


def about(noted: list[dict[str, Any]], mrn: str) -> list[dict[str, Any]]:
    """What a queue's program noted of a movement, its reports included; others may still be going on."""
    numbers = {each["properties"]["message_id"] for each in noted if mrn in each["body"]}
    return [each for each in noted if mrn in each["body"] or each["properties"].get("correlation_id") in numbers]


def plain(noted: list[dict[str, Any]], mrn: str) -> list[str]:
    """A transcript without what tells movements apart: their references, and numbers that count on."""
    text = "\n".join(json.dumps(each, sort_keys=True) for each in noted)
    text = re.sub(r"\b[0-9A-Z]{13}-(C[CD][0-9]{3})", r"POSITION-\1", text.replace(mrn, "MRN"))
    text = re.sub(r"(\+NTA\.AT:ZZ\+\d{6}:\d{4}\+|UNZ\+1\+)[0-9A-Z]{13,14}'", r"\1REFERENCE'", text)
    text = re.sub(r"\bA[0-9a-f]{16}-", "ANSWER-", text)
    text = re.sub(r"(AT|DE|COD)\d{6}(?!\d)", "NUMBER", text)
    text = re.sub(r"\bCO[AD]-[0-9a-f]+\b|\"message_id\": \"[0-9a-f]+\"|\"correlation_id\": \"[0-9a-f]+\"", "ID", text)
    text = re.sub(r"\b00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]\b", "TRACE", text)
    text = re.sub(r"csi-digest\": \"[0-9a-f]{64}", "DIGEST", text)
    return sorted(re.sub(r"UNB\+UNOC:3\+NTA\.EU:ZZ\+NTA\.AT:ZZ\+\d{6}:\d{4}", "UNB", text).split("\n"))


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_programs_notice_nothing_when_their_counterpart_moves_to_a_web_service(legacy: Legacy) -> None:
    with legacy.union(guest="DE", it="IT") as node:
        arrival = movement_of_the_trader(node, legacy)
        answered(legacy, arrival.transit_operation.mrn, austrian=3)
        assert types_in(legacy.austrian.noted(), "out") == ["CD006C", "CD018C"]
        passage = p5.read(next(e["body"] for e in legacy.german.noted() if "<ncts:CD050C" in e["body"]).encode())
        assert isinstance(passage, p5.CD050C)
        first = announcements(passage, arrival, "26IT015100000001J3")
        before = legacy.said()
        got = by_queue(legacy, first)
        answered(legacy, "26IT015100000001J3")
        after = legacy.said()
    with legacy.union(guest="DE") as node:  # Italy is no queue any more; nobody told the programs
        same = by_web_service(node, announcements(passage, arrival, "26IT015100000002J8"))
        answered(legacy, "26IT015100000002J8")
        then = legacy.said()

    kinds = ["CD006C", "CD018C", "CD118C", "CD118C"]
    assert sorted(type(p5.read(each)).__name__ for each in got) == kinds
    assert sorted(type(p5.read(each)).__name__ for each in same) == kinds
    german, austrian = legacy.german.noted(), legacy.austrian.noted()
    once, again = about(german, "26IT015100000001J3"), about(german, "26IT015100000002J8")
    assert len(once) == 5  # the announcement, its COD, the crossing, its COA and COD
    assert plain(once, "26IT015100000001J3") == plain(again, "26IT015100000002J8")
    once, again = austrian[before[1] : after[1]], austrian[after[1] : then[1]]
    assert plain(once, "26IT015100000001J3") == plain(again, "26IT015100000002J8")
    assert [each["name"].rpartition(".")[2] for each in again if each["way"] == "out"].count("edi") == 1
