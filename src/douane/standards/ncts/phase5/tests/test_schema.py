"""The schema that we publish, computed from our layouts, judges as the official one does.

300 mutations in a usual run, 20,000 with ``DOUANE_FULL=1`` in the environment.
"""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from douane.standards.ncts.phase5 import write
from douane.standards.ncts.phase5.codecs import CODECS
from douane.standards.ncts.phase5.generated.structs import Message
from douane.standards.ncts.phase5.reading import schema
from douane.standards.ncts.tests.damage import damaged
from douane.standards.xml_schema.writing import document, schema_text
from douane.vocabulary.errors import UnknownMessageType

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
NCTS = ROOT.parent / "shared/data/ncts"
COUNT = 20_000 if os.environ.get("DOUANE_FULL") == "1" else 300
CHUNKS = 10 if COUNT > 1_000 else 1

needs_files = pytest.mark.skipif(
    not NCTS.exists() and "CI" not in os.environ, reason="../shared/data/ncts is not beside this checkout"
)


@pytest.fixture(scope="module")
def published() -> etree.XMLSchema:
    """Our schema of all 91 messages, compiled."""
    return etree.XMLSchema(etree.fromstring(document(schema_text(schema(CODECS.messages)))))


@needs_files
def test_the_official_files_get_the_official_verdict(published: etree.XMLSchema) -> None:
    with (NCTS / "EXPECTED-p5.csv").open(encoding="utf-8", newline="") as stream:
        expected = {row[0]: row[2] == "yes" for row in list(csv.reader(stream))[1:]}
    assert len(expected) == 22
    assert {file: published.validate(etree.parse(NCTS / file)) for file in expected} == expected


@needs_files
def test_minimal_messages_are_valid(published: etree.XMLSchema) -> None:
    files = sorted((NCTS / "xsd-p5-derived/minimal").glob("*.xml"))
    assert len(files) == 58
    assert [path.name for path in files if not published.validate(etree.parse(path))] == []


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_verdicts_equal_those_of_the_official_schema(
    chunk: int, published: etree.XMLSchema, sample: Callable[[str, int], Message], oracle: Callable[[bytes], bool]
) -> None:
    seen: Counter[bool] = Counter()
    for seed in range(chunk * COUNT // CHUNKS, (chunk + 1) * COUNT // CHUNKS):
        done, data = damaged(seed, CODECS.messages, sample, write)
        ours, theirs = published.validate(etree.fromstring(data)), oracle(data)
        assert ours == theirs, f"seed {seed}: {done}: ours {ours}\n{data.decode()}"
        seen[ours] += 1
    assert min(seen[True], seen[False]) > COUNT // CHUNKS // 10


def test_every_message_has_a_schema_of_its_own(sample: Callable[[str, int], Message]) -> None:
    for name in ("CC015C", "CC917C", "CD001C"):
        own = etree.XMLSchema(etree.fromstring(document(schema_text(schema([name])))))
        assert own.validate(etree.fromstring(write(sample(name, 1)))), own.error_log
        assert not own.validate(etree.fromstring(write(sample("CC014C", 1))))


def test_unknown_messages_have_none() -> None:
    with pytest.raises(UnknownMessageType):
        schema(["CC999C"])
