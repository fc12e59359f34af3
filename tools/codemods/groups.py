"""Groups what ``@command`` and ``@query`` say of who, law, case and when, as ``douane.model.declare`` takes it.

``python -m tools.codemods.groups PATH ...`` rewrites declarations in Python files, in texts that end with ``.py.txt``
and in the ``python`` blocks of documents; what is grouped already stays. Behind it: ``ruff check --fix``,
``ruff format``. Comments inside a declaration are lost, and printed.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent, indent
from typing import Final

WHO: Final = ("by", "roles", "senders", "in_role", "in_office")
LAW: Final = ("legal", "requirements")
CASE: Final = (
    "opens", "about", "parties", "joins", "keeps_name", "issued", "issues", "together", "tells", "poison",
)  # fmt: skip
WHEN: Final = ("decisive", "status", "ending")
GROUPS: Final = {
    "command": {"who": ("Who", WHO), "law": ("Law", LAW), "case": ("OfCase", CASE), "when": ("When", WHEN)},
    "query": {"who": ("Who", WHO), "law": ("Law", LAW), "when": ("When", WHEN)},
}
_BLOCK: Final = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def grouped(source: str) -> tuple[str, frozenset[str], list[str]]:
    """A source with its declarations grouped, the names that it needs for that, and the comments that were lost."""
    lines, needs, lost = source.split("\n"), set[str](), list[str]()
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and _is_flat(node)]
    for call in sorted(calls, key=lambda each: (-each.lineno, -each.col_offset)):
        assert call.end_lineno is not None
        assert call.end_col_offset is not None
        text, names = _written(source, call)
        first, last = call.lineno - 1, call.end_lineno - 1
        before = "\n".join(lines[first : last + 1])
        head = lines[first].encode()[: call.col_offset].decode()
        tail = lines[last].encode()[call.end_col_offset :].decode()
        lost += [each for each in _comments(before) if each != "# fmt: skip"]
        lines[first : last + 1] = [head + text + tail.replace("  # fmt: skip", "")]
        needs |= names
    return "\n".join(lines), frozenset(needs), lost


def _is_flat(call: ast.Call) -> bool:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    return name in GROUPS and any(each.arg == "by" for each in call.keywords)


def _written(source: str, call: ast.Call) -> tuple[str, set[str]]:
    assert isinstance(call.func, ast.Name)
    said = {each.arg or "": ast.get_source_segment(source, each.value) or "" for each in call.keywords}
    parts = [ast.get_source_segment(source, each) or "" for each in call.args]
    names, groups = set[str](), dict[str, str]()
    for group, (kind, fields) in GROUPS[call.func.id].items():
        inside = [f"{field}={said.pop(field)}" for field in fields if field in said]
        if inside:
            groups[group] = f"{group}={kind}({', '.join(inside)})"
            names.add(kind)
    first = [f"{key}={said.pop(key)}" for key in ("replies", "task") if key in said]
    rest = [f"{key}={value}" if key else f"**{value}" for key, value in said.items()]
    return f"{call.func.id}({', '.join([*parts, *first, *groups.values(), *rest])})", names


def _comments(text: str) -> list[str]:
    try:
        return [
            token.string
            for token in tokenize.generate_tokens(io.StringIO(dedent(text)).readline)
            if token.type == tokenize.COMMENT
        ]
    except (tokenize.TokenError, IndentationError):
        return []


def imported(source: str, needs: frozenset[str]) -> str:
    """A source that imports also these names, from where it has its ``command`` or ``query``."""
    tree = ast.parse(source)
    for node in (each for each in tree.body if isinstance(each, ast.ImportFrom)):
        if node.module and {each.name for each in node.names} & GROUPS.keys():
            names = sorted({each.name for each in node.names} | needs)
            lines = source.split("\n")
            lines[node.lineno - 1 : node.end_lineno] = [f"from {node.module} import {', '.join(names)}"]
            return "\n".join(lines)
    return source


def rewritten(path: Path) -> tuple[str, list[str]]:
    """The text of a file as it should be, and the comments that were lost."""
    text, lost = path.read_text(encoding="utf-8"), list[str]()
    if path.suffix == ".md":

        def block(match: re.Match[str]) -> str:
            try:
                made, _, gone = grouped(match[1])
            except SyntaxError:
                return match[0]
            lost.extend(gone)
            return f"```python\n{made}```"

        return _BLOCK.sub(block, text), lost
    made, needs, lost = grouped(text)
    return imported(made, needs) if needs else made, lost


def sources(paths: list[str]) -> Iterator[Path]:
    """The files that are named, and those in the folders that are."""
    for path in map(Path, paths):
        found = (each for kind in ("*.py", "*.py.txt", "*.md") for each in path.rglob(kind))
        yield from [path] if path.is_file() else sorted(found)


def main(paths: list[str]) -> int:
    """Rewrite them; print which, and what was lost."""
    for path in sources(paths):
        text = path.read_text(encoding="utf-8")
        try:
            made, lost = rewritten(path)
        except SyntaxError:
            continue
        if made != text:
            path.write_text(made, encoding="utf-8")
            print(path)
            print(indent("\n".join(lost), "  ") if lost else "", end="\n" if lost else "")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
