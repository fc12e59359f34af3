"""The import procedure: thin on purpose, it shows how a procedure is put together from shared services."""

from __future__ import annotations

from douane.applications.clearance.contract import DECLARANT, administration_of, declaring, own_name
from douane.applications.import_procedure.messages import (
    ImportAccepted,
    ImportControl,
    ImportControlled,
    ImportDeclaration,
    ImportNotRecorded,
    ImportRefused,
    ImportReleased,
)
from douane.model.architecture import ProcessLevel, Requirement, Task
from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, Poison, command, service
from douane.model.parties import COMPETENT, trader

OFFICER = Actor("customs officer of import", ActorKind.OFFICER, "Controls goods and releases them")


@service(
    "import_procedure",
    title="Import",
    owner="Member States",
    level=Level.SILVER,
    legal=("UCC art. 158", "UCC art. 201"),
    administration=administration_of,
    realises=("customs import",),
)
class ImportProcedure:
    """Import: declaration, risk analysis, control, release."""

    @command(
        ImportDeclaration, replies=(ImportAccepted, ImportControlled, ImportReleased, ImportRefused), by=(DECLARANT,),
        task="IMP-DEC-01", requirements=("REQ-IMP-001",), opens=own_name,
        senders=lambda m: (trader(m.declarant),), parties=declaring, legal=("UCC art. 172",),
    )  # fmt: skip
    def declare(self) -> None:
        """Declare goods for import."""

    @command(
        ImportControl, replies=(ImportReleased, ImportRefused, ImportNotRecorded), by=(OFFICER,), task="IMP-CTL-01",
        requirements=("REQ-IMP-002",),
        about=lambda m, _: ("mrn", m.mrn), roles=(COMPETENT,), poison=Poison.WAIT, legal=("UCC art. 188",),
    )  # fmt: skip
    def record_control(self) -> None:
        """Record what a control showed; the goods are released or not."""


ARCHITECTURE = (
    ProcessLevel(
        "import declaration", 2, "From the declaration to the release of goods for import", "customs procedures",
        ("customs import",),
    ),
    Task("IMP-DEC-01", "Declare goods for import", "import declaration"),
    Task("IMP-CTL-01", "Record the result of a control", "import declaration"),
    Requirement(
        "REQ-IMP-001", "Goods declared for import are judged by risk analysis, and released or controlled.",
        ("tests/journeys/test_one_risk_analysis.py",),
    ),
    Requirement(
        "REQ-IMP-002", "Goods that are controlled are released only when an officer found them in order.",
        ("tests/journeys/test_one_risk_analysis.py",),
    ),
)  # fmt: skip
