"""Lists: of cases, of tasks and of messages, each with what it may be asked by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from douane.applications.case_files.messages import (
    CaseLine,
    CaseLines,
    Direction,
    MessageLine,
    MessageLines,
    Order,
    TaskLine,
    TaskLines,
    TaskState,
)
from douane.applications.case_files.screens import following
from douane.author import Why
from douane.author.pages import (
    Block,
    Button,
    Card,
    Column,
    Details,
    Empty,
    Field,
    Form,
    Given,
    Inline,
    Link,
    Listed,
    Live,
    Option,
    Page,
    Ref,
    Row,
    Screen,
    Small,
    Table,
    Tag,
    Text,
    Time,
    Tone,
    Words,
    faulty,
    kind_words,
    state_words,
    tone_of,
)

OF_CASES: Final = ("office", "state", "role", "ends_before")
OF_TASKS: Final = ("office", "role", "state", "holder", "due_before", "at_risk", "order")
OF_MESSAGES: Final = (*OF_CASES, "type", "direction", "since")
"""By what each list may be asked, as it stands in addresses; days begin at midnight, UTC."""
FLAGS: Final = frozenset({"at_risk"})
DAYS: Final = frozenset({"ends_before", "due_before", "since"})
SENT_TO: Final = "sent to "
"""Begins the state of a case of which nothing was told yet."""
KEPT: Final = 80
"""Characters of what stands in an address that are taken over."""


def lines(answer: CaseLines, given: Given) -> Page:
    """The list of cases."""
    words = given.words
    names = (words.plain("Case"), words.plain("Other names"), words.plain("State"), words.plain("Office"),
             words.plain("Next limit"))  # fmt: skip
    rows = tuple(_case(each, given) for each in answer.cases)
    nothing = words.plain("No case concerns you here yet. It appears as soon as a message opens one.")
    shown = _listed(words.plain("Cases"), names, rows, answer.after, ("/cases", OF_CASES, nothing), given)
    card = Card("cases", words.plain("Those that concern you"), shown)
    parts = (_asking("/cases", OF_CASES, given), _live("cases", OF_CASES, card, given), *following.offered(given))
    return Page(words.plain("Cases"), parts, faulty=faulty(given))


def tasks(answer: TaskLines, given: Given) -> Page:
    """The tasks that wait for an officer, and who has them."""
    words = given.words
    names = (words.plain("What is to be done"), words.plain("Case"), words.plain("Who has it"),
             words.plain("Office"), words.plain("Ends"))  # fmt: skip
    rows = tuple(_task(each, given) for each in answer.tasks)
    shown = _listed(
        words.plain("Tasks"), names, rows, answer.after, ("/tasks", OF_TASKS, words.plain("No task waits for you.")),
        given,
    )  # fmt: skip
    if answer.cut:
        shown = (*shown, Text(words.say("There are more. Ask by office or role to see them in this order.")))
    card = Card("tasks", words.plain("Those that wait for one of your roles"), shown)
    several = (Link(words.plain("Several at once"), given.several, "btn second"),) if given.several else ()
    parts = (_asking("/tasks", OF_TASKS, given), _live("tasks", OF_TASKS, card, given))
    return Page(words.plain("Tasks"), parts, acts=several)


FREE: Final = ("case_files", "free")
MINE: Final = ("case_files", "mine")
"""What a task is to the visitor: one that he may take, one that he has."""


def listed(answer: TaskLines) -> tuple[Listed, ...]:
    """The tasks of a page, with what the visitor may do with each: what a colleague has is nothing to him."""
    return tuple(
        Listed(each.case, each.reference, each.title, each.office, _open_to(each), each.risk[0] if each.risk else "")
        for each in answer.tasks
    )


def _open_to(each: TaskLine) -> frozenset[tuple[str, str]]:
    step = (each.procedure, each.task)
    if each.mine:
        return frozenset({step, MINE} if each.name else {step})
    if (each.holder and not each.for_me) or (each.offered_to and not each.for_me):
        return frozenset()
    return frozenset({step, FREE} if each.name else {step})


def messages(answer: MessageLines, given: Given) -> Page:
    """What was said in the cases that concern the visitor."""
    words = given.words
    names = (words.plain("Message"), words.plain("Case"), words.plain("With whom"), words.plain("When"))
    rows = tuple(_message(each, given) for each in answer.messages)
    shown = _listed(
        words.plain("Messages"), names, rows, answer.after,
        ("/messages", OF_MESSAGES, words.plain("Nothing was said in a case that concerns you.")), given,
    )  # fmt: skip
    card = Card("messages", words.plain("Case by case, the latest last"), shown)
    parts = (_asking("/messages", OF_MESSAGES, given), _live("messages", OF_MESSAGES, card, given))
    return Page(words.plain("Messages"), parts)


def _listed(
    caption: str, names: Sequence[str], rows: tuple[Row, ...], after: str, of: tuple[str, Sequence[str], str],
    given: Given,
) -> tuple[Block, ...]:  # fmt: skip
    """A table, its next page where there is one; else what is said of nothing."""
    words, (path, filters, nothing) = given.words, of
    asked = {name: given.query[name] for name in filters if given.query.get(name)}
    following = Link(words.plain("Next page"), f"{path}?{urlencode({**asked, 'after': after})}") if after else None
    if rows:
        return (Table(caption, tuple(map(Column, names)), rows, dense=True, following=following),)
    if following is not None:  # what was passed over is not the visitor's, or not asked for; more may follow
        return (Text((Ref(following.text, following.href),)),)
    return (Empty(words.plain("Nothing here is what you asked for.") if asked else nothing),)


def _live(name: str, filters: Sequence[str], card: Card, given: Given) -> Live:
    asked = {each: given.query[each] for each in (*filters, "after") if given.query.get(each)}
    return Live(name, f"/{name}?{urlencode({'part': name, **asked})}", (card,))


def _asking(path: str, filters: Sequence[str], given: Given) -> Details:
    """The form by which a list is asked; open where it was."""
    words = given.words
    labels = {
        "office": words.plain("Office"), "state": words.plain("State"), "role": words.plain("Role"),
        "holder": words.plain("Who has it"), "ends_before": words.plain("A limit ends before"),
        "due_before": words.plain("Due before"), "type": words.plain("Type of message"),
        "direction": words.plain("Direction"), "since": words.plain("Since"), "at_risk": words.plain("Risk"),
        "order": words.plain("Order"),
    }  # fmt: skip
    fields = tuple(
        Field(
            name, labels[name], given.query.get(name, "")[:KEPT], short=True,
            options=_options(path, name, words), type="date" if name in DAYS else "text",
        )
        for name in filters
    )  # fmt: skip
    form = Form(path, (Button(words.plain("Show these")),), fields, method="get")
    return Details(words.plain("Choose what is shown"), (form,), open=any(given.query.get(each) for each in filters))


def _options(path: str, name: str, words: Words) -> tuple[Option, ...]:
    """The values of a closed set, the empty one first."""
    anything = Option("", words.plain("All"))
    if name == "state" and path == "/tasks":
        shown = {TaskState.OPEN: words.plain("nobody has it"), TaskState.HELD: words.plain("somebody has it"),
                 TaskState.DONE: words.plain("done")}  # fmt: skip
        return (Option("", words.plain("All that wait")), *(Option(each.value, shown[each]) for each in TaskState))
    if name == "at_risk":
        return (anything, Option("true", words.plain("chosen by risk analysis")))
    if name == "order":
        ways = {Order.OFFICE: words.plain("by office and role"), Order.DEADLINE: words.plain("by deadline"),
                Order.RISK: words.plain("by risk")}  # fmt: skip
        return tuple(Option(each.value, ways[each]) for each in Order)
    if name == "direction":
        directions = {Direction.IN: words.plain("received"), Direction.OUT: words.plain("sent"),
                Direction.INSIDE: words.plain("inside")}  # fmt: skip
        return (anything, *(Option(each.value, directions[each]) for each in Direction))
    return ()


def asked_by(filters: Sequence[str], given: Given) -> dict[str, object]:
    """What a list is asked by, as it stands in the address."""
    found: dict[str, object] = {"after": given.query.get("after", "")}
    for name in filters:
        value = given.query.get(name, "")[:KEPT]
        if value:
            found[name] = _moment(value) if name in DAYS else value == "true" if name in FLAGS else value
    return found


def _moment(said: str) -> str:
    """A day is its midnight, UTC; whoever writes a moment means that."""
    return said if "T" in said else f"{said}T00:00:00Z"


def _case(each: CaseLine, given: Given) -> Row:
    words = given.words
    limit: Inline = ending(each.deadline, words) if each.deadline else ""
    shown = called(each)
    names = tuple(Ref(name) for name in each.names if name != shown)
    where = (Ref(shown, f"/cases/{_address(each, given)}"), Small(kind_of(each, words)))
    told = (Small((words.say("as of"), " ", *known_of(each, words))),) if each.summary or each.told else ()
    return Row((where, names, (state_of(each, words), *told), Ref(each.office), limit))


def known_of(each: CaseLine, words: Words) -> tuple[Inline, ...]:
    """Up to when it is known how a case stands that another system keeps, and why that may have changed since."""
    told = each.summary
    if told is None:
        return (clock(each.told, words),) if each.told else ()
    found: tuple[Inline, ...] = (clock(told.as_of, words),)
    if told.by_law != told.as_of:
        found += (" (", words.say("by the clock of the law"), " ", clock(told.by_law, words), ")")
    if told.turn:
        found += ("; ", words.say("it waits for customs, at %(office)s", office=told.turn_office))
    match told.why:
        case None:
            return found
        case Why.SET_BACK:
            why = words.say("the system of %(country)s stands behind where it was", country=told.keeper)
        case _:
            why = words.say("the system of %(country)s does not answer", country=told.keeper)
    return (*found, "; ", why)


def _task(each: TaskLine, given: Given) -> Row:
    words = given.words
    what: tuple[Inline, ...] = (words.model(each.title), Small(words.model(each.role)))
    if each.risk:
        what += (Small((Tag(words.plain("risk"), Tone.BAD), " ", words.model(each.risk[0]))),)
    due: Inline = ending(each.due, words) if each.due else ""
    own = each.name.rpartition("/")[2] if each.reference == each.case else ""
    where = Ref(own or each.reference, f"/cases/{_address(each, given)}")
    return Row((what, where, who_has(each, words), Ref(each.office), due))


def _message(each: MessageLine, given: Given) -> Row:
    words, said = given.words, each.message
    way = {Direction.IN: words.say("from"), Direction.OUT: words.say("to"), Direction.INSIDE: words.say("inside, by")}
    what: tuple[Inline, ...] = (words.model(given.title(said.type)),)
    what += () if said.type.startswith("@") else (Small(Ref(said.type)),)
    if given.read is not None and said.direction is Direction.OUT:
        new = micros(said.at) > given.read.get(each.case, 0)
        what += (Tag(words.plain("new"), Tone.WARN) if new else Tag(words.plain("read"), Tone.WAIT),)
    where = (Ref(called(each), f"/cases/{_address(each, given)}"), Small(in_words(each.state, words)))
    if said.direction is not Direction.INSIDE:
        message = f"/cases/{each.reference}/messages/{said.leaf}?country={each.administration or given.country}"
        what = (Link(given.title(said.type), message), *what[1:])
    acted = (Small((words.say("by the delegate"), " ", Ref(said.by))),) if said.by else ()
    return Row((what, where, (way[said.direction], " ", Ref(said.party), *acted), clock(said.at, words)))


def called(each: CaseLine | MessageLine) -> str:
    """The name by which people know a case: one without an MRN by the first of its others, not by our number of it."""
    return each.names[0] if each.reference == each.case and each.names else each.reference


def who_has(each: TaskLine, words: Words) -> Inline:
    """Who has a task, in words."""
    if each.state is TaskState.DONE:
        return (words.say("done by"), " ", Ref(each.by))
    offered: tuple[Inline, ...] = (Small((words.say("handed over to"), " ", Ref(each.offered_to))),)
    holder = words.say("you") if each.mine else Ref(each.holder) if each.holder else words.say("nobody")
    return (holder, *(offered if each.offered_to else ()))


def state_of(each: CaseLine, words: Words, *, big: bool = False) -> Inline:
    """The state of a case; nothing of one that has none."""
    return Tag(in_words(each.state, words), tone_of(each.state), big) if each.state else ""


def in_words(state: str, words: Words) -> Markup:
    """A state as people read it; of what was sent and not answered yet, to whom."""
    begins, _, where = state.partition(SENT_TO)
    return words.say("sent to %(who)s", who=where) if where and not begins else words.model(state_words(state))


def kind_of(each: CaseLine, words: Words) -> Markup:
    """What a case is called; of one that another system keeps, whose."""
    if each.kept_by:
        return words.say("kept by the system of %(country)s", country=each.kept_by)
    return words.model(kind_words(each.kind))


def _address(each: CaseLine | TaskLine | MessageLine, given: Given) -> str:
    """Where a case is found again: by its MRN, or its number; with its country where the MRN is another's."""
    country = given.country if isinstance(each, TaskLine) else each.administration or given.country
    known = each.reference != each.case and each.reference[2:4] == country
    return each.reference if known or not country else f"{each.reference}?country={country}"


