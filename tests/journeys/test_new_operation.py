"""An operation that an outside package declares has every door at once: nobody wrote a line of binding code."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from douane.model.circles import Platform
from douane.runtime.store.envelope import JOURNAL
from douane.runtime.store.ports import Log
from tests.journeys.standing import identity_in
from tests.journeys.test_one_history import both, take
from tests.journeys.ways import SYSTEM, WAYS, Place, Way, opened, using

CONTRACT = '''
import msgspec

from douane.model.circles import ActorKind
from douane.model.declare import Actor, Level, OfCase, Who, command, service
from douane.model.parties import CaseRole

SYSTEM = Actor("administration", ActorKind.MEMBER_STATE)
REPORTING = CaseRole("reporting administration")


def reporting(_message, caller):
    return ((caller.party, REPORTING),)


class Weighing(msgspec.Struct, frozen=True):
    """What a weighbridge says."""

    number: str
    kilograms: int


class Weighed(msgspec.Struct, frozen=True):
    """What is made of it."""

    number: str
    heavy: bool


class Calibration(msgspec.Struct, frozen=True):
    """A weighbridge was calibrated."""

    number: str


@service("weighbridges", title="Weighbridges", owner="tests", level=Level.BRONZE, legacy_queue=True)
class Weighbridges:
    """Weighbridges of a test."""

    @command(Weighing, replies=(Weighed,), task="W-1", who=Who(by=(SYSTEM,)),
             case=OfCase(opens=lambda m, _: ("weighing", m.number), parties=reporting))
    def report(self) -> None:
        """Report a weight."""


@service("calibrations", title="Calibrations", owner="tests", level=Level.BRONZE)
class Calibrations:
    """A service without a legacy interface."""

    @command(Calibration, task="W-2", who=Who(by=(SYSTEM,)),
             case=OfCase(opens=lambda m, _: ("calibration", m.number), parties=reporting))
    def note(self) -> None:
        """Note a calibration."""
'''
HANDLERS = """
from douane.runtime.catalogue.behaviour import handles
from weighbridge_probe.contract import Calibration, Calibrations, Weighbridges, Weighed, Weighing


@handles(Weighbridges.report)
def report(work, m: Weighing) -> None:
    work.reply(Weighed(m.number, m.kilograms > 40_000))


@handles(Calibrations.note)
def note(work, m: Calibration) -> None:
    pass
"""
OTHERS = ("REST", "SOAP", "AS4 pulled", "queue")


@pytest.fixture
def declared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package, installed: its files and what announces them."""
    package, announced = tmp_path / "site" / "weighbridge_probe", tmp_path / "site" / "weighbridge_probe-1.dist-info"
    for folder in (package, announced):
        folder.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "contract.py").write_text(CONTRACT)
    (package / "handlers.py").write_text(HANDLERS)
    (announced / "METADATA").write_text("Metadata-Version: 2.1\nName: weighbridge-probe\nVersion: 1\n")
    (announced / "entry_points.txt").write_text("[douane.applications]\nweighbridges = weighbridge_probe\n")
    monkeypatch.syspath_prepend(tmp_path / "site")


def element(service: str, operation: str, content: str) -> bytes:
    space = f"https://douane.example/services/{service}/v1"
    return f'<{operation} xmlns="{space}">{content}</{operation}>'.encode()


def weighing(number: str, kilograms: str) -> bytes:
    return element("weighbridges", "report", f"<number>{number}</number><kilograms>{kilograms}</kilograms>")


@pytest.mark.usefixtures("declared")
def test_a_declared_operation_is_served_by_every_door(tmp_path: Path) -> None:
    async def journey(place: Place) -> None:
        for number, name in enumerate(OTHERS):
            async with using(WAYS[name].system, place, SYSTEM) as access:
                accepted = await access.send(weighing(f"W{number}", str(30_000 + 10_000 * number)))
                assert accepted.accepted, (name, accepted)
                wrong = await access.send(weighing(f"X{number}", "heavy"))
                assert wrong.content["code"] == "DOU-1003", name
                assert "kilograms" in wrong.content["faults"][0]["pointer"]
                noted = await access.send(element("calibrations", "note", f"<number>C{number}</number>"))
                assert noted.content.get("code", "") == ("DOU-1103" if name == "queue" else ""), (name, noted)
        async with using(WAYS["queue"].system, place, SYSTEM) as access:  # all that is for Germany goes there
            weighed: list[str] = []
            while len(weighed) < len(OTHERS):
                weighed += [each.body for each in await take(access, 1) if each.type == "Weighed"]
        assert sorted('"heavy":true' in each for each in weighed) == [False, False, True, True]
        rows = place.running.core.store.scan_log(Log.JOURNAL, 0, 1 << 48, 1000)
        came = [JOURNAL.read(raw) for _, raw in rows]
        channels = {row.origin.channel for row in came if row.operation == "weighbridges.report"}
        assert channels == {WAYS[name].channel for name in OTHERS}
        assert {row.origin.platform for row in came if row.operation == "weighbridges.report"} == {
            Platform.CCN2.value, Platform.CCN_CSI.value,
        }  # fmt: skip

    async def everything() -> None:
        async with opened(Way("", WAYS["queue"].system, prepare=both), tmp_path / "node", identity_in(tmp_path)) as at:
            await journey(at)

    asyncio.run(everything())
