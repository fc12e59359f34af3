"""A trader lets a program of his in by its request on a page, and out again: every door follows."""

from __future__ import annotations

import json
import re
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from douane.applications.accounts.tests.test_certificates import request
from douane.assembly.pages.proving import invitation
from douane.configuration.settings import PagesAt
from douane.identity.sessions import FRESH
from douane.model.circles import Platform
from douane.pages.tests.linting import faults
from douane.trust.known import EFFECTIVE
from tests.journeys.standing import GENEROUS, Client, Standing, identity_in, standing
from tests.journeys.test_sign_in import BELGIAN, LESQUIN, Someone

ANNE = ("fr.anne.martin", "FR", "economic operator")


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    folder = tmp_path_factory.mktemp("keys")
    with standing(folder, identity_in(folder), pages=PagesAt(port=0), limits=GENEROUS) as made:
        yield made


class Program:
    """A program with a key that never leaves it."""

    def __init__(self, folder: Path) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.file, self.card = folder / "own.key", folder / "own.pem"
        self.file.write_bytes(self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))

    def client(self, node: Standing, door: str = "speed2") -> Client:
        """It at a door, by the certificate that it was given."""
        context = ssl.create_default_context(cafile=str(node.identity.root))
        context.load_cert_chain(self.card, self.file)
        return Client(node.node.url(door), context, timeout=40)

    def enters(self, node: Standing, door: str = "speed2") -> int:
        """The status of a look at the inbox."""
        client = self.client(node, door)
        try:
            return client.ask("GET", "/v1/inbox").status
        finally:
            client.close()

    def becomes(self, node: Standing, status: int) -> float:
        """How many seconds pass until a door says so."""
        began = time.monotonic()
        while time.monotonic() - began < 2 * EFFECTIVE:
            if self.enters(node) == status:
                return time.monotonic() - began
            time.sleep(0.05)
        raise AssertionError(f"it stays {self.enters(node)}")


def test_a_trader_lets_a_program_in_and_out_again(node: Standing, tmp_path: Path) -> None:
    program, anne = Program(tmp_path), Someone(node)
    anne.sign_in(*ANNE)
    page = anne.get(anne.url("portal", "/keys"))
    assert page.status == 200, page.text
    assert "never leaves it" in page.text
    assert "0 of 50 certificates are valid; 0 of 20 requests were made today." in page.text
    seen = anne.send(page, "/keys/ask-certificate", request=request(program.key, CN="our program"))
    key = seen.url.partition("?")[0].rpartition("/")[2]
    assert re.fullmatch(r"[0-9a-f]{64}", key), seen.url
    assert "CN: our program" in seen.text
    assert "ECDSA secp256r1" in seen.text
    assert "waits for confirmation" in seen.text
    assert anne.get(anne.url("portal", f"/keys/{key}?format=file")).status == 404, "there is nothing yet"
    held = anne.send(seen, f"/keys/{key}/confirm-certificate")
    assert "BEGIN CERTIFICATE" in held.text, held.text
    assert [faults(each.body) for each in (page, seen, held)] == [[], [], []]
    file = anne.get(anne.url("portal", f"/keys/{key}?format=file"))
    program.card.write_text(file.body)
    assert program.becomes(node, 200) < EFFECTIVE
    assert program.enters(node, "ccn2") == 403, "not by another circle"
    listed = anne.get(anne.url("portal", "/keys"))
    assert key[:16] in listed.text
    over = anne.send(anne.get(anne.url("portal", f"/keys/{key}")), f"/keys/{key}/withdraw-certificate")
    assert "was withdrawn" in over.text
    assert program.becomes(node, 401) < EFFECTIVE
    log = "".join(each.read_text() for each in node.identity.folder.parent.glob("*.log"))
    assert "node.failed" not in log


@pytest.mark.parametrize(
    ("text", "why"),
    [("nonsense", "Send PKCS#10"), (request(CN=BELGIAN), f"names {BELGIAN}"), ("", "")],
    ids=["nonsense", "another firm", "empty"],
)
def test_what_is_refused_is_told_at_the_form_with_what_was_pasted(node: Standing, text: str, why: str) -> None:
    anne = Someone(node)
    anne.sign_in(*ANNE)
    page = anne.get(anne.url("portal", "/keys"))
    seen = anne.send(page, "/keys/ask-certificate", request=text)
    assert seen.status in (200, 422), seen.text
    assert why in seen.text
    assert "There is a problem" in seen.text
    assert text.strip()[:20] in seen.body


def test_who_has_no_right_to_manage_keys_is_told_which_he_lacks(node: Standing) -> None:
    firm = Someone(node)
    firm.get(invitation(firm.pages.sessions, firm.url("portal", ""), "trader.fr.lesquin", Platform.SPEED2, "/keys"))
    refused = firm.get(firm.url("portal", "/keys"))
    assert refused.status == 403
    assert "keeper of keys" in refused.text


