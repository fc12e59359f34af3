"""The ledger here: what each certificate has left, and what is held of it for a use."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.single_window import rules
from douane.applications.single_window.contract import CERTIFICATES, SingleWindow
from douane.applications.single_window.messages import (
    CertificateAccount,
    CertificateAnswer,
    CertificateQuery,
    CertificateQuestion,
    CertificateUsed,
    CustomsDecision,
    LineBalance,
    OwnCertificate,
    OwnCertificates,
    OwnCertificatesQuery,
    Purpose,
    Reason,
)
from douane.applications.single_window.records import Certificate, Held
from douane.author import Caller, Fault, NotFound, PartyKind
from douane.author.run import View, Work, answers, handles

PAGE = 20


def note_unknown(_work: Work, _m: CustomsDecision | CertificateAnswer, _faults: tuple[Fault, ...]) -> None:
    """Nothing is held under this reference, or the sender is a stranger to it; the journal keeps what it said."""


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


def _is_outside(caller: Caller, partner: str) -> bool:
    """Whether somebody is neither of customs nor the partner whose certificate it is."""
    return caller.party.kind is not PartyKind.ADMINISTRATION and caller.name != partner


@answers(SingleWindow.show)
def show(view: View, question: CertificateQuery) -> CertificateAccount:
    """A certificate and its balances; to a partner another's does not exist."""
    subject = view.resolve("certificate", f"{question.type}/{question.number}")
    found = view.get(Certificate, subject) if subject is not None else None
    foreign = found is not None and _is_outside(view.caller, found.partner)
    if subject is None or found is None or foreign:
        raise NotFound(f"No certificate {question.type} {question.number} is kept here.", remedy="Check the number.")
    return CertificateAccount(
        found.type, found.number, found.version, found.terms.withdrawn, found.terms.valid_from, found.terms.valid_to,
        _balances(found),
        tuple(each.reference for each in view.all_of(Held, subject)),
    )  # fmt: skip


@answers(SingleWindow.mine)
def mine(view: View, question: OwnCertificatesQuery) -> OwnCertificates:
    """A page of the certificates of whoever asks: of a delegate those that his delegation shows him."""
    own, after = view.caller.party.identifier, bytes.fromhex(question.after)
    found, after = view.find(Certificate, "by_holder", own, limit=PAGE, after=after)
    shown = tuple(
        OwnCertificate(
            type=kept.type, title=CERTIFICATES.get(kept.type, kept.type), number=kept.number, version=kept.version,
            partner=kept.partner, withdrawn=kept.terms.withdrawn, valid_from=kept.terms.valid_from,
            valid_to=kept.terms.valid_to, lines=_balances(kept),
            uses=tuple(
                CertificateUsed(each.reference, each.hold.line, each.hold.quantity, each.hold.written_off)
                for each in view.all_of(Held, subject)
            ),
        )
        for subject, kept in found
        if view.roles_seen(subject)
    )  # fmt: skip
    return OwnCertificates(certificates=shown, after=after.hex())


def _balances(kept: Certificate) -> tuple[LineBalance, ...]:
    return tuple(
        LineBalance(e.line, e.commodity, e.unit, e.granted, e.reserved, e.written_off, e.available) for e in kept.lines
    )
