"""``douane retention``: what would move, what moved, and how commands speak of it afterwards."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from douane.assembly.core import make_core
from douane.configuration.ports import SystemClock
from douane.configuration.retaining import Retaining, move, policy_of, whole
from douane.configuration.settings import NodeSettings
from douane.runtime.store.ports import DAY, Log
from douane.shared_services.auditing.cases import Cases
from douane.vocabulary.errors import NotFound
from tests.cli.nodes import Printed, a_list, answer, fail, give, publish, refused, said

LATER = 5 * 366 * DAY


class Late:
    """A clock that is some years on."""

    def now(self) -> int:
        return SystemClock().now() + LATER


@pytest.fixture
def node(tmp_path: Path) -> Path:
    """The data folder of a node with a few messages, of which all but one moved to its archive."""
    settings = NodeSettings(data=tmp_path / "node")
    publish(settings.data, [a_list(f"CL{n:03}", "X") for n in range(9)])
    core = make_core(settings, ended=fail)
    try:
        done = asyncio.run(move(settings, core.node, core.store, Late(), policy_of(settings)))
        assert done.moved == 9
        give(core, a_list("CL900", "X"))
    finally:
        core.close()
    return settings.data


def test_nothing_moves_before_its_time(tmp_path: Path, capsys: Printed) -> None:
    publish(tmp_path, [a_list("CL001", "X")])
    found = answer(capsys, "retention", "preview", "--data", str(tmp_path))
    assert found == {"may_move": 0, "stay": {}, "segments": {}}
    assert answer(capsys, "retention", "run", "--reason", "space", "--data", str(tmp_path))["moved"] == 0
    assert "may move  0" in said(capsys, "retention", "preview", "--data", str(tmp_path))


def test_a_wrong_policy_is_refused(tmp_path: Path, capsys: Printed) -> None:
    publish(tmp_path, [a_list("CL001", "X")])
    policy = tmp_path / "policy.toml"
    policy.write_text('[[rule]]\nclass = "*"\nyears = 1\nlegal = "none"\n')
    assert "1 years" in refused(capsys, "retention", "preview", "--data", str(tmp_path), "--policy", str(policy))


def test_what_moved_is_shown_with_its_segment_and_proven(node: Path, capsys: Printed) -> None:
    (case,) = answer(capsys, "timeline", "1", "--data", str(node))
    (happening,) = case["messages"]
    assert happening["state"] == "archived"
    segment = re.fullmatch(r"in segment (p0-journal-\w+-\w+)", happening["reason"])
    assert segment
    assert "CL000" in said(capsys, "message", "show", "1", "--data", str(node))
    evidence = node.parent / "evidence.json"
    key = answer(capsys, "audit", "prove", "1", "-o", str(evidence), "--data", str(node))["key"]
    assert "holds" in said(capsys, "audit", "verify", str(evidence), "--key", key).lower()
    (node / "archive" / f"{segment[1]}.segment").rename(node.parent / "elsewhere")
    assert f"archived in segment {segment[1]}" in refused(capsys, "message", "show", "1", "--data", str(node))


def test_without_the_key_of_the_archive_a_message_is_still_said_to_be_in_it(node: Path) -> None:
    settings = NodeSettings(data=node)
    core = make_core(settings, ended=fail)
    try:
        with pytest.raises(NotFound, match="archived in segment p0-journal"):
            Cases(core.store).message("1")
        assert Cases(whole(settings, core.store)).message("1")[1].id
    finally:
        core.close()


def test_a_drill_after_a_move_proves_the_archive_too(node: Path, capsys: Printed) -> None:
    keys = ["--key", str(node.parent / "key"), "--make-key"]
    found = answer(capsys, "drill", str(node.parent / "backups"), *keys, "--data", str(node))
    assert found["backup"]["archive"] == 1
    restored = node.parent / "new"
    said(capsys, "restore", str(node.parent / "backups"), *keys[:2], "--data", str(restored))
    (case,) = answer(capsys, "timeline", "1", "--data", str(restored))
    assert case["messages"][0]["state"] == "archived"


def test_a_running_node_moves_by_itself(tmp_path: Path) -> None:
    settings = NodeSettings(data=tmp_path / "node", retention_hours=24)
    publish(settings.data, [a_list(f"CL{n:03}", "X") for n in range(5)])
    core = make_core(settings, ended=fail)

    async def a_while() -> None:
        task = asyncio.create_task(Retaining(settings, core.node, core.store, Late()).keep())
        while core.store.read_log(Log.JOURNAL, [5])[0] is not None:  # noqa: ASYNC110 - a node tells nobody
            await asyncio.sleep(0.01)
        task.cancel()

    try:
        asyncio.run(asyncio.wait_for(a_while(), 60))
    finally:
        core.close()
