"""One worker of two tries the next release under load, fails, and is taken back: no request fails, nothing is lost.

The next release writes what this one reads, so its partitions go back; its handler of one message raises. What it set
aside is named in the metrics, and is handled once the former release has the partitions again.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from crash.stored import scan
from douane.cli.main import main as command
from douane.runtime.store import keys
from douane.runtime.store.envelope import JOURNAL, SENT
from douane.runtime.store.ports import Log
from douane.trust.demo_registers import SAID
from douane.trust.development_identity import DevelopmentIdentity
from tests.journeys.balance import Balance, Caller, Script
from tests.journeys.releases import release
from tests.journeys.supervised import INSIDE, JSON, OFFICER, Supervised, registration
from tests.journeys.test_rolling import PARTITIONS, Callers, Roll, reading, waiting
from tests.services.postgresql import fresh_database, postgresql

__all__ = ["fresh_database", "postgresql"]

WRONG = {
    "douane.applications.guarantees.handlers.ledgers": (
        ('    """Open a ledger."""\n', '    """Open a ledger."""\n    raise ValueError("the canary")\n'),
    ),
    "douane.configuration.artefacts": (('importlib.metadata.version("douane")', '"9.9.9"'),),
}
CANARY = 1


def aside(worker: Supervised) -> float:
    """Messages that a worker has set aside, as its metrics say."""
    page = worker.metrics()
    families = text_string_to_metric_families(page)
    return sum(s.value for f in families for s in f.samples if s.name == "douane_quarantine_messages")


def running(roll: Roll, place: int) -> Supervised:
    """A worker with a client's view of it."""
    made = roll.worker(place)
    made.identity = DevelopmentIdentity(roll.folder / f"worker-{place}" / "identity")
    return made


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_canary_that_fails_is_taken_back_under_load(tmp_path: Path, fresh_database: str) -> None:
    callers = Callers()

    def sends() -> Script:
        yield from callers.sends("/guarantees/v1/register", registration, JSON, 0)

    with contextlib.ExitStack() as stack:
        roll = Roll(tmp_path, fresh_database, stack)
        for place in (0, CANARY):
            roll.worker(place)
        door = roll.door(1)
        load = Balance([Caller("ccn2", OFFICER, sends), Caller("ccn2", OFFICER, callers.collects)], [door])
        load.begin()
        load.more(40)
        name = f"worker-{CANARY}"
        roll.lives[name].close()
        roll.release = release(tmp_path / "next", WRONG)
        canary = running(roll, CANARY)
        load.more(60)
        canary.until(lambda: aside(canary) > 0)
        roll.lives[name].close()  # the way back: stop it, start the former release in its place
        roll.release = None
        load.more(30)
        back = running(roll, CANARY)
        load.more(30)
        load.end()
        assert load.faults == []
        for place in (0, CANARY):
            config = str(tmp_path / f"worker-{place}" / "douane.toml")
            command(["message", "replay", "--config", config, "--reason", "the former release handles it"])
        back.until(lambda: not waiting(fresh_database))
        door.process.kill()
    with reading(fresh_database) as reader:
        answered: dict[int, list[str]] = {}
        accepted: dict[str, int] = {}
        for partition in range(PARTITIONS):
            waits = keys.space(keys.WAIT, partition)
            assert not list(reader.scan(waits, keys.after(waits), 9)), "nothing is set aside any more"
            for position, raw in scan(reader, Log.JOURNAL, partition):
                row = JOURNAL.read(raw)
                if row.origin.platform not in INSIDE and not row.id.startswith(SAID):
                    accepted[f"{position:x}"] = row.subject
            for _, raw in scan(reader, Log.SENT, partition):
                sent = SENT.read(raw)
                answered.setdefault(sent.subject, []).append(sent.type)
    assert set(accepted) == set(callers.receipts), "each receipt is of one message, and there is no other"
    assert {tuple(answered[subject]) for subject in accepted.values()} == {("GuaranteeRegistered",)}
    assert len(set(callers.receipts)) == len(callers.receipts)
