"""AS4: what a signed, encrypted, receipted message costs at both ends beside PyPI's ``as4``; a large payload's memory.

Cryptography and protocol alone first (RSA-2048 in profile 1.x, Ed25519 and X25519 in 2.0), then both ends through a
door with a durable store, in one process. The peer runs in an environment of its own
(``tools/peer_environment.sh as4``).
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from bench.brief import size
from bench.declaration import declaration
from bench.xml_binding import cost
from douane.channels.as4.binding import PATH
from douane.channels.as4.sending import part_info
from douane.shared_services.web.requests import Application, Request
from douane.standards.as4.awareness import Verdict
from douane.standards.as4.messages import Receipt
from douane.standards.as4.opening import references_of
from douane.standards.as4.receipts import check_receipt
from douane.standards.as4.tests.exchange import BOTH, NOW, prove_signal, send, signal, user_message
from douane.standards.as4.tests.exchange import receive as open_message
from douane.standards.ncts.phase5 import write
from tests.as4.access_points import Platform1, Side1, mode_of
from tests.as4.access_points import run as on_platform
from tests.contracts import toy

ROOT = Path(__file__).resolve().parent.parent
PEER = ROOT / "build/peers/as4/bin/python"
LARGE = size(250, brief=4) * 1024 * 1024
LEAST = size(1.0, brief=0.1)  # seconds
NAMES = {"1.x": "1.x, RSA-2048", "2.0": "2.0, Ed25519 and X25519"}
Row = dict[str, Any]


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds`` in all, the large payload apart."""
    content = write(declaration(12))
    protocol = [_protocol(profile, content, seconds / 16) for profile in BOTH]
    peer = _peer(content, seconds / 4)
    durable = [_durable(profile, max(LEAST, seconds / 4)) for profile in NAMES]
    durable += [_door(profile, int(100 * max(LEAST, seconds))) for profile in NAMES]
    large = [_large()]
    ratios: dict[str, object] = {}
    if "both_ends_us" in peer:
        ratios["both ends, RSA-2048, as4/ours"] = round(peer["both_ends_us"] / protocol[0]["both_ends_us"], 1)
    ratios["2.0/1.x, both ends"] = round(protocol[1]["both_ends_us"] / protocol[0]["both_ends_us"], 2)
    name = f"AS4: a CC015C of {len(content):,} bytes, signed, encrypted, receipted"
    return {"name": name, "rows": [*protocol, peer, *durable, *large], "ratios": ratios}


def _protocol(profile: Any, content: bytes, share: float) -> Row:
    """CPU of each half of an exchange, without network and store."""
    message = user_message(content)
    sent = send(message, content, profile=profile)
    body = sent.body()
    claims = open_message(body, profile=profile).claims
    receipt = Receipt("r@host", NOW, message.id, references_of(claims))
    answer = signal(receipt, profile=profile)

    def settle() -> None:
        found = prove_signal(answer, profile=profile)
        assert isinstance(found, Receipt)
        check_receipt(found, message.id, sent.secured.references)

    steps: dict[str, Callable[[], object]] = {
        "send_us": lambda: send(message, content, profile=profile).body(),
        "receive_us": lambda: open_message(body, profile=profile),
        "receipt_us": lambda: signal(Receipt("r@host", NOW, message.id, references_of(claims)), profile=profile),
        "settle_us": settle,
    }
    row: Row = {"what": f"ours, {NAMES[profile.name]}", **{name: cost(step, share) for name, step in steps.items()}}
    row["both_ends_us"] = sum(row[name] for name in steps)
    row["messages_per_s"] = 1e6 / row["both_ends_us"]
    return row


def _peer(content: bytes, seconds: float) -> Row:
    """The same exchange by PyPI's ``as4``, RSA-2048."""
    if not PEER.exists():
        return {"what": "as4 0.2.0", "absent": "run tools/peer_environment.sh as4"}
    script = ROOT / "bench/peers/as4_exchange.py"
    done = subprocess.run(
        [str(PEER), str(script), str(seconds)], input=content, capture_output=True, check=False, timeout=120
    )
    if done.returncode:
        return {"what": "as4 0.2.0", "absent": done.stderr.decode().strip().splitlines()[-1][:200]}
    found = json.loads(done.stdout)
    steps = ("send_us", "receive_us", "receipt_us", "settle_us")
    total = sum(found[name] for name in steps)
    return {
        "what": "as4 0.2.0, RSA-2048", **{name: found[name] for name in steps}, "both_ends_us": total,
        "messages_per_s": 1e6 / total,
    }  # fmt: skip


