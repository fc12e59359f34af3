"""Rows 136 to 138, 152 and 153: how suspensions end, revocations that are put off, and rulings whose time is over."""

from __future__ import annotations

import datetime as dt
from typing import Any

from douane.applications.bti.messages import RulingSearch
from douane.applications.customs_decisions.handlers import effect, ending
from douane.applications.customs_decisions.handlers.cases import expiring, suspended
from douane.applications.customs_decisions.messages.applying import (
    ActInEffect,
    ActNotified,
    DecisionExpired,
    HearingOpened,
    HolderRequest,
    SuspensionEnded,
    ViewGiven,
    Wish,
)
from douane.applications.customs_decisions.messages.deciding import ActTaken, MoreTime, SuspensionLengthened
from douane.applications.customs_decisions.messages.words import ActKind, DecisionType, Ground, NoHearing
from douane.applications.customs_decisions.rules.limits import DOUBT
from douane.applications.customs_decisions.tests.life import Life
from douane.author import PUBLIC
from tests.scenarios.brakes import Brake
from tests.scenarios.desk import HOLDERS, Desk, article, ends
from tests.scenarios.playing import play
from tests.scenarios.row import Look

ONE, TWO, THREE = HOLDERS[:3]
T = DecisionType


def taken(life: Life, kind: ActKind, ground: Ground, **more: Any) -> ActTaken:
    """The act of an officer."""
    return ActTaken(reference=life.reference, act=kind, ground=ground, reasons="Grounds", **more)


def done(desk: Desk, life: Life, kind: ActKind, ground: Ground, **more: Any) -> None:
    """An act that is adverse to nobody, or about which nobody is heard; received at once."""
    assert desk.tried(life, taken(life, kind, ground, **more)) == "not refused"
    desk.received(life)


def heard(desk: Desk, life: Life, kind: ActKind, ground: Ground, **more: Any) -> None:
    """An act after a hearing; received at once."""
    assert desk.tried(life, taken(life, kind, ground, **more)) == "not refused"
    life.send(ViewGiven(life.reference, "I see it otherwise"))
    done(desk, life, kind, ground, **more)


def alarmed(desk: Desk, life: Life, kind: ActKind, ground: Ground, **more: Any) -> None:
    """The same, without a hearing: a threat does not wait."""
    done(desk, life, kind, ground, no_hearing=NoHearing.SECURITY, unheard_for="Alert 7", **more)


def day(at: dt.datetime | int) -> str:
    """The last day of a period that ends at an instant, as a letter says it."""
    end = dt.datetime.fromtimestamp(at / 1e6, dt.UTC) if isinstance(at, int) else at
    last = end.astimezone(dt.timezone(dt.timedelta(hours=2))) - dt.timedelta(minutes=1)
    return f"{last.day} {last:%B %Y}"


def over(message: Any) -> bool:
    """The letter that a suspension has ended: with its period, or because it was withdrawn."""
    if isinstance(message, ActNotified):
        return message.act is ActKind.LIFT and article(message.article).startswith("DA art. 18(1)")
    return isinstance(message, SuspensionEnded) and article(message.article) == "DA art. 18(2)"


OVER = "letter: the suspension has ended (DA art. 18(2))"


@play(136, Brake("a suspension without a decision goes on for ever", suspended.steps, "tell_end",
                 lambda _work, case: case))  # fmt: skip
