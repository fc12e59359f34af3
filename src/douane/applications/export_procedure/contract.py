"""The export procedure: thin on purpose, it shows how a procedure is put together from shared services."""

from __future__ import annotations

from douane.applications.clearance.contract import DECLARANT, administration_of, declaring, own_name
from douane.applications.export_procedure.messages import (
    ExportAccepted,
    ExportControl,
    ExportControlled,
    ExportDeclaration,
    ExportNotRecorded,
    ExportRefused,
    ExportReleased,
)
from douane.model.architecture import ProcessLevel, Requirement, Task
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Poison, command, service
from douane.model.parties import COMPETENT, trader

OFFICER = Actor("customs officer of export", ActorKind.OFFICER, "Controls goods and releases them")


@service(
    "export_procedure",
    title="Export",
    owner="Member States",
    level=Level.SILVER,
    legal=("UCC art. 158", "UCC art. 263"),
    administration=administration_of,
    realises=("customs export",),
)
class ExportProcedure:
    """Export: declaration, risk analysis, control, release."""

    @command(
        ExportDeclaration, replies=(ExportAccepted, ExportControlled, ExportReleased, ExportRefused), by=(DECLARANT,),
        task="EXP-DEC-01", requirements=("REQ-EXP-001",), opens=own_name,
        senders=lambda m: (trader(m.declarant),), parties=declaring, legal=("UCC art. 172",),
    )  # fmt: skip
    def declare(self) -> None:
        """Declare goods for export."""

    @command(
        ExportControl, replies=(ExportReleased, ExportRefused, ExportNotRecorded), by=(OFFICER,), task="EXP-CTL-01",
        requirements=("REQ-EXP-002",),
        about=lambda m, _: ("mrn", m.mrn), roles=(COMPETENT,), poison=Poison.WAIT, legal=("UCC art. 188",),
    )  # fmt: skip
    def record_control(self) -> None:
        """Record what a control showed; the goods are released or not."""


ARCHITECTURE = (
    ProcessLevel(
        "export declaration", 2, "From the declaration to the release of goods for export", "customs procedures",
        ("customs export",),
    ),
    Task("EXP-DEC-01", "Declare goods for export", "export declaration"),
    Task("EXP-CTL-01", "Record the result of a control", "export declaration"),
    Requirement(
        "REQ-EXP-001", "Goods declared for export are judged by risk analysis, and released or controlled.",
        ("tests/journeys/test_one_risk_analysis.py",),
    ),
    Requirement(
        "REQ-EXP-002", "Goods that are controlled are released only when an officer found them in order.",
        ("tests/journeys/test_one_risk_analysis.py",),
    ),
)  # fmt: skip
