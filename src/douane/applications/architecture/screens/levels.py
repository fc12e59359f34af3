"""The picture of a process level: the levels below it, their tasks, and the operations behind each task."""

from __future__ import annotations

from typing import Final

from douane.applications.architecture.messages import ElementLine, ElementShown
from douane.applications.architecture.screens.naming import address
from douane.author.pages import Figure, Text, Words
from douane.pages.pictures.graph import Box, graph

MOST: Final = 150
"""Boxes of a picture; of more, the operations are left out, and the picture says so."""


def level_picture(answer: ElementShown, words: Words) -> Figure:
    """Levels, tasks and operations as columns from left to right."""
    levels: dict[str, ElementLine] = {}
    tasks: dict[str, ElementLine] = {}
    operations: dict[str, ElementLine] = {}
    lines: list[tuple[str, str]] = []
    for each in answer.steps:
        tasks[each.step.id] = each.step
        if each.within is not None:
            levels[each.within.id] = each.within
            lines.append((each.within.id, each.step.id))
        for operation in each.operations:
            operations[operation.id] = operation
            lines.append((each.step.id, operation.id))
    columns = [levels, tasks, operations]
    folded = sum(map(len, columns)) > MOST
    if folded:
        columns = [levels, dict(list(tasks.items())[: MOST - len(levels)])]
    drawn = {id for column in columns for id in column}
    boxes = [[_box(each, words) for each in column.values()] for column in columns]
    heads = (words.plain("Process levels"), words.plain("Tasks"), words.plain("Operations"))
    label = words.plain("Picture of the process level, scrolls sideways")
    svg = graph(boxes, [pair for pair in lines if drawn.issuperset(pair)], heads[: len(columns)], label)
    left = len(levels) + len(tasks) + len(operations) - len(drawn)
    caption = words.plain("%(number)s more are not drawn; the list names all.", number=left) if left else ""
    twin = Text(words.say("The table says the same: each task with its process level and its operations."))
    return Figure(svg, label, (twin,), words.plain("The same in words"), caption)


def _box(line: ElementLine, words: Words) -> Box:
    short = line.name.rpartition(".")[2].replace("_", " ") if line.kind == "operation" else line.name
    second = "" if line.title == line.name else words.plain(line.title)
    return Box(line.id, words.plain(short), second, address(line.id))
