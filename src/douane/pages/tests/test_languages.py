"""What pages say is translated whole into French and German, once, and never in pieces."""

from __future__ import annotations

import datetime as dt
import re
from importlib import resources
from typing import Final

import pytest

from douane.pages.catalogue import catalogue, read_catalogue, terms
from douane.pages.languages import COMPLETE, Words, preferred
from douane.pages.tests.texts import texts
from douane.vocabulary.errors import DeclarationFault

PLACES = re.compile(r"%\((\w+)\)s")
TRANSLATED = tuple(each for each in COMPLETE if each != "en")


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_is_translated_and_every_translation_is_said(language: str) -> None:
    known = set(catalogue(language))
    assert texts() - known == set()
    said = {text for _, text in texts()}
    stale = {key for key in known - texts() if key[0] != "model" and key[1] not in said}
    assert stale - _model_words(language) == set()


def _model_words(language: str) -> set[tuple[str, str]]:
    """States and steps that the model names and the catalogue knows: those under the heading ``# of the model``."""
    text = catalogue_text(language).split("# --- of the model")[-1]
    return set(read_catalogue("#" + text, language))


def catalogue_text(language: str) -> str:
    return resources.files("douane.pages").joinpath("locale", f"{language}.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_the_places_of_values(language: str) -> None:
    wrong = [
        key for key, forms in catalogue(language).items() for form in forms
        if set(PLACES.findall(form)) - {"number"} != set(PLACES.findall(key[1])) - {"number"}
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("language", COMPLETE)
def test_every_term_has_its_word_and_its_article(language: str) -> None:
    assert [name for name, term in terms().items() if not term.words.get(language) or not term.article] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_word_of_the_law_stands_in_the_term_base_alone(language: str) -> None:
    assert {text for _, text in catalogue(language)} & set(terms()) == set()


def test_a_text_is_said_with_its_values_escaped() -> None:
    assert Words("de").say("%(door)s lets in: %(kinds)s.", door="<b>", kinds="x") == "&lt;b&gt; lässt ein: x."
    assert Words("mt").say("Find") == "Find", "the page as a whole is marked as English"


def test_what_is_not_translated_is_marked_as_english() -> None:
    assert Words("fr").model("A step that nobody translated") == '<span lang="en">A step that nobody translated</span>'
    assert Words("en").model("A step that nobody translated") == "A step that nobody translated"


def test_days_and_numbers_follow_the_language() -> None:
    day = dt.date(2026, 11, 27)
    assert [Words(each).day(day) for each in COMPLETE] == ["Fri 27 Nov 2026", "ven. 27 nov. 2026", "Fr 27 Nov 2026"]
    problems = "There is a problem", "There are %(number)s problems"
    assert Words("fr").count(*problems, 0) == "Il y a un problème"
    assert Words("de").count(*problems, 2) == "Es gibt 2 Probleme"
    assert Words("en").count(*problems, 1) == "There is a problem"


@pytest.mark.parametrize(
    ("text", "french"),
    [
        ("ICS2 before CCI because both score 15 and its deadline is earlier: 2025-12-31 (UCC art. 278(3)).",
         ("ICS2 avant CCI, parce que tous deux obtiennent 15 points et que son échéance est antérieure : "
          "mer. 31 déc. 2025 (UCC art. 278(3)).")),
        ("Import before CCI because it scores 9 and the other 7: business case 3 against 1; dependencies 4 against 2.",
         ("Import avant CCI, parce qu'il obtient 9 points et l'autre 7 : analyse de rentabilité 3 contre 1 ; "
          "dépendances 4 contre 2.")),
        ("It is said to be done. 2 operations are served. The live edge says central of FR.",
         "On dit que c'est fait. 2 opérations sont servies. Le lien vivant dit : central de FR."),
        ("DE: own of transit on 2026-06-01", "DE : propre de transit, le lun. 1 juin 2026"),
        ("A reason of a person, of 2026-06-01; so it is.",
         '<span lang="en">A reason of a person, of lun. 1 juin 2026; so it is.</span>'),
        ("<b> before 2026-06-01", '<span lang="en">&lt;b&gt; before lun. 1 juin 2026</span>'),
        ("", ""),
    ],
)  # fmt: skip
def test_a_computed_sentence_is_said_in_the_language_of_its_reader_with_its_days(text: str, french: str) -> None:
    assert str(Words("fr").reason(text)).replace("&#39;", "'") == french


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-11-27", "Fri 27 Nov 2026"), ("2026-11-27T08:00:05.25Z", "Fri 27 Nov 2026, 08:00:05"),
        ("from 2026-11-27 to 2026-11-28.", "from Fri 27 Nov 2026 to Sat 28 Nov 2026."),
        *((each, each) for each in ("2026-99-99", "A-2026-11-27", "2026-11-27-1", "12026-11-27", "2026-11-27T8", "")),
    ],
)  # fmt: skip
def test_days_in_a_text_are_written_as_their_reader_writes_them_and_names_stay(text: str, read: str) -> None:
    assert Words("en").dated(text) == read


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "en"), ("de-AT,de;q=0.9", "de"), ("tlh, fr;q=0.5", "fr"), ("*", "en"), ("x" * 5000, "en"), ("MT", "mt")],
)
def test_the_browser_says_which_language_it_likes(header: str, language: str) -> None:
    assert preferred(header) == language


