"""Of twenty requirements that are called met, the test that is named for each fails once the requirement is broken."""

from __future__ import annotations

import pytest

from tests.architecture.tree import REPOSITORY
from tests.security.faults import FAULTS, drawn
from tests.security.playing import FAILED, PASSED, Copy
from tools.security_page import Requirement, read

ASKED = drawn(read())
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Where every test passes as long as no fault stands there."""
    made = Copy(tmp_path_factory.mktemp("faults"))
    played = made.play([each.test for each in ASKED])
    assert played.code == PASSED, played.said[-2000:]
    return made


def test_each_that_is_drawn_has_a_fault_and_no_other() -> None:
    assert FAULTS.keys() == {each.id for each in ASKED}
    assert len(ASKED) == 20


@pytest.mark.parametrize("number", FAULTS)
def test_the_place_of_a_fault_is_there_once(number: str) -> None:
    """Whoever changes that place moves its fault."""
    fault = FAULTS[number]
    assert (REPOSITORY / fault.file).read_text().count(fault.right) == 1


@pytest.mark.parametrize("requirement", ASKED, ids=lambda each: each.id)
def test_its_test_fails_once_it_is_broken(copy: Copy, requirement: Requirement) -> None:
    fault = FAULTS[requirement.id]
    copy.put(fault)
    try:
        played = copy.play([requirement.test])
    finally:
        copy.mend(fault)
    assert played.code == FAILED, played.said[-2000:]
