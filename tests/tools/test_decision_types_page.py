"""The page of the types of decision is what the declared types say."""

from __future__ import annotations

from tools import decision_types_page


def test_the_page_is_current() -> None:
    current = decision_types_page.PAGE.read_text(encoding="utf-8") == decision_types_page.page()
    assert current, "run: PYTHONPATH=src:. .venv/bin/python -m tools.decision_types_page"
