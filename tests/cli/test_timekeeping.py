"""``douane timekeeping``: a log goes on behind a clock that was ahead by two who signed in, and by nobody else."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from douane.assembly.core import Core, make_core
from douane.cli.main import main
from douane.configuration import discovery
from douane.configuration.settings import NodeSettings, read_settings, settings_text
from douane.identity.console.operators_file import text_of
from douane.runtime.store import keys
from douane.runtime.store.decided import Proposal
from douane.runtime.store.envelope import JOURNAL, OWNER, RowKind
from douane.runtime.store.ports import Batch, Log
from douane.supervision.operating.declared import GO_BACK
from douane.supervision.timekeeping.going_back import FILE, Behind, GoingBack, Sealed
from douane.vocabulary.errors import ClockWentBack
from tests.circles.test_operators import ANNA, BEN, Person, hidden
from tests.cli.nodes import a_list, publish
from tests.incidents.people import agrees, waiting
from tests.journeys.standing import identity_in
from tests.journeys.supervised import COMMAND, environment
from tests.pages.production import Production, in_production

HOUR_AHEAD = 3_600 * 10**9


@dataclass
class Node:
    """A node in production with two operators, whose newest leaf was committed by a clock that was an hour ahead."""

    settings: NodeSettings
    config: Path
    front: Production
    processes: list[subprocess.Popen[str]] = field(default_factory=list)

    def person(self, name: str) -> Person:
        return Person(self.front, name)

    def opens(self) -> subprocess.Popen[str]:
        """Its console alone, by the command."""
        command = [sys.executable, "-c", COMMAND, "timekeeping", "open", "--config", str(self.config)]
        made = subprocess.Popen(command, text=True, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.processes.append(made)
        assert made.stdout is not None
        said = made.stdout.readline()
        assert f"Sign in at {self.front.url('console')}/sign-in" in said, said + made.stdout.read()
        return made

    def signed_in(self, name: str) -> Person:
        found = self.person(name)
        assert found.proves().status == 303
        return found

    def starts(self) -> Core:
        return opened(self.settings)

    def is_refused(self) -> None:
        with pytest.raises(ClockWentBack):
            self.starts()


def opened(settings: NodeSettings) -> Core:
    def raised(problem: BaseException) -> None:
        raise problem

    return make_core(settings, ended=raised)


@pytest.fixture
def production(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Node]:
    real = time.time_ns
    anna, ben = (Person(cast("Any", None), name) for name in ("anna.berg", "ben.moor"))
    files = {"operators.toml": text_of((anna.public, ben.public)).encode()}
    with monkeypatch.context() as patched:
        patched.setattr(time, "time_ns", lambda: real() + HOUR_AHEAD)
        with in_production(tmp_path, files=files) as front:
            settings = front.node.node.core.settings
    config = tmp_path / "douane.toml"
    config.write_text(settings_text(settings, place=True))
    made = Node(settings, config, front)
    try:
        yield made
    finally:
        for each in made.processes:
            each.kill()
            each.wait()
            assert each.stdout is not None
            each.stdout.close()


def proposed_by(who: Person, reason: str = "the battery") -> None:
    token = hidden(who.open("/proposed"))["token"]
    form = {"token": token, "act": secrets.token_hex(16), "reason": reason}
    assert who.ask("POST", "/proposed/clock", form).status == 303


def the_form(who: Person) -> dict[str, str]:
    (found,) = waiting(who).values()
    return found


def leaf_of_the_clock(core: Core) -> str:
    found = [JOURNAL.read(raw) for _, raw in core.store.scan_log(Log.JOURNAL, 0, 1 << 48, 1000)]
    (row,) = [each for each in found if each.kind is RowKind.CLOCK]
    return row.content.octets.decode("utf-8", "replace")


def ticked(core: Core) -> None:
    """What a node does as it begins."""
    from douane.runtime.core.tick import Tick

    for owner in core.node.owners:
        Tick(owner).run()


def test_two_who_signed_in_let_a_log_go_on(production: Node, capsys: pytest.CaptureFixture[str]) -> None:
    production.is_refused()
    console = production.opens()
    anna, ben = production.signed_in("anna.berg"), production.signed_in("ben.moor")
    assert b"The clock is behind what is committed" in anna.open("/").body
    proposed_by(anna)
    assert waiting(anna) == {}, "she proposed it herself"
    shown = the_form(ben)
    production.is_refused()
    assert agrees(anna, shown).status == 422
    proposed_by(anna, "the battery of the rack")
    assert agrees(ben, shown).status == 422, "another proposal stands there since he looked"
    production.is_refused()
    assert agrees(ben, the_form(ben)).status == 303
    assert console.wait(30) == 0
    core = production.starts()
    try:
        ticked(core)
        said = leaf_of_the_clock(core)
    finally:
        core.close()
    assert all(word in said for word in ("went back from", "the battery of the rack", ANNA, BEN))
    production.starts().close()
    capsys.readouterr()
    assert main(["audit", "inspect", "--config", str(production.config)]) == 0
    assert "The clock of this log went back" in capsys.readouterr().out


def test_who_has_a_shell_names_two_operators_and_the_node_stands(
    production: Node, capsys: pytest.CaptureFixture[str]
) -> None:
    named = ("--config", str(production.config))
    for nobody in ((), ("--as", "eu.nobody")):
        assert main(["timekeeping", "propose", "--reason", "leap", *nobody, *named]) == 2
    for account in (ANNA, BEN):
        capsys.readouterr()
        assert main(["timekeeping", "propose", "--reason", "leap", "--as", account, *named]) == 0
        assert f"{account} has to confirm it, signed in" in capsys.readouterr().out
        production.is_refused()
    production.opens()
    anna, ben = production.signed_in("anna.berg"), production.signed_in("ben.moor")
    assert waiting(anna) == {}, "who was named has to confirm it first"
    assert agrees(ben, the_form(ben)).status == 303
    production.is_refused()
    assert agrees(anna, the_form(anna)).status == 303
    production.starts().close()


@pytest.mark.parametrize("again", ["the shell", "the console"])
def test_nobody_agrees_with_a_clock_that_he_did_not_see(production: Node, again: str) -> None:
    """As ``tests/circles/test_swaps.py`` tries it for every other act of two: another proposal comes meanwhile."""
    production.opens()
    anna, ben = production.signed_in("anna.berg"), production.signed_in("ben.moor")
    proposed_by(anna)
    looked = the_form(ben)
    if again == "the shell":
        words = ("--reason", "the battery", "--as", ANNA, "--config", str(production.config))
        assert main(["timekeeping", "propose", *words]) == 0
    else:
        proposed_by(anna)
    stale = agrees(ben, looked)
    assert stale.status == 422
    assert b"Another proposal stands there since you looked" in stale.body
    production.is_refused()


def test_who_writes_the_data_folder_makes_no_agreement(production: Node) -> None:
    """Sealed by another key, by who is no operator, by one who is both, of instants that nobody saw, or too late."""
    kept = GoingBack(production.settings)
    behind = kept.behind()
    assert behind is not None
    two = agreed(behind, ANNA, BEN)
    path = production.settings.data / FILE
    path.write_bytes(msgspec.json.encode(Sealed(two, "0" * 64)))
    production.is_refused()
    day = 25 * 3_600 * 10**6
    for wrong in (
        agreed(behind, ANNA, "eu.evil"), agreed(behind, ANNA, ANNA), agreed(behind, "uid 0", ""),
        agreed(behind._replace(newest=behind.newest - 1), ANNA, BEN),
        agreed(behind._replace(now=behind.now - day), ANNA, BEN),
        msgspec.structs.replace(two, over=False),
    ):  # fmt: skip
        kept._keep(wrong)
        production.is_refused()
    evil = text_of((Person(cast("Any", None), "evil").public, Person(cast("Any", None), "devil").public))
    operators = production.settings.identity_folder / "operators.toml"
    before = operators.read_bytes()
    operators.write_text(evil)
    kept._keep(agreed(behind, "eu.evil", "eu.devil"))
    production.is_refused()
    operators.write_bytes(before)
    kept._keep(two)
    production.starts().close()


def agreed(behind: Behind, by: str, second: str) -> Proposal:
    return Proposal(behind.now, GO_BACK, behind.on, "the battery", by, behind.sentences, "ab" * 32, confirmed=True,
                    over=True, second=second)  # fmt: skip


@pytest.fixture
def ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data of a node for development without an operator, whose newest leaf is an hour ahead."""
    real = time.time_ns
    with monkeypatch.context() as patched:
        patched.setattr(time, "time_ns", lambda: real() + HOUR_AHEAD)
        publish(tmp_path, [a_list("CL999")])
    identity_in(tmp_path)
    return tmp_path


