"""Small volumes of their own for store and data folder: filled up, cut off from power, and how fast the disk flushes.

A volume is an ext4 image on a loop device, mounted in a mount namespace that ends with this process. Filling takes all
of its blocks; cutting tells ext4 to stop at once without flushing anything (as xfstests do it), then mounts what the
device holds.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import os
import shutil
import struct
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

RECORD = bytes(2_048)
MEGABYTE = 1 << 20
BALLAST = "ballast"
CLOSED_WITHIN = 30.0
_NEW_NAMESPACE = 0x0002_0000  # CLONE_NEWNS
_PRIVATE = 0x4000 | 0x0004_0000  # MS_REC | MS_PRIVATE
_SHUTDOWN, _WITHOUT_FLUSH = 0x8004_587D, 2  # EXT4_IOC_SHUTDOWN, EXT4_GOING_FLAGS_NOLOGFLUSH


def why_not() -> str:
    """Why volumes of their own are not possible here; empty where they are."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "needs root on Linux"
    if not Path("/dev/loop-control").exists():
        return "needs loop devices"
    missing = [name for name in ("mount", "umount", "mkfs.ext4", "losetup") if shutil.which(name) is None]
    return f"needs {missing[0]}" if missing else ""


def enter_namespace() -> str:
    """Give this process mounts of its own, which end with it and its children; why that failed, if it did."""
    system = ctypes.CDLL(None, use_errno=True)
    if system.unshare(_NEW_NAMESPACE) or system.mount(b"none", b"/", None, _PRIVATE, None):
        return f"mounting is not allowed here ({errno.errorcode.get(ctypes.get_errno(), '?')})"
    return ""


@dataclass(slots=True)
class SmallVolume:
    """An ext4 image mounted on a folder."""

    folder: Path
    device: str
    held: int
    """The device, open: it goes with the last who has it open, so with this process at the latest."""

    @classmethod
    def make(cls, folder: Path, image: Path, megabytes: int) -> SmallVolume:
        """Make and mount it. The image is sparse: it takes what is written."""
        folder.mkdir(parents=True, exist_ok=True)
        with image.open("wb") as file:
            file.truncate(megabytes * MEGABYTE)
        _run("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=1,lazy_journal_init=1", str(image))
        # one device for all mounts: a second one over the same image could write what the first still held
        device = _run("losetup", "--find", "--show", str(image)).strip()
        made = cls(folder, device, os.open(device, os.O_RDONLY))
        _run("losetup", "--detach", device)
        made.mount()
        return made

    def mount(self) -> None:
        """Mount it; replays the journal after a cut."""
        _run("mount", self.device, str(self.folder))

    def unmount(self) -> None:
        """Unmount it; nobody may have a file open there but for a moment: a process that was killed closes its files
        one by one, and its end is known when it has closed its output."""
        end = time.monotonic() + CLOSED_WITHIN
        while True:
            try:
                _run("umount", str(self.folder))
            except RuntimeError as problem:
                if "busy" not in str(problem) or time.monotonic() > end:
                    raise
                time.sleep(0.05)
            else:
                return

    def remove(self) -> None:
        """Unmount it and let go of the device."""
        self.unmount()
        os.close(self.held)

    def fill(self) -> None:
        """Take every free block."""
        file = os.open(self.folder / BALLAST, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            size, step = os.fstat(file).st_size, 64 * MEGABYTE
            while step >= 4096:
                try:
                    os.posix_fallocate(file, size, step)
                    size += step
                except OSError as problem:
                    if problem.errno != errno.ENOSPC:
                        raise
                    step //= 2
        finally:
            os.close(file)

    def free(self) -> None:
        """Give the blocks back."""
        (self.folder / BALLAST).unlink(missing_ok=True)

    def stop_power(self) -> None:
        """From now on nothing reaches the device, and every write and sync fails."""
        file = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.ioctl(file, _SHUTDOWN, struct.pack("I", _WITHOUT_FLUSH))
        finally:
            os.close(file)

    def restore_power(self) -> None:
        """Mount what the device holds; nobody may have a file open there."""
        self.unmount()
        self.mount()


def try_out(folder: Path) -> str:
    """Make a volume in a folder, and remove it; why that failed, if it did."""
    image = folder / "try.img"
    try:
        SmallVolume.make(folder / "try", image, 16).remove()
    except (RuntimeError, OSError) as problem:
        return str(problem)
    finally:
        image.unlink(missing_ok=True)
    return ""


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, check=False, env=os.environ | {"LC_ALL": "C"})
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:1])} failed: {done.stderr.decode(errors='replace').strip()}")
    return done.stdout.decode()


def flush_rate(folder: Path, seconds: float = 1.0) -> float:
    """Records of 2 kB appended and flushed, one after another, per second: the bound of a store that syncs each."""
    path = folder / "flush-rate"
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    began, done = time.perf_counter(), 0
    try:
        while time.perf_counter() - began < seconds:
            os.write(file, RECORD)
            os.fdatasync(file)
            done += 1
        return done / (time.perf_counter() - began)
    finally:
        os.close(file)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
