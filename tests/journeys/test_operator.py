"""What an operator has done to a node while it runs, by commands beside it, and who may not."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from douane.configuration.discovery import open_reader
from douane.configuration.settings import NodeSettings
from douane.model.circles import ActorKind
from douane.operation.intervening import have_done
from douane.runtime.store.envelope import JOURNAL, JournalRow, RowKind
from douane.runtime.store.hold import Announcement
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.leaf import Kind
from douane.shared_services.auditing.port import journal_facts
from douane.supervision.operating.acts import ASIDE, HANDLED
from douane.supervision.operating.declared import RELEASE
from douane.supervision.operating.holding import FIRST as FIRST_FILES
from douane.supervision.operating.listening import socket_of
from douane.supervision.operating.outcome import Asked
from douane.trust.demo import DemoClient
from douane.vocabulary.errors import BadRequest, NotFound, OurFault
from tests.agreeing import PROPOSER, agree_in_stopped
from tests.agreeing import SECOND as SECOND_PERSON
from tests.cli.nodes import Printed, a_list, answer, refused, said
from tests.journeys.standing import identity_in
from tests.journeys.supervised import JSON, Supervised, supervised

PUBLISHER = DemoClient(
    "publisher.eu", ActorKind.COMMISSION, administration="EU", roles=frozenset({"reference data publisher"})
)
FIRST = a_list("CL900", "A")
SECOND = a_list("CL900", "A", "B", previous=FIRST.version, at=2_000_000)


def publish(node: Supervised, version: msgspec.Struct) -> None:
    """Send a version of a list through the door."""
    door = node.client("ccn2", PUBLISHER.id)
    sent = door.ask("POST", "/reference_data/v1/publish", msgspec.json.encode(version), JSON)
    assert sent.status == 202, sent.body
    message = f"/v1/messages/{sent.json['receipt']}"
    node.until(lambda: door.ask("GET", message).json["state"] != "waiting")


def set_aside(node: Supervised, capsys: Printed) -> str:
    """Let a message be set aside; where it lies."""
    publish(node, SECOND)
    data = str(node.folder / "data")
    (aside,) = answer(capsys, "message", "quarantine", "--data", data, code=1)
    return str(aside["position"])


def interventions(folder: Path) -> list[JournalRow]:
    """What operators had done, as the journal of a node keeps it."""
    reader = open_reader(f"sqlite:{folder / 'data' / 'store' / 'node.db'}")
    rows = [JOURNAL.read(raw) for _, raw in reader.scan_log(Log.JOURNAL, 0, 1 << 62, 10_000)]
    reader.close()  # type: ignore[attr-defined] # a snapshot of the embedded store
    return [row for row in rows if row.kind is RowKind.INTERVENED and asked(row).act != FIRST_FILES]


class Acted(msgspec.Struct, frozen=True):
    """An act as its leaf tells it."""

    act: str
    on: str = ""
    reason: str = ""
    drawn: tuple[str, ...] = ()


def asked(row: JournalRow) -> Acted:
    """The act that a row of the journal tells of."""
    return msgspec.json.decode(msgspec.msgpack.decode(row.content.octets, type=Announcement).text, type=Acted)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_message_is_released_while_the_node_runs_and_each_act_has_its_leaf(
    tmp_path: Path, capsys: Printed, processes: int
) -> None:
    identity_in(tmp_path, (PUBLISHER,))
    data = str(tmp_path / "data")
    with supervised(tmp_path, "--processes", str(processes)) as node:
        place = set_aside(node, capsys)
        release = ("message", "release", place, "--data", data, "--reason", "the list came late")
        assert answer(capsys, *release, code=1)["results"] == {place: ASIDE}
        (left,) = answer(capsys, "message", "quarantine", "--data", data, code=1)
        assert left["attempts"] == 2
        publish(node, FIRST)
        assert answer(capsys, "message", "replay", "--data", data)["results"] == {place: HANDLED}
        assert said(capsys, "message", "replay", "--data", data) == "Nothing is set aside.\n"
        assert "There are: none" in refused(capsys, "message", "release", place, "--data", data)
        assert node.stop() == 0
    capsys.readouterr()  # what the node said
    first, second = interventions(tmp_path)
    assert (asked(first).on, asked(first).reason, asked(second).reason) == (place, "the list came late", "")
    assert first.caller.person == f"uid {os.geteuid()}"
    assert journal_facts(first).kind is Kind.INTERVENED
    assert first.id != second.id
    (tmp_path / "several.toml").write_text(f'name = "several"\ndata = "{data}"\n')
    inspected = answer(capsys, "audit", "inspect", "--config", str(tmp_path / "several.toml"))
    assert inspected["findings"] == []
    assert not list((tmp_path / "data" / "operator").iterdir())
    assert "There are: none" in refused(capsys, "message", "release", place, "--data", data, "--config",
                                        str(tmp_path / "several.toml"))  # fmt: skip


def test_an_act_is_done_once_however_often_it_is_asked_for(tmp_path: Path, capsys: Printed) -> None:
    identity_in(tmp_path, (PUBLISHER,))
    settings = NodeSettings(name="several", data=tmp_path / "data")
    with supervised(tmp_path) as node:
        place = set_aside(node, capsys)
        act = Asked(RELEASE, "ab" * 16, place)
        came = [have_done(settings, [act])[0] for _ in range(3)]
        assert {each.state for each in came} == {ASIDE}
        (left,) = answer(capsys, "message", "quarantine", "--data", str(tmp_path / "data"), code=1)
        assert left["attempts"] == 2
        node.process.send_signal(signal.SIGKILL)
        node.process.wait()
    assert have_done(settings, [act]) == came[:1], "a stopped node knows what was done, too"
    assert len(interventions(tmp_path)) == 1
    with supervised(tmp_path):  # in the place of the socket that the killed one left
        assert have_done(settings, [act])[0].state == ASIDE
        with pytest.raises(NotFound, match="no act"):
            have_done(settings, [Asked("node.stop", "cd" * 16)])
    assert len(interventions(tmp_path)) == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_lists_agreements_clients_and_the_archive_are_kept_while_the_node_runs(
    tmp_path: Path, capsys: Printed, processes: int
) -> None:
    """Each by its command, with a leaf that says who and why; nothing needs a node that is stopped."""
    identity_in(tmp_path, (PUBLISHER,))
    here, why = ("--data", str(tmp_path / "data")), ("--reason", "ticket 4711", "--as", PROPOSER)
    lists = tmp_path / "lists.json"
    entries = [{"state": "valid", "activeFrom": "2024-02-21", "code": "XX", "description": "Country XX"}]
    named = {"CountryCodesCTC": {"listName": "CountryCodesCTC", "listEntries": entries}}
    about = {"messageID": "1", "snapshotDate": "2025-02-12"}
    lists.write_text(json.dumps({"messageInformation": about, "lists": named}))
    agreed = tmp_path / "agreed.toml"
    agreed.write_text('[[partner]]\nparty = "FR40123456700017"\ntitle = "Lesquin"\nbasis = "consent"\n')
    with supervised(tmp_path, "--processes", str(processes)) as node:
        (changed,) = answer(capsys, "reference", "import", str(lists), *here, *why)
        assert (changed["number"], changed["added"], changed["state"]) == ("CL112", 1, "proposed")
        assert answer(capsys, "partner", "replace", str(agreed), *here, *why)["state"] == "proposed"
        assert answer(capsys, "retention", "run", *here, *why)["moved"] == 0
        register = tmp_path / "identity" / "clients.toml"
        fewer, before = tmp_path / "fewer.toml", register.read_text()
        kept = [each for each in before.split("[[client]]") if f'"{PUBLISHER.id}"' not in each]
        fewer.write_text("[[client]]".join(kept))
        config = ("--config", str(tmp_path / "douane.toml"))
        proposed = answer(capsys, "client", "replace", str(fewer), *config, *why)
        assert (proposed["state"], proposed["drawn"][0]) == ("proposed", f"client {PUBLISHER.id} is taken away.")
        assert "nobody in particular" in refused(capsys, "client", "replace", str(fewer), *config, *why[:2])
        assert register.read_text() == before, "one person alone changes nothing"
        assert node.stop() == 0
    settings = NodeSettings(name="several", data=tmp_path / "data", identity=tmp_path / "identity")
    assert {each.state for each in agree_in_stopped(settings)} == {"proposed", "published", "replaced"}
    assert "Country XX" in said(capsys, "reference", "show", "CL112", "XX", *here)
    assert "Lesquin" in said(capsys, "partner", "list", *here)
    assert PUBLISHER.id not in register.read_text()
    assert said(capsys, "reference", "import", str(lists), *config, *why) == "No change.\n"
    with supervised(tmp_path, "--processes", str(processes)) as node:
        assert node.client("ccn2", PUBLISHER.id).ask("GET", "/v1/inbox").status in (401, 403)
        assert node.stop() == 0
    done = interventions(tmp_path)
    told = [asked(row).drawn for row in done if asked(row).act == "clients.replace"]
    assert {each[0] for each in told} == {f"client {PUBLISHER.id} is taken away."}, "each leaf holds what changes"
    two = ["reference.publish", "agreements.replace", "clients.replace"]
    assert sorted(asked(row).act for row in done) == sorted([*two, *two, *two, "retention.run"])
    assert {row.caller.person for row in done} == {f"uid {os.geteuid()} for {PROPOSER}", PROPOSER, SECOND_PERSON}
    log = (tmp_path / "data" / "node.log").read_text()
    assert '"operation":"clients.replace"' in log.replace(" ", "")


def test_what_is_no_act_is_told_so_and_the_socket_serves_on(tmp_path: Path, capsys: Printed) -> None:
    identity_in(tmp_path, (PUBLISHER,))
    with supervised(tmp_path) as node:
        place = set_aside(node, capsys)
        path = socket_of(tmp_path / "data", 0)
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        good = msgspec.json.encode(Asked(RELEASE, "ab" * 16, place))
        for wrong in (
            b"\n", b"no json\n", b"{}\n", good.replace(b'"act"', b'"role":1,"act"') + b"\n", b"x" * 40_000 + b"\n",
            good.replace(b"abab", b"abXX") + b"\n",
        ):  # fmt: skip
            assert _told(path, wrong)["refused"]["code"] == BadRequest.code, wrong[:80]
        quiet = [socket.socket(socket.AF_UNIX) for _ in range(20)]
        for each in quiet:
            each.connect(str(path))
        for each in quiet:
            each.close()
        assert _told(path, good + b"\n")["outcome"]["state"] == ASIDE
    assert OurFault.code not in (tmp_path / "data" / "node.log").read_text()


def _told(path: Path, line: bytes) -> dict[str, dict[str, str]]:
    with socket.socket(socket.AF_UNIX) as made:
        made.settimeout(20)
        made.connect(str(path))
        made.sendall(line)
        answered: dict[str, dict[str, str]] = json.loads(made.makefile("rb").readline())
        return answered


def test_another_user_of_the_machine_is_refused_by_mode_and_by_who_he_is(tmp_path: Path, capsys: Printed) -> None:
    if os.geteuid() != 0:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("Only root can be somebody else: run as root.")
    identity_in(tmp_path, (PUBLISHER,))
    with supervised(tmp_path) as node:
        place = set_aside(node, capsys)
        path = socket_of(tmp_path / "data", 0)
        line = msgspec.json.encode(Asked(RELEASE, "ab" * 16, place)).decode()
        assert "PermissionError" in _as_nobody(path, line)
        opened = [path, *path.parents]
        before = {each: each.stat().st_mode for each in opened}
        try:
            for each in opened:
                each.chmod(before[each] | 0o007)
            said_to_him = _as_nobody(path, line)
        finally:
            for each in opened:
                each.chmod(before[each] & 0o7777)
        assert "the node's own user's" in said_to_him
        (left,) = answer(capsys, "message", "quarantine", "--data", str(tmp_path / "data"), code=1)
        assert left["attempts"] == 1
    assert interventions(tmp_path) == []


def _as_nobody(path: Path, line: str) -> str:
    program = (
        "import os, socket, sys\nos.setgroups([])\nos.setgid(65534)\nos.setuid(65534)\n"
        "made = socket.socket(socket.AF_UNIX)\nmade.connect(sys.argv[1])\n"
        "try:\n    made.sendall(sys.argv[2].encode() + b'\\n')\nexcept BrokenPipeError:\n    pass\n"
        "print(made.makefile().readline())\n"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(path), line], cwd="/", capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    return done.stdout + done.stderr
