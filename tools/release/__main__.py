"""Makes a release: ``make release``, or ``python -m tools.release``."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import FILE, proof_of
from tools.proofs import unproven
from tools.release import bundle
from tools.release.bill import bill
from tools.release.sealing import PUBLIC, broken, key_in, provenance, seal, write_provenance
from tools.release.shipping import missing, ship

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements" / "run.txt"


def main() -> int:
    """Build, describe, bundle, prove, seal."""
    parser = argparse.ArgumentParser(prog="make release", description="Wheel, sdist, bill, bundle, signed digests.")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where to (default: dist)")
    parser.add_argument("--key", type=Path, default=ROOT / "build" / "release.key", help="Ed25519 key that signs (PEM)")
    parser.add_argument("--dirty", action="store_true", help="also from a tree with changes; the provenance says so")
    parser.add_argument(
        "--unproven", action="store_true", help="also where a proof is stale or absent; the provenance says which"
    )
    parser.add_argument("--check", type=Path, metavar="FOLDER", help="judge a release instead, by --key (public, PEM)")
    arguments = parser.parse_args()
    if arguments.check:
        wrong = broken(arguments.check, arguments.key.read_bytes())
        print("\n".join(wrong) or "It is what was signed.")
        return 1 if wrong else 0
    lacks = [*unproven(), *missing(_git("rev-parse", "HEAD"))]
    if lacks and not arguments.unproven:
        print("\n".join([*lacks, "Run their commands on this tree, or say --unproven."]), file=sys.stderr)
        return 2
    return _make(arguments.out, arguments.key, dirty=arguments.dirty, lacks=lacks)


def _make(out: Path, key_file: Path, *, dirty: bool, lacks: Sequence[str]) -> int:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    commit, clean = _git("rev-parse", "HEAD"), not _git("status", "--porcelain")
    if not clean and not dirty:
        print("The tree has changes: commit them, or say --dirty.", file=sys.stderr)
        return 2
    out.mkdir(parents=True, exist_ok=True)
    for each in out.iterdir():
        each.unlink()
    seconds = _git("show", "-s", "--format=%ct", "HEAD")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, env=os.environ | {"SOURCE_DATE_EPOCH": seconds}, capture_output=True)
    (wheel,) = out.glob("*.whl")
    if (tests := proof_of(installed_model(), FILE)) is not None and tests.commit == commit and clean:
        ship(wheel, tests)
    made = dt.datetime.fromtimestamp(int(seconds), dt.UTC).isoformat()
    described = bill(version, commit, LOCK.read_text(), made)
    (out / f"douane-{version}.cdx.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
    packed = bundle.make(wheel, LOCK, out, version)
    print(bundle.prove(packed).strip().splitlines()[-1])
    files = sorted(out.iterdir())
    write_provenance(out, provenance(files, commit=commit, clean=clean, unproven=lacks, lock=LOCK, made=made))
    seal(out, key_in(key_file))
    wrong = broken(out, (out / PUBLIC).read_bytes())
    for each in sorted(out.iterdir()):
        print(f"{each.stat().st_size:>12,}  {each.name}")
    return 1 if wrong else 0


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


if __name__ == "__main__":
    sys.exit(main())
