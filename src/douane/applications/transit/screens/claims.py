"""What a guarantor finds of movements that were not discharged."""

from __future__ import annotations

from typing import Final

from douane.applications.transit.messages import ClaimLine, ClaimLines
from douane.author.pages import (
    Block,
    Button,
    Card,
    Column,
    Empty,
    Field,
    Form,
    Given,
    Link,
    Page,
    Ref,
    Row,
    Screen,
    Table,
    Text,
)

CLAIMS: Final = "/claims"


def claims(answer: ClaimLines, given: Given) -> Page:
    """What whoever visits was told as a guarantor, the latest first."""
    words, country = given.words, _country(given)
    following = None
    if answer.after:
        following = Link(words.plain("Next page"), f"{CLAIMS}?country={country}&after={answer.after}")
    shown: Block = Empty(words.say("No office of departure in %(country)s told you anything.", country=country))
    if answer.lines or following is not None:
        names = (words.plain("Told"), words.plain("Movement"), words.plain("Holder"), words.plain("Office"),
                 words.plain("What for"))  # fmt: skip
        rows = tuple(_row(each, given) for each in answer.lines)
        shown = Table(words.plain("Claims on you as guarantor"), tuple(map(Column, names)), rows, following=following)
    field = Field("country", words.plain("Departure in"), country, words.plain("Two letters."), short=True)
    ask = Form(CLAIMS, (Button(words.plain("Show these")),), (field,), method="get")
    text = words.say("Each stands here since the office told you (IE023). You answer by your own means, to the office.")
    return Page(words.plain("Claims on you as guarantor"),
                (Card("claims", words.plain("Claims"), (shown, Text(text))),
                 Card("ask", words.plain("Where?"), (ask,))))  # fmt: skip


def _row(each: ClaimLine, given: Given) -> Row:
    words = given.words
    return Row((words.moment(each.told_at), Ref(each.mrn), Ref(each.holder), Ref(each.office), words.model(each.text)))


def _country(given: Given) -> str:
    """The administration that is asked: the one that is named, else that of one's own number."""
    return (given.query.get("country", "").strip().upper() or given.country)[:2]


SCREENS: Final = (
    Screen(
        "transit.claims", CLAIMS, claims, "Claims",
        lambda given: {"country": _country(given), "after": given.query.get("after", "")}, place=4,
    ),
)  # fmt: skip
