"""Questions between nodes at a REST door: a query asked by message, and its answer that names what it answers."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from douane.channels.rest.binding import Rest
from douane.channels.rest.client import RestTransport
from douane.channels.rest.tests.test_binding import STATE, TRADER, Desk, Gate, Someone
from douane.model.circles import ActorKind, Platform
from douane.model.declare import Level, Who, query, service
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.door.door import Authenticated, Door
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.runtime.door.proof import NONE, Possession
from douane.runtime.store.envelope import Arrival, RowKind
from douane.runtime.store.origin import Media
from douane.runtime.store.ports import Outcome
from douane.shared_services.web.sending import Answer
from douane.vocabulary.errors import NotFound, WrongCircle
from tests.callers import admitted, caller, system


class AskStanding(msgspec.Struct, frozen=True):
    account: str


class Standing(msgspec.Struct, frozen=True):
    known: bool


class AskInside(msgspec.Struct, frozen=True):
    account: str


@service("registers", title="Registers", owner="tests", level=Level.BRONZE)
class Registers:
    """Registers of a test."""

    @query(AskStanding, Standing, task="Q", who=Who(by=(STATE, TRADER)), of_named=True)
    def standing(self) -> None:
        """What is known of an account."""

    @query(AskInside, Standing, task="Q", who=Who(by=(STATE,)))
    def inside(self) -> None:
        """The same for the own administration."""


ASKED, SAID = msgspec.json.encode(AskStanding("A")), msgspec.json.encode(Standing(True))


class DoorGate(Gate):
    """Lets in the system of DE, too, under its own name."""

    def authenticate(self, certificate: bytes, authorization: str, possession: Possession = NONE) -> Authenticated:
        found = super().authenticate(certificate, authorization, possession)
        state = found.kind is ActorKind.MEMBER_STATE
        return Someone(kind=found.kind, circle=found.circle, eori="DE", administration="DE") if state else found


class StateDesk(Desk):
    """The same desk at CCN2."""

    platform = Platform.CCN2

    def __post_init__(self) -> None:
        catalogue = Catalogue([Registers.__service__])  # type: ignore[attr-defined] # set by @service
        core = CoreEnd(
            catalogue, self._submit, Inbox(self.shelf, [0]), self._changed, lambda _: Standing(True), self._acknowledge,
            self, lambda *_: None,
        )  # fmt: skip
        self.link = DirectLink(self.platform, core)
        door = Door(self.platform, gate=DoorGate(), catalogue=catalogue, link=self.link, clock=self)
        self.application = Rest(door).application()


class TraderDesk(StateDesk):
    """And at SPEED2."""

    platform = Platform.SPEED2


def test_a_system_asks_by_message_what_it_may_ask_about_others() -> None:
    desk = StateDesk()
    status, _, _ = desk.ask("POST", "/v1/messages?type=AskStanding", ASKED, who="state")
    assert status == 202
    (arrival,) = desk.arrivals
    assert (arrival.envelope.operation, arrival.message) == ("registers.standing", AskStanding("A"))
    assert desk.ask("POST", "/registers/v1/standing", ASKED, who="state")[:2] == (200, {"known": True})  # at once, too


def test_an_answer_names_what_it_answers() -> None:
    desk = StateDesk()
    status, _, _ = desk.ask("POST", "/v1/messages?type=Standing", SAID, who="state", headers=[("answers", "0000A1")])
    assert status == 202
    (arrival,) = desk.arrivals
    envelope = arrival.envelope
    assert (envelope.kind, envelope.operation, envelope.origin.correlation) == (RowKind.MESSAGE, "Standing", "0000A1")
    assert envelope.administration == "DE"


@pytest.mark.parametrize(
    ("made", "who", "target", "body", "named"),
    [
        (StateDesk, "state", "AskInside", ASKED, "A1"),  # not about others
        (StateDesk, "state", "Standing", SAID, ""),  # no answer without what it answers
        (TraderDesk, "in", "AskStanding", ASKED, ""),  # a trader asks at once
        (TraderDesk, "in", "Standing", SAID, "A1"),  # and is asked nothing
    ],
)
def test_nobody_else_does(made: type[StateDesk], who: str, target: str, body: bytes, named: str) -> None:
    desk = made()
    headers = [("answers", named)] if named else []
    status, _, _ = desk.ask("POST", f"/v1/messages?type={target}", body, who=who, headers=headers)
    assert status in (403, 404)
    assert all(each.envelope.faults for each in desk.arrivals)  # at most a refusal to be audited


@pytest.mark.parametrize(
    ("by", "operation", "correlation"),
    [
        (system("DE"), "registers.inside", "A1"),
        (system("DE"), "Standing", ""),
        (system("DE"), "AskStanding", "A1"),
        (caller(TRADER.kind, "DE1"), "Standing", "A1"),
        (caller(TRADER.kind, "DE1"), "registers.standing", ""),
    ],
)
def test_a_captured_door_says_no_more_than_that(by: Any, operation: str, correlation: str) -> None:
    desk = TraderDesk() if by.kind is TRADER.kind else StateDesk()
    envelope = admitted(by, operation, SAID, id="M", media=Media.JSON, correlation=correlation,
                        platform=desk.platform.value)  # fmt: skip
    with pytest.raises((NotFound, WrongCircle)):
        asyncio.run(desk.link.submit(Arrival(envelope)))
    assert desk.arrivals == []


def test_a_lane_carries_what_a_message_answers() -> None:
    """Of JSON alone: in a family the message says so itself."""
    sent: list[dict[str, str]] = []

    class Partner:
        async def send(self, body: bytes, *, json: bool, query: str, headers: dict[str, str]) -> Answer:
            sent.append(headers)
            return Answer(202, {}, b'{"digest":"", "id":""}')

    items: Any = [
        ("1", {"media": "json", "type": "Standing", "id": "M1", "correlation": "A1"}, SAID),
        ("2", {"media": "json", "type": "AskStanding", "id": "M2", "correlation": ""}, ASKED),
    ]
    transport = RestTransport({"rest:DE": Partner()})  # type: ignore[dict-item]  # it only sends
    for each in items:
        (attempt,) = asyncio.run(transport.send("rest:DE", [each]))
        assert attempt.outcome is not Outcome.ARRIVED  # the receipt is of another body
    assert sent == [{"message-id": "M1", "answers": "A1"}, {"message-id": "M2"}]