@pytest.mark.parametrize("text", ['msgid "a', "hello", '"goes on"', 'msgid a"'])
def test_a_catalogue_of_another_form_is_refused_with_its_line(text: str) -> None:
    with pytest.raises((DeclarationFault, SyntaxError)):
        read_catalogue(text, "xx.po")


def test_a_catalogue_is_read_with_contexts_plurals_and_lines_that_go_on() -> None:
    text = """# head
msgid ""
msgstr "x"

msgctxt "day"
msgid "Mon"
msgstr "Mo"

msgid "a "
"b"
msgid_plural "c"
msgstr[0] "d"
msgstr[1] "e"

msgid "open"
msgstr ""
"""
    assert read_catalogue(text, "xx") == {("day", "Mon"): ("Mo",), ("", "a b"): ("d", "e")}


AT: Final = 1_795_907_700_000_000
"""2026-11-28 23:15 in UTC, a quarter past midnight of the next day in Paris."""


def test_clocks_are_those_of_the_reader() -> None:
    paris, lisbon = Words("en", "Europe/Paris"), Words("en", "Europe/Lisbon")
    assert paris.moment(AT) == "Sun 29 Nov 2026, 00:15"
    assert lisbon.moment(AT) == Words().moment(AT) == "Sat 28 Nov 2026, 23:15"
    assert paris.dated("It was kept 2026-11-28T23:15:00Z, by the list of 2026-11-28.") == (
        "It was kept Sun 29 Nov 2026, 00:15:00, by the list of Sat 28 Nov 2026."
    )


def test_a_period_that_ends_at_midnight_ends_with_its_last_day() -> None:
    midnight = AT - 15 * 60 * 1_000_000
    assert Words("en", "Europe/Paris").until(midnight) == "Sat 28 Nov 2026, 24:00"
    assert Words("en", "Europe/Lisbon").until(midnight) == "Sat 28 Nov 2026, 23:00"


def test_what_a_form_says_of_time_is_by_the_clock_of_its_page() -> None:
    assert Words("en", "Europe/Helsinki").read("2026-11-29T01:15") == dt.datetime(2026, 11, 28, 23, 15, tzinfo=dt.UTC)
    for wrong in ("", "9", "2026-11-29", "2026-02-30T10:00", "2026-11-29T01:15Z"):
        with pytest.raises(ValueError, match=r"time data|day is out of range|day \d+ must be|unconverted"):
            Words().read(wrong)
