"""Binding tariff information and the Union's register: asked before acceptance and decision, told of every step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, assert_never

from douane.applications.bti.contract import (
    UNION,
    AlikeFound,
    AlikeQuery,
    BindingTariffInformation,
    Goods,
    RulingState,
    RulingStated,
)
from douane.applications.customs_decisions.handlers.cases import noted
from douane.applications.customs_decisions.messages.applying import DecisionApplication
from douane.applications.customs_decisions.messages.words import ActKind, ElementFault
from douane.applications.customs_decisions.records import DecisionCase
from douane.applications.customs_decisions.rules.rulings import CODE, JUSTIFICATION, KEYWORD, goods_by
from douane.applications.customs_decisions.rules.types import TYPES, Register
from douane.author import Instant as At
from douane.author import Says
from douane.author.run import Work

_STATES: Final = {
    ActKind.GRANT: RulingState.VALID, ActKind.RESTORE: RulingState.VALID, ActKind.REFUSE: RulingState.CLOSED,
    ActKind.REVOKE: RulingState.REVOKED, ActKind.ANNUL: RulingState.ANNULLED,
}  # fmt: skip
"""What the register is told, by the act that takes effect."""


def is_ruling(case: DecisionCase) -> bool:
    """Whether what is decided is kept by the register of rulings."""
    return TYPES[case.type].register is Register.RULINGS


def barred(work: Work, m: DecisionApplication) -> Iterator[ElementFault]:
    """The same person and the same goods, at any office: not accepted (UCC art. 33(1))."""
    if TYPES[m.type].register is not Register.RULINGS:
        return
    goods = Goods(**goods_by((each.element, each.value) for each in m.elements))
    for each in _alike(work, m.applicant, goods) or ():
        yield ElementFault("35 01 020 321", f"{each} is about the same goods.", "UCC art. 33(1), DA 2015/2446 art. 11")


def looked(work: Work, case: DecisionCase) -> DecisionCase:
    """The case with a record of the question to the register (IA art. 16(4), 17)."""
    if not is_ruling(case):
        return case
    found = _alike(work, case.applicant, _goods(case), but=case.reference)
    day = work.today(case.office)
    if found is None:
        said = "is kept elsewhere and was not asked; ask it before you decide"
    else:
        said = f"knows of the same goods: {', '.join(found)}" if found else "knows of no other ruling on the same goods"
    return noted(case, f"On {day} the register of rulings {said} (IA 2015/2447 art. 16(4), 17).")


def _alike(work: Work, holder: str, goods: Goods, but: str = "") -> tuple[str, ...] | None:
    question = AlikeQuery(holder=holder, goods=goods, but=but)
    found: AlikeFound = work.query(BindingTariffInformation.find_alike, question, administration=UNION)
    match found.known.says:
        case Says.YES | Says.NO:
            return found.references
        case Says.NOT_KNOWN:
            return None
        case never:
            assert_never(never)


def tell_applied(work: Work, case: DecisionCase) -> None:
    """The register has a ruling from its application on (IA art. 21(5))."""
    if is_ruling(case):
        _tell(work, case, RulingState.APPLIED, version=1)


def tell_closed(work: Work, case: DecisionCase) -> None:
    """Nothing comes of the application."""
    if is_ruling(case):
        _tell(work, case, RulingState.CLOSED, version=2)


def tell_act(work: Work, case: DecisionCase) -> None:
    """The register is told of an act that has taken effect."""
    if is_ruling(case):
        _tell(work, case, _STATES[case.acts[-1].kind], version=1 + len(case.acts))


def _tell(work: Work, case: DecisionCase, state: RulingState, *, version: int) -> None:
    conditions = case.granted.conditions if case.granted is not None else ()
    stated = {kind: [each.value for each in conditions if each.element in kind] for kind in (CODE, KEYWORD)}
    last = case.acts[-1] if case.acts else None
    stating = RulingStated(
        reference=case.reference, version=version, state=state, holder=case.applicant, goods=_goods(case),
        ruling=case.decision, code="".join(stated[CODE]), keywords=tuple(stated[KEYWORD]),
        justification=next((each.value for each in conditions if each.element == JUSTIFICATION), ""),
        since=_day(work, case, case.granted.effect_from) if case.granted else None,
        until=_last(work, case, last.effect_from if last and state in _OVER else 0),
    )  # fmt: skip
    work.ask(BindingTariffInformation.state, stating, administration=UNION, waits=None)


_OVER: Final = frozenset({RulingState.REVOKED, RulingState.ANNULLED})


def _last(work: Work, case: DecisionCase, ended_at: int) -> dt.date | None:
    """Its last day: the one before it ends."""
    granted = case.granted
    end = ended_at or (granted.effect_to if granted else 0)
    return _day(work, case, end - 1) if end else None


def _day(work: Work, case: DecisionCase, at: int) -> dt.date:
    return work.calendar(case.office).date(At(at))


def _goods(case: DecisionCase) -> Goods:
    return Goods(**goods_by((each.element, each.value) for each in case.data))
