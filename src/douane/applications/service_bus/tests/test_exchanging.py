"""Exchanges on the bus: each call has one end, whoever provides the service and in whichever version."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from douane.applications.service_bus.handlers import exchanging, showing
from douane.applications.service_bus.messages.exchanges import (
    ConsumerSeen,
    EndpointQuery,
    ExchangeChanged,
    ExchangeNotChanged,
    ExchangeQuery,
    ServiceAnswer,
    ServiceCall,
    ServiceReply,
    ServiceRequest,
    Stage,
)
from douane.applications.service_bus.messages.registry import (
    ConstantPart,
    Content,
    Form,
    MovedPart,
    OfferedOperation,
    Pattern,
    ServiceMove,
    ServiceOffer,
    Steps,
)
from douane.applications.service_bus.tests.bus import CHECK, Bus, decoded, ending, naming, permission, permits
from douane.author import NotFound
from douane.author.run import SECOND, Log
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT

GOOD = '{"permit": "DE0001"}'
VALID = '{"valid": true}'


@pytest.fixture
def bus() -> Bus:
    """Germany provides permits, France may consume them."""
    made = Bus()
    made.consumed(made.offered(permits()), "FR")
    return made


def call(bus: Bus, body: str = GOOD, *, by: str = "FR", **more: Any) -> str:
    """Call; the reference of the exchange."""
    given = {"service": "permits", "version": 1, "operation": "check", "form": Form.JSON, "body": body, **more}
    return f"{bus.give(ServiceCall(**given), f'NTA.{by}').subject:016x}"


def requests(bus: Bus, box: str = "NTA.DE#permits/v1") -> list[ServiceRequest]:
    return [each for each in bus.sent(box) if isinstance(each, ServiceRequest)]


def answer(bus: Bus, reference: str = "answers", by: str = "FR") -> ServiceAnswer:
    found: ServiceAnswer = bus.sent(f"NTA.{by}#{reference}")[-1]
    return found


def reply(bus: Bus, reference: str, body: str = VALID, by: str = "DE", **more: Any) -> Any:
    return bus.tell(by, ServiceReply(reference=reference, body=body, **more))


def stage(bus: Bus, reference: str, caller: str = "NTA.FR") -> Stage:
    return exchanging.exchange(bus.reads(caller), ExchangeQuery(reference)).stage


def test_a_request_waits_for_its_provider_and_the_answer_for_its_caller(bus: Bus) -> None:
    reference = call(bus)
    (request,) = requests(bus)
    assert (request.reference, request.consumer, decoded(request.body)) == (reference, "FR", {"permit": "DE0001"})
    assert request.due.timestamp() * SECOND == pytest.approx(bus.clock.at + 15 * SECOND, abs=SECOND)
    assert stage(bus, reference) is Stage.WAITING
    assert reply(bus, reference) == ExchangeChanged(reference, Stage.ANSWERED)
    told = answer(bus)
    assert (told.stage, told.body, told.provider) == (Stage.ANSWERED, VALID, "DE")
    assert stage(bus, reference) is Stage.ANSWERED
    assert stage(bus, reference, "NTA.DE") is Stage.ANSWERED
    with pytest.raises(NotFound):
        stage(bus, reference, "NTA.AT")


def test_the_answer_for_a_caller_at_the_door_waits_in_a_box_of_its_exchange(bus: Bus) -> None:
    reference = call(bus, wait=True)
    reply(bus, reference)
    assert answer(bus, reference).stage is Stage.ANSWERED
    assert bus.sent("NTA.FR#answers") == []


def test_without_a_reply_in_time_the_exchange_ends_late_and_a_later_reply_changes_nothing(bus: Bus) -> None:
    reference = call(bus)
    bus.wait(16 * SECOND)
    assert (answer(bus).stage, answer(bus).code) == (Stage.LATE, "DOU-3004")
    told = reply(bus, reference)
    assert isinstance(told, ExchangeNotChanged)
    assert "late" in told.reasons[0]
    assert len(bus.sent("NTA.FR#answers")) == 1


def test_only_the_provider_replies_and_only_once(bus: Bus) -> None:
    reference = call(bus)
    assert "No case is known" in reply(bus, reference, by="AT").reasons[0]
    reply(bus, reference)
    assert "ended" in reply(bus, reference).reasons[0]
    assert len(bus.sent("NTA.FR#answers")) == 1
    assert "No case is known" in reply(bus, "0" * 16).reasons[0]


@pytest.mark.parametrize(("given", "code", "said"), [
    ({"body": '{"permit": 5}'}, "DOU-1003", "contract"),
    ({"body": "{"}, "DOU-1002", "JSON"),
    ({"form": Form.XML, "body": "<permit/>"}, "DOU-1007", "json"),
    ({"operation": "ask"}, "DOU-1203", "no operation"),
    ({"version": 2}, "DOU-1203", "Nobody provides"),
    ({"provider": "AT"}, "DOU-1203", "Nobody provides"),
    ({"by": "AT"}, "DOU-1103", "does not permit"),
])  # fmt: skip
def test_a_call_that_cannot_be_made_ends_refused_with_its_reason(
    bus: Bus, given: dict[str, Any], code: str, said: str
) -> None:
    reference = call(bus, **given)
    by = given.get("by", "FR")
    told = answer(bus, by=by)
    assert (told.stage, told.code, said in told.detail) == (Stage.REFUSED, code, True)
    assert stage(bus, reference, f"NTA.{by}") is Stage.REFUSED
    assert requests(bus) == []


def test_faults_of_a_body_are_named_one_by_one(bus: Bus) -> None:
    call(bus, '{"permit": "much too long"}')
    assert [f.pointer for f in answer(bus).faults] == ["/permit"]


def test_an_answer_against_the_contract_is_the_providers_fault(bus: Bus) -> None:
    reference = call(bus)
    assert reply(bus, reference, '{"valid": "perhaps"}') == ExchangeChanged(reference, Stage.REFUSED)
    told = answer(bus)
    assert (told.code, [f.pointer for f in told.faults]) == ("DOU-3002", ["/valid"])


def test_a_provider_refuses_with_its_own_words(bus: Bus) -> None:
    reference = call(bus)
    reply(bus, reference, '{"detail": "no such permit"}', refused=True)
    told = answer(bus)
    assert (told.stage, told.code, decoded(told.body)) == (Stage.REFUSED, "DOU-3002", {"detail": "no such permit"})


def test_a_retired_version_is_refused_with_its_successor(bus: Bus) -> None:
    bus.tell("DE", ending(permits(), sunset=dt.date(2027, 1, 1), successor=2))
    reference = call(bus)
    shown = exchanging.exchange(bus.reads(), ExchangeQuery(reference))
    assert (shown.sunset, shown.successor, shown.deprecated is not None) == (dt.date(2027, 1, 1), 2, True)
    assert "seen lately: FR" in bus.reasons("DE", ending(permits(), retired=True))  # it would break France
    bus.wait(60 * 86_400 * SECOND)  # beyond the last day
    assert bus.tell("DE", ending(permits(), retired=True)).state == "retired"
    assert bus.sent("NTA.FR")[-1].state == "retired"
    call(bus)
    told = answer(bus)
    assert (told.code, told.remedy) == ("DOU-1206", "Call version 2.")


def test_consumers_are_counted_by_version_and_day(bus: Bus) -> None:
    bus.offered(permits(version=2, open=True))
    call(bus)
    call(bus)
    call(bus, version=2, by="AT")
    day = dt.datetime.fromtimestamp(bus.clock.at / 1e6, dt.UTC).date()
    assert [(c.name, c.state, c.seen) for c in bus.shown().consumers] == [("FR", "permitted", day)]
    assert [(c.name, c.state, c.seen) for c in bus.shown(2).consumers] == [("AT", "open", day)]


def test_a_consumer_was_seen_last_on_the_latest_day_whichever_note_comes_last(bus: Bus) -> None:
    call(bus)
    day = dt.datetime.fromtimestamp(bus.clock.at / 1e6, dt.UTC).date()
    for days, seen in ((-1, day), (0, day), (1, day + dt.timedelta(days=1))):
        bus.give(ConsumerSeen(**naming(permits()), consumer="FR", day=day + dt.timedelta(days=days)), "NTA.EU")
        assert [(c.name, c.seen) for c in bus.shown().consumers] == [("FR", seen)]


def test_nothing_is_noted_of_a_version_that_is_not_in_the_registry(bus: Bus) -> None:
    unknown = ConsumerSeen(**naming(permits(version=9)), consumer="FR", day=dt.date(2026, 11, 27))
    bus.give(unknown, "NTA.EU")  # fails where it is set aside
    with pytest.raises(NotFound):
        bus.shown(9)


def test_a_permission_that_ended_ends_the_calls(bus: Bus) -> None:
    bus.tell("DE", permission(permits(), "FR", permitted=False))
    call(bus)
    assert answer(bus).code == "DOU-1103"


# --- versions side by side


def renamed(served_by: int = 2) -> ServiceOffer:
    """Version 1: it says number and ok, where version 2 says permit and valid."""
    old = Content(Form.JSON, '{"type": "object", "required": ["number"], "additionalProperties": {"type": "string"}}')
    told = Content(Form.JSON, '{"type": "object", "required": ["ok"]}')
    operation = replace(
        CHECK, takes=old, answers=told,
        request_steps=Steps((MovedPart("/number", "/permit"),), (ConstantPart("/office", '"DE004055"'),)),
        answer_steps=Steps((MovedPart("/ok", "/valid"),)),
    )  # fmt: skip
    return permits(version=1, operations=(operation,), served_by=served_by)


def test_an_earlier_version_is_served_by_the_later_one_through_its_translation() -> None:
    bus = Bus()
    bus.offered(permits(version=2))
    bus.consumed(bus.offered(renamed()), "FR")
    reference = call(bus, '{"number": "DE0001"}')
    (request,) = requests(bus, "NTA.DE#permits/v2")
    assert (request.version, decoded(request.body)) == (2, {"permit": "DE0001", "office": "DE004055"})
    reply(bus, reference, '{"valid": true, "since": 2020}')
    assert decoded(answer(bus).body) == {"ok": True, "since": 2020}
    call(bus, '{"number": "DE0001", "permit": "taken"}')
    assert (answer(bus).stage, answer(bus).code) == (Stage.REFUSED, "DOU-1003")


# --- providers come, go and move


def lanes(bus: Bus) -> list[str]:
    """The lanes of all that waits for the provider."""
    prefix = keys.space(keys.INBOX, 0) + keys.text("NTA.DE#permits/v1")
    places = [int.from_bytes(k[-8:], "big") for k, _ in bus.store.scan(prefix, keys.after(prefix), 100)]
    return [SENT.read(raw or b"").lane for raw in bus.store.read_log(Log.SENT, places)]


def endpoint(bus: Bus, key: str) -> str:
    return showing.endpoint_of(bus.reads(), EndpointQuery(key)).address


def test_a_provider_moves_and_its_consumers_call_as_before(bus: Bus) -> None:
    call(bus)
    bus.tell("DE", ServiceMove(**naming(permits()), address="https://de.example/permits"))
    call(bus)
    bus.tell("DE", ServiceMove(**naming(permits()), address="https://elsewhere.example"))
    assert endpoint(bus, "DE/permits/v1") == "https://elsewhere.example"  # what waits in the lane goes there too
    bus.tell("DE", ServiceMove(**naming(permits())))
    call(bus)
    assert lanes(bus) == ["", "+bus:DE/permits/v1", ""]
    assert len(requests(bus)) == 3  # each waits in the box as well
    assert (endpoint(bus, "DE/permits/v1"), endpoint(bus, "DE/nothing/v1")) == ("", "")


def test_several_providers_are_chosen_by_name() -> None:
    bus = Bus()
    bus.offered(permits("DE", open=True))
    bus.offered(permits("AT", open=True))
    call(bus)
    assert (answer(bus).code, "AT, DE" in answer(bus).detail) == ("DOU-1007", True)
    call(bus, provider="AT")
    assert (len(requests(bus)), len(requests(bus, "NTA.AT#permits/v1"))) == (0, 1)


def test_a_callback_has_a_lane_of_its_own() -> None:
    bus = Bus()
    offer = bus.offered(permits(open=True))
    bus.consumed(offer, "FR", "https://fr.example/answers")
    assert endpoint(bus, "DE/permits/v1/FR") == "https://fr.example/answers"
    reply(bus, call(bus))
    reply(bus, call(bus, wait=True))
    prefix = keys.space(keys.LANE, 0) + keys.text("+bus:DE/permits/v1/FR")
    assert len(bus.store.scan(prefix, keys.after(prefix), 100)) == 1  # who waits at the door needs no push


def test_a_one_way_message_without_an_answer_ends_when_it_is_handed_over() -> None:
    bus = Bus()
    tell = OfferedOperation(name="tell", pattern=Pattern.ONE_WAY, takes=Content(Form.XML, message="CD906C"))
    bus.offered(permits(open=True, operations=(tell,)))
    reference = call(bus, "<x/>", operation="tell", form=Form.XML)
    assert (stage(bus, reference), answer(bus).stage) == (Stage.REFUSED, Stage.REFUSED)  # no CD906C
    note = OfferedOperation(name="note", pattern=Pattern.ONE_WAY, takes=Content(Form.JSON))
    bus.offered(replace(permits(open=True, operations=(note,)), service="notes"))
    reference = call(bus, "[]", service="notes", operation="note")
    assert stage(bus, reference) is Stage.TAKEN
    assert "taken" in reply(bus, reference).reasons[0]
