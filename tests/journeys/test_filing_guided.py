"""Filling in with one thing on a page: the same draft, by smaller steps; back and a second window lose nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from douane.configuration.settings import PagesAt
from douane.pages.tests.linting import faults as lint
from tests.journeys.standing import GENEROUS, identity_in, standing
from tests.journeys.test_filing import Trader, copied, fields, turn
from tests.pages.union import Union
from tests.pages.visitor import Seen

MOST_PAGES = 25
"""Pages of a declaration of one item, by the bar of the portal."""


@pytest.fixture(scope="module")
def union(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Union]:
    folder = tmp_path_factory.mktemp("guided")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as node:
        made = Union(node)
        made.prepare()
        yield made


def prefers(anne: Trader, guided: str) -> None:
    """Choose how declarations are filled in."""
    page = anne.to("/preferences")
    anne.send(page, "/preferences", **{**fields(page), "guided": guided})


def hidden(seen: Seen) -> dict[str, str]:
    """What the form of a page carries along: which thing it is of, and what it saw there."""
    names = ("one", "stood", "turn")
    return {
        each: unescape(found[1]) for each in names
        if (found := re.search(rf'name="{each}" value="([^"]*)"', seen.body)) is not None
    }  # fmt: skip


def names_of(whole: Seen) -> list[str]:
    """The groups of which fields stand on a page, by their places; first what stands in none."""
    return ["", *dict.fromkeys(each.rpartition("/")[0] for each in fields(whole))]


def on(anne: Trader, seen: Seen, **values: str) -> Seen:
    """Send a page of one thing with everything that stands on it."""
    path = seen.url.removeprefix(anne.portal).partition("?")[0].partition("#")[0]
    said = fields(seen)
    for name, value in values.items():
        (found,) = [each for each in said if each.endswith(name.replace("__", "/"))]
        said[found] = value
    return anne.send(seen, path, **{**hidden(seen), "go": "on", **said})


def test_every_thing_of_a_declaration_has_a_page_of_its_own_and_they_lead_to_the_check(union: Union) -> None:
    anne = Trader(union)
    prefers(anne, "yes")
    assert fields(anne.to("/preferences"))["guided"] == "yes", "it is remembered"
    path = copied(anne, union)
    whole = {
        name for section in ("declaration", "parties", "route")
        for name in fields(anne.to(f"{path}/{section}?whole=yes"))
    }  # fmt: skip
    page, asked, pages = anne.to(f"{path}/declaration"), set[str](), 0
    while "/check" not in page.url:
        pages += 1
        assert pages < 60, page.url
        assert page.status == 200, page.text[:600]
        assert lint(page.body) == [], page.url
        own = set(fields(page))
        assert not own & asked or "/items" in page.url, "nothing is asked twice"
        asked |= own
        if 'name="go"' not in page.body:
            break
        page = on(anne, page)
    assert page.url.partition("?")[0].endswith("/check")
    assert whole <= asked, "all that the sections ask on one page is asked in parts"
    print(f"guided pages: {pages}")
    assert pages <= MOST_PAGES
    prefers(anne, "")


def test_what_is_wrong_is_told_on_the_page_of_its_thing(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    page = anne.to(f"{path}/declaration?one=TransitOperation")
    name = "TransitOperation/declarationType"
    wrong = on(anne, page, TransitOperation__declarationType="")
    assert wrong.status == 422
    assert "There is a problem" in wrong.text
    assert fields(wrong).keys() == fields(page).keys(), "no other thing is shown"
    assert lint(wrong.body) == []
    mended = on(anne, wrong, TransitOperation__declarationType="T1")
    assert mended.status == 200
    assert name not in fields(mended), "the next thing"


def test_the_page_before_and_a_second_window_lose_nothing(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    first = anne.to(f"{path}/parties?one=HolderOfTheTransitProcedure")
    second = on(anne, first)
    assert second.url != first.url
    third = on(anne, second)
    again = on(anne, first)  # the way back in the browser: the page as it was
    assert again.status == 200, "nobody changed what it asks, whatever was saved since"
    assert "changed" not in again.text
    assert turn(again) > turn(third)
    other = anne.to(first.url.removeprefix(anne.portal))
    (name,) = list(fields(other))[:1] or [""]
    on(anne, other, **{name.replace("/", "__"): "FR99999999900013"})
    stale = anne.send(first, path + "/parties", **{**hidden(first), "go": "on", **fields(first), name: "XX1"})
    assert stale.status == 422
    assert "The draft has changed" in stale.text
    assert fields(stale)[name] == "XX1", "what was typed stands there"


def test_what_is_to_be_mended_leads_to_the_page_of_its_thing(union: Union) -> None:
    anne = Trader(union)
    prefers(anne, "yes")
    path = copied(anne, union)
    on(anne, anne.to(f"{path}/declaration?one=TransitOperation"), TransitOperation__declarationType="")
    check = anne.to(f"{path}/check")
    (to,) = {each for each in re.findall(r'href="([^"]*faults=shown[^"]*)"', check.body) if "declarationType" in each}
    mend = anne.to(unescape(to).partition("#")[0])
    assert "TransitOperation/declarationType" in fields(mend)
    assert "There is a problem" in mend.text
    prefers(anne, "")


def test_a_group_is_added_and_taken_away_on_its_own_page(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    page = next(
        found for each in names_of(anne.to(f"{path}/route?whole=yes"))
        if 'CountryOfRoutingOfConsignment"' in (found := anne.to(f"{path}/route?one={each}")).body
    )  # fmt: skip
    (add,) = re.findall(r'name="add" value="([^"]*CountryOfRoutingOfConsignment)"', page.body)[:1]
    added = anne.send(page, f"{path}/route", **{**hidden(page), **fields(page), "add": add})
    assert f"one={add.replace('/', '%2F')}" in added.url or f"one={add}" in added.url, added.url
    assert any(each.startswith(add) for each in fields(added)), "it goes on at what was added"
    gone = re.findall(r'name="remove" value="([^"]*)"', added.body)[-1]
    taken = anne.send(added, f"{path}/route", **{**hidden(added), **fields(added), "remove": gone})
    assert taken.status == 200
    assert f'value="{gone}"' not in taken.body


def test_either_density_is_a_link_away_from_the_other(union: Union) -> None:
    anne = Trader(union)
    path = copied(anne, union)
    whole = anne.to(f"{path}/route")
    assert "One thing at a time" in whole.text
    part = anne.to(f"{path}/route?one=")
    assert "Part 1 of" in part.text
    assert "The whole section on one page" in part.text
    assert set(fields(part)) < set(fields(whole))
