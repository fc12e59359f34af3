"""The process of a use: customs asks, the keeper of the quantities answers, customs says what became of the goods.

A use is a case of its own; it asks whoever keeps the quantities, the ledger here or the partner's system, the same
question, and tells both the same decision.
"""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from douane.applications.single_window.contract import KEEPING, UNION, USER, SingleWindow, partner, reference_of
from douane.applications.single_window.handlers.certificates import agreed, reason_of
from douane.applications.single_window.handlers.ledger import note_unknown
from douane.applications.single_window.messages import (
    CertificateAnswer,
    CertificateQuestion,
    CertificateVerdict,
    CheckCertificate,
    CustomsDecision,
    Decision,
    GiveBackCertificate,
    Keeper,
    Outcome,
    Purpose,
    Reason,
    ReserveCertificate,
    WriteOffCertificate,
)
from douane.applications.single_window.records import CertificateUse
from douane.author import Fault
from douane.author.run import Instant, Work, handles, process

using = process("use", CertificateUse, __name__)

OPEN = frozenset({Outcome.RESERVED.value, Outcome.UNAVAILABLE.value})
"""States of a use that customs has still to decide on."""
OVER = frozenset({Outcome.WRITTEN_OFF.value, Outcome.GIVEN_BACK.value})


@handles(SingleWindow.check)
def check(work: Work, m: CheckCertificate) -> None:
    """A use that reserves nothing; its reference is known to nobody but who is asked."""
    reference = f"check {work.position:x}"
    work.alias("use", reference, issued=True)
    work.admit(work.caller.party, USER)
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
    work.reply(_verdict(m, Outcome.UNCHANGED, reasons or (reason_of(faults),)))


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
    deadline = work.within(use.patience)
    work.send(_question(use), use.partner, expires=deadline)
    return replace(use, deadline=deadline)


@using.deadline()
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


def _asked(work: Work, m: CheckCertificate | ReserveCertificate, reference: str, purpose: Purpose) -> CertificateUse:
    agreement = agreed(work, m.type)
    use = CertificateUse(
        reference, purpose, work.row.sender, work.asker, m.office, m.mrn, m.item, m.type, m.number, m.line, m.holder,
        m.commodity, m.quantity, m.unit, m.day,
    )  # fmt: skip
    if agreement is None:
        return use
    work.admit(partner(agreement.party), KEEPING)
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
    day = work.today()
    return CustomsDecision(use.reference, use.type, use.number, use.line, use.decision, use.used, use.unit, day)
