"""The steps of clearance: acceptance, certificates, the shared risk analysis, control, release.

One process file orders the steps of both procedures (``processes/clearing.bpmn``). A procedure gives it its own name,
and keeps its record and its messages::

    importing = clearing("importing", "Import", Declaration, __name__)
    clearance = Clearance(
        Procedure.IMPORT, OFFICER, ImportAccepted, ImportControlled, ImportReleased, ImportRefused, ImportNotRecorded
    )
    clearance.bind(importing)
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any, Final, Generic, TypeVar

from msgspec.structs import replace

from douane.applications.aeo.contract import AeoCheck, AuthorisedOperators
from douane.applications.clearance.contract import (
    CONTROL,
    DECLARING,
    Accepted,
    Controlled,
    ControlResult,
    GoodsDeclaration,
    NotRecorded,
    Refused,
    Released,
    State,
)
from douane.applications.eori.contract import EconomicOperators, OperatorQuestion
from douane.applications.risk_analysis.contract import (
    Assess,
    ConsignmentView,
    ItemView,
    Party,
    Procedure,
    RiskAnalysis,
    RiskOutcome,
    TrustedTrader,
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
from douane.model.declare import Actor
from douane.model.parties import Members, trader
from douane.model.rules import Judge, Look
from douane.runtime.core.processes import Process
from douane.runtime.core.work import Work
from douane.runtime.store.records import HumanTask, Value
from douane.vocabulary.errors import Fault, SenderFault
from douane.vocabulary.identifiers import Country, Mrn
from douane.vocabulary.identifiers import Procedure as Letter

HELD = (Outcome.RESERVED, Outcome.UNAVAILABLE)
"""Verdicts after which the single window waits to be told what became of the goods."""
NONE_OPEN: Final = Fault("/mrn", "92", "No control of this declaration is open; check the MRN.")
DOCUMENTARY: Final = "10"
"""Control of documents (CL716)."""
LETTERS: Final = {Procedure.IMPORT: Letter.IMPORT, Procedure.EXPORT: Letter.EXPORT}

STATES: Final = {
    "accept": State.ACCEPTED, "announce_control": State.UNDER_CONTROL, "release": State.RELEASED,
    "refuse_release": State.REFUSED,
}  # fmt: skip
"""In which state a declaration is from a step of the process on."""

_PACKAGE: Final = "douane.applications.clearance"
_PROCESS: Final = "processes/clearing.bpmn"

D = TypeVar("D", bound=GoodsDeclaration[Any])  # whatever its goods items are called
R = TypeVar("R", bound="Declared[Any]")  # whatever its declaration is called


class Declared(Value, Generic[D], frozen=True):
    """What the office keeps of a declaration. States: accepted, under control, released, refused."""

    lrn: str
    declarant: str
    sender: str
    office: str
    content: D
    state: str = State.ACCEPTED
    mrn: str = ""
    treatment: str = "none"
    controls: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    satisfactory: bool = True
    remarks: str = ""
    deadline: int = 0
    certificates: tuple[Track, ...] = ()


def parties_of(kept: Declared[Any]) -> Members:
    """The declarant, and who sent the declaration."""
    return (trader(kept.declarant), DECLARING), (trader(kept.sender), DECLARING)


def clearing(name: str, title: str, record: type[R], module: str) -> Process[R]:
    """The process of clearance under the name of a procedure: ``importing``, for the service ``import_procedure``.

    module: the handler module that binds it (``__name__``). The definition that comes of it is, octet for octet, that
    of the file which each procedure had of its own before: its running instances go on.
    """
    source = (resources.files(_PACKAGE) / _PROCESS).read_bytes()
    word = title.lower()
    for template, own in (
        ('id="clearance_procedure"', f'id="{word}_procedure"'),
        ('douane.example/clearance"', f'douane.example/{word}"'),
        ('"clearing', f'"{name}'),
        ('name="Clearance"', f'name="{title}"'),
    ):
        source = source.replace(template.encode(), own.encode())
    made = Process(name, record, source, f"{_PACKAGE}/{_PROCESS}", states=STATES)
    made.__module__ = module
    return made


def with_result(case: R, m: ControlResult) -> R:
    """The case after an officer saw the goods."""
    return replace(case, satisfactory=m.satisfactory, remarks=m.remarks)


@dataclass(frozen=True, slots=True)
class Clearance:
    """A procedure that clears goods: what it is to risk analysis, who controls, what it tells declarant and officer."""

    procedure: Procedure
    officer: Actor
    accepted: type[Accepted]
    controlled: type[Controlled]
    released: type[Released]
    refused: type[Refused]
    not_recorded: type[NotRecorded]

    def bind(self, process: Process[R]) -> None:
        """Bind every name of the process file."""
        for step in (self.accept, self.announce_control, self.release, self.refuse_release):
            process.step(step.__name__)(step)
        for predicate in (certificate_to_reserve, certificate_refused, certificate_held, control_decided):
            process.when(predicate)
        process.when(control_satisfactory)
        process.task("control")(self.control)
        process.ask("assess_risk", RiskAnalysis.assess, administration=lambda c: c.office[:2])(self.assess_risk)
        process.answer("assess_risk")(risk_assessed)
        for operation, question in (
            (SingleWindow.reserve, reserve_certificate),
            (SingleWindow.write_off, write_off_certificate),
            (SingleWindow.give_back, give_back_certificate),
        ):
            process.ask(question.__name__, operation, administration=lambda _: UNION)(question)
            process.answer(question.__name__)(certificate_answered)

    # --- acceptance

    def refuse(self, work: Work, m: GoodsDeclaration[Any], faults: tuple[Fault, ...]) -> None:
        """Tell the declarant everything that is wrong."""
        work.send(self.refused(m.lrn, tuple(f"{f.pointer} {f.remedy}".strip() for f in faults)), work.row.sender)

    def confirm(self, work: Work, m: GoodsDeclaration[Any]) -> None:
        """Raises SenderFault where no register knows the declarant; one that another node keeps is not asked."""
        if not work.serves(EconomicOperators.standing, UNION):
            return
        question = OperatorQuestion(eori=m.declarant, valid_on=work.today(m.office))
        if not work.query(EconomicOperators.standing, question, administration=UNION).registered:
            remedy = f"{m.declarant} is not registered (EORI, UCC art. 9); name an operator that is."
            raise SenderFault(remedy, faults=(Fault("/declarant", "14", remedy, rule="R0850", value=m.declarant),))

    def accept(self, work: Work, case: R) -> R:
        """Allocate the MRN and acknowledge."""
        day = work.today(case.office)
        serial = f"{work.position >> 48:03d}{work.serial('mrn'):09d}"  # a series counts within its partition
        mrn = str(Mrn.issue(day.year, Country(work.administration), serial, LETTERS[self.procedure]))
        work.alias("mrn", mrn, issued=True)
        work.send(self.accepted(case.lrn, mrn, day), case.sender, correlation=work.row.id)
        return replace(case, mrn=mrn)

    # --- risk and control

    def assess_risk(self, work: Work, case: Declared[Any]) -> Assess:
        """The same question that transit asks, from another declaration."""
        m = case.content
        declarant = Party(id=m.declarant, country=m.declarant[:2], trusted=trust(work, m.declarant))
        items = tuple(
            ItemView(
                number=n, commodity=item.commodity, origin=item.origin, description=item.description,
                gross_mass=item.gross_mass, value=item.value, documents=tuple(d.type for d in item.documents),
            )
            for n, item in enumerate(m.items, 1)
        )  # fmt: skip
        view = ConsignmentView(
            procedure=self.procedure, reference=case.mrn, office=m.office, items=items,
            country_of_dispatch=m.country_of_dispatch, country_of_destination=m.country_of_destination,
            transport_mode=m.transport_mode, declarant=declarant,
        )  # fmt: skip
        return Assess(view, work.today(case.office))

    def announce_control(self, work: Work, case: R) -> R:
        """Tell the declarant that the goods are controlled."""
        work.send(self.controlled(case.lrn, case.mrn, case.controls or (DOCUMENTARY,)), case.sender)
        return replace(case, deadline=work.limit(CONTROL, case.office).last_instant)

    def control(self, _work: Work, case: Declared[Any]) -> HumanTask:
        """The control, due within a day."""
        return HumanTask("", "", 0, case.office, self.officer.name, f"Control the goods of {case.mrn}", case.deadline)

    def refuse_result(self, work: Work, m: ControlResult, faults: tuple[Fault, ...]) -> None:
        """Tell the officer why the result of a control is not recorded."""
        work.reply(self.not_recorded(m.mrn, tuple(fault.remedy for fault in faults)))

    def release(self, work: Work, case: R) -> R:
        """Release the goods."""
        work.send(self.released(case.lrn, case.mrn, work.today(case.office)), case.sender)
        return replace(case, deadline=0)

    def refuse_release(self, work: Work, case: R) -> R:
        """Refuse the release."""
        track = waiting(case.certificates, Outcome.REFUSED)
        reason = "The control was not satisfactory."
        if track is not None:
            document = track.document
            reason = f"Certificate {document.type} {document.number} does not cover item {track.item}: " + ", ".join(
                each.replace("_", " ") for each in track.reasons
            )
        work.send(self.refused(case.lrn, (reason,)), case.sender)
        return replace(case, deadline=0)


def certificates_of(m: GoodsDeclaration[Any]) -> tuple[Track, ...]:
    """The certificates that a declaration names, by goods item."""
    return named((n, item.commodity, item.documents) for n, item in enumerate(m.items, 1))


def _judge(m: GoodsDeclaration[Any], _case: object, look: Look) -> tuple[Fault, ...]:
    """Why a declaration is not accepted: its office is none on the day, or what it uses of a certificate is unclear."""
    if not look.has("CL141", m.office):
        return (Fault("/office", "12", f"{m.office} is no customs office on {look.date}; choose another."),)
    found = certificates_of(m)
    incomplete = tuple(_incomplete(each) for each in found if each.document.quantity is None)
    if incomplete:
        return incomplete
    lines = {(e.item, e.document.type, e.document.number, e.document.line) for e in found}
    if len(lines) < len(found):
        return (Fault("/items", "12", "Name each line of a certificate once per goods item."),)
    return ()


JUDGED: Final = Judge(_judge)
"""What the core asks before a declaration is accepted."""


def trust(work: Work, declarant: str) -> TrustedTrader:
    """The AEO status of a declarant, as its register knows it."""
    if not work.serves(AuthorisedOperators.check, UNION):
        return TrustedTrader.NONE
    held = work.query(AuthorisedOperators.check, AeoCheck(declarant), administration=UNION).types
    return TrustedTrader.of(each.value for each in held)


def _incomplete(track: Track) -> Fault:
    remedy = "Say how much of the certificate the item uses, and in which unit."
    return Fault(f"/items/{track.item - 1}/documents", "12", remedy, value=track.document.number)


def risk_assessed(_work: Work, case: R, outcome: RiskOutcome) -> R:
    """Keep what is to be controlled and why."""
    return replace(case, treatment=outcome.treatment.value, controls=outcome.control_types, reasons=outcome.reasons)


def control_decided(case: Declared[Any]) -> bool:
    """Risk analysis demands a control, or a certificate can be judged on paper only."""
    return case.treatment != "none" or waiting(case.certificates, Outcome.UNAVAILABLE) is not None


def control_satisfactory(case: Declared[Any]) -> bool:
    """The officer found the goods in order."""
    return case.satisfactory


# --- certificates of other authorities --------------------------------------------------------------------------------


def certificate_to_reserve(case: Declared[Any]) -> bool:
    """A certificate is still to be asked for; none is left where one was refused."""
    return waiting(case.certificates, "asked") is not None and not certificate_refused(case)


def certificate_refused(case: Declared[Any]) -> bool:
    """A certificate does not cover what is declared."""
    return waiting(case.certificates, Outcome.REFUSED) is not None


def certificate_held(case: Declared[Any]) -> bool:
    """The single window is still to be told what became of the goods."""
    return waiting(case.certificates, *HELD) is not None


def reserve_certificate(work: Work, case: Declared[Any]) -> ReserveCertificate:
    """Reserve what an item uses of a certificate of its declarant."""
    track = waiting(case.certificates, "asked")
    assert track is not None
    document = track.document
    return ReserveCertificate(
        case.mrn, track.item, document.type, document.number, document.line, case.office, case.declarant,
        track.commodity, document.quantity or Decimal(0), document.unit or "", work.today(case.office),
    )  # fmt: skip


def write_off_certificate(_work: Work, case: Declared[Any]) -> WriteOffCertificate:
    """Write off what was reserved, or was controlled on paper."""
    document, item = _held(case)
    return WriteOffCertificate(case.mrn, item, document.type, document.number, document.line, case.office)


def give_back_certificate(_work: Work, case: Declared[Any]) -> GiveBackCertificate:
    """Give back what was reserved; the partner learns that the goods were not released."""
    document, item = _held(case)
    return GiveBackCertificate(
        case.mrn, item, document.type, document.number, document.line, case.office, Decision.NOT_RELEASED
    )


def certificate_answered(_work: Work, case: R, verdict: CertificateVerdict) -> R:
    """Keep the verdict about one certificate."""
    return replace(case, certificates=settled(case.certificates, verdict=verdict))


def _held(case: Declared[Any]) -> tuple[DeclaredDocument, int]:
    track = waiting(case.certificates, *HELD)
    assert track is not None
    return track.document, track.item
