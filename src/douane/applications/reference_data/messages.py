"""Messages of reference data: a version of a list, a question and its answer."""

from __future__ import annotations

import datetime as dt

import msgspec

from douane.author import CodeList, Entry, MachineMicros


class ListVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A code list as an import left it: what holds from now on, with all history."""

    number: str
    """CL number (``CL010``)."""
    name: str
    version: str
    """Hash of the content; equal on every node that holds the same list."""
    previous: str = ""
    """Version that this one follows; empty for the first."""
    source: str
    """Which file it came from, by the name the operator gave."""
    snapshot: dt.date
    """The date for which the file states the list."""
    imported_at: MachineMicros
    added: int = 0
    """How many codes are new, or valid again."""
    changed: int = 0
    """How many codes got other facts or another date."""
    ended: int = 0
    """How many codes are no longer valid."""
    entries: tuple[Entry, ...] = ()

    def code_list(self) -> CodeList:
        """The list itself."""
        return CodeList(self.number, self.name, self.entries)


class CodeQuery(msgspec.Struct, frozen=True):
    """Ask what a code list says of a code on a day (default: today)."""

    number: str
    code: str
    on: dt.date | None = None


class CodeView(msgspec.Struct, frozen=True):
    """What holds for a code: since when, and the facts that the list gives, as JSON."""

    number: str
    name: str
    version: str
    code: str
    on: dt.date
    since: dt.date
    facts: str
