"""Finding what is declared: scans the applications and outside packages; there is no list to extend."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.metadata import entry_points
from importlib.resources.abc import Traversable
from types import ModuleType

from douane.model.declare import Service
from douane.vocabulary.errors import DeclarationFault
from douane.vocabulary.four_eyes import FILE, Row, table

APPLICATIONS = "douane.applications"
ENTRY_POINTS = "douane.applications"
MODULES = frozenset({"messages", "contract", "rules", "steps", "records", "handlers", "screens", "tests"})
"""What the modules of an application are called, in whichever distribution it comes."""


def applications() -> list[str]:
    """Package names of every application that can run: ours, then those that other distributions announce."""
    found = _installed()
    absent = _left_out(found)
    return [each for each in found if each not in absent]


def left_out() -> Mapping[str, str]:
    """Applications that cannot run, each with the one of ours that it needs and that is not installed."""
    return _left_out(_installed())


def _installed() -> tuple[str, ...]:
    room = importlib.import_module(APPLICATIONS)
    ours = [f"{APPLICATIONS}.{m.name}" for m in pkgutil.iter_modules(room.__path__) if m.ispkg]
    return (*sorted(ours), *_announced(tuple(sys.path)))


@cache
def _announced(path: tuple[str, ...]) -> tuple[str, ...]:  # noqa: ARG001 - where it looks; what lies there is read once
    """What other distributions announce: reading what each of them says is the greater part of finding applications."""
    return tuple(sorted(e.value for e in entry_points(group=ENTRY_POINTS)))


@cache
def _left_out(installed: tuple[str, ...]) -> Mapping[str, str]:
    """An application whose folder is gone takes those along that import it; everything else goes on."""
    needs = {each: needed_by(each) for each in installed}
    absent: dict[str, str] = {}
    while True:
        there = set(installed) - absent.keys()
        more = {each: min(needs[each] - there) for each in there if needs[each] - there}
        if not more:
            return absent
        absent |= more


def needed_by(application: str) -> frozenset[str]:
    """The applications of ours that one imports, read off its import lines."""
    try:
        folder = resources.files(application)
    except ModuleNotFoundError as problem:
        raise DeclarationFault(f"{application} cannot be imported: {problem}.") from problem
    names = {match.decode() for text in _sources(folder) for match in _NEEDS.findall(text)}
    return frozenset(f"{APPLICATIONS}.{name}" for name in names) - {application}


def _sources(folder: Traversable) -> Iterator[bytes]:
    for each in folder.iterdir():
        if each.is_dir() and each.name != "tests":
            yield from _sources(each)
        elif each.name.endswith(".py"):
            yield each.read_bytes()


_NEEDS = re.compile(rb"^(?:from|import) douane\.applications\.(\w+)", re.MULTILINE)


@cache
def application_of(module: str) -> str:
    """The application that a module is part of: ``transit`` of ``douane.applications.transit.handlers.lodging``.

    An application of another distribution is known by the modules that every application has.
    """
    parts = module.split(".")
    if module.startswith(f"{APPLICATIONS}."):
        return parts[2]
    inside = next((at for at, part in enumerate(parts) if part in MODULES), len(parts))
    return parts[max(inside - 1, 0)]


def modules(application: str, name: str) -> Iterator[ModuleType]:
    """The module ``name`` of an application and, where it is a package, all in it but tests; none if it is absent."""
    full = f"{application}.{name}"
    try:
        module = importlib.import_module(full)
    except ModuleNotFoundError as problem:
        if problem.name == full:
            return
        raise DeclarationFault(f"{full} cannot be imported: {problem}.") from problem
    yield from below(module)


def below(module: ModuleType) -> Iterator[ModuleType]:
    """A module and, where it is a package, every module and package in it but ``tests``, by name."""
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        if found.name != "tests":
            yield from below(importlib.import_module(f"{module.__name__}.{found.name}"))


def services(names: list[str] | None = None) -> list[Service]:
    """Every declared service, in the order of applications and declarations."""
    found = []
    for application in names if names is not None else applications():
        for module in modules(application, "contract"):
            for value in vars(module).values():
                service = getattr(value, "__service__", None)
                if isinstance(service, Service) and value.__module__ == module.__name__:
                    found.append(service)
    return found


def persons(names: list[str] | None = None) -> dict[str, Row]:
    """How many persons answer for each act of an officer, as ``persons.toml`` beside its contract says: by operation.

    A row that names no operation of the application stands under that name, after the application.
    """
    found: dict[str, Row] = {}
    for application in names if names is not None else applications():
        file = resources.files(application) / FILE
        rows = table(file.read_text("utf-8"), f"{application}/{FILE}") if file.is_file() else {}
        own = [(each.name, operation.name) for each in services([application]) for operation in each.operations]
        for act, row in rows.items():
            full = [f"{service}.{operation}" for service, operation in own if operation == act]
            found |= dict.fromkeys(full or [f"{application.rpartition('.')[2]}.{act}"], row)
    return found
