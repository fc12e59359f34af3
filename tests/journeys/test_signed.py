"""Declarations with a XAdES signature: judged when they are received, reported with the case, refused with a reason."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from douane.identity.authorities import Credential, Period, Revocation, create_root, issue_client, issue_revocations
from douane.identity.revocations import key_identifier
from douane.runtime.door.signed import report_of
from douane.runtime.store.envelope import JOURNAL, REFUSAL
from douane.runtime.store.ports import Log
from douane.standards.xades.signing import Seal, sign_beside, sign_inside
from douane.standards.xml_signature import names
from tests.journeys.standing import Standing, identity_in, standing
from tests.journeys.test_attachments import MEDIA, multipart, payloads

DECLARATION = (Path(__file__).parents[2] / "docs" / "examples" / "declaration.xml").read_text()
TRADER, OTHER = "trader.fr.lesquin", "trader.de.rhein"
PDF = b"%PDF-1.7\n"
FR = "FR40123456700017"
NOW = dt.datetime.now(dt.UTC)
YEARS = Period(NOW - dt.timedelta(days=900), NOW + dt.timedelta(days=900))


def declaration(number: str) -> bytes:
    return DECLARATION.replace("QUICKSTART-1", f"S-{number}").replace("QS-0000001", f"SIG-{number}").encode()


def seal(card: Credential) -> Seal:
    return Seal(card.key, [card.certificate], names.ECDSA_SHA256)


def thumb(card: Credential) -> str:
    return urlsafe_b64encode(card.certificate.fingerprint(hashes.SHA256())).rstrip(b"=").decode()


@dataclass
class Scene:
    """A node with registered signers, and their cards."""

    node: Standing
    authority: Credential
    cards: dict[str, Credential]

    def sign(self, name: str, number: str) -> bytes:
        return sign_inside(declaration(number), seal(self.cards[name]), NOW)

    def post(self, body: bytes, *, who: str = TRADER) -> Any:
        headers = {"content-type": "application/xml"}
        return self.node.client("speed2", who).ask("POST", "/v1/messages", body, headers)

    def report(self, number: str) -> Any:
        rows = self.node.node.core.store.scan_log(Log.JOURNAL, 0, 1 << 62, 1_000)
        (row,) = [r for r in map(JOURNAL.read, (raw for _, raw in rows)) if r.id == f"S-{number}" and r.transmission]
        return report_of(row.transmission)


def periods(name: str) -> Period:
    days = dt.timedelta(days=1)
    return {
        "expired": Period(NOW - 30 * days, NOW - days), "early": Period(NOW + days, NOW + 30 * days),
    }.get(name, Period(NOW - days, NOW + 30 * days))  # fmt: skip


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    with make_scene(tmp_path_factory.mktemp("signed")) as made:
        yield made


@contextlib.contextmanager
def make_scene(folder: Path) -> Iterator[Scene]:
    identity = identity_in(folder)
    authority, stranger = (create_root(each, period=YEARS, serial=n) for n, each in ((1, "Seals"), (2, "Others")))
    cards = {
        name: issue_client(name, issuer=stranger if name == "foreign" else authority, period=periods(name), serial=n)
        for n, name in enumerate(("seal", "expired", "early", "revoked", "foreign", "unregistered", "theirs"), 10)
    }
    entries = [(FR, name) for name in cards if name not in ("unregistered", "theirs")] + [("DE1234567890123", "theirs")]
    identity.signers.write_text("".join(
        f'[[signer]]\nparty = "{party}"\nname = "{name}"\nkind = "seal"\ncertificates = ["{thumb(cards[name])}"]\n'
        for party, name in entries
    ))  # fmt: skip
    identity.signer_authorities.write_bytes(authority.certificate_pem())
    listed = issue_revocations(
        [Revocation(cards["revoked"].certificate.serial_number, NOW)], issuer=authority, period=YEARS
    )
    (identity.lists / f"{key_identifier(authority.certificate)}.pem").write_bytes(listed)
    with standing(folder, identity) as node:
        yield Scene(node, authority, cards)


def test_a_signed_declaration_is_taken_and_its_report_kept(scene: Scene) -> None:
    found = scene.post(scene.sign("seal", "1"))
    assert found.status == 202, found
    report = scene.report("1")
    assert (report.indication, report.sub_indication, report.form) == ("TOTAL-PASSED", "", "enveloped")
    assert (report.party, report.signer, report.kind) == (FR, "seal", "seal")
    assert report.certificate == scene.cards["seal"].certificate.fingerprint(hashes.SHA256()).hex()


def test_the_page_of_the_case_shows_the_report(scene: Scene) -> None:
    receipt = scene.post(scene.sign("seal", "2")).json
    question = json.dumps({"reference": receipt["case"], "country": "FR"}).encode()
    asked = scene.node.client("speed2", TRADER).ask(
        "POST", "/case_files/v1/show", question, {"content-type": "application/json"}
    )
    (first, *_) = asked.json["messages"]
    assert first["signature"]["indication"] == "TOTAL-PASSED"
    assert first["signature"]["signer"] == "seal"
    stranger = scene.node.client("speed2", OTHER).ask(
        "POST", "/case_files/v1/show", question, {"content-type": "application/json"}
    )
    assert stranger.status == 404


def enveloped(document: bytes) -> bytes:
    """A document in the body of a SOAP message, as it was signed."""
    text = document.decode().partition("?>")[2] if document.startswith(b"<?xml") else document.decode()
    soap = "http://schemas.xmlsoap.org/soap/envelope/"
    return f'<s:Envelope xmlns:s="{soap}"><s:Body>{text.strip()}</s:Body></s:Envelope>'.encode()


def by_soap(scene: Scene, document: bytes) -> Any:
    headers = {"content-type": "text/xml", "soapaction": '""'}
    return scene.node.client("speed2", TRADER).ask("POST", "/transit/v1", enveloped(document), headers)


def test_a_signature_in_the_document_is_judged_at_the_soap_door_too(scene: Scene) -> None:
    found = by_soap(scene, scene.sign("seal", "40"))
    assert found.status == 200, found.body
    assert (scene.report("40").indication, scene.report("40").party) == ("TOTAL-PASSED", FR)
    forged = scene.sign("seal", "41").replace(b"SIG-41", b"SIG-42")
    for body, why in ((forged, b"HASH_FAILURE"), (scene.sign("theirs", "43"), b"SIG_CONSTRAINTS_FAILURE"),
                      (scene.sign("revoked", "44"), b"REVOKED")):  # fmt: skip
        refused = by_soap(scene, body)
        assert refused.status in (400, 500), refused.body
        assert b"DOU-1309" in refused.body, refused.body
        assert why in refused.body, refused.body
    assert by_soap(scene, declaration("45")).status == 200
    assert scene.report("45") is None


def test_a_signature_in_an_element_of_our_own_types_is_refused_and_not_passed_over(scene: Scene) -> None:
    client = scene.node.client("speed2", TRADER)
    described = client.ask("GET", "/accounts/v1?wsdl").body.decode()
    space = re.findall(r'targetNamespace="([^"]+)"', described)[0]
    inside = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>'
    for more, status in (("", 200), (inside, 500)):
        body = f'<q:mine xmlns:q="{space}">{more}</q:mine>'.encode()
        found = client.ask("POST", "/accounts/v1", enveloped(body), {"content-type": "text/xml", "soapaction": '""'})
        assert found.status == status, (space, found.body)


def test_unsigned_is_taken_as_before_and_has_no_report(scene: Scene) -> None:
    assert scene.post(declaration("3")).status == 202
    assert scene.report("3") is None


def test_no_header_passes_for_a_report(scene: Scene) -> None:
    headers = {"content-type": "application/xml", "signature": '{"indication": "TOTAL-PASSED"}'}
    found = scene.node.client("speed2", TRADER).ask("POST", "/v1/messages", declaration("4"), headers)
    assert found.status == 202
    assert scene.report("4") is None


@pytest.mark.parametrize(
    ("card", "verdict"),
    [
        ("expired", "OUT_OF_BOUNDS_NO_POE"), ("early", "NOT_YET_VALID"), ("revoked", "REVOKED"),
        ("foreign", "NO_CERTIFICATE_CHAIN_FOUND"), ("unregistered", "SIG_CONSTRAINTS_FAILURE"),
        ("theirs", "SIG_CONSTRAINTS_FAILURE"),
    ],
)  # fmt: skip
def test_a_signature_that_does_not_count_is_refused_with_reason_and_remedy(
    scene: Scene, card: str, verdict: str
) -> None:
    found = scene.post(scene.sign(card, f"5-{card}"))
    assert found.status == 422, found
    assert verdict in found.json["detail"]
    assert found.json["remedy"]
    assert "DE1234567890123" not in found.body.decode(), "for whom else it is registered, nobody learns"
    rows = [REFUSAL.read(raw) for _, raw in scene.node.node.core.store.scan_log(Log.REFUSAL, 0, 1 << 62, 1_000)]
    assert (FR, "transit.lodge_declaration") in {(each.who, each.operation) for each in rows}, "it leaves a leaf"


def test_what_was_changed_after_it_was_signed_is_refused(scene: Scene) -> None:
    body = scene.sign("seal", "6").replace(b"<grossMass>", b"<grossMass>9")
    assert body != scene.sign("seal", "6")
    found = scene.post(body)
    assert found.status == 422
    assert "HASH_FAILURE" in found.json["detail"]


def test_a_seal_of_another_party_does_not_sign_for_a_stranger(scene: Scene) -> None:
    found = scene.post(scene.sign("seal", "7"), who=OTHER)
    assert found.status == 422
    assert "SIG_CONSTRAINTS_FAILURE" in found.json["detail"]


def test_a_detached_signature_covers_the_message_and_its_attachment(scene: Scene) -> None:
    body, invoice = declaration("8"), PDF + b"an invoice"
    written = sign_beside({"m@t": body, "invoice@t": invoice}, seal(scene.cards["seal"]), NOW)
    parts = [("application/xml", "m@t", body), ("application/pdf", "invoice@t", invoice), ("text/xml", "s@t", written)]
    client = scene.node.client("speed2", TRADER)
    assert client.ask("POST", "/v1/messages", multipart(*parts), MEDIA).status == 202
    report = scene.report("8")
    assert (report.indication, report.form, report.covers) == ("TOTAL-PASSED", "detached", ("invoice@t",))


def test_a_detached_signature_that_does_not_hold_leaves_nothing(scene: Scene) -> None:
    body, before = declaration("9"), payloads(scene.node)
    written = sign_beside({"m@t": body, "invoice@t": PDF + b"one"}, seal(scene.cards["seal"]), NOW)
    for parts in (
        [("application/xml", "m@t", body), ("application/pdf", "invoice@t", PDF + b"another"),
         ("text/xml", "s@t", written)],
        [("application/xml", "m@t", body), ("text/xml", "s@t", written)],
        [("application/xml", "", body), ("application/pdf", "invoice@t", PDF + b"one"), ("text/xml", "s@t", written)],
        [("application/xml", "m@t", body), ("application/pdf", "invoice@t", PDF + b"one"), ("text/xml", "s@t", written),
         ("text/xml", "s2@t", written)],
        [("application/xml", "m@t", scene.sign("seal", "9")), ("application/pdf", "invoice@t", PDF + b"one"),
         ("text/xml", "s@t", written)],
    ):  # fmt: skip
        found = scene.node.client("speed2", TRADER).ask("POST", "/v1/messages", multipart(*parts), MEDIA)
        assert found.status == 422, found
        assert "DOU-1309" in found.body.decode()
    assert payloads(scene.node) == before


def test_without_declared_authorities_trust_is_indeterminate(tmp_path: Path) -> None:
    identity = identity_in(tmp_path)
    files = identity.client(TRADER)
    key = load_pem_private_key(files.key.read_bytes(), None)
    chain = x509.load_pem_x509_certificates(files.certificate.read_bytes())
    with standing(tmp_path, identity) as node:
        scene = Scene(node, None, {})  # type: ignore[arg-type]  # nobody else signs
        body = sign_inside(declaration("1"), Seal(key, chain, names.ECDSA_SHA256), NOW)  # type: ignore[arg-type]  # an EC key
        assert scene.post(body).status == 202
        report = scene.report("1")
        assert (report.indication, report.sub_indication) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
        assert (report.party, report.signer, report.kind) == (FR, TRADER, "client")
