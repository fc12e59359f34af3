"""The examination of a node before it runs: everything that a start goes through, and what it finds out later."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from douane.configuration.settings import NodeSettings, judge_settings
from douane.examination.starting import conflicts, identity, packages, rights, stored
from douane.examination.starting.finding import Finding, Level, made, raised
from douane.operation.doctor import agreements, countries, expiry, fronts, inboxes, instants, promises, reachability
from douane.vocabulary.errors import DeclarationFault

SETTINGS = "settings.values"
CHECKS = (
    *packages.CHECKS, *conflicts.CHECKS, *countries.CHECKS, *rights.CHECKS, *identity.CHECKS, *inboxes.CHECKS,
    *expiry.CHECKS,
    *agreements.CHECKS, *fronts.CHECKS, *promises.CHECKS, *reachability.CHECKS,
)  # fmt: skip


def examine(config: Path | None = None, **options: Any) -> list[Finding]:
    """Everything that is found about a node of these settings; what cannot be read is left at its default."""
    try:
        settings, wrong = judge_settings(config, **options)
    except DeclarationFault as problem:
        return [Finding(SETTINGS, Level.FAULT, problem.text, problem.remedy)]
    found = [Finding(SETTINGS, Level.FAULT, each.text, each.remedy) for each in wrong]
    found += made(packages.CHECKS, settings)
    if any(each.level is Level.FAULT and each.check == packages.CHECKS[0].id for each in found):
        return found  # what follows would import what nothing permits
    found += made(CHECKS[len(packages.CHECKS) :], settings)
    return found + list(_stored(settings))


def ids() -> list[str]:
    """The id of every check."""
    return [SETTINGS, *(each.id for each in CHECKS), OPENING, *(each.id for each in STORED)]


OPENING = "store.opens"
STORED = (*stored.CHECKS, *instants.CHECKS)


def _stored(settings: NodeSettings) -> Iterator[Finding]:
    try:
        reader = stored.opened(settings)
    except Exception as problem:  # noqa: BLE001 - whatever the backend says
        yield raised(OPENING, problem)
        return
    if reader is None:
        return
    try:
        yield from made(stored.over(reader, STORED), settings)
    finally:
        getattr(reader, "close", lambda: None)()
