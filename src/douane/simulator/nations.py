"""National nodes: processes of their own with their own store and keys, started and ended by this one."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from douane.vocabulary.errors import OurFault

COMMAND = "import sys; from douane.cli.main import main; sys.exit(main())"
AGAIN_SECONDS = 45.0
"""How long the page waits that starts a node again; the node itself may take longer."""
STOP_SECONDS = 8.0
KEYS = "tokens.jwks"
"""The file of an identity folder with the keys by which its doors believe what UUM&DS states."""
LONGEST = 200
"""Characters of a line of a log that are shown."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long national nodes may take to start while their processes live, and how often it is said; in seconds."""

    most: float = 15 * 60.0
    told_each: float = 60.0


@dataclass(frozen=True, slots=True)
class NationalSettings:
    """One national node: its administration, where it keeps everything, and how it reaches the centre."""

    administration: str
    data: Path
    centre: str
    centre_identity: Path
    ports: Mapping[str, int]
    time_scale: int
    pages: int = 0
    """The port of its pages; 0 for a free one."""
    more: str = ""
    """Further settings of it, as lines of TOML."""

    def toml(self) -> str:
        """Its settings file."""
        ports = "\n".join(f"{name} = {port}" for name, port in self.ports.items())
        platforms = ", ".join(f'"{name}"' for name in self.ports)
        code = self.administration
        return (
            f'name = "{code.lower()}"\ndata = "{self.data}"\nadministrations = ["{code}"]\nplatforms = [{platforms}]\n'
            f"development = true\ntime_scale = {self.time_scale}\n{self.more}\n[ports]\n{ports}\n\n"
            f'[pages]\nport = {self.pages}\nunder = "{code.lower()}"\n\n'
            f'[uplink]\nurl = "{self.centre}"\nclient = "{code.lower()}.system"\nidentity = "{self.centre_identity}"\n'
        )


@dataclass(slots=True)
class NationalNode:
    """A running national node."""

    settings: NationalSettings
    process: asyncio.subprocess.Process
    addresses: dict[str, str] = field(default_factory=dict)

    async def ready(self) -> None:
        """Wait until it says that its doors are open. Raises OurFault with its last words when it ends instead."""
        said: list[str] = []
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            words = line.decode().split()
            said.append(line.decode().strip())
            if len(words) == 2 and words[1].startswith("https://"):
                self.addresses[words[0]] = words[1]
            if "ready;" in words:
                believe(self.settings.data / "identity" / KEYS, self.settings.centre_identity / KEYS)
                return
        raise OurFault(
            f"The node of {self.settings.administration} ended before it was ready: {' '.join(said[-3:])}",
            remedy=f"Its log is {self.log}. Run the command again; if it ends again, begin anew with --fresh.",
        )

    @property
    def log(self) -> Path:
        """Where it writes what happens in it."""
        return self.settings.data / "node.log"

    @property
    def works(self) -> bool:
        """Whether its process runs."""
        return self.process.returncode is None

    async def again(self, time_scale: int) -> None:
        """Start it again on what it has kept, where it has ended. Raises OurFault where it does not come up.

        time_scale: how fast its time limits run from then on; that of its first start may be over.
        """
        if not self.works:
            ports = {name: int(url.rpartition(":")[2]) for name, url in self.addresses.items()}
            self.settings = replace(self.settings, ports=ports or self.settings.ports, time_scale=time_scale)
            self.process = (await _start(self.settings)).process
            try:
                await asyncio.wait_for(self.ready(), AGAIN_SECONDS)
            except TimeoutError as late:
                raise OurFault(
                    f"The node of {self.settings.administration} is still starting.",
                    remedy=f"Look again in a minute. Its log is {self.log}.",
                ) from late

    async def stop(self) -> None:
        """End it, and this process only; by force when it does not end by itself."""
        with contextlib.suppress(ProcessLookupError):
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()


def believe(own: Path, others: Path) -> None:
    """Let the doors of a node believe the keys of another one's UUM&DS beside its own, as its operator would: without
    them it shows no case to whom the centre states (decision 0360). A node reads the file again when it changes."""
    if not own.exists() or not others.exists():
        return
    known = json.loads(own.read_bytes())["keys"]
    names = {each["kid"] for each in known}
    added = [each for each in json.loads(others.read_bytes())["keys"] if each["kid"] not in names]
    if added:
        made = own.with_name(f"{own.name}.made")
        made.touch(mode=0o600)
        made.write_text(json.dumps({"keys": known + added}))
        made.replace(own)


@contextlib.asynccontextmanager
async def nations(
    wanted: list[NationalSettings], say: Callable[[str], None] = lambda _line: None, patience: Patience | None = None
) -> AsyncIterator[dict[str, NationalNode]]:
    """The national nodes as long as the block lasts, by administration; ``say`` is told for whom the start waits."""
    running: dict[str, NationalNode] = {}
    try:
        for each in wanted:
            running[each.administration] = await _start(each)
        await all_ready(running.values(), say, patience or Patience())
        yield running
    finally:
        await asyncio.gather(*(node.stop() for node in running.values()))


async def all_ready(nodes: Collection[NationalNode], say: Callable[[str], None], patience: Patience) -> None:
    """Wait for every node while its process lives; say from time to time for whom, and what its log says last.

    Raises OurFault where one ends, and where one is not ready in the longest time.
    """
    waiting = {asyncio.ensure_future(node.ready()): node for node in nodes}
    now = asyncio.get_running_loop().time
    began, told = now(), 1
    try:
        while waiting:
            left = began + told * patience.told_each - now()
            done, _ = await asyncio.wait(waiting, timeout=max(left, 0), return_when=asyncio.FIRST_COMPLETED)
            for each in done:
                waiting.pop(each)
                each.result()
            if done:
                continue
            waited, told = told * patience.told_each, told + 1
            for node in waiting.values():
                say(_waits_for(node, waited))
            if waited >= patience.most:
                raise _never_ready(list(waiting.values()), waited)
    finally:
        for each in waiting:
            each.cancel()


def _waits_for(node: NationalNode, waited: float) -> str:
    return (
        f"Still waiting for the node of {node.settings.administration} ({_span(waited)}, process {node.process.pid}"
        f" works). Its log: {last_line(node.log)}"
    )


def _never_ready(nodes: list[NationalNode], waited: float) -> OurFault:
    names = " and ".join(node.settings.administration for node in nodes)
    logs = " ".join(f"{node.log}: {last_line(node.log)}" for node in nodes)
    return OurFault(
        f"After {_span(waited)} the node of {names} is not ready, though its process works. {logs}",
        remedy="Let other programs of this machine end, then run the command again.",
    )


def _span(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}" if minutes else f"{seconds:g} seconds"


def last_line(log: Path) -> str:
    """The last line of a log in words: time, event and cause; as it is where it is no event; or that there is none."""
    try:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    if not lines:
        return "nothing was written yet"
    try:
        told = json.loads(lines[-1])
        words = [told["time"][11:19], told["event"], told.get("cause", "")]
    except (ValueError, TypeError, KeyError):
        return lines[-1][:LONGEST]
    return " ".join(each for each in words if each)[:LONGEST]


async def _start(settings: NationalSettings) -> NationalNode:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = settings.data / "douane.toml"
    config.write_text(settings.toml())
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", COMMAND, "run", "--config", str(config),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    return NationalNode(settings, process)
