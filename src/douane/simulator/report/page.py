"""The page: what happened in each journey, with pictures, times, faults and proofs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import jinja2
from markupsafe import Markup

from douane.simulator.exchanges import FaultSeen, Outcome, Way
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
    """The page as text."""
    played = [each for each in outcomes if not each.absent]
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("douane.simulator.report"), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters.update(clock=clock, lane=lane_words, party=party_words, named=message_title, indented=indented)
    return environment.get_template("report.html").render(
        outcomes=outcomes,
        played=len(played),
        union=union,
        succeeded=sum(each.succeeded for each in played),
        drawing=drawing,
        picture=picture,
        remedies=lambda faults: remedies(faults, union.rules),
        bar=lambda each: bar(each, union),
        refused=lambda outcome: [each for each in outcome.exchanges if each.faults],
        style=Markup(environment.get_template("style.css").render()),  # noqa: S704 - our own file
        most=MOST,
        used=used,
    )


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
    return Markup(svg(_low(document.read(way.source)), taken=way.taken, title=title))  # noqa: S704 - as above


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


def bar(outcome: Outcome, union: Union) -> tuple[float, float]:
    """When a journey ran, in percent of the whole run: start and width."""
    whole = max(union.ended - union.began, 1)
    return 100 * (outcome.started - union.began) / whole, max(100 * (outcome.ended - outcome.started) / whole, 0.6)
