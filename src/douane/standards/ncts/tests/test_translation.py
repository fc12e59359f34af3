"""Translations between the phases: valid where they succeed, exact on the way back, every difference reported."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from douane.standards.ncts import phase5, phase6
from douane.standards.ncts.phase5.codecs import codec as codec5
from douane.standards.ncts.phase6.codecs import CODECS as CODECS6
from douane.standards.ncts.phase6.codecs import codec as codec6
from douane.standards.ncts.tests.random_messages import group_of
from douane.standards.ncts.translation import Change, What, pointer_of, restore, translate
from douane.vocabulary.errors import NotValid, UnknownMessageType

NOT_AT_RANDOM = {("CC013C", 6), ("CC015C", 6), ("CC029C", 6), ("CC190C", 5)}
"""Phase 6 demands what random declarations leave out; phase 5 wants one export operation, phase 6 names one a house."""
FAMILIES: dict[int, Any] = {5: phase5, 6: phase6}
CODECS: dict[int, Any] = {5: codec5, 6: codec6}


def sample(phase: int, name: str, seed: int) -> Any:
    rng = random.Random(f"{phase} {name} {seed}")
    known = CODECS[phase](name)
    return known.struct(**group_of(known.layout, rng), phase_id=rng.choice((None, "NCTS5.1", "NCTS5.0")))


@pytest.mark.parametrize("to", [5, 6])
@pytest.mark.parametrize("name", CODECS6.messages)
def test_what_is_translated_is_valid_there_and_comes_back_as_it_was(name: str, to: int) -> None:
    done = 0
    for seed in range(12):
        message = sample(11 - to, name, seed)
        found = translate(message, to=to)
        if found.message is None:
            told = [c for c in found.changes if c.what is What.MISSING]
            assert told
            with pytest.raises(NotValid) as caught:
                found.needed(name)
            assert {f.pointer for f in caught.value.faults} >= {c.pointer for c in told}
            continue
        done += 1
        assert FAMILIES[to].check(found.message) == ()
        assert type(found.message) is CODECS[to](name).struct
        assert restore(found, to=11 - to) == message
    assert done or (name, to) in NOT_AT_RANDOM, "nothing could be translated"


def test_a_message_that_fits_is_carried_without_a_report() -> None:
    message = sample(6, "CC014C", 1)
    there = translate(message, to=5)
    assert there.changes == ()
    again = translate(there.message, to=6)  # type: ignore[arg-type]
    assert again.message == msgspec.structs.replace(message, phase_id="NCTS6")


def test_what_phase_6_has_no_place_for_is_reported_with_its_value() -> None:
    message = next(m for n in range(50) if (m := sample(5, "CC007C", n)).consignment.incident)
    found = translate(message, to=6)
    dropped = {c.pointer: c for c in found.changes if c.what is What.DROPPED}
    assert "/CC007C/Consignment/Incident[1]" in dropped
    assert dropped["/CC007C/Consignment/Incident[1]"].value["sequenceNumber"]
    assert all(c.remedy for c in found.changes)
    assert restore(found, to=5) == message


def declaration(count: int, **same: Any) -> Any:
    """A declaration of phase 5 that phase 6 can say, with goods items that share some facts."""
    for seed in range(4000):
        rng = random.Random(f"fits {seed}")
        known = codec6("CC015C")
        message = known.struct(**group_of(known.layout, rng), phase_id="NCTS6")
        made = translate(message, to=5)
        if made.message is not None and not made.changes:
            break
    else:
        raise AssertionError("no declaration fits both phases")
    plain: Any = made.message
    house = plain.consignment.house_consignment[0]
    items = tuple(
        msgspec.structs.replace(
            house.consignment_item[0], declaration_goods_item_number=n + 1, goods_item_number=n + 1, **same
        )
        for n in range(count)
    )
    house = msgspec.structs.replace(house, consignment_item=items, transport_charges=None)
    return msgspec.structs.replace(
        plain, consignment=msgspec.structs.replace(plain.consignment, house_consignment=(house,))
    )


def test_what_all_items_say_alike_is_said_once_of_the_house_consignment() -> None:
    message = declaration(3, transport_charges=phase5.TransportCharges(method_of_payment="A"))
    found = translate(message, to=6)
    house = found.message.consignment.house_consignment[0]  # type: ignore[union-attr]
    assert house.transport_charges.method_of_payment == "A"
    moved = [c for c in found.changes if c.what is What.MOVED]
    assert [c.pointer for c in moved] == [
        f"/CC015C/Consignment/HouseConsignment[1]/ConsignmentItem[{n}]/TransportCharges" for n in (1, 2, 3)
    ]
    assert pointer_of(moved[0].place) == "/CC015C/Consignment/HouseConsignment[1]/TransportCharges"
    assert restore(found, to=5) == message


def test_what_items_say_differently_is_reported_not_guessed() -> None:
    message = declaration(2, transport_charges=phase5.TransportCharges(method_of_payment="A"))
    house = message.consignment.house_consignment[0]
    other = msgspec.structs.replace(house.consignment_item[1], transport_charges=None)
    house = msgspec.structs.replace(house, consignment_item=(house.consignment_item[0], other))
    message = msgspec.structs.replace(
        message, consignment=msgspec.structs.replace(message.consignment, house_consignment=(house,))
    )
    found = translate(message, to=6)
    assert found.message.consignment.house_consignment[0].transport_charges is None  # type: ignore[union-attr]
    (change,) = [c for c in found.changes if c.what is What.DROPPED]
    assert change.pointer.endswith("/ConsignmentItem[1]/TransportCharges")
    assert restore(found, to=5) == message


def test_what_follows_from_the_phase_is_added() -> None:
    message = sample(6, "CC007C", 1)
    found = translate(message, to=5)
    assert found.message.transit_operation.incident_flag is False  # type: ignore[union-attr]
    assert [c.pointer for c in found.changes if c.what is What.ADDED] == ["/CC007C/TransitOperation/incidentFlag"]
    assert restore(found, to=6) == message


def test_a_message_of_one_phase_alone_is_unknown_in_the_other() -> None:
    with pytest.raises(UnknownMessageType):
        translate(sample(5, "CD001C", 1), to=6)


def test_a_pointer_names_positions_where_things_repeat() -> None:
    assert (
        Change(What.DROPPED, (("CC007C", 0), ("Consignment", 0), ("Incident", 2))).pointer
        == "/CC007C/Consignment/Incident[2]"
    )
