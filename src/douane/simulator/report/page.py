"""The page: what happened in each journey, with pictures, times, faults and proofs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Final

from markupsafe import Markup

from douane.pages.blocks import (
    Block,
    Bullets,
    Card,
    Column,
    Details,
    Facts,
    Figure,
    Link,
    Note,
    Page,
    Ref,
    Row,
    Table,
    Tag,
    Text,
    Tone,
    Verbatim,
)
from douane.pages.drawing import draw_alone
from douane.pages.languages import Words
from douane.pages.titles import CODES
from douane.simulator.chapters import CHAPTERS, Chapter
from douane.simulator.exchanges import Exchange, FaultSeen, Outcome, Proof, Way
from douane.simulator.report.sequence import MOST, sequence
from douane.simulator.report.xml_text import indented
from douane.simulator.titles import lane_title, message_title
from douane.standards.bpmn import document
from douane.standards.bpmn.document import Document
from douane.standards.bpmn.drawing.compact import compacted
from douane.standards.bpmn.drawing.diagram import diagrams, with_diagram
from douane.standards.bpmn.drawing.picture import svg

KEY = {
    "message": "message",
    "decision": "an officer records",
    "inside": "inside the central platform",
    "refusal": "answered by the door",
    "event": "published to all",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A door of a node."""

    node: str
    door: str
    url: str


@dataclass(frozen=True, slots=True)
class Union:
    """The run as a whole.

    rules: the text of each business rule, shown as the remedy of its violation. statutory: how statutory time went.
    """

    began: int
    ended: int
    addresses: Sequence[Address]
    central: str
    own: tuple[str, ...]
    replicas: int
    rules: Mapping[str, str] = field(default_factory=dict)
    statutory: str = ""

    @property
    def seconds(self) -> float:
        """How long the run took."""
        return (self.ended - self.began) / 1e6


def write_report(folder: Path, outcomes: Sequence[Outcome], union: Union) -> Path:
    """Write ``index.html`` and a page for each chapter into a folder; the path of the first."""
    for left in CHAPTERS:
        (folder / page_of(left)).unlink(missing_ok=True)
    for each, played in in_chapters(outcomes):
        (folder / page_of(each)).write_text(render_chapter(each, played, union), encoding="utf-8")
    page = folder / FIRST
    page.write_text(render(outcomes, union), encoding="utf-8")
    return page


def in_chapters(outcomes: Sequence[Outcome]) -> Iterator[tuple[Chapter, list[Outcome]]]:
    """The chapters of which something was to be played, in their order, each with its journeys."""
    for each in CHAPTERS:
        if own := [one for one in outcomes if one.chapter == each]:
            yield each, own


def page_of(chapter: Chapter) -> str:
    """The file of a chapter, beside the first page."""
    return f"{chapter.name}.html"


def page_in(folder: Path, name: str) -> bytes | None:
    """A page of the report that lies in a folder; None for any other name, and where it is not there."""
    file = folder / name
    if name not in {FIRST, *map(page_of, CHAPTERS)} or not file.is_file():
        return None
    return file.read_bytes()


def verdict(outcomes: Sequence[Outcome]) -> str:
    """How many of the journeys succeeded, in the one number that terminal, report and start page count to."""
    succeeded = sum(each.succeeded and not each.absent for each in outcomes)
    absent = sum(bool(each.absent) for each in outcomes)
    return f"{succeeded} of {len(outcomes)} journeys succeeded" + (f", {absent} could not be played" if absent else "")


