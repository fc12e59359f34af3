"""What the office of export keeps of a declaration."""

from __future__ import annotations

from douane.applications.export_procedure.messages import ExportDeclaration
from douane.applications.single_window.contract import Track
from douane.runtime.records import Case, Value, record


@record(50, case=Case(parties=("declarant", "sender"), office="office", state="state", deadline="deadline"))
class Declaration(Value, frozen=True):
    """A declaration. States: accepted, under control, released, refused."""

    lrn: str
    declarant: str
    sender: str
    office: str
    content: ExportDeclaration
    state: str = "accepted"
    mrn: str = ""
    treatment: str = "none"
    controls: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    satisfactory: bool = True
    remarks: str = ""
    deadline: int = 0
    certificates: tuple[Track, ...] = ()
