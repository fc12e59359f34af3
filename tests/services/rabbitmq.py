"""RabbitMQ for tests: a private broker for each worker of a run, on loopback and free ports.

Where the package is missing, ``DOUANE_TEST_RABBITMQ`` names a
running broker (``amqp://...``); else tests skip, or fail where ``CI`` is set.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

SETTING = "DOUANE_TEST_RABBITMQ"
MISSING = f"RabbitMQ is missing: install the package rabbitmq-server, or name a broker in {SETTING}"
SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
START = 60.0


class Broker:
    """A private broker: started, ended, started again over the same data. users: beside guest, each with its name as
    password."""

    def __init__(self, place: Path, users: Sequence[str] = ()) -> None:
        self.place = place
        self.port, self._distribution = _free_port(), _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        (place / "broker.conf").write_text(
            f"listeners.tcp.1 = 127.0.0.1:{self.port}\nlog.console = false\ndisk_free_limit.absolute = 50MB\n"
            f"load_definitions = {place}/definitions.json\n"
        )
        (place / "definitions.json").write_text(json.dumps(_definitions(["guest", *users])))

    @property
    def address(self) -> str:
        return f"amqp://guest:guest@127.0.0.1:{self.port}/"

    def start(self) -> None:
        """Start it; returns when it answers."""
        own = {
            "HOME": str(self.place),
            "RABBITMQ_NODENAME": f"douane{self.port}@localhost",
            "RABBITMQ_MNESIA_BASE": str(self.place / "data"),
            "RABBITMQ_LOG_BASE": str(self.place / "log"),
            "RABBITMQ_CONFIG_FILE": str(self.place / "broker.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.place / "plugins"),
            "RABBITMQ_DIST_PORT": str(self._distribution),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
        }
        self._process = subprocess.Popen(
            [SERVER], env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        end = time.monotonic() + START
        while not _answers(self.port):
            assert time.monotonic() < end, f"no broker within {START:.0f} s; see {self.place}/log"
            time.sleep(0.1)

    def end(self, how: int = signal.SIGTERM) -> None:
        """End it and everything it started."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, how)
        self._process.wait(30)
        self._process = None


@contextlib.contextmanager
def broker(users: Sequence[str] = ()) -> Iterator[Broker]:
    """A broker of one's own, for tests that break it."""
    if not SERVER.exists():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)
    place = Path(tempfile.mkdtemp(prefix="douane-mq-"))
    made = Broker(place, users)
    made.start()
    try:
        yield made
    finally:
        made.end(signal.SIGKILL)
        shutil.rmtree(place, ignore_errors=True)


@pytest.fixture(scope="session")
def rabbitmq() -> Iterator[str]:
    """The address of a broker for the tests of one worker, which follow each other; queues keep their names."""
    named = os.environ.get(SETTING, "")
    if named:
        yield named
        return
    with broker() as own:
        yield own.address


def _definitions(users: Sequence[str]) -> dict[str, Any]:
    """Users with all rights and their names as passwords, as the broker reads them at its first start."""
    salt = b"salt"
    hashed = {each: base64.b64encode(salt + sha256(salt + each.encode()).digest()).decode() for each in users}
    algorithm, every = "rabbit_password_hashing_sha256", ".*"
    return {
        "vhosts": [{"name": "/"}],
        "users": [{"name": each, "password_hash": hashed[each], "hashing_algorithm": algorithm,
                   "tags": ["administrator"]} for each in users],
        "permissions": [{"user": each, "vhost": "/", "configure": every, "write": every, "read": every}
                        for each in users],
    }  # fmt: skip


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
        line.settimeout(2)
        line.sendall(b"AMQP\0\0\x09\x01")
        return len(line.recv(1)) == 1
    return False
