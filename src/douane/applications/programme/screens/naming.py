"""Where pages of the programme are, and how standings and elements stand in a line."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from douane.applications.programme.messages.telling import ProjectLine, ScopeLine
from douane.author.pages import Column, Given, Inline, Link, Row, Small, Table, Tag, Tone, Words

HOME: Final = "/programme"
COVERAGE: Final = f"{HOME}/coverage"
CASES: Final = f"{HOME}/cases"
LIBRARY: Final = f"{HOME}/library"
INITIATIVE: Final = f"{LIBRARY}/{{initiative}}"
REQUIREMENTS: Final = f"{HOME}/requirements"
REQUIREMENT: Final = f"{REQUIREMENTS}/{{requirement}}"
PLANS: Final = f"{HOME}/plans"
PLAN: Final = f"{PLANS}/{{service}}"
CATALOGUE: Final = f"{HOME}/library.ttl"
"""The library for catalogues of others (ADMS)."""
PROJECT: Final = f"{HOME}/projects/{{project}}"
SPECIFICATION: Final = f"{HOME}/specifications/{{process}}"
_TONES: Final = {"built": Tone.GOOD, "built in part": Tone.RUN, "planned": Tone.WAIT, "absent": Tone.BAD}


def project_at(name: str) -> str:
    """The page of a project. A sign that parts of an address would be parted by is written as in JSON pointers."""
    return PROJECT.format(project=quote(name.replace("~", "~0").replace("/", "~1"), safe="~"))


def named_in(path: str) -> str:
    """The name behind a part of an address."""
    return path.replace("~1", "/").replace("~0", "~")


def specification_at(process: str) -> str:
    """The page of a functional specification."""
    return SPECIFICATION.format(process=quote(process, safe=""))


def project_link(name: str) -> Link:
    """A project as a link."""
    return Link(name, project_at(name))


def standing(word: str, words: Words) -> Tag:
    """How far something is."""
    return Tag(words.model(word), _TONES.get(word, Tone.WAIT))


def deadline(line: ProjectLine, words: Words) -> Inline:
    """The legal deadline with its article, and whether it is over."""
    if line.deadline is None:
        return ""
    told: tuple[Inline, ...] = (words.day(line.deadline), Small(words.model(line.article)))
    return (*told, Tag(words.plain("late"), Tone.BAD)) if line.late else told


def elements(title: str, lines: tuple[ScopeLine, ...], given: Given) -> Table:
    """Elements of the architecture, each with its page where it has one."""
    words = given.words
    rows = []
    for each in lines:
        kind, _, name = each.id.partition(":")
        at = given.why(each.id)
        rows.append(Row((Link(name, at) if at else name, words.model(each.title), kind.replace("-", " "))))
    columns = (Column(words.plain("Element")), Column(words.plain("What it is")), Column(words.plain("Kind")))
    return Table(title, columns, tuple(rows), dense=True)
