"""The roll-out as a page: plan and fact beside each other, sound in every language, and as a calendar."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import pytest

from douane.applications.programme.contract.roll_out import STEPS
from douane.applications.programme.messages.steps import PlannedStep, RollOut, RollOutLine
from douane.channels.browser.visits import Answer, Site, Visit
from douane.pages.blocks import Frame, Page
from douane.pages.drawing import draw
from douane.pages.languages import COMPLETE, Words
from douane.pages.tests.linting import faults, parsed
from douane.portal.roll_out import PATH, roll_out_views
from douane.reference_architecture.landscape import Column, Duplicate, Function, Held, Holding
from douane.shared_services.web.answers import Response

ANSWER = RollOut(
    tuple(
        RollOutLine(each.administration, each.service, (PlannedStep(each.stage, each.day, each.of, each.said_done),))
        for each in STEPS
    )
)


class Given:
    def functions(self) -> Sequence[Function]:
        return ()

    def columns(self) -> Sequence[Column]:
        return (Column("FR", {"transit": Holding(Held.CENTRAL, operations=25, volume=7)}),)

    def duplicates(self) -> Sequence[Duplicate]:
        return ()

    def today(self) -> dt.date:
        return dt.date(2026, 11, 27)


class Asked(Visit):
    """Somebody whose question is answered."""

    async def ask(self, operation: str, /, **content: object) -> Any:
        assert operation == "programme.roll_out"
        return ANSWER


def asked(query: dict[str, str], language: str = "en") -> Answer:
    (view,) = roll_out_views(Given(), "programme.roll_out")
    site = Site("desk", lambda words: words.plain("Officer's desk"), (view,))

    async def show() -> Answer:
        return await view.show(Asked(site, Words(language), None, "", PATH, query=query))

    return asyncio.run(show())


def drawn(query: dict[str, str], language: str = "en") -> str:
    found = asked(query, language)
    assert isinstance(found, Page)
    return draw(found, Frame("Desk", "/", PATH), Words(language))


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
@pytest.mark.parametrize("of", ["", "FR", "nonsense"])
def test_the_page_is_sound_in_every_language(language: str, of: str) -> None:
    assert faults(drawn({"of": of}, language)) == []


@pytest.mark.parametrize("language", COMPLETE)
def test_no_day_stands_there_as_programs_write_it_and_no_reason_stays_english(language: str) -> None:
    page = parsed(drawn({}, language))
    assert re.findall(r"20\d\d-\d\d-\d\d", page.text_content()) == []
    assert [each.text_content() for each in page.xpath("//section//small//span[@lang='en']")] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "does not tell legacy, phase 5, wrapped and service apart"),
     ("de", "unterscheidet nicht zwischen Altsystem"), ("fr", "ne distingue pas système ancien")],
)  # fmt: skip
def test_the_page_says_what_a_live_edge_does_not_tell(language: str, said: str) -> None:
    assert said in parsed(drawn({}, language)).text_content()


def test_each_step_says_what_is_seen_of_it() -> None:
    rows = parsed(drawn({})).xpath("//section//table/tbody/tr")
    assert len(rows) == len(STEPS)
    said = {(cells[0], cells[2]): cells[4] for cells in ([" ".join(c.itertext()) for c in row] for row in rows)}
    assert said["FR", "central"].startswith("done")
    assert said["FR", "window closes"].startswith("not done")
    assert said["IT", "service"] == "late Nothing is known of IT here."
    held = [
        " ".join(row.itertext())
        for row in rows
        if "IT: central of risk_analysis on Thu 1 Oct 2026" in row.text_content()
    ]
    assert len(held) == 1, "the late service holds up who would use it"


def test_the_picture_says_what_its_words_say() -> None:
    page = parsed(drawn({}))
    bars = [each.text_content() for each in page.xpath("//figure//*[local-name()='svg']//*[local-name()='title']")]
    assert bars == [each.text_content().strip() for each in page.xpath("//figure//li | //details//li")]
    assert len(bars) == len({(each.administration, each.service) for each in STEPS})


def test_the_plan_is_there_for_calendars() -> None:
    found = asked({"format": "ics"})
    assert isinstance(found, Response)
    assert found.body.count(b"BEGIN:VEVENT") == len(STEPS)
