"""The start page of a node for development: what is here, what happens, and whom one may be.

It is shown to whoever asks on this machine, so it exists on loopback alone and in development alone. It calls nothing:
what it shows is handed to it. Its buttons do what whoever may read the data folder can do: let a person in by a link
that holds once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol
from urllib.parse import urlencode

from markupsafe import Markup

from douane.channels.browser.safety import local
from douane.channels.browser.visits import Answer, Redirect, Site, View, Visit, page
from douane.model.circles import Platform
from douane.model.routes import Opening
from douane.pages.blocks import (
    Block,
    Button,
    Card,
    Column,
    Columns,
    Details,
    Empty,
    Form,
    Inline,
    Link,
    Live,
    Note,
    Page,
    Ref,
    Row,
    Rows,
    Small,
    Table,
    Tag,
    Text,
    Tone,
)
from douane.pages.languages import Words
from douane.pages.pictures.circles import circles
from douane.pages.pictures.union_map import Stop, union_map
from douane.pages.states import kind_words, tone_of
from douane.portal.about import ABOUT
from douane.runtime.core.tick import Tick
from douane.runtime.store.records import CaseEntry
from douane.shared_services.web.answers import Response
from douane.vocabulary.errors import NotFound

FIND: Final = "/find"
EXPLORER: Final = "/explore"
"""Where the Reference Architecture is shown, at every host that shows it."""
FIRST: Final = "index.html"
"""The first page of the report of a run; it leads to one for each chapter."""
ON_THE_WAY: Final = ("Departure", "PassageRecord", "LeavingRecord", "Arrival")
"""The kinds of cases that a movement has, in the order of its way."""
LAST: Final = 10
"""Movements that the start page shows."""
OF_THE_REPORT: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'; sandbox"
)
"""The policy of the report of a run: a file that is whole in itself, with its own style and icon and no script."""
FIELD: Final = "way"
"""By which field of its form a button says which way."""


@dataclass(frozen=True, slots=True)
class WayIn:
    """A wish and where it leads. client: as whom; path: of a page of his site; circle: its colour."""

    name: str
    client: str
    path: str
    circle: str


WAYS: Final = (
    WayIn("goods", "trader.fr.lesquin", "/declare", "untrusted"),
    WayIn("check", "fr.officer", "/tasks", "trusted"),
    WayIn("change", "commission.officer", "/explore/operation/transit.lodge_declaration/impact", "core"),
    WayIn("connect", "trader.fr.lesquin", "/keys", "untrusted"),
    WayIn("run", "operator", "/", "internal"),
)
"""What one wants to do, as whom one does it, and the page where that work is."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody whom one may be: a registered client, what he is called, what he does, and where he enters."""

    client: str
    title: str
    does: str
    platform: Platform
    circle: str


@dataclass(frozen=True, slots=True)
class Movement:
    """A case as it last changed. Times in microseconds since 1970."""

    reference: str
    administration: str
    kind: str
    state: str
    office: str
    at: int


@dataclass(frozen=True, slots=True)
class Journey:
    """A scripted journey that ended. ``outcome``: empty where it succeeded, else why not; seconds: how long it took."""

    title: str
    seconds: float
    messages: int
    outcome: str = ""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Breakable:
    """Something that one may break: its name for forms, what it is, and whether it works now."""

    name: str
    title: str
    works: bool


class Union(Protocol):
    """What happens in this union; filled in by whoever plays it."""

    def movements(self) -> Sequence[Movement]:
        """The cases that changed last, the latest first; ten at most."""

    def journeys(self) -> Sequence[Journey]:
        """The journeys that ended, in their order."""

    def planned(self) -> int:
        """How many journeys there are; 0 where none are played."""

    def report(self, name: str) -> bytes | None:
        """A page of the report of this run by the name of its file, where the run has ended and has that page."""

    def breakable(self) -> Sequence[Breakable]:
        """What one may break and start again."""

    async def switch(self, name: str, *, works: bool) -> None:
        """Break something, or start it again. Raises NotFound, OurFault."""

    async def advance(self) -> None:
        """Set the clock by which time limits run a day ahead, in every node of the union."""


