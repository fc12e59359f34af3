"""The operator's console: does the node work, what waits or was set aside, whom it hits, what runs out.

It is shown to operators alone, at a host of its own, and tells of messages no more than the command line tells whoever
may read the data folder: who, when, what kind, what became of it and why; not what a message says. Acts are those of
the operator's socket, journalled with who did them and why, and done once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import quote

from douane.channels.browser.visits import Answer, Redirect, Site, View, Visit, page
from douane.model.circles import Platform
from douane.pages.blocks import (
    Block,
    Button,
    Card,
    Column,
    Columns,
    Empty,
    Facts,
    Field,
    Form,
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
from douane.vocabulary.errors import NotFound

SHOWN: Final = 50
"""Rows of a table."""
SOON_DAYS: Final = 30
"""What runs out within so many days is told on the first page."""
REASON_LETTERS: Final = 500


@dataclass(frozen=True, slots=True)
class Lane:
    """The messages that wait for one partner by one channel.

    waiting: how many, and whether there are more than were counted. oldest: when the first was written. failures: of
    attempts in a row; reason: why the last one failed. again: seconds until the next. hit: references of cases.
    """

    channel: str
    partner: str
    waiting: int = 0
    more: bool = False
    oldest: int = 0
    failures: int = 0
    reason: str = ""
    again: int = 0
    hit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A message set aside: its place, when, what, from whom, why. behind: the place of that behind which it waits."""

    place: str
    at: int
    operation: str
    sender: str
    id: str
    reason: str
    attempts: int
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Expiring:
    """A certificate or list that runs out: what it is, when, and in how many days (negative: so long ago)."""

    what: str
    until: int
    days: int
    remedy: str


@dataclass(frozen=True, slots=True)
class Came:
    """One message of a case, as the timeline has it."""

    at: int
    place: str
    direction: str
    what: str
    party: str
    way: str
    state: str
    reason: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Found:
    """A case that a reference leads to, with its messages."""

    administration: str
    known_as: str
    number: str
    messages: Sequence[Came]


@dataclass(frozen=True, slots=True)
class Health:
    """Each part of the node with what is wrong with it (empty: nothing), and what to look at while it goes on."""

    parts: Mapping[str, str]
    notes: Mapping[str, str]


class Node(Protocol):
    """What the console is told of its node, and what it may have done."""

    def health(self) -> Health:
        """Whether it works."""

    def figures(self) -> Sequence[tuple[str, int]]:
        """What is in the node: a name and a number each."""

    def lanes(self) -> Sequence[Lane]:
        """The lanes in which something waits or failed."""

    def aside(self) -> Sequence[Aside]:
        """What is set aside, oldest first."""

    def expiring(self) -> Sequence[Expiring]:
        """What runs out, the next first."""

    def find(self, reference: str, person: str) -> Sequence[Found]:
        """The cases of a reference; who looked is written to the audit log. Raises NotFound."""

    def new_act(self) -> str:
        """An identification for an act, so that sending its form twice does it once."""

    async def release(self, place: str, *, act: str, reason: str, person: str) -> str:
        """Have a message handled again; empty where it is handled, else why it failed again. Raises NotFound."""


def console(node: Node, personas: Mapping[str, str]) -> Site:
    """The console of a node."""
    views = (
        View(page("GET", "/"), _bound(_overview, node)),
        View(page("GET", "/lanes"), _bound(_lanes, node)),
        View(page("GET", "/aside"), _bound(_aside, node)),
        View(page("GET", "/aside/{place}"), _bound(_one_aside, node)),
        View(page("POST", "/aside/{place}/release"), _bound(_release, node)),
        View(page("GET", "/calendar"), _bound(_calendar, node)),
        View(page("GET", "/find"), _bound(_find, node)),
        *ABOUT,
        LEAVE,
    )
    return Site(
        "console", lambda words: words.plain("Console"), views, Platform.OPERATIONS, tabs=_tabs, find="/find",
        personas=personas,
    )  # fmt: skip


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
        ("/calendar", words.plain("What runs out")),
    )  # fmt: skip
    return tuple(Tab(text, to, current=at == to or (to != "/" and at.startswith(f"{to}/"))) for to, text in named)


def _person(visit: Visit) -> str:
    assert visit.caller is not None
    return visit.caller.id


# --- overview


async def _overview(node: Node, visit: Visit) -> Answer:
    words = visit.words
    health, lanes, aside = node.health(), node.lanes(), node.aside()
    soon = [each for each in node.expiring() if each.days < SOON_DAYS]
    failing = [each for each in lanes if each.failures]
    broken = [wrong for wrong in health.parts.values() if wrong]
    number = len(broken) + len(failing) + len(aside) + len(soon) + len(health.notes)
    state: Inline = Tag(words.plain("everything works"), Tone.GOOD, big=True)
    if number:
        said = words.count("%(number)s thing needs you", "%(number)s things need you", number)
        state = Tag(str(said), Tone.BAD if broken or failing else Tone.WARN, big=True)
    left: tuple[Block, ...] = (_failing(failing, words), _waiting_aside(aside, words))
    right: tuple[Block, ...] = (_parts(health, node.figures(), words), _running_out(soon, words))
    return Page(words.plain("Overview"), (Live("node", "/?part=node", (Text(state), Columns(left, right))),))


