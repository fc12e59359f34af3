"""What a proxy says of whoever asked it, and what nobody else says."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.shared_services.web.answers import Response, json_response
from douane.shared_services.web.fair_use import Allowance, FairUse
from douane.shared_services.web.listener import Door, ListenerSettings, listening
from douane.shared_services.web.proxies import FORWARDED, FORWARDED_FOR, Doubt, Hop, Proxies, last_hop, plain_address
from douane.shared_services.web.requests import Request, application

BY_TLS = ("x-forwarded-proto", "https")
NOWHERE = Path("/nonexistent")


@pytest.mark.parametrize(
    ("said", "address"),
    [("192.0.2.1", "192.0.2.1"), ("198.51.100.9, 192.0.2.1", "192.0.2.1"), ("192.0.2.1:4711", "192.0.2.1"),
     ("[2001:db8::1]:4711", "2001:db8::1"), ("2001:db8::1", "2001:db8::1"), ("::ffff:192.0.2.1", "192.0.2.1"),
     ("192.0.2.1, ", ""), ("unknown", ""), ("", ""), ("192.0.2.1, _hidden", ""), ("192.0.2.300", ""),
     ("1" * 2_000, "")],
)  # fmt: skip
def test_of_several_hops_the_last_one_counts(said: str, address: str) -> None:
    assert last_hop([("x-forwarded-for", said), BY_TLS], FORWARDED_FOR).address == address


def test_of_several_lines_the_last_one_counts() -> None:
    lines = [("x-forwarded-for", "198.51.100.9"), BY_TLS, ("x-forwarded-for", "192.0.2.1")]
    assert last_hop(lines, FORWARDED_FOR) == Hop("192.0.2.1", "https")
    assert last_hop([*lines, ("x-forwarded-proto", "http")], FORWARDED_FOR).scheme == "http"


@pytest.mark.parametrize(
    ("said", "hop"),
    [("for=192.0.2.1;proto=https", Hop("192.0.2.1", "https")),
     ('for="[2001:db8::1]:4711";proto=https;by=203.0.113.43', Hop("2001:db8::1", "https")),
     ("for=198.51.100.9;proto=http, For=192.0.2.1; Proto=https", Hop("192.0.2.1", "https")),
     ("for=198.51.100.9;proto=https, for=192.0.2.1;proto=http", Hop("192.0.2.1", "http")),
     ('for="198.51.100.9, for=192.0.2.1;proto=https', Hop("", "http")),  # a quote that the client left open
     ('for="a\\", for=192.0.2.1;proto=https', Hop("", "http")), ("for=_hidden;proto=https", Hop("", "https")),
     ("nonsense", Hop("", "http"))],
)  # fmt: skip
def test_the_header_of_the_standard_is_read_to_its_end_or_not_at_all(said: str, hop: Hop) -> None:
    assert last_hop([("forwarded", said)], FORWARDED) == hop


def test_the_header_that_the_operator_did_not_name_is_not_read() -> None:
    both = [("forwarded", "for=198.51.100.9;proto=https"), ("x-forwarded-for", "192.0.2.1"), BY_TLS]
    assert last_hop(both, FORWARDED_FOR) == Hop("192.0.2.1", "https")
    assert last_hop(both, FORWARDED) == Hop("198.51.100.9", "https")


@given(st.text(alphabet='for=";, \\proto[]:.0123456789abcdef', max_size=60))
def test_whatever_a_client_writes_before_the_words_of_the_proxy_stand(before: str) -> None:
    """A proxy appends to what came: the client chooses all before the last comma, and never the address."""
    own = last_hop([("x-forwarded-for", f"{before}, 192.0.2.1"), BY_TLS], FORWARDED_FOR)
    assert own == Hop("192.0.2.1", "https")
    standard = last_hop([("forwarded", f"{before}, for=192.0.2.1;proto=https")], FORWARDED)
    assert standard in (Hop("192.0.2.1", "https"), Hop("", "http"))


def test_an_address_is_compared_in_one_form() -> None:
    proxies = Proxies(frozenset({"10.0.0.5", "2001:db8::1", "unix:/run/pages.sock"}))
    assert all(map(proxies.include, ("10.0.0.5", "::ffff:10.0.0.5", "2001:db8:0::1", "unix:/run/pages.sock")))
    assert not any(map(proxies.include, ("10.0.0.50", "", "unix:/run/other.sock", "nonsense")))
    assert plain_address("fe80::1%eth0") == "fe80::1"


async def told(request: Request) -> Response:
    return json_response([request.peer, request.scheme, request.holder])


async def asked(host: str, port: int, *headers: str) -> bytes:
    if host.startswith("unix:"):
        reader, writer = await asyncio.open_unix_connection(host.removeprefix("unix:"))
    else:
        reader, writer = await asyncio.open_connection(host, port)
    writer.write("\r\n".join(("GET / HTTP/1.1", "host: h", "connection: close", *headers, "", "")).encode())
    answer = await reader.read()
    writer.close()
    return answer.partition(b"\r\n\r\n")[2]


def test_only_a_named_proxy_says_for_whom_it_asks(tmp_path: Path) -> None:
    doubts: list[Doubt] = []
    at = f"unix:{tmp_path}/pages.sock"
    use = FairUse(Allowance(connections=1, connections_per_second=1), _clock)
    proxies = Proxies(frozenset({at}), FORWARDED_FOR, doubts.append)

    async def play() -> None:
        settings = ListenerSettings("pages", NOWHERE, NOWHERE, plain=True, proxies=proxies)
        local = ListenerSettings("socket", NOWHERE, NOWHERE, at, plain=True, proxies=proxies)
        doors = [Door(each, application(told), use=use) for each in (settings, local)]
        async with listening(doors, failed=lambda problem: pytest.fail(repr(problem))) as addresses:
            lie = ("x-forwarded-for: 203.0.113.9", "x-forwarded-proto: https")
            port = addresses["pages"].port
            assert await asked("127.0.0.1", port, *lie) == b'["127.0.0.1","http","127.0.0.1"]'
            assert doubts == [Doubt.UNNAMED]
            for n in range(10):  # a proxy asks for many, on as many connections as it likes
                found = await asked(at, 0, f"x-forwarded-for: 192.0.2.{n}", lie[1])
                assert found == f'["192.0.2.{n}","https","192.0.2.{n}"]'.encode()
            assert await asked(at, 0, lie[1]) == f'["{at}","https","{at}"]'.encode()
            assert await asked(at, 0) == f'["{at}","http","{at}"]'.encode()
            assert doubts[1:] == [Doubt.SILENT, Doubt.PLAIN, Doubt.SILENT]
        async with listening([Door(local, application(told))], failed=print):
            assert await asked(at, 0, *lie) == b'["203.0.113.9","https","203.0.113.9"]', (
                "what is left there is taken over"
            )

    asyncio.run(play())


def _clock() -> float:
    return 0.0
