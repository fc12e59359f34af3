"""Vouchers that guarantors sell (IE224), and access codes that holders change (IE026).

A voucher has a ledger of its own, so the case of the undertaking sends each one on to its own case. Who has no part in
the undertaking, or in the guarantee, meets no case, and brings none into being.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Iterator

from msgspec.structs import replace

from douane.applications.guarantees.contract import Guarantees, office_of
from douane.applications.guarantees.handlers import tries
from douane.applications.guarantees.handlers.letters import head
from douane.applications.guarantees.handlers.questions import NEVER_SAID
from douane.applications.guarantees.messages import (
    VoucherSold,
    VoucherUndertaking,
    VoucherUndertakingEnd,
    VoucherUndertakingKept,
    VoucherUndertakingNotKept,
)
from douane.applications.guarantees.records import Guarantee, Tries, Undertaking
from douane.applications.guarantees.rules.book import BOOK
from douane.applications.guarantees.rules.ledgers import (
    CANCELLATION,
    VOUCHER_AMOUNT,
    GuaranteeType,
    Ledger,
    Terms,
    last_day_of_voucher,
)
from douane.author import Fault, Grn
from douane.author.run import Work, handles
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC026C, CC224C

_NUMBER = "Check the number: its last character is the check digit."
_FIRST = "Let the undertaking end after it begins."
_LATER = "The notification is of today or before."
_SOLD = "A guarantee is registered under this number already: number each voucher once."


def refuse_undertaking(work: Work, m: VoucherUndertaking | VoucherUndertakingEnd, faults: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(VoucherUndertakingNotKept(m.grn, tuple(fault.remedy for fault in faults)))


@handles(Guarantees.register_undertaking, refuse=refuse_undertaking)
def register_undertaking(work: Work, m: VoucherUndertaking) -> None:
    """Keep that a guarantor may sell vouchers."""
    wrong = not (Grn.accepts(m.grn) and Grn.trusted(m.grn).has_right_check_digit)
    why_not = _NUMBER if wrong else _FIRST if m.valid_to is not None and m.valid_to < m.valid_from else ""
    if why_not:
        work.reply(VoucherUndertakingNotKept(m.grn, (why_not,)))
        return
    kept = Undertaking(m.grn, office_of(m), m.guarantor, m.valid_from, m.valid_to)
    work.put(kept)
    work.reply(VoucherUndertakingKept(kept.grn, kept.office, kept.valid_until))


@handles(Guarantees.end_undertaking, reads=(Undertaking,), refuse=refuse_undertaking)
def end_undertaking(work: Work, m: VoucherUndertakingEnd) -> None:
    """No voucher is sold from the sixteenth day after the notification on; those that were sold stay."""
    kept = work.need(Undertaking)
    if m.notified_on > work.today(kept.office):
        work.reply(VoucherUndertakingNotKept(m.grn, (_LATER,)))
        return
    last = work.limit(CANCELLATION, kept.office, event=work.day(m.notified_on, kept.office)).last_day
    ended = replace(kept, valid_until=min(last, kept.valid_until or last))
    work.put(ended)
    work.reply(VoucherUndertakingKept(ended.grn, ended.office, ended.valid_until))


def refuse(work: Work, m: CC026C | CC224C, faults: tuple[Fault, ...]) -> None:
    """IE906 to who sent it. Whether there is such a guarantee is told to nobody who has no part in it."""
    work.reply(_error(work, work.row.sender, m.message_identification, faults))


def _error(work: Work, party: str, about: str, faults: tuple[Fault, ...]) -> p5.CC906C:
    return p5.CC906C(
        **head(work, p5.CC906C, party, about),
        header=p5.Header01(),
        functional_error=tuple(
            p5.FunctionalError02(
                error_pointer=each.pointer or "/", error_code=each.code, error_reason=each.rule or "N/A",
                original_attribute_value=each.value or None,
            )
            for each in faults
        ),
    )  # fmt: skip


@handles(Guarantees.sell_voucher, reads=(Undertaking,), rules=BOOK, refuse=refuse)
def sell_voucher(work: Work, m: CC224C) -> None:
    """Each voucher of the message, or none of them, becomes a guarantee of its own."""
    kept = work.need(Undertaking)
    faults = tuple(against_sale(work, kept, m))
    if faults:
        refuse(work, m, faults)
        return
    for each in m.guarantee_reference:
        sold = VoucherSold(
            grn=each.grn, office=kept.office, holder=m.holder_of_the_transit_procedure.identification_number or "",
            access_code=each.access_code, issued_on=each.issue_date, expires_on=each.expiry_date,
            guarantor=kept.guarantor, message=m.message_identification,
        )  # fmt: skip
        work.ask(Guarantees.keep_voucher, sold, administration=work.administration, waits=None)


def against_sale(work: Work, kept: Undertaking, m: CC224C) -> Iterator[Fault]:
    """Why vouchers are not taken for sold under an undertaking."""
    office = m.customs_office_of_guarantee.reference_number
    if office != kept.office:
        place = "/CC224C/CustomsOfficeOfGuarantee/referenceNumber"
        yield Fault(place, "14", f"The undertaking was given at {kept.office}.", value=office)
    if m.holder_of_the_transit_procedure.identification_number is None:
        place = "/CC224C/HolderOfTheTransitProcedure/identificationNumber"
        yield Fault(place, "13", "Give the EORI number of the holder: his guarantee is found by it.")
    numbers = [each.grn for each in m.guarantee_reference]
    for n, each in enumerate(m.guarantee_reference, 1):
        place = f"/CC224C/GuaranteeReference[{n}]"
        if each.grn[:-7] != kept.grn or not Grn.accepts(each.grn):
            remedy = f"Number vouchers by {kept.grn}, a letter and six digits."
            yield Fault(f"{place}/GRN", "14", remedy, rule="R0318", value=each.grn)
        elif numbers.count(each.grn) > 1 or work.resolve("grn", each.grn) is not None:
            yield Fault(f"{place}/GRN", "14", _SOLD, value=each.grn)
        if each.tir_carnet:
            remedy = "A TIR carnet is registered by the office of guarantee, with the association that stands for it."
            yield Fault(f"{place}/TIRCarnet", "14", remedy, value="1")
        yield from _against_days(each.issue_date, each.expiry_date, kept, work.today(kept.office), place)


def _against_days(issued: dt.date, expires: dt.date, kept: Undertaking, today: dt.date, place: str) -> Iterator[Fault]:
    """The day of issue is the guarantor's word: after the end of his undertaking he has nothing told from before it."""
    over = kept.valid_until is not None and today > kept.valid_until
    if over or not kept.valid_from <= issued <= today:
        remedy = "A voucher is issued, and told, while the undertaking holds, today or before."
        yield Fault(f"{place}/issueDate", "14", remedy, value=issued.isoformat())
    if not issued <= expires <= last_day_of_voucher(issued):
        remedy = "A voucher is valid for at most a year from its day of issue (IA 2015/2447 art. 160(1))."
        yield Fault(f"{place}/expiryDate", "14", remedy, value=expires.isoformat())


