"""The stored form: what it accepts, and how a refusal names file, line, row and column."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from operator import itemgetter
from typing import Any

import pytest

from douane.standards.decision_table.compiled import compile_table
from douane.standards.decision_table.document import Table, content_hash, dump_table
from douane.standards.decision_table.naive import Held, explain
from douane.standards.decision_table.reading import load_table
from douane.vocabulary.errors import DeclarationFault


def document() -> dict[str, Any]:
    return {
        "table": "duty",
        "version": "1",
        "hit_policy": "UNIQUE",
        "inputs": [{"name": "origin", "type": "text"}, {"name": "mass", "type": "number", "label": "Gross mass"}],
        "outputs": [{"name": "rate", "type": "number"}],
        "rows": [
            {"id": "A", "when": {"origin": "CN, HK", "mass": ">= 10"}, "then": {"rate": 0.5}, "note": "Ten or more."},
            {"id": "B", "when": {"origin": "CN", "mass": "< 10"}, "then": {"rate": 2}},
            {"id": "C", "when": {"origin": "not(CN, HK)"}, "then": {}},
        ],
    }


def load(change: Callable[[dict[str, Any]], object] = lambda _: None) -> Table:
    changed = document()
    change(changed)
    return load_table(json.dumps(changed, indent=1).encode(), "duty.json")


def test_a_decision_tells_rows_outputs_and_the_tests_that_held() -> None:
    decision = compile_table(load()).decide({"origin": "HK", "mass": Decimal("10.0")})
    assert decision.row_ids == ("A",)
    assert decision.outputs() == ({"rate": Decimal("0.5")},)
    assert explain(decision) == (
        Held("A", "origin", "HK", "CN, HK", "HK"),
        Held("A", "mass", Decimal("10.0"), ">= 10", ">= 10"),
    )


def test_the_hash_follows_the_meaning_not_the_spelling() -> None:
    table = load()
    spaced = load(lambda d: d["rows"][0]["when"].update({"origin": '"CN" ,HK', "mass": ">=10.00"}))
    changed = load(lambda d: d["rows"][0]["when"].update(mass=">= 11"))
    assert content_hash(table) == content_hash(spaced) == compile_table(table).hash
    assert content_hash(changed) != content_hash(table)
    assert load_table(dump_table(table), "again.json") == table


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        (lambda d: d.update(colour=1), "/colour", "DT-SHAPE"),
        (lambda d: d.pop("version"), "/version", "DT-SHAPE"),
        (lambda d: d.update(table="Duty Table"), "/table", "DT-NAME"),
        (lambda d: d.update(hit_policy="BEST"), "/hit_policy", "DT-POLICY"),
        (lambda d: d.update(hit_policy="COLLECT SUM"), "/rows/2/then/rate", "DT-TYPE"),
        (lambda d: d.update(valid_from="2026-13-01"), "/valid_from", "DT-TYPE"),
        (lambda d: d.update(valid_from="2026-02-01", valid_until="2026-01-01"), "/valid_until", "DT-PERIOD"),
        (lambda d: d["inputs"].append({"name": "mass", "type": "number"}), "/inputs/2/name", "DT-TWICE"),
        (lambda d: d["inputs"][0].update(type="string"), "/inputs/0/type", "DT-TYPE"),
        (lambda d: d.update(rows={}), "/rows", "DT-SHAPE"),
        (lambda d: d["rows"].append(7), "/rows/3", "DT-SHAPE"),
        (lambda d: d["rows"][1].update(id="A"), "/rows/1/id", "DT-TWICE"),
        (lambda d: d["rows"][1]["when"].update(colour="red"), "/rows/1/when/colour", "DT-COLUMN"),
        (lambda d: d["rows"][1]["when"].update(mass=5), "/rows/1/when/mass", "DT-SHAPE"),
        (lambda d: d["rows"][1]["when"].update(mass="1 2"), "/rows/1/when/mass", "DT-CELL"),
        (lambda d: d["rows"][1]["then"].update(rate="2"), "/rows/1/then/rate", "DT-TYPE"),
        (lambda d: d["rows"][1]["then"].update(rate=1e30), "/rows/1/then/rate", "DT-TYPE"),
        (lambda d: d["rows"][1]["when"].update(mass="<= 10"), "/rows/1", "DT-OVERLAP"),
    ],
)
def test_a_broken_file_is_refused_at_its_place(
    change: Callable[[dict[str, Any]], object], pointer: str, code: str
) -> None:
    with pytest.raises(DeclarationFault, match=r"duty\.json") as refused:
        load(change)
    assert (pointer, code) in {(f.pointer, f.code) for f in refused.value.faults}
    assert all(f.remedy for f in refused.value.faults)


def test_a_fault_names_line_row_and_column_and_none_hides_another() -> None:
    def change(found: dict[str, Any]) -> None:
        found["rows"][0]["when"]["origin"] = "CN; HK"
        found["rows"][1]["when"]["mass"] = "< ten"

    with pytest.raises(DeclarationFault) as refused:
        load(change)
    first, second = refused.value.faults
    assert (first.column, second.column) == (1, 3)
    assert 0 < first.line < second.line
    assert "Row B, input mass, column 3" in second.remedy
    assert "duty.json" in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[]",
        b'{"table": "a", "table": "b"}',
        b'{"rows": NaN}',
        b"\xff\xfe{}",
        b"[" * 100_000,
        b'{"version": ' + b"9" * 5_000 + b"}",
    ],
)
def test_what_is_no_table_at_all_is_refused(text: bytes) -> None:
    with pytest.raises(DeclarationFault) as refused:
        load_table(text, "x.json")
    assert refused.value.faults


def test_faults_are_capped() -> None:
    with pytest.raises(DeclarationFault) as refused:
        load(lambda d: d.update(rows=[{"id": f"R{n}", "when": {"mass": "?"}, "then": {"rate": 1}} for n in range(500)]))
    assert len(refused.value.faults) == 100


def test_a_large_unique_table_is_checked() -> None:
    """Ten thousand commodity codes of which two agree."""

    def change(found: dict[str, Any]) -> None:
        found["rows"] = [
            {"id": f"R{n}", "when": {"origin": f"{n % 9_999:08}"}, "then": {"rate": 1}} for n in range(10_000)
        ]

    with pytest.raises(DeclarationFault) as refused:
        load(change)
    assert [f.value for f in refused.value.faults] == ["R9999"]


@pytest.mark.parametrize(
    "values",
    [
        {"origin": "CN"},
        {"origin": 5, "mass": 1},
        {"origin": "CN", "mass": "1"},
        {"origin": "CN", "mass": float("nan")},
        {"origin": "CN", "mass": True},
    ],
)
def test_a_missing_input_or_one_of_another_type_is_the_callers_fault(values: dict[str, Any]) -> None:
    table = compile_table(load())
    with pytest.raises(DeclarationFault):
        table.decide(values)
    with pytest.raises(DeclarationFault):
        table.asking({}, {name: itemgetter(name) for name in values})(values)


@pytest.mark.parametrize("value", [5, "2026-01-01", True, dt.datetime(2026, 1, 1)])
def test_only_a_day_is_a_date(value: Any) -> None:
    table = compile_table(
        load(
            lambda d: (
                d["inputs"][1].update(type="date"),
                d["rows"][0]["when"].update(mass="> 2026-01-01"),
                d["rows"].pop(1),
            )
        )
    )
    with pytest.raises(DeclarationFault, match=r"input duty\.mass of a decision table is a date"):
        table.decide({"origin": "CN", "mass": value})
    assert table.decide({"origin": "CN", "mass": dt.date(2026, 1, 2)}).row_ids == ("A",)


def test_a_table_too_large_to_be_shown_unique_is_refused_and_said_to_be() -> None:
    """Four thousand ranges that contain each other; FIRST takes the same rows."""

    def change(found: dict[str, Any]) -> None:
        found["rows"] = [
            {"id": f"R{n}", "when": {"mass": f"[{n}..{9_000 - n}]"}, "then": {"rate": 1}} for n in range(4_000)
        ]

    with pytest.raises(DeclarationFault) as refused:
        load(change)
    assert [f.code for f in refused.value.faults] == ["DT-SIZE"]

    def first_wins(d: dict[str, Any]) -> None:
        change(d)
        d.update(hit_policy="FIRST")

    first = load(first_wins)
    assert compile_table(first).decide({"origin": None, "mass": 4_000}).row_ids == ("R0",)
