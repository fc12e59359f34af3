"""A proof is of the files that it reached: it holds while they stay as they were, and says since when it does not."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest

from tests.hostile.__main__ import brief
from tests.hostile.attempt import FAMILIES, attempts
from tests.production.__main__ import main as production
from tools import proofs
from tools.briefs import BUDGET, GRACE, LONGEST_SECONDS, NOT_PLAYED, Brief, briefs, play
from tools.proofs import Record, digest, reached, records, stale, told


def record(**other: object) -> Record:
    files = reached("hostile")
    made = Record(
        name="hostile", command="python -m tests.hostile", commit="9c21e3d2", day="2026-12-01", machine="2 cores",
        seed=None, seconds=300, verdict="held", figures={"attempts": 80}, absent=(), digest=digest(files),
        reaches=files,
    )  # fmt: skip
    return msgspec.structs.replace(made, **other)


def test_a_proof_of_this_tree_holds() -> None:
    assert stale(record()) == ""
    assert "valid" in told(record())


def test_a_changed_file_or_a_new_one_makes_it_stale() -> None:
    changed = record(digest=digest(("README.md",)))
    assert stale(changed)
    assert "stale since" in told(changed)
    one = next(name for name in reached("hostile") if name.startswith("src/douane/"))
    less = tuple(name for name in reached("hostile") if name != one)
    assert stale(record(reaches=less, digest=digest(less))), "what came since was never reached"


def test_it_reaches_the_product_and_its_own_modules_and_no_test_beside_the_code() -> None:
    files = reached()
    assert "src/douane/runtime/core/tick.py" in files
    assert "tools/proofs.py" in files
    assert not [name for name in files if name.startswith("src/") and "/tests/" in name]


def test_every_record_can_be_read_and_names_what_was_absent() -> None:
    for each in records():
        assert each.verdict
        assert each.reaches
    assert "want of chromium" in told(record(absent=("chromium",)))


def test_what_a_release_needs_and_nobody_recorded_is_unproven(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(proofs, "FOLDER", tmp_path)
    assert {"hostile", "incidents", "production", "crash", "simulate"} <= set(proofs.needed())
    assert [each.partition(":")[0] for each in proofs.unproven()] == list(proofs.needed())
    files = reached("hostile")
    (tmp_path / "hostile.json").write_bytes(msgspec.json.encode(record(reaches=files, digest=digest(files))))
    assert not [each for each in proofs.unproven() if each.startswith("hostile")]
    assert proofs.main() == 1


def test_a_proof_is_of_the_files_that_its_harness_names() -> None:
    files = reached("production")
    for name in ("docs/deploy.md", "deploy/douane.service", "requirements/run.txt", "tests/production/systemctl.py"):
        assert name in files
    made = record(name="production", reaches=files, digest=digest(files))
    assert stale(made) == ""
    less = tuple(each for each in files if each != "docs/deploy.md")
    assert stale(record(name="production", reaches=less, digest=digest(less)))
    for each in proofs.needed():
        assert proofs.named(each)


def test_a_tree_with_changes_proves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(proofs, "FOLDER", tmp_path)
    monkeypatch.setattr(proofs, "_git", lambda *_: " M src/douane/__init__.py")
    with pytest.raises(ValueError, match="has changes"):
        proofs.write("x", command="x", seconds=1, verdict="held", figures={})
    assert list(tmp_path.iterdir()) == []


def test_a_command_is_recorded_where_it_ended_well(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(proofs, "FOLDER", tmp_path)
    monkeypatch.setattr(proofs, "_git", lambda *_: "")
    assert proofs.main(["wrong", "python", "-c", "raise SystemExit(3)"]) == 3
    assert list(records(tmp_path)) == []
    assert proofs.main(["scenarios", "python", "-m", "tests.scenarios", "1"]) == 0
    (made,) = records(tmp_path)
    assert made.command == "python -m tests.scenarios 1"
    assert "1 of 1 rows are right" in str(made.figures["last line"])
    assert "tests/scenarios/playing.py" in made.reaches


def test_every_brief_says_how_long_it_takes_and_what_it_leaves_out() -> None:
    assert tomllib.loads(BUDGET.read_text())
    for each in briefs():
        assert each.leaves_out
        assert 0 < each.seconds * GRACE <= LONGEST_SECONDS
    assert sum(each.seconds for each in briefs()) <= LONGEST_SECONDS


def test_a_brief_that_takes_too_long_is_ended_and_has_failed() -> None:
    assert play(Brief("quick", "python -c pass", 20, "nothing"))
    assert not play(Brief("wrong", "python -c 1/0", 20, "nothing"))
    assert not play(Brief("slow", "python -c 'import time; time.sleep(60)'", 1, "nothing"))


def test_a_brief_that_cannot_be_played_has_not_succeeded(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    absent = Brief("absent", f"python -c 'raise SystemExit({NOT_PLAYED})'", 20, "all")
    monkeypatch.delenv("CI", raising=False)
    assert play(absent)
    said = capfd.readouterr().out
    assert "NOT PLAYED" in said
    assert "succeeded" not in said
    monkeypatch.setenv("CI", "true")
    assert not play(absent), "where everything was installed, nothing may be lacking"


def test_production_says_that_it_was_not_played(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert production(["--brief", "--from", str(tmp_path / "none")]) == NOT_PLAYED
    monkeypatch.setenv("CI", "true")
    assert production(["--brief", "--from", str(tmp_path / "none")]) == 1


def test_attempts_in_brief_are_one_of_each_family_that_is_not_timed() -> None:
    chosen = brief(attempts())
    assert {each.family for each in chosen} == set(FAMILIES) - {"fairness"}
    assert len(chosen) == len(FAMILIES) - 1
