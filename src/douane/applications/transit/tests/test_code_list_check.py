"""Coded items are checked against the lists that are loaded, as of the decisive date."""

from __future__ import annotations

import datetime as dt
import json
import lzma
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from douane.applications.reference_data.contract import load_builtin
from douane.applications.transit.rules.code_lists import CodeListCheck, unchecked
from douane.applications.transit.rules.coded_items import CODED_ITEMS
from douane.applications.transit.tests import base_messages as base
from douane.applications.transit.tests.r_base import (
    AMENDMENT,
    ARRIVAL,
    DECLARATION,
    INVALIDATION,
    PRESENTATION,
    REMARKS,
    edit,
    group,
)
from douane.applications.transit.tests.r_groups import HOUSE, ITEM, authorisations, incident, packed
from douane.author import LookAsOf

GROUND = (DECLARATION, AMENDMENT, PRESENTATION, INVALIDATION, ARRIVAL, REMARKS)
LAYOUTS = Path(__file__).parents[6] / "shared" / "data" / "ncts" / "layouts-p5.json.xz"
TRUTH = "CL027"
BUILT_IN = load_builtin()


@dataclass(frozen=True)
class Without:
    """A look whose lists hold every code but these, of these lists."""

    refused: frozenset[tuple[str, str]] = frozenset()
    date: dt.date = dt.date(2026, 3, 2)

    def legal_date(self, name: str) -> dt.date:
        raise KeyError(name)

    def has(self, code_list: str, code: str | None) -> bool:
        return (code_list, code) not in self.refused

    def office_has(self, office: str | None, role: str) -> bool:
        raise AssertionError("office lists are code lists here")


def places(
    message: Any, *refused: tuple[str, str], available: frozenset[str] | None = None
) -> list[tuple[str, str, str]]:
    loaded = frozenset(CODED_ITEMS[type(message).__name__]) if available is None else available
    faults = CodeListCheck(type(message), loaded).faults(message, Without(frozenset(refused)))
    return [(fault.pointer, fault.code, fault.value) for fault in faults]


@pytest.mark.parametrize("message", GROUND, ids=lambda m: type(m).__name__)
def test_known_codes_pass(message: Any) -> None:
    assert places(message) == []


@pytest.mark.parametrize("message", GROUND, ids=lambda m: type(m).__name__)
def test_every_coded_item_of_a_message_is_reached(message: Any) -> None:
    asked: set[str] = set()

    class Asking(Without):
        def has(self, code_list: str, code: str | None) -> bool:
            asked.add(code_list)
            return True

    CodeListCheck(type(message), frozenset(CODED_ITEMS[type(message).__name__])).faults(message, Asking())
    assert "CL060" in asked  # the type of the message itself
    assert TRUTH not in asked  # truth values were settled in reading
    assert asked & {"CL171", "CL172"}  # the office addressed


def test_an_unknown_code_is_named_with_place_value_and_list() -> None:
    message = edit(DECLARATION, **{f"{HOUSE}__consignment_item__1__packaging": (packed(1), packed(1, "ZZ", number=2))})
    check = CodeListCheck(type(message), {"CL017"})
    (fault,) = check.faults(message, Without(frozenset({("CL017", "ZZ")})))
    assert fault.facts()[:4] == (
        "/CC015C/Consignment/HouseConsignment[1]/ConsignmentItem[2]/Packaging[2]/typeOfPackages",
        "12",
        "",
        "ZZ",
    )
    assert "CL017" in fault.remedy
    assert "2026-03-02" in fault.remedy


def test_items_and_groups_at_every_depth() -> None:
    message = edit(
        DECLARATION,
        **{
            f"{ITEM}__commodity__commodity_code__harmonized_system_sub_heading_code": "999999",
            f"{ITEM}__country_of_dispatch": "QQ",
            "authorisation": authorisations("C521", "C999"),
            "representative": group("Representative02", identification_number="FR1", status="9"),
        },
    )
    refused = (("CL152", "999999"), ("CL008", "QQ"), ("CL235", "C999"), ("CL094", "9"), ("CL171", "FR005350"))
    item_place = "/CC015C/Consignment/HouseConsignment[1]/ConsignmentItem[1]"
    assert sorted(places(message, *refused)) == sorted(
        [
            ("/CC015C/Authorisation[2]/type", "12", "C999"),
            ("/CC015C/CustomsOfficeOfDeparture/referenceNumber", "12", "FR005350"),
            ("/CC015C/Representative/status", "12", "9"),
            (f"{item_place}/countryOfDispatch", "12", "QQ"),
            (f"{item_place}/Commodity/CommodityCode/harmonizedSystemSubHeadingCode", "12", "999999"),
        ]
    )


