"""The office of export: acceptance, the shared risk analysis, control, release."""

from __future__ import annotations

from douane.applications.clearance.steps import JUDGED, NONE_OPEN, Clearance, certificates_of, clearing, with_result
from douane.applications.export_procedure.contract import OFFICER, ExportProcedure
from douane.applications.export_procedure.messages import (
    ExportAccepted,
    ExportControl,
    ExportControlled,
    ExportDeclaration,
    ExportNotRecorded,
    ExportRefused,
    ExportReleased,
)
from douane.applications.export_procedure.records import Declaration
from douane.applications.risk_analysis.contract import Procedure
from douane.runtime.catalogue.behaviour import handles
from douane.runtime.core.work import Work

exporting = clearing("exporting", "Export", Declaration, __name__)
clearance = Clearance(
    Procedure.EXPORT, OFFICER, ExportAccepted, ExportControlled, ExportReleased, ExportRefused, ExportNotRecorded
)
clearance.bind(exporting)


@handles(ExportProcedure.declare, reads=(Declaration,), rules=JUDGED, refuse=clearance.refuse)
def declare(work: Work, m: ExportDeclaration) -> None:
    """Goods are declared."""
    clearance.confirm(work, m)
    case = Declaration(m.lrn, m.declarant, work.row.sender, m.office, m, certificates=certificates_of(m))
    exporting.start(work, case)


@handles(ExportProcedure.record_control, reads=(Declaration,), refuse=clearance.refuse_result)
def record_control(work: Work, m: ExportControl) -> None:
    """An officer saw the goods."""
    if not exporting.complete(work, "control", case=with_result(work.need(Declaration), m)):
        clearance.refuse_result(work, m, (NONE_OPEN,))
