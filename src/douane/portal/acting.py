"""Forms over commands: what waits for a visitor at a case becomes a form, and the form a message through his door.

A form is offered while a task waits that its command ends, and only to whom the gate opens the operation; both are
asked again when it comes back. What a field is called stands in the message type. The door judges the message as it
judges any program's: nothing is checked here, and each of its faults is shown at the field that its pointer names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import msgspec
from markupsafe import Markup

from douane.channels.browser.visits import Visit
from douane.model.form import described
from douane.pages.blocks import Button, Field, Form, Group, Option
from douane.pages.languages import Words
from douane.pages.screens import Act, Given, Situation
from douane.runtime.catalogue.mending import FORM
from douane.runtime.store.envelope import Receipt
from douane.standards.forms.items import Content, Item
from douane.vocabulary.errors import DeclarationFault, Fault, NotFound, SenderFault

FLAGS: Final = {"true": True, "false": False}
OF: Final = "of"
"""The field in which a form bears what stood on its page."""
TYPES: Final = {Content.DATE: "date"}
_POSITION: Final = re.compile(r"/[0-9]+(?=/|$)")
LONG: Final = 200
"""Characters from which a text has several lines."""


def waiting(acts: Sequence[Act], visit: Visit, situation: Situation) -> list[Act]:
    """The acts that are possible there and open to whoever visits."""
    here = (each for each in acts if each.stands_at(situation.tasks, situation.state))
    return [each for each in here if visit.offers(each.operation)]


def form_of(
    act: Act, message: type, situation: Situation, given: Given, at: str, *,
    said: Mapping[str, str] | None = None, faults: Sequence[Fault] = (), of: str = "",
) -> Form:  # fmt: skip
    """The form of an act. ``at``: where it goes. ``said``: what its sender gave, with its ``faults``. ``of``: what
    stands on its page."""
    items = _items(act, message)
    placed = [_placed(each, items) for each in faults]
    fields = []
    for entry, item in zip(act.entries, items, strict=True):
        value = str(situation.known.get(entry.begins, "")) if said is None else said.get(entry.name, "")
        own = next((fault for fault, name in zip(faults, placed, strict=True) if name == entry.name), None)
        fields.append(_field(item, value, tuple(entry.options), own, given))
    asked = _asked(situation, said, faults, given) if act.composes is not None else ()
    own_places = {each.name for group in asked for each in group.fields}  # a fault of a group stands above, too
    problems = tuple(
        _told(fault, given) for fault, name in zip(faults, placed, strict=True)
        if not name and fault.pointer.strip("/") not in own_places
    )  # fmt: skip
    title = given.words.model(act.title)
    bears = {OF: of} | {name: str(situation.known.get(known, "")) for name, known in act.seen.items()}
    return Form(at, (Button(title),), tuple(fields), bears, title=act.title, problems=problems, groups=asked)


def _asked(
    situation: Situation, said: Mapping[str, str] | None, faults: Sequence[Fault], given: Given
) -> tuple[Group, ...]:  # fmt: skip
    """What the screen asks, with what was said to it and what is wrong with that."""
    own = {each.pointer.strip("/"): each for each in faults}

    def field(asked: Field) -> Field:
        fault = own.get(asked.name)
        value = asked.value if said is None else said.get(asked.name, "")
        told = _told(fault, given) if fault is not None else ""
        return replace(asked, value=value, fault=told, law=_law(fault, given.words))

    return tuple(
        replace(
            each, fields=tuple(map(field, each.fields)),
            faults=(_told(own[each.name], given),) if each.name in own else (),
        )
        for each in situation.asks
    )  # fmt: skip


def message_of(act: Act, message: type, situation: Situation, said: Mapping[str, str]) -> bytes:
    """The message that a form says, as JSON. An optional field that was left empty is left out."""
    content: dict[str, object] = {name: situation.known.get(known, "") for name, known in act.fixed.items()}
    content |= {name: said.get(name, "") for name in act.seen}
    if act.composes is not None:
        asked = {each.name for group in situation.asks for each in group.fields}
        content |= act.composes({name: value.strip() for name, value in said.items() if name in asked})
    for item in _items(act, message):
        value = said.get(item.tag, "").strip()
        if item.most != 1 and (value or item.least):
            content[item.tag] = value.replace(",", " ").split()
        elif value or item.least:
            content[item.tag] = _typed(item, value)
    return msgspec.json.encode(content)


def _typed(item: Item, value: str) -> object:
    """A value of the kind that its field has; what is none is left as it is, and the door says so."""
    if item.content is Content.INTEGER and value.isdecimal() and value.isascii():
        return int(value)
    return FLAGS.get(value, value) if item.content is Content.FLAG else value


async def refusal(act: Act, visit: Visit, body: bytes) -> tuple[str, str, tuple[Fault, ...]]:
    """Send it as whoever visits: where its status stands, to which page its answers lead, and why it was refused.

    A form that comes twice is sent once; the same words from a page on which more has happened are said again. Raises
    what the door raises."""
    of = visit.form.get(OF, "")[:LONG]
    try:
        receipt, leads, faults = await _said(act, visit, body, of)
        if faults and receipt.received < visit.at:  # it was refused before: what stood in its way may be gone
            receipt, leads, faults = await _said(act, visit, body, f"{of}.{visit.at}")
    except SenderFault as problem:
        if not problem.faults:
            raise
        return "", "", problem.faults
    return f"{receipt.position:x}", leads, faults


async def _said(act: Act, visit: Visit, body: bytes, of: str) -> tuple[Receipt, str, tuple[Fault, ...]]:
    """What a message was answered by: its receipt, the page to which that leads, and the faults that were found."""
    receipt = await visit.send(body, operation=act.operation, json=True, of=of)
    became = await visit.outcome(receipt)
    faults = [Fault(pointer, code, remedy, rule=rule, value=value)
              for pointer, code, rule, value, remedy, *_ in became.faults]  # fmt: skip
    leads = ""
    for each in became.answers:
        faults += act.faults(each.row.type, each.item.body)
        leads = leads or act.leads(each.row.type, each.item.body)
    return receipt, leads, tuple(faults)


async def state_of(visit: Visit) -> str:
    """What became of the act that led here; empty where none of the visitor's did."""
    done = visit.query.get("done", "")
    if not done:
        return ""
    try:
        return await visit.state(done)
    except NotFound:
        return ""


