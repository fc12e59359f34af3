"""Nodes announce themselves: in their own administration's name alone, until they leave or fall silent."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from douane.applications.architecture.handlers import exploring, finding, running
from douane.applications.architecture.messages import (
    Announced,
    DoorOfNode,
    ElementQuery,
    Missed,
    NodesAnswer,
    NodesQuestion,
    SearchQuery,
)
from douane.applications.architecture.screens import element
from douane.applications.architecture.screens import running as screen
from douane.applications.architecture.tests.asking import FRAME, STRANGER
from douane.author import (
    SECOND,
    ActorKind,
    Caller,
    Circle,
    NotAuthorised,
    NotFound,
    Party,
    PartyKind,
    Strength,
    TooMany,
    machine,
)
from douane.author.pages import COMPLETE, Given, Library, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults, parsed
from douane.reference_architecture.installed import installed_contracts
from douane.runtime.observing.observed import Observed, Seen
from douane.runtime.observing.presence import EVERY_SECONDS, GONE_AFTER, MOST, Presence, Present
from douane.runtime.observing.uses import Uses

AT = 1_795_000_000_000_000
HERE = Announced("nl", "host.nl", "0.1.0", installed_contracts(), ("transit", "nothing_of_ours", "transit"))


def system(country: str, kind: ActorKind = ActorKind.MEMBER_STATE, **more: Any) -> Caller:
    party = Party(PartyKind.ADMINISTRATION, country)
    proof = {"strength": Strength.CERTIFICATE, **more}
    return Caller(f"{country.lower()}.system", kind, Circle.TRUSTED, party, country, **proof)


def ask(observed: Observed, caller: Caller, here: Announced | None = None, now: int = AT) -> Any:
    return running.nodes(view(observed, caller, now), NodesQuestion(here))


def view(observed: Observed | None, caller: Any, now: int = AT) -> Any:
    return SimpleNamespace(caller=caller, observed=observed, now=now)


def shown(observed: Observed, now: int = AT) -> list[str]:
    return [f"{each.administration} {each.instance}" for each in ask(observed, system("FR"), now=now).nodes]


def test_a_node_is_shown_as_soon_as_it_says_that_it_is_there_and_gone_when_it_leaves() -> None:
    observed = Observed(Uses(AT))
    (node,) = ask(observed, system("NL"), HERE).nodes
    assert (node.administration, node.instance, node.host, node.version) == ("NL", "nl", "host.nl", "0.1.0")
    assert node.alike
    assert [line.id for line in node.services] == ["service:transit"], "what is none of ours is no link"
    ask(observed, system("NL"), msgspec.structs.replace(HERE, leaving=True))
    assert shown(observed) == []


def test_a_node_that_falls_silent_is_gone_within_thirty_seconds_and_one_that_speaks_stays() -> None:
    assert EVERY_SECONDS * SECOND * 2 < GONE_AFTER < 30 * SECOND - 3 * SECOND
    observed = Observed(Uses(AT))
    ask(observed, system("NL"), HERE)
    ask(observed, system("BE"), HERE, AT + 20 * SECOND)
    assert shown(observed, AT + GONE_AFTER) == ["BE nl", "NL nl"]
    assert shown(observed, AT + GONE_AFTER + 1) == ["BE nl"]
    found = ask(observed, system("NL"), HERE, AT + 60 * SECOND).nodes
    (back,) = [each for each in found if each.administration == "NL"]
    assert back.since == back.seen, "it came anew"


def test_nobody_announces_a_node_of_another_nor_ends_it() -> None:
    observed = Observed(Uses(AT))
    ask(observed, system("NL"), HERE)
    ask(observed, system("DE"), msgspec.structs.replace(HERE, leaving=True))
    assert shown(observed) == ["NL nl"]
    ask(observed, system("DE"), msgspec.structs.replace(HERE, host="elsewhere"))
    assert [each.host for each in ask(observed, system("FR")).nodes] == ["elsewhere", "host.nl"]


@pytest.mark.parametrize(
    "caller",
    [
        system("FR", ActorKind.OFFICER), system("FR", strength=Strength.SESSION), system("FR", person="a person"),
        system("EU", ActorKind.COMMISSION, strength=Strength.SESSION),
    ],
    ids=["officer", "session", "person", "person of the Commission"],
)  # fmt: skip
def test_a_person_announces_no_node_and_may_look(caller: Caller) -> None:
    observed = Observed(Uses(AT))
    with pytest.raises(NotAuthorised):
        ask(observed, caller, HERE)
    assert ask(observed, caller).nodes == ()


def test_a_stranger_learns_of_no_node_and_neither_does_one_who_looks_at_a_service() -> None:
    observed = Observed(Uses(AT))
    ask(observed, system("NL"), HERE)
    with pytest.raises(NotFound):
        running.nodes(view(observed, STRANGER.caller), NodesQuestion(HERE))
    assert exploring.show(view(observed, STRANGER.caller), ElementQuery("service:transit")).nodes is None
    (node,) = exploring.show(view(observed, system("FR")), ElementQuery("service:transit")).nodes or ()
    assert node.instance == "nl"
    assert exploring.show(view(observed, system("FR")), ElementQuery("service:eori")).nodes == ()


def test_a_node_that_differs_from_most_of_its_administration_is_marked_fact_by_fact() -> None:
    usual = {"python": "3.13.5", "settings": "abc", "limits": "as delivered"}
    nodes = [Present("NL", f"nl/{n}", "h", "0.1.0", "", (), facts=usual) for n in range(2)]
    odd = Present("NL", "nl/2", "h", "0.1.0", "", (), facts=usual | {"settings": "def", "zones": "2026a"})
    alone = Present("DE", "de", "h", "0.1.0", "", (), facts={"python": "3.11"})
    early = Present("NL", "nl/3", "h", "0.1.0", "", ())
    present = (*nodes, odd, alone, early)
    assert [running.drift_of(each, present) for each in present] == [(), (), ("settings", "zones"), (), ()]
    assert running.drift_of(nodes[0], (nodes[0], odd)) == ("settings", "zones"), "each, where nobody is right"


def test_one_administration_does_not_fill_the_list() -> None:
    observed = Observed(Uses(AT))
    for number in range(MOST):
        ask(observed, system("NL"), msgspec.structs.replace(HERE, instance=f"n{number}"))
    with pytest.raises(TooMany):
        ask(observed, system("NL"), HERE)
    assert "BE nl" in [f"{e.administration} {e.instance}" for e in ask(observed, system("BE"), HERE).nodes]


@pytest.mark.parametrize(
    "wrong",
    [
        {"instance": ""}, {"instance": "<b>"}, {"instance": "x" * 81}, {"host": "a b"}, {"version": ""},
        {"contracts": "zebra"}, {"services": ["Transit"]}, {"services": ["x"] * 201},
    ],
)  # fmt: skip
def test_what_is_no_announcement_is_refused_by_its_type(wrong: dict[str, Any]) -> None:
    said = {**msgspec.to_builtins(HERE), **wrong}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"here": said}, NodesQuestion)


def test_what_fellow_workers_and_the_centre_hear_is_shown_too_with_its_origin() -> None:
    told = Present("AT", "at", "h", "0.1.0", "", ("transit",), AT, AT, told_by="EU")
    fellow = Seen(Uses(AT), (Present("NL", "nl", "h", "0.2.0", "ff", (), AT, AT),))
    as_well = msgspec.structs.replace(told, administration="NL", instance="nl")
    observed = Observed(Uses(AT), Presence(), (fellow,), (told, as_well))
    answer = ask(observed, system("FR"))
    assert [(each.administration, each.told_by) for each in answer.nodes] == [("AT", "EU"), ("NL", "")]
    text = draw(screen.listed(answer, Given(Words(), Library())), FRAME, Words())
    assert "as EU tells" in text
    assert "other contracts" in text


DOORS = (DoorOfNode("ccn2", ("transit", "nothing_of_ours")), DoorOfNode("nowhere", ("transit",)))


def instances(observed: Observed, caller: Any) -> list[str]:
    return [each.name for each in finding.find(view(observed, caller), SearchQuery(kind="instance")).lines]


def test_what_runs_are_the_doors_of_nodes_that_are_there_each_with_what_it_offers() -> None:
    observed = Observed(Uses(AT))
    assert instances(observed, system("FR")) == [], "an installation names none"
    ask(observed, system("NL"), msgspec.structs.replace(HERE, doors=DOORS))
    other = DoorOfNode("ccn2", ("guarantees",)), DoorOfNode("speed2", ("transit",))
    ask(observed, system("EU", ActorKind.COMMISSION), msgspec.structs.replace(HERE, instance="centre", doors=other))
    assert instances(observed, system("FR")) == ["EU centre at ccn2", "EU centre at speed2", "NL nl at ccn2"]
    assert instances(observed, STRANGER.caller) == []
    provided = {}
    for name in instances(observed, system("FR")):
        answer = exploring.show(view(observed, system("FR")), ElementQuery(f"instance:{name}"))
        assert faults(draw(element.shown(answer, Given(Words(), Library())), FRAME, Words())) == []
        (group,) = (each for each in answer.neighbours if each.edge == "provides")
        provided[name] = [each.line.name for each in group.members]
    assert provided == {
        "EU centre at ccn2": ["guarantees"], "EU centre at speed2": ["transit"], "NL nl at ccn2": ["transit"],
    }  # fmt: skip
    ask(observed, system("NL"), msgspec.structs.replace(HERE, leaving=True))
    assert instances(observed, system("FR")) == ["EU centre at ccn2", "EU centre at speed2"]
    assert instances(observed, system("FR")) == ["EU centre at ccn2", "EU centre at speed2"], "asked again"


@pytest.mark.parametrize("language", COMPLETE)
def test_its_pages_are_without_fault_in_every_language(language: str) -> None:
    words, observed = Words(language), Observed(Uses(AT))
    for heard in (False, True):
        if heard:
            ask(observed, system("NL"), HERE)
        answer = ask(observed, system("FR"))
        text = draw(screen.listed(answer, Given(words, Library())), FRAME, words)
        assert faults(text) == []
        assert len(parsed(text).xpath("//tbody/tr")) == len(answer.nodes)
        service = exploring.show(view(observed, system("FR")), ElementQuery("service:transit"))
        assert faults(draw(element.shown(service, Given(words, Library())), FRAME, words)) == []


@pytest.mark.parametrize("language", COMPLETE)
@pytest.mark.parametrize(("sign", "waiting"), [("silent", 3), ("away", 0), ("announced", 0)])
def test_who_is_missed_stands_above_the_list_in_a_sentence(sign: str, waiting: int, language: str) -> None:
    words = Words(language)
    answer = NodesAnswer((), "", 25, (Missed("DE", machine(AT), waiting, sign),))
    page = draw(screen.listed(answer, Given(words, Library())), FRAME, words)
    assert faults(page) == []
    (note,) = parsed(page).xpath("//*[contains(@class, 'note')]")
    said = " ".join(note.text_content().split())
    assert words.moment(AT) in said
    assert "Time(" not in said, "what a block of a page is called is no word of a sentence"
    if language == "en" and sign == "silent":
        assert said.endswith(f"Silent since {words.moment(AT)}; 3 messages wait for it.")
