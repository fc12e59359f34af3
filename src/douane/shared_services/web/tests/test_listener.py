from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import socket
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from douane.identity.authorities import Period, create_issuer, create_root, issue_client
from douane.model.circles import Circle
from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.http_protocol import ConnectionLimits
from douane.shared_services.web.listener import Address, ClientCertificate, Door, Listeners, listening
from douane.shared_services.web.requests import Application, Request, application
from douane.vocabulary.errors import DeclarationFault

NOW = dt.datetime.now(dt.UTC)
REFUSED = (ssl.SSLError, ConnectionResetError, BrokenPipeError)


def refuses(ask: Callable[[], object]) -> None:
    """A question that finds no hearing, asked from a thread of its own.

    OpenSSL keeps errors by thread, and CPython does not clear them before it reads (python/cpython#148594): what broke
    here would be told of the next connection of this thread, which is sound.
    """
    with ThreadPoolExecutor(1) as aside, pytest.raises(REFUSED):
        aside.submit(ask).result()


def test_without_certificate_the_application_decides(union: Any, mirror: Application) -> None:
    status, body, _ = union.visit(mirror, lambda where: union.ask(where, body=b"abc"))
    assert status == 200
    assert body == {"certificate": "", "size": 3, "scheme": "https", "client": "127.0.0.1"}


def test_the_certificate_of_the_connection_reaches_every_request_on_it(union: Any, mirror: Application) -> None:
    card = union.card("trader")

    def client(where: Address) -> list[str]:
        link = union.connection(where, card)
        seen = []
        for _ in range(3):
            link.request("POST", "/", b"x")
            answer = link.getresponse()
            seen.append(json.loads(answer.read())["certificate"])
        link.close()
        return seen

    assert union.visit(mirror, client) == [union.thumb(card)] * 3


def test_each_connection_has_its_own_certificate(union: Any, mirror: Application) -> None:
    cards = [union.card("a"), None, union.card("b", Circle.TRUSTED), union.card("c", Circle.INTERNAL)]
    seen = union.visit(mirror, lambda where: [union.ask(where, card=card)[1]["certificate"] for card in cards])
    assert seen == [union.thumb(card) if card else "" for card in cards]


def test_a_resumed_session_keeps_its_certificate(union: Any, mirror: Application) -> None:
    card = union.card("resumed")

    def client(where: Address) -> tuple[bool, bool]:
        context = union.context(card)
        ask = b"POST / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
        answers: list[bytes] = []
        session, reused = None, False
        for _ in range(2):
            with union.link(where, context=context, session=session) as link:
                link.sendall(ask)
                answers.append(b"".join(iter(lambda: link.recv(4096), b"")))
                session, reused = link.session, link.session_reused
        return bool(reused), all(union.thumb(card).encode() in each for each in answers)

    assert union.visit(mirror, client) == (True, True)


def foreign(union: Any) -> Any:
    period = Period.days(NOW, 5)
    ca = create_issuer("CA untrusted", root=create_root("Root", period=period, serial=1), period=period, serial=2)
    return union.keep("foreign", issue_client("trader", issuer=ca, period=period, serial=3))


def past(union: Any) -> Any:
    return union.card("past", period=Period(NOW - dt.timedelta(days=9), NOW - dt.timedelta(days=1)))


def future(union: Any) -> Any:
    return union.card("future", period=Period(NOW + dt.timedelta(days=1), NOW + dt.timedelta(days=2)))


def alone(union: Any) -> Any:
    return union.keep("alone", create_root("trader", period=Period.days(NOW, 5), serial=1))


@pytest.mark.parametrize("make", [foreign, past, future, alone])
def test_a_certificate_that_proves_nothing_fails_the_handshake(union: Any, mirror: Application, make: Any) -> None:
    def client(where: Address) -> None:
        refuses(lambda: union.ask(where, card=make(union)))
        assert union.ask(where)[0] == 200, "others are served on"

    union.visit(mirror, client)


def test_a_listener_may_insist_on_a_certificate(union: Any, mirror: Application, required: ClientCertificate) -> None:
    def client(where: Address) -> None:
        refuses(lambda: union.ask(where))
        assert union.ask(where, card=union.card("x"))[0] == 200

    union.visit(mirror, client, client_certificate=required)


