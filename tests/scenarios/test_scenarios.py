"""Every row of the table of scenarios comes out as the law expects, and the player notices one that does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.scenarios.__main__ import main
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import Play, judged, kept
from tests.scenarios.row import Look, Row, differences, rows

ROWS, PLAYS = rows(), kept()


@pytest.mark.parametrize("number", sorted(ROWS))
def test_a_row_is_right_and_wrong_without_its_brakes(number: int) -> None:
    outcome = judged(ROWS[number], PLAYS[number])
    assert outcome.differs == ()
    assert outcome.idle == ()
    assert outcome.holds


def test_every_play_has_a_row_and_every_row_a_play() -> None:
    assert ROWS.keys() == PLAYS.keys()


def _told(*messages: str) -> tuple[Look, ...]:
    return (Look("the end", {"holder": messages}, (), {"state.departure": "released"}),)


@pytest.mark.parametrize("seen", [
    _told("CC029C", "CC045C"), _told(), (), (replace(_told("CC029C")[0], facts={"state.departure": "accepted"}),),
    (replace(_told("CC029C")[0], offices=("FR>AT CD001C",)),),
])  # fmt: skip
def test_a_message_too_many_or_too_few_or_another_state_is_seen(seen: tuple[Look, ...]) -> None:
    assert differences(_told("CC029C"), _told("CC029C")) == []
    assert differences(_told("CC029C"), seen)


class Rule:
    """A rule that can be taken away."""

    answer = "no"


def test_a_row_without_brake_or_with_an_idle_one_does_not_hold() -> None:
    row = Row(99, "A row", ("UCC art. 1",), "W", (), _told("no"))

    def act(looks: list[Look]) -> None:
        looks.extend(_told(Rule.answer))

    assert judged(row, Play(99, act, ())).without == "M"
    held, idle = Brake("says yes", Rule, "answer", "yes"), Brake("says nothing else", Rule, "__doc__", "")
    named = replace(row, without=(held.name,))
    assert judged(named, Play(99, act, (held,))).holds
    assert Rule.answer == "no"
    both = judged(replace(row, without=(held.name, idle.name)), Play(99, act, (held, idle)))
    assert (both.verdict, both.without, both.idle) == ("R", "R", (idle.name,))
    assert not judged(named, Play(99, act, ())).holds
    with pytest.raises(LookupError):
        judged(replace(row, without=("x",)), Play(99, act, (Brake("x", Rule, "nothing", 0),)))


def test_the_command_ends_with_one_where_a_row_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["1000"]) == 1
    assert "without a file or a play: 1000" in capsys.readouterr().out
