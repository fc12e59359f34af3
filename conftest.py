"""For every test: what it writes is for its own user, as every command has it; a node refuses what others may read.

A test that fails is named at once, with its reason in one line: a run takes half an hour, and what failed early can be
mended beside it.

``--proof FILE`` writes what a run of tests proves: commit, hash of the model, and the outcome of every test. A run that
did not come to its end proves nothing.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from douane.cli.main import PRIVATE
from tests.sharing import pytest_xdist_make_scheduler  # noqa: F401 - a hook: it spreads tests over processes

os.umask(PRIVATE)
settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # however busy
settings.load_profile("busy")
_outcomes: dict[str, str] = {}
_tell: list[Callable[[str], None]] = []
"""How to write a line to whoever started the run; nothing in a process that runs tests for another one."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that asks for the proof."""
    parser.addoption("--proof", metavar="FILE", default="", help="write commit, model and the outcome of each test")


def pytest_sessionstart(session: pytest.Session) -> None:
    """Learn where lines go."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and not hasattr(session.config, "workerinput"):
        _tell[:] = [reporter.write_line]


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the worst that is said of a test: its setting up and its end count too."""
    if report.when == "call" or report.outcome != "passed":
        known = _outcomes.get(report.nodeid)
        _outcomes[report.nodeid] = "failed" if "failed" in (known, report.outcome) else report.outcome
    if report.failed:
        crash = getattr(report.longrepr, "reprcrash", None)
        said = crash.message if crash is not None else report.longreprtext
        for tell in _tell:
            tell(f"\n{report.when} of {report.nodeid} failed: {said.strip().partition(chr(10))[0]}")


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Keep what is left out whole: a file whose tests need what is not there."""
    if report.outcome == "skipped":
        _outcomes[report.nodeid] = report.outcome


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Write the proof, once, where all reports come together."""
    file = session.config.getoption("--proof")
    ended = exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED)
    if not file or not ended or hasattr(session.config, "workerinput"):
        return
    import msgspec

    from douane.reference_architecture.installed import installed_model
    from douane.reference_architecture.proof import Proof

    asked = ["git", "rev-parse", "HEAD"]
    try:
        done = subprocess.run(  # noqa: S603 - nothing of it comes from outside
            asked, cwd=session.config.rootpath, capture_output=True, text=True, check=False
        )
        commit = done.stdout.strip()
    except OSError:
        commit = ""
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    Path(file).write_bytes(msgspec.json.encode(Proof(commit, installed_model().hash, _outcomes)))
