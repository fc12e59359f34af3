"""Figures as aligned tables: rows with the same columns form one table, a column's unit is read off its name."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import platform
import sys
import sysconfig
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]  # Any: figures and words of one row
UNITS = {"us": "µs", "ms": "ms", "s": "s", "mb": "MB", "ns": "ns"}


def heading(name: str) -> str:
    """``unit_cpu_us`` as "unit cpu, µs"; ``units_per_s`` as "units/s"."""
    if name.endswith("_per_s"):
        return name.removesuffix("_per_s").replace("_", " ") + "/s"
    words, _, last = name.rpartition("_")
    if name in UNITS:
        return UNITS[name]
    return f"{words.replace('_', ' ')}, {UNITS[last]}" if last in UNITS and words else name.replace("_", " ")


def cell(value: object) -> str:
    """A value as text; large numbers get separators."""
    match value:
        case None:
            return "-"
        case bool():
            return "yes" if value else "no"
        case int() if abs(value) >= 10_000:
            return f"{value:,}"
        case float():
            size = abs(value)
            return f"{value:,.0f}" if size >= 1_000 else f"{value:.{1 if size >= 10 else 2 if size >= 1 else 3}f}"
        case list() | tuple():
            return "; ".join(cell(each) for each in value)
        case _:
            return str(value)


def tables(rows: Iterable[Row]) -> list[tuple[list[str], list[list[str]]]]:
    """Neighbouring rows with the same columns, as one table each."""
    made: list[tuple[list[str], list[list[str]]]] = []
    for row in rows:
        names = list(row)
        if not made or made[-1][0] != names:
            made.append((names, []))
        made[-1][1].append([cell(row[name]) for name in names])
    return [([heading(name) for name in names], lines) for names, lines in made]


def text(result: Mapping[str, Any]) -> str:
    """A benchmark for the terminal."""
    out = [f"\n== {result['name']}"]
    for names, lines in tables(result["rows"]):
        widths = [max(len(each) for each in column) for column in zip(names, *lines, strict=True)]
        out += [
            "  ".join(_placed(each, width) for each, width in zip(line, widths, strict=False)).rstrip()
            for line in (names, *lines, ())
        ]
    out += [f"ratio  {name}: {cell(value)}" for name, value in result.get("ratios", {}).items()]
    out += [f"note   {each}" for each in result.get("notes", ())]
    return "\n".join(out)


def _placed(value: str, width: int) -> str:
    number = value[:1].isdigit() and value.replace(",", "").replace(".", "").isdigit()
    return value.rjust(width) if number else value.ljust(width)


def markdown(result: Mapping[str, Any]) -> str:
    """A benchmark for the documentation."""
    out = [f"## {result['name'][:1].upper()}{result['name'][1:]}", ""]
    for names, lines in tables(result["rows"]):
        out += [_line(names), _line(["---"] * len(names)), *(_line(line) for line in lines), ""]
    out += [f"* {name}: **{cell(value)}**" for name, value in result.get("ratios", {}).items()]
    out += ["", *result["notes"]] if result.get("notes") else []
    return "\n".join(out).rstrip() + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(each.replace("|", "/") for each in cells) + " |"


def machine() -> dict[str, str]:
    """Facts that figures depend on."""
    info = Path("/proc/cpuinfo")
    models = [line.partition(":")[2].strip() for line in info.read_text().splitlines() if line.startswith("model name")]
    return {
        "processor": f"{models[0] if models else platform.machine()}, {os.cpu_count()} cores",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_version()} ({build()})",
        "calibration": f"{calibration():.1f} µs CPU for a fixed piece of Python (compare runs by it)",
        "load": " ".join(f"{each:.2f}" for each in os.getloadavg()),
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
    }


def build() -> str:
    """How the interpreter was made, as far as it says: it decides a sixth of every figure."""
    flags = " ".join(str(sysconfig.get_config_var(n)) for n in ("CONFIG_ARGS", "PY_CORE_CFLAGS", "PY_LDFLAGS_NODIST"))
    told = {"--enable-optimizations": "PGO", "-fprofile-use": "PGO", "--with-lto": "LTO", "-flto": "LTO"}
    found = sorted({name for flag, name in told.items() if flag in flags})
    distribution = Path(sys.executable).resolve().is_relative_to("/usr/bin")
    made = " and ".join(found) or ("by the distribution" if distribution else "neither PGO nor LTO")
    return f"{platform.python_compiler()}, {made}"


def calibration() -> float:
    """CPU microseconds of a fixed piece of work: the best of many, so that it tells the machine and not its moment."""
    sample = {f"field{n}": [n, str(n), {"value": n / 7}] for n in range(20)}
    best = float("inf")
    for _ in range(200):
        began = time.process_time_ns()
        for _ in range(10):
            hashlib.sha256(json.dumps(sample, sort_keys=True).encode()).digest()
        best = min(best, (time.process_time_ns() - began) / 10_000)
    return best


def page(results: Sequence[Mapping[str, Any]], seconds: float) -> str:
    """``docs/performance.md``; it names what was measured anew after a run of all."""
    facts = machine()
    if names := ", ".join(result["name"] for result in results if result.get("again")):
        facts |= {"measured again": f"{names}, after a change that the rest does not have"}
    out = [
        "# Performance",
        "",
        "Written by `python -m bench --write`; do not edit. Each benchmark ran in a process of its own on one core,",
        f"load generators on the other one, about {seconds:g} seconds a figure, peers in the same run.",
        "Compare CPU per unit and ratios rather than rates: a rate moves with the machine's neighbours.",
        "",
        *(f"* {name}: {value}" for name, value in facts.items()),
        "",
        *(markdown(result) for result in results),
    ]
    return "\n".join(out)
