"""The nodes that run: where, whose, of which version, with which services."""

from __future__ import annotations

from typing import Final

from douane.applications.architecture.messages import Missed, NodeFact, NodesAnswer, NodeShown
from douane.applications.architecture.screens.dating import of_now
from douane.applications.architecture.screens.lists import crumbs
from douane.applications.architecture.screens.naming import HOME, linked
from douane.applications.architecture.screens.using import moment
from douane.author.pages import (
    Block,
    Bullets,
    Card,
    Column,
    Details,
    Empty,
    Facts,
    Given,
    Inline,
    Link,
    Live,
    Note,
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

PATH: Final = f"{HOME}/nodes"
DETAILED: Final = 100
"""Nodes of which all services are named."""


def listed(answer: NodesAnswer, given: Given) -> Page:
    """All nodes that say that they are there; the list is fetched anew while it is looked at."""
    words, title = given.words, given.words.plain("Nodes that run")
    text = words.say("A node that falls silent stands above the list after %(seconds)s seconds, for a week.",
                     seconds=answer.gone_after)  # fmt: skip
    shown = _table(answer, words) if answer.nodes else Empty(words.say("No node has announced itself here."))
    missed = tuple(_missed(each, words) for each in answer.missed)
    inside = (*missed, shown, Text(text, "small"))
    card = Card("list", words.plain("By administration"), inside, str(len(answer.nodes)))
    blocks: list[Block] = [*of_now(given), Live("nodes", f"{PATH}?part=nodes", (card,))]
    for each in answer.nodes[:DETAILED]:
        summary = f"{each.administration} {each.instance}: {words.plain('Services')} {len(each.services)}"
        known: list[Block] = [Bullets(tuple(linked(line, words) for line in each.services))]
        if each.facts:
            known.append(Facts(tuple((words.model(one.name), _fact(each, one, words)) for one in each.facts)))
        blocks.append(Details(summary, tuple(known)))
    return Page(title, tuple(blocks), crumbs=crumbs(words))


def _missed(each: Missed, words: Words) -> Note:
    """An administration whose node is missed."""
    since = words.moment(int(each.seen.timestamp() * 1e6))  # a text: it stands in a sentence
    waiting = words.count("%(number)s message", "%(number)s messages", each.waiting)
    if each.sign == "announced":
        return Note(
            each.administration, words.say("Out of service, as it announced; last heard %(since)s.", since=since)
        )
    if each.waiting:
        said = words.say("Silent since %(since)s; %(messages)s wait for it.", since=since, messages=waiting)
        return Note(each.administration, said, Tone.BAD)
    said = words.say("No node of it has been heard since %(since)s; nothing waits for it.", since=since)
    return Note(each.administration, said, Tone.WARN)


def _table(answer: NodesAnswer, words: Words) -> Table:
    names = (words.plain("Node"), words.plain("Administration"), words.plain("Host"), words.plain("Version"),
             words.plain("Services"), words.plain("Runs since"), words.plain("Heard last"))  # fmt: skip
    rows = tuple(
        Row((Ref(each.instance), _whose(each, words), Ref(each.host), _version(each, words), str(len(each.services)),
             moment(each.since, words), moment(each.seen, words)))
        for each in answer.nodes
    )  # fmt: skip
    return Table(words.plain("Nodes that run"), tuple(map(Column, names)), rows, dense=True)


def _whose(each: NodeShown, words: Words) -> Inline:
    if not each.told_by:
        return each.administration
    return each.administration, Small(words.say("as %(administration)s tells", administration=each.told_by))


def _version(each: NodeShown, words: Words) -> Inline:
    """The version; where it declares other contracts than this node, or is made of something else than others of its
    administration, it says so."""
    found: Inline = each.version if each.alike else (each.version, " ", Tag(words.plain("other contracts"), Tone.WARN))
    if not each.drift:
        return found
    names = ", ".join(str(words.plain(name) if words.knows(name) else name) for name in each.drift)
    return found, " ", Tag(words.plain("differs in %(facts)s", facts=names), Tone.WARN)


def _fact(each: NodeShown, one: NodeFact, words: Words) -> Inline:
    """What a node is made of; one in which it differs from the others of its administration, says so."""
    value = Ref(one.value)
    return (value, " ", Tag(words.plain("differs"), Tone.WARN)) if one.name in each.drift else value


def nodes_card(nodes: tuple[NodeShown, ...], words: Words) -> Card:
    """The nodes that run a service."""
    rows = tuple(((each.instance, Small(each.host)), each.administration) for each in nodes)
    none = Empty(words.say("No node that is heard here runs it."), Link(words.plain("Nodes that run"), PATH))
    return Card("nodes", words.plain("Runs at"), (Rows(rows) if rows else none,))


SCREENS: Final = (Screen("architecture.nodes", PATH, listed, "", lambda _given: {}, place=0),)
"""The list of nodes."""
