"""Seeded bugs of admission: each lets somebody touch what is not his, or keeps somebody from what is his."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

from douane.applications.transit.handlers import lodging
from douane.model.caller import VIA_CORE
from douane.runtime.core import accept, admission, expecting
from douane.runtime.core import flush as flushing
from douane.runtime.core import node as nodes
from douane.runtime.core import tick as ticks
from douane.runtime.core.tick import Tick
from douane.runtime.core.work import Work
from douane.runtime.door import link
from douane.runtime.door.link import CoreEnd, DirectLink
from douane.runtime.store.envelope import Arrival, ReplyTo, RowKind
from douane.runtime.store.parties import admits, held
from douane.runtime.store.records import Parties, kind_of
from douane.shared_services.link import translation as carried
from tests.simulation.patching import Mutation, patched

_PARTIES = kind_of(Parties)


@contextlib.contextmanager
def all_of(*patches: AbstractContextManager[None]) -> Iterator[None]:
    """Several patches together."""
    with contextlib.ExitStack() as stack:
        for each in patches:
            stack.enter_context(each)
        yield


class _Later:
    """Stands in for a tick while parties are written: keeps what would be changed."""

    def __init__(self, tick: Any, kept: list[Any]) -> None:
        self.partition, self.owner = tick.partition, tick.owner
        self.change = lambda *change: kept.append((tick, change))


def write_parties_at_flush() -> AbstractContextManager[None]:
    """Until the tick ends a case has a name and no parties."""
    kept: list[Any] = []
    flush, opening = flushing.flush, admission.opening

    def later(tick: Any, *rest: Any) -> None:
        opening(_Later(tick, kept), *rest)  # type: ignore[arg-type]  # what is used of it is there

    def flushed(tick: Any) -> Any:
        for of, (kind, key, parties) in kept:
            if of is tick and tick.record(kind, key) is None:
                tick.change(kind, key, parties)
        kept.clear()
        return flush(tick)

    return all_of(patched(accept, "opening", later), patched(ticks, "opening", later), patched(ticks, "flush", flushed))


def ignore_the_role() -> AbstractContextManager[None]:
    """Being a party is enough."""
    return patched(ticks, "admits", lambda parties, operation, caller: bool(held(parties, caller)))


def take_no_row_for_open() -> AbstractContextManager[None]:
    """Of every third case the row of parties is lost, and then everybody may."""
    opening, stands, may_act = admission.opening, admission.stands, Tick._may_act

    def seldom(tick: Any, named: Any, where: tuple[str, int]) -> None:
        if where[1] // 1024 % 3:
            opening(tick, named, where)

    def open_then(tick: Any, operation: Any, caller: Any, administration: str, subject: int) -> bool:
        missing = admission.parties_in(tick, administration, subject) is None
        return missing or stands(tick, operation, caller, administration, subject)

    def may(self: Any, work: Work, handler: Any, message: Any) -> bool:
        return work.parties is None or may_act(self, work, handler, message)

    return all_of(
        patched(accept, "opening", seldom), patched(ticks, "opening", seldom), patched(accept, "stands", open_then),
        patched(Tick, "_may_act", may),
    )  # fmt: skip


def _waiting(*, party: bool, type_: bool) -> Callable[..., ReplyTo | None]:
    def waiting(tick: Any, correlation: str, caller: Any, message: Any) -> ReplyTo | None:
        found = expecting._expectation(tick, correlation)
        if found is None or (party and found.party != caller.name):
            return None
        if type_ and type(message).__name__ not in found.replies:
            return None
        return ReplyTo(found.subject, found.process, found.node, found.token)

    return waiting


def take_anybodys_answer() -> AbstractContextManager[None]:
    return patched(accept, "waiting", _waiting(party=False, type_=True))


def take_anything_for_an_answer() -> AbstractContextManager[None]:
    return patched(accept, "waiting", _waiting(party=True, type_=False))


def _forgetting(when: Callable[[Work], bool]) -> AbstractContextManager[None]:
    forget = Work.forget_question

    def forgets(self: Work, waits: ReplyTo) -> None:
        if when(self):
            forget(self, waits)

    return patched(Work, "forget_question", forgets)


def keep_the_expectation() -> AbstractContextManager[None]:
    """A question that was answered can be answered again."""
    return _forgetting(lambda work: work.row.kind is not RowKind.ANSWER)


def keep_what_an_ended_token_asked() -> AbstractContextManager[None]:
    return _forgetting(lambda work: work.row.kind is RowKind.ANSWER)


def let_anybody_give_a_name() -> AbstractContextManager[None]:
    may_send = admission.may_send

    def lax(operation: Any, caller: Any, message: Any) -> bool:
        return operation.opens is not None or may_send(operation, caller, message)

    return all_of(patched(admission, "may_send", lax), patched(ticks, "may_send", lax))


def trust_what_comes_from_inside() -> AbstractContextManager[None]:
    stands = admission.stands

    def lax(tick: Any, operation: Any, caller: Any, *where: Any) -> bool:
        return caller.via == VIA_CORE or stands(tick, operation, caller, *where)

    def admitted(parties: Any, operation: Any, caller: Any) -> bool:
        return caller.via == VIA_CORE or admits(parties, operation, caller)

    return all_of(patched(accept, "stands", lax), patched(ticks, "admits", admitted))


def judge_by_the_parties_before_the_tick() -> AbstractContextManager[None]:
    """What was accepted while its sender had a part acts, though he has it no more."""
    may_act = Tick._may_act

    def may(self: Any, work: Work, handler: Any, message: Any) -> bool:
        if may_act(self, work, handler, message):
            return True
        raw = self.owner.ports.store.read([admission._key(self.overlay, work.administration, work.subject)])[0]
        return raw is not None and admits(_PARTIES.stored.read(raw), handler.operation, work.caller)

    return patched(Tick, "_may_act", may)


def let_a_newcomer_block() -> AbstractContextManager[None]:
    """Whatever fails in a case makes it wait, whoever sent it."""
    return patched(Tick, "_of_a_party", lambda self, row: row.kind is RowKind.MESSAGE and not row.conflict)


def believe_a_representative() -> AbstractContextManager[None]:
    """Who calls himself representative is one."""
    return patched(lodging, "must_speak_for", lambda work, m, holder: None)


def let_whoever_comes_join() -> AbstractContextManager[None]:
    """The first who says that the goods are here is the trader at destination."""
    may_act = Tick._may_act

    def may(self: Any, work: Work, handler: Any, message: Any) -> bool:
        return handler.operation.name == "notify_arrival" or may_act(self, work, handler, message)

    return patched(Tick, "_may_act", may)


def leave_a_verb_of_the_link_unchecked() -> AbstractContextManager[None]:
    """A door acknowledges for whom it likes."""
    acknowledge = DirectLink.acknowledge

    async def unchecked(self: Any, *asked: Any) -> None:
        self._must_read = lambda reader: None
        try:
            await acknowledge(self, *asked)
        finally:
            vars(self).pop("_must_read", None)

    return patched(DirectLink, "acknowledge", unchecked)


def believe_the_message_of_a_door() -> AbstractContextManager[None]:
    """What a door says that its octets are is decided on."""
    told: list[Any] = []
    arrival, read = carried.arrival, carried.read_arrival

    def saying(value: Arrival) -> Any:
        told.append(value.message)
        return arrival(value)

    def believing(content: Any) -> Arrival:
        return Arrival(read(content).envelope, told.pop())

    return all_of(patched(carried, "arrival", saying), patched(carried, "read_arrival", believing))


def believe_the_names_of_a_door() -> AbstractContextManager[None]:
    """Under which names a message is filed is what its door says."""
    return patched(link, "misnamed", lambda *_: "")


def read_in_the_tick() -> AbstractContextManager[None]:
    """The octets of a message are decoded by acceptance, where what they raise ends the core."""

    async def unread(_end: Any, arrival: Arrival) -> Arrival:
        return arrival

    placed = accept._placed

    def reading(tick: Any, arrival: Arrival, known: bytes) -> Any:
        envelope = arrival.envelope
        if arrival.message is None:
            arrival.message = tick.owner.decode(envelope.operation, envelope.id, envelope.content)
        return placed(tick, arrival, known)

    return all_of(
        patched(CoreEnd, "read", unread), patched(nodes, "needs_reading", lambda _arrival: False),
        patched(accept, "_placed", reading),
    )  # fmt: skip


MUTATIONS = (
    Mutation("parties written at flush", "a case with a name has parties", write_parties_at_flush),
    Mutation("role ignored", "a right is of a party in a role, for an operation", ignore_the_role),
    Mutation("missing row is open", "no row of parties means refuse", take_no_row_for_open),
    Mutation("answer by another administration", "who was asked answers", take_anybodys_answer),
    Mutation("answer of another type", "an answer is of a type that answers", take_anything_for_an_answer),
    Mutation("expectation kept", "a question is answered once", keep_the_expectation),
    Mutation("token ended, expectation left", "what is over waits for nothing", keep_what_an_ended_token_asked),
    Mutation("name bound by a non-issuer", "a name is given by its issuer", let_anybody_give_a_name),
    Mutation("inner message unchecked", "one rule holds inside and outside", trust_what_comes_from_inside),
    Mutation("dismissed party admitted from the backlog", "a message is judged again at its turn",
             judge_by_the_parties_before_the_tick),
    Mutation("joiner blocks", "what a non-party sends holds up no case", let_a_newcomer_block),
    Mutation("representative believed", "a representative is one whom the holder empowered", believe_a_representative),
    Mutation("whoever comes joins", "goods are presented by whom their record names", let_whoever_comes_join),
    Mutation("verb of the link unchecked", "a door speaks for its own circle", leave_a_verb_of_the_link_unchecked),
    Mutation("message of a door believed", "what is decided on is what is journalled", believe_the_message_of_a_door),
    Mutation("names of a door believed", "what is decided on is what is journalled", believe_the_names_of_a_door),
    Mutation("octets read in the tick", "what an arrival holds ends no core", read_in_the_tick),
)  # fmt: skip