def a_suspension_for_measures(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-11T09:00+01:00", "DE", "EU")
    life = desk.applied(T.EIR, "DE", ONE, "records").granted()
    desk.forget(ONE)
    desk.at("2027-03-01T09:00+01:00")
    heard(desk, life, ActKind.SUSPEND, Ground.REMEDY, days=60)
    until = life.shown.acts[-1].effect_to
    told = {"holder": (ONE, {
        f"letter: suspended until {day(until)}": lambda m: isinstance(m, ActInEffect) and m.effect_to == until,
        "": lambda m: isinstance(m, HearingOpened | ActNotified) and m.act is ActKind.SUSPEND,
        OVER: over,
    })}  # fmt: skip

    def tasks() -> tuple[str, ...]:
        said = {"verify_measures": "have the measures been taken? before {day}",
                "revoke": "measures not shown: revocation (IA art. 15)"}  # fmt: skip
        return tuple(said.get(task, task).format(day=day(due)) for _, task, due in desk.tasks(life))

    def look(at: str) -> None:
        desk.look(at, told, state={"decision": life.shown.state}, tasks={"office": tasks()},
                  limits={"end of the suspension": ends(until)})  # fmt: skip

    look("suspended")
    desk.at("2027-04-30T22:00:01Z")
    look("the period is over")
    desk.at("2027-05-03T09:00+02:00")
    valid = life.standing(begins_in="DE") == "usable"
    desk.look("used", {}, case={"the entry is valid": valid})


@play(137, Brake("a suspension always ends on its first day of end", suspended.predicates, "is_extended",
                 lambda _: False, together=(
                     Brake("and with an act to come", suspended.predicates, "is_until_act", lambda _: False),
                 )))  # fmt: skip
def a_suspension_that_is_lengthened(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-11T09:00+01:00", "FR", "EU")
    one, two = (desk.applied(T.CGU, "FR", each, f"of-{each}").granted() for each in (ONE, TWO))
    desk.at("2027-03-09T09:00+01:00")
    alarmed(desk, one, ActKind.SUSPEND, Ground.DOUBT)
    two.send(HolderRequest(two.reference, Wish.SUSPEND, "The scales are being repaired: 40 days"))
    done(desk, two, ActKind.SUSPEND, Ground.REQUEST, days=40)
    desk.forget(ONE, TWO)

    def until(name: str, life: Life) -> dict[str, str]:
        return {f"end of the suspension, {name}": ends(life.shown.acts[-1].effect_to)}

    desk.look("suspended", {}, limits=until("CGU 1", one) | until("CGU 2", two))
    desk.at("2027-03-30T09:00+02:00")
    assert desk.tried(one, taken(one, ActKind.REVOKE, Ground.CONDITIONS, lengthens=True)) == "not refused"
    words = "letter: grounds of revocation, suspension lengthened until the decision takes effect"
    told = {"holder 1": (ONE, {words: lambda m: isinstance(m, HearingOpened) and m.suspended_until_act})}
    hearing = one.last(HearingOpened)
    last = dt.datetime.combine(hearing.last_day + dt.timedelta(days=1), dt.time(), tzinfo=PARIS_SUMMER)
    desk.look("intention to revoke", told, limits={"hearing, CGU 1": ends(last)})
    desk.at("2027-04-09T09:00+02:00")
    desk.look("the thirty-first day", {}, state={"CGU 1": one.shown.state})
    desk.at("2027-04-12T09:00+02:00")
    two.send(HolderRequest(two.reference, Wish.MORE_TIME, "20 days more"))
    _longer(desk, two, MoreTime.REQUEST, 20)
    desk.look("more time", {}, limits=until("CGU 2", two))
    desk.at("2027-04-30T09:00+02:00")
    done(desk, one, ActKind.REVOKE, Ground.CONDITIONS, lengthens=True)
    usable = "usable" in {one.standing("2027-04-10T09:00"), one.standing("2027-04-29T09:00")}
    desk.look("revoked", {}, state={"CGU 1": one.shown.state}, case={"usable between 9 and 30 April": usable})
    desk.at("2027-05-07T09:00+02:00")
    two.send(HolderRequest(two.reference, Wish.TAKEN, "The scales weigh again"))
    _longer(desk, two, MoreTime.VERIFICATION, 30)
    desk.look("being verified", {}, state={"CGU 2": two.shown.state}, limits=until("CGU 2", two))
    desk.at("2027-06-04T09:00+02:00")
    desk.forget(ONE, TWO)
    done(desk, two, ActKind.LIFT, Ground.SETTLED)
    desk.look("withdrawn", {"holder 2": (TWO, {OVER: over})}, state={"CGU 2": two.shown.state})


PARIS_SUMMER = dt.timezone(dt.timedelta(hours=2))


def _longer(desk: Desk, life: Life, ground: MoreTime, days: int) -> None:
    longer = SuspensionLengthened(life.reference, ground, days, "Agreed")
    assert desk.tried(life, longer) == "not refused"


@play(138, Brake("a doubt about criterion (a) ends after thirty days", effect, "limit_of_suspension",
                 lambda _ground: DOUBT))  # fmt: skip
def a_suspected_infringement(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-11T09:00+01:00", "FR", "EU")
    one, two = (desk.applied(T.AEOC, "FR", each, f"of-{each}").granted() for each in (ONE, TWO))
    desk.at("2027-03-09T09:00+01:00")
    alarmed(desk, one, ActKind.SUSPEND, Ground.INFRINGEMENT)
    alarmed(desk, two, ActKind.SUSPEND, Ground.DOUBT)
    desk.forget(ONE, TWO)

    def tasks() -> tuple[str, ...]:
        said = {"establish": "has the infringement been established? AEOC 1"}
        return tuple(said.get(task, task) for _, task, _ in desk.tasks(one, two))

    suspends = [each.shown.acts[-1].effect_to for each in (one, two)]
    desk.look("suspended", {}, limits={"end of the suspension, AEOC 2": ends(suspends[1])},
              case={"AEOC 1 has an end": suspends[0] is not None}, tasks={"office": tasks()})  # fmt: skip
    desk.at("2027-04-09T09:00+02:00")
    desk.look("the thirty-first day", {}, state={"AEOC 1": one.shown.state, "AEOC 2": two.shown.state})
    desk.at("2027-06-02T09:00+02:00")
    desk.forget(ONE, TWO)
    if one.shown.state == "suspended":
        done(desk, one, ActKind.LIFT, Ground.SETTLED)
    told = {"holder 1": (ONE, {OVER: over})}
    desk.look("no infringement", told, state={"AEOC 1": one.shown.state}, tasks={"office": tasks()})


@play(152, Brake("a decision is dead from the day of its revocation", effect, "put_off", lambda _: False))
def a_revocation_that_is_put_off(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-11T09:00+01:00", "FR", "EU")
    one, two, three = (desk.applied(T.CW1, "FR", each, f"of-{each}").granted() for each in (ONE, TWO, THREE))
    first = two.shown.acts[0].effect_from
    desk.at("2027-03-01T09:00+01:00")
    june = dt.date(2027, 6, 1)
    for life in (one, two):
        heard(desk, life, ActKind.REVOKE, Ground.CONDITIONS, effect_on=june)

    def state(life: Life) -> str:
        shown = life.shown
        later = f", revoked from {shown.revoked_from.day} {shown.revoked_from:%B %Y}" if shown.revoked_from else ""
        return f"{shown.state}{later}"

    desk.look("revoked for June", {}, state={"CW1 1": state(one)},
              case={"usable today": one.standing(begins_in="FR") == "usable"})  # fmt: skip
    desk.at("2027-03-01T10:00+01:00")
    late = desk.tried(three, taken(three, ActKind.REVOKE, Ground.CONDITIONS, effect_on=dt.date(2028, 6, 1)))
    desk.look("more than a year", {}, refused={"put off to June 2028": late})
    desk.at("2027-03-15T09:00+01:00")
    alarmed(desk, one, ActKind.SUSPEND, Ground.DOUBT)
    desk.look("suspended meanwhile", {}, state={"CW1 1": state(one)},
              limits={"end of the suspension": ends(one.shown.acts[-1].effect_to)})  # fmt: skip
    desk.at("2027-04-20T09:00+02:00")
    heard(desk, two, ActKind.ANNUL, Ground.INCORRECT)
    since = two.shown.acts[-1].effect_from
    said = "the day on which CW1 2 first took effect" if since == first else str(since)
    desk.look("annulled meanwhile", {}, state={"CW1 1": state(one), "CW1 2": state(two)},
              case={"annulled from": said})  # fmt: skip
    desk.at("2027-06-01T00:00:01+02:00")
    assert one.standing(begins_in="FR") == "ended"
    desk.look("June", {}, state={"CW1 1": state(one)})


@play(153, Brake("an expired ruling stays in force in its case", expiring.steps, "tell_expired",
                 lambda _work, case: case, together=(
                     Brake("and an act on it is taken", ending, "ALIVE", frozenset()),
                 )))  # fmt: skip
def a_ruling_that_expires(looks: list[Look]) -> None:
    desk = Desk(looks, "2027-01-12T09:00+01:00", "FR", "EU")
    life = desk.applied(T.BTI, "FR", ONE, "ruling").granted()
    desk.forget(ONE)
    told = {"holder": (ONE, {"letter: BTI expired": lambda m: isinstance(m, DecisionExpired)})}
    desk.look("issued", told, limits={"end of validity": ends(life.shown.acts[0].effect_to)})
    desk.at("2030-01-12T22:59Z")
    desk.look("the last minute", told, state={"BTI": life.shown.state})
    desk.at("2030-01-12T23:00:01Z")
    desk.look("a minute later", told, state={"BTI": life.shown.state})
    desk.at("2030-01-14T09:00+01:00")
    refused = desk.tried(life, taken(life, ActKind.REVOKE, Ground.CONDITIONS))
    desk.look("revoked all the same", told, refused={"revoke the BTI": refused}, state={"BTI": life.shown.state})
    desk.at("2030-01-14T10:00+01:00")
    desk.look("named in a declaration", {}, case={"the BTI binds": binds(desk, life)})


def binds(desk: Desk, life: Life) -> bool:
    """Whether the register of rulings still knows it."""
    return any(each.ruling == life.shown.decision for each in desk.office.ask(RulingSearch(), by=PUBLIC).lines)
