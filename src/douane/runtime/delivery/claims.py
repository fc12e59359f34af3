"""Messages of inboxes that are being handed out: each is claimed by one caller at a time, at whatever door it asks.

Claims live in the core, so two doors never hand out one message twice while a claim on it lives. They are not stored:
after a restart, or when a partition moves, a message may be handed out again, under the same id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from douane.runtime.store.ports import SECOND, Instant
from douane.runtime.store.transmission import Carried

MOST: Final = 100_000
"""Claims at once; beyond it nothing more is handed out until some end."""
NOTED: Final = 64 * 1024 * 1024
"""Octets of all notes; beyond it a claim keeps the note that it has. So a door notes first what it needs, then what is
good to have."""


class Note(msgspec.Struct, frozen=True, array_like=True):
    """What is noted with a claim: what the door has to remember, and what proves that its party took the message."""

    own: bytes
    carried: Carried | None = None


_decode = msgspec.msgpack.Decoder(Note).decode


def write_note(note: Note) -> bytes:
    """A note as it crosses the link."""
    return msgspec.msgpack.encode(note)


def read_note(note: bytes) -> Note:
    """What was noted. A door of an earlier release notes its own words only."""
    try:
        return _decode(note)
    except msgspec.MsgspecError:
        return Note(note)


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim on a message. ``note``: what the door that hands it out has to remember."""

    party: str
    until: Instant
    note: bytes = b""
    platform: str = ""


class Claims:
    """The claims on what one core keeps."""

    def __init__(self) -> None:
        self._live: dict[str, Claim] = {}
        self._noted = 0

    def take(self, party: str, items: Sequence[str], seconds: int, now: Instant, platform: str) -> str:
        """Claim through a platform the first of these messages that nobody has claimed; empty where there is none."""
        if len(self._live) >= MOST:
            self._live = {item: claim for item, claim in self._live.items() if claim.until > now}
            self._noted = sum(len(claim.note) for claim in self._live.values())
        for item in items:
            known = self._live.get(item)
            if (known is None or known.until <= now) and len(self._live) < MOST:
                self.end(item)
                self._live[item] = Claim(party, now + seconds * SECOND, platform=platform)
                return item
        return ""

    def note(self, party: str, item: str, note: bytes) -> None:
        """Remember something with a claim of this party."""
        known = self._live.get(item)
        if known is None or known.party != party:
            return
        noted = self._noted - len(known.note) + len(note)
        if noted <= NOTED or not known.note:
            self._live[item], self._noted = replace(known, note=note), noted

    def find(self, item: str) -> Claim | None:
        """The claim on a message, also one whose time is over while nobody else has claimed it."""
        return self._live.get(item)

    def carried(self, party: str, item: str) -> Carried | None:
        """What proves that a party took a message that it had claimed; None where nothing does."""
        known = self._live.get(item)
        if known is None or known.party != party or not known.note:
            return None
        found = read_note(known.note).carried
        return found if found is not None and found.receipt else None

    def end(self, item: str) -> None:
        """The message was taken, or not sent after all."""
        ended = self._live.pop(item, None)
        self._noted -= len(ended.note) if ended is not None else 0