def render(outcomes: Sequence[Outcome], union: Union) -> str:
    """The first page as text: one file in the look of the pages, without scripts or foreign content."""
    well = all(each.absent or each.succeeded for each in outcomes)
    state = Tag(verdict(outcomes), Tone.GOOD if well else Tone.BAD)
    head = state, f" in {union.seconds:.1f} s, beginning at {clock(union.began)} UTC"
    told = (Text(f"Statutory time: {union.statutory}."),) if union.statutory else ()
    chapters = (_summary(each, own, union) for each, own in in_chapters(outcomes))
    blocks: tuple[Block, ...] = (Text(_LEAD), *told, *chapters, _union(union), Text(_FOOT, "small soft"))
    page = Page("A customs union in a box", blocks, kicker="Report of a run", state=head)
    return draw_alone(page, Words(), _style())


def render_chapter(chapter: Chapter, outcomes: Sequence[Outcome], union: Union) -> str:
    """The page of a chapter: each journey in a few lines, what can be looked at of it folded."""
    well = all(each.absent or each.succeeded for each in outcomes)
    journeys = (_journey(each, union) for each in outcomes)
    back = Text(Link("All chapters", FIRST))
    blocks: tuple[Block, ...] = (Text(chapter.about), back, *journeys, Text(_FOOT, "small soft"))
    state = Tag(verdict(outcomes), Tone.GOOD if well else Tone.BAD)
    return draw_alone(Page(chapter.title, blocks, kicker="Report of a run", state=state), Words(), _style())


FIRST: Final = "index.html"
"""The page of the report that leads to those of its chapters."""
_LEAD: Final = (
    "Traders, customs offices of five administrations, and others that follow. Every message below went through a real "
    "door with a real certificate, was stored before it was acknowledged, and stands in the audit log. Parties and "
    "goods are invented."
)
_FOOT: Final = (
    "Times are UTC. Messages between offices (CD...) follow the published layouts of the common domain, which are not "
    "official schemas."
)


def _style() -> str:
    """What the drawing of a sequence has beside the style of all pages."""
    return resources.files("douane.simulator.report").joinpath("sequence.css").read_text(encoding="utf-8")


def _result(each: Outcome) -> Tag:
    if each.absent:
        return Tag("not played")
    return Tag("as expected", Tone.GOOD) if each.succeeded else Tag("not as expected", Tone.BAD)


def _title(each: Outcome) -> str:
    return f"{int(each.key[:2])}. {each.title}"


def _summary(chapter: Chapter, outcomes: Sequence[Outcome], union: Union) -> Card:
    columns = (Column("Journey"), Column("Result"), Column("Messages", number=True), Column("Began", number=True),
               Column("Took", number=True))  # fmt: skip
    rows = tuple(
        Row((Link(_title(each), f"{page_of(chapter)}#h-{each.key}"), _result(each), str(len(each.exchanges)),
             "" if each.absent else f"+{(each.started - union.began) / 1e6:.2f} s",
             "" if each.absent else f"{each.seconds:.2f} s"))
        for each in outcomes
    )  # fmt: skip
    table = Table(f"Journeys of {chapter.title}", columns, rows, dense=True)
    blocks = (Text(chapter.about), table, Text(Link(f"{chapter.title}: what happened", page_of(chapter))))
    return Card(chapter.name, chapter.title, blocks, verdict(outcomes))


def _union(union: Union) -> Card:
    said = (
        ("Untrusted circle", ("Traders at Lesquin, Wien and Linz and at the Rhine. They enter by SPEED2: REST, SOAP, a "
         "webhook.")),
        ("Central platform", (f"Keeps the cases of France ({union.central}) and of all who have no system of their "
         "own. Passes on what is for others.")),
        ("Trusted circle", (f"Germany and Austria ({', '.join(union.own)}): own systems, own stores, own keys. "
         f"{union.replicas} administrations with replicas. They enter by CCN2, Belgium by AS4. Italy's old program "
         "enters by CCN/CSI, which is queues.")),
    )  # fmt: skip
    rows = tuple(Row((each.node, each.door, Ref(each.url))) for each in union.addresses)
    doors = Table("Addresses of the doors during this run", (Column("Node"), Column("Door"), Column("Address")), rows)
    shown = Details("Addresses of the doors during this run", (doors,))
    who = Table("Who takes part", (Column("Circle"), Column("Who, and by which door")), tuple(map(Row, said)))
    return Card("union", "Who takes part", (who, shown))


