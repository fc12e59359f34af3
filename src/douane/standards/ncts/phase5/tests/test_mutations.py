"""Seeded damage to valid messages: our verdict equals that of libxml2 with the published schemas.

3,000 mutations in a usual run, 20,000 with ``DOUANE_FULL=1`` in the environment.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

import pytest

from douane.standards.ncts.phase5 import read, write
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated.structs import Message
from douane.standards.ncts.phase5.reading import read_any
from douane.standards.ncts.tests.damage import damaged
from douane.vocabulary.errors import NotValid, UnknownMessageType

COUNT = 20_000 if os.environ.get("DOUANE_FULL") == "1" else 3_000
CHUNKS = 10


def verdict(data: bytes) -> bool:
    try:
        message = read(data)
    except (NotValid, UnknownMessageType):
        return False
    assert read_any(data) == message
    return True


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_verdicts_equal_those_of_libxml2(
    chunk: int, sample: Callable[[str, int], Message], oracle: Callable[[bytes], bool]
) -> None:
    seen: Counter[bool] = Counter()
    for seed in range(chunk * COUNT // CHUNKS, (chunk + 1) * COUNT // CHUNKS):
        done, data = damaged(seed, CODECS.messages, sample, write)
        ours, theirs = verdict(data), oracle(data)
        assert ours == theirs, f"seed {seed}: {done}: ours {ours}\n{data.decode()}"
        seen[ours] += 1
    assert min(seen[True], seen[False]) > COUNT // CHUNKS // 10
