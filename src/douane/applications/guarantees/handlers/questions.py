"""What holder and guarantor may ask of a guarantee (IE034), and what they are answered (IE037)."""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from douane.applications.guarantees.contract import GUARANTOR, Guarantees
from douane.applications.guarantees.handlers import tries
from douane.applications.guarantees.handlers.letters import head, local
from douane.applications.guarantees.messages import (
    AnsweredLine,
    AnsweredLines,
    AnsweredQuery,
    GuaranteeLine,
    GuaranteeLines,
    OwnGuaranteesQuery,
)
from douane.applications.guarantees.records import Guarantee, Held, Tries, Undertaking
from douane.applications.guarantees.rules.book import BOOK
from douane.applications.guarantees.rules.ledgers import GuaranteeType, Terms
from douane.author import Fault, SenderFault
from douane.author.run import CaseEntry, View, Work, answers, handles
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.phase5 import CC034C

USAGE, EXPOSURE, BOTH, OWNER = "1", "2", "3", "4"
"""What is asked (CL054)."""
AS_HOLDER, AS_GUARANTOR = "1", "2"
"""Who asks (CL156, C0818)."""
MONITORED: Final = "3"
"""CL050 is not public; C0286 shows that a guarantee of code 3 has a balance, as each ledger here has."""
BY_REFERENCE_AMOUNT: Final = frozenset("01")
PAGE: Final = 50
CENT: Final = Decimal("0.01")
NEVER_SAID: Final = "No guarantee is known under this reference and access code."
_PLACE: Final = "/CC034C/GuaranteeReference"


def refuse(work: Work, m: CC034C, faults: tuple[Fault, ...]) -> None:
    """IE906 to who asked. Whether the guarantee exists is told to nobody who has no part in it."""
    guarantee = work.get(Guarantee)
    if guarantee is not None and role_of(guarantee, work.row.sender) and not _knows(guarantee, m):
        tries.note(work, guarantee, guarantee.holder)
    work.reply(
        p5.CC906C(
            **head(work, p5.CC906C, work.row.sender, m.message_identification),
            header=p5.Header01(),
            functional_error=tuple(
                p5.FunctionalError02(
                    error_pointer=each.pointer or "/", error_code=each.code, error_reason=each.rule or "N/A",
                    original_attribute_value=each.value or None,
                )
                for each in faults
            ),
        )
    )  # fmt: skip


def proven(work: Work, m: CC034C) -> Terms:
    """The terms of a guarantee, for the rules of a question. Raises SenderFault for who has no part in it, or does not
    know the access code: he learns nothing else, not even what is wrong with his question."""
    guarantee, asked = work.get(Guarantee), m.guarantee_reference[0]
    known = guarantee is not None and _knows(guarantee, m) and not tries.closed(work)
    if guarantee is None or not known or not role_of(guarantee, work.row.sender):
        raise SenderFault(NEVER_SAID, faults=(Fault(_PLACE, "90", NEVER_SAID, value=asked.grn),))
    return guarantee.terms


def _knows(guarantee: Guarantee, m: CC034C) -> bool:
    said = m.guarantee_reference[0].access_code.access_code
    return hmac.compare_digest(guarantee.terms.access_code.encode(), said.encode())


def role_of(guarantee: Guarantee, sender: str) -> str:
    """In which role a party asks; empty for who has none."""
    guarantor = guarantee.guarantor.identification if guarantee.guarantor else ""
    return {guarantee.holder: AS_HOLDER, guarantor: AS_GUARANTOR}.get(sender, "")


@handles(Guarantees.ask_use, reads=(Guarantee, Held, Tries), rules=BOOK, case=proven, refuse=refuse)
def ask_use(work: Work, m: CC034C) -> None:
    """Answer from the ledger. Each guarantee has one of its own, so a question is about one."""
    guarantee = work.need(Guarantee)
    faults = tuple(against(guarantee, m, work.row.sender))
    if faults:
        refuse(work, m, faults)
        return
    held = list(work.all_of(Held).values())
    work.reply(
        p5.CC037C(
            **head(work, p5.CC037C, work.row.sender, m.message_identification),
            requester=m.requester,
            customs_office_of_guarantee=p5.CustomsOfficeOfGuarantee(reference_number=guarantee.office),
            guarantee_reference=(answer(work, guarantee, m.guarantee_reference[0].guarantee_query, held),),
        )
    )


