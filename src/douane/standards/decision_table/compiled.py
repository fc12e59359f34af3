"""The compiled form: one indexed lookup per column, a conjunction of row sets, a traceable decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter

import msgspec

from douane.standards.decision_table.cells import Value
from douane.standards.decision_table.document import HitPolicy, Row, Table, content_hash
from douane.standards.decision_table.index import Lookup, index_column
from douane.standards.decision_table.overlap import each_row
from douane.vocabulary.errors import DeclarationFault


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

    __slots__ = ("_every", "_lookups", "_pick", "_single", "hash", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.hash = content_hash(table)
        self._every = (1 << len(table.rows)) - 1
        self._lookups = tuple(
            index_column([row.cells[n] for row in table.rows], column.kind, f"{table.name}.{column.name}").lookup
            for n, column in enumerate(table.inputs)
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

    def knowing(self, values: Mapping[str, Value | None]) -> NarrowedTable:
        """The table with some inputs settled, for many decisions that share them (the items of one consignment)."""
        held = self._every
        known: list[Value | None] = []
        open_inputs: list[tuple[int, str, Lookup]] = []
        for n, (column, lookup) in enumerate(zip(self.table.inputs, self._lookups, strict=True)):
            if column.name in values:
                known.append(values[column.name])
                held &= lookup(values[column.name])
            else:
                known.append(None)
                open_inputs.append((n, column.name, lookup))
        return NarrowedTable(self.table, held, known, open_inputs)


class NarrowedTable:
    """A compiled table of which some inputs are settled. Made by `CompiledTable.knowing`."""

    __slots__ = ("_held", "_known", "_open", "_single", "_table")

    def __init__(
        self, table: Table, held: int, known: list[Value | None], open_inputs: list[tuple[int, str, Lookup]]
    ) -> None:
        self._table, self._held, self._known, self._open = table, held, known, open_inputs
        self._single = table.hit_policy.single

    def decide(self, values: Mapping[str, Value | None]) -> Decision:
        """Decide on the inputs that are still open; raises like `CompiledTable.decide`.

        Once no row is left, the remaining inputs are only noted: a wrong type among them goes unseen.
        """
        held = self._held
        given = self._known.copy()
        try:
            for n, name, lookup in self._open:
                value = given[n] = values[name]
                if held:
                    held &= lookup(value)
        except KeyError as unknown:
            raise _not_given(self._table, unknown) from None
        return _decision(self._table, self._single, tuple(given), held)


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
        return Decision(table, given, (table.rows[(held & -held).bit_length() - 1],) if held else ())
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
