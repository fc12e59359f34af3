"""The page of an office: every role of it once, in a group, in the language of its reader."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

import pytest

from douane.applications.reference_data.contract import load_builtin
from douane.applications.reference_data.messages import CodeView
from douane.applications.reference_data.screens import DECIDES, GROUPS, ROLES, office
from douane.author import OFFICES, office_roles
from douane.author.pages import COMPLETE, Frame, Given, Library, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults, parsed

ON = dt.date(2026, 11, 28)
LARGEST = max(load_builtin()[OFFICES].valid(ON), key=lambda each: len(office_roles(each)))


def drawn(roles: list[str], language: str = "en") -> str:
    facts = json.dumps({"description": "Wien", "roles": roles})
    answer = CodeView(OFFICES, "Customs offices", "1", LARGEST.code, ON, ON, facts)
    given = Given(Words(language), Library(), query={"office": LARGEST.code}, today=ON)
    return draw(office(answer, given), Frame("Portal", "/", "/checks/office"), Words(language))


@pytest.mark.parametrize("language", COMPLETE)
def test_every_role_stands_once_in_a_group_of_a_few(language: str) -> None:
    roles = sorted(load_builtin()[ROLES].codes(ON))
    page = drawn(roles, language)
    assert faults(page) == []
    table = parsed(page).xpath("//section[@aria-labelledby='h-roles']//table")[0]
    assert len(table.xpath(".//tbody/tr")) == len(GROUPS) + 2
    assert Counter(each.text_content() for each in table.xpath(".//td//*[@class='ref']")) == Counter(roles)
    assert table.xpath(".//*[@lang='en']") == [], "each is said in the language of the page"


def test_an_office_has_a_row_for_each_group_of_its_roles_and_a_code_that_nobody_knows_stands_for_itself() -> None:
    rows = parsed(drawn(["DEP", "ZZZ", "<b>", "DES"])).xpath("//section[@aria-labelledby='h-roles']//tbody/tr")
    said = [" ".join(each.text_content().split()) for each in rows]
    assert said == ["TransitOffice of Departure (DEP), Office of Destination (DES)", "OtherZZZ, <b>"]
    assert "h-roles" not in drawn([])


def test_each_role_is_in_one_group() -> None:
    grouped = [code for codes in GROUPS.values() for code in codes] + list(DECIDES)
    assert max(Counter(grouped).values()) == 1
    assert set(grouped) <= set(load_builtin()[ROLES].codes(ON)), "each is published"
    assert len(office_roles(LARGEST)) > 30
