"""Interface descriptions as tools read them that are not Python: a linter, and a generator of TypeScript.

JSON Schema means the regular expressions of ECMA-262; a default or an example that its own schema refuses is a fault
that Python's tools may hide.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import REPOSITORY
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing

TOOLS = REPOSITORY / "build/openapi/node_modules/.bin"
RULES = REPOSITORY / "tools/openapi/redocly.yaml"
QUIET = os.environ | {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}
CALLERS = [("speed2", "trader.fr.lesquin"), ("ccn2", "fr.officer"), ("ccn2", "de.system")]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(not TOOLS.exists() and "CI" not in os.environ, reason="tools/openapi.sh fetches the tools"),
]


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("linted")
    with standing(folder, identity_in(folder), limits=GENEROUS) as made:
        yield made


@pytest.mark.parametrize(("platform", "caller"), CALLERS)
def test_a_linter_and_a_generator_take_what_a_door_says_of_itself(
    node: Standing, platform: str, caller: str, tmp_path: Path
) -> None:
    file = tmp_path / "openapi.json"
    file.write_bytes(node.client(platform, caller).ask("GET", "/openapi.json").body)
    linted = subprocess.run(
        [TOOLS / "redocly", "lint", file, "--config", RULES, "--format", "json"],
        env=QUIET, capture_output=True, text=True, check=False,
    )  # fmt: skip
    problems = json.loads(linted.stdout)["problems"]
    told = [(each["ruleId"], each["message"], each["location"][0].get("pointer")) for each in problems]
    assert told == []
    made = subprocess.run(
        [TOOLS / "openapi-typescript", file, "-o", tmp_path / "client.ts"],
        env=QUIET, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    compiled = subprocess.run(
        [TOOLS / "tsc", "--strict", "--noEmit", tmp_path / "client.ts"], env=QUIET, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert compiled.returncode == 0, compiled.stdout
