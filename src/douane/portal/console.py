"""The operator's console: does the node work, what waits or was set aside, whom it hits, what runs out.

It is shown to operators alone, at a host of its own, and tells of messages no more than the command line tells whoever
may read the data folder: who, when, what kind, what became of it and why; not what a message says. Acts are those of
the operator's socket, journalled with who did them and why, and done once.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from douane.channels.browser.visits import Answer, Site, View, Visit, page
from douane.model.circles import Platform
from douane.pages.blocks import (
    Block,
    Card,
    Column,
    Columns,
    Empty,
    Facts,
    Inline,
    Link,
    Live,
    Note,
    Page,
    Ref,
    Row,
    Small,
    Tab,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.portal.about import ABOUT, LEAVE
from douane.portal.deeds import DEEDS, PROPOSED, aside_link, in_the_journal, lane_at, number_of, person_of, references
from douane.portal.glance.collecting import away_note, collecting_card, going_card, silent_note
from douane.portal.glance.overview import acts_card, cases_card, days_card, figures_card, holders_table, ways_card
from douane.portal.maintenance import RESTING
from douane.portal.many import MANY, classes
from douane.portal.narrowing import KEPT, listed, narrowed, nothing, part_of
from douane.portal.operators import AT as OPERATORS
from douane.portal.operators import SIGN_IN, OperatorsDesk, glass_note, operator_views
from douane.portal.watched import Aside, Came, Collecting, Expiring, Found, Health, Hit, Lane, Level, Node
from douane.shared_services.auditing.happenings import place_said
from douane.vocabulary.errors import CoreUnreachable, NotFound, StoreUnavailable
from douane.vocabulary.time import DAY

_KEPT: Final = re.compile(r"The (?P<kind>certificate|revocation list) of (?:CN=)?(?P<name>.+?)(?: \((?P<place>.+)\))?")
"""How what runs out is told: of what kind, whose, and where it lies."""
_TITLES: Final = {each.value: each.title for each in Platform} | {Platform.CDCO.value: "CDCO"}
TOLD: Final = 30 * DAY
"""For how long everybody is told on the first page that the glass was broken."""
SHOWN: Final = 50
"""Rows of a table."""
SOON_DAYS: Final = 30
"""What runs out within so many days is told on the first page."""


def console(node: Node, personas: Mapping[str, str], operators: OperatorsDesk | None = None) -> Site:
    """The console of a node. ``operators``: how they sign in here; None where nobody but clients comes in."""
    views = (
        View(page("GET", "/"), _glazed(_bound(_overview, node), operators)),
        View(page("GET", "/lanes"), _bound(_lanes, node)),
        View(page("GET", "/aside"), _bound(_aside, node)),
        *(View(page(verb, path), _bound(show, node)) for verb, path, show in (*DEEDS, *MANY, *RESTING, *KEPT)),
        View(page("GET", "/events"), _bound(_events, node)),
        View(page("GET", "/calendar"), _bound(_calendar, node)),
        View(page("GET", "/levels"), _bound(_levels, node)),
        View(page("GET", "/find"), _bound(_find, node)),
        *(operator_views(operators) if operators is not None else ()),
        *ABOUT,
        LEAVE,
    )
    return Site(
        "console", lambda words: words.plain("Console"), views, Platform.OPERATIONS, tabs=_tabs, find="/find",
        personas=personas, sign_in=SIGN_IN if operators is not None else "",
    )  # fmt: skip


def _glazed(
    show: Callable[[Visit], Awaitable[Answer]], operators: OperatorsDesk | None
) -> Callable[[Visit], Awaitable[Answer]]:
    """The first page, which tells every operator who acts alone, or did within the last month."""

    async def shown(visit: Visit) -> Answer:
        answer = await show(visit)
        broken = operators.file.broken() if operators is not None else []
        notes = tuple(glass_note(each, visit.words) for each in broken if each.until > visit.at - TOLD)
        return replace(answer, blocks=(*notes, *answer.blocks)) if isinstance(answer, Page) else answer

    return shown


def _bound(show: Callable[[Node, Visit], Awaitable[Answer]], node: Node) -> Callable[[Visit], Awaitable[Answer]]:
    async def shown(visit: Visit) -> Answer:
        return await show(node, visit)

    return shown


def _tabs(visit: Visit) -> tuple[Tab, ...]:
    """The menu, for who is signed in."""
    if visit.caller is None:
        return ()
    words, at = visit.words, visit.address.partition("?")[0]
    named = (
        ("/", words.plain("Overview")), ("/lanes", words.plain("Deliveries")), ("/aside", words.plain("Set aside")),
        (PROPOSED, words.plain("Second person")), ("/events", words.plain("What happened")),
        ("/calendar", words.plain("What runs out")), ("/levels", words.plain("Levels")),
        ("/maintenance", words.plain("Maintenance")),
        (OPERATORS, words.plain("Operators")),
    )  # fmt: skip
    return tuple(Tab(text, to, current=at == to or (to != "/" and at.startswith(f"{to}/"))) for to, text in named)


# --- overview


async def _overview(node: Node, visit: Visit) -> Answer:
    words = visit.words
    health = await node.health()
    try:
        lanes, aside, hit, figures = await node.lanes(), await node.aside(), await node.hit(), await node.figures()
        collecting, glance = await node.collecting(), await node.glance()
    except (CoreUnreachable, StoreUnavailable) as away:  # what cannot be asked is not told as nothing
        told = Note(words.plain("What waits and what is set aside cannot be told."), away.remedy, Tone.BAD)
        wrong, behind = words.plain("no core answers"), None
        try:
            behind = await node.clock_behind() if isinstance(away, CoreUnreachable) else None
            wrong = words.plain("the store does not answer") if isinstance(away, StoreUnavailable) else wrong
        except (NotFound, StoreUnavailable):  # a database that hangs holds up whoever asks it: the core, and this too
            wrong = words.plain("the store does not answer")
        if behind is not None:
            said = words.plain("The clock is behind what is committed")
            told = Note(said, Link(words.plain("Second person"), PROPOSED), Tone.BAD)
        none = Text(Tag(wrong, Tone.BAD, big=True))
        return Page(words.plain("Overview"), (none, told, _parts(health, (), words)))
    soon = [each for each in node.expiring() if each.days < SOON_DAYS]
    silent = [each for each in collecting if each.silent]
    failing = [*silent, *(each for each in lanes if each.failures)]
    broken = [wrong for wrong in health.parts.values() if wrong]
    number = len(broken) + len(failing) + len(aside) + len(soon) + len(health.notes)
    state: Inline = Tag(words.plain("everything works"), Tone.GOOD, big=True)
    if number:
        said = words.count("%(number)s thing needs you", "%(number)s things need you", number)
        state = Tag(str(said), Tone.BAD if broken or failing else Tone.WARN, big=True)
    left: tuple[Block, ...] = (
        _failing(lanes, collecting, words), _waiting_aside(aside, words), _cases_hit(hit, words),
        ways_card(lanes, collecting, visit.at, words), cases_card(glance, words),
    )  # fmt: skip
    right: tuple[Block, ...] = (
        figures_card(glance, words), _parts(health, figures, words), _running_out(soon, words), acts_card(glance, words)
    )  # fmt: skip
    return Page(words.plain("Overview"), (Live("node", "/?part=node", (Text(state), Columns(left, right))),))


def _failing(lanes: Sequence[Lane], collecting: Sequence[Collecting], words: Words) -> Card:
    """Partners who cannot be reached or do not collect, why, and which cases wait for them."""
    title = words.plain("Partners that cannot be reached")
    notes = (
        *(silent_note(each, words) for each in collecting if each.silent),
        *(_hit(each, words) for each in lanes if each.failures),
        *(away_note(each, words) for each in collecting if each.sign == "away"),
    )
    if not notes:
        said = words.say("Every partner took what was sent, and whoever collects does.")
        return Card("failing", title, (Empty(said),))
    return Card("failing", title, notes)


def _hit(lane: Lane, words: Words) -> Note:
    said = words.say(
        "%(reason)s. Waiting: %(waiting)s, the oldest since %(since)s; tried %(failures)s times, again in %(again)s s.",
        reason=lane.reason.rstrip(".") or words.plain("No answer"), waiting=number_of(lane),
        since=words.moment(lane.oldest) if lane.oldest else "-", failures=lane.failures, again=lane.again,
    )  # fmt: skip
    hit: Inline = (" ", words.say("Cases hit:"), " ", references(lane.hit)) if lane.hit else ""
    rests: Inline = (" ", words.say("paused by %(who)s", who=lane.paused)) if lane.paused else ""
    return Note(f"{lane.partner} ({lane.channel})", (said, rests, hit), Tone.WARN if lane.paused else Tone.BAD)


def _cases_hit(hit: Sequence[Hit], words: Words) -> Card:
    """The cases that do not go on, whatever holds them up."""
    title = words.plain("Cases hit")
    if not hit:
        return Card("hit", title, (Empty(words.say("Every case goes on.")),))
    why = {
        "partner": words.plain("waits for a partner"), "silent": words.plain("whom it is for collects nothing"),
        "set aside": words.plain("a message is set aside"),
        "not handled": words.plain("nobody handles it"),
    }  # fmt: skip
    columns = (Column(words.plain("Case")), Column(words.plain("Why")), Column(words.plain("Since")))
    rows = tuple(
        Row((references((each.reference,)), (why[each.cause], " ", Small(each.on)), words.moment(each.since)))
        for each in hit[:SHOWN]
    )
    return Card("hit", title, (Table(title, columns, rows),), str(len(hit)))


def _waiting_aside(aside: Sequence[Aside], words: Words) -> Card:
    title = words.plain("Set aside")
    if not aside:
        return Card("aside", title, (Empty(words.say("Nothing is set aside.")),))
    number = words.count("%(number)s message", "%(number)s messages", len(aside))
    first = tuple(
        Note(each.operation, (aside_link(each.place), f" {each.sender}: ", each.reason), Tone.WARN)
        for each in aside[:3]
    )
    return Card("aside", title, (*first, Text(Link(words.plain("All of them"), "/aside"))), number)


def _parts(health: Health, figures: Sequence[tuple[str, int]], words: Words) -> Card:
    rows = [
        Row((name, Tag(words.plain("works"), Tone.GOOD) if not wrong else Tag(wrong, Tone.BAD)))
        for name, wrong in health.parts.items()
    ]
    rows += [Row((name, Tag(said, Tone.WARN))) for name, said in health.notes.items()]
    table = Table(words.plain("Parts of the node"), (Column(words.plain("Part")), Column(words.plain("State"))),
                  tuple(rows), dense=True)  # fmt: skip
    facts = Facts(tuple((words.model(name), f"{value:,}") for name, value in figures))
    return Card("parts", words.plain("The node"), (table, facts))


def _running_out(soon: Sequence[Expiring], words: Words) -> Card:
    title = words.plain("What runs out")
    if not soon:
        text = words.say("Nothing runs out within %(days)s days.", days=SOON_DAYS)
        return Card("expiring", title, (Empty(text, Link(words.plain("Calendar"), "/calendar")),))
    return Card("expiring", title, (_expiring_table(soon, words),))


# --- the pages behind it


async def _lanes(node: Node, visit: Visit) -> Answer:
    words, lanes, collecting = visit.words, await node.lanes(), await node.collecting()
    title = words.plain("Deliveries")
    inboxes = (*going_card(await node.going(), words), *collecting_card(collecting, words))
    if not lanes:
        text = words.say("Nothing waits: every message for a partner has arrived.")
        if any(each.silent for each in collecting):
            text = words.say("Nothing waits to be delivered; what waits to be collected stands below.")
        return Page(title, (Empty(text), *inboxes))
    columns = (
        Column(words.plain("Partner")), Column(words.plain("Channel")), Column(words.plain("Waiting"), number=True),
        Column(words.plain("Oldest")), Column(words.plain("Attempts in vain"), number=True),
        Column(words.plain("Why")), Column(words.plain("Cases hit")),
    )  # fmt: skip
    rows = tuple(
        Row((
            Link(each.partner, lane_at(each)), each.channel, number_of(each),
            words.moment(each.oldest) if each.oldest else "",
            str(each.failures), words.say("paused by %(who)s", who=each.paused) if each.paused else each.reason,
            references(each.hit),
        ))
        for each in narrowed(lanes, visit)
    )  # fmt: skip
    text = words.say("A message waits until its partner took it; nothing is lost, and order is kept within a case.")
    table = Table(title, columns, rows) if rows else nothing(words)
    live = Live("lanes", part_of("/lanes", "lanes", visit), (table,))
    return listed(Page(title, (Text(text), live, *inboxes)), node, visit)


async def _aside(node: Node, visit: Visit) -> Answer:
    words, aside = visit.words, await node.aside()
    title = words.plain("Set aside")
    if not aside:
        return Page(title, (Empty(words.say("Nothing is set aside.")),))
    text = words.say(
        "A message is set aside when its handling failed by a fault of ours. Its sender has a receipt; others of its "
        "case wait behind it. Once the fault is mended, have it handled again."
    )
    found = narrowed(aside, visit)
    table = _aside_table(found[:SHOWN], words) if found else nothing(words)
    return listed(Page(title, (Text(text), classes(aside, words), table)), node, visit)


def _aside_table(aside: Sequence[Aside], words: Words) -> Table:
    columns = (
        in_the_journal(words), Column(words.plain("At")), Column(words.plain("What")),
        Column(words.plain("From")), Column(words.plain("Why")),
    )  # fmt: skip
    rows = tuple(
        Row((
            aside_link(each.place), words.moment(each.at), each.operation, each.sender,
            words.say("waits behind %(place)s", place=place_said(each.behind)) if each.behind else each.reason,
        ))
        for each in aside
    )  # fmt: skip
    return Table(words.plain("Messages set aside"), columns, rows)


async def _events(node: Node, visit: Visit) -> Answer:
    words, found = visit.words, await node.happened()
    title = words.plain("What happened")
    if not found:
        return Page(title, (Empty(words.say("Nothing has asked for an act since the node began.")),))
    columns = (
        Column(words.plain("Last at")), Column(words.plain("Event")), Column(words.plain("Of")),
        Column(words.plain("How often"), number=True), Column(words.plain("Why")), Column(words.plain("What to do")),
    )  # fmt: skip
    rows = tuple(
        Row((words.moment(each.at), each.event, each.of, str(each.times), words.model(each.cause),
             words.model(each.remedy)))
        for each in narrowed(found, visit)
    )  # fmt: skip
    text = words.say("Each event that asks for an act: when it was told last, and what it was about.")
    table = Table(title, columns, rows, dense=True) if rows else nothing(words)
    return listed(Page(title, (Text(text), Live("events", part_of("/events", "events", visit), (table,)))), node, visit)


async def _calendar(node: Node, visit: Visit) -> Answer:
    words = visit.words
    title = words.plain("What runs out")
    found = narrowed(node.expiring(), visit)
    table = _expiring_table(found[:SHOWN], words) if found else nothing(words)
    try:
        collecting = await node.collecting()
    except (CoreUnreachable, StoreUnavailable):  # certificates lie in files, and are told all the same
        collecting = ()
    holders = narrowed(node.holders(), visit)
    clients = (holders_table(holders, collecting, words),) if holders else ()
    return listed(Page(title, (table, *clients)), node, visit)


def _expiring_table(found: Sequence[Expiring], words: Words) -> Table:
    columns = (Column(words.plain("What")), Column(words.plain("Until")), Column(words.plain("What to do")))
    return Table(words.plain("Certificates and lists"), columns, tuple(_expiry(each, words) for each in found))


def _kept(what: str, words: Words) -> Inline:
    """A certificate or list by the name of its holder, and below where it lies; in the words of the page."""
    found = _KEPT.fullmatch(what)
    if found is None:
        return words.model(what)
    name = found["name"]
    named = words.say("The revocation list of %(name)s", name=name)
    if found["kind"] == "certificate":
        named = words.say("The certificate of %(name)s", name=name)
    return (named, Small(Ref(found["place"]))) if found["place"] else named


def _expiry(each: Expiring, words: Words) -> Row:
    tone = Tone.BAD if each.days < 0 else Tone.WARN if each.days < SOON_DAYS else Tone.GOOD
    left = words.count("%(number)s day", "%(number)s days", each.days) if each.days >= 0 else words.plain("run out")
    return Row((_kept(each.what, words), (words.moment(each.until), " ", Tag(left, tone)), words.model(each.remedy)))


async def _levels(node: Node, visit: Visit) -> Answer:
    words, year = visit.words, visit.query.get("year", "")[:10]
    found = await node.levels(year)
    text = words.say(
        "This month so far, in minutes: a minute in which something failed is bad, one that nobody saw is unknown and "
        "not up. Announced outages count round the clock only."
    )
    other = Link(words.plain("The year so far"), f"/levels?year={node.year()}")
    if year:
        text = words.say("The months of %(year)s added up, as far as it has gone, in minutes.", year=year)
        other = Link(words.plain("This month"), "/levels")
    columns = (
        Column(words.plain("Service")), Column(words.plain("Door")), Column(words.plain("For")),
        Column(words.plain("Promised"), number=True), Column(words.plain("Its parts promise"), number=True),
        Column(words.plain("Measured"), number=True), Column(words.plain("Round the clock"), number=True),
        Column(words.plain("Seen"), number=True), Column(words.plain("Bad"), number=True),
        Column(words.plain("Planned"), number=True), Column(words.plain("Left of the allowance"), number=True),
    )  # fmt: skip
    titles = dict(node.services())
    rows = tuple(_level(each, titles.get(each.service, each.service), words) for each in narrowed(found, visit))
    title = words.plain("Service levels")
    table = Table(title, columns, rows, dense=True) if rows else nothing(words)
    bars = days_card(await node.days(), _TITLES, words)
    told = words.say("Doors and partitions are measured, not services: all services of a door have one figure, but for "
                     "what was announced of one or rests.")  # fmt: skip
    measured = Text(told, "small soft")
    return listed(Page(title, (bars, Text((text, " ", other)), measured, table)), node, visit)


def _door(name: str) -> str:
    """What a platform is called in a narrow column; of a channel without one its name."""
    return _TITLES.get(name, name)


def _level(each: Level, title: str, words: Words) -> Row:
    kept = each.agreed is None or each.agreed >= each.promised
    measured = words.plain("unknown") if each.agreed is None else f"{each.agreed:.3%}"
    tone = Tone.WAIT if each.agreed is None else Tone.GOOD if kept else Tone.BAD
    parts: Inline = f"{each.of_parts:.2%}"
    if each.exceeds_its_parts:
        parts = Tag(f"{each.of_parts:.2%}", Tone.WARN)
    round_the_clock = "" if each.round_the_clock is None else f"{each.round_the_clock:.3%}"
    return Row((
        words.model(title), _door(each.door), each.administration or words.plain("all"), f"{each.promised:.1%}", parts,
        Tag(measured, tone), round_the_clock, f"{each.coverage:.1%}", str(each.bad), str(each.planned),
        Tag(f"{each.left:.0f}", Tone.BAD if each.left < 0 else Tone.GOOD),
    ))  # fmt: skip


async def _find(node: Node, visit: Visit) -> Answer:
    words, reference = visit.words, visit.query.get("reference", "").strip()[:80]
    title = words.plain("Where is it?")
    if not reference:
        ask = words.say("Type an MRN, LRN, GRN, the identification of a message or its place in the search box.")
        return Page(title, (Empty(ask),))
    try:
        found = await node.find(reference, person_of(visit))
    except NotFound as problem:
        return Page(
            title, (Empty((Ref(reference), ": ", words.model(problem.text), " ", words.model(problem.remedy))),)
        )
    return Page(title, tuple(_case(each, words) for each in found), heading=Ref(reference))


def _case(each: Found, words: Words) -> Card:
    aside: Inline
    columns = (
        Column(words.plain("At")), in_the_journal(words), Column(words.plain("What")),
        Column(words.plain("Party")), Column(words.plain("Way")), Column(words.plain("State")),
    )  # fmt: skip
    rows = tuple(_came(came, words) for came in each.messages[:SHOWN])
    table = Table(words.plain("Messages of the case"), columns, rows, dense=True)
    kind, _, place = each.known_as.partition("message ")
    known_as = words.plain("Message %(place)s", place=place_said(place)) if place and not kind else each.known_as
    title, aside = f"{each.administration or 'EU'}: {known_as}", ""
    if each.number:
        aside = words.say("partition %(number)s", number=each.partition), " ", Small(Ref(each.number))
    return Card(f"case-{each.number or 'none'}", title, (table,), aside)


def _came(each: Came, words: Words) -> Row:
    tone = Tone.BAD if each.state in {"parked", "exception", "expired", "refused"} else Tone.WAIT
    tone = Tone.GOOD if each.state in {"handled", "delivered"} else tone
    state: Inline = Tag(words.model(each.state), tone)
    if each.reason or each.attempts > 1:
        tried = words.count("%(number)s attempt", "%(number)s attempts", each.attempts) if each.attempts > 1 else ""
        state = (state, " ", Small((each.reason, " ", tried)))
    arrow = {"in": "← ", "out": "→ "}.get(each.direction, "")
    place: Inline = aside_link(each.place) if each.state == "parked" else Ref(place_said(each.place))
    return Row((words.moment(each.at), place, each.what, f"{arrow}{each.party}", each.way, state))
