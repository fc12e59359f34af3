"""Rows 147 and 148: from which day an authorisation has effect, and how long it is valid."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any

import msgspec

from douane.applications.customs_decisions.handlers import beginning
from douane.applications.customs_decisions.messages.applying import ApplicationRegistered, ReceiptConfirmed
from douane.applications.customs_decisions.messages.deciding import AcceptanceJudged, ActTaken, DecisionTaken
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground
from douane.applications.customs_decisions.records import Act
from douane.applications.customs_decisions.rules import effect as rule
from douane.applications.customs_decisions.tests.life import Life
from tests.scenarios.brakes import Brake
from tests.scenarios.desk import HOLDERS, Desk, ends
from tests.scenarios.playing import play
from tests.scenarios.row import Look

A, B, C, D, E = HOLDERS
T = DecisionType
_PARIS = zoneinfo.ZoneInfo("Europe/Paris")
_STATES = {"granted, not yet in effect": "granted, not yet usable"}


def _processing(desk: Desk, holder: str, own: str, *, accepted: bool = True, **given: str) -> Life:
    """An application for inward processing in France alone."""
    return desk.applied(T.IPO, "FR", holder, own, accepted=accepted, _31_04_000_008="3", _31_04_010_020="FR", **given)


def _grants(desk: Desk, life: Life, **more: Any) -> Life:
    """Granted as an officer says, and received at once."""
    assert desk.tried(life, DecisionTaken(reference=life.reference, granted=True, **more)) == "not refused"
    desk.received(life)
    return life


def _effect(life: Life) -> str:
    """The day from which on a decision has effect, as a person says it."""
    found = [each.effect_from for each in life.shown.acts if each.effect_from is not None]
    day = found[-1].astimezone(_PARIS) if found else None
    return f"{day.day} {day:%B %Y}" if day is not None else "none yet"


def _state(life: Life) -> str:
    shown: str = life.shown.state
    return _STATES.get(shown, shown)


def _at_receipt(_work: Any, _case: Any, act: Act) -> Act:
    return msgspec.structs.replace(act, effect_from=act.received_at)


@play(147, Brake("every decision takes effect when it is received", beginning, "with_period", _at_receipt))
def days_of_effect(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-08T09:00+01:00", "FR", "EU")
    # What C renews: it was granted until 31 March 2027.
    older = _processing(desk, C, "older")
    _grants(desk, older, valid_until=dt.date(2027, 3, 31))
    # Another applicant of the same day stands for the second wish about E: a decision is taken once.
    desk.at("2027-01-11T09:00+01:00")
    a = _processing(desk, A, "A", _34_06_000_207="20270301")
    b = _processing(desk, B, "B", _34_06_000_207="20270201")
    c = _renewing(desk, older)
    d = desk.applied(T.CW1, "FR", D, "D")
    e = _processing(desk, E, "E")
    other = _processing(desk, A, "E again")
    desk.at("2027-02-12T09:00+01:00")
    for life in (a, b, c):
        _grants(desk, life)
    _grants(desk, d, formalities="The place is fitted out and sealed")
    _grants(desk, e, effect_on=dt.date(2027, 1, 11), shown="The records show that points (a) to (d) and (f) are met")
    lives = {"A": a, "B": b, "C": c, "D": d, "E": e}
    assert a.standing("2027-02-12T12:00") != "usable"
    desk.look("granted", {}, case={f"effect {name}": _effect(life) for name, life in lives.items()},
              state={name: _state(lives[name]) for name in "ABE"})  # fmt: skip
    desk.at("2027-02-12T10:00+01:00")
    back = DecisionTaken(reference=other.reference, granted=True, effect_on=dt.date(2027, 1, 10), shown="The records")
    desk.look("one day too far", {}, refused={"effect E on 10 January": desk.tried(other, back)})
    desk.at("2027-04-01T00:00+02:00")
    desk.look("the renewal follows without a gap", {}, state={"C": _state(c), "A": _state(a)})
    desk.at("2027-04-20T09:00+02:00")
    completed = ActTaken(reference=d.reference, act=ActKind.COMMENCE, ground=Ground.FORMALITIES, reasons="Seen on site")
    told = desk.tried(d, completed)
    if told == "not refused":
        desk.received(d)
    desk.look("formalities completed", {}, case={"effect D": _effect(d)}, state={"D": _state(d)})


def _renewing(desk: Desk, older: Life) -> Life:
    """The same applied for anew, to extend what was granted."""
    wanted = msgspec.structs.replace(older.lodged, own_reference="C", renews=older.shown.decision)
    life = _processing(desk, C, "C first", accepted=False)
    told = life.send(wanted)
    assert isinstance(told, ApplicationRegistered)
    life.reference, life.lodged = told.reference, wanted
    life.decides(AcceptanceJudged(reference=told.reference, accepted=True))
    return life


@play(148, Brake("every authorisation has five years", rule, "any_sensitive", lambda _given: False))
def years_of_validity(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-02-10T09:00+01:00", "FR", "EU")
    one, two = (
        _processing(desk, each, f"sugar-{each}", _34_06_000_207="20270301", _35_01_010_056="170199") for each in (A, B)
    )
    three = _processing(desk, C, "aluminium", _34_06_000_207="20270301", _35_01_010_056="760110")
    desk.at("2027-02-12T09:00+01:00")
    five = DecisionTaken(reference=one.reference, granted=True, valid_until=dt.date(2032, 3, 1))
    refused = desk.tried(one, five)
    desk.look("five years of sugar", {}, refused={"grant for five years": refused})
    desk.at("2027-02-12T10:00+01:00")
    if refused == "not refused":
        one.send(ReceiptConfirmed(reference=one.reference, number=1))
    else:
        _grants(desk, one)
    _grants(desk, two, valid_until=dt.date(2029, 3, 1))
    _grants(desk, three)
    lives = enumerate((one, two, three), start=1)
    desk.look("granted", {}, limits={f"end of validity {n}": ends(each.shown.acts[-1].effect_to) for n, each in lives})