def test_where_nobody_could_sign_in_one_user_does_it_and_the_leaf_says_so(
    ahead: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = read_settings(None, data=ahead)
    with pytest.raises(ClockWentBack):
        opened(settings)
    assert main(["timekeeping", "propose", "--reason", "leap", "--data", str(ahead)]) == 0
    core = opened(settings)
    try:
        ticked(core)
        assert "no operator is kept" in leaf_of_the_clock(core)
    finally:
        core.close()


def test_nothing_is_proposed_where_the_clock_is_not_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = read_settings(None, data=tmp_path)
    opened(settings).close()
    for words in (("propose", "--reason", "x"), ("open",)):
        assert main(["timekeeping", *words, "--data", str(tmp_path)]) == 2
        assert "not behind" in "".join(capsys.readouterr())


def checks(capsys: pytest.CaptureFixture[str], data: Path) -> dict[str, str]:
    main(["doctor", "--json", "--data", str(data), "--development"])
    return {each["check"]: each["text"] for each in json.loads(capsys.readouterr().out)["findings"]}


def test_the_doctor_says_that_a_start_would_be_refused(ahead: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "committed by" in checks(capsys, ahead)["store.clock"]


def test_a_log_that_was_dated_back_is_found_by_doctor_inspection_and_evidence(
    ahead: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Its operator takes away what the owner remembers, so that the node starts by the clock that was set back."""
    store = discovery.open_store(read_settings(None, data=ahead).store_address)
    key, epoch = keys.space(keys.OWNER, 0), store.take(0)
    (raw,) = store.read([key])
    assert raw is not None
    batch = Batch()
    batch.put[key] = OWNER.write(msgspec.structs.replace(OWNER.read(raw), committed=0))
    store.apply(batch, 0, epoch)
    store.close()
    publish(ahead, [a_list("CL998")])
    assert "was committed before the leaf that it follows" in checks(capsys, ahead)["store.instants"]
    assert main(["audit", "inspect", "--data", str(ahead)]) == 1
    assert "committed before the leaf" in capsys.readouterr().out
    file = tmp_path / "evidence.json"
    with discovery.reading(read_settings(None, data=ahead).store_address) as reader:
        rows = [(place, JOURNAL.read(row)) for place, row in reader.scan_log(Log.JOURNAL, 0, 1 << 48, 1000)]
    back = next(place for (_, before), (place, row) in pairwise(rows) if row.committed < before.committed)
    assert main(["audit", "prove", f"{back:x}", "-o", str(file), "--data", str(ahead)]) == 0
    of_the_log = json.loads(file.read_bytes())["key"]
    capsys.readouterr()
    assert main(["audit", "verify", str(file), "--key", of_the_log]) == 1
    assert "was committed before leaf" in capsys.readouterr().out
