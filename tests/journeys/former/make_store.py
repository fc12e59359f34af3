"""Made ``a7404ab.db.zst``: a store as the last release before callers and parties left it. Kept to show what is in it.

It runs in a checkout of that release, not in this one: ``PYTHONPATH=src:. python make_store.py FILE``. A French node
that knows Germany and Austria by name alone, stopped amid everything that an upgrade could lose:

1. LQ26-000001 is under way to Wien and awaits what Austria says of its arrival (IE006, IE018);
2. LQ26-000002 rests on a German guarantee and has asked Germany for it (CD203C): an expectation is pending;
3. LQ26-000003 is pre-lodged and was amended; a fault of ours set the amendment aside, and the presentation of the goods
   waits behind it;
4. the arrival of LQ26-000001 at Wien was handed in here and is passed on to Austria (CC007C);
5. LQ26-000005 is accepted and not handled, and so is what Austria said of LQ26-000004 (CD006C).
"""
# mypy: ignore-errors

from __future__ import annotations

import dataclasses
import sqlite3
import sys
from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from douane.applications.transit.tests.base_declarations import CONSIGNEE, TRADER, normal, prelodged
from douane.applications.transit.tests.base_messages import amendment, arrival
from douane.backends.sqlite.backend import SqliteStore
from douane.runtime.tick import Tick
from douane.standards.ncts.phase5 import CD006C
from tests.journeys import office
from tests.journeys.movements import Movement, fresh
from tests.journeys.test_two_nodes import Union, abroad

AMEND = "transit.amend_declaration"


def main(file: Path) -> None:
    """Write the store, as small as it gets."""
    store = SqliteStore(str(file))
    union = Union("FR", "DE AT")
    home = union.nodes[0] = office.Office(frozenset({"FR"}), union.nodes[1].clock, store)
    first = Movement(normal(), office=home, limit=Decimal(100_000))
    second = Movement(abroad(normal()), office=home, number=2)
    fourth = Movement(normal(), office=home, number=4)
    assert [each.told[-1] for each in (first, fourth)] == ["CC029C"] * 2
    assert second.case.state != "released"
    said = of_austria(union, fourth)
    aside(home)
    home.give(first.about(arrival()), CONSIGNEE, administration="AT")
    Tick._handle = lambda _tick: None  # power fails between receipt and turn
    home.give(fresh(normal(), 5), TRADER)
    home.give(said, said.message_sender, administration="FR")
    store.close()
    sqlite3.connect(file).execute("PRAGMA journal_mode=DELETE").connection.execute("VACUUM")


def of_austria(union: Union, movement: Movement) -> CD006C:
    """What Austria would say of the arrival; it is told of the movement as France tells it."""
    home, away = union.nodes
    kept, away.sent = away.sent, away.sent
    told = [m for m in home.sent("NTA.AT") if m.transit_operation.mrn == movement.mrn]
    for each in told:
        away.give(each, each.message_sender, administration="AT")
    away.give(movement.about(arrival()), CONSIGNEE)
    (said,) = [m for m in kept("NTA.FR") if isinstance(m, CD006C)]
    return said


def aside(home: office.Office) -> None:
    """The amendment of a pre-lodged declaration fails by a fault of ours; the presentation waits behind it."""
    sound = home.owner.ports.behaviour
    handler = sound.handlers[AMEND]

    def failing(_work: object, _message: object) -> None:
        raise RuntimeError("a fault of ours")

    broken = {**sound.handlers, AMEND: dataclasses.replace(handler, handle=failing)}
    home.settle = lambda: None  # which would not have anything set aside
    third = Movement(prelodged(), office=home, number=3)
    home.owner.ports.behaviour = dataclasses.replace(sound, handlers=broken)
    changed = amendment(third.declaration)
    named = replace(changed.transit_operation, mrn=None, lrn=third.declaration.transit_operation.lrn)
    home.give(replace(changed, message_identification="LQAMEND3", transit_operation=named), third.sender)
    third.present()
    home.owner.ports.behaviour = sound
    assert len(home.owner.parked()) == 2


main(Path(sys.argv[1]))
