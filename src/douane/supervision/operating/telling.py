"""Tells parties what operators changed of what they prove themselves by, or where their messages are pushed to.

Invariants. (1) A notice is accepted by the core before the file is put in place: whatever fails after, it was told, and
asked again it is the same message. (2) It goes by the ways that held before the change: where messages are pushed to
another address now, the former one hears of it. (3) It holds no secret, since the sentences of a change hold none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

import msgspec

from douane.identity.register import Register
from douane.model.caller import OFFICE_OF, Caller, PartyKind
from douane.model.circles import Platform
from douane.model.needs import PROOF_REPLACED
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.node import Node
from douane.runtime.store.decided import Approved
from douane.runtime.store.envelope import Arrival, Envelope, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.supervision.operating.differences import AGREEMENTS, CLIENTS, Kind, changes
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.time import Instant, moment

MOST: Final = 200
"""Sentences of a notice; those of one client are fewer."""
_TOLD: Final = frozenset(
    {PartyKind.TRADER, PartyKind.THIRD_COUNTRY, PartyKind.PARTNER_SERVICE, PartyKind.ADMINISTRATION}
)
"""Parties with an inbox that is theirs; operators see what is proposed in the console."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told to a party (by the name of its inbox): of which client or agreement, sentence by sentence."""

    party: str
    what: str
    changes: tuple[str, ...]


def notices(kind: Kind, before: bytes, after: bytes, register: bytes) -> Iterator[Notice]:
    """Whom another file concerns. register: that holds until then; of a client that changes hands both are told."""
    if kind not in (CLIENTS, AGREEMENTS):
        return
    old, new = before.decode(errors="replace"), after.decode()
    known = [_parties(old), _parties(new)] if kind is CLIENTS else [_parties(register.decode(errors="replace"))]
    try:
        found = changes(kind, old, new)
    except DeclarationFault:  # what stands there cannot be read: nobody knows whose it was
        found = changes(kind, "", new)
    for change in found:
        own = change.name if kind is AGREEMENTS else ""
        for party in sorted({each.get(change.name, own) for each in known} - {""}):
            yield Notice(party, f"{kind.entry} {change.name}", change.sentences[:MOST])


def _parties(register: str) -> dict[str, str]:
    """By client the name of the inbox that it shares; empty for those who have none of their own."""
    try:
        clients = list(Register.parse(register))
    except DeclarationFault:
        return {}
    return {each.id: _inbox(*each.party) for each in clients}


def _inbox(kind: PartyKind, identifier: str) -> str:
    if kind not in _TOLD:
        return ""
    return f"{OFFICE_OF}{identifier}" if kind is PartyKind.ADMINISTRATION else identifier


async def tell(node: Node, catalogue: Catalogue, told: Iterable[Notice], agreed: Approved, caller: Caller) -> None:
    """Have the core accept each notice, and send it. Nothing where another node has the inboxes."""
    operation = next((each for each in catalogue.operations.values() if each.fills is PROOF_REPLACED), None)
    ports = node.owners[0].ports
    if operation is None or not ports.router.hosts(UNION, operation.qualified):
        return
    waiting = set()
    for each in told:
        if each.party.startswith(OFFICE_OF) and ports.router.lane(each.party, operation.replies[0].__name__):
            continue  # it has a system of its own, which knows no such message
        said = {
            "party": each.party, "what": each.what, "changes": each.changes,
            "agreed_at": moment(Instant(agreed.at)), "proposed_by": agreed.by, "agreed_by": agreed.second or agreed.by,
        }  # fmt: skip
        message: Any = msgspec.convert(said, operation.request)
        body = msgspec.json.encode(message)
        id = sha256(operation.qualified.encode() + b"\0" + body).hexdigest()[:32]
        origin = Origin(caller, id, ports.clock.now(), Platform.OPERATIONS.value, "act")
        content = Content(Media.JSON, body, digest_of(body))
        envelope = Envelope(RowKind.MESSAGE, operation.qualified, UNION, origin, content)
        waiting.add((await node.submit(Arrival(envelope, message))).position)
    while any(each.position in waiting for owner in node.owners for each in owner.pending):
        await node.changed(1.0)
