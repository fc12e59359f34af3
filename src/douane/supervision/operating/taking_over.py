"""Acts on the export of an older portal: judge it, and take it over.

Invariants. (1) Every row is judged before the first is taken over; one fault, and none is. (2) A row goes through the
core as every message, under an identification made of what it says: taken over again it is the same message. (3) The
act is journalled before its first row, so whoever did it is known whatever happens after; the same export again ends
what a failure interrupted.
"""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from douane.configuration.supplies import supply_of
from douane.model.circles import Platform
from douane.model.needs import REGISTERED
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.core.commands import Act, Journal
from douane.runtime.core.node import Node
from douane.runtime.store import keys
from douane.runtime.store.envelope import Arrival, Envelope, Receipt, RowKind
from douane.runtime.store.origin import Attachment, Content, Media, Origin, digest_of
from douane.runtime.store.queries import View
from douane.runtime.turns.pools import Purpose, beside
from douane.shared_services.payloads.files import FilePayloads
from douane.standards.mime.kinds import HEAD
from douane.supervision.operating.beside import Doing
from douane.supervision.operating.declared import JUDGE, TAKE_OVER
from douane.supervision.operating.lodging import lodged
from douane.supervision.operating.older_export import FILES, FORM, PIECE, Row, read_export
from douane.supervision.operating.outcome import Asked, Outcome, RowFault
from douane.vocabulary.errors import Elsewhere, Overloaded

SOUND: Final = "sound"
REFUSED: Final = "refused"
TAKEN: Final = "taken over"
THERE: Final = "already here"
NOT_TAKEN: Final = "not taken over"
"""What stood against it came between its judgement and its turn."""
KIND: Final = "kind of document"
"""The rule that a file breaks which is not what it says."""
MOST_TOLD: Final = 1_000
"""Faults that an answer tells; it counts all."""
AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Judgement:
    """fresh: the rows that are not here; there: how many are; faults: what is wrong."""

    fresh: Sequence[Row]
    there: int
    faults: Sequence[RowFault]


class _Views(dict[str, View]):
    """What administrations keep now, each looked at once; and who is registered."""

    def __init__(self, view_of: Callable[[str], View]) -> None:
        super().__init__()
        self._view_of, self._known = view_of, dict[str, bool]()

    def __missing__(self, administration: str) -> View:
        self[administration] = found = self._view_of(administration)
        return found

    def registered(self, eori: str) -> bool:
        """Whether an operator is registered; everybody is where no register is kept here."""
        asked = supply_of(REGISTERED)
        if eori not in self._known:
            self._known[eori] = asked is None or asked(self[UNION], eori)
        return self._known[eori]


