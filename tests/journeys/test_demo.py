"""The union in a box as a user starts it: three processes, every journey, the report, and nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest
from cryptography import x509

from douane.cli.main import main
from douane.configuration import discovery
from douane.configuration.keys import log_signer
from douane.configuration.settings import NodeSettings
from douane.runtime.store.envelope import SENT
from douane.runtime.store.ports import Log
from douane.shared_services.auditing.pack_verifier.container import unzipped
from douane.shared_services.auditing.pack_verifier.pack import examine
from douane.shared_services.auditing.pack_verifier.report import FAILS, HOLDS, NOTE, TRUST, Report
from douane.shared_services.auditing.packing import packed
from douane.shared_services.auditing.verify_command import main as verify_command
from douane.shared_services.logging.leaks import scan
from douane.simulator.performance import script
from tests.architecture.tree import REPOSITORY

COMMAND = "import sys; from douane.cli.main import main; sys.exit(main())"
SECRETS = ("Service douane", "Roasted coffee", "Sporting rifles", "GK482RT", "licence", "12 rue")


def demo(folder: Path, *options: str) -> subprocess.Popen[str]:
    arguments = ["demo", "--free-ports", "--data", str(folder / "data"), "--report", str(folder / "report"), *options]
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments], cwd=REPOSITORY, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, env={**os.environ, "PYTHONPATH": str(REPOSITORY / "src")},
    )  # fmt: skip


def children(pid: int) -> list[int]:
    """The processes that a process started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # ended while we looked
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, int]:
    folder = tmp_path_factory.mktemp("demo")
    run = demo(folder, "--exit")
    said, _ = run.communicate(timeout=115)
    return folder, said, run.returncode


@pytest.mark.slow
def test_every_journey_succeeds(played: tuple[Path, str, int]) -> None:
    _, said, code = played
    assert code == 0, said
    absent = said.count("not played: ")
    assert absent <= 1, "only the published samples may be missing"
    assert f"{len(script()) - absent} of {len(script())} journeys succeeded" in said
    assert "\x1b" not in said, "colours belong on a terminal only"


def pages_of(folder: Path) -> str:
    """Every page of the report of a run."""
    found = sorted((folder / "report").glob("*.html"))
    assert [each.stem for each in found] == ["decisions", "index", "systems", "transit"]
    return "".join(unescape(each.read_text(encoding="utf-8")) for each in found)


@pytest.mark.slow
def test_the_report_names_every_journey(played: tuple[Path, str, int]) -> None:
    first = unescape((played[0] / "report" / "index.html").read_text(encoding="utf-8"))
    for journey in script():
        assert journey.title in first
        assert f'href="{journey.chapter.name}.html#h-{journey.key}"' in first
        own = (played[0] / "report" / f"{journey.chapter.name}.html").read_text(encoding="utf-8")
        assert f'id="h-{journey.key}"' in own
    page = pages_of(played[0])
    assert "not as expected" not in page
    processes = ("Transit at the office of departure", "office of destination", "office of transit")
    assert [each for each in processes if each.lower() not in page.lower()] == []
    for channel in ("SOAP", "AS4", "queue", "REST → webhook"):
        assert f" · {channel}" in page


@pytest.mark.slow
def test_time_limits_of_decisions_are_explained_by_the_command_that_is_named(
    played: tuple[Path, str, int], capsys: pytest.CaptureFixture[str]
) -> None:
    page = pages_of(played[0])
    named = set(re.findall(r"douane clock explain (\S+) --data ([^\s<]+)", page))
    assert len(named) == 4, "inward processing, the overlay's case, the operator, the ruling"
    for reference, data in named:
        assert main(["clock", "explain", reference, "--data", data]) == 0
        assert "DEC-DECISION" in capsys.readouterr().out


@pytest.mark.slow
def test_evidence_verifies_without_the_platform(played: tuple[Path, str, int]) -> None:
    report = played[0] / "report"
    key, payload, evidence = (str(report / n) for n in ("audit-key.txt", "declaration.xml", "evidence.json"))
    assert verify_command(["--key", key, "--payload", payload, evidence]) == 0
    assert verify_command(["--key", key, "--payload", key, evidence]) == 1


