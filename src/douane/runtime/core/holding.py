"""Who has an officer's task: taken by one, given back, handed over to a colleague, and completed by nobody else.

A task that nobody has may be completed by whoever may call the command that completes it; one that somebody has taken,
by him alone. What is handed over stays with who has it until the other takes it. Two officers who act at once come one
after the other in the journal: the second is told who has it. Persons count and not clients: who signs in and who sends
by a certificate that is registered for the same person is the same officer.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NoReturn

import msgspec

from douane.model.caller import nobody
from douane.model.circles import ActorKind
from douane.model.declare import TaskRef
from douane.model.possible import possible
from douane.runtime.catalogue.behaviour import Handler
from douane.runtime.core.work import Work
from douane.runtime.store.records import HumanTask, Value, kind_of
from douane.vocabulary.errors import Fault, SenderFault


def opened(work: Work, process: str, node: str, role: str, turn: int) -> tuple[bytes, HumanTask]:
    """The open task of this case at a step of a process, for a role, as its sender saw it. Raises SenderFault."""
    for local, task in work.all_of(HumanTask).items():
        if (task.process, task.node, task.role, task.done) == (process, node, role, False):
            if task.turn != turn:
                _refuse(work, "The task changed hands since you looked", task)
            return local, task
    raise _fault(work.codes.unknown, "No such task is open here; ask which wait for you.")


def not_now(work: Work, handler: Handler) -> tuple[Fault, ...]:
    """Why an operation is not open in this case as it stands now (``model.possible``); none where it is."""
    operation = handler.operation
    if not (operation.ends or operation.open_in):
        return ()
    tasks = work.all_of(HumanTask).values() if operation.ends else ()
    waiting = {TaskRef(each.process, each.node): each.title for each in tasks if not each.done}
    record = next((each for each in handler.reads if kind_of(each).case is not None), None)
    state = state_of(record, work.get(record) if record is not None else None)
    found = possible(operation, state=state, waiting=waiting)
    return (Fault("/", work.codes.elsewhere, found.remedy, rule=found.article),) if found is not None else ()


def state_of(record: type[Value] | None, case: Value | None) -> str:
    """The state of a case, by its record; empty where there is none, or it shows none."""
    declared = kind_of(record).case if record is not None else None
    return str(getattr(case, declared.state)) if case is not None and declared is not None and declared.state else ""


def take(work: Work, local: bytes, task: HumanTask) -> HumanTask:
    """The caller takes a task that nobody else has, or that is handed over to him. Raises SenderFault."""
    own = work.caller.human
    if task.offered_to not in ("", own):
        _refuse(work, f"The task is handed over to {task.offered_to}", task)
    if task.holder not in ("", own) and task.offered_to != own:
        _refuse(work, "The task is taken", task)
    return _keep(work, local, task, holder=own)


def give_back(work: Work, local: bytes, task: HumanTask) -> HumanTask:
    """Who has a task, or the system of the administration, lets it go. Raises SenderFault."""
    _must_dispose(work, task)
    return _keep(work, local, task, holder="")


def hand_over(work: Work, local: bytes, task: HumanTask, to: str) -> HumanTask:
    """Who has a task, or the system of the administration, hands it over to an officer. Raises SenderFault."""
    _must_dispose(work, task)
    if to == task.holder:
        _refuse(work, f"{to} has the task already", task)
    kept = msgspec.structs.replace(task, offered_to=to, turn=task.turn + 1)
    work.put(kept, local)
    return kept


def complete(work: Work, local: bytes, apart_from: Collection[str], *, checked: bool = False) -> None:
    """Keep of a task who completed it, and when. ``checked``: another task of the case is apart from this one.

    Raises SenderFault where somebody else has it, for who completed one of the steps ``apart_from`` of this case, and
    for a program of nobody in particular where two persons answer.
    """
    task, own = work.need(HumanTask, local), work.caller.human
    if (apart_from or checked) and (reason := nobody(work.caller)):
        raise _fault(work.codes.elsewhere, reason)
    if task.holder not in ("", own):
        _refuse(work, "The task is taken", task)
    if not task.holder and task.offered_to not in ("", own):
        _refuse(work, f"The task is handed over to {task.offered_to}", task)
    if apart_from and any(
        each.done
        and each.by == own
        and (each.node if each.process == task.process else f"{each.process}.{each.node}") in apart_from
        for each in work.all_of(HumanTask).values()
    ):
        raise _fault(work.codes.elsewhere, "Another officer must do this: it checks what you decided before.")
    work.put(msgspec.structs.replace(task, done=True, by=own, at=work.now), local)


def _must_dispose(work: Work, task: HumanTask) -> None:
    """The system of an administration distributes the work of its officers; of those each disposes of his own."""
    if work.caller.kind is ActorKind.OFFICER and task.holder != work.caller.human:
        _refuse(work, "You do not have the task", task)


def _keep(work: Work, local: bytes, task: HumanTask, *, holder: str) -> HumanTask:
    since = work.now if holder else 0
    kept = msgspec.structs.replace(task, holder=holder, held_since=since, offered_to="", turn=task.turn + 1)
    work.put(kept, local)
    return kept


def _refuse(work: Work, why: str, task: HumanTask) -> NoReturn:
    who = f"{task.holder} has it" if task.holder else "nobody has it"
    raise _fault(work.codes.elsewhere, f"{why}: {who} now. Ask which tasks wait for you.", task.holder)


def _fault(code: str, reason: str, holder: str = "") -> SenderFault:
    """``value`` of its fault: who has the task."""
    return SenderFault(reason, faults=(Fault("/", code, reason, value=holder),))
