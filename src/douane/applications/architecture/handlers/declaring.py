"""What administrations declare of their systems: judged by signature, speaker and number, kept as it was signed."""

from __future__ import annotations

from typing import Final

from douane.applications.architecture.contract import ReferenceArchitecture
from douane.applications.architecture.messages import (
    SystemsAnswer,
    SystemsDeclared,
    SystemsOf,
    SystemsQuery,
    SystemsRefused,
    SystemsTaken,
)
from douane.applications.architecture.records import Declared
from douane.author import KnownIdChanged, NotAuthorised, SenderFault, machine
from douane.author.run import View, Work, answers, handles
from douane.identity.statements import content_of
from douane.reference_architecture.snapshots import Snapshot, read_snapshot

PAGE: Final = 20


@handles(ReferenceArchitecture.declare_systems)
def declare(work: Work, m: SystemsDeclared) -> None:
    """Keep a snapshot, or say why it is not taken over."""
    try:
        snapshot = _judged(work, m.statement.encode())
    except SenderFault as problem:
        work.reply(SystemsRefused(problem.code, problem.text, problem.remedy))
        return
    work.put(Declared(snapshot.administration, snapshot.number, snapshot.taken, m.statement.encode(), work.now))
    work.reply(SystemsTaken(snapshot.administration, snapshot.number))


def _judged(work: Work, statement: bytes) -> Snapshot:
    """The snapshot in a statement, where its signer and who sends it speak for its administration, and it is newer."""
    content, speaker = work.opened(statement)
    found = read_snapshot(content)
    for who, what in ((speaker, "signed"), (work.caller.administration, "sent")):
        if who != found.administration:
            raise NotAuthorised(
                f"The snapshot of {found.administration} is {what} by {who}, who does not speak for it.",
                remedy=f"Have {found.administration} sign and send it.",
            ).because("administrations: each speaks for itself", f"to speak for {found.administration}", "nobody")
    newer = work.find(Declared, "by_administration", found.administration, low=found.number, limit=1)
    if newer:
        raise KnownIdChanged(
            f"Snapshot {found.number} of {found.administration} is not newer than {newer[0].number}, which is here.",
            remedy="Number each snapshot higher than the one before.",
        )
    return found


@answers(ReferenceArchitecture.systems)
def systems(view: View, question: SystemsQuery) -> SystemsAnswer:
    """The newest snapshot of each administration, of those that tell of a day or of one before."""
    found: dict[str, Declared] = {}
    for _, each in view.every(Declared, "by_administration"):
        if question.on is not None and each.taken > question.on:
            continue
        known = found.get(each.administration)
        if known is None or each.number > known.number:
            found[each.administration] = each
    wanted = sorted(each for each in found if each > question.after)
    shown = tuple(_told(found[each]) for each in wanted[:PAGE])
    return SystemsAnswer(shown, wanted[PAGE - 1] if len(wanted) > PAGE else "")


def _told(each: Declared) -> SystemsOf:
    content = content_of(each.statement).decode()
    return SystemsOf(each.administration, each.number, each.taken, machine(each.at), content)
