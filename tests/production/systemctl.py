"""Plays ``systemctl`` on a host without systemd, by the words of the unit: ``systemctl VERB [--now] NAME``.

Played of a unit of ours: user, group, folders, umask, limit of descriptors, command, ProtectSystem=strict with what may
be written all the same, no capabilities, restart after a failure and not after the exit code that says the settings are
wrong, KillMode=mixed, reload. Not played: what else takes rights away (ProtectProc, SystemCallFilter, ...). Of others
the script in ``/etc/init.d`` is asked, which Debian's packages bring.
"""

import os
import pwd
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

RUN = Path("/run/played")


def unit(name: str) -> dict[str, str]:
    """What the unit says, by name."""
    text = Path(f"/etc/systemd/system/{name}.service").read_text()
    return dict(re.findall(r"^(\w+)=(.*)$", text, re.MULTILINE))


def command(said: dict[str, str], user: pwd.struct_passwd) -> subprocess.Popen[bytes]:
    """Start what the unit starts, as whom and with what it says."""
    own = {"/var/lib": "State", "/run": "Runtime"}
    writes = [each.lstrip("-") for each in said.get("ReadWritePaths", "").split()]
    for above, kind in own.items():
        if name := said.get(f"{kind}Directory"):
            folder = Path(above, name)
            folder.mkdir(mode=int(said.get(f"{kind}DirectoryMode", "755"), 8), exist_ok=True)
            os.chown(folder, user.pw_uid, user.pw_gid)
            writes.append(str(folder))
    kept = [f"mount --bind {each} {each}" for each in map(shlex.quote, writes) if Path(each).exists()]
    closed = ["mount -o remount,bind,ro /"] if said["ProtectSystem"] == "strict" else []
    who = f"setpriv --reuid={user.pw_uid} --regid={user.pw_gid} --init-groups --no-new-privs --bounding-set=-all"
    lines = [
        *kept,
        *closed,
        f"umask {said['UMask']}",
        f"ulimit -n {said['LimitNOFILE']} || ulimit -n $(ulimit -Hn)",
        f"cd {said['WorkingDirectory']}",
        f"exec {who} {said['ExecStart']}",
    ]
    out = open(f"/var/log/{said['StateDirectory']}.out", "ab")  # noqa: SIM115 - the process holds it
    return subprocess.Popen(
        ["unshare", "--mount", "bash", "-e", "-c", "\n".join(lines)],
        stdout=out,
        stderr=out,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        env={"PATH": os.environ["PATH"], "HOME": user.pw_dir, "LANG": "C.UTF-8"},
    )


def watch(name: str) -> None:
    """Keep the unit running until it is stopped or ends by itself."""
    said = unit(name)
    user, never = pwd.getpwnam(said["User"]), int(said["RestartPreventExitStatus"])
    while True:
        process = command(said, user)
        (RUN / name).write_text(f"{process.pid}\n")
        code = process.wait()
        stopped = not (RUN / name).exists()
        (RUN / name).unlink(missing_ok=True)
        if stopped or code in (0, never):
            return
        time.sleep(float(said["RestartSec"]))


def start(name: str) -> int:
    """Start it beside us, and wait until it has a process."""
    if (RUN / name).exists():
        return 0
    if os.fork() == 0:
        os.setsid()
        null = os.open(os.devnull, os.O_RDWR)
        for each in (0, 1, 2):
            os.dup2(null, each)
        watch(name)
        os._exit(0)
    for _ in range(100):
        if (RUN / name).exists():
            return 0
        time.sleep(0.05)
    return 1


def stop(name: str) -> int:
    """KillMode=mixed: the first process is told, what is left after the time is killed."""
    place = RUN / name
    if not place.exists():
        return 0
    pid, said = int(place.read_text()), unit(name)
    place.unlink()
    os.kill(pid, signal.SIGTERM)
    for _ in range(20 * int(said["TimeoutStopSec"])):
        if not Path(f"/proc/{pid}").exists():
            return 0
        time.sleep(0.05)
    os.killpg(pid, signal.SIGKILL)
    return 0


def main(verb: str, name: str) -> int:
    """Do it, and say how it ended as an exit code."""
    RUN.mkdir(exist_ok=True)
    if not Path(f"/etc/systemd/system/{name}.service").exists():
        asked = {"enable": "start"}.get(verb, verb)
        return subprocess.run([f"/etc/init.d/{name}", asked], check=False).returncode
    if verb in ("stop", "restart") and (code := stop(name)):
        return code
    if verb in ("enable", "start", "restart"):
        return start(name)
    if verb == "reload":
        os.kill(int((RUN / name).read_text()), signal.SIGHUP)
    return 0 if verb in ("stop", "reload", "daemon-reload") or (RUN / name).exists() else 3


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    sys.exit(main(words[0], words[1].removesuffix(".service")) if len(words) > 1 else 0)