def test_nobody_is_shown_or_ends_the_certificate_of_another_firm(node: Standing) -> None:
    anne, eva = Someone(node), Someone(node)
    anne.sign_in(*ANNE)
    seen = anne.send(anne.get(anne.url("portal", "/keys")), "/keys/ask-certificate", request=request(CN="ours alone"))
    at = seen.url.partition("?")[0]
    eva.sign_in("at.eva.gruber", "AT", "economic operator")
    assert "ours alone" not in eva.get(at).text
    assert "ours alone" not in eva.get(eva.url("portal", "/keys")).text
    own = eva.get(eva.url("portal", "/keys"))
    form = next(hidden for _, action, hidden, _ in own.forms if action == "/keys/ask-certificate")
    for deed in ("confirm", "withdraw"):
        eva.ask("POST", f"{at}/{deed}-certificate", form, sec_fetch_site="same-origin")
    assert "waits for confirmation" in anne.get(at).text
    assert LESQUIN in anne.get(at).text


def test_a_proof_that_is_old_is_asked_for_again(node: Standing) -> None:
    anne = Someone(node)
    anne.sign_in(*ANNE)
    page = anne.get(anne.url("portal", "/keys"))
    pages = node.node.pages
    assert pages is not None
    assert pages.sign_in is not None
    kept = pages.sign_in.now
    object.__setattr__(pages.sign_in, "now", lambda: kept() + FRESH + 1)
    try:
        refused = anne.send(page, "/keys/ask-certificate", request=request())
        assert "Prove again who you are" in refused.text
        assert "ask-certificate" not in anne.get(anne.url("portal", "/keys")).body
    finally:
        object.__setattr__(pages.sign_in, "now", kept)


def let_in(node: Standing, folder: Path) -> tuple[Program, Callable[[], None]]:
    """A program that may enter, and what withdraws its certificate."""
    program, anne = Program(folder), Someone(node)
    anne.sign_in(*ANNE)
    page = anne.get(anne.url("portal", "/keys"))
    seen = anne.send(page, "/keys/ask-certificate", request=request(program.key, CN="slow"))
    key = seen.url.partition("?")[0].rpartition("/")[2]
    anne.send(seen, f"/keys/{key}/confirm-certificate")
    program.card.write_text(anne.get(anne.url("portal", f"/keys/{key}?format=file")).body)
    program.becomes(node, 200)

    def withdraw() -> None:
        anne.send(anne.get(anne.url("portal", f"/keys/{key}")), f"/keys/{key}/withdraw-certificate")
        program.becomes(node, 401)

    return program, withdraw


def delegating(delegate: str) -> bytes:
    """What a firm says that lets another act."""
    said = {"principal": LESQUIN, "delegate": delegate, "scope": "full", "valid_from": "2026-01-01"}
    return json.dumps(said).encode()


def delegates(node: Standing) -> str:
    """Whom the firm let act."""
    client = node.client("speed2", "trader.fr.lesquin")
    found = client.ask("POST", "/accounts/v1/mine", b"{}", {"content-type": "application/json"})
    assert found.status == 200
    return found.body.decode()


@pytest.mark.parametrize("withdrawn", [False, True])
def test_a_message_that_comes_slowly_is_taken_of_nobody_who_was_shut_out_meanwhile(
    node: Standing, tmp_path: Path, withdrawn: bool
) -> None:
    """What is attached may come for an hour; who was let in when it began is asked for again when it ends."""
    program, withdraw = let_in(node, tmp_path)
    delegate = "BE00000001" if withdrawn else "BE00000002"
    head = b"--e\r\ncontent-type: application/json\r\ncontent-id: <m>\r\n\r\n" + delegating(delegate)
    body = [head + b"\r\n--e\r\ncontent-type: application/pdf\r\ncontent-id: <a>\r\n\r\n%PDF-abc", b"def\r\n--e--\r\n"]
    connection = program.client(node).connection()
    connection.putrequest("POST", "/accounts/v1/delegate")
    connection.putheader("content-type", 'multipart/related; boundary="e"')
    connection.putheader("content-length", str(sum(map(len, body))))
    connection.endheaders(body[0])
    if withdrawn:
        withdraw()
    connection.send(body[1])
    answer = connection.getresponse()
    assert answer.status == (401 if withdrawn else 202), answer.read()
    connection.close()
    time.sleep(0.5)
    assert (delegate in delegates(node)) is not withdrawn


def test_whoever_waits_is_told_nothing_any_more_once_he_was_shut_out(node: Standing, tmp_path: Path) -> None:
    program, withdraw = let_in(node, tmp_path)
    client, found = program.client(node), list[int]()
    waits = threading.Thread(target=lambda: found.append(client.ask("GET", "/v1/inbox?box=empty&wait=12").status))
    waits.start()
    time.sleep(0.5)
    withdraw()
    waits.join(40)
    client.close()
    assert found == [401]
