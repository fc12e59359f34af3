"""``douane law``: what rests on an article, which open cases run by it, and citations that no act has."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.applications.transit.tests.base_declarations import prelodged
from douane.backends.sqlite.backend import SqliteStore
from douane.vocabulary.calendars import built_in
from tests.cli.nodes import Printed, answer, refused, said
from tests.journeys.movements import Movement
from tests.journeys.office import Clock, Office


def test_an_article_names_what_rests_on_it(capsys: Printed) -> None:
    found = answer(capsys, "law", "impact", "UCC 22(3)")
    assert found["title"] == "Decisions taken upon application"
    rests = {each["element"]: each["cites"] for each in found["rests"]}
    assert rests["limit:DEC-DECISION"] == ["UCC art. 22(3)"]
    assert rests["service:customs_decisions"] == ["UCC art. 22"], "who cites the whole article is touched"
    assert "operation:customs_decisions.lodge" not in rests, "it cites another paragraph"
    assert "/decisions/{reference}" in found["pages"]
    told = said(capsys, "law", "impact", "UCC 22(3)")
    assert "DEC-DECISION-AEO" in told
    assert "Pages: /decisions/{reference}" in told


def test_open_cases_that_run_by_an_article_are_counted_by_office(capsys: Printed, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    store, paris = SqliteStore(str(tmp_path / "store" / "node.db")), built_in().of("FR")
    office = Office(clock=Clock(paris.read("2026-11-26T10:00")), store=store)  # type: ignore[arg-type]  # as good
    Movement(prelodged(), office=office)
    store.close()
    found = answer(capsys, "law", "impact", "UCC 171", "--data", str(tmp_path))
    assert found["running"] == [{"office": "FR005350", "limit": "TRA-PRESENTATION", "cases": 1}]
    assert answer(capsys, "law", "impact", "UCC 22", "--data", str(tmp_path))["running"] == []
    assert "FR005350  TRA-PRESENTATION  1" in said(capsys, "law", "impact", "UCC 171", "--data", str(tmp_path))


@pytest.mark.parametrize(
    ("article", "says"),
    [("UCC 999", "290 articles"), ("UCC 22(9)", "Article 22 has (1), (2)"), ("22(3)", "with its act"),
     ("UCC 22, 23", "several articles"), ("", "names no article")],
)  # fmt: skip
def test_what_no_act_has_is_refused(article: str, says: str, capsys: Printed) -> None:
    assert says in refused(capsys, "law", "impact", article)


def test_wrong_citations_in_a_file_are_found(capsys: Printed, tmp_path: Path) -> None:
    file = tmp_path / "notes.md"
    file.write_text("By UCC 22(3), and\nby DA art. 171(1)(a).\n")
    assert answer(capsys, "law", "check", str(file), code=1) == [
        {"file": str(file), "line": 2, "cites": "DA art. 171(1)(a)"}
    ]
    file.write_text("By UCC 22(3).\n")
    assert "every citation exists" in said(capsys, "law", "check", str(file))
    assert refused(capsys, "law", "check", str(tmp_path / "none.md"))
