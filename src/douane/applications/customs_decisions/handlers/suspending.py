"""A suspension until its end: for a doubt, for measures, or until an infringement is established (DA art. 16 to 18).

The end is stated to the register with the act, so that procedures know it without being told. What lengthens it is an
act of its own, from the end before it on: nothing that was stated is changed.
"""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.authorisations.contract import Authorisations, authority_of
from douane.applications.customs_decisions import tasks
from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers.cases import noted, recorded, refuse, stop, suspended, task
from douane.applications.customs_decisions.handlers.effect import is_kept_by_register, stated
from douane.applications.customs_decisions.handlers.ending import until
from douane.applications.customs_decisions.handlers.operators import tell_operator
from douane.applications.customs_decisions.messages.applying import SuspensionEnded, SuspensionExtended, Wish
from douane.applications.customs_decisions.messages.deciding import MeasuresAccepted, MoreTime, SuspensionLengthened
from douane.applications.customs_decisions.messages.words import ActKind, Ground, State
from douane.applications.customs_decisions.records import Act, DecisionCase
from douane.applications.customs_decisions.rules.acts import FOR_MEASURES
from douane.applications.customs_decisions.rules.limits import DOUBT, MEASURES, VERIFYING
from douane.author import statutory
from douane.author.run import HumanTask, Instant, Work, handles

_LONGER = "DA 2015/2446 art. 17(2)"
_UNTIL_ACT = "DA 2015/2446 art. 17(3)"


def suspending(case: DecisionCase) -> Act:
    """The act by which the decision is suspended, or was last."""
    return next(each for each in reversed(case.acts) if each.kind is ActKind.SUSPEND)


# --- how it ends ------------------------------------------------------------------------------------------------------


@suspended.deadline(DOUBT, MEASURES, VERIFYING)
def suspension_deadline(_work: Work, case: DecisionCase) -> Instant:
    """When the suspension ends, as it was known when the timer was set."""
    return Instant(case.suspension_awaited or case.suspended_until)


@suspended.when
def is_of_infringement(case: DecisionCase) -> bool:
    """A serious infringement is suspected: there is no day of end."""
    return suspending(case).ground is Ground.INFRINGEMENT


@suspended.when
def has_measures(case: DecisionCase) -> bool:
    """The holder takes measures."""
    return suspending(case).ground in FOR_MEASURES


@suspended.when
def measures_missed(case: DecisionCase) -> bool:
    """Measures were to be taken: by the former definition it did not end by itself."""
    return suspending(case).ground is not Ground.DOUBT


@suspended.when
def is_until_act(case: DecisionCase) -> bool:
    """The decision is to be revoked, annulled or amended, and stays suspended until then."""
    return case.until_act


@suspended.when
def is_extended(case: DecisionCase) -> bool:
    """It was made longer meanwhile."""
    return case.suspended_until > (case.suspension_awaited or case.suspended_until)


@suspended.step("await_longer")
def await_longer(_work: Work, case: DecisionCase) -> DecisionCase:
    """Wait for the later end."""
    return replace(case, suspension_awaited=case.suspended_until)


@suspended.task("establish")
def establish(_work: Work, case: DecisionCase) -> HumanTask:
    """An officer looks after what is to be established; an act on the decision ends it."""
    return task(case, f"Has the infringement been established? {case.decision} is suspended until then")


@suspended.task("verify_measures")
def verify_measures(_work: Work, case: DecisionCase) -> HumanTask:
    """An officer looks whether the measures were taken, and lifts the suspension."""
    return task(case, f"Have the measures been taken? Lift the suspension of {case.decision}", case.suspended_until)


@suspended.task("revoke")
def revoke(_work: Work, case: DecisionCase) -> HumanTask:
    """The measures were not taken, as far as anybody said: an officer revokes, or says that they were."""
    return task(case, f"Revoke {case.decision}: the measures were not shown (IA art. 15)")


@suspended.step("tell_end")
def tell_end(work: Work, case: DecisionCase) -> DecisionCase:
    """The decision is in force again, without any act: the register knows it by the period of the suspension."""
    if case.where is not State.SUSPENDED:
        return case
    return ended(work, case, "The suspension ended with its period (DA 2015/2446 art. 18(1)).")


def ended(work: Work, case: DecisionCase, note: str) -> DecisionCase:
    """The case in force again; its holder is told (DA art. 18(2))."""
    at = case.suspended_until or work.lawful_now
    work.send(SuspensionEnded(case.reference, case.decision, statutory(at)), case.applicant)
    over = replace(
        case, state=State.IN_FORCE, suspended_until=0, suspension_awaited=0, until_act=False, deadline=0,
    )  # fmt: skip
    told = noted(over, note)
    tell_operator(work, told)
    return told


# --- what makes it longer ---------------------------------------------------------------------------------------------


