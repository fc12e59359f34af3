"""Maintenance in the console: which services rest, for whom and until when; begin one, end one, and what is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from douane.channels.browser.visits import Answer, Redirect, Visit
from douane.model.circles import Circle
from douane.pages.blocks import Block, Button, Card, Empty, Facts, Field, Form, Inline, Option, Page, Tag, Text, Tone
from douane.pages.languages import LANGUAGES, Words
from douane.portal.deeds import doer_of, reason_fault
from douane.portal.watched import Node, Rest
from douane.vocabulary.errors import BadRequest, DouaneError

BEGIN, END = "maintenance.begin", "maintenance.end"
AT: Final = "/maintenance"
MINUTES: Final = 30
LONGEST: Final = 31 * 1440
"""Minutes for which a rest may be said to last."""


async def _show(node: Node, visit: Visit) -> Answer:
    return await _page(node, visit)


async def _page(node: Node, visit: Visit, problem: str = "") -> Page:
    words, resting = visit.words, await node.resting()
    text = words.say(
        "While a service rests, what is sent to it is refused with the time to come again; what lies in queues and "
        "folders waits there. What was accepted goes on, and inboxes can be read."
    )
    cards: list[Block] = [_card(node, each, words) for each in resting]
    if not resting:
        cards = [Empty(words.say("Nothing rests for maintenance."))]
    begin = _begin(node, visit, problem)
    return Page(words.plain("Maintenance"), (Text(text), *cards, begin), faulty=bool(problem))


def _card(node: Node, each: Rest, words: Words) -> Card:
    until: Inline = words.moment(each.until)
    if each.late:
        until = (until, " ", Tag(words.plain("longer than was said"), Tone.BAD))
    told = tuple((LANGUAGES.get(language, language), text) for language, text in each.notices)
    facts = Facts((
        (words.plain("For"), _circle(each.circle, words)), (words.plain("From"), words.moment(each.begun)),
        (words.plain("Until"), until), (words.plain("Why"), f"{each.by}: {each.reason}"), *told,
    ))  # fmt: skip
    field = Field("reason", words.plain("Reason"), rows=2, hint=words.plain("Why; it is kept with the act."))
    hidden = {"act": node.new_act(), "on": each.name, "deed": END}
    mark = "".join(letter for letter in each.name if letter.isalnum())
    form = Form(AT, (Button(words.plain("End it"), look="btn second"),), (field,), hidden, mark=mark)
    return Card(f"rest-{mark}", words.model(each.title), (facts, form))


def _circle(circle: str, words: Words) -> str:
    named = {Circle.UNTRUSTED.value: words.plain("traders and others outside"),
             Circle.TRUSTED.value: words.plain("administrations")}  # fmt: skip
    return named.get(circle, words.plain("everybody"))


def _begin(node: Node, visit: Visit, problem: str) -> Form:
    words, said = visit.words, visit.form if problem else {}
    services = tuple(Option(name, str(words.plain(title) if words.knows(title) else title))
                     for name, title in node.services())  # fmt: skip
    circles = tuple(Option(each, _circle(each, words)) for each in ("", Circle.UNTRUSTED.value, Circle.TRUSTED.value))
    fields = (
        Field("service", words.plain("Service"), said.get("service", ""), options=services),
        Field("circle", words.plain("For"), said.get("circle", ""), options=circles),
        Field("minutes", words.plain("Minutes"), said.get("minutes", str(MINUTES)), short=True),
        Field("reason", words.plain("Reason"), said.get("reason", ""), rows=2,
              hint=words.plain("Why; it is kept with the act.")),
    )  # fmt: skip
    return Form(AT, (Button(words.plain("Let it rest"), look="btn danger"),), fields,
                {"act": node.new_act(), "deed": BEGIN}, title=words.plain("Let a service rest"),
                problems=(problem,) if problem else ())  # fmt: skip


async def _act(node: Node, visit: Visit) -> Answer:
    words, form = visit.words, visit.form
    if fault := reason_fault(visit):
        return await _page(node, visit, fault)
    deed, on = form.get("deed", ""), form.get("on", "")
    if deed not in (BEGIN, END):
        raise BadRequest("There is no such act.", remedy="Use a button of the page.")
    if deed == BEGIN:
        minutes = form.get("minutes", "").strip()
        if not (minutes.isascii() and minutes.isdecimal() and len(minutes) < 6 and 0 < int(minutes) <= LONGEST):
            return await _page(node, visit, words.plain("Say for how many minutes, 31 days at most."))
        on = node.rest_asked(form.get("service", "")[:80], form.get("circle", "")[:20], int(minutes))
    reason = form.get("reason", "").strip()
    try:
        await node.have_done(deed, on, id=form.get("act", ""), reason=reason, doer=doer_of(visit))
    except DouaneError as problem:
        return await _page(node, visit, problem.text)
    return Redirect(AT)


RESTING: Final[tuple[tuple[str, str, Callable[[Node, Visit], Awaitable[Answer]]], ...]] = (
    ("GET", AT, _show), ("POST", AT, _act),
)  # fmt: skip
