"""What a page is made of: frozen values that say what is shown, never how.

An application's ``screens`` and the shells of the portal build pages of these; ``drawing`` turns them into HTML. Texts
are escaped when they are drawn, unless they are ``Markup`` that came from ``Words`` or from a picture of ours.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from markupsafe import Markup


class Tone(enum.Enum):
    """What a state means to its reader; always with a word."""

    WAIT = ""
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class Tag:
    """A state: one or two words."""

    word: str
    tone: Tone = Tone.WAIT
    big: bool = False
    category: str = ""
    """Of what kind a thing is (own, central, ...), where it tells that and no state."""


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference: an MRN, an EORI, an office. ``href``: where it leads."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link. ``button``: how it looks where it is an act: ``btn``, ``btn second``."""

    text: str
    href: str
    button: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class Small:
    """A second line under what it explains."""

    text: Inline


@dataclass(frozen=True, slots=True)
class Time:
    """An instant: what is shown, and its form for programs."""

    shown: str
    iso: str


Inline: TypeAlias = "str | Tag | Ref | Link | Small | Time | tuple[Inline, ...]"
"""What stands in a line: a text (escaped; ``Markup`` as it is), a value above, or several after each other."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: Inline
    look: str = ""
    kind: str = field(default="text", init=False)


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of sentences; ``numbered`` where their order matters."""

    items: tuple[Inline, ...]
    numbered: bool = False
    kind: str = field(default="bullets", init=False)


