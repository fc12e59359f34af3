"""W3C Trace Context over every channel: the trace that a sender names is kept, and whatever leaves for it says so."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import re
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from douane.assembly.queueing import open_queues
from douane.channels.as4.client import As4Transport, Route
from douane.channels.rest.client import Identity, Partner, RestTransport
from douane.channels.soap.client import SoapPartner
from douane.configuration.ports import SystemClock
from douane.runtime.store.envelope import JOURNAL, JournalRow
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.monitoring.trace_context import sender_span, trace_id
from douane.shared_services.web.sending import Answering, Request, Sender
from douane.standards.csi.message import Message
from douane.vocabulary.errors import PartnerUnreachable
from tests.architecture.tree import REPOSITORY
from tests.as4.access_points import Platform1, Side1, mode_of, run
from tests.contracts import toy
from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_bus import JSON, Provider, move, offer
from tests.journeys.test_webhooks import DECLARATION, EXAMPLES, OFFICER, TRADER, XML, Receiver
from tests.journeys.test_workers import with_lrn

PARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-01")


def traced(number: int) -> tuple[str, str]:
    """A trace, and the header that names it."""
    trace = f"{number:032x}"
    return trace, f"00-{trace}-{'cd' * 8}-01"


@dataclasses.dataclass
class Adding:
    """Sends with a header more; keeps what was said."""

    sender: Sender | None
    header: str = ""
    said: list[Request] = dataclasses.field(default_factory=list)

    @contextlib.asynccontextmanager
    async def send(self, request: Request) -> AsyncIterator[Answering]:
        more = {"traceparent": self.header} if self.header else {}
        self.said.append(request)
        if self.sender is None:
            raise PartnerUnreachable("Nobody is there.")
        async with self.sender.send(dataclasses.replace(request, headers={**request.headers, **more})) as answer:
            yield answer

    async def close(self) -> None:
        if self.sender is not None:
            await self.sender.close()


@dataclasses.dataclass
class Place:
    """A node with a trader that is pushed to, Germany behind queues and as a provider on the bus."""

    node: Standing
    receiver: Receiver
    provider: Provider
    queues: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("traced")
    receiver, provider = Receiver(), Provider()
    identity = identity_in(folder)
    client = identity.load_register().client(TRADER)
    assert client is not None
    (folder / "partners.toml").write_text(
        f'[[partner]]\nparty = "{client.eori}"\ntitle = "L"\nbasis = "b"\nprotocol = "webhook"\n'
        f'address = "{receiver.url}"\nnetworks = ["127.0.0.0/8"]\nsends = ["CC015C"]\n'
    )
    queues = f"embedded:{folder / 'queues.db'}"
    try:
        with standing(
            folder, identity, elsewhere=frozenset({"DE"}), queues=queues, queue_users={"nta-de": "DE"}
        ) as made:
            guarantee = (EXAMPLES / "guarantee.json").read_bytes()
            assert made.client("ccn2", OFFICER).ask("POST", "/guarantees/v1/register", guarantee, JSON).status == 202
            offer(made)
            move(made, provider.url)
            yield Place(made, receiver, provider, queues)
    finally:
        receiver.close()
        provider.close()


def journalled(reader: Reader, trace: str) -> list[JournalRow]:
    rows = (JOURNAL.read(raw) for _, raw in reader.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000))
    return [row for row in rows if trace_id(row.origin.trace) == trace]


def identity_of(place: Place, name: str) -> Identity:
    files = place.node.identity.client(name)
    return Identity(files.certificate, files.key, place.node.identity.root)


def by_rest(place: Place, header: str) -> None:
    assert (
        place.node.client("speed2", TRADER)
        .ask("POST", "/v1/messages", DECLARATION, XML | {"traceparent": header})
        .status
        == 202
    )


def by_soap(place: Place, header: str) -> None:
    async def send() -> None:
        elements = place.node.node.core.catalogue.elements
        partner = SoapPartner(place.node.node.url("speed2"), identity_of(place, TRADER).context(), elements)
        partner._sender = Adding(partner._sender, header)
        await partner.send(with_lrn(DECLARATION, "TRACEDSOAP"))
        await partner.close()

    asyncio.run(send())


def by_queue(place: Place, header: str) -> None:
    async def send() -> None:
        queues = open_queues(place.queues, SystemClock())
        await queues.put("CORE-RCT-NCTS.EU", Message("TRACED", b"<nothing/>", user="nta-de", trace=header))
        await queues.close()

    asyncio.run(send())


def by_bus(place: Place, header: str) -> None:
    headers = JSON | {"message-id": "traced", "prefer": "respond-async", "traceparent": header}
    answer = place.node.client("ccn2", "fr.system").ask(
        "POST", "/services/permits/v1/check", b'{"permit": "P"}', headers
    )
    assert answer.status in (200, 202), answer.body


CAME: dict[str, Callable[[Place, str], None]] = {"rest": by_rest, "soap": by_soap, "csi_queue": by_queue, "bus": by_bus}


@pytest.mark.parametrize("channel", CAME)
def test_the_trace_of_what_comes_is_kept(place: Place, channel: str) -> None:
    trace, header = traced(0xA0 + list(CAME).index(channel))
    CAME[channel](place, header)
    end = time.monotonic() + 30
    while not (found := journalled(place.node.node.core.store, trace)):
        assert time.monotonic() < end, channel
        time.sleep(0.1)
    channels = {row.origin.channel for row in found}
    assert channels - {""} == {"rest" if channel == "bus" else channel}, "what follows inside is of the same trace"
    assert header.split("-")[2] in {sender_span(row.origin.trace) for row in found}, "and the span that sent is kept"


def test_the_trace_of_what_comes_by_as4_is_kept(tmp_path: Path) -> None:
    platform = Platform1(tmp_path)
    trace, header = traced(0xB0)
    mode, side = mode_of(), Side1(platform)
    packed = side.pack(mode, toy.Order("O1", "A", 60))
    run(platform, lambda http: side.correspondent(http).push(mode, packed, header))
    assert {row.origin.channel for row in journalled(platform.store, trace)} - {""} == {"as4"}


def test_what_leaves_says_the_trace_that_it_follows_from(place: Place) -> None:
    """A declaration by REST; its answers by webhook and its record to Germany by queue are of its trace."""
    trace, header = traced(0xC0)
    body = with_lrn(DECLARATION, "TRACEDOUT")
    answer = place.node.client("speed2", TRADER).ask("POST", "/v1/messages", body, XML | {"traceparent": header})
    assert answer.status == 202, answer.body
    _until(lambda: {"CC928C", "CC028C"} <= {name for name, _ in _pushed(place, trace)}, "webhook")
    assert len({span for _, span in _pushed(place, trace)}) == len(_pushed(place, trace)), "each is a span of its own"
    _until(lambda: trace in asyncio.run(_queued(place)), "queue")


def test_a_call_of_the_bus_reaches_its_provider_with_its_trace(place: Place) -> None:
    trace, header = traced(0xD0)
    headers = JSON | {"message-id": "bus-out", "traceparent": header}
    assert (
        place.node.client("ccn2", "fr.system")
        .ask("POST", "/services/permits/v1/check", b'{"permit": "P"}', headers)
        .status
        == 200
    )
    assert trace in {PARENT.fullmatch(each.headers["traceparent"]).group(1) for each, _ in place.provider.got}  # type: ignore[union-attr]


def _until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def _pushed(place: Place, trace: str) -> list[tuple[str, str]]:
    """Types and spans of what was pushed under a trace."""
    found = (
        (each.headers["douane-type"], PARENT.fullmatch(each.headers["traceparent"]))
        for each, _ in place.receiver.received
    )
    return [(name, match.group(2)) for name, match in found if match is not None and match.group(1) == trace]


async def _queued(place: Place) -> set[str]:
    """The traces of what waits for Germany."""
    queues = open_queues(place.queues, SystemClock())
    taken = await queues.take("CORE-RCT-NCTS.DE", 100, 0.1)
    for each in taken:
        await queues.give_back(each)
    await queues.close()
    return {match.group(1) for each in taken if (match := PARENT.fullmatch(each.message.trace))}


FACTS = {"id": "1", "type": "CD001C", "media": "xml", "correlation": "", "party": "T1", "sequence": "1"}


@pytest.mark.parametrize("header", ["", traced(0xE0)[1]])
def test_rest_and_as4_say_the_trace_to_the_other_door(tmp_path: Path, header: str) -> None:
    items = [("1f", FACTS | {"traceparent": header}, b"<CD001C/>")]
    said = Adding(None)

    async def by_rest() -> None:
        partner = Partner.__new__(Partner)
        partner.url, partner._patience, partner._sender = "https://at.example", None, said  # type: ignore[assignment]
        await RestTransport({"rest:AT": partner}).send("rest:AT", items)

    async def by_as4() -> None:
        side = Side1(Platform1(tmp_path))
        correspondent = side.correspondent(None)  # type: ignore[arg-type] # nobody is there
        correspondent._sender = said
        transport = As4Transport(side.point, {"as4:T1": Route(correspondent, lambda _type: mode_of(action="*"))})
        await transport.send("as4:T1", items)

    asyncio.run(by_rest())
    asyncio.run(by_as4())
    assert [each.headers.get("traceparent", "") for each in said.said] == [header, header]


REACHED = {*CAME, "as4"}
"""Ways whose incoming trace is tried above."""
LEFT = {"rest", "as4", "webhook", "csi_queue", "bus"}
"""Ways on which what leaves is tried above."""


def test_the_page_says_of_each_way_whether_it_carries_the_trace_and_why_not() -> None:
    """Every channel that there is has a row; what the page promises is what is tried, and the rest has its reason."""
    page = (REPOSITORY / "docs" / "operating.md").read_text().partition("\n| Way | What comes | What leaves |\n")[2]
    rows = [line.strip("| ").split(" | ") for line in page.partition("\n\n")[0].splitlines()[1:]]
    ways = {row[0].strip("`"): (row[1], row[2]) for row in rows}
    channels = {each.name for each in (REPOSITORY / "src" / "douane" / "channels").iterdir() if each.is_dir()}
    assert set(ways) == (channels - {"__pycache__"}) | {"bus", "inbox", "pulled AS4"}
    assert {way for way, (comes, _) in ways.items() if comes.startswith("header")} == REACHED
    assert {way for way, (_, leaves) in ways.items() if leaves.startswith("header")} == LEFT
    assert all(text.count(" ") >= 2 for way in ways.values() for text in way), "a reason, not a dash"
