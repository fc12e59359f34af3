"""What other applications may use: the built-in selection of code lists, enough to run and test without an import."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Mapping
from importlib.resources import files

import msgspec

from douane.vocabulary.code_lists import CodeList, CodeLists, Entry


class _Lines(msgspec.Struct):
    """One list of ``tables/builtin.json``: codes without facts by date, and entries with facts."""

    name: str
    origin: str
    codes: dict[dt.date, str] = {}
    entries: list[tuple[str, dt.date, msgspec.Raw]] = []


_LISTS = msgspec.json.Decoder(dict[str, msgspec.Raw])
_LINES = msgspec.json.Decoder(_Lines)


@functools.cache
def load_builtin() -> CodeLists:
    """The built-in code lists, each decoded at its first use; the same value at every call."""
    return CodeLists({number: _reader(number, raw) for number, raw in _raw_lists().items()})


def builtin_origins() -> Mapping[str, str]:
    """Where each built-in list comes from: published, selection, schema, layouts or by hand."""
    return {number: _LINES.decode(raw).origin for number, raw in _raw_lists().items()}


def _raw_lists() -> dict[str, msgspec.Raw]:
    return _LISTS.decode(files(__package__).joinpath("tables/builtin.json").read_bytes())


def _reader(number: str, raw: msgspec.Raw) -> Callable[[], CodeList]:
    def read() -> CodeList:
        lines = _LINES.decode(raw)
        plain = [Entry(code, since) for since, codes in lines.codes.items() for code in codes.split()]
        rich = [Entry(code, since, True, bytes(facts).decode()) for code, since, facts in lines.entries]
        return CodeList(number, lines.name, plain + rich)

    return read
