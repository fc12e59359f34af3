"""Finding and showing elements: what is found, what nobody outside learns, and what is refused."""

from __future__ import annotations

import time
from typing import Any

import msgspec
import pytest

from douane.applications.architecture.handlers import exploring as handlers
from douane.applications.architecture.handlers import finding
from douane.applications.architecture.messages import ElementQuery, SearchQuery
from douane.applications.architecture.tests.asking import INSIDER, STRANGER, view
from douane.author import BadQuery, Circle, NotFound
from douane.model.graph import NodeKind
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.search import Search

HIDDEN = ("table:thresholds", "component:douane.runtime", "operation:risk_analysis.assess", "operation:guarantees.use",
          "platform:ccn_csi", "type:CD001C", "test:tests/model/test_model.py")  # fmt: skip


def ids(text: str, who: Any = INSIDER, **more: Any) -> list[str]:
    return [each.id for each in finding.find(who, SearchQuery(text, **more)).lines]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("CC015C", "type:CC015C"),
        ("ie015", "type:CC015C"),
        ("UCC art. 226", "legal:UCC art. 226"),
        ("UCC 226", "legal:UCC art. 226"),
        ("C0153", "rule:C0153"),
        ("18 04", "element:18 04 000 000"),
        ("CL010", "code-list:CL010"),
        ("transit.lodge_declaration", "operation:transit.lodge_declaration"),
        ("trade flows", "goal:trade flows"),
        ("papierlose", "goal:paperless customs"),
        ("fluidité des échanges", "goal:trade flows"),
        ("FLUIDITE", "goal:trade flows"),
        ("Versandanmeldung abgeben", "task:TRA-DEP-01"),
    ],
)
def test_it_is_found_by_name_number_article_or_a_title_in_three_languages(text: str, first: str) -> None:
    assert ids(text)[0] == first


def test_every_element_is_found_by_its_own_name_among_the_first() -> None:
    model = installed_model()
    search = Search(model)
    missing = [node.id for node in list(model)[::7] if node not in search.find(node.name)[:25]]
    assert missing == []


def test_an_empty_question_shows_the_goals_and_how_much_there_is_of_each_kind() -> None:
    found = finding.find(INSIDER, SearchQuery())
    assert {each.kind for each in found.lines} == {"goal"}
    assert sum(each.count for each in found.counts) == len(installed_model())
    assert found.model == installed_model().hash


def test_pages_of_a_list_are_whole_and_follow_each_other() -> None:
    found, after = [], ""
    while True:
        page = finding.find(INSIDER, SearchQuery(kind="element", after=after, limit=250))
        found += [each.id for each in page.lines]
        after = page.after
        if not after:
            break
    assert sorted(found) == sorted(node.id for node in installed_model().of(NodeKind.ELEMENT))


@pytest.mark.parametrize("text", ["zebra", "(((", "%", "a" * 200, "\x00", "' OR zebra=1", "..", "[" * 100])
def test_nonsense_finds_nothing_in_little_time(text: str) -> None:
    finding.find(INSIDER, SearchQuery())  # what is made once is made
    begun = time.process_time()
    found = finding.find(INSIDER, SearchQuery(text))
    assert time.process_time() - begun < 0.2
    assert not found.lines or not any(each.isalnum() for each in text)


@pytest.mark.parametrize("question", [SearchQuery(kind="secrets"), SearchQuery("a", after="x"), SearchQuery(after="²")])
def test_a_kind_or_cursor_that_is_none_is_refused(question: SearchQuery) -> None:
    with pytest.raises(BadQuery):
        finding.find(INSIDER, question)


@pytest.mark.parametrize("id", HIDDEN)
def test_what_only_the_trusted_circle_may_call_and_how_it_is_built_no_stranger_learns(id: str) -> None:
    assert handlers.show(INSIDER, ElementQuery(id)).line.id == id
    with pytest.raises(NotFound) as hidden:
        handlers.show(STRANGER, ElementQuery(id))
    with pytest.raises(NotFound) as absent:
        handlers.show(STRANGER, ElementQuery("operation:nothing.here"))
    assert (hidden.value.text, hidden.value.remedy) == (absent.value.text, absent.value.remedy)
    assert id not in ids(id.partition(":")[2], STRANGER, limit=250)


def test_nothing_that_a_stranger_is_shown_names_what_is_hidden() -> None:
    model, public = installed_model(), finding.seen_by(STRANGER)
    hidden = {node.id for node in model} - {node.id for node in public}
    kinds = {node.kind for node in public}
    assert kinds.isdisjoint({NodeKind.COMPONENT, NodeKind.INSTANCE, NodeKind.TABLE, NodeKind.TEST, NodeKind.PLATFORM})
    assert len(hidden) > 1_000
    for node in public:
        told = msgspec.json.encode(handlers.show(STRANGER, ElementQuery(node.id)))
        assert b"douane." not in told, node.id
        shown = set(_ids(msgspec.json.decode(told)))
        assert not shown & hidden, node.id


def _ids(content: Any) -> list[str]:
    if isinstance(content, dict):
        own = [content["id"]] if "id" in content else []
        return own + [id for value in content.values() for id in _ids(value)]
    return [id for each in content for id in _ids(each)] if isinstance(content, list) else []


@pytest.mark.parametrize("circle", list(Circle))
def test_only_the_untrusted_circle_is_shown_a_part(circle: Circle) -> None:
    whole = finding.seen_by(view(circle)) is installed_model()
    assert whole is (circle is not Circle.UNTRUSTED)


def test_a_long_list_of_neighbours_comes_in_pages() -> None:
    first = handlers.show(INSIDER, ElementQuery("type:CC015C", limit=50))
    holds = next(each for each in first.neighbours if each.edge == "holds")
    assert (holds.count, len(holds.members)) == (len(installed_model().out("type:CC015C")) - _others(), 50)
    found = [each.line.id for each in holds.members]
    after = holds.after
    while after:
        (page,) = handlers.show(INSIDER, ElementQuery("type:CC015C", edge="holds", after=after, limit=50)).neighbours
        found += [each.line.id for each in page.members]
        after = page.after
    assert len(found) == len(set(found)) == holds.count


def _others() -> int:
    return sum(edge.kind.name != "HOLDS" for edge in installed_model().out("type:CC015C"))