@dataclass(slots=True)
class Moving:
    """The cases that changed last, by what each commit changed; and what whoever plays the union adds to it."""

    cases: OrderedDict[tuple[str, int], Movement] = field(default_factory=OrderedDict)
    ended: list[Journey] = field(default_factory=list)
    number: int = 0
    written: Callable[[str], bytes | None] = lambda _name: None
    parts: Callable[[], Sequence[Breakable]] = lambda: ()
    switching: Callable[[str, bool], Any] | None = None
    advancing: Callable[[], object] = lambda: None
    elsewhere: dict[str, tuple[Persona, Callable[[str], str]]] = field(default_factory=dict)
    """Persons of other nodes of this union, each with what makes a link that lets them in there."""
    origins: tuple[str, ...] = ()
    """Where those links lead."""

    def watch(self, tick: Tick) -> None:
        """Take over what a committed tick changed."""
        for key, (kind, _) in tick.overlay.before.items():
            entry = tick.overlay.case_entry(key) if kind.type is CaseEntry else None
            if entry is not None:
                self.take(key[3:5].decode(), int.from_bytes(key[5:13], "big"), entry, tick.overlay.now)

    def take(self, administration: str, subject: int, entry: CaseEntry, at: int) -> None:
        """Show how a case stands that changed at an instant; one that has no reference of its own yet is not shown."""
        names = dict(entry.aliases)
        reference = names.get("mrn") or names.get("arrival") or names.get("passage")
        if reference is None:
            return
        self.cases.pop((administration, subject), None)
        self.cases[administration, subject] = Movement(
            reference, administration, entry.kind, entry.state, entry.office, at
        )
        while len(self.cases) > LAST:
            self.cases.popitem(last=False)

    def movements(self) -> Sequence[Movement]:
        """The cases that changed last, the latest first."""
        return tuple(reversed(self.cases.values()))

    def journeys(self) -> Sequence[Journey]:
        """The journeys that ended."""
        return tuple(self.ended)

    def planned(self) -> int:
        """How many journeys there are."""
        return self.number

    def report(self, name: str) -> bytes | None:
        """A page of the report of this run, where it has ended."""
        return self.written(name)

    def breakable(self) -> Sequence[Breakable]:
        """What one may break and start again."""
        return self.parts()

    async def switch(self, name: str, *, works: bool) -> None:
        """Break something, or start it again."""
        if self.switching is None or name not in {each.name for each in self.parts()}:
            raise NotFound("There is nothing of this name to stop or start.", remedy="Go back to the start page.")
        await self.switching(name, works)

    async def advance(self) -> None:
        """Set statutory time a day ahead; a running node notices within a second."""
        self.advancing()


@dataclass(frozen=True, slots=True)
class Start:
    """What the start page is made of. ``invite``: a link that lets a persona in once, to a page of its site."""

    union: Union
    personas: Callable[[], Sequence[Persona]]
    invite: Callable[[Persona, str], str]
    links: Callable[[], Mapping[Platform, str]]
    services: str


def start_site(start: Start) -> Site:
    """The start page as a site of its own, without sign-in."""
    views = (
        View(page("GET", "/", Opening.ANYBODY), lambda visit: _show(start, visit)),
        View(page("POST", "/as", Opening.ANYBODY), lambda visit: _enter(start, visit)),
        View(page("POST", "/switch", Opening.ANYBODY), lambda visit: _switch(start, visit)),
        View(page("POST", "/advance", Opening.ANYBODY), lambda _visit: _advance(start)),
        View(page("GET", FIND, Opening.ANYBODY), lambda visit: _find(start, visit)),
        View(page("GET", "/report", Opening.ANYBODY), lambda _visit: _to_report(start)),
        View(page("GET", "/report/{name}", Opening.ANYBODY), lambda visit: _report(start, visit)),
        *ABOUT,
    )
    return Site("start", lambda words: words.plain("Customs union platform"), views, find=FIND)


async def _enter(start: Start, visit: Visit) -> Answer:
    way = way_in(visit.form.get(FIELD, ""))
    client, go = (way.client, way.path) if way is not None else (visit.form.get("as"), local(visit.form.get("go", "/")))
    wanted = next((each for each in start.personas() if each.client == client), None)
    if wanted is None:
        raise NotFound("There is no such person here.", remedy="Choose one on the start page.")
    return Redirect(start.invite(wanted, go), referrer="no-referrer")


