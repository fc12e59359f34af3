"""Guarantees at work: each message changes one ledger, and asking twice for one MRN changes nothing the second time."""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from msgspec.structs import replace

from douane.applications.authorisations.contract import (
    AuthorisationAnswer,
    AuthorisationQuestion,
    Authorisations,
    Standing,
    authority_of,
)
from douane.applications.guarantees.contract import USER, Guarantees, office_of
from douane.applications.guarantees.handlers import tries
from douane.applications.guarantees.messages import (
    CarnetNotRegistered,
    CarnetQuestion,
    CarnetRegistered,
    CarnetRegistration,
    CarnetStanding,
    GuaranteeAccount,
    GuaranteeNotRegistered,
    GuaranteeQuery,
    GuaranteeRegistered,
    GuaranteeRegistration,
)
from douane.applications.guarantees.records import Carnet, Guarantee, Held, Tries
from douane.applications.guarantees.rules import ledgers as rules
from douane.applications.guarantees.rules.book import BOOK
from douane.applications.guarantees.rules.ledgers import Invalid, Ledger, Reservation, Terms
from douane.runtime.catalogue.behaviour import answers, handles
from douane.runtime.core.work import Work
from douane.runtime.store.queries import View
from douane.standards.ncts.errors import Remains, error_message
from douane.standards.ncts.phase5 import (
    CD200C,
    CD201C,
    CD203C,
    CD204C,
    CD205C,
    CD209C,
    TransitOperation43,
)
from douane.vocabulary.decisions import DecisionType
from douane.vocabulary.errors import Fault, NotFound
from douane.vocabulary.identifiers import DecisionReference
from douane.vocabulary.known import NO, YES, Says
from douane.vocabulary.time import Instant, moment

A = TypeVar("A", CD201C, CD205C)


