"""The office of import: acceptance, the shared risk analysis, control, release."""

from __future__ import annotations

from douane.applications.clearance.steps import JUDGED, NONE_OPEN, Clearance, certificates_of, clearing, with_result
from douane.applications.import_procedure.contract import OFFICER, ImportProcedure
from douane.applications.import_procedure.messages import (
    ImportAccepted,
    ImportControl,
    ImportControlled,
    ImportDeclaration,
    ImportNotRecorded,
    ImportRefused,
    ImportReleased,
)
from douane.applications.import_procedure.records import Declaration
from douane.applications.risk_analysis.contract import Procedure
from douane.runtime.catalogue.behaviour import handles
from douane.runtime.core.work import Work

importing = clearing("importing", "Import", Declaration, __name__)
clearance = Clearance(
    Procedure.IMPORT, OFFICER, ImportAccepted, ImportControlled, ImportReleased, ImportRefused, ImportNotRecorded
)
clearance.bind(importing)


@handles(ImportProcedure.declare, reads=(Declaration,), rules=JUDGED, refuse=clearance.refuse)
def declare(work: Work, m: ImportDeclaration) -> None:
    """Goods are declared."""
    clearance.confirm(work, m)
    case = Declaration(m.lrn, m.declarant, work.row.sender, m.office, m, certificates=certificates_of(m))
    importing.start(work, case)


@handles(ImportProcedure.record_control, reads=(Declaration,), refuse=clearance.refuse_result)
def record_control(work: Work, m: ImportControl) -> None:
    """An officer saw the goods."""
    if not importing.complete(work, "control", case=with_result(work.need(Declaration), m)):
        clearance.refuse_result(work, m, (NONE_OPEN,))
