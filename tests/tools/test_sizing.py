"""How large a node must be: the smallest shape by measured curves alone, nothing where one is absent."""

from __future__ import annotations

from typing import Any

import pytest

from bench.processes_scaling import JOURNAL
from bench.sizing import sized

CURVES: list[dict[str, Any]] = [
    {"rows": [{"case": "node", "core_cpu_us": 2_000, "door_cpu_us": 0}]},
    {"rows": [{"case": "core + door-1", "core_cpu_us": 1_500, "door_cpu_us": 500},
              {"store": "files", "workers": 1, "worker_cpu_s": 9.0},
              {"store": "files", "workers": 8, "worker_cpu_s": JOURNAL / 1_000 * 2},
              {"store": "postgresql", "workers": 8, "worker_cpu_s": 9.0}]},
    {"rows": [{"a declaration leaves": "records", "octets": 1},
              {"a declaration leaves": "pages of the file", "octets": 10_000}]},
]  # fmt: skip


def test_each_day_has_the_smallest_shape_that_carries_its_busiest_hour_at_half_load() -> None:
    size = sized(CURVES)
    assert size is not None
    by_day = {row["units a day"]: row for row in size["rows"]}
    assert by_day[1_000_000]["shape"] == "one process, SQLite"
    assert by_day[5_000_000]["shape"] == "core and doors, SQLite"  # 278/s: 0.42 of a core apart, 0.56 alone
    largest = by_day[20_000_000]
    # 1,111/s: 2.2 cores of workers, 0.56 of doors, at half load each
    cores = {name.removeprefix("cores: "): count for name, count in largest.items() if name.startswith("cores: ")}
    assert cores == {"core or workers": 5, "doors": 2}
    assert (largest["shape"], largest["partitions"]) == ("workers and doors, files", 40)
    assert largest["disk a day, GB"] == 200.0


@pytest.mark.parametrize("absent", range(len(CURVES)))
def test_nothing_is_said_where_a_curve_was_not_measured(absent: int) -> None:
    assert sized([each for number, each in enumerate(CURVES) if number != absent]) is None
