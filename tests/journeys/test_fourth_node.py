"""A fourth node beside three: processes of their own that appear, declare their systems, and go without a word."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from douane.cli.main import main
from douane.configuration.discovery import open_reader
from douane.configuration.settings import PagesAt
from douane.reference_architecture.landscape import Held
from douane.reference_architecture.snapshots import Snapshot, read_snapshot
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SENT, JournalRow, SentRow
from douane.runtime.store.ports import Log
from douane.simulator.nations import NationalSettings, nations
from tests.journeys.standing import GENEROUS, Standing, identity_in, standing
from tests.journeys.test_nodes import landscape, seen, there, within
from tests.pages.union import JSON, OFFICER

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]
LEASE_SECONDS = 4
LONGEST = 30.0
"""Seconds after which a node that is gone must be gone from the page: of the requirement, not of this test."""
LIST = "function,held,of,operations\nAuction,market,,2\ntransit,shared,DE,4\n"


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("four")
    identity, pages = identity_in(folder), PagesAt(port=0)
    with standing(folder, identity, pages=pages, limits=GENEROUS, presence_seconds=LEASE_SECONDS) as node:
        yield node


def national(centre: Standing, code: str, folder: Path, more: str = "") -> NationalSettings:
    """A node of an administration, joined to the centre."""
    return NationalSettings(code, folder / code, centre.node.url("ccn2"), centre.identity.folder.resolve(),
                            {"ccn2": 0}, 1, more=more)  # fmt: skip


def declared(centre: Standing) -> dict[str, Snapshot]:
    """What administrations have declared, as an officer at the centre is told."""
    answer = centre.client("ccn2", OFFICER).ask("POST", "/architecture/v1/systems", b"{}", JSON)
    return {each["administration"]: read_snapshot(each["content"].encode()) for each in answer.json["systems"]}


def test_a_fourth_node_appears_beside_three_declares_its_systems_and_is_gone_when_it_is_killed(
    centre: Standing, tmp_path: Path
) -> None:
    systems = tmp_path / "held.csv"
    systems.write_text(LIST)

    async def play() -> None:
        three = [national(centre, each, tmp_path) for each in ("AT", "DE")]
        async with nations(three):
            within(LONGEST, lambda: set(there(centre)) == {"EU", "AT", "DE"})
            fourth = national(centre, "IT", tmp_path, f'systems = "{systems}"\n')
            async with nations([fourth]) as started:
                within(LONGEST, lambda: set(there(centre)) == {"EU", "AT", "DE", "IT"})
                assert ">it<" in seen(centre, "/explore/nodes")[2]
                within(LONGEST, lambda: set(declared(centre)) == {"AT", "DE", "IT"})
                told = {each.function: each for each in declared(centre)["IT"].functions}
                assert told["Auction"].held is Held.MARKET
                assert (told["transit"].held, told["transit"].of) == (Held.SHARED, "DE"), "the list wins"
                assert told["guarantees"].held is Held.OWN
                assert told["guarantees"].elements
                assert told["reference_data"].held is Held.CENTRAL
                assert "live, snapshot" in landscape(centre)
                os.kill(started["IT"].process.pid, signal.SIGKILL)
                within(LONGEST, lambda: "IT" not in there(centre))
            assert set(there(centre)) == {"EU", "AT", "DE"}, "nobody else goes with it"
            assert ">it<" not in seen(centre, "/explore/nodes")[2]
            text = landscape(centre)
            assert "Live now: AT, DE" in text
            assert ">IT<" in text, "what it signed is still shown, with its day"

    asyncio.run(play())


def test_a_snapshot_is_sent_by_command_and_what_is_wrong_with_it_is_said(
    centre: Standing, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    identity, held = centre.identity, tmp_path / "held.csv"
    held.write_text(LIST)

    def file(number: int, by: str = "be.system", of: str = "BE") -> Path:
        files, out = identity.client(by), tmp_path / f"{of}-{number}-{by}.jws"
        asked = ("--administration", of, "--number", str(number), "--key", str(files.key), "--certificate",
                 str(files.certificate), "--out", str(out))  # fmt: skip
        assert main(("architecture", "snapshot", str(held), *asked)) == 0
        capsys.readouterr()
        return out

    def sent(statement: Path, by: str = "be.system") -> tuple[int, str]:
        files = identity.client(by)
        own = ("--key", str(files.key), "--certificate", str(files.certificate), "--root", str(identity.root))
        code = main(("architecture", "declare", str(statement), "--to", centre.node.url("ccn2"), *own))
        said = capsys.readouterr()
        return code, said.out + said.err

    before = len(audited(centre))
    assert sent(file(7)) == (0, f"{centre.node.url('ccn2')}: snapshot 7 of BE is taken over\n")
    assert declared(centre)["BE"].number == 7
    broken = tmp_path / "broken.jws"
    head, content, signature = file(9).read_text().split(".")
    broken.write_text(f"{head}.{content[:-4]}AAAA.{signature}")
    for statement, by, why in (
        (file(6), "be.system", "is not newer than 7"),
        (broken, "be.system", "does not hold"),
        (file(9), "it.system", "is sent by IT"),
        (file(9, by="it.system"), "be.system", "is signed by IT"),
    ):
        code, text = sent(statement, by)
        assert (code, why in text) == (2, True), text
    code, text = sent(file(9), OFFICER)
    assert (code, "403" in text or "404" in text) == (2, True), text
    assert declared(centre)["BE"].number == 7
    leaves = audited(centre)[before:]
    assert leaves.count("architecture.declare_systems") == 5, "each of them stands in the audit log, refused or not"
    assert leaves.count("SystemsRefused") == 4


def audited(centre: Standing) -> list[str]:
    """What is journalled with a leaf of the audit log: operations of what came, types of what was answered."""
    reader = open_reader(centre.node.core.settings.store_address)
    every = keys.log_position(1 << 10, 0)
    came = [JOURNAL.read(raw) for _, raw in reader.scan_log(Log.JOURNAL, 0, every, 1 << 30)]
    went = [SENT.read(raw) for _, raw in reader.scan_log(Log.SENT, 0, every, 1 << 30)]
    reader.close()  # type: ignore[attr-defined] # a snapshot of the embedded store
    rows = [each for each in (*came, *went) if isinstance(each, JournalRow | SentRow)]
    assert len({each.leaf for each in rows}) == len(rows), "each has a leaf of its own"
    told = [(each.leaf, each.operation if isinstance(each, JournalRow) else each.type) for each in rows]
    return [name for _, name in sorted(told)]
