"""Every text that pages say, found in the code and in the templates."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from douane.pages.languages import _DAYS, _MONTHS

SOURCE = Path(__file__).parents[2]
SAYING = frozenset({"say", "plain"})
IN_TEMPLATE = re.compile(r'\b(?:say|plain)\(\s*"((?:[^"\\]|\\.)*)"(?:\s*,\s*"(\w+)")?|\bcount\("((?:[^"\\]|\\.)*)"')
Text = tuple[str, str]


@cache
def texts() -> frozenset[Text]:
    """Context and English text of everything that is said."""
    found = {("day", each) for each in _DAYS} | {("month", each) for each in _MONTHS}
    for path in SOURCE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if re.search(r"douane\.(author\.)?pages", source) and "tests" not in path.parts:
            found |= set(_in_code(ast.parse(source)))
    for path in SOURCE.rglob("templates/*.html"):
        if "pages" in path.parts:
            said = IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))
            found |= {(context, text or counted) for text, context, counted in said}
    return frozenset(found)


def _in_code(tree: ast.Module) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        first = node.args[0]
        if name in SAYING and isinstance(first, ast.Constant) and isinstance(first.value, str):
            context = node.args[1] if len(node.args) > 1 else None
            yield (str(context.value) if isinstance(context, ast.Constant) else ""), first.value
        if name == "count" and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield "", first.value