async def _switch(start: Start, visit: Visit) -> Answer:
    await start.union.switch(visit.form.get("name", ""), works=visit.form.get("works") == "yes")
    return Redirect("/")


async def _advance(start: Start) -> Answer:
    await start.union.advance()
    return Redirect("/")


async def _to_report(start: Start) -> Answer:
    if start.union.report(FIRST) is None:
        raise NotFound(
            "The report of this run is not written yet.", remedy="It is, as soon as every journey has ended."
        )
    return Redirect(f"/report/{FIRST}")


async def _report(start: Start, visit: Visit) -> Answer:
    found = start.union.report(visit.path["name"])
    if found is None:
        raise NotFound("The report of this run has no such page.", remedy="Go to its first page: /report")
    return Response(200, found, "text/html; charset=utf-8", (("content-security-policy", OF_THE_REPORT),))


async def _show(start: Start, visit: Visit) -> Answer:
    words, go = visit.words, local(visit.query.get("go", "/"))
    personas = Form(
        "/as", tuple(Button(words.model(each.title), "as", each.client, note=words.model(each.does), circle=each.circle)
                     for each in start.personas()), hidden={"go": go}, doors=True, title=words.plain("Enter as"),
    )  # fmt: skip
    if go != "/":
        return Page(
            words.plain("Play the other side"),
            (Text(words.say("As whom do you want to open this page?")), Text(Ref(go)), personas),
        )
    persons = Card("as", words.plain("Enter as"), (replace(personas, title=""),))
    left: tuple[Block, ...] = (
        Live("now", "/?part=now", (_happening(start, words),)),
        *((_breaking(start, words),) if start.union.breakable() else ()),
    )
    ahead = Form("/advance", (Button(words.plain("Set it a day ahead"), look="btn second tight"),))
    text = Text(
        words.say("Time limits of the law run by it; tokens and times of messages go by the machine's."), "small"
    )
    clock = Card("clock", words.plain("Union clock"), (text, ahead))
    picture = circles(start.links(), start.services, words)
    note = Text(words.say("Nobody reaches the core but through a door, and a door lets in its own circle alone. "
                          "Parties and goods here are invented."), "small soft")  # fmt: skip
    title = words.plain("Circles of trust")
    pictured = Card("circles", title, (picture, note), words.plain("doors with pages are links"))
    right = (pictured, *_explorer(start.links().get(Platform.SPEED2, ""), words), clock)
    lead = words.say("This is a customs union on your own machine: traders, administrations and the Commission "
                     "exchange declarations here as they do in law. It is for the teams that build, connect or run "
                     "customs systems: of an administration, of the centre, of a trader's software. Try a role, move "
                     "goods, break something: nothing is lost.")  # fmt: skip
    ways = (ways_in(words),) if _has_every_way(start) else ()
    return Page(
        words.plain("A customs union that you can run yourself"), (*ways, Columns(left, right), persons), state=lead
    )


def _has_every_way(start: Start) -> bool:
    """Whether everybody is here as whom a way leads in; a national node has its own officers alone."""
    return {each.client for each in WAYS} <= {each.client for each in start.personas()}


def _explorer(portal: str, words: Words) -> tuple[Card, ...]:
    """The way to the public part of the Reference Architecture; none where the portal is not open here."""
    if not portal:
        return ()
    way = words.say("What all of it is for, what it rests on and what a change of it touches:")
    link = Link(words.plain("From goal to datum"), f"{portal}{EXPLORER}")
    return (Card("explorer", words.model("Reference Architecture"), (Text((way, " ", link)),)),)


async def _find(start: Start, visit: Visit) -> Answer:
    """The words of the search box are looked for at the portal."""
    portal = start.links().get(Platform.SPEED2, "")
    query = urlencode({"reference": visit.query.get("reference", "")[:200]})
    return Redirect(f"{portal}/find?{query}" if portal else "/")


