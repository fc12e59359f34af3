"""Pulled messages that wait for their receipt: what the door that hands one out notes with the claim on it.

The claim itself lives in the core, so whichever door the receipt comes to can check it, and no other door hands the
message out meanwhile.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from douane.runtime.delivery import claims
from douane.runtime.store.transmission import Carried
from douane.vocabulary.errors import OurFault

TERM: Final = 15 * 60
"""Seconds for which a pulled message waits for its receipt; then it may be pulled again, under the same id."""
is_name = re.compile(r"[0-9a-f]{1,16}").fullmatch
"""Whether a text may name a message of an inbox."""
_decode = msgspec.msgpack.Decoder(tuple[str, tuple[str, ...]]).decode


def write_note(mode: str, references: tuple[str, ...], carried: Carried | None = None) -> bytes:
    """The id of the agreement under which a message went out, and the references that its receipt has to repeat.

    carried: how it went out, and its receipt once that has come: what evidence keeps.
    """
    return claims.write_note(claims.Note(msgspec.msgpack.encode((mode, references)), carried))


def read_note(note: bytes) -> tuple[str, tuple[str, ...], Carried | None]:
    """What was noted; nothing of an empty note: the message is claimed, and not sent yet."""
    if not note:
        return "", (), None
    found = claims.read_note(note)
    try:
        return *_decode(found.own), found.carried
    except msgspec.DecodeError as problem:
        raise OurFault("The note of a claim cannot be read.", remedy="Pull the message again later.") from problem
