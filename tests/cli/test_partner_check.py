"""``douane partner check`` and the start of a node say what could never work, before a message has to find it out."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.assembly.core import make_core
from douane.cli.main import main
from douane.configuration.partners import FILE
from douane.configuration.settings import read_settings
from douane.vocabulary.errors import DeclarationFault

AGREEMENT = """
[[partner]]
party = "FR41234567800015"
title = "Transports Vauban"
basis = "consent of 2026-03-01"
protocol = "webhook"
address = "%s"
"""
NEVER = [
    "ftp://customs.vauban.example/", "http://127.0.0.1:18470/douane", "http://customs.vauban.example/",
    "https://127.0.0.1:18470/douane", "https://[64:ff9b::7f00:1]/", "https://2130706433/", "https://localhost/douane",
]  # fmt: skip


@pytest.mark.parametrize("address", NEVER)
def test_an_address_that_could_never_be_called_is_told_and_ends_the_start(
    tmp_path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / FILE
    file.write_text(AGREEMENT % address)
    assert main(["partner", "check", str(file)]) != 0
    said = capsys.readouterr().err
    assert "FR41234567800015" in said
    assert "Traceback" not in said
    with pytest.raises(DeclarationFault, match="FR41234567800015"):
        make_core(read_settings(data=tmp_path, store="memory:"), ended=lambda problem: None)


def test_a_sound_agreement_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / FILE
    file.write_text(AGREEMENT % "https://customs.vauban.example/douane")
    assert main(["partner", "check", str(file)]) == 0
    assert "customs.vauban.example" in capsys.readouterr().out
