"""Business cases: of every central service the three ways with their costs, and whether the case stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from douane.applications.programme.messages.cases import BusinessCaseLine, BusinessCases, CostLine
from douane.applications.programme.screens.naming import CASES, HOME
from douane.applications.programme.screens.road import TITLE
from douane.author.pages import (
    Block,
    Bullets,
    Card,
    Column,
    Details,
    Empty,
    Given,
    Inline,
    Link,
    Note,
    Page,
    Row,
    Screen,
    Small,
    Table,
    Tag,
    Tone,
    Words,
)

_TONES: Final = {"positive": Tone.GOOD, "negative": Tone.BAD, "open": Tone.WAIT, "no case": Tone.WARN}


def shown(answer: BusinessCases, given: Given) -> Page:
    """Every case with its finding."""
    words = given.words
    wrong = sum(bool(each.finding) for each in answer.lines)
    lead = words.say(
        "%(services)s services, %(findings)s findings. A case is decided only where the ranges do not meet.",
        services=len(answer.lines), findings=wrong,
    )  # fmt: skip
    blocks: list[Block] = []
    if wrong:
        told = words.count("%(number)s central service has no case that stands.",
                           "%(number)s central services have no case that stands.", wrong)  # fmt: skip
        blocks.append(Note(words.plain("Finding"), told, Tone.WARN))
    title = words.plain("Business cases")
    table: Block = Empty(words.say("No service is central, and no case was stated."))
    if answer.lines:
        names = (words.plain("Service"), words.plain("Business case"), words.plain("Own systems"),
                 words.plain("One at the centre"), words.plain("Shared systems"), words.plain("Stated"))  # fmt: skip
        table = Table(title, tuple(map(Column, names)), tuple(_row(e, given) for e in answer.lines), dense=True)
    blocks.append(Card("cases", title, (table,), str(len(answer.lines))))
    blocks += _assumptions(answer, words)
    return Page(title, tuple(blocks), state=lead, crumbs=(Link(words.model(TITLE), HOME),))


def _row(each: BusinessCaseLine, given: Given) -> Row:
    words = given.words
    at = given.why(f"service:{each.service}")
    verdict: Inline = Tag(words.model(each.verdict), _TONES.get(each.verdict, Tone.WAIT))
    if each.finding:
        verdict = verdict, Small(words.model(each.finding))
    costs: list[Inline] = [_cost(cost, each, words) for cost in each.costs] or ["", "", ""]
    stated: Inline = (words.day(each.on), Small(words.model(each.by))) if each.on is not None else ""
    return Row((Link(each.service, at) if at else each.service, verdict, *costs, stated))


def _cost(cost: CostLine, each: BusinessCaseLine, words: Words) -> Inline:
    amounts = words.plain("%(least)s to %(most)s %(currency)s", least=f"{cost.least:,.0f}", most=f"{cost.most:,.0f}",
                          currency=each.currency)  # fmt: skip
    return amounts, Small(words.model(cost.way))


def _assumptions(answer: BusinessCases, words: Words) -> Iterator[Block]:
    for each in answer.lines:
        if each.assumptions:
            title = words.plain("What the case of %(service)s assumes, over %(years)s years", service=each.service,
                                years=each.years)  # fmt: skip
            yield Details(title, (Bullets(tuple(words.model(said) for said in each.assumptions)),))


SCREENS: Final = (Screen("programme.cases", CASES, shown, "", lambda _given: {}),)
"""The page of business cases."""
