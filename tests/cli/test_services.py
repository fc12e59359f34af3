"""The registry of the bus from the command line: what the store of a node holds, and who was seen there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from douane.applications.service_bus.messages.registry import ConsumerRequest
from douane.applications.service_bus.tests.bus import Bus, naming, permits
from douane.backends.sqlite.backend import SqliteStore
from tests.cli.nodes import Printed, answer, refused, said


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The data folder of a centre on which Germany offers a service that France asked for."""
    folder = tmp_path_factory.mktemp("centre")
    (folder / "store").mkdir()
    store = SqliteStore(str(folder / "store" / "node.db"))
    bus = Bus(store=store)  # type: ignore[arg-type]  # any store serves an office
    offer = bus.offered(permits(address="https://de.example/permits"))
    bus.tell("FR", ConsumerRequest(**naming(offer)))
    yield str(folder)
    store.close()


def test_the_list_holds_the_services_of_the_centre_and_of_administrations(capsys: Printed, data: str) -> None:
    names = [f"{each['service']}/v{each['version']}" for each in answer(capsys, "services", "list", "--data", data)]
    assert {"permits/v1", "transit/v1", "eori/v1"} <= set(names)
    assert names == sorted(names)
    assert "permits/v1" in said(capsys, "services", "list", "--data", data)


def test_an_entry_names_providers_consumers_and_who_was_seen(capsys: Printed, data: str) -> None:
    entry = answer(capsys, "services", "show", "permits/v1", "--data", data)
    assert entry["providers"][0]["address"] == "https://de.example/permits"
    assert [(c["name"], c["state"]) for c in entry["consumers"]] == [("FR", "asked")]
    told = said(capsys, "services", "show", "permits/v1", "--data", data)
    assert "/services/permits/v1/check" in told
    assert "FR" in told


@pytest.mark.parametrize("name", ["permits/v7", "permits", "nothing/v1"])
def test_an_unknown_version_is_refused(capsys: Printed, data: str, name: str) -> None:
    assert "version" in refused(capsys, "services", "show", name, "--data", data)
