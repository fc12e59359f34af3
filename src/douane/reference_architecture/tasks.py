"""The handles of officers' tasks: a module that is generated from the processes of an application.

A contract names the tasks that an operation ends (``OfCase(ends=...)``) by these handles: the type checker refuses a
task that no process draws. Former definitions count, too: cases run on by them, and the same operations end their
tasks.
"""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from douane.standards.bpmn import document
from douane.vocabulary.errors import DeclarationFault

FILE: Final = "tasks.py"
PROCESSES: Final = "processes"
HEAD: Final = (
    '"""Tasks of officers, by the process that draws them; '
    'written by ``douane model tasks`` from the processes."""'
    """

from __future__ import annotations

from typing import Final

from douane.author import TaskRef
"""
)


def tasks_of(application: Path) -> str:
    """The module for the processes of an application; empty where no officer has anything to do in them.

    application: its folder. Raises DeclarationFault for an id that is no name of Python, and what reading a process
    file raises.
    """
    found: dict[str, set[str]] = {}
    for file in sorted((application / PROCESSES).rglob("*.bpmn")):
        for process, task in _drawn(file):
            found.setdefault(process, set()).add(task)
    classes = (_class(process, sorted(tasks)) for process, tasks in sorted(found.items()))
    return "".join((HEAD, *classes)) if found else ""


def _drawn(file: Path) -> Iterator[tuple[str, str]]:
    for process in document.read(file.read_bytes(), source=file.name).root.walk():
        if process.local == "process":
            yield from ((process.id, each.id) for each in process.walk() if each.local == "userTask")


def _class(process: str, tasks: list[str]) -> str:
    for each in (process, *tasks):
        if not each.isidentifier() or keyword.iskeyword(each):
            raise DeclarationFault(f"{each} is no name of Python.", remedy="Give the element another id.")
    title = "".join(part.capitalize() for part in process.split("_"))
    lines = "".join(f'    {each}: Final = TaskRef("{process}", "{each}")\n' for each in tasks)
    return f'\n\nclass {title}:\n    """Tasks of the process ``{process}``."""\n\n{lines}'
