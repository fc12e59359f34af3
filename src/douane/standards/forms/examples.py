"""An example of a message, from the description of its items: the least that is valid, the same each time.

It shows a reader the form and nothing else: codes and references of an example need not exist. What a text has to look
like is read off its patterns; they are few and plain, and one that this reader does not know is a fault of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from douane.standards.forms.items import Content, Item
from douane.vocabulary.errors import DeclarationFault

Example = dict[str, Any]  # Any: a message nests as its type does
_FIXED: Final[dict[Content, Any]] = {
    Content.FLAG: True, Content.DATE: "2026-11-02", Content.MOMENT: "2026-11-02T08:00:00Z", Content.OCTETS: "AA==",
    Content.ANYTHING: {},
}  # fmt: skip
_LONGER: Final = 40
"""How many signs more than the least a text may need."""
_HEX: Final = {"x": 2, "u": 4}
_ESCAPED: Final = {"d": "1", "w": "A", "s": " ", "S": "A", "n": "\n", "r": "\r", "t": "\t"}
_LIKED: Final = "A1a "
"""Signs that read well, the first that fits is taken."""


def example_of(items: tuple[Item, ...], *, published: bool = False) -> Example:
    """The least that a message of these items holds. ``published``: as a published family writes values in JSON."""
    return {each.tag: _often(each, published) for each in items if each.least}


def _often(item: Item, published: bool) -> Any:
    one = _one(item, published)
    return one if item.most == 1 else [one] * item.least


def _one(item: Item, published: bool) -> Any:
    match item.content:
        case Content.GROUP:
            return example_of(item.items, published=published)
        case Content.INTEGER | Content.NUMBER:
            return _number(item)
        case Content.FLAG if published:
            return "0"
        case Content.MOMENT if published:  # local to an office
            return "2026-11-02T08:00:00"
        case Content.TEXT | Content.DECIMAL:
            return _text(item)
        case other:
            return _FIXED[other]


def _number(item: Item) -> Any:
    if item.values:
        return int(item.values[0])
    low = item.low if item.low is not None else 1
    return low if item.high is None or low <= item.high else item.high


def _text(item: Item) -> str:
    if item.values:
        return item.values[0]
    if not item.patterns:
        plain = "1" if item.content is Content.DECIMAL else "A"
        return plain * max(item.shortest, 1)
    for more in range(_LONGER):
        for pattern in item.patterns:
            found = example_of_pattern(pattern, more)
            if _fits(found, item):
                return found
    raise DeclarationFault(f"No example fits {item.path}: {item.patterns}.", remedy="Write a plainer pattern.")


def _fits(text: str, item: Item) -> bool:
    long = len(text) >= item.shortest and (not item.longest or len(text) <= item.longest)
    return long and all(re.fullmatch(pattern, text) for pattern in item.patterns)


def example_of_pattern(pattern: str, more: int = 0) -> str:
    """A text that an expression may match. ``more``: how often beyond the least a part is repeated that may be."""
    reading = _Pattern(pattern.removeprefix(r"\A").removesuffix(r"\Z"), more)
    return reading.alternatives()


@dataclass(slots=True)
class _Pattern:
    """Reads an expression from left to right."""

    text: str
    more: int
    at: int = 0

    def alternatives(self) -> str:
        """The first that is not empty of several, up to the end or the bracket that closes them."""
        found = [self._sequence()]
        while self._peek() == "|":
            self.at += 1
            found.append(self._sequence())
        return next(filter(None, found), "")

    def _sequence(self) -> str:
        return "".join(self._repeated())

    def _repeated(self) -> Iterator[str]:
        while self._peek() not in ("", "|", ")"):
            atom = self._atom()
            yield atom * self._times()

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _next(self) -> str:
        self.at += 1
        return self.text[self.at - 1]

    def _atom(self) -> str:
        match self._next():
            case "(":
                return self._group()
            case "[":
                return self._class()
            case "\\":
                return self._escaped()
            case ".":
                return "A"
            case "^" | "$":
                return ""
            case plain:
                return plain

    def _group(self) -> str:
        ahead = self.text.startswith(("?=", "?!", "?<"), self.at)
        self.at += 2 if self.text.startswith(("?:", "?=", "?!", "?<"), self.at) else 0
        found = self.alternatives()
        self.at += 1
        return "" if ahead else found

    def _escaped(self) -> str:
        """A sign of those that may stand here."""
        sign = self._next()
        digits = _HEX.get(sign, 0)
        if digits:
            self.at += digits
            return chr(int(self.text[self.at - digits : self.at], 16))
        return _ESCAPED.get(sign, sign)

    def _class(self) -> str:
        negated = self._peek() == "^"
        self.at += negated
        ranges: list[tuple[str, str]] = []
        while self._peek() != "]" or not ranges:
            low = high = self._sign()
            if self._peek() == "-" and self.text[self.at + 1 : self.at + 2] != "]":
                self.at += 1
                high = self._sign()
            ranges.append((low, high))
        self.at += 1
        fits = (each for each in _LIKED if any(low <= each <= high for low, high in ranges) is not negated)
        return next(fits, ranges[0][0])

    def _sign(self) -> str:
        """One sign of a class."""
        sign = self._next()
        return self._escaped() if sign == "\\" else sign

    def _times(self) -> int:
        """How often what was read stands."""
        least, most = 1, 1
        match self._peek():
            case "?":
                least, most = 0, 1
            case "*":
                least, most = 0, _LONGER
            case "+":
                least, most = 1, _LONGER
            case "{":
                found = re.compile(r"\{(\d*)(,?)(\d*)\}").match(self.text, self.at)
                if found is None:
                    return 1
                least = int(found[1] or 0)
                most = int(found[3]) if found[3] else _LONGER if found[2] else least
                self.at = found.end() - 1
            case _:
                return 1
        self.at += 1
        self.at += self._peek() in ("?", "+")
        return min(least + self.more, most)
