"""Announced unavailability: told to every administration, shown to who asks, minded by what is delivered."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.applications.availability.messages import AvailabilityQuery, ScheduleRequest
from douane.assembly.core import Core, make_core
from douane.backends.sqlite.queues import EmbeddedQueues
from douane.cli.main import main
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.model.caller import CORE as douane_core
from douane.runtime.door.link import Question
from douane.runtime.store.envelope import JOURNAL, SENT, Arrival, SentRow
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Log
from douane.standards.csi.message import ALL_REPORTS, Message, Qos
from douane.standards.ncts import phase5 as p5
from tests.callers import admitted, who
from tests.cli.nodes import fail
from tests.journeys.standing import Standing, identity_in, standing

NOW = dt.datetime.now(dt.UTC).replace(microsecond=0, tzinfo=None)
HOUR = dt.timedelta(hours=1)
CORE, ADMIN, CENTRE = "CORE-RCT-NCTS.DE", "ADMIN-RCT-NCTS.DE", "ADMIN-RCT-NCTS.EU"


def announced(
    operation: str, *, start: dt.datetime = NOW - HOUR, end: dt.datetime | None = None, kind: str = "U",
    country: str = "DE", sender: str = "DE", id: str = "", count: int = 1,
) -> p5.CD070C:  # fmt: skip
    outages = tuple(
        p5.Unavailability(
            sequence_number=n + 1, type=kind, functionality="A", start_date_and_time=start + n * HOUR,
            end_date_and_time=end, explanation="01", text="Migration",
        )
        for n in range(count)
    )  # fmt: skip
    action = p5.Action(sequence_number=1, operation=operation, unavailability=outages)
    return p5.CD070C(
        message_sender=f"NTA.{sender}", message_recipient="NTA.EU", preparation_date_and_time=NOW,
        message_identification=id or f"{sender}{operation}{start:%H%M%S}", message_type="CD070C",
        country=p5.Country02(country=country, action=(action,)),
    )  # fmt: skip


class Node:
    """A core without doors, and what is submitted to it as its doors would."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.core: Core = make_core(
            NodeSettings(data=folder, **{"store": "memory:", "development": True, **settings}), ended=fail
        )
        self.count = 0

    async def take(self, message: Any, sender: str, administration: str = "EU") -> None:
        """A message through acceptance, until it is handled."""
        self.count += 1
        family = type(message).__name__.startswith("CD")
        body = p5.write(message) if family else msgspec.json.encode(message)
        operation = self.core.catalogue.operation_for(type(message))
        media = Media.FAMILY if family else Media.JSON
        envelope = admitted(
            who(sender, "trusted", administration),
            operation,
            body,
            id=f"{type(message).__name__}{self.count}",
            administration=administration,
            media=media,
            platform="ccn2",
            channel="rest",
            received=self.core.clock.now(),
        )
        await self.core.node.submit(Arrival(envelope, message))
        while self.core.node.owners[0].pending:
            await self.core.node.changed(1.0)

    def sent(self) -> list[SentRow]:
        return [SENT.read(raw) for _, raw in self.core.store.scan_log(Log.SENT, 0, 1 << 62, 1000)]

    def told(self, party: str) -> list[Any]:
        return [
            p5.read(row.content.octets)
            for row in self.sent()
            if row.party == party and row.content.media is Media.FAMILY
        ]

    def shown(self, administration: str, country: str = "", at: dt.datetime | None = None) -> Any:
        question = Question(
            "availability.show", administration, douane_core, frozenset(), AvailabilityQuery(country, at)
        )  # fmt: skip
        return self.core.answer(question)

    def parked(self) -> list[Any]:
        return self.core.node.owners[0].parked()


def run(folder: Path, work: Callable[[Node], Awaitable[None]], **settings: Any) -> None:
    async def begin() -> None:
        node = Node(folder, **settings)
        try:
            await work(node)
            assert node.parked() == []
        finally:
            await node.core.node.stop()
            node.core.close()

    asyncio.run(begin())


