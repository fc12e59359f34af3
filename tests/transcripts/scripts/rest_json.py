"""REST with JSON: registers, import, drafts, decisions, exporters, representation, and what becomes of them."""

from __future__ import annotations

import json
from typing import Any

from douane.simulator.messages.applications import comprehensive_guarantee
from tests.hostile import messages
from tests.transcripts.recording import JSON, Recorder

HOLDER, STRANGER, BROKER, OFFICER, SYSTEM = (
    "trader.fr.lesquin",
    "trader.de.rhein",
    "representative.be",
    "fr.officer",
    "fr.system",
)
EORI = messages.HOLDER
GRN = messages.grn("FR", 440_001)


def record(node: Recorder) -> None:
    """Forty exchanges and more."""
    _guarantee(node)
    _import(node)
    _accounts(node)
    _decision(node)
    _registers(node)
    _cases(node)


def _guarantee(node: Recorder) -> None:
    node.json(OFFICER, "guarantees.register", "ccn2", id="JSON-G1", **messages.registration(GRN))
    node.json(OFFICER, "guarantees.register", "ccn2", id="JSON-G1", **messages.registration(GRN))
    node.json(OFFICER, "guarantees.register", "ccn2", id="JSON-G1", **messages.registration(GRN, limit="5.00"))
    node.json(OFFICER, "guarantees.register", "ccn2", id="JSON-G2", **messages.registration(GRN, limit="5.00"))
    node.collect(OFFICER, "ccn2")
    node.json(OFFICER, "guarantees.show", "ccn2", grn=GRN)
    node.json(HOLDER, "guarantees.mine", country="FR")
    node.json(STRANGER, "guarantees.mine", country="FR")
    node.json(OFFICER, "guarantees.change", "ccn2", id="JSON-G3", grn=GRN, limit="200000.00", officer="fr.officer")
    node.collect(OFFICER, "ccn2")
    node.json(OFFICER, "guarantees.show", "ccn2", grn=GRN)
    node.json(
        OFFICER,
        "guarantees.cancel",
        "ccn2",
        id="JSON-G4",
        grn=GRN,
        officer="fr.officer",
        notified_on="2026-11-18",
        reason="The guarantor asks for it.",
    )
    node.collect(OFFICER, "ccn2")


def _import(node: Recorder) -> None:
    goods = {
        "commodity": "847130",
        "description": "Portable computers",
        "gross_mass": "500",
        "value": "90000",
        "origin": "TW",
    }
    declared: dict[str, Any] = {
        "lrn": "JSON26-IMP-1",
        "declarant": EORI,
        "office": "FR005350",
        "country_of_dispatch": "TW",
        "country_of_destination": "FR",
        "items": [goods],
    }
    node.json(HOLDER, "import_procedure.declare", id="JSON-I1", **declared)
    node.collect(HOLDER)
    node.json(HOLDER, "import_procedure.declare", id="JSON-I2", **declared | {"lrn": "JSON26-IMP-2", "items": []})
    node.json(
        HOLDER, "import_procedure.declare", id="JSON-I3", **declared | {"lrn": "JSON26-IMP-3", "declarant": "DE1"}
    )
    node.json(HOLDER, "export_procedure.declare", id="JSON-E1", **declared | {"lrn": "JSON26-EXP-1"})
    node.collect(HOLDER)


def _accounts(node: Recorder) -> None:
    node.json(HOLDER, "accounts.mine")
    node.json(
        HOLDER,
        "accounts.delegate",
        id="JSON-A1",
        principal=EORI,
        delegate="BE0123456789",
        scope="full",
        valid_from="2026-11-02",
    )
    node.collect(HOLDER)
    node.collect(BROKER)
    node.json(BROKER, "accounts.accept", id="JSON-A2", principal=EORI, delegate="BE0123456789")
    node.collect(BROKER)
    node.json(BROKER, "accounts.mine")
    node.json(HOLDER, "accounts.end", id="JSON-A3", principal=EORI, delegate="BE0123456789")
    node.collect(HOLDER)
    node.json(HOLDER, "drafts.mine")
    node.json(HOLDER, "case_files.my_messages")


def _decision(node: Recorder) -> None:
    node.json(HOLDER, "customs_decisions.types")
    node.json(HOLDER, "customs_decisions.requirements", type="CGU")
    node.json(
        HOLDER, "customs_decisions.lodge", id="JSON-D0", **comprehensive_guarantee("JSON-CGU-0", "DE1", "FR005350")
    )
    node.json(
        HOLDER, "customs_decisions.lodge", id="JSON-D1", **comprehensive_guarantee("JSON-CGU-1", EORI, "FR005350")
    )
    told = node.collect(HOLDER)
    reference = next((json.loads(each["body"]).get("reference", "") for each in told if each["media"] == JSON), "")
    node.json(HOLDER, "customs_decisions.mine", country="FR")
    node.json(HOLDER, "customs_decisions.follow", country="FR", reference=reference)
    node.json(OFFICER, "customs_decisions.show", "ccn2", reference=reference)
    node.json(STRANGER, "customs_decisions.follow", country="FR", reference=reference)
    node.json(OFFICER, "customs_decisions.judge_acceptance", "ccn2", id="JSON-D2", reference=reference, accepted=True)
    node.collect(HOLDER)
    node.collect(OFFICER, "ccn2")
    node.json(OFFICER, "case_files.my_tasks", "ccn2")


def _registers(node: Recorder) -> None:
    node.json(HOLDER, "eori.validate", eori=[EORI, "FR99999999900099", "XX"])
    node.json(HOLDER, "eori.check_vat", countryCode="FR", vatNumber="40123456700")
    node.json(HOLDER, "rex.validate", number="FRREX00000001")
    node.json(HOLDER, "representation.check", administration="FR", principal=EORI, representative="BE0123456789")
    node.json(HOLDER, "authorisations.mine", country="FR")
    node.json(SYSTEM, "aeo.check", "ccn2", identifier="AEO1")
    node.json(HOLDER, "reference_data.look_up", number="CL010", code="FR")


def _cases(node: Recorder) -> None:
    node.json(HOLDER, "case_files.my_cases")
    node.json(STRANGER, "case_files.my_cases")
    node.json(OFFICER, "case_files.my_cases", "ccn2")
    node.json(HOLDER, "case_files.show", administration="FR", reference="JSON26-IMP-1")
