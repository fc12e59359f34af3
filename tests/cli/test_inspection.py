"""``douane audit inspect``, the inspection of a running node, and the witness that keeps its checkpoints."""

from __future__ import annotations

import asyncio
import json
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import apsw
import msgspec
import pytest

from douane.assembly.core import Core, make_core
from douane.configuration.keys import log_signer
from douane.configuration.ports import SystemClock
from douane.configuration.settings import NodeSettings
from douane.examination import inspecting, witnessing
from douane.examination.inspecting import Inspected, Reached, keep_inspecting
from douane.examination.witnessing import FileWitness, HttpWitness, Witness, due, keep_witnessed
from douane.runtime.store.envelope import JOURNAL, Arrival
from douane.runtime.store.ports import HOUR
from douane.shared_services.auditing.inspection import Finding
from douane.standards.transparency_log.checkpoint import open_checkpoint
from douane.standards.transparency_log.note import Key
from douane.vocabulary.errors import DeclarationFault, PartnerRefused, ProofFailed
from tests.cli.nodes import Printed, a_list, answer, envelope_of, fail, give, publish, refused, said
from tests.evidence.scene import declaration
from tests.journeys.standing import identity_in, standing


def told(witness: Witness, core: Core, key: Key) -> int:
    """Give a witness what it lacks; how many leaves it has seen then."""
    missing = due(core.store, 0, key, witness.newest(key))
    if missing is not None:
        witness.add(key, *missing)
    return open_checkpoint(witness.newest(key), key.name, [key]).size


