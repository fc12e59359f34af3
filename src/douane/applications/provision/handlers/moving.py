"""Moves between platforms at work: judged, kept, taken back, shown beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

import msgspec

from douane.applications.provision.contract import OWNER_ROLE, Provision
from douane.applications.provision.handlers.choosing import consumers, opened
from douane.applications.provision.messages import (
    MovePreview,
    MovePreviewQuery,
    PlaceLine,
    PlatformKept,
    PlatformLine,
    PlatformMove,
    PlatformQuery,
    PlatformRefused,
    PlatformReturn,
    PlatformShown,
)
from douane.applications.provision.records import Platforms, kept, moved
from douane.applications.provision.rules import moving as rules
from douane.author import MEMBER_STATES, ActorKind, Fault, Instant, Move, Moves, Platform, instant, machine
from douane.author.run import View, Work, answers, handles
from douane.model import discovery
from douane.reference_architecture.installed import installed_contracts


def refuse(work: Work, m: PlatformMove | PlatformReturn, found: tuple[Fault, ...]) -> None:
    """Say what to mend."""
    work.reply(PlatformRefused(m.at, m.of, tuple(each.remedy for each in found)))


@handles(Provision.move, reads=(Platforms,), refuse=refuse)
def move(work: Work, m: PlatformMove) -> None:
    """Keep a move."""
    lines, since = _known(work, m.at), _instant(m.since)
    found = rules.faults(m, since, now=work.now, kept=lines, services=_services(), by=work.caller.kind)
    if found:
        work.reply(PlatformRefused(m.at, m.of, found))
        return
    line = PlatformLine(
        of=m.of, leaves=m.leaves, enters=m.enters, since=since, decided_by=m.decided_by, reason=m.reason,
        role=OWNER_ROLE, said_by=work.caller.human, said_at=work.now,
    )  # fmt: skip
    _keep(work, m.at, (*lines, line))
    work.reply(PlatformKept(line))


@handles(Provision.move_back, reads=(Platforms,), refuse=refuse)
def move_back(work: Work, m: PlatformReturn) -> None:
    """Void what is not yet in force; else offer it again, from an instant on, as if it had not moved."""
    lines, since = _known(work, m.at), _instant(m.since)
    last = rules.latest(lines, m.of)
    if last is None:
        reasons: tuple[str, ...] = (f"{m.of} has not moved, or moved back already: there is nothing to take back.",)
    else:
        ends = since if last.since <= work.now else Instant(last.since)
        reasons = rules.returned(last, ends, now=work.now, kept=lines, services=_services(), by=work.caller.kind)
    if last is None or reasons:
        work.reply(PlatformRefused(m.at, m.of, reasons))
        return
    others = tuple(each for each in lines if each is not last)
    if last.since > work.now:
        _keep(work, m.at, others)
        work.reply(PlatformKept(last, void=True))
        return
    line = msgspec.structs.replace(last, until=since, back_decided_by=m.decided_by, back_reason=m.reason,
                                   back_said_by=work.caller.human)  # fmt: skip
    _keep(work, m.at, (*others, line))
    work.reply(PlatformKept(line))


@answers(Provision.platforms)
def platforms(view: View, question: PlatformQuery) -> PlatformShown:
    """What moved, and where what moved is offered now."""
    lines = tuple(sorted(moved(view), key=lambda each: -each.since))
    moves, now = Moves(map(rules.move_of, lines)), Instant(view.now)
    of = question.of
    shown = [each for each in lines if not of or _touches(each.of, of)]
    asked = [
        contract for service in _services() for contract in service.contracts
        if (of in (service.name, contract.operation) if of else moves.changes(contract.operation))
    ]  # fmt: skip
    places = []
    for each in asked:
        left = each.permitted & moves.left(each.operation, now)
        places.append(PlaceLine(each.operation, rules.named(each.permitted - left), rules.named(left)))
    return PlatformShown(machine(now), tuple(shown), tuple(places))


@answers(Provision.preview_move)
def preview_move(view: View, question: MovePreviewQuery) -> MovePreview:
    """What a move would change."""
    lines, since, of = moved(view), _instant(question.since), question.of
    said = PlatformMove(at=question.at, of=of, leaves=question.leaves, enters=question.enters, since=question.since,
                        decided_by="nobody yet", reason="previewed")  # fmt: skip
    owner = ActorKind.COMMISSION if question.at == "EU" else ActorKind.OFFICER
    found = rules.faults(said, since, now=view.now, kept=lines, services=_services(), by=owner)
    service = next((each for each in _services() if each.name == of.partition(".")[0]), None)
    covered = service.covered(of) if service is not None else ()
    before = [rules.move_of(each) for each in lines]
    after = Moves((*before, Move(since, of, Platform(said.leaves), Platform(said.enters))))
    changed = tuple(rules.reach(covered, Moves(before), after, since))
    moving = tuple(dict.fromkeys(each.operation for each in changed))
    return MovePreview(
        faults=found, operations=moving,
        contracts=tuple(f"{each.operation} {each.version}" for each in covered if each.operation in moving),
        reach=changed, consumers=tuple(consumers(view, set(moving))), cases=sum(_cases(view, question.at, of)),
    )  # fmt: skip


def _touches(moved_: str, asked: str) -> bool:
    return asked in (moved_, moved_.partition(".")[0]) or moved_ == asked.partition(".")[0]


def _cases(view: View, at: str, of: str) -> Iterator[int]:
    """How many cases of a service were opened here, of whomever this node serves."""
    service = next((each for each in discovery.services() if each.name == of.partition(".")[0]), None)
    for code in sorted({at, *MEMBER_STATES, *(each.administration for each in kept(view))}):
        yield opened(view, code, service)


def _known(work: Work, at: str) -> tuple[PlatformLine, ...]:
    found = work.find(Platforms, "by_node", at, limit=1)
    return found[0].lines if found else ()


def _keep(work: Work, at: str, lines: tuple[PlatformLine, ...]) -> None:
    work.put(Platforms(at, tuple(sorted(lines, key=lambda each: (each.since, each.of)))))


def _instant(at: dt.datetime) -> Instant:
    return instant(at if at.tzinfo is not None else at.replace(tzinfo=dt.UTC))


@cache
def _services() -> tuple[rules.Known, ...]:
    """Every service with its contracts: of one release they are the same as long as a process lives."""
    version = installed_contracts()[:12]
    return tuple(
        rules.Known(each.name, each.owner, tuple(
            rules.Contract(o.qualified, frozenset(actor.kind for actor in o.by), each.legacy_queue, version)
            for o in each.operations
        ))
        for each in discovery.services()
    )  # fmt: skip