@answers(Guarantees.mine)
def mine(view: View, question: OwnGuaranteesQuery) -> GuaranteeLines:
    """A page of the guarantees of whoever asks: of a delegate those that his delegation shows him."""
    own, after = view.caller.party.identifier, bytes.fromhex(question.after)
    found, after = view.find(Guarantee, "by_holder", own, limit=PAGE, after=after)
    lines = tuple(
        GuaranteeLine(
            grn=kept.grn, type=kept.terms.type, office=kept.office, valid_from=kept.terms.valid_from,
            valid_until=kept.terms.valid_until, excluded_countries=kept.terms.excluded_countries,
            authorisation=kept.authorisation,
        )
        for subject, kept in found
        if view.roles_seen(subject)
    )  # fmt: skip
    return GuaranteeLines(lines=lines, after=after.hex())


@answers(Guarantees.answered)
def answered(view: View, question: AnsweredQuery) -> AnsweredLines:
    """A page of the cases in which whoever asks has a part as guarantor, as far as he may see them himself."""
    own, after = view.caller.party.name, bytes.fromhex(question.after)
    found, after = view.find(CaseEntry, "by_party", own, limit=PAGE, after=after)
    subjects = dict.fromkeys(subject for subject, _ in found)
    lines = (_answered(view, each) for each in subjects if GUARANTOR.name in view.roles_seen(each))
    return AnsweredLines(lines=tuple(each for each in lines if each is not None), after=after.hex())


def _answered(view: View, subject: int) -> AnsweredLine | None:
    """What a case is to its guarantor; None for one of another service."""
    kept, undertaking = view.get(Guarantee, subject), view.get(Undertaking, subject)
    if kept is not None:
        return AnsweredLine(
            grn=kept.grn, type=kept.terms.type, holder=kept.holder, office=kept.office,
            valid_from=kept.terms.valid_from, valid_until=kept.terms.valid_until,
        )  # fmt: skip
    if undertaking is None:
        return None
    return AnsweredLine(grn=undertaking.grn, office=undertaking.office, valid_from=undertaking.valid_from,
                        valid_until=undertaking.valid_until)  # fmt: skip


def against(guarantee: Guarantee, m: CC034C, sender: str) -> Iterator[Fault]:
    """Why a question that breaks no rule is not answered all the same."""
    asked, terms, role = m.guarantee_reference[0], guarantee.terms, role_of(guarantee, sender)
    if m.requester.role != role:
        yield Fault("/CC034C/Requester/role", "14", "Ask in your own role.", rule="G0035", value=m.requester.role)
    if asked.owner is not None and asked.owner.identification_number != terms.holder:
        named = asked.owner.identification_number
        yield Fault(f"{_PLACE}[1]/Owner", "14", "Name the holder of the guarantee.", rule="C0818", value=named)
    if len(m.guarantee_reference) > 1:
        yield Fault(f"{_PLACE}[2]", "14", "Ask about one guarantee in a message: each has a ledger of its own.")
    yield from _against_query(guarantee, asked.guarantee_query)


def _against_query(guarantee: Guarantee, question: p5.GuaranteeQuery) -> Iterator[Fault]:
    terms, place, asks = guarantee.terms, f"{_PLACE}[1]/GuaranteeQuery", question.query_identifier
    if terms.type == GuaranteeType.INDIVIDUAL_UNDERTAKING.value and asks != OWNER:
        yield Fault(f"{place}/queryIdentifier", "14", "Its offices are not kept here (C0280): ask for its owner (4).")
    if GuaranteeType(terms.type).by_undertaking and guarantee.guarantor is None:
        yield Fault(
            _PLACE, "14", "No guarantor was registered, who is to be told (C0234): ask the office of guarantee."
        )