def _journey(each: Outcome, union: Union) -> Card:
    """One journey: its story, then who told whom, what was wrong, what was expected, and what proves it."""
    blocks: list[Block] = [Text(each.story)]
    blocks += [Text(f"Not played: {each.absent}.")] if each.absent else []
    blocks += [Note("", problem, Tone.BAD) for problem in each.problems()]
    folded: list[tuple[str, Sequence[Block]]] = [
        ("Facts", [Facts(tuple(each.facts))] if each.facts else []),
        ("Who uses which channel", [_uses(each)] if each.uses else []),
        ("Who told whom, drawn", [_told(each)] if each.exchanges else []),
        ("The way through each procedure, drawn", [_way(way) for way in each.ways]),
        ("What was wrong, and how to mend it", [_wrong(one, union) for one in each.exchanges if one.faults]),
        ("Expected and received", [_expected(each)] if each.expectations else []),
        ("Proof", _proven(each.proof) if each.proof else []),
    ]
    blocks += [Details(title, tuple(shown)) for title, shown in folded if shown]
    blocks += [_receipts(each)] if each.receipts else []
    blocks += [_messages(each)] if each.exchanges else []
    return Card(each.key, _title(each), tuple(blocks), _result(each))


def _uses(each: Outcome) -> Table:
    rows = tuple(Row((use.channel, party_words(use.lane), use.does)) for use in each.uses)
    return Table("Who uses which channel", (Column("Channel"), Column("Who"), Column("For what")), rows)


def _told(each: Outcome) -> Figure:
    key = Markup(" ").join(Markup('<span class="k {}">{}</span>').format(kind, words) for kind, words in used(each))
    if len(each.exchanges) > MOST:
        key += f" · the first {MOST} of {len(each.exchanges)}; the list of messages has all"
    twin = Bullets(tuple(_sentence(one) for one in each.exchanges), numbered=True)
    return Figure(drawing(each), f"{each.title}: who told whom, scrolls sideways", (twin,), "The same in words", key)


def _sentence(one: Exchange) -> str:
    what = f"{one.name} {message_title(one.name)}".strip()
    noted = f", {one.note}" if one.note else ""
    return f"{lane_words(one.source)} to {lane_words(one.target)}: {what}{noted}"


def _way(way: Way) -> Figure:
    names = {each.id: each.name for process in document.read(way.source).processes for each in process.walk()}
    told = tuple(names[id] for id in way.taken if names.get(id))
    twin = Bullets(told, numbered=True)
    return Figure(picture(way), f"{way.title}, scrolls sideways", (twin,), "The way in words",
                  f"{way.title}, {way.where}; the way taken is thick and numbered")  # fmt: skip


def _wrong(one: Exchange, union: Union) -> Table:
    title = f"What was wrong, and how to mend it: {one.name} {message_title(one.name)}".strip()
    names = ("Code", "Rule", "Where", "Value", "What to do")
    rows = tuple(
        Row((fault.code, "" if fault.rule == "N/A" else fault.rule, Ref(fault.pointer), Ref(fault.value), remedy))
        for fault, remedy in remedies(one.faults, union.rules)
    )  # fmt: skip
    return Table(f"{title}: {one.note}" if one.note else title, tuple(map(Column, names)), rows, dense=True)


def _expected(each: Outcome) -> Table:
    columns = (Column("Party"), Column("Expected, in this order and nothing else"), Column("Collected"))
    rows = tuple(
        Row((one.party, " → ".join(one.expected) or "nothing",
             (Tag("met", Tone.GOOD) if one.met else Tag("not met", Tone.BAD), " ", " → ".join(one.came) or "nothing")))
        for one in each.expectations
    )  # fmt: skip
    return Table("Expected and received", columns, rows, dense=True)


