"""What systems told is kept within bounds, apart by administration, and shown to its own people alone."""

from __future__ import annotations

from typing import Any

import pytest

from douane.applications.telemetry.handlers import show, take
from douane.applications.telemetry.messages import Measurement, Signal, TelemetryQuestion, TelemetryTold
from douane.applications.telemetry.screens import told as page_of_told
from douane.author import Caller, NotAuthorised, NotFound
from douane.author.pages import COMPLETE, Given, Library, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults
from douane.pages.tests.specimen import FRAME
from douane.runtime.observing.foreign import A_MINUTE, KEPT, MINUTE
from douane.runtime.observing.observed import Observed
from douane.runtime.observing.uses import Uses
from tests.callers import officer, system, trader

AT = 1_790_000_000_000_000


class Asked:
    """A view as far as telemetry looks at it."""

    def __init__(self, observed: Observed | None, caller: Caller, now: int = AT) -> None:
        self.observed, self.caller, self.now = observed, caller, now


def told(count: int = 1, signal: Signal = Signal.LOGS, **more: Any) -> TelemetryTold:
    return TelemetryTold(signal, tuple(Measurement(AT + n, "customs", f"line {n}", **more) for n in range(count)))


def seen(observed: Observed, caller: Caller, signal: Signal = Signal.LOGS, **more: Any) -> list[str]:
    view: Any = Asked(observed, caller)
    return [each.name for each in show(view, TelemetryQuestion(signal, **more)).items]


def give(observed: Observed, caller: Caller, message: TelemetryTold, now: int = AT) -> int:
    view: Any = Asked(observed, caller, now)
    return take(view, message).taken


def test_an_administration_sees_its_own_and_nothing_of_another() -> None:
    observed = Observed(Uses(AT))
    assert give(observed, system("DE"), told(2)) == 2
    assert give(observed, system("FR"), told(1, text="of France")) == 1
    assert seen(observed, officer("de.officer", "DE")) == ["line 1", "line 0"]
    assert seen(observed, officer("fr.officer", "FR")) == ["line 0"]
    assert seen(observed, officer("at.officer", "AT")) == []
    assert seen(observed, system("DE"), Signal.TRACES) == []
    assert seen(observed, system("DE"), source="another") == []


def test_people_and_strangers_tell_nothing_and_strangers_see_nothing() -> None:
    observed = Observed(Uses(AT))
    for caller in (officer("de.officer", "DE"), trader("FR40123456700017")):
        with pytest.raises(NotAuthorised):
            give(observed, caller, told())
    with pytest.raises(NotAuthorised):
        seen(observed, trader("FR40123456700017"))
    view: Any = Asked(None, system("DE"))
    with pytest.raises(NotFound):
        take(view, told())


def test_what_is_kept_and_what_may_be_told_in_a_minute_are_bounded_for_each() -> None:
    observed = Observed(Uses(AT))
    taken = [give(observed, system("DE"), told(500)) for _ in range(13)]
    assert sum(taken) == A_MINUTE
    assert taken[-1] == 0
    assert give(observed, system("FR"), told(500)) == 500, "one that floods takes nothing from the others"
    assert len(observed.foreign.kept["DE"]["logs"]) == KEPT
    assert give(observed, system("DE"), told(1), AT + MINUTE) == 1


def test_what_fellow_workers_were_told_is_shown_too() -> None:
    one, other = Observed(Uses(AT)), Observed(Uses(AT))
    give(other, system("DE"), told(1))
    one.fellows = (other.seen(AT),)
    assert seen(one, system("DE")) == ["line 0"]


@pytest.mark.parametrize("language", COMPLETE)
def test_the_page_shows_what_the_own_systems_told_and_nothing_of_others(language: str) -> None:
    observed, words = Observed(Uses(AT)), Words(language)
    give(observed, system("DE"), told(2, value=0.25, trace="ab" * 16))

    def drawn(caller: Caller, **query: str) -> str:
        view: Any = Asked(observed, caller)
        given = Given(words, Library(), {}, query)
        question = TelemetryQuestion(Signal(query.get("signal", "traces")), query.get("source", ""))
        body = draw(page_of_told(show(view, question), given), FRAME, words)
        assert faults(body) == []
        return body

    ours = drawn(officer("de.officer", "DE"), signal="logs")
    assert ours.count("line ") >= 2
    assert "ab" * 16 in ours
    assert "line 0" not in drawn(officer("de.officer", "DE"), signal="metrics")
    assert "line 0" not in drawn(officer("de.officer", "DE"), signal="logs", source="another")
    assert "line 0" not in drawn(officer("fr.officer", "FR"), signal="logs")
