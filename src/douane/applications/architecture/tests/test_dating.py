"""The explorer as of a day: rules in their periods, said on every page, carried on by every link."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from douane.applications.architecture.handlers import changing, exploring, finding
from douane.applications.architecture.handlers.dating import with_codes
from douane.applications.architecture.messages import (
    ElementQuery,
    ImpactQuery,
    NodesAnswer,
    SearchQuery,
    UsageAnswer,
)
from douane.applications.architecture.screens import element, impact, lists, running, using
from douane.applications.architecture.tests.asking import FRAME, INSIDER
from douane.author import CodeList, CodeLists, DeclarationFault, Entry, LookAsOf, Machine, Rule
from douane.author.pages import COMPLETE, Given, Library, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults, parsed
from douane.reference_architecture import dating
from douane.reference_architecture.installed import installed_model

TODAY, ONCE, LATER = dt.date(2026, 11, 27), dt.date(2020, 1, 1), dt.date(2040, 1, 1)


ANY = Rule("R1", "Say so.", (), lambda *_: ())


class Look(SimpleNamespace):
    """The day and what the law says of it."""

    def legal_date(self, _name: str) -> dt.date:
        if self.date.year < 2000:
            raise DeclarationFault("Nobody knows.")
        return dt.date(2025, 1, 21)


def view(**more: Any) -> Any:
    empty: Any = lambda *_args, **_named: ([], b"")  # noqa: E731
    return SimpleNamespace(caller=INSIDER.caller, observed=None, look=lambda day: Look(date=day), find=empty, **more)


def states(on: dt.date | None) -> dict[str, str]:
    found: dict[str, str] = {}
    after = ""
    while True:
        answer = finding.find(view(), SearchQuery(kind="rule", limit=250, after=after, on=on))
        found |= {each.name: each.status for each in answer.lines}
        after = answer.after
        if not after:
            return found


def test_rules_are_those_that_hold_on_the_day() -> None:
    dated = dating._dated_rules()
    assert dated
    for day in (ONCE, TODAY, LATER):
        told = states(day)
        for id, rules in dated.items():
            assert (told[id] == "offered") is any(rule.applies(Look(date=day)) for rule in rules), (id, day)
        assert {told[id] for id in told.keys() - dated.keys()} == {"offered"}
    assert set(states(ONCE).values()) >= {"offered", "to come"}
    assert "over" in states(LATER).values()


def test_a_rule_holds_while_one_of_its_declarations_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """C0511 always holds of arrivals, of declarations after the transitional period: it is never to come."""
    assert "C0511" not in dating._dated_rules()
    early, late = (replace(ANY, since=since, until=None, after=None) for since in (ONCE, LATER))
    monkeypatch.setattr(dating, "_dated_rules", lambda: {"R1": (early, late), "R2": (late,)})
    assert dating.states_on(Look(date=TODAY)) == {"rule:R2": "to come"}


def test_where_no_day_is_asked_or_known_it_is_told_as_declared() -> None:
    assert set(states(None).values()) == {"offered"}
    rules = (each for declared in dating._dated_rules().values() for each in declared)
    law = next(rule for rule in rules if rule.legal_dates and not rule.since)
    assert states(dt.date(1999, 1, 1))[law.id] == "offered", "of that day nothing is known here"


def test_the_state_is_told_wherever_the_element_is_named() -> None:
    over = next(name for name, state in states(LATER).items() if state == "over")
    shown = exploring.show(view(), ElementQuery(f"rule:{over}", on=LATER))
    assert shown.line.status == "over"
    checked = next(m.line.id for group in shown.neighbours if group.edge == "checks" for m in group.members)
    message = exploring.show(view(), ElementQuery(checked, on=LATER))
    named = {m.line.name: m.line.status for group in message.neighbours for m in group.members}
    assert named[over] == "over"
    touched = changing.what_is_touched(view(), ImpactQuery(checked, on=LATER)).touched
    assert {each.line.status for each in touched if each.line.id == f"rule:{over}"} <= {"over"}


def given(language: str = "en", today: dt.date = TODAY, **query: str) -> Given:
    return Given(Words(language), Library(), {"kind": "rule", "name": "R0994"}, query, today=today)


def pages(said: Given) -> list[str]:
    """The first page, a list, a search, an element and what a change of it touches, as they are sent."""
    found = finding.find(view(), msgspec.convert(dict(lists._question(said)), SearchQuery))
    shown = exploring.show(view(), msgspec.convert(dict(element._question(said)), ElementQuery))
    touched = changing.what_is_touched(view(), msgspec.convert(dict(impact._question(said)), ImpactQuery))
    made = [lists.first(found, said), lists.listed(found, said), lists.found(found, said), element.shown(shown, said),
            impact.shown(touched, said)]  # fmt: skip
    return [draw(each, FRAME, said.words) for each in made]


@pytest.mark.parametrize("language", COMPLETE)
def test_every_page_says_its_day_and_lets_one_choose_another(language: str) -> None:
    for said in (given(language), given(language, on="2020-01-01", q="goods")):
        for text in pages(said):
            assert faults(text) == []
            assert parsed(text).xpath("//input[@name='on']/@value") == [said.query.get("on", "2026-11-27")]


def test_links_carry_another_day_on_and_today_is_in_no_address() -> None:
    for text in pages(given(on="2020-01-01", q="goods")):
        links = [str(each) for each in parsed(text).xpath("//main//a/@href") if str(each).startswith("/explore")]
        assert links
        assert [each for each in links if each.count("on=") != 1] == []
        assert len([each for each in links if "on=2026-11-27" in each]) == 1, "the way back to today"
    for text in pages(given(q="goods")):
        assert not [each for each in parsed(text).xpath("//main//a/@href") if "on=" in each]


@pytest.mark.parametrize("wrong", ["zebra", "2020-13-01", "<script>", "9" * 500])
def test_what_is_no_day_is_today(wrong: str) -> None:
    for text in pages(given(on=wrong)):
        assert parsed(text).xpath("//input[@name='on']/@value") == ["2026-11-27"]


def test_a_folder_of_pages_has_no_day() -> None:
    for text in pages(given(today=dt.date.min)):
        assert parsed(text).xpath("//input[@name='on']") == []


def test_a_code_list_says_how_many_codes_it_holds_on_the_day() -> None:
    entries = (Entry("A", dt.date(2020, 1, 1)), Entry("B", dt.date(2030, 1, 1)))
    lists = CodeLists({"CL231": CodeList("CL231", "Declaration type", entries)})

    def held(on: dt.date, id: str = "code-list:CL231") -> list[str]:
        seen = view()
        seen.look = lambda day: LookAsOf(lists, day)
        answer = exploring.shown(installed_model(), ElementQuery(id))
        return [each.value for each in with_codes(answer, seen, on).facts if each.name == "codes"]

    assert (held(dt.date(2019, 1, 1)), held(TODAY), held(LATER)) == (["0"], ["1"], ["2"])
    assert held(TODAY, "code-list:CL008") == ["not kept at this node"]
    assert held(TODAY, "service:transit") == []


@pytest.mark.parametrize("on", ["2020-01-01", TODAY.isoformat(), "zebra"])
def test_what_is_of_now_says_so_where_another_day_is_asked_for(on: str) -> None:
    given = Given(Words(), Library(), query={"on": on}, today=TODAY)
    pages = (using.listed(UsageAnswer(Machine(dt.datetime.now(dt.UTC)), (), 0, 0, 0), given),
             running.listed(NodesAnswer((), "", 25), given))  # fmt: skip
    for page in pages:
        assert ("of another day nobody keeps it" in draw(page, FRAME, Words())) is (on == "2020-01-01")
