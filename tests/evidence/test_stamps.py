"""Time-stamps: asked for, given, proven; beside OpenSSL both ways; nothing else passes for one."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.server
import os
import random
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from douane.backends.memory.backend import MemoryStore
from douane.configuration.keys import log_signer
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.identity.authorities import Credential, Period, create_root, issue_client, issue_stamper
from douane.runtime.store import keys
from douane.runtime.store.ports import Batch
from douane.shared_services.auditing.log import AuditLog, State
from douane.shared_services.auditing.pack_verifier.report import Refused
from douane.shared_services.auditing.pack_verifier.stamps import open_stamp
from douane.shared_services.auditing.proving import audit_prefix
from douane.standards.time_stamp import der
from douane.standards.time_stamp.tokens import ANSWER_MEDIA, Authority, request, token_of
from douane.trust.stamping import stamp, stamp_over
from douane.vocabulary.errors import DeclarationFault, NotWellFormed, PartnerRefused, PartnerUnreachable, ProofFailed

NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
PERIOD = Period.days(dt.datetime.now(dt.UTC), 30)
ROOT = create_root("Root", period=PERIOD, serial=1)
STAMPER = issue_stamper("Stamps", issuer=ROOT, period=PERIOD, serial=300)
NONCE, TEXT = bytes(range(200, 208)), b"the state of a log\n"


def authority(credential: Credential = STAMPER) -> Authority:
    return Authority(credential.key, [credential.certificate, ROOT.certificate])


def test_a_token_says_when_and_by_whom() -> None:
    answer = authority().answer(request(TEXT, NONCE), NOW, 5)
    stamp = open_stamp(token_of(answer, TEXT, NONCE), TEXT)
    assert stamp.at == NOW
    assert stamp.chain == [STAMPER.certificate, ROOT.certificate]


def test_a_token_over_something_else_is_refused() -> None:
    answer = authority().answer(request(TEXT, NONCE), NOW, 5)
    for text, nonce in ((b"other", NONCE), (TEXT, bytes(8))):
        with pytest.raises(ProofFailed):
            token_of(answer, text, nonce)
    with pytest.raises(Refused, match="something else"):
        open_stamp(token_of(answer, TEXT, NONCE), b"other")


def test_a_certificate_for_clients_stamps_nothing() -> None:
    client = issue_client("someone", issuer=ROOT, period=PERIOD, serial=301)
    answer = authority(client).answer(request(TEXT, NONCE), NOW, 5)
    with pytest.raises(Refused, match="not one for time-stamps"):
        open_stamp(token_of(answer, TEXT, NONCE), TEXT)


def test_a_changed_time_is_noticed() -> None:
    token = token_of(authority().answer(request(TEXT, NONCE), NOW, 5), TEXT, NONCE)
    changed = token.replace(b"20261125120000Z", b"20251125120000Z")
    assert changed != token
    with pytest.raises(Refused, match="content of the time-stamp was changed"):
        open_stamp(changed, TEXT)


def test_a_refusal_of_the_authority_is_told() -> None:
    refusal = der.write(der.SEQUENCE, der.write(der.SEQUENCE, der.integer(2)))
    with pytest.raises(PartnerRefused, match="status 2"):
        token_of(refusal, TEXT, NONCE)


def test_broken_answers_and_questions_are_refused() -> None:
    answer, rng = authority().answer(request(TEXT, NONCE), NOW, 5), random.Random(4)
    for _ in range(300):
        at = rng.randrange(len(answer))
        broken = rng.choice((answer[:at], answer[:at] + rng.randbytes(3) + answer[at + 3 :], rng.randbytes(40)))
        try:
            token = token_of(broken, TEXT, NONCE)
        except (NotWellFormed, ProofFailed, PartnerRefused):
            continue
        assert len(token) > 100  # the damage lies where the signature is looked at
    for question in (b"", b"\x30\x00", rng.randbytes(30), der.write(der.SEQUENCE, der.integer(2), b"\x30\x00")):
        with pytest.raises(NotWellFormed):
            authority().answer(question, NOW, 5)


def test_numbers_and_identifiers_are_those_of_the_standard() -> None:
    assert der.integer(128) == b"\x02\x02\x00\x80"
    assert der.integer(0) == b"\x02\x01\x00"
    assert der.identifier("1.2.840.113549") == b"\x06\x06\x2a\x86\x48\x86\xf7\x0d"
    assert der.write(der.OCTETS, bytes(300))[:4] == b"\x04\x82\x01\x2c"
    for data in (b"\x30", b"\x30\x05\x00", b"\x30\x82\xff\xff"):
        with pytest.raises(NotWellFormed):
            der.read(data)


openssl = pytest.mark.skipif(shutil.which("openssl") is None and "CI" not in os.environ, reason="no openssl here")


def tool(folder: Path, *words: str) -> str:
    ran = subprocess.run(["openssl", *words], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout + ran.stderr


@openssl
def test_openssl_proves_our_tokens(tmp_path: Path) -> None:
    (tmp_path / "text").write_bytes(TEXT)
    (tmp_path / "root.pem").write_bytes(ROOT.certificate_pem())
    tool(tmp_path, "ts", "-query", "-data", "text", "-sha256", "-cert", "-out", "question.tsq")
    question = (tmp_path / "question.tsq").read_bytes()
    (tmp_path / "answer.tsr").write_bytes(authority().answer(question, dt.datetime.now(dt.UTC), 77))
    said = tool(tmp_path, "ts", "-verify", "-queryfile", "question.tsq", "-in", "answer.tsr", "-CAfile", "root.pem")
    assert "Verification: OK" in said


@openssl
def test_tokens_of_openssl_are_proven_by_the_verifier(tmp_path: Path) -> None:
    (tmp_path / "tsa.pem").write_bytes(STAMPER.certificate_pem())
    (tmp_path / "tsa.key").write_bytes(STAMPER.key_pem())
    (tmp_path / "question.tsq").write_bytes(request(TEXT, NONCE))
    (tmp_path / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa = one\n[one]\nserial = serial\ncrypto_device = builtin\nsigner_digest = sha256\n"
        "default_policy = 1.2.3.4\ndigests = sha256\naccuracy = secs:1\nordering = yes\ntsa_name = yes\n"
    )
    tool(tmp_path, "ts", "-reply", "-queryfile", "question.tsq", "-config", "tsa.cnf", "-section", "one", "-signer",
         "tsa.pem", "-inkey", "tsa.key", "-out", "answer.tsr")  # fmt: skip
    stamp = open_stamp(token_of((tmp_path / "answer.tsr").read_bytes(), TEXT, NONCE), TEXT)
    assert stamp.chain[0] == STAMPER.certificate
    assert abs(stamp.at - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=10)
    assert stamp.chain[0].public_bytes(Encoding.DER) in (tmp_path / "answer.tsr").read_bytes()


# --- a node that asks


class Desk(http.server.BaseHTTPRequestHandler):
    """An authority behind HTTP; the server says how it answers."""

    def do_POST(self) -> None:  # the name that the library looks for
        question = self.rfile.read(int(self.headers["content-length"]))
        status, media, body = self.server.answer(question)  # type: ignore[attr-defined]
        self.send_response(status)
        self.send_header("content-type", media)
        self.send_header("location", "/elsewhere")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def desk() -> Iterator[http.server.HTTPServer]:
    server = http.server.HTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_node_asks_once_for_what_its_log_holds_and_keeps_the_token(
    tmp_path: Path, desk: http.server.HTTPServer
) -> None:
    settings = NodeSettings(data=tmp_path, store="memory:", time_stamps=f"http://127.0.0.1:{desk.server_port}/")
    (tmp_path / "audit.key").write_bytes(bytes(32))
    store, clock = MemoryStore(), SystemClock()
    log = AuditLog(log_signer(settings, 0), prefix=audit_prefix(0))
    state = _grown(store, log, State(), 3)

    def ask() -> int:
        return asyncio.run(stamp(settings, store, clock))

    moved = [(302, ANSWER_MEDIA, b""), (200, "text/html", b"<p>"), (500, ANSWER_MEDIA, b"")]
    for status, media, body in moved:
        desk.answer = lambda _, said=(status, media, body): said  # type: ignore[attr-defined]
        with pytest.raises(PartnerUnreachable):
            ask()
    forger = authority(issue_client("someone", issuer=ROOT, period=PERIOD, serial=302))
    desk.answer = lambda question: (200, ANSWER_MEDIA, forger.answer(question, NOW, 1))  # type: ignore[attr-defined]
    with pytest.raises(ProofFailed):
        ask()
    assert stamp_over(tmp_path, 0, 0) is None
    desk.answer = lambda question: (200, ANSWER_MEDIA, authority().answer(question, NOW, 2))  # type: ignore[attr-defined]
    assert (ask(), ask()) == (1, 0)
    found = stamp_over(tmp_path, 0, 2)
    assert found is not None
    assert open_stamp(found.token, found.checkpoint.encode()).at == NOW
    assert stamp_over(tmp_path, 0, 3) is None
    _grown(store, log, state, 2)
    assert ask() == 1
    later = stamp_over(tmp_path, 0, 3)
    assert later is not None
    assert later.checkpoint.split("\n")[1] == "5"
    assert stamp_over(tmp_path, 0, 1) == found


def _grown(store: MemoryStore, log: AuditLog, state: State, count: int) -> State:
    """The log with more leaves, committed."""
    epoch, batch = store.take(0), Batch()
    made = log.extend(state, [bytes((n,)) * 32 for n in range(count)], 1)
    assert made is not None
    batch.put.update(made.writes)
    batch.put[keys.space(keys.OWNER, 0)] = b""
    store.apply(batch, 0, epoch)
    return made.state


def test_who_names_no_authority_is_told_what_to_set(tmp_path: Path) -> None:
    for named in ("", "ftp://x"):
        with pytest.raises(DeclarationFault, match="names no time-stamp authority"):
            asyncio.run(stamp(NodeSettings(data=tmp_path, time_stamps=named), MemoryStore(), SystemClock()))
