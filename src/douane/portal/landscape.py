"""The landscape on the desks of the trusted circle: business functions by administrations, and what could be one.

What it shows is handed to it: the model of this release, what its node knows of administrations that are live, and the
snapshots that others signed. The route is that of the explorer: who may not ask for its pages sees nothing.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

from douane.channels.browser import safety
from douane.channels.browser.visits import Answer, View, Visit, page
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Bullets,
    Button,
    Card,
    Chips,
    Column,
    Columns,
    Empty,
    Field,
    Form,
    Inline,
    Link,
    Note,
    Page,
    Row,
    Rows,
    Small,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.sheets import value_of
from douane.portal.provision.choosing import places
from douane.reference_architecture import landscape as land
from douane.reference_architecture.landscape import Candidate, Duplicate, Function, Held, Holding
from douane.reference_architecture.snapshots import read_snapshot
from douane.shared_services.web.answers import Response

PATH: Final = "/landscape"
TITLE: Final = "Landscape"
MODEL: Final = "/explore"
GROUP: Final = "\N{NARROW NO-BREAK SPACE}"
"""Between thousands: the same in every language."""
OLD: Final = 90
"""Days after which a snapshot is shown as old (our figure)."""


class Landscapes(Protocol):
    """What the landscape is made of; filled in by assembly."""

    def functions(self) -> Sequence[Function]:
        """The business functions of this release."""

    def columns(self) -> Sequence[land.Column]:
        """The administrations: those that are live, then those with a snapshot."""

    def duplicates(self) -> Sequence[Duplicate]:
        """What stands in the model twice."""

    def today(self) -> dt.date:
        """By the union's clock."""


def landscape_views(
    source: Landscapes, operation: str, declared: str = "", nodes: str = "", edges: str = "", moved: str = ""
) -> tuple[View, ...]:  # fmt: skip
    """The pages of the landscape. operation: whoever may call it sees them. declared: which tells of snapshots. nodes:
    which tells of the nodes that are there. edges: which counts the interfaces that live. moved: which tells at which
    platforms services are offered."""

    async def show(visit: Visit) -> Answer:
        day = _day(visit, source.today())
        seen = [each for each in source.columns() if day is None or (each.taken is not None and each.taken <= day)]
        heard, missed = await _heard(visit, nodes) if day is None else (frozenset[str](), ())
        told = await _declared(visit, declared, {} if day is None else {"on": day.isoformat()})
        columns = land.joined((*seen, *told), heard)
        if visit.query.get("format") == "csv":
            return _as_csv(source, columns)
        live = await visit.ask(edges) if day is None and edges and visit.offers(edges) else None
        counted = (_interfaces(live, visit.words),) if live is not None else ()
        offered = await places(visit, moved) if day is None else ()
        return _page(source, columns, visit.words, visit.query.get("held", ""), day, (*counted, *offered), missed)

    return (View(page("GET", PATH, Opening.OPERATION, operation), show),)


def _day(visit: Visit, today: dt.date) -> dt.date | None:
    """The other day as of which it is asked; None for today, and for what is no day."""
    try:
        day = dt.date.fromisoformat(visit.query.get("on", ""))
    except ValueError:
        return None
    return None if day == today else day


async def _declared(visit: Visit, operation: str, on: Mapping[str, str]) -> list[land.Column]:
    """What administrations declared over CCN2, as the door tells it to whoever visits."""
    found: list[land.Column] = []
    after, more = "", bool(operation) and visit.offers(operation)
    while more:
        answer = await visit.ask(operation, after=after, **on)
        found += [read_snapshot(each.content.encode()).column() for each in answer.systems]
        after = answer.after
        more = bool(after)
    return found


async def _heard(visit: Visit, operation: str) -> tuple[frozenset[str], tuple[Note, ...]]:
    """The administrations whose nodes say that they are there, and a note of each whose node is missed."""
    if not operation or not visit.offers(operation):
        return frozenset(), ()
    answer, words = await visit.ask(operation), visit.words
    notes = []
    for each in answer.missed:
        since = words.moment(int(each.seen.timestamp() * 1e6))
        said = words.say("No sign of life since %(since)s.", since=since)
        notes.append(Note(each.administration, said, Tone.BAD if each.sign == "silent" else Tone.WARN))
    return frozenset(each.administration for each in answer.nodes), tuple(notes)


