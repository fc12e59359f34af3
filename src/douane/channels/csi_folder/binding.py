"""A gateway between folders and a node: files go through the door, messages become files, and both are told.

A file leaves ``in`` together with its answer, once the core has all of it that it will ever take. Whatever ends before,
the file is read again, and its messages are known by their identification.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.channels.csi_folder.folder import Folder, key_of
from douane.channels.csi_folder.translation import Agreed, Content, Item, answer, read, syntax_fault, write
from douane.model.declare import Kind, Operation
from douane.model.families import NCTS5
from douane.model.routes import Opening, Route
from douane.runtime.core.commands import Reported
from douane.runtime.door.door import Authenticated, Call, Door
from douane.runtime.store.envelope import TRIED, Delivery
from douane.runtime.store.ports import Attempt, Clock, Offered, Outcome
from douane.runtime.store.transmission import WireForm
from douane.runtime.turns.pools import Purpose, beside
from douane.standards.edifact.control import Action, Control
from douane.standards.ncts import phase5 as p5
from douane.standards.ncts.errors import is_error
from douane.standards.ncts.legacy.rows import Loss
from douane.vocabulary.errors import DouaneError, Fault, OurFault, SenderFault, TooLarge
from douane.vocabulary.identifiers import base36
from douane.vocabulary.time import Instant, moment

NAME: Final = "csi_folder"
BATCH: Final = 100
LOOK: Final = 0.5
"""Seconds between two looks into the folders."""


def routes(folder: str, operations: Iterable[Operation]) -> Iterator[Route]:
    """What comes in by a folder: the commands that take a message of a family, of services with a legacy interface."""
    known = {each.__name__ for each in NCTS5.types()}
    for each in operations:
        if each.kind is Kind.COMMAND and each.request.__name__ in known:
            yield Route(NAME, "PUT", folder, Opening.OPERATION, (each.qualified,), each.request.__name__)


@dataclass(frozen=True, slots=True)
class Station:
    """An administration that is reached by a folder."""

    folder: Folder
    agreed: Agreed


@dataclass(slots=True)
class FolderGateway:
    """Carries between folders and the node. ``callers``: the system of an administration; ``delivery``: what is known
    of a message that went out, None until its arrival is kept."""

    stations: Sequence[Station]
    door: Door
    callers: Callable[[str], Authenticated]
    command: Callable[[Reported], Awaitable[None]]
    delivery: Callable[[int], Delivery | None]
    clock: Clock
    failed: Callable[[BaseException], None]
    counts: dict[str, int] = field(default_factory=dict)
    refused: Callable[[str], None] = lambda _code: None
    """Hears of each message that is refused, by error code."""

    async def run(self) -> None:
        """Until cancelled; where a folder cannot be read, the others go on."""
        while True:
            more = False
            for station in self.stations:
                try:
                    station.folder.prepare()
                    station.folder.recover()
                    more |= await self.look(station)
                except DouaneError as problem:  # the core cannot take it now, or its system is not registered
                    self._count(problem.code)
                except Exception as problem:  # noqa: BLE001 - what is wrong with one folder must not stop the others
                    self.failed(problem)
            await asyncio.sleep(0 if more else LOOK)

    async def look(self, station: Station) -> bool:
        """Take what waits in a folder, in its order, and tell what was taken out of it; whether more may wait."""
        names = station.folder.waiting(BATCH)
        for name in names:
            try:
                await self._take(station, name)
            except DouaneError:
                raise
            except Exception as problem:  # noqa: BLE001 - a defect of ours must not stop the files behind this one
                self.failed(problem)
                self._count("aside")
                station.folder.set_aside(name)
        for name in station.folder.gone():
            position = position_of(name)
            known = self.delivery(position)
            if known is None or known.state == TRIED:  # its arrival is not kept yet: it may be put there again
                continue
            await self._report(position, "delivered")
            station.folder.forget(name)
        return len(names) == BATCH

    async def _take(self, station: Station, name: str) -> None:
        """One file: through the door, answered, taken. Raises OurFault where the core cannot take it now, and
        NotAuthenticated while no system of the administration is registered: the file waits."""
        agreed, octets = station.agreed, b""
        caller = self.callers(agreed.administration)
        try:
            octets = station.folder.read(name)
            content = await beside(Purpose.READING, read, octets, agreed)
        except TooLarge as problem:
            content = Content(agreed.form, refusal=problem)
        key = key_of(name, octets)
        items = content.items
        if content.refusal is not None:
            items = [Item("", refusal=content.refusal)]
        elif content.interchange is not None and content.interchange.findings:
            wrong = content.interchange.findings
            items = [Item("", refusal=syntax_fault(wrong), findings=wrong)]
        else:
            for told in content.told:
                await self._told(told)
        for number, each in enumerate(items, 1):
            form = WireForm((("file", name[:100]), ("type", each.type)), octets)
            await self._receive(caller, each, octets, form, f"{key[:30]}-{number}")
        self._count("files")
        now = moment(Instant(self.clock.now())).replace(microsecond=0, tzinfo=None)
        made = answer(content, agreed, key[1:15].upper(), now)
        station.folder.settle(name, octets, made, content.form.suffix)

    async def _receive(self, caller: Authenticated, item: Item, octets: bytes, form: WireForm, id: str) -> None:
        """One message through the door, with the file that it came in as evidence.

        What is refused is told by an error message, unless CONTRL names it or it is an error message itself.
        """
        if item.message is None and item.refusal is None:  # a CONTRL
            return
        try:
            if item.refusal is None:
                body = p5.write(item.message) if item.message is not None else b""
                await self.door.receive(Call(caller, NAME, body, id=id, form=form, told_later=True))
            elif item.findings or is_error(item.type):
                await self.door.refuse(Call(caller, NAME, octets), item.refusal)
            else:
                call = Call(caller, NAME, octets, id=id, read=item.refused, form=form, told_later=True)
                await self.door.receive(call)
        except SenderFault as problem:
            item.refusal = problem
            self.refused(problem.code)
        self._count("taken" if item.refusal is None else "refused")

    async def _told(self, control: Control) -> None:
        """The program tells by CONTRL what became of an interchange: taken, or rejected for its syntax."""
        position = position_of(control.reference)
        rejected = control.action is Action.REJECTED or Action.REJECTED in control.messages.values()
        if position:
            await self._report(position, "exception" if rejected else "delivered",
                               f"CONTRL {control.error}" if rejected else "")  # fmt: skip

    async def _report(self, position: int, state: str, reason: str = "") -> None:
        with contextlib.suppress(SenderFault):  # about a message that was never ours
            await self.command(Reported(position, state, self.clock.now(), reason))

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


class FolderTransport:
    """Carries lanes ``csi_folder:ADMINISTRATION`` into the folder of an administration."""

    def __init__(self, stations: Sequence[Station], clock: Clock) -> None:
        self._stations = {each.agreed.administration: each for each in stations}
        self._clock = clock

    async def send(self, lane: str, items: Sequence[Offered]) -> list[Attempt]:
        """Write in order; a file that is durable has arrived. What its form cannot say is kept with the delivery."""
        station = self._stations[lane.partition(":")[2]]
        attempts: list[Attempt] = []
        for position, facts, body in items:
            try:
                losses = self._put(station, int(position, 16), facts["type"], body)
            except SenderFault as problem:  # of our own message: it cannot be said in this form
                attempts.append(Attempt(Outcome.REFUSED, f"{problem.text} {_named(problem.faults)}".strip()))
            except OurFault as problem:
                attempts.append(Attempt(Outcome.FAILED, problem.text))
                break
            else:
                reason = f"Characters were replaced in {_named(losses)}." if losses else ""
                attempts.append(Attempt(Outcome.ARRIVED, reason))
        return attempts

    def _put(self, station: Station, position: int, type_name: str, body: bytes) -> Sequence[Loss]:
        station.folder.prepare()
        now = moment(Instant(self._clock.now())).replace(microsecond=0, tzinfo=None)
        reference = reference_of(position)
        content, losses = write(NCTS5.read(body), station.agreed, reference, now)
        suffix = station.agreed.form_for(type_name).suffix
        station.folder.put(f"{reference}-{type_name}.{suffix}", content, sha256(body).hexdigest())
        return losses


def _named(places: Sequence[Loss | Fault]) -> str:
    shown = ", ".join(each.pointer for each in places[:3])
    return f"{shown} and {len(places) - 3} more" if len(places) > 3 else shown


def reference_of(position: int) -> str:
    """The control reference of a message that is sent: its position in 13 letters and digits."""
    return base36(position, 13)


def position_of(name: str) -> int:
    """The position in a control reference, or in the name of a file; 0 for what is none of ours."""
    text = name[:13]
    return int(text, 36) if len(text) == 13 and text.isascii() and text.isalnum() else 0


def station(path: Path, agreed: Agreed, largest: int = 0) -> Station:
    """An administration's folder with what was agreed with it. ``largest``: bytes of a file; 0: the usual."""
    return Station(Folder(path, largest), agreed)
