"""Reference data from the command line: imported once, looked up as of a day, seen by the rules of a node."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from douane.applications.reference_data.contract import load_builtin
from douane.applications.reference_data.handlers import look_up
from douane.applications.reference_data.messages import CodeQuery
from douane.applications.reference_data.records import CHUNK, Chunk, newest
from douane.assembly.core import make_core
from douane.configuration.settings import NodeSettings
from douane.vocabulary.errors import NotFound
from tests.cli.nodes import Printed, a_list, answer, fail, give, publish, refused, said

DAY = dt.date(2025, 3, 1)


def payload(folder: Path, *codes: str, snapshot: str = "2025-02-12") -> Path:
    """A file of code lists as published, with these countries in CL112."""
    entries = [{"state": "valid", "activeFrom": "2024-02-21", "code": c, "description": f"Country {c}"} for c in codes]
    lists = {"CountryCodesCTC": {"listName": "CountryCodesCTC", "listEntries": entries}}
    file = folder / f"lists-{snapshot}-{len(codes)}.json"
    file.write_text(json.dumps({"messageInformation": {"messageID": "1", "snapshotDate": snapshot}, "lists": lists}))
    return file


def test_a_file_is_imported_once(capsys: Printed, tmp_path: Path) -> None:
    data, file = str(tmp_path / "node"), str(payload(tmp_path, "CH", "NO"))
    assert "CL112  CountryCodesCTC: 2 new, 0 changed, 0 ended" in said(
        capsys, "reference", "import", "--reason", "new lists", file, "--data", data
    )
    assert said(capsys, "reference", "import", "--reason", "new lists", file, "--data", data) == "No change.\n"
    assert answer(capsys, "reference", "import", "--reason", "new lists", file, "--data", data) == []


def test_a_later_file_says_what_it_changes_and_history_stays(capsys: Printed, tmp_path: Path) -> None:
    data = str(tmp_path / "node")
    said(capsys, "reference", "import", "--reason", "new lists", str(payload(tmp_path, "CH", "NO")), "--data", data)
    later = str(payload(tmp_path, "CH", "IS", "TR", snapshot="2025-06-01"))
    (changed,) = answer(capsys, "reference", "import", "--reason", "new lists", later, "--data", data)
    assert (changed["added"], changed["changed"], changed["ended"]) == (2, 0, 1)
    before = answer(capsys, "reference", "show", "cl112", "--on", "2025-05-31", "--data", data)
    after = answer(capsys, "reference", "show", "CL112", "--on", "2025-06-01", "--data", data)
    assert "NO" in {e["code"] for e in before["entries"]}
    assert {e["code"] for e in after["entries"]} == {"CH", "IS", "TR"}
    text = said(capsys, "reference", "show", "CL112", "CH", "--on", "2025-06-01", "--data", data)
    assert "Country CH" in text


def test_nonsense_is_answered_helpfully(capsys: Printed, tmp_path: Path) -> None:
    data = str(tmp_path / "node")
    said(capsys, "reference", "import", "--reason", "new lists", str(payload(tmp_path, "CH")), "--data", data)
    wrong = tmp_path / "wrong.json"
    wrong.write_text("[]")
    assert "There is no file" in refused(
        capsys, "reference", "import", "--reason", "new lists", str(tmp_path / "none.zip"), "--data", data
    )
    assert "as it was published" in refused(
        capsys, "reference", "import", "--reason", "new lists", str(wrong), "--data", data
    )
    assert "CL112" in refused(capsys, "reference", "show", "CL9999", "--data", data)
    assert "holds no 'XX'" in refused(capsys, "reference", "show", "CL112", "XX", "--data", data)
    assert "is no date" in refused(capsys, "reference", "show", "CL112", "--on", "soon", "--data", data)
    assert "There is no store" in refused(capsys, "reference", "show", "CL112", "--data", str(tmp_path / "empty"))
    assert "import|show" in refused(capsys, "reference")


def test_a_large_list_is_kept_in_chunks_and_read_whole(tmp_path: Path) -> None:
    codes = [f"C{n:05d}" for n in range(2 * CHUNK + 1)]
    publish(tmp_path, [a_list("CL900", *codes)])
    core = make_core(NodeSettings(data=tmp_path), ended=fail)
    try:
        found = newest(core.lists.view(), "CL900")
        assert found is not None
        chunks = core.lists.view().all_of(Chunk, found[0])
        assert [len(chunk.entries) for chunk in chunks] == [CHUNK, CHUNK, 1]
        assert core.lists.lists.codes("CL900", DAY) == frozenset(codes)
        assert core.look(DAY).has("CL900", "C00000")
    finally:
        core.close()


def test_a_published_version_is_seen_at_once_and_after_a_restart(tmp_path: Path) -> None:
    core = make_core(NodeSettings(data=tmp_path), ended=fail)
    try:
        assert core.look(DAY).has("CL010", "FR")  # the built-in selection serves until something is published
        first = a_list("CL010", "FR", "ZZ")
        give(core, first)
        assert core.look(DAY).has("CL010", "ZZ")
        give(core, a_list("CL010", "FR", previous=first.version, at=2_000_000, ended=1))
        assert not core.look(DAY).has("CL010", "ZZ")
    finally:
        core.close()
    core = make_core(NodeSettings(data=tmp_path), ended=fail)
    try:
        assert core.lists.lists.codes("CL010", DAY) == {"FR"}
        assert core.lists.lists["CL008"] == load_builtin()["CL008"]
    finally:
        core.close()


def test_a_code_is_looked_up_as_of_a_day(tmp_path: Path) -> None:
    publish(tmp_path, [a_list("CL010", "ZZ")])
    core = make_core(NodeSettings(data=tmp_path), ended=fail)
    try:
        view = core.lists.view()
        assert look_up(view, CodeQuery("CL010", "ZZ", DAY)).since == dt.date(2020, 1, 1)
        assert look_up(view, CodeQuery("CL008", "FR", DAY)).code == "FR"
        for question in (CodeQuery("CL010", "ZZ", dt.date(2019, 1, 1)), CodeQuery("CL0", "ZZ", DAY)):
            with pytest.raises(NotFound):
                look_up(view, question)
    finally:
        core.close()


MEASURE = """
import resource, sys
from douane.cli.main import main
peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
data = ["--data", sys.argv[2]]
main(["message", "replay", *data])
before = peak()
main(["reference", "import", "--reason", "new lists", sys.argv[1], *data, "--json"])
print("extra", peak() - before)
"""


@pytest.mark.slow
def test_the_published_lists_are_imported_in_64_mib(tmp_path: Path) -> None:
    file = Path(__file__).parents[3] / "shared" / "data" / "reference-data" / "RD_NCTS-P5-20250212.json.gz"
    if not file.exists():
        assert "CI" not in os.environ
        pytest.skip("the published code lists are not beside the checkout")
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, str(file), str(tmp_path)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert int(run.stdout.split()[-1]) <= 64 * 2**20
