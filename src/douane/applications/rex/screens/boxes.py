"""The boxes of Annex 22-06 as fields of a form, and back: labels, lengths and values are those of the declared type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Meta

from douane.applications.rex.messages import Activity, ExporterForm, RexIncomplete, RexNotKept
from douane.author import Fault
from douane.author.pages import Field, Group, Option, Words

BOXES: Final[Mapping[int, tuple[str, tuple[str, ...]]]] = {
    1: ("Exporter", ("name", "street_and_number", "post_code", "town")),
    2: ("Contact", ("telephone", "email")),
    3: ("Main activity", ("activity",)),
    4: ("Goods", ("goods", "headings")),
    5: ("Undertakings", ("undertakes", "signed_by", "signed_on", "remedied")),
    6: ("Publication", ("publish",)),
}
"""The boxes by their numbers, each with its items."""
LONG: Final = 200
_TYPES: Final = get_type_hints(ExporterForm, include_extras=True)


def groups(form: ExporterForm | None, words: Words) -> tuple[Group, ...]:
    """Every box, with what the form says already."""
    return tuple(
        Group(words.say("Box %(number)s: %(title)s", number=number, title=words.model(title)),
              tuple(_field(name, form, words) for name in names), name=f"box{number}")
        for number, (title, names) in BOXES.items()
    )  # fmt: skip


def _field(name: str, form: ExporterForm | None, words: Words) -> Field:
    meta, value = _meta(name), getattr(form, name) if form is not None else None
    options, hint = tuple(_options(name, words)), ""
    if name == "headings":
        hint = words.plain("Chapters, headings or subheadings, with spaces between them.")
    many = (meta.max_length or 0) >= LONG
    return Field(
        name, words.model(meta.title or name), _said(value), hint, options=options, rows=3 if many else 0,
        short=not many and not options, type="date" if name == "signed_on" else "text",
    )  # fmt: skip


def _meta(name: str) -> Meta:
    """What the message type says of an item."""
    annotation = _TYPES[name]
    if get_origin(annotation) is Annotated:
        return next(each for each in get_args(annotation)[1:] if isinstance(each, Meta))
    return Meta(title=name)


def _options(name: str, words: Words) -> Iterator[Option]:
    annotation = _TYPES[name]
    kind = get_args(annotation)[0] if get_origin(annotation) is Annotated else annotation
    if kind is bool:
        yield from (Option("", ""), Option("true", words.plain("yes")), Option("false", words.plain("no")))
    elif name == "activity":
        yield from (Option("", ""), *(Option(each.value, words.model(each.value)) for each in Activity))


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def form(said: Mapping[str, str]) -> dict[str, object]:
    """The form of a message, from what was typed; what was left empty is left out."""
    found: dict[str, Any] = {name: value for name, value in said.items() if value and name in _TYPES}
    for name in ("undertakes", "publish"):
        if name in found:
            found[name] = {"true": True, "false": False}.get(found[name], found[name])
    if "headings" in found:
        found["headings"] = found["headings"].replace(",", " ").split()
    return {"form": found}


def refused(type: str, body: bytes) -> tuple[Fault, ...]:
    """Why nothing was kept: each fault at its box."""
    if not body:
        return ()
    if type == RexIncomplete.__name__:
        told = msgspec.json.decode(body, type=RexIncomplete)
        return tuple(Fault(f"/box{each.box}", "14", each.remedy, rule=each.article) for each in told.faults)
    if type == RexNotKept.__name__:
        why = msgspec.json.decode(body, type=RexNotKept)
        return (Fault("/", "92", f"{why.reason} ({why.article})"),)
    return ()
