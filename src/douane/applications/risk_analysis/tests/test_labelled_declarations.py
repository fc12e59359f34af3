"""A scorecard trained on labelled declarations, written as a decision table, measured on later ones.

The data (synthetic import declarations with a fraud label) lies outside the repository. The scorecard is the weight of
evidence of each value of nine facts of the consignment view, smoothed toward the base rate: points that add up, a row
each, so the outcome stays explainable. Run with ``-s`` to see the figures.
"""

import csv
import datetime as dt
import math
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from douane.applications.risk_analysis.messages import ConsignmentView, ItemView, Party, Procedure
from douane.applications.risk_analysis.rules import Facts, RiskTables, assess, consignment_facts, item_facts
from douane.standards.decision_table.cells import ANY, Between, Cell, Equal, Kind
from douane.standards.decision_table.compiled import CompiledTable, compile_table
from douane.standards.decision_table.document import Column, HitPolicy, Row, Table, dump_table
from douane.standards.decision_table.reading import load_table

WORDS = ("commodity", "origin", "dispatch", "office", "holder", "declarant", "transport_mode")
NUMBERS = ("value_per_kg", "value")
SMOOTHING = 12
MODES = {"10": "1", "40": "4", "50": "5"}
PROFILES = Path(__file__).parent.parent / "tables"


def folder() -> Path:
    for parent in Path(__file__).resolve().parents:
        found = parent.parent / "shared" / "data" / "risk"
        if found.is_dir():
            return found
    if os.environ.get("CI"):
        pytest.fail("../shared/data/risk is missing")
    pytest.skip("../shared/data/risk is not there")


@cache
def declarations(name: str) -> tuple[tuple[ConsignmentView, bool], ...]:
    with (folder() / name).open(encoding="utf-8") as file:
        return tuple((view_of(row), row["Fraud"] == "1") for row in csv.DictReader(file))


def view_of(row: dict[str, str]) -> ConsignmentView:
    item = ItemView(
        1,
        row["HS6 Code"].zfill(6),
        origin=row["Country of Origin"],
        net_mass=Decimal(row["Net Mass"]),
        value=Decimal(row["Item Price"]),
    )
    return ConsignmentView(
        Procedure.IMPORT,
        row["Declaration ID"],
        f"KR{int(row['Office ID']):06}",
        (item,),
        country_of_dispatch=row["Country of Departure"],
        transport_mode=MODES.get(row["Mode of Transport"], "9"),
        holder=Party(row["Importer ID"]),
        declarant=Party(row["Declarant ID"]),
    )


def facts_of(view: ConsignmentView) -> Facts:
    return consignment_facts(view) | {name: read(view.items[0]) for name, read in item_facts(view).items()}


