"""Officers' tasks: which wait for a caller, and who takes one, gives it back, hands it over."""

from __future__ import annotations

from collections.abc import Callable

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.handlers import paging
from douane.applications.case_files.handlers.paging import micros
from douane.applications.case_files.messages import (
    ClaimTask,
    HandOverTask,
    OfTask,
    Order,
    ReleaseTask,
    TaskHeld,
    TaskLine,
    TaskLines,
    TaskRefused,
    TasksQuery,
    TaskState,
    case_name,
    reference_of,
)
from douane.author import Fault, machine, statutory
from douane.author.run import CaseEntry, HumanTask, View, Work, answers, handles, holding


@answers(CaseFiles.my_tasks)
def my_tasks(view: View, question: TasksQuery) -> TaskLines:
    """A page of tasks, by office, role and when they are due."""
    before, done = micros(question.due_before), question.state is TaskState.DONE

    def reading(index: str, office: str) -> paging.Read[HumanTask]:
        equal: tuple[object, ...] = paging.known(office, question.role)
        equal += (done,) if len(equal) == 2 else ()
        low, high = (1, before) if before and len(equal) == 3 else (None, None)
        return lambda limit, after: view.find(
            HumanTask, index, *equal, low=low, high=high, limit=limit, after=after
        )  # fmt: skip

    read = paging.at_offices(view, question.office, reading)

    def wanted(subject: int, task: HumanTask) -> bool:
        asked = (question.role in ("", task.role) and task.done is done and paging.ends(task.due, before)
                 and question.state in (None, _state(task)) and question.holder in ("", task.holder)
                 and (bool(task.risk) or not question.at_risk))  # fmt: skip
        return asked and task.role in view.roles and bool(view.roles_seen(subject))

    if question.order is not Order.OFFICE:
        return _ordered(view, question, read, wanted)
    found, following = paging.page(read, wanted, question.after, question.limit)
    return TaskLines(tuple(_line(view, subject, task) for subject, task in found), following)


def _ordered(
    view: View, question: TasksQuery, read: paging.Read[HumanTask], wanted: Callable[[int, HumanTask], bool]
) -> TaskLines:  # fmt: skip
    """The first tasks by deadline or by risk, of as many as are looked at for a page."""
    by_risk = question.order is Order.RISK

    def place(row: tuple[int, HumanTask]) -> tuple[bool, bool, int]:
        task = row[1]
        return by_risk and not task.risk, not task.due, task.due

    found, following = paging.page(read, wanted, "", paging.ROWS)
    found.sort(key=place)
    lines = tuple(_line(view, subject, task) for subject, task in found[: question.limit])
    return TaskLines(lines, cut=bool(following) or len(found) > question.limit)


def tasks_of(view: View, subject: int) -> tuple[TaskLine, ...]:
    """The tasks of a case that are for one of the caller's roles."""
    found = (each for each in view.all_of(HumanTask, subject) if each.role in view.roles)
    return tuple(_line(view, subject, each) for each in found)


def _line(view: View, subject: int, task: HumanTask) -> TaskLine:
    entry, own = view.get(CaseEntry, subject), view.caller.human
    names = entry.aliases if entry is not None else ()
    return TaskLine(
        f"{subject:016x}", reference_of(subject, names), task.process, task.node, task.title,
        task.office, task.role, _state(task), statutory(task.due) if task.due else None, task.by,
        machine(task.at) if task.at else None, case_name(names), task.holder,
        machine(task.held_since) if task.held_since else None, task.offered_to, own == task.holder,
        own == task.offered_to, task.turn, task.risk,
    )  # fmt: skip


def _state(task: HumanTask) -> TaskState:
    return TaskState.DONE if task.done else TaskState.HELD if task.holder else TaskState.OPEN


# --- who has a task ---------------------------------------------------------------------------------------------------


def refuse(work: Work, m: OfTask, faults: tuple[Fault, ...]) -> None:
    """Tell who asked why nothing changed, and who has the task."""
    first = faults[0]
    holder = first.value if first.code == work.codes.elsewhere else ""
    work.reply(TaskRefused(m.case, m.procedure, m.task, first.code, first.remedy, holder))


def _tell(work: Work, m: OfTask, task: HumanTask) -> None:
    since = machine(task.held_since) if task.held_since else None
    work.reply(TaskHeld(m.case, m.procedure, m.task, task.holder, since, task.offered_to, task.turn))


@handles(CaseFiles.claim_task, refuse=refuse)
def claim_task(work: Work, m: ClaimTask) -> None:
    """An officer takes a task."""
    _tell(work, m, holding.take(work, *_opened(work, m)))


@handles(CaseFiles.release_task, refuse=refuse)
def release_task(work: Work, m: ReleaseTask) -> None:
    """A task is given back."""
    _tell(work, m, holding.give_back(work, *_opened(work, m)))


@handles(CaseFiles.hand_over_task, refuse=refuse)
def hand_over_task(work: Work, m: HandOverTask) -> None:
    """A task is handed over to a colleague."""
    _tell(work, m, holding.hand_over(work, *_opened(work, m), m.to))


def _opened(work: Work, m: OfTask) -> tuple[bytes, HumanTask]:
    return holding.opened(work, m.procedure, m.task, m.role, m.turn)
