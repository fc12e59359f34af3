"""What was proven by command, of which tree, and whether it still holds: ``docs/proofs/NAME.json``.

``python -m tools.proofs`` prints each record as valid or as stale since a commit; exit code 1 where one is stale. A
harness writes its record at the end of a whole run (``write``), or ``python -m tools.proofs NAME COMMAND ...`` runs the
command of one that does not, and records it under the name where it ended with 0. The record names the digest of every
file that the harness reaches: its own modules, by import, the product, which it runs in processes of its own, and what
``docs/proofs/needed.toml`` names for it. That file also says which records a release needs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib
import os
import platform
import shlex
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tools.briefs import here

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = ROOT / "docs" / "proofs"
NEEDED: Final = FOLDER / "needed.toml"
PRODUCT: Final = ROOT / "src" / "douane"
_OWN: Final = ("tests", "tools", "crash", "bench")


class Needed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A record that a release needs. command: makes it. files: what it is of, besides what is imported."""

    command: str
    files: tuple[str, ...]


def needed() -> dict[str, Needed]:
    """The records that a release needs, by name. Raises msgspec.ValidationError."""
    return msgspec.convert(tomllib.loads(NEEDED.read_text(encoding="utf-8")), type=dict[str, Needed])


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A whole run. reaches: the files, below the checkout. digest: over all of them. figures: what it found, in words.

    seconds: how long it took. absent: what this machine lacks, so that it was not played; counted apart.
    """

    name: str
    command: str
    commit: str
    day: str
    machine: str
    seed: int | None
    seconds: int
    verdict: str
    figures: Mapping[str, int | float | str]
    absent: tuple[str, ...]
    digest: str
    reaches: tuple[str, ...]


def named(name: str) -> tuple[str, ...]:
    """The files that ``needed.toml`` names for a harness, of folders one by one. Raises ValueError for none."""
    wanted = needed()[name].files if name in needed() else ()
    found = tuple(_git("ls-files", "--", each).splitlines() for each in wanted)
    if absent := [each for each, files in zip(wanted, found, strict=True) if not files]:
        raise ValueError(f"{name} names what is not in the checkout: {', '.join(absent)}.")
    return tuple(each for files in found for each in files)


def reached(name: str = "") -> tuple[str, ...]:
    """Every file of the checkout that this process has imported of a harness, all of the product, and what is named."""
    product = (path for path in PRODUCT.rglob("*") if path.is_file() and _counts(path))
    own = (Path(each) for module in list(sys.modules.values()) if (each := getattr(module, "__file__", None)))
    harness = (path for path in own if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in _OWN)
    return tuple(sorted({str(path.relative_to(ROOT)) for path in (*product, *harness)} | set(named(name))))


def _counts(path: Path) -> bool:
    return "tests" not in path.parts and "__pycache__" not in path.parts and "vendor" not in path.parts


def digest(files: Iterable[str]) -> str:
    """Of the files, by name and content; of one that is gone by its name alone."""
    found = hashlib.sha256()
    for name in files:
        path = ROOT / name
        content = path.read_bytes() if path.is_file() else b""
        found.update(f"{name}\0{hashlib.sha256(content).hexdigest()}\n".encode())
    return found.hexdigest()


def write(
    name: str, *, command: str, seconds: float, verdict: str, figures: Mapping[str, int | float | str],
    absent: Iterable[str] = (), seed: int | None = None,
) -> Path:  # fmt: skip
    """Write the record of a whole run. Raises ValueError for a tree with changes: nobody could find it again."""
    further = needed()[name].files if name in needed() else ()
    if _git("status", "--porcelain", "--", "src", *_OWN, *further):
        raise ValueError("The tree has changes, so its proof would be of no commit. Commit them, and run it again.")
    files = reached(name)
    record = Record(
        name=name, command=command, commit=_git("rev-parse", "--short=12", "HEAD"),
        day=dt.datetime.now(dt.UTC).date().isoformat(), seed=seed, seconds=round(seconds),
        machine=f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}", verdict=verdict,
        figures=dict(figures), absent=tuple(absent), digest=digest(files), reaches=files,
    )  # fmt: skip
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / f"{name}.json"
    file.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n")
    return file


def records(folder: Path = FOLDER) -> Iterator[Record]:
    """All records, by name."""
    for file in sorted(folder.glob("*.json")):
        yield msgspec.json.decode(file.read_bytes(), type=Record)


def stale(record: Record) -> str:
    """Since which commit a record holds no more; empty where it holds. ``this tree`` where nothing is committed yet."""
    anew = {name for name in _git("ls-files", "--", "src/douane").splitlines() if _counts(Path(name))}
    anew |= set(named(record.name))
    known = set(record.reaches)
    if digest(record.reaches) == record.digest and anew <= known:
        return ""
    since = _git("log", "--format=%h", "--reverse", f"{record.commit}..HEAD", "--", *_paths(record)).splitlines()
    return since[0] if since else "this tree"


def _paths(record: Record) -> tuple[str, ...]:
    harness = tuple(name for name in record.reaches if not name.startswith("src/douane/"))
    return ("src/douane", *harness, *named(record.name))


def unproven() -> list[str]:
    """What keeps this tree from a release: each needed record that is absent, and each that is stale; a line each."""
    found = {each.name: each for each in records(FOLDER)}
    absent = [f"{name}: absent, {each.command} makes it" for name, each in needed().items() if name not in found]
    return absent + [told(each) for each in found.values() if stale(each)]


def told(record: Record) -> str:
    """A record in a line."""
    since = stale(record)
    holds = f"stale since {since}" if since else "valid"
    absent = f"; not played for want of {', '.join(record.absent)}" if record.absent else ""
    return f"{record.name}: {holds} ({record.verdict}, {record.day}, {record.commit}, {record.seconds} s{absent})"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def recorded(name: str, command: Sequence[str]) -> int:
    """Run a command, and write its record where it ended well: its last line is the figure. Returns its exit code."""
    if command[:2] == ["python", "-m"]:
        importlib.import_module(f"{command[2]}.__main__")  # what it reaches
    began, last = time.monotonic(), ""
    with subprocess.Popen(here(list(command)), cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    if running.returncode == 0:
        write(name, command=shlex.join(command), seconds=time.monotonic() - began, verdict="ended with 0",
              figures={"last line": last})  # fmt: skip
    return running.returncode


def main(arguments: Sequence[str] = ()) -> int:
    """Print each record; 1 where one is stale or absent. Or record the command that is named."""
    if arguments:
        return recorded(arguments[0], arguments[1:])
    found = list(records(FOLDER))
    for each in found:
        print(told(each))
    known = {each.name for each in found}
    for name, wanted in needed().items():
        if name not in known:
            print(f"{name}: absent ({wanted.command} makes it)")
    return int(bool(unproven()))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
