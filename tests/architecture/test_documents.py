"""The documents are true: links lead somewhere, named files and functions exist, generated pages are current."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from douane.configuration.lists import code_lists
from douane.configuration.settings import NodeSettings
from douane.model.discovery import applications, modules
from douane.model.graph import PLANNED, ApplicationModel, EdgeKind
from douane.model.rules import RuleBook
from douane.reference_architecture.installed import installed_model
from douane.shared_services.web.fair_use import Allowance
from douane.standards.ncts import phase5
from douane.trust.demo import demo_clients
from tests.architecture.tree import REPOSITORY, SOURCE, files, functions
from tools import (
    error_pages,
    event_pages,
    message_pages,
    metric_pages,
    runbook_pages,
    security_page,
    service_pages,
    time_limits_page,
)

DOCUMENTS = sorted(path for path in files() if path.suffix == ".md")
DECISIONS = REPOSITORY / "docs" / "decisions"
EXAMPLES = REPOSITORY / "docs" / "examples"
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]+)")
ANCHOR = re.compile(r"\]\(((?!https?:)[^)#\s]*)#([^)\s]+)\)")
CALL = re.compile(r"`((?:\w+\.)?\w+)` *\(`([\w/]+\.py)`\)")
"""A function as the architecture page writes it: its name, then its file below ``src/douane``."""
every_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.relative_to(REPOSITORY).as_posix())


LATER = re.compile(r"\blater\b(?: \(([A-Z0-9-]+(?:, [A-Z0-9-]+)*)\))?")
"""What the field map calls later, with the tasks that the programme plans for it."""


def _planned(model: ApplicationModel, task: str) -> bool:
    """Whether a task is planned, and nothing that is there fulfils it."""
    doers = [edge.source for edge in model.into(task) if edge.kind is EdgeKind.FULFILS]
    return task in model and {model.node(each).status for each in (task, *doers)} == {PLANNED}


def behind(text: str) -> list[str]:
    """What a field map calls later without a task, or with one that is built already, or that nobody plans."""
    model, found = installed_model(), []
    for line in (line for line in text.splitlines() if line.startswith("|")):
        for said in LATER.finditer(line):
            wrong = (name for name in (said[1] or "").split(", ") if not _planned(model, f"task:{name}"))
            found += [f"{line.split('|')[1].strip()}: {name or 'no task'}" for name in wrong]
    return found


def test_the_field_map_is_not_behind_what_is_built() -> None:
    text = (REPOSITORY / "docs" / "field-map.md").read_text(encoding="utf-8")
    assert behind(text) == []
    assert len(LATER.findall(text)) > 5


def test_a_field_map_that_is_behind_is_found() -> None:
    built = "| levels | `continuity` | later (SLA-LED-01) |"
    vague = "| something | `applications` | part; the rest later |"
    assert behind(f"{built}\n{vague}\n") == ["levels: SLA-LED-01", "something: no task"]


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [link for link in LINK.findall(text) if not (document.parent / link).exists()] == []


@every_document
def test_links_to_a_heading_find_it(document: Path) -> None:
    for file, heading in ANCHOR.findall(document.read_text(encoding="utf-8")):
        page = (document.parent / file) if file else document
        titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert heading in {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}


@every_document
def test_named_functions_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    assert [f"{name} in {file}" for name, file in CALL.findall(text) if name not in _defined(SOURCE / file)] == []


def _defined(path: Path) -> set[str]:
    if not path.exists():
        return set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    methods = {
        f"{node.name}.{inner.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for inner in functions(node)
    }
    return methods | {node.name for node in functions(tree)}


def decisions() -> Iterator[Path]:
    """The decision records, by number."""
    yield from sorted(DECISIONS.glob("[0-9][0-9][0-9][0-9]-*.md"))


def test_decisions_are_numbered_once_and_fit_a_screen() -> None:
    numbers = [path.name[:4] for path in decisions()]
    assert len(set(numbers)) == len(numbers)
    for path in decisions():
        text = path.read_text(encoding="utf-8")
        assert re.match(rf"# {path.name[:4]}:? \w", text), path.name
        assert text.count("\n") <= 60, path.name
        assert "**Context" in text, path.name
        assert "**Decision" in text, path.name
        assert "**Checked" in text, path.name


@pytest.mark.parametrize(
    "tool",
    [
        error_pages,
        event_pages,
        message_pages,
        metric_pages,
        runbook_pages,
        security_page,
        service_pages,
        time_limits_page,
    ],
    ids=["errors", "events", "messages", "metrics", "runbooks", "security", "services", "time-limits"],
)
def test_generated_pages_are_current(tool: ModuleType) -> None:
    current = tool.PAGE.read_text(encoding="utf-8") == tool.page()
    assert current, f"run: PYTHONPATH=src:. .venv/bin/python -m {tool.__name__}"


def test_every_setting_is_documented() -> None:
    text = (REPOSITORY / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [field.name for field in dataclasses.fields(NodeSettings) if f"| `{field.name}` |" not in text] == []


def test_every_limit_is_documented_with_its_default() -> None:
    text = (REPOSITORY / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [f.name for f in dataclasses.fields(Allowance) if f"| `{f.name}` | {f.default} |" not in text] == []


def test_every_decision_is_listed() -> None:
    index = (DECISIONS / "README.md").read_text(encoding="utf-8")
    missing = [path.name for path in decisions() if f"| [{path.name[:4]}]({path.name}) |" not in index]
    assert missing == [], "add a line to docs/decisions/README.md"


def test_the_declaration_of_the_quickstart_breaks_no_rule() -> None:
    message = phase5.read((EXAMPLES / "declaration.xml").read_bytes())
    rules = RuleBook.of(*(m for a in applications() for m in rule_modules(a)))
    look = code_lists().look(dt.date(2026, 11, 2))
    assert len(rules.rules_for(type(message))) > 50
    assert rules.faults(message, None, look) == ()


def rule_modules(application: str) -> Iterator[ModuleType]:
    """The modules of an application that declare rules."""
    yield from modules(application, "rules")


def test_the_guarantee_of_the_quickstart_covers_its_declaration() -> None:
    guarantee = json.loads((EXAMPLES / "guarantee.json").read_bytes())
    declaration = (EXAMPLES / "declaration.xml").read_text(encoding="utf-8")
    assert f"<GRN>{guarantee['grn']}</GRN>" in declaration
    assert f"<accessCode>{guarantee['access_code']}</accessCode>" in declaration
    assert f"<messageSender>{guarantee['holder']}</messageSender>" in declaration
    assert guarantee["holder"] in {client.eori for client in demo_clients()}


def test_every_dependency_has_a_decision_and_a_pin() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = [re.split(r"[^A-Za-z0-9-]", line)[0] for line in project["dependencies"]]
    records = " ".join(path.read_text(encoding="utf-8") for path in decisions())
    lock = (REPOSITORY / "requirements" / "run.txt").read_text(encoding="utf-8")
    assert len(names) > 5
    assert [name for name in names if not re.search(rf"\b{name}\b", records)] == []
    assert [name for name in names if f"{name.lower()}==" not in lock] == []
