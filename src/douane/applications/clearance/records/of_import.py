"""What the office of import keeps of a declaration."""

from __future__ import annotations

from douane.applications.clearance.contract import State
from douane.applications.clearance.messages import ImportDeclaration
from douane.applications.clearance.records.declared import Declared, parties_of
from douane.author.run import Case, record


@record(40, case=Case(parties_of, office="office", state="state", deadline="deadline", states=State))
class Declaration(Declared[ImportDeclaration], frozen=True):
    """A declaration for import; its name stands in the case index, and is that of the other procedure's, too."""
