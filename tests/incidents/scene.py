"""The node that incidents happen to, and how each is judged: from outside, by log, metrics, health and commands."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from prometheus_client.parser import text_string_to_metric_families

from douane.shared_services.logging.events import CATALOGUE, Event, Level
from tests.journeys.standing import Client

NOTICED, CLOSED = 30.0, 60.0
"""Seconds within which an incident stands in log and metrics, and within which it is over once its runbook was done."""


class Watched(Protocol):
    """A node with doors."""

    def client(self, platform: str, name: str) -> Client:
        """A client at a door."""


class Missed(AssertionError):
    """Something was not there in time, or was there and should not."""


N = TypeVar("N", bound=Watched)


@dataclass
class Scene(Generic[N]):
    """A node, watched from outside. data: its data folder."""

    node: N
    data: Path
    begun: int = 0
    took: dict[str, float] = field(default_factory=dict)

    def lines(self) -> list[dict[str, Any]]:
        """What the log has since the incident began."""
        text = (self.data / "node.log").read_text().splitlines()
        return [json.loads(line) for line in text[self.begun :]]

    def begin(self) -> None:
        """From here on the log counts."""
        self.begun = len((self.data / "node.log").read_text().splitlines())
        self.took = {}

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

    def ready(self) -> bool:
        """Whether the node says that every part works."""
        try:
            return self.node.client("operations", "operator").ask("GET", "/health/ready").status == 200
        except OSError:
            return False

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
