"""Rows 32 and 33: limits end and dates change by the law and the clocks of the place (Regulation 1182/71)."""

from __future__ import annotations

import datetime as dt

from douane.applications.transit.tests.base_declarations import prelodged
from douane.runtime.core.work import Work
from douane.vocabulary import counting
from douane.vocabulary.calendars import Calendar
from douane.vocabulary.time import Instant, moment
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import Stage, office_at


def unmoved(end: dt.date, _calendar: Calendar, _moves: object) -> dt.date:
    """An end that stays on a Saturday."""
    return end


def in_utc(work: Work, _place: str = "") -> dt.date:
    """The date at Greenwich."""
    return moment(Instant(work.now)).date()


@play(32, Brake("a limit ends on a Saturday", counting, "_to_working_day", unmoved, together=(
    Brake("ends that were counted before are not known", counting, "_ends", {}),
)))  # fmt: skip
def presented_on_the_working_day_after_the_thirtieth(looks: list[Look]) -> None:
    stage = Stage(looks, office_at("2026-11-26T10:00"))
    movement = stage.lodge(prelodged())
    stage.look("lodged")
    stage.at("2026-12-26T23:59")
    stage.look("the Saturday ends")
    stage.office.clock.at += 48 * 3_600 * 1_000_000  # Monday, 23:59
    movement.present()
    stage.look("presented in the last minute of Monday")
    late = Stage(looks, office_at("2026-11-26T10:00"))
    movement = late.lodge(prelodged())
    late.look("another is lodged")
    late.at("2026-12-29T00:00")
    movement.present()
    late.look("presented as Tuesday begins")


@play(33, Brake("dates are those of Greenwich", Work, "today", in_utc))
def accepted_after_midnight_in_paris(looks: list[Look]) -> None:
    stage = Stage(looks, office_at("2027-01-01T00:30"))
    stage.lodge()
    stage.look("accepted")
