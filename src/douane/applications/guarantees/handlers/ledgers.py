"""Guarantees at work: each message changes one ledger, and asking twice for one MRN changes nothing the second time."""

from __future__ import annotations

import datetime as dt
from typing import TypeAlias, TypeVar, assert_never

from msgspec.structs import replace

from douane.applications.authorisations.contract import authority_of
from douane.applications.guarantees.contract import USER, Guarantees, office_of
from douane.applications.guarantees.handlers import relying, tries
from douane.applications.guarantees.messages import (
    CarnetNotRegistered,
    CarnetQuestion,
    CarnetRegistered,
    CarnetRegistration,
    CarnetStanding,
    CoverWaits,
    DecisionNoted,
    DecisionNotNoted,
    DecisionSeen,
    GuaranteeAccount,
    GuaranteeNotRegistered,
    GuaranteeQuery,
    GuaranteeRegistered,
    GuaranteeRegistration,
)
from douane.applications.guarantees.records import Carnet, Guarantee, Held, Relying, Tries, Waiting, use_of
from douane.applications.guarantees.rules import ledgers as rules
from douane.applications.guarantees.rules.book import BOOK
from douane.applications.guarantees.rules.ledgers import Invalid, Ledger, Reservation, Terms
from douane.author import NO, YES, ActorKind, Fault, Instant, NotFound, Says, Why, in_words, machine, moment, not_known
from douane.author.run import Asker, View, Work, answers, handles
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

A = TypeVar("A", CD201C, CD205C)
Invalids: TypeAlias = dict[str, tuple[Invalid, ...]]
"""The reasons against each guarantee, by GRN; none where it covers."""


