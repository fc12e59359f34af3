"""The register of economic operators: deliveries are kept, numbers are checked."""

from __future__ import annotations

import re
from collections import Counter

from douane.applications.eori.contract import EconomicOperators
from douane.applications.eori.messages import (
    EoriCheck,
    EoriCheckAnswer,
    EoriVerdict,
    EoriVerdicts,
    OperatorQuestion,
    OperatorRecords,
    OperatorRecordsKept,
    OperatorRecordsRefused,
    OperatorStanding,
    VatCheck,
    VatCheckAnswer,
)
from douane.applications.eori.records import operator_of, registered, with_vat
from douane.author import NO, ActorKind, BadQuery, Eori, instant, yes_or_no
from douane.author.run import View, Work, answers, handles

_EORI = re.compile(rf"\A{Eori.shape}\Z")
_COUNTRY = re.compile(r"\A[A-Z]{2}\Z")
_VAT = re.compile(r"\A[0-9A-Za-z+*.]{2,12}\Z")
ALSO = {"GB": ("XI",), "GR": ("EL",)}
"""Prefixes that an administration gives beside its country code: Northern Ireland, and Greece in VAT numbers."""


@handles(EconomicOperators.deliver)
def deliver(work: Work, m: OperatorRecords) -> None:
    """Keep the records of a delivery, all or none: each must be of the administration that sends it.

    Who runs the node may load those of all, as the administrations delivered them elsewhere, and gets no answer.
    """
    own, loads = work.caller.administration, work.caller.kind is ActorKind.OPERATOR
    reasons = [
        f"operators[{n}]: {entry.eori} is not registered by {own}; deliver your own operators only."
        for n, entry in enumerate(m.operators) if not loads and entry.eori[:2] not in (own, *ALSO.get(own, ()))
    ]  # fmt: skip
    count = Counter(entry.eori for entry in m.operators)
    reasons += [f"{eori} comes {n} times; deliver each number once." for eori, n in sorted(count.items()) if n > 1]
    if reasons:
        work.reply(OperatorRecordsRefused(tuple(reasons)))
        return
    for n, entry in enumerate(m.operators):
        work.put(operator_of(entry, work.now), n.to_bytes(2, "big"))
    if not loads:
        work.reply(OperatorRecordsKept(len(m.operators)))


@answers(EconomicOperators.validate)
def validate(view: View, question: EoriCheck) -> EoriCheckAnswer:
    """A verdict for each number, in the order asked."""
    day = view.today()
    return EoriCheckAnswer(
        EoriVerdicts(request_date=f"{day:%d/%m/%Y}", result=tuple(_verdict(view, e.strip()) for e in question.eori))
    )


def _verdict(view: View, eori: str) -> EoriVerdict:
    found = registered(view, eori) if _EORI.match(eori) else None
    if found is None or not found.valid_on(view.today(found.country)):
        return EoriVerdict(eori=eori, status=1, status_descr="Not valid")
    if not found.publish:
        return EoriVerdict(eori=eori, status=0, status_descr="Valid")
    return EoriVerdict(
        eori=eori, status=0, status_descr="Valid", name=found.name, address=found.address, street=found.street or None,
        postal_code=found.postal_code or None, city=found.city or None, country=found.country,
    )  # fmt: skip


@answers(EconomicOperators.standing)
def standing(view: View, question: OperatorQuestion) -> OperatorStanding:
    """Whether a number was registered; what is no number is not."""
    known_at = instant(question.known_at) if question.known_at is not None else None
    found = registered(view, question.eori, known_at) if _EORI.match(question.eori) else None
    if found is None:
        return OperatorStanding(eori=question.eori, known=NO)
    day = question.valid_on or view.today(found.country)
    return OperatorStanding(
        eori=question.eori, known=yes_or_no(found.valid_on(day)), valid_from=found.valid_from, valid_to=found.valid_to
    )


@answers(EconomicOperators.check_vat)
def check_vat(view: View, question: VatCheck) -> VatCheckAnswer:
    """Whether an operator with this VAT number is registered; INVALID_INPUT is what the contract calls a wrong form."""
    country, number = question.country_code.strip(), question.vat_number.strip()
    if not _COUNTRY.match(country) or not _VAT.match(number):
        raise BadQuery("INVALID_INPUT", remedy="Give the country code of a Member State and the VAT number without it.")
    day = view.today(country)
    found = with_vat(view, country + number)
    holder = found if found is not None and found.valid_on(day) else None
    shown = holder if holder is not None and holder.publish else None
    return VatCheckAnswer(
        country, number, day, holder is not None, shown.name if shown else None, shown.address if shown else None
    )
