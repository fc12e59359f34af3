#!/bin/sh
# Makes .venv from the hash-pinned lock files. Usage: tools/bootstrap.sh run|dev|peers
set -eu
kind=$1
cd "$(dirname "$0")/.."
lock=requirements/$kind.txt
stamp=.venv/.installed-$kind
python=${PYTHON:-python3}

say() { printf '%s\n' "douane: $*"; }

if ! command -v "$python" >/dev/null 2>&1; then
    say "python3 is missing. Install it (Debian: apt-get install python3), then run make again."; exit 1
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    say "Python 3.11 or newer is needed; $("$python" -V) found. Name another one with PYTHON=python3.13 make ..."; exit 1
fi
if [ ! -x .venv/bin/python ]; then
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            say "installing the venv module (package python3-venv)"
            apt-get update -qq && apt-get install -y -qq python3-venv
        else
            say "Python's venv module is missing. Install the package python3-venv, then run make again."; exit 1
        fi
    fi
    say "creating .venv with $("$python" -V)"
    "$python" -m venv .venv
fi
if [ ! -f "$stamp" ] || [ "$lock" -nt "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
    say "installing what $lock pins"
    .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    say "installing douane itself, editable"
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$PWD/src" > "$site/douane.pth"
    cat > .venv/bin/douane <<EOF
#!$PWD/.venv/bin/python
import sys
from douane.cli.main import main
sys.exit(main())
EOF
    chmod +x .venv/bin/douane
    touch "$stamp"
fi
