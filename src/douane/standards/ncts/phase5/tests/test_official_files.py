"""Verdicts on the official and derived files; skipped where ../shared is absent (not in CI)."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest
from lxml import etree

from douane.standards.ncts.phase5 import read, write
from douane.standards.ncts.phase5.reading import read_any, read_usual
from douane.vocabulary.errors import NotValid

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
NCTS = ROOT.parent / "shared/data/ncts"

pytestmark = pytest.mark.skipif(
    not NCTS.exists() and "CI" not in os.environ, reason="../shared/data/ncts is not beside this checkout"
)


def expected() -> list[tuple[str, bool]]:
    """File and verdict of libxml2 as published."""
    if not NCTS.exists():
        return []
    with (NCTS / "EXPECTED-p5.csv").open(encoding="utf-8", newline="") as stream:
        return [(row[0], row[2] == "yes") for row in list(csv.reader(stream))[1:]]


def minimal() -> list[Path]:
    """One message with required elements only for each derived schema."""
    return sorted((NCTS / "xsd-p5-derived/minimal").glob("*.xml"))


def content(data: bytes) -> list[tuple[str, tuple[tuple[str, str], ...], str]]:
    """Every element in order with attributes and text: the message without its written form."""
    parser = etree.XMLParser(remove_comments=True, remove_pis=True)
    found = []
    for element in etree.fromstring(data, parser).iter():
        attributes = tuple(sorted((str(k), str(v).strip()) for k, v in element.attrib.items()))
        text = element.text or ""
        found.append((str(element.tag), attributes, text if text.strip() else ""))
    return found


def test_there_are_files() -> None:
    assert len(expected()) == 22
    assert len(minimal()) == 58


@pytest.mark.parametrize(("file", "valid"), expected())
def test_verdict_equals_the_published_one(file: str, valid: bool) -> None:
    data = (NCTS / file).read_bytes()
    if not valid:
        with pytest.raises(NotValid) as caught:
            read(data)
        assert all(fault.line and fault.pointer.startswith("/CC") and fault.remedy for fault in caught.value.faults)
        return
    message = read(data)
    assert read_any(data) == message
    assert content(write(message)) == content(data)


@pytest.mark.parametrize("path", minimal(), ids=lambda path: path.stem)
def test_minimal_messages_are_valid_and_come_back(path: Path) -> None:
    data = path.read_bytes()
    message = read(data)
    assert type(message).__name__ == path.stem.upper()
    assert read_any(data) == message
    assert content(write(message)) == content(data)
    assert read_usual(write(message).decode()) == message
    root = etree.fromstring(data)
    for place in range(len(root)):
        short = etree.fromstring(data)
        short.remove(short[place])
        with pytest.raises(NotValid):
            read(etree.tostring(short))
