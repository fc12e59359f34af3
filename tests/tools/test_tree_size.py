"""The size of the tree by room: what is code, what is a test, what a tool wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tools.tree_size import Size, sizes, table

FILES: dict[str, int] = {
    "src/douane/runtime/core/tick.py": 3, "src/douane/runtime/core/tests/test_tick.py": 2,
    "src/douane/standards/ncts/generated/a.py": 5, "src/douane/__init__.py": 1, "tests/model/test_model.py": 4,
    "bench/runtime.py": 2, "conftest.py": 7, "docs/a.md": 9,
}  # fmt: skip


def git(folder: Path, *arguments: str) -> None:
    name = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", "-C", str(folder), *name, *arguments], check=True, capture_output=True)


def test_lines_are_counted_by_room_and_kind(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    for name, count in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x\n" * count)
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "one")
    (tmp_path / "src/douane/runtime/core/tick.py").write_text("x\n" * 1_003)
    git(tmp_path, "commit", "-qam", "two")
    before, after = sizes("HEAD~1", tmp_path), sizes("HEAD", tmp_path)
    assert before == {
        "runtime": Size(3, 2), "standards": Size(generated=5), "(none)": Size(1), "tests/": Size(tests=4),
        "bench/": Size(2),
    }  # fmt: skip
    assert after["runtime"] == Size(1_003, 2)
    lines = table(before, after).splitlines()
    assert [line.split()[0] for line in lines] == ["room", "(none)", "runtime", "standards", "bench/", "tests/", "all"]
    assert lines[2].split() == ["runtime", "3", "1,003", "2", "2", "0", "0"]
    assert lines[-1].split() == ["all", "6", "1,006", "6", "6", "5", "5"]