def test_an_announcement_is_told_to_every_administration_and_shown(tmp_path: Path) -> None:
    async def journey(node: Node) -> None:
        await node.take(announced("C"), "NTA.DE")
        (to_austria,) = node.told("NTA.AT")
        assert type(to_austria).__name__ == "CD071C"
        assert (to_austria.message_sender, to_austria.country.country) == ("NTA.EU", "DE")
        assert len(node.told("NTA.DE")) == 1  # its own node knows too
        assert not [row for row in node.sent() if row.party == "NTA.FR"]  # kept here: told inside
        assert not [row for row in node.sent() if row.party in ("NTA.US", "NTA.EU")]
        for administration in ("EU", "FR"):
            (outage,) = node.shown(administration).now
            assert (outage.country, outage.end, outage.text) == ("DE", None, "Migration")
        assert node.shown("FR", "AT").now == ()
        loads = {each.country: each for each in node.shown("EU").loads}
        assert loads["AT"].waiting == len(node.told("NTA.AT")) == loads["AT"].told
        assert "FR" not in loads or loads["FR"].waiting == 0, "its own cases need no message"
        assert node.shown("EU", "IT").loads[0].opened == ()
        before = node.shown("EU", at=NOW - 2 * HOUR)
        assert (before.now, len(before.next)) == ((), 1)

    run(tmp_path, journey, elsewhere=frozenset({"DE", "AT"}))


def test_the_end_is_announced_later_and_a_plan_is_taken_back(tmp_path: Path) -> None:
    async def journey(node: Node) -> None:
        await node.take(announced("C"), "NTA.DE")
        await node.take(announced("U", end=NOW - HOUR / 2), "NTA.DE")
        assert node.shown("EU").now == node.shown("FR").now == ()
        later = announced("C", kind="S", start=NOW + HOUR, end=NOW + 2 * HOUR)
        await node.take(later, "NTA.DE")
        assert [each.kind.value for each in node.shown("FR").next] == ["S"]
        await node.take(announced("D", kind="S", start=NOW + HOUR, end=NOW + 2 * HOUR), "NTA.DE")
        assert node.shown("EU").next == node.shown("FR").next == ()
        assert [type(m).__name__ for m in node.told("NTA.DE")] == ["CD071C"] * 4
        rows = [JOURNAL.read(raw) for _, raw in node.core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 1000)]
        cases = {row.subject for row in rows if row.operation == "availability.announce"}
        assert len(cases) == 1  # all that a country announces is one case, kept in order

    run(tmp_path, journey, elsewhere=frozenset({"DE"}))


def test_a_bad_announcement_is_refused_by_an_ie906_and_told_to_nobody(tmp_path: Path) -> None:
    async def journey(node: Node) -> None:
        await node.take(announced("C", country="AT"), "NTA.DE")
        await node.take(announced("C", kind="S"), "NTA.DE")
        await node.take(announced("U"), "NTA.DE")
        refusals = node.told("NTA.DE")
        assert [type(m).__name__ for m in refusals] == ["CD906C"] * 3
        errors = [(e.error_code, e.error_reason) for m in refusals for e in m.functional_error]
        assert errors == [("14", "N/A"), ("13", "C0400"), ("14", "G0210")]
        assert all(m.header is None and p5.check(m) == () for m in refusals)
        assert node.shown("EU").now == node.shown("EU").next == ()

    run(tmp_path, journey, elsewhere=frozenset({"DE"}))


def test_who_missed_notices_asks_for_the_full_schedule(tmp_path: Path) -> None:
    given: list[Any] = []

    async def centre(node: Node) -> None:
        await node.take(ScheduleRequest(), "NTA.DE")
        assert [row.type for row in node.sent()] == ["NothingAnnounced"]
        await node.take(announced("C", end=NOW + 200 * HOUR, count=99), "NTA.DE")
        await node.take(announced("C", start=NOW + 100 * HOUR, end=NOW + 200 * HOUR, count=21), "NTA.DE")
        await node.take(announced("C", country="AT", sender="AT"), "NTA.AT")
        await node.take(ScheduleRequest(), "NTA.DE")
        schedule = node.told("NTA.DE")[-1]
        assert p5.check(schedule) == ()
        assert [(c.country, [len(a.unavailability) for a in c.action]) for c in schedule.country] == [
            ("AT", [1]), ("DE", [99, 21]),
        ]  # fmt: skip
        given.append((schedule, node.shown("EU")))

    async def germany(node: Node) -> None:
        schedule, known = given[0]
        stale = p5.CD071C(
            message_sender="NTA.EU", message_recipient="NTA.DE", preparation_date_and_time=NOW,
            message_identification="X", message_type="CD071C", country=announced("C", country="FR").country,
        )  # fmt: skip
        await node.take(stale, "NTA.EU", "DE")
        assert [each.country for each in node.shown("DE").now] == ["FR"]
        await node.take(schedule, "NTA.EU", "DE")
        at = NOW + HOUR
        assert {each.country for each in node.shown("DE", at=at).now} == {"AT", "DE"}
        assert len(node.shown("DE").next) == len(known.next)
        assert node.shown("DE", "FR").now == ()  # no longer announced

    run(tmp_path / "eu", centre, elsewhere=frozenset({"DE", "AT"}))
    run(tmp_path / "de", germany, administrations=frozenset({"DE"}))


