"""Risk analysis answers: one set of published tables for import, export and transit, loaded once."""

from __future__ import annotations

import functools
from importlib.resources import files

from douane.applications.risk_analysis.contract import RiskAnalysis
from douane.applications.risk_analysis.messages import Assess, RiskOutcome
from douane.applications.risk_analysis.rules import RiskTables, answer
from douane.author.run import View, answers
from douane.standards.decision_table.reading import load_table


class Published:
    """The tables in force: those of the package, until others are published."""

    def __init__(self) -> None:
        self._published: RiskTables | None = None

    def publish(self, tables: RiskTables | None) -> None:
        """Swap the whole set at once; None goes back to the package's own."""
        self._published = tables

    def tables(self) -> RiskTables:
        """The set in force."""
        return self._published if self._published is not None else package_tables()


PUBLISHED = Published()


@functools.cache
def package_tables() -> RiskTables:
    """The tables that come with the application."""
    folder = files(__package__) / "tables"
    found = sorted((f for f in folder.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    return RiskTables([load_table(f.read_bytes(), f.name) for f in found])


@answers(RiskAnalysis.assess)
def assess(view: View, question: Assess) -> RiskOutcome:
    """The outcome for a consignment, with every row that fired and why."""
    return answer(question, PUBLISHED.tables())
