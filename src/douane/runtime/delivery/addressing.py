"""By which of his messages a party outside addressed this node in a case, where it came by another node.

A message that goes back by that node says neither for whom it is nor about what: the other node passes it on to whom
its sender names, and only as an answer to something that it carried here for him (``runtime.core.relaying``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from douane.runtime.catalogue.behaviour import Handler
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SentRow
from douane.runtime.store.ports import Log, Reader

LOOKED_AT: Final = 200
"""Messages of a case, from its beginning, among which that one is looked for."""


def addressed_by(reader: Reader, position: int, row: SentRow, handlers: Mapping[str, Handler]) -> str:
    """The identification of the first message of its party in a case that a sent one may answer; empty for none."""
    prefix = keys.SUBJECT + keys.u16(keys.position_partition(position)) + keys.u64(row.subject) + b"j"
    positions = [int.from_bytes(key[-8:], "big") for key, _ in reader.scan(prefix, keys.after(prefix), LOOKED_AT)]
    for raw in reader.read_log(Log.JOURNAL, positions):
        said = JOURNAL.read(raw) if raw is not None else None
        handler = handlers.get(said.operation) if said is not None and said.sender == row.party else None
        if (
            said is not None
            and handler is not None
            and row.type in {each.__name__ for each in handler.operation.replies}
        ):
            return said.id
    return ""
