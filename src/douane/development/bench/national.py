"""A bench for a member state's trader interface: as which trader, by which protocol, with which declaration."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from douane.channels.as4.client import correspond, tls_context
from douane.channels.rest.client import Identity, Partner
from douane.channels.soap.client import SoapPartner
from douane.configuration import discovery
from douane.configuration.access_point import access_point, leg_of
from douane.configuration.lists import code_lists
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.conformance import national
from douane.conformance.cases import run
from douane.conformance.declarations import Declarations, read_sample
from douane.conformance.doors import As4Door, RestDoor, SoapDoor, TraderDoor
from douane.conformance.national import National
from douane.conformance.report import Report
from douane.conformance.samples import type_of
from douane.conformance.wire import Target
from douane.development.simulation.simulated_process import SimulatedIds
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.ports import Clock, Ids
from douane.standards.as4 import names
from douane.standards.as4.pmodes import PMode
from douane.standards.ncts import phase5 as p5
from douane.vocabulary.errors import DeclarationFault, Fault, NotFound

PROTOCOLS: Final = ("rest", "soap", "as4")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedNational:
    """What is asked for. Times in seconds.

    name: of the interface, for the report; by AS4 the party of the agreement. to: its address (that of the door; by AS4
    of the access point, empty for the agreed one). client, key, roots: the trader's certificate for REST and SOAP, and
    whom it trusts. sample: a CC015C that the interface accepts. patience: how long an answer may take. quiet: how long
    it is watched for one that should not come. seed: None for a new one.
    """

    name: str
    protocol: str
    to: str
    sample: Path | None
    client: Path | None = None
    key: Path | None = None
    roots: Path | None = None
    cases: tuple[str, ...] = ()
    seconds: float = 600.0
    patience: float = 60.0
    quiet: float = 3.0
    seed: int | None = None


async def try_national(settings: NodeSettings, wanted: WantedNational) -> Report:
    """Try a trader interface. Raises DeclarationFault, NotFound; what reading the sample raises."""
    unknown = set(wanted.cases) - {each.id for each in national.cases()}
    if unknown:
        raise NotFound(f"There is no case {min(unknown)}.", remedy="List them with --list.")
    if wanted.sample is None:
        raise DeclarationFault(
            "A declaration is missing.", remedy="Give --sample: a CC015C that the interface accepts."
        )
    sample = read_sample(wanted.sample.read_bytes())
    seed = int.from_bytes(SystemIds().random(4), "big") if wanted.seed is None else wanted.seed
    clock, ids = SystemClock(), SimulatedIds(random.Random(seed))  # noqa: S311 - it only names test messages
    today = dt.datetime.fromtimestamp(clock.now() // 1_000_000, dt.UTC)
    catalogue = Catalogue(discovery.services())
    operation = catalogue.operation(catalogue.operation_for(p5.CC015C))
    book, look = discovery.behaviour().handlers[operation.qualified].rules, code_lists().look(today.date())

    def rules(message: p5.CC015C) -> Sequence[Fault]:
        return book.faults(message, None, look) if book is not None else ()

    replies = [each.__name__ for each in operation.replies]
    target = None
    if wanted.protocol == "rest":
        target = Target(f"{wanted.to}/v1/messages", _identity(wanted).context(), wanted.patience)
    async with _door(settings, wanted, catalogue, clock, ids) as door:
        bench = National(door, Declarations(sample, ids, clock), rules, replies, wanted.patience, wanted.quiet, target)
        chosen = [t for t in bench.trials() if not wanted.cases or t.case.id in wanted.cases]
        if not chosen:
            raise DeclarationFault("There is nothing to try.", remedy="Name cases that this protocol has.")
        findings = await run(chosen, wanted.seconds)
    about = (
        ("interface", wanted.name), ("protocol", wanted.protocol), ("address", wanted.to or "as agreed"),
        ("declarant", sample.message_sender), ("seed", str(seed)), ("begun", today.isoformat()),
    )  # fmt: skip
    return Report(wanted.name, about, findings)


@asynccontextmanager
async def _door(
    settings: NodeSettings, wanted: WantedNational, catalogue: Catalogue, clock: Clock, ids: Ids
) -> AsyncIterator[TraderDoor]:
    if wanted.protocol == "as4":
        async with _as4(settings, wanted, catalogue, clock, ids) as door:
            yield door
        return
    identity = _identity(wanted)
    if wanted.protocol == "soap":
        by_soap = SoapPartner(wanted.to, identity.context(), catalogue.elements)
        try:
            yield SoapDoor(by_soap)
        finally:
            await by_soap.close()
        return
    partner = Partner(wanted.to, identity)
    try:
        yield RestDoor(partner)
    finally:
        await partner.close()


def _identity(wanted: WantedNational) -> Identity:
    if not (wanted.to and wanted.client and wanted.key and wanted.roots):
        raise DeclarationFault(
            "The door and the trader's certificate are needed.",
            remedy="Give --to, --client, --key and --roots.",
        )
    return Identity(wanted.client, wanted.key, wanted.roots)


@asynccontextmanager
async def _as4(
    settings: NodeSettings, wanted: WantedNational, catalogue: Catalogue, clock: Clock, ids: Ids
) -> AsyncIterator[TraderDoor]:
    found = access_point(settings.data, catalogue, clock, sweep=False)
    legs = [mode for mode, party in found.legs if party == wanted.name] if found is not None else []
    if found is None or not legs:
        raise NotFound(f"There are no AS4 legs with {wanted.name[:60]!r}.", remedy="Write them into as4/as4.toml.")
    modes = [mode if _ours(mode, found.party) else _turned(mode) for mode in legs]
    pull = next((mode for mode in modes if mode.binding == names.PULL), None)
    if pull is None:
        raise NotFound("No leg brings the answers.", remedy="Agree on a channel to pull.")
    address = wanted.to or next((mode.address for mode in legs if mode.address), "")
    pushing = [mode for mode in modes if mode.binding != names.PULL and not mode.address]

    def push(body: bytes) -> PMode:
        """The leg of a message: that of its type, or of the operation that takes it."""
        kind = type_of(body) if b"PhaseID" in body else "CC015C"
        operation = catalogue.operation_for(catalogue.type_named(kind)).rpartition(".")[2]
        named = [mode for mode in pushing if mode.action == operation]
        return named[0] if named else leg_of(pushing, kind)

    certificate, key, roots = (
        path if (path := found.folder / name).exists() else None for name in ("tls.pem", "tls.key", "roots.pem")
    )
    point = replace(found.point, modes=modes, ids=ids)
    tls = tls_context(roots=roots, certificate=certificate, key=key)
    correspondent = correspond(point, wanted.name, tls, address=address)
    try:
        yield As4Door(point, correspondent, push, pull, pull.receiver.parties[0])
    finally:
        await correspondent.close()


def _ours(mode: PMode, party: str) -> bool:
    """Whether we begin a leg."""
    return party in {each.value for each in mode.initiator.parties}


def _turned(mode: PMode) -> PMode:
    """A leg that a folder of customs projects, seen from a trader: who begins it is on the other side."""
    return replace(mode, initiator=mode.responder, responder=mode.initiator)
