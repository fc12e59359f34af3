"""OTLP beside what others wrote: two exporters of OpenTelemetry tell a node, and their schema reads our export."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import REPOSITORY
from tests.cli.nodes import Printed, said
from tests.cli.test_traces import node as journal
from tests.journeys.movements import Movement
from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_otlp import shown

__all__ = ["journal"]

pytestmark = pytest.mark.timeout(120)
PEER = REPOSITORY / "build" / "peers" / "otlp" / "bin" / "python"
SCRIPT = REPOSITORY / "bench" / "peers" / "otlp_exporter.py"
NODE = REPOSITORY / "build" / "otlp"
python = pytest.mark.skipif(
    not PEER.exists() and "CI" not in os.environ, reason="tools/peer_environment.sh otlp makes the environment"
)
javascript = pytest.mark.skipif(
    not (NODE / "node_modules").exists() and "CI" not in os.environ, reason="tools/otlp.sh fetches the exporters"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("otlp")
    with standing(folder, identity_in(folder)) as made:
        yield made


def tells(place: Standing, by: str, *program: str | Path, folder: Path = REPOSITORY) -> dict[str, str]:
    """What became of what a program tells as the system of an administration; it trusts our root and shows its card."""
    files, own = place.identity.client(by), {**os.environ, "DEBUG": ""}
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        own.pop(name, None)  # requests takes them before what it is told to trust
    given = [place.node.url("ccn2"), place.identity.root, files.certificate, files.key]
    done = subprocess.run(
        [*map(str, program), *map(str, given)], capture_output=True, text=True, timeout=60, check=False, cwd=folder,
        env=own,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return found | {"told": done.stderr}


def by_python(place: Standing, by: str) -> dict[str, str]:
    return tells(place, by, PEER, SCRIPT, "tell")


def by_javascript(place: Standing, by: str) -> dict[str, str]:
    shutil.copy(REPOSITORY / "tools" / "otlp" / "exporter.mjs", NODE / "exporter.mjs")
    return tells(place, by, "node", "exporter.mjs", folder=NODE)


@pytest.mark.parametrize(
    ("exporter", "source", "by", "office"),
    [
        pytest.param(by_python, "ncts-python", "de.system", "DE004058", marks=python, id="protobuf"),
        pytest.param(by_javascript, "ncts-node", "fr.system", "FR000060", marks=javascript, id="json"),
    ],
)
def test_what_foreign_exporters_tell_is_shown_to_their_administration(
    place: Standing, exporter: Any, source: str, by: str, office: str
) -> None:
    came = exporter(place, by)
    trace, _ = came.pop("trace"), came.pop("told")
    assert came == {"traces": "taken", "metrics": "taken", "logs": "taken"}
    officer, other = (("de.officer", "fr.officer"), ("fr.officer", "de.officer"))[by == "fr.system"]
    (span,) = shown(place, "traces", officer)
    assert (span["source"], span["name"], span["text"], span["trace"]) == (source, "lodge", "failed refused", trace)
    assert {"name": "office", "value": office} in span["facts"]
    assert 0 <= span.get("value", -1) < 60
    points = {each["name"]: each for each in shown(place, "metrics", officer)}
    assert points["declarations"]["value"] == 7.0
    assert {"name": "office", "value": office} in points["declarations"]["facts"]
    assert points["answer.time"]["text"] == "s"
    (line,) = shown(place, "logs", officer)
    assert (line["name"], line["text"]) == ("ERROR", "the store refuses")
    assert {"name": "code", "value": "7"} in line["facts"]
    others = [each for signal in ("traces", "metrics", "logs") for each in shown(place, signal, other)]
    assert source not in {each["source"] for each in others}


@python
def test_a_foreign_exporter_is_refused_who_is_no_system_of_an_administration(place: Standing) -> None:
    came = by_python(place, "de.officer")
    assert {came[each] for each in ("traces", "metrics", "logs")} == {"FAILURE"}
    assert "code: 404" in came["told"], "it has no such address, as an operation that is not opened to it"


@python
def test_what_we_export_is_read_by_the_schema_of_others(
    capsys: Printed, journal: tuple[Path, Movement], tmp_path: Path
) -> None:
    folder, _ = journal
    said(capsys, "traces", "-o", str(tmp_path / "spans"), "--data", str(folder))
    text = (tmp_path / "spans").read_text()
    done = judged(text)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert {"transit.lodge_declaration", "CC028C"} <= {each["name"] for each in found}
    spans = {each["span"] for each in found}
    assert len(spans) == len(found) > 5
    assert all(len(each["trace"]) == 32 and len(each["span"]) == 16 for each in found)
    assert {each["parent"] for each in found} - {""} <= spans | {""}, "each parent is a span of the same export"
    assert all(each["nanoseconds"] >= 0 for each in found)
    wrong = text.replace('"startTimeUnixNano"', '"startedAt"', 1)
    assert judged(wrong).returncode != 0, "the judge would take anything"


def judged(text: str) -> subprocess.CompletedProcess[str]:
    """What the schema says of requests."""
    return subprocess.run([PEER, SCRIPT, "read"], input=text, capture_output=True, text=True, timeout=60, check=False)
