"""Hosts that a run makes for itself: each with a network, processes and a copy of this machine's files of its own.

What is written in one stays in memory and goes with it; nothing of this machine is changed, and no packet leaves it. A
host ends with whoever made it, however that ended: its first process reads from a pipe of his.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

NEEDED: Final = ("ip", "nft", "unshare", "nsenter", "pivot_root", "setpriv")
HOME: Final = "/root"
"""Where commands are given, as by who administers a host."""
LONGEST_SECONDS: Final = 600
BEGIN: Final = """set -e
stage=$1
mount -t tmpfs -o size=6g,mode=755 stage "$stage"
mkdir "$stage/upper" "$stage/work" "$stage/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$stage/upper,workdir=$stage/work" "$stage/root"
cd "$stage/root"
mount --rbind /dev dev
mount --rbind /sys sys
mount -t proc proc proc
mount -t tmpfs -o mode=1777 tmp tmp
mount -t tmpfs -o mode=755 run run
for each in $2; do mkdir -p ".$each"; mount --bind "$each" ".$each"; done
mkdir -p tmp/outside
pivot_root . tmp/outside
umount -l /tmp/outside
ip link set lo up
: > /etc/resolv.conf
echo ready
while read -r _; do :; done
"""
"""What the first process of a host does: files of its own over those of the machine, then wait. Bash reaps orphans."""


class Failed(Exception):
    """A command on a host did not do what it is for."""


@dataclass(frozen=True)
class Host:
    """A host. pid: its first process, as this machine numbers it."""

    name: str
    pid: int

    def inside(self, *command: str) -> list[str]:
        """What runs a command here."""
        return ["nsenter", "-t", str(self.pid), "-n", "-m", "-p", "-r", "-w", *command]

    def run(
        self,
        script: str,
        *,
        user: str = "",
        folder: str = "/",
        said: Mapping[str, str] | None = None,
        given: bytes = b"",
        seconds: float = LONGEST_SECONDS,
    ) -> str:
        """Do what a shell script says; what it printed. said: variables. Raises Failed with what it told."""
        asked = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
        work = f"umask 022; cd {shlex.quote(folder)}\n{script}"
        command = self.inside("env", "-i", *_variables(said or {}), *asked, "bash", "-e", "-c", work)
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=seconds)
        told = done.stdout.decode(errors="replace")
        if done.returncode:
            raise Failed(
                f"{self.name}: {script.strip()}\nended with {done.returncode}: "
                f"{told}{done.stderr.decode(errors='replace')}"
            )
        return told

    def tries(self, script: str, **more: str) -> tuple[int, str]:
        """The same, where it may fail: exit code and what was printed."""
        try:
            return 0, self.run(script, **more)  # type: ignore[arg-type]  # user and folder alone
        except Failed as problem:
            return 1, str(problem)

    def read(self, path: str) -> bytes:
        """A file of this host."""
        return subprocess.run(self.inside("cat", path), check=True, capture_output=True).stdout

    def write(self, path: str, content: bytes, mode: str = "644") -> None:
        """Put a file here, with the folders that it lies in."""
        at = shlex.quote(path)
        self.run(f"mkdir -p $(dirname {at}); cat > {at}; chmod {mode} {at}", given=content)

    def carry(self, folder: str, to: Host, at: str) -> None:
        """Take a folder to another host, as somebody does it by hand."""
        packed = subprocess.run(self.inside("tar", "-C", folder, "-c", "."), check=True, capture_output=True).stdout
        to.run(f"mkdir -p {shlex.quote(at)}")
        unpack = to.inside("tar", "-C", at, "-x", "--no-same-owner")
        subprocess.run(unpack, input=packed, check=True, capture_output=True)


def _variables(said: Mapping[str, str]) -> list[str]:
    known = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": HOME, "LANG": "C.UTF-8"}
    return [f"{name}={value}" for name, value in {**known, **said}.items()]


def lacking() -> list[str]:
    """What this machine lacks to make hosts, each in a word."""
    missing = [f"the command {each}" for each in NEEDED if shutil.which(each) is None]
    if os.geteuid() != 0:
        return ["root", *missing]
    try:
        if not missing:
            with host("try"):
                pass
    except Failed:
        missing.append("namespaces and mounts of its own")
    return missing


@contextlib.contextmanager
def host(name: str, shared: tuple[Path, ...] = ()) -> Iterator[Host]:
    """A host as long as the block lasts. shared: folders of this machine that it sees, and may write."""
    stage = Path(tempfile.mkdtemp(prefix=f"douane-{name}-"))
    begin = [
        "unshare",
        "--net",
        "--mount",
        "--pid",
        "--uts",
        "--ipc",
        "--fork",
        "--kill-child",
        "--propagation",
        "private",
        "bash",
        "-c",
        BEGIN,
        name,
        str(stage),
        " ".join(map(str, shared)),
    ]
    first = subprocess.Popen(begin, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert first.stdout is not None
        said = first.stdout.readline()
        if said != b"ready\n":
            raise Failed(f"no host can be made here: {said.decode()}{first.stdout.read().decode()}")
        children = Path(f"/proc/{first.pid}/task/{first.pid}/children").read_text().split()
        yield Host(name, int(children[0]))
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate()
        with contextlib.suppress(OSError):
            stage.rmdir()


def line(left: Host, left_address: str, right: Host, right_address: str) -> None:
    """Join two hosts by a line of their own. Addresses of a network of 256."""
    name = f"{left.name[:7]}-{right.name[:7]}"
    subprocess.run(
        [
            "ip",
            "link",
            "add",
            name,
            "netns",
            str(left.pid),
            "type",
            "veth",
            "peer",
            "name",
            name,
            "netns",
            str(right.pid),
        ],
        check=True,
    )
    for at, address in ((left, left_address), (right, right_address)):
        at.run(f"ip addr add {address}/24 dev {name}; ip link set {name} up")
