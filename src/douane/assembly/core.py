"""The core of a node: store, partitions, and what answers their doors; what works without any listener."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from douane.assembly.doors import BUSINESS, spending_of
from douane.central_repository.keepers import Keepers
from douane.central_repository.live_part import LIVE_PART, LivePart
from douane.central_repository.summaries import Summaries
from douane.central_repository.vouching import cases_of, reading
from douane.configuration import discovery
from douane.configuration.artefacts import versions
from douane.configuration.keys import log_name, secret, signing_key
from douane.configuration.lists import NodeLists
from douane.configuration.partners import agreements
from douane.configuration.payloads import keeping_of
from douane.configuration.ports import SystemClock, SystemIds, WallClock, monotonic
from douane.configuration.registry import Registry, following
from douane.configuration.settings import NodeSettings
from douane.configuration.supplies import must_be_declared
from douane.configuration.workers import share
from douane.examination.evidence import evidence_pack
from douane.examination.inspecting import Inspected
from douane.examination.starting import stored
from douane.identity.federating.sealing import keys_at
from douane.model.caller import Caller
from douane.model.circles import Platform
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.core.node import Node
from douane.runtime.core.owner import Owner, Ports
from douane.runtime.delivery.inbox import Inbox
from douane.runtime.delivery.recent import Recent
from douane.runtime.delivery.sight import sees
from douane.runtime.door.link import CoreEnd, Question
from douane.runtime.door.moving import Offers
from douane.runtime.door.resting import Resting
from douane.runtime.store import keys
from douane.runtime.store.ports import DAY, SharedStore
from douane.runtime.store.queries import View
from douane.runtime.store.statutory import StatutoryClock
from douane.runtime.turns.spending import Spending
from douane.runtime.upkeep.pulse import Pulse, pulse_of
from douane.runtime.upkeep.tenancy import Tenancy
from douane.shared_services.auditing.port import AuditPort
from douane.shared_services.auditing.reads import Reads
from douane.supervision.observing import Keeper
from douane.supervision.operating.lock import DataLock
from douane.supervision.statutory import statutory_clock
from douane.supervision.timekeeping.going_back import going_back
from douane.trust.enrolling import certifier
from douane.trust.speaking import opener
from douane.vocabulary.errors import DeclarationFault, NotServed, StoreUnavailable
from douane.vocabulary.time import Instant


@dataclass(slots=True)
class Core:
    """The core of a node: what works without any listener."""

    settings: NodeSettings
    store: SharedStore
    catalogue: Catalogue
    behaviour: Behaviour
    registry: Registry
    clock: SystemClock
    node: Node
    auditor: AuditPort
    look: Callable[[dt.date], Any]
    lists: NodeLists
    recent: Recent
    lock: DataLock | None = None
    tenancy: Tenancy | None = None
    statutory: StatutoryClock = field(default_factory=StatutoryClock)
    inspected: Inspected = field(default_factory=Inspected)
    reads: Reads = field(default_factory=Reads)
    resting: Resting = field(default_factory=lambda: Resting(SystemClock()))
    keepers: Keepers = field(init=False)
    summaries: Summaries = field(init=False)
    live: LivePart = field(init=False)
    pulse: Pulse = field(init=False)
    spending: dict[str, Spending] = field(init=False)
    """By platform: what questions and pages may cost."""
    keeper: Keeper | None = None
    """What sees how the node is used; None in a command that works beside it."""

    def __post_init__(self) -> None:
        self.pulse = pulse_of(self.store, monotonic)
        self.keepers = Keepers(self.catalogue, self.registry.providers, stands=self.node.stands, now=self.clock.now)
        self.summaries = Summaries(self._served, self.catalogue.begins, self.catalogue.gives, self.clock.now)
        self.live = LivePart(self.catalogue, self.keepers.registers, self.node.submit, self.clock.now,
                             SystemIds().random, self.registry.own, self.settings.one_view == LIVE_PART)  # fmt: skip
        charged = (*BUSINESS, Platform.UUMDS, Platform.OPERATIONS)
        self.spending = spending_of((each.value for each in charged), self.settings.limits.budget())

    def close(self) -> None:
        """Let go of the store, then of the data folder."""
        self.store.close()
        if self.lock is not None:
            self.lock.release()

    def answer(self, question: Question) -> Any:
        """The answer to a query, from a snapshot of its administration; who reads what others sent leaves a leaf."""
        asked, question = question, self.live.for_whom(question)
        caller = question.caller
        cases, within = reading(self.behaviour, self.registry.hosts, self.view, caller)
        if not self.catalogue.operation(question.operation).of_nobody:
            self.reads.note(asked.caller, question.operation, question.request, self.clock.now())
        if not self.registry.providers(question.administration, question.operation):
            raise NotServed(f"{question.administration} has chosen nobody to serve {question.operation} here.",
                            remedy="Ask the administration whose system serves it.")  # fmt: skip
        sight = sees(caller, question.roles, self.catalogue.operations.values(), cases)
        view = self.view(question.administration, caller=caller, roles=question.roles, sees=sight, within=within,
                          prove=partial(evidence_pack, self.settings, self.store, now=self.clock.now()),
                          sign=self.auditor.sign, observed=self.keeper and self.keeper.observed,
                          elsewhere=self.summaries.elsewhere)  # fmt: skip
        answer = partial(self.keepers.answered, question, self.behaviour.queries[question.operation].answer, view)
        return answer() if self.keeper is None else self.keeper.noticing.answering(question, answer)

    async def onward(self, question: Question, found: Any) -> Any:
        """The answer, given what was found here: of who keeps what is asked, where that is another node."""
        return await self.live.onward(question, await self.keepers.onward(question, found))

    def _served(self, administration: str, operation: str, at: int) -> str:
        """Whose system served an administration with an operation at an instant; empty for nobody's."""
        return next(iter(self.registry.provided.providers(administration, operation, Instant(at))), "")

    def vouched(self, caller: Caller) -> frozenset[str]:
        """The references of the cases that the delegation of a person names. Raises NotAuthorised."""
        return cases_of(self.behaviour, self.registry.hosts, self.view, caller)

    def view(self, administration: str, **more: Any) -> View:
        """What is committed of an administration: the store itself, since ticks and queries never overlap."""
        return View(self.store, administration, self.clock.now(), self.look,
                    partitions=self._partitions(), statutory=self.statutory, **more)  # fmt: skip

    def end(self) -> CoreEnd:
        """What this core does for the doors at its links."""
        node = self.node
        return CoreEnd(
            self.catalogue, node.submit, self.inbox(), node.changed, self.answer, node.command, self.clock,
            self.reads.note, vouched=self.vouched, speaks=self.registry.speaks,
            onward=self.onward, resting=self.resting, readable_again=self.settings.readable_again_days * DAY,
            offers=Offers(self.clock, lambda name: self.catalogue.services[name].legacy_queue,
                          self.registry.present),
            spending=self.spending, came_in=self.reads.came_in, published=self.lists.told,
            sealing=partial(keys_at, secret(self.settings.data / "audit.key", SystemIds().random)),
            keeping=keeping_of(self.settings, self.catalogue, self.view),
        )  # fmt: skip

    def inbox(self) -> Inbox:
        """The inboxes of this node."""
        return Inbox(self.store, self._partitions(), self.recent, hold=lambda: self.node.held)

    def _partitions(self) -> list[int]:
        return [owner.partition for owner in self.node.owners]


