"""Drafts: kept as they were saved, lost by no second window, and nobody else's business."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any, Final

import pytest

from douane.applications.drafts.messages import (
    Change,
    DraftChanged,
    DraftDiscarded,
    DraftForgotten,
    DraftQuestion,
    DraftSaved,
    DraftsQuestion,
)
from douane.applications.drafts.records import overdue
from douane.author import BadQuery, Caller, NotAuthorised, NotFound, of_the_core
from douane.author.run import PAGE
from douane.testing.office import START, Office, administration, officer, trader

A, B = trader("FR40123456700017"), trader("BE0123456789")
NAME: Final = "0123456789abcdef"


@pytest.fixture
def office() -> Office:
    return Office("EU", "FR")


def saved(turn: int = 0, content: str = "{}", name: str = NAME, **more: Any) -> DraftSaved:
    return DraftSaved(name=name, operation="transit.lodge_declaration", turn=turn, content=content, **more)


def shown(office: Office, by: Caller, name: str = NAME) -> Any:
    return office.ask(DraftQuestion(name=name), by=by)


def names(office: Office, by: Caller, **more: Any) -> list[str]:
    return [each.name for each in office.ask(DraftsQuestion(**more), by=by).drafts]


def test_what_was_saved_last_is_shown_to_its_owner(office: Office) -> None:
    office.send(saved(), by=A)
    office.send(saved(1, '{"a": "b"}', reference="LRN-1"), by=A)
    found = shown(office, A)
    assert (found.turn, found.content, found.reference) == (2, '{"a": "b"}', "LRN-1")
    assert office.inbox(A) == [], "nobody's inbox is filled by what he types"


@pytest.mark.parametrize("turn", [0, 2, 7])
def test_a_save_that_began_before_another_one_changes_nothing(office: Office, turn: int) -> None:
    office.send(saved(), by=A)
    office.send(saved(turn, '{"a": "stale"}'), by=A)
    assert (shown(office, A).turn, shown(office, A).content) == (1, "{}")


def test_another_has_a_draft_of_the_same_name_and_learns_nothing_of_the_first(office: Office) -> None:
    office.send(saved(content='{"secret": "x"}'), by=A)
    with pytest.raises(NotFound):
        shown(office, B)
    office.send(DraftDiscarded(name=NAME, turn=1), by=B)
    office.send(saved(content="{}"), by=B)
    assert shown(office, A).content == '{"secret": "x"}'
    assert (names(office, A), names(office, B)) == ([NAME], [NAME])


@pytest.mark.parametrize("who", [officer("fr.officer", "FR"), administration("FR")], ids=str)
def test_customs_sees_no_draft_and_makes_none(office: Office, who: Caller) -> None:
    office.send(saved(), by=A)
    for message in (DraftQuestion(name=NAME), DraftsQuestion()):
        with pytest.raises(NotAuthorised):
            office.ask(message, by=who)
    with pytest.raises(NotAuthorised):
        office.send(saved(), by=who)


def test_a_draft_is_thrown_away_as_it_was_seen_and_may_be_begun_again(office: Office) -> None:
    office.send(saved(), by=A)
    office.send(saved(1, '{"a": "b"}'), by=A)
    office.send(DraftDiscarded(name=NAME, turn=1), by=A)
    assert names(office, A) == [NAME], "it has changed since"
    office.send(DraftDiscarded(name=NAME, turn=2), by=A)
    assert names(office, A) == []
    with pytest.raises(NotFound):
        shown(office, A)
    office.send(saved(content='{"new": "one"}'), by=A)
    assert shown(office, A).turn == 1


def test_drafts_are_listed_the_latest_first_page_by_page_and_by_case(office: Office) -> None:
    for n in range(60):
        office.send(saved(name=f"draft-{n:04}", case="00000000000000ab" if n == 7 else ""), by=A)
    first = office.ask(DraftsQuestion(), by=A)
    rest = office.ask(DraftsQuestion(after=first.after), by=A)
    found = [each.name for each in (*first.drafts, *rest.drafts)]
    assert found == [f"draft-{n:04}" for n in reversed(range(60))]
    assert rest.after == ""
    assert names(office, A, case="00000000000000ab") == ["draft-0007"]
    with pytest.raises(BadQuery):
        names(office, A, after="x")


def changes(*pairs: tuple[str, str], turn: int = 1) -> DraftChanged:
    return DraftChanged(name=NAME, turn=turn, changes=tuple(Change(path=path, value=value) for path, value in pairs))


HOSTILE: Final = (
    '{"a":' * 200_000 + "1" + "}" * 200_000,
    "[" * 300_000,
    '{"a":[' + "0," * 120_000 + "0]}",
    '{"a":' + "1" * 5_000 + "}",
    '{"a":1e999}',
    "{",
    "",
    "7",
    '"a"',
    "null",
    "[[]]",
    '{"a":' + "[" * 63 + "]" * 63 + "}",
)


@pytest.mark.parametrize("kept", HOSTILE, ids=lambda text: repr(text[:12]))
def test_no_text_that_a_former_release_kept_sets_a_change_of_it_aside(office: Office, kept: str) -> None:
    """Sent past a door: what one of today would refuse, or what lies there from before."""
    office.send(saved(content=kept), by=A)
    for value in ('"1"', *HOSTILE):
        office.send(changes(("/a/0", value)), by=A)
        office.send(changes(("/b", value)), by=A)
    assert shown(office, A).turn >= 1


def test_changes_that_nest_each_within_the_last_end_at_the_bound(office: Office) -> None:
    office.send(saved(), by=A)
    deep = '{"a":' * 60 + "1" + "}" * 60
    office.send(changes(*(("/a" * (1 + 60 * n), deep) for n in range(4))), by=A)
    assert (shown(office, A).turn, shown(office, A).content) == (1, "{}")


ITEMS: Final = '{"a":{"b":"1"},"items":[{"n":"1"},{"n":"2"}],"x~y/z":"old"}'


@pytest.mark.parametrize(
    ("pairs", "becomes"),
    [
        ([("/a/b", '"2"')], {"a": {"b": "2"}, "items": [{"n": "1"}, {"n": "2"}], "x~y/z": "old"}),
        ([("/a/c", '"3"'), ("/a/b", "")], {"a": {"c": "3"}, "items": [{"n": "1"}, {"n": "2"}], "x~y/z": "old"}),
        ([("/items/1/n", '"9"')], {"a": {"b": "1"}, "items": [{"n": "1"}, {"n": "9"}], "x~y/z": "old"}),
        ([("/items", '[{"n":"7"}]')], {"a": {"b": "1"}, "items": [{"n": "7"}], "x~y/z": "old"}),
        ([("/x~0y~1z", '"new"')], {"a": {"b": "1"}, "items": [{"n": "1"}, {"n": "2"}], "x~y/z": "new"}),
    ],
    ids=["value", "added and gone", "in a list", "whole list", "escaped"],
)  # fmt: skip
def test_what_is_otherwise_is_put_at_its_place(office: Office, pairs: list[tuple[str, str]], becomes: Any) -> None:
    office.send(saved(content=ITEMS), by=A)
    office.send(changes(*pairs), by=A)
    found = shown(office, A)
    assert (found.turn, json.loads(found.content)) == (2, becomes)


@pytest.mark.parametrize(
    "pairs",
    [[("/a/b/c", '"2"')], [("/items/2/n", '"2"')], [("/items/-1", '"2"')], [("/items/x", '"2"')], [("/nothing", "")],
     [("/items/0", "")], [("/a/b", "{")], [("a", '"2"')], [("/a/b", '"2"'), ("/none/at/all", '"2"')]],
    ids=str,
)  # fmt: skip
def test_changes_that_do_not_fit_change_nothing_at_all(office: Office, pairs: list[tuple[str, str]]) -> None:
    office.send(saved(content=ITEMS), by=A)
    office.send(changes(*pairs), by=A)
    assert (shown(office, A).turn, shown(office, A).content) == (1, ITEMS)


def test_changes_by_a_second_window_or_by_another_change_nothing(office: Office) -> None:
    office.send(saved(content=ITEMS), by=A)
    office.send(changes(("/a/b", '"first"')), by=A)
    office.send(changes(("/a/b", '"second window"')), by=A)
    office.send(changes(("/a/b", '"another"'), turn=2), by=B)
    found = shown(office, A)
    assert (found.turn, json.loads(found.content)["a"]["b"]) == (2, "first")
    with pytest.raises(NotFound):
        shown(office, B)


def test_a_draft_that_nobody_saves_again_is_told_until_its_last_day_and_then_to_nobody(office: Office) -> None:
    office.send(saved(), by=A)
    until = office.ask(DraftsQuestion(), by=A).drafts[0].kept_until
    assert until == shown(office, A).kept_until == (START + dt.timedelta(days=90)).date()
    office.wait(dt.timedelta(days=90))
    assert names(office, A) == [NAME]
    office.wait(dt.timedelta(days=1, hours=2))
    assert names(office, A) == []
    with pytest.raises(NotFound):
        shown(office, A)
    office.send(saved(1, '{"again": "1"}'), by=A)
    assert shown(office, A).content == '{"again": "1"}', "a page that was open all the time loses nothing"


def test_what_is_over_is_removed_by_the_clock_whoever_saved_it_and_nothing_else(office: Office) -> None:
    for who in (A, B):
        office.send(saved(content='{"old": "1"}'), by=who)
    assert over(office) == []
    office.wait(dt.timedelta(days=91, hours=2))
    office.send(saved(name="another-draft"), by=A)
    office.send(saved(1, '{"again": "1"}'), by=B)
    (old,) = over(office)
    assert (old.owner, old.name) == (A.party.identifier, NAME), "one that was saved again is not over"
    with pytest.raises(NotAuthorised):
        office.send(old, by=A)
    office.send(old, by=of_the_core("EU"))
    assert over(office) == []
    office.send(saved(content='{"new": "1"}'), by=A)
    assert shown(office, A).turn == 1, "it was removed, so this is a new one"
    office.send(DraftForgotten(owner=B.party.identifier, name=NAME), by=of_the_core("EU"))
    assert shown(office, B).turn == 2, "whoever asks too early removes nothing"


def over(office: Office) -> list[DraftForgotten]:
    """What the clock would remove now."""
    return [message for _, message in overdue(office._view("EU"))]


def test_more_than_a_page_is_removed_the_oldest_first(office: Office) -> None:
    for n in range(PAGE + 1):
        office.send(saved(name=f"draft-number-{n:04}"), by=A)
    office.wait(dt.timedelta(days=92))
    assert [each.name for each in over(office)] == [f"draft-number-{n:04}" for n in range(PAGE + 1)]
