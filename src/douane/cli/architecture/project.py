"""``douane project``: the programme as data on the model: coverage, scope, order, slips, functional specifications."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from douane.cli.output import add_json, describe, print_json, table, wrapped
from douane.configuration import discovery
from douane.configuration.ports import SystemClock
from douane.model.architecture import Criterion, Project, Score
from douane.model.graph import ApplicationModel, Node, NodeKind
from douane.reference_architecture.installed import installed_projects, installed_systems
from douane.reference_architecture.programme import sequence as orders
from douane.reference_architecture.programme.coverage import coverage, gates, progress
from douane.reference_architecture.programme.scope import Scope, scope_of, scope_of_project
from douane.reference_architecture.programme.specification import as_markdown, specification
from douane.vocabulary.errors import NotValid
from douane.vocabulary.time import Instant, date_of

_PLURAL = {NodeKind.PROCESS: "processes", NodeKind.LEGAL: "legal bases"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The ways to ask."""
    describe(parser, "douane project coverage")
    ways = parser.add_subparsers(
        dest="way", metavar="list|show|coverage|scope|sequence|slip|specification", required=True
    )
    _way(ways, "list", "every project with how far it is and its legal deadline", "douane project list")
    show = _way(ways, "show", "a project: law, gates as planned and as the model shows them, scores",
                "douane project show Export")  # fmt: skip
    show.add_argument("name", help="a project")
    _way(ways, "coverage", "the systems of the strategy, set against the model", "douane project coverage")
    scope = _way(ways, "scope", "what a project, or tasks, must build", "douane project scope Export")
    scope.add_argument("name", nargs="?", default="", help="a project")
    scope.add_argument("--tasks", default="", metavar="T,...", help="business tasks instead of a project")
    order = _way(ways, "sequence", "in which order what is not built is built, and why", "douane project sequence")
    order.add_argument(
        "--score", nargs=5, action="append", default=[], metavar=("PROJECT", "CRITERION", "VALUE", "ROLE", "REASON"),
        help="as if somebody in a role gave this score (0 to 4) for this reason",
    )  # fmt: skip
    order.add_argument(
        "--after", nargs=2, action="append", default=[], metavar=("PROJECT", "NEEDED"),
        help="as if a project waited for another one",
    )  # fmt: skip
    slip = _way(ways, "slip", "whom it holds up if a project comes later", "douane project slip Import --to 2028-01-10")
    slip.add_argument("name", help="a project")
    slip.add_argument("--to", type=_day, required=True, metavar="DAY", help="the day on which its window would open")
    text = _way(ways, "specification", "the functional specification of a process, as a document",
                "douane project specification transit.departure")  # fmt: skip
    text.add_argument("name", help="a process")
    text.add_argument("--out", type=Path, metavar="FILE", help="where to write it (default: standard output)")


def _way(
    ways: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str, example: str
) -> argparse.ArgumentParser:
    made = ways.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    describe(made, example)
    add_json(made)
    return made


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write 2027-03-01") from None


def run(arguments: argparse.Namespace) -> int:
    """Answer one of them."""
    model = discovery.installed_model()
    match arguments.way:
        case "list":
            return _list(model, as_json=arguments.json)
        case "show":
            return _show(model, arguments.name, as_json=arguments.json)
        case "coverage":
            return _coverage(model, as_json=arguments.json)
        case "scope":
            return _scope(model, arguments)
        case "sequence":
            return _sequence(model, arguments)
        case "slip":
            return _slip(model, arguments)
        case _:
            return _specification(model, arguments)


def _today() -> dt.date:
    return date_of(Instant(SystemClock().now()))


