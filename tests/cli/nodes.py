"""Small nodes in a data folder, and commands called in process."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from douane.applications.reference_data.messages import ListVersion
from douane.assembly.core import Core, make_core
from douane.cli.main import main
from douane.configuration.settings import NodeSettings
from douane.runtime.store.envelope import Arrival, Envelope, Receipt
from douane.runtime.store.origin import Media
from douane.vocabulary.code_lists import CodeList, Entry
from douane.vocabulary.time import Instant
from tests.callers import admitted, who

Printed = pytest.CaptureFixture[str]


def said(capsys: Printed, *arguments: str, code: int = 0) -> str:
    """What a command prints; it ends with ``code``."""
    assert main(arguments) == code, capsys.readouterr().err
    return capsys.readouterr().out


def answer(capsys: Printed, *arguments: str, code: int = 0) -> Any:
    """The JSON that a command prints."""
    return json.loads(said(capsys, *arguments, "--json", code=code))


def refused(capsys: Printed, *arguments: str) -> str:
    """The explanation of a call that is refused."""
    assert main(arguments) == 2
    found = capsys.readouterr()
    assert found.out == ""
    assert "Traceback" not in found.err
    return found.err


def a_list(number: str, *codes: str, previous: str = "", at: int = 1_000_000, ended: int = 0) -> ListVersion:
    """A version of a list that holds these codes. ended: how many it leaves out of the version before it; else the last
    of its codes is new there."""
    made = CodeList(number, f"List {number}", [Entry.of(c, dt.date(2020, 1, 1), {"description": c}) for c in codes])
    return ListVersion(
        number=number, name=made.name, version=made.version, previous=previous, source="by hand",
        snapshot=dt.date(2025, 1, 1), imported_at=Instant(at),
        added=len(codes) if not previous else 0 if ended else 1, ended=ended, entries=made.entries,
    )  # fmt: skip


def fail(problem: BaseException) -> None:
    """What a core tells when a tick raises."""
    raise problem


def give(core: Core, *versions: ListVersion) -> list[Receipt]:
    """Publish versions through the core; the receipts."""
    return [asyncio.run(_give(core, version)) for version in versions]


def envelope_of(core: Core, version: ListVersion) -> Envelope:
    """The envelope of a version that an operator publishes."""
    body = msgspec.json.encode(version)
    return admitted(
        who("operator", "internal", "EU"),
        "reference_data.publish",
        body,
        id=f"{version.number}.{version.version[:8]}",
        administration="EU",
        media=Media.JSON,
        platform="operations",
        channel="command",
        received=core.clock.now(),
    )


async def _give(core: Core, version: ListVersion) -> Receipt:
    return await core.node.submit(Arrival(envelope_of(core, version), version))


def publish(folder: Path, versions: Sequence[ListVersion]) -> list[Receipt]:
    """A node in a folder that took these versions and was stopped."""
    core = make_core(NodeSettings(data=folder), ended=fail)
    try:
        return give(core, *versions)
    finally:
        core.close()
