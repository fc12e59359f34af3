"""Screens of applications: which operation a page asks, how, and what it shows of the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from douane.pages.blocks import Page
from douane.pages.languages import Words
from douane.standards.bpmn.definition import Definition
from douane.vocabulary.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of this release: the BPMN file, and what it was compiled to."""

    source: bytes
    definition: Definition


@dataclass(frozen=True, slots=True)
class Library:
    """What this release knows beside what is kept of cases: procedures, rules, titles of messages, limits."""

    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, TimeLimit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """What a screen is given beside the answer.

    path, query: of the address. country: of whoever visits. start: the address of the start page, empty where none is.
    """

    words: Words
    library: Library
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    start: str = ""

    def procedure(self, name: str) -> Procedure | None:
        """A procedure by its name; None for one that this release does not have."""
        return self.library.procedures.get(name)

    def title(self, type: str) -> str:
        """What a message or an operation is called among people; its own name where nothing else is known."""
        return self.library.titles.get(type, type)

    def remedy(self, code: str, rule: str) -> str:
        """What to do about a fault: the text of the rule that it names, else of its code."""
        return self.library.rules.get(rule) or self.library.codes.get(code, "")


@dataclass(frozen=True, slots=True)
class Screen:
    """A page over one query. ``tab``: its place in the menu of a shell, in English; empty for none."""

    operation: str
    path: str
    view: Callable[[Any, Given], Page]
    tab: str
    question: Callable[[Given], Mapping[str, object]]
