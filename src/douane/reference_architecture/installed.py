"""The model of what is installed: declarations, behaviour, processes, tables and imports, collected into one graph.

Where the product is installed from a wheel there are
no tests, and the model has none.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from threading import Lock
from types import CodeType, ModuleType
from typing import Any

import msgspec

import douane
from douane.model import architecture, discovery
from douane.model.architecture import Project, System
from douane.model.build import DataItem, LimitUse, ProcessUse, Sources, StepUse, build, struct_items
from douane.model.graph import ApplicationModel
from douane.model.rules import Rule, declared_in
from douane.model.strategy import STRATEGY
from douane.runtime.catalogue.behaviour import Behaviour
from douane.runtime.core.processes import Process
from douane.standards.bpmn.calls import split
from douane.standards.bpmn.definition import Kind
from douane.vocabulary.limits import TimeLimit

_ROOMS_OF_PACKAGES = ("applications", "channels", "backends", "platforms", "shared_services", "standards")
_OURS = f"{discovery.APPLICATIONS}."
_MAKING = Lock()
_IMPORT = re.compile(r"^\s*(?:from|import)\s+(douane(?:\.\w+)+)", re.MULTILINE)


def behaviour() -> Behaviour:
    """Every handler, query and process; refuses what does not meet its declaration."""
    modules = [m for a in discovery.applications() for m in discovery.modules(a, "handlers")]
    return Behaviour.of(modules)


def installed_model() -> ApplicationModel:
    """The application model of everything that is installed, made once: that does not change while a process runs."""
    with _MAKING:  # a thread makes it beside the start: nobody makes it a second time meanwhile
        return _made_model()


@functools.cache
def _made_model() -> ApplicationModel:
    sources = Sources(items=data_items, services=discovery.services(), elements=list(STRATEGY))
    made = behaviour()
    for application in discovery.applications():
        name = application.rpartition(".")[2]
        sources.elements += _declared(application)
        sources.rules[name] = declared_rules(application)
        sources.tables += _tables(application, name)
        sources.limits += limit_uses(application, made)
    driven = _driven(made)
    sources.processes = [_process(p, driven) for p in made.processes.values() if isinstance(p, Process)]
    sources.imports, sources.tests = _imports(Path(next(iter(douane.__path__))))
    return build(sources)


@functools.cache
def installed_contracts() -> str:
    """The hash of what is declared to others: operations, who calls them, what they take and answer. Unlike the whole
    model it is made in a moment, so that a node can say it when it starts."""
    told = sorted(
        (o.qualified, o.kind.value, o.status.value, o.request.__name__, [each.__name__ for each in o.replies],
         sorted((actor.kind.value, actor.name) for actor in o.by))
        for each in discovery.services() for o in each.operations
    )  # fmt: skip
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def data_items(message: type) -> Iterable[DataItem]:
    """Data elements of a type: of a published family from its own table, of our types from their annotations."""
    if ".standards.ncts." not in message.__module__:
        return struct_items(message)
    return _family_items().get(message.__name__, ())


@functools.cache
def _family_items() -> dict[str, tuple[DataItem, ...]]:
    from douane.standards.ncts import phase5

    known = [(each.code, f) for each in phase5.family() for f in each.fields if not f.group]
    meanings: dict[str, set[tuple[str, str]]] = {}
    for _, f in known:
        meanings.setdefault(_path(f.pointer), set()).add((f.format, f.code_list))
    found: dict[str, list[DataItem]] = {each.code: [] for each in phase5.family()}
    for code, f in known:
        path = _path(f.pointer)
        identity = path if len(meanings[path]) == 1 else f"{path} [{f.format} {f.code_list}".rstrip() + "]"
        found[code].append(
            DataItem(f.tag, identity, format=f.format, code_list=f.code_list, required=f.status == "R")
        )  # fmt: skip
    return {code: tuple(items) for code, items in found.items()}


def _path(pointer: str) -> str:
    """The path of an element below the root of its message: ``TransitOperation/declarationType``. Messages share it
    where they mean the same by it; where they do not, format and code list tell its meanings apart."""
    return pointer.split("/", 2)[2]


def _declared(application: str) -> list[architecture.Element]:
    return [each for each in _values(application) if isinstance(each, architecture.Element)]


def _values(application: str) -> Iterator[object]:
    """What stands in tuples of a contract, each once."""
    found: list[object] = []
    for module in discovery.modules(application, "contract"):
        for value in vars(module).values():
            for each in value if isinstance(value, tuple) else ():
                if isinstance(each, architecture.Element | System) and each not in found:
                    found.append(each)
                    yield each


@functools.cache
def installed_projects() -> tuple[Project, ...]:
    """Every project that is declared."""
    return tuple(e for each in discovery.applications() for e in _values(each) if isinstance(e, Project))


@functools.cache
def installed_systems() -> tuple[System, ...]:
    """The list of systems against which coverage is told."""
    return tuple(e for each in discovery.applications() for e in _values(each) if isinstance(e, System))


def declared_rules(application: str) -> list[Rule]:
    """Every business rule of an application; one id may be declared several times, for other messages each time."""
    modules = discovery.modules(application, "rules")
    return list({id(rule): rule for module in modules for rule in declared_in(module)}.values())


def _tables(application: str, service: str) -> list[tuple[str, str, str, str]]:
    from douane.standards.decision_table.document import content_hash
    from douane.standards.decision_table.reading import load_table

    folder = resources.files(application) / "tables"
    if not folder.is_dir():
        return []
    tables = [load_table(f.read_bytes(), f.name) for f in folder.iterdir() if f.name.endswith(".json")]
    return [(service, t.name, t.version, content_hash(t)) for t in tables]


def limit_uses(application: str, made: Behaviour) -> list[LimitUse]:
    """The time limits that an application declares, and what counts by each."""
    name = application.rpartition(".")[2]
    found: dict[str, LimitUse] = {}
    for module in (m for part in ("contract", "rules") for m in discovery.modules(application, part)):
        for value in vars(module).values():
            if isinstance(value, TimeLimit) and value.id not in found:
                used = (*_timed(value, made), *_counted(application, value))
                found[value.id] = LimitUse(value, name, module.__name__, used)
    return list(found.values())


@functools.cache
def declared_limits() -> dict[str, TimeLimit]:
    """Every time limit that an application declares, by its id."""
    made = behaviour()
    return {use.limit.id: use.limit for name in discovery.applications() for use in limit_uses(name, made)}


def _timed(limit: TimeLimit, made: Behaviour) -> Iterable[tuple[str, str]]:
    """The timers of processes that a limit sets."""
    for process in made.processes.values():
        if isinstance(process, Process):
            for timer, limits in process.limits.items():
                if limit in limits:
                    application = discovery.application_of(process.__module__)
                    yield f"{application}.{process.name}", f"{application}/processes/{process.name}.bpmn#{timer}"


def _counted(application: str, limit: TimeLimit) -> Iterable[tuple[str, str]]:
    """The functions of an application that name a limit."""
    for module in (m for part in ("handlers", "steps", "rules") for m in discovery.modules(application, part)):
        for function in _functions(module):
            names = _names(getattr(function, "__code__", None))
            if any(_named(module, name) is limit for name in names):
                yield "", f"{module.__name__.removeprefix(_OURS)}.{getattr(function, '__qualname__', '')}"


def _named(module: ModuleType, name: str) -> object:
    """What a name means in a module, or in a module of rules that it names."""
    value = vars(module).get(name)
    rules = vars(module).get("rules")
    return value if value is not None else getattr(rules, name, None)


def _functions(module: ModuleType) -> Iterable[object]:
    """The functions that a module defines, and those of its classes."""
    for value in vars(module).values():
        if getattr(value, "__module__", "") == module.__name__:
            yield value
            if isinstance(value, type):
                yield from vars(value).values()


Driven = dict[str, tuple[tuple[str, str], ...]]
"""By process: the operations whose handlers start or advance it, and where that is seen."""


def _driven(made: Behaviour) -> Driven:
    """Which handler drives which process, read off its compiled code and that of the functions it names."""
    processes = [p for p in made.processes.values() if isinstance(p, Process)]
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, handler in sorted(made.handlers.items()):
        reached = _reached(handler.handle)
        for process in processes:
            if any(value is process for value in reached):
                where = f"{handler.handle.__module__}.{handler.handle.__name__}"
                found[process.name] = (*found.get(process.name, ()), (name, where))
    return found


def _reached(function: object) -> list[object]:
    """The global values that a function names, and those named by the functions of applications among them."""
    found: list[object] = []
    waiting, seen = [function], {id(function)}
    while waiting:
        each = waiting.pop()
        for name in _names(getattr(each, "__code__", None)):
            value = getattr(each, "__globals__", {}).get(name)
            if value is None or id(value) in seen:
                continue
            seen.add(id(value))
            found.append(value)
            if str(getattr(value, "__module__", "")).startswith(discovery.APPLICATIONS):
                waiting.append(value)
    return found


def _names(code: CodeType | None) -> Iterable[str]:
    """The names in a piece of code and in the functions written inside it."""
    if code is None:
        return ()
    return (*code.co_names, *(n for c in code.co_consts if isinstance(c, CodeType) for n in _names(c)))


def _process(process: Process[Any], driven: Driven) -> ProcessUse:
    definition = process.definition
    tasks = (Kind.SERVICE, Kind.USER, Kind.RECEIVE, Kind.SEND, Kind.BUSINESS_RULE)
    asked = {task: each.operation.qualified for task, each in process.asks.items()}
    called = {call: _qualified(process.called[id]) for call, id in definition.calls.items()}
    steps = tuple(
        StepUse(n.id, "call" if n.id in called else n.kind.name.lower(), asked.get(n.id, ""), n.name,
                definition.roles[n.index], definition.texts[n.index], called.get(n.id, ""))
        for n in definition.nodes if (n.kind in tasks or n.id in called) and not split(n.id)[0]
    )  # fmt: skip
    drawn = definition.collaboration
    parties = tuple(pool.name or pool.id for pool in drawn.pools if pool.id) if drawn is not None else ()
    name = drawn.name or drawn.id if drawn is not None else ""
    application = discovery.application_of(process.__module__)
    by = driven.get(process.name, ())
    return ProcessUse(_qualified(process), application, process.file, definition.hash, steps, by, name, parties)


def _qualified(process: Process[Any]) -> str:
    return f"{discovery.application_of(process.__module__)}.{process.name}"


def _imports(root: Path) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
    """Which package uses which, and which test file tests which, read off the import lines.

    Files are named from the root of the checkout, so that a test can be handed to pytest as it stands; where the
    product is installed there are no tests, and the model has none.
    """
    checkout = root.parent.parent
    imports: dict[tuple[str, str], str] = {}
    tests: dict[tuple[str, str], str] = {}
    for path in sorted((*root.rglob("*.py"), *_crossing_tests(checkout))):
        where = path.relative_to(checkout).as_posix()
        if "/generated/" in where:
            continue
        is_test = "tests" in path.relative_to(checkout).parts
        if is_test and not path.name.startswith("test_"):
            continue
        package = _component(".".join(path.relative_to(root.parent).parts[:-1])) if not is_test else ""
        for match in _IMPORT.finditer(path.read_text(encoding="utf-8")):
            used = _component(match.group(1))
            if is_test:
                tests.setdefault((where, used), where)
            elif used != package:
                imports.setdefault((package, used), where)
    return [(a, b, w) for (a, b), w in imports.items()], [(a, b, w) for (a, b), w in tests.items()]


def _crossing_tests(checkout: Path) -> list[Path]:
    """Tests that cross rooms; they stand beside ``src`` in a checkout and nowhere else."""
    return list((checkout / "tests").rglob("test_*.py")) if (checkout / "src" / "douane").is_dir() else []


def _component(module: str) -> str:
    """The package of a room that a module belongs to: ``douane.applications.transit``, ``douane.runtime``."""
    parts = module.split(".")
    return ".".join(parts[: 3 if parts[1:2] and parts[1] in _ROOMS_OF_PACKAGES else 2])
