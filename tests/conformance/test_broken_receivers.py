"""Partners that receive wrongly, each in one way: the bench catches it, names the case and says what to do."""

from __future__ import annotations

import asyncio
import dataclasses
import re
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519

from douane.channels.as4.binding import AccessPoint
from douane.channels.webhook.signing import Signed, WebhookKey, verify
from douane.configuration.ports import SystemClock
from douane.conformance import outgoing_as4, outgoing_webhook
from douane.conformance.cases import Judged, Trial, Verdict, run
from douane.conformance.dialects import As4Dialect
from douane.conformance.incoming import Came
from douane.conformance.outgoing_as4 import As4Bench, Outgoing
from douane.conformance.outgoing_webhook import WebhookBench
from douane.conformance.wire import Answer, Asked, Target, listen
from douane.standards.as4 import names
from douane.standards.as4.errors import ebms_error, error_of
from douane.standards.as4.messages import ErrorSignal, Receipt, UserMessage
from douane.standards.as4.opening import read_claims, references_of
from douane.standards.as4.profiles import V1
from douane.standards.as4.reading import read_envelope
from douane.standards.as4.writing import envelope, messaging
from douane.vocabulary.errors import DouaneError, KnownIdChanged, NotAuthenticated
from tests.as4.access_points import MODES, Platform1, Side1, mode_of
from tests.contracts import toy

HTML = Answer(200, b"<html>Welcome</html>", (("content-type", "text/html"),))
SOAP = (("content-type", names.SOAP_MEDIA),)
PATIENCE = 3.0
Handler = Callable[[Asked], Awaitable[Answer]]
R, M, W = Verdict.RIGHT, Verdict.REMARK, Verdict.WRONG


class Honest:
    """An access point that does what it should, to be spoilt."""

    def __init__(self, point: AccessPoint, sender: str = "T1") -> None:
        self.point, self.dialect, self.seen = point, As4Dialect(point, sender, lambda _body: None), dict[str, bytes]()

    async def answer(self, asked: Asked) -> Answer:
        try:
            came = await self.dialect.read(asked)
        except DouaneError as problem:
            return self.error(problem)
        if isinstance(came, Answer):
            return came
        if self.seen.setdefault(came.id, came.digest) != came.digest:
            return self.error(KnownIdChanged("Another content under this id.", remedy="Use a new id."))
        return self.receipt(came.id)

    def receipt(self, id: str) -> Answer:
        return self.dialect.receipt(self.came(id))

    def came(self, id: str) -> Came:
        return Came(id, self.seen[id], "")

    def error(self, problem: DouaneError) -> Answer:
        return self.dialect.unreadable(problem)


class Spoilt(Honest):
    """Changes the receipts it gives."""

    change: Callable[[bytes], bytes]

    def receipt(self, id: str) -> Answer:
        given = super().receipt(id)
        return dataclasses.replace(given, body=type(self).change(given.body))


class NoAs4(Honest):
    async def answer(self, asked: Asked) -> Answer:
        return HTML


class WrongDigest(Honest):
    def receipt(self, id: str) -> Answer:
        return self.dialect.wrong_receipt(self.came(id))


class Unsigned(Spoilt):
    change = staticmethod(lambda body: re.sub(rb"<wsse:Security .*</wsse:Security>", b"", body, flags=re.DOTALL))


class Tampered(Spoilt):
    change = staticmethod(lambda body: body.replace(b"<eb:MessageId>", b"<eb:MessageId>x", 1))


class NoPing(Honest):
    async def answer(self, asked: Asked) -> Answer:
        if names.TEST_ACTION.encode() in asked.body:
            return self.error(NotAuthenticated("No tests here."))
        return await super().answer(asked)


class RefusesRepetitions(Honest):
    async def answer(self, asked: Asked) -> Answer:
        known = len(self.seen)
        given = await super().answer(asked)
        repeated = known == len(self.seen) and b"Receipt" in given.body and names.TEST_ACTION.encode() not in asked.body
        return self.error(KnownIdChanged("Duplicate.")) if repeated else given


class NewReceipts(Honest):
    def receipt(self, id: str) -> Answer:
        self.dialect._receipts.clear()
        return super().receipt(id)


class TakesAnyContent(Honest):
    def error(self, problem: DouaneError) -> Answer:
        if isinstance(problem, KnownIdChanged):
            return self.receipt(next(reversed(self.seen)))
        return super().error(problem)


class Credulous(Honest):
    """Receipts whatever an envelope says it signed."""

    async def answer(self, asked: Asked) -> Answer:
        start = asked.body.index(b"<S12:Envelope ")
        octets = asked.body[start : asked.body.index(b"</S12:Envelope>") + 15]
        try:
            found = read_envelope(octets)
            references = references_of(read_claims(found, V1, encrypted=False))
        except DouaneError as problem:
            return self.error(problem)
        assert isinstance(found.message, UserMessage)
        receipt = Receipt(self.dialect._id(), self.point.clock.now(), found.message.id, references)
        return self.dialect._signal(receipt)


