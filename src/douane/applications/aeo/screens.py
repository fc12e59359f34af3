"""The public list of authorised economic operators, as a page on which everybody looks one up."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from douane.applications.aeo.messages import AeoType, OperatorsListed
from douane.author.pages import (
    CHECKS,
    Block,
    Button,
    Card,
    Column,
    Empty,
    Field,
    Form,
    Given,
    Link,
    Module,
    Page,
    Ref,
    Row,
    Screen,
    Table,
    Text,
)

OPERATORS: Final = "/checks/operators"
_KINDS: Final = {
    AeoType.CUSTOMS_SIMPLIFICATIONS: "Customs simplifications", AeoType.SECURITY_AND_SAFETY: "Security and safety",
    AeoType.BOTH: "Customs simplifications, security and safety",
}  # fmt: skip


def operators(answer: OperatorsListed | None, given: Given) -> Page:
    """Who is authorised and agreed to stand in the list, by country and name."""
    words, query = given.words, given.query
    form = Form(
        OPERATORS, (Button(words.plain("Look up")),),
        (
            Field("country", words.plain("Country"), query.get("country", "")[:2], words.plain("Two letters."),
                  short=True),
            Field("name", words.plain("Part of the name"), query.get("name", "")[:100]),
        ),
        method="get",
    )  # fmt: skip
    blocks: list[Block] = [Card("ask", words.plain("Whom do you look for?"), (form,))]
    if answer is not None:
        blocks.append(Card("answer", words.plain("Who agreed to be listed"), _found(answer, given)))
    return Page(words.plain("Authorised economic operators"), tuple(blocks), acts=CHECKS.links(given, OPERATORS))


def _found(answer: OperatorsListed, given: Given) -> tuple[Block, ...]:
    words = given.words
    asked = {name: given.query[name] for name in ("country", "name") if given.query.get(name)}
    more = Link(words.plain("Next page"), f"{OPERATORS}?{urlencode({**asked, 'after': answer.after})}")
    following = more if answer.after else None
    if not answer.operators:
        if following is not None:  # those that were passed over did not agree, or are called otherwise
            return (Text((Ref(following.text, following.href),)),)
        return (Empty(words.say("Nobody of that name is authorised and agreed to be listed.")),)
    names = (words.plain("Name"), words.plain("Authorised for"), words.plain("Authority"), words.plain("Since"))
    rows = tuple(
        Row((each.name, words.model(_KINDS[each.type]), Ref(each.authority), words.day(each.since)))
        for each in answer.operators
    )  # fmt: skip
    return (Table(words.plain("Authorised economic operators"), tuple(map(Column, names)), rows, following=following),)


def _question(given: Given) -> dict[str, object]:
    """What is asked for; nothing where no form was sent yet."""
    country = given.query.get("country", "").strip().upper()
    if not {"country", "name", "after"} & set(given.query):
        return {}
    return {"country": country, "name": given.query.get("name", "").strip(), "after": given.query.get("after", "")}


SCREENS: Final = (Screen("aeo.list_operators", OPERATORS, operators, "", _question, asks=True),)
"""The page of the list."""

MODULE: Final = Module("aeo", "Authorised economic operators", pages=(("Look up an operator", OPERATORS),))
"""The module of authorised operators."""