def _list(model: ApplicationModel, *, as_json: bool) -> int:
    found = [progress(model, each, _today()) for each in installed_projects()]
    if as_json:
        print_json([
            {"name": e.project.name, "text": e.project.text, "standing": e.standing.value, "tasks": len(e.scope.tasks),
             "fulfilled": e.there, "deadline": _deadline(e.project), "late": e.late, "owner": e.project.owner}
            for e in found
        ])  # fmt: skip
        return 0
    rows = [
        (e.project.name, e.standing.value, f"{e.there} of {len(e.scope.tasks)} tasks",
         _deadline(e.project) + (" LATE" if e.late else ""))
        for e in found
    ]  # fmt: skip
    print(table(rows))
    return 0


def _deadline(project: Project) -> str:
    return f"{project.deadline.day} ({project.deadline.article})" if project.deadline is not None else ""


def _show(model: ApplicationModel, name: str, *, as_json: bool) -> int:
    project = orders.named(installed_projects(), name)
    passed = gates(model, project)
    open_ = {each.name: each for each in installed_projects() if not orders.built(model, each)}
    judged = orders.judge(model, project, open_, _today())
    if as_json:
        print_json({
            "name": project.name, "text": project.text, "goals": project.goals, "deadline": _deadline(project),
            "owner": project.owner, "administrations": judged.scope.administrations, "tasks": project.tasks,
            "after": project.after,
            "gates": [{"gate": e.gate.value, "planned": e.planned, "passed": e.passed, "because": e.because}
                      for e in passed],
            "scores": [_score(each) for each in judged.scores.values()], "total": judged.total,
        })  # fmt: skip
        return 0
    print(f"{project.name}: {project.text}")
    facts = {
        "goals": ", ".join(project.goals), "deadline": _deadline(project), "owner": project.owner,
        "administrations": ", ".join(judged.scope.administrations), "after": ", ".join(project.after),
    }  # fmt: skip
    print("\n".join(wrapped(f"{name}: {value}", indent="  ") for name, value in facts.items() if value))
    print("  gates")
    rows = [(e.gate.value, str(e.planned or "-"), "passed" if e.passed else "open", e.because) for e in passed]
    print(table(rows, indent="    "))
    print(f"  scores, {judged.total} in all")
    print(table([(e.criterion.value, str(e.value), e.by, e.reason) for e in judged.scores.values()], indent="    "))
    return 0


def _score(each: Score) -> Mapping[str, object]:
    return {"criterion": each.criterion.value, "value": each.value, "by": each.by, "on": each.on, "reason": each.reason}


def _coverage(model: ApplicationModel, *, as_json: bool) -> int:
    found = coverage(model, installed_systems(), installed_projects(), _today())
    if as_json:
        print_json([
            {"system": e.system.name, "title": e.system.title, "law": e.system.law, "standing": e.standing.value,
             "projects": [p.name for p in e.projects], "missing": [n.name for n in e.missing]}
            for e in found
        ])  # fmt: skip
        return 0
    rows = [(e.system.name, e.standing.value, e.system.title, ", ".join(n.name for n in e.missing)) for e in found]
    print(table(rows))
    return 0


def _scope(model: ApplicationModel, arguments: argparse.Namespace) -> int:
    names = [each.strip() for each in arguments.tasks.split(",") if each.strip()]
    if bool(names) is bool(arguments.name):
        raise NotValid("Name a project, or tasks.", remedy="douane project scope Export; or --tasks EXP-EXT-01.")
    if names:
        found = scope_of(model, names)
    else:
        found = scope_of_project(model, orders.named(installed_projects(), arguments.name))
    if arguments.json:
        print_json(_scope_facts(found))
        return 0
    print(f"Tasks: {', '.join(each.name for each in found.tasks)}")
    print(f"Administrations: {', '.join(found.administrations)}")
    _print_nodes("To be built", found.absent)
    if found.tests:
        print(f"Tests to write ({len(found.tests)})")
        print("\n".join(f"  {each}" for each in found.tests))
    there = ", ".join(f"{len(nodes)} {_kind(kind, len(nodes))}" for kind, nodes in found.present.items())
    print(f"There already, and touched: {there or 'nothing'}")
    return 0


