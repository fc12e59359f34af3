"""What kinds of elements are called, where an element has its page, and how one stands in a line."""

from __future__ import annotations

from typing import Final

from douane.applications.architecture.messages import ElementLine
from douane.author.pages import Button, Field, Form, Inline, Link, Small, Tag, Tone, Words, path_of

HOME: Final = "/explore"
PAGE: Final = f"{HOME}/{{kind}}/{{name}}"
KINDS: Final = {
    "goal": ("Goal", "Goals"), "capability": ("Capability", "Capabilities"),
    "process-level": ("Process level", "Process levels"), "task": ("Task", "Tasks of processes"),
    "requirement": ("Requirement", "Requirements"), "project": ("Project", "Projects"),
    "service": ("Service", "Services"), "operation": ("Operation", "Operations"),
    "process": ("Process", "Processes"), "step": ("Step", "Steps"), "type": ("Message type", "Message types"),
    "element": ("Data element", "Data elements"), "code-list": ("Code list", "Code lists"),
    "rule": ("Business rule", "Business rules"), "limit": ("Time limit", "Time limits"),
    "table": ("Decision table", "Decision tables"), "circle": ("Circle of trust", "Circles of trust"),
    "actor": ("Role", "Roles"), "level": ("Service level", "Service levels"),
    "legal": ("Legal basis", "Legal bases"), "component": ("Component", "Components"),
    "instance": ("Running instance", "Running instances"), "platform": ("Platform", "Platforms"),
    "test": ("Test", "Tests"),
}  # fmt: skip
"""Each kind, as one of it and as several are called."""
_STATES: Final = {"planned": Tone.WAIT, "offered": Tone.GOOD, "deprecated": Tone.WARN, "retired": Tone.BAD,
                  "to come": Tone.WAIT, "over": Tone.BAD}  # fmt: skip
_LIVING: Final = frozenset({"service", "operation", "project"})
"""Kinds that begin and end: of others it says nothing that they are offered."""


def kind_title(kind: str, words: Words, *, several: bool = False) -> str:
    """What a kind is called."""
    one, many = KINDS.get(kind, (kind, kind))
    return words.model(many if several else one)


LETTERS: Final = 160
"""So much of a title stands in a list."""


def address(id: str) -> str:
    """The page of an element."""
    return path_of(PAGE, id)


def id_of(kind: str, name: str) -> str:
    """The element behind an address."""
    return f"{kind}:{name.replace('~1', '/').replace('~0', '~')}"


def named(line: ElementLine, words: Words) -> Link:
    """An element as a link, by its name alone."""
    return Link(words.model(line.name), address(line.id))


def linked(line: ElementLine, words: Words) -> Inline:
    """An element as a link, with its title below where that says more; the whole of a long one is on its own page."""
    if line.title in ("", line.name, line.name.rpartition(".")[2]):
        return named(line, words)
    return named(line, words), Small(_short(line.title, words))


def _short(title: str, words: Words) -> str:
    """A title as a list shows it: a long one is cut, unless it stands translated; marks of code are left out."""
    title = title.replace("`", "")
    if len(title) <= LETTERS or words.knows(title):
        return words.model(title)
    return words.model(f"{title[:LETTERS].rpartition(' ')[0]} …")


def state_of(line: ElementLine, words: Words) -> Inline:
    """Whether it is planned, offered or at its end; nothing of what only is."""
    if line.kind not in _LIVING and line.status == "offered":
        return ""
    return Tag(words.model(line.status), _STATES.get(line.status, Tone.WAIT))


def search_form(words: Words, said: str = "") -> Form:
    """The search over everything."""
    field = Field("q", words.plain("Name, article, number of an element or message, or words of a title"), said,
                  type="search")  # fmt: skip
    return Form(f"{HOME}/find", (Button(words.plain("Search"), look="btn second"),), (field,), method="get")


def sentence(text: str) -> str:
    """With a capital letter at its beginning, as a heading."""
    return text[:1].upper() + text[1:]
