"""Hosts with lines between them that can be cut: network namespaces of this machine, joined by a switch."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pytest

T = TypeVar("T")
CLONE_NEWNET = 0x40000000
LOSSY = "numgen random mod 100 < 20"
"""One packet in five."""
MISSING = "Hosts are tried in network namespaces: run as root with the packages iproute2 and nftables installed"


def sh(*command: str) -> None:
    """Run a command. Raises RuntimeError with what it said when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)}: {done.stderr}")


@dataclass(frozen=True)
class Host:
    """A network namespace with one line to the switch."""

    name: str
    address: str

    @property
    def inside(self) -> tuple[str, ...]:
        """What runs a command here."""
        return ("ip", "netns", "exec", self.name)

    def lose(self, which: str = "", *, sender: Host | None = None) -> None:
        """Let what comes over the line vanish: all of it, only ``which``, only what one ``sender`` sent."""
        source = f"ip saddr {sender.address}" if sender is not None else ""
        sh(*self.inside, "nft", f"add rule inet line come iifname line {source} {which} drop")

    def clear(self) -> None:
        """Lose nothing more."""
        sh(*self.inside, "nft", "flush", "chain", "inet", "line", "come")

    def enter(self) -> None:
        """Let the calling thread live here."""
        with open(f"/run/netns/{self.name}") as place:
            if ctypes.CDLL(None, use_errno=True).setns(place.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")

    def within(self, work: Callable[[], T]) -> T:
        """Do something here: a connection that it opens begins here, whoever uses it later."""
        found: list[T] = []

        def live() -> None:
            self.enter()
            found.append(work())

        thread = threading.Thread(target=live)
        thread.start()
        thread.join()
        assert found, "it failed: see above"
        return found[0]


@contextlib.contextmanager
def network(*addresses: str) -> Iterator[list[Host]]:
    """A host for each address, as long as the block lasts; the test is skipped where that is not possible."""
    if os.geteuid() != 0 or shutil.which("ip") is None or shutil.which("nft") is None:
        (pytest.fail if os.environ.get("CI") and os.geteuid() == 0 else pytest.skip)(MISSING)
    switch = f"douane{os.getpid()}s"
    made = [Host(f"douane{os.getpid()}h{n}", address) for n, address in enumerate(addresses)]
    try:
        try:
            sh("ip", "netns", "add", switch)
            sh("ip", "-n", switch, "link", "add", "switch", "up", "type", "bridge")
            for n, host in enumerate(made):
                _join(switch, host, f"line{n}")
        except RuntimeError as problem:
            pytest.skip(f"network namespaces are not allowed here: {problem}")
        yield made
    finally:
        for name in (*(host.name for host in made), switch):
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def _join(switch: str, host: Host, port: str) -> None:
    sh("ip", "netns", "add", host.name)
    sh("ip", "-n", host.name, "link", "add", "line", "type", "veth", "peer", "name", port, "netns", switch)
    sh("ip", "-n", switch, "link", "set", port, "master", "switch", "up")
    sh("ip", "-n", host.name, "addr", "add", f"{host.address}/24", "dev", "line")
    for device in ("lo", "line"):
        sh("ip", "-n", host.name, "link", "set", device, "up")
    sh(*host.inside, "nft", "add table inet line")
    sh(*host.inside, "nft", "add chain inet line come { type filter hook input priority 0; }")