def refuse_registration(work: Work, m: GuaranteeRegistration, faults: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(GuaranteeNotRegistered(m.grn, tuple(fault.remedy for fault in faults)))


@handles(Guarantees.register, refuse=refuse_registration)
def register(work: Work, m: GuaranteeRegistration) -> None:
    """Open a ledger."""
    faults = rules.registration_faults(m)
    if not faults and m.authorisation and relying.usable(work, m.authorisation, m.holder) is Says.NO:
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
    """What is known of a carnet. What nobody registered is unknown; one administration does not ask for another."""
    caller = view.caller
    if caller.kind is ActorKind.MEMBER_STATE and caller.administration != question.office[:2]:
        raise NotFound("No carnet of yours is known under this number.", remedy="Name an office of departure of yours.")
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
    judged = _judged(work, m, rules.uses_of(m))
    if judged is None:
        _wait(work, Waiting(work.asker, work.lawful_now, work.now, check=m))
        return
    work.reply(_answer(CD201C, work, m, *judged))


def refuse_use(work: Work, m: CD203C, _faults: tuple[Fault, ...]) -> None:
    """The GRN is unknown here."""
    work.reply(_answer(CD205C, work, m, {}, {}))


@handles(Guarantees.use, reads=(Guarantee, Tries), refuse=refuse_use)
def use(work: Work, m: CD203C) -> None:
    """Reserve the amount for the movement, all of it or nothing.

    A message may name further guarantees. They are other cases with ledgers of their own, which this one cannot change,
    so each has to be asked for in a message of its own; here they are unknown.
    """
    judged = _judged(work, m, rules.uses_of(m))
    if judged is None:
        work.admit(work.caller.party, USER)  # it knows the access code, and may take the use back while it waits
        _wait(work, Waiting(work.asker, work.lawful_now, work.now, use=m))
        return
    _wait_no_more(work, m.transit_operation.mrn)  # what is answered now takes the place of what waits
    if _reserve(work, m, judged[0]):
        work.admit(work.caller.party, USER)
    work.reply(_answer(CD205C, work, m, *judged))


def _reserve(work: Work, m: CD203C, invalid: Invalids) -> bool:
    """Reserve what a use asks for, where nothing speaks against it; whether it does not."""
    guarantee, wish = work.need(Guarantee), rules.uses_of(m)[0]
    if invalid[guarantee.grn] or len(invalid) != 1:
        return False
    answer = rules.reserve(guarantee.terms, guarantee.ledger, _held(work, wish.mrn), wish)
    kept = Held(answer.reservation, locked_on=wish.day) if answer.reservation else None
    _keep(work, guarantee, answer.ledger, wish.mrn, kept)
    return True


def _wait(work: Work, waiting: Waiting) -> None:
    """Keep what cannot be answered before the register of decisions is: it is no "no", and covers nothing. The holder
    is told, and with him the procedure of this node that waits."""
    work.put(waiting, waiting.local)
    guarantee = work.need(Guarantee)
    relying.begin(work, guarantee.authorisation)
    keeper = authority_of(guarantee.authorisation)
    known = not_known(keeper, Why.ELSEWHERE, machine(waiting.since))
    told = CoverWaits(
        grn=guarantee.grn, mrn=waiting.mrn, decision=guarantee.authorisation, known=known,
        reason=f"Whether {guarantee.authorisation} may be used, on which guarantee {guarantee.grn} rests, is "
        f"{in_words(known)}. Nothing is covered before its register says so, or an officer saw the decision.",
        article="UCC art. 95, 195(1)",
    )  # fmt: skip
    work.send(told, guarantee.holder)
    if waiting.use is not None and waiting.asker.reply_to is not None:
        work.send(told, waiting.asker.sender)


def not_noted(work: Work, m: DecisionSeen, faults: tuple[Fault, ...]) -> None:
    """Tell the officer why nothing was answered."""
    work.reply(DecisionNotNoted(grn=m.grn, code=faults[0].code, reason=faults[0].remedy))


@handles(Guarantees.accept_document, reads=(Guarantee,), refuse=not_noted)
def accept_document(work: Work, m: DecisionSeen) -> None:
    """An officer saw what the register does not say: all that waits now is answered by that."""
    waiting = work.all_of(Waiting)
    if not m.proof.strip():
        not_noted(work, m, (Fault("/proof", "13", "Say what was seen (UCC art. 95).", value=m.proof),))
    elif not waiting:
        not_noted(work, m, (Fault("/grn", "92", "Nothing waits for the decision behind this guarantee."),))
    else:
        says = Says.YES if m.usable else Says.NO
        settle(work, Relying(work.need(Guarantee).authorisation, asked=work.lawful_now, says=says))
        work.reply(DecisionNoted(grn=m.grn, answered=len(waiting)))


def _wait_no_more(work: Work, mrn: str) -> None:
    """Nobody waits any more for the use of a movement."""
    if work.get(Waiting, use_of(mrn)) is not None:
        work.remove(Waiting, use_of(mrn))


@relying.relying.step("settle")
def settle(work: Work, case: Relying) -> None:
    """Answer what was asked before the register said whether the decision may be used, oldest first."""
    for waiting in sorted(work.all_of(Waiting).values(), key=lambda each: (each.since, each.local)):
        if waiting.at > case.asked:
            continue  # of a later instant than the question: that is asked next
        m = waiting.message
        judged = _judged(work, m, rules.uses_of(m), says=case.says)
        assert judged is not None
        if isinstance(m, CD203C):
            _reserve(work, m, judged[0])
            work.answer(waiting.asker, _answer(CD205C, work, m, *judged, asker=waiting.asker))
        else:
            work.answer(waiting.asker, _answer(CD201C, work, m, *judged, asker=waiting.asker))
        work.remove(Waiting, waiting.local)


def note_unknown(_work: Work, _m: CD204C | CD209C, _faults: tuple[Fault, ...]) -> None:
    """Nothing is held of a guarantee that is unknown here; the audit keeps that it was asked."""


@handles(Guarantees.cancel_use, reads=(Guarantee,), refuse=note_unknown)
def cancel_use(work: Work, m: CD204C) -> None:
    """Give back what a movement holds that was not released."""
    guarantee, mrn = work.need(Guarantee), m.transit_operation.mrn
    before = work.get(Held, mrn.encode())
    ledger, held = rules.cancel(guarantee.ledger, before.reservation if before else None)
    _keep(work, guarantee, ledger, mrn, before if held else None)
    _wait_no_more(work, mrn)


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
    work: Work, m: CD200C | CD203C, wishes: tuple[rules.Use, ...], *, says: Says | None = None
) -> tuple[Invalids, dict[str, Terms]] | None:
    """The reasons against each guarantee of the message, and terms of the guarantee of this case; None where all hangs
    on a decision whose register cannot be asked here.

    says: what that register answered about the decision to a message that waited; its access code was judged before.
    """
    guarantee = work.need(Guarantee)
    terms = {guarantee.grn: guarantee.terms}
    invalid: Invalids = {}
    foreign = {r.grn for g in m.guarantee for r in g.guarantee_reference if r.currency != "EUR"}
    for wish in wishes:
        if wish.grn != guarantee.grn:
            invalid[wish.grn] = (Invalid.UNKNOWN,)
            continue
        found = rules.check(guarantee.terms, guarantee.ledger, _held(work, wish.mrn), wish)
        if says is None:
            if found != (Invalid.UNKNOWN,) and tries.closed(work):
                found = (Invalid.WRONG_ACCESS_CODE,)
            if found in ((Invalid.UNKNOWN,), (Invalid.WRONG_ACCESS_CODE,)):
                tries.note(work, guarantee, wish.holder)
        if not found and wish.grn in foreign:
            found = (Invalid.NOT_ENOUGH,)  # ledgers are kept in euro (R0267); another currency covers nothing
        if not found and guarantee.authorisation:
            match says or relying.usable(work, guarantee.authorisation, guarantee.holder):
                case Says.YES:
                    pass
                case Says.NO:
                    found = (Invalid.NOT_IN_FORCE,)
                case Says.NOT_KNOWN:
                    return None
                case never:
                    assert_never(never)
        invalid[wish.grn] = found
    return invalid, terms


def _answer(
    kind: type[A], work: Work, m: CD200C | CD203C, invalid: Invalids, terms: dict[str, Terms],
    *, asker: Asker | None = None,
) -> A:  # fmt: skip
    """What every guarantee asked about is worth."""
    return kind(
        message_sender=f"NTA.{work.administration}",
        message_recipient=asker.sender if asker is not None else work.row.sender,
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
