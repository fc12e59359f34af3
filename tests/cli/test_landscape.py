"""A snapshot of an administration through the command: taken over, refused without a trace but in the audit log."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from douane.configuration.ports import SystemIds
from douane.configuration.registry import Registry
from douane.configuration.settings import NodeSettings
from douane.model.discovery import services
from douane.reference_architecture.landscape import Held
from douane.runtime.catalogue.catalogue import Catalogue
from douane.supervision.operating.landscapes import FOLDER, NodeLandscape, kept
from douane.supervision.operating.reading import FOLDER as NOTES
from douane.trust.development_identity import DevelopmentIdentity, prepare
from tests.cli.nodes import Printed, answer, refused, said

CSV = "function,held,of,operations\ntransit,own,,30\nguarantees,shared,FR,4\nAuction,market,,2\n"


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIdentity:
    return prepare(tmp_path_factory.mktemp("node") / "identity", now=time.time_ns() // 1000, random=SystemIds().random)


def fresh(identity: DevelopmentIdentity, tmp_path: Path) -> Path:
    """A data folder of its own with that identity."""
    data = tmp_path / "node"
    data.mkdir(mode=0o700)
    (data / "identity").symlink_to(identity.folder, target_is_directory=True)
    return data


def signed(capsys: Printed, identity: DevelopmentIdentity, tmp_path: Path, number: int, *, by: str = "be.system",
           of: str = "BE") -> Path:  # fmt: skip
    table, out, files = tmp_path / "held.csv", tmp_path / f"{of}-{number}.jws", identity.client(by)
    table.write_text(CSV)
    told = answer(
        capsys, "architecture", "snapshot", str(table), "--administration", of, "--number", str(number), "--key",
        str(files.key), "--certificate", str(files.certificate), "--out", str(out), "--taken", "2026-11-20",
    )  # fmt: skip
    assert told == {"file": str(out), "functions": 3}
    return out


def notes(data: Path) -> list[str]:
    """What was noted for the audit log."""
    found = [msgspec.json.decode(each.read_bytes()) for each in sorted((data / NOTES).glob("*.json"))]
    return [each["operation"] for each in found]


def test_snapshots_are_taken_over_in_their_order_and_from_nobody_else(
    capsys: Printed, identity: DevelopmentIdentity, tmp_path: Path
) -> None:
    data = fresh(identity, tmp_path)
    node = ("--data", str(data))
    fourth = signed(capsys, identity, tmp_path, 4)
    assert answer(capsys, "architecture", "import", str(fourth), *node)["number"] == 4
    older = signed(capsys, identity, tmp_path, 3)
    others = signed(capsys, identity, tmp_path, 9, by="it.system")
    officer = signed(capsys, identity, tmp_path, 8, by="fr.officer", of="FR")
    broken = tmp_path / "broken.jws"
    broken.write_bytes(fourth.read_bytes().replace(b".", b".A", 1))
    for file, why in (
        (fourth, "is not newer than 4"), (older, "is not newer than 4"), (others, "who does not speak for it"),
        (officer, "who does not speak for it"), (broken, "does not hold"), (tmp_path / "held.csv.jws", "No such file"),
    ):  # fmt: skip
        text = refused(capsys, "architecture", "import", str(file), *node)
        assert why in text
        assert str(file) in text
    assert [(each.administration, each.number) for each in kept(data).values()] == [("BE", 4)]
    assert [each.name for each in (data / FOLDER).iterdir()] == ["BE.jws"]
    told = [each for each in notes(data) if each.startswith("architecture.snapshot")]
    assert sorted(told) == ["architecture.snapshot refused"] * 5 + ["architecture.snapshot taken"]


def test_the_list_of_a_national_system_meets_what_others_declared(
    capsys: Printed, identity: DevelopmentIdentity, tmp_path: Path
) -> None:
    data = fresh(identity, tmp_path)
    said(capsys, "architecture", "import", str(signed(capsys, identity, tmp_path, 4)), "--data", str(data))
    list_ = tmp_path / "functions.csv"
    list_.write_text("function,service\nVersand,transit\nAuction,\nWine,\n")
    node = ("--data", str(data))
    found = answer(capsys, "architecture", "import", str(list_), *node)
    assert [(each["function"], each["verdict"], each["with"]) for each in found] == [
        ("Versand", "counterpart", ["service:transit"]), ("Auction", "could be shared", ["BE"]), ("Wine", "unique", []),
    ]  # fmt: skip
    text = said(capsys, "architecture", "import", str(list_), *node)
    assert text.endswith("3 functions: 1 counterpart, 1 could be shared, 1 unique.\n")
    assert "two words" not in text
    list_.write_text("function,service\nAmend transit declaration,\n")
    assert "Matched by two words alone: 1 of them; that is a hint" in said(
        capsys, "architecture", "import", str(list_), *node
    )
    list_.write_text("function,service\nVersand\n")
    assert "line 2, list (F04)" in refused(capsys, "architecture", "import", str(list_), *node)


def test_who_is_live_comes_before_who_declared(capsys: Printed, identity: DevelopmentIdentity, tmp_path: Path) -> None:
    data = fresh(identity, tmp_path)
    said(capsys, "architecture", "import", str(signed(capsys, identity, tmp_path, 4)), "--data", str(data))
    settings = NodeSettings(data=data, elsewhere=frozenset({"DE"}))
    volume = {("FR", "transit"): 7, ("EU", "eori"): 3}
    providers = Registry(replace(settings, development=True), Catalogue(services())).providers
    columns = NodeLandscape(settings, services(), volume, lambda: pytest.fail("not asked"), providers).columns()
    assert [(each.administration, each.taken is None) for each in columns] == [
        ("DE", True), ("FR", True), ("BE", False),
    ]  # fmt: skip
    assert [each.live for each in columns] == [True, True, False]
    germany, france, _ = columns
    assert (france.holdings["transit"].held, france.holdings["transit"].volume) == (Held.CENTRAL, 7)
    assert (germany.holdings["transit"].held, germany.holdings["transit"].volume) == (Held.OWN, None)
    assert germany.holdings["eori"].held is Held.CENTRAL
    by_belgium: dict[str, tuple[str, ...]] = {"FR": ("BE", "")}
    chosen = NodeLandscape(
        settings, services(), volume, lambda: pytest.fail("not asked"), lambda whose, _: by_belgium.get(whose, ())
    )
    shared, unserved = ({each.administration: each for each in chosen.columns()}[code] for code in ("FR", "DE"))
    assert (shared.holdings["transit"].held, shared.holdings["transit"].of) == (Held.SHARED, "BE")
    assert "transit" not in unserved.holdings, "who chose nobody has no cell"