@dataclass(frozen=True, slots=True)
class Note:
    """What must not be overlooked."""

    title: str
    text: Inline
    tone: Tone = Tone.RUN
    kind: str = field(default="note", init=False)


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing is there yet: what to do about it."""

    text: Inline
    act: Link | None = None
    kind: str = field(default="empty", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    title: str
    number: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row; its first cell is its heading. ``mark``: ``late`` or ``soon``."""

    cells: tuple[Inline, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes cards on a phone; a ``wide`` one scrolls sideways instead, its first column stays.

    following: where the next page begins.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    dense: bool = False
    following: Link | None = None
    wide: bool = False
    kind: str = field(default="table", init=False)


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values."""

    items: tuple[tuple[str, Inline], ...]
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way. ``state``: empty (done), ``now``, ``next``, ``off``."""

    at: Inline
    what: Inline
    how: Inline = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """A way in its order of time."""

    items: tuple[Step, ...]
    kind: str = field(default="steps", init=False)


@dataclass(frozen=True, slots=True)
class Hop:
    """A place on a way. ``href``: empty for where one is. ``by``: what leads to it from the place before."""

    text: str
    href: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Hops:
    """A way from place to place; every step says by what it is taken."""

    items: tuple[Hop, ...]
    kind: str = field(default="hops", init=False)


@dataclass(frozen=True, slots=True)
class Chips:
    """Ways to narrow a list down, each with whether it is chosen."""

    items: tuple[tuple[Link, bool], ...]
    kind: str = field(default="chips", init=False)


@dataclass(frozen=True, slots=True)
class Rows:
    """Things with a second line and perhaps a state."""

    items: tuple[tuple[Inline, Inline], ...]
    kind: str = field(default="rows", init=False)


@dataclass(frozen=True, slots=True)
class Details:
    """What is shown when it is asked for."""

    summary: str
    blocks: tuple[Block, ...]
    open: bool = False
    kind: str = field(default="details", init=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: our own SVG, what it is called, and the same facts in words after it."""

    svg: Markup
    label: str
    twin: tuple[Block, ...]
    twin_title: str
    caption: str = ""
    kind: str = field(default="figure", init=False)


@dataclass(frozen=True, slots=True)
class Option:
    """One of several values."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form, with what its sender gave and what is wrong with it."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    fault: str = ""
    law: str = ""
    short: bool = False
    rows: int = 0
    """Lines of a text of several lines; 0 for one line."""
    options: tuple[Option, ...] = ()
    type: str = "text"
    proposals: tuple[Option, ...] = ()
    """Values that a browser proposes while one types; others may be given too."""


@dataclass(frozen=True, slots=True)
class Button:
    """What sends a form: a verb and a thing. ``look``: ``btn``, ``btn second``, ``btn danger``."""

    text: str
    name: str = ""
    value: str = ""
    look: str = "btn"
    note: str = ""
    circle: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields of a form that belong together, under a heading. acts: what is done with the group; adds: what can be
    added to it; faults: what is wrong with the whole of it."""

    title: str
    fields: tuple[Field, ...]
    acts: tuple[Button, ...] = ()
    adds: tuple[Button, ...] = ()
    name: str = ""
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Fields of a form in rows: what stands before each, and the same columns in all. Each cell is known by its row and
    column to whoever does not see the table. A field of type ``checkbox`` is ticked where it has a value.
    first: the heading of what stands before."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Inline, tuple[Field, ...]], ...]
    first: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form; its faults stand above it in a summary that takes the focus. The token comes from the frame.

    problems: what is wrong with the whole of it. mark: ends the ids of its fields, where an earlier form of the page
    may have fields of the same names. saves: where scripts send it while it is filled in; empty for nowhere. turn: how
    often it was saved, which each save changes. upload: of a form that brings a file, what a script says where the
    connection is lost meanwhile; empty for any other form.
    """

    action: str
    buttons: tuple[Button, ...]
    fields: tuple[Field, ...] = ()
    hidden: Mapping[str, str] = field(default_factory=dict)
    doors: bool = False
    """Whether its buttons stand as large doors."""
    title: str = ""
    method: str = "post"
    problems: tuple[str, ...] = ()
    mark: str = ""
    groups: tuple[Group, ...] = ()
    saves: str = ""
    turn: int = 0
    sheet: Sheet | None = None
    upload: str = ""
    kind: str = field(default="form", init=False)

    @property
    def faults(self) -> tuple[Field, ...]:
        """The fields that something is wrong with."""
        inner = (each for group in self.groups for each in group.fields)
        cells = (each for _, row in (self.sheet.rows if self.sheet is not None else ()) for each in row)
        return tuple(each for each in (*self.fields, *inner, *cells) if each.fault)


@dataclass(frozen=True, slots=True)
class Work:
    """A task of a list of tasks: what is to be filled in, what is in it, and whether it is complete."""

    what: Inline
    note: str
    state: Inline


@dataclass(frozen=True, slots=True)
class Tasks:
    """What is to be done, in the order in which it is best done."""

    items: tuple[Work, ...]
    kind: str = field(default="tasks", init=False)


@dataclass(frozen=True, slots=True)
class Card:
    """A section with a heading. ``name``: unique on its page."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    aside: Inline = ""
    kind: str = field(default="card", init=False)


@dataclass(frozen=True, slots=True)
class Columns:
    """Two columns: ``half``, or ``cols`` with a narrow second one."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    look: str = "half"
    kind: str = field(default="columns", init=False)


@dataclass(frozen=True, slots=True)
class Live:
    """A part that is fetched anew where scripts run. ``name``: unique; ``url``: of the part alone. when: every two
    seconds, once (``load``), or not again (empty)."""

    name: str
    url: str
    blocks: tuple[Block, ...]
    when: str = "every 2s"
    kind: str = field(default="live", init=False)


@dataclass(frozen=True, slots=True)
class Prose:
    """Running text in English that ``douane.pages.prose`` made; what else is HTML does not belong here."""

    html: Markup
    kind: str = field(default="prose", init=False)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A text as it stands, line by line: the content of a message."""

    text: str
    kind: str = field(default="verbatim", init=False)


Block: TypeAlias = (
    "Text | Bullets | Note | Empty | Table | Facts | Steps | Hops | Chips | Rows | Details | Figure | Form | Tasks | "
    "Card | Columns | Live | Prose | Verbatim"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page without its frame. keeps: the beginning of addresses, and the query that links below it carry on.

    scripts: assets that this page alone loads, by name.
    """

    title: str
    blocks: tuple[Block, ...]
    heading: Inline = ""
    kicker: str = ""
    state: Inline = ""
    acts: tuple[Link, ...] = ()
    crumbs: tuple[Link, ...] = ()
    faulty: bool = False
    keeps: tuple[str, str] = ("", "")
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tab:
    """An entry of a shell's menu. told: where scripts ask, now and then, what is new there; empty for nowhere."""

    text: str
    href: str
    current: bool = False
    told: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page: where one is, as whom, at which time, and the way out.

    account: where a person changes for whom he acts; empty for who has no account. ends: when the session ends
    without use; empty for nobody's. token: of the forms of this session. find: where the search box leads; empty
    for none. json, csv: this page as JSON, and the lists in it. leaves: whether there is a session to be left, also
    where nobody stands behind it any more.
    """

    place: str
    home: str
    path: str
    clock: str = ""
    rate: str = ""
    tabs: tuple[Tab, ...] = ()
    persona: str = ""
    acting_for: str = ""
    circle: str = ""
    circle_title: str = ""
    development: bool = False
    token: str = ""
    start: str = ""
    find: str = ""
    find_hint: str = ""
    json: str = ""
    csv: str = ""
    account: str = ""
    ends: str = ""
    version: str = ""
    model: str = ""
    leaves: bool = False
