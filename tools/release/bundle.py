"""The bundle that installs without network: every wheel that the lock file pins, ours, and a script of one page."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from tools.release.sealing import SUMS, digest_of

REQUIREMENTS: Final = "requirements.txt"
INSTALL: Final = """#!/bin/sh
# Installs Douane into a folder (default /usr/local/lib/douane) without network. PYTHON names the interpreter: {python}.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
to=${{1:-/usr/local/lib/douane}}
python=${{PYTHON:-python3}}
(cd "$here" && sha256sum --check --quiet --strict SHA256SUMS)
named=$(cut -c67- "$here/SHA256SUMS" | sort)
found=$(cd "$here" && find . ! -type d ! -path ./SHA256SUMS | cut -c3- | sort)
[ "$named" = "$found" ] || {{
    echo "The bundle holds what SHA256SUMS does not name, or lacks what it names." >&2; exit 1; }}
"$python" -c 'import sys; sys.exit("%d.%d" % sys.version_info[:2] != "{version}")' || {{
    echo "These wheels are for {python}; name it: PYTHON=/usr/bin/{python} $0" >&2; exit 1; }}
"$python" -m venv "$to"
pip="$to/bin/python -m pip --disable-pip-version-check install --quiet --no-index --find-links $here/wheels"
$pip --require-hashes -r "$here/requirements.txt"
$pip --no-deps "$here"/wheels/douane-*.whl
"$to/bin/douane" --version
"""


def name_of(version: str) -> str:
    """The bundle for the interpreter and machine that make it."""
    tag = f"cp{sys.version_info.major}{sys.version_info.minor}"
    return f"douane-{version}-offline-{tag}-{sysconfig.get_platform().replace('-', '_')}"


def make(wheel: Path, lock: Path, out: Path, version: str) -> Path:
    """Download what is pinned (only files with the digests of the lock), and pack it."""
    name = name_of(version)
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / name
        wheels = folder / "wheels"
        wheels.mkdir(parents=True)
        subprocess.run(
            [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--require-hashes",
             "--no-deps", "--only-binary", ":all:", "-r", str(lock), "-d", str(wheels)], check=True,
        )  # fmt: skip
        (wheels / wheel.name).write_bytes(wheel.read_bytes())
        (folder / REQUIREMENTS).write_bytes(lock.read_bytes())
        finish(folder, python)
        packed = out / f"{name}.tar.gz"
        with tarfile.open(packed, "w:gz") as archive:
            archive.add(folder, name)
    return packed


def finish(folder: Path, python: str) -> None:
    """Write the script that installs, and the digests of every file that it will accept."""
    script = folder / "install.sh"
    script.write_text(INSTALL.format(python=python, version=python.removeprefix("python")))
    script.chmod(0o755)
    files = sorted(each for each in folder.rglob("*") if each.is_file())
    (folder / SUMS).write_text("".join(f"{digest_of(each)}  {each.relative_to(folder)}\n" for each in files))


def prove(packed: Path) -> str:
    """Install it where there is no network, and let it judge its own model; what it said. Raises where it does not."""
    with tempfile.TemporaryDirectory() as made:
        with tarfile.open(packed) as archive:
            archive.extractall(made, filter="data")
        (folder,) = Path(made).iterdir()
        script = (
            'set -eu; ! ip route get 192.0.2.1 2>/dev/null; export PYTHON="$1"; "$2/install.sh" "$3/node"; '
            'cd /; "$3/node/bin/douane" model check; "$3/node/bin/douane" --help >/dev/null'
        )
        command = ["unshare", "--map-root-user", "--net", "sh", "-c", script, "sh", sys.executable, str(folder), made]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"The bundle does not install without network:\n{done.stdout}{done.stderr}")
    return done.stdout