def told(operation: str, minutes: int) -> p5.CD071C:
    """A note of the centre about France, prepared some minutes ago."""
    return p5.CD071C(
        message_sender="NTA.EU", message_recipient="NTA.DE", preparation_date_and_time=NOW - minutes * HOUR / 60,
        message_identification=f"{operation}{minutes}", message_type="CD071C",
        country=announced(operation, country="FR").country,
    )  # fmt: skip


def test_what_comes_after_a_later_note_opens_no_outage_that_is_over(tmp_path: Path) -> None:
    async def germany(node: Node) -> None:
        for note in (told("C", 9), told("D", 3), told("C", 9)):
            await node.take(note, "NTA.EU", "DE")
        assert node.shown("DE").now == ()
        france = p5.Country01(sequence_number=1, country="FR", action=told("C", 9).country.action)
        schedule = p5.CD971C(
            message_sender="NTA.EU", message_recipient="NTA.DE", preparation_date_and_time=NOW - HOUR / 10,
            message_identification="S", message_type="CD971C", country=(france,),
        )  # fmt: skip
        await node.take(schedule, "NTA.EU", "DE")  # on its way while the end was told
        assert node.shown("DE").now == ()
        await node.take(told("C", 2), "NTA.EU", "DE")
        assert [each.country for each in node.shown("DE").now] == ["FR"]
        await node.take(msgspec.structs.replace(schedule, country=()), "NTA.EU", "DE")
        assert [each.country for each in node.shown("DE").now] == ["FR"]

    run(tmp_path, germany, administrations=frozenset({"DE"}))


def test_a_note_that_breaks_a_rule_is_refused_and_holds_nothing_up(tmp_path: Path) -> None:
    async def germany(node: Node) -> None:
        backwards = announced("C", country="FR", start=NOW, end=NOW - HOUR).country
        await node.take(msgspec.structs.replace(told("C", 9), country=backwards), "NTA.EU", "DE")
        (refusal,) = node.told("NTA.EU")
        assert p5.check(refusal) == ()
        assert (refusal.message_sender, refusal.functional_error[0].error_reason) == ("NTA.DE", "R0519")
        assert node.shown("DE").now == node.shown("DE").next == ()

    run(tmp_path, germany, administrations=frozenset({"DE"}))


def test_a_schedule_of_several_types_is_taken_as_one_note_for_each(tmp_path: Path) -> None:
    async def germany(node: Node) -> None:
        both = (*announced("C").country.action, *announced("C", kind="S", end=NOW + HOUR).country.action)
        actions = tuple(msgspec.structs.replace(each, sequence_number=n) for n, each in enumerate(both, 1))
        schedule = p5.CD971C(
            message_sender="NTA.EU", message_recipient="NTA.DE", preparation_date_and_time=NOW,
            message_identification="S", message_type="CD971C",
            country=(p5.Country01(sequence_number=1, country="FR", action=actions),),
        )  # fmt: skip
        await node.take(schedule, "NTA.EU", "DE")
        assert sorted(each.kind.value for each in node.shown("DE").now) == ["S", "U"]
        later = msgspec.structs.replace(schedule, preparation_date_and_time=NOW + HOUR / 60, country=())
        await node.take(msgspec.structs.replace(later, country=(p5.Country01(
            sequence_number=1, country="FR", action=both[1:]),)), "NTA.EU", "DE")  # fmt: skip
        assert [each.kind.value for each in node.shown("DE").now] == ["S"], "the other one is over"
        assert node.told("NTA.DE") == node.told("NTA.EU") == [], "none of the notes was refused"

    run(tmp_path, germany, administrations=frozenset({"DE"}))


