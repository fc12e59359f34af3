"""A second interpreter, row by row and test by test, that shares no evaluation with the compiler.

It is the oracle of the differential test, replays samples before a table is published, and tells which tests held.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from douane.standards.decision_table.cells import Absent, Between, Cell, Equal, Prefix, Test, Value, render
from douane.standards.decision_table.compiled import Decision
from douane.standards.decision_table.document import HitPolicy, Table


class Held(msgspec.Struct, frozen=True):
    """Why one cell of a row held: the input, its value, the whole cell and the test in it that held.

    ``test`` repeats the cell where the cell is negated: there it is the absence of all of them that counts.
    """

    row: str
    input: str
    value: Value | None
    cell: str
    test: str


def interpret(table: Table, values: Mapping[str, Value | None]) -> tuple[tuple[str, ...], Value | None]:
    """Ids of the rows that make the result, and the number made of them."""
    held = []
    for row in table.rows:
        answers = [cell_holds(cell, values[column.name]) for cell, column in zip(row.cells, table.inputs, strict=True)]
        if all(answers):
            held.append(row)
    if table.hit_policy in {HitPolicy.FIRST, HitPolicy.UNIQUE}:
        held = held[:1]
    number: Value | None = None
    for row in held:
        output = row.outputs[0]
        if table.hit_policy is HitPolicy.COLLECT_SUM:
            number = _plain(output) + _plain(number or 0)
        elif table.hit_policy is HitPolicy.COLLECT_MAX:
            number = output if number is None or _plain(output) > _plain(number) else number
        elif table.hit_policy is HitPolicy.COLLECT_MIN:
            number = output if number is None or _plain(output) < _plain(number) else number
    if table.hit_policy is HitPolicy.COLLECT_COUNT:
        number = len(held)
    return tuple(row.id for row in held), number


def cell_holds(cell: Cell, value: Value | None) -> bool:
    """Whether the cell holds for the value."""
    if not cell.tests:
        return True
    return any(test_holds(test, value) for test in cell.tests) != cell.negated


def test_holds(test: Test, value: Value | None) -> bool:
    """Whether one test holds for the value."""
    match test:
        case Absent():
            return value is None
        case Equal(wanted):
            return value is not None and value == wanted
        case Prefix(text):
            return isinstance(value, str) and value.startswith(text)
        case Between(low, high, low_included, high_included):
            if value is None:
                return False
            if low is not None and (value < low or (value == low and not low_included)):  # type: ignore[operator]  # one kind
                return False
            return high is None or value < high or (value == high and high_included)  # type: ignore[operator]  # one kind


def explain(decision: Decision) -> tuple[Held, ...]:
    """For each row of the decision, the cells that restricted it and the test that held in each."""
    found: list[Held] = []
    for row in decision.rows:
        for cell, column, value in zip(row.cells, decision.table.inputs, decision.inputs, strict=True):
            if not cell.tests:
                continue
            whole = render(cell)
            holding = whole
            if not cell.negated:
                holding = next(render(Cell((t,))) for t in cell.tests if test_holds(t, value))
            found.append(Held(row.id, column.name, value, whole, holding))
    return tuple(found)


def _plain(value: Value | None) -> int | Decimal:
    assert isinstance(value, (int, Decimal))
    return value
