"""What is used, upon what is declared: counted where it says something, told inside the trusted circle alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from douane.applications.architecture.handlers import changing, exploring, using
from douane.applications.architecture.messages import Change, ElementQuery, ImpactQuery, InterfacesQuery, UsageQuery
from douane.applications.architecture.screens import element, impact
from douane.applications.architecture.screens import using as screen
from douane.applications.architecture.tests.asking import FRAME, INSIDER, STRANGER
from douane.author import BadQuery, NotFound
from douane.author.pages import COMPLETE, Given, Library, Words
from douane.model.graph import ApplicationModel, Edge, EdgeKind, Node, NodeKind
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults, parsed
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.instances import with_instances
from douane.reference_architecture.usage import Usage
from douane.runtime.observing.observed import Observed
from douane.runtime.observing.presence import Present
from douane.runtime.observing.uses import BOUNDS, MOST, Figure, Uses

LODGE, CHECK = "transit.lodge_declaration", "guarantees.check"
AT = 1_795_000_000_000_000


def counted() -> Uses:
    """Two traders' declarations, one of which is refused; a question of Germany; what follows."""
    uses = Uses(AT)
    for number, failed in enumerate((False, True)):
        figure = uses.called((LODGE, "trader", ""))
        figure.happened(AT + number, failed)
        figure.lasted(3_000 * (number + 1))
    uses.called((CHECK, "member_state", "DE")).happened(AT + 5)
    uses.answered(LODGE, "CC928C").happened(AT + 2)
    uses.stepped("douane.applications.transit/processes/departure.bpmn", "reserve_guarantee").happened(AT + 3)
    return uses


def seen(who: Any, uses: Uses | None = None) -> Any:
    """The same visitor at a node that has counted."""
    empty: Any = lambda *_args, **_named: ([], b"")  # noqa: E731
    return SimpleNamespace(
        caller=who.caller, observed=Observed(counted() if uses is None else uses), find=empty, now=AT
    )


def edges(id: str, edge: str, who: Any = None) -> dict[str, Any]:
    """How often each edge of a kind was used, by what is at its other end."""
    answer = exploring.show(who or seen(INSIDER), ElementQuery(id))
    return {m.line.id: m.used for group in answer.neighbours if group.edge == edge for m in group.members}


def test_an_operation_says_how_often_when_last_how_long_and_who() -> None:
    told = exploring.show(seen(INSIDER), ElementQuery(f"operation:{LODGE}")).in_use
    assert told is not None
    assert (told.used.count, told.used.failed) == (2, 1)
    assert told.used.last is not None
    assert told.used.last > told.since
    assert told.used.within is not None
    assert 6_000 <= told.used.within < 6_000 * 1.25
    assert [(each.kind, each.administration) for each in told.users] == [("trader", "")]


def test_edges_carry_what_went_along_them_and_say_where_nothing_ever_did() -> None:
    answers = edges(f"operation:{LODGE}", "answers")
    assert answers["type:CC928C"].count == 1
    assert answers["type:CC056C"].count == 0
    assert edges("service:transit", "offers")[f"operation:{LODGE}"].count == 2
    assert edges("step:transit.departure.reserve_guarantee", "calls")["operation:guarantees.use"].count == 1
    assert edges(f"operation:{CHECK}", "called_by")["actor:administration of departure"].count == 1
    assert set(edges("type:CC015C", "holds").values()) == {None}, "nobody counts elements of messages"


