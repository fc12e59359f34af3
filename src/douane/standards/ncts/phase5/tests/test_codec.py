"""Random messages of every type: they come back as they were, and the published schemas accept them."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from douane.standards.ncts.phase5 import read, write
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated.structs import Message
from douane.standards.ncts.phase5.objects import check, from_json, to_json
from douane.standards.ncts.phase5.reading import read_any, read_usual


@pytest.mark.parametrize("name", CODECS.messages)
def test_a_random_message_comes_back(name: str, sample: Callable[[str, int], Message]) -> None:
    for seed in range(3):
        message = sample(name, seed)
        data = write(message)
        assert read(data) == message
        assert read_any(data) == message


@pytest.mark.parametrize("name", CODECS.messages)
def test_the_published_schema_accepts_a_random_message(
    name: str, sample: Callable[[str, int], Message], oracle: Callable[[bytes], bool]
) -> None:
    for seed in range(3):
        assert oracle(write(sample(name, seed)))


def test_the_fast_reader_takes_what_we_write(sample: Callable[[str, int], Message]) -> None:
    taken = 0
    for name in CODECS.messages:
        text = write(sample(name, 1)).decode()
        taken += read_usual(text) is not None or "&lt;" in text or "&gt;" in text
    assert taken == len(CODECS.messages)


@pytest.mark.parametrize("name", CODECS.messages)
def test_the_json_form_comes_back_and_is_as_strict(name: str, sample: Callable[[str, int], Message]) -> None:
    for seed in range(3):
        message = sample(name, seed)
        data = to_json(message)
        assert from_json(type(message), data) == message
        assert from_json(Message, data) == message
        assert from_json(type(message), msgspec.json.encode(message)) == message
        assert check(message) == ()
