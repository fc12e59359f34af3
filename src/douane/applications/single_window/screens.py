"""What a trader's certificates of other authorities cover, what is left of them, and which goods used them."""

from __future__ import annotations

from typing import Final

from douane.applications.single_window.messages import CertificateUsed, LineBalance, OwnCertificate, OwnCertificates
from douane.author.pages import (
    Block,
    Card,
    Column,
    Empty,
    Facts,
    Given,
    Inline,
    Link,
    Module,
    Page,
    Ref,
    Row,
    Screen,
    Table,
    Tag,
    Text,
    Tone,
)

CERTIFICATES: Final = "/certificates"


def own(answer: OwnCertificates, given: Given) -> Page:
    """Every certificate of whoever visits, with the balance of each line and its uses."""
    words = given.words
    blocks: list[Block] = [_card(number, each, given) for number, each in enumerate(answer.certificates, 1)]
    if answer.after:
        blocks.append(Text(Link(words.plain("Next page"), f"{CERTIFICATES}?after={answer.after}", "btn second")))
    if not blocks:
        nothing = words.say("No other authority delivered a certificate of yours whose quantities customs keeps.")
        blocks.append(Card("none", words.plain("Your certificates"), (Empty(nothing),)))
    return Page(words.plain("Certificates of other authorities"), tuple(blocks))


def _card(number: int, each: OwnCertificate, given: Given) -> Card:
    words = given.words
    state: Inline = Tag(words.plain("valid"), Tone.GOOD)
    if each.withdrawn:
        state = Tag(words.plain("withdrawn"), Tone.BAD)
    elif each.valid_to is not None and each.valid_to < given.today:
        state = Tag(words.plain("expired"), Tone.WARN)
    until = words.day(each.valid_to) if each.valid_to is not None else words.plain("no end")
    facts: tuple[tuple[str, Inline], ...] = (
        (words.plain("Type"), words.model(each.title)), (words.plain("State"), state),
        (words.plain("From"), words.day(each.valid_from)), (words.plain("Until"), until),
        (words.plain("Authority"), Ref(each.partner)), (words.plain("Version"), str(each.version)),
    )  # fmt: skip
    names = (words.plain("Line"), words.plain("Goods"), words.plain("Granted"), words.plain("Reserved"),
             words.plain("Written off"), words.plain("Left"))  # fmt: skip
    columns = tuple(Column(name, number=at > 1) for at, name in enumerate(names))
    table = Table(words.plain("Balance"), columns, tuple(map(_balance, each.lines)))
    parts: tuple[Block, ...] = (Facts(facts), table)
    if each.uses:
        uses = (words.plain("Declaration and item"), words.plain("Line"), words.plain("Quantity"),
                words.plain("State"))  # fmt: skip
        rows = tuple(_use(use, given) for use in each.uses)
        parts += (Table(words.plain("Used by"), tuple(map(Column, uses)), rows),)
    return Card(f"c{number}", f"{each.type} {each.number}", parts)


def _balance(line: LineBalance) -> Row:
    amounts = (line.granted, line.reserved, line.written_off, line.available)
    return Row((str(line.line), Ref(line.commodity), *(f"{each.normalize():f} {line.unit}" for each in amounts)))


def _use(use: CertificateUsed, given: Given) -> Row:
    words, (mrn, item, *_) = given.words, (*use.reference.split("/"), "")
    state = Tag(words.plain("written off"), Tone.GOOD) if use.written_off else Tag(words.plain("reserved"), Tone.WAIT)
    where = (Ref(mrn), " ", words.say("item %(number)s", number=item.partition(".")[0])) if item else (Ref(mrn),)
    return Row((where, str(use.line), f"{use.quantity.normalize():f}", state))


SCREENS: Final = (
    Screen("single_window.mine", CERTIFICATES, own, "Certificates",
           lambda given: {"after": given.query.get("after", "")}, place=4),
)  # fmt: skip
"""The page of certificates."""

MODULE: Final = Module(
    "single_window", "Certificates of other authorities", pages=(("Your certificates", CERTIFICATES),)
)
"""The module of the single window."""
