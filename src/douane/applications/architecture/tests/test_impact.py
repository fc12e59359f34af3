"""The page of a change: complete, the list first, the graph on demand and honestly folded, in little time."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

from douane.applications.architecture.handlers import changing
from douane.applications.architecture.messages import Change, ImpactQuery, ImpactShown
from douane.applications.architecture.screens import impact
from douane.applications.architecture.screens.folding import MOST
from douane.applications.architecture.screens.naming import address
from douane.applications.architecture.tests.asking import FRAME, INSIDER, STRANGER
from douane.author import NotFound
from douane.author.pages import COMPLETE, Given, Library, Words
from douane.model.graph import NodeKind
from douane.pages.drawing import draw
from douane.pages.pictures.graph import HIGH, WIDE
from douane.pages.tests.linting import faults, parsed
from douane.reference_architecture.installed import installed_model

LARGEST = ("goal:trade flows", "code-list:CL171", "circle:trusted", "level:gold", "component:douane.runtime")
CALLER: dict[str, Any] = {"find": lambda *_args, **_named: ([], b""), "observed": None}
OFFICER: Any = SimpleNamespace(caller=INSIDER.caller, **CALLER)


def told(id: str, what: Change = Change.CHANGED, who: Any = OFFICER) -> ImpactShown:
    return changing.what_is_touched(who, ImpactQuery(id, what))


def page(answer: ImpactShown, language: str = "en", **query: str) -> str:
    words = Words(language)
    return draw(impact.shown(answer, Given(words, Library(), query=query)), FRAME, words)


@pytest.mark.parametrize("id", [*LARGEST, "rule:R0994", "operation:transit.lodge_declaration"])
def test_the_list_is_whole_and_comes_before_the_graph_which_is_drawn_on_demand(id: str) -> None:
    answer = told(id)
    plain, graph = parsed(page(answer)), parsed(page(answer, graph="yes"))
    rows = plain.xpath("//section[@aria-labelledby='h-touched']//tbody/tr/th//a/@href")
    assert rows == [address(each.line.id) for each in answer.touched]
    assert not plain.xpath("//*[local-name()='svg'][@class='pic']")
    order = graph.xpath("//section/@aria-labelledby")
    assert order.index("h-touched") < order.index("h-graph")


@pytest.mark.parametrize("id", LARGEST)
def test_a_graph_is_bounded_and_every_element_stands_in_it_or_in_a_box_that_counts_it(id: str) -> None:
    answer = told(id)
    (svg,) = parsed(page(answer, graph="yes")).xpath("//*[local-name()='svg'][@class='pic']")
    assert 1 < len(svg.xpath(".//*[local-name()='rect']")) <= MOST
    alone = len(svg.xpath(".//*[local-name()='a']")) - 1
    texts = [str(each) for each in svg.xpath(".//*[local-name()='g']/*[local-name()='title']/text()")]
    assert alone + sum(int(each.split()[0]) for each in texts) == len(answer.touched)


def test_boxes_of_a_graph_stand_apart_and_no_line_runs_behind_one() -> None:
    (svg,) = parsed(page(told(LARGEST[0]), graph="yes")).xpath("//*[local-name()='svg'][@class='pic']")
    places = [(int(each.get("x")), int(each.get("y"))) for each in svg.xpath(".//*[local-name()='rect']")]
    apart = [abs(a - c) >= WIDE or abs(b - d) >= HIGH for i, (a, b) in enumerate(places) for c, d in places[i + 1 :]]
    assert all(apart)
    columns = sorted({x for x, _ in places})
    for path in svg.xpath(".//*[local-name()='path']/@d"):
        begin, end = int(path[1:].split()[0]), int(path.split()[-2])
        assert columns.index(end) - columns.index(begin - WIDE) == 1


@pytest.mark.parametrize("kind", sorted(set(NodeKind) - {NodeKind.INSTANCE}, key=str))
def test_the_page_of_every_kind_is_without_fault_in_every_language(kind: NodeKind) -> None:
    node = installed_model().of(kind)[0]
    for language in COMPLETE:
        assert faults(page(told(node.id), language, graph="yes")) == []


def test_it_ends_in_tests_roles_levels_and_running_cases() -> None:
    text = page(told("operation:risk_analysis.assess", Change.RETIRED))
    for heading in ("Tests to rerun", "Whom to warn", "Levels endangered", "Running cases"):
        assert f">{heading}</h2>" in text
    assert "gold" in text


def test_a_stranger_is_told_of_no_case_no_test_and_nothing_that_is_hidden() -> None:
    answer = told("operation:transit.lodge_declaration", Change.RETIRED, STRANGER)
    assert answer.running is None
    assert answer.tests == ()
    assert {each.line.kind for each in answer.touched} <= {"service", "requirement", "actor", "task", "type", "process"}
    with pytest.raises(NotFound):
        told("operation:risk_analysis.assess", Change.RETIRED, STRANGER)


def test_the_largest_impact_is_answered_and_drawn_within_200_milliseconds() -> None:
    for id in LARGEST:
        page(told(id), graph="yes")
        begun = time.process_time()
        page(told(id), graph="yes")
        assert time.process_time() - begun < 0.2, id
