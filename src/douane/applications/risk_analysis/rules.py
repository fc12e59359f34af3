"""The assessment: facts of a view, published tables, an outcome that names every row it rests on.

Four tables take part, each in the version valid on the day: ``item_profiles`` gives points per item,
``consignment_profiles`` gives points to every item of the consignment, ``trusted_trader`` says what remains of the
points, ``thresholds`` turns them into a treatment. A row may also demand a mildest treatment (``at_least``), which no
trust lowers. A table uses those facts that it names as inputs: a new profile is a new row, a new fact is added here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from douane.applications.risk_analysis.messages import (
    Assess,
    ConsignmentView,
    Hit,
    ItemOutcome,
    ItemView,
    Procedure,
    RiskOutcome,
    TableVersion,
    Treatment,
)
from douane.author import DeclarationFault
from douane.standards.decision_table.cells import Kind, Value, render
from douane.standards.decision_table.compiled import CompiledTable, Decision, Fact, compile_table
from douane.standards.decision_table.document import HitPolicy, Row, Table

Facts = dict[str, Value | None]

HIGHEST = Decimal(100)
"""Points are cut here; the scale of the thresholds ends here."""

_CONSIGNMENT_FACTS = {
    "procedure": Kind.TEXT,
    "declaration_type": Kind.TEXT,
    "simplified": Kind.BOOLEAN,
    "office": Kind.TEXT,
    "office_of_destination": Kind.TEXT,
    "dispatch": Kind.TEXT,
    "destination": Kind.TEXT,
    "countries_crossed": Kind.NUMBER,
    "transport_mode": Kind.TEXT,
    "containerised": Kind.BOOLEAN,
    "sealed": Kind.BOOLEAN,
    "items": Kind.NUMBER,
    "total_gross_mass": Kind.NUMBER,
    "trusted": Kind.TEXT,
    "holder": Kind.TEXT,
    "holder_country": Kind.TEXT,
    "holder_irregularities": Kind.NUMBER,
    "declarant": Kind.TEXT,
    "declarant_irregularities": Kind.NUMBER,
}
_ITEM_FACTS = _CONSIGNMENT_FACTS | {
    "commodity": Kind.TEXT,
    "origin": Kind.TEXT,
    "gross_mass": Kind.NUMBER,
    "net_mass": Kind.NUMBER,
    "value": Kind.NUMBER,
    "value_per_kg": Kind.NUMBER,
    "packages": Kind.NUMBER,
    "mass_per_package": Kind.NUMBER,
    "dangerous": Kind.BOOLEAN,
    "previous_document": Kind.TEXT,
}


class _Role(NamedTuple):
    """What a table of this name may ask and has to answer."""

    inputs: dict[str, Kind]
    outputs: dict[str, Kind]
    single: bool


_POINTS = {"score": Kind.NUMBER, "at_least": Kind.TEXT}
_ROLES = {
    "item_profiles": _Role(_ITEM_FACTS, _POINTS, single=False),
    "consignment_profiles": _Role(_CONSIGNMENT_FACTS, _POINTS, single=False),
    "trusted_trader": _Role(_CONSIGNMENT_FACTS, {"factor": Kind.NUMBER}, single=True),
    "thresholds": _Role({"procedure": Kind.TEXT, "score": Kind.NUMBER}, {"treatment": Kind.TEXT}, single=True),
}
_GIVES_POINTS = frozenset(name for name, role in _ROLES.items() if "score" in role.outputs)
_ZERO = Decimal(0)
_TREATMENTS = {treatment.value: treatment for treatment in Treatment}


class _Ready:
    """A compiled version of a table with what its rows mean worked out once, by row id."""

    __slots__ = ("compiled", "held", "numbers", "table", "treatments", "version")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.compiled: CompiledTable = compile_table(table)
        self.version = TableVersion(table.name, table.version, self.compiled.hash)
        names = [column.name for column in table.inputs]
        self.held: dict[str, tuple[str, ...]] = {}
        self.numbers: dict[str, Decimal] = {}
        self.treatments: dict[str, Treatment] = {}
        for row in table.rows:
            cells = zip(names, row.cells, strict=True)
            self.held[row.id] = tuple(f"{name}: {render(cell)}" for name, cell in cells if cell.tests)
            for column, value in zip(table.outputs, row.outputs, strict=True):
                if column.kind is Kind.NUMBER:
                    self.numbers[row.id] = Decimal(str(value))
                elif value is not None:
                    self.treatments[row.id] = _TREATMENTS[str(value)]

    def hit(self, row: Row, item: int) -> Hit:
        """The row as a hit with its points, its note as the reason."""
        score = self.numbers[row.id] if self.table.name in _GIVES_POINTS else _ZERO
        return Hit(self.table.name, self.table.version, row.id, item, score, row.note, self.held[row.id])

    def points(self, rows: tuple[Row, ...]) -> Decimal:
        """The points of the rows together."""
        return sum([self.numbers[row.id] for row in rows], _ZERO) if rows else _ZERO

    def demanded(self, rows: tuple[Row, ...], least: Treatment) -> Treatment:
        """The strictest treatment that a row demands, never milder than ``least``."""
        for row in rows:
            wanted = self.treatments.get(row.id, least)
            if wanted.strictness > least.strictness:
                least = wanted
        return least

    def single(self, decision: Decision) -> Row:
        """The one row of the decision. Raises `DeclarationFault` where none holds."""
        if not decision.rows:
            asked = ", ".join(column.name for column in self.table.inputs)
            raise DeclarationFault(
                f"The decision table {self.table.name} {self.table.version} has no row for what it was asked ({asked})."
            )
        return decision.rows[0]


class RiskTables:
    """Every published version of the four tables, checked and compiled once; immutable."""

    def __init__(self, tables: Iterable[Table]) -> None:
        """Raises `DeclarationFault` for an unknown table, a column it may not have, versions that overlap in time."""
        self._versions: dict[str, tuple[_Ready, ...]] = {}
        for table in tables:
            _check(table)
            others = self._versions.get(table.name, ())
            for other in others:
                _check_apart(table, other.table)
            self._versions[table.name] = (*others, _Ready(table))
        if missing := _ROLES.keys() - self._versions.keys():
            raise DeclarationFault(f"Risk analysis lacks the decision table {min(missing)}.")

    def on(self, name: str, day: dt.date) -> _Ready:
        """The version in force on the day. Raises `DeclarationFault` where none is."""
        for ready in self._versions[name]:
            if ready.table.valid_on(day):
                return ready
        raise DeclarationFault(f"No version of the decision table {name} is in force on {day.isoformat()}.")


def assess(view: ConsignmentView, tables: RiskTables, as_of: dt.date) -> RiskOutcome:
    """The risk of a consignment by the tables in force on the day; the same arguments give the same outcome."""
    goods, whole = tables.on("item_profiles", as_of), tables.on("consignment_profiles", as_of)
    trust, thresholds = tables.on("trusted_trader", as_of), tables.on("thresholds", as_of)
    facts = consignment_facts(view)
    common = whole.compiled.decide(facts).rows
    hits = [whole.hit(row, 0) for row in common]
    shared, floor = whole.points(common), whole.demanded(common, Treatment.NONE)
    remains = trust.single(trust.compiled.decide(facts))
    factor = trust.numbers[remains.id]
    profiles = goods.compiled.asking(facts, item_facts(view))
    treated: dict[Decimal, Row] = {}

    def judged(rows: tuple[Row, ...]) -> tuple[Decimal, Treatment, Row | None]:
        """Score and treatment of an item for which these rows hold, and the threshold that demands a treatment."""
        score = min(shared + goods.points(rows), HIGHEST) * factor
        if (row := treated.get(score)) is None:  # most items of a consignment score alike
            decided = thresholds.compiled.decide({"procedure": view.procedure.value, "score": score})
            row = treated[score] = thresholds.single(decided)
        treatment, by_score = goods.demanded(rows, floor), thresholds.treatments[row.id]
        if by_score is Treatment.NONE:
            return score, treatment, None
        return score, max(treatment, by_score, key=_strictness), row

    unnamed: tuple[Decimal, Treatment, Row | None] | None = None  # of items that no profile names
    strictest = Treatment.NONE if view.items else floor
    items: list[ItemOutcome] = []
    for item in view.items:
        if rows := profiles(item):
            score, treatment, reached = judged(rows)
            hits += [goods.hit(row, item.number) for row in rows]
        else:
            score, treatment, reached = unnamed = unnamed or judged(())
        if reached is not None:
            hits.append(thresholds.hit(reached, item.number))
        if treatment.strictness > strictest.strictness:
            strictest = treatment
        items.append(ItemOutcome(item.number, score, treatment, treatment.channel))
    if factor != 1 and hits:
        hits.append(trust.hit(remains, 0))
    highest = max([each.score for each in items], default=min(shared, HIGHEST) * factor)
    versions = (goods.version, whole.version, trust.version, thresholds.version)
    return RiskOutcome(strictest, highest, tuple(items), tuple(hits), versions)


def answer(request: Assess, tables: RiskTables) -> RiskOutcome:
    """`assess` as a request carries it."""
    return assess(request.consignment, tables, request.as_of)


def consignment_facts(view: ConsignmentView) -> Facts:
    """What the tables may know of the whole consignment."""
    masses = [  # as ``_number`` has them, which is not called: this is asked of each item
        mass for item in view.items
        if (mass := item.gross_mass) is not None and mass.is_finite() and -18 <= mass.adjusted() <= 18
    ]  # fmt: skip
    return {
        "procedure": view.procedure.value,
        "declaration_type": view.declaration_type or None,
        "simplified": view.simplified,
        "office": view.office,
        "office_of_destination": view.office_of_destination,
        "dispatch": view.country_of_dispatch,
        "destination": view.country_of_destination,
        "countries_crossed": len(view.route),
        "transport_mode": view.transport_mode,
        "containerised": view.containerised,
        "sealed": view.sealed,
        "items": len(view.items),
        "total_gross_mass": sum(masses, Decimal(0)) if masses else None,
        "trusted": view.holder.trusted.value,
        "holder": view.holder.id or None,
        "holder_country": view.holder.country,
        "holder_irregularities": view.holder.irregularities,
        "declarant": view.declarant.id or None,
        "declarant_irregularities": view.declarant.irregularities,
    }


def item_facts(view: ConsignmentView) -> Mapping[str, Fact[ItemView]]:
    """How to read what the tables may know of one item; without a declared origin (transit) the country of dispatch
    stands in."""
    dispatch = view.country_of_dispatch
    return _OF_ITEM | {"origin": lambda item: item.origin or dispatch}


def _number(value: Decimal | None) -> Decimal | None:
    """The value if it is one that a declaration can hold; others are as good as absent and cannot upset arithmetic."""
    if value is None or not value.is_finite() or not -18 <= value.adjusted() <= 18:
        return None
    return value


def _ratio(value: Decimal | None, divisor: Decimal | int | None) -> Decimal | None:
    if value is None or not divisor or divisor < 0:
        return None
    return value / divisor


def _value_per_kg(item: ItemView) -> Decimal | None:
    if item.value is None or (value := _number(item.value)) is None:
        return None
    return _ratio(value, _number(item.net_mass) or _number(item.gross_mass))


def _mass_per_package(item: ItemView) -> Decimal | None:
    mass, packages = item.gross_mass, item.packages
    if mass is None or not packages or packages < 0 or not mass.is_finite() or not -18 <= mass.adjusted() <= 18:
        return None  # as ``_number`` and ``_ratio``, which are not called: this is asked of each item
    return mass / packages


_OF_ITEM: dict[str, Fact[ItemView]] = {
    "commodity": attrgetter("commodity"),
    "gross_mass": lambda item: _number(item.gross_mass),
    "net_mass": lambda item: _number(item.net_mass),
    "value": lambda item: _number(item.value),
    "value_per_kg": _value_per_kg,
    "packages": attrgetter("packages"),
    "mass_per_package": _mass_per_package,
    "dangerous": attrgetter("dangerous"),
    "previous_document": lambda item: item.previous_documents[0] if item.previous_documents else None,
}


def _strictness(treatment: Treatment) -> int:
    return treatment.strictness


# --- checks when tables are published ---------------------------------------------------------------------------------


def _check(table: Table) -> None:
    where = f"The decision table {table.name} {table.version}"
    role = _ROLES.get(table.name)
    if role is None:
        raise DeclarationFault(f"{where} is none that risk analysis knows.", remedy=f"Known are {', '.join(_ROLES)}.")
    for column in table.inputs:
        if role.inputs.get(column.name) is not column.kind:
            known = ", ".join(f"{name} ({kind.value})" for name, kind in role.inputs.items())
            raise DeclarationFault(f"{where} asks for {column.name} ({column.kind.value}).", remedy=f"Ask for {known}.")
    if {column.name: column.kind for column in table.outputs} != role.outputs:
        wanted = ", ".join(f"{name} ({kind.value})" for name, kind in role.outputs.items())
        raise DeclarationFault(f"{where} answers other columns than it has to.", remedy=f"Answer {wanted}.")
    if [column.name for column in table.outputs] != list(role.outputs):
        raise DeclarationFault(f"{where} has its outputs in another order than {', '.join(role.outputs)}.")
    allowed = {HitPolicy.UNIQUE, HitPolicy.FIRST} if role.single else {HitPolicy.COLLECT, HitPolicy.RULE_ORDER}
    if table.hit_policy not in allowed:
        names = " or ".join(sorted(policy.value for policy in allowed))
        raise DeclarationFault(f"{where} has the hit policy {table.hit_policy.value}.", remedy=f"Choose {names}.")
    for row in table.rows:
        _check_row(row, table, where)
    if table.name == "thresholds":
        _check_every_score(table, where)


def _check_row(row: Row, table: Table, where: str) -> None:
    for column, value in zip(table.outputs, row.outputs, strict=True):
        if column.kind is Kind.TEXT and not (value in _TREATMENTS or (value is None and column.name == "at_least")):
            raise DeclarationFault(
                f"{where}, row {row.id}: {value!r} is no treatment.", remedy=f"Choose {', '.join(_TREATMENTS)}."
            )
        if column.kind is Kind.NUMBER and (value is None or not 0 <= Decimal(str(value)) <= HIGHEST):
            raise DeclarationFault(f"{where}, row {row.id}: {column.name} lies between 0 and {HIGHEST}.")
        if column.name == "factor" and Decimal(str(value)) > 1:
            raise DeclarationFault(f"{where}, row {row.id}: trust cannot raise a score.")
    if not row.note:
        raise DeclarationFault(f"{where}, row {row.id} gives no reason.", remedy="Write it into the note.")


def _check_every_score(table: Table, where: str) -> None:
    compiled = compile_table(table)
    for procedure in Procedure:
        for half_points in range(2 * int(HIGHEST) + 1):
            score = Decimal(half_points) / 2
            if not compiled.decide({"procedure": procedure.value, "score": score}).rows:
                raise DeclarationFault(f"{where} has no row for {procedure.value} with {score} points.")


def _check_apart(table: Table, other: Table) -> None:
    first, second = sorted((table, other), key=lambda t: t.valid_from or dt.date.min)
    if first.valid_until is None or (second.valid_from or dt.date.min) <= first.valid_until:
        raise DeclarationFault(
            f"The versions {first.version} and {second.version} of the decision table {table.name} overlap in time.",
            remedy="End the older one the day before the newer one begins.",
        )
