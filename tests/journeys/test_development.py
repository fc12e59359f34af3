"""A node with an identity that it made for itself says so wherever one looks; another one does not."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from douane.configuration.ports import SystemIds
from douane.trust.development_identity import prepare
from tests.journeys.supervised import supervised


@pytest.mark.slow
@pytest.mark.parametrize("development", [True, False])
def test_a_node_says_whose_identity_it_has(development: bool, tmp_path: Path) -> None:
    authority = "Douane development" if development else "Union of the test"
    now, random = time.time_ns() // 1000, SystemIds().random
    prepare(tmp_path / "identity", now=now, random=random, authority=authority)
    (tmp_path / "data").mkdir()
    (tmp_path / "data").chmod(0o755)
    with supervised(tmp_path, development=development, platforms=["operations"]) as node:
        metrics = node.metrics()
    log = (tmp_path / "data" / "node.log").read_text()
    assert f"\ndouane_node_development {float(development)}\n" in metrics
    assert ('"node.development"' in log) == development
    assert any(line.startswith("development ") for line in node.said) == development
    for path in (tmp_path / "data").rglob("*"):  # as a service manager made the folder, what lies in it is closed
        assert path.stat().st_mode & 0o077 == 0, path
