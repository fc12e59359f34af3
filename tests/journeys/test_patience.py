"""A door whose core is away holds requests while its patience lasts, then says 503; nothing is half accepted."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

import pytest

from douane.runtime.store.ports import SECOND
from douane.runtime.upkeep.tenancy import TERM
from douane.shared_services.link.door_end import BEAT_SECONDS, PATIENCE
from douane.shared_services.link.workers import LONGEST_PATIENCE
from douane.trust.development_identity import DevelopmentIdentity
from tests.journeys.supervised import JSON, OFFICER, Supervised, accepted, registration, supervised


def test_by_default_a_door_waits_longer_than_a_worker_needs_to_take_over() -> None:
    """A frozen one: its lease lapses, and another worker looks within a quarter of the term after that."""
    assert LONGEST_PATIENCE > TERM / SECOND * 1.25
    assert 3 * BEAT_SECONDS < TERM / SECOND  # the door has hung up by then, and asks the other one
    assert PATIENCE < LONGEST_PATIENCE


def send(door: Supervised, own: str) -> tuple[int, str | None]:
    """The status of a registration under an identification of its own, and when to send it again."""
    connection = door.client("ccn2", OFFICER).connection()
    connection.timeout = 100.0
    with contextlib.closing(connection):
        headers = JSON | {"message-id": own}
        connection.request("POST", "/guarantees/v1/register", registration(int(own.removeprefix("M"))), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("retry-after")


@pytest.mark.slow
def test_beyond_its_patience_a_door_answers_503_and_within_it_a_core_that_comes_back_takes_the_message(
    tmp_path: Path,
) -> None:
    link = f"unix:{tmp_path / 'link'}"

    def door(name: str, patience: int, links: list[str]) -> contextlib.AbstractContextManager[Supervised]:
        (tmp_path / name).mkdir()
        identity = str(tmp_path / "core" / "identity")
        return supervised(
            tmp_path / name, role="doors", platforms=["ccn2"], patience=patience, links=links, identity=identity
        )

    (tmp_path / "core").mkdir()
    with supervised(tmp_path / "core", role="core", platforms=[], links=[link]):
        pass
    with (
        door("impatient", 1, [link, f"unix:{tmp_path / 'nobody'}"]) as impatient,
        door("patient", 90, [link]) as patient,
    ):
        impatient.identity = patient.identity = DevelopmentIdentity(tmp_path / "core" / "identity")
        held: list[tuple[int, str | None]] = []
        waiting = threading.Thread(target=lambda: held.append(send(patient, "M1")))
        waiting.start()
        assert send(impatient, "M2") == (503, "1")
        assert held == []
        with supervised(tmp_path / "core", role="core", platforms=[], links=[link]):
            waiting.join(100)
            assert held == [(202, None)]
            assert accepted(tmp_path / "core") == {"M1": 1}
            assert send(impatient, "M2") == (202, None)
    assert accepted(tmp_path / "core") == {"M1": 1, "M2": 1}
