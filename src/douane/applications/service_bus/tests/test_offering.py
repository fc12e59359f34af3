"""Offers on the bus: who may, what is refused and why, what the registry shows of it to whom."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.service_bus.messages.registry import (
    ConstantPart,
    ConsumerRequest,
    Content,
    Form,
    MovedPart,
    OfferDecision,
    OfferedOperation,
    Pattern,
    ServiceMove,
    State,
    Steps,
)
from douane.applications.service_bus.tests.bus import CHECK, Bus, ending, naming, permission, permits
from douane.author import BadQuery, NotFound


def test_an_offer_is_seen_by_its_provider_and_the_operator_until_it_is_approved() -> None:
    bus = Bus()
    assert bus.tell("DE", permits()).state == "asked"
    with pytest.raises(NotFound):
        bus.shown()
    assert bus.shown(caller="NTA.DE").state is State.ASKED
    assert bus.shown(caller="NTA.EU", roles=frozenset({"service bus operator"})).state is State.ASKED
    assert bus.tell("EU", OfferDecision(**naming(permits()), approved=True)).state == "offered"
    shown = bus.shown()
    assert (shown.state, shown.seconds, shown.providers[0].delivery) == (State.OFFERED, 15, "collected")
    assert shown.operations[0].endpoint == "/services/permits/v1/check"
    assert bus.sent("NTA.DE")[-1].state == "offered"  # its provider is told


def test_the_registry_lists_services_of_the_centre_and_of_administrations_by_name_and_version() -> None:
    bus = Bus()
    bus.offered(permits(version=2))
    bus.offered(permits(version=1))
    bus.offered(replace(permits(), service="aeo_visits"))
    names: list[str] = []
    cursor = ""
    while True:
        page = bus.page(cursor, 2)
        assert len(page.services) <= 2
        names += [f"{s.service}/v{s.version}" for s in page.services]
        cursor = page.after
        if not cursor:
            break
    assert names == sorted(names)
    assert {"aeo_visits/v1", "permits/v1", "permits/v2", "transit/v1", "service_bus/v1"} <= set(names)
    assert all(o.takes is None for s in bus.page().services for o in s.operations)
    with pytest.raises(BadQuery):
        bus.page("nonsense")


def test_a_declared_service_is_shown_as_hosted_with_its_declared_consumers() -> None:
    (entry,) = [s for s in Bus().page(limit=500).services if s.service == "risk_analysis"]
    assert (entry.level.value, entry.seconds, entry.providers[0].delivery) == ("gold", 5, "hosted")
    assert {"administration", "risk analyst"} <= {c.name for c in entry.consumers}
    assert entry.operations[0].pattern == "request_response"


@pytest.mark.parametrize(("sender", "offer", "reason"), [
    ("FR", permits(), "offer in your own name"),
    ("DE", replace(permits(), service="transit"), "the centre's"),
    ("DE", permits(address="http://permits.example/"), "https://"),
    ("DE", permits(address="https://user@permits.example/"), "https://"),
    ("DE", permits(operations=(CHECK, CHECK)), "name each once"),
    ("DE", permits(operations=(replace(CHECK, answers=None),)), "say what answers it"),
    ("DE", permits(operations=(replace(CHECK, takes=Content(Form.JSON, '{"type": 1}')),)), "cannot be used"),
    ("DE", permits(operations=(replace(CHECK, takes=Content(Form.XML, message="CC999C")),)), "does not know"),
    ("DE", permits(operations=(replace(CHECK, pattern=Pattern.PUBLISH),)), "published"),
    ("DE", permits(served_by=1), "name a later version"),
    ("DE", permits(served_by=2), "offer it first"),
    ("DE", permits(operations=(replace(CHECK, request_steps=Steps((MovedPart("/a", "/b"),))),)), "served_by"),
])  # fmt: skip
def test_what_is_wrong_with_an_offer_is_told(sender: str, offer: Any, reason: str) -> None:
    bus = Bus()
    assert reason in bus.reasons(sender, offer)
    with pytest.raises(NotFound):
        bus.shown(caller=f"NTA.{sender}")


def test_several_administrations_provide_one_contract() -> None:
    bus = Bus()
    bus.offered(permits("DE"))
    bus.offered(permits("AT", address="https://at.example/permits"))
    assert [p.administration for p in bus.shown().providers] == ["AT", "DE"]
    other = OfferedOperation(name="ask", pattern=Pattern.ONE_WAY, takes=Content(Form.XML))
    assert "another contract" in bus.reasons("FR", permits("FR", operations=(other,)))
    assert "offered already" in bus.reasons("DE", permits("DE"))


def test_a_translation_names_what_moved_and_goes_back() -> None:
    bus = Bus()
    bus.offered(permits(version=2))
    steps = Steps((MovedPart("/number", "/permit"),), (ConstantPart("/office", '"DE004055"'),))
    earlier = permits(version=1, served_by=2, operations=(replace(CHECK, request_steps=steps),))
    bus.offered(earlier)
    assert bus.shown().providers[0].delivery == "by version 2"
    overlap = Steps((MovedPart("/a", "/x"), MovedPart("/b", "/x/y")))
    third = replace(CHECK, request_steps=overlap)
    assert "no way back" in bus.reasons("AT", permits("AT", 1, served_by=2, operations=(third,)))


def test_consumers_ask_and_only_the_provider_permits() -> None:
    bus = Bus()
    offer = bus.offered(permits())
    assert bus.tell("FR", ConsumerRequest(**naming(offer))).state == "asked"
    assert "No case is known" in bus.reasons("FR", permission(offer, "FR"))
    assert bus.tell("DE", permission(offer, "FR")).state == "permitted"
    assert [(c.name, c.state) for c in bus.shown().consumers] == [("FR", "permitted")]
    assert bus.tell("FR", ConsumerRequest(**naming(offer), callback="https://fr.example/answers")).state == "permitted"
    assert "https://" in bus.reasons("FR", ConsumerRequest(**naming(offer), callback="ftp://fr.example"))
    assert bus.tell("DE", permission(offer, "FR", permitted=False)).state == "refused"
    assert bus.tell("AT", ConsumerRequest(**naming(bus.offered(permits("AT", open=True))))).state == "permitted"


def test_an_offering_that_nobody_knows_cannot_be_changed() -> None:
    bus = Bus()
    for message in (permission(permits(), "FR"), ending(permits(), retired=True), ConsumerRequest(**naming(permits()))):
        assert "GET /services" in bus.reasons("DE", message)


def test_only_the_provider_moves_and_its_address_is_its_own_business() -> None:
    bus = Bus()
    offer = bus.offered(permits())
    assert "No case is known" in bus.reasons("FR", ServiceMove(**naming(offer), address="https://fr.example/"))
    assert bus.tell("DE", ServiceMove(**naming(offer), address="https://de.example/permits")).state == "offered"
    assert [(p.delivery, p.address) for p in bus.shown().providers] == [("pushed", "")]
    assert bus.shown(caller="NTA.DE").providers[0].address == "https://de.example/permits"


def test_networks_of_a_decision_are_networks() -> None:
    bus = Bus()
    bus.tell("DE", permits())
    assert "no network" in bus.reasons("EU", OfferDecision(**naming(permits()), approved=True, networks=("inside",)))


def test_a_version_is_deprecated_with_its_last_day_and_retired_after_it() -> None:
    bus = Bus()
    offer = bus.offered(permits())
    day = dt.datetime.fromtimestamp(bus.clock.at / 1e6, dt.UTC).date()
    assert "last day" in bus.reasons("DE", ending(offer))
    assert "last day" in bus.reasons("DE", ending(offer, sunset=day - dt.timedelta(days=1)))
    assert bus.tell("DE", ending(offer, sunset=day, successor=2)).state == "deprecated"
    shown = bus.shown()
    assert (shown.state, shown.sunset, shown.successor) == (State.DEPRECATED, day, 2)
    assert "No case is known" in bus.reasons("FR", ending(offer, retired=True))
    assert bus.tell("DE", ending(offer, retired=True)).state == "retired"  # nobody was seen there
    assert "only what is offered" in bus.reasons("DE", ending(offer, retired=True))
