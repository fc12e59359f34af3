import datetime as dt

import pytest

from douane.applications.reference_data.contract import builtin_origins, load_builtin
from douane.author import (
    OFFICES,
    OFFICES_BY_ROLE,
    CommodityCode,
    Country,
    CusCode,
    CustomsOffice,
    Identifier,
    Look,
    UnLocode,
    office_roles,
)

ON = dt.date(2025, 6, 1)
MEMBER_STATES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
NAMED_BY_THE_SIX_MESSAGES = """
CL008 CL009 CL010 CL016 CL017 CL019 CL027 CL038 CL042 CL048 CL060 CL076 CL094 CL101 CL112 CL116 CL141 CL147 CL152
CL165 CL171 CL172 CL173 CL175 CL178 CL181 CL182 CL190 CL192 CL198 CL213 CL214 CL217 CL218 CL219 CL228 CL229 CL230
CL231 CL232 CL234 CL235 CL236 CL239 CL244 CL248 CL251 CL286 CL294 CL296 CL326 CL347 CL349 CL380 CL385 CL505 CL553
CL610 CL704 CL750 CL754
"""


def look() -> Look:
    return load_builtin().look(ON)


@pytest.mark.parametrize("number", NAMED_BY_THE_SIX_MESSAGES.split())
def test_every_list_that_a_declaration_needs_is_there(number: str) -> None:
    assert number in load_builtin()
    assert load_builtin().codes(number, ON), number


@pytest.mark.parametrize("number", NAMED_BY_THE_SIX_MESSAGES.split())
def test_the_selection_serves_the_transitional_period_too(number: str) -> None:
    in_transition = dt.date(2023, 11, 1)
    assert load_builtin().look(in_transition).legal_date("TPendDate") > in_transition
    assert load_builtin().codes(number, in_transition) == load_builtin().codes(number, ON)


def test_the_route_of_the_demonstration() -> None:
    assert look().office_has("FR005350", "DEP")
    assert look().office_has("DE004055", "TRA")
    assert look().office_has("AT100000", "DES")
    frontier = load_builtin()[OFFICES].entry("DE004055", ON)
    assert frontier is not None
    assert frontier.description == "Weil am Rhein-Autobahn"


@pytest.mark.parametrize("country", [*MEMBER_STATES.split(), "XI"])
def test_each_member_state_has_offices_for_transit(country: str) -> None:
    roles = {r for o in load_builtin()[OFFICES].valid(ON) if o.code[:2] == country for r in office_roles(o)}
    assert {"DEP", "DES", "GUA", "EXT"} <= roles


@pytest.mark.parametrize("country", ["CH", "NO", "GB", "TR", "RS", "UA", "MK"])
def test_each_common_transit_country_has_offices(country: str) -> None:
    roles = {r for o in load_builtin()[OFFICES].valid(ON) if o.code[:2] == country for r in office_roles(o)}
    assert {"DEP", "DES", "TRA"} <= roles


@pytest.mark.parametrize("number", OFFICES_BY_ROLE)
def test_office_lists_follow_from_the_office_list(number: str) -> None:
    assert load_builtin().codes(number, ON) < load_builtin().codes(OFFICES, ON)


@pytest.mark.parametrize(
    ("number", "codes"),
    [
        ("CL112", "CH GB IS MK NO RS TR UA"),
        ("CL217", "0 1 2 3"),
        ("CL232", "T1 T2 T2F T2SM"),
        ("CL231", "T T1 T2 T2F T2SM TIR"),
        ("CL042", "A D"),
        ("CL027", "0 1"),
        ("CL180", "12 13 14 15 26 50 51 52 90 92 93"),
    ],
)
def test_known_content(number: str, codes: str) -> None:
    assert load_builtin().codes(number, ON) == set(codes.split())


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("CL008", Country),
        (OFFICES, CustomsOffice),
        ("CL152", CommodityCode),
        ("CL016", CusCode),
        ("CL144", UnLocode),
        ("CL244", UnLocode),
    ],
)
def test_codes_have_the_shape_of_their_identifier(number: str, kind: type[Identifier]) -> None:
    assert [code for code in load_builtin().codes(number, ON) if not kind.accepts(code)] == []


def test_the_same_value_each_time_and_lists_decoded_once() -> None:
    assert load_builtin() is load_builtin()
    assert load_builtin()["CL010"] is load_builtin()["CL010"]


def test_every_list_says_where_it_comes_from() -> None:
    origins = builtin_origins()
    assert set(origins) == set(load_builtin().numbers())
    assert set(origins.values()) == {"published", "selection", "schema", "layouts", "by hand"}
