"""Phase 6: our verdict, and that of the schema that we publish, equal the official one; both phases live side by side.

300 mutations in a usual run, 20,000 with ``DOUANE_FULL=1`` in the environment.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from douane.standards.ncts import phase5, phase6
from douane.standards.ncts.binding.layout import Layout
from douane.standards.ncts.phase6 import generated, read, write
from douane.standards.ncts.phase6.codecs import CODECS, codec
from douane.standards.ncts.phase6.objects import check, from_json, to_json
from douane.standards.ncts.phase6.reading import read_any, schema
from douane.standards.ncts.tests.damage import damaged
from douane.standards.xml_schema.writing import document, schema_text
from douane.vocabulary.errors import NotValid, UnknownMessageType

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
SHARED = ROOT.parent / "shared"
NCTS = SHARED / "data/ncts"
COUNT = 20_000 if os.environ.get("DOUANE_FULL") == "1" else 300
CHUNKS = 20 if COUNT > 1_000 else 1

needs_files = pytest.mark.skipif(
    not NCTS.exists() and "CI" not in os.environ, reason="../shared/data/ncts is not beside this checkout"
)


@pytest.fixture(scope="module")
def published() -> etree.XMLSchema:
    """Our schema of all 33 messages, compiled."""
    return etree.XMLSchema(etree.fromstring(document(schema_text(schema(CODECS.messages)))))


def verdict(data: bytes) -> bool:
    try:
        message = read(data)
    except (NotValid, UnknownMessageType):
        return False
    assert read_any(data) == message
    return True


@needs_files
def test_the_official_files_get_the_official_verdict(published: etree.XMLSchema) -> None:
    with (NCTS / "EXPECTED-p6.csv").open(encoding="utf-8", newline="") as stream:
        expected = {row[0]: row[2] == "yes" for row in list(csv.reader(stream))[1:]}
    assert (len(expected), sum(expected.values())) == (21, 3)
    assert {file: verdict((NCTS / file).read_bytes()) for file in expected} == expected
    assert {file: published.validate(etree.parse(NCTS / file)) for file in expected} == expected


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_verdicts_on_damaged_messages_equal_the_official_ones(
    chunk: int, published: etree.XMLSchema, sample: Callable[[str, int], object], oracle: Callable[[bytes], bool]
) -> None:
    seen: Counter[bool] = Counter()
    for seed in range(chunk * COUNT // CHUNKS, (chunk + 1) * COUNT // CHUNKS):
        done, data = damaged(seed, CODECS.messages, sample, write)
        theirs = oracle(data)
        assert verdict(data) == theirs, f"seed {seed}: {done}: theirs {theirs}\n{data.decode()}"
        assert published.validate(etree.fromstring(data)) == theirs, f"seed {seed}: {done}\n{data.decode()}"
        seen[theirs] += 1
    assert min(seen[True], seen[False]) > COUNT // CHUNKS // 10


@pytest.mark.parametrize("name", CODECS.messages)
def test_every_message_comes_back_from_xml_and_json(name: str, sample: Callable[[str, int], object]) -> None:
    for seed in range(3):
        message = sample(name, seed)
        data = write(message)  # type: ignore[arg-type]
        assert read(data) == read_any(data) == message
        assert from_json(type(message), to_json(message)) == message
        assert check(message) == ()


def test_both_phases_live_in_one_process() -> None:
    assert phase5.CC015C is not phase6.CC015C  # type: ignore[comparison-overlap]
    assert (len(phase5.family()), len(phase6.family())) == (91, 33)
    assert {one.code for one in phase6.family()} == set(CODECS.messages)
    assert all(one.official for one in phase6.family())


def test_layouts_and_catalogue_name_the_same_items_but_for_what_the_schema_alone_has() -> None:
    def paths(layout: Layout, path: str) -> set[str]:
        found = set()
        for item in layout.items:
            found.add(f"{path}/{item.tag}")
            found |= paths(item.layout, f"{path}/{item.tag}") if hasattr(item, "layout") else set()
        return found

    more: set[str] = set()
    for one in phase6.family():
        ours, listed = paths(codec(one.code).layout, "/" + one.code), {field.pointer for field in one.fields}
        assert listed <= ours, one.code
        more |= {path for path in ours - listed if path.rpartition("/")[0] not in ours - listed}
    assert {"/CC170C/TransitOperation/MRN", "/CC928C/TransitOperation/MRN"} <= more
    assert len(more) == 5


@needs_files
def test_the_tool_writes_what_is_committed(tmp_path: Path) -> None:
    tool = [sys.executable, str(ROOT / "tools/ncts_family.py"), "--phase", "6", "--shared", str(SHARED)]
    subprocess.run([*tool, "--out", str(tmp_path)], check=True, capture_output=True, timeout=100)
    folder = Path(generated.__file__).parent
    written = {
        path.relative_to(tmp_path): path.read_text(encoding="utf-8") for path in tmp_path.iterdir() if path.is_file()
    }
    committed = {
        path.relative_to(folder): path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()
    }
    assert written == committed, "run: python tools/ncts_family.py --phase 6"