def _page(source: Landscapes, columns: Sequence[land.Column], words: Words, chosen: str,
          day: dt.date | None = None, counted: Sequence[Card] = (), missed: Sequence[Note] = ()) -> Page:  # fmt: skip
    known = source.functions()
    held = next((each for each in Held if each.value == chosen), None)
    shown = [each for each in known if held is None or held in _kinds(each, columns)]
    live = [each.administration for each in columns if each.live]
    lead = words.say(
        "%(functions)s business functions, %(administrations)s administrations. Live now: %(live)s. A day stands at "
        "those that are told by a snapshot that they signed.",
        functions=len(known), administrations=len(columns), live=", ".join(live) or "–",
    )  # fmt: skip
    chips = Chips((
        (Link(words.plain("All kinds"), PATH), held is None),
        *((Link(_word(each, words), f"{PATH}?held={each.value}"), each is held) for each in Held),
    ))  # fmt: skip
    grid: Block = Empty(words.say("No administration has this kind."), Link(words.plain("All kinds"), PATH))
    if not columns:
        grid = Empty(words.say("No administration had declared anything by then."))
    if shown and columns:
        grid = _grid(shown, columns, words)
    blocks: tuple[Block, ...] = (
        *_of_day(day, source.today(), words), *missed, chips,
        Card("grid", words.plain("Business functions and administrations"), (grid, _key(words))),
        Columns((_sharing(land.candidates(known, columns), words), *counted),
                (_findings(source.duplicates(), columns, day or source.today(), words), _another(day, source, words))),
    )  # fmt: skip
    crumbs = (Link(words.model("Reference Architecture"), MODEL),)
    acts = (Link(words.plain("This table as CSV"), f"{PATH}?format=csv", "btn second", "text/csv"),)
    keeps = ("", "") if day is None else (PATH, f"on={day.isoformat()}")
    return Page(words.model(TITLE), blocks, words.plain("Who does what with whose system"),
                state=lead if day is None else "", acts=acts, crumbs=crumbs, keeps=keeps)  # fmt: skip


def _of_day(day: dt.date | None, today: dt.date, words: Words) -> tuple[Block, ...]:
    if day is None:
        return ()
    text = words.say("What administrations had declared by %(day)s; which nodes ran then nobody keeps.",
                     day=words.day(day))  # fmt: skip
    return (Note("", (text, " ", Link(words.plain("Back to today"), f"{PATH}?on={today.isoformat()}")), Tone.WARN),)


def _another(day: dt.date | None, source: Landscapes, words: Words) -> Card:
    """The way to another day."""
    field = Field("on", words.plain("Day"), (day or source.today()).isoformat(), short=True, type="date")
    form = Form(PATH, (Button(words.plain("Show"), look="btn second"),), (field,), method="get")
    return Card("as-of", words.plain("As of another day"), (form,))


def _kinds(function: Function, columns: Sequence[land.Column]) -> set[Held]:
    return {holding.held for each in columns if (holding := each.holdings.get(function.name)) is not None}


def _word(held: Held, words: Words) -> str:
    titles = {
        Held.OWN: words.plain("Own"), Held.CENTRAL: words.plain("Central"), Held.SHARED: words.plain("Shared"),
        Held.MARKET: words.plain("Market"), Held.NONE: words.plain("None", "no system"),
        Held.PLANNED: words.plain("Planned"),
    }  # fmt: skip
    return titles[held]


def _key(words: Words) -> Bullets:
    return Bullets((
        words.say("Own: built or run by itself. Central: the Commission's service."),
        words.say("Shared: another administration's service. Market: bought. Planned: from that day."),
        words.say("An empty cell: the administration has declared nothing. Volumes of live ones are messages through "
                  "the doors of this node since it started."),
    ))  # fmt: skip


def _grid(shown: Sequence[Function], columns: Sequence[land.Column], words: Words) -> Table:
    heads = tuple(Column(each.administration, note=_origin(each, words)) for each in columns)
    rows = tuple(_row(each, columns, words) for each in shown)
    title = words.plain("Business functions by administration")
    have = Column(words.plain("Have it"), number=True)
    return Table(title, (Column(words.plain("Business function")), *heads, have), rows, dense=True, wide=True)


def _origin(column: land.Column, words: Words) -> str:
    """Where a column comes from: a node that is there, a snapshot of a day, or both."""
    if column.taken is None:
        return words.plain("live")
    day = words.day(column.taken)
    if column.live:
        return words.plain("live, snapshot %(number)s of %(day)s", number=column.number, day=day)
    return words.plain("snapshot %(number)s of %(day)s", number=column.number, day=day)


def _row(function: Function, columns: Sequence[land.Column], words: Words) -> Row:
    cells = [each.holdings.get(function.name) for each in columns]
    have = sum(each is not None and each.held not in (Held.NONE, Held.PLANNED) for each in cells)
    name = (
        Link(words.model(function.title), f"{MODEL}/service/{function.name}"),
        Small(words.model(function.capability)),
    )
    return Row((name, *(_cell(each, words) for each in cells), str(have)))