def clock(at: dt.datetime, words: Words, *, seconds: bool = False) -> Time:
    """A moment as it is shown."""
    shown = f"{words.local(micros(at)):%H:%M:%S}" if seconds else words.moment(micros(at))
    return Time(shown, at.isoformat(timespec="seconds"))


def ending(at: dt.datetime, words: Words) -> Time:
    """The end of a period as it is shown."""
    return Time(words.until(micros(at)), at.isoformat(timespec="seconds"))


def micros(at: dt.datetime) -> int:
    """Microseconds since 1970."""
    return int(at.timestamp() * 1e6)


def _of_all(filters: Sequence[str], given: Given) -> Mapping[str, object]:
    """A party sees its cases of all administrations; an officer is asked for his own whatever is said."""
    return {"country": "", **asked_by(filters, given)}


SCREENS: Final = (
    Screen("case_files.my_cases", "/cases", lines, "Cases", lambda given: _of_all(OF_CASES, given),
           following.situation, filters=OF_CASES),
    Screen("case_files.my_tasks", "/tasks", tasks, "Tasks", lambda given: asked_by(OF_TASKS, given), listed=listed,
           filters=OF_TASKS),
    Screen("case_files.my_messages", "/messages", messages, "Messages", lambda given: _of_all(OF_MESSAGES, given),
           filters=OF_MESSAGES),
)  # fmt: skip
"""The lists."""
