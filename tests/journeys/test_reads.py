"""Who read what others sent leaves a leaf: at the doors, and by the commands that look into the store."""

from __future__ import annotations

import asyncio
import json
import time
from pathlib import Path

import msgspec
import pytest

from douane.assembly.core import make_core
from douane.cli.main import main
from douane.configuration.discovery import open_reader
from douane.configuration.settings import NodeSettings
from douane.model.caller import of_the_core
from douane.runtime.store.envelope import JOURNAL, RowKind
from douane.runtime.store.hold import Announcement
from douane.runtime.store.ports import Log, Reader
from douane.shared_services.auditing.leaf import Kind
from douane.shared_services.auditing.port import journal_facts
from douane.shared_services.auditing.reads import NAMED, Read, Reads, about_of, reads_in
from douane.supervision.operating.reading import FOLDER, ReadLog
from douane.vocabulary.errors import StoreUnavailable
from tests.callers import officer, system, trader
from tests.cli.nodes import Printed, a_list, answer, fail, publish
from tests.evidence.scene import declaration
from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.supervised import supervised
from tests.journeys.test_delegates import HELPFUL, Acting

XML, JSON = {"content-type": "application/xml"}, {"content-type": "application/json"}


def kept(reader: Reader) -> list[Read]:
    """Every read that the journal holds."""
    rows = [JOURNAL.read(raw) for _, raw in reader.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)]
    found: list[Read] = []
    for row in rows:
        if row.kind is RowKind.READ:
            assert journal_facts(row).kind is Kind.READ
            found += reads_in(msgspec.msgpack.decode(row.content.octets, type=Announcement).text)
    return found


