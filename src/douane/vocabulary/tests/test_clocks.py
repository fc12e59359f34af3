"""Instants of answers are of a type that says their clock; what says none is found at any depth."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from douane.vocabulary.clocks import Machine, MachineMicros, Statutory, bare, machine, statutory

AT = 1_796_040_000_123_457


class Line(Struct, frozen=True):
    """A line whose instants say their clock."""

    ends: Statutory
    came: Annotated[Machine | None, Meta(title="When it came")] = None
    told_at: MachineMicros = 0


class Inner(Struct, frozen=True):
    """A line whose instants do not."""

    at: int
    ends: Annotated[dt.datetime, Meta(tz=True)] | None = None
    number: int = 0


class Answer(Struct, frozen=True):
    """An answer with both."""

    lines: tuple[Line, ...]
    inner: tuple[Inner, ...]
    begun: dict[str, dt.datetime]


def test_an_instant_that_says_its_clock_is_written_as_ever() -> None:
    line = Line(ends=statutory(AT), came=machine(AT), told_at=AT)
    octets = msgspec.json.encode(line)
    assert b'"ends":"2026-11-30T12:00:00.123457Z","came":"2026-11-30T12:00:00.123457Z","told_at":' in octets
    assert msgspec.json.decode(octets, type=Line) == line
    assert bare(Line) == ()


def test_an_instant_that_says_no_clock_is_found_within_what_holds_it() -> None:
    assert set(bare(Answer)) == {"Inner.at", "Inner.ends", "Answer.begun"}


def test_a_schema_says_the_clock() -> None:
    shown = msgspec.json.schema(Line)["$defs"]["Line"]["properties"]
    assert shown["ends"]["description"] == "By the statutory clock."
    assert shown["told_at"]["description"] == "By the clock of the machine."
