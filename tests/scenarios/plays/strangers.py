"""Row 36: a stranger, a message that comes twice, a reference that comes again."""

from __future__ import annotations

import itertools

from msgspec.structs import replace

from douane.applications.transit.tests.base_declarations import TRADER, normal
from douane.applications.transit.tests.base_messages import invalidation_request
from douane.runtime.core import accept, tick
from douane.runtime.store import keys, parties
from douane.runtime.store.envelope import Envelope
from tests.journeys.movements import covering
from tests.scenarios.brakes import Brake
from tests.scenarios.playing import play
from tests.scenarios.row import Look
from tests.scenarios.stage import Stage

STRANGER = "DE1234567890123"


COUNT = itertools.count()


def as_if_new(partition: int, _envelope: Envelope) -> bytes:
    """A key under which no message is known."""
    return keys.known_key(partition, "nobody", f"never before {next(COUNT)}")


@play(36, Brake("everybody has a part in every case", parties, "is_caller", lambda *_: True),
      Brake("what comes again is new", accept, "known_key", as_if_new),
      Brake("a reference may be used again", tick, "_conflict", lambda *_: ()))  # fmt: skip
def a_stranger_and_a_message_again(looks: list[Look]) -> None:
    stage = Stage(looks)
    movement = stage.lodge(covering(normal(), "20000.00"))
    stage.look("the guarantee does not cover")
    stage.office.give(movement.about(invalidation_request()), STRANGER)
    stage.look("a stranger asks for invalidation")
    first = stage.office.give(movement.declaration, TRADER)
    again = stage.office.give(movement.declaration, TRADER)
    stage.look("the declaration comes again", **{"same receipt": first == again})
    stage.office.give(replace(movement.declaration, message_identification="LQ-AGAIN"), TRADER)
    stage.look("its reference comes again")