def test_a_forwarded_header_proves_nothing(union: Any, mirror: Application) -> None:
    headers = {"X-Forwarded-For": "10.9.8.7", "X-Forwarded-Proto": "http", "X-Client-Cert": "abc"}
    body = union.visit(mirror, lambda where: union.ask(where, headers=headers))[1]
    assert (body["client"], body["scheme"], body["certificate"]) == ("127.0.0.1", "https", "")


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_old_tls_is_refused(union: Any, mirror: Application) -> None:
    def client(where: Address) -> str:
        context = union.context()
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        context.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection(("127.0.0.1", where.port)) as plain:
            refuses(lambda: context.wrap_socket(plain, server_hostname="localhost"))
        modern = union.context()
        modern.maximum_version = ssl.TLSVersion.TLSv1_2
        with union.link(where, context=modern) as link:
            return str(link.cipher()[0])

    assert union.visit(mirror, client).startswith(("ECDHE-ECDSA-AES", "ECDHE-ECDSA-CHACHA20"))


def test_plain_http_gets_no_answer(union: Any, mirror: Application) -> None:
    def client(where: Address) -> bytes:
        with socket.create_connection(("127.0.0.1", where.port), timeout=10) as plain:
            plain.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            with contextlib.suppress(ConnectionResetError):
                return plain.recv(100)
        return b""

    assert b"HTTP" not in union.visit(mirror, client)


def test_a_handshake_that_stalls_is_ended(union: Any, mirror: Application, tight: ConnectionLimits) -> None:
    def client(where: Address) -> bytes:
        with socket.create_connection(("127.0.0.1", where.port), timeout=10) as plain:
            plain.sendall(b"\x16\x03\x01\x02\x00")  # the head of a ClientHello that never comes
            with contextlib.suppress(ConnectionResetError):
                return plain.recv(100)
        return b""

    assert union.visit(mirror, client, limits=tight) == b""


def test_several_doors_share_a_loop_and_each_knows_its_address(union: Any) -> None:
    def door(name: str) -> Door:
        async def named(_request: Request) -> Response:
            return json_response({"door": name})

        return Door(union.settings(name=name), application(named))

    async def story() -> list[str]:
        async with listening([door(name) for name in ("speed2", "ccn2", "uumds")], failed=print) as where:
            assert len({each.port for each in where.values()}) == 3
            assert where["ccn2"].url == f"https://127.0.0.1:{where['ccn2'].port}"
            return [(await asyncio.to_thread(union.ask, each))[1]["door"] for each in where.values()]

    assert asyncio.run(story()) == ["speed2", "ccn2", "uumds"]


def test_a_taken_port_is_named_and_nothing_else_stays_bound(union: Any, mirror: Application) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        doors = [Door(union.settings(name="free"), mirror), Door(union.settings(name="ccn2", port=taken), mirror)]
        with pytest.raises(DeclarationFault, match=rf"Door ccn2 cannot listen on 127\.0\.0\.1:{taken}"):
            asyncio.run(Listeners(doors, failed=print).start())


def test_a_key_of_another_certificate_keeps_the_door_shut(union: Any, mirror: Application) -> None:
    door = Door(union.settings(key=union.card("other")), mirror)
    with pytest.raises(DeclarationFault, match="Door door cannot read its certificate"):
        asyncio.run(Listeners([door], failed=print).start())


def test_stopping_lets_a_request_finish(union: Any) -> None:
    async def story() -> tuple[int, Any]:
        began, go_on = asyncio.Event(), asyncio.Event()

        async def slow(_request: Request) -> Response:
            began.set()
            await go_on.wait()
            return json_response({"done": True})

        listeners = Listeners([Door(union.settings(), application(slow))], failed=print)
        await listeners.start()
        asked = asyncio.create_task(asyncio.to_thread(union.ask, listeners.addresses["door"]))
        await began.wait()
        stopping = asyncio.create_task(listeners.stop())
        await asyncio.sleep(0)
        go_on.set()
        await stopping
        status, said = (await asked)[:2]
        return status, said

    assert asyncio.run(story()) == (200, {"done": True})