class BareErrors(Honest):
    def error(self, problem: DouaneError) -> Answer:
        return Answer(500, b"Internal Server Error", (("content-type", "text/plain"),))


class UnsignedErrors(Honest):
    def error(self, problem: DouaneError) -> Answer:
        signal = ErrorSignal("e@h", self.point.clock.now(), "", (error_of(problem),))
        return Answer(200, envelope(messaging(signal), ""), SOAP)


class OneCode(Honest):
    def error(self, problem: DouaneError) -> Answer:
        return self.dialect._refusal("", ebms_error("EBMS:0004"))


CAUGHT: list[tuple[type[Honest], dict[str, Verdict]]] = [
    (NoAs4, {"out.good": W, "out.digest": W, "out.ping": W}),
    (WrongDigest, {"out.good": W, "out.ping": R, "out.several": W}),
    (Unsigned, {"out.good": W}),
    (Tampered, {"out.good": W}),
    (NoPing, {"out.ping": W, "out.good": R}),
    (RefusesRepetitions, {"out.duplicate": W, "out.good": R}),
    (NewReceipts, {"out.duplicate": M, "out.good": R}),
    (TakesAnyContent, {"out.changed": W, "out.duplicate": R}),
    (
        Credulous,
        {
            "out.good": R, "out.digest": W, "out.cipher": W, "out.expired": W, "out.unknown": W, "out.agreement": W,
            "out.service": W, "out.damaged": W, "out.oversized": W, "out.unsigned": R,
        },
    ),
    (BareErrors, {"out.digest": W, "out.packaging": W, "out.entities": W, "out.good": R}),
    (UnsignedErrors, {"out.digest": M, "out.agreement": M, "out.packaging": M}),
    (OneCode, {"out.digest": M, "out.service": M}),
]  # fmt: skip


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform1]:
    made = Platform1(tmp_path)
    yield made
    made.close()


async def on(handler: Handler, make: Callable[[str], list[Trial]], cases: set[str]) -> dict[str, Judged]:
    listening = await listen("127.0.0.1", 0, handler)
    try:
        chosen = [trial for trial in make(listening.url) if trial.case.id in cases]
        return {f.case.id: f.judged for f in await run(chosen, 60)}
    finally:
        await listening.close()


def as4_bench(platform: Platform1, url: str, patience: float = 60) -> As4Bench:
    side = Side1(platform)
    mode = dataclasses.replace(mode_of(), largest=300_000)
    target = Target(url, patience=patience)
    return As4Bench(
        Outgoing(
            side.point,
            "PLATFORM",
            mode,
            target,
            lambda: b'<CC928C n="%d"/>' % int.from_bytes(side.ids.random(6), "big"),
            "place",
        )
    )


def as4_trials(platform: Platform1, url: str, patience: float = 60) -> list[Trial]:
    bench = as4_bench(platform, url, patience)
    return outgoing_as4.trials(lambda _case: bench)


def as4_point(platform: Platform1) -> AccessPoint:
    modes = [dataclasses.replace(m, largest=300_000) for m in MODES]
    return AccessPoint("p.example", modes, platform.certificates, platform.payloads, platform.clock, platform.ids)


@pytest.mark.parametrize(("kind", "verdicts"), CAUGHT, ids=[kind.__name__ for kind, _ in CAUGHT])
def test_what_a_partner_does_wrong_is_caught(
    platform: Platform1, kind: type[Honest], verdicts: dict[str, Verdict]
) -> None:
    handler = kind(as4_point(platform)).answer
    found = asyncio.run(on(handler, lambda url: as4_trials(platform, url), set(verdicts)))
    assert {id: judged.verdict for id, judged in found.items()} == verdicts, found
    assert all(judged.remedy for judged in found.values() if judged.verdict is not R)


def test_an_honest_partner_has_nothing_to_mend(platform: Platform1) -> None:
    cases = {trial.case.id for trial in as4_trials(platform, "")} - {"out.slow-body", "out.half-open"}
    handler = Honest(as4_point(platform)).answer
    found = asyncio.run(on(handler, lambda url: as4_trials(platform, url), cases))
    assert {judged.verdict for judged in found.values()} == {R}, found


def test_who_holds_a_silent_connection_is_named(platform: Platform1) -> None:
    """The listener of the bench itself sets no time limit."""
    handler = Honest(as4_point(platform)).answer
    found = asyncio.run(
        on(handler, lambda url: as4_trials(platform, url, PATIENCE), {"out.half-open", "out.slow-body"})
    )
    assert found["out.half-open"].verdict is W
    assert "held" in found["out.half-open"].seen
    assert found["out.slow-body"].verdict is R


