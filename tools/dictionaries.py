"""Train a dictionary for the bodies of a message family, on messages of our own whose values are random.

``python -m tools.dictionaries FILE`` writes one for NCTS and prints its digest. A dictionary that is in use is never
written again: another one gets another codec (``runtime/store/bodies.py``).

Trained on what movements of three administrations send each other, of which there is most, and on random messages of
all types. Values are replaced character by character, so that the dictionary learns the names of elements and how
values look, and nothing of the people and goods of our examples.
"""

from __future__ import annotations

import hashlib
import random
import re
import string
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import zstandard

from bench.messages import declaration
from douane.applications.transit.tests.base_declarations import normal, several
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SENT
from douane.runtime.store.ports import Log
from douane.standards.ncts import phase5
from douane.standards.ncts.phase5.codecs import CODECS, codec
from douane.standards.ncts.tests.random_messages import group_of
from tests.journeys.movements import Movement
from tests.journeys.office import Office
from tests.journeys.test_two_nodes import Union

OCTETS = 16_384
OFTEN = 8
"""How often each message of a life is taken, with other values each time."""
SEEDS = 6
"""How many random messages of each type."""
_VALUE = re.compile(rb">([^<>]+)<")
_CLASSES = (string.digits, string.ascii_uppercase, string.ascii_lowercase)


def with_other_values(body: bytes, rng: random.Random) -> bytes:
    """The same message, each letter and digit of its values replaced by another one."""

    def other(value: re.Match[bytes]) -> bytes:
        text = value.group(1).decode()
        drawn = (next((rng.choice(c) for c in _CLASSES if each in c), each) for each in text)
        return b">" + "".join(drawn).encode() + b"<"

    return _VALUE.sub(other, body)


def kept(office: Office) -> Iterator[bytes]:
    """The bodies of all messages that a node took and sent."""
    for log, form in ((Log.JOURNAL, JOURNAL), (Log.SENT, SENT)):
        for _, raw in office.store.scan_log(log, 0, keys.log_position(1, 0), 10_000):
            yield form.read(raw).content.octets


def lives() -> list[bytes]:
    """The messages of some movements over three nodes."""
    union = Union("FR", "DE", "AT")
    for number, each in enumerate((several(), normal(1, 3), declaration(abroad=True), declaration()), 1):
        Movement(each, office=union.node("FR"), number=number, limit=Decimal(1_000_000))
        union.carry()
    return [body for node in union.nodes for body in kept(node) if body.startswith(b"<")]


def anything() -> Iterator[bytes]:
    """Random messages of every type."""
    for name in sorted(CODECS.names):
        for seed in range(SEEDS):
            known = codec(name)
            groups: Any = group_of(known.layout, random.Random(f"{name} {seed}"))
            yield phase5.write(known.struct(**groups))


def trained() -> bytes:
    """The dictionary."""
    rng = random.Random(1)
    lived = [with_other_values(body, rng) for body in lives() for _ in range(OFTEN)]
    return zstandard.train_dictionary(OCTETS, [*lived, *anything()], level=3).as_bytes()


if __name__ == "__main__":
    made = trained()
    Path(sys.argv[1]).write_bytes(made)
    print(hashlib.sha256(made).hexdigest())
