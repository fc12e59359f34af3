"""PostgreSQL for tests: one private instance a session, made from installed binaries, and a fresh database a test.

The instance listens on a Unix socket in a temporary folder and on no address. Workers of pytest-xdist share it: the
first one makes it under a lock. It is ended by a guard (``guard.py``) that outlives a killed test run. Where no
binaries are installed, ``DOUANE_TEST_POSTGRESQL`` names a superuser's address of a running instance; else the test is
skipped, or fails where ``CI`` is set.
"""

from __future__ import annotations

import contextlib
import fcntl
import itertools
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from douane.backends.postgresql import migrations

SETTING = "DOUANE_TEST_POSTGRESQL"
MISSING = f"PostgreSQL is missing: install the package postgresql (15 or newer), or name a server in {SETTING}"
GUARD = Path(__file__).with_name("guard.py")
TEMPLATE = "douane_template"
USER = "postgres"
_END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "autovacuum_naptime": "5s",
    "log_min_messages": "fatal",
}


def binaries() -> Path | None:
    """The folder of the newest installed server, 15 or later; None where there is none."""
    found = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if (p / "initdb").exists()]
    found = sorted((p for p in found if int(p.parent.name) >= 15), key=lambda p: int(p.parent.name))
    path = shutil.which("initdb")
    return found[-1] if found else Path(path).resolve().parent if path else None


@dataclass(frozen=True)
class Instance:
    """A running server."""

    socket: str
    port: int
    data: str = ""
    address_of_all: str = ""

    def address(self, database: str, user: str = USER) -> str:
        """The address of one of its databases."""
        if self.address_of_all:
            url = urlsplit(self.address_of_all)
            place = url.netloc if user == USER else f"{user}@{url.netloc.rpartition('@')[2]}"
            return f"postgresql://{place}/{database}" + (f"?{url.query}" if url.query else "")
        return f"postgresql://{user}@/{database}?host={self.socket}&port={self.port}"

    @contextlib.contextmanager
    def administer(self, database: str = USER) -> Iterator[psycopg.Connection]:
        """A superuser's connection."""
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            yield connection

    def processes(self) -> list[int]:
        """The postmaster and its children, parents first."""
        postmaster = int((Path(self.data) / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return [postmaster, *(int(child) for child in children)]


def _as_server_user() -> dict[str, object]:
    """How to start a server: it refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    entry = pwd.getpwnam(USER)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def run(command: Sequence[str | Path]) -> None:
    """A server tool, as the user that servers run as. Raises with what it said when it fails."""
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd="/", timeout=60, **_as_server_user()
    )  # type: ignore[call-overload]
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name}: {done.stdout[-500:]}{done.stderr[-500:]}")


def folder(prefix: str = "douane-pg-") -> Path:
    """A temporary folder that belongs to the server's user; short, since a socket's path holds about 100 bytes."""
    made = Path(tempfile.mkdtemp(prefix=prefix))
    account = _as_server_user()
    if account:
        os.chown(made, int(str(account["user"])), int(str(account["group"])))
        made.chmod(0o755)
    return made


def start(bin_: Path, data: Path, socket: Path, *, port: int = 5432, **more: str) -> Instance:
    """Start the server of a data folder; returns when it answers."""
    options = " ".join(f"-c {name}={value!r}" for name, value in (SETTINGS | more).items())
    options += f" -k {socket} -p {port}"
    run([bin_ / "pg_ctl", "start", "-w", "-s", "-D", data, "-l", data / "server.log", "-o", options])
    return Instance(str(socket), port, str(data))


def make(place: Path, **more: str) -> Instance:
    """A new cluster below a folder, running, with more settings."""
    bin_ = binaries()
    assert bin_ is not None
    data = place / "data"
    run([bin_ / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"])
    return start(bin_, data, place, port=5432, **more)


_guards: list[subprocess.Popen[bytes]] = []  # they end after us; nobody waits for them


def end_with(process: int, place: Path) -> None:
    """Let the guard end every server below a folder and remove it, as soon as a process has ended."""
    bin_ = binaries()
    command = [sys.executable, str(GUARD), str(process), str(bin_), str(place)]
    _guards.append(subprocess.Popen(command, start_new_session=True, cwd="/", stderr=subprocess.DEVNULL))


def _session(request: pytest.FixtureRequest, factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Where workers of this run meet, and the process whose end ends the run."""
    if hasattr(request.config, "workerinput"):
        return factory.getbasetemp().parent, os.getppid()
    return factory.getbasetemp(), os.getpid()


@pytest.fixture(scope="session")
def postgresql(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """The instance of this run, with a template database that holds the schema."""
    named = os.environ.get(SETTING, "")
    if binaries() is None and not named:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    meeting, process = _session(request, tmp_path_factory)
    with (meeting / "postgresql.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        facts = meeting / "postgresql.json"
        if facts.exists():
            return Instance(**json.loads(facts.read_text()))
        if binaries() is not None:
            place = folder()
            end_with(process, place)
            instance = make(place)
        else:
            instance = Instance("", 0, address_of_all=named)
        _make_template(instance)
        facts.write_text(json.dumps(vars(instance)))
        return instance


def prepared(instance: Instance) -> Instance:
    """The same, with the template that new databases are clones of."""
    _make_template(instance)
    return instance


def _make_template(instance: Instance) -> None:
    with instance.administer() as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(TEMPLATE)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
    migrations.migrate(instance.address(TEMPLATE))


_count = itertools.count(1)
_free: list[str] = []


def new_database(instance: Instance) -> str:
    """The name of a fresh clone of the template; the guard removes it with the instance."""
    name = f"t{os.getpid()}_{next(_count)}"
    with instance.administer() as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (name, TEMPLATE))))
    return name


@pytest.fixture
def fresh_database(postgresql: Instance) -> Iterator[str]:
    """The address of a database whose schema or settings a test changes."""
    name = new_database(postgresql)
    yield postgresql.address(name)
    drop(postgresql, name)


def drop(instance: Instance, name: str) -> None:
    """Remove a database from a server that is not ours; ours goes with all it has."""
    if instance.address_of_all:
        with instance.administer() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def database(postgresql: Instance) -> Iterator[str]:
    """The address of an empty database with the schema in it, a clone that later tests use again."""
    with _lent(postgresql) as address:
        yield address


@pytest.fixture
def second_database(postgresql: Instance) -> Iterator[str]:
    """Another one, for what goes from one store to the next."""
    with _lent(postgresql) as address:
        yield address


@contextlib.contextmanager
def _lent(postgresql: Instance) -> Iterator[str]:
    name = _free.pop() if _free else new_database(postgresql)
    yield postgresql.address(name)
    if postgresql.address_of_all:
        drop(postgresql, name)
        return
    with postgresql.administer(name) as connection:
        connection.execute(_END_OTHERS)
        connection.execute("TRUNCATE douane.map, douane.log0, douane.log1, douane.log2, douane.lease, douane.retired")
    _free.append(name)