def test_who_serves_one_request_at_a_time_is_named(platform: Platform1) -> None:
    async def main() -> Judged:
        honest, lock = Honest(as4_point(platform)), asyncio.Lock()
        inner = await listen("127.0.0.1", 0, honest.answer)
        port = int(inner.url.rpartition(":")[2])

        async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            async with lock:
                there, back = await asyncio.open_connection("127.0.0.1", port)
                ways = [asyncio.create_task(pump(reader, back)), asyncio.create_task(pump(there, writer))]
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
                back.transport.abort()
                writer.transport.abort()

        relays: set[asyncio.Task[None]] = set()

        async def kept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            relays.add(asyncio.current_task())  # type: ignore[arg-type]
            await relay(reader, writer)

        server = await asyncio.start_server(kept, "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        trials = [t for t in as4_trials(platform, url, PATIENCE) if t.case.id == "out.slow-body"]
        ((found,),) = (await run(trials, 60),)
        server.close()
        await asyncio.wait(relays)
        await inner.close()
        return found.judged

    judged = asyncio.run(main())
    assert judged.verdict is W
    assert "while another request dripped" in judged.seen


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while octets := await reader.read(65536):
        writer.write(octets)


def test_nobody_at_the_address_is_said_so(platform: Platform1) -> None:
    trials = [t for t in as4_trials(platform, "http://127.0.0.1:1/") if t.case.id == "out.good"]
    (found,) = asyncio.run(run(trials, 60))
    assert found.judged.verdict is W
    assert "cannot be reached" in found.judged.seen


# --- webhooks


KEY = WebhookKey(ed25519.Ed25519PrivateKey.generate())


def webhook_bench(url: str) -> WebhookBench:
    return WebhookBench(Target(url), KEY, lambda: b"<CC928C/>", "CC928C", SystemClock(), toy.Ids(seed="bench"))


class Receiver:
    """A webhook receiver that does what docs/partners.md asks for, to be spoilt. ``url``: where it is registered."""

    def __init__(self) -> None:
        self.url = ""

    async def answer(self, asked: Asked) -> Answer:
        try:
            self.check(asked)
        except NotAuthenticated:
            return self.stranger()
        return Answer(204) if asked.body.strip().endswith(b"/>") else Answer(422)

    def check(self, asked: Asked) -> None:
        verify(Signed("POST", self.url, dict(asked.headers)), asked.body, {KEY.id: KEY.public})

    def stranger(self) -> Answer:
        return Answer(401)


class ChecksNothing(Receiver):
    def check(self, asked: Asked) -> None:
        return


class ByHostHeader(Receiver):
    """Checks the address that the signer may choose: that of the Host header... of the signature's own words."""

    def check(self, asked: Asked) -> None:
        for url in (self.url, "https://elsewhere.example/hook"):
            try:
                verify(Signed("POST", url, dict(asked.headers)), asked.body, {KEY.id: KEY.public})
            except NotAuthenticated:
                continue
            return
        raise NotAuthenticated("Neither.")


class Crashes(Receiver):
    def stranger(self) -> Answer:
        return Answer(500)


class Once(Receiver):
    def __init__(self) -> None:
        super().__init__()
        self.known = set[str]()

    async def answer(self, asked: Asked) -> Answer:
        id = asked.headers["douane-message"]
        if id in self.known:
            return Answer(409)
        self.known.add(id)
        return await super().answer(asked)


class TakesAll(Receiver):
    async def answer(self, asked: Asked) -> Answer:
        given = await super().answer(asked)
        return Answer(200) if given.status == 422 else given


ALL = ("good", "duplicate", "digest", "header", "unsigned", "expired", "unknown", "elsewhere", "malformed", "large")
HOOKS: list[tuple[type[Receiver], dict[str, Verdict]]] = [
    (Receiver, {f"out.{name}": R for name in ALL}),
    (ChecksNothing, {f"out.{n}": W for n in ("digest", "header", "unsigned", "expired", "unknown", "elsewhere")}),
    (ByHostHeader, {"out.elsewhere": W, "out.digest": R}),
    (Crashes, {"out.unknown": M, "out.good": R}),
    (Once, {"out.duplicate": W, "out.good": R}),
    (TakesAll, {"out.malformed": M}),
]


@pytest.mark.parametrize(("kind", "verdicts"), HOOKS, ids=[kind.__name__ for kind, _ in HOOKS])
def test_what_a_webhook_receiver_does_wrong_is_caught(kind: type[Receiver], verdicts: dict[str, Verdict]) -> None:
    receiver = kind()

    def make(url: str) -> list[Trial]:
        receiver.url = url
        return outgoing_webhook.trials(lambda _case: webhook_bench(url))

    found = asyncio.run(on(receiver.answer, make, set(verdicts)))
    assert {id: judged.verdict for id, judged in found.items()} == verdicts, found