def _durable(profile: str, seconds: float) -> Row:
    """Both ends in one process: pushed through ASGI, accepted, committed and synced, receipt checked."""
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform1(Path(folder))
        mode, side = mode_of(profile), Side1(platform)
        numbers = iter(range(10_000_000))

        async def pushing(http: httpx.AsyncClient) -> tuple[int, float, float]:
            correspondent = side.correspondent(http)

            async def lane() -> int:
                count = 0
                while time.perf_counter() < end:
                    packed = side.pack(mode, toy.Order(f"O{next(numbers)}", "A", 1))
                    answered = await correspondent.push(mode, packed)
                    assert answered.verdict is Verdict.RECEIPT, answered.reason
                    count += 1
                return count

            begin, cpu = time.perf_counter(), time.process_time()
            end = begin + seconds
            counts = await asyncio.gather(*(lane() for _ in range(16)))
            return sum(counts), time.perf_counter() - begin, time.process_time() - cpu

        count, elapsed, cpu = on_platform(platform, pushing)
        platform.close()
    return {
        "what": f"both ends, durable, {NAMES[profile]}", "clients": 16, "messages_per_s": count / elapsed,
        "cpu_us": cpu / count * 1e6,
    }  # fmt: skip


def _door(profile: str, count: int) -> Row:
    """The receiving end alone: the ASGI application asked directly, everything accepted, committed and synced."""
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform1(Path(folder))
        mode, side = mode_of(profile), Side1(platform)
        packed = [side.pack(mode, toy.Order(f"O{n}", "A", 1)) for n in range(count)]
        bodies = [(each.content_type.encode(), each.whole()) for each in packed]

        async def pushing(_http: httpx.AsyncClient) -> tuple[float, float]:
            waiting = iter(bodies)

            async def lane() -> None:
                for content_type, body in waiting:
                    await _ask(platform.application, content_type, body)

            begin, cpu = time.perf_counter(), time.process_time()
            await asyncio.gather(*(lane() for _ in range(32)))
            return time.perf_counter() - begin, time.process_time() - cpu

        elapsed, cpu = on_platform(platform, pushing)
        platform.close()
    return {
        "what": f"receiving end, durable, {NAMES[profile]}", "clients": 32, "messages_per_s": count / elapsed,
        "cpu_us": cpu / count * 1e6,
    }  # fmt: skip


async def _ask(application: Application, content_type: bytes, body: bytes) -> None:
    answer = await application(Request("POST", PATH, headers=[("content-type", content_type.decode())], content=body))
    assert b"eb:Receipt" in answer.body, answer.body[:400]


def _large() -> Row:
    """What a large attachment costs in memory, sent and received, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.as4", "large"],
        capture_output=True,
        check=False,
        timeout=600,
        cwd=ROOT,
    )
    if done.returncode:
        return {"what": "large attachment", "failed": done.stderr.decode().strip().splitlines()[-1][:200]}
    found: Row = json.loads(done.stdout)
    return found


def _pieces() -> Iterator[bytes]:
    piece = os.urandom(64 * 1024)
    for n in range(LARGE // len(piece)):
        yield b"MM\0*" + n.to_bytes(4, "big") + piece[8:]


def _status(name: str) -> int:
    """A line of this process's status, kB."""
    text = Path("/proc/self/status").read_text()
    return int(next(line.split()[1] for line in text.splitlines() if line.startswith(name)))


def _forget_peak() -> int:
    """Let the peak of the resident set begin anew; the resident set now, kB."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status("VmRSS")


def _transfer() -> Row:
    """Send and receive the large attachment; the growth of the resident set is both ends together."""
    with tempfile.TemporaryDirectory() as folder:
        platform = Platform1(Path(folder))
        mode, side = mode_of(), Side1(platform)
        warm = side.pack(mode, toy.Order("O0", "A", 1))
        head = {"content-type": warm.content_type}
        on_platform(platform, lambda http: http.post(PATH, content=warm.whole(), headers=head))
        before = _forget_peak()
        begin, cpu = time.perf_counter(), time.process_time()
        order = b'{"number":"O1","account":"A","amount":1,"trader":"T1"}'
        infos = (part_info("order", "application/json", compress=True), part_info("scan", "image/tiff", compress=True))
        packed = side.packer().pack(
            mode, side.message(mode, 0, parts=infos), [(infos[0], [order], len(order)), (infos[1], _pieces(), LARGE)],
            "PLATFORM", platform.clock.now(),
        )  # fmt: skip

        async def stream() -> AsyncIterator[bytes]:
            for piece in packed.pieces():
                yield piece

        async def post(http: httpx.AsyncClient) -> httpx.Response:
            return await http.post(PATH, content=stream(), headers={"content-type": packed.content_type}, timeout=600)

        answer = on_platform(platform, post)
        assert b"eb:Receipt" in answer.content
        grown = (_status("VmHWM") - before) / 1024
        packed.discard()
        platform.close()
    return {
        "what": f"{LARGE >> 20} MB attachment, gzip, encrypted, both ends in one process", "extra_mb": grown,
        "cpu_s": time.process_time() - cpu, "elapsed_s": time.perf_counter() - begin,
    }  # fmt: skip


if __name__ == "__main__" and sys.argv[1:] == ["large"]:
    print(json.dumps(_transfer()))
