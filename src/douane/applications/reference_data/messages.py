"""What an import of reference data leaves behind."""

from __future__ import annotations

import datetime as dt

import msgspec

from douane.vocabulary.code_lists import CodeList, Entry
from douane.vocabulary.time import Instant


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
    imported_at: Instant
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
