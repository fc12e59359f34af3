"""The base messages break no rule of the whole book."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from douane.applications.transit.rules.book import BOOK
from douane.applications.transit.rules.case import KnownCase
from douane.applications.transit.tests import base_declarations as declarations
from douane.applications.transit.tests import base_messages as base
from douane.applications.transit.tests.code_lists import AFTER, DURING
from douane.standards.ncts.phase5 import read, write


def its_case(build: Callable[[], object]) -> KnownCase | None:
    if build in (declarations.tir, declarations.old_tir):
        return None
    declaration = declarations.normal() if build is base.amendment else declarations.prelodged()
    return KnownCase(declaration=declaration, accepted=True)


@pytest.mark.parametrize("build", base.AFTER_TRANSITION, ids=lambda b: b.__name__)
def test_after_the_transition(build: Callable[[], object]) -> None:
    assert BOOK.faults(build(), its_case(build), AFTER) == ()


@pytest.mark.parametrize("build", base.DURING_TRANSITION, ids=lambda b: b.__name__)
def test_during_the_transition(build: Callable[[], object]) -> None:
    assert BOOK.faults(build(), its_case(build), DURING) == ()


@pytest.mark.parametrize(
    "build", dict.fromkeys(base.AFTER_TRANSITION + base.DURING_TRANSITION), ids=lambda b: b.__name__
)
def test_the_schema_accepts_what_is_written(build: Callable[[], Any]) -> None:
    assert read(write(build())) == build()