def awaited(node: Standing, count: int) -> list[Read]:
    """The reads of a running node once there are so many, with how often each was made."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        found = kept(node.node.core.store)
        if sum(each.times for each in found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(kept(node.node.core.store))


def gone(folder: Path) -> None:
    """Wait until no note of a command is left: it goes after the row that tells it is durable."""
    end = time.monotonic() + 20
    while (left := list(folder.iterdir())) and time.monotonic() < end:
        time.sleep(0.05)
    assert not left


def test_what_an_officer_asks_at_a_door_is_in_the_log_and_what_a_trader_asks_of_his_own_is_not(
    tmp_path: Path, capsys: Printed
) -> None:
    identity = identity_in(tmp_path)
    with standing(tmp_path, identity) as node:
        desk, own = node.client("ccn2", "fr.officer"), node.client("speed2", "trader.fr.lesquin")
        assert own.ask("POST", "/v1/messages", declaration("read"), XML).status == 202
        for mrn in ("26FR005350000001J9", "26FR005350000001J9", "26FR005350000002J8"):
            desk.ask("POST", "/transit/v1/find_movement", json.dumps({"mrn": mrn}).encode(), JSON)
        own.ask("POST", "/transit/v1/find_movement", json.dumps({"mrn": "26FR005350000001J9"}).encode(), JSON)
        found = awaited(node, 3)
        assert {(each.client, each.operation) for each in found} == {("fr.officer", "transit.find_movement")}
        assert len({each.about for each in found}) == 2
        assert sum(each.times for each in found) == 3
        assert main(["timeline", "M-read", "--data", str(tmp_path)]) == 0
        (command,) = [each for each in awaited(node, 4) if each.operation == "timeline"]
        assert (command.client, command.about) == ("operator", about_of("M-read"))
        gone(tmp_path / FOLDER)
        desk.ask("POST", "/transit/v1/find_movement", json.dumps({"mrn": "26FR005350000003J7"}).encode(), JSON)
    capsys.readouterr()
    core = make_core(NodeSettings(name="journey", data=tmp_path), ended=fail)
    assert sum(each.times for each in kept(core.store)) == 5  # what was read just before it stopped, too
    core.close()
    options = ["--data", str(tmp_path), "--config", str(tmp_path / "douane.toml")]
    (tmp_path / "douane.toml").write_text('name = "journey"\n')
    assert answer(capsys, "audit", "inspect", *options)["findings"] == []


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_handed_to_a_delegate_is_in_the_log_wherever_the_door_is(tmp_path: Path, processes: int) -> None:
    with supervised(tmp_path, "--processes", str(processes)) as node:
        delegate, own = Acting(node, HELPFUL), node.client("speed2", "trader.fr.lesquin")
        sent = delegate.ask("POST", "/v1/messages", declaration("read"))
        assert sent.status == 202
        items = delegate.ask("GET", "/v1/inbox?wait=20").json["items"]
        assert items
        assert delegate.ask("GET", f"/v1/messages/{sent.json['receipt']}").json["answers"]
        assert own.ask("GET", "/v1/inbox").json["items"]
        assert node.stop() == 0
    reader = open_reader(f"sqlite:{tmp_path / 'data' / 'store' / 'node.db'}")
    found = kept(reader)
    reader.close()  # type: ignore[attr-defined] # a snapshot of the embedded store
    assert {(each.client, each.party, each.by) for each in found} == {(HELPFUL, "FR40123456700017", "BE0123456789")}
    seen = {each.about for each in found if each.operation == "inbox"}
    assert {about_of(each["message"]) for each in items} <= seen
    assert seen >= {each.about for each in found if each.operation == "status"} > set()


def test_a_command_beside_a_stopped_node_is_told_at_its_next_start_and_shows_nothing_without_a_note(
    tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    (receipt,) = publish(tmp_path, [a_list("CL900", "A")])
    answer(capsys, "message", "show", f"{receipt.position:x}", "--data", str(tmp_path))
    assert len(list((tmp_path / FOLDER).iterdir())) == 1
    (tmp_path / FOLDER / "1-x.json").write_text("{")
    core = make_core(NodeSettings(data=tmp_path), ended=fail)
    asyncio.run(ReadLog(core.node, core.reads, tmp_path / FOLDER, fail).tell())
    assert {each.operation for each in kept(core.store)} == {"message show", "a note that cannot be read"}
    assert not list((tmp_path / FOLDER).iterdir())
    core.close()

    def full(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is full.")

    monkeypatch.setattr("douane.supervision.operating.reading.write_durably", full)
    assert main(["message", "show", f"{receipt.position:x}", "--data", str(tmp_path)]) == 2
    assert "CL900" not in capsys.readouterr().out


def test_what_the_log_cannot_be_told_now_is_told_later(tmp_path: Path) -> None:
    core = make_core(NodeSettings(data=tmp_path), ended=fail)
    failed = list[BaseException]()
    log = ReadLog(core.node, core.reads, tmp_path / FOLDER, failed.append)
    core.reads.note(officer("fr.officer", "FR"), "transit.find_movement", {"mrn": "A"}, 1)
    command = core.node.command

    async def refuses(_: object) -> None:
        raise StoreUnavailable("not now")

    core.node.command = refuses  # type: ignore[method-assign,assignment]
    asyncio.run(log.tell())
    assert [type(each) for each in failed] == [StoreUnavailable]
    assert kept(core.store) == []
    core.node.command = command  # type: ignore[method-assign]
    asyncio.run(log.tell())
    assert [each.client for each in kept(core.store)] == ["fr.officer"]
    core.close()


def test_who_leaves_a_read() -> None:
    reads = Reads()
    assert reads.note(officer("fr.officer", "FR"), "q", {}, 1)
    assert reads.note(system("DE"), "q", {}, 1)
    assert reads.note(system("EU"), "q", {}, 1)
    assert reads.note(trader("FR1", by="DE2"), "q", {}, 1)
    assert not reads.note(trader("FR1"), "q", {}, 1)
    assert not reads.note(of_the_core("FR"), "q", {}, 1)
    (block,) = reads.take()
    assert [each.by for each in block.reads] == ["", "", "", "DE2"]
    assert reads.take() == []


def test_one_reader_fills_no_more_than_his_share_whatever_he_asks() -> None:
    reads = Reads()
    for number in range(5_000):
        reads.note(officer("fr.officer", "FR"), "transit.find_movement", {"mrn": str(number)}, number)
    reads.note(officer("de.officer", "DE"), "transit.find_movement", {"mrn": "1"}, 7)
    (block,) = reads.take()
    mine = [each for each in block.reads if each.client == "fr.officer"]
    assert len(mine) == NAMED + 1
    assert sum(each.times for each in mine) == 5_000
    assert [each.times for each in mine if not each.about] == [5_000 - NAMED]
    assert len(block.reads) == NAMED + 2
