"""Dated cases of Regulation 1182/71 by number, each checked by hand against the article it names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from douane.vocabulary.calendars import built_in
from douane.vocabulary.counting import NEVER, Events, Paragraphs, count, end_of, received
from douane.vocabulary.errors import BadLimit, NoGround
from douane.vocabulary.limits import (
    By,
    Extension,
    Length,
    LimitKind,
    MayExtend,
    MaySuspend,
    Silence,
    Start,
    Suspension,
    TimeLimit,
)
from douane.vocabulary.time import DAY, MINUTE, Instant, instant

ACT, EFFECT, BACKWARD, HOURS, DATE = (
    LimitKind.ACT, LimitKind.EFFECT, LimitKind.BACKWARD, LimitKind.HOURS, LimitKind.DATE,
)  # fmt: skip

CASES = [
    ("1 UCC 171, pre-lodged", ACT, Length(days=30), "2026-11-26T10:00", "FR", "2026-12-28", "2026-12-28T23:00Z"),
    ("2 a holiday in AT", ACT, Length(days=30), "2026-11-08", "AT", "2026-12-09", "2026-12-09T23:00Z"),
    ("2 none in FR", ACT, Length(days=30), "2026-11-08", "FR", "2026-12-08", "2026-12-08T23:00Z"),
    ("3 IA 309(1)", ACT, Length(days=3), "2026-12-24T14:00", "AT", "2026-12-29", "2026-12-29T23:00Z"),
    ("5 IA 315(1)(d)", ACT, Length(days=3), "2026-10-30T16:00", "AT", "2026-11-03", "2026-11-03T23:00Z"),
    ("6 IA 309(2)", ACT, Length(days=6), "2026-10-30", "AT", "2026-11-05", "2026-11-05T23:00Z"),
    ("8 IA 310(3)", ACT, Length(days=7), "2026-12-28", "FR", "2027-01-04", "2027-01-04T23:00Z"),
    ("9 IA 310(2)(a)", ACT, Length(days=7), "2026-12-29", "FR", "2027-01-05", "2027-01-05T23:00Z"),
    ("9c IA 310(4)", ACT, Length(days=28), "2026-12-10", "FR", "2027-01-07", "2027-01-07T23:00Z"),
    ("10 IA 310(4)", ACT, Length(days=28), "2027-01-05", "FR", "2027-02-02", "2027-02-02T23:00Z"),
    ("11 IA 310(5), asked", ACT, Length(days=35), "2027-01-05", "FR", "2027-02-09", "2027-02-09T23:00Z"),
    ("11 IA 310(5), answer", ACT, Length(days=28), "2027-02-09", "FR", "2027-03-09", "2027-03-09T23:00Z"),
    ("12 IA 310(6)", ACT, Length(days=40), "2027-03-09", "FR", "2027-04-19", "2027-04-19T22:00Z"),
    ("14 DA 85(1)", ACT, Length(months=9), "2026-12-29", "FR", "2027-09-29", "2027-09-29T22:00Z"),
    ("14b DA 85(2)", ACT, Length(years=3), "2026-12-21", "FR", "2029-12-21", "2029-12-21T23:00Z"),
    ("15 IA 12(3)", ACT, Length(days=30), "2026-03-02", "DE", "2026-04-01", "2026-04-01T22:00Z"),
    ("17 UCC 22(3)", ACT, Length(days=120), "2026-03-02", "DE", "2026-06-30", "2026-06-30T22:00Z"),
    ("17b UCC 22(3)", ACT, Length(days=120), "2026-04-07", "DE", "2026-08-05", "2026-08-05T22:00Z"),
    ("18 DA 13(1)", ACT, Length(days=140), "2026-03-02", "DE", "2026-07-20", "2026-07-20T22:00Z"),
    ("21 DA 28(1)", ACT, Length(days=180), "2026-03-02", "DE", "2026-08-31", "2026-08-31T22:00Z"),
    ("22 DA 29, effect", EFFECT, Length(days=5), "2026-08-25", "DE", "2026-08-30", "2026-08-30T22:00Z"),
    ("24 IA 10(1)", ACT, Length(days=7), "2026-12-23", "AT", "2026-12-30", "2026-12-30T23:00Z"),
    ("26 DA 146(1)", ACT, Length(days=10), "2026-12-16", "DE", "2026-12-28", "2026-12-28T23:00Z"),
    ("26b DA 146(3)", ACT, Length(days=10), "2027-01-31", "FR", "2027-02-10", "2027-02-10T23:00Z"),
    ("27 UCC 108(1)", ACT, Length(days=10), "2026-12-24", "DE", "2027-01-04", "2027-01-04T23:00Z"),
    ("29 IA 335(1)", EFFECT, Length(days=90), "2026-09-15", "BE", "2026-12-14", "2026-12-14T23:00Z"),
    ("31 IA 160(1)", EFFECT, Length(years=1), "2026-03-02", "FR", "2027-03-02", "2027-03-02T23:00Z"),
    ("33 DA 8(2)", HOURS, Length(hours=24), "2026-11-27T18:20", "DE", "2026-11-28", "2026-11-28T18:00Z"),
    ("35 DA 244(1)(a)", BACKWARD, Length(hours=24), "2027-01-04T06:00", "BE", "2027-01-03", "2027-01-03T05:00Z"),
]  # fmt: skip


def at(text: str, place: str = "FR") -> Instant:
    return built_in().of(place).read(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_case(case: tuple[str, LimitKind, Length, str, str, str, str]) -> None:
    _, kind, length, event, place, last_day, last_instant = case
    end = count(kind, length, at(event, place), built_in().of(place))
    assert str(end.last_day) == last_day
    assert end.last_instant == instant(dt.datetime.fromisoformat(last_instant))


def test_case_1_names_what_moved_it() -> None:
    end = count(ACT, Length(days=30), at("2026-11-26T10:00"), built_in().of("FR"))
    assert [(m.rule, str(m.since), str(m.until)) for m in end.moves] == [
        ("1182/71 art. 3(4)", "2026-12-26", "2026-12-28")
    ]
    assert "2026-12-26 is Saturday" in end.moves[0].why


def test_case_1b_the_last_minute_is_in_time_and_midnight_is_late() -> None:
    end = count(ACT, Length(days=30), at("2026-11-26T10:00"), built_in().of("FR"))
    assert not end.late(at("2026-12-28T23:59"))
    assert end.late(at("2026-12-29T00:00"))


@pytest.mark.parametrize(
    ("event", "without"), [("2026-12-24T14:00", "2026-12-28"), ("2026-10-30T16:00", "2026-11-02")], ids=["3", "5"]
)
def test_cases_3_and_5_without_two_working_days(event: str, without: str) -> None:
    end = count(ACT, Length(days=3), at(event, "AT"), built_in().of("AT"), paragraphs=Paragraphs(True, False))
    assert str(end.last_day) == without


def test_case_22_takes_effect_when_its_day_begins() -> None:
    germany = built_in().of("DE")
    end = count(EFFECT, Length(days=5), at("2026-08-25", "DE"), germany)
    assert germany.begins(end.last_day) == instant(dt.datetime.fromisoformat("2026-08-29T22:00Z"))


def test_case_37_the_local_date_of_the_office_is_that_of_the_new_year() -> None:
    received_at = instant(dt.datetime.fromisoformat("2026-12-31T23:30Z"))
    assert {str(built_in().of(place).date(received_at)) for place in ("AT", "FR")} == {"2027-01-01"}
    assert str(built_in().of("PT").date(received_at)) == "2026-12-31"


def test_a_date_that_an_office_sets_is_not_moved() -> None:
    end = count(DATE, Length(days=8), at("2026-12-18"), built_in().of("FR"))
    assert (str(end.last_day), end.moves) == ("2026-12-26", ())


def test_working_days_skip_what_is_none() -> None:
    end = count(ACT, Length(working_days=2), at("2026-12-23", "AT"), built_in().of("AT"))
    assert str(end.last_day) == "2026-12-28"


# --- declared limits: extensions, suspensions, receipt ----------------------------------------------------------------

DECISION = TimeLimit(
    id="DEC-TAKE", article="UCC art. 22(3)", text="The decision is taken.", kind=ACT, length=Length(days=120),
    start=Start("acceptance of the application"), place="authority that decides", silence=Silence.ESCALATES,
    extensions=(
        MayExtend("DA art. 13(1)", "information was asked for", By.LAW, Length(days=30), "the applicant"),
        MayExtend("UCC art. 22(3)", "more time is needed", By.ANNOUNCEMENT, Length(days=30), "the applicant"),
    ),
    suspensions=(MaySuspend("UCC art. 103(3)", "an appeal was lodged"),),
)  # fmt: skip
ASKED = Extension("DA art. 13(1)", Length(days=20), "information")
DE = built_in().of("DE")


def more(day: str) -> Extension:
    return Extension("UCC art. 22(3)", Length(days=30), "a complex case", at(f"{day}T09:00", "DE"))


def test_case_20_an_announced_extension_adds_to_that_of_the_law() -> None:
    events = Events(at("2026-03-02", "DE"), (ASKED,))
    assert str(end_of(DECISION, Events(events.at), DE).last_day) == "2026-06-30"
    thirty = Extension("DA art. 13(1)", Length(days=30), "information")
    assert str(end_of(DECISION, Events(events.at, (thirty,)), DE).last_day) == "2026-07-30"
    extended = end_of(DECISION, Events(events.at, (more("2026-07-17"), ASKED)), DE)
    assert str(extended.last_day) == "2026-08-19"
    assert extended.extended == (more("2026-07-17"), ASKED)


def test_case_20_announced_when_the_limit_has_ended_it_is_void() -> None:
    end = end_of(DECISION, Events(at("2026-03-02", "DE"), (ASKED, more("2026-07-21"))), DE)
    assert str(end.last_day) == "2026-07-20"
    assert [void.extension for void in end.void] == [more("2026-07-21")]
    assert "2026-07-20" in end.void[0].why


def test_case_20_with_both_grounds_of_the_delegated_regulation() -> None:
    """120 days, 20 and 30 by law, 30 more by announcement: 19 August, then 18 September; void on 20 August."""
    heard = MayExtend("DA art. 13(2)", "the right to be heard", By.LAW, Length(days=30))
    limit = TimeLimit(
        id="DEC-TAKE", article="UCC art. 22(3)", text="", kind=ACT, length=Length(days=120), start=Start("acceptance"),
        place="authority", silence=Silence.ESCALATES, extensions=(*DECISION.extensions, heard),
    )  # fmt: skip
    by_law = (ASKED, Extension("DA art. 13(2)", Length(days=30), "heard"))
    accepted = at("2026-03-02", "DE")
    assert str(end_of(limit, Events(accepted, by_law), DE).last_day) == "2026-08-19"
    in_time = end_of(limit, Events(accepted, (*by_law, more("2026-08-18"))), DE)
    assert (str(in_time.last_day), in_time.last_instant) == ("2026-09-18", at("2026-09-19", "DE"))
    late = end_of(limit, Events(accepted, (*by_law, more("2026-08-20"))), DE)
    assert str(late.last_day) == "2026-08-19"
    assert late.void


def test_case_38_five_more_days_have_no_ground() -> None:
    answer = TimeLimit(
        id="TRA-ANSWER", article="IA art. 310(5)", text="The holder answers.", kind=ACT, length=Length(days=28),
        start=Start("request"), place="office of departure", silence=Silence.NEXT_STEP,
    )  # fmt: skip
    five = Extension("as a favour", Length(days=5), "asked nicely", at("2026-12-01"))
    with pytest.raises(NoGround, match=r"UCC art\. 55\(1\)"):
        end_of(answer, Events(at("2026-11-26"), (five,)), built_in().of("FR"))


def test_an_article_lengthens_by_what_it_says_and_no_more() -> None:
    long = Extension("DA art. 13(1)", Length(days=31), "information")
    with pytest.raises(NoGround, match=r"30 days at most, not by 31 days"):
        end_of(DECISION, Events(at("2026-03-02", "DE"), (long,)), DE)
    with pytest.raises(NoGround, match="at most"):
        end_of(DECISION, Events(at("2026-03-02", "DE"), (ASKED, ASKED)), DE)
    silent = Extension("UCC art. 22(3)", Length(days=30), "nobody was told")
    with pytest.raises(NoGround, match="by announcement"):
        end_of(DECISION, Events(at("2026-03-02", "DE"), (silent,)), DE)


def test_a_suspension_adds_the_days_that_it_lasted() -> None:
    accepted = at("2026-03-02", "DE")
    stopped = Suspension("UCC art. 103(3)", at("2026-04-01", "DE"), at("2026-04-11", "DE"))
    end = end_of(DECISION, Events(accepted, (), (stopped,)), DE)
    assert (str(end.last_day), end.suspended_days) == ("2026-07-10", 10)
    still = end_of(DECISION, Events(accepted, (), (Suspension("UCC art. 103(3)", accepted),)), DE)
    assert still.stands_still
    assert still.last_instant == NEVER
    with pytest.raises(NoGround):
        end_of(DECISION, Events(accepted, (), (Suspension("a wish", accepted),)), DE)


def test_a_notice_is_received_when_its_receiver_says_so_or_when_it_is_deemed() -> None:
    deemed = TimeLimit(
        id="HEAR", article="DA art. 8(1)", text="", kind=ACT, length=Length(days=30),
        start=Start("receipt of the grounds", Length(days=3), "national law"), place="authority",
        silence=Silence.REFUSED,
    )  # fmt: skip
    sent = at("2026-03-02T10:00", "DE")
    assert received(sent, at("2026-03-03T08:00", "DE"), deemed, DE) == at("2026-03-03T08:00", "DE")
    assert received(sent, None, deemed, DE) == at("2026-03-05", "DE")
    assert received(sent, at("2026-03-20", "DE"), deemed, DE) == at("2026-03-05", "DE")
    with pytest.raises(BadLimit):
        received(sent, None, DECISION, DE)


@pytest.mark.parametrize(
    ("kind", "length"),
    [(ACT, Length(hours=5)), (EFFECT, Length(hours=5)), (HOURS, Length(days=1)), (ACT, Length()),
     (HOURS, Length(hours=1, days=1))],
)  # fmt: skip
def test_kind_and_length_go_together(kind: LimitKind, length: Length) -> None:
    with pytest.raises(BadLimit):
        count(kind, length, at("2026-11-26"), built_in().of("FR"))


def test_nothing_ends_beyond_the_calendar() -> None:
    with pytest.raises(BadLimit):
        count(ACT, Length(years=99_000), at("2026-11-26"), built_in().of("FR"))
    with pytest.raises(BadLimit):
        Length(days=-1)


def test_a_suspension_revives_no_limit_that_has_ended() -> None:
    accepted, long_after = at("2026-03-02", "DE"), at("2027-03-02", "DE")
    late = Suspension("UCC art. 103(3)", long_after, Instant(long_after + 10 * DAY))
    end = end_of(DECISION, Events(accepted, (), (late,)), DE)
    assert (end.last_day, end.suspended_days) == (end_of(DECISION, Events(accepted), DE).last_day, 0)
    assert end.idle == (late,)
    never = end_of(DECISION, Events(accepted, (), (replace(late, until=None),)), DE)
    assert not never.stands_still, "what has ended does not begin to stand still"


def test_a_part_of_a_month_is_counted_in_days_of_which_thirty_make_one() -> None:
    assert Length.of_months(Fraction(3, 2)) == Length(months=1, days=15)
    assert str(Length.of_months(Fraction("0.1"))) == "3 days"
    with pytest.raises(BadLimit, match="no whole days"):
        Length.of_months(Fraction("1.01"))


def test_a_limit_counted_back_in_hours_says_whether_the_hour_of_its_event_counts() -> None:
    back = replace(DECISION, kind=LimitKind.BACKWARD, length=Length(days=1), extensions=(), suspensions=())
    with pytest.raises(BadLimit, match="does not say from when"):
        replace(back, length=Length(hours=1))
    departure = at("2027-01-04T14:30", "BE")
    for exact, minutes in ((True, 60), (False, 90)):
        limit = replace(back, length=Length(hours=1), exact=exact)
        assert departure - end_of(limit, Events(departure), built_in().of("BE")).last_instant == minutes * MINUTE
        assert ("instant" in limit.moves) is exact
