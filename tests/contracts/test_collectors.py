"""Who is silent: judged by signs of life, what waits and what was agreed. Whoever may read when he likes never is."""

from __future__ import annotations

from pathlib import Path

import pytest

from douane.backends.memory.backend import MemoryStore
from douane.configuration.settings import NodeSettings
from douane.model.circles import ActorKind
from douane.platforms.speed2.agreements import Agreements, read
from douane.runtime.catalogue.catalogue import Catalogue
from douane.runtime.delivery.collecting import CONFIRMS, FORGOTTEN, WITHIN, Collects, collectors
from douane.runtime.door.link import Reader
from douane.runtime.observing.presence import GONE_AFTER, Present
from douane.runtime.observing.signs import Collector, Sign, Signs
from douane.runtime.store import keys
from douane.runtime.store.envelope import SENT
from douane.runtime.store.ports import SECOND, Batch, Instant, Log
from douane.supervision.observing import Keeper, observing
from douane.supervision.seen.silence import of_folder, said, watched
from douane.supervision.telemetry import Telemetry
from douane.vocabulary.errors import DeclarationFault
from tests.callers import caller, sent_row
from tests.contracts import toy

BEGAN: Instant = 1_795_000_000 * SECOND
DE, PARTNER = Collects("NTA.DE", "DE"), Collects("FR41", "FR41", 600 * SECOND, has_nodes=False)
AGREED = """
[[partner]]
party = "FR41"
title = "Transports Vauban"
basis = "consent"
collects_within = 600

[[partner]]
party = "FR42"
title = "reads when it likes"
basis = "consent"
collects_within = 0

[[partner]]
party = "FR43"
title = "is pushed"
basis = "consent"
protocol = "webhook"
address = "https://customs.vauban.example/douane"
"""


def waiting(store: MemoryStore, party: str, *, at: Instant, number: int = 1, case: int = 7) -> None:
    """A message of a case waits for a party."""
    batch = Batch()
    batch.put[keys.INBOX + keys.u16(0) + keys.text(party) + keys.u64(number)] = b""
    batch.append(Log.SENT, number, SENT.write(sent_row(party, at=at, subject=case)))
    store.apply(batch, 0, store.epoch(0))


def made() -> MemoryStore:
    store = MemoryStore(toy.Clock())
    store.take(0)
    return store


def judged(store: MemoryStore, who: Collects, signs: Signs, now: Instant, absent: str = "") -> Collector | None:
    found = collectors(store, [0], [who], signs, now, lambda name, _now: name == absent)
    return found[0] if found else None


def sign(store: MemoryStore, who: Collects, signs: Signs, now: Instant, absent: str = "") -> Sign | None:
    found = judged(store, who, signs, now, absent)
    return found.sign if found is not None else None


def test_who_lets_a_message_wait_and_gives_no_sign_is_silent_since_its_last_one() -> None:
    store, heard = made(), BEGAN + 10 * SECOND
    signs = Signs(BEGAN, {"DE": heard})
    for number in (1, 2, 3):
        waiting(store, "NTA.DE", at=heard + number * SECOND, number=number, case=70 + number % 2)
    assert sign(store, DE, signs, heard + WITHIN) is Sign.COLLECTS, "it may be on its way"
    found = judged(store, DE, signs, heard + WITHIN + 2 * SECOND)
    assert found is not None
    assert (found.sign, found.since, found.waiting, found.oldest) == (Sign.SILENT, heard, 3, heard + SECOND)
    assert (found.cases, found.places, found.first) == ((71, 70), (1, 2, 3), 1)
    assert said(found).startswith("DE, silent since 20")
    assert said(found).endswith(", 3 messages, 2 cases")


def test_who_takes_one_after_the_other_is_slow_and_not_silent() -> None:
    store, now = made(), BEGAN + 1000 * SECOND
    waiting(store, "NTA.DE", at=BEGAN + SECOND)
    signs = Signs(BEGAN, {"DE": BEGAN}, {"NTA.DE": now - WITHIN}, {"NTA.DE": now - WITHIN})
    assert sign(store, DE, signs, now) is Sign.COLLECTS
    assert sign(store, DE, signs, now + 1) is Sign.SILENT, "its node may say that it is there as often as it likes"


def test_who_reads_and_confirms_nothing_is_silent_since_it_last_confirmed() -> None:
    """Its program asks all the time and gets the same messages: a sign of life, and no work done."""
    store, now = made(), BEGAN + 1000 * SECOND
    waiting(store, "NTA.DE", at=BEGAN + SECOND)
    last = now - CONFIRMS * WITHIN
    signs = Signs(BEGAN, {"DE": now}, {"NTA.DE": now}, {"NTA.DE": last})
    assert sign(store, DE, signs, now) is Sign.COLLECTS, "it may have much to do with what it took last"
    found = judged(store, DE, signs, now + 1)
    assert found is not None
    assert (found.sign, found.reads, found.since, found.cases) == (Sign.SILENT, True, last, (7,))
    assert said(found).startswith("DE, reads and confirms nothing since 20")
    assert sign(store, DE, Signs(last, {}, {"NTA.DE": now}), now) is Sign.COLLECTS, "nobody listened before"
    gone = judged(store, DE, signs, now + WITHIN + 1)
    assert gone is not None
    assert (gone.sign, gone.reads, gone.since) == (Sign.SILENT, False, now), "then it does not even read"