def answer(work: Work, guarantee: Guarantee, question: p5.GuaranteeQuery, held: list[Held]) -> p5.GuaranteeReference07:
    """What is told of one guarantee: what its type and the question allow (C0231 to C0286, C0817)."""
    asks, terms = question.query_identifier, guarantee.terms
    since = guarantee.accepted or work.day(terms.valid_from, guarantee.office)
    return p5.GuaranteeReference07(
        sequence_number=1,
        grn=guarantee.grn,
        acceptance_date_and_time=local(since),
        guarantee_type=terms.type,
        guarantee_monitoring_code=MONITORED,
        guarantee_query=question,
        owner=_owner(guarantee) if asks == OWNER else None,
        usage=tuple(_usage(guarantee, question, held)) if asks in (USAGE, BOTH) else (),
        exposure=_exposure(guarantee, held) if asks in (EXPOSURE, BOTH) else None,
        guarantor=_guarantor(guarantee),
        **({} if asks == OWNER else _terms(guarantee)),
    )


def _owner(guarantee: Guarantee) -> p5.Owner02:
    """The holder; until a register tells name and address, his number stands for both."""
    holder = guarantee.holder
    address = p5.Address02(street_and_number=holder, postcode="0", city=holder[:2], country=holder[:2])
    return p5.Owner02(identification_number=holder, name=holder, address=address)


def _usage(guarantee: Guarantee, question: p5.GuaranteeQuery, held: list[Held]) -> Iterator[p5.Usage]:
    """Movements with what they cover. Under a reference amount those that are over, since each has an arrival (C0231);
    what is open is in the exposure."""
    with_arrival = guarantee.terms.type in BY_REFERENCE_AMOUNT
    told = [
        each for each in held
        if each.locked_on is not None
        and (each.arrived is not None) == with_arrival
        and (question.period_from_date or each.locked_on) <= each.locked_on
        and each.locked_on <= (question.period_to_date or each.locked_on)
    ]  # fmt: skip
    for n, each in enumerate(sorted(told, key=lambda one: (one.locked_on, one.reservation.mrn)), 1):
        assert each.locked_on is not None
        yield p5.Usage(
            sequence_number=n, mrn=each.reservation.mrn, covered_amount=each.covered or each.reservation.amount,
            currency="EUR", lock_date=each.locked_on, arrival_date_and_time=each.arrived if with_arrival else None,
        )  # fmt: skip


def _exposure(guarantee: Guarantee, held: list[Held]) -> p5.Exposure:
    """What is in use, and how many movements it was exposed for, those that are over included. The layout's counter is
    never 0: a guarantee that was exposed for none has counted to 1, with an amount of nothing."""
    ledger = guarantee.ledger
    counted = max(len(held), 1)
    return p5.Exposure(exposure=ledger.reserved, exposure_counter=counted, balance=ledger.available, currency="EUR")


def _guarantor(guarantee: Guarantee) -> p5.Guarantor01 | None:
    known = guarantee.guarantor
    if known is None or not GuaranteeType(guarantee.terms.type).by_undertaking:
        return None
    address = p5.Address02(
        street_and_number=known.street, postcode=known.postcode, city=known.city, country=known.country
    )
    return p5.Guarantor01(identification_number=known.identification, name=known.name, address=address)


def _terms(guarantee: Guarantee) -> dict[str, Any]:
    """One of three groups, by the type (C0280)."""
    terms, limit = guarantee.terms, guarantee.ledger.limit
    if terms.type == GuaranteeType.INDIVIDUAL_VOUCHER.value:
        assert terms.valid_until is not None  # a voucher has a last day
        voucher = p5.IndividualGuaranteeVoucher(
            issue_date=terms.valid_from, expiry_date=terms.valid_until, copy_given=False, tir_carnet=False
        )
        return {"individual_guarantee_voucher": voucher}
    reduced = terms.type in BY_REFERENCE_AMOUNT
    amount = limit * guarantee.percentage / 100 if reduced else limit
    comprehensive = p5.ComprehensiveGuarantee(
        reference_amount=limit if reduced else None,
        percentage_of_reference_amount=guarantee.percentage if reduced else None,
        guarantee_amount=amount.quantize(CENT),
        currency="EUR",
        number_of_certificates=0,
        validity_start_date=terms.valid_from,
        validity_end_date=terms.valid_until,
        restricted_use_for_suspended_goods=False,
        validity_limitation=tuple(
            p5.ValidityLimitation(sequence_number=n, guarantee_not_valid_in=country)
            for n, country in enumerate(terms.excluded_countries, 1)
        ),
    )
    return {"comprehensive_guarantee": comprehensive}
