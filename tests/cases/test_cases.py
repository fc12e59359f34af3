"""The cases that are seen from outside pass, and each turns by its own sabotage and by no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.__main__ import main
from tests.cases.playing import cases_of, names
from tests.outside.case import Case, Seen

NUMBERS = [(name, each.number) for name in names() for each in cases_of(name)]


@pytest.mark.slow
def test_every_case_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines] == [["PASS", str(number)] for _, number in NUMBERS]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number"), NUMBERS)
def test_exactly_the_case_turns_whose_rule_or_posting_is_taken_away(
    name: str, number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--sabotage", str(number)]) == 0
    (failed,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("FAIL")]
    assert failed.startswith(f"FAIL {number} ")
    assert "expected" in failed
    assert "got" in failed


def test_what_is_no_case_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    assert main(["transit", "--sabotage", "99"]) == 2
    assert main(["transit", "--running", str(tmp_path)]) == 2
    told = capsys.readouterr().err
    assert "no cases of 'nothing'" in told
    assert "no case 99" in told
    assert "holds no data" in told


def test_a_case_that_cannot_go_on_fails_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.cases import playing
    from tests.outside.door import Doors, Unexpected

    def stuck(_doors: Doors) -> Seen:
        raise Unexpected("the door refuses the message with 403")

    monkeypatch.setattr(playing, "cases_of", lambda _name: (Case(1, "x", "y", stuck),))
    (ended,) = playing.play("transit", playing.doors_of(playing.ROOT, {}))
    assert ended.line() == "FAIL 1 x (y): expected an answer, got the door refuses the message with 403"
