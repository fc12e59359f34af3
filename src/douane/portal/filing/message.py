"""The page of a message of a case: what was said or told, in the words of its form, each code with its text."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import quote, urlencode

from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.needs import CASE_FILE, CASE_MESSAGE
from douane.model.routes import Opening
from douane.pages.blocks import Block, Card, Column, Details, Empty, Facts, Inline, Link, Page, Ref, Row, Table, Text
from douane.portal.filing.drafting import Drafting
from douane.portal.filing.receipts import RECEIPT, leaf_of
from douane.vocabulary.errors import NotFound

MESSAGE: Final = "/cases/{reference}/messages/{leaf}"
MOST: Final = 600
"""Lines of a message that are shown at most."""


def message_views(drafting: Drafting) -> tuple[View, ...]:
    """The page; none where no application tells of cases and shows their messages."""
    shown, read = drafting.asked(CASE_FILE), drafting.asked(CASE_MESSAGE)
    if not shown or not read:
        return ()

    async def message(visit: Visit) -> Answer:
        where = {"reference": visit.path["reference"], "country": visit.query.get("country", "")}
        file, leaf = await visit.ask(shown, **where), leaf_of(visit)
        told = next((each for each in file.messages if each.leaf == leaf and each.direction != "inside"), None)
        if told is None:
            raise NotFound("No message of yours is known under this number.", remedy="Look at the case.")
        said = await visit.ask(read, **{**where, "country": file.administration}, leaf=leaf)
        return _page(drafting, visit, file, told, said)

    return (View(page("GET", MESSAGE, Opening.OPERATION, read), message),)


def _page(drafting: Drafting, visit: Visit, file: Any, told: Any, said: Any) -> Page:
    words, reference = visit.words, file.line.reference
    query = f"?{urlencode({'country': file.administration})}"
    case = f"/cases/{quote(reference, safe='')}{query}"
    receipt = RECEIPT.replace("{reference}", quote(reference, safe="")).replace("{leaf}", str(told.leaf)) + query
    facts: tuple[tuple[str, Inline], ...] = (
        (words.plain("Case"), Ref(reference, case)),
        (words.plain("Received from") if told.direction == "in" else words.plain("Sent to"), Ref(told.party)),
        (words.plain("At"), words.moment(int(told.at.timestamp() * 1e6))),
        (words.plain("Message"), (Ref(told.message), " ", Ref(told.type))),
        *(((words.plain("by the delegate"), Ref(told.by)),) if told.by else ()),
    )
    blocks: list[Block] = []
    if told.faults or told.reasons:
        blocks.append(Card("why", words.plain("Why"), (_faults(drafting, visit, told),)))
    lines = drafting.said(told.type, said.text.encode())[:MOST]
    rows = tuple(Row((drafting.say(label, words), words.dated(value))) for label, value in lines)
    columns = (Column(words.plain("What it is about")), Column(words.plain("What it says")))
    shown: Block = Table(words.plain("What it says"), columns, rows, dense=True)
    if not rows:
        shown = Empty(words.say("Its text is not kept for reading any more."))
    blocks.append(Card("said", words.plain("What it says"), (shown,), Link(words.plain("Receipt"), receipt)))
    blocks.append(Card("facts", words.plain("The message"), (Facts(facts),)))
    if said.text:
        blocks.append(Details(words.plain("As it was sent"), (Text(Ref(said.text[:20_000])),)))
    title = words.model(drafting.library.titles.get(told.type, told.type))
    crumbs = (Link(words.plain("Cases"), "/cases"), Link(reference, case))
    return Page(title, tuple(blocks), Ref(reference), words.plain("Message"), crumbs=crumbs)


def _faults(drafting: Drafting, visit: Visit, told: Any) -> Table:
    """Each fault or reason at its place: what it means, and what stood there."""
    words = visit.words
    rows = []
    for each in (*told.faults, *told.reasons):
        known = drafting.library.rules.get(each.rule) or drafting.library.codes.get(each.code, "")
        what = each.remedy or known or drafting.meaning(told.type, each.pointer, each.code)
        rows.append(Row((Ref(each.pointer), words.model(what) if what else "–", each.found or "–",
                         Ref(each.rule or each.code))))  # fmt: skip
    columns = (words.plain("Where"), words.plain("What to do"), words.plain("What stood there"), words.plain("Rule"))
    return Table(words.plain("Why"), tuple(map(Column, columns)), tuple(rows))
