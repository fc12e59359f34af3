"""Which cases concern a caller, and all that he may know of one: from the case index, its parties, the processes and
the timeline that the runtime keeps of every case."""

from __future__ import annotations

import re
from typing import Final, Protocol

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.handlers import paging
from douane.applications.case_files.handlers.letters import letters_of
from douane.applications.case_files.handlers.said import messages, octets, row_of
from douane.applications.case_files.handlers.showing import shown_to
from douane.applications.case_files.handlers.summaries import as_told, heard, limits, summarised
from douane.applications.case_files.handlers.tasks import tasks_of
from douane.applications.case_files.messages import (
    CHOSEN,
    ISSUED,
    NAMES,
    CaseFile,
    CaseLine,
    CaseLines,
    CaseLive,
    CaseQuery,
    CaseShown,
    CasesQuery,
    Limit,
    LiveQuery,
    MessageEvidence,
    Said,
    SaidQuery,
    ShowFor,
    Standing,
    further_names,
    reference_of,
)
from douane.author import YES, NotFound, TooLarge, Why, machine, not_known, statutory
from douane.author.run import CARRIED, Carried, CaseEntry, Media, ProcessInstance, Timers, View, answers, carried_name
from douane.standards.bpmn import state
from douane.vocabulary.askers import AskedCase
from douane.vocabulary.case_summaries import NO_CASE

SHOWN: Final = 500
"""Messages of a case at most, each way, that its file tells: the latest."""
LARGEST_PACK: Final = 8 * 1024 * 1024
"""Octets of attachments in a pack that is downloaded."""
NOBODYS: Final = 0
"""The number of no case."""
_NUMBER: Final = re.compile(r"\A[0-9a-f]{16}\Z")


@answers(CaseFiles.my_cases)
def my_cases(view: View, question: CasesQuery) -> CaseLines:
    """A page of cases: those of a party, else of an office, by state and deadline, or by deadline alone."""
    asked = paging.of_cases(view, question)
    if asked is None:
        return CaseLines(())
    if question.soonest:
        ending = paging.soonest(view, question, asked[1])
        return CaseLines(tuple(line_of(seen.view, subject, seen.entry) for subject, seen in ending))
    found, following = paging.page(*asked, question.after, question.limit)
    return CaseLines(tuple(line_of(seen.view, subject, seen.entry) for subject, seen in found), following)


@answers(CaseFiles.show)
def show(view: View, question: CaseQuery) -> CaseFile:
    """A case in which who asks has a part; of any other nobody learns that it exists."""
    for of, subject in cases(view, question):
        roles, entry = of.roles_seen(subject), of.get(CaseEntry, subject)
        if roles and entry is not None:
            run = limits_of(of, subject, entry.deadline) or limits(heard(of, subject, entry))
            return CaseFile(
                line_of(of, subject, entry), of.administration, tuple(sorted(roles)), _procedures(of, subject), run,
                messages(of, subject, SHOWN), tasks_of(of, subject), letters_of(of, subject),
                shown_to(of, subject),
            )  # fmt: skip
    raise NotFound(NO_CASE, remedy="Check the reference.")


@answers(CaseFiles.show_for)
def show_for(view: View, question: ShowFor) -> CaseShown:
    """The same for a party who asks at the centre. Numbers of cases are a node's own: they name none here."""
    if _NUMBER.match(question.reference):
        raise NotFound(NO_CASE, remedy="Check the reference.")
    file = show(view, CaseQuery(question.reference, question.country))
    return CaseShown(as_of=machine(view.now), by_law=statutory(view.lawful_now), file=file)


@answers(CaseFiles.live)
def live(view: View, question: LiveQuery) -> CaseLive:
    """What is known here of a case, and what its keeper is to be asked; the platform asks it. One that is kept here is
    shown as it stands."""
    file = show(view, CaseQuery(question.reference, question.country))
    line = file.line
    if not line.kept_by:
        here = CaseShown(as_of=machine(view.now), by_law=statutory(view.lawful_now), file=file)
        return CaseLive(line=line, known=YES, shown=here)
    name = next(iter((line.reference,) if line.reference != line.case else line.names), "")
    asks = AskedCase(line.kept_by, line.administration, name) if name else None
    return CaseLive(line=line, known=not_known(line.kept_by, Why.ELSEWHERE), asks=asks)


