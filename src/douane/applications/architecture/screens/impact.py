"""What a change of an element touches: the list first and complete; tests, roles, cases and levels; a graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from douane.applications.architecture.messages import Change, ImpactShown, RunningCases, TouchedElement
from douane.applications.architecture.screens.dating import as_of, told_on
from douane.applications.architecture.screens.folding import drawn
from douane.applications.architecture.screens.lists import crumbs
from douane.applications.architecture.screens.naming import (
    PAGE,
    address,
    id_of,
    kind_title,
    linked,
    named,
)
from douane.applications.architecture.screens.using import name_of, times
from douane.author.pages import (
    Block,
    Bullets,
    Button,
    Card,
    Column,
    Columns,
    Details,
    Empty,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Note,
    Option,
    Page,
    Row,
    Rows,
    Screen,
    Table,
    Text,
    Tone,
    Words,
)

CHANGES: Final = {
    Change.CHANGED: "becomes another", Change.RETIRED: "is retired", Change.MANDATORY: "becomes mandatory",
    Change.LENGTH: "gets another length",
}  # fmt: skip
_NAMES: Final = 40
"""Tests that are named at once."""
_TITLED: Final = 250
"""Elements of one list at most that are told with their titles; of more, each is told on its own page."""


def shown(answer: ImpactShown, given: Given) -> Page:
    """The consequences of one change."""
    words, line = given.words, answer.line
    name = words.plain(line.name)
    title = words.plain("What breaks if %(name)s changes?", name=name)
    back = (*crumbs(words, line.kind), Link(name, address(line.id)))
    if given.query.get("rests") == "yes":
        page = Page(words.plain("What it rests on"), (_rests(answer, words),), kicker=name, crumbs=back)
        return as_of(page, given, f"{address(line.id)}/impact")
    blocks: list[Block] = [*_form(answer, words), _summary(answer, words)]
    listed: Block = Empty(words.say("Nothing that you may see must change with it."))
    if answer.touched:
        listed = _table(answer.touched, words.plain("Everything that is touched"), words)
    main = [Card("touched", words.plain("Everything that is touched"), (listed,), _graph_link(answer, given))]
    if answer.rests_on:
        query = urlencode({"what": answer.what.value, "rests": "yes"})
        more = Text((Link(words.plain("Show all of them"), f"{address(line.id)}/impact?{query}"),))
        main.append(Card("rests", words.plain("What it rests on"), (more,), str(answer.rests_on_count)))
    blocks.append(Columns(tuple(main), tuple(_side(answer, words)), "cols"))
    if given.query.get("graph") == "yes" and answer.touched:
        blocks.append(Card("graph", words.plain("The same as a graph"), (drawn(answer, words),)))
    page = Page(title, tuple(blocks), title, kind_title(line.kind, words), words.model(line.title), (), back)
    return as_of(page, given, f"{address(line.id)}/impact")


def _rests(answer: ImpactShown, words: Words) -> Card:
    """What it rests on, the nearest: a page of its own, which is asked for."""
    title, left = words.plain("What it rests on"), answer.rests_on_count - len(answer.rests_on)
    told = (Text(words.say("%(number)s further away are not listed here.", number=left)),) if left else ()
    return Card("rests", title, (_table(answer.rests_on, title, words), *told), str(answer.rests_on_count))


def _form(answer: ImpactShown, words: Words) -> Iterator[Form]:
    """The question anew, where more than one change is possible."""
    if len(answer.changes) > 1:
        options = tuple(Option(each.value, words.plain(CHANGES[each])) for each in answer.changes)
        field = Field("what", words.plain("What if it"), answer.what.value, options=options)
        button = Button(words.plain("Work it out"), look="btn second")
        yield Form(f"{address(answer.line.id)}/impact", (button,), (field,), method="get")


def _summary(answer: ImpactShown, words: Words) -> Note:
    elements = words.count("%(number)s element is touched.", "%(number)s elements are touched.", len(answer.touched))
    tests = words.count("%(number)s test is to be run again.", "%(number)s tests are to be run again.",
                        len(answer.tests))  # fmt: skip
    told: tuple[Inline, ...] = (elements, " ", tests)
    if answer.running is not None:
        running = sum(each.count for each in answer.running)
        told += (" ", words.count("%(number)s case runs by it.", "%(number)s cases run by it.", running))
    return Note("", told, Tone.WARN if answer.touched else Tone.GOOD)


def _table(steps: tuple[TouchedElement, ...], title: str, words: Words) -> Table:
    names = (words.plain("Element"), words.plain("Kind"), words.plain("Because"))
    columns = (*(Column(each) for each in names), Column(words.plain("Steps"), number=True))
    rows = tuple(
        Row((linked(each.line, words) if len(steps) <= _TITLED else named(each.line, words),
             kind_title(each.line.kind, words),
             (Link(words.plain(each.source.name), address(each.source.id)), " ", words.model(each.words)),
             str(each.hops)))
        for each in steps
    )  # fmt: skip
    return Table(title, columns, rows, dense=True)


def _graph_link(answer: ImpactShown, given: Given) -> Inline:
    if not answer.touched:
        return ""
    if given.query.get("graph") == "yes":
        return str(len(answer.touched))
    query = urlencode({"what": answer.what.value, "graph": "yes"})
    return Link(given.words.plain("Draw it as a graph"), f"{address(answer.line.id)}/impact?{query}#h-graph")


def _side(answer: ImpactShown, words: Words) -> Iterator[Block]:
    counts = Counter(each.line.kind for each in answer.touched)
    if counts:
        items = tuple((kind_title(kind, words, several=n > 1), str(n)) for kind, n in counts.most_common())
        yield Card("counts", words.plain("By kind"), (Rows(items),))
    roles = tuple((linked(each.line, words), "") for each in answer.touched if each.line.kind == "actor")
    if roles:
        yield Card("warn", words.plain("Whom to warn"), (Rows(roles),))
    if answer.users:
        seen = tuple((name_of(each, words), times(each.used, words)) for each in answer.users)
        text = Text(words.say("They called what is touched, by what this node has counted."), "small")
        yield Card("users", words.plain("Who was seen there"), (Rows(seen), text))
    if answer.tests:
        names = tuple(linked(each, words) for each in answer.tests)
        many = Details(words.plain("Show all of them"), (Bullets(names),))
        block = Bullets(names) if len(names) <= _NAMES // 4 else many
        yield Card("tests", words.plain("Tests to rerun"), (block,), str(len(names)))
    if answer.levels:
        levels = tuple((linked(each.service, words), linked(each.level, words)) for each in answer.levels)
        yield Card("levels", words.plain("Levels endangered"), (Rows(levels),))
    if answer.running:
        cases = tuple((linked(each.process, words), _number(each, words)) for each in answer.running)
        text = Text(words.say("Of your administration; each goes on by the law and the rules of its own day."), "small")
        yield Card("running", words.plain("Running cases"), (Rows(cases), text))


def _number(each: RunningCases, words: Words) -> str:
    return words.plain("more than %(n)s", n=each.count) if each.more else str(each.count)


def _question(given: Given) -> Mapping[str, object]:
    what = given.query.get("what", "")
    known = {each.value for each in Change}
    return {
        "id": id_of(given.path["kind"], given.path["name"])[:300],
        "what": what if what in known else _usual(given.path["kind"]), "country": given.country,
        **told_on(given),
    }  # fmt: skip


def _usual(kind: str) -> str:
    return Change.LENGTH.value if kind == "limit" else Change.CHANGED.value


SCREENS: Final = (Screen("architecture.impact", f"{PAGE}/impact", shown, "", _question),)
"""What a change of every element touches."""
