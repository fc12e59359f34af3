"""Evidence and telemetry: what a leaf, a checkpoint, a proof, a promise, a log line and the metrics of a message cost.

Beside them the usual ways: a signature for every receipt, prometheus-client's own cells, the standard logging module.
"""

from __future__ import annotations

import io
import json
import logging
import os
import random
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import prometheus_client

from douane.backends.memory.backend import MemoryStore
from douane.runtime.store.envelope import JournalRow, RowKind
from douane.runtime.store.origin import Content, Media, Origin
from douane.shared_services.auditing.evidence import prove
from douane.shared_services.auditing.leaf import Facts, Kind, opening, seal
from douane.shared_services.auditing.log import AuditLog, State, tile_reader
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.auditing.verification import verify
from douane.shared_services.logging.events import Event
from douane.shared_services.logging.line import LogLine, LogWriter, moment
from douane.shared_services.logging.sink import descriptor_sink
from douane.shared_services.monitoring.metrics import Metrics
from douane.standards.transparency_log.note import Signer
from douane.standards.transparency_log.tiles import TiledTree
from douane.standards.transparency_log.tree import Frontier
from tests.callers import trader

NOW = 1_764_000_000_000_000
SIGNER = Signer.from_seed("customs.example/douane/log1", bytes(range(32)))
TICK = 64
LEAVES = 100_000
FACTS = Facts(
    Kind.ACCEPTED,
    "transit.lodge_declaration",
    "speed2",
    NOW,
    "accepted",
    message="MSG-0001",
    party="FR12345678901234",
    subject="7301188844390449153",
    payload=sha256(b"x").hexdigest(),
    legal="UCC art. 226",
    versions="model=9f2c schema=51.8.6",
)

ROW = JournalRow(
    RowKind.MESSAGE, 1, "transit.lodge_declaration", "FR",
    Origin(trader("FR12345678901234"), "MSG-0001", NOW, "speed2", "rest"), Content(Media.FAMILY, b"x", bytes(32)),
    bytes(16), 1,
)  # fmt: skip


