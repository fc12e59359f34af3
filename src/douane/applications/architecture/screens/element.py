"""An element of the architecture: what it is, why it is there, and everything that it is connected to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from douane.applications.architecture.messages import ElementShown, Neighbours, StepOfProcess
from douane.applications.architecture.screens.dating import as_of, told_on
from douane.applications.architecture.screens.levels import level_picture
from douane.applications.architecture.screens.lists import crumbs
from douane.applications.architecture.screens.naming import (
    HOME,
    PAGE,
    address,
    id_of,
    kind_title,
    linked,
    sentence,
    state_of,
)
from douane.applications.architecture.screens.running import nodes_card
from douane.applications.architecture.screens.using import use_card, use_cells, use_columns
from douane.author.pages import (
    Block,
    Card,
    Column,
    Columns,
    Details,
    Empty,
    Facts,
    Given,
    Hop,
    Hops,
    Inline,
    Link,
    Page,
    Ref,
    Row,
    Rows,
    Screen,
    Small,
    Table,
    Tag,
    Text,
    Tone,
    Words,
)
from douane.pages.manual import manual
from douane.pages.pictures.process import process

_FACTS: Final = {
    "kind": "Kind", "owner": "Owner", "level": "Level", "since": "Since version", "case": "Case", "roles": "Roles",
    "applies": "Applies", "format": "Format", "code list": "Code list", "definition": "Definition", "name": "Name",
    "article": "Article", "length": "Length", "start": "Begins with", "place": "Place", "moved by": "Moved by",
    "silence": "Else", "extensions": "Extensions", "suspensions": "Suspensions", "used": "Counted by",
    "source": "Source", "module": "Declared in", "file": "File", "hash": "Hash", "version": "Version",
    "address": "Address", "administration": "Administration", "due": "Due", "role": "Who does it", "planned": "Planned",
    "administrations": "Administrations", "systems": "Systems", "caller": "Who will call it",
    "senders": "Who may send it",
    "codes": "Codes on this day", "confidential": "Confidential", "meanings": "Meanings",
}  # fmt: skip
_FIXED: Final = frozenset({"module", "file", "hash", "used", "address", "format", "article", "code list"})
"""Facts that are written as they stand, in letters of one width."""


def shown(answer: ElementShown, given: Given) -> Page:
    """The page of an element, or a further page of its neighbours by one edge."""
    words, line = given.words, answer.line
    title = words.model(line.name)
    if given.query.get("edge"):
        groups = tuple(_group(each, number, answer, words) for number, each in enumerate(answer.neighbours))
        page = Page(title, groups, kicker=kind_title(line.kind, words), crumbs=crumbs(words, line.kind))
        return as_of(page, given, address(line.id))
    blocks = [*_way(answer, words), *_picture(answer, given)]
    main, side = _groups(answer, words)
    facts = Card("facts", words.plain("What is declared"), (_facts(answer, words),))
    used = [use_card(answer.in_use, words, line.kind)] if answer.in_use is not None else []
    used += [nodes_card(answer.nodes, words)] if answer.nodes is not None else []
    blocks.append(Columns(main, (facts, *used, *_outcomes(answer, words), *side), "cols"))
    state = state_of(line, words), " ", words.model(line.title) if line.title != line.name else ""
    acts = (Link(words.plain("What breaks if this changes?"), f"{address(line.id)}/impact", "btn"),)
    page = Page(title, tuple(blocks), title, kind_title(line.kind, words), state, acts, crumbs(words, line.kind))
    return as_of(page, given, address(line.id))


def _way(answer: ElementShown, words: Words) -> Iterator[Block]:
    if len(answer.way) < 2:
        return
    items = tuple(
        Hop(Markup("{}: {}").format(kind_title(each.line.kind, words), words.plain(each.line.name)),
            "" if each.line.id == answer.line.id else address(each.line.id), words.model(each.words))
        for each in answer.way
    )  # fmt: skip
    yield Card("way", words.plain("From goal to datum"), (Hops(items),), words.plain("one way of several"))


def _picture(answer: ElementShown, given: Given) -> Iterator[Block]:
    """The procedure of a process, or the tasks of a level with the operations behind them."""
    words, line = given.words, answer.line
    if line.kind == "process":
        known = given.procedure(line.name.rpartition(".")[2])
        if known is not None:
            picture = process(known.source, known.definition, (), (), words)
            yield Card("picture", words.plain("The procedure"), (picture,))
        if answer.steps:
            title = words.plain("Steps, and the operation behind each")
            yield Card("steps", title, (_steps(answer.steps, words.plain("Step"), title, words),))
    elif answer.steps:
        title = words.plain("Tasks, and the operations behind each")
        table = _steps(answer.steps, words.plain("Task"), title, words)
        yield Card("picture", title, (table, level_picture(answer, words)))


def _steps(steps: tuple[StepOfProcess, ...], first: str, title: str, words: Words) -> Table:
    columns = [Column(first), Column(words.plain("Operations"))]
    levels = len({each.within.id for each in steps if each.within}) > 1
    columns += [Column(words.plain("Process level"))] if levels else []
    rows = []
    for each in steps:
        behind = tuple((linked(operation, words), " ") for operation in each.operations)
        within = (linked(each.within, words),) if levels and each.within else ()
        rows.append(Row((linked(each.step, words), behind or words.say("none"), *within)))
    return Table(title, tuple(columns), tuple(rows), dense=True)


def _facts(answer: ElementShown, words: Words) -> Facts:
    items: list[tuple[str, Inline]] = []
    for each in answer.facts:
        value = Ref(each.value) if each.name in _FIXED else words.reason(each.value)
        items.append((words.model(_FACTS.get(each.name, each.name)), value))
    told = manual().place_of(answer.line.kind, answer.line.name)
    if told:
        items.append((words.plain("Documentation"), Link(words.plain("where it is explained"), told)))
    return Facts((*items, (words.plain("Id"), Ref(answer.line.id)), (words.plain("Model"), Ref(answer.model[:12]))))


def _outcomes(answer: ElementShown, words: Words) -> Iterator[Card]:
    """What the tests said of this build."""
    if answer.outcomes:
        rows = tuple(
            (
                linked(each.test, words),
                Tag(words.model(_SAID.get(each.outcome, each.outcome)), _TONES.get(each.outcome, Tone.WAIT)),
            )
            for each in answer.outcomes
        )
        yield Card("outcomes", words.plain("Tests on this build"), (Rows(rows),))


_SAID: Final = {"passed": "test passed", "failed": "test failed"}
_TONES: Final = {"passed": Tone.GOOD, "failed": Tone.BAD}


def _groups(answer: ElementShown, words: Words) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Long lists in the wide column, those of one or two beside it."""
    wide: list[Block] = []
    narrow: list[Block] = []
    for number, each in enumerate(answer.neighbours):
        (wide if each.count > _FEW else narrow).append(_group(each, number, answer, words))
    if not answer.neighbours:
        wide.append(
            Empty(
                words.say("Nothing else that you may see is connected to it."),
                Link(words.plain("Search everything"), HOME),
            )
        )
    return tuple(wide or narrow), tuple(narrow if wide else ())


