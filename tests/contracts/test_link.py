"""One suite for the link port, inside one process and over a socket; then what only the remote form can suffer."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.assembly.link import LinkListeners, UnixAddress, connection
from douane.backends.memory.backend import MemoryStore
from douane.model.caller import Caller
from douane.model.circles import Platform
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core import node as nodes
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.door.link import CoreEnd, DirectLink, Link, Question
from douane.runtime.door.traces import Traces
from douane.runtime.store.envelope import REFUSAL, Arrival, Receipt
from douane.runtime.store.origin import Attachment, digest_of
from douane.runtime.store.ports import Log
from douane.runtime.store.queries import View
from douane.shared_services.auditing.reads import Reads
from douane.shared_services.link import core_end, door_end, frames
from douane.shared_services.link import translation as carried
from douane.shared_services.link.core_end import CoreSessions
from douane.shared_services.link.door_end import RemoteLink
from douane.shared_services.link.frames import Welcome
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import (
    CoreUnreachable,
    DouaneError,
    Fault,
    KnownIdChanged,
    LinkViolation,
    NotFound,
    NotValid,
    Overloaded,
    StoreUnavailable,
    TooMany,
    WrongCircle,
)
from tests.callers import reads, system, trader, with_content, with_origin
from tests.contracts import toy

CATALOGUE = Catalogue([toy.Orders.__service__, toy.Accounts.__service__])  # type: ignore[attr-defined] # set by @service
Asked = frozenset({"trader"})


@dataclass
class Core:
    """The toy as a core: driven by a loop, listening on sockets of a folder."""

    folder: Path
    store: Any = field(default_factory=MemoryStore)
    problems: list[BaseException] = field(default_factory=list)
    reads: Reads = field(default_factory=Reads)
    counted: core_end.Counted = core_end.nowhere

    def __post_init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """A core from what the store holds."""
        self.made = toy.Node(self.store)
        self.node = nodes.Node([self.made.owner], ended=self.problems.append)
        end = CoreEnd(
            CATALOGUE, self.node.submit, Inbox(self.store, [0]), self.node.changed, self._answer, self.node.command,
            self.made.clock, self.reads.note,
        )  # fmt: skip
        self.end = end
        sessions = CoreSessions(
            welcome=lambda: Welcome(frames.VERSION, "core", (0,), (0,)), failed=self.problems.append,
            counted=self.counted,
        )  # fmt: skip
        self.address = UnixAddress(self.folder)
        self.listeners = LinkListeners([self.address], DevelopmentIdentity(self.folder), end, sessions)

    def _answer(self, question: Question) -> Any:
        view = View(self.store, question.administration, 0, toy.Look, caller=question.caller, roles=question.roles)
        return toy.BEHAVIOUR.queries[question.operation].answer(view, question.request)

    def order(self, number: str, **more: Any) -> Arrival:
        return self.made.envelope("orders.place", toy.Order(number, "A", 1), **more)

    def placed(self) -> int:
        return sum(1 for kind in toy.sent_to(self.store, "T1") if kind == "Confirmed")


@contextlib.asynccontextmanager
async def direct(core: Core) -> AsyncIterator[Link]:
    yield DirectLink(Platform.SPEED2, core.end)


def remote(core: Core, platform: Platform = Platform.SPEED2, **more: Any) -> RemoteLink:
    connect = connection(core.address, platform, DevelopmentIdentity(core.folder))
    return RemoteLink(platform, name="door", connect=connect, catalogue=CATALOGUE, clock=core.made.clock, **more)


@contextlib.asynccontextmanager
async def up(link: RemoteLink) -> AsyncIterator[RemoteLink]:
    task = asyncio.create_task(link.run())
    try:
        yield link
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@contextlib.asynccontextmanager
async def socketed(core: Core) -> AsyncIterator[Link]:
    await core.listeners.start()
    async with up(remote(core)) as link:
        yield link
    await core.listeners.stop()


Made = Callable[[Core], contextlib.AbstractAsyncContextManager[Link]]
over_both = pytest.mark.parametrize("form", [direct, socketed])


def go(form: Made, core: Core, journey: Callable[[Link], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with form(core) as link:
            await link.submit(core.made.envelope("accounts.open", toy.Open("A", 1000)))
            await journey(link)

    asyncio.run(whole())
    assert core.problems == []


@pytest.fixture
def core(tmp_path: Path) -> Core:
    return Core(tmp_path)


@over_both
def test_a_message_gets_its_receipt_and_again_the_same(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        arrival = core.order("O1", id="same")
        first, again = await link.submit(arrival), await link.submit(arrival)
        assert isinstance(first, Receipt)
        assert first == again
        with pytest.raises(KnownIdChanged):
            await link.submit(core.order("O2", id="same"))

    go(form, core, journey)
    assert core.placed() == 1


@over_both
def test_the_verdict_of_the_door_arrives_with_every_fault(form: Made, core: Core) -> None:
    fault = Fault("/a", "12", "Mend it.", rule="C1", value="x", line=3, column=4)
    arrival = core.order("O1")
    refused = Arrival(msgspec.structs.replace(arrival.envelope, faults=(fault.facts(),)))

    async def journey(link: Link) -> None:
        with pytest.raises(NotValid) as caught:
            await link.submit(refused)
        assert caught.value.faults == (fault,)
        assert caught.value.remedy

    go(form, core, journey)


@over_both
def test_an_inbox_is_read_by_cursor_waited_for_and_acknowledged(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        assert await link.collect(reads("T1"), "", 10, 0.0) == ([], "0")
        waiting = asyncio.create_task(link.collect(reads("T1"), "", 10, 20.0))
        await asyncio.sleep(0.05)
        await link.submit(core.order("O1"))
        ((item,), after) = await waiting
        assert (item.row.type, item.body) == ("Confirmed", b'{"number":"O1"}')
        assert await link.collect(reads("T1"), after, 10, 0.0) == ([], after)
        await link.acknowledge(reads("T1"), f"{item.position:x}", "rest")
        assert (await link.collect(reads("T1"), "", 10, 0.0))[0] == []
        with pytest.raises(NotFound):
            await link.acknowledge(reads("T2"), f"{item.position:x}", "rest")

    go(form, core, journey)


@over_both
def test_a_message_is_claimed_once_and_its_note_is_read_at_any_door(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        await link.submit(core.order("O1"))
        await link.submit(core.order("O2"))
        items = [f"{item.position:x}" for item in (await link.collect(reads("T1"), "", 10, 0.0))[0]]
        other = DirectLink(Platform.SPEED2, core.end)
        assert await link.claim(reads("T1"), items, 900) == (items[0], "", "")
        assert await other.claim(reads("T1"), items, 900) == (items[1], "", "")
        assert await link.claim(reads("T1"), items, 900) == ("", "", "")
        assert await other.noted(items[0]) == ("T1", b"")
        await link.note(reads("T1"), items[0], b"what was sent")
        assert await other.noted(items[0]) == ("T1", b"what was sent")
        await other.note(reads("T2"), items[0], b"of somebody else")
        await other.note(reads("T2"), items[0], b"")
        assert await link.noted(items[0]) == ("T1", b"what was sent")
        await link.note(reads("T1"), items[1], b"")  # given up
        assert (await other.claim(reads("T1"), items, 900))[0] == items[1]
        core.made.clock.at += 901 * 1_000_000
        assert (await link.claim(reads("T1"), items, 900))[0] == items[0], "its time was over"
        await link.acknowledge(reads("T1"), items[0], "rest")
        assert await link.noted(items[0]) == ("", b"")
        with pytest.raises(NotFound):  # it is no message of this party: nothing of others is kept from them
            await link.claim(reads("T2"), items[:1], 900)
        assert await link.noted(items[0]) == ("", b"")
        with pytest.raises(WrongCircle):
            await link.claim(reads("NTA.DE"), items, 900)
        ccn2 = DirectLink(Platform.CCN2, core.end)
        assert await ccn2.noted("5" * 16) == ("", b"")

    go(form, core, journey)


@over_both
def test_what_is_claimed_names_the_transmission_that_it_answers(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        await link.submit(core.order("O1"))
        taken = core.order("O1", id="M1")
        for wire, conversation in (("first@t1.example", "C7"), ("anew@t1.example", "C8")):
            taken.envelope = with_origin(taken.envelope, wire=wire, conversation=conversation)
            await link.submit(taken)
        items = [f"{item.position:x}" for item in (await link.collect(reads("T1"), "", 10, 0.0))[0]]
        assert await link.claim(reads("T1"), items, 900) == (items[0], "", "")
        assert await link.claim(reads("T1"), items, 900) == (items[1], "first@t1.example", "C7")

    go(form, core, journey)


@over_both
def test_attachments_are_part_of_what_a_message_is_known_by(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        arrival = core.order("O1", id="M1")
        attached = (Attachment("a@b", "application/pdf", "ab" * 32, 5),)
        digest = digest_of(arrival.envelope.content.body, attached)
        arrival.envelope = with_content(arrival.envelope, attachments=attached, digest=digest)
        assert (await link.submit(arrival)).digest == digest
        with pytest.raises(KnownIdChanged):
            await link.submit(core.order("O1", id="M1"))

    go(form, core, journey)


@over_both
def test_a_refusal_of_another_circle_leaves_its_leaf(form: Made, core: Core) -> None:
    """What a door leaves of somebody whom it turned away crosses the link like anything else."""

    @dataclass(frozen=True)
    class State:
        id: str = "de.system"

        @property
        def caller(self) -> Caller:
            return system("DE")

    async def journey(link: Link) -> None:
        counted: list[str] = []

        def counting(_platform: Platform, problem: DouaneError, client: str = "", /) -> None:
            counted.append(f"{problem.code} of {client}")

        traces = Traces(Platform.SPEED2, link, core.made.clock, counting)
        traces.turned_away(State(), "orders.place", WrongCircle("They do not enter here."))
        for _ in range(6_000):  # the leaf is left beside the refusal
            if core.store.scan_log(Log.REFUSAL, 0, 1 << 48, 10):
                break
            await asyncio.sleep(0.01)
        ((_, raw),) = core.store.scan_log(Log.REFUSAL, 0, 1 << 48, 10)
        leaf = REFUSAL.read(raw)
        assert (leaf.turned_away, leaf.who, leaf.operation, leaf.code, leaf.origin.caller) == (
            True, "NTA.DE", "orders.place", WrongCircle.code, system("DE")
        )  # fmt: skip
        assert counted == [f"{WrongCircle.code} of de.system"]

    go(form, core, journey)


@over_both
def test_a_sender_and_nobody_else_learns_what_became_of_its_message(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        receipt = await link.submit(core.order("O1"))
        place, mine = f"{receipt.position:x}", reads("T1")
        items = (await link.collect(mine, "", 10, 20.0))[0]
        status = await link.status(mine, place, "", 10)
        assert (status.id, status.operation, status.state) == (receipt.id, "orders.place", "handled")
        assert [(each.row.type, each.state) for each in status.answers] == [("Confirmed", "waiting")]
        await link.acknowledge(mine, f"{items[0].position:x}", "rest")
        (again,) = (await link.status(mine, place, "", 10)).answers  # an answer that was taken can be read again
        assert (again.state, again.item.body) == ("delivered", items[0].body)
        assert (await link.status(mine, place, f"{again.position:x}", 10)).answers == ()
        for reader, item in ((reads("T2"), place), (mine, "1f"), (mine, "x" * 99), (reads("T1", "box"), place)):
            with pytest.raises(NotFound):
                await link.status(reader, item, "", 10)

    go(form, core, journey)


@over_both
def test_a_query_gets_its_typed_answer(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        answer = await link.ask(Question("orders.find", "XX", trader("T1"), Asked, toy.Find("O7")))
        assert answer == toy.Confirmed("O7")
        with pytest.raises(NotFound):
            await link.ask(Question("orders.place", "XX", trader("T1"), Asked, toy.Order("O", "A", 1)))

    go(form, core, journey)


@over_both
def test_many_at_once_share_ticks_and_keep_their_answers_apart(form: Made, core: Core) -> None:
    async def journey(link: Link) -> None:
        receipts = await asyncio.gather(*(link.submit(core.order(f"O{n}", id=f"id{n}")) for n in range(200)))
        assert [r.id for r in receipts] == [f"id{n}" for n in range(200)]

    go(form, core, journey)
    assert core.placed() == 200
    assert core.node.counters.ticks < 100


# --- over a socket only


def test_an_envelope_crosses_unchanged_and_its_message_stays_behind(core: Core) -> None:
    arrival = core.order("O1")
    found = carried.read_arrival(carried.arrival(arrival))
    assert (found.envelope, found.message) == (arrival.envelope, None)


def _with_digest(arrival: Arrival, digest: bytes) -> Arrival:
    content = msgspec.structs.replace(arrival.envelope.content, digest=digest)
    return Arrival(msgspec.structs.replace(arrival.envelope, content=content), arrival.message)


def test_a_digest_that_is_not_of_the_body_is_refused(core: Core) -> None:
    forged = _with_digest(core.order("O1"), bytes(32))
    with pytest.raises(LinkViolation):
        carried.read_arrival(carried.arrival(forged))


@pytest.mark.parametrize(
    "error",
    [
        Overloaded("Much.", remedy="Wait."),
        TooMany("Yours.", remedy="Wait."),
        StoreUnavailable("Full."),
        NotFound("None.", faults=(Fault("/", "1", "r"),)),
        KnownIdChanged("Known."),
        DouaneError("Other."),
    ],
)
def test_errors_cross_with_class_text_remedy_and_faults(error: DouaneError) -> None:
    if isinstance(error, Overloaded | TooMany):
        error.after = 7
    found = carried.error_of(carried.failure(3, error))
    assert type(found) is type(error)
    assert (found.text, found.remedy, found.faults) == (error.text, error.remedy, error.faults)
    assert getattr(found, "after", 0) == getattr(error, "after", 0)


def test_the_socket_of_a_platform_carries_no_other(core: Core) -> None:
    async def journey() -> None:
        await core.listeners.start()
        connect = connection(core.address, Platform.SPEED2, DevelopmentIdentity(core.folder))
        captured = RemoteLink(
            Platform.CCN2, name="door", connect=connect, catalogue=CATALOGUE, clock=core.made.clock, patience=0.3
        )
        async with up(captured) as link:
            with pytest.raises(CoreUnreachable):
                await link.collect(reads("NTA.FR"), "", 1, 0.0)
            assert isinstance(link.problem, WrongCircle)
        await core.listeners.stop()

    asyncio.run(journey())
    for path in core.folder.glob("*.sock"):
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_core_that_starts_again_is_found_and_what_was_cut_off_has_one_effect(core: Core) -> None:
    """Connections are cut at any moment; the door asks again by itself, the core knows what it has."""

    async def journey() -> None:
        await core.listeners.start()
        async with up(remote(core, patience=20.0)) as link:
            await link.submit(core.made.envelope("accounts.open", toy.Open("A", 1000)))
            for life in range(5):
                sends = [
                    asyncio.create_task(link.submit(core.order(f"O{life}-{n}", id=f"m{life}-{n}"))) for n in range(40)
                ]
                await asyncio.sleep(0.002 * life)
                for session in list(core.listeners.sessions._sessions):
                    session._transport.abort()  # type: ignore[union-attr]
                await asyncio.sleep(0.01)
                if life % 2:
                    await core.listeners.stop()
                    await core.node.stop()
                    core.begin()
                    await core.listeners.start()
                assert len(await asyncio.gather(*sends)) == 40
        await core.listeners.stop()

    asyncio.run(journey())
    assert core.placed() == 200
    assert core.problems == []


def test_without_a_core_a_caller_is_told_so_in_time_and_waits_are_let_go_when_a_door_leaves(core: Core) -> None:
    async def journey() -> None:
        async with up(remote(core, patience=0.05)) as link:
            with pytest.raises(CoreUnreachable):
                await link.submit(core.order("O1"))
        await core.listeners.start()
        async with up(remote(core)) as link:
            waiting = asyncio.create_task(link.collect(reads("T1"), "7", 10, 25.0))
            await asyncio.sleep(0.05)
            link.leave()
            assert await waiting == ([], "7")
        await core.listeners.stop()

    asyncio.run(journey())


def test_a_silent_core_is_given_up(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """Something that takes connections and greets but never answers: a frozen process, a line cut without a word."""
    monkeypatch.setattr(door_end, "BEAT_SECONDS", 0.02)

    async def frozen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(frames.write(Welcome(frames.VERSION, "core", (0,), (0,))))
        with contextlib.suppress(OSError):
            await reader.read()
        writer.close()

    async def journey() -> None:
        core.folder.mkdir(exist_ok=True)
        server = await asyncio.start_unix_server(frozen, core.address.socket(Platform.SPEED2))
        async with up(remote(core, patience=0.1)) as link:
            with pytest.raises(CoreUnreachable):
                await link.submit(core.order("O1"))
        server.close()

    asyncio.run(journey())


def test_a_cancelled_wait_is_let_go_at_the_core(core: Core) -> None:
    async def journey() -> None:
        await core.listeners.start()
        async with up(remote(core)) as link:
            wait = asyncio.create_task(link.collect(reads("T1"), "", 10, 30.0))
            await asyncio.sleep(0.05)
            (session,) = core.listeners.sessions._sessions
            assert len(session.busy) == 1
            wait.cancel()
            async with asyncio.timeout(10):
                while session.busy:  # noqa: ASYNC110 - a session tells nobody
                    await asyncio.sleep(0.005)
        await core.listeners.stop()

    asyncio.run(journey())


def test_a_flood_is_answered_with_a_bound(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_end, "AT_ONCE", 10)

    async def journey() -> None:
        await core.listeners.start()
        async with up(remote(core)) as link:
            waits = [asyncio.create_task(link.collect(reads(f"T{n}"), "", 1, 1.0)) for n in range(30)]
            results = await asyncio.gather(*waits, return_exceptions=True)
            assert sum(isinstance(r, Overloaded) for r in results) == 20
            monkeypatch.setattr(door_end, "AT_ONCE", 0)
            with pytest.raises(Overloaded):
                await link.collect(reads("T1"), "", 1, 0.0)
        await core.listeners.stop()

    asyncio.run(journey())


def test_large_requests_are_bounded_by_their_bytes_together(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(core_end, "BYTES_AT_ONCE", 10_000)

    async def journey() -> None:
        await core.listeners.start()
        async with up(remote(core)) as link:
            waits = [asyncio.create_task(link.collect(reads(f"T{n}" + "x" * 1_000), "", 1, 1.0)) for n in range(10)]
            results = await asyncio.gather(*waits, return_exceptions=True)
            assert sum(isinstance(r, Overloaded) for r in results) == 6
            (session,) = core.listeners.sessions._sessions
            assert session._bytes == 0
            assert (await link.collect(reads("T1", "x" * 9_000), "", 1, 0.0))[0] == []  # one alone may be larger
        await core.listeners.stop()

    asyncio.run(journey())


HELLO = frames.write(frames.Hello(frames.VERSION, "speed2", "x", toy.Clock().at))


@pytest.mark.parametrize(
    "hostile",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"\xff" * 64,
        frames.write(frames.Request(1, "collect", carried.packed((reads("T1"), "", 1, 0.0)))),  # before any greeting
        frames.write(frames.Hello(99, "speed2", "x", toy.Clock().at)),
        frames.write(frames.Hello(frames.VERSION, "no such", "x", toy.Clock().at)),
        HELLO + HELLO,
        HELLO + frames.write(frames.Answer(1, carried.packed(None))),
        HELLO + 2 * frames.write(frames.Request(1, "collect", carried.packed((reads("T1"), "", 1, 9.0)))),
    ],
)
def test_what_is_no_door_is_told_so_and_cut_off(core: Core, hostile: bytes) -> None:
    async def journey() -> bytes:
        await core.listeners.start()
        reader, writer = await asyncio.open_unix_connection(core.address.socket(Platform.SPEED2))
        writer.write(hostile)
        async with asyncio.timeout(10):
            said = await reader.read()
        writer.close()
        assert core.listeners.sessions.open == 0
        await core.listeners.stop()
        return said

    last = frames.FrameReader(frames.LARGEST).feed(asyncio.run(journey()))[-1]
    assert isinstance(last, frames.Failure)
    assert last.id == 0


@pytest.mark.parametrize(
    ("method", "content"),
    [
        ("submit", None),
        ("submit", ("not", "an", "envelope")),
        ("ask", ("orders.find", "XX", "T1", ["r"], {"number": 1})),
        ("collect", (reads("T1"), "", "many", 0.0)),
        ("collect", (reads("T1"), "rubbish", 1, 0.0)),
        ("acknowledge", 5),
        ("claim", ("T1", "not a list", 5)),
        ("note", ("T1", "5")),
        ("noted", 5),
        ("destroy", None),
    ],
)
def test_hostile_content_costs_one_answer_and_nothing_else(core: Core, method: str, content: Any) -> None:
    async def journey() -> frames.Frame:
        await core.listeners.start()
        reader, writer = await asyncio.open_unix_connection(core.address.socket(Platform.SPEED2))
        writer.write(HELLO + frames.write(frames.Request(7, method, carried.packed(content))))
        found, wire = list[frames.Frame](), frames.FrameReader(frames.LARGEST)
        async with asyncio.timeout(10):
            while len(found) < 2:
                found += wire.feed(await reader.read(65536))
        writer.close()
        await core.listeners.stop()
        return found[1]

    answer = asyncio.run(journey())
    assert isinstance(answer, frames.Failure)
    assert answer.id == 7
    assert core.problems == []


def test_a_folder_may_lie_deeper_than_an_address_is_long(tmp_path: Path) -> None:
    core = Core(tmp_path / ("deep" * 20) / ("er" * 20))

    async def journey(link: Link) -> None:
        assert (await link.collect(reads("T1"), "", 1, 0.0))[0] == []

    go(socketed, core, journey)


def test_a_stranger_of_this_machine_is_not_let_in(core: Core, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mode keeps other users out; where one comes in all the same, the socket tells who it is."""
    monkeypatch.setattr("douane.supervision.operating.local_sockets.os.geteuid", lambda: 4_000_000)
    monkeypatch.setattr("douane.supervision.operating.local_sockets.ALLOWED", frozenset())

    async def journey() -> None:
        await core.listeners.start()
        async with up(remote(core, patience=0.2)) as link:
            with pytest.raises(CoreUnreachable):
                await link.collect(reads("T1"), "", 1, 0.0)
            assert link.problem is not None
            assert "another user" in link.problem.text
        await core.listeners.stop()

    asyncio.run(journey())
