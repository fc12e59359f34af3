"""The inspection finds every way to touch a stored log."""

import random
from collections.abc import Sequence
from hashlib import sha256

import pytest

from douane.shared_services.auditing.inspection import Finding, inspect
from douane.shared_services.auditing.log import AuditLog, State, head_key, slice_key
from douane.standards.transparency_log.note import Signer

SIGNER = Signer.from_seed("customs.example/douane/log1", bytes(range(32)))
Store = dict[bytes, bytes]
LEAVES = [sha256(str(n).encode()).digest() for n in range(66_000)]


@pytest.fixture(scope="module")
def sound() -> Store:
    log, state = AuditLog(SIGNER), State()
    store: Store = {}
    for first in range(0, len(LEAVES), 5_000):
        tick = log.extend(state, LEAVES[first : first + 5_000], first + 1)
        assert tick is not None
        store.update(tick.writes)
        state = tick.state
    return store


def findings(store: Store, leaves: Sequence[bytes] | None = None) -> list[Finding]:
    def read(keys: Sequence[bytes]) -> list[bytes | None]:
        return [store.get(key) for key in keys]

    return list(inspect(read, SIGNER.key.name, SIGNER.key, leaves=leaves))


def test_a_sound_log_has_no_findings(sound: Store) -> None:
    assert findings(sound, LEAVES) == []
    assert findings({}) == []
    assert findings({}, []) == []


def test_every_changed_or_lost_slice_is_found(sound: Store) -> None:
    rng = random.Random(13)
    keys = [*rng.sample([key for key in sound if key[:1] == b"t"], 3), slice_key(b"", 1, 8), slice_key(b"", 2, 0)]
    for key in keys:
        at = rng.randrange(len(sound[key]))
        changed = sound[key][:at] + bytes([sound[key][at] ^ 1]) + sound[key][at + 1 :]
        assert findings(sound | {key: changed})
        assert findings({k: v for k, v in sound.items() if k != key})


def test_exchanged_tiles_are_found(sound: Store) -> None:
    swapped = dict(sound)
    for part in range(8):
        one, two = slice_key(b"", 0, part), slice_key(b"", 0, 8 + part)
        swapped[one], swapped[two] = sound[two], sound[one]
    assert [each.where for each in findings(swapped)] == ["tile/0/000", "tile/0/001"]


def test_a_checkpoint_of_another_state_or_key_is_found(sound: Store) -> None:
    short = AuditLog(SIGNER).extend(State(), LEAVES[:100], 1)
    other = AuditLog(Signer.from_seed(SIGNER.key.name, bytes(32))).extend(State(), LEAVES, 1)
    forked = AuditLog(SIGNER).extend(State(), [*LEAVES[:-1], bytes(32)], 1)
    assert short is not None
    assert other is not None
    assert forked is not None
    assert findings(sound | {head_key(b""): short.checkpoint.encode()}, LEAVES)
    for note in (other.checkpoint.encode(), forked.checkpoint.encode(), b"no checkpoint", b"\xff"):
        assert [each.where for each in findings(sound | {head_key(b""): note})] == ["checkpoint"]


def test_stored_records_that_differ_are_named(sound: Store) -> None:
    changed = list(LEAVES)
    changed[40_000], changed[40_001] = changed[40_001], changed[40_000]
    assert [each.where for each in findings(sound, changed)] == ["leaf 40000", "leaf 40001"]
    assert "missing" in findings(sound, LEAVES[:-1])[0].text
    assert "More leaves" in findings(sound, [*LEAVES, bytes(32)])[0].text
