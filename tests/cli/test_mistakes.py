"""Slips at the command line: each is answered in a line or two that name it, never by a traceback."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from douane.cli.architecture import circles
from douane.cli.main import main
from tests.cli.nodes import Printed, refused


@pytest.mark.parametrize(
    "call",
    [
        "run --config FILE", "partner check FILE", "as4 import FILE", "model diff FILE .",
        "retention preview --policy FILE", "reference import FILE --reason x",
    ],
)  # fmt: skip
def test_a_file_that_is_not_there_is_named(call: str, tmp_path: Path, capsys: Printed) -> None:
    file = tmp_path / "nothing"
    (tmp_path / "identity").mkdir()
    said = refused(capsys, *call.replace("FILE", str(file)).split())
    assert str(file) in said
    assert "rrno" not in said


@pytest.mark.parametrize("command", ["health", "certificate list"])
def test_a_folder_in_which_no_node_was_started_is_named(command: str, tmp_path: Path, capsys: Printed) -> None:
    said = refused(capsys, *command.split(), "--data", str(tmp_path))
    assert f"There is no identity in {tmp_path / 'identity'}." in said
    assert "--data" in said
    assert "rrno" not in said


@pytest.mark.parametrize("call", ["model export FILE"])
def test_a_file_that_cannot_be_written_is_named(call: str, tmp_path: Path, capsys: Printed) -> None:
    file = tmp_path / "no folder" / "file"
    assert f"{file}: No such file or directory." in refused(capsys, *call.split()[:-1], str(file))


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "file").touch()
    assert f"{tmp_path / 'file' / 'data'} cannot be made: {tmp_path / 'file'} is no folder." in refused(
        capsys, "run", "--development", "--data", str(tmp_path / "file" / "data")
    )


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("run --platform nowhere", "'nowhere' is not one of speed2, ccn2"),
        ("run --store mysql:x", "Known are: files, memory, postgresql, sqlite."),
        ("run --store rabbitmq:x", "There is no store for 'rabbitmq'."),
        ("availability --country Deutschland", "'Deutschland' is no country code; write DE"),
        ("statistics Deutschland 2026-11", "'Deutschland' is no country code; write DE"),
        ("statistics DE 2026-13", "'2026-13' is no month; write 2026-11"),
        ("impact gobbledygook", "List what there is: douane model show."),
        ("layout nonsense", "Send one of the 91 message types of NCTS phase 5."),
    ],
)
def test_a_wrong_word_is_named_with_what_to_write(call: str, said: str, capsys: Printed, tmp_path: Path) -> None:
    text = refused(capsys, *call.split(), *(["--data", str(tmp_path)] if call.startswith("run") else []))
    assert text.count(said) == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("timline 26FR", "douane knows no 'timline'. Did you mean 'timeline'?"),
        ("audit evidense 1", "douane audit knows no 'evidense'. Did you mean 'evidence'?"),
        ("run --role dors", "douane run knows no 'dors'. Did you mean 'doors'?"),
        ("qqqqqq", "douane knows no 'qqqqqq'. See douane --help."),
    ],
)
def test_a_mistyped_word_gets_a_guess_and_no_list(call: str, said: str, capsys: Printed) -> None:
    assert main(call.split()) == 2
    told = capsys.readouterr().err
    assert said in told
    assert len(told.splitlines()) == 1


def test_who_ends_a_command_is_told_that_it_ended(monkeypatch: pytest.MonkeyPatch, capsys: Printed) -> None:
    def interrupted(_name: str) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(circles, "run", interrupted)
    assert main(["circles"]) == 130
    assert capsys.readouterr().err.strip() == "douane: ended by Ctrl-C"
