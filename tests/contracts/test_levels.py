"""Service levels: a month of seeded faults is reported to the minute, and nothing that nobody saw counts as up."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from douane.configuration import discovery
from douane.configuration.settings import NodeSettings
from douane.continuity.levels import Incident, Measured, Seen, Window, added, inherited, measure, report
from douane.model.circles import Circle
from douane.model.declare import Level
from douane.model.graph import services_asked
from douane.platforms.operations.entry import Readiness
from douane.runtime.door.resting import Rest
from douane.runtime.store.ports import MINUTE, SECOND
from douane.supervision.level_report import bounds, month_of
from douane.supervision.levels import Ledger, Observer
from douane.supervision.operating.maintenance import causes
from douane.vocabulary.errors import BadRequest
from tests.cli.nodes import Printed, answer, refused, said
from tests.contracts import toy

MONTH = "2026-10"
DOORS = ("speed2", "ccn2", "cdco")


class World:
    """A month of a node: what is broken in which minute, and by what, drawn from a seed and written down."""

    def __init__(self, seed: int, folder: Path, minutes: int = 0) -> None:
        chance = random.Random(seed)
        self.begin, self.end = bounds(MONTH)
        self.end = self.begin + minutes if minutes else self.end
        self.faults: dict[str, dict[int, str]] = {door: {} for door in DOORS}
        self.unseen: set[int] = set()
        for _ in range(40):
            first = chance.randrange(self.begin, self.end - 200)
            length, kind = chance.choice((1, 2, 7, 60, 190)), chance.randrange(3)
            for minute in range(first, first + length):
                if kind == 0:
                    self.unseen.add(minute)  # the observer itself is away
                elif kind == 1:
                    self.faults[DOORS[length % 3]].setdefault(minute, "no answer: ConnectionRefusedError")
                else:
                    for door in DOORS:
                        self.faults[door][minute] = "partition 0: the store refuses"
        self.clock, self.minute = toy.Clock(), self.begin
        self.observer = Observer(
            Ledger(folder), self.clock, lambda: {door: f"https://{door}" for door in DOORS}, self.ready, self.answers
        )

    def ready(self) -> Readiness:
        broken = [
            cause for each in self.faults.values() if (cause := each.get(self.minute, "")).startswith("partition")
        ]
        return Readiness({"partition 0": broken[0].partition(": ")[2] if broken else "", "door speed2": "not asked"})

    def answers(self, url: str) -> str:
        return self.faults[url.removeprefix("https://")].get(self.minute, "")

    def pass_month(self) -> None:
        """Three looks a minute; a fault is there in one of them only."""
        for minute in range(self.begin, self.end):
            self.minute = minute
            if minute in self.unseen:
                continue
            broken = {door: each.pop(self.minute, None) for door, each in self.faults.items()}
            for second, there in ((5, False), (25, True), (45, False)):
                for door, cause in broken.items():
                    if there and cause:
                        self.faults[door][self.minute] = cause
                    else:
                        self.faults[door].pop(self.minute, None)
                self.clock.at = self.minute * MINUTE + second * SECOND
                self.observer.look()
            for door, cause in broken.items():
                if cause:
                    self.faults[door][self.minute] = cause
        self.observer.keep()


def told(found: Measured) -> dict[int, str]:
    """The bad minutes of a report with their causes, as its incidents have them."""
    return {m: each.cause for each in found.incidents for m in range(each.begin, each.end)}


@pytest.mark.slow
def test_the_minutes_of_a_month_are_those_of_its_faults_exactly(tmp_path: Path) -> None:
    world = World(1, tmp_path)
    world.pass_month()
    promises = {"transit": Level.GOLD, "eori": Level.SILVER}
    places = [(service, door) for service in promises for door in DOORS]
    windows = [Window(world.begin + 5000, world.begin + 5120, "DE"), Window(world.end - 30, world.end + 60, "AT")]
    seen = list(Ledger(tmp_path).month(MONTH))
    found = report(seen, world.begin, world.end, places, promises, {}, windows, ("DE", "AT"))
    assert len(found) == 2 * len(places)
    for each in found:
        rest = {m for w in windows if w.administration == each.administration for m in range(w.begin, w.end)}
        faults = {m: cause for m, cause in world.faults[each.platform].items() if m not in world.unseen | rest}
        assert told(each) == faults, "each bad minute has its incident, and none is missing or extra"
        assert each.bad == len(faults) == sum(one.minutes for one in each.incidents)
        assert each.planned == len(rest & set(range(world.begin, world.end)))
        assert each.unknown == len(world.unseen - rest)
        assert each.good + each.bad + each.planned + each.unknown == world.end - world.begin
        assert each.left == pytest.approx(each.allowance - len(faults))
    assert sum(each.bad for each in found) > 100, "the seed broke something"


def test_what_was_not_seen_is_not_up() -> None:
    found = report(
        [Seen(10, "speed2")], 0, 100, [("transit", "speed2"), ("transit", "ccn2")], {"transit": Level.GOLD}, {}
    )
    first, second = found
    assert (first.agreed, first.coverage, first.unknown) == (1.0, 0.01, 99)
    assert (second.agreed, second.round_the_clock, second.coverage) == (None, None, 0.0)


def test_minutes_at_rest_are_bad_for_that_service_alone_unless_they_were_announced(tmp_path: Path) -> None:
    """Transit rests for traders from minute 10 to 40; it was said to end at 30, and 15 to 25 was announced."""
    clock, begin = toy.Clock(), bounds(MONTH)[0]
    rest = Rest("transit", (begin + 10) * MINUTE, (begin + 30) * MINUTE, Circle.UNTRUSTED)
    rests: list[Rest] = []
    observer = Observer(
        Ledger(tmp_path), clock, lambda: {door: f"https://{door}" for door in DOORS}, lambda: Readiness({}),
        lambda _url: "", lambda: causes(rests, clock.at),
    )  # fmt: skip
    for minute in range(60):
        rests[:] = [rest] if 10 <= minute < 40 else []
        clock.at = (begin + minute) * MINUTE + SECOND
        observer.look()
    observer.keep()
    promises = {"transit": Level.GOLD, "eori": Level.GOLD}
    places = [(service, door) for service in promises for door in DOORS]
    windows = [Window(begin + 15, begin + 25, "DE")]
    found = report(list(Ledger(tmp_path).month(MONTH)), begin, begin + 60, places, promises, {}, windows, ("DE", "AT"))
    by = {(each.service, each.platform, each.administration): each for each in found}
    assert {key: each.bad for key, each in by.items() if each.bad} == {
        ("transit", "speed2", "DE"): 20, ("transit", "speed2", "AT"): 30,
    }  # fmt: skip
    late = by["transit", "speed2", "AT"].incidents
    assert [(each.begin - begin, each.end - begin, each.cause) for each in late] == [
        (10, 30, "maintenance"), (30, 40, "maintenance, late"),
    ]  # fmt: skip
    assert by["transit", "speed2", "DE"].planned == 10
    assert by["eori", "speed2", "DE"].good == 50


def test_minutes_beyond_an_announced_window_are_bad_by_themselves() -> None:
    seen = [Seen(m, "ccn2", "away" if 10 <= m < 25 else "") for m in range(40)]
    good, bad, planned, unknown, incidents = measure(seen, 0, 40, "ccn2", [Window(12, 22)])
    assert (good, bad, planned, unknown) == (25, 5, 10, 0)
    assert incidents == (Incident(10, 12, "away"), Incident(22, 25, "away"))
    whole = Measured("a", "ccn2", "", Level.GOLD, 1.0, good, bad, planned, unknown)
    assert whole.agreed == 25 / 30
    assert whole.round_the_clock == 25 / 40


def test_a_promise_beyond_that_of_its_parts_is_told() -> None:
    promises = {"a": Level.GOLD, "b": Level.SILVER, "c": Level.GOLD}
    hard = {"a": frozenset({"b", "c"}), "c": frozenset[str]()}
    assert inherited("a", promises, hard) == pytest.approx(0.996 * 0.998)
    assert inherited("c", promises, hard) == 1
    (above,) = report([], 0, 1, [("a", "speed2")], promises, hard)
    assert above.exceeds_its_parts
    (below,) = report([], 0, 1, [("c", "speed2")], promises, hard)
    assert not below.exceeds_its_parts


def test_parts_are_those_that_imports_prove() -> None:
    found = services_asked(discovery.installed_model())
    assert {"eori", "risk_analysis", "single_window", "aeo"} <= found["import_procedure"]
    assert found["eori"] == frozenset()
    assert all(service not in asked for service, asked in found.items())


def test_months_are_added_up_and_an_incident_over_their_border_is_one() -> None:
    places, promises = [("a", "speed2")], {"a": Level.GOLD}
    first = [Seen(minute, "speed2", "away" if minute > 7 else "") for minute in range(10)]
    then = [Seen(minute, "speed2", "away" if minute < 12 else "") for minute in range(10, 20)]
    months = [report(first, 0, 10, places, promises, {}), report(then, 10, 25, places, promises, {})]
    (year,) = added(months)
    assert (year.good, year.bad, year.unknown) == (16, 4, 5)
    assert year.incidents == (Incident(8, 12, "away"),)
    assert (year.allowance, year.left) == pytest.approx((0.05, -3.95))


def test_a_month_of_a_node_is_shown_and_signed(capsys: Printed, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    world = World(3, data, 2000)
    world.pass_month()
    rows = answer(capsys, "levels", "--month", MONTH, "--data", str(data), code=1)
    transit = next(each for each in rows if (each["service"], each["door"]) == ("transit", "speed2"))
    broken = {m for m in world.faults["speed2"] if m not in world.unseen}
    assert (transit["bad"], transit["promised"]) == (len(broken), 0.998)
    assert sum(each["end"] - each["begin"] for each in transit["incidents"]) == 60 * len(broken)
    text = said(capsys, "levels", "--month", MONTH, "--data", str(data), "--sign", str(tmp_path / "r"), code=1)
    assert "transit" in text
    assert "99.8 %" in text
    note = (tmp_path / "r").read_text()
    assert '"form":"douane.levels.1"' in note.splitlines()[0]
    assert note.splitlines()[2].startswith("— ")
    year = answer(capsys, "levels", "--year", "2026", "--data", str(data))
    whole = next(each for each in year if (each["service"], each["door"]) == ("transit", "speed2"))
    assert (whole["bad"], whole["incidents"]) == (transit["bad"], transit["incidents"])
    assert whole["unknown"] > transit["unknown"], "months that nobody saw are unknown, not up"
    assert "2999 has not begun" in refused(capsys, "levels", "--year", "2999", "--data", str(data))
    assert "no month" in refused(capsys, "levels", "--year", "26", "--data", str(data))
    for wrong in ("2026-13", "soon", "2999-01"):
        assert "month" in refused(capsys, "levels", "--month", wrong, "--data", str(data)) or "begun" in wrong
    with pytest.raises(BadRequest, match="has not begun"):
        month_of(NodeSettings(data=data), "2999-01", dt.datetime.now(dt.UTC))
