"""The pages of the types of decision, and of their data elements, are what the declared types say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import decision_types_page as tool


@pytest.mark.parametrize(("path", "made"), [(tool.PAGE, tool.page), (tool.ELEMENTS, tool.elements_page)])
def test_the_page_is_current(path: Path, made: tool.Made) -> None:
    current = path.read_text(encoding="utf-8") == made()
    assert current, "run: PYTHONPATH=src:. .venv/bin/python -m tools.decision_types_page"
