"""From goal to datum and back by links of the pages alone, each under a heading that names its edge."""

from __future__ import annotations

import random
from collections import deque
from functools import cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

import pytest

from douane.applications.architecture.screens.naming import KINDS, address, id_of, sentence
from douane.applications.architecture.tests.asking import answer, apart, drawn, page
from douane.author.pages import COMPLETE, Words
from douane.model.graph import EdgeKind, NodeKind
from douane.pages.tests.linting import faults
from douane.reference_architecture.installed import installed_model

FEW_CLICKS, MOST_CLICKS = 6, 7
"""Six for all but a few: from a goal that no procedure serves itself to the codes of one message."""
SEED = 2026
CHAIN = frozenset({"is served by", "is realised by", "offers", "takes", "answers with", "holds",
                   "serves", "realises", "is offered by", "is taken by", "is an answer of", "appears in"})  # fmt: skip
"""The edges by which a goal leads to a datum because the one is for the other."""


@cache
def neighbours(id: str) -> tuple[tuple[str, str], ...]:
    """Where the page of an element leads, each with the heading under which the link must stand."""
    found = []
    for told in (answer(id), *(each.told for each in apart(id))):
        for each in told.neighbours:
            heading = sentence(each.words) + (f" → {each.through}" if each.through else "")
            found += [(member.line.id, heading) for member in each.members]
    return tuple(found)


@cache
def reached(start: str, only: frozenset[str] = frozenset()) -> dict[str, tuple[str, str]]:
    """Everything that is reached from a page, each with the page before it and the heading of the link."""
    came: dict[str, tuple[str, str]] = {start: ("", "")}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there, heading in neighbours(here):
            words = {each[:1].lower() + each[1:] for each in heading.split(" → ")}
            if there not in came and (not only or words <= only):
                came[there] = here, heading
                waiting.append(there)
    return came


def way(start: str, end: str, only: frozenset[str] = frozenset()) -> list[tuple[str, str]]:
    """A shortest way: each element with the heading of the link that leads to it."""
    came, found = reached(start, only), []
    while end in came and end != start:
        found.append((end, came[end][1]))
        end = came[end][0]
    return found[::-1]


def back(start: str, hops: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same way from its end, by the links of the pages that stand on it."""
    places = [start, *(there for there, _ in hops)][::-1]
    return [(there, dict(neighbours(here))[there]) for here, there in pairwise(places)]


def headings(shown: Any, to: str) -> set[str]:
    """The headings of the sections of a page in which a link to another stands."""
    links = shown.xpath("//section[.//a[@href=$to]]/div/h2/text()", to=address(to))
    return {str(each) for each in links}


def clicks(here: str, there: str, heading: str) -> int:
    """How many clicks lead from an element to another under a heading: a list on a page of its own takes one more, and
    each further page of it another one."""
    if heading in headings(page(here), there):
        return 1
    ways = [each.clicks + 1 for each in apart(here) if heading in headings(each.page, there)]
    assert ways, (here, there, heading)
    return min(ways)


def pairs(number: int) -> list[tuple[str, str]]:
    model = installed_model()
    goals, data = ([node.id for node in model.of(kind)] for kind in (NodeKind.GOAL, NodeKind.ELEMENT))
    drawn = random.Random(SEED)
    return [(drawn.choice(goals), drawn.choice(data)) for _ in range(number)]


@pytest.mark.slow
def test_two_hundred_pairs_of_goal_and_datum_are_joined_by_links_both_ways() -> None:
    purposeful = 0
    for goal, datum in pairs(200):
        forth = way(goal, datum)
        for here, hops in ((goal, forth), (datum, back(goal, forth))):
            number = 0
            for there, heading in hops:
                number += clicks(here, there, heading)
                here = there
            assert 0 < number <= MOST_CLICKS, (goal, datum, hops)
        purposeful += 0 < len(way(goal, datum, CHAIN)) <= MOST_CLICKS
    assert purposeful > 60, "most goals lead to their own data by what serves them, not by neighbours in common"


@pytest.mark.slow
def test_hardly_one_way_in_a_hundred_takes_more_than_six_links() -> None:
    model = installed_model()
    goals, data = ([node.id for node in model.of(kind)] for kind in (NodeKind.GOAL, NodeKind.ELEMENT))
    farther = [(goal, datum) for goal in goals for datum in data if len(way(goal, datum)) > FEW_CLICKS]
    assert len(farther) < len(goals) * len(data) / 100, farther[:5]


@pytest.mark.parametrize("kind", sorted(set(NodeKind) - {NodeKind.INSTANCE}, key=str))
def test_every_kind_has_a_page_that_a_machine_finds_no_fault_with(kind: NodeKind) -> None:
    node = installed_model().of(kind)[0]
    for language in COMPLETE:
        assert faults(drawn(node.id, language)) == []
    assert page(node.id).xpath("//h1/text()")


def test_every_element_is_found_again_by_the_address_of_its_page() -> None:
    assert [node.id for node in installed_model() if _meant(address(node.id)) != node.id] == []
    assert len({address(node.id) for node in installed_model()}) == len(installed_model())


def _meant(path: str) -> str:
    _, _, kind, name = unquote(path).split("/")
    return id_of(kind, name)


def test_every_kind_and_every_edge_has_its_words_in_every_language() -> None:
    said = [text for pair in KINDS.values() for text in pair] + [text for edge in EdgeKind for text in edge.value]
    assert set(KINDS) == {kind.value for kind in NodeKind}
    for language in COMPLETE:
        assert [text for text in said if 'lang="en"' in Words(language).model(text)] == []


def test_goals_and_capabilities_are_titled_in_every_language() -> None:
    kinds = (NodeKind.GOAL, NodeKind.CAPABILITY)
    for language in COMPLETE:
        words = Words(language)
        nodes = [node for kind in kinds for node in installed_model().of(kind)]
        assert [node.id for node in nodes if 'lang="en"' in words.model(node.title)] == []


def test_the_many_rules_of_a_service_are_on_a_page_of_their_own() -> None:
    rules = next(each for each in answer("service:transit").neighbours if each.edge == "belongs")
    assert rules.count > 100
    first = rules.members[0].line.id
    asked = f"{address('service:transit')}?edge=belongs&backward=yes"
    links = page("service:transit").xpath("//main//a/@href")
    assert asked in links
    assert address(first) not in links
    assert [str(each) for each in apart("service:transit")[0].page.xpath("//main//th/a/@href")] == [
        address(each.line.id) for each in rules.members
    ]