def sent_packs(data: Path, folder: Path) -> list[Path]:
    """Packs of the messages that went to Belgium by AS4."""
    store = discovery.open_store(f"sqlite:{data / 'store' / 'node.db'}")
    try:
        rows = [(place, SENT.read(raw)) for place, raw in store.scan_log(Log.SENT, 0, 1 << 62, 10_000)]
    finally:
        store.close()
    packs = []
    for place, row in rows:
        if row.party == "NTA.BE":
            packs.append(folder / f"{place:x}.zip")
            assert main(["audit", "evidence", f"out:{place:x}", "-o", str(packs[-1]), "--data", str(data)]) == 0
    return packs


@pytest.mark.slow
def test_what_went_out_by_as4_is_proven_with_the_receipt_of_its_receiver(
    played: tuple[Path, str, int], tmp_path: Path
) -> None:
    data = played[0] / "data" / "centre"
    signer = log_signer(NodeSettings(data=data), 0)
    trusted = [x509.load_pem_x509_certificate((data / "identity" / name).read_bytes())
               for name in ("trusted.pem", "servers.pem")]  # fmt: skip
    first, second = (unzipped(each.read_bytes()) for each in sent_packs(data, tmp_path)[:2])
    facts = {"message": "M", "direction": "sent to", "party": "NTA.BE"}

    def judged(pieces: dict[str, bytes], roots: Sequence[x509.Certificate] = trusted) -> Report:
        """As a dishonest operator would hand it over: the manifest signed anew."""
        own = {n: d for n, d in pieces.items() if n not in ("README.txt", "verify.py", "manifest.json", "manifest.txt")}
        return examine(packed(own, facts, signer, 0), [signer.key.text()], roots)

    report = judged(first)
    assert report.verdict() == HOLDS, report.lines
    assert [text for _, _, text in report.lines if "signed the receipt for it, which repeats 3 digests" in text]
    asked = [piece for state, piece, _ in judged(first, []).lines if state == TRUST]
    assert asked == ["receipt/wire/body", "receipt/message/body"]
    kept = [name for name in first if name.startswith("receipt/")]
    assert {"receipt/message/body", "receipt/wire/body", "receipt/wire/content.key"} < set(kept)
    for name in kept:
        for place in (7, len(first[name]) // 2):
            data_of = bytearray(first[name])
            data_of[place % len(data_of)] ^= 2
            assert judged(first | {name: bytes(data_of)}).verdict() == FAILS, (name, place)
        assert judged({n: d for n, d in first.items() if n != name}).verdict() == FAILS, name
    others = {name: second[name] for name in kept if name in second}
    assert judged(first | others).verdict() == FAILS  # a receipt for another message
    for name in ("receipt/message/body", "receipt/wire/body"):
        assert judged(first | {name: second[name]}).verdict() == FAILS
    without = judged({n: d for n, d in first.items() if n not in kept})
    assert without.verdict() == HOLDS
    assert [text for state, piece, text in without.lines if piece == "receipt" and state == NOTE]


@pytest.mark.slow
def test_logs_hold_no_personal_or_commercial_data(played: tuple[Path, str, int]) -> None:
    logs = [played[0] / "data" / node / "node.log" for node in ("centre", "de", "at")]
    for log in logs:
        lines = log.read_text(encoding="utf-8").splitlines()
        assert lines, f"{log.parent.name} logged nothing"
        assert scan(lines, SECRETS) == ()


@pytest.mark.slow
def test_national_nodes_keep_their_own_cases(played: tuple[Path, str, int]) -> None:
    data = played[0] / "data"
    keys = {(data / node / "audit.key").read_bytes() for node in ("centre", "de", "at")}
    assert len(keys) == 3
    for node, operation in (("de", "transit.anticipate_passage"), ("at", "transit.anticipate_arrival")):
        assert operation in (data / node / "node.log").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are listed from /proc")
def test_interrupted_it_leaves_nothing_running(tmp_path: Path) -> None:
    run = demo(tmp_path)
    assert run.stdout is not None
    first = next(line for line in run.stdout if "From Lesquin to Wien" in line)
    assert "✓" in first
    started = children(run.pid)
    assert len(started) == 2
    run.send_signal(signal.SIGINT)
    last, _ = run.communicate(timeout=60)
    assert last.splitlines()[-1] == "Ended: the next start begins anew."
    assert run.returncode == 130
    assert [pid for pid in started if Path(f"/proc/{pid}").exists()] == []


@pytest.mark.slow
def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thesis.txt").write_text("mine")
    run = demo(tmp_path, "--exit")
    said, _ = run.communicate(timeout=60)
    assert run.returncode == 2
    assert re.search("holds something else", said)
    assert (tmp_path / "data" / "thesis.txt").read_text() == "mine"
