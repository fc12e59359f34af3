"""Small replicas of final data: each administration follows the feed by its own cursor and keeps what it read."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from douane.channels.rest.client import Partner
from douane.vocabulary.errors import PartnerUnreachable

FEED = "transit.movement_final"
WAIT, PAGE, PAUSE = 20.0, 10, 0.5


def entry(content: dict[str, Any]) -> str:
    """One outcome in a form that is the same everywhere."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"))


def state_hash(entries: dict[str, str]) -> str:
    """A hash over all entries in order of MRN: equal hashes, equal replicas."""
    digest = hashlib.sha256()
    for mrn in sorted(entries):
        digest.update(f"{mrn}\n{entries[mrn]}\n".encode())
    return digest.hexdigest()


@dataclass(slots=True)
class Replica:
    """One administration's copy: outcome by MRN, and the cursor after the last one read."""

    administration: str
    door: Partner
    entries: dict[str, str] = field(default_factory=dict)
    cursor: str = ""
    read: int = 0

    @property
    def hash(self) -> str:
        """The hash of its state."""
        return state_hash(self.entries)

    async def follow(self) -> None:
        """Read on from the cursor until cancelled."""
        while True:
            try:
                items, self.cursor = await self.door.collect(self.cursor, WAIT, PAGE, FEED)
            except PartnerUnreachable:
                await asyncio.sleep(PAUSE)
                continue
            for item in items:
                content = json.loads(item["body"])
                self.entries[content["mrn"]] = entry(content)
                self.read += 1
