"""The single window at work: partners and their certificates, the ledger here, and the process of each use.

A use is a case of its own; it asks whoever keeps the quantities, the ledger here or the partner's system, the same
question, and tells both the same decision.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from msgspec.structs import replace

from douane.applications.single_window import rules
from douane.applications.single_window.contract import CERTIFICATES, UNION, SingleWindow, reference_of
from douane.applications.single_window.messages import (
    AgreementKept,
    AgreementNotKept,
    CertificateAccount,
    CertificateAnswer,
    CertificateChanged,
    CertificateIssued,
    CertificateKept,
    CertificateNotKept,
    CertificateQuery,
    CertificateQuestion,
    CertificateVerdict,
    CheckCertificate,
    CustomsDecision,
    Decision,
    GiveBackCertificate,
    Keeper,
    LineBalance,
    Outcome,
    Purpose,
    Reason,
    ReserveCertificate,
    SingleWindowAgreement,
    WriteOffCertificate,
)
from douane.applications.single_window.records import Certificate, CertificateUse, Held, PartnerSystem
from douane.runtime.behaviour import answers, handles
from douane.runtime.ports import SECOND, Instant
from douane.runtime.processes import process
from douane.runtime.queries import View
from douane.runtime.work import Work
from douane.vocabulary.errors import Fault, NotFound

using = process("use", CertificateUse, __name__)

OPEN = frozenset({Outcome.RESERVED.value, Outcome.UNAVAILABLE.value})
"""States of a use that customs has still to decide on."""
OVER = frozenset({Outcome.WRITTEN_OFF.value, Outcome.GIVEN_BACK.value})


# --- partners and their certificates ----------------------------------------------------------------------------------


@handles(SingleWindow.agree)
def agree(work: Work, m: SingleWindowAgreement) -> None:
    """Keep an agreement; it holds for what is asked from now on."""
    strange = tuple(each for each in m.types if each not in CERTIFICATES)
    if strange:
        work.reply(AgreementNotKept(m.party, strange))
        return
    work.put(PartnerSystem(m.party, m.title, m.types, work.now, m.keeper, m.basis, m.patience, m.ended))
    work.reply(AgreementKept(m.party, m.types))


def agreed(work: Work, type: str) -> PartnerSystem | None:
    """The agreement in force for a type of certificate."""
    found = work.find(PartnerSystem, "by_type", type, limit=1_000)
    return found[-1] if found and not found[-1].ended else None


def refuse_delivery(
    work: Work, m: CertificateIssued | CertificateChanged, faults: tuple[Fault, ...], *reasons: Reason
) -> None:
    """Delivered before, or a change of what never was."""
    work.reply(CertificateNotKept(m.type, m.number, reasons or (_reason(faults),)))


@handles(SingleWindow.deliver, refuse=refuse_delivery)
def deliver(work: Work, m: CertificateIssued) -> None:
    """Open the ledger of a certificate."""
    _open(work, m, 1)


@handles(SingleWindow.change, reads=(Certificate,), refuse=refuse_delivery)
def change(work: Work, m: CertificateChanged) -> None:
    """Keep a later version, unless it would leave less than is used.

    A number that a refused delivery has taken is opened by the first change from its own partner.
    """
    before = work.get(Certificate)
    if before is None:
        _open(work, m, m.version)
        return
    if m.version <= before.version:
        refuse_delivery(work, m, (), Reason.OLD_VERSION)
        return
    lines = None if rules.doubled(m.lines) else rules.regranted(before.lines, m.lines)
    if lines is None:
        refuse_delivery(work, m, (), Reason.REPEATED if rules.doubled(m.lines) else Reason.USED_UP)
        return
    _keep_version(work, m, before.partner, m.version, lines)


def _open(work: Work, m: CertificateIssued | CertificateChanged, version: int) -> None:
    agreement = agreed(work, m.type)
    if agreement is None or agreement.party != work.row.sender or agreement.keeper is not Keeper.CUSTOMS:
        refuse_delivery(work, m, (), Reason.OTHER_PARTNER)
    elif rules.doubled(m.lines):
        refuse_delivery(work, m, (), Reason.REPEATED)
    else:
        _keep_version(work, m, agreement.party, version, rules.granted(m.lines))


def _keep_version(
    work: Work, m: CertificateIssued | CertificateChanged, partner: str, version: int, lines: rules.Lines
) -> None:
    terms = rules.terms_of(m)
    state = "withdrawn" if terms.withdrawn else "valid"
    work.put(Certificate(m.type, m.number, partner, m.holder, version, terms, lines, state))
    work.reply(CertificateKept(m.type, m.number, version))


# --- the ledger here --------------------------------------------------------------------------------------------------


def refuse_booking(work: Work, m: CertificateQuestion, _faults: tuple[Fault, ...]) -> None:
    """No such certificate is kept here."""
    work.reply(CertificateAnswer(m.reference, (Reason.UNKNOWN,)))


@handles(SingleWindow.book, reads=(Certificate,), refuse=refuse_booking)
def book(work: Work, m: CertificateQuestion) -> None:
    """Answer from the ledger, and reserve where that is asked."""
    certificate, hold = work.need(Certificate), _hold(work, m.reference)
    reasons = rules.faults(certificate.terms, certificate.lines, hold, m)
    if not reasons and m.purpose is Purpose.RESERVE:
        _keep(work, certificate, m.reference, *rules.reserved(certificate.lines, hold, m))
    work.reply(CertificateAnswer(m.reference, reasons))


def note_unknown(_work: Work, _m: CustomsDecision | CertificateAnswer, _faults: tuple[Fault, ...]) -> None:
    """Nothing is held under this reference, or the sender is a stranger to it; the journal keeps what it said."""


@handles(SingleWindow.settle, reads=(Certificate,), refuse=note_unknown)
def settle(work: Work, m: CustomsDecision) -> None:
    """Write off, or give back."""
    certificate = work.need(Certificate)
    _keep(work, certificate, m.reference, *rules.decided(certificate.lines, _hold(work, m.reference), m))


def _hold(work: Work, reference: str) -> rules.Hold | None:
    found = work.get(Held, reference.encode())
    return found.hold if found is not None else None


def _keep(work: Work, certificate: Certificate, reference: str, lines: rules.Lines, hold: rules.Hold | None) -> None:
    local = reference.encode()
    if lines != certificate.lines:
        work.put(replace(certificate, lines=lines))
    if hold is not None:
        work.put(Held(reference, hold), local)
    elif work.get(Held, local) is not None:
        work.remove(Held, local)


# --- customs asks -----------------------------------------------------------------------------------------------------


@handles(SingleWindow.check)
def check(work: Work, m: CheckCertificate) -> None:
    """A use that reserves nothing; its reference is known to nobody but who is asked."""
    reference = f"check {work.position:x}"
    work.alias("use", reference, issued=True)
    using.start(work, _asked(work, m, reference, Purpose.CHECK))


def repeat_verdict(work: Work, m: ReserveCertificate, _faults: tuple[Fault, ...]) -> None:
    """Asked before: the verdict again, where it was about the same."""
    subject = work.resolve("use", reference_of(m))
    known = work.get_of(CertificateUse, subject) if subject is not None else None
    same = known is not None and _asked(work, m, known.reference, known.purpose).asked_for == known.asked_for
    if known is None or not same or known.asked_by != work.row.sender:
        work.reply(_verdict(m, Outcome.REFUSED, (Reason.REPEATED,)))
    elif known.outcome is not None:
        work.reply(_verdict(m, known.outcome, known.reasons))
    # else the verdict is still to come, and goes to the same party


@handles(SingleWindow.reserve, refuse=repeat_verdict)
def reserve(work: Work, m: ReserveCertificate) -> None:
    """Begin a use."""
    using.start(work, _asked(work, m, reference_of(m), Purpose.RESERVE))


def refuse_decision(
    work: Work, m: WriteOffCertificate | GiveBackCertificate, faults: tuple[Fault, ...], *reasons: Reason
) -> None:
    """Nothing is open under this reference."""
    work.reply(_verdict(m, Outcome.UNCHANGED, reasons or (_reason(faults),)))


@handles(SingleWindow.write_off, reads=(CertificateUse,), refuse=refuse_decision)
def write_off(work: Work, m: WriteOffCertificate) -> None:
    """The goods are released."""
    use = work.need(CertificateUse)
    used = use.quantity if m.quantity is None else m.quantity
    if use.asked_by != work.row.sender:
        refuse_decision(work, m, (), Reason.UNKNOWN)
    elif used > use.quantity:
        refuse_decision(work, m, (), Reason.NOT_ENOUGH)
    elif use.state != Outcome.WRITTEN_OFF.value and not using.receive(
        work, "written_off", replace(use, decision=Decision.RELEASED, used=used)
    ):
        refuse_decision(work, m, (), Reason.NOT_OPEN)
    else:
        work.reply(_verdict(m, Outcome.WRITTEN_OFF, ()))


@handles(SingleWindow.give_back, reads=(CertificateUse,), refuse=refuse_decision)
def give_back(work: Work, m: GiveBackCertificate) -> None:
    """The goods are not released; where they were, an invalidation gives back what was written off (DA art. 148)."""
    use = work.need(CertificateUse)
    if use.asked_by != work.row.sender:
        refuse_decision(work, m, (), Reason.UNKNOWN)
        return
    given = replace(use, decision=m.decision, used=Decimal(0))
    if m.decision is Decision.RELEASED:
        refuse_decision(work, m, (), Reason.NOT_OPEN)
    elif use.state == Outcome.WRITTEN_OFF.value and m.decision is Decision.INVALIDATED:
        work.put(_decided(work, given, Outcome.GIVEN_BACK))
        work.reply(_verdict(m, Outcome.GIVEN_BACK, ()))
    elif use.state != Outcome.GIVEN_BACK.value and not using.receive(work, "given_back", given):
        refuse_decision(work, m, (), Reason.NOT_OPEN)
    else:
        work.reply(_verdict(m, Outcome.GIVEN_BACK, ()))


@handles(SingleWindow.answer, reads=(CertificateUse,), refuse=note_unknown)
def answer(work: Work, m: CertificateAnswer) -> None:
    """The partner's answer. One that is late changes no verdict; a use that is over is told to the partner again."""
    use = work.need(CertificateUse)
    if using.receive(work, "answered", _judged(use, m)):
        return
    if not m.reasons and use.state in OVER:
        work.send(_decision(work, use), use.partner)


