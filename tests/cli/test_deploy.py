"""A release that would break a consumer seen lately is reported before it is deployed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from douane.configuration.discovery import installed_model
from douane.reference_architecture.export import export
from tests.cli.nodes import Printed, answer, refused, said
from tests.journeys.standing import identity_in, standing

ROOT = Path(__file__).parents[2]
DECLARATION = (ROOT / "docs/examples/declaration.xml").read_bytes()
TRADER = "FR40123456700017"
Release = Callable[..., str]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a node that took a declaration and answered it."""
    folder = tmp_path_factory.mktemp("deploy")
    with standing(folder, identity_in(folder)) as node:
        client = node.client("speed2", "trader.fr.lesquin")
        assert client.ask("POST", "/v1/messages", DECLARATION, {"content-type": "application/xml"}).status == 202
        assert client.ask("GET", "/v1/inbox?wait=20").json["items"]
    return folder


@pytest.fixture
def release(tmp_path: Path) -> Release:
    """Writes the export of an earlier release: what is installed, with facts of some elements changed."""
    content = json.loads(export(installed_model()))

    def write(**facts: dict[str, str]) -> str:
        for node in content["nodes"]:
            for name, changed in facts.items():
                if node["name"] == name.replace("__", "."):
                    node["facts"] |= changed
        file = tmp_path / "release.json"
        file.write_text(json.dumps(content))
        return str(file)

    return write


def found(capsys: Printed, file: str, data: Path, *more: str, code: int) -> dict[str, Any]:
    told = answer(capsys, "model", "deploy", file, "--data", str(data), *more, code=code)
    return {each["element"]: each for each in told}


def test_the_same_release_breaks_nobody(capsys: Printed, release: Release, data: Path) -> None:
    assert (
        said(capsys, "model", "deploy", release(), "--data", str(data)) == "Nothing that is offered now would break.\n"
    )


def test_who_sends_what_loses_an_element_is_named(capsys: Printed, release: Release, data: Path) -> None:
    file = release(CC015C={"optional": "an_old_element"})
    told = found(capsys, file, data, code=1)
    lodge = told["operation:transit.lodge_declaration"]
    assert "CC015C lost the element an_old_element" in lodge["what"]
    assert [each["party"] for each in lodge["consumers"]] == [TRADER]
    text = said(capsys, "model", "deploy", file, "--data", str(data), code=1)
    assert f"  {TRADER}, last seen " in text


def test_who_reads_what_loses_an_element_is_named(capsys: Printed, release: Release, data: Path) -> None:
    told = found(capsys, release(CC028C={"optional": "an_old_element"}), data, code=1)
    assert [each["party"] for each in told["type:CC028C"]["consumers"]] == [TRADER]


def test_a_consumer_not_seen_for_long_does_not_stop_a_release(capsys: Printed, release: Release, data: Path) -> None:
    file = release(CC015C={"optional": "an_old_element"})
    told = found(capsys, file, data, "--days", "0", code=0)
    assert told["operation:transit.lodge_declaration"]["consumers"] == []


def test_an_operation_that_nobody_used_does_not_stop_a_release(capsys: Printed, release: Release, data: Path) -> None:
    told = found(capsys, release(transit__request_invalidation={"request": "Other"}), data, code=0)
    assert told["operation:transit.request_invalidation"]["consumers"] == []


def test_a_query_is_named_because_nobody_knows_who_asks(capsys: Printed, release: Release, data: Path) -> None:
    told = found(capsys, release(MovementView={"optional": "an_old_element"}), data, code=1)
    query = told["operation:transit.find_movement"]
    assert (query["unseen"], "holder of the transit procedure" in query["open_to"]) == (True, True)
    text = said(capsys, "model", "deploy", release(), "--data", str(data), code=1)
    assert "queries leave no row" in text


def test_a_file_that_is_no_export_is_refused(capsys: Printed, tmp_path: Path) -> None:
    assert "none.json: No such file" in refused(
        capsys, "model", "deploy", str(tmp_path / "none.json"), "--data", str(tmp_path)
    )
