"""A partner bench for a node's own agreements: who the partner is, how it is spoken with, and what is tried.

The node need not run; its data folder holds the agreements, keys and certificates that a bench acts with.
"""

from __future__ import annotations

import datetime as dt
import random
import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from douane.channels.as4.client import tls_context
from douane.configuration import discovery, partners
from douane.configuration.access_point import Point, access_point
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings
from douane.conformance import incoming, outgoing_as4, outgoing_webhook
from douane.conformance.cases import Case, Trial, run
from douane.conformance.dialects import As4Dialect, RestDialect, SoapDialect
from douane.conformance.incoming import Dialect, Incoming, Pace
from douane.conformance.outgoing_as4 import As4Bench, Outgoing
from douane.conformance.outgoing_webhook import WebhookBench
from douane.conformance.report import Report
from douane.conformance.samples import Sample, acknowledgement, type_of
from douane.conformance.wire import Listening, Target, listen
from douane.development.simulation.simulated_process import SimulatedIds
from douane.platforms.speed2.agreements import Agreement, Protocol
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.ports import Clock, Ids
from douane.standards.as4 import names
from douane.standards.as4.matching import ANY
from douane.standards.as4.messages import Property
from douane.standards.as4.pmodes import PMode
from douane.vocabulary.errors import DeclarationFault, NotFound

DIRECTIONS: Final = ("outgoing", "incoming")
PROTOCOLS: Final = ("as4", "webhook", "rest", "soap")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a bench is asked for. Times in seconds.

    partner: its party. protocol: empty for that of the agreement. to: the partner's test endpoint instead of the agreed
    one. listen: where the partner sends to, None for nowhere. plain: listen without TLS. direction: empty for both.
    quiet: how long a settled message is watched; longer than the partner's pause before a repetition. patience: how
    long an answer may take. sample: a message to send. seed: everything drawn follows from it; None for a new one.
    """

    partner: str
    protocol: str = ""
    to: str = ""
    listen: tuple[str, int] | None = None
    plain: bool = False
    direction: str = ""
    cases: tuple[str, ...] = ()
    seconds: float = 600.0
    quiet: float = 30.0
    patience: float = 60.0
    sample: Path | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class _Partner:
    """A partner as this node knows it."""

    party: str
    agreement: Agreement | None
    point: Point | None
    legs: tuple[PMode, ...]
    protocol: str


def cases(settings: NodeSettings, wanted: Wanted) -> list[Case]:
    """The cases that there are for a partner. Raises NotFound."""
    protocol = _partner(settings, wanted).protocol
    found: list[Case] = []
    if wanted.direction != "incoming":
        table = {"as4": outgoing_as4.CASES, "webhook": outgoing_webhook.CASES}.get(protocol, ())
        found += [case for case, _, _ in table]
    if wanted.direction != "outgoing":
        sources = {"as4": As4Dialect.sources, "soap": SoapDialect.sources}.get(protocol, RestDialect.sources)
        found += incoming.cases(sources)
    return found


async def try_partner(settings: NodeSettings, wanted: Wanted, told: Callable[[str], None]) -> Report:
    """Try a partner. ``told``: hears what a person has to do meanwhile. Raises NotFound, DeclarationFault."""
    partner = _partner(settings, wanted)
    unknown = set(wanted.cases) - {each.id for each in cases(settings, replace(wanted, direction=""))}
    if unknown:
        raise NotFound(f"There is no case {min(unknown)}.", remedy="List them: douane partner test NAME --list.")
    seed = int.from_bytes(SystemIds().random(4), "big") if wanted.seed is None else wanted.seed
    clock = SystemClock()

    def ids(case: str) -> Ids:
        """Randomness of one case, which no other one disturbs."""
        return SimulatedIds(random.Random(f"{seed} {case}"))  # noqa: S311 - it only names test messages

    about = [("partner", partner.party), ("protocol", partner.protocol), ("seed", str(seed))]
    about.append(("begun", dt.datetime.fromtimestamp(clock.now() // 1_000_000, dt.UTC).isoformat()))
    trials: list[Trial] = []
    async with AsyncExitStack() as stack:
        if wanted.direction != "incoming":
            sent, address = _outgoing(settings, wanted, partner, clock, ids)
            about += [("sent to", address)] if sent else []
            trials += sent
        if wanted.direction != "outgoing" and wanted.listen is not None:
            dialect = _dialect(partner, clock, ids("in"))
            listening, bench = await stack.enter_async_context(_listening(settings, wanted, dialect))
            about.append(("listened", listening.url))
            trials += bench.trials()
            told(f"listening at {listening.url}: let the partner send {bench.waiting} different messages or more")
        chosen = [each for each in trials if not wanted.cases or each.case.id in wanted.cases]
        if not chosen:
            raise DeclarationFault(
                "There is nothing to try.", remedy="Name where the partner is (--to) or sends (--listen)."
            )
        findings = await run(chosen, wanted.seconds)
    return Report(partner.party, tuple(about), findings)


def _partner(settings: NodeSettings, wanted: Wanted) -> _Partner:
    data = settings.data
    agreement = partners.agreements(data).get(wanted.partner)
    point = access_point(data, Catalogue(discovery.services()), SystemClock(), sweep=False)
    legs = tuple(mode for mode, party in point.legs if party == wanted.partner) if point is not None else ()
    if agreement is None and not legs:
        raise NotFound(
            f"There is no agreement with {wanted.partner[:60]!r}.",
            remedy="List them: douane partner list, douane as4 legs.",
        )
    usual = "as4" if legs and (agreement is None or agreement.protocol is Protocol.AS4) else ""
    webhook = agreement is not None and agreement.protocol is Protocol.WEBHOOK
    protocol = wanted.protocol or usual or ("webhook" if webhook else "rest")
    if protocol == "as4" and not legs:
        raise NotFound(f"There are no AS4 legs with {wanted.partner[:60]!r}.", remedy="Write them into as4/as4.toml.")
    return _Partner(wanted.partner, agreement, point, legs, protocol)


# --- what we send


def _outgoing(
    settings: NodeSettings, wanted: Wanted, partner: _Partner, clock: Clock, ids: Callable[[str], Ids]
) -> tuple[list[Trial], str]:
    text = wanted.sample.read_bytes() if wanted.sample is not None else acknowledgement(partner.party, clock)
    kind = type_of(text)
    if partner.protocol == "as4":
        assert partner.point is not None
        folder, point = partner.point.folder, partner.point.point
        mode = _pushing(partner, partner.point, kind, to=wanted.to)
        if mode is None:
            return [], ""
        address = wanted.to or mode.address
        target = Target(address, _tls(address, folder), wanted.patience)
        action = kind if mode.action == ANY else mode.action
        properties = tuple(Property(rule.name, partner.party) for rule in mode.properties)

        def as4(case: str) -> As4Bench:
            own = ids(case)
            content = Sample(text, own, clock)
            return As4Bench(
                Outgoing(replace(point, ids=own), partner.party, mode, target, content, action, properties=properties)
            )

        return outgoing_as4.trials(as4), address
    address = wanted.to or (partner.agreement.address if partner.agreement is not None else "")
    if partner.protocol != "webhook" or not address:
        return [], ""
    key = partners.webhook_key(settings.data, SystemIds().random)
    target = Target(address, _tls(address, settings.data / "as4"), wanted.patience)

    def webhook(case: str) -> WebhookBench:
        own = ids(case)
        return WebhookBench(target, key, Sample(text, own, clock), kind, clock, own)

    return outgoing_webhook.trials(webhook), address


def _pushing(partner: _Partner, point: Point, kind: str, *, to: str) -> PMode | None:
    """The leg by which we push: that of the message's type, else one for every type, else the first."""
    ours = [
        mode for mode in partner.legs
        if mode.binding != names.PULL and point.party in {p.value for p in mode.sender.parties} and (mode.address or to)
    ]  # fmt: skip
    exact = [m for m in ours if m.action == kind] or [m for m in ours if m.action == ANY] or ours
    return exact[0] if exact else None


