"""Frames: whatever way the bytes come, the same frames come out; what is no frame is refused within bounds."""

from __future__ import annotations

import random
import struct

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.shared_services.link.frames import (
    FIRST,
    LARGEST,
    Answer,
    Cancel,
    Failure,
    Frame,
    FrameReader,
    Hello,
    Leaving,
    Ping,
    Pong,
    Request,
    Welcome,
    write,
)
from douane.shared_services.link.translation import error_of, failure
from douane.vocabulary.errors import LinkViolation, NotAuthorised

TEXT = st.text(max_size=40)
NUMBER = st.integers(0, 2**63 - 1)
SMALL = st.integers(0, 1023)
RAW = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT | st.binary(max_size=60), lambda inner: st.lists(inner, max_size=4)
).map(lambda value: msgspec.Raw(msgspec.msgpack.encode(value)))
FAULT = st.tuples(TEXT, TEXT, TEXT, TEXT, TEXT, NUMBER, NUMBER)
PLACES = st.lists(SMALL, max_size=5).map(tuple)
FRAMES = st.one_of(
    st.builds(Hello, SMALL, TEXT, TEXT, NUMBER),
    st.builds(Welcome, SMALL, TEXT, PLACES, PLACES, st.lists(st.tuples(TEXT, TEXT, SMALL), max_size=3).map(tuple)),
    st.builds(Request, NUMBER, TEXT, RAW),
    st.builds(Answer, NUMBER, RAW),
    st.builds(Failure, NUMBER, TEXT, TEXT, TEXT, st.lists(FAULT, max_size=3).map(tuple), SMALL),
    st.builds(Cancel, NUMBER),
    st.builds(Ping, NUMBER),
    st.builds(Pong, NUMBER),
    st.just(Leaving()),
)
SLOW = [HealthCheck.too_slow]  # a machine may be


def plain(frame: Frame) -> object:
    """A frame to compare: raw content by its bytes."""
    return msgspec.msgpack.encode(frame)


@settings(deadline=None, suppress_health_check=SLOW)
@given(st.lists(FRAMES, max_size=6), st.randoms(use_true_random=False))
def test_frames_survive_every_way_of_cutting_them(frames: list[Frame], chance: random.Random) -> None:
    stream = b"".join(write(frame) for frame in frames)
    cuts = sorted(chance.randrange(len(stream) + 1) for _ in range(chance.randrange(8)))
    reader, found = FrameReader(LARGEST), list[Frame]()
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        found += reader.feed(stream[start:end])
    assert [plain(f) for f in found] == [plain(f) for f in frames]
    assert [type(f) for f in found] == [type(f) for f in frames]


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
def test_any_bytes_are_frames_or_a_violation(data: bytes) -> None:
    try:
        FrameReader(LARGEST).feed(data)
    except LinkViolation:
        return


@given(st.binary(min_size=1, max_size=200))
@settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
def test_any_content_of_the_right_length_is_a_frame_or_a_violation(content: bytes) -> None:
    try:
        frames = FrameReader(LARGEST).feed(struct.pack(">I", len(content)) + content)
    except LinkViolation:
        return
    assert len(frames) == 1


@settings(deadline=None, suppress_health_check=SLOW)
@given(FRAMES, st.data())
def test_a_flipped_bit_is_a_frame_or_a_violation(frame: Frame, data: st.DataObject) -> None:
    spoilt = bytearray(write(frame))
    place = data.draw(st.integers(4, len(spoilt) - 1))
    spoilt[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        FrameReader(LARGEST).feed(bytes(spoilt))
    except LinkViolation:
        return


def test_a_refusal_keeps_why_on_its_way() -> None:
    why = "circles of trust", "another door", "nobody"
    assert error_of(failure(1, NotAuthorised("No.").because(*why))).why == why
    assert error_of(failure(1, NotAuthorised("No."))).why is None


def test_a_frame_beyond_the_bound_is_refused_by_its_length_alone() -> None:
    with pytest.raises(LinkViolation):
        FrameReader().feed(struct.pack(">I", FIRST + 1))
    with pytest.raises(LinkViolation):
        FrameReader(LARGEST).feed(b"\xff\xff\xff\xff")
    assert FrameReader().feed(struct.pack(">I", FIRST)) == []


def test_a_frame_that_is_too_large_is_not_written() -> None:
    with pytest.raises(LinkViolation):
        write(Answer(1, msgspec.Raw(msgspec.msgpack.encode(bytes(LARGEST)))))


def test_deep_nesting_is_a_violation_and_no_crash() -> None:
    content = b"\x94\x03\x01\xa1x" + b"\x91" * 1_000_000 + b"\xc0"
    with pytest.raises(LinkViolation):
        FrameReader(LARGEST).feed(struct.pack(">I", len(content)) + content)


def test_announced_items_that_do_not_come_cost_no_memory() -> None:
    content = b"\x93\x04\x01\xdd\xff\xff\xff\xff"  # an array of 2**32 - 1 items as the content of an answer
    with pytest.raises(LinkViolation):
        FrameReader(LARGEST).feed(struct.pack(">I", len(content)) + content)


def test_what_was_read_is_not_kept() -> None:
    reader = FrameReader(LARGEST)
    for _ in range(100):
        reader.feed(write(Answer(1, msgspec.Raw(msgspec.msgpack.encode(bytes(10_000))))))
    assert len(reader._buffer) == 0
