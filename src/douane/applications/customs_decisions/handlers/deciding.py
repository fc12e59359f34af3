"""The decision on an application: within its limit, after the consultation, after the hearing where it is adverse."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers import beginning, rulings
from douane.applications.customs_decisions.handlers.cases import (
    TO_BE_HEARD,
    WAS_HEARD,
    deciding,
    hearing_of,
    limit_of,
    noted,
    recorded,
    refuse,
    stop,
    task,
    tell_moved,
    with_due,
)
from douane.applications.customs_decisions.handlers.overlays import must_be_concluded, on_target
from douane.applications.customs_decisions.messages.applying import LimitPassed
from douane.applications.customs_decisions.messages.deciding import DecisionTaken, LimitExtended
from douane.applications.customs_decisions.messages.words import ActKind, State
from douane.applications.customs_decisions.records import Act, DecisionCase, Term
from douane.applications.customs_decisions.rules import opinions
from douane.applications.customs_decisions.rules import rulings as of_ruling
from douane.applications.customs_decisions.rules.limits import (
    DECISION,
    DECISION_AEO,
    DECISION_BANANAS,
    DECISION_SPECIAL,
    DECISION_STORAGE,
    announced_by,
)
from douane.applications.customs_decisions.rules.types import TYPES
from douane.author import Instant as At
from douane.author import NoGround
from douane.author.run import HumanTask, Instant, Work, handles


@deciding.deadline(DECISION, DECISION_AEO, DECISION_BANANAS, DECISION_SPECIAL, DECISION_STORAGE)
def decision_deadline(_work: Work, case: DecisionCase) -> Instant:
    """The end of the limit as it was known when the timer was set."""
    return Instant(case.awaited)


@deciding.when
def limit_is_later(case: DecisionCase) -> bool:
    """It was made longer meanwhile."""
    return case.due > case.awaited


@deciding.step("await_later")
def await_later(_work: Work, case: DecisionCase) -> DecisionCase:
    """Wait for the later end."""
    return replace(case, awaited=case.due)


@deciding.step("tell_passed")
def tell_passed(work: Work, case: DecisionCase) -> DecisionCase:
    """The limit passed without a decision: neither a grant nor a refusal. One that was signed in time was taken."""
    if case.decision or (case.intended is not None and case.intended.signed_at):
        return case
    work.send(LimitPassed(case.reference, dt.date.fromisoformat(case.last_day)), case.applicant)
    return noted(
        replace(case, passed=True),
        f"The limit passed on {case.last_day} without a decision (UCC art. 22(3)); the applicant was told.",
    )


@handles(CustomsDecisions.extend_limit, reads=(DecisionCase,), refuse=refuse)
def extend_limit(work: Work, m: LimitExtended) -> None:
    """Announce that it takes longer. After the limit that is void; more than the article gives is refused."""
    case = work.need(DecisionCase)
    article = announced_by(limit_of(case)).article
    if work.lawful_now >= case.due or case.passed:
        raise stop(f"The limit ended on {case.last_day}: an announcement after it is void.", article)
    try:
        changed = with_due(work, case, Term(article, m.days, m.reasons, work.lawful_now))
    except NoGround as error:
        raise stop(str(error), "UCC art. 55(1)") from error
    work.put(changed)
    tell_moved(work, changed, article, m.reasons)
    recorded(work, case, "limit extended", m.days)


# --- the decision -----------------------------------------------------------------------------------------------------


@deciding.task("decide")
def decide_on(work: Work, case: DecisionCase) -> HumanTask:
    """An officer decides."""
    return on_target(work, case, "decide", task(case, f"Decide on {case.reference}", case.due))


@deciding.task("conclude")
def conclude(work: Work, case: DecisionCase) -> HumanTask:
    """An officer decides after the hearing."""
    after = task(case, f"Decide on {case.reference} after the hearing", case.due)
    return on_target(work, case, "conclude", after)


@handles(CustomsDecisions.decide, reads=(DecisionCase,), refuse=refuse)
def decide(work: Work, m: DecisionTaken) -> None:
    """Decide; or open the hearing where that is adverse and no article says that nobody is heard."""
    case = work.need(DecisionCase)
    must_be_concluded(case)
    why = opinions.against_deciding(
        case.type, case.consultations, granted=m.granted, leaves_out=m.leaves_out,
        several=len(case.member_states) > 1,
    )  # fmt: skip
    if why is not None:
        raise stop(why.reason, why.article)
    act = _decided(work, case, m)
    before = case.intended
    if case.where is State.HEARING and before is not None:
        act = _after_hearing(work, case, before, act)
    case = rulings.looked(work, case)
    open_task = "conclude" if case.where is State.HEARING else "decide"
    if not deciding.complete(work, open_task, case=replace(case, intended=act)):
        ends = work.calendar(case.office).date(At(case.hearing_ends - 1))
        raise stop(f"The applicant is being heard, until {ends} has passed or he says his last word.", "UCC art. 22(6)")
    recorded(work, case, "hearing opened" if act.hearing == TO_BE_HEARD else "decided", act.number)


def _decided(work: Work, case: DecisionCase, m: DecisionTaken) -> Act:
    """The act that the officer takes, or intends."""
    adverse = not m.granted or bool(m.leaves_out)
    if adverse and not m.reasons:
        raise stop("Say why: an adverse decision states its grounds.", "UCC art. 22(7)")
    lacking = of_ruling.lacking(m.conditions) if m.granted and rulings.is_ruling(case) else ()
    if lacking:
        raise stop(f"State in the decision: {', '.join(lacking)}.", "DA 2015/2446 Annex A")
    why = beginning.against(work, case, m)
    if why is not None:
        raise stop(why.reason, why.article)
    facts = TYPES[case.type]
    if facts.one_state and m.member_states not in ((), (case.authority,)):
        raise stop(f"{case.type} holds in {case.authority} alone.", facts.competent_by)
    hearing = hearing_of(work, case, m.no_hearing, m.unheard_for) if adverse else "not adverse"
    return Act(
        number=1, kind=ActKind.GRANT if m.granted else ActKind.REFUSE, ground=None, article="UCC art. 22(3)",
        reasons=m.reasons, officer=work.caller.id, member_states=m.member_states or case.member_states,
        conditions=m.conditions, leaves_out=m.leaves_out, hearing=hearing, position=work.position,
        unheard_for=m.unheard_for if adverse and m.no_hearing is not None else "",
        effect_on=work.day(m.effect_on, case.office) if m.effect_on is not None else 0,
        valid_until=beginning.end_of_day(work, case, m.valid_until), formalities=m.formalities,
        reaches_back_for=" ".join(filter(None, (m.shown, m.exceptional))) if m.effect_on is not None else "",
    )  # fmt: skip


def _after_hearing(work: Work, case: DecisionCase, before: Act, act: Act) -> Act:
    """What was heard about may be decided, and what is better for its person; nothing else."""
    worse = act.kind is ActKind.REFUSE and before.kind is ActKind.GRANT
    if worse or (act.kind is before.kind and not set(act.leaves_out) <= set(before.leaves_out)):
        raise stop("Nobody was heard about that: what is decided was communicated before.", "UCC art. 22(6)")
    said = "a point of view was given" if before.view else "nothing was said"
    until = work.calendar(case.office).date(At(work.lawful_now))
    hearing = act.hearing if act.hearing == "not adverse" else f"{WAS_HEARD}{said} (ended {until})"
    return replace(act, hearing=hearing, view=before.view)
