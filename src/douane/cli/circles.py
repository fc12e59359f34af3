"""``douane circles``: who may call what, by which platform; everything not shown is denied."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from douane.assembly import discovery
from douane.cli.output import add_json, describe, print_json, table
from douane.identity.policy import Cell, OperationAccess, matrix
from douane.model.circles import ActorKind, Platform
from douane.model.declare import Service
from douane.vocabulary.errors import NotFound

_SHORT = {
    ActorKind.TRADER: "trader",
    ActorKind.THIRD_COUNTRY: "third country",
    ActorKind.PARTNER_SERVICE: "partner service",
    ActorKind.MEMBER_STATE: "Member State",
    ActorKind.OFFICER: "officer",
    ActorKind.COMMISSION: "Commission",
    ActorKind.SERVICE: "service",
    ActorKind.OPERATOR: "operator",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    describe(parser, "douane circles --platform speed2")
    parser.add_argument("--operation", default="", metavar="NAME", help="an operation, or a service for all of its own")
    parser.add_argument("--platform", choices=[p.value for p in Platform], help="one platform only")
    parser.add_argument("--why", action="store_true", help="every cell with its reason, refusals included")
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the matrix."""
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
