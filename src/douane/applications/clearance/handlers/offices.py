"""The offices of import and of export: the same steps, each for its own messages and cases."""

from __future__ import annotations

from douane.applications.clearance.contract import EXPORT, IMPORT, ExportProcedure, ImportProcedure
from douane.applications.clearance.handlers.steps import Clearance, clearing
from douane.applications.clearance.messages import ExportControl, ExportDeclaration, ImportControl, ImportDeclaration
from douane.applications.clearance.records.of_export import Declaration as ExportCase
from douane.applications.clearance.records.of_import import Declaration as ImportCase
from douane.applications.clearance.rules import judged
from douane.author.run import Work, handles

importing = clearing(IMPORT.process, "Import", ImportCase, __name__)
exporting = clearing(EXPORT.process, "Export", ExportCase, __name__)
imports, exports = Clearance(IMPORT), Clearance(EXPORT)
imports.bind(importing)
exports.bind(exporting)


@handles(ImportProcedure.declare, reads=(ImportCase,), rules=judged(IMPORT), refuse=imports.refuse)
def declare_import(work: Work, m: ImportDeclaration) -> None:
    """Goods are declared for import."""
    imports.declare(work, importing, m)


@handles(ExportProcedure.declare, reads=(ExportCase,), rules=judged(EXPORT), refuse=exports.refuse)
def declare_export(work: Work, m: ExportDeclaration) -> None:
    """Goods are declared for export."""
    exports.declare(work, exporting, m)


@handles(ImportProcedure.record_control, reads=(ImportCase,), refuse=imports.refuse_result)
def record_import_control(work: Work, m: ImportControl) -> None:
    """An officer saw the goods."""
    imports.record_control(work, importing, m)


@handles(ExportProcedure.record_control, reads=(ExportCase,), refuse=exports.refuse_result)
def record_export_control(work: Work, m: ExportControl) -> None:
    """An officer saw the goods."""
    exports.record_control(work, exporting, m)
