"""What holds by its digest is renewed by the commands of docs/four-eyes.md, and by no edit: of each followed file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from douane.cli.main import main
from douane.supervision.operating.holding import followed
from douane.trust.holding import Holding
from douane.vocabulary.errors import DeclarationFault
from tests.agreeing import PROPOSER, agree_in
from tests.contracts.test_acts import WEBHOOK
from tests.journeys.standing import Standing, identity_in, standing

PROVIDER = (
    '[[provider]]\ncountry = "SE"\ntitle = "Sweden"\nissuer = "https://id.example"\nclient_id = "d"\nsecret = "%s"\n'
)
COMMANDS = {"clients.toml": "client", "providers.toml": "provider", "partners.toml": "partner"}
"""By which command each followed file is renewed; that of operators in the console."""


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("renewing")
    identity = identity_in(folder)
    (folder / "partners.toml").write_text(WEBHOOK)
    (identity.folder / "providers.toml").write_text(PROVIDER % "former")
    with standing(folder, identity) as made:
        yield made


def test_every_followed_file_has_its_way(node: Standing) -> None:
    names = {path.name for path in followed(node.identity.folder.parent, node.identity.folder)}
    assert names == {*COMMANDS, "operators.toml"}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_is_renewed_by_two_and_an_edit_is_none(
    node: Standing, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data = node.identity.folder.parent
    path = next(each for each in followed(data, node.identity.folder) if each.name == name)
    holding = Holding(data, needed=True)  # as a door in production judges it
    holding.must_hold(path)
    before, file = path.read_text(), tmp_path / name
    file.write_text(before.replace("former", "newer") + "# renewed\n")
    command = [COMMANDS[name], "replace", str(file), "--reason", "it is renewed", "--as", PROPOSER, "--data", str(data)]
    assert main(command) == 0
    assert f"{PROPOSER} has to confirm it" in capsys.readouterr().out
    assert path.read_text() == before
    assert [each.state for each in agree_in(node)] == ["proposed", "replaced"]
    assert path.read_text() == file.read_text()
    Holding(data, needed=True).must_hold(path)
    path.write_text(before)  # also what held once holds no more
    with pytest.raises(DeclarationFault, match="two persons know"):
        Holding(data, needed=True).must_hold(path)
    lodged = {each.read_text(errors="replace") for each in (data / "lodged").iterdir()}
    assert {before, file.read_text()} <= lodged, "what was approved is there to be put back"
    path.write_text(file.read_text())
    Holding(data, needed=True).must_hold(path)


def test_the_providers_are_listed_without_their_secret(node: Standing, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["provider", "list", "--data", str(node.identity.folder.parent)]) == 0
    said = capsys.readouterr().out
    assert "https://id.example" in said
    assert "newer" not in said
