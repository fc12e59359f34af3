"""The assessment over the published tables, and what is refused when tables are published."""

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from douane.applications.risk_analysis.messages import (
    Assess,
    Channel,
    ConsignmentView,
    ItemView,
    Party,
    Procedure,
    RiskOutcome,
    Treatment,
    TrustedTrader,
)
from douane.applications.risk_analysis.rules import RiskTables, answer, assess
from douane.author import DeclarationFault
from douane.standards.decision_table.document import Table, content_hash, dump_table
from douane.standards.decision_table.reading import load_table

FOLDER = Path(__file__).parent.parent / "tables"
DAY = dt.date(2026, 6, 1)


def published() -> list[Table]:
    return [load_table(file.read_bytes(), file.name) for file in sorted(FOLDER.glob("*.json"))]


TABLES = RiskTables(published())
MACHINES = ItemView(1, "84713000", gross_mass=Decimal(800), value=Decimal(64000), packages=40)
TOBACCO = ItemView(2, "240220", gross_mass=Decimal(9000), packages=900)


def view(*items: ItemView, procedure: Procedure = Procedure.TRANSIT, **rest: object) -> ConsignmentView:
    given: dict[str, object] = {
        "declaration_type": "T1",
        "country_of_dispatch": "FR",
        "transport_mode": "3",
        "sealed": True,
    }
    return msgspec.structs.replace(ConsignmentView(procedure, "26FR01", "FR005350", items), **(given | rest))


def rows(outcome: RiskOutcome) -> set[tuple[str, str, int]]:
    return {(hit.table, hit.row, hit.item) for hit in outcome.hits}


def test_ordinary_goods_pass() -> None:
    outcome = assess(view(MACHINES), TABLES, DAY)
    assert (outcome.treatment, outcome.score, outcome.hits) == (Treatment.NONE, Decimal(0), ())
    assert outcome.items[0].channel is Channel.GREEN
    assert not outcome.control


def test_every_hit_names_table_version_row_and_reason() -> None:
    outcome = assess(view(MACHINES, TOBACCO, country_of_dispatch="BY"), TABLES, DAY)
    assert rows(outcome) == {
        ("item_profiles", "TOB-01", 2),
        ("item_profiles", "TOB-02", 2),
        ("thresholds", "THR-05", 2),
    }
    assert outcome.treatment is Treatment.PHYSICAL
    assert [item.treatment for item in outcome.items] == [Treatment.NONE, Treatment.PHYSICAL]
    assert outcome.control_types == ("40",)
    second = next(hit for hit in outcome.hits if hit.row == "TOB-02")
    assert second.reason.startswith("Cigarettes out of a country")
    assert second.held == ("commodity: starts with 2402", "dispatch: BY, UA, AE, ME, GE, MD")
    published_hashes = {(t.name, t.version): content_hash(t) for t in published()}
    assert all(published_hashes[t.table, t.version] == t.hash for t in outcome.tables)
    assert len(outcome.tables) == 4


def test_the_same_request_gives_the_same_outcome_in_any_order_of_tables() -> None:
    request = Assess(view(TOBACCO, MACHINES, holder=Party(irregularities=3)), DAY)
    shuffled = published()
    random.Random(5).shuffle(shuffled)
    assert answer(request, TABLES) == answer(request, RiskTables(shuffled))


def test_trust_lowers_points_but_not_a_demanded_treatment() -> None:
    trusted = Party("FR1", "FR", TrustedTrader.BOTH)
    plain = assess(view(TOBACCO), TABLES, DAY)
    lower = assess(view(TOBACCO, holder=trusted), TABLES, DAY)
    assert (plain.score, lower.score) == (Decimal(30), Decimal(12))
    assert lower.treatment is Treatment.DOCUMENTARY  # TOB-01 demands it; the score alone would pass
    assert ("trusted_trader", "AEO-01", 0) in rows(lower)


def test_the_threshold_version_of_the_day_applies() -> None:
    consignment = view(TOBACCO, country_of_dispatch="BY", holder=Party(irregularities=1, trusted=TrustedTrader.BOTH))
    last_year = assess(consignment, TABLES, dt.date(2025, 12, 31))
    this_year = assess(consignment, TABLES, dt.date(2026, 1, 1))
    assert last_year.score == this_year.score == 56
    assert (last_year.treatment, this_year.treatment) == (Treatment.PHYSICAL, Treatment.SCAN)
    assert {t.version for t in last_year.tables if t.table == "thresholds"} == {"1"}


