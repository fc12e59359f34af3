"""A node as its own process, for measurements: ``python -m bench.node FOLDER plain|tls [pages]``.

SPEED2 listens with TLS as in the product, or without, on a free port of the loopback. 64 traders and 1,000 guarantees
exist once it says ``ready``. On its standard input it takes ``counters``, ``fill N SECONDS`` (until so many messages
are stored), ``retire`` and ``retired`` (messages move to the archive in between), ``build``, ``built`` and ``indexed``
(an index of a later release begins, how far it is, what it holds), ``lookups N``, ``mrns N`` (of cases drawn at
random), ``carried N SECONDS`` (so many cases that another system keeps, with what it tells of them), ``enter CLIENT
PLATFORM`` (a link that lets somebody in at its pages) and ``stop``; the end of its input stops it too.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from bench.brief import size
from bench.messages import CODE, eori, grn, template
from douane.applications.eori.messages import OperatorEntry, OperatorRecords
from douane.applications.guarantees.messages import GuaranteeRegistration
from douane.assembly.core import Core
from douane.assembly.node import RunningNode, make_node
from douane.assembly.pages.proving import invitation
from douane.assembly.pages.sites import SITES
from douane.configuration.collecting import settle, stay_settled
from douane.configuration.ports import SystemIds
from douane.configuration.settings import NodeSettings, PagesAt
from douane.identity.issuers import Issuers
from douane.identity.tokens import TokenIssuer
from douane.model.circles import ActorKind, Platform
from douane.runtime.core.tick import Tick
from douane.runtime.delivery.sight import INBOX_ROLE
from douane.runtime.store.envelope import Arrival, Envelope
from douane.runtime.store.origin import Media
from douane.runtime.upkeep.indexer import build_indexes
from douane.shared_services.web.fair_use import Allowance
from douane.shared_services.web.listener import Listeners
from douane.standards.ncts.phase5 import CC015C
from douane.trust.demo import HOLDER, DemoClient, demo_clients
from douane.trust.development_identity import DEVELOPMENT, DevelopmentIdentity, prepare
from tests.callers import admitted, who

TRADERS, GUARANTEES = size((64, 1_000), brief=(8, 8))
PORTS = {"speed2": 0, "ccn2": 0, "uumds": 0, "cdco": 0, "operations": 0}
LODGE = "transit.lodge_declaration"
REGISTER = "eori.deliver"
FILL_AT_ONCE = 64
UNHINDERED = Allowance(
    connections_per_second=100_000, strangers_per_second=100_000, requests_per_second=100_000,
    work_ms_per_second=100_000, stranger_work_ms_per_second=100_000, all_strangers_work_ms_per_second=100_000,
)  # fmt: skip


def settings_for(folder: Path, store: str = "") -> NodeSettings:
    """A node with SPEED2 only; on SQLite in a folder where no other store is named."""
    return NodeSettings(
        name="bench", data=folder, store=store, development=True, platforms=("speed2",), ports=dict(PORTS)
    )


def prepare_identity(
    folder: Path, *, authority: str = DEVELOPMENT, issuers: Issuers | None = None
) -> tuple[DevelopmentIdentity, list[str]]:
    """The identity of the node with 64 traders, and a token of each. authority, issuers: of a node in production."""
    traders = tuple(
        DemoClient(f"trader.{n:02}", ActorKind.TRADER, "FR", eori(n), roles=frozenset({HOLDER})) for n in range(TRADERS)
    )
    now, settings = time.time_ns() // 1000, settings_for(folder)
    identity = prepare(
        settings.identity_folder, now=now, random=SystemIds().random, clients=(*demo_clients(), *traders),
        authority=authority,
    )  # fmt: skip
    issuer = TokenIssuer(issuer=issuers or settings.issuers, keys=[identity.load_token_key()], lifetime=7_200)
    register, tokens = identity.load_register(), []
    for n in range(TRADERS):
        client = register.client(f"trader.{n:02}")
        assert client is not None
        tokens.append(
            issuer.issue(
                client,
                audience="speed2",
                roles=client.roles | {INBOX_ROLE},
                now=time.time_ns() // 1000,
                jti=f"bench-{n}",
            )
        )
    return identity, [str(token) for token in tokens]


def envelope(core: Core, operation: str, own_id: str, sender: str, body: bytes, media: Media) -> Envelope:
    """An admitted envelope as the door of this operation would make it."""
    trusted = sender.startswith("NTA.")
    return admitted(
        who(sender, "trusted" if trusted else "untrusted", "FR"),
        operation,
        body,
        id=own_id,
        administration="EU" if operation == REGISTER else "FR",
        media=media,
        platform="ccn2" if trusted else "speed2",
        channel="rest",
        received=core.clock.now(),
    )


def registrations(core: Core) -> list[Arrival]:
    """The registration of every trader, and of every guarantee that the declarations name."""
    operators = OperatorRecords(
        tuple(
            OperatorEntry(eori=eori(n), legal_name=f"Trader {n}", country="FR", valid_from=dt.date(2020, 1, 1))
            for n in range(TRADERS)
        )
    )
    body = msgspec.json.encode(operators)
    found = [Arrival(envelope(core, REGISTER, "EORI", "NTA.FR", body, Media.JSON), operators)]
    for n in range(GUARANTEES):
        message = GuaranteeRegistration(
            grn=grn(n), type="1", holder=eori(n % TRADERS), access_code=CODE, limit=Decimal(10) ** 12,
            valid_from=dt.date(2025, 1, 1),
        )  # fmt: skip
        body = msgspec.json.encode(message)
        found.append(Arrival(envelope(core, "guarantees.register", f"G{n}", "NTA.FR", body, Media.JSON), message))
    return found


class Filler:
    """Lodges declarations straight into the core: real handlers, real rows, without door and parsing."""

    def __init__(self, core: Core, message: CC015C | None = None) -> None:
        """``message``: what every trader declares."""
        self.core = core
        self.templates = [
            template(eori(n), [grn(g) for g in range(n, GUARANTEES, TRADERS)], message=message) for n in range(TRADERS)
        ]
        self.read = core.catalogue.read_document
        self.number = 900_000_000

    def arrival(self) -> Arrival:
        """The next declaration."""
        self.number += 1
        return self.arrival_of(self.number, self.number % TRADERS)

    def arrival_of(self, number: int, trader: int) -> Arrival:
        """The declaration of this number by a trader."""
        body = self.templates[trader].make(number, number // TRADERS)
        message = self.read(body)
        made = envelope(self.core, LODGE, f"LQ{number:016}", eori(trader), body, Media.FAMILY)
        return Arrival(made, message)


def stored(core: Core) -> int:
    """Messages in the store: what was accepted, external and internal, and what was sent."""
    state = core.node.owners[0].state
    return state.journal + state.sent


def counters(core: Core) -> dict[str, Any]:
    """What the node counted so far."""
    node = core.node
    found = {name: getattr(node.counters, name) for name in ("ticks", "accepted", "refused", "handled")}
    parked = node.owners[0].parked()
    reasons = [p.reason[:200] for p in parked[:3]]
    after = f"{node.owners[0].state.sent:x}"  # a cursor at the end of every inbox
    return found | {"stored": stored(core), "after": after, "parked": len(parked), "reasons": reasons}


async def plain_server(node: RunningNode) -> int:
    """The application of SPEED2 without TLS, for as long as the process lives: its port."""
    door = node.listeners.doors[0]
    listeners = Listeners(
        [replace(door, settings=replace(door.settings, plain=True, port=0), bound=None)], failed=print
    )
    await listeners.start()
    return listeners.addresses[door.settings.name].port


def hold(*, passed: bool = False) -> None:
    """Accept only: what is accepted stays in the journal and is not handled.

    passed: it counts as handled, or a node that runs would look for it in every tick.
    """

    def drop(self: Tick) -> None:
        self.owner.pending.clear()
        if passed:
            self.owner.state.cursor = self.owner.state.journal

    Tick._handle = drop  # type: ignore[method-assign]  # a measurement's own core


async def serve(folder: Path, *, plain: bool, guarantees: bool, pages: bool, held: bool) -> None:
    """Until told to stop. held: nothing is handled from then on."""
    settings = settings_for(folder)
    if pages:
        settings = replace(settings, platforms=("speed2", "ccn2", "uumds"), pages=PagesAt(port=0), limits=UNHINDERED)
    node = make_node(settings)
    node.core.node.start()
    await build_indexes(node.core.node)  # at once where nothing is stored; what is stored later is entered as it comes
    if node.pages is not None:
        await node.pages.start()
    if plain:
        port = await plain_server(node)
    else:
        await node.listeners.start()
        port = node.listeners.addresses["speed2"].port
    if guarantees:
        await asyncio.gather(*(node.core.node.submit(each) for each in registrations(node.core)))
    if held:
        await _at_rest(node)  # whom it serves is handled, or every door would refuse
        hold(passed=True)
    settle()
    node.tasks.append(asyncio.create_task(stay_settled()))
    print(json.dumps({"ready": port} | counters(node.core)), flush=True)
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    told = _commands(node, stop)
    loop.add_reader(sys.stdin.fileno(), told)
    ended = asyncio.ensure_future(node.ended.wait())
    await asyncio.wait([asyncio.ensure_future(stop.wait()), ended], return_when=asyncio.FIRST_COMPLETED)
    loop.remove_reader(sys.stdin.fileno())
    node.core.store.close()


async def _at_rest(node: RunningNode) -> None:
    """Until nothing that began with the node waits to be handled."""
    for _ in range(3_000):
        if all(owner.state.cursor == owner.state.journal for owner in node.core.node.owners):
            return
        await asyncio.sleep(0.01)
    raise RuntimeError("the node does not come to rest")


def _commands(node: RunningNode, stop: asyncio.Event) -> Callable[[], None]:
    from bench import carried
    from bench.building import Building
    from bench.filling import Copier  # these learn from this module
    from bench.lookups import measure, mrns
    from bench.retiring import Retiring

    core, pages = node.core, node.pages
    copier, retiring, building = list[Copier](), list[Retiring](), list[Building]()

    def told() -> None:
        words = sys.stdin.readline().split()
        match words:
            case ["counters"]:
                print(json.dumps(counters(core)), flush=True)
            case ["fill", number, seconds]:
                if not copier:
                    copier.append(Copier(core, controlled=1 if pages is not None else 0))
                print(json.dumps({"filled": copier[0].fill(int(number), float(seconds))}), flush=True)
            case ["carried", number, seconds]:
                print(json.dumps({"carried": carried.fill(core, int(number), float(seconds))}), flush=True)
            case ["retire"]:
                if not retiring:
                    retiring.append(Retiring(core))
                retiring[0].go_on()
                print(json.dumps({}), flush=True)
            case ["retired"]:
                print(json.dumps(retiring[0].pause()), flush=True)
            case ["build"]:
                building.append(Building(core))
                print(json.dumps({}), flush=True)
            case ["built"]:
                print(json.dumps(building[0].state()), flush=True)
            case ["indexed"]:
                print(json.dumps(building[0].check()), flush=True)
            case ["lookups", times]:
                print(json.dumps({"rows": measure(core, int(times))}), flush=True)
            case ["mrns", number]:
                print(json.dumps({"mrns": mrns(core, int(number))}), flush=True)
            case ["enter", client, platform] if pages is not None:
                to = Platform(platform)
                link = invitation(pages.sessions, pages.url(SITES[to]), client, to, "/")
                print(json.dumps({"link": link}), flush=True)
            case _:
                for each in retiring:
                    each.end()
                stop.set()

    return told


def main() -> None:
    """Serve until told to stop."""
    import uvloop

    folder, kind = Path(sys.argv[1]), sys.argv[2]
    guarantees, pages = not {"registered", "held"} & set(sys.argv), "pages" in sys.argv
    uvloop.run(serve(folder, plain=kind == "plain", guarantees=guarantees, pages=pages, held="held" in sys.argv))


if __name__ == "__main__":
    main()
