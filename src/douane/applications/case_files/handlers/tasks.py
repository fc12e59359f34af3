"""Officers' tasks: which wait for a caller, and who takes one, gives it back, hands it over."""

from __future__ import annotations

from douane.applications.case_files.contract import CaseFiles
from douane.applications.case_files.handlers import paging
from douane.applications.case_files.handlers.paging import micros, moment
from douane.applications.case_files.messages import (
    ClaimTask,
    HandOverTask,
    OfTask,
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
from douane.runtime.catalogue.behaviour import answers, handles
from douane.runtime.core import holding
from douane.runtime.core.work import Work
from douane.runtime.store.queries import View
from douane.runtime.store.records import CaseEntry, HumanTask
from douane.vocabulary.errors import Fault


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
                 and question.state in (None, _state(task)) and question.holder in ("", task.holder))  # fmt: skip
        return asked and task.role in view.roles and bool(view.roles_seen(subject))

    found, following = paging.page(read, wanted, question.after, question.limit)
    return TaskLines(tuple(_line(view, subject, task) for subject, task in found), following)


def tasks_of(view: View, subject: int) -> tuple[TaskLine, ...]:
    """The tasks of a case that are for one of the caller's roles."""
    found = (each for each in view.all_of(HumanTask, subject) if each.role in view.roles)
    return tuple(_line(view, subject, each) for each in found)


def _line(view: View, subject: int, task: HumanTask) -> TaskLine:
    entry, own = view.get(CaseEntry, subject), view.caller.human
    names = entry.aliases if entry is not None else ()
    return TaskLine(
        f"{subject:016x}", reference_of(subject, names), task.process, task.node, task.title,
        task.office, task.role, _state(task), moment(task.due) if task.due else None, task.by,
        moment(task.at) if task.at else None, case_name(names), task.holder,
        moment(task.held_since) if task.held_since else None, task.offered_to, own == task.holder,
        own == task.offered_to, task.turn,
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
    since = moment(task.held_since) if task.held_since else None
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