def test_stopping_does_not_wait_for_ever_and_says_what_to_do_to_whom_it_cuts_off(union: Any) -> None:
    given_back = asyncio.Event()

    async def story() -> tuple[int, Any, Any]:
        began = asyncio.Event()

        async def stuck(_request: Request) -> Response:
            began.set()
            try:
                await asyncio.Event().wait()
            finally:  # as a door does with a message that it had claimed, over a link that ends after the listeners
                await asyncio.sleep(0.05)
                given_back.set()
            raise AssertionError

        listeners = Listeners([Door(union.settings(drain_seconds=1), application(stuck))], failed=print)
        await listeners.start()
        asked = asyncio.create_task(asyncio.to_thread(union.ask, listeners.addresses["door"]))
        await began.wait()
        await listeners.stop()
        assert given_back.is_set()
        status, body, headers = await asked
        return status, (body["code"], body["retry"]), headers["retry-after"]

    assert asyncio.run(story()) == (503, ("DOU-2108", "later"), "1")


def test_a_connection_whose_handshake_ends_while_the_door_stops_is_closed(union: Any) -> None:
    """And not served as long as its client goes on asking, until it is cut in the midst of a request."""

    async def story() -> bytes:
        began, go_on = asyncio.Event(), asyncio.Event()

        async def slow(_request: Request) -> Response:
            began.set()
            await go_on.wait()
            return json_response({})

        limits = ConnectionLimits(head_seconds=60)
        listeners = Listeners([Door(union.settings(drain_seconds=60, limits=limits), application(slow))], failed=print)
        await listeners.start()
        where = listeners.addresses["door"]
        first = asyncio.create_task(asyncio.to_thread(union.ask, where))
        await began.wait()
        plain = await asyncio.to_thread(socket.create_connection, ("127.0.0.1", where.port), 20)
        await asyncio.sleep(0.1)
        stopping = asyncio.create_task(listeners.stop())
        await asyncio.sleep(0.3)

        def late() -> bytes:
            with (
                contextlib.suppress(ssl.SSLError),
                union.context().wrap_socket(plain, server_hostname="localhost") as tls,
            ):
                tls.settimeout(20)
                return bytes(tls.recv(1))
            return b""

        got = await asyncio.to_thread(late)
        go_on.set()
        await first
        await stopping
        return got

    assert asyncio.run(story()) == b""


def test_a_failure_is_told_to_the_node_not_written_to_the_terminal(
    union: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    async def broken(_request: Request) -> Response:
        raise KeyError("EORI FR40123456700017")

    status, body, _ = union.visit(broken, lambda where: union.ask(where))
    assert (status, body["code"]) == (500, "DOU-2000")
    assert [type(each) for each in union.failures] == [KeyError]
    assert "FR40123456700017" not in "".join(capfd.readouterr()) + str(body)


def test_renewed_a_listener_greets_who_was_added_and_no_more_who_was_taken_out(union: Any, mirror: Application) -> None:
    """Open connections go on; a pair of files that do not belong together leaves everything as it was."""
    first, second = union.card("first"), union.card("second", Circle.TRUSTED)
    own, key = union.write("rolling.pem", union.chain.read_bytes()), union.write("rolling.key", union.key.read_bytes())
    greeted = union.write("greeted.pem", union.cas[Circle.UNTRUSTED].certificate_pem())
    patient = {"limits": ConnectionLimits(head_seconds=60), "keep_alive_seconds": 300}  # on a busy machine too
    settings = union.settings(certificate=own, key=key, client_authorities=(greeted,), **patient)

    async def story() -> None:
        listeners = Listeners([Door(settings, mirror)], failed=lambda problem: None)
        await listeners.start()
        try:
            where = listeners.addresses["door"]
            await asyncio.to_thread(client, where, listeners)
        finally:
            await listeners.stop()

    def client(where: Address, listeners: Listeners) -> None:
        kept = union.connection(where, first)
        kept.request("POST", "/", b"x")
        found = kept.getresponse()
        assert (found.status, json.loads(found.read())["size"]) == (200, 1)
        refuses(lambda: union.ask(where, card=second))
        greeted.write_bytes(union.cas[Circle.TRUSTED].certificate_pem())
        key.write_bytes(second.read_bytes())
        with pytest.raises(DeclarationFault, match="cannot read its certificate"):
            listeners.contexts()
        refuses(lambda: union.ask(where, card=second))
        key.write_bytes(union.key.read_bytes())
        listeners.renew(listeners.contexts())
        assert union.ask(where, card=second)[1]["certificate"] == union.thumb(second)
        refuses(lambda: union.ask(where, card=first))
        kept.request("POST", "/", b"x")
        assert json.loads(kept.getresponse().read())["certificate"] == union.thumb(first)
        kept.close()

    asyncio.run(story())