@handles(SingleWindow.take_verdict)
def take_verdict(_work: Work, _m: CertificateVerdict) -> None:
    """A verdict for which no process waits any more: the journal keeps it."""


# --- the process of a use ---------------------------------------------------------------------------------------------


@using.when
def kept_here(use: CertificateUse) -> bool:
    """The ledger is here."""
    return use.keeper is Keeper.CUSTOMS


@using.when
def kept_by_partner(use: CertificateUse) -> bool:
    """The partner's system keeps the quantities."""
    return use.keeper is Keeper.PARTNER


@using.ask("book", SingleWindow.book, administration=lambda _: UNION)
def ask_ledger(_work: Work, use: CertificateUse) -> CertificateQuestion:
    """Ask the ledger here."""
    return _question(use)


@using.answer("book")
def ledger_answered(_work: Work, use: CertificateUse, m: CertificateAnswer) -> CertificateUse:
    """Keep what the ledger says."""
    return _judged(use, m)


@using.step("ask_partner")
def ask_partner(work: Work, use: CertificateUse) -> CertificateUse:
    """Ask the partner's system; its agreement of SPEED2 says by which channel the question reaches it."""
    deadline = work.now + use.patience * SECOND
    work.send(_question(use), use.partner, expires=deadline)
    return replace(use, deadline=deadline)