def _failing(lanes: Sequence[Lane], words: Words) -> Card:
    """Partners who cannot be reached, why, and which cases wait for them."""
    title = words.plain("Partners that cannot be reached")
    if not lanes:
        return Card("failing", title, (Empty(words.say("Every partner took what was sent.")),))
    return Card("failing", title, tuple(_hit(each, words) for each in lanes))


def _hit(lane: Lane, words: Words) -> Note:
    said = words.say(
        "%(reason)s. Waiting: %(waiting)s, the oldest since %(since)s; tried %(failures)s times, again in %(again)s s.",
        reason=lane.reason.rstrip(".") or words.plain("No answer"), waiting=_number(lane),
        since=words.moment(lane.oldest) if lane.oldest else "-", failures=lane.failures, again=lane.again,
    )  # fmt: skip
    hit: Inline = (" ", words.say("Cases hit:"), " ", _references(lane.hit)) if lane.hit else ""
    return Note(f"{lane.partner} ({lane.channel})", (said, hit), Tone.BAD)


def _waiting_aside(aside: Sequence[Aside], words: Words) -> Card:
    title = words.plain("Set aside")
    if not aside:
        return Card("aside", title, (Empty(words.say("Nothing is set aside.")),))
    number = words.count("%(number)s message", "%(number)s messages", len(aside))
    first = tuple(
        Note(each.operation, (Ref(each.place, f"/aside/{each.place}"), f" {each.sender}: ", each.reason), Tone.WARN)
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
    words, lanes = visit.words, node.lanes()
    title = words.plain("Deliveries")
    if not lanes:
        return Page(title, (Empty(words.say("Nothing waits: every message for a partner has arrived.")),))
    columns = (
        Column(words.plain("Partner")), Column(words.plain("Channel")), Column(words.plain("Waiting"), number=True),
        Column(words.plain("Oldest")), Column(words.plain("Attempts in vain"), number=True),
        Column(words.plain("Why")), Column(words.plain("Cases hit")),
    )  # fmt: skip
    rows = tuple(
        Row((
            each.partner, each.channel, _number(each), words.moment(each.oldest) if each.oldest else "",
            str(each.failures), each.reason, _references(each.hit),
        ))
        for each in lanes
    )  # fmt: skip
    text = words.say("A message waits until its partner took it; nothing is lost, and order is kept within a case.")
    return Page(title, (Text(text), Live("lanes", "/lanes?part=lanes", (Table(title, columns, rows),))))


async def _aside(node: Node, visit: Visit) -> Answer:
    words, aside = visit.words, node.aside()
    title = words.plain("Set aside")
    if not aside:
        return Page(title, (Empty(words.say("Nothing is set aside.")),))
    text = words.say(
        "A message is set aside when its handling failed by a fault of ours. Its sender has a receipt; others of its "
        "case wait behind it. Once the fault is mended, have it handled again."
    )
    return Page(title, (Text(text), _aside_table(aside[:SHOWN], words)))


def _aside_table(aside: Sequence[Aside], words: Words) -> Table:
    columns = (
        Column(words.plain("Place")), Column(words.plain("At")), Column(words.plain("What")),
        Column(words.plain("From")), Column(words.plain("Why")),
    )  # fmt: skip
    rows = tuple(
        Row((
            Ref(each.place, f"/aside/{each.place}"), words.moment(each.at), each.operation, each.sender,
            words.say("waits behind %(place)s", place=each.behind) if each.behind else each.reason,
        ))
        for each in aside
    )  # fmt: skip
    return Table(words.plain("Messages set aside"), columns, rows)


async def _one_aside(node: Node, visit: Visit) -> Answer:
    return _about_aside(node, visit)


def _about_aside(node: Node, visit: Visit, problem: str = "") -> Page:
    words, place = visit.words, visit.path["place"]
    each = next((found for found in node.aside() if found.place == place), None)
    if each is None:
        raise NotFound(
            f"No message is set aside at {place[:20]}.", remedy="It may have been handled meanwhile: see what is left."
        )
    facts = Facts((
        (words.plain("What"), each.operation), (words.plain("From"), each.sender),
        (words.plain("Identification"), Ref(each.id, _found_at(each.id))), (words.plain("At"), words.moment(each.at)),
        (words.plain("Attempts"), str(each.attempts)),
        (words.plain("Why"), words.say("waits behind %(place)s", place=each.behind) if each.behind else each.reason),
    ))  # fmt: skip
    blocks: list[Block] = [facts]
    if each.behind:
        blocks.append(Text(Link(words.plain("The message before it"), f"/aside/{each.behind}")))
    else:
        field = Field(
            "reason", words.plain("Reason"), visit.form.get("reason", ""), rows=2,
            hint=words.plain("Why it may be handled now; it is kept with the act."),
        )  # fmt: skip
        again = Button(words.plain("Handle it again"))
        blocks.append(
            Form(f"/aside/{place}/release", (again,), (field,), {"act": visit.form.get("act") or node.new_act()},
                 problems=(problem,) if problem else ())
        )  # fmt: skip
    crumbs = (Link(words.plain("Set aside"), "/aside"),)
    return Page(words.plain("Message %(place)s", place=place), tuple(blocks), crumbs=crumbs, faulty=bool(problem))


async def _release(node: Node, visit: Visit) -> Answer:
    words, reason = visit.words, visit.form.get("reason", "").strip()
    if not reason or len(reason) > REASON_LETTERS:
        said = words.plain("Say why it may be handled now, in at most %(letters)s letters.", letters=REASON_LETTERS)
        return _about_aside(node, visit, said)
    failed = await node.release(
        visit.path["place"], act=visit.form.get("act", ""), reason=reason, person=_person(visit)
    )  # fmt: skip
    if failed:
        return _about_aside(node, visit, words.plain("It failed again: %(reason)s", reason=failed))
    return Redirect("/aside")


async def _calendar(node: Node, visit: Visit) -> Answer:
    words = visit.words
    title = words.plain("What runs out")
    return Page(title, (_expiring_table(node.expiring()[:SHOWN], words),))


def _expiring_table(found: Sequence[Expiring], words: Words) -> Table:
    columns = (Column(words.plain("What")), Column(words.plain("Until")), Column(words.plain("What to do")))
    return Table(words.plain("Certificates and lists"), columns, tuple(_expiry(each, words) for each in found))


def _expiry(each: Expiring, words: Words) -> Row:
    tone = Tone.BAD if each.days < 0 else Tone.WARN if each.days < SOON_DAYS else Tone.GOOD
    left = words.count("%(number)s day", "%(number)s days", each.days) if each.days >= 0 else words.plain("run out")
    return Row((each.what, (words.moment(each.until), " ", Tag(str(left), tone)), each.remedy))


async def _find(node: Node, visit: Visit) -> Answer:
    words, reference = visit.words, visit.query.get("reference", "").strip()[:80]
    title = words.plain("Where is it?")
    if not reference:
        ask = words.say("Type an MRN, LRN, GRN, the identification of a message or its place in the search box.")
        return Page(title, (Empty(ask),))
    try:
        found = node.find(reference, _person(visit))
    except NotFound as problem:
        return Page(
            title, (Empty((Ref(reference), ": ", words.model(problem.text), " ", words.model(problem.remedy))),)
        )
    return Page(title, tuple(_case(each, words) for each in found), heading=Ref(reference))


def _case(each: Found, words: Words) -> Card:
    columns = (
        Column(words.plain("At")), Column(words.plain("Place")), Column(words.plain("What")),
        Column(words.plain("Party")), Column(words.plain("Way")), Column(words.plain("State")),
    )  # fmt: skip
    rows = tuple(_came(came, words) for came in each.messages[:SHOWN])
    table = Table(words.plain("Messages of the case"), columns, rows, dense=True)
    return Card(
        f"case-{each.number or 'none'}", f"{each.administration or 'EU'}: {each.known_as}", (table,), each.number
    )


def _came(each: Came, words: Words) -> Row:
    tone = Tone.BAD if each.state in {"parked", "exception", "expired", "refused"} else Tone.WAIT
    tone = Tone.GOOD if each.state in {"handled", "delivered"} else tone
    state: Inline = Tag(words.model(each.state), tone)
    if each.reason or each.attempts > 1:
        tried = words.count("%(number)s attempt", "%(number)s attempts", each.attempts) if each.attempts > 1 else ""
        state = (state, " ", Small((each.reason, " ", tried)))
    arrow = {"in": "← ", "out": "→ "}.get(each.direction, "")
    return Row((words.moment(each.at), each.place, each.what, f"{arrow}{each.party}", each.way, state))


def _number(lane: Lane) -> str:
    return f"{lane.waiting}+" if lane.more else str(lane.waiting)


def _references(hit: Sequence[str]) -> Inline:
    parts: list[Inline] = []
    for n, each in enumerate(hit):
        parts += ([", "] if n else []) + [Ref(each, _found_at(each))]
    return tuple(parts)


def _found_at(reference: str) -> str:
    return f"/find?reference={quote(reference)}"