def test_a_node_that_has_just_begun_to_listen_accuses_nobody() -> None:
    store, now = made(), BEGAN + 1000 * SECOND
    waiting(store, "NTA.DE", at=BEGAN)
    assert sign(store, DE, Signs(now - WITHIN, {"DE": BEGAN}), now) is Sign.COLLECTS
    assert sign(store, DE, Signs(now - WITHIN - 1, {"DE": BEGAN}), now) is Sign.SILENT


def test_who_said_that_it_would_be_away_is_not_silent() -> None:
    store, now = made(), BEGAN + 1000 * SECOND
    signs = Signs(BEGAN, {"DE": BEGAN})
    assert sign(store, DE, signs, now, absent="DE") is Sign.ANNOUNCED
    waiting(store, "NTA.DE", at=BEGAN)
    assert sign(store, DE, signs, now, absent="DE") is Sign.ANNOUNCED
    assert sign(store, DE, signs, now, absent="AT") is Sign.SILENT


def test_a_node_that_is_not_heard_is_missed_for_a_week() -> None:
    store, signs = made(), Signs(BEGAN, {"DE": BEGAN})
    assert sign(store, DE, signs, BEGAN + GONE_AFTER) is Sign.COLLECTS
    assert sign(store, DE, signs, BEGAN + GONE_AFTER + 1) is Sign.AWAY
    assert sign(store, DE, signs, BEGAN + FORGOTTEN + 1) is None
    waiting(store, "NTA.DE", at=BEGAN)
    assert sign(store, DE, signs, BEGAN + FORGOTTEN + 1) is Sign.SILENT


def test_a_partner_has_the_time_that_was_agreed() -> None:
    store, signs = made(), Signs(BEGAN)
    waiting(store, "FR41", at=BEGAN + SECOND)
    assert sign(store, PARTNER, signs, BEGAN + 601 * SECOND) is Sign.COLLECTS
    found = judged(store, PARTNER, signs, BEGAN + 601 * SECOND + 1)
    assert found is not None
    assert (found.sign, found.seen, found.since) == (Sign.SILENT, 0, BEGAN + SECOND)


def test_watched_is_who_has_nodes_elsewhere_or_agreed_to_collect_and_nobody_else(tmp_path: Path) -> None:
    settings = NodeSettings(name="centre", data=tmp_path, administrations=frozenset({"EU", "FR"}))
    signs = Signs(BEGAN, {"EU": BEGAN, "FR": BEGAN, "DE": BEGAN}, {"NTA.BE": BEGAN, "FR44": BEGAN})
    assert [each.party for each in watched(settings, read(AGREED), signs)] == ["NTA.DE", "FR41"]
    assert watched(settings, Agreements(), Signs(BEGAN)) == []


@pytest.mark.parametrize("wrong", ["-1", "2592001", "1.5", '"600"'])
def test_how_long_a_partner_has_is_a_number_of_seconds(wrong: str) -> None:
    with pytest.raises(DeclarationFault, match="collects_within"):
        read(AGREED.replace("collects_within = 600", f"collects_within = {wrong}"))


def keeping(folder: Path, clock: toy.Clock) -> Keeper:
    settings = NodeSettings(name="centre", data=folder, store="sqlite:x")
    telemetry = Telemetry(Catalogue([]), clock, folder / "node.log")
    return observing(settings, clock, made(), lambda: read(AGREED), telemetry)


def test_signs_are_kept_over_a_restart_and_told_to_commands_beside_the_node(tmp_path: Path) -> None:
    clock = toy.Clock()
    keeper = keeping(tmp_path, clock)
    keeper.observed.hear(Present("DE", "de", "host", "0.1.0", "", ()), clock.now())
    keeper.observed.leave("AT", "at", clock.now())
    for name in ("FR41", "FR44"):
        keeper.collects(Reader(caller(ActorKind.TRADER, name), roles=frozenset({"inbox"})))
        keeper.takes(Reader(caller(ActorKind.TRADER, name), roles=frozenset({"inbox"})))
    keeper.keep()
    again = keeping(tmp_path, clock).observed.signs
    assert set(again.confirmed) == {"FR41"}
    assert set(again.heard) == {"DE", "AT"}, "taking leave is a sign of life, too"
    assert set(again.collected) == {"FR41"}, "of whom nothing was agreed nothing is kept"


def test_a_command_beside_a_node_that_does_not_run_accuses_nobody_of_the_time_since(tmp_path: Path) -> None:
    clock = toy.Clock()
    keeper = keeping(tmp_path, clock)
    keeper.observed.hear(Present("DE", "de", "host", "0.1.0", "", ()), clock.now())
    keeper.keep()
    settings = NodeSettings(name="centre", data=tmp_path, store="sqlite:x")
    store = toy.Node(MemoryStore(clock)).store
    unread: list[DeclarationFault] = []
    (found,) = of_folder(settings, store, clock.now() + 100 * 24 * 3600 * SECOND, unread.append)
    assert found.sign is Sign.COLLECTS
    assert not unread
    # agreements that cannot be read hide nobody else, and it is said
    (tmp_path / "partners.toml").write_text("[[partner")
    (again,) = of_folder(settings, store, clock.now(), unread.append)
    assert again.name == found.name
    assert ["is not TOML" in each.text for each in unread] == [True]
