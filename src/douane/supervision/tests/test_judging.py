"""The sample of sent messages: how large it is, what falls into it, and what happens to what cannot be judged."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from douane.model.rules import Look
from douane.runtime.catalogue.behaviour import Behaviour, Judge, judges
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.store.envelope import RowKind
from douane.runtime.store.origin import Content, Media
from douane.supervision.judging import LAYOUT, MOST, OF, Judging, names_of
from douane.supervision.telemetry import Telemetry
from douane.vocabulary.errors import Fault, NotReadable

SOME = 1 << 48 | 77  # where positions of a later partition begin


class Clock:
    def now(self) -> int:
        return 1_800_000_000_000_000


class Letter(str):
    """A message as the stand-in of the catalogue reads it."""

    __slots__ = ()


@dataclass
class Reading:
    """Reads a body as a letter; one that says nothing cannot be read."""

    read: list[bytes] = field(default_factory=list)

    def read_document(self, body: bytes) -> Letter:
        self.read.append(body)
        if not body:
            raise NotReadable("Nothing is said.")
        return Letter(body.decode())


@judges(Letter, {"R1", "Letter"})
def judge(message: Letter, _look: Callable[[dt.date], Look], _day: dt.date) -> tuple[Fault, ...]:
    faults = {"wrong": Fault("/", "14", "Mend it.", rule="R1"), "torn": Fault("/", "12", "Mend it.")}
    return tuple(fault for word, fault in faults.items() if word in message)


JUDGE: Judge = judge.__dict__["__judge__"]


def made(folder: Path, share: int, reading: Reading | None = None) -> Judging:
    telemetry = Telemetry(Catalogue([]), Clock(), folder / "node.log", rules=names_of([JUDGE]))
    catalogue: Any = reading or Reading()
    look: Any = None
    return Judging(catalogue, [JUDGE], look, telemetry, share)


def ticked(*sent: tuple[int, bytes], media: Media = Media.FAMILY, rows: tuple[Any, ...] = ()) -> Any:
    """A tick that sent these bodies at these positions."""
    out = [
        (n, SimpleNamespace(id="1", content=Content(media, body, b""), subject=5, at=Clock().now())) for n, body in sent
    ]
    return SimpleNamespace(overlay=SimpleNamespace(sent=out, rows=rows, now=Clock().now()))


def run_until_empty(look: Judging) -> None:
    async def work() -> None:
        while look.waiting:
            await look.judge_next()

    asyncio.run(work())


@pytest.mark.parametrize(("share", "least", "most"), [(0, 0, 0), (100, 80, 120), (1_000, 950, 1_050), (OF, OF, OF)])
def test_the_share_of_consecutive_messages_is_what_was_declared(
    tmp_path: Path, share: int, least: int, most: int
) -> None:
    look = made(tmp_path, share)
    for begin in (1, SOME):
        number = sum(1 for n in range(begin, begin + OF) if list(look._chosen(ticked((n, b"x")).overlay)))
        assert least <= number <= most


def test_nobody_s_messages_are_kept_without_a_judge_or_beyond_what_may_wait(tmp_path: Path) -> None:
    look = made(tmp_path, OF)
    for n in range(2 * MOST):
        look.watch(ticked((n, b"right")))
    assert len(look.waiting) == MOST
    none = Judging(*(look._catalogue, [], look._look, look._telemetry), share=OF)
    none.watch(ticked((1, b"right")))
    off = made(tmp_path, 0)
    off.watch(ticked((1, b"right")))
    assert not none.waiting
    assert not off.waiting


def test_what_breaks_a_rule_is_told_once_a_minute_and_what_cannot_be_read_stops_nothing(tmp_path: Path) -> None:
    look = made(tmp_path, OF)
    look.watch(ticked((1, b"right"), (2, b"wrong"), (3, b""), (4, b"wrong, and torn"), (5, b"right")))
    run_until_empty(look)
    lines = list(map(json.loads, (tmp_path / "node.log").read_text().splitlines()))
    said = [(each["event"], each.get("code"), each.get("message")) for each in lines]
    assert said == [
        ("message.breaks_rule", "R1", "2"), ("node.failed", None, None), ("message.breaks_rule", LAYOUT, "4"),
    ]  # fmt: skip
    shown = look._telemetry.text().decode()
    assert 'douane_judged_messages_total{outcome="right"} 2.0' in shown
    assert 'douane_judged_messages_total{outcome="wrong"} 2.0' in shown
    assert 'douane_rule_broken_seconds{code="R1",operation="Letter"} 1.8e+09' in shown


def test_what_offices_of_the_node_told_each_other_is_of_the_sample_and_what_came_in_is_not(tmp_path: Path) -> None:
    def row(platform: str, kind: RowKind = RowKind.MESSAGE) -> tuple[int, Any]:
        step = SimpleNamespace(operation="a.b", id="2", content=Content(Media.FAMILY, b"step", b""))
        origin = SimpleNamespace(platform=platform, id="1")
        within = Content(Media.FAMILY, b"within", b"")
        return 9, SimpleNamespace(kind=kind, origin=origin, operation="a.c", content=within, subject=5, steps=(step,))

    look = made(tmp_path, OF)
    look.watch(ticked(rows=(row(""), row("speed2"), row("", RowKind.TURNED_AWAY))))
    assert [each.content.body for each in look.waiting] == [b"within", b"step", b"step"]


def test_own_forms_are_no_messages_of_a_family(tmp_path: Path) -> None:
    look = made(tmp_path, OF)
    look.watch(ticked((1, b"{}"), media=Media.JSON))
    assert not look.waiting


def test_what_judges_is_found_in_handler_modules() -> None:
    module: Any = SimpleNamespace(__name__=__name__, judge=judge)
    assert Behaviour.of([module]).judges == [JUDGE]
