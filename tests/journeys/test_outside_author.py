"""An application written from the documentation alone, by somebody who sees nothing else: `docs/own-family.md`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.documents.blocks import ROOT
from tests.journeys.standing import Client
from tests.journeys.supervised import COMMAND, environment, supervised

PAGE = (ROOT / "docs/own-family.md").read_text("utf-8")
FILE = re.compile(r"^`([\w/]+\.\w+)`[^\n]*\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
DOCUMENT = re.findall(r"^```xml\n(<ApprovalRequest.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[0].encode()
XML = {"content-type": "application/xml"}
MAKER, OFFICER = "trader.fr.lesquin", "fr.officer"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the page says, as files, installed; where it is installed."""
    folder = tmp_path_factory.mktemp("author")
    for name, text in written(PAGE):
        place = folder / "source" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (folder / "source/weighbridge_approvals/__init__.py").touch()
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run(
        [*install, "--disable-pip-version-check", "--target", str(folder / "site"), str(folder / "source")],
        check=True, timeout=100, env=os.environ | {"PIP_CONFIG_FILE": os.devnull},
    )  # fmt: skip
    return folder / "site"


def written(page: str) -> Iterator[tuple[str, str]]:
    """The files of a page: the line before a block begins with the name."""
    for found in FILE.finditer(page):
        yield found[1], found[2]


def collected(maker: Client, type: str) -> dict[str, str]:
    """The first message of a type in the inbox of the maker."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        for each in maker.ask("GET", "/v1/inbox?wait=1").json["items"]:
            if each["type"] == type:
                return dict(each)
    raise AssertionError(f"no {type} came")


def ran(command: list[str], site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=site.parent / "source", env=environment(site), capture_output=True, text=True, timeout=100,
        check=False,
    )  # fmt: skip


def test_the_page_holds_the_whole_package() -> None:
    inside = ["messages.py", "contract.py", "persons.toml", "records.py", "processes/approving.bpmn",
              "handlers.py", "tests/test_weighbridges.py"]  # fmt: skip
    assert [name for name, _ in written(PAGE)] == ["pyproject.toml", *(f"weighbridge_approvals/{n}" for n in inside)]


@pytest.mark.slow
def test_its_own_test_passes_and_the_check_finds_nothing_of_it(site: Path) -> None:
    done = ran([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--import-mode=importlib"], site)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    found = json.loads(ran([sys.executable, "-c", COMMAND, "model", "check", "--json"], site).stdout)
    assert [each for each in found if "weigh" in each["element"].lower() or "WEI" in each["element"]] == []


@pytest.mark.slow
def test_a_node_takes_its_documents_and_sends_its_documents(site: Path, tmp_path: Path) -> None:
    with supervised(tmp_path, release=site) as node:
        maker, officer = node.client("speed2", MAKER), node.client("ccn2", OFFICER)
        wrong = maker.ask("POST", "/v1/messages", DOCUMENT.replace(b">60000<", b">0<"), XML)
        assert (wrong.status, wrong.json["faults"][0]["pointer"]) == (422, "/ApprovalRequest/largest"), wrong.body
        assert maker.ask("POST", "/v1/messages", DOCUMENT, XML).status == 202
        assert node.client("speed2", "trader.de.rhein").ask("POST", "/v1/messages", DOCUMENT, XML).status in (403, 422)
        assert maker.ask("POST", "/v1/messages", DOCUMENT.replace(b">60000<", b">50000<"), XML).status == 409
        assert maker.ask("POST", "/v1/messages", DOCUMENT.replace(b">A-1<", b">A-2<"), XML).status == 202
        refused = collected(maker, "RequestRefused")["body"]
        assert "<answers>A-2</answers><code>W2</code>" in refused, "the bridge has a case: told by the family's code"
        decision = json.dumps({"bridge": "FR-0001", "approved": True}).encode()
        address = "/weighbridge_approvals/v1/decide"
        assert maker.ask("POST", address, decision, {"content-type": "application/json"}).status in (403, 404)
        assert officer.ask("POST", address, decision, {"content-type": "application/json"}).status == 202
        told = collected(maker, "ApprovalDecided")
    assert "<answers>A-1</answers><bridge>FR-0001</bridge><approved>true</approved>" in told["body"]
    assert 'xmlns="urn:example:weighbridges:1"' in told["body"]


PLUGGED = """
import datetime as dt
from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.configuration.portal import known_of_release, make_declaring
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.errors import DeclarationFault
catalogue = Catalogue(discovery.services())
try:
    make_declaring(catalogue, known_of_release(catalogue), code_lists, lambda: dt.date(2026, 11, 27), {})
except DeclarationFault as fault:
    print("refused:", fault)
print([filing.operation for module in discovery.portal_modules() for filing in module.filings])
"""
SCREENS = """
from douane.pages.modules import Filing, Module, Section

WORDS = {{
    language: dict.fromkeys(("Approvals of weighbridges", "Apply for the approval", "The bridge"), "x")
    for language in {languages}
}}
MODULE = Module(
    "weighbridge_approvals", "Approvals of weighbridges",
    (Filing(
        "weighbridge_approvals.apply", "Apply for the approval",
        (Section("bridge", "{section}", {paths}),), lambda sending: {{"maker": sending.party, "number": sending.id}},
        ("number", "maker"),
    ),),
    WORDS,
)
"""
GOOD = {"languages": ("fr", "de"), "section": "The bridge", "paths": ("bridge", "largest")}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""), ({"languages": ("fr",)}, "has no words in de"),
        ({"section": "<h1>The bridge</h1>"}, "without markup"),
        ({"paths": ("bridge",)}, "largest has to be given, and no section asks it"),
        ({"paths": ("bridge", "largest", "colour")}, "has no colour"),
    ],
    ids=["fits", "language", "markup", "not asked", "unknown"],
)  # fmt: skip
def test_its_module_plugs_into_the_portal_and_one_that_breaks_the_design_is_refused_with_the_reason(
    site: Path, tmp_path: Path, changed: dict[str, object], why: str
) -> None:
    release = tmp_path / "site"
    shutil.copytree(site, release)
    (release / "weighbridge_approvals/screens.py").write_text(SCREENS.format(**(GOOD | changed)))
    done = subprocess.run(
        [sys.executable, "-c", PLUGGED], cwd=tmp_path, env=environment(release), capture_output=True, text=True,
        timeout=100, check=False,
    )  # fmt: skip
    assert "weighbridge_approvals.apply" in done.stdout, done.stdout + done.stderr
    refused = done.stdout.partition("refused:")[2]
    assert (why in refused) if why else not refused, done.stdout
