"""The union under faults: nothing is lost, doubled or overtaken, and a seed repeats to the bit.

``DOUANE_SEEDS`` sets how many seeds are run: 8, 24 in CI, and 200 by ``make simulate``.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest

from douane.development.simulation.shortening import shorten
from douane.development.simulation.simulation import Result, Scenario, scenario_of, simulate
from douane.simulator.union.faults import WEIGHTS, Kind

COMMAND = [sys.executable, "-c", "import sys; from douane.cli.main import main; sys.exit(main())", "simulate"]
SEEDS = int(os.environ.get("DOUANE_SEEDS", "24" if os.environ.get("CI") else "8"))
SMALL = Scenario(1, hours=0.1, traders=5, pause=60.0, faults=200.0, adversaries=3600.0, turns=0.5)


def test_one_seed_twice_is_the_same_to_the_bit() -> None:
    first, second = simulate(SMALL), simulate(SMALL)
    assert first.broken == []
    assert (first.digest, first.counts) == (second.digest, second.counts)
    assert simulate(replace(SMALL, seed=2)).digest != first.digest


def test_the_command_gives_the_same_digest_whatever_the_hash_seed() -> None:
    found = []
    for hash_seed in ("0", "17"):
        done = subprocess.run(
            [*COMMAND, "--seed", "3", "--hours", "0.05", "--traders", "3", "--json"],
            env=os.environ | {"PYTHONHASHSEED": hash_seed},
            capture_output=True, check=False, text=True,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        found.append(json.loads(done.stdout))
    assert found[0]["digest"] == found[1]["digest"]
    assert found[0]["sound"] is True


def test_without_faults_nothing_is_repeated_and_nothing_fails() -> None:
    calm = simulate(replace(SMALL, faults=0.0, adversaries=0.0))
    assert calm.broken == []
    assert calm.counts["starts"] == 3
    assert calm.counts["calls without an answer"] == calm.counts["delivered again"] == 0
    assert calm.counts["messages"] > 100


def test_goods_are_diverted_suffer_incidents_and_a_holder_asks_of_his_guarantee() -> None:
    """In the scenario of the command, and with the end that each of them must come to."""
    made = scenario_of(1, 0.25, traders=8, faults=60.0)
    assert made.turns > 0
    played = simulate(replace(made, turns=0.8))
    assert played.broken == []
    turned = [played.counts[each] for each in ("diverted", "incidents", "questions of guarantees")]
    assert min(turned) >= 1
    assert {type for _, type, _ in played.told.messages} >= {"CC182C", "CC037C"}
    calm = simulate(replace(made, turns=0.0)).counts
    assert (calm["diverted"], calm["incidents"], calm["questions of guarantees"]) == (0, 0, 0)


def test_vouchers_are_sold_access_codes_changed_and_other_offices_crossed() -> None:
    """What must be covered is, and what must not be is refused, in the scenario of the command."""
    made = scenario_of(2, 0.25, traders=2, faults=120.0)
    assert made.securities > 0
    played = simulate(replace(made, securities=3))
    assert played.broken == []
    told = [played.counts[each] for each in ("vouchers", "access codes changed", "refused covers", "crossed elsewhere")]
    assert min(told) >= 1
    assert simulate(SMALL).counts["vouchers"] == 0


def test_every_fault_can_strike() -> None:
    struck = {event.kind for seed in range(30) for event in planned(seed)}
    assert struck == set(Kind) == set(WEIGHTS)


def planned(seed: int) -> list:  # type: ignore[type-arg]
    import random

    from douane.simulator.union.faults import plan

    return plan(random.Random(seed), 900, ["centre", "DE", "AT"], 120)


def test_a_failing_run_is_shortened_to_what_it_needs() -> None:
    """A run that fails as soon as fault 7 strikes while trader 2 takes part."""
    tried: list[Scenario] = []

    def run(scenario: Scenario) -> Result:
        tried.append(scenario)
        result = Result(scenario, "", [], list(range(20)), None)  # type: ignore[arg-type]
        if 7 in result.struck and 2 in result.taking:
            result.broken.append("broken")
        return result

    failed = run(Scenario(1, traders=9))
    short = shorten(failed, run=run)
    assert (short.struck, short.taking) == ([7], [2])
    assert len(tried) <= 41
    assert shorten(failed, tries=0, run=run) is failed


FOUND = {
    "a lane to a partner waited for a clock that had been set back": Scenario(
        2043, hours=0.2, traders=14, pause=30.0, faults=600.0, partitions=3
    ),
}
"""Where a fault of the product was found once."""


@pytest.mark.parametrize("scenario", FOUND.values(), ids=[name.replace(" ", "-") for name in FOUND])
def test_what_was_found_once_is_not_found_again(scenario: Scenario) -> None:
    assert simulate(scenario).broken == []


@pytest.mark.parametrize("seed", range(1, 1 + SEEDS))
def test_seeds(seed: int) -> None:
    scenario = Scenario(1000 + seed, hours=0.15, traders=8, pause=60.0, faults=240.0, adversaries=3600.0, turns=0.25,
                        securities=1)  # fmt: skip
    assert simulate(scenario).broken == []
