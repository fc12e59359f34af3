"""Every problem that a newcomer met has an id and a check that runs, or a reason; and the checks that read pages."""

from __future__ import annotations

import re
from functools import cache

import msgspec
import pytest

from douane.model.web_services import Receipt
from tests.documents.blocks import ROOT
from tests.journeys.office import CATALOGUE
from tests.newcomer import PROBLEMS, Problem


@cache
def names_of_tests() -> frozenset[str]:
    """The names of all tests."""
    found = set()
    for folder in ("src", "tests"):
        for path in (ROOT / folder).rglob("test_*.py"):
            found |= set(re.findall(r"^(?:async )?def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    return frozenset(found)


def test_each_problem_has_an_id_of_its_own() -> None:
    ids = [each.id for each in PROBLEMS]
    assert ids == [f"N{number:02d}" for number in range(1, len(ids) + 1)]


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda each: each.id)
def test_each_problem_is_checked_or_says_why_not(problem: Problem) -> None:
    assert bool(problem.checks) is not bool(problem.reason)
    assert set(problem.checks) <= names_of_tests()


def test_readme_says_nothing_is_later_that_runs() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    pictures = "".join(each.read_text(encoding="utf-8") for each in (ROOT / "docs" / "pictures").glob("*.svg"))
    assert not re.search(r"queues,? later", text + pictures)


@pytest.mark.parametrize(
    "page", ["glossary.md", "rest.md", "operating.md", "certificates.md", "quickstart.md", "deploy.md"]
)
def test_the_page_is_there_that_somebody_missed(page: str) -> None:
    """And it is reached from the first page of the documentation."""
    assert (ROOT / "docs" / page).is_file()
    assert f"({page})" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")


def test_a_deployment_has_its_files() -> None:
    """A unit and a container, as its page names them."""
    text = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    there = [each.name for each in (ROOT / "deploy").iterdir()]
    assert {"douane.service", "Containerfile"} <= set(there)
    assert [name for name in there if name not in text] == []


def test_the_quickstart_names_every_answer_that_a_first_declaration_can_get() -> None:
    """As its contract promises them."""
    text = (ROOT / "docs" / "quickstart.md").read_text(encoding="utf-8")
    replies = CATALOGUE.operation("transit.lodge_declaration").replies
    assert len(replies) > 5
    assert [each.__name__ for each in replies if each.__name__ not in text] == []


def test_a_procedure_by_hand_names_every_program_that_it_calls() -> None:
    text = (ROOT / "docs" / "audit.md").read_text(encoding="utf-8")
    needed = re.search(r"^Needed: (.*?)[.]", text, re.MULTILINE)
    assert needed is not None
    by_hand = "\n".join(re.findall(r"```bash\n(.*?)```", text[needed.end() :], re.DOTALL))
    called = {each for each in ("jq", "openssl", "sed", "xxd", "python3", "awk") if re.search(rf"\b{each}\b", by_hand)}
    assert {"jq", "openssl"} <= called
    assert [each for each in called if each not in needed[1].lower()] == []


def test_whoever_meets_a_busy_port_is_told_where_the_addresses_are() -> None:
    text = " ".join((ROOT / "docs" / "quickstart.md").read_text(encoding="utf-8").split())
    assert "the addresses that `make run` printed" in text


def test_every_part_of_a_receipt_is_explained() -> None:
    text = (ROOT / "docs" / "rest.md").read_text(encoding="utf-8")
    missing = [each.name for each in msgspec.structs.fields(Receipt) if f"`{each.name}`" not in text]
    assert missing == []
