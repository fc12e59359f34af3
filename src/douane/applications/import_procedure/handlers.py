"""The office of import: acceptance, the shared risk analysis, control, release."""

from __future__ import annotations

import datetime as dt

import msgspec

from douane.applications.import_procedure.contract import OFFICER, ImportProcedure
from douane.applications.import_procedure.messages import (
    ImportAccepted,
    ImportControl,
    ImportControlled,
    ImportDeclaration,
    ImportRefused,
    ImportReleased,
)
from douane.applications.import_procedure.records import Declaration
from douane.applications.risk_analysis.contract import (
    Assess,
    ConsignmentView,
    ItemView,
    Party,
    Procedure,
    RiskAnalysis,
    RiskOutcome,
)
from douane.runtime.behaviour import handles
from douane.runtime.ports import DAY
from douane.runtime.processes import process
from douane.runtime.records import HumanTask
from douane.runtime.work import Work
from douane.vocabulary.errors import Fault, SenderFault
from douane.vocabulary.identifiers import Country, Mrn
from douane.vocabulary.identifiers import Procedure as Letter

importing = process("importing", Declaration, __name__)


def refuse(work: Work, m: ImportDeclaration, faults: tuple[Fault, ...]) -> None:
    """Tell the declarant everything that is wrong."""
    work.send(ImportRefused(m.lrn, tuple(f"{f.pointer} {f.remedy}".strip() for f in faults)), work.row.sender)


@handles(ImportProcedure.declare, reads=(Declaration,), refuse=refuse)
def declare(work: Work, m: ImportDeclaration) -> None:
    """Goods are declared."""
    look = work.look()
    if not look.has("CL141", m.office):
        refuse(work, m, (Fault("/office", "12", f"{m.office} is no customs office today; choose another."),))
        return
    importing.start(work, Declaration(m.lrn, m.declarant, work.row.sender, m.office, m))


@handles(ImportProcedure.record_control, reads=(Declaration,))
def record_control(work: Work, m: ImportControl) -> None:
    """An officer saw the goods."""
    case = work.need(Declaration)
    changed = msgspec.structs.replace(case, satisfactory=m.satisfactory, remarks=m.remarks)
    if not importing.complete(work, "control", by=m.officer, case=changed):
        raise SenderFault("No control of this declaration is open.", remedy="Check the MRN.")


def today(work: Work) -> dt.date:
    """The day of this unit of work (UTC)."""
    return dt.datetime.fromtimestamp(work.now / 1e6, dt.UTC).date()


@importing.step("accept")
def accept(work: Work, case: Declaration) -> Declaration:
    """Allocate the MRN and acknowledge."""
    day = today(work)
    serial = f"{work.position >> 48:03d}{work.serial('mrn'):09d}"  # a series counts within its partition
    mrn = str(Mrn.issue(day.year, Country(work.administration), serial, Letter.IMPORT))
    work.alias("mrn", mrn, issued=True)
    work.send(ImportAccepted(case.lrn, mrn, day), case.sender, correlation=work.row.id)
    return msgspec.structs.replace(case, mrn=mrn)


@importing.ask("assess_risk", RiskAnalysis.assess, administration=lambda c: c.office[:2])
def assess_risk(work: Work, case: Declaration) -> Assess:
    """The same question that transit asks, from another declaration."""
    m = case.content
    items = tuple(
        ItemView(
            number=n, commodity=item.commodity, origin=item.origin, description=item.description,
            gross_mass=item.gross_mass, value=item.value,
        )
        for n, item in enumerate(m.items, 1)
    )  # fmt: skip
    view = ConsignmentView(
        procedure=Procedure.IMPORT, reference=case.mrn, office=m.office, items=items,
        country_of_dispatch=m.country_of_dispatch, country_of_destination=m.country_of_destination,
        transport_mode=m.transport_mode, declarant=Party(id=m.declarant, country=m.declarant[:2]),
    )  # fmt: skip
    return Assess(view, today(work))


@importing.answer("assess_risk")
def risk_assessed(work: Work, case: Declaration, outcome: RiskOutcome) -> Declaration:
    """Keep what is to be controlled and why."""
    return msgspec.structs.replace(
        case, treatment=outcome.treatment.value, controls=outcome.control_types, reasons=outcome.reasons
    )


@importing.when
def control_decided(case: Declaration) -> bool:
    """Risk analysis demands a control."""
    return case.treatment != "none"


@importing.step("announce_control")
def announce_control(work: Work, case: Declaration) -> Declaration:
    """Tell the declarant that the goods are controlled."""
    work.send(ImportControlled(case.lrn, case.mrn, case.controls), case.sender)
    return msgspec.structs.replace(case, state="under control", deadline=work.now + DAY)


@importing.task("control")
def control(work: Work, case: Declaration) -> HumanTask:
    """The control, due within a day."""
    return HumanTask("", "", 0, case.office, OFFICER.name, f"Control the goods of {case.mrn}", case.deadline)


@importing.when
def control_satisfactory(case: Declaration) -> bool:
    """The officer found the goods in order."""
    return case.satisfactory


@importing.step("release")
def release(work: Work, case: Declaration) -> Declaration:
    """Release the goods."""
    work.send(ImportReleased(case.lrn, case.mrn, today(work)), case.sender)
    return msgspec.structs.replace(case, state="released", deadline=0)


@importing.step("refuse_release")
def refuse_release(work: Work, case: Declaration) -> Declaration:
    """Refuse the release."""
    work.send(ImportRefused(case.lrn, ("The control was not satisfactory.",)), case.sender)
    return msgspec.structs.replace(case, state="refused", deadline=0)