def test_processes_platforms_instances_and_subscribers_say_how_often() -> None:
    uses = counted()
    file = "douane.applications.transit/processes/departure.bpmn"
    uses.ran(LODGE, file).happened(AT)
    uses.ran("transit.request_release", file).happened(AT)
    uses.came("untrusted", "speed2", "transit").happened(AT)
    uses.came("trusted", "ccn2", "transit").happened(AT)
    uses.came("trusted", "ccn2", "guarantees").happened(AT)
    doors = {"ccn2": ("transit", "guarantees"), "speed2": ("guarantees",)}
    nodes = [Present(each, each.lower(), "h", "0.1.0", "", (), doors=doors) for each in ("EU", "DE")]
    model = with_instances(installed_model(), nodes)
    usage = Usage(model, uses, ("EU", "eu"))

    def along(kind: EdgeKind, source: str, target: str) -> int:
        (edge,) = {each for each in model.out(source) if each.kind is kind and each.target == target}
        figure = usage.along(edge)
        assert figure is not None
        return figure.count

    departure = next(each.id for each in model.of(NodeKind.PROCESS) if dict(each.facts)["file"] == file)
    assert along(EdgeKind.RUNS, f"operation:{LODGE}", departure) == 1
    assert along(EdgeKind.RUNS, "service:transit", departure) == 2
    assert along(EdgeKind.ENTERS, "circle:untrusted", "platform:speed2") == 1
    assert along(EdgeKind.ENTERS, "circle:trusted", "platform:ccn2") == 2
    assert along(EdgeKind.PROVIDES, "instance:EU eu at ccn2", "service:transit") == 1
    assert along(EdgeKind.PROVIDES, "instance:EU eu at speed2", "service:guarantees") == 0
    (other,) = (each for each in model.out("instance:DE de at ccn2") if each.target == "service:transit")
    assert usage.along(other) is None, "what goes through the doors of another node nobody here counts"


def test_each_subscriber_of_a_node_is_told_of_each_event_of_it() -> None:
    nodes = [Node(NodeKind.SERVICE, "reader"), Node(NodeKind.OPERATION, "x.changed", facts=(("kind", "event"),))]
    edge = Edge(EdgeKind.SUBSCRIBES, nodes[0].id, nodes[1].id, "")
    uses = Uses(AT)
    assert (never := Usage(ApplicationModel(nodes, [edge]), uses).along(edge)) is not None
    assert never.count == 0
    uses.called(("x.changed", "service", "FR")).happened(AT)
    assert (once := Usage(ApplicationModel(nodes, [edge]), uses).along(edge)) is not None
    assert once.count == 1


def test_an_edge_to_one_of_several_roles_of_a_kind_is_not_guessed() -> None:
    roles = [Node(NodeKind.ACTOR, name, facts=(("kind", "officer"),)) for name in ("at departure", "at destination")]
    operation = Node(NodeKind.OPERATION, "x.do")
    edges = [Edge(EdgeKind.CALLED_BY, operation.id, role.id, "") for role in roles]
    uses = Uses(AT)
    uses.called(("x.do", "officer", "DE")).happened(AT)
    assert [Usage(ApplicationModel([operation, *roles], edges), uses).along(edge) for edge in edges] == [None, None]
    (figure,) = [Usage(ApplicationModel([operation, *roles], edges[:1]), uses).along(edge) for edge in edges[:1]]
    assert figure is not None
    assert figure.count == 1


def test_the_list_begins_with_what_is_used_most_and_names_what_never_was() -> None:
    answer = using.usage(seen(INSIDER), UsageQuery())
    assert [each.line.name for each in answer.lines[:2]] == [LODGE, CHECK]
    assert answer.declared == len(installed_model().of(NodeKind.OPERATION)) == answer.unused + 2
    unused = using.usage(seen(INSIDER), UsageQuery(unused=True, limit=250))
    assert unused.count == answer.unused
    assert {each.used.count for each in unused.lines} == {0}
    assert [each.line.name for each in using.usage(seen(INSIDER), UsageQuery("guarantees check")).lines] == [CHECK]
    with pytest.raises(BadQuery):
        using.usage(seen(INSIDER), UsageQuery(after="zebra"))


def test_pages_of_a_list_are_whole_and_without_repetition() -> None:
    found: list[str] = []
    after = ""
    while True:
        page = using.usage(seen(INSIDER), UsageQuery(after=after, limit=40))
        found += [each.line.id for each in page.lines]
        after = page.after
        if not after:
            break
    assert len(found) == len(set(found)) == page.declared


def test_a_stranger_is_told_of_no_use_and_of_no_list() -> None:
    with pytest.raises(NotFound):
        using.usage(seen(STRANGER), UsageQuery())
    answer = exploring.show(seen(STRANGER), ElementQuery(f"operation:{LODGE}"))
    assert answer.in_use is None
    assert not any(member.used for group in answer.neighbours for member in group.members)
    assert changing.what_is_touched(seen(STRANGER), ImpactQuery(f"operation:{LODGE}")).users is None


def test_where_nobody_counts_nothing_is_said_to_be_unused() -> None:
    answer = exploring.show(INSIDER, ElementQuery(f"operation:{CHECK}"))
    assert answer.in_use is None
    assert b"never used" not in msgspec.json.encode(answer)
    with pytest.raises(NotFound):
        using.usage(INSIDER, UsageQuery())


