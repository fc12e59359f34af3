"""Hostile input at the running SPEED2 door: refused with the fault named, in bounded memory, nothing kept of it.

The node is a process of its own, so that its memory can be read. Every request here is refused; what was authenticated
leaves one audit leaf, what was not leaves nothing.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from douane.backends.sqlite.backend import Snapshot
from douane.model.circles import ActorKind
from douane.runtime.store.envelope import REFUSAL
from douane.runtime.store.ports import Log
from douane.trust.demo import DemoClient
from douane.trust.development_identity import DevelopmentIdentity
from tests.journeys.standing import Answer, Client, identity_in, trust

ROOT = Path(__file__).parents[2]
ATTACKS = ROOT.parent / "shared" / "data" / "attacks" / "xml"
NCTS = "http://ncts.dgtaxud.ec"
XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}
DECLARANT = DemoClient("hostile", ActorKind.TRADER, "FR", "FR66666666600066",
                       roles=frozenset({"declarant", "holder of the transit procedure"}))  # fmt: skip
BODY_LIMIT = 4 * 1024 * 1024
GROWTH = 64 * 1024 * 1024

if not ATTACKS.is_dir() and os.environ.get("CI"):
    pytest.fail(f"{ATTACKS} is missing", pytrace=False)


@dataclass
class Process:
    """The node and what can be seen of it from outside."""

    addresses: dict[str, str]
    identity: DevelopmentIdentity
    pid: int

    def client(self, name: str, platform: str = "speed2") -> Client:
        files = self.identity.client(name) if name else None
        context = trust(self.identity, files.certificate, files.key) if files else trust(self.identity)
        return Client(self.addresses[platform], context)

    def kept(self, log: Log) -> list[bytes]:
        """The rows of a log, read from the file."""
        reader = Snapshot(str(self.identity.folder.parent / "store" / "node.db"))
        rows = reader.scan_log(log, 0, 1 << 48, 100_000)
        reader.close()
        return [raw for _, raw in rows]

    def memory(self) -> int:
        """Resident bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) * 1024


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    folder = tmp_path_factory.mktemp("hostile")
    identity = identity_in(folder, [DECLARANT])
    command = [sys.executable, str(Path(__file__).with_name("serving.py")), str(folder), "0.5"]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}"}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            yield Process(json.loads(child.stdout.readline()), identity, child.pid)
            child.stdin.close()
            assert child.wait(30) == 0
        finally:
            child.kill()


# --- bodies


def wrapped(inner: bytes, root: bytes = b"CC015C") -> bytes:
    return b'<n:%s xmlns:n="%s" PhaseID="NCTS5.1">%s</n:%s>' % (root, NCTS.encode(), inner, root)


