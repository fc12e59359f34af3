"""Pages on which everybody checks numbers: EORI numbers, and VAT numbers of registered operators."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from douane.applications.eori.messages import EoriCheckAnswer, EoriVerdict, VatCheckAnswer
from douane.author.pages import (
    CHECKS,
    Button,
    Card,
    Column,
    Empty,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Module,
    Page,
    Ref,
    Row,
    Screen,
    Table,
    Tag,
    Tone,
    Words,
)

EORI: Final = "/checks/eori"
VAT: Final = "/checks/vat"
MOST: Final = 10
_BETWEEN: Final = re.compile(r"[\s,;]+")


def numbers(given: Given) -> list[str]:
    """The numbers that are asked for; at most as many as one question takes."""
    said = _BETWEEN.split(given.query.get("numbers", "").strip())
    return [each[:35] for each in said if each][:MOST]


def eori(answer: EoriCheckAnswer | None, given: Given) -> Page:
    """Which of some EORI numbers are valid."""
    words = given.words
    said = " ".join(numbers(given))
    hint = words.plain("Up to ten, with a space between them.")
    form = Form(
        EORI, (Button(words.plain("Check")),), (Field("numbers", words.plain("EORI numbers"), said, hint),),
        method="get",
    )  # fmt: skip
    blocks = [Card("ask", words.plain("Which numbers?"), (form,))]
    if answer is not None:
        rows = tuple(_verdict(each, given) for each in answer.verdicts.result)
        names = (words.plain("EORI number"), words.plain("State"), words.plain("Name"), words.plain("Address"))
        table = Table(words.plain("EORI numbers"), tuple(map(Column, names)), rows)
        blocks.append(
            Card("answer", words.say("As of %(day)s", day=_day(answer.verdicts.request_date, words)), (table,))
        )
    return Page(words.plain("Check EORI numbers"), tuple(blocks), acts=CHECKS.links(given, EORI))


def _day(date: str, words: Words) -> str:
    """The day of an answer (dd/mm/yyyy) as pages write days; as it came where it is none."""
    try:
        day, month, year = map(int, date.split("/"))
        return words.day(dt.date(year, month, day))
    except ValueError:
        return date


def _verdict(each: EoriVerdict, given: Given) -> Row:
    words = given.words
    state = Tag(words.plain("valid"), Tone.GOOD) if each.status == 0 else Tag(words.plain("not valid"), Tone.BAD)
    address: Inline = ", ".join(filter(None, (each.street, each.postal_code, each.city, each.country)))
    kept = words.plain("not published") if each.status == 0 else ""
    return Row((Ref(each.eori), state, each.name or kept, address or kept))


def vat(answer: VatCheckAnswer | None, given: Given) -> Page:
    """Whether a VAT number is one of a registered operator."""
    words, query = given.words, given.query
    form = Form(
        VAT, (Button(words.plain("Check")),),
        (
            Field("country", words.plain("Country"), query.get("country", "")[:2], words.plain("Two letters."),
                  short=True),
            Field("number", words.plain("VAT number"), query.get("number", "")[:12],
                  words.plain("Without the letters of the country."), short=True),
        ),
        method="get",
    )  # fmt: skip
    blocks = [Card("ask", words.plain("Which number?"), (form,))]
    if answer is not None:
        state = Tag(words.plain("valid"), Tone.GOOD) if answer.valid else Tag(words.plain("not valid"), Tone.BAD)
        facts: list[tuple[str, Inline]] = [(words.plain("VAT number"), Ref(answer.country_code + answer.vat_number)),
                 (words.plain("State"), state)]  # fmt: skip
        facts += [(words.plain("Name"), answer.name)] if answer.name else []
        facts += [(words.plain("Address"), answer.address)] if answer.address else []
        blocks.append(Card("answer", words.say("As of %(day)s", day=words.day(answer.request_date)),
                           (Facts(tuple(facts)),)))  # fmt: skip
    elif query.get("number"):
        empty = Empty(words.say("This is no VAT number: two letters of a country, and two to twelve signs."))
        blocks.append(Card("answer", words.plain("Answer"), (empty,)))
    return Page(words.plain("Check a VAT number"), tuple(blocks), acts=CHECKS.links(given, VAT))


def _vat_question(given: Given) -> dict[str, object]:
    number = given.query.get("number", "").strip()
    country = given.query.get("country", "").strip().upper()
    return {"countryCode": country[:2], "vatNumber": number[:12]} if number else {}


SCREENS: Final = (
    Screen("eori.validate", EORI, eori, "Checks", lambda given: {"eori": found} if (found := numbers(given)) else {},
           place=2, asks=True),
    Screen("eori.check_vat", VAT, vat, "", _vat_question, asks=True),
)  # fmt: skip
"""The pages of checks of numbers."""

MODULE: Final = Module("eori", "EORI numbers", pages=(("Check EORI numbers", EORI), ("Check a VAT number", VAT)))
"""The module of numbers of operators."""
