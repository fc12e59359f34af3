"""What the documents tell a reader to type or to look for exists: commands, options, targets, modules, tests, codes."""

from __future__ import annotations

import argparse
import dataclasses
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from douane.cli.main import COMMANDS, parser_with
from douane.configuration.settings import NodeSettings
from douane.model.discovery import services
from douane.shared_services.logging.line import error_codes
from douane.shared_services.monitoring.catalogue import CATALOGUE
from tests.architecture.tree import REPOSITORY, SOURCE, files, functions, modules

DOCUMENTS = sorted(path for path in files() if path.suffix == ".md")
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(REPOSITORY).as_posix())
FENCED = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
CALL = re.compile(
    r"(?:^|[\s/(])(?<!-u )(?<!local )(?<!--groups )(?<!'douane )douane (?=[a-z-])([^|>#;&]*)"  # nor the user's name
)
TARGET = re.compile(r"(?:^|\s)make ([a-z]+)")
MODULE = re.compile(r"python -m ([a-z_]+(?:\.\w+)*)")
PLACE = re.compile(r"(?:^|[\s@=(])((?:src|tests|tools|docs|bench|crash|requirements)/[\w./-]*\w)")
ROOM = re.compile(
    rf"^((?:{'|'.join(sorted(p.name for p in SOURCE.iterdir() if p.is_dir()))})/[\w/]*(?:\.(?:py|json|toml))?)$"
)
FILES_OF_DATA = frozenset({"identity/clients.toml"})
"""What a node keeps in a folder that is called like a room."""
FROM_ELSEWHERE = frozenset({"pytest", "pip", "venv"})


def spans(text: str) -> Iterator[str]:
    """Everything in a document that is set as code: the lines of blocks, and what stands in backticks."""
    for block in FENCED.findall(text):
        yield from block.replace("\\\n", " ").splitlines()
    yield from INLINE.findall(FENCED.sub("", text))


def found(document: Path, pattern: re.Pattern[str]) -> Iterator[str]:
    """What a pattern finds in the code of a document."""
    for span in spans(document.read_text(encoding="utf-8")):
        yield from pattern.findall(span)


@cache
def command_line() -> argparse.ArgumentParser:
    """The parser with all commands."""
    return parser_with(list(COMMANDS))


def misspelt(call: str) -> str:
    """The first word of a call that the command line does not know; empty where it knows all."""
    parser = command_line()
    for word in _words(call):
        ways = next((a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction)), None)
        if word.startswith("-"):
            if word.partition("=")[0] not in parser._option_string_actions:
                return word
        elif ways is not None:
            if word not in ways:
                return "" if word.isupper() else word
            parser = ways[word]
    return ""


def _words(call: str) -> list[str]:
    plain = re.sub(r"[\[\]…]|\.\.\.", " ", call)
    try:
        return [word.rstrip(",:.)") for word in shlex.split(plain)]
    except ValueError:
        return plain.split()


@every_document
def test_commands_and_their_options_exist(document: Path) -> None:
    assert [(call, word) for call in found(document, CALL) if (word := misspelt(call))] == []


@pytest.mark.parametrize("call", ["modle check", "model chek", "model check --jsn", "message showw 1f", "--no-such"])
def test_a_misspelt_call_is_found(call: str) -> None:
    assert misspelt(call)


def targets() -> set[str]:
    """The targets of the Makefile that are commands."""
    (line,) = re.findall(r"^\.PHONY: (.*)$", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return set(line.split())


@every_document
def test_targets_of_make_exist(document: Path) -> None:
    assert set(found(document, TARGET)) - targets() == set()


def test_make_help_and_the_page_for_contributors_name_every_target() -> None:
    text = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    assert targets() - {"help"} - set(re.findall(r'@echo "make (\w+)', text)) == set()
    page = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert targets() - {"help"} - set(TARGET.findall(page.replace("`", " "))) == set()


@cache
def options() -> frozenset[str]:
    """Options that a module outside the product's command line knows."""
    return frozenset(option for m in modules() for option in re.findall(r"""["'](--[a-z][a-z-]*)["']""", m.text))


@every_document
def test_options_of_targets_and_modules_exist(document: Path) -> None:
    calls = [s for s in spans(document.read_text(encoding="utf-8")) if TARGET.search(s) or MODULE.search(s)]
    given = {
        option for call in calls if "pytest" not in call for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", call)
    }
    assert given - options() == set()


@every_document
def test_modules_to_run_exist(document: Path) -> None:
    for name in set(found(document, MODULE)) - FROM_ELSEWHERE:
        place = name.replace(".", "/")
        assert [p for p in (f"{place}.py", f"{place}/__main__.py") if (REPOSITORY / p).is_file()], name


@every_document
def test_places_in_code_exist(document: Path) -> None:
    places = [place for place in found(document, PLACE) if "NAME" not in place]
    assert [place for place in places if not (REPOSITORY / place).exists()] == []
    rooms = [room for room in found(document, ROOM) if room not in FILES_OF_DATA]
    assert [room for room in rooms if not (SOURCE / room).exists() and not (SOURCE / f"{room}.py").exists()] == []


@cache
def names_of_tests() -> frozenset[str]:
    """Names of all test modules and test functions."""
    named = {f.name for m in modules() for f in functions(m.tree) if f.name.startswith("test_")}
    return frozenset(named | {m.path.stem for m in modules()})


@every_document
def test_tests_that_prove_something_exist(document: Path) -> None:
    for name in found(document, re.compile(r"^(test_\w+\*?)(?:\.py)?$")):
        start = name.rstrip("*")
        assert any(each == start or (name != start and each.startswith(start)) for each in names_of_tests()), name


@every_document
def test_codes_operations_metrics_and_variables_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert set(re.findall(r"DOU-\d{4}", text)) - error_codes() == set()
    named = {service.name: {operation.name for operation in service.operations} for service in services()}
    for span in spans(text):
        service, _, operation = span.partition(".")
        if service in named and operation.isidentifier() and operation not in {"bpmn", "toml"}:
            assert operation in named[service], span
    assert set(re.findall(r"douane_\w+_(?:total|seconds)\b", text)) - {m.name for m in CATALOGUE} == set()
    variables = {f"DOUANE_{field.name.upper()}" for field in dataclasses.fields(NodeSettings)} | _variables_of_tools()
    assert set(re.findall(r"DOUANE_\w+", text)) - variables == set()


@cache
def _variables_of_tools() -> frozenset[str]:
    return frozenset(name for m in modules() for name in re.findall(r"DOUANE_[A-Z0-9_]+", m.text))
