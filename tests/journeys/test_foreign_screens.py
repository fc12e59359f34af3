"""Screens of a package from outside: a good one is taken, one that breaks the design is refused with the reason."""

from __future__ import annotations

import json
import subprocess
import sys
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

def view(answer, given):
    words = given.words
    shown = tuple(Text(each.grn) for each in answer.lines) or (Empty(words.say("Nothing is weighed here today.")),)
    return Page(words.say("Weighing of goods"), (Card("list", words.say("What was weighed"), shown), Text({more})))

SCREENS = (Screen("guarantees.mine", "/weighing", view, "Weighing", lambda given: {{"country": "FR"}}),)
"""
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


def installed(folder: Path, more: str) -> Path:
    """The package as pip would leave it; where."""
    site = folder / "site"
    metadata = site / f"{PACKAGE}-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(ANNOUNCED)
    (site / PACKAGE).mkdir()
    (site / PACKAGE / "__init__.py").touch()
    (site / PACKAGE / "screens.py").write_text(CODE.format(more=more))
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


@pytest.mark.slow
def test_a_good_screen_is_taken(tmp_path: Path) -> None:
    site = installed(tmp_path, GOOD)
    assert found(site) == []
    done = ran(STARTED, site)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(("more", "why"), FAULTY.values(), ids=FAULTY.keys())
def test_a_screen_that_breaks_the_design_is_refused_with_the_reason(tmp_path: Path, more: str, why: str) -> None:
    site = installed(tmp_path, more)
    assert any(why in each["text"] and each["text"].startswith("/weighing: ") for each in found(site)), found(site)


@pytest.mark.slow
def test_a_node_does_not_start_with_it_and_says_every_reason(tmp_path: Path) -> None:
    site = installed(tmp_path, "Markup('<h1 style=\"color:red\">Weighing of all goods</h1>')")
    done = ran(STARTED, site)
    assert done.returncode == 1
    for why in ("2 first headings", "look of its own", "stands in English", "in a page in de"):
        assert why in done.stderr, done.stderr


def test_our_own_screens_keep_to_it() -> None:
    catalogue = Catalogue(discovery.services())
    answered, library = replies(catalogue), known_of_release(catalogue)
    against = [reason for each in discovery.screens() for reason in reasons_against(each, answered, library)]
    assert against == []
