"""Which holder of a lease is certainly dead: its lease need not run out before others take over."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time

import pytest

from douane.configuration.workers import _dead

HOST = socket.gethostname()


def holder(pid: int, host: str = HOST) -> str:
    """As a worker names itself."""
    return f"0@{host}:{pid}:00ff00ff"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_process_is_dead_though_nobody_reaped_it() -> None:
    pid = os.fork()
    if pid == 0:
        signal.pause()
        os._exit(0)
    assert not _dead(holder(pid), HOST)
    os.kill(pid, signal.SIGSTOP)  # frozen is not dead: it wakes up and believes that it owns
    assert not _dead(holder(pid), HOST)
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while not _dead(holder(pid), HOST):
        assert time.monotonic() < end
    os.waitpid(pid, 0)
    assert _dead(holder(pid), HOST)


def test_of_another_host_nothing_is_known() -> None:
    assert not _dead(holder(1 << 22, "elsewhere"), HOST)
    assert not _dead("nobody", HOST)
