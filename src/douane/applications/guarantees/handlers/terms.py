"""Guarantees change and end: what an officer of guarantee decides, and who is told."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.guarantees.contract import Guarantees
from douane.applications.guarantees.handlers import letters
from douane.applications.guarantees.messages import (
    GuaranteeCancellation,
    GuaranteeChange,
    GuaranteeChanged,
    GuaranteeNotChanged,
)
from douane.applications.guarantees.records import Guarantee
from douane.applications.guarantees.rules.ledgers import CANCELLATION, VOUCHER_GRN, GuaranteeType, relimit
from douane.author import Fault, Instant
from douane.author.run import Work, handles

_NOTHING = "Say what changes: the reference amount, the last day, or both."
_NEGATIVE = "Give an amount of zero or more."
_IN_USE = "More than that is in use: {reserved:,.2f} EUR."
_VOUCHER = "A voucher covers EUR 10,000 for a year: cancel it, or register another one (IA 2015/2447 art. 160)."
_ENDED = "The guarantee ended already, on {day}."
_EARLY = "A guarantee ends today or later: what used it before was covered."
_NO_UNDERTAKING = "No guarantor undertook anything (type {type}); change the last day instead (guarantees.change)."
_LATER = "The notification is of today or before."


def refuse(work: Work, m: GuaranteeChange | GuaranteeCancellation, faults: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(GuaranteeNotChanged(m.grn, tuple(each.remedy for each in faults)))


def _keep(work: Work, m: GuaranteeChange | GuaranteeCancellation, kept: Guarantee) -> None:
    work.put(kept)
    work.reply(GuaranteeChanged(m.grn, kept.ledger.limit, kept.terms.valid_until))


@handles(Guarantees.change, reads=(Guarantee,), refuse=refuse)
def change(work: Work, m: GuaranteeChange) -> None:
    """Another reference amount or last day; nothing that is in use loses its cover."""
    kept = work.need(Guarantee)
    why_not = against_change(kept, m, work.today(kept.office))
    ledger = relimit(kept.ledger, m.limit) if m.limit is not None and not why_not else kept.ledger
    if ledger is None:
        why_not = _IN_USE.format(reserved=kept.ledger.reserved)
    if why_not or ledger is None:
        work.reply(GuaranteeNotChanged(m.grn, (why_not,)))
        return
    until = m.valid_to or kept.terms.valid_until
    mended = replace(kept, ledger=ledger, terms=replace(kept.terms, valid_until=until))
    work.send(letters.changed(work, mended, limit=m.limit is not None, ends=m.valid_to is not None), kept.holder)
    _keep(work, m, mended)


def against_change(kept: Guarantee, m: GuaranteeChange, today: dt.date) -> str:
    """Why a guarantee cannot be changed so; empty where it can."""
    if m.limit is None and m.valid_to is None:
        return _NOTHING
    if len(kept.grn) == VOUCHER_GRN:
        return _VOUCHER
    if m.limit is not None and not (m.limit.is_finite() and m.limit >= 0):
        return _NEGATIVE
    return _EARLY if m.valid_to is not None and m.valid_to < max(today, kept.terms.valid_from) else ""


@handles(Guarantees.cancel, reads=(Guarantee,), refuse=refuse)
def cancel(work: Work, m: GuaranteeCancellation) -> None:
    """The undertaking ends with the sixteenth day after the notification; what used it before stays covered."""
    kept = work.need(Guarantee)
    last = work.limit(CANCELLATION, kept.office, event=work.day(m.notified_on, kept.office))
    effect = work.calendar(kept.office).date(Instant(last.last_instant))
    why_not = against_cancellation(kept, m, work.today(kept.office), effect)
    if why_not:
        work.reply(GuaranteeNotChanged(m.grn, (why_not,)))
        return
    ended = replace(kept, terms=replace(kept.terms, valid_until=last.last_day))
    guarantor = kept.guarantor
    if len(kept.grn) == VOUCHER_GRN:
        if guarantor is not None:
            work.send(letters.revoked(work, kept, guarantor, effect), guarantor.identification)
    elif kept.terms.type == GuaranteeType.INDIVIDUAL_UNDERTAKING.value:
        work.send(letters.changed(work, ended, limit=False, ends=True), kept.holder)
    else:
        work.send(letters.cancelled(work, kept, effect, m.reason), kept.holder)
        if guarantor is not None:
            work.send(letters.liberated(work, kept, guarantor, effect), guarantor.identification)
    _keep(work, m, ended)


def against_cancellation(kept: Guarantee, m: GuaranteeCancellation, today: dt.date, effect: dt.date) -> str:
    """Why there is nothing to be cancelled; empty where there is."""
    if not GuaranteeType(kept.terms.type).by_undertaking:
        return _NO_UNDERTAKING.format(type=kept.terms.type)
    if m.notified_on > today:
        return _LATER
    until = kept.terms.valid_until
    return _ENDED.format(day=until) if until is not None and until < effect else ""
