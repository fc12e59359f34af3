"""Bodies of a family are kept with its dictionary: smaller, the same again, in every thread, and never another's."""

from __future__ import annotations

import hashlib
import random
import threading
from dataclasses import replace

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from bench.messages import declaration
from douane.runtime.store.bodies import DICTIONARIES, Codec, Dictionary, pack, unpack
from douane.standards.ncts import phase5
from douane.vocabulary.errors import NotReadable, OurFault
from tests.journeys.movements import Movement
from tests.journeys.office import Office
from tools.dictionaries import anything, kept, with_other_values

MESSAGE = phase5.write(declaration())


def test_the_bodies_of_a_unit_of_work_fit_into_3_kb() -> None:
    office, rng = Office(), random.Random(99)
    before = list(kept(office))  # what its registers were told
    Movement(declaration(), office=office)
    found = [with_other_values(body, rng) for body in kept(office) if body not in before]
    assert sum(map(len, found)) > 13_000
    assert sum(len(pack(body)[1]) for body in found) < 3_000


def test_messages_of_every_type_are_the_same_again_and_smaller() -> None:
    with_one, without = 0, 0
    for body in anything():
        codec, short = pack(body)
        assert codec is Codec.NCTS_1
        assert unpack(codec, short) == body
        with_one += len(short)
        without += len(zstandard.ZstdCompressor(level=3).compress(body))
    assert with_one < 0.75 * without


@given(st.binary(max_size=2_000))
def test_whatever_is_kept_is_the_same_again(body: bytes) -> None:
    assert unpack(*pack(body)) == body
    marked = DICTIONARIES[0].mark + body
    assert pack(marked)[0] is Codec.NCTS_1
    assert unpack(*pack(marked)) == marked


def test_what_no_dictionary_is_for_is_kept_as_before() -> None:
    assert pack(b"{}") == (Codec.PLAIN, b"{}")
    assert pack(b"x" * 1_000)[0] is Codec.ZSTD
    assert pack(b" " * 200 + MESSAGE)[0] is Codec.ZSTD  # the mark stands further behind


def test_a_body_of_one_codec_is_not_read_by_another() -> None:
    codec, short = pack(MESSAGE)
    with pytest.raises(NotReadable):
        unpack(Codec.ZSTD, short)
    with pytest.raises(NotReadable):
        unpack(codec, short + b"hidden")
    with pytest.raises(NotReadable):
        unpack(codec, short[:-1])


def test_several_threads_keep_and_read_at_once() -> None:
    wrong: list[bytes] = []
    messages = list(anything())

    def work(seed: int) -> None:
        drawn = random.Random(seed).sample(messages, 200)
        wrong.extend(body for body in drawn if unpack(*pack(body)) != body)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []


@pytest.mark.parametrize("each", DICTIONARIES, ids=lambda each: each.file)
def test_a_dictionary_is_what_it_was_when_it_was_first_used(each: Dictionary) -> None:
    assert hashlib.sha256(each.octets).hexdigest() == each.digest
    with pytest.raises(OurFault, match="damaged"):
        replace(each, digest="0").data()


def test_a_dictionary_knows_nothing_of_our_examples() -> None:
    (each,) = DICTIONARIES
    for told in (b"Lesquin", b"Roulements", b"Wien", b"Ringstrasse", b"FR4"):
        assert told not in each.octets
