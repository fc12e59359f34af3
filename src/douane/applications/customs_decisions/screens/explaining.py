"""Types of decision among the elements of the architecture: what the law says of each, and where it stands here."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from douane.applications.customs_decisions.messages.explaining import DependencyOfType, ElementOfType, TypeExplained
from douane.applications.customs_decisions.messages.showing import TypesShown
from douane.author.pages import (
    Block,
    Bullets,
    Card,
    Column,
    Details,
    Facts,
    Given,
    Inline,
    Link,
    Page,
    Ref,
    Row,
    Screen,
    Small,
    Table,
    Tag,
    Text,
    Tone,
    Words,
    titled,
)

HOME: Final = "/explore/decisions"
PAGE: Final = f"{HOME}/{{type}}"
_HERE: Final = (
    ("operation:customs_decisions.lodge", "Apply"), ("type:DecisionApplication", "Application"),
    ("operation:customs_decisions.requirements", "What an application consists of"),
    ("element:customs_decisions.DecisionApplication.elements", "Data elements"),
    ("process:customs_decisions.deciding", "Decision on an application"),
    ("process:customs_decisions.managing", "Acts on a decision"),
    ("process:customs_decisions.consulting", "Consultation"), ("service:customs_decisions", "Customs decisions"),
)  # fmt: skip
"""Elements of the architecture that serve every type, each with what it is called."""
_TONES: Final = {"A": Tone.RUN, "B": Tone.WAIT, "C": Tone.WAIT}


def listed(answer: TypesShown, given: Given) -> Page:
    """Every type of decision."""
    words = given.words
    names = (words.plain("Type"), words.plain("Decision"), words.plain("Article"))
    rows = tuple(
        Row((Ref(each.type, PAGE.format(type=each.type)), words.model(titled(each.title)), _law(each.legal, given)))
        for each in answer.types
    )
    table = Table(words.plain("Types of decision"), tuple(map(Column, names)), rows)
    lead = words.say("Every type is declared data: one procedure decides on all of them.")
    count = str(len(answer.types))
    return Page(words.plain("Types of decision"), (Card("types", words.plain("By type"), (table,), count),), state=lead,
                crumbs=_crumbs(words))  # fmt: skip


def explained(answer: TypeExplained, given: Given) -> Page:
    """A type with everything that is declared of it."""
    words = given.words
    blocks: list[Block] = [
        Card("law", words.plain("What the law says"), (_facts(answer, given),)),
        Card("criteria", words.plain("Criteria and conditions"), (_criteria(answer, given),)),
        Card("limits", words.plain("Time limits"), (_limits(answer, given),), str(len(answer.limits))),
        Card("asked", words.plain("Consultation of other authorities"), (_consulted(answer, given),)),
        Card("rests", words.plain("What it rests on, and what rests on it"), _dependencies(answer, given)),
        Card("elements", words.plain("Data elements"), _elements(answer, given), str(len(answer.elements))),
        Card("here", words.plain("Where it stands here"), (Bullets(tuple(_here(given))),)),
    ]  # fmt: skip
    crumbs = (*_crumbs(words), Link(words.plain("Types of decision"), HOME))
    return Page(str(answer.type), tuple(blocks), Ref(str(answer.type)), state=words.model(titled(answer.title)),
                crumbs=crumbs)  # fmt: skip


def _crumbs(words: Words) -> tuple[Link, ...]:
    return (Link(words.model("Reference Architecture"), "/explore"),)


def _law(article: str, given: Given) -> Inline:
    """An article as a way to everything that rests on it."""
    return Link(article, f"/explore/find?q={article.replace(' ', '+')}") if given.explained_at else article


def _facts(answer: TypeExplained, given: Given) -> Facts:
    words = given.words
    heard = words.model(answer.no_hearing) if answer.no_hearing else words.plain("before every adverse act")
    items: tuple[tuple[str, Inline], ...] = (
        (words.plain("Legal basis"), _law(answer.legal, given)),
        (words.plain("Who decides"), (words.model(answer.competent), Small(_law(answer.competent_by, given)))),
        (words.plain("Where it holds"), words.model(answer.holds_in)),
        (words.plain("How long it is valid"), words.model(answer.validity)),
        (words.plain("Acts on it"), Markup(", ").join(words.model(each) for each in answer.acts)),
        (words.plain("The person is heard"), heard),
        (words.plain("Register that answers"), words.model(answer.register)),
        (words.plain("Monitoring"), words.model(answer.monitoring)),
    )  # fmt: skip
    return Facts(items)


def _criteria(answer: TypeExplained, given: Given) -> Block:
    if not answer.criteria:
        return Text(given.words.say("No criteria of an authorisation: the decision says what the law is."))
    return Bullets(tuple(given.words.model(each) for each in answer.criteria))


def _limits(answer: TypeExplained, given: Given) -> Table:
    words = given.words
    names = (words.plain("Time limit"), words.plain("Length"), words.plain("Article"), words.plain("Silence"))
    rows = tuple(
        Row(((Ref(each.limit, given.why(f"limit:{each.limit}")), Small(words.model(each.text))),
             words.model(each.length), _law(each.article, given), words.model(each.silence)))
        for each in answer.limits
    )  # fmt: skip
    return Table(words.plain("Time limits"), tuple(map(Column, names)), rows)


def _consulted(answer: TypeExplained, given: Given) -> Block:
    words = given.words
    if not answer.consulted:
        return Text(words.say("Other authorities are not asked."))
    names = (words.plain("About what"), words.plain("Within"), words.plain("Silence"), words.plain("Article"))
    rows = tuple(
        Row((words.model(each.kind),
             words.plain("%(days)s days", days=each.days) if each.days else words.plain("as the authority sets"),
             words.model(each.silence), _law(each.article, given)))
        for each in answer.consulted
    )  # fmt: skip
    return Table(words.plain("Consultation of other authorities"), tuple(map(Column, names)), rows)


def _dependencies(answer: TypeExplained, given: Given) -> tuple[Block, ...]:
    words, blocks = given.words, list[Block]()
    for title, found in ((words.plain("It rests on"), answer.rests_on),
                         (words.plain("What rests on it"), answer.relied_on)):  # fmt: skip
        if found:
            names = (title, words.plain("When that is lost"), words.plain("Article"))
            rows = tuple(Row((_types(each), _effect(each, words), _law(each.article, given))) for each in found)
            blocks.append(Table(title, tuple(map(Column, names)), rows))
    return tuple(blocks) or (Text(words.say("It rests on no other decision, and none on it.")),)


def _types(each: DependencyOfType) -> Inline:
    return tuple(Ref(type, PAGE.format(type=type)) for type in each.types)


def _effect(each: DependencyOfType, words: Words) -> Inline:
    said = words.model(each.effect)
    return (said, Small(words.plain("derived"))) if each.derived else said


def _elements(answer: TypeExplained, given: Given) -> tuple[Block, ...]:
    """A table for each group of elements; the first stands open."""
    words = given.words
    key = Text(words.say("A is demanded, B where a Member State demands it, C is the applicant's choice. A number in "
                         "brackets is a footnote of Annex A; it says when."))  # fmt: skip
    groups = dict[str, list[ElementOfType]]()
    for each in answer.elements:
        groups.setdefault(each.element[:2], []).append(each)
    parts = tuple(
        Details(words.plain("Group %(number)s: %(count)s elements", number=number, count=len(found)),
                (_table(number, found, given),), open=at == 0)
        for at, (number, found) in enumerate(groups.items())
    )  # fmt: skip
    return (key, *parts)


def _table(group: str, found: list[ElementOfType], given: Given) -> Table:
    words = given.words
    names = (words.plain("Data element"), words.plain("Status"), words.plain("Format"), words.plain("At most"),
             words.plain("When"))  # fmt: skip
    rows = tuple(
        Row(((Ref(each.element), Small(words.model(each.name))), _status(each, words), _format(each, words),
             str(each.most), _when(each, words)))
        for each in found
    )  # fmt: skip
    return Table(words.plain("Data elements of group %(number)s", number=group), tuple(map(Column, names)), rows,
                 dense=True)  # fmt: skip


def _status(each: ElementOfType, words: Words) -> Inline:
    notes = "".join(f"[{number}]" for number in each.footnotes)
    return (Tag(f"{each.status}{notes}", _TONES[each.status]), Small(words.model(each.use)))


def _format(each: ElementOfType, words: Words) -> Inline:
    return (each.format or "–", Small(words.model(each.code_list))) if each.code_list else each.format or "–"


def _when(each: ElementOfType, words: Words) -> Inline:
    return Markup("; ").join(words.model(said) for said in each.conditions)


def _here(given: Given) -> list[Inline]:
    words = given.words
    return [Link(words.model(title), given.why(id)) for id, title in _HERE if given.explained_at]


SCREENS: Final = (
    Screen("customs_decisions.types", HOME, listed, "Types of decision", lambda _: {}, place=9),
    Screen("customs_decisions.explain", PAGE, explained, "", lambda given: {"type": given.path["type"]}),
)  # fmt: skip
"""The pages of types in the explorer."""
