"""The process at the office of departure: what each of its steps does, when its gateways open, how long it waits."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.guarantees.contract import Guarantees
from douane.applications.risk_analysis.contract import Assess, RiskAnalysis, RiskOutcome, TrustedTrader
from douane.applications.transit.contract import Transit
from douane.applications.transit.contract.parties import AT_GUARANTEE
from douane.applications.transit.handlers import exchanges, registers, replies, risk
from douane.applications.transit.handlers.envelopes import office_of
from douane.applications.transit.handlers.journey import journey, verifying
from douane.applications.transit.messages import MovementOutcome
from douane.applications.transit.records.departure import Departure, GuaranteeUse
from douane.applications.transit.rules import claims, cover, exported, identification
from douane.applications.transit.rules.claims import Claim
from douane.applications.transit.rules.mrn_series import mrn_serial
from douane.applications.transit.rules.time_limits import (
    AMENDMENT,
    ENQUIRY,
    JOURNEY,
    PRESENTATION,
    date_accepted,
)
from douane.author import Country, Mrn, Procedure, Says, administration, issuer_of_grn
from douane.author.run import SECOND, HumanTask, Instant, Work, process
from douane.standards.ncts.phase5 import CC015C, CD001C, CD050C, CD160C, CD203C, CD205C

departure = process(
    "departure", Departure, __name__, older=("departure_0_1.bpmn", "former/departure_0_2.bpmn"), calls=(verifying,)
)

OFFICER = "customs officer of departure"
CONSIDERED_SATISFACTORY, SIMPLIFIED = "A2", "A3"  # CL196
UNSATISFACTORY = "B1"  # CL196, CL197
NOT_ENOUGH = "G09"  # CL252
PATIENCE: Final = 15 * 60 * SECOND
"""How long the release waits for a register of another node, by the machine: patience, no limit of law."""


# --- acceptance -------------------------------------------------------------------------------------------------------


@departure.step("acknowledge")
def acknowledge(work: Work, case: Departure) -> None:
    """Say that the declaration is here."""
    work.send(replies.acknowledgement(work, case), case.declarant, correlation=case.message)


@departure.when
def prelodged(case: Departure) -> bool:
    """Lodged before the goods are presented."""
    return case.prelodged


@departure.ask("assess_prelodged", RiskAnalysis.assess, administration=lambda c: c.office[:2])
def assess_prelodged(work: Work, case: Departure) -> Assess:
    """Ask for the risk before the goods are here."""
    return risk.question(work, case, replies.declared(work))


@departure.answer("assess_prelodged")
def assessed_prelodged(work: Work, case: Departure, outcome: RiskOutcome) -> Departure:
    """Keep what is to be controlled; from here on the declaration waits for its goods."""
    return replace(
        case,
        controls=outcome.control_types,
        trusted=registers.trust(work, case.holder, case.claims) is not TrustedTrader.NONE,
        state="pre-lodged",
        deadline=case.deadline or work.limit(PRESENTATION, case.office, event=work.lawful(case.submitted)).last_instant,
    )


@departure.when
def control_intended(case: Departure) -> bool:
    """Only an authorised economic operator is told in advance."""
    return case.trusted and bool(case.controls or case.announced)


@departure.step("announce_control")
def announce_control(work: Work, case: Departure) -> Departure:
    """Announce that the goods may be controlled (DA 2015/2446 art. 24(3))."""
    work.send(replies.control(work, case, replies.INTENTION_TO_CONTROL), case.declarant, correlation=case.message)
    return replace(case, announced=case.controls)


@departure.deadline(PRESENTATION)
def presentation_deadline(_work: Work, case: Departure) -> Instant:
    """The declaration lapses when the goods are not presented (UCC art. 171)."""
    return Instant(case.deadline)


@departure.step("reject_presentation")
def reject_presentation(work: Work, case: Departure) -> Departure:
    """The declaration lapses."""
    work.send(replies.lapsed(work, case), case.declarant, correlation=case.message)
    return replace(case, state="lapsed", deadline=0, over_on=work.today(case.office))


@departure.step("allocate_mrn")
def allocate_mrn(work: Work, case: Departure) -> Departure:
    """Accept the declaration under a new MRN; its letter follows the security data declared (R0410)."""
    day = work.today(case.office)
    security = replies.declared(work).transit_operation.security
    serial = mrn_serial(case.office, work.position >> 48, work.serial(f"mrn {case.office} {day.year}"))
    procedure = Procedure.of_transit(security)
    mrn = str(Mrn.issue(day.year, Country.trusted(case.office[:2]), serial, procedure))
    work.alias("mrn", mrn, issued=True)
    accepted = replace(case, mrn=mrn, accepted_on=day, state="accepted", deadline=0)
    work.send(replies.mrn_allocated(work, accepted), case.declarant, correlation=case.message)
    return accepted


# --- guarantees -------------------------------------------------------------------------------------------------------


@verifying.step("review")
def review(work: Work, case: Departure) -> Departure:
    """List what is to be reserved; give back what an amendment no longer names."""
    content = replies.declared(work)
    known = {use.grn: use for use in case.guarantees}
    wanted = {
        r.grn: replace(
            known.get(r.grn, GuaranteeUse(r.grn, g.guarantee_type)),
            type=g.guarantee_type,
            state="asked",
            reasons=(),
            holds=_may_hold(known.get(r.grn)),
        )
        for g in content.guarantee
        if g.guarantee_type not in cover.WITHOUT_GRN
        for r in g.guarantee_reference
        if r.grn
    }
    for use in case.guarantees:
        if use.grn not in wanted:
            _give_back(work, case, use)
    left, short = cover.left_to_officer(content), cover.falls_short(content)
    if short and wanted:  # no ledger is asked for an amount that does not cover the goods
        wanted = {grn: replace(use, state="refused", reasons=(NOT_ENOUGH,)) for grn, use in wanted.items()}
    left = (*left, *(claims.silent(each) for each in case.claims if claims.about_cover(each) and unsaid(each)))
    if short and not wanted:
        left = (*left, f"the goods owe at least EUR {cover.least(content):,.2f}")
    return replace(
        case, guarantees=tuple(wanted.values()), controls=(), state="accepted", deadline=0, left_to_officer=left,
        guarantee_accepted=False,
    )  # fmt: skip


def denied(case: Departure) -> bool:
    """Whether it is certain that nothing is released, whatever else is found: nobody is asked or called for that."""
    return identity_denied(case) or cover_denied(case)


def unsaid(claim: Claim) -> bool:
    """Whether the register of a claim has not said whether it is right."""
    return claim.says is Says.NOT_KNOWN


def cover_denied(case: Departure) -> bool:
    """A register says that nobody stands for what was to cover the movement."""
    return any(each.says is Says.NO for each in case.claims if claims.about_cover(each))


def _may_hold(use: GuaranteeUse | None) -> bool:
    """Whether a ledger may hold something of a use, or come to: what was asked for may wait there, and be answered
    after another amount was refused."""
    return use is not None and (use.holds or use.state == "asked")


@departure.when
def guarantee_left(case: Departure) -> bool:
    """A guarantee is still to be asked for."""
    return not denied(case) and any(use.state == "asked" for use in case.guarantees)


def _next(case: Departure) -> GuaranteeUse:
    return next(use for use in case.guarantees if use.state == "asked")


@departure.ask("reserve_guarantee", Guarantees.use, administration=lambda c: issuer_of_grn(_next(c).grn))
def reserve_guarantee(work: Work, case: Departure) -> CD203C:
    """Ask the office of guarantee for the amount."""
    work.admit(administration(issuer_of_grn(_next(case).grn)), AT_GUARANTEE)
    return exchanges.use_of_guarantee(work, case, _next(case))


@departure.answer("reserve_guarantee")
def guarantee_answered(_work: Work, case: Departure, answer: CD205C) -> Departure:
    """Keep what the office of guarantee answers."""
    found = {r.grn: r for g in answer.guarantee for r in g.guarantee_reference}
    asked = _next(case)
    result = found.get(asked.grn)
    reasons = tuple(each.code for each in result.invalid_guarantee_reason) if result else ("G01",)
    office = result.customs_office_of_guarantee if result else None
    state = "refused" if reasons else "held"
    at = office.reference_number if office else ""
    kept = GuaranteeUse(asked.grn, asked.type, state, at, reasons, asked.holds or not reasons)
    limited = tuple(each.guarantee_not_valid_in for each in result.validity_limitation) if result else ()
    return replace(
        case, guarantees=tuple(kept if use is asked else use for use in case.guarantees),
        not_valid_in=tuple(dict.fromkeys((*case.not_valid_in, *limited))),
    )  # fmt: skip


@departure.when
def guarantees_hold(case: Departure) -> bool:
    """Every declared guarantee covers its part; none is asked for of who is not who he says."""
    return identity_denied(case) or all(use.state == "held" for use in case.guarantees)


@departure.step("guarantee_not_valid")
def guarantee_not_valid(work: Work, case: Departure) -> Departure:
    """Tell the holder, who may name another guarantee in time."""
    work.send(replies.guarantee_not_valid(work, case), case.declarant, correlation=case.message)
    for use in case.guarantees:
        if use.state == "refused":
            _give_back(work, case, use)
    kept = tuple(replace(use, holds=use.holds and use.state == "held") for use in case.guarantees)
    answer = work.limit(AMENDMENT, case.office)
    return replace(case, guarantees=kept, state="guarantee not valid", deadline=answer.last_instant)


@departure.deadline(AMENDMENT)
def amendment_deadline(_work: Work, case: Departure) -> Instant:
    """No release without a guarantee once the time to remedy is over (UCC art. 195(1), IA 2015/2447 art. 247(1))."""
    return Instant(case.deadline)


@departure.when
def guarantee_left_to_officer(case: Departure) -> bool:
    """Something that was declared in the place of a guarantee, or its amount, is not for a ledger to say."""
    return bool(case.left_to_officer) and not denied(case)


@departure.task("judge_guarantee")
def judge_guarantee(_work: Work, case: Departure) -> HumanTask:
    """An officer says whether the guarantee truly covers (UCC art. 195(1), third subparagraph)."""
    return _task(case, f"Judge the guarantee of {case.mrn}: {'; '.join(case.left_to_officer)}")


@departure.when
def guarantee_accepted(case: Departure) -> bool:
    """An officer found that the guarantee covers, or is not required."""
    return case.guarantee_accepted


def guaranteed(case: Departure) -> bool:
    """Whether ledgers and officer alike say that the movement is covered."""
    judged = case.guarantee_accepted or not case.left_to_officer
    return guarantees_hold(case) and judged and not cover_denied(case)


def _give_back(work: Work, case: Departure, use: GuaranteeUse) -> None:
    """Cancel a use; what was asked for may be held by now though the answer was not heard."""
    if _may_hold(use):
        work.send(exchanges.cancellation_of_use(work, case, use), office_of(use.grn[2:4]))


def _give_all_back(work: Work, case: Departure) -> tuple[GuaranteeUse, ...]:
    for use in case.guarantees:
        _give_back(work, case, use)
    return tuple(replace(use, state="given back", holds=False) for use in case.guarantees)


# --- what registers of other nodes are to say -------------------------------------------------------------------------


@verifying.when
def identity_denied(case: Departure) -> bool:
    """A register, or an officer, says that one who declares is not who he says."""
    return any(each.says is Says.NO for each in case.claims if claims.about_identity(each))


@verifying.when
def identity_open(case: Departure) -> bool:
    """Nobody could say who declares, or whether he may do so for another."""
    return any(map(unsaid, filter(claims.about_identity, case.claims)))


@verifying.task("settle_identity")
def settle_identity(_work: Work, case: Departure) -> HumanTask:
    """An officer asks for evidence where no register could be asked (UCC art. 19(2), 188(b))."""
    asked = filter(unsaid, filter(claims.about_identity, case.claims))
    return _task(case, f"Settle who declares {case.mrn}: {' '.join(map(claims.silent, asked))}")


@verifying.when
def claims_awaited(case: Departure) -> bool:
    """A register that was asked has not said whether a right may be used, and may still do so."""
    return any(each.awaited for each in case.claims)


@verifying.deadline()
def patience_over(_work: Work, case: Departure) -> Instant:
    """When the declaration goes on without: no article says how long a register may be silent."""
    return max(each.since for each in case.claims if each.awaited) + PATIENCE


@verifying.step("go_without")
def go_without(_work: Work, case: Departure) -> Departure:
    """What no register confirmed counts as not claimed; the answer is awaited no more."""
    return replace(case, claims=tuple(replace(each, awaited=False) for each in case.claims))


# --- risk, control, release -------------------------------------------------------------------------------------------


@departure.ask("assess_risk", RiskAnalysis.assess, administration=lambda c: c.office[:2])
def assess_risk(work: Work, case: Departure) -> Assess:
    """Ask for the risk of what is declared."""
    return risk.question(work, case, replies.declared(work))


@departure.answer("assess_risk")
def assessed(work: Work, case: Departure, outcome: RiskOutcome) -> Departure:
    """Keep what is to be controlled, or that nothing is."""
    content = replies.declared(work)
    simplified = any(each.type == risk.AUTHORISED_CONSIGNOR for each in content.authorisation)
    unseen = SIMPLIFIED if simplified else CONSIDERED_SATISFACTORY
    controls = tuple(dict.fromkeys((*outcome.control_types, *case.announced, *_identifying(content), *_exit(content))))
    control = "" if outcome.control or controls else unseen
    unasked = (exported.UNASKED,) if exported.exports(content) else ()
    untold = registers.untold_trust(work, case.holder, case.claims)
    return replace(case, controls=controls, control=control, risk=(*outcome.reasons, *unasked, *untold))


def _identifying(content: CC015C) -> tuple[str, ...]:
    """The control of goods that nothing identifies: they are sealed, or an officer finds their description precise."""
    return () if identification.identified(content) else (identification.SEALS_CONTROL,)


def _exit(content: CC015C) -> tuple[str, ...]:
    """The control of goods under export: nobody but an officer can say whether they may leave."""
    return (exported.DOCUMENTS_CONTROL,) if exported.exports(content) else ()


@departure.when
def control_needed(case: Departure) -> bool:
    """Something is to be controlled before release."""
    return bool(case.controls) and not denied(case)


@departure.step("notify_control")
def notify_control(work: Work, case: Departure) -> Departure:
    """Tell the holder that the goods are controlled."""
    work.send(replies.control(work, case, replies.DECISION_TO_CONTROL), case.declarant, correlation=case.message)
    return replace(case, state="under control")


@departure.task("control_goods", checked=True)
def control_goods(work: Work, case: Departure) -> HumanTask:
    """An officer controls the goods; which export declarations they follow is named to him."""
    named = exported.exports(replies.declared(work))
    title = f"Control the goods of {case.mrn}" + (f", exported under {', '.join(named)}" if named else "")
    return replace(_task(case, title), risk=case.risk)


def _task(case: Departure, title: str) -> HumanTask:
    return HumanTask("departure", "", 0, case.office, OFFICER, title, case.deadline)


@departure.when
def may_be_released(case: Departure) -> bool:
    """It is known who declares, the goods are guaranteed, and nothing speaks against it."""
    known = not identity_open(case) and not identity_denied(case)
    return known and guaranteed(case) and case.control not in ("", UNSATISFACTORY)


@departure.step("not_release")
def not_release(work: Work, case: Departure) -> Departure:
    """The goods stay; what was reserved is given back."""
    if identity_denied(case):
        code, reason = "C1", case.remarks or "Who declares is not who he says (UCC art. 9, 19(1))."
    elif guaranteed(case):
        code, reason = "C1", case.remarks or "The control was not satisfactory."
    elif guarantees_hold(case):
        code, reason = "G1", case.remarks or "The office did not find that the guarantee covers (UCC art. 195(1))."
    else:
        code, reason = "G1", "No valid guarantee was given in time."
    work.send(replies.no_release(work, case, code, reason), case.declarant, correlation=case.message)
    over = replace(
        case, guarantees=_give_all_back(work, case), state="not released", deadline=0, over_on=work.today(case.office)
    )
    publish_outcome(work, over)
    return over


@departure.step("release")
def release(work: Work, case: Departure) -> Departure:
    """Release the goods; tell destination and each administration on the way, and by when they are to arrive."""
    case = _on_its_way(work, case)
    sent = replies.release(work, case)
    work.send(sent, case.declarant, correlation=case.message)
    goods = exchanges.announced_consignment(sent)
    work.send(exchanges.anticipated(work, case, sent, CD001C, case.destination, goods), office_of(case.destination))
    crossed: CD050C | None = None
    for country in dict.fromkeys(each[:2] for each in case.transits):
        crossed = (
            exchanges.told_to(work, sent, goods, crossed, CD050C, country)
            if crossed is not None
            else exchanges.anticipated(work, case, sent, CD050C, country, goods)
        )
        work.send(crossed, office_of(country))
    for country in exchanges.leaving_by(case):
        assert crossed is not None  # an office of exit is declared with offices of transit only (C0030)
        work.send(exchanges.told_to(work, sent, goods, crossed, CD160C, country), office_of(country))
    return case


def _on_its_way(work: Work, case: Departure) -> Departure:
    """Released today; where it has not arrived in time an enquiry begins."""
    day = work.today(case.office)
    named = date_accepted(replies.declared(work).transit_operation.limit_date, day)
    journey = work.limit(JOURNEY, case.office) if named is None else work.set_date(JOURNEY, case.office, named)
    asked = work.limit(ENQUIRY, case.office, event=work.day(journey.last_day, case.office))
    return replace(case, state="released", released_on=day, limit_date=journey.last_day, deadline=asked.last_instant)


@departure.step("begin_journey")
def begin_journey(work: Work, case: Departure) -> Departure:
    """From here on the goods are on their way: a procedure of its own waits for them."""
    journey.start(work, case)
    return work.need(Departure)


@departure.step("confirm_amendment")
def confirm_amendment(work: Work, case: Departure) -> None:
    """Accept an amendment before the goods are presented."""
    work.send(replies.amendment_accepted(work, case), case.declarant, correlation=case.message)


@departure.step("accept_amendment")
def accept_amendment(work: Work, case: Departure) -> None:
    """Accept an amendment of an accepted declaration; it is examined anew."""
    work.send(replies.amendment_accepted(work, case), case.declarant, correlation=case.message)


@departure.step("invalidate")
def invalidate(work: Work, case: Departure) -> Departure:
    """The declaration ends; guarantees are given back, and all who expect the goods are told."""
    by_customs = case.state == "invalidation by office"
    note = replies.invalidated(work, case, by_customs=by_customs, reason=case.remarks)
    work.send(note, case.declarant, correlation="" if by_customs else case.message)
    if case.released_on is not None:
        for country in exchanges.ahead(case):
            work.send(exchanges.cancellation(work, case, country), office_of(country))
    over = replace(
        case, guarantees=_give_all_back(work, case), state="invalidated", deadline=0, over_on=work.today(case.office)
    )
    if case.mrn:
        publish_outcome(work, over)
    return over


def publish_outcome(work: Work, case: Departure) -> None:
    """Tell every administration how the movement ended."""
    work.publish(
        Transit.movement_final,
        MovementOutcome(
            case.mrn, case.state, case.office, case.arrived_at or case.destination, work.today(case.office)
        ),
    )
