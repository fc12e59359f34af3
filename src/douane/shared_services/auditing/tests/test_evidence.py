"""Evidence: made from a log, verified by strangers, and never after a change."""

import json
import random
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from douane.shared_services.auditing.evidence import Evidence, disclosed, prove, read_evidence
from douane.shared_services.auditing.leaf import Facts, Kind, opening, seal
from douane.shared_services.auditing.log import AuditLog, State, tile_reader
from douane.shared_services.auditing.promise import Promise
from douane.shared_services.auditing.verification import Verdict, verify
from douane.shared_services.auditing.verify_command import main
from douane.standards.transparency_log.note import Signer
from douane.vocabulary.errors import NotWellFormed, ProofFailed

ORIGIN = "customs.example/douane/log1"
SIGNER = Signer.from_seed(ORIGIN, bytes(range(32)))
KEY = SIGNER.key
OTHER = Signer.from_seed(ORIGIN, bytes(32))
NOW = 1_764_000_000_000_000
PAYLOAD = b"<CC015C>a declaration</CC015C>"


def facts(number: int) -> Facts:
    return Facts(
        Kind.ACCEPTED,
        "transit.lodge_declaration",
        "speed2",
        NOW + number,
        "accepted",
        message=f"MSG-{number}",
        party="FR12345678901234",
        subject=str(number),
        payload=sha256(PAYLOAD if number == 300 else b"x").hexdigest(),
        legal="UCC art. 226",
        versions="model=9f2c",
    )


def salt(number: int) -> bytes:
    return sha256(str(number).encode()).digest()[:16]


