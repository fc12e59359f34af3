"""What several processes tell, as one: who is best off says how a part is, and each series names its process."""

from __future__ import annotations

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from douane.supervision import gathering
from douane.supervision.gathering import Gathering, merged
from douane.supervision.operating.listening import Sight

CORE = """# HELP a_total Calls.
# TYPE a_total counter
a_total{code="x y"} 1.0
# HELP b_seconds Time.
# TYPE b_seconds histogram
b_seconds_bucket{le="+Inf"} 2.0
b_seconds_count 2.0
b_seconds_sum 0.5
# HELP douane_refusals_total Refusals.
# TYPE douane_refusals_total counter
douane_refusals_total{platform="speed2",code="c"} 3.0
"""


def test_series_of_several_processes_are_one_text_that_is_well_formed() -> None:
    found = list(text_string_to_metric_families(merged({"core": CORE, "door-1": CORE}, told=("door-1",)).decode()))
    assert [family.name for family in found] == ["a", "b_seconds", "douane_refusals"], "each family stands once"
    series = {(s.name, s.labels["process"]): s.value for family in found for s in family.samples}
    assert series["a_total", "core"] == series["a_total", "door-1"] == 1
    assert series["b_seconds_count", "door-1"] == 2
    assert ("douane_refusals_total", "door-1") not in series, "what a door tells the core is the core's"
    assert series["douane_refusals_total", "core"] == 3


@pytest.mark.parametrize(
    ("workers", "wrong"),
    [
        ([{"partition 0": "", "partition 1": ""}], {}),
        ([{"partition 0": ""}, {"partition 1": ""}], {}),
        ([{"partition 0": "refuses", "partition 1": ""}, {"partition 0": ""}], {}),
        ([{"partition 0": "refuses"}, {"partition 1": ""}], {"partition 0": "refuses"}),
        ([{"partition 0": "refuses"}, {}], {"partition 0": "refuses", "partition 1": "no process has it"}),
        ([None, {"partition 1": ""}], {"partition 0": "no process has it"}),
        ([None, None], {"partition 0": "no process has it", "partition 1": "no process has it"}),
    ],
)
def test_a_partition_is_ready_where_one_process_works_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: list[dict[str, str] | None], wrong: dict[str, str]
) -> None:
    names = [f"worker-{n}" for n in range(len(workers))]
    sights = {name: Sight(parts) if parts is not None else None for name, parts in zip(names, workers, strict=True)}
    sights |= {"door-1": None, "door-2": Sight({"link speed2": ""}, {"a": "look"})}
    monkeypatch.setattr(gathering, "_asked", lambda _sockets: sights)
    made = Gathering(
        tmp_path, dict.fromkeys(names, tmp_path), dict.fromkeys(("door-1", "door-2"), tmp_path), 2, ("speed2", "uumds")
    )
    found = made.readiness()
    assert {name: said for name, said in found.parts.items() if said} == wrong
    assert set(found.parts) == {"partition 0", "partition 1", "door speed2", "door uumds", "trust"}
    assert set(found.notes) == {name for name in sights if sights[name] is None} | {"door-2: a"}


def test_a_platform_is_ready_where_one_door_reaches_the_core(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    away = Sight({"link speed2": "no core answers", "link ccn2": "no core answers"})
    for doors, wrong in (
        ([away, away], {"door speed2": "no core answers", "door ccn2": "no core answers"}),
        ([away, Sight({"link speed2": "", "link ccn2": ""})], {}),
        ([None, None], dict.fromkeys(("door speed2", "door ccn2", "door uumds"), "no process has it")),
    ):
        sights = {f"door-{n}": each for n, each in enumerate(doors)}
        monkeypatch.setattr(gathering, "_asked", lambda _sockets, found=sights: found)
        made = Gathering(tmp_path, {}, dict.fromkeys(sights, tmp_path), 0, ("speed2", "ccn2", "uumds"))
        assert {name: said for name, said in made.readiness().parts.items() if said} == wrong


def test_one_process_that_judges_by_what_it_does_not_read_makes_the_node_unready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever calls may meet any of them, so the best of them is not what counts."""
    stale = "revocations: not read for 31 seconds"
    good = {"link speed2": "", "trust": ""}
    sights = {"core": Sight({"partition 0": "", "trust": ""}), "door-1": Sight(good), "door-2": Sight(good)}
    for name in sights:
        asked = {**sights, name: Sight({**sights[name].parts, "trust": stale})}
        monkeypatch.setattr(gathering, "_asked", lambda _sockets, found=asked: found)
        doors = dict.fromkeys(("door-1", "door-2"), tmp_path)
        found = Gathering(tmp_path, {"core": tmp_path}, doors, 1, ("speed2",)).readiness()
        assert not found.ready
        assert {part: wrong for part, wrong in found.parts.items() if wrong} == {"trust": f"{name}: {stale}"}


def test_a_process_that_falls_silent_is_told_once_and_when_it_is_heard_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    made = Gathering(tmp_path, {"core": tmp_path}, {}, 1, (), told=lambda event, name: told.append((event.value, name)))
    for answers in (False, True, True, False, False, True, True):
        monkeypatch.setattr(gathering, "_asked", lambda _sockets, a=answers: {"core": Sight() if a else None})
        made._seen = (float("-inf"), {})
        made.sights()
    assert told == [("process.silent", "core"), ("process.heard", "core")]


def test_who_is_not_there_costs_no_time(tmp_path: Path) -> None:
    made = Gathering(tmp_path, {"core": tmp_path / "0.sock"}, {}, 1, ())
    assert made.sights() == {"core": None}
    assert made.readiness().parts == {"partition 0": "no process has it", "trust": ""}