def test_one_changed_row_changes_import_export_and_transit_and_one_hash_only() -> None:
    new = []
    for table in published():
        text = dump_table(table)
        if table.name == "item_profiles":
            text = text.replace(
                b'"score": 30, "at_least": "documentary"}', b'"score": 95, "at_least": "documentary"}', 1
            )
            assert text != dump_table(table)
        new.append(load_table(text, "changed.json"))
    changed = RiskTables(new)
    for procedure in Procedure:
        consignment = view(TOBACCO, procedure=procedure)
        before, after = assess(consignment, TABLES, DAY), assess(consignment, changed, DAY)
        assert before.treatment is Treatment.DOCUMENTARY
        assert after.treatment is Treatment.HOLD
        different = {a.table for a, b in zip(before.tables, after.tables, strict=True) if a.hash != b.hash}
        assert different == {"item_profiles"}


@pytest.mark.parametrize("mass", ["NaN", "Infinity", "-1", "0", "1E+400000", "1E-400000"])
def test_impossible_numbers_upset_nothing(mass: str) -> None:
    item = ItemView(1, "61091000", origin="CN", gross_mass=Decimal(mass), value=Decimal(mass), packages=0)
    assert assess(view(item, procedure=Procedure.IMPORT), TABLES, DAY).score <= 100


def test_more_profiles_never_make_an_item_milder() -> None:
    rng = random.Random(8)
    codes = ["240220", "27101943", "84713000", "93019000", "61091000", "731815", None]
    for _ in range(300):
        item = ItemView(
            1, rng.choice(codes), value=Decimal(rng.randrange(1, 900)), gross_mass=Decimal(rng.randrange(1, 90))
        )
        consignment = view(
            item,
            procedure=rng.choice(list(Procedure)),
            country_of_dispatch=rng.choice(["CN", "BY", "FR", "TR"]),
            country_of_destination=rng.choice(["RU", "DE"]),
            holder=Party(trusted=rng.choice(list(TrustedTrader)), irregularities=rng.randrange(4)),
        )
        alone = assess(consignment, TABLES, DAY)
        worse = msgspec.structs.replace(consignment, declarant=Party(irregularities=1))
        found = assess(worse, TABLES, DAY)
        assert found.score >= alone.score
        assert found.treatment.strictness >= alone.treatment.strictness


def damaged(name: str, change: Callable[[bytes], bytes]) -> list[Table]:
    return [load_table(change(dump_table(t)), "t.json") if t.name == name else t for t in published()]


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("item_profiles", b'"name": "origin"', b'"name": "colour"', "asks for colour"),
        ("item_profiles", b'"at_least": "scan"', b'"at_least": "burn"', "'burn' is no treatment"),
        ("item_profiles", b'"name": "score"', b'"name": "points"', "answers other columns"),
        ("item_profiles", b'"COLLECT"', b'"FIRST"', "hit policy FIRST"),
        ("item_profiles", b'"table": "item_profiles"', b'"table": "profiles"', "none that risk analysis knows"),
        ("trusted_trader", b'"factor": 0.4', b'"factor": 1.4', "trust cannot raise"),
        ("consignment_profiles", b'"score": 10', b'"score": -10', "lies between 0 and 100"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_by_name(name: str, old: bytes, new: bytes, says: str) -> None:
    def change(text: bytes) -> bytes:
        assert old in text
        for_all_rows = new.replace(b'"name": ', b"").strip(b'"')
        swapped = text.replace(old, new)
        if old == b'"name": "origin"':
            swapped = swapped.replace(b'"origin":', b'"' + for_all_rows + b'":')
        if old == b'"name": "score"':
            swapped = swapped.replace(b'"score":', b'"points":')
        return swapped

    with pytest.raises(DeclarationFault, match=says):
        RiskTables(damaged(name, change))


def test_thresholds_must_cover_every_score() -> None:
    with pytest.raises(DeclarationFault, match=r"no row for import with 40 points"):
        RiskTables(damaged("thresholds", lambda text: text.replace(b"[40..60)", b"(40..60)")))


def test_versions_must_not_overlap_in_time_nor_be_missing() -> None:
    tables = published()
    with pytest.raises(DeclarationFault, match="overlap in time"):
        RiskTables([*tables, msgspec.structs.replace(tables[0], version="9")])
    with pytest.raises(DeclarationFault, match="lacks the decision table thresholds"):
        RiskTables(t for t in tables if t.name != "thresholds")
    only_new = RiskTables(t for t in tables if (t.name, t.version) != ("thresholds", "1"))
    with pytest.raises(DeclarationFault, match="in force on 2025-01-01"):
        assess(view(MACHINES), only_new, dt.date(2025, 1, 1))


def test_published_files_are_in_canonical_form_and_named_after_table_and_version() -> None:
    for file in FOLDER.glob("*.json"):
        table = load_table(file.read_bytes(), file.name)
        assert dump_table(table) == file.read_bytes()
        assert file.name == f"{table.name}-{table.version}.json"
