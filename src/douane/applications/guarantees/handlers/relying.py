"""A guarantee that rests on a decision whose register another node keeps: its uses wait, and that alone answers them.

Cover that cannot be asked for neither releases goods nor refuses them (decision 0355). The register is asked by
message, for as long as somebody waits; what it does not know is asked again.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from douane.applications.authorisations.contract import (
    AuthorisationAnswer,
    AuthorisationQuestion,
    Authorisations,
    Standing,
    authority_of,
)
from douane.applications.guarantees.records import Guarantee, Relying, Waiting
from douane.author import DecisionReference, DecisionType, Instant, Says, moment
from douane.author.run import Instant as At
from douane.author.run import ProcessInstance, Work, process

relying = process("relying", Relying, __name__)

AGAIN: Final = 15 * 60
"""Seconds after which a register that answered, and did not know, is asked again: patience, no limit of law."""
LOST: Final = 60 * 60
"""Seconds after which a question counts as lost. It waits for the register until then and longer: a keeper that comes
back answers the last one."""


def usable(work: Work, reference: str, holder: str) -> Says:
    """Whether a decision on a comprehensive guarantee may be used now, and is its holder's, as its register says."""
    if not DecisionReference.accepts(reference):
        return Says.NO
    question = _question(reference, Instant(work.lawful_now))
    found: AuthorisationAnswer = work.query(Authorisations.ask, question, administration=authority_of(reference))
    return _says(found, holder)


def begin(work: Work, decision: str) -> None:
    """Ask the register of a decision, unless that is being done."""
    instance = work.get(ProcessInstance, relying.name.encode())
    if instance is None or instance.ended:
        relying.start(work, Relying(decision))


def _question(reference: str, at: Instant) -> AuthorisationQuestion:
    return AuthorisationQuestion(reference=reference, valid_at=moment(at))


def _says(found: AuthorisationAnswer, holder: str) -> Says:
    if found.known.says is Says.NOT_KNOWN:
        return Says.NOT_KNOWN
    stands = (found.standing, found.type, found.holder) == (Standing.USABLE, DecisionType.CGU, holder)
    return Says.YES if found.known.says is Says.YES and stands else Says.NO


# --- the process ------------------------------------------------------------------------------------------------------


@relying.step("take_up")
def take_up(work: Work, case: Relying) -> Relying:
    """What waits now is asked about; what comes later is asked about anew."""
    return replace(case, asked=work.lawful_now, says=Says.NOT_KNOWN)


@relying.ask("ask_register", Authorisations.ask, administration=lambda case: authority_of(case.decision))
def ask_register(_work: Work, case: Relying) -> AuthorisationQuestion:
    """Ask whoever keeps the decision whether it may be used."""
    return _question(case.decision, Instant(case.asked))


@relying.answer("ask_register")
def register_answered(work: Work, case: Relying, answer: AuthorisationAnswer) -> Relying:
    """Keep what the register says. An answer about another decision says nothing of this one."""
    if answer.reference != case.decision:
        return replace(case, says=Says.NOT_KNOWN)
    return replace(case, says=_says(answer, work.need(Guarantee).holder))


@relying.when
def register_knows(case: Relying) -> bool:
    """The register says yes or no."""
    return case.says is not Says.NOT_KNOWN


@relying.step("look_who_waits")
def look_who_waits(work: Work, case: Relying) -> Relying:
    """Nobody is asked for a use that was answered, or taken back."""
    return replace(case, waited_for=bool(work.all_of(Waiting)))


@relying.when
def somebody_waits(case: Relying) -> bool:
    """A use or a question still waits."""
    return case.waited_for


@relying.deadline()
def ask_again_at(work: Work, _case: Relying) -> At:
    """When a register that did not know is asked again."""
    return work.within(AGAIN)


@relying.deadline()
def question_lost_at(work: Work, _case: Relying) -> At:
    """When a question counts as lost."""
    return work.within(LOST)
