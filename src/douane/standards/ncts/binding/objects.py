"""The JSON form: objects with the XML tags as keys, judged by the same layouts and kinds as XML."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from msgspec import Struct

from douane.standards.json.bounds import Limits, check
from douane.standards.ncts.binding.collecting import MISSING, OUT_OF_PLACE, TOO_MANY
from douane.standards.ncts.binding.kinds import TYPE, Base, Kind, Value, Wrong
from douane.standards.ncts.binding.layout import Inner, Layout, Leaf
from douane.vocabulary.errors import Fault, NotWellFormed
from douane.vocabulary.faults import COUNTED, Faults

MALFORMED = "52"


class Fraction(str):
    """A JSON number with a point or exponent, kept as it was written."""

    __slots__ = ()


_DECODER = msgspec.json.Decoder(float_hook=Fraction)


def parse(data: bytes, limits: Limits) -> object:
    """The JSON value in ``data``. Raises TooLarge or NotWellFormed."""
    check(data, limits)
    try:
        value: object = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        remedy = "Send well-formed JSON in UTF-8, nested no deeper than the message."
        raise NotWellFormed(f"No JSON: {error}.", remedy=remedy, faults=(Fault("", MALFORMED, remedy),)) from error
    return value


@dataclass(slots=True)
class ObjectReading:
    """One pass over one message in JSON."""

    phases: tuple[str, ...]
    faults: Faults = field(default_factory=Faults)
    _goods: int = 0

    def message(self, value: object, layout: Layout, pointer: str) -> Struct | None:
        """The message, or None with its faults collected."""
        phase: str | None = None
        if isinstance(value, dict):
            value = dict(value)
            for key in ("PhaseID", "@PhaseID"):
                given = value.pop(key, None)
                if given is not None and (not isinstance(given, str) or given.strip() not in self.phases):
                    self._add(f"{pointer}/{key}", "12", f"Give one of: {', '.join(self.phases)}.", given)
                phase = given.strip() if isinstance(given, str) else phase
        found = self._group(value, layout, pointer, {"phase_id": phase})
        return None if self.faults.count else found

    def _add(self, pointer: str, code: str, remedy: str, value: object = "") -> None:
        if not self.faults.full:
            self.faults.add(pointer, code, remedy, value=value if isinstance(value, str) else _shown(value))

    def _group(self, value: object, layout: Layout, pointer: str, own: dict[str, object]) -> Struct | None:
        if self.faults.count >= COUNTED:
            return None
        if not isinstance(value, dict):
            self._add(pointer, TYPE, f"Give an object with the items of {layout.tag}.", value)
            return None
        if layout.goods and self._beyond(layout.goods, pointer):
            return None
        before = self.faults.count
        for tag in value:
            if self.faults.full:
                return None
            if tag not in layout.index:
                self._add(f"{pointer}/{_escaped(tag)}", OUT_OF_PLACE, f"Leave it out: {layout.tag} has no such item.")
        for item in layout.items:
            given = value.get(item.tag)
            if given is None or given == []:
                if item.least:
                    self._add(f"{pointer}/{item.tag}", MISSING, f"Give {item.tag}.")
            else:
                own[item.name] = self._item(given, item, f"{pointer}/{item.tag}")
        return layout.struct(**own) if self.faults.count == before else None

    def _beyond(self, most: int, pointer: str) -> bool:
        """Whether one more goods item is more than a declaration numbers through; named once."""
        self._goods += 1
        if self._goods == most + 1:
            self._add(pointer, TOO_MANY, f"Declare at most {most} goods items at once.")
        return self._goods > most

    def _item(self, given: object, item: Leaf | Inner, pointer: str) -> object:
        if isinstance(item, Leaf):
            return self._leaf(given, item.kind, pointer)
        if item.most == 1:
            return self._group(given, item.layout, pointer, {})
        if not isinstance(given, list):
            self._add(pointer, TYPE, f"Give a list of {item.tag}.", given)
            return None
        if len(given) > item.most:
            self._add(f"{pointer}/{item.most}", TOO_MANY, f"Give it at most {item.most} times.")
        judged = given[: item.most]  # beyond the limit nothing is judged: the list must be shortened anyway
        return tuple(self._group(one, item.layout, f"{pointer}/{place}", {}) for place, one in enumerate(judged))

    def _leaf(self, given: object, kind: Kind, pointer: str) -> Value | None:
        text = _text(given, kind)
        found = Wrong(TYPE, kind.expected()) if text is None else kind.read(text)
        if isinstance(found, Wrong):
            self._add(pointer, found.code, found.remedy, given)
            return None
        return found


def _text(given: object, kind: Kind) -> str | None:
    """The text that XML would carry for a JSON value; None if this kind takes no such value."""
    if isinstance(given, bool):
        return str(int(given)) if kind.base is Base.FLAG else None
    if isinstance(given, Fraction):
        return str(given) if kind.base is Base.DECIMAL else None
    if isinstance(given, int):
        return str(given) if kind.base in (Base.INTEGER, Base.DECIMAL, Base.FLAG) else None
    return given if isinstance(given, str) else None


def _shown(value: object) -> str:
    """A value that is no text, in a few words: a container may be as large as the document."""
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value)}"
    return ascii(value)[:512]


def _escaped(key: object) -> str:
    return str(key)[:64].replace("~", "~0").replace("/", "~1")
