"""Incidents of the pages of a node in production: a proxy that lies or says nothing, a certificate that ends."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from douane.shared_services.logging.events import Event
from douane.shared_services.web.proxies import Doubt
from tests.incidents import endings
from tests.incidents.scene import NOTICED, Incident, Missed, Scene
from tests.journeys.standing import Standing
from tests.pages.production import Production, in_production

NONE: frozenset[str] = frozenset()
DISBELIEVED = "DouaneProxyDisbelieved"
RIGHT: dict[str, str] = {"x_forwarded_for": "192.0.2.7", "x_forwarded_proto": "https"}
"""What a proxy says that is set up well."""


@dataclass
class Front(Scene[Standing]):
    """A node in production, asked by its pages."""

    made: Production = field(kw_only=True)

    def page(self, said: Mapping[str, str], *, proxied: bool = True) -> int:
        """The status of a page: by the socket of a proxy, or past it."""
        ask = self.made.behind if proxied else self.made.ask
        return ask("GET", self.made.url("portal") + "/help", **said).status

    def served(self) -> None:
        """Whoever comes by a proxy that is set up well gets his page. Raises Missed."""
        if self.page(RIGHT) != 200:
            raise Missed("a person was hit who has nothing to do with it")


def lies(doubt: Doubt, status: int, step: str, *, proxied: bool = True, **said: str) -> Callable[[Front], Incident]:
    """Something before the pages says what is not believed; the runbook has it set up, or left alone."""

    def play(scene: Front) -> Incident:
        was = scene.total("douane_events_total", event=Event.DISBELIEVED.value)
        if (found := scene.page(said, proxied=proxied)) != status:
            raise Missed(f"it was answered {found}")
        told = lambda: scene.told(Event.DISBELIEVED, outcome=doubt.value)  # noqa: E731 - short
        scene.within(NOTICED, "log", told)
        counted = lambda: scene.total("douane_events_total", event=Event.DISBELIEVED.value) > was  # noqa: E731 - short
        scene.within(NOTICED, "metric", counted)
        scene.served()
        yield NONE
        scene.does(DISBELIEVED, step, by=scene.served)
        scene.begin_again()
        time.sleep(1)
        if scene.told(Event.DISBELIEVED):
            raise Missed("it is still told")

    return play


INCIDENTS: dict[str, Callable[[Front], Incident]] = {
    "proxy that names nobody": lies(
        Doubt.SILENT, 200, "Where it is *silent*", x_forwarded_for="unknown", x_forwarded_proto="https"
    ),
    "proxy that passes plain requests on": lies(
        Doubt.PLAIN, 421, "Where it is *silent*", x_forwarded_for="192.0.2.7", x_forwarded_proto="http"
    ),
    "somebody who plays the proxy": lies(
        Doubt.UNNAMED, 200, "Where it is *unnamed* and no proxy was moved", proxied=False, **RIGHT
    ),
    "certificate of the pages ends at night": endings.PAGES,
}  # fmt: skip


@contextlib.contextmanager
def standing_front(folder: Path) -> Iterator[Front]:
    """The node as long as the block lasts."""
    with in_production(folder) as made:
        yield Front(made.node, folder / "data", made=made)
