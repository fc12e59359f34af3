"""The commands of docs/audit.md, run as they stand there: evidence verifies with openssl and sha256sum alone."""

import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from douane.shared_services.auditing.evidence import Evidence, prove
from douane.shared_services.auditing.leaf import Facts, Kind, opening, seal
from douane.shared_services.auditing.log import AuditLog, State, tile_reader
from douane.standards.transparency_log.note import Signer

PAGE = next(parent / "docs" / "audit.md" for parent in Path(__file__).parents if (parent / "pyproject.toml").exists())
TOOLS = ("bash", "openssl", "sha256sum", "base64", "od", "sed")
SIGNER = Signer.from_seed("customs.example/douane/log1", bytes(range(32)))
SALT = bytes(range(16))
FACTS = Facts(Kind.ACCEPTED, "transit.lodge_declaration", "speed2", 1, "accepted", party="FR12345678901234")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason=f"the commands by hand need {', '.join(TOOLS)}"
)


def block(title: str) -> str:
    page = PAGE.read_text(encoding="utf-8")
    blocks: list[tuple[str, str]] = re.findall(r"```bash\n# ([^\n]+)\n(.*?)```", page, re.DOTALL)
    return dict(blocks)[title]


def run(title: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", block(title)], cwd=folder, capture_output=True, text=True)


@pytest.fixture(params=[(0, 1), (4, 7), (6, 7), (299, 1_000)], ids=lambda at: f"{at[0]} of {at[1]}")
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    index, size = request.param
    leaf = seal(FACTS, SALT)
    hashes = [sha256(str(n).encode()).digest() for n in range(size)]
    hashes[index] = leaf.hash()
    tick = AuditLog(SIGNER).extend(State(), hashes, 1_764_000_000_000_000)
    assert tick is not None
    store = dict(tick.writes)
    evidence = prove(
        leaf,
        index,
        checkpoint=tick.checkpoint,
        key=SIGNER.key,
        get_tile=tile_reader(lambda keys: [store.get(key) for key in keys]),
        opening=opening(FACTS, SALT),
    )
    (tmp_path / "evidence.json").write_bytes(evidence.write())
    (tmp_path / "key.txt").write_text(SIGNER.key.text() + "\n")
    _take_out(evidence, tmp_path)
    if shutil.which("jq"):
        expected = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        assert run("take the parts out", tmp_path).returncode == 0
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == expected
    return tmp_path


def _take_out(evidence: Evidence, folder: Path) -> None:
    """The parts as the page's jq commands write them; the commands themselves are compared where jq is there."""
    party = evidence.opening["party"]
    parts = {
        "leaf": evidence.record.decode(),
        "checkpoint": evidence.checkpoint,
        "index": f"{evidence.index}\n",
        "inclusion": "".join(f"{each.hex()}\n" for each in evidence.inclusion),
        "salt": f"{party.salt.hex()}\n",
        "party": f"{party.value}\n",
    }
    for name, text in parts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def test_the_signature(folder: Path) -> None:
    assert "Verified Successfully" in run("check the signature", folder).stdout
    changed = (folder / "checkpoint.txt").read_text().replace("time 17", "time 18")
    (folder / "checkpoint.txt").write_text(changed)
    assert "Verified Successfully" not in run("check the signature", folder).stdout


def test_the_proof(folder: Path) -> None:
    found, root = run("follow the proof", folder).stdout.split()
    assert found == root
    (folder / "leaf.txt").write_text((folder / "leaf.txt").read_text().replace("accepted", "refused"))
    found, root = run("follow the proof", folder).stdout.split()
    assert found != root


def test_a_disclosed_field(folder: Path) -> None:
    computed, _, stated = run("check the party", folder).stdout.split()
    assert computed == stated
