"""Acts of an operator: what there is, and how each is done.

Invariants. (1) An act is journalled in the commit of what it does, under the identification that its asker gave it and
with the user who asked: whatever was done has its leaf, and whatever has its leaf was done. (2) The same act again
changes nothing and is answered by what is so now. (3) An act that is not declared here does not exist.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from douane.model.caller import OPERATOR
from douane.runtime.core.commands import Act, Release
from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.envelope import PARKED, Parked
from douane.runtime.store.ports import Reader
from douane.shared_services.auditing.cases import Cases
from douane.vocabulary.errors import NotFound

RELEASE: Final = "message.release"
HANDLED: Final = "handled"
ASIDE: Final = "set aside again"


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An act as it is asked for.

    id: made by who asks, the same when he asks again. on: what it is about, for RELEASE the position of a message in
    hexadecimal. reason: why, in his words; kept with the act.
    """

    act: str
    id: Annotated[str, Meta(pattern=r"^[0-9a-f]{16,64}$")]
    on: Annotated[str, Meta(max_length=80)] = ""
    reason: Annotated[str, Meta(max_length=500)] = ""


class Outcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What came of an act: HANDLED or ASIDE, and then why."""

    state: str
    reason: str = ""


class Acts:
    """Does acts in a node, whoever carries them to it."""

    def __init__(self, node: Node, reader: Reader) -> None:
        self._node, self._reader = node, reader
        self._known: dict[str, Callable[[Asked, str], Awaitable[Outcome]]] = {RELEASE: self._release}

    async def perform(self, asked: Asked, person: str) -> Outcome:
        """Do an act for somebody, once. ``person``: who, as his proof has it. Raises NotFound for what there is not,
        Elsewhere for what another process does, and what the store refuses."""
        act = self._known.get(asked.act)
        if act is None:
            raise NotFound(f"There is no act {asked.act[:40]!r}.", remedy=f"There are: {', '.join(self._known)}.")
        return await act(asked, person)

    async def _release(self, asked: Asked, person: str) -> Outcome:
        position = _position(asked.on)
        act = Act(asked.id, msgspec.json.encode(asked).decode(), msgspec.structs.replace(OPERATOR, person=person))
        if not self._done(position, act) and position not in self._aside():
            known = ", ".join(f"{each:x}" for each in self._aside()[:20]) or "none"
            raise NotFound(f"No message is set aside at position {asked.on[:40]!r}.", remedy=f"There are: {known}.")
        await self._node.command(Release(position, act))
        (raw,) = self._reader.read([keys.space(keys.WAIT, position >> 48) + keys.u64(position)])
        parked: Parked | None = PARKED.read(raw) if raw is not None else None
        return Outcome(HANDLED) if parked is None else Outcome(ASIDE, parked.reason)

    def _done(self, position: int, act: Act) -> bool:
        return self._reader.read([act.key(position >> 48)])[0] is not None

    def _aside(self) -> list[int]:
        """Where messages lie that failed themselves; those that wait behind one follow it."""
        return [each.position for each in Cases(self._reader).parked() if not each.waits_for]


def _position(text: str) -> int:
    """A position in hexadecimal; 0, where nothing stands, for anything else."""
    try:
        position = int(text, 16) if len(text) <= 16 else 0
    except ValueError:
        return 0
    return position if 0 < position < 1 << 62 else 0