def _items(act: Act, message: type) -> list[Item]:
    found = {each.tag: each for each in described(message)}
    missing = [each.name for each in act.entries if each.name not in found]
    if missing:
        raise DeclarationFault(f"{message.__name__} has no {', '.join(missing)}.", remedy=f"Mend the act {act.name}.")
    return [found[each.name] for each in act.entries]


def _field(item: Item, value: str, options: tuple[Option, ...], fault: Fault | None, given: Given) -> Field:
    words: Words = given.words
    label = words.model(item.label)
    if not item.least and not options:
        label = words.say("%(field)s (may be left empty)", field=label)
    return Field(
        item.tag, label, value, words.model(item.help) if item.help else "",
        fault=_at_field(fault, item, given) if fault is not None else "", law=_law(fault, words),
        rows=3 if item.longest >= LONG else 0, short=not options and item.longest < LONG,
        options=tuple(Option(each.value, words.model(each.text)) for each in options),
        type=TYPES.get(item.content, "text"),
    )  # fmt: skip


def _placed(fault: Fault, items: Sequence[Item]) -> str:
    """The field that a fault is about; empty for the whole."""
    pointer = _POSITION.sub("", fault.pointer)
    return next((each.tag for each in items if each.path == pointer), "")


def _told(fault: Fault, given: Given) -> str:
    return given.words.model(fault.remedy or given.remedy(fault.code, fault.rule) or fault.code)


def _at_field(fault: Fault, item: Item, given: Given) -> str:
    """What is wrong with a field, in words of people: an expression is told by what the field says of its form."""
    if item.help and fault.remedy.startswith(FORM):
        return (
            given.words.say("This is not of the form that is asked for.") + Markup(" ") + given.words.model(item.help)
        )
    return _told(fault, given)


def _law(fault: Fault | None, words: Words) -> str:
    """By which rule or code it is refused."""
    if fault is None:
        return ""
    return f"{words.plain('Rule')} {fault.rule}" if fault.rule else f"{words.plain('Code')} {fault.code}"


def checked(acts: Sequence[Act], types: Mapping[str, Any]) -> None:
    """Raise DeclarationFault for an act that fills in what its message does not have."""
    for each in acts:
        _items(each, types[each.operation])
