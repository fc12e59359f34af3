"""The programme: what is to be built, in which order and why, whom a slip holds up, which gates the model shows."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from douane.model.architecture import BEST, Criterion, Deadline, Gate, Project, Score
from douane.model.checks import absences
from douane.model.graph import PLANNED, EdgeKind, NodeKind
from douane.reference_architecture.installed import installed_model, installed_projects, installed_systems
from douane.reference_architecture.programme.coverage import Standing, coverage, gates, progress
from douane.reference_architecture.programme.scope import scope_of, scope_of_project
from douane.reference_architecture.programme.sequence import (
    named,
    sequence,
    slip,
    with_dependency,
    with_score,
)
from douane.reference_architecture.programme.specification import as_markdown, specification
from douane.vocabulary.errors import DouaneError, NotFound, NotValid

MODEL, PROJECTS = installed_model(), installed_projects()
TODAY = dt.date(2026, 11, 27)


def order(projects: tuple[Project, ...] = PROJECTS) -> list[str]:
    return [each.judgement.project.name for each in sequence(MODEL, projects, TODAY)]


def score(criterion: Criterion, value: int, reason: str = "The pilot showed it.", by: str = "architect") -> Score:
    return Score(criterion, value, by, TODAY, reason)


def test_the_scope_of_each_project_is_exactly_what_the_check_says_is_absent() -> None:
    told: dict[str, set[str]] = {each.name: set() for each in PROJECTS}
    for absence in absences(MODEL):
        assert absence.projects, f"{absence.node.id} is brought by nobody"
        for name in absence.projects:
            told[name].add(absence.node.id)
    found = {
        each.name: {node.id for nodes in scope_of_project(MODEL, each).absent.values() for node in nodes}
        for each in PROJECTS
    }
    assert found == told
    assert len(found["Export"]) > 20


def test_a_scope_is_closed_over_calls_and_checks_and_leaves_out_what_is_there() -> None:
    found = scope_of(MODEL, ("EXP-EXT-01", "TRA-DEP-01"))
    assert [each.name for each in found.absent[NodeKind.OPERATION]] == ["export_exit.present"]
    assert "risk_analysis.assess" in {each.name for each in found.present[NodeKind.OPERATION]}, "it is called"
    rules = {e.source for e in MODEL.into("type:CC015C") if e.kind is EdgeKind.CHECKS}
    assert {each.id for each in found.present[NodeKind.RULE]} >= rules
    assert all(each.status == PLANNED for nodes in found.absent.values() for each in nodes)
    assert scope_of(MODEL, ("TRA-DEP-01",)).absent == {}


def test_a_task_that_nobody_declared_is_refused_with_those_like_it() -> None:
    with pytest.raises(NotFound) as caught:
        scope_of(MODEL, ("EXP-EXT-99",))
    assert "EXP-DEC-01" in caught.value.remedy


def test_every_place_in_the_order_says_why() -> None:
    places = sequence(MODEL, PROJECTS, TODAY)
    assert places[0].because == ""
    for before, place in itertools.pairwise(places):
        one, other = before.judgement.project.name, place.judgement.project.name
        assert place.because.startswith(f"{one} before {other} because ")
        assert place.because.endswith(".")
    numbers = {each.judgement.project.name: each.number for each in places}
    assert all(numbers[needed] < numbers[name] for name in numbers for needed in named(PROJECTS, name).after
               if needed in numbers)  # fmt: skip
    assert "NCTS" not in numbers, "it is built"


def test_one_changed_score_changes_the_order_and_is_told_with_its_reason() -> None:
    before = order()
    last = before[-1]
    raised = PROJECTS
    for criterion in (Criterion.CASE, Criterion.FEASIBILITY, Criterion.CLARITY, Criterion.READINESS):
        raised = with_score(raised, last, score(criterion, BEST))
    assert order(raised).index(last) < before.index(last)
    place = next(p for p in sequence(MODEL, raised, TODAY) if p.judgement.project.name == last)
    assert Criterion.READINESS in place.judgement.overridden
    assert place.judgement.scores[Criterion.READINESS].reason == "The pilot showed it."


def test_what_a_project_needs_comes_first_whatever_it_scores() -> None:
    first, last = "customs decisions", "PoUS"
    assert order().index(first) < order().index(last)
    waiting = with_dependency(PROJECTS, first, last)
    found = sequence(MODEL, waiting, TODAY)
    names = [each.judgement.project.name for each in found]
    assert names.index(last) < names.index(first)


@pytest.mark.parametrize(
    ("given", "said"),
    [(score(Criterion.CASE, 5), "no score"), (score(Criterion.CASE, 3, reason=" "), "no reason"),
     (score(Criterion.CASE, 3, by=""), "nobody")],
)  # fmt: skip
def test_a_score_without_role_or_reason_is_refused(given: Score, said: str) -> None:
    with pytest.raises(NotValid) as caught:
        with_score(PROJECTS, "Export", given)
    assert said in caught.value.text
    assert caught.value.remedy


def test_projects_that_wait_for_each_other_are_refused_and_named() -> None:
    with pytest.raises(NotValid) as caught:
        with_dependency(PROJECTS, "customs decisions", "CCI")
    assert (
        "customs decisions after CCI after" in caught.value.text or "CCI after customs decisions" in caught.value.text
    )
    with pytest.raises(NotFound):
        with_dependency(PROJECTS, "Export", "nothing of this name")


def test_a_slip_names_who_waits_at_any_depth_and_the_deadlines() -> None:
    found = slip(PROJECTS, "customs decisions", dt.date(2027, 12, 1))
    names = [each.project.name for each in found]
    assert names[0] == "customs decisions"
    assert set(names) == {"customs decisions", "EBTI", "AEO", "INF", "GUM"}, "CCI opens later anyhow"
    assert all(each.opens == dt.date(2027, 12, 1) and each.days > 0 for each in found)
    far = slip(PROJECTS, "customs decisions", dt.date(2028, 6, 1))
    assert "CCI" in {each.project.name for each in far}
    due = Deadline(dt.date(2027, 10, 15), "UCC art. 278(3)")
    later = tuple(replace(each, deadline=due) if each.name == "EBTI" else each for each in PROJECTS)
    missed = {each.project.name: each.misses for each in slip(later, "customs decisions", dt.date(2027, 12, 1))}
    assert missed["EBTI"] == "2027-10-15 (UCC art. 278(3))"


@pytest.mark.parametrize(("name", "day"), [("NCTS", "2027-01-01"), ("Export", "2026-01-01"), ("nobody", "2027-01-01")])
def test_a_slip_of_what_is_not_planned_or_to_no_later_day_is_refused(name: str, day: str) -> None:
    with pytest.raises(DouaneError) as caught:
        slip(PROJECTS, name, dt.date.fromisoformat(day))
    assert caught.value.remedy


def test_every_system_of_the_list_is_covered_by_a_project_and_told_as_it_is() -> None:
    found = {each.system.name: each for each in coverage(MODEL, installed_systems(), PROJECTS, TODAY)}
    assert len(found) == 23
    assert Standing.ABSENT not in {each.standing for each in found.values()}
    assert found["NCTS"].standing is Standing.BUILT
    assert found["AES"].standing is Standing.PART
    assert found["ICS2"].standing is Standing.PLANNED
    assert {each.name for each in found["PoUS"].missing} == {"POU-REQ-01", "POU-USE-01"}
    without = tuple(each for each in PROJECTS if each.name != "ICS2")
    assert {e.system.name: e for e in coverage(MODEL, installed_systems(), without, TODAY)}["ICS2"].standing is (
        Standing.ABSENT
    )


def test_a_gate_is_passed_only_where_the_model_shows_it() -> None:
    built = gates(MODEL, named(PROJECTS, "NCTS"))
    assert [each.gate for each in built] == list(Gate)
    assert all(each.passed for each in built), [each.because for each in built]
    export = {each.gate: each for each in gates(MODEL, named(PROJECTS, "export"))}
    assert export[Gate.FUNCTIONAL].passed
    assert not export[Gate.TECHNICAL].passed
    assert "EXP-EXT-01 has no operation" in export[Gate.TECHNICAL].because or "EXP-" in export[Gate.TECHNICAL].because
    assert not export[Gate.WINDOW].passed, "its services run, but what comes before is open"
    assert export[Gate.WINDOW].planned == dt.date(2027, 9, 1)


def test_what_is_late_is_told() -> None:
    export = named(PROJECTS, "Export")
    assert progress(MODEL, export, TODAY).late
    assert not progress(MODEL, export, dt.date(2025, 12, 31)).late, "the last day is in time"
    assert not progress(MODEL, named(PROJECTS, "NCTS"), TODAY).late


def test_the_specification_of_a_process_holds_every_task_with_article_and_role() -> None:
    found = specification(MODEL, "departure")
    steps = {e.source for e in MODEL.into("process:transit.departure") if e.kind is EdgeKind.WITHIN}
    assert {each.node.id for each in found.steps} == steps
    assert all(each.role and each.articles for each in found.steps)
    assert "CC015C" in {each.name for each in found.messages}
    assert len(found.rules) > 100
    assert found.limits
    text = as_markdown(found)
    assert all(each.node.title.replace("\n", " ") in text for each in found.steps)
    assert all(f"* {each.name}" in text for each in (*found.rules, *found.messages, *found.limits))
    planned = specification(MODEL, "export.exit")
    assert {each.name for each in planned.tasks} >= {"EXP-EXT-01", "EXP-ENQ-01"}
    with pytest.raises(NotFound):
        specification(MODEL, "nothing")
