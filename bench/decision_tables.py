"""Decision tables: our compiled form with its trace, beside zen-engine deciding on the same table.

Four inputs (commodity code prefix, origin list, value, mode of transport), hit policy FIRST. Inputs are drawn so that
about half of them meet a row; the answers of zen-engine are compared with ours before anything is timed. The table
called wide is the hard shape for an index: no prefix worth hashing, ten thousand different overlapping ranges.
"Decide" gives the ids of the rows that held; "explain" adds in words which test of each row held, as a trace does.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from typing import Any

from douane.standards.decision_table.compiled import CompiledTable, compile_table
from douane.standards.decision_table.document import Table
from douane.standards.decision_table.naive import explain
from douane.standards.decision_table.reading import load_table

COUNTRIES = ["CN", "HK", "VN", "TR", "US", "IN", "AE", "UA", "RS", "BR", "MA", "TH", "KR", "JP", "CH", "NO"]
MODES = ["1", "2", "3", "4", "5", "7"]
SHAPES = ((20, False), (200, False), (10_000, False), (10_000, True))

Inputs = dict[str, Any]  # Any: the values of one input row, as zen-engine takes them


def drawn_rows(rng: random.Random, size: int, wide: bool) -> list[dict[str, Any]]:
    """Random rows as data, from which both engines' tables are written."""
    rows = []
    for n in range(size):
        digits = 2 if wide else 4 if size <= 200 else rng.choice([4, 6, 8])
        low = rng.randrange(1, 55_000) if wide else rng.randrange(1, 60) * 1_000
        rows.append(
            {
                "id": f"R{n:05}",
                "prefix": str(rng.randrange(1, 98)).zfill(2)
                + "".join(rng.choice("0123456789") for _ in range(digits - 2)),
                "origins": sorted(rng.sample(COUNTRIES, rng.randrange(1, 5))) if rng.random() < 0.8 else [],
                "value": low,
                "test": f"[{low}..{low + rng.randrange(500, 5_000)}]" if wide else f"> {low}",
                "mode": rng.choice(MODES) if rng.random() < 0.5 else "",
                "score": rng.randrange(1, 100),
            }
        )
    return rows


def our_table(rows: list[dict[str, Any]]) -> Table:
    """The rows as a stored table, read like any file."""
    document = {
        "table": "bench",
        "version": "1",
        "hit_policy": "FIRST",
        "inputs": [
            {"name": "commodity", "type": "text"},
            {"name": "origin", "type": "text"},
            {"name": "value", "type": "number"},
            {"name": "mode", "type": "text"},
        ],
        "outputs": [{"name": "row", "type": "text"}, {"name": "score", "type": "number"}],
        "rows": [
            {
                "id": row["id"],
                "when": {
                    "commodity": f"starts with {row['prefix']}",
                    **({"origin": ", ".join(row["origins"])} if row["origins"] else {}),
                    "value": row["test"],
                    **({"mode": row["mode"]} if row["mode"] else {}),
                },
                "then": {"row": row["id"], "score": row["score"]},
            }
            for row in rows
        ],
    }
    return load_table(json.dumps(document).encode(), "bench.json")