def _cell(holding: Holding | None, words: Words) -> Inline:
    if holding is None:
        return ""
    said: list[str] = []
    if holding.of:
        said.append(words.plain("of %(administration)s", administration=holding.of))
    if holding.planned is not None:
        said.append(words.day(holding.planned))
    if holding.operations:
        said.append(words.count("%(number)s operation", "%(number)s operations", holding.operations))
    if holding.volume is not None:
        counted = words.count("%(number)s message", "%(number)s messages", holding.volume)
        said.append(counted.replace(str(holding.volume), f"{holding.volume:,}".replace(",", GROUP)))
    if holding.level:
        said.append(words.model(holding.level))
    tag = Tag(_word(holding.held, words), category=holding.held.value)
    return (tag, Small(" · ".join(said))) if said else tag


def _sharing(found: Sequence[Candidate], words: Words) -> Card:
    title = words.plain("What could be shared")
    if not found:
        text = words.say("No two administrations have declared that they built the same function.")
        return Card("sharing", title, (Empty(text),))
    columns = (
        Column(words.plain("Business function")), Column(words.plain("Built by"), number=True),
        Column(words.plain("Messages alike"), number=True), Column(words.plain("Law differs"), number=True),
    )  # fmt: skip
    unknown = words.plain("not declared")
    rows = tuple(
        Row((
            words.model(each.function.title), str(each.built),
            unknown if each.alike is None else f"{each.alike:.0%}",
            unknown if each.divergent is None
            else words.count("%(number)s article", "%(number)s articles", each.divergent),
        ))
        for each in found
    )  # fmt: skip
    why = Text(words.say("The three factors stand apart; none is hidden in a sum."), "small soft")
    told = words.say("Nodes of this product declare this product: wholly alike compares it with itself. Systems of its "
                     "own an administration names in a list that it signs (setting systems).")  # fmt: skip
    same = Text(told, "small soft")
    return Card("sharing", title, (why, same, Table(title, columns, rows)))


def _interfaces(found: Any, words: Words) -> Card:
    """How many interfaces live here, and how many each with each would be: together, then service by service."""
    title = words.plain("Interfaces that live")
    columns = (
        Column(words.plain("Service")), Column(words.plain("Systems"), number=True),
        Column(words.plain("Through one place"), number=True), Column(words.plain("Each with each"), number=True),
    )  # fmt: skip
    rows = tuple(
        Row((
            words.model(each.title) if each.service else words.plain("All services"), str(len(each.administrations)),
            str(each.common), str(each.each_with_each),
        ))
        for each in found.lines
    )  # fmt: skip
    why = words.say(
        "Systems of administrations that called here since %(since)s. Through one place there is one more than "
        "systems; each with each, the systems times all others.", since=words.day(found.since.date()),
    )  # fmt: skip
    return Card("interfaces", title, (Text(why, "small soft"), Table(title, columns, rows)))


def _findings(
    duplicates: Sequence[Duplicate], columns: Sequence[land.Column], today: dt.date, words: Words
) -> Card:  # fmt: skip
    items: list[tuple[Inline, Inline]] = [
        (
            (_operation(each.one), " · ", _operation(each.other),
             Small(words.say("share %(common)s of %(of)s data elements", common=each.common, of=each.of))),
            Tag(words.plain("Duplicate"), Tone.WARN),
        )
        for each in duplicates
    ]  # fmt: skip
    for each in columns:
        if each.taken is not None and (today - each.taken).days > OLD:
            text = words.say("The snapshot of %(administration)s is %(days)s days old.",
                             administration=each.administration, days=(today - each.taken).days)  # fmt: skip
            items.append((text, Tag(words.plain("Old"))))
    shown: Block = Rows(tuple(items)) if items else Empty(words.say("Nothing stands in the model twice."))
    return Card("findings", words.plain("Findings"), (shown,))


def _operation(name: str) -> Link:
    return Link(name, f"{MODEL}/operation/{name}")


def _as_csv(source: Landscapes, columns: Sequence[land.Column]) -> Response:
    """One line for each function and administration, for a spreadsheet. A value that begins like a formula is text."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(("function", "administration", "held", "of", "operations", "volume", "level", "planned", "live",
                    "taken"))  # fmt: skip
    for function in source.functions():
        for column in columns:
            holding = column.holdings.get(function.name)
            if holding is not None:
                cells = (function.name, column.administration, holding.held.value, holding.of, holding.operations,
                         "" if holding.volume is None else holding.volume, holding.level, holding.planned or "",
                         "yes" if column.live else "no", column.taken or "")  # fmt: skip
                table.writerow([value_of(str(each)) for each in cells])
    headers = (safety.saved_as("landscape.csv"), ("cache-control", "private, no-cache"))
    return Response(200, out.getvalue().encode(), "text/csv; charset=utf-8", headers)
