"""Both phases of NCTS side by side: phase 6 is understood from anybody, and sent to who reads it, from its day on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from douane.configuration.settings import NodeSettings, read_settings, settings_text
from douane.model.families import NCTS5
from douane.standards.ncts import phase5, phase6
from douane.standards.ncts.translation import translate
from tests.journeys.standing import Standing, identity_in, standing

ROOT = Path(__file__).parents[2]
DECLARATION: Any = phase5.read((ROOT / "docs/examples/declaration.xml").read_bytes())  # a CC015C
READER = "trader.fr.lesquin"
XML = {"content-type": "application/xml"}


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("phases")
    today = dt.datetime.now(dt.UTC).date()
    agreed = {"FR40123456700017": today - dt.timedelta(days=1), "NTA.DE": today + dt.timedelta(days=2)}
    with standing(folder, identity_in(folder), phase6=agreed) as made:
        yield made


def declared(lrn: str) -> Any:
    operation = structs.replace(DECLARATION.transit_operation, lrn=lrn)
    return structs.replace(DECLARATION, transit_operation=operation, message_identification=f"P-{lrn}")


def answers(node: Standing, who: str, to: str) -> dict[str, str]:
    """The first two answers to a message."""
    found: dict[str, str] = {}
    after = ""
    while len(found) < 2:
        page = node.client("speed2", who).ask("GET", f"/v1/inbox?wait=20&after={after}").json
        assert page["items"], found
        after = page["after"]
        found |= {i["type"]: i["body"] for i in page["items"] if i["answers"] == to}
    return found


@pytest.mark.parametrize("phase", [5, 6])
def test_a_reader_of_phase_6_may_send_either_phase_and_gets_phase_6(node: Standing, phase: int) -> None:
    message = declared(f"PHASE-{phase}")
    body = phase5.write(message)
    if phase == 6:
        made = translate(message, to=6)
        assert made.changes == ()
        body = phase6.write(made.message)  # type: ignore[arg-type]
        assert b'PhaseID="NCTS6"' in body
    assert node.client("speed2", READER).ask("POST", "/v1/messages", body, XML).status == 202
    found = answers(node, READER, f"P-PHASE-{phase}")
    assert set(found) >= {"CC928C", "CC028C"}
    for text in found.values():
        assert 'PhaseID="NCTS6"' in text
        assert phase6.check(phase6.read(text.encode())) == ()


def test_what_phase_5_cannot_say_is_refused_with_its_place(node: Standing) -> None:
    made: Any = translate(declared("PHASE-BAD"), to=6).message
    text = phase6.write(made).decode().replace("<LRN>", "<LRN>" + "x" * 40)
    answer = node.client("speed2", READER).ask("POST", "/v1/messages", text.encode(), XML)
    assert (answer.status, [f["pointer"] for f in answer.json["faults"]]) == (422, ["/CC015C/TransitOperation/LRN"])


def test_others_get_phase_5_and_an_agreement_begins_on_its_day(node: Standing) -> None:
    catalogue = node.node.core.catalogue
    day = dt.timedelta(days=1) // dt.timedelta(microseconds=1)
    now = node.node.core.clock.now()
    message = phase5.read(NCTS5.write(declared("X")))

    def phase(party: str, at: int) -> int:
        return 6 if b"NCTS6" in catalogue.encode(message, party, at)[2] else 5

    assert [phase("NTA.DE", now + n * day) for n in (0, 1, 2, 3)] == [5, 5, 6, 6]
    assert [phase(who, now) for who in ("FR40123456700017", "NTA.AT", "")] == [6, 5, 5]


def test_what_phase_6_has_no_message_for_goes_as_it_is() -> None:
    assert NCTS5.write_later(phase5.read(_minimal())) is None


def _minimal() -> bytes:
    """A message of the common domain, which phase 6 here does not know."""
    golden = ROOT / "src/douane/standards/ncts/phase5/tests/golden/cd006c-arrival.xml"
    return golden.read_bytes()


def test_the_agreement_is_a_setting(tmp_path: Path) -> None:
    file = tmp_path / "node.toml"
    file.write_text('soap_signed = ["ccn2"]\n[phase6]\n"NTA.DE" = 2026-12-01\n')
    settings = read_settings(file)
    assert (settings.phase6, settings.soap_signed) == ({"NTA.DE": dt.date(2026, 12, 1)}, frozenset({"ccn2"}))
    again = tmp_path / "again.toml"
    again.write_text(settings_text(settings))
    assert read_settings(again) == replace(NodeSettings(), phase6=settings.phase6, soap_signed=settings.soap_signed)
