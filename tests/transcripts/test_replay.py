"""Every recorded transcript replays octet by octet: existing programs notice nothing of this release."""

from __future__ import annotations

import asyncio

import pytest

from tests.transcripts.wire import NAMES, load, replay


@pytest.mark.parametrize("name", NAMES)
def test_a_recorded_transcript_replays_byte_for_byte(name: str) -> None:
    steps = load(name)["steps"]
    assert len(steps) > 5
    for step, told in asyncio.run(replay(steps)):
        assert told == step["told"], step["given"]


def test_the_two_hold_forty_exchanges_and_more() -> None:
    assert sum(len(load(name)["steps"]) for name in NAMES) > 40


def test_there_is_a_transcript_of_every_form() -> None:
    texts = [str(load(name)) for name in NAMES]
    assert NAMES
    for form in ("UNH+1+CD001C:5:1:ZZ:NCTS", "UNH+1+CONTRL:D:3:UN", "000REPORT01", "csi-report", "CD906C", "CD917C"):
        assert any(form in text for text in texts), form