def refuse_registration(work: Work, m: GuaranteeRegistration, faults: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(GuaranteeNotRegistered(m.grn, tuple(fault.remedy for fault in faults)))


@handles(Guarantees.register, refuse=refuse_registration)
def register(work: Work, m: GuaranteeRegistration) -> None:
    """Open a ledger."""
    faults = rules.registration_faults(m)
    if not faults and m.authorisation and not _rests_on(work, m.authorisation, m.holder):
        remedy = "Name a decision on a comprehensive guarantee (CGU) of this holder that may be used, or none."
        faults = (Fault("/authorisation", "14", remedy, rule="UCC art. 95", value=m.authorisation),)
    if faults:
        refuse_registration(work, m, faults)
        return
    office = office_of(m)
    terms, ledger = rules.opened(m, office)
    opened = Guarantee(
        m.grn, m.holder, office, terms, ledger, work.now, m.guarantor, m.percentage, m.authorisation,
        m.master_access_code,
    )  # fmt: skip
    work.put(opened)
    work.reply(GuaranteeRegistered(m.grn, office))


def refuse_carnet(work: Work, m: CarnetRegistration, faults: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(CarnetNotRegistered(m.carnet, tuple(fault.remedy for fault in faults)))


@handles(Guarantees.register_carnet, refuse=refuse_carnet)
def register_carnet(work: Work, m: CarnetRegistration) -> None:
    """Keep who stands for a TIR carnet."""
    faults = rules.carnet_faults(m)
    if faults:
        refuse_carnet(work, m, faults)
        return
    work.put(Carnet(m.carnet, m.tir_holder, m.holder, m.association, m.office, m.valid_to, m.limit))
    work.reply(CarnetRegistered(m.carnet, m.association))


@answers(Guarantees.ask_carnet)
def ask_carnet(view: View, question: CarnetQuestion) -> CarnetStanding:
    """What is known of a carnet. What nobody registered is unknown."""
    subject = view.resolve("carnet", question.carnet)
    kept = view.get(Carnet, subject) if subject is not None else None
    if kept is None:
        return CarnetStanding(carnet=question.carnet, known=NO)
    return CarnetStanding(
        carnet=kept.carnet, known=YES, tir_holder=kept.tir_holder, holder=kept.holder,
        association=kept.association, limit=kept.limit, valid_to=kept.valid_to,
    )  # fmt: skip


def refuse_check(work: Work, m: CD200C, faults: tuple[Fault, ...]) -> None:
    """The question breaks rules (IE906); or the GRN is unknown here, and every guarantee of it is answered so."""
    if not any(fault.rule for fault in faults):
        work.reply(_answer(CD201C, work, m, {}, {}))
        return
    about = Remains("CD200C", identification=m.message_identification, mrn=m.transit_operation.mrn)
    work.reply(
        error_message(
            about, faults, syntax=False, common=True, sender=f"NTA.{work.administration}", recipient=work.row.sender,
            id=work.message_id(), correlation="", at=_now(work),
        )
    )  # fmt: skip


@handles(Guarantees.check, reads=(Guarantee, Tries), rules=BOOK, refuse=refuse_check)
def check(work: Work, m: CD200C) -> None:
    """Would the guarantees cover the movement? Nothing is reserved."""
    terms, invalid = _judged(work, m, rules.uses_of(m))
    work.reply(_answer(CD201C, work, m, invalid, terms))


def refuse_use(work: Work, m: CD203C, _faults: tuple[Fault, ...]) -> None:
    """The GRN is unknown here."""
    work.reply(_answer(CD205C, work, m, {}, {}))


@handles(Guarantees.use, reads=(Guarantee, Tries), refuse=refuse_use)
def use(work: Work, m: CD203C) -> None:
    """Reserve the amount for the movement, all of it or nothing.

    A message may name further guarantees. They are other cases with ledgers of their own, which this one cannot change,
    so each has to be asked for in a message of its own; here they are unknown.
    """
    guarantee, wishes = work.need(Guarantee), rules.uses_of(m)
    terms, invalid = _judged(work, m, wishes)
    if not invalid[guarantee.grn] and len(invalid) == 1:
        wish = wishes[0]
        answer = rules.reserve(guarantee.terms, guarantee.ledger, _held(work, wish.mrn), wish)
        kept = Held(answer.reservation, locked_on=wish.day) if answer.reservation else None
        _keep(work, guarantee, answer.ledger, wish.mrn, kept)
        work.admit(work.caller.party, USER)
    work.reply(_answer(CD205C, work, m, invalid, terms))


def note_unknown(_work: Work, _m: CD204C | CD209C, _faults: tuple[Fault, ...]) -> None:
    """Nothing is held of a guarantee that is unknown here; the audit keeps that it was asked."""


@handles(Guarantees.cancel_use, reads=(Guarantee,), refuse=note_unknown)
def cancel_use(work: Work, m: CD204C) -> None:
    """Give back what a movement holds that was not released."""
    guarantee, mrn = work.need(Guarantee), m.transit_operation.mrn
    before = work.get(Held, mrn.encode())
    ledger, held = rules.cancel(guarantee.ledger, before.reservation if before else None)
    _keep(work, guarantee, ledger, mrn, before if held else None)


@handles(Guarantees.credit, reads=(Guarantee,), refuse=note_unknown)
def credit(work: Work, m: CD209C) -> None:
    """The movement is discharged: what it held is free again."""
    guarantee, mrn = work.need(Guarantee), m.transit_operation.mrn
    before = work.get(Held, mrn.encode())
    ledger, held = rules.credit(guarantee.terms, guarantee.ledger, before.reservation if before else None)
    if before is None or held is None or before.reservation.credited:
        return
    arrived = m.transit_operation.arrival_date_and_time_actual
    over = Held(held, before.locked_on, before.reservation.amount, arrived)
    _keep(work, guarantee, ledger, mrn, over)


@answers(Guarantees.show)
def show(view: View, question: GuaranteeQuery) -> GuaranteeAccount:
    """Limit, reservations and what is available."""
    subject = view.resolve("grn", question.grn)
    guarantee = view.get(Guarantee, subject) if subject is not None else None
    if subject is None or guarantee is None or not view.admits(Guarantees.show, subject):
        raise NotFound(f"No guarantee {question.grn} is registered here.", remedy="Check the GRN.")
    ledger = guarantee.ledger
    held = [each.reservation for each in view.all_of(Held, subject)]
    return GuaranteeAccount(
        guarantee.grn, guarantee.holder, "EUR", ledger.limit, ledger.reserved, ledger.available,
        tuple(each.mrn for each in held if not each.credited),
    )  # fmt: skip


# --- inside -----------------------------------------------------------------------------------------------------------


def _held(work: Work, mrn: str) -> Reservation | None:
    found = work.get(Held, mrn.encode())
    return found.reservation if found else None


def _keep(work: Work, guarantee: Guarantee, ledger: Ledger, mrn: str, held: Held | None) -> None:
    """Keep what changed; a use that is cancelled leaves no trace but in the journal."""
    local = mrn.encode()
    before = work.get(Held, local)
    if ledger != guarantee.ledger:
        work.put(replace(guarantee, ledger=ledger))
    if held is None:
        if before is not None:
            work.remove(Held, local)
    elif before is None or before.reservation != held.reservation:
        work.put(held, local)


def _judged(
    work: Work, m: CD200C | CD203C, wishes: tuple[rules.Use, ...]
) -> tuple[dict[str, Terms], dict[str, tuple[Invalid, ...]]]:
    """Terms of the guarantee of this case, and the reasons against each guarantee of the message."""
    guarantee = work.need(Guarantee)
    terms = {guarantee.grn: guarantee.terms}
    invalid: dict[str, tuple[Invalid, ...]] = {}
    foreign = {r.grn for g in m.guarantee for r in g.guarantee_reference if r.currency != "EUR"}
    for wish in wishes:
        if wish.grn != guarantee.grn:
            invalid[wish.grn] = (Invalid.UNKNOWN,)
            continue
        found = rules.check(guarantee.terms, guarantee.ledger, _held(work, wish.mrn), wish)
        if found != (Invalid.UNKNOWN,) and tries.closed(work):
            found = (Invalid.WRONG_ACCESS_CODE,)
        if found in ((Invalid.UNKNOWN,), (Invalid.WRONG_ACCESS_CODE,)):
            tries.note(work, guarantee, wish.holder)
        if not found and guarantee.authorisation and not _rests_on(work, guarantee.authorisation, guarantee.holder):
            found = (Invalid.NOT_IN_FORCE,)
        if not found and wish.grn in foreign:
            found = (Invalid.NOT_ENOUGH,)  # ledgers are kept in euro (R0267); another currency covers nothing
        invalid[wish.grn] = found
    return terms, invalid


def _rests_on(work: Work, reference: str, holder: str) -> bool:
    """Whether a decision on a comprehensive guarantee may be used now, and is its holder's. One that another node keeps
    cannot be asked here, and what is not known is not usable."""
    if not DecisionReference.accepts(reference):
        return False
    question = AuthorisationQuestion(reference=reference, valid_at=moment(Instant(work.lawful_now)))
    found: AuthorisationAnswer = work.query(Authorisations.ask, question, administration=authority_of(reference))
    stands = (found.standing, found.type, found.holder) == (Standing.USABLE, DecisionType.CGU, holder)
    return found.known.says is Says.YES and stands


def _answer(
    kind: type[A], work: Work, m: CD200C | CD203C, invalid: dict[str, tuple[Invalid, ...]], terms: dict[str, Terms]
) -> A:
    """What every guarantee asked about is worth."""
    return kind(
        message_sender=f"NTA.{work.administration}",
        message_recipient=work.row.sender,
        preparation_date_and_time=_now(work),
        message_identification=work.message_id(),
        message_type=kind.__name__,
        correlation_identifier=m.message_identification,
        transit_operation=TransitOperation43(mrn=m.transit_operation.mrn),
        customs_office_of_departure=m.customs_office_of_departure,
        holder_of_the_transit_procedure=m.holder_of_the_transit_procedure,
        guarantee=rules.results_of(m, invalid, terms),
        phase_id=m.phase_id,
    )


def _now(work: Work) -> dt.datetime:
    return moment(Instant(work.now)).replace(microsecond=0, tzinfo=None)