@dataclass(frozen=True, slots=True)
class TakingOver:
    """Does them in one process of a node. view_of: what an administration keeps now. payloads: where attachments are
    kept."""

    node: Node
    catalogue: Catalogue
    data: Path
    view_of: Callable[[str], View]
    payloads: FilePayloads

    def acts(self) -> Mapping[str, Doing]:
        """Each act with what does it."""
        return {JUDGE: self.judge, TAKE_OVER: self.take_over}

    async def judge(self, asked: Asked, _act: Act) -> Outcome:
        """Say what would be taken over and what stands against it; nothing changes, and nothing is journalled."""
        found = self._judged(lodged(self.data, asked.on))
        if found.faults:
            return _refused(found)
        fresh = Counter(each.kind.file for each in found.fresh)
        return Outcome(SOUND, counts={**fresh, THERE: found.there})

    async def take_over(self, asked: Asked, act: Act) -> Outcome:
        """Take over every row that is not here, or none. A row of a partition that another process has, that takes."""
        content = lodged(self.data, asked.on)
        found = self._judged(content)
        if found.faults:
            return _refused(found)
        for owner in self.node.owners:
            if not owner.ended:
                await self.node.command(Journal(keys.log_position(owner.partition, 0), act))
        taken, rows = dict[int, Row](), list(found.fresh)
        for first in range(0, len(rows), AT_ONCE):
            part = rows[first : first + AT_ONCE]
            came = await asyncio.gather(*(self._submitted(each, act, content) for each in part))
            taken |= {receipt.position: row for receipt, row in zip(came, part, strict=True) if receipt is not None}
        while any(each.position in taken for owner in self.node.owners for each in owner.pending):
            await self.node.changed(1.0)
        views = _Views(self.view_of)
        here = sum(self._judged_row(each, views)[0] for each in taken.values())
        return Outcome(TAKEN, counts={TAKEN: here, NOT_TAKEN: len(taken) - here})

    def _judged(self, content: bytes) -> Judgement:
        rows, faults = read_export(content, self.catalogue)
        fresh, there, views, named = list[Row](), 0, _Views(self.view_of), set[tuple[str, ...]]()
        for row in rows:
            here, found = self._judged_row(row, views)
            names = row.names
            if not named.isdisjoint(names):
                found.append(row.fault("", FORM, "Leave it out: a row before it is about the same."))
            named.update(names)
            faults += [*found, *self._kinds(row, content)]
            there += here
            fresh += [] if here else [row]
        return Judgement(fresh, there, sorted(faults, key=lambda each: (each.file, each.row)))

    def _kinds(self, row: Row, content: bytes) -> Iterator[RowFault]:
        """What is wrong with the files of a row: they are judged as a door judges what comes with a message."""
        if not row.files:
            return
        takes = self.catalogue.operation(row.operation).attaches
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for number, each in enumerate(row.files):
                with archive.open(FILES + each.file) as file:
                    wrong = takes.wrong(each.name, each.media_type, file.read(HEAD))
                if wrong:
                    yield row.fault(f"/attachments/{number}", KIND, wrong)

    def _judged_row(self, row: Row, views: _Views) -> tuple[bool, list[RowFault]]:
        """Whether a row is here already, and what is wrong with it."""
        administration = self._administration(row)
        if not self.node.owners[0].ports.router.hosts(administration, row.operation):
            remedy = f"Take it over at the system that serves {administration} with {row.operation}."
            return False, [row.fault("", "provision", remedy)]
        judge = supply_of(row.kind.judges)
        here, found = judge(views[administration], row.message) if judge is not None else (False, ())
        faults = [row.fault(each.pointer, each.rule, each.remedy) for each in found]
        party = getattr(row.message, row.kind.party) if row.kind.party else ""
        if party and not views.registered(party):
            faults.append(row.fault(f"/{row.kind.party}", "UCC art. 9", "Name an operator that is registered."))
        return here, faults

    def _administration(self, row: Row) -> str:
        return self.catalogue.administration_of(self.catalogue.operation(row.operation), row.message)

    async def _submitted(self, row: Row, act: Act, content: bytes) -> Receipt | None:
        """Hand it to the core with what goes with it; None where another process has its partition."""
        body = msgspec.json.encode(row.message)
        files = await beside(Purpose.UPLOADS, self._published, row, content) if row.files else ()
        names = "".join(f"\0{each.digest}" for each in files).encode()
        id = sha256(row.operation.encode() + b"\0" + body + names).hexdigest()[:32]
        origin = Origin(act.caller, id, self.node.owners[0].ports.clock.now(), Platform.OPERATIONS.value, "act")
        said = Content(Media.JSON, body, digest_of(body, files), files)
        envelope = Envelope(RowKind.MESSAGE, row.operation, self._administration(row), origin, said)
        while True:
            try:
                return await self.node.submit(Arrival(envelope, row.message))
            except Overloaded:
                await asyncio.sleep(0.1)
            except Elsewhere:
                return None

    def _published(self, row: Row, content: bytes) -> tuple[Attachment, ...]:
        """Files of a row in the payload store, durable before the row is handed over."""
        made = []
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for each in row.files:
                draft = self.payloads.draft()
                try:
                    with archive.open(FILES + each.file) as file:
                        while piece := file.read(PIECE):
                            draft.write(piece)
                    found = draft.publish()
                except BaseException:
                    draft.discard()
                    raise
                made.append(Attachment(each.name, each.media_type, found.digest, found.size))
        return tuple(made)


def _refused(found: Judgement) -> Outcome:
    counts = {"faults": len(found.faults), "rows": len({(each.file, each.row) for each in found.faults})}
    return Outcome(REFUSED, "nothing was taken over", counts, tuple(found.faults[:MOST_TOLD]))
