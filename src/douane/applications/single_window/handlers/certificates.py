"""Agreements with partners, and the certificates that they deliver."""

from __future__ import annotations

from douane.applications.single_window import rules
from douane.applications.single_window.contract import CERTIFICATES, HOLDER, SingleWindow
from douane.applications.single_window.messages import (
    AgreementKept,
    AgreementNotKept,
    CertificateChanged,
    CertificateIssued,
    CertificateKept,
    CertificateNotKept,
    Keeper,
    Reason,
    SingleWindowAgreement,
)
from douane.applications.single_window.records import Certificate, PartnerSystem
from douane.author import Fault, trader
from douane.author.run import Work, handles


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
    work.reply(CertificateNotKept(m.type, m.number, reasons or (reason_of(faults),)))


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
    work.admit(trader(m.holder), HOLDER)
    state = "withdrawn" if terms.withdrawn else "valid"
    work.put(Certificate(m.type, m.number, partner, m.holder, version, terms, lines, state))
    work.reply(CertificateKept(m.type, m.number, version))


def reason_of(faults: tuple[Fault, ...]) -> Reason:
    """Why nothing was kept or changed: said before, or about what is unknown here."""
    return Reason.REPEATED if faults[0].code == "26" else Reason.UNKNOWN
