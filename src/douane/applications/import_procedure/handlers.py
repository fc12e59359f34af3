"""The office of import: acceptance, the shared risk analysis, control, release."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

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
from douane.applications.single_window.contract import (
    UNION,
    CertificateVerdict,
    Decision,
    DeclaredDocument,
    GiveBackCertificate,
    Outcome,
    ReserveCertificate,
    SingleWindow,
    Track,
    WriteOffCertificate,
    named,
    settled,
    waiting,
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

HELD = (Outcome.RESERVED, Outcome.UNAVAILABLE)
"""Verdicts after which the single window waits to be told what became of the goods."""
DOCUMENTARY = "10"
"""Control of documents (CL716)."""


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
    certificates = named((n, item.commodity, item.documents) for n, item in enumerate(m.items, 1))
    incomplete = tuple(_incomplete(each) for each in certificates if each.document.quantity is None)
    if incomplete or len({(e.item, e.document.type, e.document.number, e.document.line) for e in certificates}) < len(
        certificates
    ):
        refuse(work, m, incomplete or (Fault("/items", "12", "Name each line of a certificate once per goods item."),))
        return
    importing.start(work, Declaration(m.lrn, m.declarant, work.row.sender, m.office, m, certificates=certificates))


def _incomplete(track: Track) -> Fault:
    remedy = "Say how much of the certificate the item uses, and in which unit."
    return Fault(f"/items/{track.item - 1}/documents", "12", remedy, value=track.document.number)


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


# --- certificates of other authorities --------------------------------------------------------------------------------


@importing.when
def certificate_to_reserve(case: Declaration) -> bool:
    """A certificate is still to be asked for; none is left where one was refused."""
    return waiting(case.certificates, "asked") is not None and not certificate_refused(case)


@importing.when
def certificate_refused(case: Declaration) -> bool:
    """A certificate does not cover what is declared."""
    return waiting(case.certificates, Outcome.REFUSED) is not None


@importing.ask("reserve_certificate", SingleWindow.reserve, administration=lambda _: UNION)
def reserve_certificate(work: Work, case: Declaration) -> ReserveCertificate:
    """Reserve what an item uses of a certificate of its declarant."""
    track = waiting(case.certificates, "asked")
    assert track is not None
    document = track.document
    return ReserveCertificate(
        case.mrn, track.item, document.type, document.number, document.line, case.office, case.declarant,
        track.commodity, document.quantity or Decimal(0), document.unit or "", today(work),
    )  # fmt: skip


@importing.when
def certificate_held(case: Declaration) -> bool:
    """The single window is still to be told what became of the goods."""
    return waiting(case.certificates, *HELD) is not None


@importing.ask("write_off_certificate", SingleWindow.write_off, administration=lambda _: UNION)
def write_off_certificate(_work: Work, case: Declaration) -> WriteOffCertificate:
    """Write off what was reserved, or was controlled on paper."""
    document, item = _held(case)
    return WriteOffCertificate(case.mrn, item, document.type, document.number, document.line, case.office)


@importing.ask("give_back_certificate", SingleWindow.give_back, administration=lambda _: UNION)
def give_back_certificate(_work: Work, case: Declaration) -> GiveBackCertificate:
    """Give back what was reserved; the partner learns that the goods were not released."""
    document, item = _held(case)
    return GiveBackCertificate(
        case.mrn, item, document.type, document.number, document.line, case.office, Decision.NOT_RELEASED
    )


def _held(case: Declaration) -> tuple[DeclaredDocument, int]:
    track = waiting(case.certificates, *HELD)
    assert track is not None
    return track.document, track.item


@importing.answer("reserve_certificate")
@importing.answer("write_off_certificate")
@importing.answer("give_back_certificate")
def certificate_answered(_work: Work, case: Declaration, verdict: CertificateVerdict) -> Declaration:
    """Keep the verdict about one certificate."""
    return msgspec.structs.replace(case, certificates=settled(case.certificates, verdict=verdict))


# --- risk and control -------------------------------------------------------------------------------------------------


@importing.ask("assess_risk", RiskAnalysis.assess, administration=lambda c: c.office[:2])
def assess_risk(work: Work, case: Declaration) -> Assess:
    """The same question that transit asks, from another declaration."""
    m = case.content
    items = tuple(
        ItemView(
            number=n, commodity=item.commodity, origin=item.origin, description=item.description,
            gross_mass=item.gross_mass, value=item.value, documents=tuple(d.type for d in item.documents),
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
    """Risk analysis demands a control, or a certificate can be judged on paper only."""
    return case.treatment != "none" or waiting(case.certificates, Outcome.UNAVAILABLE) is not None


@importing.step("announce_control")
def announce_control(work: Work, case: Declaration) -> Declaration:
    """Tell the declarant that the goods are controlled."""
    controls = case.controls or (DOCUMENTARY,)
    work.send(ImportControlled(case.lrn, case.mrn, controls), case.sender)
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
    refused = waiting(case.certificates, Outcome.REFUSED)
    reason = "The control was not satisfactory."
    if refused is not None:
        document = refused.document
        reason = f"Certificate {document.type} {document.number} does not cover item {refused.item}: " + ", ".join(
            each.replace("_", " ") for each in refused.reasons
        )
    work.send(ImportRefused(case.lrn, (reason,)), case.sender)
    return msgspec.structs.replace(case, state="refused", deadline=0)
