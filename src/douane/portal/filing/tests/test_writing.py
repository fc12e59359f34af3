"""From a message to what is filled in and back: nothing is lost, nothing is made up, and faults find their fields."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

import msgspec
import pytest

from douane.applications.transit.screens.declaring import MODULE
from douane.applications.transit.tests import base_declarations, base_messages
from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.model.families import NCTS5
from douane.model.form import Form, form_of
from douane.pages.modules import Beginning, Filing, Module, Planned, Section, Sending, Tree
from douane.pages.screens import Library, Situation
from douane.portal.filing import content, writing
from douane.portal.filing.drafting import Drafting
from douane.portal.filing.fitting import must_fit
from douane.portal.filing.projecting import belongs, instances
from douane.runtime.catalogue.catalogue import Catalogue
from douane.standards.ncts import phase5
from douane.vocabulary.errors import DeclarationFault, NotValid

DAY = dt.date(2026, 11, 27)
LISTS, CATALOGUE = code_lists(), Catalogue(discovery.services())
FILINGS = {each.name: each for each in MODULE.filings}
DECLARATION = FILINGS["lodge-declaration"]
SENT = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


def form(filing: Filing) -> Form:
    message = CATALOGUE.operation(filing.operation).request
    return form_of(message, LISTS.look(DAY), family=NCTS5, lists=LISTS)


def written(filing: Filing, tree: Tree) -> bytes:
    return writing.message(filing, form(filing), tree, NCTS5)


MESSAGES: list[tuple[str, Any]] = [
    ("lodge-declaration", base_declarations.normal()), ("lodge-declaration", base_declarations.several()),
    ("lodge-declaration", base_declarations.with_security()), ("lodge-declaration", base_declarations.tir()),
    ("amend-declaration", base_messages.amendment()), ("present-goods", base_messages.presentation()),
    ("request-invalidation", base_messages.invalidation_request()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "message"), MESSAGES, ids=lambda each: each if isinstance(each, str) else "")
def test_a_message_that_is_taken_over_and_written_again_says_the_same(name: str, message: Any) -> None:
    filing = FILINGS[name]
    tree = writing.tree_of(message, form(filing))
    assert json.loads(json.dumps(tree)) == tree, "it is kept as JSON"
    assert phase5.read(written(filing, tree)) == message


def test_groups_are_numbered_as_they_stand_and_items_through_the_declaration() -> None:
    tree = writing.tree_of(base_declarations.several(), form(DECLARATION))
    houses = content.found(tree, ("Consignment", "HouseConsignment"))
    assert isinstance(houses, list)
    houses.insert(0, json.loads(json.dumps(houses[-1])))
    message: Any = phase5.read(written(DECLARATION, tree))
    items = [item for house in message.consignment.house_consignment for item in house.consignment_item]
    assert [each.declaration_goods_item_number for each in items] == list(range(1, len(items) + 1))
    assert [each.sequence_number for each in message.consignment.house_consignment] == list(range(1, len(houses) + 1))


def test_a_group_that_need_not_be_there_and_is_empty_is_left_out_and_one_that_was_added_is_not() -> None:
    tree = writing.tree_of(base_declarations.normal(), form(DECLARATION))
    content.add(tree, ("Representative",), repeats=False)
    content.put(tree, ("Representative", "status"), " ")
    assert b"<Representative>" not in written(DECLARATION, tree)
    content.add(tree, ("Authorisation",), repeats=True)
    with pytest.raises(NotValid) as refused:
        phase5.read(written(DECLARATION, tree))
    found = {content.written(content.place_of(each.pointer, form(DECLARATION))) for each in refused.value.faults}
    assert found == {"Authorisation/0/type", "Authorisation/0/referenceNumber"}


@pytest.mark.parametrize(
    ("pointer", "place"),
    [
        ("/CC015C/Guarantee[2]/GuaranteeReference[1]/GRN", "Guarantee/1/GuaranteeReference/0/GRN"),
        ("/CC015C/Guarantee/guaranteeType", "Guarantee/0/guaranteeType"),
        ("/CC015C/Guarantee/1/guaranteeType", "Guarantee/1/guaranteeType"),
        ("/CC015C/Consignment/HouseConsignment[1]/ConsignmentItem[12]",
         "Consignment/HouseConsignment/0/ConsignmentItem/11"),
        ("/CC015C/TransitOperation/nothing", "TransitOperation"), ("", ""), ("//[", ""),
    ],
)  # fmt: skip
def test_the_pointer_of_a_fault_leads_to_its_place(pointer: str, place: str) -> None:
    assert content.written(content.place_of(pointer, form(DECLARATION))) == place


def test_every_item_of_a_declaration_is_asked_in_one_section_or_filled_in() -> None:
    asked: dict[str, int] = {}
    for each in form(DECLARATION).everything():
        path = each.path.lstrip("/")
        if not each.fields and path not in DECLARATION.given:
            asked[path] = sum(belongs(section, content.place(path)) for section in DECLARATION.sections)
    assert {path: number for path, number in asked.items() if number != 1} == {}


def test_what_has_no_place_in_the_form_any_more_is_left_out() -> None:
    kept = {"TransitOperation": {"LRN": "1", "gone": "x", "security": {"a": "b"}}, "Guarantee": "x", "no": []}
    assert content.fitting(kept, form(DECLARATION).fields) == {"TransitOperation": {"LRN": "1"}}
    assert content.fitting([1], form(DECLARATION).fields) == {}


@pytest.mark.parametrize("place", ["Guarantee/99999/guaranteeType", "Guarantee/3/x/y", "TransitOperation/LRN"])
def test_no_place_makes_more_than_one_group(place: str) -> None:
    tree: Tree = {}
    content.put(tree, content.place(place), "1")
    assert len(list(instances(tree, "Guarantee"))) <= 1
    content.remove(tree, content.place("Guarantee/0"))
    assert list(instances(tree, "Guarantee")) == []


def test_the_same_is_written_however_often_it_is_sent() -> None:
    tree = writing.tree_of(base_declarations.normal(), form(DECLARATION))
    sending = Sending("FR40123456700017", "0123-4", SENT, tree)
    first, second = (written(DECLARATION, writing.filled(DECLARATION, sending)) for _ in range(2))
    assert first == second
    message: Any = phase5.read(first)
    assert (message.message_sender, message.message_recipient) == ("FR40123456700017", "NTA.FR")
    assert message.message_identification == "0123-4"


# --- modules


def with_module(module: Module) -> Drafting:
    def situation(_answer: Any, _visit: Any) -> Situation:
        return Situation()

    return Drafting(
        [module], CATALOGUE, discovery.rule_book(), Library(), lambda: LISTS, lambda: "", lambda: DAY, situation
    )


TRANSLATED = {each: {"Say it": "x", "All": "x", "Everything": "x"} for each in ("fr", "de")}


def outside(**more: Any) -> Module:
    """A module of another distribution: it files the message of an application of ours in one section."""
    said: dict[str, Any] = {
        "operation": "accounts.end", "title": "Say it", "sections": (Section("all", "All", ("principal", "delegate")),),
        "envelope": lambda _sending: {}, "given": (),
    }  # fmt: skip
    return Module("outside", "Everything", (Filing(**(said | more)),), TRANSLATED)


def test_a_module_of_another_distribution_plugs_in_with_its_own_words() -> None:
    drafting = with_module(outside())
    must_fit(drafting)
    filing = drafting.filing("accounts.end")
    tree: Tree = {"principal": "FR1", "delegate": "BE1"}
    body = writing.message(filing, drafting.form(filing), tree, drafting.family(filing))
    assert msgspec.json.decode(body) == {"principal": "FR1", "delegate": "BE1"}


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"title": ""}, "no text of 1 to"), ({"title": "<b>Say it</b>"}, "without markup"),
        ({"title": "Not translated"}, "has no words in fr"), ({"operation": "accounts.mine"}, "open to traders"),
        ({"operation": "accounts.deliver"}, "open to traders"), ({"operation": "nothing.here"}, "open to traders"),
        ({"sections": ()}, "has no section"),
        ({"sections": (Section("all", "All", ("principal",)),)}, "no section asks"),
        ({"sections": (Section("all", "All", ("principal", "delegate", "x")),)}, "has no x"),
        ({"sections": (Section("check", "All", ("principal", "delegate")),)}, "a name of its own"),
        ({"sections": (Section("all", "All", ("principal",), each="delegate"),)}, "does not repeat"),
        ({"sections": (Section("all", "All", ("principal", "delegate"), hint="x" * 200),)}, "no text of 1 to"),
    ],
)  # fmt: skip
def test_a_module_that_breaks_the_design_is_refused_with_the_reason(more: dict[str, Any], why: str) -> None:
    with pytest.raises(DeclarationFault, match=why):
        must_fit(with_module(outside(**more)))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"pages": (("All", "/nowhere"),)}, "no page of an application stands at /nowhere"),
        ({"pages": (("Not translated", "/cases"),)}, "has no words in fr"),
        ({"planned": (Planned("X", "Not translated", "UCC art. 278", "/x", "x.y"),)}, "has no words in de"),
        ({"national": frozenset({"FR"})}, "no source says"),
    ],
)  # fmt: skip
def test_pages_and_plans_of_a_module_are_judged_too(more: dict[str, Any], why: str) -> None:
    module = dataclasses.replace(outside(), **more)
    with pytest.raises(DeclarationFault, match=why):
        must_fit(with_module(module), {"/cases"})
    must_fit(with_module(dataclasses.replace(outside(), pages=(("All", "/cases"),))), {"/cases"})


def test_whose_portal_a_module_has_is_told_by_the_node_before_the_source() -> None:
    module = Module("bti", "All", national=frozenset({"DE", "FR"}), source="x")
    known = {"DE.bti": "central", "AT.bti": "https://x.example", "FR.eori": "https://y.example"}
    assert [module.portal(each, known) for each in ("DE", "FR", "AT", "IT", "")] == [
        None, "", "https://x.example", None, None,
    ]  # fmt: skip


def test_what_every_filing_of_transit_begins_with_has_a_place_in_its_form() -> None:
    beginning = Beginning("FR40123456700017", "LRN-1", DAY, "26FR005350000001J9", "FR005350")
    for filing in MODULE.filings:
        known = {each.path.lstrip("/") for each in form(filing).everything()}
        named = {*filing.begins(beginning), *filing.copies, *filing.first, *filing.given, *filing.forgets}
        assert named <= known, filing.name
