"""Forms as of a day: labels, order, codes, conditions, language, of published messages and of ours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from douane.model.families import NCTS5
from douane.model.form import Code, Condition, form_of
from douane.model.rules import Rule, RuleBook, Violation, broken
from douane.standards.forms.items import Content
from douane.standards.ncts.phase5 import CC015C, family
from douane.vocabulary.code_lists import CodeList, CodeLists, Entry

EARLY, LATE = dt.date(2020, 6, 1), dt.date(2026, 6, 1)


def entry(code: str, since: dt.date, description: str, *, valid: bool = True) -> Entry:
    return Entry.of(code, since, {"description": description}, valid=valid)


LISTS = CodeLists({
    "CL231": CodeList("CL231", "Declaration type", [
        entry("T1", dt.date(2019, 1, 1), "External"), entry("T2", dt.date(2024, 1, 1), "Union"),
        entry("T", dt.date(2019, 1, 1), "Mixed"), entry("T", dt.date(2024, 1, 1), "Mixed", valid=False),
    ]),
})  # fmt: skip


def silent(_message: object, _case: object, _look: object) -> Iterator[Violation]:
    yield broken("/CC015C")


BOOK = RuleBook([
    Rule("R0911", "Give T2 for Union goods.", (CC015C,), silent, since=dt.date(2024, 1, 1)),
    Rule("R0601", "Give TIR with a carnet.", (CC015C,), silent),
    Rule("G9999", "Send one house at least.", (CC015C,), silent),
])  # fmt: skip
TYPE = "/TransitOperation/declarationType"


def test_a_published_message_has_its_form() -> None:
    form = form_of(CC015C, LISTS.look(LATE), family=NCTS5)
    published = next(each for each in family() if each.code == "CC015C").fields
    assert {f"/CC015C{each.path}" for each in form.everything()} == {each.pointer for each in published}
    assert (form.name, form.title, form.language) == ("CC015C", "IE015: Transit declaration.", "en")
    assert [each.item.tag for each in form.fields][:3] == [
        "messageSender",
        "messageRecipient",
        "preparationDateAndTime",
    ]
    place = form.field("/CC015C/Consignment/HouseConsignment[2]/ConsignmentItem[3]/Commodity/descriptionOfGoods")
    assert place is not None
    assert (place.label, place.required, place.repeats, place.item.format) == (
        "Description of goods", True, False, "an..512",
    )  # fmt: skip
    house = form.field("/Consignment/HouseConsignment")
    assert house is not None
    assert (house.item.content, house.repeats, house.item.most) == (Content.GROUP, True, 1999)


def test_codes_and_conditions_are_those_of_the_day() -> None:
    early, late = (form_of(CC015C, LISTS.look(day), family=NCTS5, book=BOOK, lists=LISTS) for day in (EARLY, LATE))
    before, after = early.field(TYPE), late.field(TYPE)
    assert before is not None
    assert after is not None
    assert early.codes(before) == (Code("T", "Mixed"), Code("T1", "External"))
    assert late.codes(after) == (Code("T1", "External"), Code("T2", "Union"))
    known = {each.rule: each.text for each in after.conditions}
    assert (known["R0911"], known["R0601"]) == ("Give T2 for Union goods.", "Give TIR with a carnet.")
    assert "R0911" not in {each.rule for each in before.conditions}
    assert Condition("R0909", "") in before.conditions  # published, and not judged here: named all the same
    assert late.conditions == (Condition("G9999", "Send one house at least."),)


def test_a_list_that_is_not_kept_is_not_empty() -> None:
    form = form_of(CC015C, LISTS.look(LATE), family=NCTS5, lists=LISTS)
    declared = form.field("/TransitOperation/additionalDeclarationType")
    assert declared is not None
    assert (declared.item.code_list, form.codes(declared)) == ("CL042", None)
    assert form_of(CC015C, LISTS.look(LATE), family=NCTS5).codes(declared) is None


def test_a_form_speaks_the_language_of_its_reader() -> None:
    french = {
        "Declaration type": "Type de declaration",
        "External": "Externe",
        "Give TIR with a carnet.": "Indiquez TIR.",
    }
    form = form_of(
        CC015C, LISTS.look(LATE), family=NCTS5, book=BOOK, lists=LISTS, language="fr",
        translate=lambda text: french.get(text, text),
    )  # fmt: skip
    found = form.field(TYPE)
    assert found is not None
    assert (form.language, found.label) == ("fr", "Type de declaration")
    assert Code("T1", "Externe") in (form.codes(found) or ())
    assert Condition("R0601", "Indiquez TIR.") in found.conditions


class Line(Struct, frozen=True):
    origin: Annotated[str, Meta(title="Country of origin", extra={"code_list": "CL231", "confidential": True})] = ""


class Load(Struct, frozen=True):
    """Declare a load."""

    lines: Annotated[tuple[Line, ...], Meta(max_length=9)]


def test_one_of_our_own_types_has_its_form() -> None:
    form = form_of(Load, LISTS.look(LATE), lists=LISTS)
    found = form.field("/lines/3/origin")
    assert form.title == "Declare a load."
    assert found is not None
    assert (found.path, found.label, found.item.confidential) == ("/lines/origin", "Country of origin", True)
    assert form.codes(found) == (Code("T1", "External"), Code("T2", "Union"))
    assert form.field("/lines/nothing") is None


def test_every_published_message_can_be_shown() -> None:
    for message in NCTS5.types():
        form = form_of(message, LISTS.look(LATE), family=NCTS5)
        tags = {each.encode_name for each in msgspec.structs.fields(message)}
        assert {each.item.tag for each in form.fields} == tags - {"PhaseID"}
        assert all(each.label and each.path for each in form.everything())
