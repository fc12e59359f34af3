#!/bin/sh
# Makes .venv from the hash-pinned lock files. Usage: tools/bootstrap.sh run|dev|peers
# A new .venv takes the newest optimised CPython of this machine, 3.11 or later: a unit of work costs it a sixth less.
# PYTHON names another interpreter; an existing .venv of another version is then made anew.
set -eu
kind=$1
cd "$(dirname "$0")/.."
lock=requirements/$kind.txt
stamp=.venv/.installed-$kind
python=${PYTHON:-}

optimised() {
    # made with the profile of a run, which its flags say; or by a distribution, all of which do so
    "$1" - 2>/dev/null <<'EOF'
import ensurepip, os, sys, sysconfig, venv
flags = " ".join(str(sysconfig.get_config_var(name)) for name in ("CONFIG_ARGS", "PY_CORE_CFLAGS", "PY_CFLAGS"))
own = os.path.realpath(sys.executable).startswith("/usr/bin/") and os.path.exists("/etc/os-release")
sys.exit(not (own or "--enable-optimizations" in flags or "-fprofile-use" in flags))
EOF
}

newest() {
    for each in python3.14 python3.13 python3.12 python3.11; do
        for place in "$(command -v "$each" || :)" "/usr/bin/$each"; do
            if [ -x "$place" ] && optimised "$place"; then printf '%s\n' "$place"; return; fi
        done
    done
    printf 'python3\n'
}

say() { printf '%s\n' "douane: $*"; }
version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null; }

usable() {
    # complete, in the folder it was made for, and of the version that was asked for
    [ -x .venv/bin/python ] && [ -f .venv/pyvenv.cfg ] || return 1
    [ -f "$stamp" ] || .venv/bin/python -m pip --version >/dev/null 2>&1 || return 1
    [ ! -f .venv/.made-in ] || [ "$(cat .venv/.made-in)" = "$PWD" ] || return 1
    [ -z "${PYTHON:-}" ] || [ "$(version "$python")" = "$(version .venv/bin/python)" ]
}

make_venv() {
    [ -n "$python" ] || python=$(newest)
    if ! command -v "$python" >/dev/null 2>&1; then
        say "$python is missing. Install it (Debian: apt-get install python3), then run make again."; exit 1
    fi
    if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        # a launcher for a version that is not installed has no version to tell, but says why
        found=$("$python" -V 2>&1 | head -n 1) || :
        say "Python 3.11 or newer is needed; $python is ${found:-no Python}. Name another one: PYTHON=python3.13 make ..."; exit 1
    fi
    if ! "$python" -c 'import ensurepip, venv' >/dev/null 2>&1; then
        package=python3-venv
        case $python in *python3.*) package=$(basename "$python")-venv ;; esac
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            say "installing the venv module (package $package)"
            export DEBIAN_FRONTEND=noninteractive
            { apt-get update -qq && apt-get install -y -qq "$package" >/dev/null; } || {
                say "The package $package could not be installed. Install it by hand, then run make again."; exit 1; }
        else
            say "Python's venv module is missing. Install the package $package, then run make again."; exit 1
        fi
    fi
    say "creating .venv with $("$python" -V) ($python)"
    rm -rf .venv
    "$python" -m venv .venv
    printf '%s\n' "$PWD" > .venv/.made-in
}

install_pins() {
    # saying from time to time how many of them are done; what pip said is shown when it fails
    all=$(grep -c '^[a-zA-Z0-9]' "$lock")
    told=$(mktemp)
    { .venv/bin/python -m pip install --progress-bar off --disable-pip-version-check --require-hashes -r "$lock" 2>&1 \
        || echo failed; } | {
        count=0
        while IFS= read -r line; do
            printf '%s\n' "$line" >> "$told"
            case $line in
                Collecting*|"Requirement already"*) count=$((count + 1)); [ $((count % 10)) != 0 ] || say "installing $count of $all" ;;
            esac
        done
    }
    if [ "$(tail -n 1 "$told")" = failed ]; then
        if grep -qE 'NewConnectionError|ConnectTimeoutError|ProxyError|Failed to establish|name resolution|unreachable|from versions: none' "$told"; then
            rm -f "$told"
            say "No package index can be reached, so what $lock pins was not installed: without network, install the offline bundle of a release (docs/deploy.md)."
            exit 1
        fi
        cat "$told"; rm -f "$told"; exit 1
    fi
    rm -f "$told"
}

usable || make_venv
if [ ! -f "$stamp" ] || [ "$lock" -nt "$stamp" ] || [ pyproject.toml -nt "$stamp" ] || [ tools/bootstrap.sh -nt "$stamp" ]; then
    say "installing what $lock pins"
    install_pins
    say "installing douane itself, editable"
    site=$(.venv/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')
    printf '%s\n' "$PWD/src" > "$site/douane.pth"
    # what pip looks at when it installs what needs douane: an application of somebody else
    version=$(sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)+source
    rm -rf "$site"/douane-[0-9]*.dist-info
    mkdir "$site/douane-$version.dist-info"
    printf 'Metadata-Version: 2.1\nName: douane\nVersion: %s\n' "$version" > "$site/douane-$version.dist-info/METADATA"
    printf 'douane.pth,,\n' > "$site/douane-$version.dist-info/RECORD"
    printf 'pip\n' > "$site/douane-$version.dist-info/INSTALLER"
    # no "#!" of the interpreter: the path of a checkout may be long or hold spaces
    cat > .venv/bin/douane <<'EOF'
#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -c '
import sys
sys.argv[0] = "douane"
from douane.cli.main import main
sys.exit(main())' "$@"
EOF
    chmod +x .venv/bin/douane
    touch "$stamp"
fi
