from __future__ import annotations

import asyncio
import resource
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from douane.assembly.node import running
from douane.configuration.settings import CENTRAL, NodeSettings
from douane.supervision import descriptors
from douane.supervision.listening import Beat
from douane.vocabulary.errors import DeclarationFault


def test_a_beat_that_comes_round_says_so_and_one_that_does_not_shows() -> None:
    async def story() -> tuple[float, float]:
        beat = Beat()
        beat.last -= 100.0
        before = beat.silence
        work = asyncio.create_task(beat.run())
        await asyncio.sleep(0)
        after = beat.silence
        work.cancel()
        return before, after

    before, after = asyncio.run(story())
    assert before >= 99.0
    assert after == 0.0


def test_a_node_whose_port_is_taken_does_not_start_and_leaves_none_taken(tmp_path: Path) -> None:
    """Whichever of its listeners it is: those that are open already, in whichever thread, are closed again."""
    settings = NodeSettings(name="taken", data=tmp_path, development=True, platforms=("speed2", "operations"))

    async def start(made: NodeSettings) -> None:
        async with running(made):
            pass

    with socket.create_server(("127.0.0.1", 0)) as other, socket.socket() as free:
        taken = other.getsockname()[1]
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        for first, second in ((taken, port), (port, taken)):
            ports = dict.fromkeys(CENTRAL, 0) | {"speed2": first, "operations": second}
            with pytest.raises(DeclarationFault, match=f"cannot listen on 127.0.0.1:{taken}"):
                asyncio.run(start(replace(settings, data=tmp_path / str(first), ports=ports)))
            socket.create_server(("127.0.0.1", port)).close()


def test_descriptors_are_raised_to_what_the_system_allows_and_too_few_end_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    limit = [256, 4096]

    def change(_which: int, values: tuple[int, int]) -> None:
        limit[:] = values

    monkeypatch.setattr(resource, "getrlimit", lambda _which: tuple(limit))
    monkeypatch.setattr(resource, "setrlimit", change)
    assert descriptors.raise_descriptors() == 4096
    assert limit == [4096, 4096]
    assert descriptors.descriptors_each(5) == 768
    limit[:] = [resource.RLIM_INFINITY, resource.RLIM_INFINITY]
    assert descriptors.descriptors_each(1) > 100_000
    limit[:] = [512, 512]
    with pytest.raises(DeclarationFault, match="may open 512 descriptors") as refused:
        descriptors.raise_descriptors()
    assert "LimitNOFILE" in refused.value.remedy


def test_a_loop_that_stood_still_is_remembered_for_a_moment() -> None:
    at = [100.0]
    beat = Beat(100.0, lambda: at[0])
    at[0] = 101.0
    beat.round()
    assert beat.stood() == 0
    at[0] = 113.0
    assert beat.stood() == 11.0
    beat.round()
    at[0] = 115.0
    assert beat.stood() == 12.0
    beat.round()
    at[0] = 120.0
    beat.round()
    assert beat.stood() == 17.0, "a second time at once after the first is one standstill"
    at[0] = 126.0
    beat.last = at[0]
    assert beat.stood() == 0
