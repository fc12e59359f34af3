"""What the codemod makes of flat declarations: the same, in groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools.codemods.groups import grouped, main

FLAT = '''from douane.author import command, query


class Orders:
    @command(
        Order, replies=(Taken,), by=(BUYER,), task="O-1",  # taken at once
        opens=number_of, legal=("art. 1",), requirements=("REQ-1",), fills=NEED, roles=(OWNER,),
    )  # fmt: skip
    def order(self):
        """Order."""

    @query(Asked, Told, by=(BUYER,), task="O-2", about=number_of, status=Status.PLANNED)
    def ask(self):
        """Ask."""
'''
GROUPED = '''from douane.author import Law, OfCase, When, Who, command, query


class Orders:
    @command(Order, replies=(Taken,), task="O-1", who=Who(by=(BUYER,), roles=(OWNER,)), law=Law(legal=("art. 1",), \
requirements=("REQ-1",)), case=OfCase(opens=number_of), fills=NEED)
    def order(self):
        """Order."""

    @query(Asked, Told, task="O-2", who=Who(by=(BUYER,)), when=When(status=Status.PLANNED), about=number_of)
    def ask(self):
        """Ask."""
'''


def test_a_flat_declaration_is_grouped_and_what_was_said_beside_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "contract.py"
    path.write_text(FLAT)
    assert main([str(tmp_path)]) == 0
    assert path.read_text() == GROUPED
    assert capsys.readouterr().out == f"{path}\n  # taken at once\n"


def test_what_is_grouped_stays() -> None:
    assert grouped(GROUPED) == (GROUPED, frozenset(), [])


def test_blocks_of_documents_are_grouped(tmp_path: Path) -> None:
    path = tmp_path / "words.md"
    path.write_text(f"Say:\n\n```python\n{FLAT}```\n\nand `@command(by=...)`.\n")
    assert main([str(path)]) == 0
    assert "who=Who(by=(BUYER,), roles=(OWNER,))" in path.read_text()
    assert path.read_text().endswith("and `@command(by=...)`.\n")
