"""What lies about a node is served by no door: it serves what it declares, and lists nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.model.circles import Platform
from tests.journeys.standing import Standing, identity_in, standing

AT = {Platform.SPEED2: "trader.fr.lesquin", Platform.CCN2: "fr.officer", Platform.UUMDS: "", Platform.OPERATIONS: ""}
"""The doors of the web, each with a client that it lets in; nobody where anybody may ask."""
LIES_ABOUT = (
    "/.git/config", "/.git/HEAD", "/payloads/1+1", "/lodged/x", "/identity/clients.toml", "/douane.toml", "/node.log",
    "/archive/x", "/store.sqlite", "/../identity/clients.toml", "/console/lists/x",
)  # fmt: skip
FOLDERS = ("/", "/payloads/", "/transit/", "/v1/", "/lodged/", "/.git/")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("doors")
    with standing(folder, identity_in(folder)) as made:
        yield made


@pytest.mark.parametrize("platform", AT, ids=lambda each: each.value)
def test_a_door_serves_what_is_declared_and_nothing_that_lies_about(node: Standing, platform: Platform) -> None:
    client = node.client(platform.value, AT[platform])
    answers = {path: client.ask("GET", path).status for path in LIES_ABOUT}
    assert set(answers.values()) <= {400, 404}, answers


@pytest.mark.parametrize("platform", AT, ids=lambda each: each.value)
def test_a_door_lists_nothing(node: Standing, platform: Platform) -> None:
    client = node.client(platform.value, AT[platform])
    answers = {path: client.ask("GET", path).status for path in FOLDERS}
    assert set(answers.values()) == {404}, answers
