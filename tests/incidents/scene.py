"""The node that incidents happen to, and how each is judged: from outside, by log, metrics, health and commands.

The printed runbook is the only source of what is done: a play names a step, and the page says the command.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import shlex
import subprocess
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

from prometheus_client.parser import text_string_to_metric_families

from douane.cli.main import main as command
from douane.shared_services.logging.events import CATALOGUE, Event, Level
from tests.agreeing import PROPOSER
from tests.journeys.standing import Client

RUNBOOKS = Path(__file__).parents[2] / "docs" / "runbooks.md"
NOTICED, CLOSED = 30.0, 60.0
"""Seconds within which an incident stands in log and metrics, and within which it is over once its runbook was done."""


PROGRAMS = frozenset({"douane", "kill"})
"""What a step of a runbook runs on the machine of the node."""
Incident: TypeAlias = Generator[frozenset[str], None, None]
"""An incident as it is played: once, when it stands and was noticed, it yields the numbers of the cases hit."""


class Watched(Protocol):
    """A node with doors."""

    def client(self, platform: str, name: str) -> Client:
        """A client at a door."""


class Missed(AssertionError):
    """Something was not there in time, or was there and should not."""


N = TypeVar("N", bound=Watched)


@dataclass
class Scene(Generic[N]):
    """A node, watched from outside. data: its data folder. steps: of runbooks, that were done."""

    node: N
    data: Path
    begun: int = 0
    took: dict[str, float] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    def lines(self) -> list[dict[str, Any]]:
        """What the log has since the incident began."""
        text = (self.data / "node.log").read_text().splitlines()
        return [json.loads(line) for line in text[self.begun :]]

    def begin(self) -> None:
        """From here on the log counts."""
        self.begin_again()
        self.took = {}

    def begin_again(self) -> None:
        """From here on the log counts, of the same incident."""
        self.begun = len((self.data / "node.log").read_text().splitlines())

    def told(self, event: Event, **fields: object) -> bool:
        """Whether an event was told, with cause and remedy where somebody should act."""
        for line in self.lines():
            if line["event"] == event.value and all(line.get(name) == value for name, value in fields.items()):
                known = CATALOGUE[event]
                if known.level is not Level.INFO and (line["cause"], line["remedy"]) != (known.cause, known.remedy):
                    raise Missed(f"{event.value} says neither cause nor remedy")
                return True
        return False

    def metric(self, name: str, **labels: str) -> float | None:
        """The value of a series now; None where it is not there, or nobody answers."""
        try:
            page = self.node.client("operations", "operator").ask("GET", "/metrics").body.decode()
        except OSError:
            return None
        for family in text_string_to_metric_families(page):
            for sample in family.samples:
                if sample.name == name and labels.items() <= sample.labels.items():
                    return sample.value
        return None

    def total(self, name: str, **labels: str) -> float:
        """The sum of a series over the processes of the node."""
        with contextlib.suppress(OSError):
            page = self.node.client("operations", "operator").ask("GET", "/metrics").body.decode()
            samples = [each for family in text_string_to_metric_families(page) for each in family.samples]
            return sum(each.value for each in samples if each.name == name and labels.items() <= each.labels.items())
        return 0.0

    def most(self, name: str) -> float:
        """The largest value of a series over the processes of the node."""
        with contextlib.suppress(OSError):
            page = self.node.client("operations", "operator").ask("GET", "/metrics").body.decode()
            samples = [each for family in text_string_to_metric_families(page) for each in family.samples]
            return max((each.value for each in samples if each.name == name), default=0.0)
        return 0.0

    def ready(self) -> bool:
        """Whether the node says that every part works."""
        try:
            return self.node.client("operations", "operator").ask("GET", "/health/ready").status == 200
        except OSError:
            return False

    def named(self) -> list[str]:
        """How a command is told which node."""
        return ["--data", str(self.data)]

    def says(self, *words: str) -> Any:
        """What a command of the operator's says for programs."""
        with contextlib.redirect_stdout(io.StringIO()) as said:
            command([*words, "--json", *self.named()])
        return json.loads(said.getvalue())

    def cases(self, *references: str) -> frozenset[str]:
        """The numbers of the cases that references lead to."""
        return frozenset(case["case"] for each in references for case in self.says("timeline", each))

    def hit(self) -> frozenset[str]:
        """The cases that the node says do not go on."""
        return frozenset(each["case"] for each in self.says("message", "hit"))

    def compares(self, ours: frozenset[str], when: str) -> None:
        """The cases that are named as hit become those of the fault, none missing, none extra. Raises Missed."""
        self.within(CLOSED, f"{len(ours)} cases hit {when}", lambda: self.hit() == ours)

    def goes(self, play: Incident) -> None:
        """Play an incident: it stands, its cases are named, its runbook is done, it is over, and no case is hit."""
        self.steps = []
        try:
            ours = next(play, None)
            if ours is None:
                raise Missed("it does not say which cases it hits")
            self.compares(ours, "meanwhile")
            if next(play, None) is not None:
                raise Missed("it stands twice")
        finally:
            play.close()
        if not self.steps:
            raise Missed("no step of a runbook was done")
        self.compares(frozenset(), "afterwards")

    def does(self, alert: str, step: str, *, by: Callable[[], object] | None = None, **places: str) -> None:
        """Do a step of an alert's runbook: its commands, as the printed page has them. Raises Missed.

        step: how its sentence begins. by: does what a step without commands asks of a person. places: what stands for
        each word in capitals.
        """
        runbook = RUNBOOKS.read_text().partition(f"\n## {alert}\n")[2].partition("\n## ")[0]
        printed = runbook.partition("* **Do:**\n")[2].partition("\n* ")[0]
        found = [text for text in re.findall(r"^  \d+\. (.+)$", printed, re.MULTILINE) if text.startswith(step)]
        if len(found) != 1:
            raise Missed(f"{len(found)} steps of the runbook of {alert} begin with {step!r}")
        commands = [each for each in re.findall("`([^`]+)`", found[0]) if each.split()[0] in PROGRAMS]
        if bool(commands) == (by is not None):
            raise Missed(f"whether a person or a command does it: {found[0]}")
        for each in commands:
            self._runs(each, places)
        if by is not None:
            by()
        self.steps.append(f"{alert}: {found[0]}")

    def _runs(self, printed: str, places: Mapping[str, str]) -> None:
        named = {"ACCOUNT": PROPOSER, **places}
        words = [named.get(word, word) for word in shlex.split(printed)]
        if open_ := [word for word in words if word.isalpha() and word.isupper()]:
            raise Missed(f"nobody knows what stands for {', '.join(open_)} in {printed}")
        if words[0] != "douane":
            subprocess.run(words, check=True)
        elif command([*words[1:], *self.named()]) != 0:
            raise Missed(f"{printed} does not do what the runbook says")
        self.agreed()

    def agreed(self) -> None:
        """Whom a command named confirms what it proposed, and another operator agrees; nothing where none is here."""

    def within(self, seconds: float, what: str, holds: Callable[[], bool]) -> None:
        """Wait for something, and keep how long it took. Raises Missed."""
        begun = time.monotonic()
        while not holds():
            if time.monotonic() - begun > seconds:
                raise Missed(f"not within {seconds:.0f} s: {what}")
            time.sleep(0.1)
        self.took[what] = round(time.monotonic() - begun, 1)

    def quiet(self, *but: Event) -> None:
        """Nothing asked for an act since the incident began, but these. Raises Missed."""
        found = {line["event"] for line in self.lines() if line["level"] != "info"} - {each.value for each in but}
        if found:
            raise Missed(f"a decoy raised {', '.join(sorted(found))}")


S = TypeVar("S", bound=Scene[Any])


def judged(scene: S, play: Callable[[S], Incident] | None, decoy: Callable[[S], None] | None) -> None:
    """Play an incident, or a decoy, which may hit no case. Raises Missed."""
    if play is not None:
        scene.goes(play(scene))
    if decoy is not None:
        decoy(scene)
        scene.compares(frozenset(), "by a decoy")