@using.deadline
def answer_due(_work: Work, use: CertificateUse) -> Instant:
    """When the partner's silence counts as no answer."""
    return Instant(use.deadline)


@using.step("note_silence")
def note_silence(_work: Work, use: CertificateUse) -> CertificateUse:
    """The partner did not answer."""
    return replace(use, outcome=Outcome.UNAVAILABLE, reasons=(Reason.NO_ANSWER,))


@using.step("note_nobody")
def note_nobody(_work: Work, use: CertificateUse) -> CertificateUse:
    """No agreement is in force for this type of certificate."""
    return replace(use, outcome=Outcome.UNAVAILABLE, reasons=(Reason.NO_PARTNER,))


@using.step("tell_customs")
def tell_customs(work: Work, use: CertificateUse) -> CertificateUse:
    """Give the verdict to who asked."""
    assert use.outcome is not None
    work.answer(use.asker, _verdict(use, use.outcome, use.reasons))
    return replace(use, state=use.outcome.value, deadline=0)


@using.when
def to_be_decided(use: CertificateUse) -> bool:
    """Customs has still to say what became of the goods."""
    return use.purpose is Purpose.RESERVE and use.state in OPEN


@using.step("report_release")
def report_release(work: Work, use: CertificateUse) -> CertificateUse:
    """Write off, and report the release to the partner."""
    return _decided(work, use, Outcome.WRITTEN_OFF)


