"""The harness itself: what fails makes it fail, and what it reads and writes is what the documentation says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import REPOSITORY
from tests.hostile.party import CannotBePlayed
from tests.one_view.__main__ import main
from tests.one_view.expected import Sheet
from tests.one_view.files import segments
from tests.one_view.messages import WAYS, arrival, declaration, grn, mrn
from tests.one_view.union import found
from tests.outside.door import Unexpected
from tools.briefs import NOT_PLAYED

RUN = "01234567"


def test_one_expectation_that_fails_makes_the_run_fail(capsys: pytest.CaptureFixture[str]) -> None:
    sheet = Sheet()
    assert sheet.told() == 1, "nothing was expected"
    assert sheet.expect("DE", "the state", "released", lambda: "released")
    assert sheet.told() == 0
    assert not sheet.expect("AT", "the state", "released", lambda: "rejected")
    assert sheet.told() == 1
    told = capsys.readouterr().out
    assert "PASS  DE  the state: released" in told
    assert "FAIL  AT  the state: expected released, got rejected" in told


def test_what_comes_later_is_waited_for_and_what_refuses_is_told() -> None:
    sheet, came = Sheet(), iter(("", "", "released"))

    def refused() -> str:
        raise Unexpected("the door refuses it with 403")

    assert sheet.expect("DE", "the state", "released", lambda: next(came), seconds=5)
    assert not sheet.expect("DE", "the state", "released", refused)
    assert sheet.rows[-1].got == "Unexpected: the door refuses it with 403"


def test_without_a_union_nothing_is_played(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CannotBePlayed):
        found(tmp_path)
    assert main(["--running", str(tmp_path)]) == NOT_PLAYED
    assert "not played" in capsys.readouterr().err


def test_a_file_is_parted_into_segments() -> None:
    text = "UNA:+.? 'UNB+UNOC:3+NTA.EU:ZZ'TOP+1+LRN-1'CPE+2+O?'Hara ?+ Co'"
    assert segments(text)[1:] == [["TOP", "1", "LRN-1"], ["CPE", "2", "O'Hara + Co"]]


def test_it_runs_where_the_product_cannot_be_imported(tmp_path: Path) -> None:
    """A package of that name that cannot be imported stands in the way of ours."""
    (tmp_path / "douane").mkdir()
    (tmp_path / "douane" / "__init__.py").write_text("raise SystemExit('the product was imported')\n")
    done = subprocess.run(
        [sys.executable, "-m", "tests.one_view", "--help"], cwd=REPOSITORY, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "--running" in done.stdout


@pytest.mark.parametrize("code", WAYS)
def test_what_is_sent_is_a_message_of_the_family(code: str) -> None:
    from douane.standards.ncts import phase5

    way = WAYS[code]
    sent = phase5.read(declaration(way, "LRN-1", grn(code, RUN)).encode())
    assert isinstance(sent, phase5.CC015C)
    assert phase5.check(sent) == ()
    assert (sent.message_recipient, sent.transit_operation.lrn) == (f"NTA.{code}", "LRN-1")
    offices = [each.reference_number for each in sent.customs_office_of_transit_declared]
    assert (sent.customs_office_of_departure.reference_number, *offices) == (way.departure, *way.transit)
    told = phase5.read(arrival(mrn(code, RUN), "AT100000", "M-1").encode())
    assert phase5.check(told) == ()
