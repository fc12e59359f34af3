"""``douane form``: a published message and one of ours, as of a day, for people and for programs."""

from __future__ import annotations

import json

from tests.cli.nodes import Printed, refused, said


def test_a_published_message_with_its_codes_and_conditions(capsys: Printed) -> None:
    text = said(capsys, "form", "CC015C", "--date", "2026-05-01", "--path", "/TransitOperation")
    assert text.startswith("CC015C on 2026-05-01: IE015: Transit declaration.")
    assert "declarationType  1..1  Declaration type  (an..5, codes of CL231)" in text
    assert "T1" in text
    assert "LRN  1..1  LRN  (an..22)" in text
    assert "HouseConsignment" not in text


def test_the_day_decides(capsys: Printed) -> None:
    rules = [
        {each["rule"] for each in _all(json.loads(said(capsys, "form", "CC015C", "--date", day, "--json")))}
        for day in ("2024-06-01", "2026-05-01")
    ]
    assert "B1822" in rules[0] - rules[1]  # of the transitional period, which ended on 21 January 2025


def _all(part: dict[str, object]) -> list[dict[str, str]]:
    own = part["conditions"]
    inside = part["fields"]
    assert isinstance(own, list)
    assert isinstance(inside, list)
    return [each for each in own if each["text"]] + [each for field in inside for each in _all(field)]


def test_one_of_ours_says_what_is_confidential(capsys: Printed) -> None:
    found = json.loads(said(capsys, "form", "ImportDeclaration", "--path", "/items/2/description", "--json"))
    (field,) = found["fields"]
    assert (field["path"], field["confidential"], field["content"]) == ("/items/description", True, "text")


def test_what_is_not_known_is_said(capsys: Printed) -> None:
    assert "No operation here takes a message 'CC999C'" in refused(capsys, "form", "CC999C")
    assert "has no item /Nothing" in refused(capsys, "form", "CC015C", "--path", "/Nothing")
    assert "YYYY-MM-DD" in refused(capsys, "form", "CC015C", "--date", "tomorrow")
