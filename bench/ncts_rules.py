"""Transit rules: the whole rule book over one declaration, as it stands in the path of every accepted message.

The message is the twelve-item CC015C of the unit of work (three houses of four items), the lists are the built-in ones.
No peer evaluates these rules, so there is no ratio; the rows tell the cost per message and per rule.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

from douane.applications.reference_data.contract import load_builtin
from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.tests import base_declarations as base
from douane.applications.transit.tests import edits
from douane.model.rules import Look
from douane.standards.ncts.phase5 import CC015C

AFTER = dt.date(2025, 6, 2)
DURING = dt.date(2025, 1, 15)
CALLS = 50


def median_us(call: Callable[[], object], seconds: float) -> tuple[float, float]:
    """Median and 99th percentile of one call in microseconds, from groups of calls that fill the time."""
    call()
    taken: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or len(taken) < 20:
        began = time.perf_counter()
        for _ in range(CALLS):
            call()
        taken.append((time.perf_counter() - began) / CALLS * 1e6)
    return statistics.median(taken), statistics.quantiles(taken, n=100)[98]


def broken_in_five_places() -> CC015C:
    """The same declaration with faults at head, consignment and items."""
    message = edits.commodity(base.several(), 2, 3, commodity_code=None)
    message = edits.packaging(message, number_of_packages=None, shipping_marks=None)
    message = edits.operation(message, tir_carnet_number="XB75123456")
    return edits.consignment(message, place_of_loading=None)


def broken_in_size() -> CC015C:
    """A declaration with shipping marks and a text that older systems cannot read."""
    return edits.commodity(
        edits.packaging(base.old_normal(12), shipping_marks="M" * 43), description_of_goods="G" * 281
    )


def dearest(message: CC015C, look: Look, number: int) -> list[str]:
    """The rules that cost most on this message."""
    costs = []
    for rule in BOOK.rules_for(type(message)):
        if rule.applies(look):
            cost, _ = median_us(lambda check=rule.predicate: tuple(check(message, None, look)), 0.0)  # type: ignore[misc]
            costs.append((cost, rule.id))
    return [f"{rule} {cost:.1f} us" for cost, rule in sorted(costs, reverse=True)[:number]]


def run(seconds: float) -> dict[str, Any]:
    """Time the rule book; about ``seconds`` in all."""
    lists = load_builtin()
    after, during = lists.look(AFTER), lists.look(DURING)
    cases: tuple[tuple[str, CC015C, Look], ...] = (
        ("12 items, after the transition", base.several(), after),
        ("12 items, five faults", broken_in_five_places(), after),
        ("1 item, after the transition", base.normal(), after),
        ("12 items in one house, during the transition", base.old_normal(12), during),
        ("12 items that break the sizes of the transition", broken_in_size(), during),
    )
    result: dict[str, Any] = {"name": "transit rules", "rows": [], "ratios": {}}
    for name, message, look in cases:
        rules = sum(rule.applies(look) for rule in BOOK.rules_for(type(message)))
        median, p99 = median_us(lambda m=message, at=look: BOOK.faults(m, None, at), seconds / len(cases))  # type: ignore[misc]
        row = {"case": name, "rules": rules, "faults": len(BOOK.faults(message, None, look))}
        row |= {"message_us": round(median, 1), "message_p99_us": round(p99, 1), "rule_us": round(median / rules, 2)}
        result["rows"].append(row)
    result["rows"].append({"case": "dearest rules on 12 items", "rules": dearest(base.several(), after, 8)})
    return result


if __name__ == "__main__":
    print(json.dumps(run(4.0), indent=1))
