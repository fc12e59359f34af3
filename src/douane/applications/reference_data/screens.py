"""A page on which everybody checks a customs office."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from douane.applications.reference_data.contract import load_builtin
from douane.applications.reference_data.messages import CodeView
from douane.pages.blocks import Button, Card, Empty, Facts, Field, Form, Inline, Page, Ref, Small
from douane.pages.screens import CHECKS, Given, Screen

OFFICE: Final = "/checks/office"
OFFICES: Final = "CL141"
ROLES: Final = "CL056"


def office(answer: CodeView | None, given: Given) -> Page:
    """What the list of customs offices says of one."""
    words, said = given.words, given.query.get("office", "")[:8]
    hint = words.plain("Eight signs: two letters of the country, then letters and digits.")
    form = Form(
        OFFICE, (Button(words.plain("Check")),), (Field("office", words.plain("Customs office"), said, hint,
                                                        short=True),), method="get",
    )  # fmt: skip
    blocks = [Card("ask", words.plain("Which office?"), (form,))]
    if answer is not None:
        blocks.append(Card("answer", words.plain("Answer"), (Facts(tuple(_facts(answer, given))),)))
    elif said:
        empty = Empty(words.say("No customs office has this number today."))
        blocks.append(Card("answer", words.plain("Answer"), (empty,)))
    return Page(words.plain("Check a customs office"), tuple(blocks), acts=CHECKS.links(given, OFFICE))


def _facts(answer: CodeView, given: Given) -> list[tuple[str, Inline]]:
    words = given.words
    known: dict[str, Any] = msgspec.json.decode(answer.facts) if answer.facts.startswith("{") else {}
    found: list[tuple[str, Inline]] = [(words.plain("Customs office"), Ref(answer.code))]
    name = known.get("description", "")
    found += [(words.plain("Name"), str(name))] if name else []
    roles = known.get("roles", ())
    found += [(words.plain("Roles"), tuple(_role(str(each), given) for each in roles))] if roles else []
    return [*found, (words.plain("Since"), words.day(answer.since))]


def _role(code: str, given: Given) -> Inline:
    """A role of an office in a line of its own, with what the published list of roles says of it."""
    listed = load_builtin()[ROLES].entry(code, given.today)
    meant = listed.description if listed is not None else ""
    return Small((Ref(code), " ", given.words.model(meant)) if meant else Ref(code))


SCREENS: Final = (
    Screen(
        "reference_data.look_up", OFFICE, office, "",
        lambda given: {"number": OFFICES, "code": said.upper()} if (said := given.query.get("office", "")[:8]) else {},
        asks=True,
    ),
)  # fmt: skip
"""The page of checks of offices."""
