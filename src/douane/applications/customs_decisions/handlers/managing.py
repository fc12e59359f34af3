"""Acts on a decision that was granted, and what becomes of a suspension."""

from __future__ import annotations

from msgspec.structs import replace

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.handlers.cases import (
    TO_BE_HEARD,
    WAS_HEARD,
    hearing_of,
    managing,
    recorded,
    refuse,
    stop,
    task,
)
from douane.applications.customs_decisions.handlers.ending import has_expired
from douane.applications.customs_decisions.handlers.suspending import measures_ended, no_act_after_all, until_act
from douane.applications.customs_decisions.messages.applying import Wish
from douane.applications.customs_decisions.messages.deciding import ActTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground
from douane.applications.customs_decisions.records import Act, DecisionCase, Touched
from douane.applications.customs_decisions.rules import acts
from douane.applications.customs_decisions.rules.limits import deferred_until, expired_by
from douane.author import Instant as At
from douane.author.run import HumanTask, Work, handles

_WISHED = {
    ActKind.REVOKE: Wish.REVOKE.value, ActKind.AMEND: Wish.AMEND.value, ActKind.SUSPEND: Wish.SUSPEND.value
}  # fmt: skip
"""What the holder asks for, by the act that an officer takes on it."""


_AFTER_SUSPENSION = frozenset({ActKind.ANNUL, ActKind.REVOKE, ActKind.AMEND})
_LENGTHENED_BY = "DA 2015/2446 art. 17(3)"


@handles(CustomsDecisions.act, reads=(DecisionCase,), refuse=refuse)
def act(work: Work, m: ActTaken) -> None:
    """Take an act; or open the hearing where that is adverse; or, after the hearing, take it or drop it."""
    case = work.need(DecisionCase)
    if has_expired(case, work.lawful_now):
        raise stop(f"{case.decision} has ended with its time: nothing is done to it any more.", expired_by(case.type))
    why = acts.against(case.where, case.type, m.act, m.ground, waits=case.waits)
    if why is not None:
        raise stop(why.reason, why.article)
    before = case.intended
    if before is not None:
        _finish(work, case, before, m)
        return
    made = _act(work, case, m)
    touched = tuple(each for each in case.touched if each.act != made.number)
    if m.criterion is not None:
        touched = (*touched, Touched(made.number, m.criterion))
    intended = replace(case, intended=made, touched=touched)
    if m.lengthens:
        if made.hearing != TO_BE_HEARD or m.act not in _AFTER_SUSPENSION:
            raise stop("A suspension goes on until an annulment, a revocation or an amendment.", _LENGTHENED_BY)
        intended = replace(until_act(work, intended, m.reasons), intended=replace(made, number=made.number + 1))
    managing.start(work, intended)
    recorded(work, case, "hearing opened" if made.hearing == TO_BE_HEARD else m.act.value, made.number)


def _finish(work: Work, case: DecisionCase, before: Act, m: ActTaken) -> None:
    """The act about which its holder was heard; another one waits until this is done."""
    if before.signed_at:
        raise stop(f"Act {before.number} ({before.kind}) was notified and is not received yet.", "UCC art. 22(4)")
    if (before.kind, before.ground, case.criterion_of(before.number)) != (m.act, m.ground, m.criterion):
        raise stop(f"Another officer intends to {before.kind} the decision; that comes first.", "UCC art. 22(6)")
    said = "a point of view was given" if before.view else "nothing was said"
    final = replace(
        before, hearing=f"{WAS_HEARD}{said}", reasons=m.reasons, officer=work.caller.id, position=work.position
    )
    changed = replace(case, intended=None if m.dropped else final)
    if not managing.complete(work, "confirm", case=changed):
        ends = work.calendar(case.office).date(At(case.hearing_ends - 1))
        raise stop(f"The holder is being heard, until {ends} has passed or he says his last word.", "UCC art. 22(6)")
    if m.dropped and case.until_act:
        work.put(no_act_after_all(work, work.need(DecisionCase)))
    recorded(work, case, "dropped" if m.dropped else m.act.value, before.number)


def _act(work: Work, case: DecisionCase, m: ActTaken) -> Act:
    facts = acts.GROUNDS[m.act, m.ground]
    if facts.asked and not any(each.wish == _WISHED[m.act] for each in case.requests):
        raise stop(f"The holder has not asked to {m.act}.", facts.article)
    periods = m.act is ActKind.SUSPEND and m.ground in acts.FOR_MEASURES
    if m.ground is Ground.INFRINGEMENT and (why := acts.against_suspecting(case.type)) is not None:
        raise stop(why.reason, why.article)
    if periods and m.days is None:
        raise stop("Say how long the holder has to take the measures.", "DA 2015/2446 art. 17(2)")
    if m.days is not None and not periods:
        raise stop("This act has no period that an officer sets.", "UCC art. 55(1)")
    if m.act is ActKind.AMEND and not (m.conditions or m.member_states):
        raise stop("Say how the decision reads from now on.", facts.article)
    if m.ground is Ground.MEASURES and not measures_ended(case, work.lawful_now):
        raise stop("The time to take the measures has not passed.", facts.article)
    if m.criterion is not None and not (case.type is DecisionType.AEOF and m.act in acts.IN_PARTS):
        raise stop("Only an authorisation of both kinds falls apart by criterion.", "DA 2015/2446 art. 30(3)")
    lost = acts.parts_lost(case.where, case.lost)
    if m.criterion is not None and acts.PARTS[m.criterion] in lost:
        raise stop(f"{acts.PARTS[m.criterion]} is lost already.", "DA 2015/2446 art. 30(3)")
    hearing = hearing_of(work, case, m.no_hearing, m.unheard_for) if facts.adverse else "not adverse"
    return Act(
        number=len(case.acts) + 1, kind=m.act, ground=m.ground,
        article=acts.article_of(case.type, m.act, m.ground), reasons=m.reasons,
        officer=work.caller.id, member_states=m.member_states or _whole(case).member_states,
        conditions=m.conditions or _whole(case).conditions, days=m.days or 0, effect_on=_effect_on(work, case, m),
        hearing=hearing, position=work.position,
        unheard_for=m.unheard_for if facts.adverse and m.no_hearing is not None else "",
    )  # fmt: skip


def _whole(case: DecisionCase) -> Act:
    """The act by which the decision reads as it does."""
    return next(each for each in reversed(case.acts) if each.kind in (ActKind.GRANT, ActKind.AMEND))


def _effect_on(work: Work, case: DecisionCase, m: ActTaken) -> int:
    """A later effect: of a revocation or amendment, at most one year after."""
    if m.effect_on is None:
        return 0
    latest = deferred_until(work.lawful_now, work.calendar(case.office))
    if m.act not in (ActKind.REVOKE, ActKind.AMEND) or not work.today(case.office) < m.effect_on <= latest.last_day:
        raise stop(f"A revocation or amendment is put off until {latest.last_day} at most.", "UCC art. 28(4)")
    return work.day(m.effect_on, case.office)


@managing.task("confirm")
def confirm(_work: Work, case: DecisionCase) -> HumanTask:
    """An officer takes the act after the hearing, or drops it."""
    return task(case, f"Decide on the act about {case.decision} after the hearing", case.hearing_ends)


@managing.when
def was_dropped(case: DecisionCase) -> bool:
    """The act is not taken after all."""
    return case.intended is None
