"""What administrations add to the common procedure: proposed, approved by another, pinned by each case that begins.

The common procedure stays one file. What an overlay adds stands beside it: a task opens when a token has come to its
anchor and left it, and moves no token and no limit; the decision on the application waits for its conclusion.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import msgspec
from msgspec.structs import replace

from douane.applications.customs_decisions.contract import CustomsDecisions
from douane.applications.customs_decisions.contract.parties import OFFICER
from douane.applications.customs_decisions.handlers.cases import deciding, recorded, refuse, stop
from douane.applications.customs_decisions.messages.overlays import (
    ChangeKind,
    OverlayApproved,
    OverlayChange,
    OverlayFault,
    OverlayKept,
    OverlayProposed,
    OverlayRefused,
    OverlaysQuery,
    OverlaysShown,
    OverlayVersionShown,
    OwnTaskConcluded,
)
from douane.applications.customs_decisions.messages.words import DecisionType, State
from douane.applications.customs_decisions.records import DecisionCase, NationalOverlay, OverlayVersion, OwnTask
from douane.applications.customs_decisions.rules import overlays as rules
from douane.applications.customs_decisions.rules.limits import TARGET
from douane.author import Caller, Fault, Instant, digest_of_proposal, nobody, person_of, statutory
from douane.author.needs import JUDGED, UNFIT, supplied
from douane.author.run import HumanTask, View, Work, answers, handles, holding
from douane.standards.bpmn.calls import split
from douane.standards.bpmn.definition import ENDS, TASKS, Definition, Kind

BESIDE: Final = "overlay"
"""Of which process the tasks are that overlays add."""
_KIND: Final = "national overlay"
"""What a digest of ours is about."""
OVER: Final = frozenset({State.NOT_ACCEPTED, State.WITHDRAWN, State.REFUSED})
"""States in which nothing is added any more, and what is open is not done."""


def common(definition: Definition) -> rules.Common:
    """What a version of the procedure has to add something at: steps of its own file after which it goes on."""
    nodes, flows = definition.nodes, definition.flows
    own = [each for each in nodes if each.kind in TASKS and not split(each.id)[0]]
    steps = [each for each in own if not all(nodes[flows[out].target].kind in ENDS for out in each.outgoing)]
    return rules.Common(
        frozenset(each.id for each in steps), frozenset(each.id for each in own if each.kind is Kind.USER)
    )


def overlay_of(work: Work) -> NationalOverlay | None:
    """What the own administration adds; None where it never proposed anything."""
    found = work.find(NationalOverlay, "by_administration", work.administration, limit=1)
    return found[0] if found else None


def version_of(work: Work, case: DecisionCase) -> OverlayVersion | None:
    """The version of the overlay with which a case began; None where none was in force."""
    kept = overlay_of(work) if case.overlay else None
    return kept.version(case.overlay) if kept is not None else None


def in_force(work: Work, day: dt.date) -> OverlayVersion | None:
    """The version for applications that are lodged on a day."""
    kept = overlay_of(work)
    return kept.on(day.isoformat()) if kept is not None else None


# --- proposed and approved --------------------------------------------------------------------------------------------


def refuse_overlay(work: Work, m: OverlayProposed | OverlayApproved, found: tuple[Fault, ...]) -> None:
    """Everything that stands against it."""
    told = tuple(OverlayFault(0, each.remedy, each.rule or "") for each in found)
    work.reply(OverlayRefused(m.administration, m.version, told))


@handles(CustomsDecisions.propose_overlay, reads=(NationalOverlay,), refuse=refuse_overlay)
def propose_overlay(work: Work, m: OverlayProposed) -> None:
    """Keep a version that adds and removes nothing; a proposal that nobody approved is replaced."""
    if reason := nobody(work.caller):
        raise stop(reason, "")
    kept = work.get(NationalOverlay) or NationalOverlay(m.administration)
    approved = tuple(each for each in kept.versions if each.approved_by)
    found = list(rules.faults(m.changes, common(deciding.definition)))
    following = len(approved) + 1
    if m.version != following:
        found.append(OverlayFault(0, f"Propose it as version {following}: that is the next one.", ""))
    found += _of_days(work, m.since, approved)
    if found:
        work.reply(OverlayRefused(m.administration, m.version, tuple(found)))
        return
    by, at = person_of(work.caller), Instant(work.lawful_now)
    proposed = OverlayVersion(
        version=m.version, since=m.since.isoformat(), changes=m.changes, reason=m.reason, proposed_by=by, proposed_at=at
    )
    digest = digest_of_proposal(_KIND, m, by=by, at=at)
    work.put(replace(kept, versions=(*approved, proposed), digest=digest))
    work.reply(OverlayKept(m.administration, m.version, "proposed", digest))


def _of_days(work: Work, since: dt.date, approved: tuple[OverlayVersion, ...]) -> Iterator[OverlayFault]:
    today = work.today(work.administration)
    if since <= today:
        yield OverlayFault(0, f"Let it begin after {today}: what was lodged before ends as it began.", "")
    if approved and since.isoformat() < approved[-1].since:
        yield OverlayFault(
            0, f"Let it begin with version {approved[-1].version}, on {approved[-1].since}, or later.", ""
        )


@handles(CustomsDecisions.approve_overlay, reads=(NationalOverlay,), refuse=refuse_overlay)
def approve_overlay(work: Work, m: OverlayApproved) -> None:
    """Another expert approves; the version is judged again by the procedure of this release."""
    kept = work.need(NationalOverlay)
    version = kept.version(m.version)
    if version is None or version.approved_by:
        raise stop(f"No version {m.version} waits for approval.", "")
    if fault := _unseen(work.caller, version, kept.digest, m.digest):
        raise stop(fault, "")
    approved = tuple(each for each in kept.versions if each.approved_by)
    found = [*rules.faults(version.changes, common(deciding.definition)),
             *_of_days(work, dt.date.fromisoformat(version.since), approved)]  # fmt: skip
    if found:
        work.reply(OverlayRefused(m.administration, m.version, tuple(found)))
        return
    signed = replace(
        version, approved_by=person_of(work.caller), approved_at=work.lawful_now, approved_for=deciding.definition.hash
    )
    work.put(replace(kept, versions=(*approved, signed), digest=""))
    work.reply(OverlayKept(m.administration, m.version, "approved", m.digest))


def _unseen(caller: Caller, version: OverlayVersion, waits: str, digest: str) -> str:
    """Why this caller does not approve this version by that digest; empty where he does. waits: what waits."""
    if reason := nobody(caller):
        return reason
    if version.proposed_by == person_of(caller):
        return "Let another expert approve it: it checks what you proposed."
    if not waits:
        return "It was proposed under a former release, without a digest: propose it anew."
    if not digest:
        return "Name the digest of the proposal that you read: the list of versions shows it."
    if digest != waits:
        return "It was proposed anew since you read it: read what stands there now."
    return ""


@answers(CustomsDecisions.overlays)
def overlays(view: View, question: OverlaysQuery) -> OverlaysShown:
    """Every version, the latest first."""
    found, _ = view.find(NationalOverlay, "by_administration", question.administration, limit=1)
    versions, digest = (found[0][1].versions, found[0][1].digest) if found else ((), "")
    known = common(deciding.definition)
    return OverlaysShown(
        question.administration,
        tuple(_shown(each, known, digest) for each in reversed(versions)),
        tuple(sorted(known.steps)),
    )


def _shown(version: OverlayVersion, known: rules.Common, digest: str) -> OverlayVersionShown:
    return OverlayVersionShown(
        version=version.version, state="approved" if version.approved_by else "proposed",
        since=dt.date.fromisoformat(version.since), changes=version.changes, reason=version.reason,
        proposed_by=version.proposed_by, proposed_at=statutory(version.proposed_at),
        approved_by=version.approved_by,
        approved_at=statutory(version.approved_at) if version.approved_at else None,
        fits=not any(rules.missing_anchors(version.changes, known)),
        digest="" if version.approved_by else digest,
    )  # fmt: skip


# --- what a release must fit ------------------------------------------------------------------------------------------


@supplied(UNFIT)
def unfit(view: View) -> Iterator[tuple[str, str]]:
    """Approved additions for applications from today on that stand at nothing this release has."""
    return unfit_for(view, deciding.definition)


def unfit_for(view: View, definition: Definition) -> Iterator[tuple[str, str]]:
    """The same of a version of the procedure."""
    known, today = common(definition), view.today().isoformat()
    found, _ = view.find(NationalOverlay, "by_administration", view.administration, limit=1)
    for version in found[0][1].to_come(today) if found else ():
        for change in rules.missing_anchors(version.changes, known):
            text = (
                f"Overlay {view.administration}, version {version.version}, adds {change.name or change.kind} after"
                f" {' or '.join(change.at)}; the procedure {definition.process} of this release has no such step."
            )
            yield (
                text,
                (
                    f"Before it is deployed, an expert of {view.administration} approves a version that names one of"
                    f" {', '.join(sorted(known.steps))}."
                ),
            )


@supplied(JUDGED)
def judged(file: bytes) -> Iterator[str]:
    """What stands against a proposal in a file."""
    try:
        proposed = msgspec.json.decode(file, type=OverlayProposed)
    except msgspec.DecodeError as problem:
        yield f"It is no proposal: {problem}."
        return
    for each in rules.faults(proposed.changes, common(deciding.definition)):
        place = f"Change {each.change}: " if each.change else ""
        yield f"{place}{each.remedy}" + (f" ({each.article})" if each.article else "")


# --- in a case --------------------------------------------------------------------------------------------------------


@deciding.beside
def add_own_tasks(work: Work, case: DecisionCase, left: frozenset[str]) -> DecisionCase | None:
    """Open what the overlay adds after the steps that are behind; nothing of an application that is over."""
    version = version_of(work, case)
    if version is None:
        return None
    if case.where in OVER:
        _drop(work)
        return None
    known = {each.name for each in case.own}
    due = [each for each in version.changes if _opens(each, case.type, left) and each.name not in known]
    for number, change in enumerate(due, start=len(known) + 1):
        ends = _day(work, case, change.days) if change.days else case.deadline
        opened = HumanTask(BESIDE, change.name, number, case.office, OFFICER.name, change.text, ends)
        work.put(opened, BESIDE.encode() + change.name.encode())
    added = tuple(OwnTask(each.name, each.text, work.lawful_now) for each in due)
    return replace(case, own=(*case.own, *added)) if added else None


def _opens(change: OverlayChange, type: DecisionType, left: frozenset[str]) -> bool:
    """Whether a change is a task that is due once these steps are behind."""
    of_type = not change.types or type in change.types
    return change.kind is ChangeKind.TASK and of_type and not left.isdisjoint(change.at)


def on_target(work: Work, case: DecisionCase, step: str, task: HumanTask) -> HumanTask:
    """A task of the common procedure, due when the administration wants it where that is earlier than the law does."""
    version = version_of(work, case)
    targets = [each for each in (version.changes if version is not None else ()) if each.kind is ChangeKind.TARGET]
    wanted = [
        _day(work, case, each.days) for each in targets
        if each.days and step in each.at and (not each.types or case.type in each.types)
    ]  # fmt: skip
    return replace(task, due=min((*wanted, task.due))) if wanted and task.due else task


def _day(work: Work, case: DecisionCase, days: int) -> Instant:
    """Until when the administration wants something done."""
    return work.limit(TARGET, case.office, event=work.lawful_now, days=days).last_instant


def _drop(work: Work) -> None:
    for local, task in work.all_of(HumanTask).items():
        if task.process == BESIDE and not task.done:
            work.remove(HumanTask, local)


def must_be_concluded(case: DecisionCase) -> None:
    """Raises SenderFault while a task is open that the overlay added."""
    left = [each.title for each in case.own if not each.done_at]
    if left:
        raise stop(f"Conclude first what your administration adds: {', '.join(left)}.",
                   f"overlay of {case.authority}, version {case.overlay}")  # fmt: skip


@handles(CustomsDecisions.conclude_own_task, reads=(DecisionCase,), refuse=refuse)
def conclude_own_task(work: Work, m: OwnTaskConcluded) -> None:
    """Keep what came of it; nothing else follows."""
    case, local = work.need(DecisionCase), BESIDE.encode() + m.task.encode()
    task = work.get(HumanTask, local)
    if task is None or task.done:
        raise stop(f"No task {m.task} is open here.", f"overlay of {case.authority}, version {case.overlay}")
    holding.complete(work, local, ())
    done = tuple(
        replace(each, done_at=work.lawful_now, officer=work.caller.human, result=m.result)
        if each.name == m.task else each
        for each in case.own
    )  # fmt: skip
    work.put(replace(case, own=done))
    recorded(work, case, m.task)
