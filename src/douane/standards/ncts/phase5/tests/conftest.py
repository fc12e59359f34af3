"""Random valid messages from the layouts, and libxml2 with the published schemas as judge."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from douane.standards.ncts.phase5.codecs import codec
from douane.standards.ncts.phase5.generated.structs import Message
from douane.standards.ncts.tests.random_messages import group_of

ROOT = next(parent for parent in Path(__file__).resolve().parents if (parent / "pyproject.toml").exists())
NCTS = ROOT.parent / "shared/data/ncts"


@pytest.fixture(scope="session")
def sample() -> Callable[[str, int], Message]:
    """Makes a random valid message of a type from a seed."""

    def make(name: str, seed: int) -> Message:
        rng = random.Random(f"{name} {seed}")
        known = codec(name)
        return known.struct(**group_of(known.layout, rng), phase_id=rng.choice((None, "NCTS5.1", "NCTS5.0")))

    return make


@pytest.fixture(scope="session")
def oracle() -> Callable[[bytes], bool]:
    """The verdict of libxml2: one driver schema that includes all published and derived ones."""
    if not NCTS.exists() and "CI" not in os.environ:
        pytest.skip("../shared/data/ncts is not beside this checkout")
    official = sorted((NCTS / "xsd-p5-51.8.6").glob("cc*.xsd"))
    derived = sorted((NCTS / "xsd-p5-derived").glob("c*.xsd"))
    assert (len(official), len(derived)) == (33, 58)
    includes = "".join(f'<xs:include schemaLocation="{path.as_uri()}"/>' for path in official + derived)
    head = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://ncts.dgtaxud.ec">'
    schema = etree.XMLSchema(etree.fromstring(f"{head}{includes}</xs:schema>"))

    def judge(data: bytes) -> bool:
        return schema.validate(etree.fromstring(data))

    return judge