@handles(CustomsDecisions.lengthen_suspension, reads=(DecisionCase,), refuse=refuse)
def lengthen_suspension(work: Work, m: SuspensionLengthened) -> None:
    """More time for measures, where the holder asked for it; or to verify them, where he says that they were taken."""
    case = work.need(DecisionCase)
    if case.where is not State.SUSPENDED or not has_measures(case) or case.until_act:
        raise stop("There is no suspension for measures that could go on.", _LONGER)
    if m.ground is MoreTime.REQUEST and not _asked(case, Wish.MORE_TIME):
        raise stop("The holder has not asked for more time.", _LONGER)
    if m.ground is MoreTime.VERIFICATION:
        if not _asked(case, Wish.TAKEN):
            raise stop("The holder has not said that the measures were taken.", VERIFYING.article)
        if m.days > VERIFYING.length.days or _verifies(case):
            raise stop(f"They are verified once, within {VERIFYING.length.days} days.", VERIFYING.article)
    limit = VERIFYING if m.ground is MoreTime.VERIFICATION else MEASURES
    ends = work.limit(limit, case.office, event=Instant(case.suspended_until - 1), days=m.days)
    act = _longer(work, case, limit.article, m.reasons, days=m.days, until=ends.last_instant)
    changed = replace(
        case, acts=(*case.acts, act), suspended_until=ends.last_instant, deadline=ends.last_instant,
        suspension_awaited=case.suspension_awaited or case.suspended_until,
    )  # fmt: skip
    work.put(changed)
    state_again(work, changed)
    told = SuspensionExtended(case.reference, case.decision, ends.last_day, limit.article, m.reasons)
    work.send(told, case.applicant)
    recorded(work, case, "suspension lengthened", act.number)


def _asked(case: DecisionCase, wish: Wish) -> bool:
    """Whether the holder said so in this suspension."""
    since = next(each for each in reversed(case.acts) if each.kind is ActKind.SUSPEND and each.article != _LONGER)
    return any(each.wish == wish.value and each.at >= since.received_at for each in case.requests)


def _verifies(case: DecisionCase) -> bool:
    return suspending(case).article == VERIFYING.article


def until_act(work: Work, case: DecisionCase, reasons: str) -> DecisionCase:
    """The case whose suspension goes on until the act that is intended takes effect (DA art. 17(3))."""
    if case.where is not State.SUSPENDED or not case.suspended_until or case.until_act:
        raise stop("There is no suspension with an end that could go on until the act.", _UNTIL_ACT)
    act = _longer(work, case, _UNTIL_ACT, reasons)
    changed = replace(
        case, acts=(*case.acts, act), until_act=True,
        suspension_awaited=case.suspension_awaited or case.suspended_until,
    )  # fmt: skip
    state_again(work, changed)
    return changed


def no_act_after_all(work: Work, case: DecisionCase) -> DecisionCase:
    """The case of a suspension that waited for an act which is dropped: it ends with its period, or now."""
    over = max(case.suspended_until, work.lawful_now)
    lifted = Act(
        number=len(case.acts) + 1, kind=ActKind.LIFT, ground=Ground.SETTLED, article=_UNTIL_ACT,
        reasons="The act is not taken after all.", officer=work.caller.id, hearing="not adverse",
        signed_at=work.lawful_now, received_at=work.lawful_now, received="with its signature", effect_from=over,
        effect_to=until(case), position=work.position,
    )  # fmt: skip
    changed = replace(case, acts=(*case.acts, lifted), until_act=False)
    state_again(work, changed)
    if case.suspended_until > work.lawful_now:
        return changed
    suspended.receive(work, "ended")
    return ended(work, changed, "The suspension waited for an act that is not taken (DA 2015/2446 art. 17(3)).")


def _longer(work: Work, case: DecisionCase, article: str, reasons: str, *, days: int = 0, until: int = 0) -> Act:
    """An act that suspends from the end of the suspension before; without ``until`` it has none."""
    return Act(
        number=len(case.acts) + 1, kind=ActKind.SUSPEND, ground=suspending(case).ground, article=article,
        reasons=reasons, officer=work.caller.id, days=days, hearing="not adverse", signed_at=work.lawful_now,
        received_at=work.lawful_now, received="with its signature", effect_from=case.suspended_until, effect_to=until,
        position=work.position,
    )  # fmt: skip


def state_again(work: Work, case: DecisionCase) -> None:
    """State the last act to the register that procedures ask, without a letter about it."""
    if is_kept_by_register(case):
        work.ask(Authorisations.state, stated(case), administration=authority_of(case.decision), waits=None)


# --- measures that were not shown in time -----------------------------------------------------------------------------


@handles(CustomsDecisions.accept_measures, reads=(DecisionCase,), refuse=refuse)
def accept_measures(work: Work, m: MeasuresAccepted) -> None:
    """The measures were taken after all: nothing is revoked."""
    case = work.need(DecisionCase)
    suspended.end(work, tasks.Suspended.revoke, case=noted(case, f"The measures were taken: {m.reasons}"))
    recorded(work, case, "measures accepted")


def measures_ended(case: DecisionCase, now: int) -> bool:
    """The period for measures has passed without an act on the decision since."""
    last = case.acts[-1] if case.acts else None
    if last is None or last.kind is not ActKind.SUSPEND or last.ground not in FOR_MEASURES:
        return False
    return now >= (last.effect_to or case.suspended_until) > 0
