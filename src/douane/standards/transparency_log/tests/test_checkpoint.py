"""Signed notes and checkpoints: what is written is read, and nothing else is."""

import random
from base64 import b64encode
from hashlib import sha256

import pytest

from douane.standards.transparency_log.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from douane.standards.transparency_log.note import Signer, parse_key, parse_note
from douane.vocabulary.errors import DouaneError, NotWellFormed, ProofFailed

ORIGIN = "customs.example/douane/log1"
SIGNER = Signer.from_seed(ORIGIN, bytes(range(32)))
OTHER = Signer.from_seed("witness.example/w1", bytes(range(1, 33)))
POINT = Checkpoint(ORIGIN, 70_000, sha256(b"root").digest(), 1_764_000_000_000_000)


def test_the_key_id_is_that_of_the_published_form() -> None:
    """The verifier key of the Go signed-note documentation: the id must follow from name and key."""
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    key = parse_key(text)
    assert key.name == "PeterNeumann"
    assert key.text() == text


def test_a_checkpoint_is_read_as_written() -> None:
    data = POINT.sign(SIGNER)
    assert data.startswith(f"{ORIGIN}\n70000\n{b64encode(POINT.root).decode()}\ntime 1764000000000000\n\n\u2014 ")
    assert open_checkpoint(data, ORIGIN, [OTHER.key, SIGNER.key]) == POINT
    assert parse_checkpoint(parse_note(POINT._replace(time=0).sign(SIGNER))).time == 0
    key = parse_key(SIGNER.key.text())
    assert key == SIGNER.key
    assert key.fingerprint() == sha256(key.public).hexdigest()


def test_a_second_signature_is_carried_along() -> None:
    own = POINT.sign(SIGNER)
    both = own + OTHER.sign(POINT.text()).rpartition("\n\n")[2]
    assert parse_note(both).signers([SIGNER.key, OTHER.key]) == (SIGNER.key, OTHER.key)
    assert open_checkpoint(both, ORIGIN, [OTHER.key]) == POINT


def test_other_origin_and_unknown_key_are_refused() -> None:
    data = POINT.sign(SIGNER)
    with pytest.raises(ProofFailed, match="not of"):
        open_checkpoint(data, "customs.example/other", [SIGNER.key])
    with pytest.raises(ProofFailed, match="No trusted key"):
        open_checkpoint(data, ORIGIN, [OTHER.key])
    same_name = Signer.from_seed(ORIGIN, bytes(32))
    with pytest.raises(ProofFailed):
        open_checkpoint(data, ORIGIN, [same_name.key])


def test_no_change_of_a_single_character_passes() -> None:
    data = POINT.sign(SIGNER)
    rng = random.Random(3)
    alphabet = "\n 0123456789AZaz+/=\u2014\x00"
    for _ in range(2_000):
        at = rng.randrange(len(data))
        changed = data[:at] + rng.choice(alphabet) + data[at + rng.randrange(2) :]
        if changed == data:
            continue
        with pytest.raises(DouaneError):
            open_checkpoint(changed, ORIGIN, [SIGNER.key])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "a\n",
        "a\n\n",
        "a\n\n- x AAAAAAAA\n",
        "a\n\n\u2014 x\n",
        "a\n\n\u2014 x AAAA\n",
        "a\n\n\u2014 x AAAAAAA\n",
        "a\n\n\u2014 x+y AAAAAAAA\n",
        "a\n\n\u2014 x AAAAAAAA",
        "a\r\n\n\u2014 x AAAAAAAA\n",
        "a\n\n" + "\u2014 x AAAAAAAA\n" * 101,
        "a" * 70_000 + "\n\n\u2014 x AAAAAAAA\n",
    ],
)
def test_a_note_out_of_form_is_refused(text: str) -> None:
    with pytest.raises(NotWellFormed):
        parse_note(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{ORIGIN}\n1\n",
        f"{ORIGIN}\n01\nAAAA\n",
        f"{ORIGIN}\n1\nAAAA\n",
        f"{ORIGIN}\n-1\n{b64encode(bytes(32)).decode()}\n",
        f"{ORIGIN}\n{1 << 63}\n{b64encode(bytes(32)).decode()}\n",
        f"{ORIGIN}\n1\n{b64encode(bytes(32)).decode()}\ntime 1\ntime 2\n",
        f"{ORIGIN}\n1\n{b64encode(bytes(32)).decode()}\ntime \u0661\n",
    ],
)
def test_a_text_that_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NotWellFormed):
        open_checkpoint(SIGNER.sign(text), ORIGIN, [SIGNER.key])


def test_extension_lines_of_others_are_passed_over() -> None:
    text = f"{ORIGIN}\n1\n{b64encode(bytes(32)).decode()}\nsomething else\ntime 5\n"
    assert open_checkpoint(SIGNER.sign(text), ORIGIN, [SIGNER.key]) == Checkpoint(ORIGIN, 1, bytes(32), 5)


@pytest.mark.parametrize(
    "text", ["", "x", "x+00000000+AAAA", "x+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"]
)
def test_a_key_out_of_form_is_refused(text: str) -> None:
    with pytest.raises(NotWellFormed):
        parse_key(text)
