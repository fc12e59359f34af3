"""Payloads beside the store: in every backup, back with every restore, and collected when no message refers to them."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pytest

from douane.assembly.core import make_core
from douane.backends.sqlite.backend import SqliteStore
from douane.configuration.payloads import collect_regularly, payload_store
from douane.configuration.ports import SystemClock
from douane.configuration.retaining import move, policy_of
from douane.configuration.settings import NodeSettings
from douane.runtime.store.envelope import Arrival
from douane.runtime.store.origin import Attachment, digest_of
from douane.runtime.store.transmission import Transmission
from douane.shared_services.backup_restore.manifest import finished, read_manifest
from tests.callers import with_content
from tests.cli.nodes import Printed, a_list, answer, envelope_of, fail, publish, refused, said
from tests.cli.test_retention import Late

LARGE = bytes(range(256)) * 10_000  # three pieces


@dataclass
class Node:
    """A node on disk, and what it was given to keep."""

    data: Path

    def keep(self, content: bytes) -> str:
        draft = payload_store(NodeSettings(data=self.data)).draft()
        draft.write(content)
        return draft.publish().digest

    def take(self, number: str, *, attached: str = "", transmitted: str = "") -> None:
        """Take a message that refers to payloads."""
        core = make_core(NodeSettings(data=self.data), ended=fail)
        try:
            version = a_list(number, "X")
            made = envelope_of(core, version)
            attachments = (
                (Attachment("pdf", "application/pdf", attached, len(self.content(attached))),) if attached else ()
            )
            stated = {"body": transmitted, "certificates": [], "token": "", "key": "", "trust": ""}
            transmission = Transmission(msgspec.json.encode(stated), stored=transmitted) if transmitted else None
            digest = digest_of(made.content.body, attachments)
            made = with_content(made, attachments=attachments, digest=digest)
            made = msgspec.structs.replace(made, transmission=transmission)

            async def submit() -> None:
                await core.node.submit(Arrival(made, version))

            asyncio.run(submit())
        finally:
            core.close()

    def holds(self, digest: str) -> bool:
        return payload_store(NodeSettings(data=self.data)).holds(digest)

    def content(self, digest: str) -> bytes:
        return b"".join(payload_store(NodeSettings(data=self.data)).open(digest))


@pytest.fixture
def node(tmp_path: Path) -> Node:
    publish(tmp_path / "node", [a_list("CL001", "A")])
    return Node(tmp_path / "node")


def keys(node: Node) -> list[str]:
    return ["--key", str(node.data.parent / "key")]


def test_payloads_and_the_access_point_come_back_with_a_restore(node: Node, capsys: Printed) -> None:
    first, empty = node.keep(LARGE), node.keep(b"")
    node.take("CL002", attached=first)
    (node.data / "as4/own").mkdir(parents=True)
    (node.data / "as4/as4.toml").write_text('host = "x"\n')
    (node.data / "as4/own/seal.key").write_bytes(b"secret")
    backups, data = node.data.parent / "backups", ["--data", str(node.data)]
    said(capsys, "backup", str(backups), *keys(node), "--make-key", *data)
    second = node.keep(LARGE[::-1])
    node.take("CL003", transmitted=second)
    later = answer(capsys, "backup", str(backups), *keys(node), *data, "--incremental")
    full, part = (read_manifest(each) for each in finished(backups))
    assert set(part.payloads) == {first, second, empty}
    assert {p.set for p in part.of("payload")} == {full.id, part.id}, "what did not change is not written again"
    assert later["parent"] == full.id
    assert not any(LARGE[:300] in each.read_bytes() for each in backups.glob("*/*.segment"))
    new = Node(node.data.parent / "new")
    found = answer(capsys, "restore", str(backups), *keys(node), "--data", str(new.data))
    assert found["counts"]["payload"] == 3
    assert (new.content(first), new.content(second), new.content(empty)) == (LARGE, LARGE[::-1], b"")
    assert (new.data / "as4/own/seal.key").read_bytes() == b"secret"


def test_a_payload_that_was_changed_is_not_backed_up_as_if_it_were_whole(node: Node, capsys: Printed) -> None:
    digest = node.keep(LARGE)
    (path,) = (node.data / "payloads").glob(f"*/{digest}")
    path.write_bytes(LARGE[:-1])
    call = ["backup", str(node.data.parent / "backups"), *keys(node), "--make-key", "--data", str(node.data)]
    assert digest in refused(capsys, *call)
    assert finished(node.data.parent / "backups") == []


def test_orphans_are_collected_and_what_a_message_refers_to_stays(node: Node, capsys: Printed) -> None:
    attached, transmitted, orphan = node.keep(LARGE), node.keep(b"wire"), node.keep(b"orphan")
    node.take("CL002", attached=attached)
    node.take("CL003", transmitted=transmitted)
    (node.data / "payloads/incoming/left").write_bytes(b"half")
    call = ["retention", "payloads", "--data", str(node.data)]
    young = answer(capsys, *call)
    assert (young["removed"], young["kept"], young["drafts"]) == ([], 0, 0), "their messages may be on their way"
    dry = answer(capsys, *call, "--older-than", "0", "--dry-run")
    assert (dry["would_remove"], dry["bytes"], dry["kept"], dry["drafts"]) == ([orphan], 6, 2, 1)
    assert node.holds(orphan)
    assert orphan in said(capsys, *call, "--older-than", "0")
    assert [node.holds(each) for each in (attached, transmitted, orphan)] == [True, True, False]
    assert list((node.data / "payloads/incoming").iterdir()) == []
    assert answer(capsys, *call, "--older-than", "0")["removed"] == []


def test_without_the_nodes_store_nothing_is_removed(node: Node, capsys: Printed) -> None:
    orphan = node.keep(b"orphan")
    settings = node.data.parent / "other.toml"
    settings.write_text(f'store = "sqlite:{node.data.parent / "empty.db"}"\n')
    SqliteStore(str(node.data.parent / "empty.db")).close()
    call = ["retention", "payloads", "--older-than", "0", "--data", str(node.data), "--config", str(settings)]
    assert "no partition" in refused(capsys, *call)
    assert node.holds(orphan)


def test_what_moved_to_the_archive_keeps_its_payloads(node: Node, capsys: Printed) -> None:
    attached = node.keep(LARGE)
    node.take("CL002", attached=attached)
    settings = NodeSettings(data=node.data)
    core = make_core(settings, ended=fail)
    try:
        done = asyncio.run(move(settings, core.node, core.store, Late(), policy_of(settings)))
        assert done.moved == 2
    finally:
        core.close()
    found = answer(capsys, "retention", "payloads", "--older-than", "0", "--data", str(node.data))
    assert (found["removed"], found["kept"]) == ([], 1)
    assert node.holds(attached)


def test_a_payload_that_comes_again_is_young_again(node: Node) -> None:
    store = payload_store(NodeSettings(data=node.data))
    digest = node.keep(b"again")
    (seen,) = store.published()
    os.utime(seen.path, ns=(0, 0))
    (old,) = store.published()
    assert node.keep(b"again") == digest
    assert not store.remove(old), "it was written again since it was looked at"
    assert node.holds(digest)


def test_a_running_node_collects_by_itself(node: Node) -> None:
    orphan = node.keep(b"orphan")
    (path,) = (node.data / "payloads").glob(f"*/{orphan}")
    os.utime(path, ns=(0, 0))
    settings = NodeSettings(data=node.data, retention_hours=1)

    async def story() -> None:
        task = asyncio.create_task(collect_regularly(settings, SystemClock(), fail))
        for _ in range(3_000):
            if not node.holds(orphan):
                break
            await asyncio.sleep(0.02)
        task.cancel()
        assert not node.holds(orphan)

    asyncio.run(story())
