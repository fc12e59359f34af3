"""Tasks of officers: an application names those that its processes draw, and each of them can be ended.

Most are ended by an operation that says so (``ends=``). What is ended otherwise is named here with its reason, so that
a task that nothing ends is seen.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from douane.configuration.discovery import services
from douane.model.declare import TaskRef
from douane.reference_architecture.tasks import FILE, PROCESSES, tasks_of
from tests.architecture.tree import SOURCE

APPLICATIONS: Final = sorted(each.parent for each in (SOURCE / "applications").glob(f"*/{PROCESSES}"))
IN_STATES: Final = "its operation says in which states it is open (open_in=)"
BY_MESSAGE: Final = "a message ends it that may come at other times, too, so that its handler decides"
ELSEWHERE: Final = {
    TaskRef("clearing", "control"): "its process runs as importing and as exporting, whose operations end it",
    TaskRef("commencing", "check_formalities"): BY_MESSAGE,
    TaskRef("deciding", "conclude"): IN_STATES,
    TaskRef("deciding", "decide"): IN_STATES,
    TaskRef("deciding", "examine"): IN_STATES,
    TaskRef("journey", "begin_enquiry"): BY_MESSAGE,
    TaskRef("managing", "confirm"): BY_MESSAGE,
    TaskRef("opining", "form"): BY_MESSAGE,
    TaskRef("opining", "form_late"): BY_MESSAGE,
    TaskRef("suspended", "establish"): BY_MESSAGE,
    TaskRef("suspended", "verify_measures"): BY_MESSAGE,
}


def drawn() -> set[TaskRef]:
    """The tasks of all applications, as their ``tasks.py`` names them."""
    names: dict[str, object] = {"__name__": "tasks"}
    found = set()
    for each in APPLICATIONS:
        if (each / FILE).exists():
            exec((each / FILE).read_text(encoding="utf-8"), names)
            classes = [value for value in names.values() if isinstance(value, type)]
            found |= {task for made in classes for task in vars(made).values() if isinstance(task, TaskRef)}
    return found


@pytest.mark.parametrize("application", APPLICATIONS, ids=lambda each: each.name)
def test_an_application_names_the_tasks_of_its_processes(application: Path) -> None:
    written = application / FILE
    found = written.read_text(encoding="utf-8") if written.exists() else ""
    assert found == tasks_of(application), f"run: douane model tasks {application}"


def test_each_task_is_ended_by_an_operation_or_it_is_said_by_what() -> None:
    ended = {task for service in services() for each in service.operations for task in each.ends}
    assert len(ended) > 15
    assert drawn() - ended == set(ELSEWHERE)
