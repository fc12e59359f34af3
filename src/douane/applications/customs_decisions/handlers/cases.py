"""What every step of a decision shares: the processes, the clock of the decision, and how nothing is said to change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, Final

from msgspec.structs import replace

from douane.applications.customs_decisions.contract.parties import OFFICER
from douane.applications.customs_decisions.messages.applying import LimitMoved, NotPossible, StepRecorded
from douane.applications.customs_decisions.messages.words import ActKind, NoHearing, State
from douane.applications.customs_decisions.records import Act, AskedOpinion, DecisionCase, Term
from douane.applications.customs_decisions.rules.acts import against_exception, possible, unheard
from douane.applications.customs_decisions.rules.limits import for_deciding
from douane.author import Extension, Fault, Instant, Length, SenderFault, TimeLimit
from douane.author.run import HumanTask, Work, process

hearing = process("hearing", DecisionCase, __name__)
notifying = process("notifying", DecisionCase, __name__)
deciding = process("deciding", DecisionCase, __name__, calls=(hearing, notifying))
managing = process("managing", DecisionCase, __name__, calls=(hearing, notifying), first=100_001)
suspended = process("suspended", DecisionCase, __name__, older=("former/suspended_0_2.bpmn",), first=200_001)
expiring = process("expiring", DecisionCase, __name__, first=500_001)
deferring = process("deferring", DecisionCase, __name__, first=600_001)
commencing = process("commencing", DecisionCase, __name__, first=700_001)
consulting = process("consulting", DecisionCase, __name__, first=300_001)
reassessing = process("reassessing", DecisionCase, __name__, first=400_001)
opining = process("opining", AskedOpinion, __name__)

OUT_OF_SEQUENCE: Final = "92"
UNDECIDED: Final = frozenset({State.LODGED, State.COMPLETED, State.ACCEPTED, State.HEARING})
"""States before the decision."""
ALIVE: Final = frozenset({State.GRANTED, State.IN_FORCE, State.SUSPENDED})
"""States in which a decision can still end."""
WAS_HEARD: Final = "heard, "
"""How the record of an act begins whose person could speak before it."""
DECISIONS: Final = 100
"""Decisions of one person that are looked at."""
TO_BE_HEARD: Final = "to be heard"
"""How the person stands before an adverse act until the hearing is over."""


def stop(reason: str, article: str) -> SenderFault:
    """The refusal of a step that is not possible now, with the article that stands against it."""
    return SenderFault(reason, faults=(Fault("/", OUT_OF_SEQUENCE, reason, rule=article),))


def refuse(work: Work, m: Any, faults: tuple[Fault, ...]) -> None:
    """Tell the sender why nothing changed; of a case that is his, too, its state and what is possible."""
    fault = faults[0]
    case = work.get(DecisionCase)
    state = case.state if case is not None else ""
    may = tuple(each.value for each in possible(case.where, case.type, waits=case.waits)) if case is not None else ()
    work.reply(NotPossible(m.reference, fault.remedy, fault.rule or "UCC art. 22", state, may))


def recorded(work: Work, case: DecisionCase, step: str, number: int = 0) -> None:
    """Tell the sender that the step is recorded."""
    work.reply(StepRecorded(case.reference, step, number))


def must_be(case: DecisionCase, states: Iterable[State], what: str, article: str) -> None:
    """Raises SenderFault where the case is in another state."""
    allowed = tuple(states)
    if case.where not in allowed:
        said = ", ".join(each.value for each in allowed)
        raise stop(f"Nobody can {what} in state {case.state}; it is possible in: {said}.", article)


def task(case: DecisionCase, title: str, due: int = 0) -> HumanTask:
    """Work for an officer of the authority."""
    return HumanTask("", "", 0, case.office, OFFICER.name, title, due or case.deadline)


def noted(case: DecisionCase, *notes: str) -> DecisionCase:
    """The case with what its officer is to see."""
    return replace(case, notes=(*case.notes, *notes))


# --- the clock of the decision ----------------------------------------------------------------------------------------


def limit_of(case: DecisionCase) -> TimeLimit:
    """Within which limit the application is decided on."""
    return for_deciding(case.type, several=len(case.member_states) > 1)


def with_due(work: Work, case: DecisionCase, *terms: Term) -> DecisionCase:
    """The case with its limit as the law counts it, longer by these terms. Raises NoGround where no article allows it.

    The timer waits for the end that it was set for, and then looks whether there is a later one.
    """
    all_terms = (*case.terms, *terms)
    extensions = [Extension(t.article, Length(days=t.days), t.reason, Instant(t.announced)) for t in all_terms]
    end = work.limit(limit_of(case), case.office, event=Instant(case.accepted_at), extensions=extensions)
    return replace(
        case, terms=all_terms, due=end.last_instant, last_day=end.last_day.isoformat(), deadline=end.last_instant
    )


def tell_moved(work: Work, case: DecisionCase, article: str, reason: str) -> None:
    """Tell the applicant until when the decision is due now."""
    day = dt.date.fromisoformat(case.last_day)
    work.send(LimitMoved(case.reference, day, article, reason), case.applicant)


def hearing_of(work: Work, case: DecisionCase, said: NoHearing | None, fact: str) -> str:
    """How the person stands before an adverse act: to be heard, or by which article not. Raises SenderFault where the
    exception that the officer names does not hold."""
    why = against_exception(case.type, said, fact, heard_in=_heard_in(work, case, fact))
    if why is not None:
        raise stop(why.reason, why.article)
    return unheard(case.type, said) or TO_BE_HEARD


def _heard_in(work: Work, case: DecisionCase, decision: str) -> bool:
    """Whether that is a decision about which the same person was heard: of this authority, or told by another."""
    others = (each for each in work.find(DecisionCase, "by_applicant", case.applicant, limit=DECISIONS))
    return decision in case.heard_in or any(
        decision in (each.reference, each.decision) and any(was_heard(act) for act in each.acts) for each in others
    )


def was_heard(act: Act) -> bool:
    """Whether its person could speak before it."""
    return act.hearing.startswith(WAS_HEARD)


def deciding_first(case: DecisionCase) -> bool:
    """Whether what is intended is the decision on the application, and not an act on what was granted."""
    return case.intended is not None and case.intended.kind in (ActKind.GRANT, ActKind.REFUSE)
