"""The pages of the model and of the documentation as a folder: whole, linked, and nothing that needs a node."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

from douane.operation.folder import StaticPages, file_of, write_folder
from douane.pages.tests.linting import faults
from tests.cli.nodes import Printed, refused

LINK = re.compile(r'(?:href|src)="([^"]*)"')
MOST = 60


def test_a_folder_holds_pages_that_lead_to_each_other_and_nowhere_else(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    count = write_folder(folder, StaticPages(most=MOST))
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert count == len(written) > MOST
    assert len({str(path).lower() for path in written}) == len(written)
    for page in folder.rglob("*.html"):
        text = page.read_text()
        assert "<form" not in text
        assert "<script" not in text
        for target in LINK.findall(text):
            if target.startswith(("https://", "mailto:", "data:", "#")) or not target:
                continue
            place = page.parent / unquote(target.partition("#")[0])
            assert place.resolve().is_relative_to(folder), (page, target)
            assert place.is_file(), (page, target)
    first = (folder / "explore.html").read_text()
    assert 'href="explore/goal/' in first
    assert faults(first) == []
    assert 'href="explore.html"' in (folder / "index.html").read_text()


def test_names_of_files_are_safe_and_different_where_addresses_are() -> None:
    addresses = (
        "/explore/type/CC015C", "/explore/type/cc015c", "/explore/test/..%2F..%2Fetc", "/explore/type/CC015C?after=50",
        "/explore/goal/trade%20flows", "/explore/goal/trade_flows", "/explore/test/" + "x" * 500,
    )  # fmt: skip
    names = [file_of(each) for each in addresses]
    assert len({each.lower() for each in names}) == len(names)
    assert all(".." not in each and max(map(len, each.split("/"))) < 120 for each in names)


def test_only_an_empty_folder_is_written_to(capsys: Printed, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    assert "not an empty folder" in refused(capsys, "architecture", "export", "html", "--out", str(tmp_path))
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]
    assert "--out FOLDER" in refused(capsys, "architecture", "export", "html")
