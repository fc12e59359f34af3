"""The telemetry contract: one closed log line, no other way to write text from inside the product."""

import ast
from collections.abc import Iterator

import pytest

from douane.shared_services.logging.events import Event
from douane.shared_services.monitoring import catalogue
from tests.architecture.tree import SOURCE, Module, product

SPEAKS_TO_PEOPLE = ("cli",)
"""Rooms that may print: they answer the person who typed the command."""
LOGGING_PACKAGES = frozenset({"logging", "structlog", "loguru", "syslog"})


def silent() -> list[Module]:
    """Modules of the rooms that write log lines only."""
    return [m for m in product() if m.path.relative_to(SOURCE).parts[0] not in SPEAKS_TO_PEOPLE]


def faults(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What breaks the contract in one module, as (line, sentence)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from _import_faults(node, [alias.name for alias in node.names])
        if isinstance(node, ast.ImportFrom) and not node.level:
            yield from _import_faults(node, [node.module or ""])
        if isinstance(node, ast.Call):
            yield from _call_faults(node)
        if isinstance(node, ast.ClassDef) and any(_name(base) == "LogLine" for base in node.bases):
            yield node.lineno, "extends LogLine; its fields are closed"


def _import_faults(node: ast.stmt, modules: list[str]) -> Iterator[tuple[int, str]]:
    for name in LOGGING_PACKAGES.intersection(module.partition(".")[0] for module in modules):
        yield node.lineno, f"imports {name}; write a LogLine instead"


def _call_faults(call: ast.Call) -> Iterator[tuple[int, str]]:
    name = _name(call.func)
    if name == "print" and isinstance(call.func, ast.Name):
        yield call.lineno, "prints; write a LogLine instead"
    if name == "log_line":
        (line, *more) = [*call.args, *(word.value for word in call.keywords)]
        if more or not (isinstance(line, ast.Call) and _name(line.func) == "LogLine"):
            yield call.lineno, "passes something other than LogLine(...) to log_line"
        elif any(word.arg is None for word in line.keywords):
            yield call.lineno, "spreads fields into a LogLine; name them"


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_nothing_is_written_but_log_lines() -> None:
    assert [f"{module.name}:{line} {text}" for module in silent() for line, text in faults(module.tree)] == []


def test_every_metric_is_fed_and_every_event_written() -> None:
    """What an operator is promised exists: a name in a list that nothing feeds is an alarm that never rings."""
    source = "\n".join(module.text for module in silent())
    metrics = {name for name, value in vars(catalogue).items() if isinstance(value, catalogue.Metric)}
    assert {name for name in metrics if f"known.{name}" not in source} == set()
    assert {event.name for event in Event if f"Event.{event.name}" not in source} == set()


def test_the_scan_sees_the_product() -> None:
    assert "src/douane/shared_services/logging/line.py" in {module.name for module in silent()}


@pytest.mark.parametrize(
    "source",
    [
        "import logging",
        "import logging.handlers as handlers",
        "def f():\n    from logging import getLogger",
        "import structlog",
        "print('x')",
        "log.log_line('text')",
        "log.log_line(line)",
        "log.log_line(line=other)",
        "log.log_line(LogLine(**fields))",
        "log.log_line(LogLine(time=1), extra)",
        "class Mine(LogLine):\n    note: str = ''",
        "class Mine(line.LogLine):\n    note: str = ''",
    ],
)
def test_the_scan_finds(source: str) -> None:
    assert len(list(faults(ast.parse(source)))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "from douane.shared_services.logging.line import LogLine",
        "from . import logging",
        "log.log_line(LogLine(time=1, level=Level.INFO, event=Event.STARTED))",
        "log.log_line(line.LogLine(time=1))",
        "math.log(2)",
        "report.print('x')",
    ],
)
def test_the_scan_lets_pass(source: str) -> None:
    assert list(faults(ast.parse(source))) == []
