"""The proof of the tests goes with a release: ``douane/proof.json`` in the wheel, of the very files that it holds."""

from __future__ import annotations

import base64
import hashlib
import zipfile
from pathlib import Path
from typing import Final

import msgspec

from douane.reference_architecture.installed import installed_model
from douane.reference_architecture.proof import FAILED, FILE, NAME, Proof, digest, proof_of

PLACE: Final = f"douane/{NAME}"
_HOW: Final = "make test"


def missing(commit: str, file: Path = FILE) -> list[str]:
    """Why the run of tests that a checkout has does not prove a commit; nothing where it does."""
    found = proof_of(installed_model(), file)
    if found is None:
        return [f"{file.name}: no run of all tests of this tree is known: {_HOW}"]
    if found.commit != commit:
        return [f"{file.name}: the tests ran on {found.commit[:12] or 'no commit'}, this is {commit[:12]}: {_HOW}"]
    failed = sum(each == FAILED for each in found.outcomes.values())
    return [f"{file.name}: {failed} tests failed: {_HOW}"] if failed else []


def ship(wheel: Path, found: Proof) -> None:
    """Put a proof into a wheel, said to be of the program that the wheel holds, and named by its record."""
    made = wheel.with_name(f"{wheel.name}.made")
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        members = {each.filename: each for each in old.infolist()}
        inside = ((name, old.read(name)) for name in members if name.startswith("douane/") and not name.endswith("/"))
        program = digest((name.removeprefix("douane/"), content) for name, content in inside)
        octets = msgspec.json.encode(msgspec.structs.replace(found, program=program))
        (record,) = (name for name in members if name.endswith(".dist-info/RECORD"))
        for name, member in members.items():
            if name != record:
                new.writestr(member, old.read(name))
        new.writestr(zipfile.ZipInfo(PLACE, members[record].date_time), octets, zipfile.ZIP_DEFLATED)
        told = base64.urlsafe_b64encode(hashlib.sha256(octets).digest()).rstrip(b"=").decode()
        line = f"{PLACE},sha256={told},{len(octets)}\n".encode()
        new.writestr(members[record], line + old.read(record))
    made.replace(wheel)