def _tls(address: str, folder: Path) -> ssl.SSLContext | None:
    if not address.startswith("https:"):
        return None
    certificate, key, roots = (
        path if (path := folder / name).exists() else None for name in ("tls.pem", "tls.key", "roots.pem")
    )
    return tls_context(roots=roots, certificate=certificate, key=key)


# --- what the partner sends


def _dialect(partner: _Partner, clock: Clock, ids: Ids) -> Dialect:
    check = Catalogue(discovery.services()).read_document
    if partner.protocol == "as4":
        assert partner.point is not None
        return As4Dialect(replace(partner.point.point, ids=ids), partner.party, check)
    return SoapDialect(check, clock) if partner.protocol == "soap" else RestDialect(check, clock)


@asynccontextmanager
async def _listening(
    settings: NodeSettings, wanted: Wanted, dialect: Dialect
) -> AsyncIterator[tuple[Listening, Incoming]]:
    assert wanted.listen is not None
    chosen: Sequence[str] = [each for each in wanted.cases if each.startswith("in.")]
    bench = Incoming(dialect, seconds=wanted.seconds, pace=Pace(quiet=wanted.quiet), cases=chosen)
    up = await listen(*wanted.listen, bench.answer, None if wanted.plain else _server_tls(settings))
    try:
        yield up, bench
    finally:
        await up.close()


def _server_tls(settings: NodeSettings) -> ssl.SSLContext:
    folder = settings.identity_folder
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(folder / "server.pem", folder / "server.key")
    except OSError as problem:
        raise DeclarationFault(
            f"There is no certificate to listen with in {folder}.", remedy="Start the node once, or listen --plain."
        ) from problem
    return context
