"""What lengthened and what stopped a limit of a case is kept, told with its article, and counted again with it."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from douane.cli.law.clock import deadline_facts
from douane.runtime.store.records import Changed, Counted
from douane.shared_services.auditing.deadlines import Deadline, Law, moved
from douane.vocabulary.calendars import CalendarData, Holiday, built_in
from douane.vocabulary.counting import NEVER, Events, end_of
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
from douane.vocabulary.time import Instant

GERMANY = built_in().of("DE")
DECIDE = TimeLimit(
    id="DEC-DECIDE", article="UCC art. 22(3)", text="The decision is taken.", kind=LimitKind.ACT,
    length=Length(days=120), start=Start("the application is accepted"), place="authority", silence=Silence.REFUSED,
    extensions=(
        MayExtend("DA art. 13(1)", "information is asked for", By.LAW, Length(days=30)),
        MayExtend("UCC art. 22(3)", "a complex case", By.ANNOUNCEMENT, Length(days=30)),
    ),
    suspensions=(MaySuspend("UCC art. 103(3)", "an appeal"),),
)  # fmt: skip
ACCEPTED = GERMANY.read("2026-03-02T09:00")
ASKED = Extension("DA art. 13(1)", Length(days=20), "information")
LAW = Law({DECIDE.id: DECIDE}, built_in(), {})


def kept(*extensions: Extension, suspended: tuple[Suspension, ...] = ()) -> Deadline:
    """The limit of a case as its record has it, after a round through its stored form."""
    end = end_of(DECIDE, Events(ACCEPTED, extensions, suspended), GERMANY)
    changed = msgspec.msgpack.encode(Changed.of(DECIDE.id, extensions, suspended))
    made = Counted(DECIDE.id, ACCEPTED, "DE", end.last_instant)
    return Deadline(1, "DE", (), made, runs=True, changed=msgspec.msgpack.decode(changed, type=Changed))


def announced(day: str) -> Extension:
    return Extension("UCC art. 22(3)", Length(days=30), "a complex case", GERMANY.read(f"{day}T09:00"))


def test_what_was_kept_is_what_was_said() -> None:
    stood = Suspension("UCC art. 103(3)", Instant(ACCEPTED + 1), Instant(ACCEPTED + 2))
    still = Suspension("UCC art. 103(3)", ACCEPTED)
    said = kept(ASKED, announced("2026-07-17"), suspended=(stood, still)).events
    assert said == Events(ACCEPTED, (ASKED, announced("2026-07-17")), (stood, still))


def test_an_extension_is_told_with_article_length_and_announcement() -> None:
    facts = deadline_facts(kept(ASKED, announced("2026-07-17")), LAW, ACCEPTED)
    assert facts["last_day"] == "2026-08-19"
    assert [(e["article"], e["length"], e["void"]) for e in facts["extensions"]] == [
        ("DA art. 13(1)", "20 days", ""), ("UCC art. 22(3)", "30 days", ""),
    ]  # fmt: skip
    assert facts["extensions"][1]["announced"] == "2026-07-17T07:00:00Z"


def test_one_announced_too_late_is_told_as_void() -> None:
    facts = deadline_facts(kept(ASKED, announced("2026-08-20")), LAW, ACCEPTED)
    assert facts["last_day"] == "2026-07-20"
    assert "when the limit had ended, on 2026-07-20" in facts["extensions"][1]["void"]


def test_a_limit_that_stands_still_has_no_last_day_yet() -> None:
    facts = deadline_facts(kept(suspended=(Suspension("UCC art. 103(3)", ACCEPTED),)), LAW, ACCEPTED)
    assert (facts["last_day"], facts["last_instant"]) == ("none while it is stopped", "")
    assert facts["suspensions"] == [
        {"article": "UCC art. 103(3)", "since": "2026-03-02T08:00:00Z", "until": "", "void": ""}
    ]


@pytest.mark.parametrize(
    ("lengths", "holiday", "would_end"),
    [({DECIDE.id: Length(days=90)}, "", "2026-06-22"), ({}, "2026-08-19", "2026-08-20")],
)
def test_another_law_is_counted_with_the_extensions_of_the_case(
    lengths: dict[str, Length], holiday: str, would_end: str
) -> None:
    calendars = built_in()
    if holiday:
        closed = CalendarData("Germany", "decree", within="DE", holidays=(Holiday(holiday, "mourning"),))
        calendars = calendars.with_({"DE-X": closed})
    limit = kept(ASKED, announced("2026-07-17"))
    if holiday:
        limit = replace(limit, kept=msgspec.structs.replace(limit.kept, place="DE-X"))
    (found,) = moved(iter((limit,)), Law({DECIDE.id: DECIDE}, calendars, lengths))
    assert str(found.end.last_day) == would_end


def test_what_stands_still_by_every_law_does_not_move() -> None:
    limit = kept(suspended=(Suspension("UCC art. 103(3)", ACCEPTED),))
    assert limit.kept.ends == NEVER
    assert list(moved(iter((limit,)), Law({DECIDE.id: DECIDE}, built_in(), {DECIDE.id: Length(days=90)}))) == []
