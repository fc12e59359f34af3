"""Partners that send wrongly, each in one way: the bench catches it, names the case and says what to do."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import hashlib
import itertools
from collections.abc import AsyncIterator
from pathlib import Path

import httpx

from douane.channels.as4.binding import AccessPoint
from douane.configuration.ports import SystemClock
from douane.conformance.cases import Finding, Verdict
from douane.conformance.dialects import As4Dialect, RestDialect, SoapDialect
from douane.conformance.incoming import Dialect, Pace
from douane.standards.ncts import phase5
from tests.as4.access_points import MODES, Platform1, Side1, mode_of
from tests.as4.test_node import DECLARATION
from tests.conformance.senders import PAUSE, judged

R, M, W = Verdict.RIGHT, Verdict.REMARK, Verdict.WRONG


@dataclasses.dataclass(frozen=True)
class Sender:
    """Sends declarations by REST as it should, unless it is told otherwise."""

    pause: float = PAUSE
    tries: int = 10
    patience: float | None = 1.5
    new_id: bool = False
    new_body: bool = False
    redirects: bool = False
    never_ends: bool = False
    stubborn: bool = False
    trusting: bool = False
    later: bool = True
    soap: bool = False
    broken: bool = False

    async def send(self, url: str, count: int) -> None:
        numbers = itertools.count(count + 1)
        timeout = httpx.Timeout(self.patience)
        async with httpx.AsyncClient(timeout=timeout, trust_env=False, follow_redirects=self.redirects) as http:
            await asyncio.gather(*(self.one(http, url, number + 1, numbers) for number in range(count)))

    async def one(self, http: httpx.AsyncClient, url: str, number: int, numbers: itertools.count[int]) -> None:
        same = number
        for attempt in range(self.tries):
            if attempt and self.new_id:
                number = next(numbers)
            text = DECLARATION.read_bytes()
            if self.broken:
                text = text.replace(b"<declarationType>T1", b"<declarationType>TRANSIT")
            if self.new_body and attempt:
                text = text.replace(b"QS-0000001", b"QS-000000%d" % (attempt + 1))
            # a sender that makes ids anew for the same content does so outside the message
            body = text.replace(b"QUICKSTART-1", b"" if self.new_id else b"S%d" % same)
            pause = self.pause
            try:
                answer = await self.post(http, url, body, f"id-{number}")
            except httpx.HTTPError:
                answer = None
            if answer is not None:
                refused = answer.status_code in (400, 422) or b":Client<" in answer.content
                if refused and not self.stubborn:
                    return
                good = answer.status_code in (200, 202) and b"Fault" not in answer.content
                if good and not self.never_ends and (self.trusting or self.own(answer, body)):
                    return
                if self.later and "retry-after" in answer.headers:
                    pause = float(answer.headers["retry-after"])
            await asyncio.sleep(pause)

    async def post(self, http: httpx.AsyncClient, url: str, body: bytes, id: str) -> httpx.Response:
        headers = {"content-type": "application/xml", "message-id": id}
        if not self.soap:
            return await http.post(f"{url}/v1/messages", content=body, headers=headers)
        inner = body[body.index(b"<ncts:CC015C") :]
        space = b"http://schemas.xmlsoap.org/soap/envelope/"
        body = b'<e:Envelope xmlns:e="' + space + b'"><e:Body>' + inner + b"</e:Body></e:Envelope>"
        return await http.post(f"{url}/transit/v1", content=body, headers={"content-type": "text/xml"})

    def own(self, answer: httpx.Response, body: bytes) -> bool:
        if self.soap:
            return f"<digest>{hashlib.sha256(b'something else').hexdigest()}" not in answer.text
        return bool(answer.json()["digest"] == hashlib.sha256(body).hexdigest())


def dialect(_url: str) -> Dialect:
    return RestDialect(phase5.read, SystemClock())


SOON, LATE = Pace(haste=0, shrink=0, quiet=5), Pace(haste=600, shrink=0, quiet=0.1)
"""A stalled machine changes nothing: what has to be noticed is looked for long enough, or is always noticed."""
CAUGHT: list[tuple[str, Sender, str, Verdict, str, float, Pace]] = [
    ("gives up", Sender(tries=1), "in.html-502", W, "not sent again", 10, SOON),
    ("another id", Sender(new_id=True), "in.html-502", W, "under another id", 60, SOON),
    ("another content", Sender(new_body=True), "in.lost-receipt", W, "another content", 60, SOON),
    ("hammers", Sender(pause=0.01), "in.html-502", M, "again after", 60, LATE),
    ("ever faster", Sender(), "in.html-502", M, "again after", 60, Pace(haste=0, shrink=600, quiet=0.1)),
    ("follows redirects", Sender(redirects=True), "in.redirect", W, "redirect", 60, SOON),
    ("never ends", Sender(never_ends=True, pause=0.2), "in.good", W, "after the receipt", 60, SOON),
    ("never ends, later", Sender(never_ends=True, pause=0.4), "in.lost-receipt", W, "after the receipt", 60, SOON),
    ("stubborn", Sender(stubborn=True), "in.refused", W, "after the refusal", 60, SOON),
    ("trusting", Sender(trusting=True), "in.wrong-receipt", W, "receipt of something else", 60, SOON),
    ("impatient", Sender(later=False), "in.busy-503", M, "asked for 600", 60, Pace(after=600, quiet=0.1)),
    ("waits for ever", Sender(patience=None), "in.half-open", W, "not sent again", 10, SOON),
    ("breaks the schema", Sender(broken=True), "in.good", W, "declarationType", 60, SOON),
]


def test_what_a_sender_does_wrong_is_caught() -> None:
    async def main() -> list[list[Finding]]:
        tried = [
            judged(dialect, sender.send, seconds=seconds, pace=pace, cases=[case])
            for _, sender, case, _, _, seconds, pace in CAUGHT
        ]
        return await asyncio.gather(*tried)

    for (name, _, _, verdict, seen, _, _), (found,) in zip(CAUGHT, asyncio.run(main()), strict=True):
        assert found.judged.verdict is verdict, (name, found)
        assert seen in found.judged.seen, name
        assert found.judged.remedy, name


def test_senders_that_do_everything_right() -> None:
    async def main() -> list[list[Finding]]:
        by_soap = judged(lambda _url: SoapDialect(phase5.read, SystemClock()), Sender(soap=True, patience=5).send)
        return list(await asyncio.gather(judged(dialect, Sender(patience=5).send), by_soap))

    for found in asyncio.run(main()):
        assert {f.judged.verdict for f in found} == {R}, [f for f in found if f.judged.verdict is not R]
        assert len(found) == 9


def test_who_sends_nothing_is_left_open() -> None:
    async def silent(_url: str, _count: int) -> None:
        await asyncio.sleep(60)

    (found,) = asyncio.run(judged(dialect, silent, seconds=2, cases=["in.good"]))
    assert found.judged.verdict is Verdict.OPEN


def test_a_stranger_by_as4_is_refused_and_named(tmp_path: Path) -> None:
    platform = Platform1(tmp_path)
    receiver = AccessPoint("p", MODES, platform.certificates, platform.payloads, platform.clock, platform.ids)
    other = Side1(platform, "T2")

    async def send(url: str, _count: int) -> None:
        message = other.message(mode_of())
        async with http_at(url) as http:
            correspondent = other.correspondent(http)
            await correspondent.push(mode_of(), correspondent.pack(mode_of(), message, [(b"{}", "application/json")]))

    (found,) = asyncio.run(
        judged(lambda _url: As4Dialect(receiver, "T1", phase5.read), send, seconds=20, cases=["in.good"])
    )
    assert found.judged.verdict is W
    assert "signed by somebody else" in found.judged.seen
    platform.close()


@contextlib.asynccontextmanager
async def http_at(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=20) as http:
        yield http