def zen_graph(rows: list[dict[str, Any]]) -> str:
    """The same rows as a zen-engine graph of one table."""
    rules = [
        {
            "_id": row["id"],
            "i0": f'startsWith($, "{row["prefix"]}")',
            "i1": ", ".join(f'"{c}"' for c in row["origins"]),
            "i2": row["test"],
            "i3": f'"{row["mode"]}"' if row["mode"] else "",
            "o0": f'"{row["id"]}"',
            "o1": str(row["score"]),
        }
        for row in rows
    ]
    fields = ("commodity", "origin", "value", "mode")
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": f"i{n}", "name": name, "field": name} for n, name in enumerate(fields)],
        "outputs": [{"id": f"o{n}", "name": name, "field": name} for n, name in enumerate(("row", "score"))],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {"id": "table", "type": "decisionTableNode", "name": "table", "position": {"x": 1, "y": 0}, "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
    ]
    edges = [
        {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def drawn_inputs(rng: random.Random, rows: list[dict[str, Any]], count: int = 500) -> list[Inputs]:
    """Inputs of which about half are made to fit a row."""
    inputs = []
    for _ in range(count):
        row = rng.choice(rows)
        fits = rng.random() < 0.5
        inputs.append(
            {
                "commodity": (row["prefix"] if fits else str(rng.randrange(10, 98))).ljust(8, "0"),
                "origin": rng.choice(row["origins"] or COUNTRIES) if fits else rng.choice(COUNTRIES),
                "value": row["value"] + rng.randrange(1, 500) if fits else rng.randrange(60_000),
                "mode": (row["mode"] or "1") if fits else rng.choice(MODES),
            }
        )
    return inputs


def median_us(call: Callable[[Inputs], object], inputs: list[Inputs], seconds: float) -> tuple[float, float]:
    """Median and 99th percentile of the time per call in microseconds, over batches of calls for the median."""
    single: list[int] = []
    batches: list[float] = []
    clock = time.perf_counter_ns
    end = clock() + int(seconds * 1e9)
    while clock() < end or not batches:
        started = clock()
        for each in inputs:
            call(each)
        batches.append((clock() - started) / len(inputs) / 1_000)
        for each in inputs[:50]:
            begun = clock()
            call(each)
            single.append(clock() - begun)
        if clock() > end + int(20e9):
            break
    batches.sort()
    single.sort()
    return batches[len(batches) // 2], single[int(len(single) * 0.99)] / 1_000


def zen_call(rows: list[dict[str, Any]], *, trace: bool) -> Callable[[Inputs], Any] | None:
    """The peer's evaluation, or None where it is not installed."""
    try:
        import zen
    except ImportError:
        return None
    decision = zen.ZenEngine().create_decision(zen_graph(rows))
    options = {"trace": True} if trace else None
    return lambda values: decision.evaluate(values, options) if options else decision.evaluate(values)


def agree(ours: CompiledTable, zen: Callable[[Inputs], Any], inputs: list[Inputs]) -> int:
    """How many inputs meet a row; raises where the two engines answer differently."""
    hits = 0
    for each in inputs:
        mine = ours.decide(each).row_ids
        theirs = zen(each)["result"]
        theirs = (theirs["row"],) if theirs and theirs.get("row") else ()
        if mine != theirs:
            raise AssertionError(f"different answers for {each}: {mine} and {theirs}")
        hits += bool(mine)
    return hits


def run(seconds: float) -> dict[str, Any]:
    """Time both engines; about ``seconds`` in all."""
    rng = random.Random(20260101)
    share = seconds / (len(SHAPES) * 4)
    result: dict[str, Any] = {"name": "decision tables", "rows": [], "ratios": {}}
    for size, wide in SHAPES:
        rows = drawn_rows(rng, size, wide)
        label = f"{size} rows" + (", wide" if wide else "")
        began = time.perf_counter()
        ours = compile_table(our_table(rows))
        built = time.perf_counter() - began
        inputs = drawn_inputs(rng, rows)
        mine, mine_p99 = median_us(ours.decide, inputs, share)
        told, _ = median_us(lambda values, table=ours: explain(table.decide(values)), inputs, share)  # type: ignore[misc]
        entry: dict[str, Any] = {"table": label, "read_and_compile_ms": round(built * 1e3, 1)}
        entry |= {"decide_us": round(mine, 2), "decide_p99_us": round(mine_p99, 2), "explain_us": round(told, 2)}
        zen, traced_zen = zen_call(rows, trace=False), zen_call(rows, trace=True)
        if zen and traced_zen:
            few = inputs[:50]
            hits = agree(ours, zen, few) / len(few)
            theirs, _ = median_us(zen, few, share)
            traced, _ = median_us(traced_zen, few, share)
            entry |= {"share_of_hits": round(hits, 2), "zen_us": round(theirs, 1), "zen_trace_us": round(traced, 1)}
            result["ratios"][f"{label}: zen-engine / ours"] = round(theirs / mine, 1)
            result["ratios"][f"{label}: zen-engine with trace / ours explained"] = round(traced / told, 1)
        result["rows"].append(entry)
    return result


if __name__ == "__main__":
    print(json.dumps(run(6.0), indent=1))
