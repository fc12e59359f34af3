"""The compiled form: one indexed lookup per column, a conjunction of row sets, a traceable decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import TypeVar

import msgspec

from douane.standards.decision_table.cells import Value
from douane.standards.decision_table.document import HitPolicy, Row, Table, content_hash
from douane.standards.decision_table.index import index_column
from douane.standards.decision_table.overlap import each_row, lowest
from douane.vocabulary.errors import DeclarationFault

T = TypeVar("T")
Fact = Callable[[T], Value | None]
"""Reads one input from a thing that is decided on."""


class Decision(msgspec.Struct, frozen=True, gc=False):
    """What a table said about one set of inputs: the rows that hold, in order, and the number made of them.

    ``number`` is the sum, least, greatest or count of the COLLECT policies; None where nothing holds (a count is 0).
    """

    table: Table
    inputs: tuple[Value | None, ...]
    rows: tuple[Row, ...]
    number: Value | None = None

    @property
    def row_ids(self) -> tuple[str, ...]:
        """Ids of the rows that hold."""
        return tuple(row.id for row in self.rows)

    def outputs(self) -> tuple[dict[str, Value | None], ...]:
        """The outputs of each row that holds, by name."""
        names = [column.name for column in self.table.outputs]
        return tuple(dict(zip(names, row.outputs, strict=True)) for row in self.rows)


class CompiledTable:
    """A table ready to decide. Immutable; may be shared between threads."""

    __slots__ = ("_absent", "_bound", "_every", "_lookups", "_pick", "_single", "hash", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.hash = content_hash(table)
        self._every = (1 << len(table.rows)) - 1
        columns = [
            index_column([row.cells[n] for row in table.rows], column.kind, f"{table.name}.{column.name}")
            for n, column in enumerate(table.inputs)
        ]
        self._lookups = tuple(column.lookup for column in columns)
        self._absent = tuple(column.absent for column in columns)
        self._bound = tuple(  # of each column: the rows that demand something of it
            sum(1 << at for at, row in enumerate(table.rows) if row.cells[n].tests) for n in range(len(table.inputs))
        )
        self._single = table.hit_policy.single
        names = [column.name for column in table.inputs]
        self._pick: Callable[[Mapping[str, Value | None]], tuple[Value | None, ...]] = (
            itemgetter(*names) if len(names) > 1 else lambda values: (values[names[0]],)
        )

    def decide(self, values: Mapping[str, Value | None]) -> Decision:
        """Decide on inputs by name; every input is given, None where absent.

        Raises `DeclarationFault` for a missing input or one of another type: whoever calls the table made the mistake.
        """
        try:
            given = self._pick(values)
        except KeyError as unknown:
            raise _not_given(self.table, unknown) from None
        return self.decide_row(given)

    def decide_row(self, given: tuple[Value | None, ...]) -> Decision:
        """Decide on inputs in the order of the columns; raises like `decide`."""
        held = self._every
        for lookup, value in zip(self._lookups, given, strict=True):
            held &= lookup(value)
        return _decision(self.table, self._single, given, held)

    def asking(
        self, settled: Mapping[str, Value | None], facts: Mapping[str, Fact[T]]
    ) -> Callable[[T], tuple[Row, ...]]:
        """What decides on many things that share some inputs (the items of one consignment).

        settled: the inputs they share, looked up now. facts: how to read each other input from a thing. Of a thing only
        those facts are read that can still rule a row out, so a wrong type among the rest goes unseen. The rows that
        hold come back in order, of a single-hit policy the one that counts. Raises like `decide`.
        """
        shared, asked = self._every, []
        columns = zip(self.table.inputs, self._bound, self._absent, self._lookups, strict=True)
        for column, bound, absent, lookup in columns:
            if column.name in settled:
                shared &= lookup(settled[column.name])
            elif (fact := facts.get(column.name)) is not None:
                asked.append((bound, fact, absent, lookup))
            else:
                raise _not_given(self.table, KeyError(column.name))
        asked.sort(key=lambda each: -(each[0] & shared).bit_count())  # what rules out most comes first
        rows, single = self.table.rows, self._single

        def rows_for(thing: T) -> tuple[Row, ...]:
            held = shared
            for bound, fact, absent, lookup in asked:
                if held & bound:
                    value = fact(thing)
                    held &= absent if value is None else lookup(value)
            if single:
                return (rows[lowest(held)],) if held else ()
            return tuple([rows[n] for n in each_row(held)]) if held else ()

        return rows_for


def compile_table(table: Table) -> CompiledTable:
    """Compile a checked table."""
    return CompiledTable(table)


def _not_given(table: Table, unknown: KeyError) -> DeclarationFault:
    return DeclarationFault(
        f"The decision table {table.name} was asked without its input {unknown}.",
        remedy="Give every input; None says that it is absent.",
    )


def _decision(table: Table, single: bool, given: tuple[Value | None, ...], held: int) -> Decision:
    if single:
        return Decision(table, given, (table.rows[lowest(held)],) if held else ())
    policy = table.hit_policy
    if not held:
        return Decision(table, given, (), 0 if policy is HitPolicy.COLLECT_COUNT else None)
    rows = tuple([table.rows[n] for n in each_row(held)])
    return Decision(table, given, rows, _number(policy, rows))


def _number(policy: HitPolicy, rows: tuple[Row, ...]) -> Value | None:
    if policy is HitPolicy.COLLECT_COUNT:
        return len(rows)
    if not policy.sums_up:
        return None
    numbers = [row.outputs[0] for row in rows]
    if policy is HitPolicy.COLLECT_SUM:
        return sum(numbers)  # type: ignore[arg-type]  # drafting made sure that these are numbers
    return max(numbers) if policy is HitPolicy.COLLECT_MAX else min(numbers)  # type: ignore[type-var]  # the same
