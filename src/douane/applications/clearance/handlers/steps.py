"""The steps of clearance: acceptance, certificates, the shared risk analysis, control, release.

One process file orders the steps of both procedures (``processes/clearing.bpmn``); each procedure runs it under a name
of its own, for the instances that run.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from importlib import resources
from typing import Any, Final, TypeVar, assert_never

from msgspec.structs import replace

from douane.applications.aeo.contract import AeoCheck, AeoStatus, AuthorisedOperators
from douane.applications.clearance.contract import CONTROL, Procedure, State
from douane.applications.clearance.messages import ControlResult, GoodsDeclaration, GoodsFault
from douane.applications.clearance.records.declared import Declared
from douane.applications.clearance.rules import certificates_of
from douane.applications.eori.contract import EconomicOperators, OperatorQuestion, OperatorStanding
from douane.applications.risk_analysis.contract import (
    Assess,
    ConsignmentView,
    ItemView,
    Party,
    RiskAnalysis,
    RiskOutcome,
    TrustedTrader,
)
from douane.applications.risk_analysis.contract import Procedure as Analysed
from douane.applications.single_window.contract import (
    UNION,
    CertificateVerdict,
    Decision,
    DeclaredDocument,
    GiveBackCertificate,
    Outcome,
    ReserveCertificate,
    SingleWindow,
    WriteOffCertificate,
    settled,
    waiting,
)
from douane.author import Country, Fault, Mrn, Says, SenderFault, in_words
from douane.author.run import HumanTask, Process, Work

HELD = (Outcome.RESERVED, Outcome.UNAVAILABLE)
"""Verdicts after which the single window waits to be told what became of the goods."""
DOCUMENTARY: Final = "10"
"""Control of documents (CL716)."""
ANALYSED: Final = {"import": Analysed.IMPORT, "export": Analysed.EXPORT}
"""What each procedure is to risk analysis."""

STATES: Final = {
    "accept": State.ACCEPTED, "announce_control": State.UNDER_CONTROL, "release": State.RELEASED,
    "refuse_release": State.REFUSED,
}  # fmt: skip
"""In which state a declaration is from a step of the process on."""

_PACKAGE: Final = "douane.applications.clearance"
_PROCESS: Final = "processes/clearing.bpmn"

R = TypeVar("R", bound="Declared[Any]")  # whatever its declaration is called


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
    """The steps for one procedure."""

    own: Procedure

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

    # --- what is sent to the office

    def declare(self, work: Work, process: Process[R], m: GoodsDeclaration[Any]) -> None:
        """Goods are declared; raises SenderFault where no register knows the declarant."""
        self.confirm(work, m)
        record = process.record
        process.start(work, record(m.lrn, m.declarant, work.row.sender, m.office, m, certificates=certificates_of(m)))

    def record_control(self, work: Work, process: Process[R], m: ControlResult) -> None:
        """An officer saw the goods."""
        process.complete(work, "control", case=with_result(work.need(process.record), m))

    # --- acceptance

    def refuse(self, work: Work, m: GoodsDeclaration[Any], faults: tuple[Fault, ...]) -> None:
        """Tell the declarant everything that is wrong, each at its place."""
        reasons = tuple(f"{f.pointer} {f.remedy}".strip() for f in faults)
        told = tuple(GoodsFault(f.pointer, f.code, f.remedy, f.value) for f in faults)
        work.send(self.own.refused(m.lrn, reasons, told), work.row.sender)

    def confirm(self, work: Work, m: GoodsDeclaration[Any]) -> None:
        """Raises SenderFault where the register does not know the declarant. Where it cannot be asked he is who proved
        to be him: nobody else may send his declaration (``senders``)."""
        question = OperatorQuestion(eori=m.declarant, valid_on=work.today(m.office))
        answer: OperatorStanding = work.query(EconomicOperators.standing, question, administration=UNION)
        match answer.known.says:
            case Says.YES | Says.NOT_KNOWN:
                return
            case Says.NO:
                remedy = f"{m.declarant} is not registered (EORI, UCC art. 9); name an operator that is."
                raise SenderFault(remedy, faults=(Fault("/declarant", "14", remedy, rule="R0850", value=m.declarant),))
            case never:
                assert_never(never)

    def accept(self, work: Work, case: R) -> R:
        """Allocate the MRN and acknowledge."""
        day = work.today(case.office)
        serial = f"{work.position >> 48:03d}{work.serial('mrn'):09d}"  # a series counts within its partition
        mrn = str(Mrn.issue(day.year, Country(work.administration), serial, self.own.letter))
        work.alias("mrn", mrn, issued=True)
        work.send(self.own.accepted(case.lrn, mrn, day), case.sender, correlation=work.row.id)
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
            procedure=ANALYSED[self.own.word], reference=case.mrn, office=m.office, items=items,
            country_of_dispatch=m.country_of_dispatch, country_of_destination=m.country_of_destination,
            transport_mode=m.transport_mode, declarant=declarant,
        )  # fmt: skip
        return Assess(view, work.today(case.office))

    def announce_control(self, work: Work, case: R) -> R:
        """Tell the declarant that the goods are controlled."""
        work.send(self.own.controlled(case.lrn, case.mrn, case.controls or (DOCUMENTARY,)), case.sender)
        return replace(case, deadline=work.limit(CONTROL, case.office).last_instant)

    def control(self, _work: Work, case: Declared[Any]) -> HumanTask:
        """The control, due within a day."""
        return HumanTask(
            "", "", 0, case.office, self.own.officer.name, f"Control the goods of {case.mrn}", case.deadline,
            risk=case.reasons,
        )  # fmt: skip

    def refuse_result(self, work: Work, m: ControlResult, faults: tuple[Fault, ...]) -> None:
        """Tell the officer why the result of a control is not recorded."""
        work.reply(self.own.not_recorded(m.mrn, tuple(fault.remedy for fault in faults)))

    def release(self, work: Work, case: R) -> R:
        """Release the goods."""
        work.send(self.own.released(case.lrn, case.mrn, work.today(case.office)), case.sender)
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
        work.send(self.own.refused(case.lrn, (reason,)), case.sender)
        return replace(case, deadline=0)


def trust(work: Work, declarant: str) -> TrustedTrader:
    """The AEO status of a declarant, as its register knows it."""
    status: AeoStatus = work.query(AuthorisedOperators.check, AeoCheck(declarant), administration=UNION)
    match status.known.says:
        case Says.YES:
            return TrustedTrader.of(each.value for each in status.types)
        case Says.NO | Says.NOT_KNOWN:  # a favour that cannot be asked for is none
            return TrustedTrader.NONE
        case never:
            assert_never(never)


def untold_trust(work: Work, declarant: str) -> tuple[str, ...]:
    """That nobody could be asked whether a declarant is an AEO, in a sentence for the officer (UCC art. 38(6))."""
    status: AeoStatus = work.query(AuthorisedOperators.check, AeoCheck(declarant), administration=UNION)
    if status.known.says is not Says.NOT_KNOWN:
        return ()
    return (f"Whether {declarant} is an AEO is {in_words(status.known)}: the risk was analysed as of any operator.",)


def risk_assessed(work: Work, case: R, outcome: RiskOutcome) -> R:
    """Keep what is to be controlled and why, and whether nobody could say that the declarant is trusted."""
    reasons = (*outcome.reasons, *untold_trust(work, case.content.declarant))
    return replace(case, treatment=outcome.treatment.value, controls=outcome.control_types, reasons=reasons)


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
