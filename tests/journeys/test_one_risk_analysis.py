"""One risk analysis for import, export and transit: changing one table changes every outcome, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from importlib.resources import files
from typing import Any

import msgspec
import pytest

from douane.applications.clearance.messages import (
    ExportControl,
    ExportDeclaration,
    ExportItem,
    ImportControl,
    ImportDeclaration,
    ImportItem,
)
from douane.applications.clearance.records.of_export import Declaration as ExportCase
from douane.applications.clearance.records.of_import import Declaration as ImportCase
from douane.applications.risk_analysis.handlers import PUBLISHED
from douane.applications.risk_analysis.rules import RiskTables
from douane.configuration.discovery import installed_model
from douane.standards.decision_table.reading import load_table
from tests.journeys.office import Office

TRADER = "FR40123456700017"


def imported(lrn: str = "IMP-1") -> ImportDeclaration:
    item = ImportItem("847130", "Portable computers", Decimal(500), Decimal(90_000), "TW")
    return ImportDeclaration(lrn, TRADER, "FR005350", "TW", "FR", (item,))


def exported(lrn: str = "EXP-1") -> ExportDeclaration:
    item = ExportItem("847130", "Portable computers", Decimal(500), Decimal(90_000), "FR")
    return ExportDeclaration(lrn, TRADER, "FR005350", "FR", "TW", (item,))


def strict_tables() -> RiskTables:
    """The published tables with thresholds at which everything is controlled."""
    folder = files("douane.applications.risk_analysis") / "tables"
    tables = []
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        raw = msgspec.json.decode(file.read_bytes())
        if raw["table"] == "thresholds":
            for row in raw["rows"]:
                row["then"]["treatment"] = "physical"
        tables.append(load_table(msgspec.json.encode(raw), file.name))
    return RiskTables(tables)


@pytest.fixture
def strict() -> Iterator[None]:
    PUBLISHED.publish(strict_tables())
    yield
    PUBLISHED.publish(None)


def test_low_risk_goods_are_released_at_once() -> None:
    office = Office()
    office.give(imported(), TRADER)
    office.give(exported(), TRADER)
    assert office.names(TRADER) == ["ImportAccepted", "ImportReleased", "ExportAccepted", "ExportReleased"]


def test_one_changed_table_changes_import_and_export(strict: None) -> None:
    office = Office()
    office.give(imported(), TRADER)
    office.give(exported(), TRADER)
    assert office.names(TRADER) == ["ImportAccepted", "ImportControlled", "ExportAccepted", "ExportControlled"]


def test_an_officer_releases_or_refuses_after_control(strict: None) -> None:
    office = Office()
    office.give(imported(), TRADER)
    office.give(exported(), TRADER)
    mrns = [m.mrn for m in office.sent(TRADER) if type(m).__name__.endswith("Accepted")]
    office.give(ImportControl(mrn=mrns[0], officer="fr.officer", satisfactory=True), "fr.officer", administration="FR")
    office.give(
        ExportControl(mrn=mrns[1], officer="fr.officer", satisfactory=False, remarks="wrong goods"),
        "fr.officer",
        administration="FR",
    )
    assert office.names(TRADER)[-2:] == ["ImportReleased", "ExportRefused"]
    view = office.view("FR")
    one, two = view.resolve("mrn", mrns[0]), view.resolve("mrn", mrns[1])
    assert one is not None
    assert two is not None
    assert (view.get(ImportCase, one).state, view.get(ExportCase, two).state) == ("released", "refused")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("goods", "result", "released"),
    [(imported, ImportControl, "ImportReleased"), (exported, ExportControl, "ExportReleased")],
)
def test_a_result_that_cannot_be_recorded_is_told_to_the_officer_and_blocks_nothing(
    strict: None, goods: Callable[[], Any], result: type[Any], released: str
) -> None:
    office = Office()
    office.give(goods(), TRADER)
    (mrn,) = (m.mrn for m in office.sent(TRADER) if type(m).__name__.endswith("Accepted"))
    for number in (mrn, mrn, "26FR00000000000000"):
        office.give(result(mrn=number, satisfactory=True), "fr.officer", administration="FR")
    assert office.names(TRADER)[-1] == released
    again, unknown = office.sent("fr.officer")
    (reason,) = again.reasons
    assert "state: released; UCC art. 188" in reason
    assert unknown.mrn == "26FR00000000000000"


def test_two_partitions_issue_different_mrns() -> None:
    issued = set()
    for partition in (0, 1):
        office = Office(partition=partition)
        office.give(imported(), TRADER)
        office.give(exported(), TRADER)
        issued |= {m.mrn for m in office.sent(TRADER) if type(m).__name__.endswith("Accepted")}
    assert len(issued) == 4


def test_an_unknown_office_is_refused_by_name() -> None:
    office = Office()
    office.give(msgspec.structs.replace(imported(), office="FRXXXXXX"), TRADER)
    (refused,) = office.sent(TRADER)
    assert "FRXXXXXX" in refused.reasons[0]


def test_the_architecture_shows_that_the_procedures_share_the_analysis() -> None:
    model = installed_model()
    calling = {e.source for e in model.into("operation:risk_analysis.assess") if e.source.startswith("step:")}
    assert {"step:clearance.importing.assess_risk", "step:clearance.exporting.assess_risk"} <= calling
