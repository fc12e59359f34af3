"""What the office of import keeps of a declaration."""

from __future__ import annotations

from douane.applications.clearance.contract import State
from douane.applications.clearance.steps import Declared, parties_of
from douane.applications.import_procedure.messages import ImportDeclaration
from douane.runtime.store.records import Case, record


@record(40, case=Case(parties_of, office="office", state="state", deadline="deadline", states=State))
class Declaration(Declared[ImportDeclaration], frozen=True):
    """A declaration for import."""
