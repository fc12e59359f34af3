"""The code-list payload: one JSON object with all lists of a domain, read entry by entry.

Unpacked it is too large to hold, so no value above an entry is ever built: the reader walks the fixed outer shape
``{"messageInformation": {...}, "lists": {NAME: {"listName": NAME, "listEntries": [...]}}}`` and hands each entry to a
decoder as soon as its text is complete.
"""

from __future__ import annotations

import codecs
import datetime as dt
import json
from collections.abc import Iterator
from typing import IO

from douane.standards.reference_data.catalogue import KnownList, list_named
from douane.standards.reference_data.listed import Dates, ListedEntry, listed
from douane.vocabulary.errors import NotValid, NotWellFormed, TooLarge

CHUNK = 64 * 1024
LONGEST_VALUE = 256 * 1024
"""The longest text that one entry (or one value outside the lists) may take."""

_REMEDY = "Give an object with lists, each with its listEntries."


class PayloadReader:
    """Entries of a payload; ``snapshot`` is the date it states, known once the first entry is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.snapshot: dt.date | None = None
        self._text = _Text(stream)
        self._dates = Dates()

    def __iter__(self) -> Iterator[ListedEntry]:
        text = self._text
        for name in text.members():
            if name == "lists":
                for list_name in text.members():
                    yield from self._list(list_name)
            elif name == "messageInformation":
                self._note(text.value())
            else:
                text.value()
        text.end()

    def _note(self, information: object) -> None:
        stated = information.get("snapshotDate") if isinstance(information, dict) else None
        if isinstance(stated, str):
            self.snapshot = self._dates.read(stated)

    def _list(self, list_name: str) -> Iterator[ListedEntry]:
        known = list_named(list_name)
        for name in self._text.members():
            if name == "listEntries":
                for found in self._text.elements():
                    yield self._entry(known, found)
            else:
                self._text.value()

    def _entry(self, known: KnownList, found: object) -> ListedEntry:
        if not isinstance(found, dict):
            raise NotValid(f"List {known.name} has an entry that is not an object.", remedy=_REMEDY)
        facts: dict[str, object] = {str(name): value for name, value in found.items()}
        state, since = str(facts.pop("state", "")), str(facts.pop("activeFrom", ""))
        keys = known.key or tuple(facts)[:1]
        code = "".join(str(facts.pop(key, "")) for key in keys)
        named = facts.pop(known.description, None) if known.description else None
        if named:
            facts["description"] = named
        return listed(known, code, state, self._dates.read(since), facts)


class _Text:
    """JSON text that arrives in pieces: only the piece around the current place is held."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._held = ""
        self._place = 0
        self._ended = False
        self._json = json.JSONDecoder()

    def members(self) -> Iterator[str]:
        """The names of an object's members; the caller must read each value before the next."""
        self._expect("{")
        if self._peek() == "}":
            self._place += 1
            return
        while True:
            name = self.value()
            if not isinstance(name, str):
                raise self._bad()
            self._expect(":")
            yield name
            if self._either(",", "}") == "}":
                return

    def elements(self) -> Iterator[object]:
        """The values of an array."""
        self._expect("[")
        if self._peek() == "]":
            self._place += 1
            return
        while True:
            yield self.value()
            if self._either(",", "]") == "]":
                return

    def value(self) -> object:
        """The next value as a whole."""
        self._peek()
        while True:
            try:
                found: object
                found, end = self._json.raw_decode(self._held, self._place)
            except (ValueError, RecursionError) as bad:
                if isinstance(bad, RecursionError) or not self._more():
                    raise self._bad() from bad
                continue
            if end == len(self._held) and self._more():
                continue  # a number may go on
            self._place = end
            return found

    def end(self) -> None:
        """Nothing but space may follow."""
        if self._peek():
            raise self._bad()

    def _expect(self, mark: str) -> None:
        self._either(mark, mark)

    def _either(self, one: str, other: str) -> str:
        found = self._peek()
        if found not in {one, other}:
            raise self._bad()
        self._place += 1
        return found

    def _peek(self) -> str:
        """The next character that is not space; empty at the end."""
        while True:
            held, place = self._held, self._place
            while place < len(held) and held[place] in " \t\r\n":
                place += 1
            self._place = place
            if place < len(held):
                return held[place]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Hold one more piece; False at the end."""
        if len(self._held) - self._place > LONGEST_VALUE:
            raise TooLarge(f"A value of the payload is longer than {LONGEST_VALUE} characters.")
        while not self._ended:
            piece = self._stream.read(CHUNK)
            self._ended = not piece
            try:
                text = self._decode(piece, self._ended)
            except UnicodeDecodeError as bad:
                raise NotWellFormed("The payload is not UTF-8.", remedy="Encode it in UTF-8.") from bad
            if text:
                self._held, self._place = self._held[self._place :] + text, 0
                return True
        return False

    def _bad(self) -> NotWellFormed:
        near = self._held[self._place : self._place + 40]
        return NotWellFormed(f"The payload is not as expected near {near!r}.", remedy=_REMEDY)
