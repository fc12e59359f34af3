"""Authorised economic operators: what their register is told, also where an authorisation falls apart by criterion."""

from __future__ import annotations

from typing import Any, Final

from msgspec.structs import replace

from douane.applications.aeo.contract import (
    AeoType,
    AuthorisationChanged,
    AuthorisationGranted,
    AuthorisedOperators,
    OperatorState,
)
from douane.applications.customs_decisions.contract.parties import UNION
from douane.applications.customs_decisions.handlers.cases import noted, notifying
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, State
from douane.applications.customs_decisions.records import Datum, DecisionCase
from douane.applications.customs_decisions.rules.acts import parts_lost
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.author import Instant as At
from douane.author.run import Work

_STATES: Final = {
    State.GRANTED: OperatorState.ACTIVE, State.IN_FORCE: OperatorState.ACTIVE,
    State.SUSPENDED: OperatorState.SUSPENDED,
    State.REVOKED: OperatorState.REVOKED, State.ANNULLED: OperatorState.ANNULLED,
}  # fmt: skip
_PARTS: Final = frozenset({DecisionType.AEOC, DecisionType.AEOS})
_PUBLISHED, _EXCHANGED = "38 12 000 213", "44 07 000 213"
"""Consent to publication, and to the exchange with third countries."""


def is_of_operators(case: DecisionCase) -> bool:
    """Whether the register of operators keeps decisions of this type."""
    return TYPES[case.type].register is Register.OPERATORS and bool(case.acts)


@notifying.when
def is_new_operator(case: DecisionCase) -> bool:
    """An authorisation as authorised economic operator was granted."""
    return is_of_operators(case) and case.acts[-1].kind is ActKind.GRANT


@notifying.when
def is_known_operator(case: DecisionCase) -> bool:
    """Something became of such an authorisation."""
    return is_of_operators(case) and case.acts[-1].kind not in (ActKind.GRANT, ActKind.REFUSE)


@notifying.ask("grant_operator", AuthorisedOperators.grant, administration=lambda _: UNION)
def grant_operator(work: Work, case: DecisionCase) -> AuthorisationGranted:
    """What the register of operators is told of a grant."""
    return AuthorisationGranted(**_operator(work, case))


@notifying.ask("change_operator", AuthorisedOperators.change, administration=lambda _: UNION)
def change_operator(work: Work, case: DecisionCase) -> AuthorisationChanged:
    """The whole authorisation after an act. Its version grows with each act and each note."""
    lost = parts_lost(case.where, case.lost)
    holds, state = None, _STATES[case.where]
    if len(lost) == 1 and case.where in (State.IN_FORCE, State.SUSPENDED) and not _whole_is_suspended(case):
        (rest,) = _PARTS - lost
        holds, state = AeoType(rest.value), OperatorState.ACTIVE
    return AuthorisationChanged(
        **_operator(work, case), version=len(case.acts) + len(case.notes), state=state, holds=holds
    )  # fmt: skip


def _whole_is_suspended(case: DecisionCase) -> bool:
    last = next((each for each in reversed(case.acts) if each.kind is ActKind.SUSPEND), None)
    return case.where is State.SUSPENDED and last is not None and case.criterion_of(last.number) is None


def tell_operator(work: Work, case: DecisionCase) -> None:
    """Tell the register what changed without an act: the end of a suspension, a consent."""
    if is_of_operators(case):
        work.ask(AuthorisedOperators.change, change_operator(work, case), administration=UNION, waits=None)


def without_consents(case: DecisionCase) -> DecisionCase:
    """The case of a holder who agrees to no publication and no exchange any more; the authorisation stays."""
    data = (each for each in case.data if each.element not in (_PUBLISHED, _EXCHANGED))
    withdrawn = tuple(Datum(each, "0", 1, 1) for each in (_PUBLISHED, _EXCHANGED))
    return noted(replace(case, data=(*data, *withdrawn)), "The holder withdrew the consents (38 12, 44 07).")


def _operator(work: Work, case: DecisionCase) -> dict[str, Any]:
    """An operator as its application names it: in Latin letters for partners, else where letters go to."""
    said = {each.element: each.value for each in reversed(case.data)}
    name = said.get("44 07 000 281") or said.get("44 13 000 016") or case.applicant
    since = work.calendar(case.office).date(At(case.acts[-1].effect_from))
    return {
        "number": case.decision, "holder": case.applicant, "legal_name": name, "since": since,
        "country": said.get("44 13 000 020", case.authority), "consent": said.get(_EXCHANGED) == "1",
        "publish": said.get(_PUBLISHED) == "1",
    }  # fmt: skip
