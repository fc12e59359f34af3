"""What decides in this release: the versions of rules, tables, processes, schemas, calendars and time zones, as every
audit leaf names them.

A version is the beginning of the SHA-256 over the files that an artefact is made of, so it changes with their content
and with nothing else.
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.resources
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from douane.model import discovery
from douane.shared_services.auditing.leaf import artefact_versions
from douane.vocabulary.calendars import ZONES

CALENDARS: Final = "douane.vocabulary"
SCHEMAS: Final = "douane.standards.ncts"
_SHOWN: Final = 12
"""Hexadecimal digits of a version."""


def release() -> str:
    """The release of the platform; ``source`` for one that was never installed."""
    try:
        return importlib.metadata.version("douane")
    except importlib.metadata.PackageNotFoundError:
        return "source"


@functools.cache
def versions(own_calendars: Path | None = None) -> str:
    """The versions of all artefacts that run here, as one text for the audit leaves; read once in a process.

    own_calendars: the file that a node's settings name; its version follows that of the calendars of the product.
    """
    rooms = [Path(str(importlib.resources.files(each))) for each in discovery.applications()]
    kinds = {kind: version(rooms, kind) for kind in ("processes", "rules")}
    kinds["tables"] = version(rooms, "tables", "lists")  # decision tables, and code lists that come with the product
    calendars = version([Path(str(importlib.resources.files(CALENDARS)))], "calendars.json")
    if own_calendars is not None:
        calendars += f"+{sha256(own_calendars.read_bytes()).hexdigest()[:_SHOWN]}"
    schemas = version([Path(str(importlib.resources.files(SCHEMAS)))], "phase5/generated", "phase6/generated")
    return artefact_versions(
        {**kinds, "calendars": calendars, "schemas": schemas, "release": release(), "zones": ZONES}
    )


def version(rooms: list[Path], *names: str) -> str:
    """The version of what stands in these folders, or modules, of these rooms."""
    whole = sha256()
    for room in rooms:
        for name in names:
            for file in _files(room / name):
                whole.update(f"{room.name}/{file.relative_to(room).as_posix()}\0".encode())
                whole.update(sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:_SHOWN]


def _files(place: Path) -> Iterator[Path]:
    """A file, a module, or what lies in a folder, by name; not what Python or a test left there."""
    for single in (place, place.with_suffix(".py")):
        if single.is_file():
            yield single
    for file in sorted(place.rglob("*")):
        if file.is_file() and not {"__pycache__", "tests"} & set(file.relative_to(place).parts):
            yield file