def make_core(settings: NodeSettings, *, ended: Callable[[BaseException], None]) -> Core:
    """The core of a node over its store, audit log checked. Raises StoreUnavailable where another process has it."""
    alone = settings.workers == 1
    lock = None if settings.store_address.startswith("memory:") or not alone else DataLock(settings.data)
    clock, ids = SystemClock(), SystemIds()
    catalogue = Catalogue(discovery.services(), later=settings.phase6)
    behaviour = discovery.behaviour()
    if missing := behaviour.check(catalogue.operations.values()):
        raise DeclarationFault(missing[0], remedy="Bind a handler, or declare the operation planned.")
    must_be_declared()
    statutory = statutory_clock(settings, clock)
    store = discovery.open_store(settings.store_address)
    lists = NodeLists(store, clock, range(settings.partitions))
    registry, watching = following(settings, catalogue, agreements(settings.data), store, clock, lists.look)
    everything = tuple(range(settings.partitions)) if settings.partitions > 1 else ()

    limits = discovery.declared_limits().values() if settings.uplink is not None else None
    articles = {each.id: each.article for each in limits} if limits is not None else None

    def owner_of(partition: int) -> Owner:
        signer = signing_key(settings.data / "audit.key", log_name(settings, partition), ids.random)
        auditor = AuditPort(signer, keys.space(keys.AUDIT, partition), store, versions=versions(settings.calendars))
        ports = Ports(store, WallClock(), ids, behaviour, registry, catalogue, auditor, lists.look,
                      goes_back=going_back(settings, store), partitions=everything, statutory=statutory,
                      opened=opener(settings.identity_folder), abroad=registry.abroad, began=registry.began,
                      dismissed=registry.dismissed,
                      certify=certifier(settings.identity_folder, ids.random), tells=articles)  # fmt: skip
        return Owner(partition, ports, ended=not alone)

    for said in (*stored.partitions(settings, store), *stored.additions(settings, store)):
        raise DeclarationFault(said.text, remedy=said.remedy)
    owners = [owner_of(partition) for partition in range(settings.partitions)]
    for owner in owners if alone else ():
        try:
            owner.begin()
        except StoreUnavailable:
            owner.end()  # the node reads, and begins to commit when the store can
    node = Node(owners, ended=ended)
    recent = Recent()
    node.watchers += [lists.watch, recent.watch, watching]
    node.moved.append(recent.forget)
    auditor = cast("AuditPort", owners[0].ports.auditor)
    tenancy = None if alone else share(settings, store, node, ids)
    return Core(settings, store, catalogue, behaviour, registry, clock, node, auditor, lists.look, lists, recent, lock,
                tenancy, statutory)  # fmt: skip


__all__ = ["Core", "make_core"]
