"""What the office of export keeps of a declaration."""

from __future__ import annotations

from douane.applications.clearance.contract import State
from douane.applications.clearance.messages import ExportDeclaration
from douane.applications.clearance.records.declared import Declared, parties_of
from douane.author.run import Case, record


@record(50, case=Case(parties_of, office="office", state="state", deadline="deadline", states=State))
class Declaration(Declared[ExportDeclaration], frozen=True):
    """A declaration for export; its name stands in the case index, and is that of the other procedure's, too."""
