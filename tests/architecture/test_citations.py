"""Every article, paragraph and point that the product cites exists in the act (``standards.union_law``)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from douane.configuration.discovery import installed_model
from douane.model.graph import NodeKind
from douane.standards.union_law.citing import citations
from tests.architecture.tree import SOURCE

ROOT: Final = SOURCE.parents[1]
READ: Final = frozenset({".bpmn", ".dmn", ".html", ".json", ".md", ".po", ".py", ".toml", ".txt"})
OURS: Final = "ours: "
"""How a limit says that no article sets it."""
NOT_READ: Final = (
    "Convention on a common transit procedure", "Regulation (EU) 2025/512", "Regulation (EU) 2022/2399",
    "agreement on mutual recognition",
)  # fmt: skip
"""What is cited whose structure nobody has read yet: such a citation is believed of whoever wrote it."""


def texts() -> list[Path]:
    """Everything that is written here by hand or generated, but the tests that cite wrongly to be refused."""
    places = [ROOT / each for each in ("src", "docs", "tests", "README.md", "CHANGELOG.md")]
    found = [file for place in places for file in ([place] if place.is_file() else place.rglob("*"))]
    wrong = {SOURCE / "standards/union_law/tests", Path(__file__).parents[1] / "cli/test_law.py"}
    return [
        each for each in found
        if each.suffix in READ and not any(each == one or one in each.parents for one in wrong) and each.is_file()
    ]  # fmt: skip


def test_what_is_cited_exists() -> None:
    found, wrong = 0, []
    for file in texts():
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            for each in citations(line):
                found += 1
                if not each.exists:
                    wrong.append(f"{file.relative_to(ROOT)}:{number}: {each}")
    assert found > 3_000
    assert wrong == []


def test_what_the_model_rests_on_names_an_article_or_says_why_not() -> None:
    legal = [each.name for each in installed_model().of(NodeKind.LEGAL)]
    assert len(legal) > 200
    unknown = [each for each in legal if not (list(citations(each)) or each.startswith((OURS, *NOT_READ)))]
    assert unknown == []
    assert [each for each in NOT_READ if not any(one.startswith(each) for one in legal)] == [], "no longer cited"
