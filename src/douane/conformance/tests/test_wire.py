"""HTTP by hand: answers in every form that a server may give them, requests that stop or drip, manners of answering."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from douane.conformance.wire import Answer, Asked, Manner, Target, Told, listen, post
from douane.vocabulary.errors import PartnerUnreachable

Client = Callable[[str], Awaitable[Told]]


def told_by(answer: bytes, *, patience: float = 60) -> Told:
    """What the client makes of these octets, after which the connection is closed."""

    async def main() -> Told:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
            writer.close()

        async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            return await post(Target(f"http://127.0.0.1:{port}/x?y=1", patience=patience), {}, b"")

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("answer", "status", "body"),
    [
        (b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwhole", 200, b"whole"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nwho\r\n2\r\nle\r\n0\r\n\r\n", 200, b"whole"),
        (b"HTTP/1.1 200 OK\r\nx: y\r\n\r\nuntil the end", 200, b"until the end"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b""),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\ncut off", 0, b""),
        (b"220 mail.example ESMTP\r\n", 0, b""),
        (b"", 0, b""),
    ],
)
def test_an_answer_counts_when_it_is_whole(answer: bytes, status: int, body: bytes) -> None:
    told = told_by(answer)
    assert (told.status, told.body) == (status, body)
    assert told.closed or status


def test_an_interim_answer_is_not_the_answer() -> None:
    told = told_by(b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n")
    assert told.status == 202


def test_nobody_listens() -> None:
    with pytest.raises(PartnerUnreachable):
        asyncio.run(post(Target("http://127.0.0.1:1/"), {}, b""))


def test_a_request_that_stops_never_arrives_and_one_that_drips_does_at_last() -> None:
    arrived: list[Asked] = []

    async def answer(asked: Asked) -> Answer:
        arrived.append(asked)
        return Answer(200, b"thanks")

    async def main() -> tuple[Told, Told]:
        up = await listen("127.0.0.1", 0, answer)
        stopped = await post(Target(f"{up.url}/p", patience=0.3), {"x": "y"}, b"abcd", stop=2)
        dripped = await post(Target(f"{up.url}/p", patience=60), {"x": "y"}, b"abcd", drip=True)
        await up.close()
        return stopped, dripped

    stopped, dripped = asyncio.run(main())
    assert (stopped.status, stopped.closed) == (0, False)
    assert (dripped.status, dripped.body) == (200, b"thanks")
    assert [(a.method, a.path, a.headers["x"], a.body) for a in arrived] == [("POST", "/p", "y", b"abcd")]


def test_each_manner_of_answering_as_another_client_sees_it() -> None:
    async def answer(asked: Asked) -> Answer:
        return Answer(200, asked.body, (("x", "y"),), Manner[asked.path.strip("/")])

    async def main() -> list[str]:
        up = await listen("127.0.0.1", 0, answer)
        seen = []
        async with httpx.AsyncClient(base_url=up.url, trust_env=False, timeout=60) as http:
            for manner in ("AT_ONCE", "DRIPPED", "DROPPED"):
                try:
                    given = await http.post(f"/{manner}", content=b"the same")
                    seen.append(f"{given.status_code} {given.text}")
                except httpx.HTTPError as problem:
                    seen.append(type(problem).__name__)
            with pytest.raises(httpx.ReadTimeout):
                await http.post("/HELD", content=b"", timeout=httpx.Timeout(60, read=0.3))
        await up.close()
        return seen

    assert asyncio.run(main()) == ["200 the same", "200 the same", "RemoteProtocolError"]
