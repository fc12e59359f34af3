"""A centre full of cases that one other system keeps: what it carried of each, and what their keeper tells of it.

What is carried is written by ticks of the node's own owner, as ``runtime/core/relaying.py`` leaves it: with the message
that began it, of two octets. What is told is kept as a replica keeps what it reads (``central_repository/replica``), in
a file.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from bench.brief import size
from bench.messages import eori
from douane.assembly.core import Core
from douane.central_repository.replica.answers import Page
from douane.central_repository.replica.answers import Told as Entry
from douane.central_repository.replica.replica import CURSOR, Cursor, Replica, head
from douane.central_repository.summaries import SUMMARIES, Keeper
from douane.configuration import discovery
from douane.model.caller import OFFICE_OF, Caller, Party, PartyKind
from douane.model.circles import ActorKind
from douane.runtime.core.relaying import ADDRESSING
from douane.runtime.core.tick import Tick
from douane.runtime.store import keys
from douane.runtime.store.envelope import JournalRow, RowKind
from douane.runtime.store.origin import Content, Media, Origin, digest_of
from douane.runtime.store.ports import Batch
from douane.runtime.store.records import CARRIED, Carried, Member, Parties, carried_name, kind_of
from douane.standards.replication import tree
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.case_summaries import Part, Told, key_of
from douane.vocabulary.errors import PartnerUnreachable
from douane.vocabulary.identifiers import Country, Mrn, Procedure

EACH_PARTY: Final = size(200, brief=8)
"""Cases of one party, however many there are in all."""
KEEPER: Final = "DE"
AT_ONCE: Final = 5_000
OPERATION: Final = "transit.lodge_declaration"
DAY: Final = 86_400_000_000
STATES: Final = ("released", "arrived", "under control", "written off")
CONTENT: Final = Content(Media.JSON, b"{}", digest_of(b"{}"))
_CARRIED, _PARTIES = kind_of(Carried), kind_of(Parties)
_SIGNER: Final = Signer.from_seed("keeper.example/p0", bytes(32))


class Away:
    """A way to a keeper that is away: what was read last is shown."""

    async def call(self, operation: str, body: bytes) -> Any:
        """Nobody answers."""
        raise PartnerUnreachable(f"Nobody answers {operation} of {len(body)} octets.")


def fill(core: Core, cases: int, seconds: float) -> int:
    """Fill a core that has a store with cases of ``cases / EACH_PARTY`` parties, the first of them ``eori(0)``, and
    let it follow their keeper; how many there are after at most so many seconds."""
    end, parties = time.monotonic() + seconds, cases // EACH_PARTY
    store = discovery.open_store(f"sqlite:{core.settings.data}/summaries-{KEEPER}.db")
    replica = Replica(store, (SUMMARIES,), _SIGNER.key, core.clock)
    told, done = dict[str, bytes](), 0
    while done < cases and time.monotonic() < end:
        some = range(done, min(done + AT_ONCE, cases))
        told |= _carry(core, some, parties)
        done = some.stop
    _tell(replica, told, core.clock.now())
    keeper = Keeper(KEEPER, replica, Away(), store.close)
    keeper.look()
    asked = core.summaries.provided

    def provided(administration: str, operation: str, at: int) -> str:
        asked(administration, operation, at)  # asking costs what it costs; here nobody chose anybody
        return KEEPER

    core.summaries.provided, core.summaries.keepers[KEEPER] = provided, keeper
    return done


def _carry(core: Core, some: Sequence[int], parties: int) -> dict[str, bytes]:
    """Write what the centre carried of these cases, in one commit; what is told of them, by key."""
    tick, told = Tick(core.node.owners[0]), dict[str, bytes]()
    overlay = tick.overlay
    state, auditor = tick.owner.state, tick.owner.ports.auditor
    for n in some:
        mrn, party = str(Mrn.issue(2027, Country(KEEPER), f"{n:012}", Procedure.TRANSIT)), eori(n % parties)
        subject, name = overlay.fresh_subject(), f"LRN{n:012}"
        member = Member(Party(PartyKind.TRADER, party), ADDRESSING.name, 0)
        for kind, value in (
            (_PARTIES, Parties((member,))),
            (_CARRIED, Carried(KEEPER, OPERATION, 0, "accepted", "DE004055", overlay.now)),
        ):
            overlay.change(kind, keys.record_key(overlay.partition, KEEPER, subject, kind.number, b""), value)
        caller = Caller(party, ActorKind.TRADER, ActorKind.TRADER.circle, member.party)
        row = JournalRow(
            RowKind.RELAY, subject, OPERATION, KEEPER, Origin(caller, name, overlay.now), CONTENT, tick.owner.salt(),
            state.leaf + 1, relay_to=f"{OFFICE_OF}{KEEPER}",
        )  # fmt: skip
        overlay.leaf(auditor.journal_leaf(row))
        state.journal += 1
        overlay.rows.append((keys.log_position(overlay.partition, state.journal), row))  # and no handler's to handle
        for each in (name, mrn):
            overlay.lead(KEEPER, CARRIED, carried_name(party, each), subject)
        overlay.name(subject, "lrn", name)
        overlay.name(subject, "mrn", mrn)
        told[key_of(KEEPER, "mrn", mrn)] = msgspec.json.encode(
            Told(KEEPER, "mrn", mrn, OPERATION, overlay.now, STATES[n // parties % len(STATES)], "DE004055",
                 overlay.now + (1 + n % 28) * DAY, "transit.arrival", "UCC art. 233", KEEPER, overlay.now, "", "",
                 (Part(party, "holder"),), overlay.now, overlay.now)
        )  # fmt: skip
    tick.run()
    return told


def _tell(replica: Replica, told: dict[str, bytes], now: int) -> None:
    """Let a replica keep what is told, as it keeps the pages of a snapshot, in the order of identities."""
    ordered = sorted((tree.identity(key), key, content) for key, content in told.items())
    for first in range(0, len(ordered), AT_ONCE):
        entries = tuple(
            Entry(first + n + 1, now, id.hex(), key, content.decode())
            for n, (id, key, content) in enumerate(ordered[first : first + AT_ONCE])
        )
        replica.take_snapshot(SUMMARIES, 0, Page(entries, len(ordered), first + AT_ONCE < len(ordered), ""))
    batch = Batch()
    batch.put[head(SUMMARIES, 0) + b"c"] = CURSOR.write(Cursor(len(ordered), None, now))  # as a signed state says
    replica.commit(0, batch)
