"""The register at work. What was stated stays: it tells what held on a day, and what was known of that when."""

from __future__ import annotations

from douane.applications.representation.contract import Representation
from douane.applications.representation.messages import (
    Empowerment,
    EmpowermentKept,
    EmpowermentRefused,
    EmpowermentWithdrawn,
    RepresentationQuery,
    RepresentationState,
)
from douane.applications.representation.records import Power
from douane.applications.representation.rules import MOST, Statement, held, withdrawn
from douane.author import Fault, Instant, instant, yes_or_no
from douane.author.run import View, Work, answers, handles


def refuse(work: Work, m: Empowerment | EmpowermentWithdrawn, faults: tuple[Fault, ...]) -> None:
    """Nothing is kept of what cannot be taken."""
    work.reply(EmpowermentRefused(m.principal, m.representative, tuple(each.remedy for each in faults)))


@handles(Representation.empower, reads=(Power,), refuse=refuse)
def empower(work: Work, m: Empowerment) -> None:
    """Keep a power from its first day on."""
    before, reasons = _stated(work), []
    if m.principal == m.representative:
        reasons.append("Nobody needs a power to act for himself.")
    if m.valid_to is not None and m.valid_to < m.valid_from:
        reasons.append("The last day lies before the first.")
    if len(before) >= MOST:
        reasons.append("Too much was stated about these two; ask the administration.")
    if reasons:
        work.reply(EmpowermentRefused(m.principal, m.representative, tuple(reasons)))
        return
    _keep(work, m, (*before, Statement(work.now, m.valid_from, m.valid_to, m.kind)))


@handles(Representation.withdraw, reads=(Power,), refuse=refuse)
def withdraw(work: Work, m: EmpowermentWithdrawn) -> None:
    """Keep that no power holds any more, from a day on."""
    _keep(work, m, withdrawn(_stated(work), work.now, m.valid_from))


def _stated(work: Work) -> tuple[Statement, ...]:
    kept = work.get(Power)
    return kept.statements if kept is not None else ()


def _keep(work: Work, m: Empowerment | EmpowermentWithdrawn, statements: tuple[Statement, ...]) -> None:
    work.put(Power(m.principal, m.representative, statements))
    work.reply(EmpowermentKept(m.principal, m.representative))


@answers(Representation.check)
def check(view: View, question: RepresentationQuery) -> RepresentationState:
    """What holds; of powers between others nobody learns anything."""
    known = Instant(view.now)
    on = question.on or view.today()
    if question.known_at is not None:
        known = instant(question.known_at)
    subject = view.resolve("representation", f"{question.principal}/{question.representative}")
    kept = view.get(Power, subject) if subject is not None and view.admits(Representation.check, subject) else None
    found = held(kept.statements, on, known) if kept is not None else None
    return RepresentationState(
        principal=question.principal, representative=question.representative, known=yes_or_no(found is not None),
        kind=found.kind if found else None, valid_to=found.valid_to if found else None,
    )  # fmt: skip