def _proven(proof: Proof) -> list[Block]:
    steps = tuple(
        Row((Tag("holds", Tone.GOOD) if held else Tag("does not hold", Tone.BAD), name, text))
        for name, held, text in proof.steps
    )  # fmt: skip
    how = f"douane audit verify --key audit-key.txt --payload declaration.xml {proof.file}"
    return [
        Table("The verifier says, from the message and the public key alone",
              (Column("Verdict"), Column("What"), Column("Why")), steps),
        Text(("Check it yourself, on any computer that has Douane (here: ", Ref(".venv/bin/douane"),
              "), in the folder of this report: ", Ref(how))),
    ]  # fmt: skip


def _receipts(each: Outcome) -> Details:
    names = ("Message", "Receipt", "Received (UTC)", "SHA-256 of the message", "Leaf in the audit log")
    rows = tuple(
        Row((Ref(one.id), Ref(one.position), one.received[11:23], Ref(one.digest), Ref(one.leaf)))
        for one in each.receipts
    )  # fmt: skip
    table = Table("Receipts", tuple(map(Column, names)), rows, dense=True, wide=True)
    return Details(f"Receipts ({len(each.receipts)})", (table,))


def _messages(each: Outcome) -> Details:
    columns = (Column("No", number=True), Column("Time (UTC)"), Column("From"), Column("To"), Column("By"),
               Column("Message"))  # fmt: skip
    rows = tuple(
        Row((str(number), clock(one.at), lane_words(one.source), lane_words(one.target), one.channel,
             f"{one.name} {message_title(one.name)}".strip() + (f", {one.note}" if one.note else "")))
        for number, one in enumerate(each.exchanges, start=1)
    )  # fmt: skip
    bodies = (
        Details(f"Content of {number}. {one.name}", (Verbatim(indented(one.body)),))
        for number, one in enumerate(each.exchanges, start=1) if one.body
    )  # fmt: skip
    table = Table("Every message with its time", columns, rows, dense=True, wide=True)
    return Details(f"Every message with its time and content ({len(each.exchanges)})", (table, *bodies))


def clock(at: int) -> str:
    """A time of the day to the millisecond, UTC."""
    return dt.datetime.fromtimestamp(at / 1e6, dt.UTC).strftime("%H:%M:%S.%f")[:-3]


def lane_words(lane: str) -> str:
    """A lifeline in one line."""
    return " ".join(lane_title(lane)).strip()


def party_words(lane: str) -> str:
    """A party in a sentence of its own: who, and where or what."""
    return ", ".join(part for part in lane_title(lane) if part)


def drawing(outcome: Outcome) -> Markup:
    """The sequence between the parties."""
    title = f"{outcome.title}: messages between the parties"
    return Markup(sequence(outcome.exchanges, outcome.started, title))  # noqa: S704 - our own drawing, its texts escaped


def picture(way: Way) -> Markup:
    """The process with the way taken."""
    title = f"{way.title}, {way.where}"
    return Markup(svg(_low(document.read(way.source)), taken=way.taken, title=title, styled=False))  # noqa: S704 - as above


def _low(model: Document) -> Document:
    """The model drawn without empty bands."""
    drawn = diagrams(model)
    return with_diagram(model, compacted(drawn[0])) if drawn else model


def used(outcome: Outcome) -> list[tuple[str, str]]:
    """The kinds of arrow in a drawing, for its key."""
    present = {"inside" if each.inside else each.kind.value for each in outcome.exchanges}
    return [(kind, words) for kind, words in KEY.items() if kind in present]


def remedies(faults: Iterable[FaultSeen], rules: Mapping[str, str]) -> list[tuple[FaultSeen, str]]:
    """Faults with what to do: their own words, or the text of the rule they name."""
    return [(each, each.remedy or rules.get(each.rule) or CODES.get(each.code, "")) for each in faults]
