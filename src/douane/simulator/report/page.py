"""The page: what happened in each journey, with pictures, times, faults and proofs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
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


CODES = {
    "12": "Use a code that the code list of this element holds today.",
    "13": "State this: it is missing.",
    "14": "Mend the value: it cannot be right here.",
    "15": "Leave this out here.",
    "26": "Use a new reference: this one belongs to another case.",
    "90": "No case is known under this reference; check it.",
    "92": "This message does not fit the state of the case; look where it stands.",
}
"""What to do where only a code of CL180 was given."""


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
    """Write ``index.html`` into a folder; its path."""
    page = folder / "index.html"
    page.write_text(render(outcomes, union), encoding="utf-8")
    return page


def render(outcomes: Sequence[Outcome], union: Union) -> str:
    """The page as text: one file in the look of the pages, without scripts or foreign content."""
    played = [each for each in outcomes if not each.absent]
    succeeded = sum(each.succeeded for each in played)
    state = Tag(f"{succeeded} of {len(played)} journeys went as their scripts say",
                Tone.GOOD if succeeded == len(played) else Tone.BAD)  # fmt: skip
    head = state, f" in {union.seconds:.1f} s, beginning at {clock(union.began)} UTC"
    journeys = (_journey(each, union) for each in outcomes)
    foot = Text(_FOOT, "small soft")
    blocks: tuple[Block, ...] = (Text(_LEAD), _summary(outcomes, union), _union(union), *journeys, foot)
    page = Page("A customs union in a box", blocks, kicker="Report of a run", state=head)
    return draw_alone(page, Words(), _style())


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


def _summary(outcomes: Sequence[Outcome], union: Union) -> Card:
    columns = (Column("Journey"), Column("Result"), Column("Messages", number=True), Column("Began", number=True),
               Column("Took", number=True))  # fmt: skip
    rows = tuple(
        Row((Link(_title(each), f"#h-{each.key}"), _result(each), str(len(each.exchanges)),
             "" if each.absent else f"+{(each.started - union.began) / 1e6:.2f} s",
             "" if each.absent else f"{each.seconds:.2f} s"))
        for each in outcomes
    )  # fmt: skip
    told = (Text(f"Statutory time: {union.statutory}."),) if union.statutory else ()
    return Card("summary", "Summary", (*told, Table("Journeys", columns, rows, dense=True)))


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
    blocks += [Facts(tuple(each.facts))] if each.facts else []
    if each.uses:
        rows = tuple(Row((use.channel, party_words(use.lane), use.does)) for use in each.uses)
        blocks.append(Table("Who uses which channel", (Column("Channel"), Column("Who"), Column("For what")), rows))
    blocks += [_told(each)] if each.exchanges else []
    blocks += [_way(way) for way in each.ways]
    blocks += [_wrong(one, union) for one in each.exchanges if one.faults]
    blocks += [_expected(each)] if each.expectations else []
    blocks += _proven(each.proof) if each.proof else []
    blocks += [_receipts(each)] if each.receipts else []
    blocks += [_messages(each)] if each.exchanges else []
    blocks.append(Text(Link("Back to the summary", "#h-summary"), "small"))
    return Card(each.key, _title(each), tuple(blocks), _result(each))


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
