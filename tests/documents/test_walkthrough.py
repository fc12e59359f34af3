"""README and quickstart, done as they say, by a shell: only ports, folder and what an answer gave are put in."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.documents.blocks import ROOT, of_page
from tests.journeys.standing import identity_in, standing

IDENTITY = "build/demo/centre/identity"
PORTS = {8443: "speed2", 8444: "ccn2", 8445: "uumds", 8446: "cdco", 8447: "operations"}


@dataclass
class Reader:
    """Somebody who types what a page says."""

    door: Callable[[str], str]
    """The address of a door by its name."""
    identity: Path
    remembered: str = ""

    def adapted(self, text: str) -> str:
        """A block for this node: its ports and its folder."""
        for port, door in PORTS.items():
            text = text.replace(f"https://localhost:{port}", self.door(door))
        program = str(Path(sys.executable).with_name("douane"))
        return text.replace(IDENTITY, str(self.identity)).replace(".venv/bin/douane", program)

    def types(self, text: str) -> str:
        """What a block prints."""
        done = subprocess.run(
            ["bash", "-ec", f"{self.remembered}\n{self.adapted(text)}"],
            cwd=ROOT, capture_output=True, text=True, timeout=60, env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, text: str) -> Any:
        """The same, as JSON."""
        return json.loads(self.types(text))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    folder = tmp_path_factory.mktemp("walkthrough")
    with standing(folder, identity_in(folder)) as node:
        yield Reader(node.node.url, folder / "identity")


def test_the_first_message_of_the_readme(reader: Reader) -> None:
    told = reader.types(of_page("README.md")[1].text.replace("curl ", "curl --write-out '\\n' "))
    registered, declared = map(json.loads, told.splitlines())
    assert registered["receipt"]
    assert declared["id"] == "QUICKSTART-1"


def test_the_quickstart_ends_with_a_released_movement(reader: Reader) -> None:
    """Also where the first message of the README was sent before: the same bytes, the same receipts."""
    types_the_quickstart(reader)


def collected(reader: Reader, read: str) -> list[Any]:
    """The answers to the declaration, asked for until all three are there: the inbox gives what has come so far."""
    items: list[Any] = []
    for _ in range(20):
        items = [each for each in reader.json(read)["items"] if each.get("answers") == "QUICKSTART-1"]
        if len(items) >= 3:
            break
    return items


def types_the_quickstart(reader: Reader) -> None:
    """Every block of the quickstart in order, and what each promises."""
    start, trader, guarantee, declare, collect, find, wrong, token, architecture = [
        each.text for each in of_page("quickstart.md")
    ]
    assert start.strip() == "make run"
    remember, _, first = trader.rpartition("\nas ")
    reader.remembered = reader.adapted(remember)
    assert "/v1/messages" in reader.json(f"as {first}")["paths"]
    assert reader.json(guarantee)["receipt"]
    assert reader.json(declare)["receipt"]
    read, acknowledge, _ = collect.split("\n")
    items = collected(reader, read)
    assert [each["type"] for each in items] == ["CC928C", "CC028C", "CC029C"]
    mrn = items[1]["body"].partition("<MRN>")[2].partition("</MRN>")[0]
    reader.types(acknowledge.replace("/ID/", f"/{items[0]['id']}/"))
    assert items[0]["id"] not in [each["id"] for each in reader.json(read)["items"]]
    assert reader.json(find.replace('"MRN"', f'"{mrn}"'))["state"] == "released"
    assert reader.json(wrong)["code"] == "DOU-1102"
    assert reader.json(token)["access_token"]
    for command in architecture.splitlines():
        assert reader.types(command)


def test_a_check_by_soap(reader: Reader) -> None:
    pytest.importorskip("zeep")
    text = reader.adapted(of_page("soap.md")[0].text)
    own = {k: v for k, v in os.environ.items() if not k.endswith("_CA_BUNDLE")}  # it would count before the page's
    done = subprocess.run([sys.executable, "-c", text], cwd=ROOT, capture_output=True, text=True, timeout=60, env=own)
    assert done.returncode == 0, done.stderr
    assert "FR40123456700017" in done.stdout
