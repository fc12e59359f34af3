"""What is brought on a disk: the export of an older portal, and the bundle by which a host without network installs."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from pathlib import Path

from tests.hostile.attempt import NEVER, SECOND, Effect, attempt
from tests.hostile.party import CannotBePlayed
from tests.hostile.union import Node, Shape, Union

HEAD = ("export.json", json.dumps({"portal": "decisions.old", "version": 1}).encode())
MEMORY_KB = 1_500_000
"""What the command may have; what it needs of an honest export is a tenth of it."""
PIECE, PIECES = 200 * 1024 * 1024, 12
WHEEL = "douane-0-py3-none-any.whl"


def _judged(union: Union, archive: bytes) -> tuple[Node, int, str]:
    """What a node that does not run says of an export, with little memory: exit code, and its words."""
    node = union.unstarted(Shape("older portal"))
    file = node.folder / "export.zip"
    file.write_bytes(archive)
    command = [str(node.tree.root / ".venv/bin/douane"), "decisions", "import", str(file), "--dry-run",
               "--config", str(node.config)]  # fmt: skip
    bounded = ["sh", "-c", f'ulimit -v {MEMORY_KB}; exec "$@"', "sh", *command]
    done = subprocess.run(bounded, capture_output=True, text=True, timeout=120, check=False)
    return node, done.returncode, (done.stdout + done.stderr).strip()


def _archive(*files: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", kind) as archive:
        for name, octets in files:
            archive.writestr(name, octets)
    return made.getvalue()


def _user(account: str) -> bytes:
    said = {"account": account, "country": "FR", "provider": "https://id.example", "subject": "4711", "name": "A"}
    return json.dumps(said).encode() + b"\n"


def _honest(union: Union) -> None:
    _, code, said = _judged(union, _archive(HEAD, ("users.jsonl", _user("fr.anne.old"))))
    if code:
        raise CannotBePlayed(f"an honest export is refused: {said[-150:]}")


@attempt("not tried: older portal's import", "part 1", open_at=SECOND)
def export_of_names_that_nothing_reads(union: Union) -> Effect:
    """An export of 2 MB unpacks to 2.4 GB, under names that nothing reads, and whoever judges it runs out (part 1)."""
    _honest(union)
    zeros = bytes(PIECE)
    _, code, said = _judged(union, _archive(HEAD, *((f"more-{n}.jsonl", zeros) for n in range(PIECES))))
    refused = code in (1, 2) and "Nothing reads more-0.jsonl" in said
    told = said.splitlines()[-1][:80] if said else "nothing"
    return Effect(not refused, f"exit {code}: {told}")


@attempt("not tried: older portal's import", "part 1", open_at=SECOND)
def export_packed_in_a_strange_way(union: Union) -> Effect:
    """An export is packed by a method whose reader raises what nobody expects: a fault of ours (part 1)."""
    _honest(union)
    whole = bytearray(_archive(HEAD, ("users.jsonl", _user("fr.anne.old") * 50), kind=zipfile.ZIP_LZMA))
    at = whole.index(b"users.jsonl") + len(b"users.jsonl") + 9
    whole[at : at + 12] = bytes(12)
    _, code, said = _judged(union, bytes(whole))
    ours = code not in (1, 2) or "Traceback" in said or "fault of" in said.lower()
    return Effect(ours, f"exit {code}: {said.splitlines()[-1][:100] if said else 'nothing'}")


@attempt("not tried: older portal's import", "part 1", open_at=NEVER)
def export_whose_files_climb(union: Union) -> Effect:
    """Files of an export are named as if they lay beside the data folder (part 1)."""
    _honest(union)
    names = ("attachments/../../climbed.pdf", "attachments//tmp/climbed.pdf", "../climbed.pdf")
    took = list[str]()
    for each in names:
        node, code, _ = _judged(union, _archive(HEAD, (each, b"%PDF-1.7"), ("users.jsonl", _user("fr.anne.old"))))
        found = [str(path) for path in node.folder.parent.rglob("climbed*")]
        took += [each] if code == 0 or found else []
    return Effect(bool(took), f"{len(took)} of {len(names)} are taken: {', '.join(took) or 'none'}")


@attempt("not tried: older portal's import", "part 1", open_at=NEVER)
def export_that_takes_an_account(union: Union) -> Effect:
    """An export names the same new account for two persons, so that one signs in as the other (part 1)."""
    _honest(union)
    other = _user("fr.anne.old").replace(b"4711", b"666")
    _, code, said = _judged(union, _archive(HEAD, ("users.jsonl", _user("fr.anne.old") + other)))
    return Effect(code == 0, f"exit {code}: {said.splitlines()[-1][:100] if said else 'nothing'}")


@attempt("not tried: offline bundle", "part 1", open_at=SECOND)
def bundle_with_a_wheel_beside(union: Union) -> Effect:
    """A wheel that no digest names is put beside those of an offline bundle, where pip looks for wheels (part 1)."""
    return _installed(union, lambda folder: (folder / "wheels" / WHEEL).write_bytes(b"another"))


@attempt("not tried: offline bundle", "part 1", open_at=NEVER)
def bundle_with_a_swapped_wheel(union: Union) -> Effect:
    """A wheel of an offline bundle is swapped for another under its name (part 1)."""
    return _installed(union, lambda folder: (folder / "wheels" / "a-1-py3-none-any.whl").write_bytes(b"another"))


def _installed(union: Union, meddle: object) -> Effect:
    """Whether the script of a bundle goes on to make an environment once somebody meddled with the bundle."""
    assert callable(meddle)
    honest, meddled = (union.folder / f"bundle-{union.number()}" for _ in range(2))
    for each in (honest, meddled):
        union.tree.inside("bundle", {"root": str(union.tree.root), "folder": str(each)})
    if not _goes_on(union, honest):
        raise CannotBePlayed("a bundle as it was made is refused")
    meddle(meddled)
    went_on = _goes_on(union, meddled)
    return Effect(went_on, f"the bundle is {'installed' if went_on else 'refused before anything is installed'}")


def _goes_on(union: Union, bundle: Path) -> bool:
    to = bundle.with_name(f"{bundle.name}-node")
    environment = {"PATH": os.environ["PATH"], "PYTHON": str(union.tree.python.resolve())}
    script = [str(bundle / "install.sh"), str(to)]
    subprocess.run(script, capture_output=True, timeout=120, check=False, env=environment)
    return to.exists()
