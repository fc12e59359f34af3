"""What whoever visits may do here and what not, before he tries: rule, what is missing, and who could grant it.

It is asked of the gate that judges each call, operation by operation; nothing about rights is known here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.declare import Operation
from douane.pages.blocks import Block, Bullets, Card, Column, Details, Empty, Inline, Page, Row, Small, Table, Text
from douane.pages.languages import Words

PATH: Final = "/rights"


async def _rights(visit: Visit) -> Answer:
    words = visit.words
    door = visit.site.door
    assert door is not None
    there = [each for each in door.catalogue.operations.values() if visit.offers(each.qualified)]
    allowed: list[Operation] = []
    lacking: dict[tuple[str, str], list[Operation]] = defaultdict(list)
    for each in sorted(there, key=lambda one: one.qualified):
        refusal = visit.refusal(each.qualified)
        if refusal is None:
            allowed.append(each)
        else:
            _, missing, grants = refusal.why or ("", refusal.text, refusal.remedy)
            lacking[missing, grants].append(each)
    text = words.say(
        "It is asked of the same gate that judges each act, as your rights are at this moment. In a case you see and"
        " do less: what it lets you do stands on its page. A delegation for named cases or operations narrows this "
        "further."
    )
    blocks: list[Block] = [Text(text), _not_open(lacking, words)]
    services = sorted({each.service for each in allowed})
    told = tuple(
        Details(words.model(door.catalogue.services[name].title),
                (_listed((each for each in allowed if each.service == name), words),))
        for name in services
    )  # fmt: skip
    shown: tuple[Block, ...] = told or (Empty(words.say("No operation is open to you here.")),)
    return Page(words.plain("What you may do"), (*blocks, Card("may", words.plain("Open to you"), shown)))


def _not_open(lacking: dict[tuple[str, str], list[Operation]], words: Words) -> Card:
    """What is not, by what is missing."""
    title = words.plain("Not open to you")
    if not lacking:
        return Card("lacking", title, (Empty(words.say("Nothing of what your circle has here is closed to you.")),))
    columns = (
        Column(words.plain("What is missing")), Column(words.plain("It would let you")),
        Column(words.plain("Who could grant it")),
    )  # fmt: skip
    rows = tuple(
        Row((words.model(missing), _named(several, words), words.model(grants)))
        for (missing, grants), several in sorted(lacking.items())
    )
    return Card("lacking", title, (Table(title, columns, rows),))


def _named(several: Iterable[Operation], words: Words) -> Inline:
    """Operations by their titles; each of several in a line of its own."""
    named = [(words.model(each.title), " ", Small(f"({each.qualified})")) for each in several]
    return named[0] if len(named) == 1 else tuple(Small(each) for each in named)


def _listed(several: Iterable[Operation], words: Words) -> Bullets:
    return Bullets(tuple(_named((each,), words) for each in several))


RIGHTS: Final = View(page("GET", PATH), _rights)
