"""Whether the screens of a package keep to the design of the portal: each is drawn from examples of its answer.

Blocks and ``Words`` keep a page to it by themselves; a screen that is written past them is found out where it is drawn.
It is shown nothing, the least that its answer may be, and an answer with something at every place.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import msgspec

from douane.model.form import described
from douane.pages.blocks import Frame
from douane.pages.drawing import draw
from douane.pages.judging import Drawn, against, unmarked
from douane.pages.languages import COMPLETE, ENGLISH, Words
from douane.pages.screens import Given, Library, Screen
from douane.standards.forms.examples import example_of
from douane.standards.forms.items import Item
from douane.vocabulary.errors import DeclarationFault

_PLACE: Final = re.compile(r"\{(\w+)\}")
_SHOW: Final = "show whatever its type allows, or say in the type what its values look like."
_SOMEBODY: Final = "FR40123456700017"


def must_keep_to_design(screens: Iterable[Screen], replies: Mapping[str, type], library: Library) -> None:
    """Raise DeclarationFault for screens that do not, with every reason. replies: what each query is answered by."""
    found = [reason for each in screens for reason in reasons_against(each, replies, library)]
    if found:
        raise DeclarationFault(f"A screen does not fit: {' '.join(found)}", remedy="Mend the screen.")


def reasons_against(screen: Screen, replies: Mapping[str, type], library: Library) -> Iterator[str]:
    """Why a screen does not keep to the design; nothing where it does."""
    reply = replies.get(screen.operation)
    if reply is None:
        yield f"{screen.path}: no query is named {screen.operation}."
        return
    found: dict[str, None] = {}
    for answer in (*((None,) if screen.asks else ()), *examples(reply)):
        found |= dict.fromkeys(_of_answer(screen, answer, library))
    yield from (f"{screen.path}: {each}" for each in found)


def examples(reply: type) -> list[Any]:
    """The least that an answer may be, and one with something at every place."""
    made: list[Any] = []
    items = described(reply)
    for each in (items, _whole(items)):
        said = example_of(each)
        needed = {one.encode_name for one in msgspec.structs.fields(reply) if one.required}
        said |= {one.tag: None if one.most == 1 else [] for one in each if one.tag in needed and not one.least}
        with contextlib.suppress(msgspec.ValidationError):  # the least of a group may lack a list that has to be there
            made.append(msgspec.json.decode(msgspec.json.encode(said), type=reply))
    return made


def _whole(items: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(replace(each, least=max(each.least, 1), items=_whole(each.items)) for each in items)


def _of_answer(screen: Screen, answer: Any, library: Library) -> Iterator[str]:
    drawn: dict[str, Drawn] = {}
    for language in COMPLETE:
        words = Words(language)
        try:
            page = screen.view(answer, _given(screen, words, library))
            drawn[language] = Drawn(draw(page, Frame("", "/", screen.path, token="-"), words))  # noqa: S106 - no secret
        except Exception as problem:  # noqa: BLE001 - whatever the code of a package raises is a reason
            why = f"{type(problem).__name__}: {str(problem)[:120]}"
            yield f"it cannot be drawn from an example of its answer ({why}): {_SHOW}"
            return
        yield from against(drawn[language])
    told = "" if answer is None else msgspec.json.encode(answer).decode()
    for language in COMPLETE:
        if language != ENGLISH:
            yield from unmarked(drawn[ENGLISH], drawn[language], told)


def _given(screen: Screen, words: Words, library: Library) -> Given:
    path = dict.fromkeys(_PLACE.findall(screen.path), "A1")
    return Given(words, library, path, country="FR", today=dt.date(2026, 11, 2), own=_SOMEBODY)