def test_incidents_of_an_arrival() -> None:
    message = edit(ARRIVAL, **incident())
    place = "/CC007C/Consignment/Incident[1]"
    assert places(message, ("CL019", "1"), ("CL244", "FRLIL")) == [
        (f"{place}/code", "12", "1"),
        (f"{place}/Location/UNLocode", "12", "FRLIL"),
    ]


def test_lists_that_are_not_loaded_are_skipped_and_named() -> None:
    assert places(DECLARATION, ("CL231", "T1"), available=frozenset({"CL008"})) == []
    missing = unchecked(type(DECLARATION), {"CL008", "CL231"})
    assert "CL231" not in missing
    assert {"CL008", "CL231", *missing} == set(CODED_ITEMS["CC015C"])
    assert list(missing) == sorted(missing)
    assert unchecked(type(REMARKS), CODED_ITEMS["CC044C"]) == ()


def _published(nodes: list[dict[str, Any]], above: str = "") -> dict[str, str]:
    found = {}
    for node in nodes:
        if "code_list" in node:
            found[above + node["tag"]] = node["code_list"]
        found |= _published(node.get("content", []), f"{above}{node['tag']}/")
    return found


def test_the_table_is_that_of_the_published_layouts() -> None:
    if not LAYOUTS.exists():
        assert "CI" not in os.environ, f"{LAYOUTS} is missing"
        pytest.skip("the published layouts are not beside this checkout")
    with lzma.open(LAYOUTS) as file:
        messages = {each["code"]: each["content"] for each in json.load(file)["messages"]}
    for name, by_list in CODED_ITEMS.items():
        ours = {path: code_list for code_list, paths in by_list.items() for path in paths}
        assert ours == _published(messages[name])


@pytest.mark.parametrize("message", GROUND, ids=lambda m: type(m).__name__)
def test_every_path_of_the_table_is_part_of_the_check(message: Any) -> None:
    def count(plan: Any) -> int:
        return sum(1 if part.below is None else count(part.below) for part in plan.parts)

    named = CODED_ITEMS[type(message).__name__]
    check = CodeListCheck(type(message), named)
    assert count(check._plan) == sum(len(paths) for code_list, paths in named.items() if code_list != TRUTH)


@pytest.mark.parametrize("build", base.AFTER_TRANSITION, ids=lambda b: b.__name__)
def test_the_base_messages_hold_codes_of_the_built_in_lists(build: Callable[[], Any]) -> None:
    message = build()
    assert unchecked(type(message), BUILT_IN) == ()
    assert CodeListCheck(type(message), BUILT_IN).faults(message, BUILT_IN.look(dt.date(2025, 6, 2))) == ()


@pytest.mark.parametrize("message", GROUND, ids=lambda m: type(m).__name__)
def test_the_compiled_check_misses_no_code_that_the_walk_finds(message: Any) -> None:
    asked: set[tuple[str, str]] = set()

    class Asking(Without):
        def has(self, code_list: str, code: str | None) -> bool:
            asked.add((code_list, code or ""))
            return True

    class Holding(LookAsOf):
        def has(self, code_list: str, code: str | None) -> bool:
            return (code_list, code) in asked - refused

        def codes(self, code_list: str) -> frozenset[str]:
            return frozenset(code for each, code in asked - refused if each == code_list)

    refused: set[tuple[str, str]] = set()
    named = frozenset(CODED_ITEMS[type(message).__name__])
    CodeListCheck(type(message), named).faults(message, Asking())
    assert asked
    assert CodeListCheck(type(message), named).faults(message, Holding(BUILT_IN, Without.date)) == ()
    for pair in sorted(asked):
        refused = {pair}
        found = CodeListCheck(type(message), named).faults(message, Holding(BUILT_IN, Without.date))
        assert found == CodeListCheck(type(message), named).faults(message, Without(frozenset(refused)))
        assert found
