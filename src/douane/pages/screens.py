"""Screens of applications: which operation a page asks, how, and what it shows of the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import quote

from douane.model.declare import MessageFamily, Operation
from douane.pages.blocks import Form, Group, Link, Option, Page
from douane.pages.languages import Words
from douane.standards.bpmn.definition import Definition
from douane.vocabulary.errors import DeclarationFault, Fault
from douane.vocabulary.limits import TimeLimit


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of this release: the BPMN file, and what it was compiled to.

    element: in the architecture. called: the files of the processes that it calls, by their ids. older: former versions
    that cases still run by.
    """

    source: bytes
    definition: Definition
    element: str
    called: Mapping[str, bytes] = field(default_factory=dict)
    older: tuple[Procedure, ...] = ()

    def version(self, hash: str) -> Procedure | None:
        """This procedure as it was when a case began; None where this release has not kept it."""
        return next((each for each in (self, *self.older) if each.definition.hash == hash), None)


@dataclass(frozen=True, slots=True)
class Library:
    """What this release knows beside what is kept of cases: procedures, rules, titles of messages, limits."""

    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, TimeLimit] = field(default_factory=dict)
    types: Mapping[str, tuple[type, MessageFamily | None]] = field(default_factory=dict)
    """The message that each operation takes, with its family."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a screen is given beside the answer.

    path, query: of the address. country: of whoever visits. start: the address of the start page, empty where none is.
    today: by the union's clock. acts: forms of what its visitor may do now. refused: why what he asked for
    was not done. became: the state of the message that he sent before he came here (``handled``, ``waiting``, ...).
    prove: where he proves anew who he is, since what he may do here wants that; empty where it does not. own: the
    identifier of the visitor's party; by: of who acts for it, empty where it acts itself.
    explained_at: where elements of the architecture have their pages; empty for nowhere. ways: forms that lead to
    what may be filled in and sent from here. files: pages that show more of a case: its kind, what the link is called,
    the address. several: where an act is done in several cases at once; empty for nowhere. read: up to when somebody of
    the visitor's party read each case of a list (microseconds); None where nobody keeps that. opens: whether the page
    at the path of a screen is there and open to the visitor, so that no link leads to a refusal.
    """

    words: Words
    library: Library
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    start: str = ""
    today: dt.date = dt.date.min
    acts: tuple[Form, ...] = ()
    refused: str = ""
    became: str = ""
    own: str = ""
    by: str = ""
    prove: str = ""
    explained_at: str = ""
    ways: tuple[Form, ...] = ()
    files: tuple[tuple[str, str, str], ...] = ()
    several: str = ""
    read: Mapping[str, int] | None = None
    opens: Callable[[str], bool] = lambda _path: True

    def why(self, id: str) -> str:
        """The page that explains an element of the architecture (``rule:C0153``); empty where none does."""
        return path_of(self.explained_at, id) if self.explained_at else ""

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
class Situation:
    """Where what a screen shows stands: tasks that wait, each as (process, node), and what is known for their forms.

    state: of the case, as it is stored. said: the operations to which the visitor sent something there. refused:
    whether he was told of a refusal last. asks: what forms ask there beside fields of their messages, where their acts
    compose something of it.
    """

    tasks: frozenset[tuple[str, str]] = frozenset()
    known: Mapping[str, str | int] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    refused: bool = False
    asks: tuple[Group, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A field of a message that a person fills in; what is said of it stands in the message type.

    begins: the name in ``Situation.known`` of what it holds at first. options: the values that make sense, in English;
    empty where any may.
    """

    name: str
    begins: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """A form over one command, open where that is possible: its operation says at which tasks and in which states.

    tasks: where it stands, narrower than its operation says or where that says nothing: tasks, or places of its page,
    each as (page, place). ends, states: what its operation says, once it is ``placed``. title: of the button, in
    English. fixed: fields of the message, each with the name in ``Situation.known`` of its value. faults: why an answer
    of this type and body refuses; empty where it does not. path: of the screen that it belongs to; empty for those of
    cases. sensitive: whether a person must have proven who he is in the last quarter of an hour. composes: fields of
    the message from what was said to ``Situation.asks``, by the names of those fields; a fault whose pointer names one
    of them, or its group, stands there. seen: fields of the message whose values the form bears as its page had them,
    each with its name in ``Situation.known``: what its sender read, whatever stands there by now. leads: to which page
    an answer of this type and body leads; empty for the one where the form stood.
    """

    operation: str
    title: str
    entries: tuple[Entry, ...]
    fixed: Mapping[str, str]
    faults: Callable[[str, bytes], tuple[Fault, ...]]
    path: str = ""
    sensitive: bool = False
    composes: Callable[[Mapping[str, str]], Mapping[str, object]] | None = None
    leads: Callable[[str, bytes], str] = lambda _type, _body: ""
    seen: Mapping[str, str] = MappingProxyType({})
    tasks: frozenset[tuple[str, str]] = frozenset()
    ends: frozenset[tuple[str, str]] = frozenset()
    states: frozenset[str] = frozenset()

    def placed(self, operation: Operation) -> Act:
        """This act, open where its operation is (``model.possible``). Raises DeclarationFault for one that nothing says
        of where it is open."""
        if not (self.tasks or operation.ends or operation.open_in):
            raise DeclarationFault(
                f"Nothing says where the act {self.name} is open.",
                remedy="Let its operation say it (ends=, open_in=), or the act (tasks=).",
            )
        return replace(self, ends=frozenset(operation.ends), states=frozenset(map(str, operation.open_in)))

    def stands_at(self, tasks: AbstractSet[tuple[str, str]], state: str = "") -> bool:
        """Whether the form is offered where these tasks wait, of a case in this state."""
        declared = bool(self.ends or self.states)
        open_here = bool(self.ends & tasks) or state in self.states if declared else True
        return open_here and (not self.tasks or bool(self.tasks & tasks))

    @property
    def name(self) -> str:
        """Its name in addresses: that of its operation."""
        return self.operation.rpartition(".")[2].replace("_", "-")


@dataclass(frozen=True, slots=True)
class Listed:
    """A task in a list. case, reference: as which its case is asked for and known. tasks: those of ``Act.tasks`` that
    stand for it, for whoever asked. risk: why risk analysis chose it; empty where it did not."""

    case: str
    reference: str
    title: str
    office: str
    tasks: frozenset[tuple[str, str]]
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """A page over one query. ``tab``: its place in the menu of a shell, in English; empty for none.

    situation: what can be done from it; None for a screen from which nothing is done. searches: whether the words of
    the search box lead to it, as ``q``. explains: whether it is the page of elements of the architecture, at
    ``{kind}/{name}``. place: in the menu; the same for several, and they stand by their applications. asks: whether it
    is a form that asks: it is shown with no answer where nothing is asked yet, and where nothing is found. file_of: the
    kind of case of which it shows more, by its ``{reference}``, and what a link to it is called, in English. filters:
    the names in the query by which a list is asked, and with which it can be kept; empty for what is no list. file:
    name and content of the file that the answer holds, for who asks for that (``format=file``); raises NotFound.
    stated: whether it is asked again with a statement of UUM&DS on who asks, about what its first answer ``asks``.
    """

    operation: str
    path: str
    view: Callable[[Any, Given], Page]
    tab: str
    question: Callable[[Given], Mapping[str, object]]
    situation: Callable[[Any, Given], Situation] | None = None
    searches: bool = False
    explains: bool = False
    place: int = 1
    asks: bool = False
    file_of: tuple[str, str] = ("", "")
    listed: Callable[[Any], tuple[Listed, ...]] | None = None
    filters: tuple[str, ...] = ()
    file: Callable[[Any], tuple[str, bytes]] | None = None
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Checks:
    """The pages on which everybody checks what the Union publishes, each with its address."""

    pages: tuple[tuple[str, str], ...]

    def links(self, given: Given, here: str) -> tuple[Link, ...]:
        """The ways to the others."""
        return tuple(Link(given.words.model(title), path, "btn second") for title, path in self.pages
                     if path != here and given.opens(path))  # fmt: skip


CHECKS: Final = Checks((
    ("EORI numbers", "/checks/eori"), ("VAT number", "/checks/vat"), ("Customs office", "/checks/office"),
    ("Authorised economic operators", "/checks/operators"), ("Registered exporter", "/checks/exporter"),
    ("Binding tariff information", "/checks/rulings"),
))  # fmt: skip


def path_of(template: str, id: str) -> str:
    """The page of an element. A sign that parts of an address would be parted by is written as in JSON pointers."""
    kind, _, name = id.partition(":")
    return template.format(kind=kind, name=quote(name.replace("~", "~0").replace("/", "~1"), safe="~"))
