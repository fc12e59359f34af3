"""Statements, paths into XML, JSON, formats and names of downloads are not made of input, whoever writes them."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import REPOSITORY
from tests.security import scans

_SRC = "src/douane"
KNOWN: dict[scans.Scan, set[str]] = {
    scans.statement: {f"{_SRC}/backends/sqlite/backend.py"},  # names of tables and an order, of its own enumerations
    scans.path_into_xml: {f"{_SRC}/standards/xml/reading.py"},  # a depth: a number of ours
    scans.json_by_hand: {
        f"{_SRC}/channels/webhook/signing.py",  # the canonical form of a key of ours (RFC 7638)
        f"{_SRC}/reference_architecture/export.py",  # its head: a hash of ours
        f"{_SRC}/standards/decision_table/document.py",  # lines of parts that were encoded
    },
    scans.format_of_input: {
        f"{_SRC}/applications/customs_decisions/rules/letters.py",  # words of the catalogue
        f"{_SRC}/backends/postgresql/roles.py",  # statements of its own, which psycopg sets names into
        f"{_SRC}/cli/node/message.py",  # lines of the command
        f"{_SRC}/pages/pictures/circles.py",  # a line of its own
        f"{_SRC}/pages/screens.py",  # templates of screens
        f"{_SRC}/standards/ncts/binding/compiling.py",  # calls of its own table
    },
    scans.says_how_a_file_is_called: {f"{_SRC}/channels/browser/safety.py"},
}
"""Where something is put together of what is no constant, and of what."""


def _found(scan: scans.Scan) -> set[str]:
    return {name for name, _ in scans.found(scan)}


def test_no_statement_is_made_of_input() -> None:
    assert _found(scans.statement) == KNOWN[scans.statement]


def test_no_path_into_xml_is_made_of_input() -> None:
    assert _found(scans.path_into_xml) == KNOWN[scans.path_into_xml]


def test_json_is_written_by_an_encoder() -> None:
    assert _found(scans.json_by_hand) == KNOWN[scans.json_by_hand]


def test_no_format_is_made_of_input() -> None:
    assert _found(scans.format_of_input) == KNOWN[scans.format_of_input]


def test_one_place_says_how_a_download_is_called() -> None:
    assert _found(scans.says_how_a_file_is_called) == KNOWN[scans.says_how_a_file_is_called]


@pytest.mark.parametrize(
    ("scan", "text"),
    [
        (scans.statement, "f'SELECT a FROM b WHERE c = {name}'"),
        (scans.statement, "'delete from b where c = ' + name"),
        (scans.path_into_xml, "tree.xpath('//*[@id=' + id + ']')"),
        (scans.path_into_xml, "etree.XPath(path)"),
        (scans.json_by_hand, "f'{{\"id\": \"{id}\"}}'"),
        (scans.format_of_input, "template.format(value)"),
        (scans.says_how_a_file_is_called, "f'attachment; filename={name}'"),
    ],
)  # fmt: skip
def test_the_scans_find(scan: scans.Scan, text: str) -> None:
    assert any(scan(node) for node in ast.walk(ast.parse(text)))


KEEPS = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie|\bcaches\b")
MERGES = re.compile(r"__proto__|\.prototype|JSON\.parse|\beval\b|innerHTML|new Function")


def test_scripts_of_ours_keep_nothing_in_the_browser_and_merge_nothing_foreign() -> None:
    """The script of others keeps no pages: its history is switched off where a page sets it up."""
    assets = REPOSITORY / "src/douane/pages/assets"
    scripts = {path.name: path.read_text() for path in assets.glob("*.js") if ".min." not in path.name}
    assert scripts
    assert {name for name, text in scripts.items() if KEEPS.search(text) or MERGES.search(text)} == set()
    assert not any(KEEPS.search(path.read_text()) for path in assets.glob("*.min.js"))
    assert '"history":false' in (REPOSITORY / "src/douane/pages/templates/page.html").read_text()
