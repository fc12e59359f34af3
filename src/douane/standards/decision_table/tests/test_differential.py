"""The compiler and the naive interpreter agree on random tables; DOUANE_TABLES=N asks for N tables instead of 400."""

from __future__ import annotations

import datetime as dt
import os
import random
from decimal import Decimal
from operator import itemgetter
from typing import Any

import pytest

from douane.standards.decision_table.cells import ANY, Absent, Between, Cell, Equal, Kind, Prefix, Test, Value
from douane.standards.decision_table.compiled import compile_table
from douane.standards.decision_table.document import Column, HitPolicy, Row, Table, dump_table
from douane.standards.decision_table.naive import explain, interpret
from douane.standards.decision_table.overlap import overlapping_rows
from douane.standards.decision_table.reading import load_table

SIZE_IN_FULL = "DOUANE_TABLES"
TABLES = int(os.environ.get(SIZE_IN_FULL, "400"))
TEXTS = [
    "2",
    "27",
    "271",
    "2710",
    "27101",
    "27102",
    "28",
    "2801",
    "CN",
    "C",
    "not",
    "null",
    'a "b"',
    "x\\y",
    "é ü",
    "-",
]
DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(6)]


def literal(rng: random.Random, kind: Kind) -> Value:
    if kind is Kind.TEXT:
        return rng.choice(TEXTS)
    if kind is Kind.NUMBER:
        number = Decimal(rng.randrange(-4, 9)) / rng.choice([1, 1, 2])
        return int(number) if number == int(number) else number
    return rng.choice(DAYS) if kind is Kind.DATE else rng.random() < 0.5


def make_test(rng: random.Random, kind: Kind) -> Test:
    roll = rng.random()
    if roll < 0.08:
        return Absent()
    if kind is Kind.TEXT and roll < 0.5:
        return Prefix(str(literal(rng, kind)))
    if kind in {Kind.NUMBER, Kind.DATE} and roll < 0.7:
        ends: list[Any] = [literal(rng, kind), literal(rng, kind)]  # two numbers, or two days
        low, high = sorted(ends)
        shape = rng.randrange(3)
        if shape == 0:
            return Between(low, None, low_included=rng.random() < 0.5)
        if shape == 1:
            return Between(None, high, high_included=rng.random() < 0.5)
        same = low == high
        return Between(low, high, same or rng.random() < 0.5, same or rng.random() < 0.5)
    return Equal(literal(rng, kind))


def make_cell(rng: random.Random, kind: Kind) -> Cell:
    if rng.random() < 0.3:
        return ANY
    tests = tuple(make_test(rng, kind) for _ in range(rng.choice([1, 1, 2, 4])))
    return Cell(tests, negated=rng.random() < 0.2)


def make_table(rng: random.Random, policy: HitPolicy | None = None) -> Table:
    policy = policy or rng.choice(list(HitPolicy))
    inputs = tuple(Column(f"in_{n}", rng.choice(list(Kind))) for n in range(rng.randrange(1, 5)))
    outputs = (Column("out", Kind.NUMBER),)
    rows = tuple(
        Row(f"R{n}", tuple(make_cell(rng, c.kind) for c in inputs), (literal(rng, Kind.NUMBER),), "note")
        for n in range(rng.randrange(0, 25))
    )
    return Table("random_table", "1", policy, inputs, outputs, rows)


def probe(rng: random.Random, kind: Kind) -> Value | None:
    if rng.random() < 0.1:
        return None
    if kind is Kind.TEXT and rng.random() < 0.4:
        return "".join(rng.choice("270C18x") for _ in range(rng.randrange(0, 7)))
    value = literal(rng, kind)
    if isinstance(value, (int, Decimal)) and kind is Kind.NUMBER and rng.random() < 0.3:
        return value + Decimal("0.25")
    return value


def inputs_for(rng: random.Random, table: Table) -> dict[str, Value | None]:
    return {column.name: probe(rng, column.kind) for column in table.inputs}


def test_compiler_and_interpreter_agree() -> None:
    rng = random.Random(4711)
    hits = 0
    for _ in range(TABLES):
        table = make_table(rng)
        if table.hit_policy is HitPolicy.UNIQUE and overlapping_rows(table):
            continue
        compiled = compile_table(table)
        for _ in range(12):
            values = inputs_for(rng, table)
            decision = compiled.decide(values)
            assert (decision.row_ids, decision.number) == interpret(table, values), (table, values)
            explain(decision)
            settled = {name: values[name] for name in values if rng.random() < 0.5}
            facts = {name: itemgetter(name) for name in values}
            assert compiled.asking(settled, facts)(values) == decision.rows
            hits += bool(decision.rows)
    assert hits > TABLES  # the search meets rows, not only misses


def test_stored_form_keeps_every_table() -> None:
    rng = random.Random(12)
    for _ in range(TABLES // 2):
        table = make_table(rng, rng.choice([HitPolicy.FIRST, HitPolicy.COLLECT, HitPolicy.COLLECT_SUM]))
        assert load_table(dump_table(table), "random.json") == table


def test_overlap_is_neither_missed_nor_invented() -> None:
    """Every pair that a probe shows is reported, every pair reported has a probe; the domains are small."""
    rng = random.Random(99)
    domain: dict[Kind, list[Value | None]] = {
        Kind.BOOLEAN: [True, False, None],
        Kind.DATE: [None, *DAYS, DAYS[0] - dt.timedelta(1), DAYS[-1] + dt.timedelta(1)],
        Kind.NUMBER: [None, *(Decimal(n) / 4 for n in range(-20, 40))],
        Kind.TEXT: [None, *TEXTS, *(t + "~" for t in TEXTS), "~"],
    }
    overlapping = 0
    for _ in range(TABLES):
        kind = rng.choice(list(Kind))
        rows = tuple(Row(f"R{n}", (make_cell(rng, kind),), (n,)) for n in range(rng.randrange(2, 5)))
        table = Table("t", "1", HitPolicy.COLLECT, (Column("a", kind),), (Column("n", Kind.NUMBER),), rows)
        shown = {row_pair for value in domain[kind] for row_pair in _pairs(table, value)}
        reported = set(overlapping_rows(table))
        assert reported <= shown
        assert {first for first, _ in shown} == {first for first, _ in reported}
        overlapping += bool(shown)
    assert 0 < overlapping < TABLES


def _pairs(table: Table, value: Value | None) -> set[tuple[int, int]]:
    held = [int(id[1:]) for id in interpret(table, {"a": value})[0]]
    return {(a, b) for a in held for b in held if a < b}


@pytest.mark.parametrize("policy", list(HitPolicy))
def test_a_table_without_rows_decides_nothing(policy: HitPolicy) -> None:
    table = Table("t", "1", policy, (Column("a", Kind.TEXT),), (Column("n", Kind.NUMBER),), ())
    decision = compile_table(table).decide({"a": "x"})
    assert decision.rows == ()
    assert decision.number == (0 if policy is HitPolicy.COLLECT_COUNT else None)
