"""The page on which everybody checks the number of an exporter."""

from __future__ import annotations

from typing import Final, assert_never

from douane.applications.rex.messages import RexPublished
from douane.author import Says
from douane.author.pages import (
    CHECKS,
    Button,
    Card,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Module,
    Page,
    Ref,
    Screen,
    Tag,
    Tone,
    marked,
    not_known,
)

CHECK: Final = "/checks/exporter"


def check(answer: RexPublished | None, given: Given) -> Page:
    """What is published of a number: its dates, and what its exporter agreed to."""
    words = given.words
    hint = words.plain("As it stands in a statement on origin.")
    field = Field(
        "number", words.plain("Number of the registered exporter"), given.query.get("number", "")[:35], hint
    )  # fmt: skip
    form = Form(CHECK, (Button(words.plain("Check")),), (field,), method="get")
    blocks = [Card("ask", words.plain("Which number?"), (form,))]
    if answer is not None:
        blocks.append(Card("answer", words.plain("Answer"), (_facts(answer, given),)))
    return Page(words.plain("Check a registered exporter"), tuple(blocks), acts=CHECKS.links(given, CHECK))


def _facts(answer: RexPublished, given: Given) -> Facts:
    words = given.words
    state: Inline
    match answer.known.says:
        case Says.YES if answer.revoked_on:
            state = Tag(words.plain("revoked"), Tone.BAD)
        case Says.YES:
            state = Tag(words.plain("registered"), Tone.GOOD)
        case Says.NO:
            state = Tag(words.plain("not registered"), Tone.BAD)
        case Says.NOT_KNOWN:
            state = not_known(answer.known, words)
        case never:
            assert_never(never)
    below = marked(answer.known, words)
    facts: list[tuple[str, Inline]] = [
        (words.plain("Number of the registered exporter"), Ref(answer.number)),
        (words.plain("State"), (state, below) if below else state),
    ]  # fmt: skip
    for name, day in ((words.plain("Registered on"), answer.registered_on),
                      (words.plain("Valid from"), answer.valid_from),
                      (words.plain("Revoked on"), answer.revoked_on)):  # fmt: skip
        facts += [(name, words.day(day))] if day else []
    for name, value in ((words.plain("Name"), answer.name), (words.plain("Address"), answer.address),
                        (words.plain("Contact"), answer.contact), (words.plain("Goods"), answer.goods),
                        (words.plain("Headings"), ", ".join(answer.headings))):  # fmt: skip
        facts += [(name, value)] if value else []
    return Facts(tuple(facts))


def _question(given: Given) -> dict[str, object]:
    number = given.query.get("number", "").strip().upper()
    return {"number": number[:35]} if number else {}


SCREENS: Final = (Screen("rex.validate", CHECK, check, "", _question, asks=True),)
"""The page of the public check."""

MODULE: Final = Module(
    "rex",
    "Registered exporters",
    pages=(("Register as an exporter", "/exporters"), ("Check a registered exporter", CHECK)),
)
"""The module of registered exporters."""