def xml_bodies() -> dict[str, bytes]:
    """Documents that no door may choke on."""
    bomb = b"".join(b'<!ENTITY l%d "%s">' % (n + 1, b"&l%d;" % n * 10) for n in range(9))
    text = wrapped(b"<messageSender>FR</messageSender>")
    return {
        "empty": b"",
        "spaces": b"   \n",
        "no document": b"hello",
        "nul": b"\x00" * 1000,
        "deep": b"<a>" * 200_000,
        "deep and closed": wrapped(b"<a>" * 100_000 + b"</a>" * 100_000),
        "wide": wrapped(b"<a/>" * 600_000),
        "many attributes": b"<a " + b" ".join(b'x%d="1"' % n for n in range(100_000)) + b"/>",
        "many namespaces": b"<a " + b" ".join(b'xmlns:x%d="u:%d"' % (n, n) for n in range(50_000)) + b"/>",
        "one long text": wrapped(b"<messageSender>" + b"x" * 3_500_000 + b"</messageSender>"),
        "long name": b"<" + b"a" * 3_500_000 + b"/>",
        "utf-16": text.decode().encode("utf-16"),
        "utf-32": text.decode().encode("utf-32"),
        "latin-1 declared": b'<?xml version="1.0" encoding="ISO-8859-1"?>' + text,
        "utf-7 declared": b'<?xml version="1.0" encoding="UTF-7"?>' + text,
        "not utf-8": wrapped(b"<messageSender>\xff\xfe</messageSender>"),
        "dtd": b"<!DOCTYPE CC015C>" + text,
        "bomb": b'<!DOCTYPE x [<!ENTITY l0 "ha">' + bomb + b"]><x>&l9;</x>",
        "external": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        "parameter entity": b'<!DOCTYPE x [<!ENTITY % e SYSTEM "http://127.0.0.1:1/x">%e;]><x/>',
        "unknown entity": wrapped(b"&nothing;"),
        "character of a bomb": wrapped(b"&#0;"),
        "unknown root": b"<Whatever/>",
        "unknown message": wrapped(b"", b"CC999C"),
        "wrong namespace": text.replace(NCTS.encode(), b"urn:somebody"),
        "no namespace": b"<CC015C/>",
        "truncated": text[: len(text) // 2],
        "twice": text + text,
        "rubbish behind": text + b"rubbish",
        "processing instructions": b"<?x y?>" * 100_000 + b"<a/>",
        "comments": b"<!-- x -->" * 100_000 + b"<a/>",
        "cdata": wrapped(b"<messageSender><![CDATA[" + b"]" * 1_000_000 + b"]]></messageSender>"),
        "message without content": wrapped(b""),
        "stylesheet": b'<?xml-stylesheet href="http://127.0.0.1:1/"?><a/>',
    }


def json_bodies() -> dict[str, bytes]:
    """The same for JSON."""
    return {
        "empty": b"",
        "no document": b"{",
        "deep arrays": b"[" * 1_000_000,
        "deep and closed": b"[" * 500_000 + b"]" * 500_000,
        "deep in a field": b'{"lrn":' + b"[" * 500_000 + b"]" * 500_000 + b"}",
        "deep in an unknown field": b'{"unknown":' + b'{"a":' * 300_000 + b"1" + b"}" * 300_000 + b"}",
        "huge number": b'{"lrn":' + b"9" * 2_000_000 + b"}",
        "huge exponent": b'{"lrn":1e999999999}',
        "huge unknown number": b'{"unknown":' + b"9" * 2_000_000 + b"}",
        "nan": b'{"lrn":NaN}',
        "same key": b"{" + b'"lrn":1,' * 500_000 + b'"lrn":1}',
        "wide": b"[" + b"0," * 2_000_000 + b"0]",
        "not utf-8": b'{"lrn":"\xff\xfe"}',
        "lone surrogate": b'{"lrn":"\\ud800"}',
        "utf-16": '{"lrn":1}'.encode("utf-16"),
        "wrong type": b'{"lrn":[1]}',
        "null": b"null",
        "rubbish behind": b"{}{}",
    }


def told(answer: Answer) -> dict[str, Any]:
    """A refusal must be a problem detail that says what is wrong and what to do."""
    problem: dict[str, Any] = answer.json
    assert problem["detail"]
    assert problem["code"].startswith("DOU-1")
    assert problem["whose"] == "sender"
    faults = problem.get("faults", ())
    assert problem.get("remedy") or faults
    assert all(f["remedy"] for f in faults)
    return problem


def refused(node: Process, client: Client, path: str, body: bytes, media: dict[str, str]) -> int:
    """Send, expect a refusal and, where the message was read, one leaf that holds its digest."""
    before = len(node.kept(Log.REFUSAL))
    answer = client.ask("POST", path, body, media)
    assert answer.status in (413, 422), answer
    told(answer)
    after = node.kept(Log.REFUSAL)
    assert len(after) == before + 1
    assert REFUSAL.read(after[-1]).digest == hashlib.sha256(body).digest()
    return answer.status


@pytest.fixture(scope="module")
def trader(node: Process) -> Iterator[Client]:
    client = node.client("hostile")
    yield client
    client.close()


@pytest.fixture(autouse=True)
def nothing_is_journalled(node: Process) -> Iterator[None]:
    before = len(node.kept(Log.JOURNAL))
    yield
    assert len(node.kept(Log.JOURNAL)) == before


@pytest.mark.parametrize("name", sorted(xml_bodies()))
def test_hostile_xml_is_refused(node: Process, trader: Client, name: str) -> None:
    refused(node, trader, "/v1/messages", xml_bodies()[name], XML)


@pytest.mark.parametrize("name", sorted(json_bodies()))
def test_hostile_json_is_refused(node: Process, trader: Client, name: str) -> None:
    body = json_bodies()[name]
    refused(node, trader, "/import_procedure/v1/declare", body, JSON)
    refused(node, trader, "/v1/messages?type=ImportDeclaration", body, JSON)


@pytest.mark.parametrize("operation", ["save", "change"])
@pytest.mark.parametrize("text", ['{"a":' * 200_000 + "1" + "}" * 200_000, "[" * 200_000, '{"a":1e999}', "{"])
def test_a_text_that_is_hostile_as_json_is_refused_at_its_place(
    node: Process, trader: Client, operation: str, text: str
) -> None:
    content: dict[str, Any] = {"name": "a-draft-of-ours", "turn": 1, "changes": [{"path": "/a", "value": text}]}
    if operation == "save":
        content = {"name": "a-draft-of-ours", "operation": "transit.lodge_declaration", "turn": 0, "content": text}
    assert refused(node, trader, f"/drafts/v1/{operation}", json.dumps(content).encode(), JSON) == 422


@pytest.mark.parametrize("header", ["authorization", "dpop"])
def test_a_token_whose_head_is_nested_without_end_is_no_token(node: Process, header: str) -> None:
    head = base64.urlsafe_b64encode(b'{"alg":' * 1_500).decode().rstrip("=")
    stranger = node.client("")
    token = "DPoP a.b.c" if header == "dpop" else f"Bearer {head}.e30.AA"
    headers = {"authorization": token} | ({"dpop": f"{head}.e30.AA"} if header == "dpop" else {})
    answer = stranger.ask("POST", "/v1/messages", b"<a/>", XML | headers)
    stranger.close()
    assert answer.status == 401, answer
    told(answer)


@pytest.mark.skipif(not ATTACKS.is_dir(), reason="../shared/data/attacks is not here")
@pytest.mark.parametrize("file", sorted(ATTACKS.glob("*.xml")), ids=lambda file: file.stem)
def test_every_collected_attack_is_refused(node: Process, trader: Client, file: Path) -> None:
    refused(node, trader, "/v1/messages", file.read_bytes(), XML)


def test_an_unknown_type_of_json_is_refused(node: Process, trader: Client) -> None:
    refused(node, trader, f"/v1/messages?type={'x' * 5000}", b"{}", JSON)


def test_a_body_beyond_the_limit_is_refused_before_it_is_sent(node: Process, trader: Client) -> None:
    before = node.kept(Log.REFUSAL)
    connection = trader.connection()
    connection.putrequest("POST", "/v1/messages")
    connection.putheader("content-type", "application/xml")
    connection.putheader("content-length", str(BODY_LIMIT + 1))
    connection.endheaders()
    answer = ended(connection)
    assert answer.status == 413
    assert told(answer)["code"] == "DOU-1005"
    assert node.kept(Log.REFUSAL) == before


def test_a_body_that_does_not_say_how_long_it_is_is_cut_off_at_the_limit(trader: Client) -> None:
    connection = trader.connection()
    chunks = (b"x" * 65_536 for _ in range(BODY_LIMIT // 65_536 + 20))
    with contextlib.suppress(OSError):  # the door may hang up while we still send, and its answer be lost by that
        connection.request("POST", "/v1/messages", chunks, XML, encode_chunked=True)
    with contextlib.suppress(OSError, http.client.HTTPException):
        assert ended(connection).status == 413
    connection.close()


def test_a_body_that_never_ends_is_refused_in_time(trader: Client) -> None:
    connection = trader.connection()
    connection.putrequest("POST", "/v1/messages")
    connection.putheader("content-type", "application/xml")
    connection.putheader("content-length", "1000")
    connection.endheaders(b"<n:CC015C")
    answer = ended(connection)
    assert answer.status == 408
    assert told(answer)["code"] == "DOU-1006"


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("many", [(f"x-{n}", "v" * 20) for n in range(1400)]),
        ("long", [("x-long", "v" * 40_000)]),
    ],
)
def test_a_flood_of_headers_is_refused(trader: Client, name: str, headers: list[tuple[str, str]]) -> None:
    connection = trader.connection()
    connection.putrequest("POST", "/v1/messages")
    for key, value in headers:
        connection.putheader(key, value)
    with contextlib.suppress(OSError, http.client.HTTPException):  # as above
        connection.endheaders(b"")
        answer = ended(connection)
        assert answer.status == 431, name
        told(answer)
    connection.close()


@pytest.mark.parametrize(
    "path", ["/v1/inbox?after=zz", "/v1/inbox?wait=nan", "/v1/inbox?limit=-", "/v1/inbox?after=" + "f" * 300]
)
def test_an_inbox_asked_for_nonsense_says_so(trader: Client, path: str) -> None:
    answer = trader.ask("GET", path)
    assert answer.status == 400
    told(answer)


@pytest.mark.parametrize(
    "path", ["/v1/inbox/zz/ack", "/v1/inbox/-1/ack", "/v1/inbox/1/ack", f"/v1/inbox/{'f' * 40}/ack"]
)
def test_a_message_of_nobody_cannot_be_acknowledged(trader: Client, path: str) -> None:
    answer = trader.ask("POST", path)
    assert answer.status == 404
    told(answer)


def test_who_is_not_authenticated_leaves_no_leaf_whatever_it_sends(node: Process) -> None:
    stranger, before = node.client(""), node.kept(Log.REFUSAL)
    for body in (*xml_bodies().values(), *json_bodies().values()):
        answer = stranger.ask("POST", "/v1/messages", body, XML)
        assert answer.status == 401
        told(answer)
    stranger.close()
    assert node.kept(Log.REFUSAL) == before


def test_memory_stays_bounded_and_the_door_goes_on(node: Process, trader: Client) -> None:
    bodies = [*((b, XML, "/v1/messages") for b in xml_bodies().values()),
              *((b, JSON, "/import_procedure/v1/declare") for b in json_bodies().values())]  # fmt: skip
    # The first rounds bring every parser and the allocator to their peak; what grew after that would grow for ever.
    for _ in range(3):
        send_all(trader, bodies)
    before, sent = node.memory(), 0
    while sent < 300:
        sent += send_all(trader, bodies)
    grown = node.memory() - before
    assert grown < GROWTH, f"{grown // 1024 // 1024} MiB"
    assert trader.ask("GET", "/v1/inbox").status == 200


def send_all(trader: Client, bodies: list[tuple[bytes, dict[str, str], str]]) -> int:
    for body, media, path in bodies:
        assert trader.ask("POST", path, body, media).status in (413, 422)
    return len(bodies)


def ended(connection: http.client.HTTPSConnection) -> Answer:
    response = connection.getresponse()
    answer = Answer(response.status, response.read())
    connection.close()
    return answer
