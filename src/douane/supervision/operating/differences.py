"""What another file would change, sentence by sentence, for whoever agrees and for whom it concerns; without secrets.

Every followed file is a list of entries with a name each. A field of which somebody could make a proof is told to be
another one, and never shown.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from douane.vocabulary.code_lists import CodeList, Entry, changed
from douane.vocabulary.errors import DeclarationFault

MOST: Final = 200
"""Sentences that are shown; the digest is of all."""
_LONGEST: Final = 160


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file. entry: how its entries are headed. key: the field that names one. secret: fields that are not
    shown."""

    entry: str
    key: str
    secret: frozenset[str] = frozenset()


CLIENTS: Final = Kind("client", "id", frozenset({"secret"}))
AGREEMENTS: Final = Kind("partner", "party")
OPERATORS: Final = Kind("operator", "account")
PROVIDERS: Final = Kind("provider", "country", frozenset({"secret"}))


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that is added, taken away (after is empty) or changed, and what it is told by."""

    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    sentences: tuple[str, ...]


def changes(kind: Kind, before: str, after: str) -> list[Changed]:
    """The entries in which two files of a kind differ, by name. Raises DeclarationFault for what is no TOML."""
    old, new = _entries(kind, before), _entries(kind, after)
    found = []
    for name in sorted({*old, *new}):
        was, will = old.get(name, {}), new.get(name, {})
        if was != will:
            found.append(Changed(name, was, will, tuple(_told(kind, name, was, will))))
    return found


def drawn(kind: Kind, before: str, after: str) -> tuple[str, ...]:
    """What would change, with the digest of the file that it would replace: another one there voids what was read."""
    try:
        told = [each for change in changes(kind, before, after) for each in change.sentences]
    except DeclarationFault:  # what stands there is what has to be mended
        told = ["What stands there cannot be read."]
        told += [each for change in changes(kind, "", after) for each in change.sentences]
    more = [f"And {len(told) - MOST} sentences more."] if len(told) > MOST else []
    former = hashlib.sha256(before.encode()).hexdigest()
    shown = told[:MOST] or ["Nothing is said differently."]
    return (*shown, *more, f"It replaces the file with the digest {former}.")


class ListVersion(Protocol):
    """What is told of a version of a code list."""

    @property
    def number(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def entries(self) -> tuple[Entry, ...]: ...


def sentences_of_list(said: ListVersion, published: CodeList | None) -> tuple[str, ...]:
    """What publishing a version of a code list would change, counted and named by its entries and those that are
    published; what the version says of itself is not believed, but for its name and source."""
    new = CodeList(said.number, said.name, said.entries)
    found = changed(published, new)
    counts = found.counts
    told = [f"{code} is new{_state(new, code)}" for code in found.added]
    told += [f"{code} is changed{_state(new, code)}" for code in found.changed]
    told += [f"{code} is ended{_state(new, code)}" for code in found.ended]
    more = [f"And {len(told) - MOST} codes more."] if len(told) > MOST else []
    named = published is not None and published.name != new.name
    return (
        f"{_said(new.number)} {_said(new.name)}: {counts[0]} new, {counts[1]} changed, {counts[2]} ended.",
        f"It says that it is from {_said(said.source)}.",
        *([f"Its name was {_said(published.name)}."] if named and published is not None else []),
        *told[:MOST],
        *more,
        f"Version {new.version} of {len(new)} entries follows {published.version if published else 'none'}.",
    )


def _state(codes: CodeList, code: str) -> str:
    held = codes.history(code)[-1:]
    if not held:
        return ", and its history is left out."
    kept = held[0]
    return f" from {kept.since}: {_said(kept.facts)}." if kept.valid else f": not valid from {kept.since}."


def _entries(kind: Kind, text: str) -> dict[str, dict[str, Any]]:
    try:
        found = tomllib.loads(text).get(kind.entry, [])
    except tomllib.TOMLDecodeError as problem:
        raise DeclarationFault(f"A file of {kind.entry}s is no TOML: {problem}.") from problem
    return {str(each.get(kind.key, "")): each for each in found if isinstance(each, dict)}


def _told(kind: Kind, name: str, was: Mapping[str, Any], will: Mapping[str, Any]) -> Iterator[str]:
    head = f"{kind.entry} {name}"
    if not will:
        yield f"{head} is taken away."
        return
    if not was:
        yield f"{head} is new."
    for field in sorted({*was, *will} - {kind.key}):
        if was.get(field) != will.get(field):
            yield f"{head}: {_field(kind, field, was.get(field), will.get(field))}"


def _field(kind: Kind, field: str, was: Any, will: Any) -> str:
    if field in kind.secret:
        return f"its {field} is {'another one' if was and will else 'given' if will else 'taken away'}."
    if was is None:
        return f"{field} is {_said(will)}."
    return f"{field} was {_said(was)} and is {_said(will) if will is not None else 'left out'}."


def _said(value: Any) -> str:
    if isinstance(value, list):
        said = ", ".join(sorted(map(_said, value))) or "nothing"
    elif isinstance(value, dict):
        said = "(" + "; ".join(f"{name} {_said(each)}" for name, each in sorted(value.items())) + ")"
    elif isinstance(value, bool):
        said = "yes" if value else "no"
    else:
        said = value.isoformat() if isinstance(value, dt.date) else str(value)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}... ({len(said)} characters)"
