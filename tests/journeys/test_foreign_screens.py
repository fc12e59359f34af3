"""Screens of a package from outside: a good one is taken, one that breaks the design is refused with the reason."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from douane.configuration import discovery
from douane.configuration.portal import known_of_release, replies
from douane.pages.fitting import reasons_against
from douane.runtime.catalogue.catalogue import Catalogue
from tests.journeys.supervised import COMMAND, environment

PACKAGE = "weighing"
ANNOUNCED = f"[douane.applications]\n{PACKAGE} = {PACKAGE}\n"
CODE = """
from markupsafe import Markup
from douane.pages.blocks import Card, Empty, Page, Text
from douane.pages.screens import Screen

def screen(path, more):
    def view(answer, given):
        words = given.words
        shown = tuple(Text(each.grn) for each in answer.lines) or (Empty(words.say("Nothing is weighed here today.")),)
        shown = (Card("list", words.say("What was weighed"), shown), Text(more(words, answer)))
        return Page(words.say("Weighing of goods"), shown)
    return Screen("guarantees.mine", path, view, "Weighing", lambda given: {{"country": "FR"}})

SCREENS = ({screens})
"""
SCREEN = "screen({path!r}, lambda words, answer: {more}), "
STARTED = """
import datetime as dt
from douane.configuration import discovery
from douane.configuration.lists import code_lists
from douane.configuration.portal import known_of_release, make_declaring
from douane.runtime.catalogue.catalogue import Catalogue
catalogue = Catalogue(discovery.services())
make_declaring(catalogue, known_of_release(catalogue), code_lists, lambda: dt.date(2026, 11, 27), {})
"""
GOOD = 'words.say("This page keeps to the design.")'
FAULTY = {
    "a second first heading": ("Markup('<h1>Weighing</h1>')", "the page has 2 first headings"),
    "a level left out": ("Markup('<h5>Weighing</h5>')", "a heading of level 5 follows one of level 2"),
    "a field without label": ("Markup('<input id=\"a\" name=\"mass\">')", "the field 'mass' has no label"),
    "an error form of its own": ("Markup('<b role=\"alert\">!</b>')", "in another way than by the summary of errors"),
    "a form without token": ("Markup('<form method=\"post\" action=\"/w\"></form>')", "posts without a token"),
    "a colour": ("Markup('<b style=\"color:red\">!</b>')", "is a look of its own"),
    "a class": ("Markup('<b class=\"weighing-big\">!</b>')", "the class 'weighing-big' is a look of its own"),
    "one language": ("'What this scale says is final.'", "stands in English, unmarked, in a page in fr"),
    "an answer that it cannot show": ("answer.lines[0].grn[40]", "it cannot be drawn from an example of its answer"),
}  # fmt: skip


def installed(folder: Path, shown: Mapping[str, str]) -> Path:
    """The package, with a screen at each path, as pip would leave it; where."""
    site = folder / "site"
    metadata = site / f"{PACKAGE}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(ANNOUNCED)
    (site / PACKAGE).mkdir()
    (site / PACKAGE / "__init__.py").touch()
    screens = "".join(SCREEN.format(path=path, more=more) for path, more in shown.items())
    (site / PACKAGE / "screens.py").write_text(CODE.format(screens=screens))
    return site


def ran(code: str, site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=site, env=environment(site), capture_output=True, text=True, timeout=100, check=False
    )


def found(site: Path) -> list[dict[str, str]]:
    done = ran(COMMAND, site, "model", "check", "--json")
    assert done.stdout, done.stderr
    return [each for each in json.loads(done.stdout) if each["id"] == "M029"]


def path_of(name: str) -> str:
    return f"/weighing/{name.replace(' ', '-')}"


@pytest.fixture(scope="module")
def against(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What is found against a package with every faulty screen and a good one."""
    shown = {"good": GOOD} | {name: more for name, (more, _) in FAULTY.items()}
    site = installed(tmp_path_factory.mktemp("faulty"), {path_of(name): more for name, more in shown.items()})
    return [each["text"] for each in found(site)]


@pytest.mark.slow
def test_a_good_screen_is_taken(tmp_path: Path) -> None:
    site = installed(tmp_path, {"/weighing": GOOD})
    assert found(site) == []
    done = ran(STARTED, site)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("name", FAULTY)
def test_a_screen_that_breaks_the_design_is_refused_with_the_reason(against: list[str], name: str) -> None:
    mine = [text for text in against if text.startswith(f"{path_of(name)}: ")]
    assert any(FAULTY[name][1] in text for text in mine), against


@pytest.mark.slow
def test_a_good_screen_beside_faulty_ones_is_not_among_the_reasons(against: list[str]) -> None:
    assert {text.partition(": ")[0] for text in against} == {path_of(name) for name in FAULTY}


@pytest.mark.slow
def test_a_node_does_not_start_with_it_and_says_every_reason(tmp_path: Path) -> None:
    site = installed(tmp_path, {"/weighing": "Markup('<h1 style=\"color:red\">Weighing of all goods</h1>')"})
    done = ran(STARTED, site)
    assert done.returncode == 1
    for why in ("2 first headings", "look of its own", "stands in English", "in a page in de"):
        assert why in done.stderr, done.stderr


def test_our_own_screens_keep_to_it() -> None:
    catalogue = Catalogue(discovery.services())
    answered, library = replies(catalogue), known_of_release(catalogue)
    against = [reason for each in discovery.screens() for reason in reasons_against(each, answered, library)]
    assert against == []
