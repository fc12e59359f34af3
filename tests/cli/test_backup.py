"""``douane backup``, ``restore`` and ``drill`` on a node in a folder: what they print, refuse and hold back."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from pathlib import Path

import pytest

from douane.assembly.core import make_core
from douane.configuration.ports import SystemClock, SystemIds
from douane.configuration.settings import NodeSettings, Uplink, read_settings, settings_text
from douane.operation.restoring.releasing import release
from douane.shared_services.backup_restore.holding import await_release, stored_hold
from douane.shared_services.backup_restore.manifest import finished
from douane.supervision.statutory import keep_pace, read_pace
from douane.trust.development_identity import prepare
from douane.vocabulary.statutory import Pace
from douane.vocabulary.time import DAY
from tests.cli.nodes import Printed, a_list, answer, fail, give, publish, refused, said

CALL = "import sys; from douane.cli.main import main; sys.exit(main())"
LISTS = [a_list(f"CL{n:03}", *(f"C{i}" for i in range(20))) for n in range(30)]


@pytest.fixture
def node(tmp_path: Path) -> Path:
    """The data folder of a node that took a few messages."""
    publish(tmp_path / "node", LISTS)
    return tmp_path / "node"


@pytest.fixture
def backups(node: Path, capsys: Printed) -> Path:
    """A folder with one backup of it."""
    folder = node.parent / "backups"
    said(capsys, "backup", str(folder), "--key", str(node.parent / "key"), "--make-key", "--data", str(node))
    return folder


def key(node: Path) -> list[str]:
    return ["--key", str(node.parent / "key")]


def test_a_backup_comes_back_proven_and_held_and_is_released(node: Path, backups: Path, capsys: Printed) -> None:
    new = node.parent / "new"
    seen = node.parent / "seen"
    said(capsys, "audit", "checkpoint", "--data", str(node), "-o", str(seen))
    found = answer(capsys, "restore", str(backups), *key(node), "--data", str(new), "--checkpoint", str(seen),
                   "--lost-at", "2099-01-01T00:00:00Z")  # fmt: skip
    assert found["sent_again"] == 20
    assert found["counts"]["journal"] == len(LISTS)
    assert found["missing"] == []
    assert f"{seen}: extends, 60 leaves" in found["checkpoints"]
    assert found["rpo_seconds"] > 1e9
    assert 0 < found["rto_seconds"] < 60
    for name in ("audit.key", "douane.toml"):
        assert (new / name).stat().st_mode & 0o77 == 0
    assert (new / "audit.key").read_bytes() == (node / "audit.key").read_bytes()
    timeline = answer(capsys, "timeline", f"CL003.{LISTS[3].version[:8]}", "--data", str(new))
    assert timeline[0]["messages"][0]["state"] == "handled"
    assert "Released" in said(capsys, "restore", "release", "--data", str(new), "--reason", "checked by two")
    assert "Nothing was held" in said(capsys, "restore", "release", "--data", str(new), code=1)


def test_who_has_no_key_yet_is_told_how_to_make_one(node: Path, capsys: Printed) -> None:
    told = refused(
        capsys, "backup", str(node.parent / "first"), "--key", str(node.parent / "none"), "--data", str(node)
    )
    assert "--make-key" in told


def test_a_drill_measures_and_leaves_the_backup_only(node: Path, backups: Path, capsys: Printed) -> None:
    found = answer(capsys, "drill", str(backups), *key(node), "--data", str(node))
    assert found["restore"]["sent_again"] == 20
    assert found["restore"]["rpo_seconds"] is not None
    assert not node.with_name("node-drill").exists()
    assert len(finished(backups)) == 2
    again = answer(capsys, "backup", str(backups), *key(node), "--data", str(node), "--incremental")
    assert again["parent"] == finished(backups)[1].name
    assert again["written"] == 0
    assert len(publish(node, [a_list("CL900", "X")])) == 1  # the node goes on


def test_a_demonstration_comes_back_and_is_drilled_with_its_clock(tmp_path: Path, capsys: Printed) -> None:
    """It is set months ahead; a node in production refuses such a clock, and so did the restore."""
    node = tmp_path / "node"
    publish(node, LISTS[:3])
    prepare(node / "identity", now=SystemClock().now(), random=SystemIds().random)
    keep_pace(node, Pace(advanced=75 * DAY))
    backups = ["--key", str(tmp_path / "key"), "--data"]
    drilled = answer(capsys, "drill", str(tmp_path / "backups"), "--make-key", *backups, str(node))
    assert drilled["restore"]["sent_again"] == 3
    assert answer(capsys, "restore", str(tmp_path / "backups"), *backups, str(tmp_path / "new"))["missing"] == []
    assert read_pace(tmp_path / "new") == Pace(advanced=75 * DAY)
    assert read_settings(tmp_path / "new" / "douane.toml").development


def test_what_was_lost_after_the_backup_is_named(node: Path, backups: Path, capsys: Printed) -> None:
    older = finished(backups)[0]
    publish(node, [a_list(f"CL{n}", "X") for n in (801, 802)])
    seen = node.parent / "late"
    said(capsys, "audit", "checkpoint", "--data", str(node), "-o", str(seen))
    call = ["restore", str(older), *key(node), "--checkpoint", str(seen)]
    assert "nothing proves" in refused(capsys, *call, "--data", str(node.parent / "a"))
    found = answer(capsys, *call, "--data", str(node.parent / "b"), "--accept-unproven")
    assert found["missing"] == [f"partition 0: leaves 60 to 63 of {seen}"]
    said(capsys, "audit", "checkpoint", "--data", str(node), "-o", str(seen), "--since", "60")
    found = answer(capsys, *call, "--data", str(node.parent / "c"))
    assert f"{seen}: extended, 64 leaves" in found["checkpoints"]
    newer = answer(capsys, "backup", str(backups), *key(node), "--data", str(node))["backup"]
    found = answer(capsys, *call[:4], "--data", str(node.parent / "d"))
    assert found["missing"] == [f"partition 0: leaves 60 to 63 of backup {newer}, journal 1f to 20"]


def test_damage_and_wrong_keys_are_refused_with_what_and_where(node: Path, backups: Path, capsys: Printed) -> None:
    (backup,) = finished(backups)
    segment = sorted(backup.glob("*.segment"))[1]
    whole = bytearray(segment.read_bytes())
    whole[-7] ^= 1
    segment.write_bytes(bytes(whole))
    new = node.parent / "new"
    assert str(segment) in refused(capsys, "restore", str(backups), *key(node), "--data", str(new))
    assert not new.exists()
    whole[-7] ^= 1
    segment.write_bytes(bytes(whole))
    said(
        capsys,
        "backup",
        str(node.parent / "others"),
        "--key",
        str(node.parent / "other"),
        "--make-key",
        "--data",
        str(node),
    )
    wrong = ["--key", str(node.parent / "other"), "--data", str(new)]
    assert "was sealed under key" in refused(capsys, "restore", str(backups), *wrong)
    stranger = "stranger+8e5ef8e9+AQ" + "A" * 42
    assert refused(capsys, "restore", str(backups), *key(node), "--data", str(new), "--trust", stranger)
    assert "is not empty" in refused(capsys, "restore", str(backups), *key(node), "--data", str(node))
    assert "no finished backup" in refused(capsys, "restore", str(node), *key(node), "--data", str(new))


def test_a_running_node_hears_that_it_is_released(node: Path, backups: Path, capsys: Printed) -> None:
    new = node.parent / "new"
    said(capsys, "restore", str(backups), *key(node), "--data", str(new))
    settings = read_settings(new / "douane.toml")
    assert settings.data == new

    async def journey() -> None:
        core = make_core(settings, ended=fail)
        try:
            watching = asyncio.create_task(await_release(core.node, settings.data))
            hold = core.node.held
            assert hold is not None
            assert await release(settings, reason="checked")
            watching.cancel()
            assert core.node.held is None
            assert stored_hold(core.store) is None
        finally:
            core.close()

    asyncio.run(journey())
    core = make_core(settings, ended=fail)
    try:
        assert give(core, a_list("CL901", "X"))[0].position > 1_000_000
    finally:
        core.close()


def test_settings_survive_as_the_file_that_a_backup_keeps(tmp_path: Path) -> None:
    made = NodeSettings(
        name="FR-node", platforms=("speed2", "ccn2"), administrations=frozenset({"FR", "MC"}), time_scale=3,
        uplink=Uplink("https://centre:8444", 'a"b', tmp_path / "up"), data=tmp_path / "d", ports={"speed2": 1},
        development=True,
    )  # fmt: skip
    path = tmp_path / "douane.toml"
    path.write_text(settings_text(made, place=True))
    found = read_settings(path)
    assert found.ports["speed2"] == 1
    assert {n: v for n, v in vars_of(found).items() if n != "ports"} == {
        n: v for n, v in vars_of(made).items() if n != "ports"
    }


def vars_of(settings: NodeSettings) -> dict[str, object]:
    return {name: getattr(settings, name) for name in NodeSettings.__slots__}


def test_a_backup_that_is_killed_leaves_none_and_the_next_one_is_whole(node: Path, capsys: Printed) -> None:
    """A real process, killed as soon as it wrote something: whatever it reached, nobody takes a half for a whole."""
    publish(node, [a_list(f"CX{n:03}", *(f"C{i}" for i in range(400))) for n in range(60)])
    folder, keys = node.parent / "backups", ["--key", str(node.parent / "key"), "--make-key"]
    process = subprocess.Popen(
        [sys.executable, "-c", CALL, "backup", str(folder), *keys, "--data", str(node)], stdout=subprocess.DEVNULL
    )
    end = time.monotonic() + 30
    while not list(folder.glob("*/*.segment*")) and process.poll() is None and time.monotonic() < end:
        pass
    assert list(folder.glob("*/*.segment*")), "nothing was written before it was killed"
    process.kill()
    process.wait(10)
    said(capsys, "backup", str(folder), "--key", str(node.parent / "key"), "--data", str(node))
    for backup in finished(folder):
        said(capsys, "restore", str(backup), *key(node), "--data", str(node.parent / backup.name))
    assert finished(folder)