def bounds(values: list[Decimal], parts: int = 8) -> list[Decimal]:
    ordered = sorted(values)
    return sorted({round(ordered[len(ordered) * n // parts], 2) for n in range(1, parts)})


def scorecard(labelled: list[tuple[Facts, bool]]) -> Table:
    """The decision table of the weights of evidence."""
    frauds = sum(fraud for _, fraud in labelled)
    base = math.log(frauds / (len(labelled) - frauds))
    share = frauds / len(labelled)
    columns = (*(Column(name, Kind.TEXT) for name in WORDS), *(Column(name, Kind.NUMBER) for name in NUMBERS))
    rows: list[Row] = []

    def add(place: int, cell: Cell, seen: int, found: int) -> None:
        odds = (found + SMOOTHING * share) / (seen - found + SMOOTHING * (1 - share))
        points = round(100 * (math.log(odds) - base))
        if points:
            cells = tuple(cell if n == place else ANY for n in range(len(columns)))
            rows.append(Row(f"W{len(rows):05}", cells, (points,)))

    for place, column in enumerate(columns):
        if column.kind is Kind.TEXT:
            seen = Counter(str(facts[column.name]) for facts, _ in labelled)
            found = Counter(str(facts[column.name]) for facts, fraud in labelled if fraud)
            for value, count in seen.items():
                if count >= 3:
                    add(place, Cell((Equal(value),)), count, found[value])
            continue
        given = [(number, fraud) for facts, fraud in labelled if isinstance(number := facts[column.name], Decimal)]
        ends = [None, *bounds([value for value, _ in given]), None]
        for low, high in pairwise(ends):
            inside = [
                fraud for value, fraud in given if (low is None or value >= low) and (high is None or value < high)
            ]
            add(place, Cell((Between(low, high, low_included=low is not None),)), len(inside), sum(inside))
    return Table("scorecard", "1", HitPolicy.COLLECT_SUM, columns, (Column("points", Kind.NUMBER),), tuple(rows))


def precision(card: CompiledTable, labelled: list[tuple[Facts, bool]], share: float) -> float:
    """The part of frauds among the inspected share with the highest scores."""
    scored = sorted(labelled, key=lambda each: Decimal(str(card.decide(each[0]).number or 0)), reverse=True)
    inspected = scored[: int(len(scored) * share)]
    return sum(fraud for _, fraud in inspected) / len(inspected)


@pytest.fixture(scope="module")
def train() -> list[tuple[Facts, bool]]:
    return [(facts_of(view), fraud) for view, fraud in declarations("df_syn_train_eng.csv")]


@pytest.fixture(scope="module")
def later() -> list[tuple[Facts, bool]]:
    return [(facts_of(view), fraud) for view, fraud in declarations("df_syn_valid_eng.csv")]


def test_the_scorecard_beats_the_published_logistic_regression(
    train: list[tuple[Facts, bool]], later: list[tuple[Facts, bool]]
) -> None:
    """Published for logistic regression on a later period: 0.258 at 5 %, 0.248 at 10 % inspected."""
    table = scorecard(train)
    card = compile_table(load_table(dump_table(table), "scorecard.json"))
    five, ten = precision(card, later, 0.05), precision(card, later, 0.10)
    print(f"split by time: {len(table.rows)} rows, precision at 5 % {five:.3f}, at 10 % {ten:.3f}")
    assert five > 0.258
    assert ten > 0.248


def test_on_unseen_commodities_it_stays_above_the_base_rate(train: list[tuple[Facts, bool]]) -> None:
    """The generator of the data repeats combinations, which flatters a split by time; unseen codes do not repeat."""
    codes = sorted({str(facts["commodity"]) for facts, _ in train})
    unseen = set(codes[::5])
    known = [each for each in train if each[0]["commodity"] not in unseen]
    tested = [each for each in train if each[0]["commodity"] in unseen]
    base = sum(fraud for _, fraud in tested) / len(tested)
    card = compile_table(scorecard(known))
    five, ten = precision(card, tested, 0.05), precision(card, tested, 0.10)
    print(f"split by code: base rate {base:.3f}, precision at 5 % {five:.3f}, at 10 % {ten:.3f}")
    assert five > base
    assert ten > base


def samples() -> Iterator[ConsignmentView]:
    for view, _ in declarations("df_syn_valid_eng.csv")[::20]:
        yield view


def test_real_declarations_get_an_outcome_under_every_procedure() -> None:
    tables = RiskTables(load_table(file.read_bytes(), file.name) for file in PROFILES.glob("*.json"))
    controlled = Counter[Procedure]()
    for view in samples():
        for procedure in Procedure:
            outcome = assess(replace(view, procedure=procedure), tables, dt.date(2026, 6, 1))
            assert 0 <= outcome.score <= 100
            assert len(outcome.items) == 1
            controlled[procedure] += outcome.control
    print(f"of {len(list(samples()))} declarations the published tables control {dict(controlled)}")
    assert controlled[Procedure.IMPORT]  # import profiles; few of these goods meet one for export or transit
