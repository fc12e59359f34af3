"""The page of the command line is current, and every command has what it needs."""

from __future__ import annotations

import pytest

from douane.cli.main import COMMANDS
from tests.cli.nodes import Printed, refused, said
from tools import cli_pages


def test_the_page_is_current() -> None:
    current = cli_pages.PAGE.read_text(encoding="utf-8") == cli_pages.page()
    assert current, "run: PYTHONPATH=src:. .venv/bin/python -m tools.cli_pages"


def test_every_recorded_output_belongs_to_a_command() -> None:
    page = cli_pages.page()
    for command in cli_pages.RECORDED:
        assert f"douane {command}\n" in page


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: Printed) -> None:
    assert f"usage: douane {command}" in said(capsys, command, "--help")
    assert "usage: douane" in refused(capsys, command, "--no-such-option")


def test_without_a_command_the_commands_are_listed(capsys: Printed) -> None:
    text = said(capsys, code=2)
    for command in COMMANDS:
        assert command in text