def _scope_facts(found: Scope) -> Mapping[str, object]:
    return {
        "tasks": [each.name for each in found.tasks], "administrations": found.administrations, "tests": found.tests,
        "absent": {kind.value: [each.name for each in nodes] for kind, nodes in found.absent.items()},
        "present": {kind.value: [each.name for each in nodes] for kind, nodes in found.present.items()},
    }  # fmt: skip


def _print_nodes(heading: str, nodes: Mapping[NodeKind, Sequence[Node]]) -> None:
    print(f"{heading}: {sum(map(len, nodes.values())) or 'nothing'}")
    for kind, several in nodes.items():
        print(f"  {_kind(kind, len(several))} ({len(several)})")
        print(table([(each.name, each.title) for each in several], indent="    "))


def _kind(kind: NodeKind, number: int) -> str:
    word = kind.value.replace("-", " ")
    return word if number == 1 else _PLURAL.get(kind, f"{word}s")


def _sequence(model: ApplicationModel, arguments: argparse.Namespace) -> int:
    projects = installed_projects()
    for name, criterion, value, role, reason in arguments.score:
        projects = orders.with_score(projects, name, _given(criterion, value, role, reason))
    for name, needed in arguments.after:
        projects = orders.with_dependency(projects, name, needed)
    found = orders.sequence(model, projects, _today())
    if arguments.json:
        print_json([
            {"number": e.number, "project": e.judgement.project.name, "total": e.judgement.total, "because": e.because,
             "scores": [_score(each) for each in e.judgement.scores.values()],
             "overridden": sorted(each.value for each in e.judgement.overridden)}
            for e in found
        ])  # fmt: skip
        return 0
    for each in found:
        scores = " ".join(str(score.value) for score in each.judgement.scores.values())
        print(f"{each.number:>2}  {each.judgement.project.name}  {each.judgement.total} ({scores})")
        if each.because:
            print(wrapped(each.because, indent="    "))
    print(f"In brackets: {', '.join(each.value for each in Criterion)}.")
    return 0


def _given(criterion: str, value: str, role: str, reason: str) -> Score:
    found = next((each for each in Criterion if criterion.lower() in (each.value, each.name.lower())), None)
    if found is None or not value.isascii() or not value.isdigit():
        names = ", ".join(each.value for each in Criterion)
        raise NotValid(f"{criterion} {value} is no score.", remedy=f"Name one of {names}, and give 0 to 4.")
    return Score(found, int(value), role, _today(), reason)


def _slip(model: ApplicationModel, arguments: argparse.Namespace) -> int:
    projects = installed_projects()
    there = orders.names_of_built(model, projects)
    found = orders.slip(projects, arguments.name, arguments.to, there=there)
    if arguments.json:
        print_json([
            {"project": e.project.name, "opens": e.opens, "days": e.days, "misses": e.misses,
             "administrations": e.project.administrations}
            for e in found
        ])  # fmt: skip
        return 0
    for each in found:
        missed = f"; misses {each.misses}" if each.misses else ""
        who = ", ".join(each.project.administrations) or "every Member State"
        print(f"{each.project.name}: {each.days} days later, opens {each.opens}{missed}; {who}")
    return 0


def _specification(model: ApplicationModel, arguments: argparse.Namespace) -> int:
    found = specification(model, arguments.name)
    text = as_markdown(found)
    if arguments.json:
        parts = ("operations", "tasks", "requirements", "messages", "rules", "limits")
        steps = [
            {"task": e.node.title, "role": e.role, "articles": e.articles, "calls": [c.name for c in e.calls]}
            for e in found.steps
        ]  # fmt: skip
        lists = {name: [each.name for each in getattr(found, name)] for name in parts}
        print_json({"process": found.process.name, "steps": steps} | lists)
    elif arguments.out is not None:
        arguments.out.write_text(text, encoding="utf-8")
        print(f"{arguments.out}: {len(found.steps)} tasks, {len(found.rules)} rules")
    else:
        print(text, end="")
    return 0
