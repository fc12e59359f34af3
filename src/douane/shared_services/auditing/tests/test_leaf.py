"""Leaves: what is clear, what is committed to, what erasure leaves behind."""

import random
import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from douane.shared_services.auditing.leaf import (
    SENSITIVE,
    Facts,
    Kind,
    Opened,
    artefact_versions,
    check_opening,
    commitment,
    field_salts,
    leaf_hash,
    opening,
    parse_leaf,
    seal,
    sealed_hash,
)
from douane.vocabulary.errors import DeclarationFault, DouaneError, NotWellFormed, ProofFailed

SALT = bytes(range(16))
FACTS = Facts(
    Kind.ACCEPTED,
    "transit.lodge_declaration",
    "speed2",
    1_764_000_000_123_456,
    "accepted",
    message="MSG-0001",
    party="FR12345678901234",
    subject="7301188844390449153",
    payload=sha256(b"<CC015C/>").hexdigest(),
    actor="clerk 17",
    on_behalf_of="DE998877665544",
    legal="UCC art. 226",
    versions=artefact_versions({"schema": "51.8.6", "model": "9f2c"}),
)
KEPT = FACTS._replace(wire=sha256(b"statement").hexdigest())
WHOLE = KEPT._replace(row=sha256(b"row").hexdigest())


def test_the_record_is_the_documented_text() -> None:
    leaf = seal(FACTS, SALT)
    lines = leaf.record().decode().split("\n")
    assert lines[:9] == [
        "douane.leaf.1",
        "kind accepted",
        "operation transit.lodge_declaration",
        "platform speed2",
        "received 1764000000123456",
        "outcome accepted",
        "versions model=9f2c schema=51.8.6",
        "legal UCC art. 226",
        "about -",
    ]
    assert [line.split()[0] for line in lines[9:15]] == list(SENSITIVE[:-2])
    salt = opening(FACTS, SALT)["party"].salt
    assert lines[10] == "party " + sha256(salt + b"party\0FR12345678901234").hexdigest()
    assert leaf_hash(leaf) == sha256(b"\0" + leaf.record()).digest()


def test_stored_leaves_of_this_release_stay_readable() -> None:
    """The encoding is for ever: a changed hash here means that old evidence no longer verifies."""
    assert leaf_hash(seal(FACTS, SALT)).hex() == "fffbb3a55252678d1be93a614ee52754140fe5a9c9babc25e54d48b4f358cd55"


ANY = st.text(st.characters() | st.sampled_from("\ud800\udfff\0\n"), max_size=6)
CLEAR = st.text("abc.-_ 1", max_size=6)


@given(
    st.builds(
        Facts, st.sampled_from(Kind), CLEAR, CLEAR, st.integers(0, 10**18 - 1), CLEAR,
        message=ANY, party=ANY, subject=ANY, payload=ANY, actor=ANY, on_behalf_of=ANY, legal=CLEAR, versions=CLEAR,
        about=st.sampled_from((b"", b"\1" * 32)), wire=ANY, row=ANY,
        committed=st.sampled_from((0, 1, 10**18 - 1)), clock=st.sampled_from(("door", "core")),
    ),
    st.binary(min_size=16, max_size=16),
)  # fmt: skip
def test_every_line_is_what_the_form_says_it_is(facts: Facts, salt: bytes) -> None:
    """Line by line, as an auditor would write it; the hash of a row that needs no leaf is that of its leaf."""
    shown = {**facts._asdict(), "kind": facts.kind.value, "received": str(facts.received), "about": facts.about.hex()}
    salts = field_salts(salt)
    for at, name in enumerate(SENSITIVE):
        value = shown[name]
        shown[name] = commitment(salts[at * 16 : at * 16 + 16], name, value) if value else ""
    names = ["kind", "operation", "platform", "received", "outcome", "versions", "legal", "about", *SENSITIVE[:-2]]
    form = "douane.leaf.3" if facts.row else "douane.leaf.2" if facts.wire else "douane.leaf.1"
    form = "douane.leaf.4" if facts.committed else form
    names += {"douane.leaf.2": ["wire"], "douane.leaf.1": []}.get(form, ["wire", "row"])
    if facts.committed:
        names[4:4] = ["committed", "clock"]
    record = f"{form}\n" + "".join(f"{name} {shown[name] or '-'}\n" for name in names)
    assert seal(facts, salt).record() == record.encode()
    assert sealed_hash(facts, salt) == sha256(b"\0" + record.encode()).digest()


def test_a_message_whose_transmission_is_kept_has_one_line_more() -> None:
    plain, leaf = seal(FACTS, SALT).record().decode(), seal(KEPT, SALT)
    record = leaf.record().decode()
    salt = opening(KEPT, SALT)["wire"].salt
    line = "wire " + sha256(salt + b"wire\0" + KEPT.wire.encode()).hexdigest() + "\n"
    assert record == plain.replace("douane.leaf.1", "douane.leaf.2") + line
    assert parse_leaf(record.encode()) == leaf
    for wrong in (
        record.replace("leaf.2", "leaf.1"),
        plain.replace("leaf.1", "leaf.2"),
        record.replace(line, "wire -\n"),
    ):
        with pytest.raises(NotWellFormed):
            parse_leaf(wrong.encode())