_FEW: Final = 2
"""So many stand beside the wide column."""
_MANY: Final = 30
"""More than so many are shown when they are asked for."""
_APART: Final = 100
"""More rules of one service than so many have a page of their own: they would be most of this one, and each is on the
pages of what it checks."""


def _broken(place: str) -> Markup:
    """A place in the source that may break where its parts meet, and not within a word."""
    return Markup("<wbr>").join(re.split(r"(?<=[.:/#])(?=\w)", place))


def _group(each: Neighbours, number: int, answer: ElementShown, words: Words) -> Card:
    """The elements at the other end of one edge, under what that edge says."""
    title = sentence(words.plain(each.words))
    if each.through:
        title = f"{title} → {words.plain(each.through)}"
    kinds = {member.line.kind for member in each.members}
    mixed, proven = len(kinds) > 1, any(_short(member.proof) for member in each.members) and each.count > _FEW
    columns = [Column(kind_title(min(kinds), words) if len(kinds) == 1 else words.plain("Element"))]
    columns += [Column(words.plain("Kind"))] if mixed else []
    columns += [Column(words.plain("Seen in"))] if proven else []
    counted = any(member.used is not None for member in each.members)
    columns += use_columns(words) if counted else []
    rows = tuple(
        Row((linked(member.line, words), *((kind_title(member.line.kind, words),) if mixed else ()),
             *((Small(Ref(_broken(_short(member.proof)))),) if proven else ()),
             *(use_cells(member.used, words) if counted else ())))
        for member in each.members
    )  # fmt: skip
    more = None
    query = {"edge": each.edge, **({"backward": "yes"} if each.backward else {})}
    if each.after:
        following = urlencode({**query, "after": each.after})
        more = Link(words.plain("Next page"), f"{address(answer.line.id)}?{following}")
    shown: Block = Table(title, tuple(columns), rows, dense=True, following=more)
    if each.count > _MANY and len(answer.neighbours) > 1:
        everything = words.plain("Show all of them")
        apart = each.count > _APART and each.edge == "belongs"
        fetched = Text((Link(everything, f"{address(answer.line.id)}?{urlencode(query)}"),))
        shown = fetched if apart else Details(everything, (shown,))
    return Card(f"edge-{number}", title, (shown,), str(each.count) if each.count > 1 else "")


def _short(proof: str) -> str:
    if proof.startswith("declaration of "):  # it says no more than the connection itself
        return ""
    return proof.removeprefix("douane.applications.").removeprefix("douane.").removeprefix("src/douane/")


def _question(given: Given) -> Mapping[str, object]:
    query = given.query
    return {
        "id": id_of(given.path["kind"], given.path["name"])[:300], "edge": query.get("edge", "")[:20],
        "backward": query.get("backward") == "yes", "after": query.get("after", "")[:20], **told_on(given),
    }  # fmt: skip


SCREENS: Final = (Screen("architecture.show", PAGE, shown, "", _question, explains=True),)
"""The page of every element."""