class Log:
    """A log of 700 leaves in ticks of 100; leaf 300 is the one to be proved."""

    def __init__(self) -> None:
        self.log = AuditLog(SIGNER)
        self.store: dict[bytes, bytes] = {}
        self.notes: list[str] = []
        self.promises: dict[int, tuple[Promise, ...]] = {}
        state = State()
        for first in range(0, 700, 100):
            hashes = [seal(facts(n), salt(n)).hash() for n in range(first, first + 100)]
            tick = self.log.extend(state, hashes, NOW + first + 1_000)
            assert tick is not None
            self.promises[first] = self.log.promise(hashes, NOW + first + 100_000)
            self.store.update(tick.writes)
            self.notes.append(tick.checkpoint)
            state = tick.state
        self.get_tile = tile_reader(lambda keys: [self.store.get(key) for key in keys])

    def evidence(self, number: int = 300) -> Evidence:
        return prove(
            seal(facts(number), salt(number)),
            number,
            checkpoint=self.notes[3],
            key=KEY,
            get_tile=self.get_tile,
            opening=opening(facts(number), salt(number)),
            promise=self.promises[number // 100 * 100][number % 100],
        ).with_later(self.notes[6], self.get_tile)


@pytest.fixture(scope="module")
def log() -> Log:
    return Log()


def failed(verdict: Verdict) -> list[str]:
    return [step.name for step in verdict.steps if not step.held]


def test_it_holds_and_says_why(log: Log) -> None:
    evidence = log.evidence()
    verdict = verify(evidence.write(), [KEY], payload=PAYLOAD)
    assert verdict.ok, verdict.text()
    names = [step.name for step in verdict.steps]
    assert names == ["leaf", *["disclosed"] * 4, "payload", "key", "checkpoint", "inclusion", "continuity", "promise"]
    assert verdict.opened["party"] == "FR12345678901234"
    text = verdict.text()
    assert "The leaf stands at position 300 of that state." in text
    assert "2025-11-24 16:00:00.000300 UTC" in text
    assert "it was kept" in text
    assert text.endswith("The evidence holds.\n")
    assert read_evidence(evidence.write()) == evidence


def test_a_proof_is_small_and_discloses_what_it_should(log: Log) -> None:
    evidence = log.evidence()
    assert 32 * len(evidence.inclusion) <= 2_000
    data = json.loads(evidence.write())
    del data["opening"]
    text = json.dumps(data)
    for secret in ("FR12345678901234", "MSG-300", "MSG-299"):
        assert secret not in text
    assert verify(text.encode(), [KEY]).ok


def test_erasing_payload_and_salt_keeps_the_proof(log: Log) -> None:
    """After erasure only the committed leaf is kept: no opening, no salt, and the proof is the same."""
    kept = log.evidence().record
    rest = disclosed(log.evidence().opening, without=["payload", "party"])
    data = json.loads(log.evidence().write())
    data["opening"] = {name: {"salt": each.salt.hex(), "value": each.value} for name, each in rest.items()}
    verdict = verify(json.dumps(data).encode(), [KEY])
    assert verdict.ok
    assert set(verdict.opened) == {"message", "subject"}
    assert kept == data["leaf"].encode()
    assert failed(verify(json.dumps(data).encode(), [KEY], payload=PAYLOAD)) == ["payload"]


def test_the_wrong_message_is_noticed(log: Log) -> None:
    assert failed(verify(log.evidence().write(), [KEY], payload=PAYLOAD + b" ")) == ["payload"]


def test_a_key_that_is_not_trusted_fails_alone(log: Log) -> None:
    for trusted in ([], [OTHER.key]):
        verdict = verify(log.evidence().write(), trusted)
        assert failed(verdict) == ["key"]
        assert KEY.fingerprint() in verdict.text()


def test_a_forger_who_signs_the_whole_log_anew_is_noticed(log: Log) -> None:
    forged = AuditLog(OTHER)
    tick = forged.extend(State(), [seal(facts(1), salt(1)).hash()], NOW + 1_000)
    assert tick is not None
    store = dict(tick.writes)
    evidence = prove(
        seal(facts(1), salt(1)),
        0,
        checkpoint=tick.checkpoint,
        key=OTHER.key,
        get_tile=tile_reader(lambda keys: [store.get(key) for key in keys]),
    )
    assert failed(verify(evidence.write(), [KEY])) == ["key"]
    data = json.loads(evidence.write())
    data["key"] = KEY.text()
    assert "checkpoint" in failed(verify(json.dumps(data).encode(), [KEY]))


def test_a_thousand_changes_are_all_noticed(log: Log) -> None:
    rng = random.Random(11)
    original = log.evidence().write()
    for _ in range(1_000):
        data = json.loads(original)
        _change(rng, data)
        assert not verify(json.dumps(data).encode(), [KEY]).ok


def _change(rng: random.Random, data: dict[str, Any]) -> None:
    """Change one value at a random place of the file, in place."""
    name = rng.choice(sorted(data))
    value = data[name]
    if isinstance(value, dict):
        _change(rng, value)
    elif isinstance(value, int):
        data[name] = value + rng.choice((-1, 1, 1 << 40))
    elif isinstance(value, list):
        at = rng.randrange(len(value))
        how = rng.randrange(3)
        if how == 0:
            value.pop(at)
        elif how == 1:
            value.insert(at, sha256(rng.randbytes(4)).hexdigest())
        else:
            value[at] = sha256(rng.randbytes(4)).hexdigest()
    else:
        at = rng.randrange(len(value))
        data[name] = value[:at] + rng.choice([c for c in "0aZ= \n" if c != value[at]]) + value[at + 1 :]


def test_random_bytes_and_cuts_never_raise(log: Log) -> None:
    rng = random.Random(12)
    original = log.evidence().write()
    for _ in range(300):
        at = rng.randrange(len(original))
        verify(original[:at] + rng.randbytes(rng.randrange(4)) + original[at + rng.randrange(4) :], [KEY])
        assert not verify(original[:at], [KEY]).ok


def test_a_hostile_file_reaches_no_terminal(log: Log) -> None:
    """Lone surrogates and escape sequences in any text of the file: a verdict that can be printed, and no exception."""
    for text in ("\ud800", "\x1b[2J", "\u202e"):
        for place in ("leaf", "checkpoint", "key"):
            data = json.loads(log.evidence().write())
            for changed in (data[place].replace("o", text), data[place] + text, text):
                data[place] = changed
                verdict = verify(json.dumps(data).encode(), [KEY])
                assert not verdict.ok
                assert verdict.text().encode().isascii()
        data = json.loads(log.evidence().write())
        data["opening"] = {text: data["opening"]["party"], "party": {"salt": "00" * 16, "value": text}}
        assert verify(json.dumps(data).encode(), [KEY]).text().encode().isascii()


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[" * 100_000, b'{"format":1,"format":1}', b"9" * 5_000, b"\xff", b" " * 1_100_000],
    ids=["empty", "object", "deep", "twice", "number", "bytes", "long"],
)
def test_what_is_no_evidence_gets_a_verdict_too(data: bytes) -> None:
    verdict = verify(data, [KEY])
    assert failed(verdict) == ["file"]
    with pytest.raises(NotWellFormed):
        read_evidence(data)


def test_a_rewritten_history_is_noticed(log: Log) -> None:
    """Somebody replaces leaf 10 and signs a new, longer log with the true key: the consistency proof gives it away."""
    hashes = [seal(facts(n), salt(n)).hash() for n in range(700)]
    hashes[10] = sha256(b"rewritten").digest()
    tick = log.log.extend(State(), hashes, NOW + 5_000)
    assert tick is not None
    store = dict(tick.writes)
    get_tile = tile_reader(lambda keys: [store.get(key) for key in keys])
    verdict = verify(log.evidence().with_later(tick.checkpoint, get_tile).write(), [KEY])
    assert failed(verdict) == ["continuity"]
    assert "rewritten" in verdict.text()


def test_a_leaf_dated_after_its_checkpoint_is_noticed() -> None:
    late = facts(3_600_000_000)
    tick = AuditLog(SIGNER).extend(State(), [seal(late, salt(0)).hash()], NOW)
    assert tick is not None
    store = dict(tick.writes)
    evidence = prove(
        seal(late, salt(0)),
        0,
        checkpoint=tick.checkpoint,
        key=KEY,
        get_tile=tile_reader(lambda keys: [store.get(key) for key in keys]),
    )
    assert failed(verify(evidence.write(), [KEY])) == ["time"]


def test_a_stored_message_that_was_changed_cannot_be_proved(log: Log) -> None:
    with pytest.raises(ProofFailed, match="another leaf"):
        prove(seal(facts(301), salt(300)), 300, checkpoint=log.notes[3], key=KEY, get_tile=log.get_tile)
    with pytest.raises(ProofFailed):
        prove(seal(facts(500), salt(500)), 500, checkpoint=log.notes[3], key=KEY, get_tile=log.get_tile)


def test_the_command(log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, key, message = tmp_path / "evidence.json", tmp_path / "keys", tmp_path / "message.xml"
    file.write_bytes(log.evidence().write())
    key.write_text(KEY.text() + "\n")
    message.write_bytes(PAYLOAD)
    assert main([str(file), "--key", str(key), "--payload", str(message)]) == 0
    assert "The evidence holds." in capsys.readouterr().out
    assert main([str(file), "--key", KEY.text(), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ok"] is True
    assert main([str(file), "--key", OTHER.key.text()]) == 1
    assert "1 of" in capsys.readouterr().out
    assert main([str(tmp_path / "absent"), "--key", str(key)]) == 2
    assert main([str(file), "--key", "x+y+z"]) == 2
    assert "Nothing was checked" in capsys.readouterr().out


def test_the_verifier_needs_only_the_standard_library_and_cryptography(log: Log, tmp_path: Path) -> None:
    file = tmp_path / "evidence.json"
    file.write_bytes(log.evidence().write())
    code = (
        "import sys\n"
        "before = set(sys.modules)\n"
        "from douane.shared_services.auditing.verify_command import main\n"
        f"code = main([{str(file)!r}, '--key', {KEY.text()!r}])\n"
        "tops = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "foreign = tops - set(sys.stdlib_module_names) - {'douane', 'cryptography', 'cffi', '_cffi_backend'}\n"
        "assert not {name for name in foreign if getattr(sys.modules.get(name), '__file__', None)}, foreign\n"
        "sys.exit(code)\n"
    )
    source = Path(__file__).parents[4]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=source, env={"PYTHONPATH": str(source)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
