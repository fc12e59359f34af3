"""The pages of the programme: told to the trusted circle alone, sound in every language, pictures equal to words."""

from __future__ import annotations

import datetime as dt
import re
import time
from functools import cache
from typing import Any
from urllib.parse import unquote

import pytest

from douane.applications.programme.handlers.telling import _roadmap
from douane.applications.programme.messages.telling import ProjectQuery, RoadmapQuery, SpecificationQuery
from douane.applications.programme.screens import project, road, specification
from douane.applications.programme.screens.naming import named_in, project_at
from douane.author import NotAuthorised, NotFound
from douane.author.pages import COMPLETE, Frame, Given, Library, Page, Words
from douane.pages.drawing import draw
from douane.pages.tests.linting import faults, parsed
from douane.testing.office import Office, administration, officer, third_country, trader

TODAY = dt.date(2026, 11, 27)
OFFICE = Office("EU", "FR")
FR = administration("FR")


@cache
def told(question: Any) -> Any:
    """The answer to an insider."""
    return OFFICE.ask(question, by=FR)


THE_ROAD, EXPORT = RoadmapQuery(), ProjectQuery("Export")


def given(language: str = "en", **query: str) -> Given:
    return Given(Words(language), Library(), query=query, explained_at="/explore/{kind}/{name}")


def drawn(page: Page, language: str = "en") -> str:
    return draw(page, Frame("Desk", "/", "/programme"), Words(language))


@pytest.mark.parametrize("question", [THE_ROAD, EXPORT, SpecificationQuery("transit.departure")], ids=type)
def test_only_the_trusted_circle_is_told_of_the_programme(question: object) -> None:
    for stranger in (trader("FR1"), third_country("CH")):
        with pytest.raises(NotAuthorised):
            OFFICE.ask(question, by=stranger)
    for insider in (FR, officer("fr.officer", "FR"), administration("EU")):
        assert OFFICE.ask(question, by=insider)


@pytest.mark.parametrize("language", [*COMPLETE, "el"])
def test_every_page_is_sound_in_every_language(language: str) -> None:
    late = ProjectQuery("Import", dt.date(2028, 6, 1))
    pages = [
        road.road(told(THE_ROAD), given(language)), road.covered(told(THE_ROAD), given(language)),
        project.shown(told(EXPORT), given(language)), project.shown(told(ProjectQuery("CCN/CSI")), given(language)),
        project.shown(told(late), given(language, slip_to="2028-06-01")),
        project.shown(told(ProjectQuery("Import")), given(language, slip_to="soon")),
        specification.shown(told(SpecificationQuery("transit.departure")), given(language)),
        specification.shown(told(SpecificationQuery("export.exit")), given(language)),
    ]  # fmt: skip
    for page in pages:
        assert faults(drawn(page, language)) == [], page.title


@pytest.mark.parametrize(
    ("language", "order", "gates"),
    [("en", "That is no estimate of effort", "nobody has stated a business case by that"),
     ("de", "Das ist keine Schätzung des Aufwands", "Damit hat niemand eine Wirtschaftlichkeitsrechnung vorgelegt"),
     ("fr", "Ce n'est pas une estimation de l'effort", "personne n'a présenté d'analyse pour autant")],
)  # fmt: skip
def test_scores_and_gates_say_what_they_are_not(language: str, order: str, gates: str) -> None:
    assert order in parsed(drawn(road.road(told(THE_ROAD), given(language)), language)).text_content()
    page = parsed(drawn(project.shown(told(EXPORT), given(language)), language))
    assert gates in page.text_content()
    assert page.xpath("//section//a[@href='/programme/cases']"), "where a business case is read, and how one begins"


def test_the_picture_of_the_plan_says_what_its_words_say() -> None:
    page = parsed(drawn(road.road(told(THE_ROAD), given())))
    (figure,) = page.xpath("//figure")
    bars = [each.text_content() for each in figure.xpath(".//*[local-name()='svg']//*[local-name()='title']")]
    words = [each.text_content().strip() for each in page.xpath("//figure//li | //details//li")]
    assert bars
    assert bars == words
    planned = {each.name for each in told(THE_ROAD).projects if each.opens is not None}
    assert {each.partition(":")[0] for each in words} == planned


def test_the_road_shows_each_place_with_its_sentence_and_each_project_with_its_article() -> None:
    answer = told(THE_ROAD)
    text = parsed(drawn(road.road(answer, given()))).text_content()
    assert all(Words().dated(each.because) in text for each in answer.order)
    assert "UCC art. 278(3)" in text
    assert len(answer.order) < len(answer.projects), "what is built is not planned again"


def test_a_slip_is_told_beside_its_project_and_a_day_too_early_is_refused() -> None:
    found = told(ProjectQuery("Import", dt.date(2028, 6, 1)))
    text = drawn(project.shown(found, given(slip_to="2028-06-01")))
    assert "CCI" in {each.project for each in found.delayed}
    assert f"{len(found.delayed)} projects are held up." in text
    early = told(ProjectQuery("Import", dt.date(2026, 12, 1)))
    assert early.delayed == ()
    assert "not later than" in drawn(project.shown(early, given(slip_to="2026-12-01")))


@pytest.mark.parametrize("language", ["fr", "de"])
def test_every_reason_is_translated_and_no_day_stands_as_programs_write_it(language: str) -> None:
    words, answer = Words(language), told(THE_ROAD)
    projects = [told(ProjectQuery(each.name)) for each in answer.projects]
    reasons = [each.because for each in answer.order if each.because]
    reasons += [each.because for project in projects for each in project.gates]
    reasons += [each.reason for project in projects for each in project.scores if each.by == "derived from the model"]
    assert len(reasons) > 50
    assert {each for each in reasons if 'lang="en"' in words.reason(each)} == set()
    pages = [road.road(answer, given(language)), *(project.shown(each, given(language)) for each in projects)]
    days = [re.findall(r"20\d\d-\d\d-\d\d", parsed(drawn(each, language)).text_content()) for each in pages]
    assert not any(days)


def test_what_nobody_declared_is_not_found() -> None:
    for question in (ProjectQuery("zebra"), SpecificationQuery("zebra")):
        with pytest.raises(NotFound):
            OFFICE.ask(question, by=FR)


def test_every_project_is_found_again_by_the_address_of_its_page() -> None:
    for each in told(THE_ROAD).projects:
        assert named_in(unquote(project_at(each.name).rpartition("/")[2])) == each.name


def test_a_road_is_drawn_in_the_time_of_a_page() -> None:
    _roadmap.cache_clear()
    begun = time.process_time()
    drawn(road.road(_roadmap(TODAY), given()))
    assert time.process_time() - begun < 1.0, "150 ms is the aim; a busy machine counts more"