def test_a_leaf_that_commits_to_the_whole_row_has_two_lines_more() -> None:
    plain, leaf = seal(FACTS, SALT).record().decode(), seal(WHOLE, SALT)
    record, opened = leaf.record().decode(), opening(WHOLE, SALT)
    lines = "".join(
        f"{name} {sha256(opened[name].salt + name.encode() + bytes(1) + opened[name].value.encode()).hexdigest()}\n"
        for name in ("wire", "row")
    )
    assert record == plain.replace("douane.leaf.1", "douane.leaf.3") + lines
    assert parse_leaf(record.encode()) == leaf
    without = seal(FACTS._replace(row=WHOLE.row), SALT)
    assert "\nwire -\nrow " in without.record().decode()
    assert parse_leaf(without.record()) == without
    for wrong in (record.replace("leaf.3", "leaf.2"), record.replace(lines.splitlines()[1], "row -")):
        with pytest.raises(NotWellFormed):
            parse_leaf(wrong.encode())


def test_no_sensitive_value_stands_in_the_record() -> None:
    record = seal(WHOLE, SALT).record().decode()
    for name in SENSITIVE:
        assert getattr(WHOLE, name) not in record


def test_what_is_absent_is_a_dash_and_has_no_opening() -> None:
    facts = FACTS._replace(on_behalf_of="", payload="")
    leaf = seal(facts, SALT)
    assert leaf.record().decode().count(" -\n") == 3
    assert set(opening(facts, SALT)) == {"message", "party", "subject", "actor"}
    assert parse_leaf(leaf.record()) == leaf


def test_a_field_without_content_says_so() -> None:
    record = seal(Facts(Kind.ACCEPTED, "", "", 5, ""), SALT).record().decode()
    fields = dict(line.split(" ") for line in record.splitlines()[1:])
    assert {name for name, value in fields.items() if value != "-"} == {"kind", "received"}


def test_each_field_opens_alone() -> None:
    leaf = seal(WHOLE, SALT)
    whole = opening(WHOLE, SALT)
    salts = [each.salt for each in whole.values()]
    assert len(set(salts)) == len(SENSITIVE)
    for name in SENSITIVE:
        (only,) = opening(WHOLE, SALT, fields=[name]).items()
        check_opening(leaf, *only)
        for bad in (Opened(only[1].salt, "x"), Opened(bytes(16), only[1].value), Opened(b"", only[1].value)):
            with pytest.raises(ProofFailed):
                check_opening(leaf, name, bad)
    with pytest.raises(ProofFailed):
        check_opening(leaf, "actor", whole["party"])
    with pytest.raises(ProofFailed):
        check_opening(leaf, "record", whole["party"])


def test_the_same_facts_under_another_salt_share_no_commitment() -> None:
    one, two = seal(WHOLE, SALT), seal(WHOLE, bytes(16))
    assert not {getattr(one, name) for name in SENSITIVE} & {getattr(two, name) for name in SENSITIVE}


def test_equal_values_in_two_fields_are_not_seen_to_be_equal() -> None:
    leaf = seal(FACTS._replace(actor=FACTS.party), SALT)
    assert leaf.actor != leaf.party


def test_what_is_read_is_exactly_what_was_written() -> None:
    rng = random.Random(5)
    record = seal(KEPT._replace(about=bytes(32)), SALT).record()
    assert parse_leaf(record).record() == record
    for _ in range(1_000):
        at = rng.randrange(len(record))
        changed = record[:at] + rng.choice((b"", b"\n", b"-", b"0", b"\xff", b"G")) + record[at + rng.randrange(2) :]
        try:
            leaf = parse_leaf(changed)
        except NotWellFormed:
            continue
        assert leaf.record() == changed


@pytest.mark.parametrize("record", [b"", b"douane.leaf.1\n", b"douane.leaf.2\n" + b"a b\n" * 14, b"x" * 20_000])
def test_what_is_no_record_is_refused(record: bytes) -> None:
    with pytest.raises(NotWellFormed):
        parse_leaf(record)


def test_a_sender_cannot_break_the_record_nor_the_tick() -> None:
    for text in ("a\nkind erased", "\ud800", "\x00", "x" * 100_000):
        facts = FACTS._replace(message=text, party=text)
        leaf = seal(facts, SALT)
        assert re.fullmatch(r"[0-9a-f]{64}", leaf.message)
        assert parse_leaf(leaf.record()) == leaf
        check_opening(leaf, "message", opening(facts, SALT)["message"])


def test_our_own_mistakes_are_refused() -> None:
    with pytest.raises(DeclarationFault):
        seal(FACTS._replace(legal="UCC\nart. 226"), SALT).record()
    with pytest.raises(DeclarationFault):
        field_salts(b"short")
    with pytest.raises(DouaneError):
        artefact_versions({"model": "two words"})


def test_when_it_was_committed_and_by_whose_clock_it_was_received_stand_in_clear() -> None:
    leaf = seal(WHOLE._replace(committed=1_764_000_001_000_000, clock="core"), SALT)
    lines = leaf.record().decode().split("\n")
    assert lines[0] == "douane.leaf.4"
    assert lines[4:7] == ["received 1764000000123456", "committed 1764000001000000", "clock core"]
    assert parse_leaf(leaf.record()) == leaf
