"""Rows 131, 134, 135: hearings that are left out, rulings that are given back, and who is barred."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from douane.applications.customs_decisions.handlers import cases, lodging
from douane.applications.customs_decisions.messages.applying import (
    ActNotified,
    ApplicationAccepted,
    ApplicationNotRegistered,
    HolderRequest,
    NotPossible,
    StepRecorded,
    ViewGiven,
    Wish,
)
from douane.applications.customs_decisions.messages.deciding import ActTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing
from douane.applications.customs_decisions.rules import types
from douane.applications.customs_decisions.tests.life import Life
from tests.scenarios.brakes import Brake
from tests.scenarios.desk import HOLDERS, Desk, article
from tests.scenarios.playing import play
from tests.scenarios.row import Look

ONE, TWO, THREE = HOLDERS[:3]


def revoke(life: Life, ground: Ground, **more: Any) -> ActTaken:
    """The act of an officer."""
    return ActTaken(reference=life.shown.decision, act=ActKind.REVOKE, ground=ground, reasons="Grounds", **more)


def revoked(message: Any) -> bool:
    """A letter that revokes, with its grounds and the right of appeal."""
    return (
        isinstance(message, ActNotified) and message.act is ActKind.REVOKE and bool(message.reasons)
        and message.appeal == "UCC art. 44"
    )  # fmt: skip


@play(131, Brake("any exception from the hearing is believed", cases, "against_exception", lambda *_, **__: None))
def an_exception_from_the_hearing(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-11T09:00+01:00", "FR", "DE", "EU")
    life = desk.applied(DecisionType.CGU, "FR", ONE, "one").granted()
    desk.forget(ONE)
    told = {"holder": (ONE, {"letter: revoked, grounds, right of appeal (UCC art. 44)": revoked})}

    def unheard(said: NoHearing, fact: str = "") -> str:
        taken = revoke(life, Ground.CONDITIONS, no_hearing=said, unheard_for=fact)
        return desk.tried(life, taken)

    desk.at("2027-03-09T09:00+01:00")
    refused = {
        "unheard, 22(6)(a)": unheard(NoHearing.BINDING_INFORMATION),
        "unheard, 22(6)(b)": unheard(NoHearing.QUOTA),
    }
    refused |= {f"unheard, DA 10({point})": unheard(NoHearing.DELEGATED, "The case of that point") for point in "abcd"}
    desk.look("six exceptions that fit no CGU", told, refused=refused, state={"decision": life.shown.state})
    desk.at("2027-03-09T10:00+01:00")
    refused = {"unheard, 22(6)(e)": unheard(NoHearing.INVESTIGATION)}
    desk.look("one that fits, without fact or reasons", told, refused=refused, state={"decision": life.shown.state})
    desk.at("2027-03-09T11:00+01:00")
    assert unheard(NoHearing.INVESTIGATION, "FR-OLAF-2027-4") == "not refused"
    desk.received(life)
    act = life.shown.acts[-1]
    kept = (act.hearing, act.unheard_for)
    desk.look("with both", told, state={"decision": life.shown.state}, case={"exception kept": kept})


@play(134, Brake("a ruling is revoked because its holder wants it", types.TYPES, DecisionType.BTI,
                 replace(types.TYPES[DecisionType.BTI], on_request=True)))  # fmt: skip
def a_ruling_is_not_given_back(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-12T09:00+01:00", "FR", "EU")
    bti = desk.applied(DecisionType.BTI, "FR", ONE, "ruling").granted()
    cgu = desk.applied(DecisionType.CGU, "FR", ONE, "guarantee").granted()
    desk.forget(ONE)
    told = {"holder": (ONE, {
        "letter: a BTI is not revoked upon application (UCC art. 34(5))":
            lambda m: isinstance(m, NotPossible) and m.article == "UCC art. 34(5)" and m.reference == bti.reference,
        "letter: application to revoke the CGU received":
            lambda m: isinstance(m, StepRecorded) and (m.step, m.reference) == ("revoke", cgu.reference),
        "letter: CGU revoked": lambda m: revoked(m) and m.reference == cgu.reference,
    })}  # fmt: skip
    desk.at("2027-04-01T09:00+02:00")
    for life in (bti, cgu):
        life.send(HolderRequest(life.reference, Wish.REVOKE, "I need it no more"))
    desk.look("applied for", told)
    desk.at("2027-04-02T09:00+02:00")
    refused = desk.tried(bti, revoke(bti, Ground.REQUEST))
    assert desk.tried(cgu, revoke(cgu, Ground.REQUEST)) == "not refused"
    desk.received(cgu)
    states = {"BTI": bti.shown.state, "CGU": cgu.shown.state}
    desk.look("revoked", told, refused={"revoke the BTI": refused}, state=states)


def heard_and_revoked(desk: Desk, life: Life, ground: Ground) -> None:
    """Heard, and then revoked; received at once."""
    life.decides(revoke(life, ground))
    life.send(ViewGiven(life.reference, "I see it otherwise"))
    life.decides(revoke(life, ground))
    desk.received(life)


@play(135, Brake("every revocation bars a new application", lodging, "BREACHES", frozenset(Ground)))
def only_a_breach_bars(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-11T09:00+01:00", "FR", "EU")
    kinds = {ONE: DecisionType.CGU, TWO: DecisionType.CGU, THREE: DecisionType.AEOC}
    lives = {holder: desk.applied(kind, "FR", holder, f"of-{holder}").granted() for holder, kind in kinds.items()}
    desk.at("2027-03-09T09:00+01:00")
    for holder, ground in ((ONE, Ground.CONDITIONS), (TWO, Ground.OBLIGATION), (THREE, Ground.OBLIGATION)):
        heard_and_revoked(desk, lives[holder], ground)
    desk.forget(*kinds)
    words = {f"letter: not accepted ({each})": _barred_by(each) for each in ("DA art. 11(1)(d)", "DA art. 11(2)")}
    told = {f"holder {number}": (holder, {"letter: application accepted": _accepted} | words)
            for number, holder in enumerate(kinds, 1)}  # fmt: skip

    def apply_again(at: str, text: str, *holders: str) -> None:
        desk.at(at)
        for holder in holders:
            desk.again(lives[holder], f"{at[:10]}")
        desk.look(text, {name: each for name, each in told.items() if each[0] in holders})

    apply_again("2027-06-09T09:00+02:00", "three months later", ONE, TWO, THREE)
    apply_again("2028-03-06T09:00+01:00", "some days before the year is over", TWO)
    apply_again("2028-03-13T09:00+01:00", "some days after", TWO, THREE)
    apply_again("2030-03-13T09:00+01:00", "after three years", THREE)


def _accepted(message: Any) -> bool:
    return isinstance(message, ApplicationAccepted)


def _barred_by(cited: str) -> Any:
    return lambda m: isinstance(m, ApplicationNotRegistered) and [article(each.article) for each in m.faults] == [cited]
