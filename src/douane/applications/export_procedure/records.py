"""What the office of export keeps of a declaration."""

from __future__ import annotations

from douane.applications.clearance.contract import State
from douane.applications.clearance.steps import Declared, parties_of
from douane.applications.export_procedure.messages import ExportDeclaration
from douane.runtime.store.records import Case, record


@record(50, case=Case(parties_of, office="office", state="state", deadline="deadline", states=State))
class Declaration(Declared[ExportDeclaration], frozen=True):
    """A declaration for export."""
