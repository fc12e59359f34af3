"""Whose system serves whom, on the desks of the trusted circle: choices with who took them, and what one would change.

Both are asked of their operations like by everybody else. Choices are taken by a command of a system.
"""

from __future__ import annotations

from typing import Any, Final

from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.circles import Platform
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Button,
    Card,
    Column,
    Empty,
    Facts,
    Field,
    Form,
    Inline,
    Link,
    Note,
    Page,
    Row,
    Small,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.portal.provision.moving import PATH as MOVES
from douane.portal.provision.moving import Operations, moving_views
from douane.vocabulary.errors import DouaneError

PATH: Final = "/provision"
TITLE: Final = "Provision"
LANDSCAPE: Final = "/landscape"
ASKED: Final = ("administration", "of", "provider", "since")
CENTRE: Final = "EU"


def provision_views(
    shown: str, preview: str, moved: str = "", preview_of_move: str = "", move: str = "", back: str = ""
) -> tuple[View, ...]:
    """The page, and that of moves between platforms where their operations are there.

    shown, preview: the operations that tell of choices, and of what one would change. moved: which tells where
    services are offered. back: which takes a move back."""

    async def show(visit: Visit) -> Answer:
        whose = visit.query.get("administration", "")
        answer = await visit.ask(shown, administration=whose if len(whose) == 2 and whose.isalpha() else "")
        said = {name: visit.query.get(name, "").strip() for name in ASKED}
        found, fault = None, ""
        if all(said.values()):
            try:
                found = await visit.ask(preview, **{**said, "since": visit.words.read(said["since"]).isoformat()})
            except ValueError:
                fault = visit.words.plain("Write day and time as 2027-03-01T08:00.")
            except DouaneError as problem:
                fault = problem.text
        offered = await places(visit, moved, MOVES if move and visit.offers(preview_of_move) else "")
        return _page(answer, said, (found, fault), visit.words, offered)

    moving = Operations(moved, preview_of_move, move, back)
    moves = moving_views(moving) if moved and preview_of_move and move and back else ()
    return (View(page("GET", PATH, Opening.OPERATION, shown), show), *moves)


async def places(visit: Visit, moved: str, way: str = "") -> tuple[Card, ...]:
    """At which platforms services are offered that moved, and by whose decision; nothing for who may not ask it.
    way: where one moves a service; empty for nowhere."""
    if not moved or not visit.offers(moved):
        return ()
    words, answer = visit.words, await visit.ask(moved)
    title = words.plain("Where services are offered")
    more = (Text(Link(words.plain("Move a service between platforms"), way)),) if way else ()
    if not answer.moves:
        nothing = Empty(words.say("No service has moved: each is offered wherever its contract permits."))
        return (Card("platforms", title, (nothing, *more)),)
    columns = (
        Column(words.plain("Service")), Column(words.plain("No longer by")), Column(words.plain("Offered by")),
        Column(words.plain("From")), Column(words.plain("Until")), Column(words.plain("Decided by")),
    )  # fmt: skip
    rows = tuple(
        Row((
            each.of, Platform(each.leaves).title, Platform(each.enters).title, _moment(each.since, words),
            (_moment(each.until, words), Small(each.back_reason)) if each.until else "–",
            (f"{each.said_by} ({each.role})", Small(each.reason)),
        ))
        for each in answer.moves
    )  # fmt: skip
    return (Card("platforms", title, (Table(title, columns, rows), *more), str(len(answer.moves))),)


def _page(
    answer: Any, said: dict[str, str], previewed: tuple[Any, str], words: Words, offered: tuple[Card, ...]
) -> Page:  # fmt: skip
    blocks: list[Block] = [
        Card("choices", words.plain("Whose system serves whom"), (_choices(answer, words),), str(len(answer.choices))),
        Card("offers", words.plain("What systems offer"), (_offers(answer, words),)),
        *offered,
        Card("preview", words.plain("What a choice would change"), _preview(said, *previewed, words)),
    ]
    if answer.everybody:
        text = words.say("The centre of this development union serves every administration that chose nothing.")
        blocks.insert(0, Note(words.plain("Development"), text, Tone.WARN))
    lead = words.say("Nobody is served by a system that he did not choose. Open cases end where they began.")
    crumbs = (Link(words.model("Landscape"), LANDSCAPE),)
    return Page(words.model(TITLE), tuple(blocks), state=lead, crumbs=crumbs)


def _choices(answer: Any, words: Words) -> Block:
    if not answer.choices:
        return Empty(words.say("No administration has chosen anything."))
    columns = (
        Column(words.plain("Administration")), Column(words.plain("Service")), Column(words.plain("Served by")),
        Column(words.plain("From")), Column(words.plain("Decided by")),
    )  # fmt: skip
    rows = tuple(
        Row((
            Link(each.administration, f"{PATH}?administration={each.administration}"),
            words.plain("all services") if each.of == "*" else each.of,
            _provider(each, words),
            _moment(each.since, words),
            (each.said_by, Small(each.reason)) if each.reason else words.plain("settings of the node"),
        ))
        for each in answer.choices
    )  # fmt: skip
    return Table(words.plain("Whose system serves whom"), columns, rows)


def _provider(each: Any, words: Words) -> Inline:
    if each.provider == CENTRE:
        return Tag(words.plain("Central"), category="central")
    if each.provider == each.administration:
        return Tag(words.plain("Own"), category="own")
    return (Tag(words.plain("Shared"), category="shared"), Small(each.provider))


def _offers(answer: Any, words: Words) -> Block:
    if not answer.offers:
        return Empty(words.say("No system offers anything."))
    columns = (Column(words.plain("System of")), Column(words.plain("Services")), Column(words.plain("Also for")))
    rows = tuple(
        Row((each.provider, ", ".join(each.services), ", ".join(each.guests) or words.plain("none")))
        for each in answer.offers
    )
    return Table(words.plain("What systems offer"), columns, rows)


def _preview(said: dict[str, str], found: Any, fault: str, words: Words) -> tuple[Block, ...]:
    labels = {
        "administration": words.plain("Administration"), "of": words.plain("Service or operation"),
        "provider": words.plain("Served by"), "since": words.plain("From (%(zone)s)", zone=words.zone),
    }  # fmt: skip
    fields = tuple(
        Field(name, label, said[name], type="datetime-local" if name == "since" else "text", short=name != "of")
        for name, label in labels.items()
    )
    form = Form(PATH, (Button(words.plain("Preview")),), fields, method="get", problems=(fault,) if fault else ())
    if found is None:
        return (form,)
    none = words.plain("none")
    facts = Facts((
        (words.plain("Served now by"), found.present or words.plain("nobody")),
        (words.plain("Operations"), ", ".join(found.operations) or none),
        (words.plain("Contracts"), ", ".join(found.contracts) or none),
        (words.plain("Inherited level"), found.level or none),
        (words.plain("Cases that end where they began"), str(found.cases)),
        (words.plain("Consumers seen"), ", ".join(f"{c.consumer} {c.operation}" for c in found.consumers) or none),
        (words.plain("Data sets to hand over"), ", ".join(each.data_set for each in found.data_sets) or none),
    ))  # fmt: skip
    if not found.faults:
        return (form, facts)
    return (form, Note(words.plain("It would be refused"), " ".join(found.faults), Tone.BAD), facts)


def _moment(at: int, words: Words) -> str:
    if not at:
        return words.plain("the first start")
    return words.moment(at)