@answers(CaseFiles.message)
def message(view: View, question: SaidQuery) -> Said:
    """What was said by a message of a case, to whom its case file tells of it."""
    for of, subject in cases(view, question):
        known = octets(of, subject, question.leaf) if of.roles_seen(subject) else None
        if known is not None and known[1].media is not Media.VALUE:  # that never left the node
            type, content = known
            return Said(type, content.media is not Media.JSON, content.octets.decode("utf-8", "replace"))
    raise NotFound("No message of yours is known under this number.", remedy="Look at the case.")


@answers(CaseFiles.evidence)
def evidence(view: View, question: SaidQuery) -> MessageEvidence:
    """The evidence pack of a message, for whom its case file tells of it."""
    for of, subject in cases(view, question):
        known = row_of(of, subject, question.leaf) if of.roles_seen(subject) else None
        if known is not None:
            position, row = known
            octets = sum(each.size for each in row.content.attachments)
            if octets > LARGEST_PACK:
                raise TooLarge("The attachments of this message are larger than a pack that is downloaded here takes.",
                               remedy="Ask the operator: douane audit evidence.")  # fmt: skip
            name = f"evidence-{question.reference}-{question.leaf}.zip"
            return MessageEvidence(name, of.proven(position, row))
    raise NotFound("No message of yours is known under this number.", remedy="Look at the case.")


class Asked(Protocol):
    """What names a case."""

    @property
    def reference(self) -> str: ...
    @property
    def country(self) -> str: ...


def cases(view: View, question: Asked) -> list[tuple[View, int]]:
    """The cases that a question may mean, each with the view of its administration: of the one that it names, else of
    that which the reference begins with, then of every other."""
    places = [view] if question.country else view.everywhere()
    return [(of, subject) for of in places for subject in subjects(of, question.reference)]


def subjects(view: View, reference: str) -> list[int]:
    """The cases that a reference may mean, by its number, a name that customs gave, or one that who asks chose."""
    if _NUMBER.match(reference):
        return [int(reference, 16)]
    own = f"{view.caller.party.identifier}/{reference}"
    names = [(kind, reference) for kind in (*NAMES, *ISSUED)] + [(kind, own) for kind in CHOSEN]
    found = view.resolved([*names, (CARRIED, carried_name(view.caller.party.name, reference))])
    return found or [NOBODYS]  # it is looked at as any other: whether a name is somebody's does not show in the time


def line_of(view: View, subject: int, entry: CaseEntry) -> CaseLine:
    """A case as a list shows it."""
    carried = view.get(Carried, subject) if entry.kind == Carried.__name__ else None
    found = heard(view, subject, entry)
    entry = as_told(entry, found)
    return CaseLine(
        f"{subject:016x}", reference_of(subject, entry.aliases), further_names(entry.aliases), entry.kind,
        entry.state, entry.office, machine(entry.opened), statutory(entry.deadline) if entry.deadline else None,
        view.administration, carried.keeper if carried is not None else "",
        machine(carried.told) if carried is not None and carried.told else None,
        summarised(found) if found is not None else None,
    )  # fmt: skip


def _procedures(view: View, subject: int) -> tuple[Standing, ...]:
    found = []
    for each in view.all_of(ProcessInstance, subject):
        tokens = state.decode(each.state).tokens if each.state and not each.ended else ()
        found.append(Standing(each.process, each.definition, each.steps, tuple(tokens[::3]), each.ended))
    return tuple(found)


def limits_of(view: View, subject: int, deadline: int) -> tuple[Limit, ...]:
    """The time limits of a case, in the order in which they end; the one that its deadline is runs."""
    timers = view.get(Timers, subject)
    kept = sorted(timers.limits if timers is not None else (), key=lambda each: each.ends)
    return tuple(
        Limit(each.limit, each.place, statutory(each.event), statutory(each.ends),
              bool(deadline) and each.ends == deadline)
        for each in kept
    )  # fmt: skip