def test_a_note_of_a_clock_that_is_ahead_keeps_no_later_one_out(tmp_path: Path) -> None:
    async def germany(node: Node) -> None:
        await node.take(told("C", -600), "NTA.EU", "DE")
        await node.take(told("D", -300), "NTA.EU", "DE")
        assert node.shown("DE").now == ()

    run(tmp_path, germany, administrations=frozenset({"DE"}))


# --- a whole node, and an administration at its queues


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("availability")
    made = identity_in(folder)
    with standing(
        folder, made, elsewhere=frozenset({"DE"}), queues=f"embedded:{folder / 'queues.db'}",
        queue_users={"nta-de": "DE"},
    ) as running:  # fmt: skip
        yield running


async def put(queues: EmbeddedQueues, body: bytes, id: str) -> None:
    for _ in range(600):  # until the node has made its queues
        try:
            return await queues.put(
                CENTRE, Message(id, body, qos=Qos(reports=ALL_REPORTS, report_to="none"), user="nta-de")
            )
        except Exception:
            await asyncio.sleep(0.1)
    raise AssertionError("no queue")


async def take(queues: EmbeddedQueues, queue: str) -> str:
    for _ in range(120):
        for item in await queues.take(queue, 1, 0.5):
            await queues.delete(item)
            return item.message.type
    raise AssertionError(f"nothing came to {queue}")


def test_deliveries_wait_while_an_administration_is_out_of_service_and_go_on_at_the_end(
    node: Standing, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = node.node.core.settings.data

    def lane() -> Any:
        assert node.node.lanes is not None
        return node.node.lanes.lanes["csi_queue:DE"]

    async def germany() -> None:
        queues = EmbeddedQueues(folder / "queues.db", SystemClock())
        await put(queues, b"garbage", "G1")
        assert await take(queues, CORE) == "CD917C"  # it can be reached
        attempts = lane().attempts
        await put(queues, p5.write(announced("C")), "A1")
        for _ in range(600):
            if lane().next_attempt:
                break
            await asyncio.sleep(0.1)
        else:
            raise AssertionError("the lane does not wait for the end")
        await put(queues, b"garbage", "G2")
        await asyncio.sleep(1)
        assert (await queues.depth(CORE), await queues.depth(ADMIN)) == (0, 0)
        assert lane().attempts == attempts
        assert lane().waiting
        shown = node.client("ccn2", "fr.officer").ask(
            "POST", "/availability/v1/show", b'{"country": "DE"}', {"content-type": "application/json"}
        )
        assert (shown.status, [each["country"] for each in shown.json["now"]]) == (200, ["DE"])
        await put(queues, p5.write(announced("C", id="again")), "A0")
        await put(queues, p5.write(announced("D")), "A2")
        assert [await take(queues, CORE) for _ in range(2)] == ["CD917C", "CD906C"]
        assert [await take(queues, ADMIN) for _ in range(2)] == ["CD071C", "CD071C"]
        await queues.close()

    asyncio.run(germany())
    assert main(["availability", "--data", str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["now"] == []


def test_the_command_line_shows_who_is_out_of_service(node: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    folder = node.node.core.settings.data

    async def germany() -> None:
        queues = EmbeddedQueues(folder / "queues.db", SystemClock())
        await put(queues, p5.write(announced("C", kind="S", start=NOW + HOUR, end=NOW + 2 * HOUR, id="P1")), "A3")
        assert await take(queues, ADMIN) == "CD071C"
        await queues.close()

    asyncio.run(germany())
    assert main(["availability", "--country", "de", "--data", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "now: nobody" in printed
    assert "DE  A  scheduled" in printed
    later = (NOW + HOUR * 3 / 2).isoformat()
    assert main(["availability", "--at", later, "--data", str(folder)]) == 1
    assert "next: nobody" in capsys.readouterr().out
    assert main(["availability", "--at", "noon"]) == 2
