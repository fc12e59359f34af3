"""Events on the bus: filtered, in order, counted for each subscription, and kept until they are taken."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.service_bus.handlers import showing
from douane.applications.service_bus.messages.events import (
    EndSubscription,
    EventFilter,
    PublishedEvent,
    ServiceEvent,
    Subscribe,
)
from douane.applications.service_bus.messages.exchanges import EndpointQuery, ServiceCall, Stage
from douane.applications.service_bus.messages.registry import Content, Form, OfferedOperation, Pattern
from douane.applications.service_bus.rules.filters import filter_faults, matches
from douane.applications.service_bus.tests.bus import CHECK, Bus, decoded, naming, permission, permits
from douane.runtime.store import keys

ISSUED = OfferedOperation(
    name="issued", pattern=Pattern.PUBLISH, takes=Content(Form.JSON, '{"type": "object", "required": ["office"]}')
)
DRAWN = OfferedOperation(name="drawn", pattern=Pattern.PUBLISH, takes=Content(Form.XML))
OFFER = permits(operations=(CHECK, ISSUED, DRAWN))
FRENCH = (EventFilter("/office", '"FR005350"'),)


@pytest.fixture
def bus() -> Bus:
    """Germany publishes permits that it issued; France may consume."""
    made = Bus()
    made.consumed(made.offered(OFFER), "FR")
    return made


def subscription(name: str = "all", **more: Any) -> Subscribe:
    return Subscribe(**{**naming(OFFER), "operation": "issued", "name": name, **more})


def event(office: str = "FR005350", number: int = 1, **more: Any) -> ServiceEvent:
    body = f'{{"office": "{office}", "number": {number}}}'
    return ServiceEvent(**{**naming(OFFER), "operation": "issued", "form": Form.JSON, "body": body, **more})


def got(bus: Bus, name: str = "all", by: str = "FR") -> list[tuple[int, int]]:
    """Sequence of each event in the box of a subscription, and the number that it holds."""
    items: list[PublishedEvent] = bus.sent(f"NTA.{by}#events/permits/v1/{name}")
    return [(each.sequence, decoded(each.body)["number"]) for each in items]


def test_each_subscription_gets_what_passes_its_filters_counted_by_itself(bus: Bus) -> None:
    assert bus.tell("FR", subscription()).state == "subscribed"
    bus.tell("FR", subscription("ours", filters=FRENCH))
    for number, office in enumerate(("FR005350", "DE004055", "FR005350"), 1):
        assert bus.tell("DE", event(office, number)).state == f"published to {1 + (office[:2] == 'FR')}"
    assert got(bus) == [(1, 1), (2, 2), (3, 3)]
    assert got(bus, "ours") == [(1, 1), (2, 3)]


def test_a_changed_subscription_goes_on_counting_and_an_ended_one_gets_nothing(bus: Bus) -> None:
    bus.tell("FR", subscription())
    bus.tell("DE", event(number=1))
    bus.tell("FR", subscription(filters=(EventFilter("/number", "3"),)))
    bus.tell("DE", event(number=2))
    bus.tell("DE", event(number=3))
    assert got(bus) == [(1, 1), (2, 3)]
    assert bus.tell("FR", EndSubscription(**naming(OFFER), name="all")).state == "ended"
    assert bus.tell("DE", event(number=3)).state == "published to 0"
    assert len(got(bus)) == 2  # what waits stays
    assert "no subscription" in bus.reasons("FR", EndSubscription(**naming(OFFER), name="all"))


def test_who_may_not_consume_neither_subscribes_nor_goes_on_getting(bus: Bus) -> None:
    assert "does not permit" in bus.reasons("AT", subscription())
    bus.tell("FR", subscription())
    bus.tell("DE", permission(OFFER, "FR", permitted=False))
    assert bus.tell("DE", event()).state == "published to 0"


@pytest.mark.parametrize(("sender", "message", "reason"), [
    ("FR", event(), "No case is known"),
    ("DE", event(operation="check"), "no operation check that is published"),
    ("DE", event(body='{"number": 1}'), "office"),
    ("DE", event(body="{"), "JSON"),
    ("FR", subscription(operation="check"), "does not publish"),
    ("FR", subscription(callback="http://fr.example"), "https://"),
    ("FR", subscription(filters=(EventFilter("office", "1"),)), "no JSON pointer"),
    ("FR", subscription(filters=(EventFilter("/office", "FR"),)), "no JSON value"),
    ("FR", subscription(operation="drawn", filters=FRENCH), "JSON only"),
])  # fmt: skip
def test_what_is_wrong_is_told(bus: Bus, sender: str, message: Any, reason: str) -> None:
    assert reason in bus.reasons(sender, message)


def test_xml_events_go_to_all_who_subscribed(bus: Bus) -> None:
    bus.tell("FR", subscription("drawings", operation="drawn"))
    assert bus.tell("DE", event(operation="drawn", form=Form.XML, body="<a/>")).state == "published to 1"
    assert bus.tell("DE", event()).state == "published to 0"  # of another operation


def test_a_callback_has_a_lane_of_its_own_and_its_events_wait_in_the_box_too(bus: Bus) -> None:
    bus.tell("FR", subscription(callback="https://fr.example/events"))
    bus.tell("DE", event())
    assert got(bus) == [(1, 1)]
    key = "DE/permits/v1/FR/all"
    prefix = keys.space(keys.LANE, 0) + keys.text(f"+bus:{key}")
    assert len(bus.store.scan(prefix, keys.after(prefix), 10)) == 1
    assert showing.endpoint_of(bus.reads(), EndpointQuery(key)).address == "https://fr.example/events"
    bus.tell("FR", EndSubscription(**naming(OFFER), name="all"))
    assert showing.endpoint_of(bus.reads(), EndpointQuery(key)).address == ""


def test_what_is_published_is_not_called(bus: Bus) -> None:
    call = ServiceCall(service="permits", version=1, operation="issued", form=Form.JSON, body="{}")
    bus.give(call, "NTA.FR")
    told = bus.sent("NTA.FR#answers")[-1]
    assert (told.stage, "service_bus.publish" in told.remedy) == (Stage.REFUSED, True)


def test_filters_compare_values_as_json() -> None:
    body = {"a": [{"b": True}, 1], "x/y": None}
    assert matches(body, ())
    assert matches(body, (EventFilter("/a/0/b", "true"), EventFilter("/a/1", "1"), EventFilter("/x~1y", "null")))
    for wrong in (
        EventFilter("/a/0/b", "1"),
        EventFilter("/a/1", "true"),
        EventFilter("/a/9", "1"),
        EventFilter("/q", "null"),
    ):
        assert not matches(body, (wrong,))
    assert list(filter_faults(FRENCH)) == []
    assert len(list(filter_faults((replace(FRENCH[0], value="x"),)))) == 1
