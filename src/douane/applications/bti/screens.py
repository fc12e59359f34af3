"""Pages on which everybody searches rulings, and reads one."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

from douane.applications.bti.messages import RulingLine, RulingsFound, RulingShown
from douane.author.pages import (
    CHECKS,
    Block,
    Button,
    Card,
    Column,
    Empty,
    Facts,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Module,
    Page,
    Ref,
    Row,
    Screen,
    Table,
)

SEARCH: Final = "/checks/rulings"
ONE: Final = "/checks/rulings/{ruling}"


def search(answer: RulingsFound | None, given: Given) -> Page:
    """Rulings that hold these words, and whose code begins like this."""
    words, query = given.words, given.query
    fields = (
        Field("words", words.plain("Words"), query.get("words", "")[:200],
              words.plain("Of the description, the keywords or the reasons; all of them are sought.")),
        Field("code", words.plain("Nomenclature code begins with"), query.get("code", "")[:10], short=True),
        Field("country", words.plain("Issued in"), query.get("country", "")[:2], words.plain("Two letters."),
              short=True),
    )  # fmt: skip
    form = Form(SEARCH, (Button(words.plain("Search")),), fields, method="get")
    blocks = [Card("ask", words.plain("Which goods?"), (form,))]
    if answer is not None:
        blocks.append(Card("answer", words.plain("Rulings"), (_list(answer, given),)))
    title = words.plain("Search binding tariff information")
    return Page(title, tuple(blocks), acts=CHECKS.links(given, SEARCH))


def _list(answer: RulingsFound, given: Given) -> Block:
    words = given.words
    asked = {key: given.query[key] for key in ("words", "code", "country") if given.query.get(key)}
    address = f"{SEARCH}?{urlencode({**asked, 'after': answer.after})}"
    following = Link(words.plain("Next page"), address) if answer.after else None
    if not answer.lines and following is None:
        return Empty(words.say("No valid ruling holds all of that."))
    names = (words.plain("Ruling"), words.plain("Nomenclature code"), words.plain("Goods"), words.plain("Valid until"))
    rows = tuple(_row(each, given) for each in answer.lines)
    return Table(words.plain("Rulings"), tuple(map(Column, names)), rows, following=following)


def _row(each: RulingLine, given: Given) -> Row:
    until = given.words.day(each.until) if each.until else ""
    to = ONE.format(ruling=quote(each.ruling, safe=""))
    return Row((Ref(each.ruling, to), each.code, each.appearance[:160], until))


def one(answer: RulingShown, given: Given) -> Page:
    """A ruling as it is published."""
    words = given.words
    facts: list[tuple[str, Inline]] = [
        (words.plain("Ruling"), Ref(answer.ruling)), (words.plain("Issued in"), answer.issued_in),
        (words.plain("State"), words.model(answer.state)), (words.plain("Nomenclature code"), answer.code),
    ]  # fmt: skip
    for name, day in ((words.plain("Valid from"), answer.since), (words.plain("Valid until"), answer.until)):
        facts += [(name, words.day(day))] if day else []
    goods = answer.goods
    for name, value in ((words.plain("Goods"), goods.appearance), (words.plain("Function or use"), goods.use),
                        (words.plain("Composition"), goods.composition),
                        (words.plain("Ingredients"), goods.ingredients),
                        (words.plain("Keywords"), ", ".join(answer.keywords)),
                        (words.plain("Reasons"), answer.justification)):  # fmt: skip
        facts += [(name, value)] if value else []
    card = Card("facts", words.plain("What was ruled"), (Facts(tuple(facts)),))
    crumbs = (Link(words.plain("Search binding tariff information"), SEARCH),)
    return Page(words.plain("Binding tariff information"), (card,), crumbs=crumbs)


def _question(given: Given) -> dict[str, object]:
    """What is sought; the page with no words is a form, not the whole register."""
    query = given.query
    code = "".join(each for each in query.get("code", "") if each.isascii() and each.isdigit())[:10]
    country = query.get("country", "").strip().upper()
    sought: dict[str, object] = {"words": query.get("words", "")[:200], "code": code}
    if len(country) == 2 and country.isascii() and country.isalpha():
        sought["country"] = country
    if not (sought["words"] or code or "country" in sought):
        return {}
    after = query.get("after", "")
    return {**sought, "after": after} if after else sought


SCREENS: Final = (
    Screen("bti.search", SEARCH, search, "", _question, asks=True),
    Screen("bti.open", ONE, one, "", lambda given: {"ruling": given.path["ruling"]}),
)  # fmt: skip
"""The pages of the public search."""

MODULE: Final = Module(
    "bti", "Binding tariff information", pages=(("Search binding tariff information", SEARCH),),
    national=frozenset({"DE", "ES", "FR", "HR", "PL"}), source="EU Customs Trader Portal, guides of 2019 and 2020",
)  # fmt: skip
"""The module of rulings. Who has a portal of his own for it is as of that time; the settings of a node know better."""
