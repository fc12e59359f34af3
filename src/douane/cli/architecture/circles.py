"""``douane circles``: who may call what, by which platform, down to every route; everything not shown is denied."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from douane.assembly import surface
from douane.cli.output import add_json, describe, print_json, table
from douane.configuration import discovery
from douane.identity.policy import Cell, OperationAccess, matrix
from douane.identity.surface import Evidence, Meeting, meetings
from douane.model.circles import ActorKind, Platform
from douane.model.declare import Service
from douane.model.routes import Opening, Route
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.errors import NotFound

Row = tuple[str, str, str, str]
_SHORT = {
    ActorKind.TRADER: "trader",
    ActorKind.THIRD_COUNTRY: "third country",
    ActorKind.PARTNER_SERVICE: "partner service",
    ActorKind.MEMBER_STATE: "Member State",
    ActorKind.OFFICER: "officer",
    ActorKind.COMMISSION: "Commission",
    ActorKind.SERVICE: "service",
    ActorKind.OPERATOR: "operator",
    ActorKind.PUBLIC: "public",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane circles --platform speed2")
    parser.add_argument("--operation", default="", metavar="NAME", help="an operation, or a service for all of its own")
    parser.add_argument("--platform", choices=[p.value for p in Platform], help="one platform only")
    parser.add_argument(
        "--routes", action="store_true", help="every address of every door, and every kind of identity that meets it"
    )
    parser.add_argument("--why", action="store_true", help="every cell with its reason, refusals included")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the matrix."""
    if arguments.routes:
        return _routes(arguments)
    operations = list(accesses(discovery.services(), arguments.operation))
    if not operations:
        known = ", ".join(s.name for s in discovery.services())
        raise NotFound(f"There is no operation {arguments.operation[:80]!r}.", remedy=f"Services are: {known}.")
    platforms = [Platform(arguments.platform)] if arguments.platform else list(Platform)
    cells = list(matrix(list(ActorKind), platforms, operations))
    if arguments.json:
        print_json([_cell(cell) for cell in cells])
    elif arguments.why:
        for cell in cells:
            print(f"{'yes' if cell.verdict.allowed else 'no ':<3} {_place(cell)}: {cell.verdict.reason}")
    else:
        print(_compact(cells, operations, platforms))
    return 0


def _routes(arguments: argparse.Namespace) -> int:
    """Print the matrix of routes and identities."""
    catalogue = Catalogue(discovery.services())
    found = [
        each
        for each in meetings(surface.surface(catalogue), surface.accesses(catalogue))
        if arguments.platform in (None, each.platform.value) and _about(each.route, arguments.operation)
    ]
    if not found:
        raise NotFound("No route fits that.", remedy="Name a service, an operation, or another platform.")
    if arguments.json:
        print_json([_meeting(each) for each in found])
    elif arguments.why:
        for each in found:
            verdict = "yes" if each.verdict.allowed else "no "
            print(f"{verdict:<3} {each.identity.name:<15} {' '.join(_where(each))}: {each.verdict.reason}")
    else:
        print(_by_route(found))
    return 0


def _about(route: Route, wanted: str) -> bool:
    parts = {part for name in route.operations for part in (name, *name.split("."))}
    return not wanted or wanted in parts


def _by_route(found: list[Meeting]) -> str:
    open_to: dict[Row, list[str]] = {}
    for each in found:
        names = open_to.setdefault(_where(each), [])
        if each.route.opening is Opening.ANYBODY:
            names[:] = ["everybody, without any proof"]
        elif each.verdict.allowed:
            names.append(_SHORT[each.identity.kind])
    rows = [("door", "channel", "route", "element", "open to")]
    rows += [(*where, ", ".join(names)) for where, names in open_to.items() if names]
    closed = len(open_to) - (len(rows) - 1)
    note = f"\n{closed} routes are open to nobody at their door." if closed else ""
    bad = ", ".join(each.value.replace("_", " ") for each in Evidence if each is not Evidence.HOLDS)
    return f"{table(rows)}{note}\nWhat is not named is denied. Proofs that open nothing: {bad}. Reasons: --why."


def _where(meeting: Meeting) -> Row:
    route = meeting.route
    element = route.element.rpartition("}")[2] or "-"
    return meeting.platform.value, route.channel, f"{route.method} {route.path}", element


def _meeting(meeting: Meeting) -> dict[str, object]:
    route = meeting.route
    return {
        "platform": meeting.platform.value,
        "channel": route.channel,
        "method": route.method,
        "path": route.path,
        "element": route.element,
        "operations": list(route.operations),
        "opening": route.opening.value,
        "identity": meeting.identity.name,
        "evidence": meeting.identity.evidence.value,
        "allowed": meeting.verdict.allowed,
        "ground": meeting.verdict.ground.value,
        "reason": meeting.verdict.reason,
    }


def accesses(services: list[Service], wanted: str) -> Iterator[OperationAccess]:
    """The operations of this name, or of the service of this name, as the policy sees them; all for no name."""
    for service in services:
        for operation in service.operations:
            if wanted in ("", service.name, operation.qualified, operation.name):
                yield OperationAccess(operation.qualified, operation.by, service.legacy_queue)


def _compact(cells: list[Cell], operations: list[OperationAccess], platforms: list[Platform]) -> str:
    allowed: dict[tuple[str, Platform], list[str]] = {}
    for cell in cells:
        if cell.verdict.allowed:
            allowed.setdefault((cell.operation, cell.platform), []).append(_SHORT[cell.kind])
    carrying = [p for p in platforms if any(p is platform for _, platform in allowed)]
    if not carrying:
        return "No operation may be called by anybody there."
    rows = [("operation", *(p.value for p in carrying))]
    rows += [
        (o.name, *(", ".join(allowed.get((o.name, p), ())) or "-" for p in carrying))
        for o in operations
        if any((o.name, p) in allowed for p in carrying)
    ]
    inside = len(operations) - (len(rows) - 1)
    note = f"\n{inside} operations are open to nobody there." if inside else ""
    return f"{table(rows)}{note}\nWhat is not named is denied; reasons: --why."


def _place(cell: Cell) -> str:
    return f"{_SHORT[cell.kind]:<15} {cell.platform.value:<10} {cell.operation}"


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "actor": cell.kind.value,
        "platform": cell.platform.value,
        "operation": cell.operation,
        "allowed": cell.verdict.allowed,
        "ground": cell.verdict.ground.value,
        "reason": cell.verdict.reason,
    }