@using.step("report_end")
def report_end(work: Work, use: CertificateUse) -> CertificateUse:
    """Give back, and report to the partner why."""
    return _decided(work, use, Outcome.GIVEN_BACK)


# --- inside -----------------------------------------------------------------------------------------------------------


def _asked(work: Work, m: CheckCertificate | ReserveCertificate, reference: str, purpose: Purpose) -> CertificateUse:
    agreement = agreed(work, m.type)
    use = CertificateUse(
        reference, purpose, work.row.sender, work.asker, m.office, m.mrn, m.item, m.type, m.number, m.line, m.holder,
        m.commodity, m.quantity, m.unit, m.day,
    )  # fmt: skip
    if agreement is None:
        return use
    return replace(use, keeper=agreement.keeper, partner=agreement.party, patience=agreement.patience)


def _question(use: CertificateUse) -> CertificateQuestion:
    return CertificateQuestion(
        use.reference, use.purpose, use.type, use.number, use.line, use.holder, use.commodity, use.quantity, use.unit,
        use.day,
    )  # fmt: skip


def _judged(use: CertificateUse, m: CertificateAnswer) -> CertificateUse:
    covered = Outcome.RESERVED if use.purpose is Purpose.RESERVE else Outcome.VALID
    return replace(use, outcome=Outcome.REFUSED if m.reasons else covered, reasons=m.reasons)


def _verdict(
    about: CertificateUse | CheckCertificate | ReserveCertificate | WriteOffCertificate | GiveBackCertificate,
    outcome: Outcome, reasons: tuple[Reason, ...],
) -> CertificateVerdict:  # fmt: skip
    return CertificateVerdict(
        about.mrn, about.item, about.type, about.number, about.line, about.office, outcome, reasons
    )


def _decided(work: Work, use: CertificateUse, outcome: Outcome) -> CertificateUse:
    """Tell the ledger, and the partner."""
    told = _decision(work, use)
    if use.keeper is Keeper.CUSTOMS:
        work.ask(SingleWindow.settle, told, administration=UNION, waits=None)
    if use.partner:
        work.send(told, use.partner)
    return replace(use, state=outcome.value, outcome=outcome, reasons=(), deadline=0)


def _decision(work: Work, use: CertificateUse) -> CustomsDecision:
    assert use.decision is not None
    day = dt.datetime.fromtimestamp(work.now / 1e6, dt.UTC).date()
    return CustomsDecision(use.reference, use.type, use.number, use.line, use.decision, use.used, use.unit, day)


def _reason(faults: tuple[Fault, ...]) -> Reason:
    return Reason.REPEATED if faults[0].code == "26" else Reason.UNKNOWN


# --- desks ------------------------------------------------------------------------------------------------------------


@answers(SingleWindow.show)
def show(view: View, question: CertificateQuery) -> CertificateAccount:
    """A certificate and its balances; to a partner another's does not exist."""
    subject = view.resolve("certificate", f"{question.type}/{question.number}")
    found = view.get(Certificate, subject) if subject is not None else None
    foreign = found is not None and view.caller != found.partner and not view.caller.startswith("NTA.")
    if subject is None or found is None or foreign:
        raise NotFound(f"No certificate {question.type} {question.number} is kept here.", remedy="Check the number.")
    return CertificateAccount(
        found.type, found.number, found.version, found.terms.withdrawn, found.terms.valid_from, found.terms.valid_to,
        tuple(
            LineBalance(e.line, e.commodity, e.unit, e.granted, e.reserved, e.written_off, e.available)
            for e in found.lines
        ),
        tuple(each.reference for each in view.all_of(Held, subject)),
    )  # fmt: skip