def cost(call: Callable[[], object], seconds: float, *, each: int = 1) -> float:
    """Median of microseconds per item, over rounds of about a twentieth of the time."""
    began = time.perf_counter()
    call()
    once = max(time.perf_counter() - began, 1e-7)
    times = max(1, int(seconds / 20 / once))
    found: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or not found:
        began = time.perf_counter()
        for _ in range(times):
            call()
        found.append((time.perf_counter() - began) / times)
    return round(sorted(found)[len(found) // 2] * 1e6 / each, 2)


def run(seconds: float) -> dict[str, Any]:
    """Time everything; about ``seconds`` in all."""
    share = seconds / 20
    result: dict[str, Any] = {"name": "audit and telemetry", "rows": [], "ratios": {}}
    audit, ratios = _audit(share)
    result["rows"] += [{"part": part, "us": us} for part, us in audit.items()]
    result["ratios"] |= ratios
    telemetry, ratios = _telemetry(share)
    result["rows"] += [{"part": part, "us": us} for part, us in telemetry.items()]
    result["ratios"] |= ratios
    return result


def _audit(share: float) -> tuple[dict[str, float], dict[str, float]]:
    rng = random.Random(1)
    log = AuditLog(SIGNER)
    store: dict[bytes, bytes] = {}
    leaf, salt = seal(FACTS, bytes(16)), bytes(16)
    hashes = [leaf.hash(), *(rng.randbytes(32) for _ in range(LEAVES - 1))]
    first = log.extend(State(), hashes, NOW)
    assert first is not None
    store.update(first.writes)
    get_tile = tile_reader(lambda keys: [store.get(key) for key in keys])
    tick = hashes[:TICK]
    port = AuditPort(Signer.from_seed("customs.example/douane/empty", bytes(32)), b"empty", MemoryStore())
    frontier, size = first.state.frontier, first.state.frontier.size
    evidence = prove(
        leaf, 0, checkpoint=first.checkpoint, key=SIGNER.key, get_tile=get_tile, opening=opening(FACTS, salt)
    ).write()
    assert verify(evidence, [SIGNER.key]).ok
    costs = {
        "seal a leaf (4 commitments)": cost(lambda: seal(FACTS, salt), share),
        "hash a leaf": cost(leaf.hash, share),
        "leaf of a journal row, all": cost(lambda: port.journal_leaf(ROW), share),
        f"append to the frontier, each of {TICK}": cost(lambda: frontier.append_many(tick), share, each=TICK),
        "append one alone": cost(lambda: frontier.append_many(tick[:1]), share),
        "root": cost(frontier.root, share),
        f"tick of {TICK} leaves, all, each": cost(lambda: log.extend(first.state, tick, NOW), share, each=TICK),
        "tick of 1 leaf, all": cost(lambda: log.extend(first.state, tick[:1], NOW), share),
        f"promise, each of {TICK}": cost(lambda: log.promise(tick, NOW), share, each=TICK),
        "inclusion proof": cost(lambda: TiledTree(size, get_tile).inclusion_proof(rng.randrange(size)), share),
        "consistency proof": cost(lambda: TiledTree(size, get_tile).consistency_proof(size // 3), share),
        "verify an evidence file": cost(lambda: verify(evidence, [SIGNER.key]), share),
        "open the log after a restart": cost(lambda: log.open(lambda keys: [store.get(key) for key in keys]), share),
        "sign one receipt": cost(lambda: SIGNER.sign("a receipt\n"), share),
    }
    costs["frontier from nothing, each of 100,000"] = cost(lambda: Frontier().append_many(hashes), share, each=LEAVES)
    promised = costs[f"promise, each of {TICK}"]
    return costs, {"signature per receipt / promise per tick": round(costs["sign one receipt"] / promised, 1)}


def _telemetry(share: float) -> tuple[dict[str, float], dict[str, float]]:
    metrics = Metrics(["transit.lodge_declaration", "speed2", "accepted"])
    null = os.open(os.devnull, os.O_WRONLY)
    writer = LogWriter(descriptor_sink(null), ["transit.lodge_declaration", "speed2", "untrusted", "accepted"])
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    def ours() -> None:
        writer.log_line(
            LogLine(
                time=moment(NOW), event=Event.ACCEPTED, message=trace, trace=trace, platform="speed2",
                operation="transit.lodge_declaration", circle="untrusted", outcome="accepted", duration_us=431,
            )
        )  # fmt: skip

    registry = prometheus_client.CollectorRegistry()
    count = prometheus_client.Counter("messages", "x", ["o", "p", "r"], registry=registry).labels("a", "b", "c")
    spread = prometheus_client.Histogram("seconds", "x", ["o"], registry=registry).labels("a")

    def usual() -> None:
        count.inc()
        spread.observe(0.0009)

    costs = {
        "metrics of a message": cost(
            lambda: metrics.message("transit.lodge_declaration", "speed2", "accepted").record(900), share
        ),
        "log line of a message": cost(ours, share),
        "prometheus-client cells for the same": cost(usual, share),
        "standard logging, JSON": cost(_standard_logging(trace), share),
        "metrics page": cost(metrics.text, share),
    }
    os.close(null)
    return costs, {
        "prometheus-client / our metrics": round(
            costs["prometheus-client cells for the same"] / costs["metrics of a message"], 1
        ),
        "standard logging / our log line": round(costs["standard logging, JSON"] / costs["log line of a message"], 1),
    }


def _standard_logging(trace: str) -> Callable[[], None]:
    class Formatter(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return json.dumps({"level": record.levelname, "time": record.created, **record.__dict__["fields"]})

    handler = logging.StreamHandler(io.TextIOWrapper(open(os.devnull, "wb", buffering=0), write_through=True))  # noqa: SIM115
    handler.setFormatter(Formatter())
    logger = logging.Logger("bench")  # noqa: LOG001
    logger.addHandler(handler)
    fields = {"event": "message.accepted", "message": trace, "trace": trace, "operation": "transit.lodge_declaration"}
    fields |= {"platform": "speed2", "circle": "untrusted", "outcome": "accepted", "duration_us": "431"}
    return lambda: logger.info("", extra={"fields": dict(fields)})


if __name__ == "__main__":
    print(json.dumps(run(8.0), indent=1))
