"""A national node declares at the centre, signed, what its administration's systems do: what it runs, and a list.

The node signs by the key with which it is registered at the centre, and signs nothing that the centre tells it: of the
centre's answer only the number is used, which the next statement must pass. What is declared is what this release does
here; what other systems of the administration do comes from the list in the settings, which wins where both name a
function. It is declared at start and again when it is a month old, and only where it differs from what the centre has.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import msgspec

from douane.channels.rest.client import Partner
from douane.configuration.settings import NodeSettings, Uplink
from douane.identity.certificates import moment
from douane.identity.statements import sign
from douane.model.needs import DECLARE_SYSTEMS, SYSTEMS
from douane.reference_architecture import landscape as land
from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.landscape import Held
from douane.reference_architecture.snapshots import FORMAT, Entry, Snapshot, read_holdings, read_snapshot
from douane.runtime.catalogue.catalogue import UNION, Catalogue
from douane.runtime.store.ports import Clock
from douane.runtime.turns.pools import Purpose, beside
from douane.trust.development_identity import DevelopmentIdentity
from douane.vocabulary.errors import DeclarationFault, PartnerFault, SenderFault
from douane.vocabulary.time import SECOND

AFTER_SECONDS: Final = 1.0
"""So long after the start, when the doors are open, the model is made and the centre asked."""
AGAIN_SECONDS: Final = 3600.0
"""So often what was declared is compared."""
PAUSE_SECONDS: Final = 30.0
"""After an attempt that the centre did not answer, or that it did not take over; each time twice as long."""
OLD_DAYS: Final = 30
"""A statement of which nothing has changed is made anew after so many days."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the centre has of an administration: the number of the newest statement, and what it says."""

    number: int = 0
    snapshot: Snapshot | None = None


@dataclass(frozen=True, slots=True)
class Declarer:
    """Declares until cancelled. functions: what there is to declare, made when it is needed, outside the loop.

    asked, declared: operations of the centre, which tell what is kept and take over a statement.
    """

    own: str
    functions: Callable[[], tuple[Entry, ...]]
    signed: Callable[[bytes], bytes]
    partner: Partner
    asked: str
    declared: str
    clock: Clock

    async def run(self) -> None:
        """Compare and declare. A centre that is away, or refuses, is asked again later."""
        await asyncio.sleep(AFTER_SECONDS)
        functions = await beside(Purpose.UPKEEP, self.functions)
        pause = PAUSE_SECONDS
        while True:
            kept = False
            with contextlib.suppress(PartnerFault, SenderFault, msgspec.MsgspecError):
                kept = await self._declare(functions)
            await asyncio.sleep(AGAIN_SECONDS if kept else pause)
            pause = PAUSE_SECONDS if kept else min(2 * pause, AGAIN_SECONDS)

    async def _declare(self, functions: tuple[Entry, ...]) -> bool:
        """Whether the centre has what there is to declare; what was sent just now shows when it is asked again."""
        known, now = await self._known(), self.clock.now()
        today = moment(now).date()
        if known.snapshot is not None and _same(known.snapshot, functions, today):
            return True
        number = max(now // SECOND // 60, known.number + 1)  # minutes: greater than before on a store that was lost
        content = msgspec.json.encode(Snapshot(FORMAT, self.own, number, today, functions))
        statement = await beside(Purpose.UPKEEP, self.signed, content)
        await self.partner.call(self.declared, msgspec.json.encode({"statement": statement.decode()}))
        return False

    async def _known(self) -> Known:
        found, after = Known(), ""
        while True:
            answer: Any = await self.partner.call(self.asked, msgspec.json.encode({"after": after}))
            for each in answer["systems"]:
                if each["administration"] == self.own:
                    found = Known(int(each["number"]), read_snapshot(str(each["content"]).encode()))
            if not answer["after"]:
                return found
            after = answer["after"]


def _same(known: Snapshot, functions: tuple[Entry, ...], today: dt.date) -> bool:
    return known.functions == functions and (today - known.taken).days < OLD_DAYS


def declarer(
    settings: NodeSettings, catalogue: Catalogue, hosts: Callable[[str, str], bool], clock: Clock,
    partner: Partner | None,
) -> Declarer | None:  # fmt: skip
    """What declares for a node; None for one that has no way to a centre, keeps no administration, or is not the first
    of several workers. Raises DeclarationFault for a list that cannot be read."""
    own = min(settings.administrations, default=UNION)
    asked, declared = catalogue.filling(SYSTEMS), catalogue.filling(DECLARE_SYSTEMS)
    if partner is None or settings.uplink is None or settings.worker or own == UNION or not (asked and declared):
        return None
    services = tuple(catalogue.services.values())
    central = {each.name for each in services if land.of_the_union(each)}
    here = {each.name for each in services if any(hosts(own, one.qualified) for one in each.operations)}
    listed = _listed(settings.systems)

    def functions() -> tuple[Entry, ...]:
        return _entries(land.functions(installed_model()), central, here, listed)

    return Declarer(own, functions, _signer(settings.uplink), partner, asked, declared, clock)


def _signer(route: Uplink) -> Callable[[bytes], bytes]:
    """Signs as the client by which the node is known at the centre; its files are read each time, as they change."""

    def signed(content: bytes) -> bytes:
        files = DevelopmentIdentity(route.identity).client(route.client)
        return sign(content, files.key.read_bytes(), files.certificate.read_bytes())

    return signed


def _listed(path: Path | None) -> tuple[Entry, ...]:
    if path is None:
        return ()
    try:
        return read_holdings(path.read_bytes())
    except OSError as problem:
        raise DeclarationFault(f"{path}: {problem.strerror}.", remedy="Name a list: systems.") from problem
    except SenderFault as problem:
        where = "; ".join(str(each) for each in problem.faults) or problem.text
        raise DeclarationFault(f"{path} is no list of systems: {where}", remedy=problem.remedy) from problem


def _entries(
    functions: Iterable[land.Function], central: set[str], here: set[str], listed: tuple[Entry, ...]
) -> tuple[Entry, ...]:
    """What there is to declare, by function: what this release does here, and what the list says."""
    found = {each.name: _entry(each, Held.CENTRAL if each.name in central else Held.OWN) for each in functions
             if each.name in central or each.name in here}  # fmt: skip
    found |= {each.function: each for each in listed}
    return tuple(found[name] for name in sorted(found))


def _entry(function: land.Function, held: Held) -> Entry:
    own = held is Held.OWN
    elements = tuple(sorted(each for each in function.elements if len(each) <= 200)[:2000]) if own else ()
    articles = tuple(sorted(function.legal)) if own else ()
    return Entry(function.name, held, operations=function.operations, level=function.level, elements=elements,
                 articles=articles)  # fmt: skip
