"""The right to be heard before an adverse act, its notification, and its effect from receipt on."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.authorisations.contract import (
    Authorisations,
    AuthorisationStated,
    authority_of,
)
from douane.applications.authorisations.contract import State as Stated
from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers import beginning, ending, resting, rulings
from douane.applications.customs_decisions.handlers.cases import (
    TO_BE_HEARD,
    commencing,
    deciding,
    deciding_first,
    deferring,
    hearing,
    managing,
    noted,
    notifying,
    recorded,
    refuse,
    stop,
    suspended,
    tell_moved,
    with_due,
)
from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ActNotified,
    HearingOpened,
    ReceiptConfirmed,
    ViewGiven,
)
from douane.applications.customs_decisions.messages.words import ActKind, Ground, State
from douane.applications.customs_decisions.records import BEGINS, Act, DecisionCase, Term
from douane.applications.customs_decisions.rules.acts import FOR_MEASURES, state_after
from douane.applications.customs_decisions.rules.limits import (
    DOUBT,
    HEARING,
    HEARING_ARTICLE,
    MEASURES,
    RECEIPT,
)
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.author import ActorKind, TimeLimit, instant, moment, statutory
from douane.author import Instant as At
from douane.author.run import Instant, Work, handles

_STATED: Final = {
    State.IN_FORCE: Stated.VALID, State.SUSPENDED: Stated.SUSPENDED, State.REVOKED: Stated.REVOKED,
    State.ANNULLED: Stated.ANNULLED,
}  # fmt: skip
"""What the register is told, by the state that an act leads to."""
_ENDS_SUSPENSION: Final = frozenset({ActKind.LIFT, ActKind.AMEND, ActKind.REVOKE, ActKind.ANNUL})


def intended_by(case: DecisionCase) -> Act:
    """The act that is on its way."""
    assert case.intended is not None
    return case.intended


# --- the right to be heard --------------------------------------------------------------------------------------------


def must_be_heard(case: DecisionCase) -> bool:
    """The act is adverse, and no article says that nobody is heard."""
    return intended_by(case).hearing == TO_BE_HEARD


deciding.when(must_be_heard)
managing.when(must_be_heard)


@hearing.step("open_hearing")
def open_hearing(work: Work, case: DecisionCase) -> DecisionCase:
    """Communicate the grounds; what lies in the inbox of its person is communicated. The decision moves by as long."""
    act, ends = intended_by(case), work.limit(HEARING, case.office)
    work.send(
        HearingOpened(case.reference, act.kind, act.reasons, act.article, ends.last_day, act.leaves_out,
                      case.until_act),
        case.applicant,
    )  # fmt: skip
    case = replace(case, hearing_ends=ends.last_instant, heard=False)
    if deciding_first(case):
        if not any(each.article == HEARING_ARTICLE for each in case.terms):
            case = with_due(work, case, Term(HEARING_ARTICLE, HEARING.length.days, "The applicant is heard."))
            tell_moved(work, case, HEARING_ARTICLE, "You are heard before the decision.")
        case = replace(case, state=State.HEARING)
    return case


@hearing.deadline(HEARING)
def hearing_deadline(_work: Work, case: DecisionCase) -> Instant:
    """Silence is no objection to being decided on."""
    return Instant(case.hearing_ends)


@handles(CustomsDecisions.give_view, reads=(DecisionCase,), refuse=refuse)
def give_view(work: Work, m: ViewGiven) -> None:
    """Keep the point of view; the last word of its person ends the period."""
    case = work.need(DecisionCase)
    act = case.intended
    running = next((each for each in (deciding, managing) if each.waits_for(work, "viewed")), None)
    if act is None or running is None:
        raise stop("Nobody is being heard now.", "UCC art. 22(6)")
    told = replace(act, view=f"{act.view} {m.text}".strip())
    changed = replace(case, intended=told)
    if m.last_word:
        running.receive(work, "viewed", replace(changed, heard=True))
    else:
        work.put(changed)
    recorded(work, case, "point of view")


# --- notification and receipt -----------------------------------------------------------------------------------------


@notifying.step("notify")
def notify(work: Work, case: DecisionCase) -> DecisionCase:
    """Sign and send the act; the decision gets its own reference with the grant."""
    act = replace(intended_by(case), signed_at=work.lawful_now)
    if act.kind is ActKind.GRANT:
        year, serial = work.today(case.office).year, case.reference[len(case.authority + case.type) + 5 :]
        decision = f"{case.authority}{case.type}{year}{serial}"
        work.alias("customs decision", decision, issued=True)
        case = replace(case, decision=decision)
    ends = work.limit(RECEIPT, case.office)
    work.send(
        ActNotified(
            reference=case.reference, decision=case.decision, number=act.number, act=act.kind, article=act.article,
            reasons=act.reasons, signed_at=statutory(act.signed_at), deemed_on=ends.last_day,
            leaves_out=act.leaves_out,
        ),
        case.applicant,
    )  # fmt: skip
    state = State.NOTIFIED if deciding_first(case) else case.where
    return replace(case, intended=act, state=state, deadline=ends.last_instant)


@notifying.deadline(RECEIPT)
def receipt_deadline(_work: Work, case: DecisionCase) -> Instant:
    """An act that nobody confirmed is deemed to have been received."""
    return Instant(case.deadline)


@handles(CustomsDecisions.confirm_receipt, reads=(DecisionCase,), refuse=refuse)
def confirm_receipt(work: Work, m: ReceiptConfirmed) -> None:
    """The holder has the act from now on; an officer may record an earlier instant that was proven."""
    case, act = work.need(DecisionCase), work.need(DecisionCase).intended
    running = next((each for each in (deciding, managing) if each.waits_for(work, "received")), None)
    if act is None or act.number != m.number or not act.signed_at or running is None:
        raise stop(f"No act {m.number} waits for its receipt.", "UCC art. 22(4)")
    by_officer = work.caller.kind is ActorKind.OFFICER
    at = instant(m.received_at) if m.received_at is not None and by_officer else work.lawful_now
    if not act.signed_at <= at <= work.lawful_now:
        raise stop("It is received after it was signed, and not in the future.", "UCC art. 22(4)")
    received = replace(
        act, received_at=at, received=f"proven by {work.caller.id}" if by_officer else "confirmed by its holder"
    )
    running.receive(work, "received", replace(case, intended=received))
    recorded(work, case, "receipt", m.number)


# --- effect -----------------------------------------------------------------------------------------------------------


@notifying.step("take_effect")
def take_effect(work: Work, case: DecisionCase) -> DecisionCase:
    """From its receipt the act has effect, or from where the law or the act itself says."""
    act = intended_by(case)
    if not act.received_at:
        act = replace(act, received_at=work.lawful_now, received="deemed: the period of the authority has passed")
    act = _with_effect(work, case, act)
    state = state_after(act.kind, case.criterion_of(act.number))
    if act.kind in ending.STARTS:
        state = beginning.state_of(replace(case, acts=(*case.acts, act)), work.lawful_now)
    until = act.effect_to if act.kind is ActKind.SUSPEND else 0
    begins = act.kind is ActKind.SUSPEND and act.ground is not Ground.DEPENDENCE
    if put_off(act):
        return _put_off(work, case, act)
    if (act.kind in _ENDS_SUSPENSION or begins) and suspended.waits_for(work, "ended"):
        suspended.receive(work, "ended")
    changed = replace(
        case, state=state, acts=(*case.acts, act), intended=None, suspended_until=until, suspension_awaited=until,
        until_act=False, deadline=until, heard=False, hearing_ends=0,
    )  # fmt: skip
    if begins:
        suspended.start(work, changed)
    if act.kind is ActKind.COMMENCE and commencing.waits_for(work, "ended"):
        commencing.receive(work, "ended")
    if state is State.GRANTED:
        changed = replace(changed, deadline=changed.begun.effect_from if changed.begun is not None else 0)
        commencing.start(work, changed)
    changed = ending.after(work, changed, act)
    resting.tell_loss(work, changed, act)
    rulings.tell_act(work, changed)
    return changed


def put_off(act: Act) -> bool:
    """Whether a revocation takes effect on a later day than it is received (UCC art. 28(4), second subparagraph)."""
    return act.kind is ActKind.REVOKE and act.effect_on > act.received_at


def _put_off(work: Work, case: DecisionCase, act: Act) -> DecisionCase:
    """The decision stays as it is until the day comes; who asks the register learns of it now."""
    changed = replace(
        case, acts=(*case.acts, act), intended=None, heard=False, hearing_ends=0, revoked_from=act.effect_from,
        deadline=case.suspended_until,
    )  # fmt: skip
    if deferring.waits_for(work, "ended"):
        deferring.receive(work, "ended")
    deferring.start(work, changed)
    return changed


def limit_of_suspension(ground: Ground | None) -> TimeLimit | None:
    """Within which limit a suspension on a ground ends; None where it has no day of end."""
    if ground in FOR_MEASURES:
        return MEASURES
    return DOUBT if ground is Ground.DOUBT else None


def _with_effect(work: Work, case: DecisionCase, act: Act) -> Act:
    """The period for which an act has effect."""
    if act.kind in BEGINS:
        return beginning.with_period(work, case, act)
    begins, ends, begun = act.effect_on or act.received_at, 0, case.begun
    if act.kind is ActKind.ANNUL and begun is not None:
        begins = begun.effect_from  # UCC art. 27(3): from when the decision had effect
    elif act.kind is ActKind.SUSPEND and (limit := limit_of_suspension(act.ground)) is not None:
        ends = work.limit(limit, case.office, event=Instant(act.received_at), days=act.days).last_instant
    elif act.kind is ActKind.RESTORE and begun is not None:
        begins, ends = max(begins, begun.effect_from), ending.last_instant(case)
    elif act.kind in (ActKind.AMEND, ActKind.LIFT):
        ends = ending.last_instant(case)
    return replace(act, effect_from=begins, effect_to=ends)


@notifying.when
def is_kept_by_register(case: DecisionCase) -> bool:
    """Procedures ask a register about decisions of this type, and there is one to ask about."""
    return TYPES[case.type].register is Register.AUTHORISATIONS and case.begun is not None


@notifying.ask("state_act", Authorisations.state, administration=lambda case: authority_of(case.decision))
def state_act(_work: Work, case: DecisionCase) -> AuthorisationStated:
    """What the register is told."""
    return stated(case)


def stated(case: DecisionCase) -> AuthorisationStated:
    """The last act as the register keeps it: the whole decision from the effect of the act on.

    The register numbers acts from the one with which the decision began; it knows of none before.
    """
    act, begun = case.acts[-1], case.begun
    assert begun is not None
    whole = next(each for each in reversed(case.acts) if each.kind in (ActKind.GRANT, ActKind.AMEND))
    return AuthorisationStated(
        reference=case.decision, number=len(case.acts) - case.acts.index(begun), holder=case.applicant,
        state=_STATED[state_after(act.kind)],
        effect_from=moment(At(act.effect_from)), effect_to=moment(At(act.effect_to)) if act.effect_to else None,
        member_states=whole.member_states, conditions=whole.conditions, ground=f"{act.article}: {act.reasons}"[:512],
    )  # fmt: skip


@notifying.answer("state_act")
def act_stated(_work: Work, case: DecisionCase, answer: object) -> DecisionCase:
    """A register that does not keep the act is for the officer to see."""
    reasons = getattr(answer, "reasons", ())
    return noted(case, f"The register did not keep act {len(case.acts)}: {' '.join(reasons)}") if reasons else case


notifying.answer("grant_operator")(act_stated)
notifying.answer("change_operator")(act_stated)


@notifying.step("tell_effect")
def tell_effect(work: Work, case: DecisionCase) -> DecisionCase:
    """Tell its holder from when on, and until when."""
    act = case.acts[-1]
    if put_off(act):  # it has none yet, and is told of when it has
        return case
    if case.where is State.GRANTED and act.kind in ending.STARTS:
        beginning.tell(work, case, act)
        return case
    work.send(
        ActInEffect(
            case.reference, case.decision, act.number, act.kind, statutory(act.effect_from),
            statutory(act.effect_to) if act.effect_to else None, act.received,
        ),
        case.applicant,
    )  # fmt: skip
    return case
