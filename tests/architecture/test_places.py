"""Where things live: rooms, applications, generated code, tests; and what they are called."""

from __future__ import annotations

import ast
import re

from tests.architecture.tree import REPOSITORY, SOURCE, files, functions, modules, product

EMPTY_WORDS = frozenset({"manager", "helper", "helpers", "util", "utils", "common", "base", "misc"})
"""Words that say nothing about what a module is; those of them that say nothing about a class follow."""
EMPTY_ENDINGS = ("Manager", "Helper", "Helpers", "Util", "Utils", "Misc")
WRITTEN_BY = re.compile(r"Written by (tools/\w+\.py); do not edit\.")


def test_inits_of_rooms_and_applications_hold_a_docstring_only() -> None:
    shows = SOURCE / "author" / "__init__.py"  # what applications import (decision 0363)
    for path in {SOURCE / "__init__.py", *SOURCE.glob("*/__init__.py"), *SOURCE.glob("*/*/__init__.py")} - {shows}:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), f"{path.relative_to(REPOSITORY)} does not say what the room is for"
        assert len(tree.body) == 1, f"{path.relative_to(REPOSITORY)} holds more than its docstring"


def test_folders_of_tests_processes_and_tables_are_no_packages() -> None:
    folders = {"tests", "processes", "tables"}
    assert [
        str(path) for path in files("src", "tests") if path.name == "__init__.py" and path.parent.name in folders
    ] == []


def test_generated_modules_live_in_generated_folders_and_name_their_tool() -> None:
    code = [path for path in files("src", "tests") if path.suffix in (".py", ".json")]
    marked = {path for path in code if _tool(path)}
    placed = {path for path in code if "generated" in path.parts}
    assert {str(path) for path in marked - placed} == set()
    assert {str(path) for path in placed - marked} == set()
    assert [tool for tool in {_tool(path) for path in marked} if not (REPOSITORY / tool).is_file()] == []


def _tool(path: object) -> str:
    with open(str(path), encoding="utf-8") as file:
        found = WRITTEN_BY.search(file.read(400))
    return found[1] if found else ""


def test_names_are_words_of_the_field() -> None:
    found = []
    for module in product():
        if EMPTY_WORDS.intersection([*module.path.stem.split("_"), *module.path.parent.name.split("_")]):
            found.append(module.name)
        classes = [node.name for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
        found += [f"{module.name} {name}" for name in classes if name.endswith(EMPTY_ENDINGS)]
    assert found == []


def test_tests_lie_where_they_are_collected() -> None:
    inside = [
        m.name
        for m in modules()
        if m.name.startswith("src/") and m.path.name.startswith("test_") and m.path.parent.name != "tests"
    ]
    assert inside == []


def test_contracts_take_all_but_the_first_parameter_by_name() -> None:
    """The rules of a case excepted: the model calls them, by place, with the message and its caller."""
    found = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in product()
        if module.path.name == "contract.py"
        for node in functions(module.tree)
        if not node.name.startswith("_") and len(node.args.args) > 1 and not _is_rule_of_a_case(node.args.args)
    ]
    assert found == []


def _is_rule_of_a_case(parameters: list[ast.arg]) -> bool:
    """Of the shape of ``AliasOf``, ``PartiesOf`` and their like: what is said, the case, who says it, whom to ask, what
    of it is not known."""
    last = parameters[-1].annotation
    return isinstance(last, ast.Name) and last.id in ("Caller", "Ask", "Known")


def test_a_file_says_by_its_name_or_first_line_what_it_is() -> None:
    """A slip of a shell leaves a file called ``5``; nobody sees it for long."""
    named = {"Containerfile", "LICENSE", "Makefile"}
    assert [
        str(path.relative_to(REPOSITORY))
        for path in files()
        if not path.suffix and path.name not in named and not path.name.startswith(".")
        if path.read_bytes()[:2] != b"#!"
    ] == []
