"""Modules of the traders' portal: what an application lets its traders fill in and send, as data.

An application offers ``MODULE`` in its ``screens``. Which fields there are, what they are called, which codes they take
and which rules are on them is projected from the form of the message type; a module only says in which sections they
are asked, and what the portal fills in itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

CENTRAL: Final = "central"
"""Says of a country and a module that they are served by this portal, whatever else is known."""
Tree: TypeAlias = "dict[str, Value]"
"""A group of a message that is being filled in: by the tags of its items, every value as a text."""
Value: TypeAlias = "str | Tree | list[Tree]"


@dataclass(frozen=True, slots=True)
class Section:
    """What is asked on one page.

    paths: items and groups of the form, without a leading slash. each: a group that repeats, each of which has a page
    of its own. without: what is not asked here of the groups named. hint: what helps to fill it in, in English.
    columns: paths in each of these groups that are also filled in as a table, many groups at once; of a group inside
    that repeats the first one is meant.
    """

    name: str
    title: str
    paths: tuple[str, ...]
    each: str = ""
    without: tuple[str, ...] = ()
    hint: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sending:
    """What is known when something is sent. party: EORI of whose business it is. id: of the message, the same however
    often it is sent. at: when it was filled in (UTC). tree: what is filled in."""

    party: str
    id: str
    at: dt.datetime
    tree: Tree

    def value(self, path: str) -> str:
        """The value at a path, of groups that repeat in the first; empty where there is none."""
        found: Value = self.tree
        for step in path.split("/"):
            found = found.get(step, "") if isinstance(found, dict) else ""
            found = found[0] if isinstance(found, list) and found else found
        return found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known when a draft is begun. reference: a free one for the sender's own use. party: EORI of whose
    business it is. mrn, office, tasks: of the case that it is about, and where that waits; empty where it begins one.
    today: by the union's clock.
    """

    party: str
    reference: str
    today: dt.date
    mrn: str = ""
    office: str = ""
    tasks: frozenset[tuple[str, str]] = frozenset()


def _nothing(_beginning: Beginning) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Filing:
    """A message that a trader fills in and sends.

    operation: that takes it. title: what is done by it, in English. envelope: what the portal fills in when it is sent,
    by path. given: paths that nobody is asked for, those among them. begins: what stands there at first. own: the path
    of the sender's own reference, which is another one in each message that is sent. numbered: paths of items that
    count their group through the whole message; ``counted``: tags of those that count it where it stands. tasks: each
    (process, node) of a case at which it may be sent; empty for what begins a case. after: operations of whose last
    message in the case it takes over what stands at ``copies``, or everything; where that was not refused, without
    what ``forgets`` names. attributes: of the root element. first:
    groups of which there is one at first. called: its name in addresses, where that of its operation is another's too.
    """

    operation: str
    title: str
    sections: tuple[Section, ...]
    envelope: Callable[[Sending], Mapping[str, str]]
    given: tuple[str, ...]
    begins: Callable[[Beginning], Mapping[str, str]] = _nothing
    own: str = ""
    numbered: tuple[str, ...] = ()
    counted: tuple[str, ...] = ("sequenceNumber",)
    tasks: frozenset[tuple[str, str]] = frozenset()
    after: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    forgets: tuple[str, ...] = ()
    attributes: str = ""
    first: tuple[str, ...] = ()
    called: str = ""

    @property
    def name(self) -> str:
        """Its name in addresses: that of its operation, where it is not called otherwise."""
        return self.called or self.operation.rpartition(".")[2].replace("_", "-")

    def section(self, name: str) -> Section | None:
        """A section by its name."""
        return next((each for each in self.sections if each.name == name), None)


@dataclass(frozen=True, slots=True)
class Request:
    """A message by which a trader is asked for something. title: what he is to do, in English. answer: the operation
    that takes what he says to it. on_page: whether a form on the page of the case says it, and no filing does. states:
    of a case while it waits for that; those cases are looked at, which an index finds however many there are. Without
    any, the application finds by the type whom it asked."""

    type: str
    answer: str
    title: str
    on_page: bool = False
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A module that no release has yet. name: of its project. title: what it is for, in English. law: by which article
    it has to be there. path: of the page of the project; operation: that shows it to whom it is open."""

    name: str
    title: str
    law: str
    path: str
    operation: str


@dataclass(frozen=True, slots=True)
class Module:
    """What a domain brings to the portal. name: that of its application. title: of the domain, in English. words: what
    it says, by language and English text, where the catalogues of the portal do not know it.

    pages: what its traders look at beside what they fill in, each as (title in English, path). planned: what is to
    come. national: administrations whose traders use a portal of their own for it, as the source says; a setting of the
    node says otherwise, and at which address.
    """

    name: str
    title: str
    filings: tuple[Filing, ...] = ()
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    requests: tuple[Request, ...] = ()
    pages: tuple[tuple[str, str], ...] = ()
    planned: tuple[Planned, ...] = ()
    national: frozenset[str] = frozenset()
    source: str = ""

    def portal(self, country: str, known: Mapping[str, str]) -> str | None:
        """The address of the portal that traders of a country use for it: empty where it is one of their own whose
        address is not known, None for this portal. known: what the node was told, by ``COUNTRY.module``."""
        told = known.get(f"{country}.{self.name}", "")
        if told == CENTRAL:
            return None
        return told or ("" if country in self.national else None)
