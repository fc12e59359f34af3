"""``douane overlay`` at a real door; a release that it does not fit is found by check, doctor and start."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace as changed

from douane.applications.customs_decisions.handlers.cases import deciding
from douane.assembly.core import make_core
from douane.configuration.settings import NodeSettings
from douane.vocabulary.errors import DeclarationFault
from tests.cli.nodes import Printed, fail, said
from tests.journeys.standing import identity_in, standing

VISIT = {"kind": "task", "at": ["examine"], "name": "site_visit", "text": "Visit the premises", "days": 10}
HEARING = {"kind": "limit", "at": ["DEC-HEARING"], "days": 10}


def proposal(folder: Path, *changes: dict[str, Any], version: int = 1) -> str:
    since = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=2)
    file = folder / f"fr-{len(changes)}.json"
    file.write_text(json.dumps({
        "administration": "FR", "version": version, "since": since.isoformat(), "reason": "Premises are seen first",
        "changes": changes,
    }))  # fmt: skip
    return str(file)


def without_examine(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a release whose common procedure has another examination."""
    nodes = tuple(changed(each, id="examine_form") if each.id == "examine" else each for each in
                  deciding.definition.nodes)  # fmt: skip
    monkeypatch.setattr(deciding, "definition", changed(deciding.definition, nodes=nodes))


def test_an_overlay_is_judged_proposed_approved_and_binds_the_next_release(
    tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    identity = identity_in(data)
    good, bad = proposal(tmp_path, VISIT), proposal(tmp_path, VISIT, HEARING)
    assert said(capsys, "overlay", "check", good).startswith("Sound")
    assert "Change 2: Leave DEC-HEARING as it is" in said(capsys, "overlay", "check", bad, code=1)
    with standing(data, identity) as node:

        def way(client: str) -> tuple[str, ...]:
            return ("--at", node.node.url("ccn2"), "--client", client, "--identity", str(identity.folder))

        refused = said(capsys, "overlay", "propose", bad, *way("fr.expert"), code=1)
        assert refused.startswith("Refused.\n  change 2: Leave DEC-HEARING")
        assert "(UCC art. 22(6))" in refused

        def approve(client: str, digest: str, code: int) -> str:
            named = ("--digest", digest, "--reason", "Seen", *way(client))
            return said(capsys, "overlay", "approve", "FR", "1", *named, code=code)

        told = said(capsys, "overlay", "propose", good, *way("fr.expert"))
        first, digest = told.splitlines()
        assert first == "Version 1 of FR is proposed."
        read = digest.removeprefix("Digest: ")
        assert f"Digest: {read}" in said(capsys, "overlay", "show", "FR", *way("fr.officer"))
        approve("fr.expert", read, 1)
        approve("de.officer", read, 1)
        again = said(capsys, "overlay", "propose", good, *way("fr.expert")).splitlines()[1].removeprefix("Digest: ")
        assert "anew" in approve("fr.officer", read, 1), "the same content, proposed anew, is another proposal"
        assert approve("fr.officer", again, 0) == "Version 1 of FR is approved.\n"
        shown = said(capsys, "overlay", "show", "FR", *way("fr.officer"))
        assert "proposed by fr.claire.moreau, approved by fr.luc.bernard" in shown
        assert "Visit the premises" in shown
    assert said(capsys, "model", "check", "--data", str(data)).startswith("The model is sound")
    without_examine(monkeypatch)
    found = said(capsys, "model", "check", "--data", str(data), code=1)
    assert "M027" in found
    assert "Overlay FR, version 1, adds site_visit after examine" in found
    with pytest.raises(DeclarationFault, match="Overlay FR, version 1"):
        make_core(NodeSettings(name="journey", data=data), ended=fail)
