"""National nodes: processes of their own with their own store and keys, started and ended by this one."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from douane.vocabulary.errors import OurFault

COMMAND = "import sys; from douane.cli.main import main; sys.exit(main())"
START_SECONDS = 45.0
STOP_SECONDS = 8.0


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
                return
        raise OurFault(f"The node of {self.settings.administration} did not start: {' '.join(said[-3:])}")

    @property
    def works(self) -> bool:
        """Whether its process runs."""
        return self.process.returncode is None

    async def again(self) -> None:
        """Start it again on what it has kept, where it has ended. Raises OurFault where it does not come up."""
        if not self.works:
            ports = {name: int(url.rpartition(":")[2]) for name, url in self.addresses.items()}
            self.process = (await _start(replace(self.settings, ports=ports or self.settings.ports))).process
            await asyncio.wait_for(self.ready(), START_SECONDS)

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


@contextlib.asynccontextmanager
async def nations(wanted: list[NationalSettings]) -> AsyncIterator[dict[str, NationalNode]]:
    """The national nodes as long as the block lasts, by administration."""
    running: dict[str, NationalNode] = {}
    try:
        for each in wanted:
            running[each.administration] = await _start(each)
        await asyncio.wait_for(asyncio.gather(*(node.ready() for node in running.values())), START_SECONDS)
        yield running
    except TimeoutError as late:
        raise OurFault(f"The national nodes did not start within {START_SECONDS:.0f} s.") from late
    finally:
        await asyncio.gather(*(node.stop() for node in running.values()))


async def _start(settings: NationalSettings) -> NationalNode:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = settings.data / "douane.toml"
    config.write_text(settings.toml())
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", COMMAND, "run", "--config", str(config),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    return NationalNode(settings, process)
