"""What the source of the product is looked through for: statements, paths, texts and formats that are made of input."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from tests.architecture.tree import product

STATEMENT = re.compile(r"\s*(SELECT|INSERT|UPDATE|DELETE|ALTER|DROP|GRANT|CREATE|COPY)\s", re.IGNORECASE)
JSON_TEXT = re.compile(r'\s*[{\[]\s*"')


def made(node: ast.AST) -> bool:
    """Whether a text is put together of anything but constants (names in capitals, and numbers of settings of ours)."""
    match node:
        case ast.Constant():
            return False
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return not name.lstrip("_").isupper()
        case ast.JoinedStr(values=values):
            return any(made(each.value) for each in values if isinstance(each, ast.FormattedValue))
        case ast.BinOp(left=left, right=right):
            return made(left) or made(right)
    return True


def _head(node: ast.AST) -> str:
    """How a text that is put together begins."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=[first, *_]):
            return _head(first)
        case ast.BinOp(left=left):
            return _head(left)
    return ""


def statement(node: ast.AST) -> bool:
    """A statement of a database that holds what is no constant: values go as parameters."""
    return isinstance(node, ast.JoinedStr | ast.BinOp) and bool(STATEMENT.match(_head(node))) and made(node)


def path_into_xml(node: ast.AST) -> bool:
    """An XPath expression that is no constant."""
    if not isinstance(node, ast.Call) or not node.args:
        return False
    name = ast.unparse(node.func).rpartition(".")[2]
    return name in {"XPath", "ETXPath", "xpath"} and made(node.args[0])


def json_by_hand(node: ast.AST) -> bool:
    """JSON that is put together, and not encoded."""
    return isinstance(node, ast.JoinedStr | ast.BinOp) and bool(JSON_TEXT.match(_head(node))) and made(node)


def format_of_input(node: ast.AST) -> bool:
    """A format that is no constant: who writes it reads what is formatted."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "format":
        return False
    of = node.func.value
    if ast.unparse(of) == "msgspec.json":
        return False  # it sets lines of JSON
    if isinstance(of, ast.Call) and ast.unparse(of.func).rpartition(".")[2] in {"SQL", "Markup"}:
        of = of.args[0]  # they escape what is set in
    return made(of)


def says_how_a_file_is_called(node: ast.AST) -> bool:
    """The header that names a download."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("attachment; ")


Scan = Callable[[ast.AST], bool]


def found(scan: Scan) -> Iterator[tuple[str, str]]:
    """Where the product has what a scan looks for: the file, and the text."""
    for module in product():
        for node in ast.walk(module.tree):
            if scan(node):
                yield module.name, ast.unparse(node)
