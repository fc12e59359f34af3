"""The landscape as a page: every cell in words, in every language, with its table for spreadsheets."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import io
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from douane.channels.browser.visits import Answer, Site, Visit
from douane.pages.blocks import Frame, Page
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.tests.linting import faults, parsed
from douane.portal.landscape import GROUP, PATH, landscape_views
from douane.reference_architecture.landscape import Column, Duplicate, Function, Held, Holding
from douane.shared_services.web.answers import Response

FUNCTIONS = (
    Function("transit", "Transit", "customs transit", 25, "gold", frozenset(), frozenset()),
    Function("eori", "<b>Operators</b>", "", 4, "silver", frozenset(), frozenset()),
)
COLUMNS = (
    Column("FR", {"transit": Holding(Held.CENTRAL, operations=25, volume=7, level="gold")}, live=True),
    Column("BE", {"transit": Holding(Held.OWN, operations=1, volume=4_400_000), "eori": Holding(Held.SHARED, "FR")},
           dt.date(2026, 11, 20)),
    Column("IT", {"transit": Holding(Held.MARKET), "eori": Holding(Held.PLANNED, planned=dt.date(2027, 1, 1))},
           dt.date(2026, 3, 2)),
    Column("=NL", {"transit": Holding(Held.NONE)}, dt.date(2026, 11, 1)),
)  # fmt: skip


MANY = GROUP.join(("4", "400", "000")) + " messages"


class Given:
    def functions(self) -> Sequence[Function]:
        return FUNCTIONS

    def columns(self) -> Sequence[Column]:
        return COLUMNS

    def duplicates(self) -> Sequence[Duplicate]:
        return (Duplicate("eori.check", "eori.validate", 9, 10),)

    def today(self) -> dt.date:
        return dt.date(2026, 11, 27)


def asked(query: dict[str, str], language: str = "en") -> Answer:
    (view,) = landscape_views(Given(), "architecture.show")
    site = Site("desk", lambda words: words.plain("Officer's desk"), (view,))

    async def show() -> Answer:
        return await view.show(Visit(site, Words(language), None, "", PATH, query=query))

    return asyncio.run(show())


def drawn(query: dict[str, str], language: str = "en") -> str:
    found = asked(query, language)
    assert isinstance(found, Page)
    return draw(found, Frame("Desk", "/", PATH), Words(language))


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
@pytest.mark.parametrize("held", ["", "own", "none", "nonsense"])
def test_the_page_is_sound_in_every_language(language: str, held: str) -> None:
    assert faults(drawn({"held": held}, language)) == []


def test_every_cell_says_whose_system_it_is() -> None:
    page = parsed(drawn({}))
    table = page.xpath("//table[contains(@class, 'grid')]")[0]
    heads = [" ".join(each.itertext()) for each in table.xpath(".//thead//th")]
    assert heads[1:3] == ["FR live", "BE snapshot 0 of Fri 20 Nov 2026"]
    rows = {row.xpath("./th//a")[0].text_content(): row for row in table.xpath("./tbody/tr")}
    cells = [" ".join(each.itertext()) for each in rows["Transit"].xpath("./td")]
    assert cells == [
        "Central 25 operations · 7 messages · gold",
        "Own 1 operation · 4\N{NARROW NO-BREAK SPACE}400\N{NARROW NO-BREAK SPACE}000 messages",
        "Market",
        "None",
        "3",
    ]
    cells = [" ".join(each.itertext()) for each in rows["<b>Operators</b>"].xpath("./td")]
    assert cells == ["", "Shared of FR", "Planned Fri 1 Jan 2027", "", "1"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "wholly alike compares it with itself"), ("de", "Ganz gleich vergleicht es mit sich selbst"),
     ("fr", "tout à fait semblable le compare à lui-même")],
)  # fmt: skip
def test_what_could_be_shared_says_what_alike_compares(language: str, said: str) -> None:
    assert said in parsed(drawn({}, language)).text_content()


def test_a_kind_narrows_the_table_and_findings_stand_beside() -> None:
    text = drawn({"held": "shared"})
    assert ">Transit<" not in text.partition("What could be shared")[0]
    assert "share 9 of 10 data elements" in text
    assert "The snapshot of IT is 270 days old." in text
    assert "The snapshot of BE" not in text


def test_the_table_is_there_for_spreadsheets_and_holds_no_formula() -> None:
    found = asked({"format": "csv"})
    assert isinstance(found, Response)
    rows = list(csv.DictReader(io.StringIO(found.body.decode())))
    assert len(rows) == 6
    assert rows[0] == {
        "function": "transit", "administration": "FR", "held": "central", "of": "", "operations": "25", "volume": "7",
        "level": "gold", "planned": "", "live": "yes", "taken": "",
    }  # fmt: skip
    assert rows[3]["administration"] == "'=NL"


class Counting(Visit):
    """A visit of somebody whom the node tells how many interfaces live."""

    def offers(self, operation: str) -> bool:
        return operation == "architecture.interfaces"

    async def ask(self, operation: str, /, **content: Any) -> Any:
        del operation, content
        line = SimpleNamespace(service="final_data", title="Final <b>data</b>", administrations=("BE", "FR", "IT"),
                               common=4, each_with_each=6)  # fmt: skip
        together = SimpleNamespace(service="", title="", administrations=line.administrations, common=4,
                                   each_with_each=6)  # fmt: skip
        return SimpleNamespace(since=dt.datetime(2026, 11, 20, tzinfo=dt.UTC), lines=(together, line))


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
def test_interfaces_that_live_stand_beside_what_could_be_shared(language: str) -> None:
    (view,) = landscape_views(Given(), "architecture.show", edges="architecture.interfaces")
    site = Site("desk", lambda words: words.plain("Officer's desk"), (view,))

    async def show(query: dict[str, str]) -> Answer:
        return await view.show(Counting(site, Words(language), None, "", PATH, query=query))

    found = asyncio.run(show({}))
    assert isinstance(found, Page)
    page = draw(found, Frame("Desk", "/", PATH), Words(language))
    assert faults(page) == []
    rows = parsed(page).xpath("//section[@aria-labelledby='h-interfaces']//tbody/tr")
    assert [[cell.text_content().strip() for cell in row.xpath("./*")][1:] for row in rows] == [["3", "4", "6"]] * 2
    past = asyncio.run(show({"on": "2026-11-21"}))
    assert isinstance(past, Page)
    assert "h-interfaces" not in draw(past, Frame("Desk", "/", PATH), Words("en")), "what lives is of now"


class Moved(Visit):
    """A visit of somebody who is told where services are offered."""

    def offers(self, operation: str) -> bool:
        return operation == "provision.platforms"

    async def ask(self, operation: str, /, **content: Any) -> Any:
        del operation, content
        move = SimpleNamespace(of="transit", leaves="ccn_csi", enters="ccn2", since=1_795_000_000_000_000, until=0,
                               decided_by="The <minister>", said_by="eu.<rossi>", role="service owner",
                               reason="Queues end")  # fmt: skip
        return SimpleNamespace(moves=(move,))


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
def test_services_that_moved_stand_in_the_landscape_of_today(language: str) -> None:
    (view,) = landscape_views(Given(), "architecture.show", moved="provision.platforms")
    site = Site("desk", lambda words: words.plain("Officer's desk"), (view,))

    def page(query: dict[str, str]) -> str:
        async def show() -> Answer:
            return await view.show(Moved(site, Words(language), None, "", PATH, query=query))

        found = asyncio.run(show())
        assert isinstance(found, Page)
        return draw(found, Frame("Desk", "/", PATH), Words(language))

    assert faults(page({})) == []
    (card,) = parsed(page({})).xpath("//*[@id='h-platforms']/ancestor::section")
    text = " ".join(card.text_content().split())
    assert "CCN/CSI" in text
    assert "eu.<rossi> (service owner)" in text
    assert "minister" not in text, "what somebody typed proves nothing"
    assert not parsed(page({"on": "2026-11-20"})).xpath("//*[@id='h-platforms']/ancestor::section"), (
        "of another day nobody keeps it"
    )