def _happening(start: Start, words: Words) -> Card:
    """The movements that changed last, and the journeys as they end."""
    union = start.union
    ended, planned = union.journeys(), union.planned()
    aside: Inline = ""
    if planned:
        aside = succeeded(ended, planned, words)
    movements = union.movements()
    shown: Block = Empty(words.say("No case yet: the first message opens one."))
    if movements:
        names = (words.plain("Case"), words.plain("Where"), words.plain("State"))
        columns = (*(Column(each) for each in names), Column(words.plain("At"), number=True))
        shown = Table(
            words.plain("The cases that changed last"), columns, tuple(_row(each, words) for each in movements),
            dense=True,
        )  # fmt: skip
    way = way_of(movements)
    pictured = (union_map(way[0], way[1], words),) if way is not None else ()
    blocks: list[Block] = [*pictured, shown]
    if ended:
        items = tuple(_journey(each, words) for each in ended)
        blocks.append(Details(words.plain("The journeys"), (Rows(items),)))
    if union.report(FIRST) is not None:
        blocks.append(Text(Link(words.plain("Report of this run"), "/report")))
    return Card("now", words.plain("What is happening"), tuple(blocks), aside)


def succeeded(ended: Sequence[Journey], planned: int, words: Words) -> Markup:
    """How many journeys succeeded so far, in the sentence of terminal and report."""
    well, absent = sum(not each.outcome for each in ended), sum(each.absent for each in ended)
    said = words.say("%(succeeded)s of %(planned)s journeys succeeded", succeeded=well, planned=planned)
    return said + (words.say(", %(absent)s could not be played", absent=absent) if absent else "")


def way_of(movements: Sequence[Movement]) -> tuple[str, list[Stop]] | None:
    """The movement that changed last, with its cases in the order of its way; None where there is none.

    movements: the latest first. What has an MRN for a name is one: a case at departure, at each office ahead, at
    destination.
    """
    for latest in movements:
        if latest.kind in ON_THE_WAY:
            cases = [each for each in movements if each.reference == latest.reference and each.kind in ON_THE_WAY]
            cases.sort(key=lambda each: (ON_THE_WAY.index(each.kind), each.at))
            return latest.reference, [
                Stop(each.administration, each.kind, each.office, each.state, each is latest) for each in cases
            ]
    return None


def _journey(each: Journey, words: Words) -> tuple[Inline, Inline]:
    """A journey that ended: what it was, and how."""
    messages = words.count("%(number)s message", "%(number)s messages", each.messages)
    state = Tag(f"{each.seconds:.1f} s", Tone.GOOD)
    if each.outcome:
        state = Tag(words.plain("not played")) if each.absent else Tag(words.plain("failed"), Tone.BAD)
    return (words.model(each.title), Small(each.outcome or messages)), state


def _row(each: Movement, words: Words) -> Row:
    where = Markup("{}, {}").format(each.administration, words.model(kind_words(each.kind)))
    state: Inline = Tag(words.model(each.state), tone_of(each.state)) if each.state else ""
    return Row((Ref(each.reference, f"/?go=/cases/{each.reference}"), where, state, f"{words.local(each.at):%H:%M}"))


def _breaking(start: Start, words: Words) -> Card:
    """What one may break: only here, only in development."""
    forms: list[Block] = [
        Note("", words.say("For trials only. Messages wait for whoever is away, and nothing is lost."))
    ]
    for each in start.union.breakable():
        say = (
            words.plain("Stop %(what)s", what=each.title)
            if each.works
            else words.plain("Start %(what)s again", what=each.title)
        )
        look = "btn danger tight" if each.works else "btn second tight"
        state = words.plain("works") if each.works else words.plain("stopped")
        forms.append(
            Form(
                "/switch",
                (Button(say, "name", each.name, look, state),),
                hidden={"works": "no" if each.works else "yes"},
            )
        )
    return Card("break", words.plain("Break something"), tuple(forms))


def way_in(name: str) -> WayIn | None:
    """The way of a name."""
    return next((each for each in WAYS if each.name == name), None)


def ways_in(words: Words) -> Form:
    """The five buttons."""
    said = {
        "goods": (words.plain("Send goods"), words.plain("declare, and follow what becomes of it")),
        "check": (words.plain("Check goods"), words.plain("what waits at an office, and decide")),
        "change": (words.plain("Change a rule"), words.plain("see what it touches before it is done")),
        "connect": (words.plain("Connect software"), words.plain("a certificate of its own")),
        "run": (words.plain("Keep it running"), words.plain("what is wrong, and who is hit")),
    }
    buttons = tuple(
        Button(said[each.name][0], FIELD, each.name, note=said[each.name][1], circle=each.circle) for each in WAYS
    )
    return Form("/as", buttons, doors=True, title=words.plain("Five ways in"))