LISTS = [a_list(f"CL{900 + n}", "A", "B") for n in range(6)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    publish(tmp_path / "node", LISTS)
    return tmp_path / "node"


def rewrite_body(data: Path, position: int, old: bytes = b"List", new: bytes = b"Lost") -> None:
    """Change the body of a message in place and pack it anew, as whoever may write the file of the store."""
    db = apsw.Connection(str(data / "store" / "node.db"))
    ((raw,),) = db.execute("select value from log0 where position=?", (position,))
    row = JOURNAL.read(bytes(raw))
    other = msgspec.structs.replace(row.content, body=row.content.octets.replace(old, new), codec=0)
    row = msgspec.structs.replace(row, content=other.packed())
    db.execute("update log0 set value=? where position=?", (JOURNAL.write(row), position))
    db.close()


def test_a_sound_node_is_said_to_fit_also_in_small_slices_and_from_any_leaf(capsys: Printed, data: Path) -> None:
    whole = answer(capsys, "audit", "inspect", "--data", str(data))
    assert whole["findings"] == []
    assert whole["partitions"]["0"]["rows"] == whole["partitions"]["0"]["leaves"] >= len(LISTS)
    assert answer(capsys, "audit", "inspect", "--data", str(data), "--slice", "0") == whole
    less = answer(capsys, "audit", "inspect", "--data", str(data), "--from", "3", "--partition", "0")
    assert less["partitions"]["0"]["rows"] == whole["partitions"]["0"]["rows"] - 3
    assert "Everything fits" in said(capsys, "audit", "inspect", "--data", str(data))
    assert "holds no key" in refused(capsys, "audit", "inspect", "--data", str(data / "store"), "--partition", "0")


def test_a_rewritten_body_is_named_by_every_command_that_looks(capsys: Printed, data: Path, tmp_path: Path) -> None:
    rewrite_body(data, 2)
    found = answer(capsys, "audit", "inspect", "--data", str(data), code=1)["findings"]
    assert [(each["where"], each["field"]) for each in found] == [("2", "content.body")]
    assert "content.body" in said(capsys, "audit", "inspect", "--data", str(data), code=1)
    assert "content.body" in refused(capsys, "audit", "prove", "2", "--data", str(data))
    target = ["-o", str(tmp_path / "pack.zip"), "--data", str(data)]
    assert "content.body" in refused(capsys, "audit", "evidence", "2", *target)
    key = ["--key", str(tmp_path / "key"), "--make-key"]
    assert "2 (content.body)" in refused(capsys, "drill", str(tmp_path / "backups"), *key, "--data", str(data))
    assert "content.body" in said(capsys, "backup", str(tmp_path / "kept"), *key[:2], "--data", str(data), code=1)
    restore = ["restore", str(tmp_path / "kept"), *key[:2], "--data", str(tmp_path / "new")]
    assert "2 (content.body)" in refused(capsys, *restore)


def test_a_working_node_inspects_itself_and_says_what_it_found(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspecting, "PAUSE_SECONDS", 0)
    settings = NodeSettings(data=data, inspection_hours=1)
    (data / inspecting.KEPT).write_bytes(msgspec.json.encode(Reached(SystemClock().now() - 2 * HOUR)))
    rewrite_body(data, 3)
    heard = list[tuple[int, list[Finding]]]()

    async def journey() -> None:
        inspected, done = Inspected(), asyncio.Event()

        def hear(partition: int, leaves: int, ended: int, found: Any, findings: int) -> None:
            heard.append((partition, list(found)))
            if inspected.findings.get(0):
                done.set()

        work = asyncio.create_task(keep_inspecting(settings, SystemClock(), inspected, hear))
        async with asyncio.timeout(30):
            await done.wait()
        assert "first at 3" in inspected.notes()["audit log 0"]
        work.cancel()

    asyncio.run(journey())
    assert [each.where for _, found in heard for each in found] == ["3"]


def test_a_witness_sees_that_a_store_was_set_back_or_rewritten(capsys: Printed, data: Path, tmp_path: Path) -> None:
    witness, key = FileWitness(tmp_path), log_signer(NodeSettings(data=data), 0).key
    shutil.copytree(data, tmp_path / "before")
    publish(data, [a_list("CL990", "A")])
    core = make_core(NodeSettings(data=data), ended=fail)
    sizes = [told(witness, core, key)]
    give(core, a_list("CL991", "A"))
    sizes += [told(witness, core, key), told(witness, core, key)]
    core.close()
    assert sizes == [14, 16, 16]  # each list is accepted, and the state after it is summed
    (kept,) = tmp_path.glob("*.checkpoints")
    assert kept.read_text().count("\nold ") == 2
    with kept.open("a") as file:
        file.write("\nold 8\n\ncut off")
    config = tmp_path / "douane.toml"
    config.write_text(f'witness = "file:{tmp_path}"\n')
    options = ["--config", str(config), "--data"]
    assert answer(capsys, "audit", "inspect", *options, str(data))["findings"] == []
    (found,) = answer(capsys, "audit", "inspect", *options, str(tmp_path / "before"), code=1)["findings"]
    assert (found["field"], "was set back" in found["text"]) == ("witness", True)
    publish(tmp_path / "before", [a_list(f"CL95{n}", "A") for n in range(4)])
    *dated, found = answer(capsys, "audit", "inspect", *options, str(tmp_path / "before"), code=1)["findings"]
    assert "rewritten" in found["text"]
    assert {each["field"] for each in dated} == {"committed"}  # after the states that the witness has seen
    other = make_core(NodeSettings(data=tmp_path / "before"), ended=fail)
    with pytest.raises(ProofFailed, match="rewritten"):
        told(witness, other, key)
    other.close()


def test_the_lag_of_a_witness_that_is_away_grows(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witnessing, "EVERY_SECONDS", 0)
    away = tmp_path / "away"
    settings = NodeSettings(data=data, witness=f"file:{away}")
    core, shown, failed = make_core(settings, ended=fail), list[float](), list[BaseException]()
    version = a_list("CL992", "A")

    async def journey() -> None:
        first, late = asyncio.Event(), asyncio.Event()

        def show(lag: Mapping[int, float]) -> None:
            shown.append(lag[0])
            (late if lag[0] else first).set()

        work = asyncio.create_task(keep_witnessed(settings, core.store, core.clock, shown=show, failed=failed.append))
        async with asyncio.timeout(30):
            await first.wait()
            away.rename(tmp_path / "kept")
            away.write_text("no folder any more")
            await core.node.submit(Arrival(envelope_of(core, version), version))
            await late.wait()
        work.cancel()

    try:
        asyncio.run(journey())
    finally:
        core.close()
    assert shown[0] == 0 < shown[-1]
    assert failed
    assert failed


def test_a_witness_by_https_is_given_what_the_protocol_says(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = log_signer(NodeSettings(data=data), 0).key
    witness = HttpWitness("https://witness.example/add-checkpoint", data)
    posted = list[bytes]()
    answers = [(200, b"\xe2\x80\x94 witness.example c2ln\n"), (409, b"99\n")]

    def post(self: HttpWitness, text: bytes) -> tuple[int, bytes]:
        posted.append(text)
        return answers[len(posted) - 1]

    monkeypatch.setattr(HttpWitness, "_post", post)
    core = make_core(NodeSettings(data=data), ended=fail)
    try:
        assert told(witness, core, key) == 12
        assert told(witness, core, key) == 12
        assert len(posted) == 1
        assert posted[0].startswith(b"old 0\n\n" + key.name.encode())
        give(core, a_list("CL993", "A"))
        with pytest.raises(PartnerRefused, match="99"):
            told(witness, core, key)
        assert posted[1].startswith(b"old 12\n")
    finally:
        core.close()


def test_a_witness_of_another_kind_is_refused(data: Path) -> None:
    with pytest.raises(DeclarationFault, match="is no witness"):
        witnessing.witness_of(NodeSettings(data=data, witness="http://plain.example"))
    assert witnessing.witness_of(NodeSettings(data=data)) is None


def test_an_operator_sees_at_the_door_what_a_node_found_and_how_far_its_witness_is(tmp_path: Path) -> None:
    identity = identity_in(tmp_path)
    with standing(tmp_path, identity, inspection_hours=0) as node:
        sent = node.client("speed2", "trader.fr.lesquin").ask(
            "POST", "/v1/messages", declaration("seen"), {"content-type": "application/xml"}
        )
        assert sent.status == 202
    rewrite_body(tmp_path, 3, b"<lrn>", b"<lRn>")
    (tmp_path / inspecting.KEPT).write_bytes(msgspec.json.encode(Reached(SystemClock().now() - 48 * HOUR)))
    with standing(tmp_path, identity, witness=f"file:{tmp_path / 'witness'}") as node:
        door, end = node.client("operations", "operator"), time.monotonic() + 30
        while "notes" not in (ready := door.ask("GET", "/health/ready")).json and time.monotonic() < end:
            time.sleep(0.05)
        assert (ready.status, ready.json["status"]) == (200, "ready")  # one changed byte stops no administration
        assert "2 findings, the first at 3;" in ready.json["notes"]["audit log 0"]
        for line in ('douane_audit_findings{partition="0"} 2', 'douane_audit_witness_lag_seconds{partition="0"} 0'):
            while line not in (metrics := door.ask("GET", "/metrics").body.decode()):  # the witness writes beside
                assert time.monotonic() < end, metrics
                time.sleep(0.05)
    lines = [json.loads(line) for line in (tmp_path / "node.log").read_text().splitlines()]
    assert [(each["message"], each["partition"]) for each in lines if each["event"] == "audit.differs"] == [
        ("3", 0), ("3", 0)  # the octets as they came are packed with the body
    ]  # fmt: skip
    assert len(list((tmp_path / "witness").iterdir())) == 1
