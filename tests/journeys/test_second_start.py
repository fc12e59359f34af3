"""A demonstration that was played once: the second start opens it, a second one beside touches nothing, ``--fresh``
begins anew. From outside: the command, its words and its folder.
"""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.journeys.test_demo import children, demo

UP = "The platform stays up"
MRN = re.compile(r"/cases/(\w{18})")


@contextmanager
def up(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A demonstration that stays up, and what it said until then; ended as a person ends it."""
    run = demo(folder, *options)
    assert run.stdout is not None
    said = ""
    try:
        for line in run.stdout:
            said += line
            if UP in line:
                break
        else:
            raise AssertionError(said)
        yield run, said
    finally:
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)


def start_page(said: str) -> str:
    """The start page that a run named."""
    found = re.search(r"^Open (http://localhost:\d+/)", said, re.MULTILINE)
    assert found is not None, said
    return found[1]


def shown(said: str) -> str:
    """What the start page shows."""
    answer = httpx.get(start_page(said), trust_env=False, timeout=30)
    assert answer.status_code == 200
    return answer.text


def switch(said: str, node: str, *, works: bool) -> None:
    """Press the button of the start page that stops a node, or starts it again."""
    page, wanted = shown(said), "yes" if works else "no"
    (form,) = [
        each for each in re.findall(r'<form[^>]*action="/switch".*?</form>', page, re.DOTALL)
        if f'value="{node}"' in each and f'name="works" value="{wanted}"' in each
    ]  # fmt: skip
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)) | {"name": node}
    origin = start_page(said).rstrip("/")
    done = httpx.post(f"{origin}/switch", data=fields, headers={"origin": origin}, trust_env=False, timeout=120)
    assert done.status_code == 303, done.text


def pace(folder: Path, node: str) -> dict[str, int]:
    """How time limits run in a node."""
    found: dict[str, int] = json.loads((folder / "data" / node / "statutory-clock.json").read_bytes())
    return found


def clocks(folder: Path) -> dict[str, int]:
    """How many times as fast as the law says limits run in each node."""
    return {node: pace(folder, node)["scale"] for node in ("centre", "de", "at")}


def dates(folder: Path) -> set[int]:
    """How far the dates of the union are ahead: of all nodes as far."""
    found = {pace(folder, node)["advanced"] for node in ("centre", "de", "at")}
    assert len(found) == 1
    assert min(found) > 0
    return found


def messages(folder: Path) -> int:
    """How many rows the journal of the centre has."""
    path = folder / "data" / "centre" / "store" / "node.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
        return int(store.execute("SELECT count(*) FROM log0").fetchone()[0])


def refused(folder: Path, *options: str) -> str:
    """What a run says that is refused."""
    second = demo(folder, *options)
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 2, said
    return said


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_second_start_opens_what_the_first_one_left(tmp_path: Path) -> None:
    with up(tmp_path, "--chapter", "decisions") as (run, said):
        assert "journeys succeeded" in said
        first = shown(said)
        for options in ((), ("--exit",), ("--fresh",)):  # a second one beside names the first, and touches nothing
            beside = refused(tmp_path, *options)
            assert f"process {run.pid}" in beside
            assert start_page(said) in beside
        assert len(children(run.pid)) == 2
        switch(said, "DE", works=False)
        assert len(children(run.pid)) == 1
        switch(said, "DE", works=True)
        assert len(children(run.pid)) == 2
        assert clocks(tmp_path) == {"centre": 1, "de": 1, "at": 1}  # the show is over, for who came back too
    ahead = dates(tmp_path)
    left = messages(tmp_path)
    with up(tmp_path) as (run, said):
        assert "nothing is played again" in said
        assert "✓" not in said
        assert messages(tmp_path) >= left  # its journal goes on; nothing of it was taken away
        assert (clocks(tmp_path), dates(tmp_path)) == ({"centre": 1, "de": 1, "at": 1}, ahead)
        again = shown(said)
        assert set(MRN.findall(again)) >= set(MRN.findall(first)[:1])
        report = httpx.get(f"{start_page(said)}report", trust_env=False, timeout=30, follow_redirects=True)
        assert report.status_code == 200
    (tmp_path / "data" / "centre" / "mine.txt").write_text("of yesterday")
    run = demo(tmp_path, "--fresh")
    assert run.stdout is not None
    began = [next(run.stdout) for _ in range(2)]
    run.send_signal(signal.SIGINT)
    run.communicate(timeout=60)
    assert "Statutory time: a show" in "".join(began)
    assert not (tmp_path / "data" / "centre" / "mine.txt").exists()