def refuse_voucher(work: Work, m: VoucherSold, _faults: tuple[Fault, ...]) -> None:
    """Its number was taken in the meantime: the guarantor is told."""
    guarantor = m.guarantor.identification
    fault = Fault("/CC224C/GuaranteeReference/GRN", "14", _SOLD, value=m.grn)
    work.send(_error(work, guarantor, m.message, (fault,)), guarantor)


@handles(Guarantees.keep_voucher, refuse=refuse_voucher)
def keep_voucher(work: Work, m: VoucherSold) -> None:
    """Open the ledger of a voucher: EUR 10,000 for one movement (IA art. 160)."""
    terms = Terms(
        grn=m.grn, type=GuaranteeType.INDIVIDUAL_VOUCHER.value, holder=m.holder, access_code=m.access_code,
        office=m.office, valid_from=m.issued_on, valid_until=m.expires_on,
    )  # fmt: skip
    work.put(Guarantee(m.grn, m.holder, m.office, terms, Ledger(VOUCHER_AMOUNT), work.now, m.guarantor))


@handles(Guarantees.change_access_code, reads=(Guarantee, Tries), rules=BOOK, refuse=refuse)
def change_access_code(work: Work, m: CC026C) -> None:
    """Another access code, from now on; what the former one opened stays covered.

    A guarantee without a master access code has none that could be wrong: the answer is the same.
    """
    kept, asked = work.need(Guarantee), m.guarantee_reference
    codes = asked.access_code
    master, present = (
        _same(kept.master_code, asked.master_access_code),
        _same(kept.terms.access_code, codes.access_code_current or ""),
    )
    if not (master and present) or tries.closed(work):
        if not (master and present):
            tries.note(work, kept, kept.holder)
        refuse(work, m, (Fault("/CC026C/GuaranteeReference", "90", NEVER_SAID, value=asked.grn),))
    elif not codes.access_code_new:
        place = "/CC026C/GuaranteeReference/AccessCode/accessCodeNew"
        refuse(work, m, (Fault(place, "13", "Give another access code: a guarantee has one."),))
    else:
        work.put(replace(kept, terms=replace(kept.terms, access_code=codes.access_code_new)))


def _same(kept: str, said: str) -> bool:
    """Whether a code is right, in a time that tells nothing of it. No code at all is right nowhere."""
    return hmac.compare_digest(kept.encode(), said.encode()) and bool(kept)
