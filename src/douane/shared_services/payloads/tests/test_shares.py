"""What a party may publish in a day, what the volume keeps free, and what is taken back after a refusal."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from douane.runtime.store.ports import SECOND, Instant
from douane.shared_services.payloads.files import FileDraft, FilePayloads
from douane.shared_services.payloads.shares import Shares
from douane.vocabulary.errors import Overloaded, StoreUnavailable

DAY = 24 * 3600 * SECOND
NAMES = itertools.count(1)


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: Instant = 20_000 * DAY + 6 * 3600 * SECOND

    def now(self) -> Instant:
        return self.at


def payloads(folder: Path, **more: object) -> FilePayloads:
    return FilePayloads(folder, lambda size: next(NAMES).to_bytes(size, "big"), **more)  # type: ignore[arg-type]  # settings of the store


def drafted(store: FilePayloads, content: bytes) -> FileDraft:
    draft = store.draft()
    draft.write(content)
    return draft


def test_a_share_is_of_one_party_and_one_day(tmp_path: Path) -> None:
    clock = Clock()
    shares = Shares(tmp_path / "shares", 100, clock)
    shares.take("A", 60)
    shares.take("B", 100)
    shares.take("A", 40)
    with pytest.raises(Overloaded) as refused:
        Shares(tmp_path / "shares", 100, clock).take("A", 1)  # another process counts on
    assert refused.value.after == 18 * 3600
    clock.at += DAY
    shares.take("A", 100)
    assert len(list((tmp_path / "shares").iterdir())) == 1, "former days are forgotten"


def test_what_cannot_be_counted_is_not_kept_and_is_nobodys_fault_but_ours(tmp_path: Path) -> None:
    """As on a full volume: who sends is told to send again."""
    (tmp_path / "shares").write_text("no folder")
    with pytest.raises(StoreUnavailable, match="cannot be counted now"):
        Shares(tmp_path / "shares", 100, Clock()).take("A", 60)


@pytest.mark.parametrize("left", [b"", b"\0" * 7, b"60\0\0"])
def test_a_count_that_a_power_cut_tore_is_forgotten_and_stops_nobody(tmp_path: Path, left: bytes) -> None:
    shares = Shares(tmp_path / "shares", 100, Clock())
    shares.take("A", 60)
    (file,) = (tmp_path / "shares").glob("*/*")
    file.write_bytes(left)
    shares.take("A", 100)
    assert file.read_bytes().startswith(b"100")


def test_what_is_here_already_is_not_counted_again(tmp_path: Path) -> None:
    store = payloads(tmp_path, shares=Shares(tmp_path / "shares", 10, Clock()))
    draft = drafted(store, b"0123456789")
    store.admit("A", {draft.digest: draft.size})
    draft.publish()
    store.admit("A", {draft.digest: draft.size})
    with pytest.raises(Overloaded):
        store.admit("A", {"0" * 64: 1})
    store.admit("B", {"0" * 64: 1})


def test_below_its_reserve_the_volume_takes_no_payload_and_gives_what_it_has(tmp_path: Path) -> None:
    digest = drafted(payloads(tmp_path), b"x").publish().digest
    full = payloads(tmp_path, reserve=1 << 60)
    with pytest.raises(StoreUnavailable):
        full.draft()
    assert b"".join(full.open(digest)) == b"x"


STEPS = st.lists(st.tuples(st.sampled_from(["publish", "refuse", "accept"]), st.integers(0, 3)), max_size=12)


@given(STEPS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_an_accepted_message_refers_to_is_never_taken_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    """Four messages carry the same content, in any order of publishing, acceptance and refusal."""
    store = payloads(tmp_path_factory.mktemp("payloads"))
    drafts: dict[int, FileDraft] = {}
    judged: dict[int, str] = {}
    for step, which in steps:
        if step == "publish" and which not in drafts:
            drafts[which] = drafted(store, b"the same")
            drafts[which].publish(revocable=True)
        elif which in drafts and which not in judged:
            judged[which] = step
            if step == "refuse":
                drafts[which].take_back()
        if "accept" in judged.values():
            assert store.holds(sha256(b"the same").hexdigest())
    for draft in drafts.values():
        draft.discard()
    if drafts and len(drafts) == 1 and set(judged.values()) == {"refuse"}:
        assert list(store.published()) == []