def test_a_change_names_the_administrations_that_were_seen_there() -> None:
    answer = changing.what_is_touched(seen(INSIDER), ImpactQuery(f"operation:{CHECK}", Change.RETIRED))
    assert [(each.kind, each.administration, each.used.count) for each in answer.users or ()] == [
        ("member_state", "DE", 1)
    ]
    text = draw(impact.shown(answer, Given(Words(), Library())), FRAME, Words())
    assert ">Who was seen there</h2>" in text


@pytest.mark.parametrize("language", COMPLETE)
def test_its_pages_are_without_fault_in_every_language(language: str) -> None:
    words = Words(language)
    for id in (f"operation:{LODGE}", f"operation:{CHECK}", "service:transit", "type:CC928C", "task:GUA-QRY-01"):
        answer = exploring.show(seen(INSIDER), ElementQuery(id))
        assert answer.in_use is not None, id
        assert faults(draw(element.shown(answer, Given(words, Library())), FRAME, words)) == []
    for query in ({}, {"unused": "yes"}, {"q": "zebra"}):
        given = Given(words, Library(), query=query)
        asked = msgspec.convert(dict(screen._question(given)), UsageQuery)
        text = draw(screen.listed(using.usage(seen(INSIDER), asked), given), FRAME, words)
        assert faults(text) == []
        assert "<table" in text or "q" in query


def test_the_list_links_every_operation_and_marks_what_was_never_used() -> None:
    given = Given(Words(), Library(), query={"unused": "yes"})
    page = parsed(draw(screen.listed(using.usage(seen(INSIDER), UsageQuery(unused=True)), given), FRAME, Words()))
    rows = page.xpath("//tbody/tr")
    assert len(rows) == 50
    assert {row.xpath("string(td[1])") for row in rows} == {"never used"}
    assert page.xpath("//p[@class='pager']/a/@href")[0].startswith("/explore/usage?unused=yes&after=50")


def test_figures_of_workers_add_up() -> None:
    one, other = counted(), counted()
    both = Observed(one, fellows=(Observed(other).seen(AT),)).every_use()
    assert both.calls[LODGE, "trader", ""].count == 4
    assert one.calls[LODGE, "trader", ""].count == 2, "what a process counted itself stays as it is"
    assert both.calls[LODGE, "trader", ""].within(0.5) == counted().calls[LODGE, "trader", ""].within(0.5)


def test_nobody_makes_figures_without_end() -> None:
    uses = Uses(AT)
    for number in range(MOST + 10):
        uses.called((f"made up {number}", "trader", "")).happened(AT)
        uses.answered(LODGE, f"T{number}").happened(AT)
    assert (len(uses.calls), len(uses.answers)) == (MOST + 1, MOST + 1)
    assert sum(each.count for each in uses.calls.values()) == MOST + 10
    assert Figure(took={len(BOUNDS): 1}).within(0.99) == BOUNDS[-1]


def test_interfaces_are_counted_from_edges_that_live() -> None:
    """n + 1 through one place against n (n - 1); a refused call, a person, a trader and the centre itself are none."""
    uses = counted()
    for code in ("FR", "BE"):
        uses.called((CHECK, "member_state", code)).happened(AT)
    uses.called(("final_data.changes", "member_state", "FR")).happened(AT)
    uses.called(("final_data.changes", "member_state", "NL")).happened(AT, failed=True)
    uses.called((CHECK, "member_state", "EU")).happened(AT)
    uses.called((CHECK, "officer", "AT")).happened(AT)
    together, final, guarantees = using.counted(seen(INSIDER, uses), InterfacesQuery()).lines
    assert (together.service, together.administrations) == ("", ("BE", "DE", "FR"))
    assert (together.common, together.each_with_each) == (4, 6)
    assert (final.service, final.administrations, final.common, final.each_with_each) == ("final_data", ("FR",), 2, 0)
    assert (guarantees.common, guarantees.each_with_each) == (4, 6)
    (nobody,) = using.counted(seen(INSIDER, Uses(AT)), InterfacesQuery()).lines
    assert (nobody.common, nobody.each_with_each) == (0, 0)
    with pytest.raises(NotFound):
        using.counted(seen(STRANGER, uses), InterfacesQuery())
