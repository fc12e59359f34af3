"""An access point's folder is judged when it is read: what could never be served ends the start, by name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from douane.cli.main import main
from douane.configuration.access_point import access_point
from douane.configuration.discovery import services
from douane.configuration.ports import SystemClock
from douane.runtime.catalogue.catalogue import Catalogue
from douane.vocabulary.errors import DeclarationFault
from tests.as4.test_node import FILE, TRADER, prepared, write

PUSHED = FILE + 'address = "https://as4.vauban.example/msh"\n'


def point(folder: Path) -> object:
    return access_point(folder, Catalogue(services()), SystemClock(), sweep=False)


def test_a_folder_with_all_that_its_agreements_need(tmp_path: Path) -> None:
    assert point(prepared(tmp_path, PUSHED)) is not None


def file(old: str, new: str) -> Callable[[Path], object]:
    return lambda folder: (folder / "as4.toml").write_text(PUSHED.replace(old, new))


def removed(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def written(name: str, text: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_text(text)


PARTNER = f"partners/{TRADER}/encryption.pem"
BROKEN: list[tuple[Callable[[Path], object], str]] = [
    (removed(PARTNER), "has no certificate for"),
    (lambda folder: write(folder / "partners" / TRADER, "rsa-trader", "encryption"), "has no certificate for"),
    (written(PARTNER, "nothing"), "is no certificate"),
    (removed("own/customs.pem"), "no own certificate that signs"),
    (removed("own/customs.key"), "is no key"),
    (written("own/customs.key", "nothing"), "is no key"),
    (lambda folder: (folder / "own/customs.pem").write_bytes((folder / PARTNER).read_bytes()), "is not the key of"),
    (file("https://as4.vauban.example/msh", "ftp://as4.vauban.example/msh"), "address"),
    (file("https://as4.vauban.example/msh", "https://0x7f.1/msh"), "address"),
    (file('profile = "2.0"', 'profile = "2.0"\nlargest = -1'), "largest"),
    (file('profile = "2.0"', 'profile = "2.0"\nlargest = 99999999999999'), "largest"),
    (file('profile = "2.0"', 'profile = "2.0"\nlargest = "9"'), "largest is a whole number"),
    (file('profile = "2.0"', "profile = 2.0"), "profile is a text"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "says"), BROKEN)
def test_what_could_never_be_served_is_named(
    tmp_path: Path, change: Callable[[Path], object], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(tmp_path, PUSHED)
    change(tmp_path / "as4")
    with pytest.raises(DeclarationFault, match=says):
        point(tmp_path)
    assert main(["as4", "legs", "--data", str(tmp_path)]) != 0
    assert "Traceback" not in capsys.readouterr().err
