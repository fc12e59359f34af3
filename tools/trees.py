"""The tree of another commit with an environment of its own, beside this checkout: ``tools.trees COMMIT FOLDER``."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def tree_of(commit: str, place: Path, *, python: str = "") -> Path:
    """The folder of a commit below ``place``, built when it is not there yet. Raises ValueError for no commit.

    python: the interpreter of its environment; without one its own bootstrap chooses.
    """
    name = full_name(commit)[:12]
    folder = place / name
    if not _installed(folder):
        folder.mkdir(parents=True, exist_ok=True)
        archive = subprocess.run(["git", "archive", name], cwd=ROOT, capture_output=True, check=True)
        subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
        own = environment() | ({"PYTHON": python} if python else {})
        subprocess.run(["tools/bootstrap.sh", "run"], cwd=folder, env=own, check=True, stdout=sys.stderr)
    return folder


def built(commit: str, place: Path) -> bool:
    """Whether the folder of a commit is there, so that nothing is fetched for it."""
    try:
        return _installed(place / full_name(commit)[:12])
    except ValueError:
        return False


def full_name(commit: str) -> str:
    """The hash of a commit of this checkout. Raises ValueError for no commit."""
    named = ["git", "rev-parse", "--verify", f"{commit}^{{commit}}"]
    git = subprocess.run(named, cwd=ROOT, capture_output=True, text=True, check=False)
    if git.returncode:
        raise ValueError(f"{commit} is no commit here: {git.stderr.strip()}")
    return git.stdout.strip()


def _installed(folder: Path) -> bool:
    return (folder / ".venv/.installed-run").exists()


def environment() -> dict[str, str]:
    """The environment of this process, without what names an environment of Python."""
    return {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}


if __name__ == "__main__":
    print(tree_of(sys.argv[1], Path(sys.argv[2]), python=str(Path(sys.executable).resolve())))
